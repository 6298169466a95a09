// What a request for a file gets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { blog } from "./blog.mjs";
import { Browser, FAULTS, makeRelease, ORIGIN, until } from "./browser.mjs";

const { drop, hang, hangInBody, otherBytes, status } = FAULTS;

async function readerOf() {
  const browser = new Browser();
  const worker = await browser.update(blog("a"));
  browser.network.forget();
  return { browser, worker, network: browser.network };
}

const read = async (response) => (await response).text();

test("row 42: what is not a GET below the scope of the origin is left to the browser", async () => {
  const browser = new Browser();
  const worker = await browser.update(makeRelease("a", { "shell.html": "shell" }), "/a/");
  assert.equal(worker.request("/a/shell.html", { method: "POST" }), undefined);
  assert.equal(worker.request("/a/shell.html", { method: "HEAD" }), undefined);
  assert.equal(worker.request("https://cdn.test/a/shell.html"), undefined);
  assert.equal(worker.request("/b/shell.html"), undefined);
  assert.equal(worker.request("/a/%E0%A4%A.json"), undefined, "malformed percent-encoding");
  assert.equal(worker.request("/a/data%2Fnew.json"), undefined, "an encoded slash");
  assert.equal(await read(worker.request("/a/shell.html")), "shell");
});

test("row 18: a cross-origin image is neither answered nor stored", async () => {
  const { browser, worker } = await readerOf();
  const before = browser.cached("inkstone:/:files");
  assert.equal(worker.get("https://images.test/cat.png"), undefined);
  assert.deepEqual(browser.cached("inkstone:/:files"), before);
});

test("paths in no manifest go to the network as they are and are not stored", async () => {
  const { browser, worker, network } = await readerOf();
  const before = browser.cached("inkstone:/:files");
  network.files.set("/robots.txt", { bytes: Buffer.from("robots"), type: "text/plain" });
  network.files.set("/app/x.js", { bytes: Buffer.from("another app"), type: "text/javascript" });
  assert.equal(await read(worker.get("/robots.txt")), "robots");
  assert.equal(await read(worker.get("/app/x.js")), "another app");
  assert.equal((await worker.get("/paper.pdf")).status, 404);
  network.isOffline = true;
  assert.equal((await worker.get("/robots.txt")).type, "error");
  await worker.settled();
  assert.deepEqual(browser.cached("inkstone:/:files"), before);
});

test("a stored file is served without the network", async () => {
  const { worker, network } = await readerOf();
  assert.equal(await read(worker.get("/app-a.js")), "code a");
  assert.deepEqual(network.paths(), []);
});

test("data and images that are used are kept", async () => {
  const { browser, worker, network } = await readerOf();
  assert.equal(await read(worker.get("/data/bar.json")), "bar");
  assert.equal(await read(worker.get("/images/foo.svg")), "picture");
  await worker.settled();
  assert.ok(browser.hasBody("bar") && browser.hasBody("picture"));
  network.isOffline = true;
  assert.equal(await read(worker.get("/images/foo.svg")), "picture");
});

test("a demand page that the app asks for is not kept", async () => {
  const { browser, worker } = await readerOf();
  assert.equal(await read(worker.get("/posts/bar/index.html")), "page bar");
  await worker.settled();
  assert.equal(browser.hasBody("page bar"), false);
});

test("row 37: a file that does not fit is served all the same", async () => {
  const { browser, worker } = await readerOf();
  browser.caches.quota = browser.caches.size;
  assert.equal(await read(worker.get("/data/bar.json")), "bar");
  await worker.settled();
  assert.equal(browser.hasBody("bar"), false);
});

for (const [name, fault] of [["404", status(404)], ["other bytes", otherBytes], ["a dropped connection", drop]]) {
  test(`row 2: ${name} for a file that was never kept is an error, and nothing is stored`, async () => {
    const { browser, worker, network } = await readerOf();
    network.faultForever("/data/foo-a.json", fault);
    assert.equal((await worker.get("/data/foo-a.json")).type, "error");
    await worker.settled();
    assert.equal(browser.hasBody("foo a"), false);
  });
}

test("row 21: a file that hangs in mid-body is aborted, and is an error", async () => {
  const { browser, worker, network } = await readerOf();
  network.faultForever("/data/foo-a.json", hangInBody);
  const response = worker.get("/data/foo-a.json");
  await until(() => network.requests.length === 1 && network.underWay === 0, "the headers");
  await browser.clock.expire(30_000);
  assert.equal((await response).type, "error");
  assert.equal(network.requests[0].signal.aborted, true);
  assert.equal(network.requests.length, 1);
  await worker.settled();
});

/** Under release b, with the post `foo` kept in the version of release a. */
async function staleReader() {
  const browser = new Browser();
  const foo = { body: "foo a, longer", set: "demand", doc: "posts/foo/" };
  const old = await browser.update(blog("a", { changes: { "data/foo-a.json": foo } }));
  await old.send({ type: "inkstone:keep", path: "data/foo-a.json" });
  browser.network.faultForever("/data/foo-b.json", drop);
  const worker = await browser.update(blog("b"));
  browser.network.faults.clear();
  return { browser, worker, network: browser.network };
}

