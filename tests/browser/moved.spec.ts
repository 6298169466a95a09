// A blog that came from Jekyll: its addresses, its pictures, its markup.

import AxeBuilder from "@axe-core/playwright";
import { expect, heading, offlineReady, ready, test } from "./fixtures";

test.use({ site: "moved" });

const FIRST = "2026/01/01/first.html";

test("an old address leads on and keeps the fragment", async ({ page, server }) => {
  for (const old of ["old/first/", "old/first", "2019/first.html"]) {
    await page.goto(server.current.url(`${old}#二上路`));
    await expect(page).toHaveURL(server.current.url(`${FIRST}#${encodeURIComponent("二上路")}`));
    await ready(page);
    await heading(page, "第一篇");
    await expect(page.getByRole("heading", { name: "二、上路" })).toBeInViewport();
  }
});

test("an old address leads on without script", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.current.url("old/first/"));
  await expect(page).toHaveURL(server.current.url(FIRST));
  await expect(page.locator("h1")).toHaveText("第一篇");
  await context.close();
});

test("addresses that are files, old ones too, work without a server", async ({
  page,
  server,
  provoked,
}) => {
  provoked.push(/Failed to load resource|ERR_CONNECTION_REFUSED/);
  await page.goto(server.current.url());
  await offlineReady(page);
  await server.current.stop();
  await page.getByRole("link", { name: "第二篇" }).first().click();
  await expect(page).toHaveURL(server.current.url("2026/01/02/second.html"));
  await heading(page, "第二篇");
  await page.reload();
  await ready(page);
  await page.getByRole("link", { name: "第一篇的第二节" }).click();
  await heading(page, "第一篇");
  await expect(page.getByRole("heading", { name: "二、上路" })).toBeInViewport();
  const picture = page.getByRole("img", { name: "图", exact: true });
  await expect(picture).toHaveJSProperty("naturalWidth", 120);

  await page.goto(server.current.url("old/first/"));
  await ready(page);
  await expect(page).toHaveURL(server.current.url(FIRST));
  await heading(page, "第一篇");
});

test.describe("markup", () => {
  test("pins, series, pictures and alerts are accessible in both themes, at every width", async ({
    page,
    server,
  }) => {
    for (const path of ["", FIRST, "2026/01/02/second.html"]) {
      await page.goto(server.current.url(path));
      await ready(page);
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const sideways = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(sideways, `${path} at ${width}px`).toBeLessThanOrEqual(0);
      }
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html)}`);
        expect(found, `${path}, ${colorScheme}`).toEqual([]);
      }
    }
  });

  test("attributes, tags and abbreviations are what they mean, never printed", async ({
    page,
    server,
  }) => {
    await page.goto(server.current.url(FIRST));
    await ready(page);
    const prose = page.locator(".prose");
    await expect(prose).not.toContainText(/\{[:%]|\*\[/);
    await expect(prose.locator(".alert.tip")).toContainText("先备份。");
    await expect(prose.locator("abbr")).toHaveAttribute("title", "超文本标记语言");
    await expect(prose.locator("code")).toHaveText("fn main() {}\n");
    await expect(prose.getByRole("img", { name: "图" })).toHaveAttribute("width", "60");
    await expect(page.getByRole("img", { name: "一块朱砂" })).toHaveJSProperty("naturalWidth", 120);
    await prose.getByRole("listitem").filter({ hasText: "二、上路" }).getByRole("link").click();
    await expect(page.getByRole("heading", { name: "二、上路" })).toBeInViewport();
  });

  test("a pinned post stands first, and a series knows its parts", async ({ page, server }) => {
    await page.goto(server.current.url());
    await ready(page);
    await expect(page.locator(".post-card").first()).toContainText(/第一篇.*置顶/s);
    await page.goto(server.current.url("2026/01/02/second.html"));
    await ready(page);
    const series = page.getByRole("navigation", { name: "系列" });
    await expect(series).toContainText("第 2/2 篇");
    await expect(series.locator("[aria-current=page]")).toHaveText("第二篇");
    await series.getByRole("link", { name: "第一篇" }).click();
    await heading(page, "第一篇");
  });
});
