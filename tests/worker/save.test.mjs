// Saving one post, several or everything: progress, pause, interruption, want of room.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, FAULTS, makeRelease, until } from "./browser.mjs";

const { drop, none, otherBytes, status } = FAULTS;

const saveAll = { type: "inkstone:save", id: "all" };
const saveTag = (paths) => ({ type: "inkstone:save", id: "tag:x", paths });
const ahead = { type: "inkstone:ahead" };
const COUNT = 60;
const hash = (n) => `${n}`.padStart(16, "0");
const data = (n) => `data/posts/${n}-${hash(n)}.json`;
const text = (n, version = "") => JSON.stringify({ text: `post ${n}${version} `.repeat(20) });

function large(id, { version = () => "", ...options } = {}) {
  const files = { "shell.html": `shell ${id}`, "index.html": "home" };
  for (let n = 0; n < COUNT; n += 1) {
    const [subject, needs] = [`posts/${n}`, n % 10 ? undefined : [`images/${n}.svg`]];
    files[data(n)] = { body: text(n, version(n)), set: "demand", doc: `posts/${n}/`, subject, needs };
    files[`posts/${n}/index.html`] = { body: `page ${n}`, set: "demand", subject, needs: [data(n)] };
    if (needs) files[needs[0]] = { body: `picture ${n}`, set: "demand", subject: `images/${n}` };
  }
  for (const n of [0, 1, 2]) {
    const subject = "search";
    files[`data/search/${n}-${hash(n)}.bin`] = { body: `postings ${n}`, set: "demand", subject };
  }
  return makeRelease(id, files, { lists: 4, bundles: true, ...options });
}

async function readerOf(options) {
  const browser = new Browser();
  const release = large("a", options);
  const worker = await browser.update(release);
  const tab = browser.openTab();
  browser.network.forget();
  return { browser, worker, release, tab, network: browser.network };
}

const progress = ({ messages }) => messages.filter(({ type }) => type === "inkstone:progress");

/** What is told of a save never falls, and never exceeds the whole. */
function assertMonotone(tab) {
  let last = 0;
  for (const { done = 0, total = 0 } of progress(tab)) {
    assert.ok(done >= last && done <= total, `${last} -> ${done} of ${total}`);
    last = done;
  }
}

const has = (browser, n) => browser.hasBody(text(n));
const numbers = Array.from({ length: COUNT }, (_, n) => n);

test("all is saved in few requests: lists, bundles, pictures, the search", async () => {
  const { browser, worker, tab, network } = await readerOf();
  assert.deepEqual(await worker.send(saveAll), { ok: true });
  assert.ok(numbers.every((n) => has(browser, n)));
  assert.ok(browser.hasBody("picture 50") && browser.hasBody("postings 2"));
  assert.equal(network.requests.length, 4 + 4 + 1 + 6, `${network.paths()}`);
  const last = progress(tab).at(-1);
  assert.equal(last.state, "saved");
  assert.equal(last.done, last.total);
  const bodies = [...numbers.map((n) => text(n)), ...[0, 10, 20, 30, 40, 50].map((n) => `picture ${n}`), "postings 0", "postings 1", "postings 2"];
  assert.equal(last.total, bodies.join("").length, "accurate to the byte");
  assertMonotone(tab);
  network.isOffline = true;
  assert.equal(await (await worker.get(`/${data(33)}`)).text(), text(33));
});

test("several posts are saved alone, with their pictures", async () => {
  const { browser, worker, network } = await readerOf();
  assert.deepEqual(await worker.send(saveTag([data(10), data(11)])), { ok: true });
  assert.deepEqual([9, 10, 11, 12].map((n) => has(browser, n)), [false, true, true, false]);
  assert.ok(browser.hasBody("picture 10"));
  assert.ok(!network.paths().some((path) => path.includes("bundle")));
  const { saves } = await worker.send({ type: "inkstone:status" });
  assert.deepEqual(saves["tag:x"].docs, ["posts/10/", "posts/11/"]);
  assert.equal(saves["tag:x"].state, "saved");
});

test("what is there already is not asked for, and counts as done from the start", async () => {
  const { worker, tab, network } = await readerOf();
  await worker.send(saveTag(numbers.map(data)));
  const first = network.requests.length;
  tab.messages.length = 0;
  await worker.send(saveAll);
  assert.ok(progress(tab).some(({ done, total }) => done > total * 0.9));
  assert.ok(network.requests.length - first <= 2, `${network.paths().slice(first)}`);
});