test("row 21: a document that cannot be had is served in the version that was kept, marked as stale", async () => {
  const { worker, network } = await staleReader();
  for (const fault of [drop, otherBytes, status(404)]) {
    network.faultForever("/data/foo-b.json", fault);
    const response = await worker.get("/data/foo-b.json");
    assert.equal(response.headers.get("X-Inkstone-Stale"), "1");
    assert.equal(response.headers.get("Content-Length"), "13");
    assert.equal(response.headers.get("Content-Type"), "application/json");
    assert.equal(await response.text(), "foo a, longer");
    await worker.settled();
  }
});

test("row 20: with a kept version at hand the reader waits 3 s, and the new one still arrives for later", async () => {
  const { browser, worker, network } = await staleReader();
  let arrive;
  network.faultForever("/data/foo-b.json", (file) => new Promise((resolve) => (arrive = () => resolve(FAULTS.none(file)))));
  const response = worker.get("/data/foo-b.json");
  await until(() => arrive, "the request");
  await browser.clock.expire(3_000);
  assert.equal(await read(response), "foo a, longer");
  arrive();
  await worker.settled();
  const fresh = await worker.get("/data/foo-b.json");
  assert.equal(fresh.headers.get("X-Inkstone-Stale"), null);
  assert.equal(await fresh.text(), "foo b");
});

test("a file without a kept version has as long as it makes progress", async () => {
  const { browser, worker, network } = await readerOf();
  let arrive;
  network.fault("/data/bar.json", (file) => new Promise((resolve) => (arrive = () => resolve(FAULTS.none(file)))));
  const response = worker.get("/data/bar.json");
  await until(() => arrive, "the request");
  assert.deepEqual([...browser.clock.timers.values()].map(({ milliseconds }) => milliseconds), [30_000]);
  arrive();
  assert.equal(await read(response), "bar");
});

test("a document that can be had is served in its new version", async () => {
  const { browser, worker } = await staleReader();
  assert.equal(await read(worker.get("/data/foo-b.json")), "foo b");
  await worker.settled();
  assert.ok(browser.hasBody("foo b"));
});

test("row 30: an old tab whose file is gone from the server gets the kept version of the document", async () => {
  const browser = new Browser();
  await browser.update(blog("a"));
  const worker = await browser.update(blog("b"));
  await worker.send({ type: "inkstone:keep", path: "data/foo-b.json" });
  const response = await worker.get("/data/foo-a.json");
  assert.equal(response.headers.get("X-Inkstone-Stale"), "1");
  assert.equal(await response.text(), "foo b");
});

for (const [range, expected, contentRange] of [
  ["bytes=0-", "0123456789", "bytes 0-9/10"],
  ["bytes=2-4", "234", "bytes 2-4/10"],
  ["bytes=9-9", "9", "bytes 9-9/10"],
  ["bytes=5-99", "56789", "bytes 5-9/10"],
  ["bytes=-3", "789", "bytes 7-9/10"],
  ["bytes=-99", "0123456789", "bytes 0-9/10"],
]) {
  test(`row 19: Range ${range} of a stored video is a 206`, async () => {
    const { worker, network } = await readerOf();
    await worker.get("/video.mp4");
    await worker.settled();
    network.isOffline = true;
    const response = await worker.get("/video.mp4", { Range: range });
    assert.equal(response.status, 206);
    assert.equal(response.headers.get("Content-Range"), contentRange);
    assert.equal(response.headers.get("Content-Length"), String(expected.length));
    assert.equal(response.headers.get("Content-Type"), "video/mp4");
    assert.equal(await response.text(), expected);
  });
}

for (const range of ["bytes=10-", "bytes=99-100", "bytes=-0"]) {
  test(`row 19: Range ${range} is a 416`, async () => {
    const { worker } = await readerOf();
    const response = await worker.get("/video.mp4", { Range: range });
    assert.equal(response.status, 416);
    assert.equal(response.headers.get("Content-Range"), "bytes */10");
  });
}

for (const range of ["bytes=0-1,3-4", "bytes=-", "bytes=5-2", "items=0-1", "bytes=a-b"]) {
  test(`row 19: Range ${range} gets the whole file`, async () => {
    const { worker } = await readerOf();
    const response = await worker.get("/video.mp4", { Range: range });
    assert.equal(response.status, 200);
    assert.equal(await response.text(), "0123456789");
  });
}

test("row 19: a Range request of a file that is not stored downloads and stores the whole", async () => {
  const { browser, worker } = await readerOf();
  assert.equal(await read(worker.get("/video.mp4", { Range: "bytes=2-4" })), "234");
  await worker.settled();
  assert.ok(browser.hasBody("0123456789"));
});

test("row 40: below /a/ paths are taken relative to /a/", async () => {
  const browser = new Browser();
  const worker = await browser.update(makeRelease("a", { "shell.html": "shell", "x.js": "x" }), "/a/");
  browser.network.isOffline = true;
  assert.equal(await read(worker.get("/a/x.js")), "x");
  assert.equal(await read(worker.navigate("/a/any/")), "shell");
  assert.ok(browser.network.requests.every(({ url }) => url.startsWith(`${ORIGIN}/a/`)));
});

test("a request that never ends does not hold up another", async () => {
  const { worker, network } = await readerOf();
  network.faultForever("/data/bar.json", hang);
  worker.get("/data/bar.json");
  assert.equal(await read(worker.get("/app.wasm")), "wasm");
});
