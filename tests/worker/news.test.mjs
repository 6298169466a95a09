// What pages hear of a release that takes over, and what they are told when they ask.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, FAULTS, fnv, makeRelease, until } from "./browser.mjs";

const HASH = "0".repeat(12);
/** Documents by number and version, whose first digit is the text's; names have a hash, as the build makes them. */
function blogOf(id, versions, { lists = 0, ahead = [] } = {}) {
  const files = { "index.html": "home", "shell.html": `shell ${id}` };
  for (const [number, version] of Object.entries(versions)) {
    const doc = `posts/${number}/`;
    const path = `data/posts/${number}-${HASH}${String(version).padStart(4, "0")}.json`;
    const set = ahead.includes(number) ? "ahead" : "demand";
    const text = `${version}`.charAt(0);
    files[path] = { body: `${number} v${version}`, set, doc, text, subject: `posts/${number}` };
  }
  return makeRelease(id, files, { lists });
}

const OLD = { 1: 1, 2: 1, 3: 1 };
const NEW = { 1: 1, 2: 2, 3: 2, 4: 1 };
const news = (id, numbers) => ({ type: "inkstone:release", release: id.repeat(16), ...numbers });
const isNews = ({ type }) => type === "inkstone:release";
const ask = (worker, id) => worker.send({ type: "inkstone:status", release: id.repeat(16) }).then((answer) => answer.news);

/** A tab of the first release; the second has taken over. */
async function updated(first, second, before = async () => {}) {
  const browser = new Browser();
  const worker = await browser.update(first);
  const tab = browser.openTab("/");
  await worker.navigate("/", tab);
  await before({ browser, worker });
  const next = await browser.update(second);
  await until(() => tab.messages.some(isNews), "news");
  return { browser, worker: next, tab };
}

test("a page hears how many documents are new and changed, once, and gets the same when it asks", async () => {
  const { browser, worker, tab } = await updated(blogOf("a", OLD), blogOf("b", NEW));
  assert.deepEqual(tab.messages.filter(isNews), [news("b", { added: 1, changed: 2 })]);
  assert.deepEqual(await ask(worker, "a"), { release: "b".repeat(16), added: 1, changed: 2 });
  assert.equal(await ask(worker, "b"), undefined);
  assert.equal((await worker.send({ type: "inkstone:status" })).news, undefined);
  assert.equal(browser.badge, 1);
});

test("a document with another neighbour is no news", async () => {
  const { tab } = await updated(blogOf("a", OLD), blogOf("b", { ...OLD, 3: 12, 4: 1 }));
  assert.deepEqual(tab.messages.filter(isNews), [news("b", { added: 1, changed: 0 })]);
});

test("the first release is news to nobody", async () => {
  const browser = new Browser();
  const tab = browser.openTab("/");
  await browser.update(blogOf("a", NEW));
  assert.deepEqual(tab.messages.filter(isNews), []);
  assert.equal(browser.badge, 0);
});

test("each page hears what is new since its own release; the badge counts since the last", async () => {
  const { browser, tab } = await updated(blogOf("a", OLD), blogOf("b", NEW));
  const second = browser.openTab("/");
  await browser.start(blogOf("b", NEW)).navigate("/", second);
  await browser.update(blogOf("c", { ...NEW, 5: 1, 6: 1 }));
  await until(() => second.messages.some(isNews), "news");
  assert.deepEqual(tab.messages.filter(isNews).at(-1), news("c", { added: 3, changed: 2 }));
  assert.deepEqual(second.messages.filter(isNews), [news("c", { added: 2, changed: 0 })]);
  assert.equal(browser.badge, 2);
});

test("with nothing added the badge stays", async () => {
  const { browser } = await updated(blogOf("a", OLD), blogOf("b", { ...OLD, 2: 2 }));
  assert.equal(browser.badge, 0);
});

test("a page of a release that is not known here is told nothing: it may be the newer one", async () => {
  const { worker } = await updated(blogOf("a", OLD), blogOf("b", NEW));
  assert.equal(await ask(worker, "9"), undefined);
});

/** The lists of two releases that differ. */
const listNames = ({ contents }) => [...contents.keys()].filter((path) => path.includes("/list-"));
function lists(options) {
  const [old, own] = [blogOf("a", OLD, { lists: 8 }), blogOf("b", NEW, { lists: 8, ...options })];
  const isOf = (release) => (path) => !release.contents.has(path);
  return { old, own, gone: listNames(old).filter(isOf(own)), come: listNames(own).filter(isOf(old)) };
}

test("of lists, those that differ are looked at, and only they are asked for", async () => {
  const { old, own, gone, come } = lists();
  assert.equal(new Set([2, 3, 4].map((number) => fnv(`posts/${number}`) % 8)).size, come.length);
  // The host has the older lists still.
  const keep = async () => {
    for (const path of gone) own.contents.set(path, old.contents.get(path));
  };
  const { browser, worker, tab } = await updated(old, own, keep);
  assert.deepEqual(tab.messages.filter(isNews), [news("b", { added: 1, changed: 2 })]);
  const asked = new Set(browser.network.paths().filter((path) => path.includes("/list-")));
  // That of the fourth document was empty.
  const empty = listNames(old).filter((path) => /^\{"files":\{\}/.test(old.contents.get(path).bytes.toString()));
  assert.deepEqual([...asked].sort(), [...gone, ...come, ...empty].map((path) => `/${path}`).sort());
  browser.network.isOffline = true;
  assert.deepEqual(await ask(worker, "a"), { release: "b".repeat(16), added: 1, changed: 2 });
});

test("where a list can't be had the numbers are left out", async () => {
  const { old, own, gone } = lists();
  const { browser, worker, tab } = await updated(old, own, async ({ browser }) => {
    for (const path of gone) browser.network.faultForever(`/${path}`, FAULTS.status(404));
  });
  assert.deepEqual(tab.messages.filter(isNews), [news("b")]);
  assert.deepEqual(await ask(worker, "a"), { release: "b".repeat(16) });
  assert.equal(browser.badge, 0);
});

test("a document that moved from a list into the manifest is not new", async () => {
  const { old, own, gone } = lists({ ahead: ["1"] });
  const keep = async () => {
    for (const path of gone) own.contents.set(path, old.contents.get(path));
  };
  const { tab } = await updated(old, own, keep);
  assert.deepEqual(tab.messages.filter(isNews), [news("b", { added: 1, changed: 2 })]);
});

test("where more than a few lists differ, or their number does, the network is not asked", async () => {
  const many = (version, count) => Object.fromEntries(Array.from({ length: count }, (_, n) => [n, version]));
  for (const [first, second] of [
    [blogOf("a", many(1, 40), { lists: 8 }), blogOf("b", many(2, 40), { lists: 8 })],
    [blogOf("a", many(1, 40), { lists: 4 }), blogOf("b", many(1, 41), { lists: 8 })],
  ]) {
    const { browser, tab } = await updated(first, second);
    assert.deepEqual(tab.messages.filter(isNews), [news("b")]);
    assert.ok(!browser.network.paths().some((path) => path.includes("/list-")));
  }
});
