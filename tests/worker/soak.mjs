// A reader's browser under a random life: what may happen, one step at a time, and what must hold
// after each. The steps are data, so a life can be told again, and cut down to what matters.

import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Browser, FAULTS, makeRelease, ORIGIN, sha256 } from "./browser.mjs";

const IDS = ["a", "b", "c", "d"];
const DOCS = ["new", "foo", "bar"];
const PAGES = ["/", "/posts/new/", "/posts/foo/", "/posts/bar/", "/no/such/page/"];
/** What is looked at after every step. */
const LOOKS = ["/", "/posts/foo/", "/no/such/page/"];
/** Files that a fault can befall, in whatever release; pages of the network are the server's own affair. */
const FILES = {
  manifest: (id) => `/release-${id.repeat(16)}.json`,
  shell: () => "/shell.html",
  home: () => "/index.html",
  app: (id) => `/app-${id}.js`,
  wasm: () => "/app.wasm",
  new: (id) => `/data/new-${id}.json`,
  foo: (id) => `/data/foo-${id}.json`,
  bar: (id) => `/data/bar-${id}.json`,
};
const KINDS = {
  404: FAULTS.status(404), 500: FAULTS.status(500), drop: FAULTS.drop, otherBytes: FAULTS.otherBytes,
  html: FAULTS.html, cut: FAULTS.cut, cutCleanly: FAULTS.cutCleanly, hang: FAULTS.hang,
  hangInBody: FAULTS.hangInBody, partial: FAULTS.partial, portal: FAULTS.portal, opaque: FAULTS.opaque,
};

const page = (id, name) => `<main><h1>${name}</h1> release=${id}</main>`;
const data = (id, doc, set) => ({ body: `release=${id} ${doc}`, set, doc: `posts/${doc}/` });

/** A release whose every file but the wasm says which release it is of. */
function releaseOf(id) {
  const files = { "index.html": page(id, "home"), "shell.html": page(id, "shell"), [`app-${id}.js`]: `release=${id}`, "app.wasm": "wasm" };
  for (const doc of DOCS) {
    files[`data/${doc}-${id}.json`] = data(id, doc, doc === "new" ? "ahead" : "demand");
    const needs = [`data/${doc}-${id}.json`];
    files[`posts/${doc}/index.html`] = { body: page(id, doc), set: "demand", needs };
  }
  return makeRelease(id, files);
}

const RELEASES = new Map(IDS.map((id) => [id, releaseOf(id)]));

/** What can happen, each with how often and with what it is about. */
const STEPS = {
  deploy: [6, (pick) => pick(IDS)],
  update: [8, () => null],
  killInUpdate: [2, (_, random) => Math.floor(random() * 40)],
  accept: [6, () => null],
  reload: [6, (pick) => pick(PAGES)],
  newTab: [3, (pick) => pick(PAGES)],
  closeTabs: [1, () => null],
  read: [4, (pick) => pick(DOCS)],
  save: [6, (pick) => pick(DOCS)],
  ahead: [3, () => null],
  kill: [4, () => null],
  fault: [6, (pick) => [pick(Object.keys(KINDS)), pick([...Object.keys(FILES), ...DOCS]), pick(["once", "twice", "always", "always"])]],
  heal: [2, () => null],
  offline: [2, () => null],
  online: [3, () => null],
  clear: [1, () => null],
  full: [1, () => null],
  room: [2, () => null],
};

/** What most often comes soon after. */
const FOLLOWS = { deploy: "update", update: "accept", fault: "deploy", offline: "online", full: "room" };

/** A generator of numbers in [0, 1) from a seed (mulberry32). */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function scriptOf(seed) {
  const random = randomOf(seed);
  const pick = (all) => all[Math.floor(random() * all.length)];
  const names = Object.entries(STEPS).flatMap(([name, [weight]]) => Array(weight).fill(name));
  const length = 12 + Math.floor(random() * 28);
  const script = [["deploy", pick(IDS)], ["newTab", "/"], ["update", null]];
  const push = (name) => script.push([name, STEPS[name][1](pick, random)]);
  while (script.length < length) {
    const name = pick(names);
    push(name);
    for (let next = FOLLOWS[name]; next && random() < 0.8; next = FOLLOWS[next]) {
      // One other thing may happen in between.
      if (random() < 0.3) push(pick(names));
      push(next);
    }
  }
  return script;
}

/** Waits for a promise; when nothing else moves any more, the shortest timers end. */
async function settle(browser, promise) {
  let isDone = false;
  const ended = promise.finally(() => (isDone = true));
  ended.catch(() => {});
  for (let turn = 1; !isDone; turn += 1) {
    await nextTurn();
    if (turn % 60 === 0) fireTimers(browser);
    assert.ok(turn < 100_000, "a step never ended");
  }
  return ended;
}

