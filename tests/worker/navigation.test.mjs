// What a navigation gets, online, offline, in between, and without a store.

import assert from "node:assert/strict";
import { test } from "node:test";
import { blog } from "./blog.mjs";
import { Browser, FAULTS, until } from "./browser.mjs";

const { hang, otherBytes } = FAULTS;

async function readerOf(options) {
  const browser = new Browser();
  const worker = await browser.update(blog("a", options));
  browser.network.forget();
  return { browser, worker, network: browser.network };
}

const read = async (response) => (await response).text();

test("a stored page is served without the network: `/`, `/index.html`, with query and fragment", async () => {
  const { worker, network } = await readerOf();
  for (const url of ["/", "/index.html", "/?tag=ai&match=any#top"]) assert.equal(await read(worker.navigate(url)), "home");
  assert.deepEqual(network.paths(), []);
});

test("row 15: headers are the manifest's, and a new policy arrives with the release", async () => {
  const browser = new Browser();
  const policy = (value) => ({ headers: { "Content-Security-Policy": value, "X-Content-Type-Options": "nosniff" } });
  const first = await browser.update(blog("a", policy("default-src 'self'")));
  const headers = Object.fromEntries((await first.navigate("/")).headers);
  assert.deepEqual(headers, {
    "content-length": "4",
    "content-security-policy": "default-src 'self'",
    "content-type": "text/html; charset=utf-8",
    "x-content-type-options": "nosniff",
  });
  browser.network.forget();
  const second = await browser.update(blog("b", policy("default-src 'none'")));
  assert.equal((await second.navigate("/")).headers.get("Content-Security-Policy"), "default-src 'none'");
  assert.ok(!browser.network.paths().includes("/index.html"), "unchanged bytes are not fetched again");
});

test("row 20: a page whose data is stored is the shell at once, though the network never answers", async () => {
  const { worker, network } = await readerOf();
  await worker.send({ type: "inkstone:keep", path: "data/bar.json" });
  network.forget();
  for (const url of ["/posts/bar/", "/posts/bar", "/posts/bar/index.html"]) {
    network.faultForever(url, hang);
    assert.equal(await read(worker.navigate(url)), "shell a");
  }
  assert.deepEqual(network.paths(), []);
});

test("a page that needs nothing but the catalogue is the shell at once", async () => {
  const { worker, network } = await readerOf();
  assert.equal(await read(worker.navigate("/tags/c%23%2B%20%E8%AF%AD%E8%A8%80/")), "shell a");
  assert.deepEqual(network.paths(), []);
});

test("a page whose data is not stored comes from the network, verified; a second visit is the stored page", async () => {
  const { worker, network } = await readerOf();
  const response = await worker.navigate("/posts/foo/");
  assert.equal(response.headers.get("Content-Type"), "text/html; charset=utf-8");
  assert.equal(await response.text(), "page foo a");
  await worker.settled();
  network.isOffline = true;
  for (const url of ["/posts/foo/", "/posts/foo?x=1"]) assert.equal(await read(worker.navigate(url)), "page foo a");
});

/** A blog with pages that need a file which is not stored. */
function manyPages(id, count, version = () => 1) {
  const changes = {};
  for (let index = 0; index < count; index += 1) {
    changes[`posts/${index}/index.html`] = { body: `page ${index} v${version(index)}`, set: "demand", needs: ["data/bar.json"] };
  }
  return blog(id, { changes });
}

test("of the pages that were opened the newest sixty are kept, and all of the core", async () => {
  const browser = new Browser();
  const worker = await browser.update(manyPages("a", 70));
  for (let index = 0; index < 70; index += 1) {
    assert.equal(await read(worker.navigate(`/posts/${index}/`)), `page ${index} v1`);
    await worker.settled();
  }
  const kept = (index) => browser.hasBody(`page ${index} v1`);
  assert.deepEqual([0, 9, 10, 69].map(kept), [false, false, true, true]);
  assert.ok(browser.hasBody("home") && browser.hasBody("new"));
});

test("a page that was opened stays as long as a release has it as it is", async () => {
  const browser = new Browser();
  const worker = await browser.update(manyPages("a", 2));
  for (const index of [0, 1]) await read(worker.navigate(`/posts/${index}/`));
  await worker.settled();
  for (const id of ["b", "c"]) await browser.update(manyPages(id, 2, (index) => index + 1));
  assert.deepEqual([0, 1].map((index) => browser.hasBody(`page ${index} v1`)), [true, false]);
});

