// The verified download, seen through an installation that depends on it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { blog } from "./blog.mjs";
import { Browser, FAULTS, makeRelease, sha256, until } from "./browser.mjs";

const { none, status } = FAULTS;

/** Installs while `app.wasm` meets the faults. */
async function installWith(...faults) {
  const browser = new Browser();
  const release = blog("a");
  browser.network.deploy(release);
  browser.network.fault("/app.wasm", ...faults);
  const worker = browser.start(release);
  const outcome = worker.install().then(() => "installed", ({ message }) => message);
  const attempts = () => browser.network.requests.filter(({ path }) => path === "/app.wasm");
  return { browser, worker, outcome, attempts };
}

async function assertRefused(fault, pattern) {
  const { browser, outcome, attempts } = await installWith(fault, fault);
  assert.match(await outcome, pattern);
  assert.equal(browser.hasBody("wasm"), false);
  assert.deepEqual(browser.releases(), []);
  assert.deepEqual(attempts().map(({ cache }) => cache), ["default", "reload"]);
}

async function assertRetried(fault) {
  const { browser, outcome, attempts } = await installWith(fault, none);
  assert.equal(await outcome, "installed");
  assert.equal(browser.hasBody("wasm"), true);
  assert.deepEqual(attempts().map(({ cache }) => cache), ["default", "reload"]);
}

test("row 1: a 404 is refused, naming path, expected and got", () =>
  assertRefused(status(404), /^app\.wasm: expected 200, got 404/));
test("row 1: a 500 is refused", () => assertRefused(status(500), /app\.wasm: .*got 500/));
test("row 1: an empty 204 is refused", () => assertRefused(() => new Response(null, { status: 204 }), /got 204/));
test("row 2: other bytes are refused, naming both lengths", () =>
  assertRefused(FAULTS.otherBytes, /^app\.wasm: other bytes: 11 for 4 of /));
test("row 2: other bytes are retried past the HTTP cache", () => assertRetried(FAULTS.otherBytes));
test("row 3: a body that breaks off is retried", () => assertRetried(FAULTS.cut));
test("row 3: a body that breaks off twice leaves nothing half-stored", () => assertRefused(FAULTS.cut, /terminated/));
test("row 4: a body that ends too early without an error is refused", () =>
  assertRefused(FAULTS.cutCleanly, /other bytes: 2 for 4/));
test("row 5: HTML with 200 is refused, naming its type", () => assertRefused(FAULTS.html, /other bytes: .* of text\/html/));
test("row 6: a redirect to a captive portal is refused", () => assertRefused(FAULTS.portal, /portal\.test/));
test("row 6: a redirect to another origin is refused even with the right bytes", () =>
  assertRefused(FAULTS.foreignCopy, /cdn\.test/));
test("row 17: a 206 is refused", () => assertRefused(FAULTS.partial, /got 206/));
test("row 18: an opaque response is refused", () => assertRefused(FAULTS.opaque, /got 0/));
test("a body that never ends is refused once it is too long", () => assertRefused(FAULTS.endless, /other bytes: .* for 4/));
test("a dropped connection is retried", () => assertRetried(FAULTS.drop));

test("a wrong type with the right bytes is accepted and served with the manifest's type", async () => {
  const { worker, outcome, attempts } = await installWith(FAULTS.wrongType);
  assert.equal(await outcome, "installed");
  assert.equal(attempts().length, 1);
  assert.equal((await worker.get("/app.wasm")).headers.get("Content-Type"), "application/wasm");
});

test("row 16: a redirect within the origin is stored as a response of our own", async () => {
  const { browser, worker, outcome } = await installWith(FAULTS.redirect);
  assert.equal(await outcome, "installed");
  browser.network.isOffline = true;
  const response = await worker.get("/app.wasm");
  assert.equal(response.redirected, false);
  assert.equal(await response.text(), "wasm");
  const files = browser.caches.byName.get("inkstone:/:files");
  assert.ok([...files.entries.values()].every(({ redirected }) => !redirected));
});

test("row 17: `Vary: *` and foreign headers never reach the store or a page", async () => {
  const { browser, worker, outcome } = await installWith(FAULTS.varyStar);
  assert.equal(await outcome, "installed");
  const files = browser.caches.byName.get("inkstone:/:files");
  const stored = JSON.stringify([...files.entries.values()]);
  assert.doesNotMatch(stored, /vary|foreign/i);
  assert.doesNotMatch(JSON.stringify([...(await worker.get("/app.wasm")).headers]), /vary|foreign/i);
});

for (const [name, fault] of [["an unanswered request", FAULTS.hang], ["row 21: a body that hangs", FAULTS.hangInBody]]) {
  test(`${name} is aborted after 30 s without progress and not retried`, async () => {
    const { browser, outcome, attempts } = await installWith(fault);
    await until(() => browser.clock.timers.size === 1 && browser.hasBody("home"), "all but one to finish");
    await browser.clock.expire(30_000);
    assert.match(await outcome, /^app\.wasm: no answer/);
    assert.equal(attempts().length, 1);
    assert.equal(attempts()[0].signal.aborted, true);
    assert.equal(browser.hasBody("wasm"), false);
  });
}

test("the stall clock starts anew with every chunk", async () => {
  const deadlines = new Set();
  const { browser, outcome } = await installWith((file) => {
    let sent = 0;
    const pull = (controller) => {
      for (const id of browser.clock.timers.keys()) deadlines.add(id);
      if (sent === file.bytes.length) controller.close();
      else controller.enqueue(new Uint8Array(file.bytes.subarray(sent, (sent += 1))));
    };
    return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
  });
  assert.equal(await outcome, "installed");
  assert.ok(deadlines.size >= 5, `only ${deadlines.size} deadlines`);
});

test("no timer is left behind", async () => {
  const { browser, outcome } = await installWith();
  await outcome;
  assert.equal(browser.clock.timers.size, 0);
});

test("at most six downloads run at once", async () => {
  const files = { "shell.html": "shell" };
  for (let index = 0; index < 20; index += 1) files[`file-${index}.js`] = `code ${index}`;
  const browser = new Browser();
  await browser.update(makeRelease("a", files));
  assert.equal(browser.network.mostAtOnce, 6);
});

test("names are percent-encoded segment by segment", async () => {
  const browser = new Browser();
  const worker = await browser.update(blog("a", { changes: { "tags/c#+ 语言/x.js": "odd" } }));
  assert.ok(
    browser.network.requests.some(({ url }) => url.endsWith("/tags/c%23%2B%20%E8%AF%AD%E8%A8%80/x.js")),
  );
  browser.network.isOffline = true;
  assert.equal(await (await worker.get("/tags/c%23+%20%E8%AF%AD%E8%A8%80/x.js?v=1#f")).text(), "odd");
});
