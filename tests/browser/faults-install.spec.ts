// Faults while a release comes, the first one or the next: rows 1 to 9, 12, 17, 22, 23.

import type { Page } from "@playwright/test";
import {
  accept,
  checkForUpdate,
  expect,
  offlineReady,
  ready,
  saved,
  stored,
  test,
  update,
  workerErrors,
  type Blog,
} from "./faults";
import * as fault from "./fault-server";

/** A file of the core that no page asks for, so that only the installation meets the fault. */
const ICON = /^assets\/icon-192-/;

/** The first visit with a fault: the page works online; once the fault is gone, offline as well. */
async function firstVisit(blog: Blog, page: Page, path: RegExp, bad: fault.Fault) {
  blog.server.fault(path, bad);
  await page.goto(blog.server.url());
  await ready(page);
  // Both attempts, and then the browser gives the worker up.
  await expect.poll(() => blog.server.asked(path).length).toBeGreaterThan(1);
  await expect.poll(() => registered(page)).toBe(false);
  await expect(page.locator("html")).not.toHaveAttribute("data-offline", "ready");
  await blog.holds(page, blog.sites.v1);
  expect((await stored(page)).filter((name) => name.includes(":releases"))).toEqual([]);
  // Hashes again all that was stored.
  await saved(page, blog.at);
  await page.goto(blog.server.url("posts/post-1/"));
  await blog.holds(page);
}

/** Whether a worker is registered, or about to be. */
function registered(page: Page): Promise<boolean> {
  return page.evaluate(async () => (await navigator.serviceWorker.getRegistration()) !== undefined);
}

/** The next load after the fault has gone. */
async function recovers(blog: Blog, page: Page) {
  blog.server.heal();
  await page.reload();
  await offlineReady(page);
  await blog.server.stop();
  await page.reload();
  await ready(page);
  await blog.holds(page);
}

for (const code of [404, 500]) {
  test(`row 1: an asset that answers ${code} refuses the first install, and the next load tries again`, async ({
    blog,
    page,
  }) => {
    await firstVisit(blog, page, ICON, fault.status(code));
    await recovers(blog, page);
  });
}

test("row 2: other bytes are asked for once more past the HTTP cache, then the release is refused", async ({
  blog,
  page,
}) => {
  await firstVisit(blog, page, ICON, fault.otherBytes);
  const asked = blog.server.asked(ICON).map(({ headers }) => headers["cache-control"]);
  expect(asked.slice(0, 2)).toEqual([undefined, "no-cache"]);
  await recovers(blog, page);
});

test("row 2: other bytes that were only in the HTTP cache cost one request", async ({ blog, page }) => {
  blog.server.fault(ICON, fault.inTurn(fault.otherBytes));
  await page.goto(blog.server.url());
  await offlineReady(page);
  expect(blog.server.asked(ICON).length).toBe(2);
  await blog.holds(page, blog.sites.v1);
});

test("row 3: a body that is cut off is asked for again", async ({ blog, page }) => {
  blog.server.fault(ICON, fault.inTurn(fault.cut));
  await page.goto(blog.server.url());
  await offlineReady(page);
  await blog.holds(page, blog.sites.v1);
});

test("row 3: a body that is cut off each time leaves nothing half-stored", async ({ blog, page }) => {
  await firstVisit(blog, page, ICON, fault.cut);
  await recovers(blog, page);
});

test("row 4: a body that ends early without an error is refused", async ({ blog, page }) => {
  await firstVisit(blog, page, ICON, fault.cutCleanly);
  await recovers(blog, page);
});

/** The next release meets a fault: it is refused, and nothing of the old one changes. */
async function refusesNext(blog: Blog, page: Page, path: string | RegExp, bad: fault.Fault) {
  blog.server.fault(path, bad);
  expect(await checkForUpdate(page)).toBe("refused");
  await page.reload();
  await ready(page);
  await blog.holds(page, blog.sites.v1);
}

for (const [kind, path] of Object.entries({
  wasm: /\.wasm$/,
  JavaScript: /^assets\/app-\w+\.js$/,
  JSON: /^data\/catalogue-.*\.json$/,
})) {
  test(`row 5: a page in place of ${kind} is refused`, async ({ blog, page }) => {
    await blog.settle(page);
    blog.server.deploy(blog.sites.v3);
    await refusesNext(blog, page, path, fault.html);
    blog.server.heal();
    await update(page, blog.sites.v3);
    await accept(page, blog.sites.v3);
    await blog.holds(page, blog.sites.v3);
  });
}

test("row 6: a captive portal is taken for no connection", async ({ blog, page }) => {
  await blog.settle(page);
  const portal = await fault.FaultServer.start("/", blog.sites.v1);
  portal.fault(/^/, fault.html);
  blog.server.deploy(blog.sites.v2);
  blog.server.fault(/^/, fault.redirect(portal.url("login")));
  const before = await stored(page);
  expect(await checkForUpdate(page)).toBe("refused");
  for (const path of ["", "posts/post-1/", "tags/", "posts/post-2/"]) {
    await page.goto(blog.server.url(path));
    await ready(page);
    await blog.holds(page, blog.sites.v1);
  }
  await expect(page.getByRole("alert")).toContainText("没有网络");
  expect(await stored(page)).toEqual(before);
  await portal.stop();
});

