// From release to release: rows 10, 11, 15, 24, 25, 27, 30, 32, 35.

import type { Page } from "@playwright/test";
import {
  accept,
  checkForUpdate,
  expect,
  offlineReady,
  ready,
  saved,
  stopWorkers,
  stored,
  test,
  update,
} from "./faults";
import * as fault from "./fault-server";
import { dataOf } from "./fault-sites";

const notice = (page: Page) => page.locator(".notice", { hasText: "有新内容" });

test("row 10: a stale edge that alternates old and new manifests makes no reader go back", async ({
  blog,
  page,
}) => {
  const { v1, v2 } = blog.sites;
  await blog.settle(page);
  let edge = v2;
  const other = () => (edge === v1 ? v2 : v1);
  blog.server.fault(/^/, (exchange) => {
    // Names with a hash are at every edge.
    const site = edge.files.has(exchange.path) || exchange.path.endsWith("/") ? edge : other();
    fault.from(exchange.path === "" ? edge : site, blog.at)(exchange);
  });
  await update(page, v2);
  await accept(page, v2);
  for (let look = 0; look < 4; look++) {
    edge = other();
    expect(await checkForUpdate(page)).not.toBe("installed");
    await page.reload();
    await ready(page);
    await blog.holds(page, v2);
    await expect(notice(page)).toHaveCount(0);
  }
});

