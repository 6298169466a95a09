// Forgetting, the record of errors, and repair.

import assert from "node:assert/strict";
import { test } from "node:test";
import { blog } from "./blog.mjs";
import { Browser, FAULTS, until } from "./browser.mjs";

const status = { type: "inkstone:status", list: true };
const keep = (path) => ({ type: "inkstone:keep", path });
const forget = (path) => ({ type: "inkstone:forget", path });

async function readerOf(changes) {
  const browser = new Browser();
  const worker = await browser.update(blog("a", { changes }));
  browser.network.forget();
  return { browser, worker, network: browser.network };
}

test("a kept document is told with its pictures' size and the time it was stored", async () => {
  const { worker } = await readerOf();
  await worker.send(keep("data/foo-a.json"));
  const { kept } = await worker.send(status);
  const foo = kept.find(({ doc }) => doc === "posts/foo/");
  assert.equal(foo.size, "foo a".length + "picture".length);
  assert.ok(foo.time > kept.find(({ doc }) => doc === "posts/new/").time);
});

test("forgetting a document takes its pictures, but for those that another one shows", async () => {
  const shared = { body: "bar", set: "demand", doc: "posts/bar/", needs: ["images/foo.svg"] };
  const { browser, worker } = await readerOf({ "data/bar.json": shared });
  await worker.send(keep("data/foo-a.json"));
  await worker.send(keep("data/bar.json"));
  assert.deepEqual(await worker.send(forget("data/foo-a.json")), { ok: true });
  assert.ok(!browser.hasBody("foo a") && browser.hasBody("picture"));
  await worker.send(forget("data/bar.json"));
  assert.ok(!browser.hasBody("bar") && !browser.hasBody("picture"));
});

test("without a document that was forgotten no save that had it is whole", async () => {
  const { browser, worker } = await readerOf();
  await worker.send({ type: "inkstone:save", id: "tag:x", paths: ["data/foo-a.json", "data/bar.json"] });
  await worker.send({ type: "inkstone:save", id: "all" });
  await worker.send(forget("data/foo-a.json"));
  const { saves } = await worker.send(status);
  assert.deepEqual(saves, {});
  await browser.start(blog("a")).send({ type: "inkstone:ahead" });
  assert.ok(!browser.hasBody("foo a"));
});

test("what repair can't mend of a save is fetched as soon as it can be had", async () => {
  const { browser, worker, network } = await readerOf();
  await worker.send({ type: "inkstone:save", id: "tag:x", paths: ["data/foo-a.json"] });
  for (const entry of browser.caches.byName.get("inkstone:/:files").entries.values()) {
    if (entry.bytes.toString() === "foo a") entry.bytes = Buffer.from("damaged");
  }
  network.isOffline = true;
  const answer = await worker.send({ type: "inkstone:repair" });
  assert.deepEqual([answer.ok, answer.damaged, answer.mended], [false, 1, 0]);
  network.isOffline = false;
  await worker.send({ type: "inkstone:ahead" });
  await worker.settled();
  assert.ok(browser.hasBody("foo a"));
  assert.equal((await worker.send(status)).saves["tag:x"].state, "saved");
});

test("forgetting all leaves what the release promises offline, and nothing else", async () => {
  const { browser, worker, network } = await readerOf();
  await worker.send({ type: "inkstone:save", id: "all" });
  await worker.navigate("/posts/foo/");
  await worker.settled();
  assert.deepEqual(await worker.send({ type: "inkstone:forget", all: true }), { ok: true });
  const { kept, saves, ready } = await worker.send(status);
  assert.deepEqual([kept.map(({ doc }) => doc), saves, ready], [["posts/new/"], {}, true]);
  assert.equal(browser.cached("inkstone:/:files").length, 5);
  network.isOffline = true;
  assert.equal(await (await worker.navigate("/")).text(), "home");
});

test("the last twenty errors outlive the worker, the newest first", async () => {
  const { browser, worker, network } = await readerOf();
  network.isOffline = true;
  for (let n = 0; n < 30; n += 1) await worker.get(`/data/foo-a.json?${n}`);
  await worker.settled();
  const restarted = browser.start(blog("a"));
  await until(() => browser.record("errors").last.length === 20, "twenty errors");
  await restarted.get("/data/foo-a.json?more");
  const errors = browser.record("errors").last;
  assert.equal(errors.length, 20);
  assert.ok(errors[0].time >= errors[19].time);
  assert.match(errors[0].text, /Failed to fetch/);
});

test("repair reads everything back and fetches what is damaged or gone again", async () => {
  const { browser, worker, network } = await readerOf();
  await worker.send(keep("data/foo-a.json"));
  const { entries } = browser.caches.byName.get("inkstone:/:files");
  for (const [key, entry] of entries) {
    if (["foo a", "wasm"].includes(entry.bytes.toString())) entry.bytes = Buffer.from("damaged");
    if (entry.bytes.toString() === "new") entries.delete(key);
  }
  network.forget();
  assert.deepEqual(await worker.send({ type: "inkstone:repair" }), { ok: true, checked: 6, damaged: 2, mended: 2 });
  assert.deepEqual(network.paths().sort(), ["/app.wasm", "/data/foo-a.json", "/data/new.json"]);
  assert.equal((await worker.send(status)).kept.length, 2);
});

test("repair without a network says what it could not mend, and keeps what is whole", async () => {
  const { browser, worker, network } = await readerOf();
  for (const entry of browser.caches.byName.get("inkstone:/:files").entries.values()) {
    if (entry.bytes.toString() === "wasm") entry.bytes = Buffer.from("damaged");
  }
  network.isOffline = true;
  assert.deepEqual(await worker.send({ type: "inkstone:repair" }), { ok: false, checked: 5, damaged: 1, mended: 0 });
  assert.ok(browser.hasBody("home") && !browser.hasBody("wasm"));
});

test("row 8: an error that can't be noted harms nothing", async () => {
  const { browser, worker, network } = await readerOf();
  browser.caches.quota = browser.caches.size;
  network.faultForever("/data/foo-a.json", FAULTS.drop);
  assert.equal((await worker.get("/data/foo-a.json")).type, "error");
  await worker.settled();
  assert.equal((await worker.send(status)).ready, true);
});