test("row 37: a page that does not fit is shown all the same", async () => {
  const { browser, worker } = await readerOf();
  browser.caches.quota = browser.caches.size;
  assert.equal(await read(worker.navigate("/posts/foo/")), "page foo a");
  await worker.settled();
  assert.equal(browser.hasBody("page foo a"), false);
});

test("a page of the ahead set is stored when it was fetched", async () => {
  const page = { body: "page ahead", set: "ahead", needs: ["data/bar.json"] };
  const { browser, worker } = await readerOf({ changes: { "posts/new/index.html": page } });
  for (const [key, { bytes }] of browser.caches.byName.get("inkstone:/:files").entries) {
    if (bytes.toString() === "page ahead") browser.caches.byName.get("inkstone:/:files").entries.delete(key);
  }
  assert.equal(await read(worker.navigate("/posts/new/")), "page ahead");
  await worker.settled();
  assert.ok(browser.hasBody("page ahead"));
});

test("row 14: a page that a CDN altered gives way to the shell", async () => {
  const { worker, network } = await readerOf();
  network.faultForever("/posts/foo/index.html", otherBytes);
  assert.equal(await read(worker.navigate("/posts/foo/")), "shell a");
});

test("a page of a newer release gives way to the shell of this one", async () => {
  const { worker, network } = await readerOf();
  network.deploy(blog("b"));
  assert.equal(await read(worker.navigate("/posts/foo/")), "shell a");
});

test("row 20: a page that does not come within 3 s gives way to the shell, and is aborted", async () => {
  const { browser, worker, network } = await readerOf();
  network.faultForever("/posts/foo/index.html", hang);
  const response = worker.navigate("/posts/foo/");
  await browser.clock.expire(3_000);
  assert.equal(await read(response), "shell a");
  assert.equal(network.requests[0].signal.aborted, true);
  assert.equal(network.requests.length, 1);
});

test("row 42: an offline deep link is the shell, whether the manifest names it or not", async () => {
  const { worker, network } = await readerOf();
  network.isOffline = true;
  for (const url of ["/posts/foo/", "/saved/", "/search/?q=x", "/old.html", "/page/v1.2/"]) {
    assert.equal(await read(worker.navigate(url)), "shell a", url);
  }
});

test("row 42: an offline navigation to a file is never the shell", async () => {
  const { worker, network } = await readerOf();
  network.isOffline = true;
  for (const url of ["/x.png", "/paper.pdf", "/robots.txt", "/feed.json", "/images/foo.svg"]) {
    assert.equal((await worker.navigate(url)).type, "error", url);
  }
});

test("a navigation to a file of the release gets the file", async () => {
  const { worker } = await readerOf();
  const response = await worker.navigate("/images/foo.svg");
  assert.equal(response.headers.get("Content-Type"), "image/svg+xml");
  assert.equal(await response.text(), "picture");
});

test("a page that is in no manifest comes from the network as it is, a 404 too", async () => {
  const { worker, network } = await readerOf();
  network.files.set("/posts/newest/", { bytes: Buffer.from("newest"), type: "text/html" });
  assert.equal(await read(worker.navigate("/posts/newest/")), "newest");
  assert.equal((await worker.navigate("/nowhere/")).status, 404);
});

test("row 20: a page in no manifest gives way to the shell after 3 s", async () => {
  const { browser, worker, network } = await readerOf();
  network.faultForever("/elsewhere/", hang);
  const response = worker.navigate("/elsewhere/");
  await browser.clock.expire(3_000);
  assert.equal(await read(response), "shell a");
});

test("names that every object has are no pages", async () => {
  const { worker, network } = await readerOf();
  network.isOffline = true;
  for (const url of ["/constructor", "/__proto__", "/toString/"]) assert.equal(await read(worker.navigate(url)), "shell a");
});

async function clearedReader() {
  const { browser, worker, network } = await readerOf();
  browser.caches.byName.clear();
  return { browser, network, lives: { "still alive": worker, restarted: browser.start(blog("a")) } };
}