test("ids that are none, and paths that are no documents, are refused", async () => {
  const { worker, tab } = await readerOf();
  for (const message of [{ id: "x" }, { id: "__proto__" }, { id: "all", paths: [] }, { id: "tag:x" }, {}, { id: "tag:x", paths: ["no.json"] }]) {
    assert.equal((await worker.send({ type: "inkstone:save", ...message })).error, "unknown", JSON.stringify(message));
  }
  assert.deepEqual(progress(tab), []);
});

test("each part of a bundle is verified by its own hash; a bundle that fails gives way to single files", async () => {
  const { browser, worker, release, network } = await readerOf();
  const bundles = [...release.contents.keys()].filter((path) => path.includes("bundle"));
  network.faultForever(`/${bundles[0]}`, otherBytes);
  network.faultForever(`/${bundles[1]}`, status(404));
  assert.deepEqual(await worker.send(saveAll), { ok: true });
  assert.ok(numbers.every((n) => has(browser, n)));
});

test("a bundle whose own hash is right but whose parts are not stores none of them", async () => {
  const { browser, worker, network } = await readerOf({ bundles: "wrong" });
  assert.deepEqual(await worker.send(saveAll), { ok: true });
  assert.ok(network.paths().some((path) => path.includes("bundle")) && numbers.every((n) => has(browser, n)));
  for (const { bytes } of browser.caches.byName.get("inkstone:/:files").entries.values()) {
    assert.doesNotMatch(bytes.toString(), /^x+$/);
  }
});

test("row 23: with every second connection dropped a save comes through, and its progress never falls", async () => {
  const { worker, release, tab, network } = await readerOf();
  for (const path of release.contents.keys()) network.fault(`/${path}`, drop, none, drop, none);
  assert.deepEqual(await worker.send(saveAll), { ok: true });
  assertMonotone(tab);
});

test("without a network a save stops soon, says why, and goes on when the next page starts", async () => {
  const { browser, worker, tab, network } = await readerOf();
  let answers = 0;
  const { fetch } = network;
  network.fetch = function (...given) {
    answers += 1;
    return answers > 8 ? drop() : fetch.apply(this, given);
  };
  const { ok, error } = await worker.send(saveAll);
  assert.equal(ok, false);
  assert.match(error, /fetch|incomplete/);
  assert.ok(answers < 60, `${answers} requests`);
  const { state, done } = progress(tab).at(-1);
  assert.equal(state, "running");
  assert.ok(done > 0);
  network.fetch = fetch;
  await browser.start(large("a")).send(ahead);
  assert.ok(numbers.every((n) => has(browser, n)));
  assert.equal(progress(tab).at(-1).state, "saved");
  assertMonotone(tab);
});

test("a worker killed after any number of downloads goes on from what is stored", async () => {
  for (let left = 0; left < 14; left += 3) {
    const { browser, worker, tab, network } = await readerOf();
    const { fetch } = network;
    let answers = 0;
    network.fetch = function (...given) {
      answers += 1;
      return answers > left ? new Promise(() => {}) : fetch.apply(this, given);
    };
    worker.send(saveAll);
    await until(() => answers > left, "the kill");
    network.fetch = fetch;
    await browser.start(large("a")).send(ahead);
    assert.ok(numbers.every((n) => has(browser, n)), `${left}`);
    assert.equal(progress(tab).at(-1).state, "saved");
  }
});

test("a pause ends it after what is under way; the same message goes on", async () => {
  const { browser, worker, tab, network } = await readerOf({ bundles: false });
  let paused;
  network.fault(`/${data(20)}`, (file) => {
    paused = worker.send({ type: "inkstone:pause", id: "all" });
    return none(file);
  });
  await worker.send(saveAll);
  assert.deepEqual(await paused, { ok: true });
  assert.equal(progress(tab).at(-1).state, "paused");
  const before = numbers.filter((n) => has(browser, n)).length;
  assert.ok(before > 0 && before < COUNT, `${before}`);
  await worker.send(ahead);
  assert.equal(numbers.filter((n) => has(browser, n)).length, before, "a pause outlives the page");
  assert.deepEqual(await worker.send(saveAll), { ok: true });
  assert.ok(numbers.every((n) => has(browser, n)));
  assertMonotone(tab);
});

test("a save that goes on while it still stops is whole at its end", async () => {
  const { browser, worker, tab, network } = await readerOf({ bundles: false });
  let resumed;
  network.fault(`/${data(20)}`, (file) => {
    resumed = worker.send({ type: "inkstone:pause", id: "all" }).then(() => worker.send(saveAll));
    return none(file);
  });
  await worker.send(saveAll);
  assert.deepEqual(await resumed, { ok: true });
  assert.equal(progress(tab).at(-1).state, "saved");
  assert.ok(numbers.every((n) => has(browser, n)));
});

