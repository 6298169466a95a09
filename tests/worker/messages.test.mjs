// What pages may ask of the worker, and the kill switch.

import assert from "node:assert/strict";
import { test } from "node:test";
import { blog } from "./blog.mjs";
import { Browser, FAULTS, makeRelease, ORIGIN } from "./browser.mjs";

const status = { type: "inkstone:status", list: true };
const keep = (path) => ({ type: "inkstone:keep", path });
const forget = (path) => ({ type: "inkstone:forget", path });
const ahead = { type: "inkstone:ahead" };

async function readerOf(options) {
  const browser = new Browser();
  const worker = await browser.update(blog("a", options));
  browser.network.forget();
  return { browser, worker, network: browser.network };
}

test("status tells the release, whether it is complete, what is kept, and how much that is", async () => {
  const { browser, worker } = await readerOf();
  const answer = await worker.send(status);
  assert.deepEqual(answer, {
    release: "a".repeat(16),
    ready: true,
    kept: [{ path: "data/new.json", doc: "posts/new/", size: 3, time: answer.kept[0].time, fixed: true }],
    bytes: ["home", "shell a", "code a", "wasm", "new"].join("").length,
    saves: {},
    news: undefined,
  });
  assert.ok(answer.kept[0].time > 1_000_000);
  browser.caches.byName.clear();
  assert.deepEqual(await worker.send(status), { release: "a".repeat(16), ready: false, kept: [], bytes: 0, saves: {}, news: undefined });
});

test("status of a worker whose core was damaged is not ready", async () => {
  const { browser, worker } = await readerOf();
  const [entry] = browser.caches.byName.get("inkstone:/:files").entries.values();
  entry.bytes = Buffer.from("damaged");
  assert.equal((await worker.send(status)).ready, false);
});

test("keep stores a document, and what its entry needs, for offline", async () => {
  const { browser, worker, network } = await readerOf();
  assert.deepEqual(await worker.send(keep("data/foo-a.json")), { ok: true });
  assert.ok(browser.hasBody("picture"));
  network.isOffline = true;
  assert.equal(await (await worker.get("/data/foo-a.json")).text(), "foo a");
  assert.equal(await (await worker.navigate("/posts/foo/")).text(), "shell a");
  assert.ok((await worker.send(status)).kept.some(({ doc }) => doc === "posts/foo/"));
});

test("keep works for every document of the release, stored or not", async () => {
  const { worker } = await readerOf();
  for (const path of ["data/foo-a.json", "data/bar.json", "data/new.json", "data/bar.json"]) {
    assert.deepEqual(await worker.send(keep(path)), { ok: true }, path);
  }
});

test("keep of a document succeeds though a picture of it fails", async () => {
  const { browser, worker, network } = await readerOf();
  network.faultForever("/images/foo.svg", FAULTS.drop);
  assert.deepEqual(await worker.send(keep("data/foo-a.json")), { ok: true });
  assert.ok(browser.hasBody("foo a"));
});

test("keep from a tab of the older release saves this release's version", async () => {
  const { browser } = await readerOf();
  const worker = await browser.update(blog("b"));
  assert.deepEqual(await worker.send(keep("data/foo-a.json")), { ok: true });
  assert.ok(browser.hasBody("foo b"));
});

test("keep of what is no document is refused", async () => {
  const { worker } = await readerOf();
  for (const path of ["nowhere.json", "app-a.js", "__proto__", "", undefined, 7, {}]) {
    assert.deepEqual(await worker.send(keep(path)), { ok: false, error: "unknown" });
  }
});

test("row 23: keep that fails says why, and stores nothing", async () => {
  const { browser, worker, network } = await readerOf();
  network.faultForever("/data/foo-a.json", FAULTS.otherBytes);
  const { ok, error } = await worker.send(keep("data/foo-a.json"));
  assert.equal(ok, false);
  assert.match(error, /^data\/foo-a\.json: other bytes/);
  assert.equal(browser.hasBody("foo a"), false);
});

test("row 37: keep on a full disk answers quota, and loses nothing", async () => {
  const { browser, worker } = await readerOf();
  await worker.send(keep("data/bar.json"));
  browser.caches.quota = browser.caches.size;
  const before = browser.cached("inkstone:/:files");
  assert.deepEqual(await worker.send(keep("data/foo-a.json")), { ok: false, error: "quota" });
  assert.deepEqual(browser.cached("inkstone:/:files"), before);
  assert.equal((await worker.send(status)).ready, true);
});

test("row 37: a full disk stops fetching ahead instead of downloading in vain", async () => {
  const browser = new Browser();
  const changes = {};
  for (let index = 0; index < 30; index += 1) changes[`data/${index}.json`] = { body: `post ${index}`, set: "ahead" };
  const release = blog("a", { changes });
  browser.network.deploy(release);
  const worker = browser.start(release);
  await worker.install();
  browser.caches.quota = browser.caches.size;
  browser.network.forget();
  assert.deepEqual(await worker.send(ahead), { ok: false, error: "incomplete" });
  assert.ok(browser.network.requests.length <= 6, `${browser.network.requests.length} requests`);
});