function fireTimers({ clock }) {
  const shortest = Math.min(...[...clock.timers.values()].map(({ milliseconds }) => milliseconds));
  for (const [id, { callback, milliseconds }] of [...clock.timers]) {
    if (milliseconds !== shortest) continue;
    clock.timers.delete(id);
    callback();
  }
}

class Life {
  browser = new Browser();
  active = null;
  waiting = null;
  deployed = null;
  saved = new Set();
  tabs = [];

  async step([name, about]) {
    await this[name](about);
  }

  deploy(id) {
    const { network } = this.browser;
    network.deploy(RELEASES.get(id));
    for (const [path, file] of [...network.files]) {
      if (path.endsWith("/index.html")) network.files.set(path.slice(0, -"index.html".length), file);
    }
    this.deployed = id;
  }

  /** As a browser looks for a new worker: its script, then the installation. */
  async update() {
    const newest = this.waiting ?? this.active;
    if (this.browser.network.isOffline || newest?.id === this.deployed) return;
    const id = this.deployed;
    const worker = this.browser.start(RELEASES.get(id));
    const installed = await settle(this.browser, worker.install()).then(() => true, () => false);
    // A worker that was not installed leaves the registration as it was.
    const { registration } = worker;
    if (!installed) return void Object.assign(registration, { waiting: this.waiting?.worker ?? null });
    this.waiting = { id, worker };
    if (!this.active || this.tabs.length === 0) await this.accept();
  }

  /** The browser ends in mid-install, after so many operations of the store. */
  async killInUpdate(count) {
    if (this.browser.network.isOffline || (this.waiting ?? this.active)?.id === this.deployed) return;
    const { caches } = this.browser;
    let left = count;
    const died = new Promise((done) => {
      caches.onOperation = () => (left-- > 0 ? undefined : (done(), new Promise(() => {})));
    });
    const worker = this.browser.start(RELEASES.get(this.deployed));
    const ended = worker.install().then(() => "installed", () => "refused");
    const how = await settle(this.browser, Promise.race([died.then(() => "died"), ended]));
    caches.onOperation = async () => {};
    const { registration } = worker;
    registration.installing = null;
    if (how === "installed") this.waiting = { id: this.deployed, worker };
    registration.waiting = this.waiting?.worker ?? null;
    this.tabs = [];
    await this.kill();
    if (how === "installed" || this.waiting) await this.accept();
  }

  async accept() {
    if (!this.waiting) return;
    this.active = this.waiting;
    this.waiting = null;
    await settle(this.browser, this.active.worker.activate());
    // The tab that asked for it is loaded anew; others stay at what they were.
    if (this.tabs.length > 0) await this.reload("/");
  }

  async newTab(path) {
    this.tabs.push({ id: null });
    await this.load(this.tabs.at(-1), path);
  }

  async reload(path) {
    const tab = this.tabs.at(-1);
    if (tab) await this.load(tab, path);
  }

  closeTabs() {
    this.tabs = [];
  }

  /** A navigation, then the app of the page and the data of a post, as a page asks for them. */
  async load(tab, path) {
    const response = await this.navigate(path);
    if (!response) return void (tab.id = null);
    const text = await settle(this.browser, response.text());
    assert.match(text, /<main>/, `a page that can be read at ${path}`);
    tab.id = idIn(text);
    // The page that the worker carries in itself is of no release.
    if (tab.id !== null) await this.expectSame(tab, `/app-${tab.id}.js`);
  }

  async navigate(path) {
    const { network } = this.browser;
    const isMissing = !network.files.has(path);
    if (this.active) {
      const response = await settle(this.browser, this.active.worker.navigate(path));
      // A page that there is not is the server's own 404.
      if (isMissing && response.status === 404) return null;
      assert.notEqual(response.type, "error", `a page at ${path}`);
      return response;
    }
    if (network.isOffline || isMissing) return null;
    return settle(this.browser, network.fetch(ORIGIN + path));
  }

  async read(doc) {
    for (const tab of this.tabs) if (tab.id) await this.expectSame(tab, `/data/${doc}-${tab.id}.json`);
  }

  /** A file of a tab is of the tab's release, an older version that says so, or an error. */
  async expectSame(tab, path) {
    const asked = this.active ? this.active.worker.get(path) : this.browser.network.fetch(ORIGIN + path);
    const response = await settle(this.browser, Promise.resolve(asked)).catch(() => null);
    if (!response?.ok || response.headers.get("X-Inkstone-Stale")) return;
    const text = await settle(this.browser, response.text()).catch(() => "");
    // What a server sends past the worker may be anything; a page uses only what is whole.
    if (/release=/.test(text)) assert.equal(idIn(text), tab.id, `${path} in a page of release ${tab.id}`);
    else assert.ok(!this.isStored(path), `bytes of ${path} that are of no release`);
  }

