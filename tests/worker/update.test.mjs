// From release to release: taking over, what is kept, what is collected.

import assert from "node:assert/strict";
import { test } from "node:test";
import { blog } from "./blog.mjs";
import { Browser, FAULTS, makeRelease, ORIGIN, until } from "./browser.mjs";

const { drop } = FAULTS;
const keepFoo = (id) => ({ type: "inkstone:keep", path: `data/foo-${id}.json` });
const status = { type: "inkstone:status", list: true };
const untimed = ({ time: _, ...rest }) => rest;

test("an activated worker claims the open tabs", async () => {
  assert.equal((await new Browser().update(blog("a"))).claimed, true);
});

test("activation waits for nothing from the network, because pages wait for it", async () => {
  const browser = new Browser();
  const release = blog("a");
  browser.network.deploy(release);
  const worker = browser.start(release);
  await worker.install();
  browser.network.faultForever("/data/new.json", FAULTS.hang);
  await worker.activate();
  assert.equal(await (await worker.navigate("/")).text(), "home");
});

test("after activation the ahead set is fetched without being asked, then every tab hears ready", async () => {
  const browser = new Browser();
  const tab = browser.openTab("/posts/foo/");
  const release = blog("a");
  browser.network.deploy(release);
  const worker = browser.start(release);
  await worker.install();
  await worker.activate();
  await until(() => tab.messages.length > 0, "a message");
  assert.deepEqual(tab.messages, [{ type: "inkstone:ready", release: release.release }]);
  assert.ok(browser.hasBody("new"));
  assert.equal(browser.hasBody("foo a"), false, "demand files are not fetched ahead");
});

test("pages that are open when the first worker starts are kept, from the HTTP cache alone", async () => {
  const browser = new Browser();
  for (const path of ["/posts/foo/?q=1", "/posts/bar/", "/", "/nowhere/"]) browser.openTab(path);
  const release = blog("a");
  for (const path of ["foo", "bar"]) browser.network.httpCache.set(`/posts/${path}/`, release.contents.get(`posts/${path}/index.html`));
  browser.network.httpCache.get("/posts/bar/").bytes = Buffer.from("page of an older release");
  await browser.update(release);
  assert.ok(browser.hasBody("page foo a"));
  assert.ok(!browser.hasBody("page of an older release") && !browser.hasBody("page bar"));
  assert.ok(!browser.network.paths().some((path) => path.startsWith("/posts/")), "nothing is downloaded for it");
});

test("ready is not said while an ahead file is missing", async () => {
  const browser = new Browser();
  const tab = browser.openTab();
  browser.network.faultForever("/data/new.json", drop);
  const worker = await browser.update(blog("a"));
  assert.deepEqual(tab.messages, []);
  assert.equal((await worker.send(status)).ready, false);
});

test("one ahead file that fails doesn't stop the others", async () => {
  const browser = new Browser();
  browser.network.faultForever("/data/new.json", drop);
  await browser.update(blog("a", { changes: { "data/newer.json": { body: "newer", set: "ahead" } } }));
  assert.ok(browser.hasBody("newer"));
});

test("ready is only said of bytes read back: a damaged file is replaced first", async () => {
  const browser = new Browser();
  const worker = await browser.update(blog("a"));
  const files = browser.caches.byName.get("inkstone:/:files").entries;
  const [, wasm] = [...files].find(([, { bytes }]) => bytes.toString() === "wasm");
  wasm.bytes = Buffer.from("rust");
  const tab = browser.openTab();
  browser.network.isOffline = true;
  assert.equal((await worker.send({ type: "inkstone:ahead" })).ok, false);
  assert.deepEqual(tab.messages, []);
  browser.network.isOffline = false;
  browser.network.forget();
  assert.equal((await worker.send({ type: "inkstone:ahead" })).ok, true);
  assert.deepEqual(browser.network.paths(), ["/app.wasm"]);
  assert.equal(tab.messages.length, 1);
});

test("row 24: old tabs keep their files under the new worker, from the store and from the network", async () => {
  const browser = new Browser();
  await browser.update(blog("a"));
  const worker = await browser.update(blog("b"));
  browser.network.files.set("/data/foo-a.json", blog("a").contents.get("data/foo-a.json"));
  assert.equal(await (await worker.get("/data/foo-a.json")).text(), "foo a");
  browser.network.isOffline = true;
  assert.equal(await (await worker.get("/app-a.js")).text(), "code a");
  assert.equal(await (await worker.navigate("/about/")).text(), "shell b");
});

