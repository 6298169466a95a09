// Which release a tab gets: its own as long as it lives, and one that starts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { blog } from "./blog.mjs";
import { Browser, FAULTS, makeRelease } from "./browser.mjs";

const read = async (response) => (await response).text();
const failed = (id) => ({ type: "inkstone:failed", release: id.repeat(16) });
const started = (id) => ({ type: "inkstone:started", release: id.repeat(16) });
/** A page that the shell shows at once. */
const ANY = "/tags/c%23%2B%20%E8%AF%AD%E8%A8%80/";

/** A picture of no hash in its name: only the tab's release says which it is. */
function release(id) {
  const changes = { "images/foo.svg": { body: `picture ${id}`, set: "ahead" }, "release.json": `current ${id}` };
  return blog(id, { changes });
}

/** Two tabs that began under release a; release b has taken over. */
async function twoReleases() {
  const browser = new Browser();
  const first = await browser.update(release("a"));
  const tabs = [browser.openTab("/"), browser.openTab("/posts/foo/")];
  for (const tab of tabs) await first.navigate("/", tab);
  const worker = await browser.update(release("b"));
  return { browser, worker, tabs };
}

test("row 24: two tabs stay with release a under the worker of b, and a third gets b", async () => {
  const { browser, worker, tabs } = await twoReleases();
  browser.network.isOffline = true;
  const third = browser.openTab("/");
  assert.equal(await read(worker.navigate(ANY, third)), "shell b");
  for (const path of ["/images/foo.svg", "/release.json"]) {
    const word = path.includes("release") ? "current" : "picture";
    for (const tab of tabs) assert.equal(await read(worker.get(path, {}, tab)), `${word} a`);
    assert.equal(await read(worker.get(path, {}, third)), `${word} b`);
  }
});

test("row 25: the release of a tab survives the restart of the worker", async () => {
  const { browser, tabs } = await twoReleases();
  browser.network.isOffline = true;
  const restarted = browser.start(release("b"));
  assert.equal(await read(restarted.get("/release.json", {}, tabs[1])), "current a");
  assert.equal(await read(restarted.get("/release.json", {}, browser.openTab())), "current b");
});

test("a tab that loads anew gets the new release: it is a new client", async () => {
  const { browser, worker, tabs } = await twoReleases();
  browser.clients.splice(0, 1);
  const again = browser.openTab("/");
  assert.equal(await read(worker.navigate(ANY, again)), "shell b");
  assert.equal(await read(worker.get("/release.json", {}, again)), "current b");
  assert.equal(await read(worker.get("/release.json", {}, tabs[1])), "current a");
});

test("the release of an open tab is kept through several others, and collected when it is gone", async () => {
  const { browser, tabs } = await twoReleases();
  for (const id of ["c", "d"]) await browser.update(release(id));
  assert.deepEqual(browser.releases().sort(), ["a", "c", "d"]);
  const worker = browser.start(release("d"));
  browser.network.isOffline = true;
  assert.equal(await read(worker.get("/release.json", {}, tabs[0])), "current a");
  browser.network.isOffline = false;
  browser.clients.length = 0;
  await browser.update(release("e"));
  assert.deepEqual(browser.releases().sort(), ["d", "e"]);
});

test("pins of tabs that are gone are forgotten, but the newest: their tabs may just begin", async () => {
  const { browser, worker, tabs } = await twoReleases();
  const [gone] = browser.clients.splice(1, 1);
  for (let n = 0; n < 60; n += 1) await worker.navigate("/", { id: `begins-${n}` });
  const pins = browser.record("pins");
  assert.equal(pins[tabs[0].id], "a".repeat(16), "it is open");
  assert.equal(pins[gone.id], undefined);
  assert.deepEqual([7, 8, 9, 59].map((n) => Boolean(pins[`begins-${n}`])), [false, false, true, true]);
});

test("a page that the old worker answers while the new one takes over stays with the old release", async () => {
  const browser = new Browser();
  const old = await browser.update(release("a"));
  browser.network.deploy(release("b"));
  const worker = browser.start(release("b"));
  await worker.install();
  // It is no client yet that a worker could see.
  const begins = { id: "begins" };
  const page = old.navigate("/", begins);
  await Promise.all([page, worker.activate()]);
  browser.clients.push({ ...browser.openTab("/"), id: "begins" });
  for (const life of [worker, browser.start(release("b"))]) {
    assert.equal(await read(life.get("/release.json", {}, begins)), "current a");
    assert.equal(await read(life.get("/images/foo.svg", {}, begins)), "picture a");
  }
});

