// A large blog: files on demand are in lists, which are fetched when one of
// their files is asked for, and not before.

import assert from "node:assert/strict";
import { test } from "node:test";
import { blogFiles } from "./blog.mjs";
import { Browser, FAULTS, makeRelease } from "./browser.mjs";

const { drop, hang, otherBytes, status } = FAULTS;
const keep = (path) => ({ type: "inkstone:keep", path });
const digits = (id) => id.repeat(16).slice(0, 16);

/** Posts by number; `version` says which text each has. */
function posts(count, version = () => "1") {
  const files = {};
  for (let n = 0; n < count; n += 1) {
    const [subject, id] = [`posts/${n}`, `posts/${n}/`];
    const hash = `${n}`.padStart(12, "0") + version(n).repeat(4);
    const data = `data/posts/${n}-${hash}.json`;
    files[data] = { body: `text ${n} v${version(n)}`, set: "demand", doc: id, subject, needs: [`images/${n}.svg`] };
    files[`${id}index.html`] = { body: `page ${n} v${version(n)}`, set: "demand", subject, needs: [data] };
    files[`images/${n}.svg`] = { body: `picture ${n}`, set: "demand", subject: `images/${n}` };
  }
  return files;
}

const data = (n, version = "1") => `data/posts/${n}-${`${n}`.padStart(12, "0") + version.repeat(4)}.json`;

function large(id, version) {
  const { "index.html": home, "app.wasm": wasm } = blogFiles(id);
  const files = { "index.html": home, "shell.html": `shell ${id}`, "app.wasm": wasm, ...posts(40, version) };
  return makeRelease(id, files, { lists: 8 });
}

async function readerOf() {
  const browser = new Browser();
  const worker = await browser.update(large("a"));
  const first = browser.network.paths();
  browser.network.forget();
  return { browser, worker, network: browser.network, first };
}

const lists = (paths) => paths.filter((path) => path.startsWith("/data/list-"));
const read = async (response) => (await response).text();

test("installing asks for no list", async () => {
  const { first } = await readerOf();
  assert.deepEqual(lists(first), []);
});

test("a page, its document and its id are found by one list, which is asked for once", async () => {
  const { browser, worker, network } = await readerOf();
  assert.equal(await read(worker.navigate("/posts/7/")), "page 7 v1");
  assert.equal(await read(worker.get(`/${data(7)}`)), "text 7 v1");
  await worker.settled();
  assert.equal(lists(network.paths()).length, 1);
  network.isOffline = true;
  const restarted = browser.start(large("a"));
  assert.equal(await read(restarted.navigate("/posts/7")), "page 7 v1");
  assert.equal(await read(restarted.get(`/${data(7)}`)), "text 7 v1");
});

test("what a list names is verified by it", async () => {
  const { browser, worker, network } = await readerOf();
  network.faultForever(`/${data(7)}`, otherBytes);
  assert.equal((await worker.get(`/${data(7)}`)).type, "error");
  await worker.settled();
  assert.equal(browser.hasBody("other bytes"), false);
});

test("a list is verified, and one with other bytes is no answer", async () => {
  const { browser, worker, network } = await readerOf();
  const before = browser.cached("inkstone:/:files");
  for (const path of network.files.keys()) if (path.startsWith("/data/list-")) network.faultForever(path, otherBytes);
  network.files.set("/posts/7/", { bytes: Buffer.from("page of the network"), type: "text/html" });
  assert.equal(await read(worker.navigate("/posts/7/")), "page of the network", "of any release");
  assert.equal((await worker.get(`/${data(7)}`)).type, "error", "nothing unverified under a name with a hash");
  assert.deepEqual(browser.cached("inkstone:/:files"), before);
});

test("a stored list that was damaged is fetched again", async () => {
  const { browser, worker, network } = await readerOf();
  await worker.send(keep(data(7)));
  for (const entry of browser.caches.byName.get("inkstone:/:files").entries.values()) {
    if (entry.bytes.toString().includes('"files"')) entry.bytes = Buffer.from("{}");
  }
  network.forget();
  const restarted = browser.start(large("a"));
  assert.equal(await read(restarted.get(`/${data(7)}`)), "text 7 v1");
  assert.deepEqual(network.paths(), [], "the post is known by its own name");
  assert.equal(await read(restarted.navigate("/posts/7/")), "shell a");
  assert.equal(lists(network.paths()).length, 1);
});