/** A manifest of the next release that is bad in some way changes nothing at all. */
async function manifestChangesNothing(blog: Blog, page: Page, bad: fault.Fault) {
  await blog.settle(page);
  const before = await stored(page);
  blog.server.deploy(blog.sites.v2);
  blog.server.forget();
  await refusesNext(blog, page, blog.sites.v2.build.path, bad);
  expect(blog.server.asked(blog.sites.v2.build.path).length).toBeGreaterThan(0);
  expect(await stored(page)).toEqual(before);
  await blog.server.stop();
  await page.goto(blog.server.url("posts/post-1/"));
  await ready(page);
  await blog.holds(page, blog.sites.v1);
}

for (const code of [503, 504]) {
  test(`row 7: a manifest that answers ${code} changes nothing`, ({ blog, page }) =>
    manifestChangesNothing(blog, page, fault.status(code)));
}

test("row 7: a manifest whose connection is refused changes nothing", ({ blog, page }) =>
  manifestChangesNothing(blog, page, fault.drop));

test("row 8: a manifest that is 404 changes nothing", ({ blog, page }) =>
  manifestChangesNothing(blog, page, fault.status(404)));

const BROKEN = fault.changed(() => ({ body: Buffer.from("{") }));
for (const [name, bad] of Object.entries({ "that answers 500": fault.status(500), "that is broken JSON": BROKEN })) {
  test(`row 9: a manifest ${name} changes nothing, and is logged`, async ({ blog, page }) => {
    const errors = await workerErrors(page);
    await manifestChangesNothing(blog, page, bad);
    await expect.poll(() => errors.join("\n")).toContain(blog.sites.v2.build.path);
  });
}

test("row 9: a manifest of an unknown schema changes nothing, and is logged", async ({ blog, page }) => {
  await blog.settle(page);
  const before = await stored(page);
  const errors = await workerErrors(page);
  blog.server.deploy(blog.sites.unknown);
  expect(await checkForUpdate(page)).toBe("refused");
  await expect.poll(() => errors.join("\n")).toContain("schema 9");
  expect(await stored(page)).toEqual(before);
  await page.reload();
  await ready(page);
  await blog.holds(page, blog.sites.v1);
});

test("row 12: a new manifest with old files waits, and installs once the files are there", async ({ blog, page }) => {
  await blog.settle(page);
  const { v1, v3 } = blog.sites;
  blog.server.deploy(v3);
  blog.server.fault(/^(?!sw\.js$|release-|release\.json$)/, fault.from(v1, blog.at));
  expect(await checkForUpdate(page)).toBe("refused");
  await page.reload();
  await ready(page);
  await blog.holds(page, v1);
  blog.server.heal();
  await update(page, v3);
  await accept(page, v3);
  await blog.holds(page, v3);
});

test("row 17: a 206 that nobody asked for is not stored", async ({ blog, page }) => {
  await firstVisit(blog, page, ICON, fault.partial);
  await recovers(blog, page);
});

test("row 17: of an answer with `Vary: *` only the bytes are stored", async ({ blog, page }) => {
  blog.server.fault(/^/, fault.withHeaders({ Vary: "*", "X-Foreign": "1" }));
  await blog.settle(page);
  const headers = await page.evaluate(async (name) => {
    const all = await (await caches.open(name)).matchAll();
    return all.flatMap((response) => [...response.headers.keys()]);
  }, `inkstone:${blog.at}:files`);
  expect(headers.length).toBeGreaterThan(0);
  expect(headers.filter((name) => name === "vary" || name === "x-foreign")).toEqual([]);
  await blog.server.stop();
  await page.reload();
  await ready(page);
  await blog.holds(page, blog.sites.v1);
});

test("row 22: nothing in the page waits for a worker's script that hangs", async ({ blog, page }) => {
  blog.server.fault("sw.js", fault.hang);
  await page.goto(blog.server.url());
  await ready(page);
  await expect.poll(() => blog.server.asked("sw.js").length).toBeGreaterThan(0);
  await page.locator(".post-card h2 a").first().click();
  await expect(page.locator(".prose p").first()).toBeVisible();
  await blog.holds(page, blog.sites.v1);
});

test("row 22: an old release works on while the script of the next hangs", async ({ blog, page }) => {
  await blog.settle(page);
  blog.server.deploy(blog.sites.v2);
  blog.server.fault("sw.js", fault.hang);
  await page.reload();
  await ready(page);
  await blog.holds(page, blog.sites.v1);
  await page.goto(blog.server.url("posts/post-4/"));
  await ready(page);
  await blog.holds(page, blog.sites.v1);
});

test("row 23: with every second connection dropped all is saved, and what is stored never falls", async ({
  blog,
  page,
}) => {
  await page.goto(blog.server.url());
  await ready(page);
  const drops = fault.alternately(fault.drop, fault.none);
  blog.server.fault(/^(assets|data|posts|release-|shell|index)/, drops);
  const counts: number[] = [];
  const complete = async () => {
    counts.push((await stored(page)).length);
    return page.locator("html").getAttribute("data-offline");
  };
  const settled = async () => {
    if ((await complete()) === "ready" || !(await registered(page))) return true;
    // The connection comes back, and what was interrupted goes on.
    await page.evaluate(() => void dispatchEvent(new Event("online")));
    return false;
  };
  for (let load = 0; load < 4 && (await complete()) !== "ready"; load++) {
    await page.reload();
    await expect.poll(settled).toBe(true);
  }
  await offlineReady(page);
  await blog.read(page, 2);
  await complete();
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  await blog.server.stop();
  await page.reload();
  await ready(page);
  await blog.holds(page, blog.sites.v1);
});