test("what the old worker notes late is not lost by what the new one notes", async () => {
  const browser = new Browser();
  const old = await browser.update(release("a"));
  const worker = await browser.update(release("b"));
  // It knows its pins by now, so those of the old worker it has to look up.
  await read(worker.get("/release.json", {}, browser.openTab("/")));
  const all = Array.from({ length: 12 }, (_, n) => ({ id: `begins-${n}` }));
  await Promise.all(all.map((tab, n) => (n % 2 ? old : worker).navigate("/", tab)));
  for (const life of [worker, browser.start(release("b"))]) {
    for (const [n, tab] of all.entries()) {
      assert.equal(await read(life.get("/release.json", {}, tab)), n % 2 ? "current a" : "current b");
    }
  }
});

test("a tab that had no worker before belongs to the release that claims it, also after the next one", async () => {
  const browser = new Browser();
  const tab = browser.openTab("/");
  await browser.update(release("a"));
  const worker = await browser.update(release("b"));
  assert.equal(await read(worker.get("/release.json", {}, tab)), "current a");
});

test("a page from the network as it is gets all that has no hash in its name from there, too", async () => {
  const browser = new Browser();
  const worker = await browser.update(release("a"));
  browser.network.deploy(release("b"));
  browser.network.files.set("/posts/newest/", { bytes: Buffer.from("newest b"), type: "text/html" });
  const tab = browser.openTab("/posts/newest/");
  assert.equal(await read(worker.navigate("/posts/newest/", tab)), "newest b");
  for (const life of [worker, browser.start(release("a"))]) {
    assert.equal(await read(life.get("/release.json", {}, tab)), "current b");
  }
  assert.equal(browser.record("pins")[tab.id], "network");
});

test("a tab of the older release gets nothing of the newer one that its own does not have", async () => {
  const browser = new Browser();
  const first = await browser.update(release("a"));
  const tab = browser.openTab("/");
  await first.navigate("/", tab);
  const extra = { "images/more.svg": { body: "more", set: "ahead" }, [`data/more-${"0".repeat(16)}.json`]: { body: "hashed", set: "ahead" } };
  const worker = await browser.update(blog("b", { changes: extra }));
  browser.network.isOffline = true;
  assert.equal((await worker.get("/images/more.svg", {}, tab)).type, "error");
  assert.equal(await read(worker.get(`/data/more-${"0".repeat(16)}.json`, {}, tab)), "hashed");
});

test("row 37: a tab whose release can't be noted is served, and right as long as the worker lives", async () => {
  const { browser, tabs } = await twoReleases();
  const worker = browser.start(release("b"));
  browser.caches.quota = 0;
  const third = browser.openTab("/");
  assert.equal(await read(worker.navigate(ANY, third)), "shell b");
  assert.equal(await read(worker.get("/release.json", {}, third)), "current b");
  assert.equal(await read(worker.get("/release.json", {}, tabs[0])), "current a");
});

test("row 28: a release that failed twice gives way to the one before, with all its files", async () => {
  const { browser, worker } = await twoReleases();
  await worker.send(failed("b"));
  browser.network.isOffline = true;
  assert.equal(await read(worker.navigate(ANY, browser.openTab())), "shell b");
  await worker.send(failed("b"));
  const tab = browser.openTab();
  const restarted = browser.start(release("b"));
  assert.equal(await read(restarted.navigate(ANY, tab)), "shell a");
  const later = browser.start(release("b"));
  assert.equal(await read(later.get("/release.json", {}, tab)), "current a");
  assert.equal(await read(later.get("/images/foo.svg", {}, tab)), "picture a");
});

test("row 28: of two releases in a row that fail, the last good one stays and is used", async () => {
  const { browser, worker, tabs } = await twoReleases();
  browser.clients = browser.clients.filter((client) => !tabs.includes(client));
  for (let n = 0; n < 2; n += 1) await worker.send(failed("b"));
  const third = await browser.update(release("c"));
  for (let n = 0; n < 2; n += 1) await third.send(failed("c"));
  browser.network.isOffline = true;
  assert.equal(await read(third.navigate(ANY, browser.openTab())), "shell a");
});

test("row 28: a start in between begins the count anew", async () => {
  const { browser, worker } = await twoReleases();
  for (const message of [failed("b"), started("b"), failed("b")]) {
    assert.deepEqual(await worker.send(message), { ok: true });
  }
  browser.network.isOffline = true;
  assert.equal(await read(worker.navigate(ANY, browser.openTab())), "shell b");
  assert.equal(browser.record("strikes")["b".repeat(16)], 1);
});