const listsOf = (release) => [...release.contents.keys()].filter((path) => path.startsWith("data/list-"));

/** A reader of b, whose lists never come; what was saved is from a, and the same in b. */
async function readerWithoutLists() {
  const { browser, worker, network } = await readerOf();
  assert.deepEqual(await worker.send({ type: "inkstone:save", id: "post:posts/4/", paths: [data(4)] }), { ok: true });
  const next = large("b", (n) => (n === 4 ? "1" : "2"));
  for (const path of listsOf(next)) network.faultForever(`/${path}`, drop);
  return { browser, network, worker: await browser.update(next) };
}

test("a saved post can be read offline though no list came with the update", async () => {
  const { browser, network, worker } = await readerWithoutLists();
  network.isOffline = true;
  const tab = browser.openTab("/posts/4/");
  assert.equal(await read(worker.navigate("/posts/4/", tab)), "shell b");
  assert.equal(await read(worker.get(`/${data(4)}`, {}, tab)), "text 4 v1");
  assert.equal((await worker.get(`/${data(5)}`, {}, tab)).type, "error");
});

test("a saved post can be read offline though every stored list was damaged", async () => {
  const { browser, worker, network } = await readerOf();
  await worker.send({ type: "inkstone:save", id: "post:posts/4/", paths: [data(4)] });
  for (const entry of browser.caches.byName.get("inkstone:/:files").entries.values()) {
    if (entry.bytes.toString().includes('"files"')) entry.bytes = Buffer.from("{}");
  }
  network.isOffline = true;
  assert.equal(await read(browser.start(large("a")).get(`/${data(4)}`)), "text 4 v1");
});

test("a tab of the older release has what the newer one names too, though its lists are gone", async () => {
  const { browser, worker } = await readerOf();
  const tab = browser.openTab("/");
  await read(worker.navigate("/", tab));
  const next = await browser.update(large("b", (n) => (n < 12 ? "2" : "1")));
  for (let n = 12; n < 40; n += 1) {
    assert.equal(await read(next.get(`/${data(n)}`, {}, tab)), `text ${n} v1`);
  }
  browser.network.files.set(`/${data(3)}`, { bytes: Buffer.from("of nobody"), type: "application/json" });
  assert.equal((await next.get(`/${data(3)}`, {}, tab)).type, "error", "what can't be verified");
});

test("a new post that is opened before the worker knows of it comes from the network, with its files", async () => {
  const { browser, worker, network } = await readerOf();
  network.deploy(large("b", () => "2"));
  network.files.set("/posts/7/", network.files.get("/posts/7/index.html"));
  const tab = browser.openTab("/posts/7/");
  assert.equal(await read(worker.navigate("/posts/7/", tab)), "page 7 v2");
  assert.equal(browser.record("pins")[tab.id], "network");
  for (let n = 0; n < 40; n += 1) {
    assert.equal(await read(worker.get(`/${data(n, "2")}`, {}, tab)), `text ${n} v2`);
  }
  assert.equal(browser.hasBody("text 7 v2"), false, "nothing unverified is stored");
});

test("what no file of the lists ends like costs no list", async () => {
  const { worker, network } = await readerOf();
  network.files.set("/robots.txt", { bytes: Buffer.from("robots"), type: "text/plain" });
  assert.equal(await read(worker.get("/robots.txt")), "robots");
  assert.equal((await worker.get("/x/paper.pdf")).status, 404);
  assert.deepEqual(lists(network.paths()), []);
});

test("a file that might be ours is left to the network while its list can't be had", async () => {
  const { worker, network } = await readerOf();
  for (const path of network.files.keys()) if (path.startsWith("/data/list-")) network.faultForever(path, status(404));
  network.files.set("/other/app.svg", { bytes: Buffer.from("another app"), type: "image/svg+xml" });
  assert.equal(await read(worker.get("/other/app.svg")), "another app");
});

test("row 20: a list that never comes leaves the shell after 3 s", async () => {
  const { browser, worker, network } = await readerOf();
  for (const path of network.files.keys()) if (path.startsWith("/data/list-")) network.faultForever(path, hang);
  const response = worker.navigate("/posts/7/");
  await browser.clock.expire(3_000);
  assert.equal(await read(response), "shell a");
});

test("row 42: offline, a page whose list was never asked for is the shell; a picture is not", async () => {
  const { worker, network } = await readerOf();
  network.isOffline = true;
  assert.equal(await read(worker.navigate("/posts/7/")), "shell a");
  assert.equal((await worker.navigate("/images/7.svg")).type, "error");
});

