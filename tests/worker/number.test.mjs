// The number of a release: what is older waits, and the same release of another build is no news.

import assert from "node:assert/strict";
import { test } from "node:test";
import { blog } from "./blog.mjs";
import { Browser } from "./browser.mjs";

const status = { type: "inkstone:status", list: true };

/** Release b is at work, with number 11; a has 10. */
async function readerOfTheNewer() {
  const browser = new Browser();
  await browser.update(blog("a"));
  await browser.update(blog("b"));
  browser.network.deploy(blog("a"));
  browser.network.forget();
  return browser;
}

test("row 10: an older release that a stale edge brings is refused for an hour, before anything is fetched", async () => {
  const browser = await readerOfTheNewer();
  const stale = browser.start(blog("a"));
  await assert.rejects(stale.install(), /number 10 is older than 11 of b+$/);
  assert.deepEqual([browser.network.paths(), stale.skipped], [[], 0]);
  assert.match(stale.logs.join(), /number 10 is older/);
  browser.clock.time += 3_590_000;
  await assert.rejects(browser.start(blog("a")).install(), /older/);
  browser.clock.time += 10_000;
  await browser.update(blog("a"));
  assert.equal(browser.record("newest").number, 10);
  await browser.update(blog("b"));
});

test("row 10: a clock that was in the future keeps nobody out", async () => {
  const browser = await readerOfTheNewer();
  browser.clock.time -= 900_000;
  await assert.rejects(browser.start(blog("a")).install(), /older/);
  browser.clock.time -= 9_000_000;
  await browser.start(blog("a")).install();
});

test("row 10: an older release is taken at once where the one at work does not start", async () => {
  const browser = await readerOfTheNewer();
  const worker = browser.start(blog("b"));
  await worker.send({ type: "inkstone:failed", release: "b".repeat(16) });
  await assert.rejects(browser.start(blog("a")).install(), /older/);
  await worker.send({ type: "inkstone:failed", release: "b".repeat(16) });
  await browser.start(blog("a")).install();
});

test("row 31: a damaged record of the newest release keeps nobody out", async () => {
  const browser = await readerOfTheNewer();
  for (const entry of browser.caches.byName.get("inkstone:/:control").entries.values()) entry.bytes = Buffer.from("{");
  await browser.start(blog("a")).install();
});

/** As the build does: only `release.json` and the manifest differ. */
const built = (number) => blog("a", { number, changes: { "release.json": `{"number":${number}}` } });

test("the same release of another build installs in silence, and the older worker can use what it stored", async () => {
  const browser = new Browser();
  await browser.update(built(10));
  const tab = browser.openTab("/");
  browser.network.deploy(built(20));
  await browser.start(built(20)).install();
  browser.network.isOffline = true;
  const old = browser.start(built(10));
  assert.equal(await (await old.navigate("/nowhere/", tab)).text(), "shell a");
  assert.equal((await old.send(status)).ready, true);
  browser.network.isOffline = false;
  await browser.update(built(20));
  assert.ok(tab.messages.length > 0 && tab.messages.every(({ type }) => type === "inkstone:ready"), JSON.stringify(tab.messages));
  assert.equal((await browser.start(built(20)).send({ ...status, release: "a".repeat(16) })).news, undefined);
  assert.equal(await (await browser.start(built(20)).get("/release.json", {}, tab)).text(), '{"number":20}');
});