for (const life of ["still alive", "restarted"]) {
  test(`row 38/39: with its caches gone, a worker ${life} asks the network and repairs itself`, async () => {
    const { browser, lives, network } = await clearedReader();
    const worker = lives[life];
    network.files.set("/about/", { bytes: Buffer.from("about"), type: "text/html" });
    assert.equal(await read(worker.navigate("/about/")), "about");
    await worker.settled();
    assert.deepEqual(browser.releases(), ["a"]);
    network.isOffline = true;
    assert.equal(await read(worker.navigate("/about/")), "shell a");
  });

  test(`row 39: with its caches gone and offline, a worker ${life} answers with a readable page`, async () => {
    const { lives, network } = await clearedReader();
    network.isOffline = true;
    const response = await lives[life].navigate("/posts/foo/");
    assert.equal(response.headers.get("Content-Type"), "text/html; charset=utf-8");
    assert.match(response.headers.get("Content-Security-Policy"), /default-src 'none'/);
    const html = await response.text();
    assert.match(html, /离线副本已丢失/);
    assert.match(html, /lang="en">The stored copy is gone/);
    assert.match(html, /<a href="">/);
    assert.equal(html.match(/<main>/g).length, 1);
    assert.equal(html.match(/<h1>/g).length, 1);
    assert.doesNotMatch(html, /<script|<style|style=| on\w+=/);
    await lives[life].settled();
  });
}

test("row 39: with its caches gone and a network that never answers, the readable page comes after 30 s", async () => {
  const { browser, lives, network } = await clearedReader();
  network.faultForever("/about/", hang);
  const response = lives.restarted.navigate("/about/");
  await until(() => browser.releases().length === 1, "the repair");
  await browser.clock.expire(30_000);
  assert.match(await read(response), /stored copy is gone/);
});

test("row 39: several navigations share one repair", async () => {
  const { lives, network } = await clearedReader();
  network.forget();
  await Promise.all(["/x/", "/y/", "/z/"].map((url) => lives.restarted.navigate(url)));
  await lives.restarted.settled();
  assert.equal(network.paths().filter((path) => path === "/app.wasm").length, 1);
});

test("row 39: a repair that the server can no longer serve leaves pages to the network", async () => {
  const { browser, lives, network } = await clearedReader();
  network.deploy(blog("b"));
  network.files.set("/about/", { bytes: Buffer.from("about b"), type: "text/html" });
  assert.equal(await read(lives.restarted.navigate("/about/")), "about b");
  await lives.restarted.settled();
  assert.deepEqual(browser.releases(), []);
  assert.match(lives.restarted.logs.join(), /expected 200, got 404/);
});

test("when storage itself fails, pages and files come from the network, or say why not", async () => {
  const { browser, network } = await readerOf();
  browser.caches.isBroken = true;
  const worker = browser.start(blog("a"));
  network.files.set("/", { bytes: Buffer.from("home online"), type: "text/html" });
  assert.equal(await read(worker.navigate("/")), "home online");
  assert.equal(await read(worker.get("/app-a.js")), "code a");
  network.isOffline = true;
  assert.match(await read(worker.navigate("/")), /stored copy is gone/);
  assert.equal((await worker.get("/app-a.js")).type, "error");
  await worker.settled();
});

/** The shell's stored bytes become others, or go. */
function spoilShell({ caches }, bytes) {
  const { entries } = caches.byName.get("inkstone:/:files");
  for (const [key, entry] of entries) {
    if (entry.bytes.toString() !== "shell a") continue;
    if (bytes) entry.bytes = bytes;
    else entries.delete(key);
  }
}

test("a shell that was damaged is never served, and is fetched again", async () => {
  const { browser, worker, network } = await readerOf();
  spoilShell(browser, Buffer.alloc(0));
  network.isOffline = true;
  assert.match(await read(worker.navigate("/posts/foo/")), /stored copy is gone/);
  await worker.settled();
  network.isOffline = false;
  await read(worker.navigate("/posts/foo/"));
  await worker.settled();
  network.isOffline = true;
  assert.equal(await read(worker.navigate("/no/such/page/")), "shell a");
});

test("a stored page is served though the shell is gone", async () => {
  const { browser, worker, network } = await readerOf();
  spoilShell(browser, null);
  network.isOffline = true;
  assert.equal(await read(worker.navigate("/")), "home");
  await worker.settled();
});