  /** Whether the worker has a verified file for a path. */
  isStored(path) {
    const known = [...RELEASES.values()].map(({ entries }) => entries[path.slice(1)]).find(Boolean);
    const { scope, byName } = { scope: "/", byName: this.browser.caches.byName };
    return known !== undefined && byName.get(`inkstone:${scope}:files`)?.entries.has(keyOf(known.sha256));
  }

  async save(doc) {
    if (!this.active) return;
    const path = `data/${doc}-${this.active.id}.json`;
    const answer = await settle(this.browser, this.active.worker.send({ type: "inkstone:keep", path }));
    if (answer?.ok) this.saved.add(`posts/${doc}/`);
  }

  async ahead() {
    if (!this.active) return;
    const answer = await settle(this.browser, this.active.worker.send({ type: "inkstone:ahead" }));
    if (answer?.ok) this.saved.add("posts/new/");
  }

  /** Nothing in memory, everything else as it was. */
  async kill() {
    for (const held of [this.active, this.waiting]) {
      if (held) held.worker = this.browser.start(RELEASES.get(held.id));
    }
    const registration = this.browser.registration();
    registration.active = this.active?.worker ?? null;
    registration.waiting = this.waiting?.worker ?? null;
  }

  fault([kind, file, times]) {
    const { network } = this.browser;
    for (const path of IDS.map(FILES[file])) {
      if (times === "always") network.faultForever(path, KINDS[kind]);
      else network.fault(path, ...Array(times === "once" ? 1 : 2).fill(KINDS[kind]));
    }
  }

  heal() {
    this.browser.network.faults.clear();
  }

  offline() {
    this.browser.network.isOffline = true;
  }

  online() {
    this.browser.network.isOffline = false;
  }

  clear() {
    this.browser.caches.byName.clear();
    this.saved.clear();
  }

  full() {
    this.browser.caches.quota = this.browser.caches.size;
  }

  room() {
    this.browser.caches.quota = Infinity;
  }

  /** No blank page, no mixed release, nothing half-stored, nothing saved that is lost. */
  async check() {
    const docs = new Set();
    for (const [url, { bytes, headers }] of this.browser.caches.byName.get("inkstone:/:files")?.entries ?? []) {
      assert.equal(url, keyOf(sha256(bytes)), "bytes under the name of others");
      docs.add(JSON.parse(decodeURIComponent(new Headers(headers).get("X-Inkstone-Record"))).doc);
    }
    for (const doc of this.saved) assert.ok(docs.has(doc), `${doc} was saved and is lost`);
    for (const path of this.active ? LOOKS : []) await this.load({ id: null }, path);
    for (const doc of DOCS) await this.read(doc);
    await this.checkReady();
  }

  /** What calls itself ready has all that it promised. */
  async checkReady() {
    const status = await (this.active && settle(this.browser, this.active.worker.send({ type: "inkstone:status" })));
    if (!status?.ready) return;
    for (const [path, { sha256: hash, set }] of Object.entries(RELEASES.get(this.active.id).entries)) {
      const isStored = this.browser.caches.byName.get("inkstone:/:files").entries.has(keyOf(hash));
      assert.ok(set === "demand" || isStored, `ready without ${path}`);
    }
  }
}

const keyOf = (hash) => `${ORIGIN}/__inkstone/${hash}`;
const idIn = (text) => /release=(\w)/.exec(text)?.[1] ?? null;

/** Lives through a script; what broke at which step, or null. */
export async function live(script) {
  const life = new Life();
  for (const [index, step] of script.entries()) {
    try {
      await life.step(step);
      await life.check();
    } catch (error) {
      return { index, error };
    }
  }
  return null;
}

/** The shortest script it can find that breaks with the same words, by leaving steps out. */
export async function shrink(script, { index, error }) {
  let shortest = script.slice(0, index + 1);
  for (let size = shortest.length >> 1; size >= 1; ) {
    let isShorter = false;
    for (let at = 0; at + size <= shortest.length; at += 1) {
      const shorter = shortest.toSpliced(at, size);
      const broken = await live(shorter);
      if (broken?.error.message !== error.message) continue;
      shortest = shorter.slice(0, broken.index + 1);
      isShorter = true;
      break;
    }
    if (!isShorter) size >>= 1;
  }
  return shortest;
}