test("a save that can't end does not keep others from it", async () => {
  const { browser, worker, network } = await readerOf({ bundles: false });
  for (const n of [1, 2]) {
    network.faultForever(`/${data(n)}`, FAULTS.drop);
    await worker.send({ type: "inkstone:save", id: `post:posts/${n}/`, paths: [data(n)] });
  }
  network.faults.clear();
  network.faultForever(`/${data(1)}`, FAULTS.drop);
  await worker.send(ahead);
  await until(() => has(browser, 2), "the second");
});

test("what was never begun can't be paused", async () => {
  const { worker } = await readerOf();
  for (const id of ["all", "x", "__proto__", undefined]) {
    assert.deepEqual(await worker.send({ type: "inkstone:pause", id }), { ok: false, error: "unknown" });
  }
  assert.deepEqual((await worker.send({ type: "inkstone:status" })).saves, {});
});

test("to forget all ends a save that runs, and nothing of it is left", async () => {
  const { browser, worker, network } = await readerOf({ bundles: false });
  let forgotten;
  network.fault(`/${data(20)}`, (file) => {
    forgotten = worker.send({ type: "inkstone:forget", all: true });
    return none(file);
  });
  await worker.send(saveAll);
  assert.deepEqual(await forgotten, { ok: true });
  assert.deepEqual(numbers.filter((n) => has(browser, n)), []);
  assert.deepEqual((await worker.send({ type: "inkstone:status" })).saves, {});
});

test("saved is said of bytes read back: what was damaged meanwhile is fetched again", async () => {
  const { browser, worker, tab, network } = await readerOf({ bundles: false });
  network.fault(`/${data(COUNT - 1)}`, (file) => {
    for (const entry of browser.caches.byName.get("inkstone:/:files").entries.values()) {
      if (entry.bytes.toString() === text(1)) entry.bytes = Buffer.from("damaged");
    }
    return none(file);
  });
  assert.deepEqual(await worker.send(saveAll), { ok: true });
  assert.equal(await (await worker.get(`/${data(1)}`)).text(), text(1));
  assertMonotone(tab);
});

test("row 37: without room a save takes back what it brought, keeps all else, and says so", async () => {
  const { browser, worker, tab } = await readerOf({ bundles: false });
  await worker.send({ type: "inkstone:keep", path: data(3) });
  await worker.send(saveTag([data(4)]));
  const { size } = browser.caches;
  browser.caches.quota = size + 23_000;
  assert.deepEqual(await worker.send(saveAll), { ok: false, error: "quota" });
  const stored = progress(tab).filter(({ id, state }) => id === "all" && state === "running").map(({ done = 0 }) => done);
  assert.ok(Math.max(...stored) > Math.min(...stored.slice(1)), `some of it was stored: ${stored}`);
  assert.deepEqual(numbers.filter((n) => has(browser, n)), [3, 4]);
  const { state, error } = progress(tab).at(-1);
  assert.deepEqual([state, error], ["failed", "quota"]);
  const { saves } = await worker.send({ type: "inkstone:status" });
  assert.equal(saves["tag:x"].state, "saved");
  browser.caches.quota = Infinity;
  assert.deepEqual(await worker.send(saveAll), { ok: true });
  assert.ok(numbers.every((n) => has(browser, n)));
});

test("a save of all takes in what a new release brings; one of a tag refreshes its posts", async () => {
  const { browser, worker } = await readerOf();
  await worker.send(saveAll);
  const version = (n) => (n === 7 ? " changed" : "");
  browser.network.forget();
  await browser.update(large("b", { version }));
  await until(() => browser.hasBody(text(7, " changed")), "the new text");
  assert.ok(browser.network.requests.length < 10, `${browser.network.paths()}`);
});

test("row 31: a damaged record of saves is begun anew, and no file is lost", async () => {
  const { browser, worker } = await readerOf();
  await worker.send(saveAll);
  for (const entry of browser.caches.byName.get("inkstone:/:control").entries.values()) entry.bytes = Buffer.from("{");
  const { saves } = await worker.send({ type: "inkstone:status" });
  assert.deepEqual(saves, {});
  assert.ok(numbers.every((n) => has(browser, n)));
  assert.deepEqual(await worker.send(saveAll), { ok: true });
});