test("row 24: while the new release waits, the old worker answers with its own", async () => {
  const browser = new Browser();
  const old = await browser.update(blog("a"));
  browser.network.deploy(blog("b"));
  await browser.start(blog("b")).install();
  assert.equal(await (await old.get("/shell.html")).text(), "shell a");
  browser.network.isOffline = true;
  assert.equal(await (await old.navigate("/about/")).text(), "shell a");
});

test("row 25: a worker killed between a navigation and its assets answers from the same release", async () => {
  const browser = new Browser();
  const release = blog("a");
  const first = await browser.update(release);
  assert.equal(await (await first.navigate("/?q=1#x")).text(), "home");
  browser.network.deploy(blog("b"));
  await browser.start(blog("b")).install();
  browser.network.forget();
  const second = browser.start(release);
  assert.equal(await (await second.get("/app-a.js")).text(), "code a");
  assert.equal(await (await second.get("/app.wasm")).text(), "wasm");
  assert.deepEqual(browser.network.paths(), []);
});

test("collecting keeps this release and the one before, and nothing else", async () => {
  const browser = new Browser();
  await browser.update(blog("a"));
  await browser.update(blog("b"));
  await browser.update(blog("c"));
  assert.deepEqual(browser.releases().sort(), ["b", "c"]);
  assert.equal(browser.hasBody("code a"), false);
  for (const body of ["code b", "code c", "home"]) assert.ok(browser.hasBody(body), body);
});

test("the release before is the one that was active, not one that only waited", async () => {
  const browser = new Browser();
  await browser.update(blog("a"));
  browser.network.deploy(blog("b"));
  await browser.start(blog("b")).install();
  await browser.update(blog("c"));
  assert.deepEqual(browser.releases().sort(), ["a", "c"]);
});

test("row 11: rolling back to older files under a newer number installs and activates them", async () => {
  const browser = new Browser();
  await browser.update(blog("a"));
  await browser.update(blog("b"));
  const worker = await browser.update(blog("a", { number: 12 }));
  browser.network.isOffline = true;
  assert.equal(await (await worker.navigate("/about/")).text(), "shell a");
  assert.deepEqual(browser.releases().sort(), ["a", "b"]);
});

test("nothing is collected while a newer worker is being installed", async () => {
  const browser = new Browser();
  await browser.update(blog("a"));
  await browser.update(blog("b"));
  browser.network.deploy(blog("c"));
  const third = browser.start(blog("c"));
  await third.install();
  browser.network.deploy(blog("d"));
  browser.network.faultForever("/app-d.js", drop);
  await assert.rejects(browser.start(blog("d")).install());
  browser.registration().installing = { state: "installing" };
  await third.activate();
  assert.ok(browser.hasBody("shell d"));
  assert.deepEqual(browser.releases().sort(), ["a", "b", "c"]);
});

test("an unreadable manifest of another release is collected, and logged", async () => {
  const browser = new Browser();
  await browser.update(blog("a"));
  const [entry] = browser.caches.byName.get("inkstone:/:releases").entries.values();
  entry.bytes = Buffer.from("{");
  const worker = await browser.update(blog("b"));
  assert.deepEqual(browser.releases(), ["b"]);
  assert.ok(worker.logs.length > 0);
});

test("a saved post stays saved: its new version is fetched while the release installs", async () => {
  const browser = new Browser();
  const old = await browser.update(blog("a"));
  await old.send(keepFoo("a"));
  browser.network.deploy(blog("b"));
  const worker = browser.start(blog("b"));
  await worker.install();
  assert.ok(browser.hasBody("foo b"));
  browser.network.isOffline = true;
  await worker.activate();
  const { kept } = await worker.send(status);
  const foo = { path: "data/foo-b.json", doc: "posts/foo/", size: 5 + "picture".length, fixed: false };
  assert.deepEqual(untimed(kept.find(({ doc }) => doc === "posts/foo/")), foo);
});

test("a post nobody saved is not fetched by an update", async () => {
  const browser = new Browser();
  await browser.update(blog("a"));
  await browser.update(blog("b"));
  assert.equal(browser.hasBody("foo b"), false);
});

