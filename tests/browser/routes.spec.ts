// Every route by address and by link: content, title, focus, announcement, accessibility.

import AxeBuilder from "@axe-core/playwright";
import { expect, heading, ready, saveData, test } from "./fixtures";

const TITLE = "云上札记";
const POST = "posts/why-ai-moved-in/";

const ROUTES: [path: string, heading: string | RegExp, status?: number][] = [
  ["", TITLE],
  [POST, /AI负载/],
  ["posts/inkstone-guide-zh/", /Inkstone/],
  ["posts/inkstone-guide-en/", /Inkstone/],
  ["tags/", "标签"],
  ["tags/ai/", "AI"],
  ["categories/", "分类"],
  ["categories/cloud-native/", "cloud-native"],
  ["archive/", "归档"],
  ["search/", "搜索"],
  ["search/?q=模型", "搜索"],
  ["saved/", "离线"],
  ["about/", "关于"],
  ["no/such/page/", "没有这一页", 404],
];

for (const [path, title, status = 200] of ROUTES) {
  test(`by address: /${path}`, async ({ page, server, provoked }) => {
    provoked.push(/status of 404/);
    const response = await page.goto(server.current.url(path));
    expect(response?.status()).toBe(status);
    await heading(page, title);
    await ready(page);
    await heading(page, title);
    await expect(page.locator("main")).toHaveCount(1);
    await expect(page.locator("html")).toHaveAttribute("data-release", /^[0-9a-f]{16}$/);
    const sideways = () =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth;
    for (const width of [360, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(sideways), `sideways scroll at ${width}px`).toBeLessThanOrEqual(0);
    }
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html)}`);
      expect(found, `axe, ${colorScheme}`).toEqual([]);
    }
  });
}

test("by link: every page of the navigation, with title, focus and announcement", async ({
  page,
  server,
}) => {
  await page.goto(server.current.url());
  await ready(page);
  await page.evaluate(() => Object.assign(window, { same: true }));
  for (const name of ["归档", "标签", "分类", "离线", "关于"]) {
    const link = page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name, exact: true });
    await link.click();
    await heading(page, name);
    await expect(page).toHaveTitle(`${name} · ${TITLE}`);
    await expect(link).toHaveAttribute("aria-current", "page");
    await expect(page.locator("#announcer")).toHaveText(name);
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  }
  await page.getByRole("link", { name: TITLE }).first().click();
  await heading(page, TITLE);
  expect(await page.evaluate(() => "same" in window), "one page load in all").toBe(true);
});

test("by link: a post, its tag, its neighbour, and back to where one was", async ({
  page,
  server,
}) => {
  await page.goto(server.current.url());
  await ready(page);
  const card = page.locator(".post-card h2 a").last();
  const title = await card.innerText();
  await card.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  await card.click();
  await heading(page, title);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.locator(".adjacent-link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(title);
  await page.locator(".post-foot .tags a").first().click();
  await expect(page).toHaveURL(/\/tags\//);
  await page.goBack();
  await page.goBack();
  await heading(page, title);
  await page.goBack();
  await heading(page, TITLE);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
});

test("a heading's link leads to the heading, also from another page", async ({ page, server }) => {
  await page.goto(server.current.url("posts/inkstone-guide-zh/"));
  await ready(page);
  const anchor = page.locator(".prose h2 .anchor").nth(2);
  const href = await anchor.getAttribute("href");
  await page.goto(server.current.url(`posts/inkstone-guide-zh/${href}`));
  await ready(page);
  const target = page.locator(".prose h2").nth(2);
  await expect(target).toBeInViewport();
});

test("the first view asks for nothing it does not show", async ({ browser, server, at }) => {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  // What is in view is fetched once the page has stood still (`ahead.spec.ts`).
  await saveData(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.replace(at, "/")));
  await page.goto(server.current.url());
  await ready(page);
  const known =
    /^\/$|^\/assets\/(style|boot|app)-|\.wasm$|^\/data\/catalogue-|icon|manifest\.webmanifest$|^\/(sw\.js|release\.json)$/;
  expect(asked.filter((path) => !known.test(path))).toEqual([]);
  await context.close();
});

test("with no script the text and all links are there", async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(server.current.url());
  await expect(page.locator(".filter")).toBeHidden();
  await page.locator(".post-card h2 a").first().click();
  await expect(page.locator(".prose p").first()).toBeVisible();
  await page.getByRole("link", { name: "标签", exact: true }).click();
  await page.locator(".term-list a").first().click();
  await expect(page.locator(".post-card").first()).toBeVisible();
  await context.close();
});
