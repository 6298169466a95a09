// A page that can't start as it should, and workers that are no workers: rows 13, 14, 28, 29, 33,
// 34, 36, 41.

import type { Page } from "@playwright/test";
import { atWork, checkForUpdate, expect, failedStarts, ready, stored, takeOver, test, update } from "./faults";
import * as fault from "./fault-server";
import { folder, runs } from "./sites";

const failed = (page: Page) => expect(page.locator("html")).toHaveAttribute("data-app", "failed");

test("row 13: a new page whose JavaScript is missing reads and links, without a worker", async ({ blog, page }) => {
  blog.server.fault(/^assets\/app-\w+\.js$/, fault.status(404));
  await page.goto(blog.server.url("posts/post-3/"));
  await failed(page);
  await expect(page.locator(".prose p").first()).toBeVisible();
  await blog.holds(page);
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "归档" }).click();
  await failed(page);
  await expect(page.locator("h1")).toHaveText("归档");
  await blog.holds(page);
});

test("row 13: a new page whose JavaScript is missing says so, and tries once more by itself", async ({
  blog,
  page,
}) => {
  const js = /^assets\/app-\w+\.js$/;
  blog.server.fault(js, fault.status(404));
  await page.goto(blog.server.url("posts/post-3/"));
  await failed(page);
  await expect(page.locator("#notices")).toHaveText(/\S/);
  expect(blog.server.asked(js).length).toBe(2);
  await blog.holds(page);
});

test("row 14: pages that a network alters work online, and `verify` names the file", async ({ blog, page }) => {
  const added = (body: Buffer) => Buffer.from(String(body).replace("</body>", "<!-- minified --></body>"));
  blog.server.fault(/(^|\/|\.html)$/, fault.changed(({ body }) => ({ body: added(body) })));
  await page.goto(blog.server.url());
  await ready(page);
  await page.getByRole("link", { name: "第 3 篇", exact: true }).first().click();
  await expect(page.locator(".prose p").first()).toBeVisible();
  await blog.holds(page);
  const verified = await runs("verify", blog.server.url(), "--against", folder("faults-1", blog.at));
  expect(verified.status).toBe(1);
  expect(verified.output).toContain("index.html");
});

test("row 28: after two failed starts of a release the one before is used", async ({ blog, page }) => {
  const { v1, trap } = blog.sites;
  await blog.settle(page);
  blog.server.deploy(trap);
  await update(page, trap);
  await takeOver(page, blog.sites.trap);
  await failed(page);
  await expect.poll(() => failedStarts(page, trap)).toBe(1);
  await page.reload();
  await failed(page);
  await expect.poll(() => failedStarts(page, trap)).toBe(2);
  await page.reload();
  await ready(page);
  await blog.holds(page, v1);
});

test("row 28: a release whose wasm traps at its start leaves its pages readable", async ({ blog, page }) => {
  const { trap } = blog.sites;
  await blog.settle(page);
  blog.server.deploy(trap);
  await update(page, trap);
  await takeOver(page, blog.sites.trap);
  await failed(page);
  await blog.holds(page, trap);
  await page.getByRole("link", { name: /第 3 篇/ }).first().click();
  await failed(page);
  await expect(page.locator(".prose p").first()).toBeVisible();
  await blog.holds(page, trap);
});

test("row 28: a saved post of a release whose wasm traps is readable", async ({ blog, page }) => {
  await blog.settle(page);
  blog.server.deploy(blog.sites.trap);
  await update(page, blog.sites.trap);
  await takeOver(page, blog.sites.trap);
  await failed(page);
  await expect.poll(() => failedStarts(page, blog.sites.trap)).toBe(1);
  await page.getByRole("link", { name: "第 1 篇", exact: true }).first().click();
  await failed(page);
  await expect(page.locator("main")).toContainText("正文 1");
  await blog.holds(page, blog.sites.trap);
});

