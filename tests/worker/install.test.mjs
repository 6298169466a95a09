// Installing a release: all of its core or nothing, and never again what is there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { blog } from "./blog.mjs";
import { Browser, FAULTS, makeRelease, sha256 } from "./browser.mjs";

const { none, status } = FAULTS;

test("the first install stores every core file and takes over at once", async () => {
  const browser = new Browser();
  const release = blog("a");
  browser.network.deploy(release);
  const worker = browser.start(release);
  await worker.install();
  for (const body of ["home", "shell a", "code a", "wasm"]) assert.ok(browser.hasBody(body), body);
  for (const body of ["new", "foo a", "page bar"]) assert.ok(!browser.hasBody(body), body);
  assert.deepEqual(browser.releases(), ["a"]);
  assert.equal(worker.skipped, 1);
});

test("an update takes over at once, and only when all of its core is there", async () => {
  const browser = new Browser();
  await browser.update(blog("a"));
  browser.openTab();
  browser.network.deploy(blog("b"));
  browser.network.faultForever("/app-b.js", status(404));
  const cut = browser.start(blog("b"));
  await assert.rejects(cut.install());
  assert.equal(cut.skipped, 0);
  browser.network.faults.clear();
  const worker = browser.start(blog("b"));
  await worker.install();
  assert.equal(worker.skipped, 1);
});

test("row 1: a failed install keeps what was verified, and the next one resumes", async () => {
  const browser = new Browser();
  const release = blog("a");
  browser.network.deploy(release);
  browser.network.faultForever("/app.wasm", status(404));
  await assert.rejects(browser.start(release).install(), /app\.wasm/);
  assert.deepEqual(browser.releases(), []);
  assert.ok(browser.hasBody("home"));
  browser.network.faults.clear();
  browser.network.forget();
  await browser.start(release).install();
  assert.deepEqual(browser.network.paths(), [`/${release.build.path}`, "/app.wasm"]);
  assert.deepEqual(browser.releases(), ["a"]);
});

async function assertUpdateChangesNothing(fault, build = {}) {
  const browser = new Browser();
  const old = await browser.update(blog("a"));
  const before = browser.cached("inkstone:/:files");
  const next = blog("b");
  browser.network.deploy(next);
  browser.network.faultForever(`/${next.build.path}`, fault);
  const worker = browser.start({ build: { ...next.build, ...build } });
  await assert.rejects(worker.install());
  assert.deepEqual(browser.releases(), ["a"]);
  assert.deepEqual(browser.cached("inkstone:/:files"), before);
  browser.network.isOffline = true;
  assert.equal(await (await old.navigate("/search/")).text(), "shell a");
}

for (const code of [503, 504]) {
  test(`row 7: a manifest that answers ${code} changes nothing`, () => assertUpdateChangesNothing(status(code)));
}
test("row 7: a refused connection for the manifest changes nothing", () => assertUpdateChangesNothing(FAULTS.drop));
test("row 8: a manifest that is 404 changes nothing", () => assertUpdateChangesNothing(status(404)));
test("row 9: a manifest that answers 500 changes nothing", () => assertUpdateChangesNothing(status(500)));
test("row 9: a manifest with other bytes than the build's changes nothing", () =>
  assertUpdateChangesNothing(FAULTS.otherBytes));

const core = { sha256: sha256("home"), size: 4, type: "text/html", set: "core" };
const valid = { schema: 2, lists: [], endings: [], release: "b".repeat(16), shell: "index.html", headers: {}, files: { "index.html": core } };

test("a manifest that is valid and whose hash is right installs", async () => {
  await assert.rejects(
    assertUpdateChangesNothing(...replacedBy(JSON.stringify(valid))),
    /Missing expected rejection/,
  );
});

/** A fault and a build that agree on the manifest's text. */
function replacedBy(text) {
  const bytes = Buffer.from(text);
  return [() => new Response(bytes), { sha256: sha256(bytes), size: bytes.length }];
}

for (const [name, text] of [
  ["broken JSON", "{"],
  ["JSON that is no object", "null"],
  ["an unknown schema", JSON.stringify({ ...valid, schema: 1 })],
  ["another release's id", JSON.stringify({ ...valid, release: "c".repeat(16) })],
  ["no files", JSON.stringify({ ...valid, files: undefined })],
  ["a shell that is not core", JSON.stringify({ ...valid, files: { "index.html": { ...core, set: "ahead" } } })],
]) {
  test(`row 9: a manifest with ${name} changes nothing, though its hash is right`, () =>
    assertUpdateChangesNothing(...replacedBy(text)));
}

test("row 12: a new manifest with old files is refused, and installs once the files are there", async () => {
  const browser = new Browser();
  await browser.update(blog("a"));
  const next = blog("b");
  browser.network.files.set(`/${next.build.path}`, next.contents.get(next.build.path));
  await assert.rejects(browser.start(next).install(), /other bytes/);
  assert.deepEqual(browser.releases(), ["a"]);
  browser.network.deploy(next);
  await browser.start(next).install();
  assert.deepEqual(browser.releases(), ["a", "b"]);
});

test("row 23: with every second connection dropped the install still comes through", async () => {
  const browser = new Browser();
  const release = blog("a");
  browser.network.deploy(release);
  for (const path of release.contents.keys()) browser.network.fault(`/${path}`, FAULTS.drop, none);
  await browser.start(release).install();
  assert.deepEqual(browser.releases(), ["a"]);
});