test("row 11: old files under a newer release install", async ({ blog, page }) => {
  const { v1, v2, again } = blog.sites;
  await blog.settle(page);
  blog.server.deploy(v2);
  await update(page, v2);
  await accept(page, v2);
  blog.server.deploy(again);
  blog.server.forget();
  await update(page, again);
  await accept(page, again);
  await blog.holds(page, again);
  expect(blog.server.asked(/^assets\//).length).toBe(0);
  await page.goto(blog.server.url("posts/post-3/"));
  await expect(page.locator("h1")).not.toContainText("第二版");
  await blog.holds(page, again);
  expect(again.build.release).not.toBe(v1.build.release);
});

test("row 15: where only headers changed, the new policy arrives", async ({ blog, page }) => {
  await blog.settle(page);
  const policy = async () => (await page.reload())?.headers()["permissions-policy"];
  expect(await policy()).not.toContain("usb");
  await ready(page);
  blog.server.deploy(blog.sites.policy);
  await update(page, blog.sites.policy);
  await accept(page, blog.sites.policy);
  expect(await policy()).toContain("usb=()");
  await ready(page);
  await blog.holds(page, blog.sites.policy);
});

test("row 24: old tabs stay at the old release when a third takes the new one", async ({ blog, page }) => {
  const { v1, v3 } = blog.sites;
  await blog.settle(page);
  const second = await blog.open("posts/post-1/");
  await ready(second);
  blog.server.deploy(v3);
  const third = await blog.open();
  await expect(notice(third)).toBeVisible();
  await blog.holds(third, v1);
  await accept(third, v3);
  await blog.holds(third, v3);
  for (const old of [page, second]) await blog.holds(old, v1);
  await blog.server.stop();
  // The old tabs go on with what they have of their release.
  await page.getByRole("link", { name: "第 1 篇", exact: true }).first().click();
  await expect(page.locator("h1")).toHaveText("第 1 篇");
  await blog.holds(page, v1);
});

test("row 24: the third tab gets the new release without being asked", async ({ blog, page }) => {
  const { v1, v3 } = blog.sites;
  await blog.settle(page);
  const second = await blog.open("posts/post-1/");
  await ready(second);
  blog.server.deploy(v3);
  await update(page, v3);
  const third = await blog.open();
  await ready(third);
  await blog.holds(third, v3);
  for (const old of [page, second]) await blog.holds(old, v1);
});

test("row 25: a worker killed between a page and its files answers from the same release", async ({ blog, page }) => {
  const { v1, v3 } = blog.sites;
  await blog.settle(page);
  // The page asks for its app once it was painted; here painting waits for the test.
  await page.addInitScript(() => {
    const held = new Promise<void>((done) => Object.assign(window, { paint: done }));
    const { requestAnimationFrame, setTimeout } = window;
    window.requestAnimationFrame = (call) => (void held.then(() => requestAnimationFrame(call)), 0);
    window.setTimeout = ((call: () => void, ms?: number) => (void held.then(() => setTimeout(call, ms)), 0)) as never;
  });
  await page.reload();
  blog.server.deploy(v3);
  await update(page, v3);
  await stopWorkers(page);
  await page.evaluate(() => (window as unknown as { paint(): void }).paint());
  await ready(page);
  await blog.holds(page, v1);
});

test("row 27: when one post changed, only what differs is requested", async ({ blog, page }) => {
  const { v1, v2 } = blog.sites;
  await blog.settle(page);
  blog.server.deploy(v2);
  blog.server.forget();
  await update(page, v2);
  await accept(page, v2);
  await offlineReady(page);
  const same = ([path, entry]: [string, { sha256: string }]) => v1.manifest.files[path]?.sha256 === entry.sha256;
  const unchanged = Object.entries(v2.manifest.files).filter(same).map(([path]) => path);
  const asked = blog.server.log.map(({ path }) => path);
  expect(asked.filter((path) => unchanged.includes(path))).toEqual([]);
  expect(asked).toContain(v2.build.path);
  expect(new Set(asked).size).toBeLessThan(10);
  await blog.holds(page, v2);
});

test("row 30: a file that only the older release had: the reader is told, and the page reloads once", async ({
  blog,
  page,
}) => {
  const { v1, v2 } = blog.sites;
  await blog.settle(page);
  expect(dataOf(v1, 3)).not.toBe(dataOf(v2, 3));
  blog.server.deploy(v2);
  const loads = blog.loads.get(page) ?? 0;
  await page.getByRole("link", { name: "第 3 篇", exact: true }).first().click();
  await expect.poll(() => blog.loads.get(page)).toBe(loads + 1);
  await ready(page);
  await expect(page.locator("#notices")).toContainText("新");
  await expect(page.locator(".prose")).toContainText("第二版");
  await blog.holds(page, v2);
});

test("row 30: a file that only the older release had leaves a page that says so, and the app alive", async ({
  blog,
  page,
}) => {
  await blog.settle(page);
  blog.server.deploy(blog.sites.v2);
  // Else the page looks for the new release by itself, and has it at once.
  blog.server.fault("sw.js", fault.status(503));
  await page.getByRole("link", { name: "第 3 篇", exact: true }).first().click();
  await expect(page.getByRole("alert")).toBeVisible();
  await blog.holds(page, blog.sites.v1);
  blog.server.heal();
  // Not waited for: the page may be loaded anew as soon as the release is there.
  await page.evaluate(() => void navigator.serviceWorker.ready.then((it) => it.update()));
  await accept(page, blog.sites.v2);
  await expect(page.locator(".prose")).toContainText("第二版");
  await blog.holds(page, blog.sites.v2);
});

test("row 32: where each look finds another worker, a page reloads once, when it is asked to", async ({ blog, page }) => {
  await blog.settle(page);
  const { v2 } = blog.sites;
  blog.server.deploy(v2);
  let count = 0;
  const differing = fault.changed(({ body }) => ({ body: Buffer.concat([body, Buffer.from(`// ${count++}`)]) }));
  blog.server.fault("sw.js", differing);
  await update(page, v2);
  const loads = blog.loads.get(page) ?? 0;
  await accept(page, v2);
  // After the reload the next worker is there already; it brings nothing, so nothing is said.
  for (let look = 0; look < 3; look++) await checkForUpdate(page);
  await expect(notice(page)).toHaveCount(0);
  expect(blog.loads.get(page)).toBe(loads + 1);
  await blog.holds(page, v2);
});

test("row 32: a start that fails each time reloads nothing", async ({ blog, page }) => {
  blog.server.deploy(blog.sites.trap);
  await page.goto(blog.server.url());
  await expect(page.locator("html")).toHaveAttribute("data-app", "failed");
  for (let n = 0; n < 3; n++) {
    await page.locator("main a").first().click();
    await expect(page.locator("html")).toHaveAttribute("data-app", "failed");
    await page.goBack();
    await expect(page.locator("html")).toHaveAttribute("data-app", "failed");
  }
  // Each step of the reader is one load, or none where the browser kept the page.
  expect(blog.loads.get(page)).toBeLessThanOrEqual(7);
  await blog.holds(page);
});

test("row 35: an update is found though `sw.js` may be kept for a year", async ({ blog, page }) => {
  blog.server.fault("sw.js", fault.withHeaders({ "Cache-Control": "public, max-age=31536000, immutable" }));
  await blog.settle(page);
  blog.server.deploy(blog.sites.v2);
  await page.reload();
  await expect(notice(page)).toBeVisible();
  await accept(page, blog.sites.v2);
  await blog.holds(page, blog.sites.v2);
  expect(await saved(page, blog.at)).toContain("posts/post-1/");
  expect((await stored(page)).length).toBeGreaterThan(0);
});

test("row 35: an update that is under way when the app starts is offered as well", async ({ blog, page }) => {
  const { v3 } = blog.sites;
  await blog.settle(page);
  blog.server.deploy(v3);
  let go = () => {};
  const held = new Promise<void>((done) => (go = done));
  blog.server.fault(/\.wasm$/, (exchange) => void held.then(() => fault.none(exchange)));
  const updated = update(page, v3);
  await expect.poll(() => blog.server.asked(/\.wasm$/).length).toBeGreaterThan(0);
  const second = await blog.open();
  await ready(second);
  go();
  await updated;
  await expect(notice(second)).toBeVisible();
  await blog.holds(second, blog.sites.v1);
});