test("forget removes a document in all its versions", async () => {
  const { browser, worker, network } = await readerOf();
  await worker.send(keep("data/foo-a.json"));
  network.faultForever("/data/foo-b.json", FAULTS.drop);
  const next = await browser.update(blog("b"));
  assert.ok(browser.hasBody("foo a"));
  assert.deepEqual(await next.send(forget("data/foo-b.json")), { ok: true });
  assert.equal(browser.hasBody("foo a"), false);
  assert.ok(!(await next.send(status)).kept.some(({ doc }) => doc === "posts/foo/"));
});

test("a forgotten document is not fetched again by the next release", async () => {
  const { browser, worker } = await readerOf();
  await worker.send(keep("data/foo-a.json"));
  await worker.send(forget("data/foo-a.json"));
  await browser.update(blog("b"));
  assert.equal(browser.hasBody("foo b"), false);
});

test("forget of a core file is refused", async () => {
  const core = { body: "about", doc: "about/" };
  const { browser, worker } = await readerOf({ changes: { "data/about.json": core } });
  assert.deepEqual(await worker.send(forget("data/about.json")), { ok: false, error: "core" });
  assert.ok(browser.hasBody("about"));
});

test("a sync in the background asks for an update", async () => {
  const { browser, worker } = await readerOf();
  await worker.dispatch("periodicsync", { tag: "inkstone" });
  assert.equal(browser.registration().updates, 1);
});

test("ahead goes on where it was interrupted, and says ready", async () => {
  const browser = new Browser();
  const tab = browser.openTab();
  browser.network.faultForever("/data/new.json", FAULTS.drop);
  await browser.update(blog("a"));
  browser.network.faults.clear();
  browser.network.forget();
  const restarted = browser.start(blog("a"));
  assert.deepEqual(await restarted.send(ahead), { ok: true });
  assert.deepEqual(browser.network.paths(), ["/data/new.json"]);
  assert.deepEqual(tab.messages, [{ type: "inkstone:ready", release: "a".repeat(16) }]);
});

test("ahead refreshes a saved post that could not be refreshed before", async () => {
  const { browser, worker, network } = await readerOf();
  await worker.send(keep("data/foo-a.json"));
  network.faultForever("/data/foo-b.json", FAULTS.drop);
  const next = await browser.update(blog("b"));
  network.faults.clear();
  assert.deepEqual(await next.send(ahead), { ok: true });
  assert.ok(browser.hasBody("foo b"));
});

test("ahead after storage was cleared installs everything again", async () => {
  const { browser, worker } = await readerOf();
  browser.caches.byName.clear();
  assert.deepEqual(await worker.send(ahead), { ok: true });
  assert.equal((await worker.send(status)).ready, true);
});

test("several requests to go ahead share one run", async () => {
  const { browser, worker, network } = await readerOf();
  browser.caches.byName.clear();
  await Promise.all([worker.send(ahead), worker.send(ahead), worker.send(ahead)]);
  assert.equal(network.paths().filter((path) => path === "/data/new.json").length, 1);
});

test("unknown messages, and those without a port, are no trouble", async () => {
  const { worker } = await readerOf();
  for (const data of [null, undefined, "inkstone:status", 7, {}, { type: "other:message" }]) {
    assert.equal(await worker.send(data), undefined);
  }
  await worker.dispatch("message", { data: status, ports: [], source: { url: `${ORIGIN}/` } });
});

test("row 40: messages from outside the scope are ignored", async () => {
  const browser = new Browser();
  const worker = await browser.update(makeRelease("a", { "shell.html": "shell" }), "/a/");
  for (const url of [`${ORIGIN}/b/`, `${ORIGIN}/`, "https://evil.test/a/"]) {
    assert.equal(await worker.send(status, { url }), undefined, url);
  }
  assert.equal(await worker.send(status, null), undefined);
  assert.notEqual(await worker.send(status, { url: `${ORIGIN}/a/posts/` }), undefined);
});

test("broken storage is reported, not thrown", async () => {
  const { browser, worker } = await readerOf();
  browser.caches.isBroken = true;
  for (const message of [status, keep("data/bar.json"), forget("data/bar.json"), ahead]) {
    assert.equal((await worker.send(message)).ok, false, message.type);
  }
});

test("row 36: the kill switch removes its caches and registration, and lets every request pass", async () => {
  const { browser, network } = await readerOf();
  await browser.caches.open("inkstone:/a/:files");
  await browser.caches.open("another-app");
  const tab = browser.openTab();
  network.forget();
  const worker = browser.start(makeRelease("b", { "shell.html": "shell" }, { mode: "remove" }));
  await worker.install();
  assert.equal(worker.skipped, 1);
  await worker.activate();
  assert.deepEqual(await browser.caches.keys(), ["inkstone:/a/:files", "another-app"]);
  assert.equal(browser.registrations.size, 0);
  assert.equal(worker.navigate("/"), undefined);
  assert.equal(worker.get("/app-a.js"), undefined);
  assert.deepEqual(network.paths(), [], "it downloads nothing");
  assert.deepEqual(tab.messages, []);
});
