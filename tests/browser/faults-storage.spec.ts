// What happens to the store: rows 31, 37, 38, 39, 40.

import { type Page } from "@playwright/test";
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
import { readSite, reissue } from "./fault-sites";
import { MOUNTS } from "./sites";

test("row 31: a damaged control record is rebuilt", async ({ blog, page }) => {
  await blog.settle(page);
  const before = await stored(page);
  const damaged = await page.evaluate(async (name) => {
    const cache = await caches.open(name);
    const keys = await cache.keys();
    for (const key of keys) await cache.put(key, new Response("{"));
    return keys.length;
  }, `inkstone:${blog.at}:releases`);
  expect(damaged).toBe(1);
  await stopWorkers(page);
  await page.goto(blog.server.url("posts/post-1/"));
  await ready(page);
  await blog.holds(page, blog.sites.v1);
  await offlineReady(page);
  expect(await stored(page)).toEqual(before);
  await stopWorkers(page);
  await blog.server.stop();
  await page.reload();
  await ready(page);
  await blog.holds(page, blog.sites.v1);
});

/** Lets the origin have no more than it has. */
async function fill(page: Page, origin: string) {
  const devtools = await page.context().newCDPSession(page);
  const { usage } = await devtools.send("Storage.getUsageAndQuota", { origin });
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: usage });
  return () => devtools.send("Storage.overrideQuotaForOrigin", { origin });
}

test("row 37: with a small quota the shell and what was saved stay, and a new post is not half-saved", async ({
  blog,
  page,
}) => {
  await blog.settle(page);
  const before = await stored(page);
  const free = await fill(page, blog.server.origin);
  await page.getByRole("link", { name: "第 2 篇", exact: true }).first().click();
  await expect(page.locator(".prose")).toContainText("正文 2");
  expect(await keep(page, blog.sites.v1.manifest.files, 2)).toEqual({ ok: false, error: "quota" });
  expect(await stored(page)).toEqual(before);
  await blog.holds(page, blog.sites.v1);
  await free();
  expect(await keep(page, blog.sites.v1.manifest.files, 2)).toEqual({ ok: true });
  expect(await saved(page, blog.at)).toContain("posts/post-2/");
});

/** Asks the worker as the app does. */
function keep(page: Page, files: Record<string, { doc?: string }>, n: number): Promise<unknown> {
  const [path] = Object.entries(files).find(([, { doc }]) => doc === `posts/post-${n}/`) ?? [];
  return page.evaluate(async (path) => {
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((done) => (port1.onmessage = ({ data }) => done(data)));
    const registration = await navigator.serviceWorker.getRegistration();
    registration?.active?.postMessage({ type: "inkstone:keep", path }, [port2]);
    return answer;
  }, path);
}

test("row 37: with a small quota the reader is told that a post could not be saved", async ({ blog, page }) => {
  await blog.settle(page);
  await fill(page, blog.server.origin);
  await page.getByRole("link", { name: "第 2 篇", exact: true }).first().click();
  await expect(page.locator("#notices")).toContainText("空间");
  await blog.holds(page, blog.sites.v1);
});

test('row 38: after `Clear-Site-Data: "storage"` with a tab open it is like a first visit', async ({ blog, page }) => {
  await blog.settle(page);
  const devtools = await page.context().newCDPSession(page);
  blog.server.fault("clear.txt", fault.withHeaders({ "Clear-Site-Data": '"storage"' }));
  const other = await blog.context.newPage();
  await other.goto(blog.server.url("clear.txt"));
  await other.close();
  await devtools.detach();
  blog.saved = [];
  await expect.poll(() => stored(page)).toEqual([]);
  // The tab that is open goes on.
  await page.getByRole("link", { name: "第 3 篇", exact: true }).first().click();
  await expect(page.locator(".prose")).toContainText("正文 3");
  await blog.holds(page, blog.sites.v1);
  await page.reload();
  await ready(page);
  await blog.holds(page, blog.sites.v1);
  await offlineReady(page);
  await blog.server.stop();
  await page.reload();
  await ready(page);
  await blog.holds(page, blog.sites.v1);
});

