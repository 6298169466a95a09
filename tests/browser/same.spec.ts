// One markup: what the build wrote is what the app makes, by itself and after a click. The
// examples of the specifications bring the nesting that nobody writes on purpose.

import { EXAMPLES } from "./examples";
import { expect, ready, test } from "./fixtures";
import { shape } from "./shape";

test.use({ site: "examples", serviceWorkers: "block" });

for (const name of EXAMPLES) {
  test(`${name}: prerendered, taken over and after a click`, async ({ browser, page, server }) => {
    const url = server.current.url(`posts/${name}/`);
    const context = await browser.newContext({ javaScriptEnabled: false });
    const still = await context.newPage();
    await still.goto(url);
    const prerendered = await shape(still.locator("main"));
    await context.close();
    expect(prerendered.split("\n").length, "there is something to compare").toBeGreaterThan(100);

    await page.goto(url);
    await ready(page);
    expect(await shape(page.locator("main"))).toBe(prerendered);

    await page.goto(server.current.url("archive/"));
    await ready(page);
    await page.locator(`main a[href="${server.current.base}posts/${name}/"]`).click();
    await expect(page.locator(".prose > :is(h2, h3)").first()).toBeVisible();
    expect(await shape(page.locator("main"))).toBe(prerendered);
  });
}