test("row 27: with a kept post, an update asks for the manifest and the lists that changed, no other", async () => {
  const { browser, worker, network } = await readerOf();
  for (const n of [3, 4, 5]) await worker.send(keep(data(n)));
  const next = large("b", (n) => (n === 4 ? "2" : "1"));
  const unchanged = [...large("a").contents.keys()];
  network.forget();
  await browser.update(next);
  const asked = network.paths().map((path) => path.slice(1));
  assert.ok(asked.includes(data(4, "2")) && browser.hasBody("text 4 v2"));
  assert.deepEqual(asked.filter((path) => unchanged.includes(path) && path !== "shell.html"), []);
  assert.equal(lists(network.paths()).length, 1);
  assert.equal(asked.length, 4, "manifest, shell, list, post");
});

test("what is kept under a list that can't be had stays, and is told", async () => {
  const { browser, worker, network } = await readerOf();
  await worker.send(keep(data(4)));
  let later;
  for (const id of ["b", "c", "d"]) {
    const next = large(id, () => "2");
    for (const path of next.contents.keys()) if (path.startsWith("data/list-")) network.faultForever(`/${path}`, drop);
    later = await browser.update(next);
  }
  assert.ok(browser.hasBody("text 4 v1") && browser.hasBody("picture 4"));
  const { kept } = await later.send({ type: "inkstone:status", list: true });
  const [{ time: _, ...post }, ...others] = kept;
  assert.deepEqual(others, []);
  // Whether there is a newer one, or a picture belongs to it, nobody can know now.
  assert.deepEqual(post, { path: data(4), doc: "posts/4/", size: 9, fixed: false });
});

test("a withdrawn post, and lists of releases that are gone, are collected", async () => {
  const { browser, worker } = await readerOf();
  await worker.send(keep(data(4)));
  const without = (id) => {
    const files = { "shell.html": `shell ${id}`, "index.html": "home", ...posts(40, () => id) };
    for (const path of Object.keys(files)) if (/\b4[-/.]/.test(path)) delete files[path];
    return makeRelease(id, files, { lists: 8 });
  };
  for (const id of ["b", "c"]) {
    const next = await browser.update(without(id));
    // Their lists come with a post beside it.
    for (let n = 0; n < 40; n += 1) if (n !== 4) await read(next.get(`/${data(n, id)}`));
    for (let n = 0; n < 40; n += 1) if (n !== 4) await read(next.get(`/images/${n}.svg`));
    await next.settled();
  }
  await browser.update(without("d"));
  assert.equal(browser.hasBody("text 4 v1"), false);
  assert.equal(browser.hasBody("picture 4"), false);
  for (const { files } of [large("a")].map(({ contents }) => ({ files: contents }))) {
    for (const [path, { bytes }] of files) if (path.startsWith("data/list-")) assert.equal(browser.hasBody(bytes), false, path);
  }
});

test("row 24: a tab of the older release finds its documents by the older lists", async () => {
  const { browser, network } = await readerOf();
  const old = large("a").contents;
  const worker = await browser.update(large("b", () => "2"));
  for (const [path, file] of old) if (!network.files.has(`/${path}`)) network.files.set(`/${path}`, file);
  assert.equal(await read(worker.get(`/${data(9)}`)), "text 9 v1");
  assert.equal(await read(worker.get(`/${data(9, "2")}`)), "text 9 v2");
  await worker.settled();
});

test("a name in short form stands for the name with the hash", async () => {
  const browser = new Browser();
  const release = makeRelease("a", { "shell.html": "shell" });
  const { sha256 } = release.entries["shell.html"];
  const manifest = JSON.parse(release.contents.get(release.build.path).bytes);
  manifest.files["assets/x-//.js"] = { ...manifest.files["shell.html"], type: "text/javascript" };
  const text = JSON.stringify(manifest);
  const whole = makeRelease("a", { "shell.html": "shell" }, { text });
  whole.contents.set(`assets/x-${sha256.slice(0, 16)}.js`, whole.contents.get("shell.html"));
  const worker = await browser.update(whole);
  browser.network.isOffline = true;
  const response = await worker.get(`/assets/x-${sha256.slice(0, 16)}.js`);
  assert.equal(response.headers.get("Content-Type"), "text/javascript");
  assert.equal(digits("a"), release.release);
});
