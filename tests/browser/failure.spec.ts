// What did not come: said so, tried again on demand, and the app stays alive.

import { expect, heading, ready, saveData, test } from "./fixtures";

test.use({ serviceWorkers: "block" });

test.beforeEach(({ page }) => saveData(page));

test("a post that fails says why, and the retry works", async ({ page, server, provoked }) => {
  provoked.push(/Failed to load resource/);
  await page.goto(server.current.url());
  await ready(page);
  await page.route("**/data/posts/**", (route) => route.abort("connectionfailed"));
  const link = page.locator(".post-card h2 a").first();
  const title = await link.innerText();
  await link.click();
  await heading(page, title);
  await expect(page.getByRole("alert")).toContainText("没有网络");
  await page.unroute("**/data/posts/**");
  await page.getByRole("button", { name: "再试一次" }).click();
  await expect(page.locator(".prose p").first()).toBeVisible();
});

test("a server's error and a broken file are told apart from no network", async ({
  page,
  server,
  provoked,
}) => {
  provoked.push(/Failed to load resource/);
  await page.goto(server.current.url());
  await ready(page);
  const answers = [
    { status: 503, body: "busy", says: /HTTP 503/ },
    { status: 200, body: "<!doctype html>", says: /Unexpected token/ },
    { status: 200, body: '{"schema":9}', says: /format 9/ },
  ];
  for (const { status, body, says } of answers) {
    await page.route("**/data/posts/**", (route) => route.fulfill({ status, body }));
    await page.locator(".post-card h2 a").first().click();
    await expect(page.getByRole("alert")).toContainText(says);
    await page.unroute("**/data/posts/**");
    await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "首页" }).click();
    await heading(page, "云上札记");
  }
});

test("a slow post says that it is loading", async ({ page, server }) => {
  await page.goto(server.current.url());
  await ready(page);
  let answer = () => {};
  const held = new Promise<void>((done) => (answer = done));
  await page.route("**/data/posts/**", async (route) => {
    await held;
    await route.continue();
  });
  await page.locator(".post-card h2 a").first().click();
  await expect(page.locator("main [aria-busy=true]")).toBeVisible();
  answer();
  await expect(page.locator(".prose p").first()).toBeVisible();
});

test("without the catalogue the text stays readable, and the retry starts the app", async ({
  page,
  server,
  provoked,
}) => {
  provoked.push(/Failed to load resource/);
  await page.route("**/data/catalogue-*.json", (route) => route.abort("connectionfailed"));
  await page.goto(server.current.url("posts/why-ai-moved-in/"));
  await expect(page.locator("#notices [role=alert]")).toContainText("正文仍可阅读");
  await expect(page.locator(".prose p").first()).toBeVisible();
  await page.unroute("**/data/catalogue-*.json");
  await page.getByRole("button", { name: "再试一次" }).click();
  await ready(page);
  await expect(page.locator("#notices [role=alert]")).toHaveCount(0);
});

test("without its data a text stays readable, and the retry starts the app", async ({
  page,
  server,
  provoked,
}) => {
  provoked.push(/Failed to load resource/);
  await page.route("**/data/posts/**", (route) => route.abort("connectionfailed"));
  await page.goto(server.current.url("posts/why-ai-moved-in/"));
  const title = await page.locator("h1").innerText();
  await expect(page.locator("#notices [role=alert]")).toBeVisible();
  await page.unroute("**/data/posts/**");
  await page.getByRole("button", { name: "再试一次" }).click();
  await ready(page);
  await heading(page, title);
  await expect(page.locator(".prose p").first()).toBeVisible();
});

test("row 30: a text whose data is gone stays as it is", async ({ page, server, provoked }) => {
  provoked.push(/Failed to load resource/);
  await page.route("**/data/posts/**", (route) => route.fulfill({ status: 404 }));
  await page.route("**/data/catalogue-*.json", async (route) => {
    const response = await route.fetch();
    const catalogue = await response.json();
    catalogue.posts = catalogue.posts.filter((post: { path: string }) => post.path !== "posts/why-ai-moved-in/");
    await route.fulfill({ response, body: JSON.stringify(catalogue) });
  });
  await page.goto(server.current.url("posts/why-ai-moved-in/"));
  const title = await page.locator("h1").innerText();
  await expect(page.locator("html")).toHaveAttribute("data-app", "failed");
  await heading(page, title);
  await page.unrouteAll({ behavior: "wait" });
  await page.locator(".navigation a").filter({ hasText: "归档" }).click();
  await heading(page, "归档");
});

test("where the whole style sheet does not come, no page stands without styles", async ({
  page,
  server,
  provoked,
}) => {
  provoked.push(/Failed to load resource/);
  await page.route("**/assets/style-*.css", (route) => route.abort("connectionfailed"));
  await page.goto(server.current.url());
  await expect(page.locator("html")).toHaveAttribute("data-app", "failed");
  await expect(page.locator("#notices")).toContainText("可以照常阅读");
  await page.locator(".post-card h2 a").first().click();
  await expect(page.locator(".prose")).toBeVisible();
  const size = await page.locator("h1").evaluate((h1) => parseFloat(getComputedStyle(h1).fontSize));
  expect(size).toBeGreaterThan(26);
});

test("a wasm that comes at the second try starts the app", async ({ page, server, provoked }) => {
  provoked.push(/Failed to load resource/);
  let tries = 0;
  await page.route("**/*.wasm", (route) => (tries++ === 0 ? route.abort("connectionfailed") : route.continue()));
  await page.goto(server.current.url());
  await ready(page);
  expect(tries).toBe(2);
});

test("a wasm that does not come leaves a page that reads and links", async ({
  page,
  server,
  provoked,
}) => {
  provoked.push(/Failed to load resource/);
  await page.route("**/*.wasm", (route) => route.abort("connectionfailed"));
  await page.goto(server.current.url());
  await expect(page.locator("html")).toHaveAttribute("data-app", "failed");
  await page.locator(".post-card h2 a").first().click();
  await expect(page.locator(".prose p").first()).toBeVisible();
});

test("row 41: where no service worker can be registered the list of kept posts says so", async ({ page, server }) => {
  await page.goto(server.current.url("saved/"));
  await ready(page);
  await expect(page.locator("main")).toContainText("没能启动");
});