/** As iOS does: the registration stays. */
async function clearCaches(page: Page) {
  await page.evaluate(async () => Promise.all((await caches.keys()).map((name) => caches.delete(name))));
  await stopWorkers(page);
}

test("row 39: with the caches gone and the registration left, a visit repairs", async ({ blog, page }) => {
  await blog.settle(page);
  await clearCaches(page);
  blog.saved = [];
  await page.goto(blog.server.url("posts/post-3/"));
  await ready(page);
  await blog.holds(page, blog.sites.v1);
  await offlineReady(page);
  await blog.server.stop();
  await page.goto(blog.server.url());
  await ready(page);
  await blog.holds(page, blog.sites.v1);
});

test("row 39: with the caches gone, offline, the worker itself has a readable page", async ({ blog, page }) => {
  await blog.settle(page);
  await clearCaches(page);
  blog.saved = [];
  await blog.server.stop();
  await page.goto(blog.server.url("posts/post-3/"));
  await expect(page.locator("h1")).toContainText("离线副本已丢失");
  await blog.holds(page);
  await blog.server.restart();
  await page.getByRole("link", { name: /重试/ }).click();
  await ready(page);
  await blog.holds(page, blog.sites.v1);
});

test("row 40: two blogs on one origin do not touch each other's caches or worker", async ({ blog, page, at }) => {
  const neighbour = MOUNTS.find((mount) => mount !== at) ?? "/";
  const theirs = readSite("faults-1", neighbour);
  blog.server.deploy(theirs, neighbour);
  await blog.settle(page);
  const own = (await stored(page)).length;
  const other = await blog.context.newPage();
  await other.goto(blog.server.url("", neighbour));
  const of = (names: string[], mount: string) => names.filter((name) => name.startsWith(`inkstone:${mount}:`));
  const kept = Object.values(theirs.manifest.files).filter(({ set }) => set !== "demand");
  const hashes = new Set(kept.map(({ sha256 }) => sha256));
  await expect.poll(async () => of(await stored(page), neighbour).length).toBe(hashes.size + 1);
  const all = await stored(page);
  expect(of(all, at).length).toBe(own);
  expect(of(all, neighbour).length).toBeGreaterThan(0);
  // An update of ours, with all its collecting, leaves theirs as it is.
  blog.server.deploy(blog.sites.v3);
  await update(page, blog.sites.v3);
  await accept(page, blog.sites.v3);
  await offlineReady(page);
  expect(of(await stored(page), neighbour)).toEqual(of(all, neighbour));
  // So does the end of theirs with ours.
  const before = of(await stored(page), at);
  blog.server.deploy(reissue(theirs, { mode: "remove" }), neighbour);
  await checkForUpdate(other).catch(() => {});
  await expect.poll(async () => of(await stored(page), neighbour)).toEqual([]);
  expect(of(await stored(page), at)).toEqual(before);
  await other.close();
  await blog.server.stop();
  await page.reload();
  await ready(page);
  await blog.holds(page, blog.sites.v3);
});

test("row 40: a blog below another is not complete because the other is", async ({ blog, page, at }) => {
  const [outer, inner] = MOUNTS;
  blog.server.deploy(readSite("faults-1", outer), outer);
  blog.server.deploy(readSite("faults-1", inner), inner);
  blog.server.fault(at === inner ? "sw.js" : `${inner}sw.js`, fault.hang);
  await page.goto(blog.server.url("", outer));
  await offlineReady(page);
  const below = await blog.context.newPage();
  await below.goto(blog.server.url("", inner));
  await ready(below);
  await page.reload();
  await offlineReady(page);
  // One answer of the same worker later, what it said before has come.
  await keep(below, {}, 1);
  await expect(below.locator("html")).not.toHaveAttribute("data-offline", "ready");
  await below.close();
});