test("row 23: attempt by attempt, the number of stored files never falls", async () => {
  const browser = new Browser();
  const release = blog("a");
  browser.network.deploy(release);
  let previous = 0;
  const failing = [["index.html", "app-a.js", "app.wasm"], ["index.html", "app.wasm"], ["app.wasm"]];
  for (const paths of failing) {
    browser.network.faults.clear();
    for (const path of paths) browser.network.faultForever(`/${path}`, FAULTS.drop);
    await assert.rejects(browser.start(release).install());
    const now = browser.cached("inkstone:/:files").length;
    assert.ok(now > previous, `${now} after ${previous}`);
    previous = now;
  }
  assert.equal(previous, 3);
});

test("after a failure no further download is started", async () => {
  const files = { "shell.html": "shell" };
  for (let index = 0; index < 40; index += 1) files[`file-${index}.js`] = `code ${index}`;
  const browser = new Browser();
  const release = makeRelease("a", files);
  browser.network.deploy(release);
  browser.network.faultForever("/shell.html", status(404));
  await assert.rejects(browser.start(release).install(), /shell\.html/);
  assert.ok(browser.network.requests.length < 30, `${browser.network.requests.length} requests`);
});

test("a file that another worker collects during the install is fetched again", async () => {
  const browser = new Browser();
  const release = blog("a");
  browser.network.deploy(release);
  browser.network.faultForever("/app.wasm", status(404));
  await assert.rejects(browser.start(release).install());
  browser.network.faults.clear();
  browser.network.fault("/app.wasm", (file) => {
    const { entries } = browser.caches.byName.get("inkstone:/:files");
    for (const [key, { bytes }] of entries) if (bytes.toString() === "home") entries.delete(key);
    return none(file);
  });
  await browser.start(release).install();
  for (const body of ["home", "wasm"]) assert.ok(browser.hasBody(body), body);
});

test("row 27: when one file changed, only it and the manifest are requested", async () => {
  const browser = new Browser();
  const files = { "shell.html": "shell", "a.js": "one", "b.js": "two" };
  await browser.update(makeRelease("a", files));
  browser.network.forget();
  const next = makeRelease("b", { ...files, "b.js": "three" });
  await browser.update(next);
  assert.deepEqual(browser.network.paths(), [`/${next.build.path}`, "/b.js"]);
});

test("two files with the same bytes are downloaded once", async () => {
  const browser = new Browser();
  await browser.update(makeRelease("a", { "shell.html": "same", "404.html": "same" }));
  assert.equal(browser.network.requests.length, 2);
});

test("row 26: killed after any number of cache operations, a manifest still means a complete release", async () => {
  const release = blog("a");
  const core = ["home", "shell a", "code a", "wasm"];
  let wasKilled = true;
  for (let lifetime = 0; wasKilled; lifetime += 1) {
    const browser = new Browser();
    browser.network.deploy(release);
    let left = lifetime;
    let kill;
    const killed = new Promise((resolve) => (kill = resolve));
    browser.caches.onOperation = () => {
      left -= 1;
      if (left >= 0) return Promise.resolve();
      kill("killed");
      return new Promise(() => {});
    };
    const outcome = await Promise.race([killed, browser.start(release).install()]);
    wasKilled = outcome === "killed";
    if (browser.releases().length > 0) for (const body of core) assert.ok(browser.hasBody(body), body);
    browser.caches.onOperation = async () => {};
    await browser.start(release).install();
    for (const body of core) assert.ok(browser.hasBody(body), `${body} after ${lifetime}`);
  }
});

test("row 26: what an abandoned install left is removed by the next release", async () => {
  const browser = new Browser();
  await browser.update(blog("a"));
  const abandoned = blog("b");
  browser.network.deploy(abandoned);
  browser.network.faultForever("/app-b.js", FAULTS.drop);
  await assert.rejects(browser.start(abandoned).install());
  assert.ok(browser.hasBody("shell b"));
  browser.network.faults.clear();
  await browser.update(blog("c"));
  assert.equal(browser.hasBody("shell b"), false);
});

test("row 33: while no new worker starts, the old one serves on", async () => {
  const browser = new Browser();
  await browser.update(blog("a"));
  browser.network.isOffline = true;
  const later = browser.start(blog("a"));
  assert.equal(await (await later.navigate("/")).text(), "home");
});

test("row 37: a disk too small for the core rejects the install and keeps the older release", async () => {
  const browser = new Browser();
  const old = await browser.update(blog("a"));
  browser.caches.quota = browser.caches.size;
  browser.network.deploy(blog("b"));
  await assert.rejects(browser.start(blog("b")).install(), { name: "QuotaExceededError" });
  assert.deepEqual(browser.releases(), ["a"]);
  browser.network.isOffline = true;
  assert.equal(await (await old.get("/app-a.js")).text(), "code a");
});

test("row 40: blogs at /, /a/ and /b/ keep to their own caches", async () => {
  const browser = new Browser();
  const workers = [];
  for (const scope of ["/", "/a/", "/b/"]) {
    const release = makeRelease("a", { "shell.html": `shell of ${scope}` });
    for (const [path, file] of release.contents) browser.network.files.set(scope + path, file);
    const worker = browser.start(release, scope);
    workers.push(worker);
    await worker.install();
    await worker.activate();
  }
  await Promise.all(workers.map((worker) => worker.send({ type: "inkstone:ahead" })));
  const names = ["/", "/a/", "/b/"].flatMap((scope) => ["files", "releases", "control"].map((kind) => `inkstone:${scope}:${kind}`));
  assert.deepEqual((await browser.caches.keys()).sort(), names.sort());
  for (const scope of ["/", "/a/", "/b/"]) {
    assert.equal(browser.cached(`inkstone:${scope}:files`).length, 1);
    assert.ok(browser.hasBody(`shell of ${scope}`, scope));
  }
});
