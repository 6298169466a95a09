// A page carries the styles of its first paint. The whole style sheet, which comes later, must not
// change anything on it: else the page would move before the reader's eyes.

import { expect, test } from "./fixtures";

test.use({ javaScriptEnabled: false });

const PATHS = ["", "posts/specimen/", "posts/inkstone-guide-en/", "tags/", "tags/ai/", "categories/",
  "archive/", "search/", "saved/", "about/", "404.html", "shell.html"];

for (const width of [360, 1280]) {
  test(`the whole style sheet changes nothing, at ${width}px`, async ({ page, server }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ reducedMotion: "reduce" });
    for (const path of PATHS) {
      await page.goto(server.current.url(path));
      const looks = () =>
        page.evaluate(() => {
          const properties = ["display", "position", "color", "backgroundColor", "font", "margin",
            "padding", "border", "textAlign", "textDecoration", "visibility", "opacity", "listStyle"];
          // What the app has to say stands there, and without it nothing.
          return [...document.querySelectorAll("body :not(#notices)")].map((element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            const style = getComputedStyle(element);
            const values = properties.map((name) => Reflect.get(style, name));
            const name = `${element.localName}.${element.getAttribute("class") ?? ""}`;
            return [name, x, y, width, height, ...values].join(" | ");
          });
        });
      const before = await looks();
      expect(before.length).toBeGreaterThan(20);
      await page.locator("#style").evaluate((link) => {
        (link as HTMLLinkElement).media = "all";
      });
      await expect
        .poll(() => page.evaluate(() => [...document.styleSheets].some(({ href, media }) => href && media.mediaText === "all")))
        .toBe(true);
      expect(await looks(), path).toEqual(before);
    }
  });
}