test("row 28: where both releases fail, the newer one is tried", async () => {
  const { browser, worker } = await twoReleases();
  for (const message of [failed("b"), failed("b"), failed("a"), failed("a")]) await worker.send(message);
  browser.network.isOffline = true;
  assert.equal(await read(worker.navigate(ANY, browser.openTab())), "shell b");
});

test("row 28: a first release that fails is served all the same", async () => {
  const browser = new Browser();
  const worker = await browser.update(release("a"));
  for (let n = 0; n < 3; n += 1) await worker.send(failed("a"));
  browser.network.isOffline = true;
  assert.equal(await read(worker.navigate(ANY, browser.openTab())), "shell a");
});

test("row 28: a release that only waits is not the one before", async () => {
  const browser = new Browser();
  const worker = await browser.update(release("a"));
  browser.network.deploy(release("b"));
  await browser.start(release("b")).install();
  for (let n = 0; n < 2; n += 1) await worker.send(failed("a"));
  browser.network.isOffline = true;
  assert.equal(await read(browser.start(release("a")).navigate(ANY, browser.openTab())), "shell a");
});

test("row 28: a release that failed once shows pages that can be read without the app", async () => {
  const { browser, worker } = await twoReleases();
  const page = "/posts/bar/";
  await worker.send({ type: "inkstone:keep", path: "data/bar.json" });
  assert.equal(await read(worker.navigate(page, browser.openTab())), "shell b");
  await worker.send(failed("b"));
  browser.network.forget();
  assert.equal(await read(worker.navigate(page, browser.openTab())), "page bar");
  assert.deepEqual(browser.network.paths(), ["/posts/bar/index.html"]);
  await worker.settled();
  browser.network.isOffline = true;
  assert.equal(await read(worker.navigate(page, browser.openTab())), "page bar", "it is stored by now");
  assert.equal(await read(worker.navigate("/posts/foo/", browser.openTab())), "shell b", "for want of better");
  await worker.send(started("b"));
  assert.equal(await read(worker.navigate(ANY, browser.openTab())), "shell b");
});

test("row 28: a page that does not come within 3 s gives way to the shell all the same", async () => {
  const { browser, worker } = await twoReleases();
  await worker.send({ type: "inkstone:keep", path: "data/bar.json" });
  await worker.send(failed("b"));
  browser.network.faultForever("/posts/bar/index.html", FAULTS.hang);
  const response = worker.navigate("/posts/bar/");
  await browser.clock.expire(3_000);
  assert.equal(await read(response), "shell b");
});

test("row 28: a release that does not start is no news to the pages of the one before", async () => {
  const { worker } = await twoReleases();
  const mine = { type: "inkstone:status", release: "a".repeat(16) };
  assert.equal((await worker.send(mine)).release, "b".repeat(16));
  for (let n = 0; n < 2; n += 1) await worker.send(failed("b"));
  const { release: next, news } = await worker.send(mine);
  assert.deepEqual([next, news], ["a".repeat(16), undefined]);
});

test("row 29: after a release that failed, a good one is served at once", async () => {
  const { browser, worker } = await twoReleases();
  for (let n = 0; n < 2; n += 1) await worker.send(failed("b"));
  const next = await browser.update(release("c"));
  assert.equal(await read(next.navigate(ANY, browser.openTab())), "shell c");
});

test("what is no release can't fail", async () => {
  const { worker } = await twoReleases();
  for (const name of ["__proto__", "", undefined, 7, "b".repeat(15)]) {
    assert.equal((await worker.send({ type: "inkstone:failed", release: name })).error, "unknown");
  }
});

test("row 31: damaged records of pins and starts are begun anew", async () => {
  const { browser, tabs } = await twoReleases();
  for (const entry of browser.caches.byName.get("inkstone:/:control").entries.values()) entry.bytes = Buffer.from("{");
  const worker = browser.start(release("b"));
  assert.equal(await read(worker.get("/release.json", {}, tabs[0])), "current b");
  assert.deepEqual(await worker.send(failed("b")), { ok: true });
});

test("without a store a tab's requests still go to the network", async () => {
  const browser = new Browser();
  const plain = makeRelease("a", { "shell.html": "shell", "x.js": "x" });
  const worker = await browser.update(plain);
  browser.caches.isBroken = true;
  assert.equal(await read(browser.start(plain).get("/x.js", {}, browser.openTab())), "x");
  assert.ok(worker);
});