test("a saved post whose new version fails never fails the install", async () => {
  const browser = new Browser();
  await (await browser.update(blog("a"))).send(keepFoo("a"));
  browser.network.faultForever("/data/foo-b.json", drop);
  await browser.update(blog("b"));
  assert.deepEqual(browser.releases().sort(), ["a", "b"]);
});

test("a full disk while saved posts are refreshed never fails the install", async () => {
  const browser = new Browser();
  await (await browser.update(blog("a"))).send(keepFoo("a"));
  const next = blog("b");
  browser.network.deploy(next);
  browser.network.fault("/data/foo-b.json", (file) => {
    browser.caches.quota = browser.caches.size;
    return FAULTS.none(file);
  });
  await browser.start(next).install();
  assert.ok(browser.hasBody("foo a"));
});

test("a saved post whose new version cannot be had survives every later release, and is served as stale", async () => {
  const browser = new Browser();
  await (await browser.update(blog("a"))).send(keepFoo("a"));
  let worker;
  for (const id of ["b", "c", "d"]) {
    browser.network.faultForever(`/data/foo-${id}.json`, drop);
    worker = await browser.update(blog(id));
  }
  assert.deepEqual(browser.releases().sort(), ["c", "d"]);
  const { kept } = await worker.send(status);
  const foo = { path: "data/foo-d.json", doc: "posts/foo/", size: 5 + "picture".length, fixed: false };
  assert.deepEqual(untimed(kept.find(({ doc }) => doc === "posts/foo/")), foo);
  const response = await worker.get("/data/foo-d.json");
  assert.equal(response.headers.get("X-Inkstone-Stale"), "1");
  assert.equal(await response.text(), "foo a");
});

test("of several old versions of a saved post the newest is served", async () => {
  const browser = new Browser();
  await (await browser.update(blog("a"))).send(keepFoo("a"));
  await browser.update(blog("b"));
  assert.ok(browser.hasBody("foo a") && browser.hasBody("foo b"));
  const next = blog("c");
  browser.network.deploy(next);
  browser.network.faultForever("/data/foo-c.json", drop);
  const worker = browser.start(next);
  await worker.install();
  assert.equal(await (await worker.get("/data/foo-c.json")).text(), "foo b");
  await worker.settled();
});

test("once the new version of a saved post arrives, the old one is collected", async () => {
  const browser = new Browser();
  await (await browser.update(blog("a"))).send(keepFoo("a"));
  browser.network.faultForever("/data/foo-b.json", drop);
  await browser.update(blog("b"));
  await browser.update(blog("c"));
  assert.ok(browser.hasBody("foo c"));
  await browser.update(blog("d"));
  assert.equal(browser.hasBody("foo a"), false);
  assert.ok(browser.hasBody("foo d"));
});

test("a post that was withdrawn leaves with the last release that had it", async () => {
  const browser = new Browser();
  await (await browser.update(blog("a"))).send({ type: "inkstone:keep", path: "data/bar.json" });
  const without = (id) => makeRelease(id, { "shell.html": `shell ${id}` });
  await browser.update(without("b"));
  assert.ok(browser.hasBody("bar"));
  await browser.update(without("c"));
  assert.equal(browser.hasBody("bar"), false);
});

test("row 31: a damaged manifest record is rebuilt", async () => {
  const browser = new Browser();
  const release = blog("a");
  await browser.update(release);
  const [entry] = browser.caches.byName.get("inkstone:/:releases").entries.values();
  entry.bytes = Buffer.from(entry.bytes.toString().replace("shell.html", "index.html"));
  browser.network.forget();
  const worker = browser.start(release);
  await worker.navigate("/");
  await worker.settled();
  assert.deepEqual(browser.network.paths().sort(), ["/", `/${release.build.path}`]);
  assert.equal((await worker.send(status)).ready, true);
});

test("row 40: ready goes to no page of a blog below this one", async () => {
  const browser = new Browser();
  browser.registration("/a/");
  const [own, other] = [browser.openTab("/x/"), browser.openTab("/a/x/")];
  await browser.update(blog("a"));
  assert.ok(own.messages.length > 0);
  assert.deepEqual(other.messages, []);
  assert.ok(browser.clients.every(({ url }) => url.startsWith(ORIGIN)));
});