test("row 29: after a broken release a good one comes by itself", async ({ blog, page }) => {
  const { trap, v3 } = blog.sites;
  await blog.settle(page);
  blog.server.deploy(trap);
  await update(page, trap);
  await takeOver(page, blog.sites.trap);
  await failed(page);
  blog.server.deploy(v3);
  // The browser looks by itself after a navigation.
  await page.reload();
  await atWork(page, v3);
  await blog.holds(page);
  // The reader closes the blog and comes back.
  await page.goto("about:blank");
  const next = await blog.open();
  await ready(next);
  await blog.holds(next, v3);
});

const REDIRECTED = fault.redirect("elsewhere.js");
const SYNTAX = fault.changed(() => ({ body: Buffer.from("const = ;") }));
for (const [name, bad] of Object.entries({
  "is 404": fault.status(404),
  "is 500": fault.status(500),
  "is redirected": REDIRECTED,
  "is a page": fault.html,
  "has a syntax error": SYNTAX,
})) {
  test(`row 33: the old worker stays where \`sw.js\` ${name}`, async ({ blog, page }) => {
    await blog.settle(page);
    const before = await stored(page);
    blog.server.deploy(blog.sites.v2);
    blog.server.fault("sw.js", bad);
    expect(await checkForUpdate(page)).toBe("refused");
    await page.reload();
    await ready(page);
    await blog.holds(page, blog.sites.v1);
    expect(await stored(page)).toEqual(before);
    await blog.server.stop();
    await page.goto(blog.server.url("posts/post-1/"));
    await ready(page);
    await blog.holds(page, blog.sites.v1);
  });
}

test("row 34: `verify` refuses an empty `sw.js`, and pages go on from the network", async ({ blog, page }) => {
  await blog.settle(page);
  blog.server.fault("sw.js", fault.changed(() => ({ body: Buffer.alloc(0) })));
  const verified = await runs("verify", blog.server.url(), "--against", folder("faults-1", blog.at));
  expect(verified.status).toBe(1);
  expect(verified.output).toContain("sw.js");
  // A browser takes it for an update; it answers nothing, and deletes nothing.
  expect(await checkForUpdate(page, "installed")).toBe("waiting");
  await page.goto("about:blank");
  const next = await blog.open();
  await ready(next);
  await blog.holds(next, blog.sites.v1);
});

test("row 36: the kill switch takes our caches and the registration, and nothing else", async ({ blog, page }) => {
  await blog.settle(page);
  await page.evaluate(async () => (await caches.open("another app")).put("/x", new Response("kept")));
  blog.saved = [];
  blog.server.deploy(blog.sites.removal);
  await checkForUpdate(page).catch(() => {});
  const left = () =>
    page.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, ...(await caches.keys())]);
  await expect.poll(left).toEqual([0, "another app"]);
  await blog.holds(page);
  blog.server.forget();
  // Without this the app of a page that is online registers the switch anew, which removes itself.
  await page.goto(blog.server.url("posts/post-1/"));
  await ready(page);
  expect(blog.server.asked("posts/post-1/").length).toBe(1);
  await expect.poll(left).toEqual([0, "another app"]);
  await blog.holds(page);
});

test("row 41: without the service-worker API all works online, and nothing offers to save", async ({ blog, page }) => {
  await page.addInitScript(() => void delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker);
  await page.goto(blog.server.url());
  await ready(page);
  expect(await page.evaluate(() => "serviceWorker" in navigator)).toBe(false);
  await page.getByRole("link", { name: "第 3 篇", exact: true }).first().click();
  await expect(page.locator(".prose p").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /离线|保存/ })).toHaveCount(0);
  await blog.holds(page);
  await page.goto(blog.server.url("saved/"));
  await ready(page);
  await expect(page.locator("main")).toContainText("不支持离线保存");
  await expect(page.getByRole("button", { name: /离线|保存/ })).toHaveCount(0);
  await blog.holds(page);
});
