// A browser small enough to script: cache storage, clock, network, clients and
// one registration per scope. The worker is evaluated as the build makes it:
// its files concatenated behind a BUILD line.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import vm from "node:vm";

export const ORIGIN = "https://blog.test";

/** The order in which the build concatenates the worker's files. */
export const ORDER = [
  "manifest.js",
  "find.js",
  "store.js",
  "control.js",
  "fetch.js",
  "pins.js",
  "collect.js",
  "release.js",
  "ready.js",
  "serve.js",
  "respond.js",
  "save.js",
  "repair.js",
  "news.js",
  "messages.js",
  "main.js",
];

const sourceFolder = new URL("../../src/worker/", import.meta.url);
const readSource = (file) => readFileSync(new URL(file, sourceFolder), "utf8");

// `cargo inkstone test` runs everything twice: the second time as the build shortens it.
const shipped = process.env.INKSTONE_WORKER;
const source = shipped ? readFileSync(shipped, "utf8") : ORDER.map(readSource).join("\n");

/** @param {object} build */
export function workerScript(build) {
  return `const BUILD = ${JSON.stringify(build)};\n${source}`;
}

export function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Hashes on the spot: Node's own does it on another thread, which makes the order of events vary. */
const crypto = {
  subtle: {
    digest: async (_algorithm, bytes) =>
      new Uint8Array(createHash("sha256").update(new Uint8Array(bytes)).digest()).buffer,
  },
};

/** Waits for what real promises bring about; never for time to pass. */
export async function until(condition, what = "the condition") {
  for (let turn = 0; turn < 5_000; turn += 1) {
    if (await condition()) return;
    await nextTurn();
  }
  throw new Error(`${what} did not come about`);
}

const TYPES = {
  html: "text/html; charset=utf-8",
  json: "application/json",
  js: "text/javascript",
  wasm: "application/wasm",
  svg: "image/svg+xml",
  mp4: "video/mp4",
};

/** As the build hashes the subject of a path (`site/lists.rs`). */
export function fnv(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/**
 * With `lists`, files on demand are in so many lists by their `subject`; with
 * `bundles`, the data files of each list are in one file besides.
 * @param {string} id repeated to 16 digits; its digit is also the release's number
 * @param {Record<string, string | {body: string, set?: string, doc?: string, text?: string, needs?: string[], subject?: string}>} files
 */
export function makeRelease(id, files, { schema = 2, headers = {}, mode = "serve", text, lists = 0, bundles = false, number = parseInt(id, 16) } = {}) {
  const release = id.repeat(16).slice(0, 16);
  const contents = new Map();
  const entries = {};
  const listed = Array.from({ length: lists }, () => ({}));
  for (const [path, given] of Object.entries(files)) {
    const { body, set = "core", doc, text, needs, subject = "" } = typeof given === "string" ? { body: given } : given;
    const bytes = Buffer.from(body);
    const type = TYPES[path.split(".").pop()];
    contents.set(path, { bytes, type });
    const list = lists > 0 && set === "demand" ? listed[fnv(subject) % lists] : entries;
    list[path] = { sha256: sha256(bytes), size: bytes.length, type, set, doc, text, needs };
  }
  const bundleOf = (files, ending) => {
    const isData = (path) => files[path].set !== "core" && path.startsWith("data/") && path.endsWith(ending);
    const bodies = Object.keys(files).filter(isData).map((path) => contents.get(path).bytes);
    if (!bundles || bodies.length < 2) return [];
    const joined = [...bodies.flatMap((body, at) => [Buffer.from(at ? "," : "["), body]), Buffer.from("]")];
    const bytes = bundles === "wrong" ? Buffer.concat(joined).fill("x") : Buffer.concat(joined);
    const [hash, type] = [sha256(bytes), TYPES.json];
    const path = `data/bundle-${hash.slice(0, 16)}${ending}`;
    contents.set(path, { bytes, type });
    return [{ path, sha256: hash, size: bytes.length, type }];
  };
  const bundlesOf = (files) => [".json", ".bin"].flatMap((ending) => bundleOf(files, ending));
  const endings = lists > 0 ? ["html", "json", "svg", "mp4"] : [];
  const named = listed.map((files) => {
    const bytes = Buffer.from(JSON.stringify({ files, bundles: bundlesOf(files) }));
    const hash = sha256(bytes);
    contents.set(`data/list-${hash.slice(0, 16)}.json`, { bytes, type: TYPES.json });
    return [hash, bytes.length];
  });
  const all = lists > 0 ? [["", named]] : [];
  const manifest = { schema, release, shell: "shell.html", headers, files: entries, bundles: bundlesOf(entries), lists: all, endings };
  const bytes = Buffer.from(text ?? JSON.stringify(manifest));
  const path = `release-${release}.json`;
  contents.set(path, { bytes, type: TYPES.json });
  const build = { schema: 2, release, path, sha256: sha256(bytes), size: bytes.length, mode, number };
  return { release, build, contents, entries };
}

class FakeCache {
  constructor(storage) {
    this.storage = storage;
    this.entries = new Map();
  }

  keyOf(request) {
    const url = new URL(typeof request === "string" ? request : request.url);
    url.hash = "";
    return url.href;
  }

  async put(request, response) {
    await this.storage.operation();
    if (response.status === 206) throw new TypeError("partial response");
    if (response.headers.get("Vary")?.includes("*")) throw new TypeError("Vary: *");
    const bytes = Buffer.from(await response.arrayBuffer());
    const { size } = this.storage;
    if (size + bytes.length > this.storage.quota) {
      throw new DOMException("the quota is exceeded", "QuotaExceededError");
    }
    const { status, redirected } = response;
    const key = this.keyOf(request);
    this.entries.delete(key);
    this.entries.set(key, { bytes, status, redirected, headers: [...response.headers] });
  }

  responseOf({ bytes, status, headers }) {
    return new Response(Buffer.from(bytes), { status, headers });
  }

  async match(request) {
    await this.storage.operation();
    const entry = this.entries.get(this.keyOf(request));
    return entry && this.responseOf(entry);
  }

  async matchAll() {
    await this.storage.operation();
    return [...this.entries.values()].map((entry) => this.responseOf(entry));
  }

  async keys() {
    await this.storage.operation();
    return [...this.entries.keys()].map((url) => new Request(url));
  }

  async delete(request) {
    await this.storage.operation();
    return this.entries.delete(this.keyOf(request));
  }
}

export class FakeCacheStorage {
  constructor() {
    this.byName = new Map();
    this.quota = Infinity;
    this.isBroken = false;
    /** Called before every operation; tests end a worker here. */
    this.onOperation = async () => {};
  }

  async operation() {
    await this.onOperation();
    if (this.isBroken) throw new DOMException("storage is broken", "UnknownError");
  }

  get size() {
    const all = [...this.byName.values()].flatMap(({ entries }) => [...entries.values()]);
    return all.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  async open(name) {
    await this.operation();
    if (!this.byName.has(name)) this.byName.set(name, new FakeCache(this));
    return this.byName.get(name);
  }

  async delete(name) {
    await this.operation();
    return this.byName.delete(name);
  }

  async keys() {
    return [...this.byName.keys()];
  }
}

/** Timers that only fire when a test says so. */
class FakeClock {
  constructor() {
    this.time = 1_000_000;
    this.timers = new Map();
    this.lastId = 0;
  }

  setTimeout(callback, milliseconds) {
    this.lastId += 1;
    this.timers.set(this.lastId, { callback, milliseconds });
    return this.lastId;
  }

  /** Fires the timers of exactly this length, once one is set. */
  async expire(milliseconds) {
    const due = () => [...this.timers].filter(([, timer]) => timer.milliseconds === milliseconds);
    await until(() => due().length > 0, `a timer of ${milliseconds} ms`);
    for (const [id, { callback }] of due()) {
      this.timers.delete(id);
      callback();
    }
  }
}

function respondAs(response, properties) {
  for (const [name, value] of Object.entries(properties)) {
    Object.defineProperty(response, name, { value });
  }
  return response;
}

function streamOf(...steps) {
  return new ReadableStream({
    async pull(controller) {
      const step = steps.shift();
      if (step === undefined) controller.close();
      else if (step instanceof Error) controller.error(step);
      else if (step === "hang") await new Promise(() => {});
      else controller.enqueue(new Uint8Array(step));
    },
  });
}

const half = ({ bytes }) => bytes.subarray(0, bytes.length >> 1);
const headersOf = ({ type }) => ({ "Content-Type": type });

/** What a server, or something before it, may do instead of answering well. */
export const FAULTS = {
  none: (file) => new Response(file.bytes, { headers: headersOf(file) }),
  status: (status) => () => new Response("no", { status }),
  drop: () => Promise.reject(new TypeError("Failed to fetch")),
  otherBytes: (file) => new Response("other bytes", { headers: headersOf(file) }),
  html: () => new Response("<!doctype html>fallback", { headers: { "Content-Type": TYPES.html } }),
  wrongType: (file) => new Response(file.bytes, { headers: { "Content-Type": "text/plain" } }),
  cut: (file) => new Response(streamOf(half(file), new TypeError("terminated"))),
  cutCleanly: (file) => new Response(streamOf(half(file))),
  endless: (file) => {
    let served = 0;
    const pull = (controller) => {
      served += 1;
      if (served > 1_000) throw new Error("the worker reads a body that is too long");
      controller.enqueue(new Uint8Array(file.bytes.length + 1));
    };
    return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
  },
  hang: () => new Promise(() => {}),
  hangInBody: (file) => new Response(streamOf(half(file), "hang")),
  partial: (file) => new Response(file.bytes, { status: 206, headers: headersOf(file) }),
  varyStar: (file) =>
    new Response(file.bytes, { headers: { ...headersOf(file), Vary: "*", "Set-Thing": "foreign" } }),
  portal: () =>
    respondAs(new Response("log in", { headers: { "Content-Type": TYPES.html } }), {
      redirected: true,
      url: "https://portal.test/login",
    }),
  foreignCopy: (file) =>
    respondAs(new Response(file.bytes), { redirected: true, url: "https://cdn.test/copy" }),
  redirect: (file) =>
    respondAs(new Response(file.bytes), { redirected: true, url: `${ORIGIN}/elsewhere/` }),
  opaque: () => respondAs(Response.error(), { type: "opaque" }),
};

export class FakeNetwork {
  constructor() {
    this.files = new Map();
    this.faults = new Map();
    /** What `only-if-cached` finds, without asking the server. */
    this.httpCache = new Map();
    this.requests = [];
    this.isOffline = false;
    this.underWay = 0;
    this.mostAtOnce = 0;
  }

  /** Replaces what the server has below the scope. */
  deploy(release, scope = "/") {
    for (const path of this.files.keys()) if (path.startsWith(scope)) this.files.delete(path);
    for (const [path, file] of release.contents) this.files.set(scope + path, file);
  }

  /** The next requests of a path meet these; after them, or `forever`, all is well. */
  fault(path, ...faults) {
    this.faults.set(path, faults);
  }

  faultForever(path, fault) {
    this.faults.set(path, { shift: () => fault });
  }

  paths() {
    return this.requests.map(({ path }) => path);
  }

  forget() {
    this.requests.length = 0;
  }

  async fetch(input, init = {}) {
    const url = new URL(typeof input === "string" ? input : input.url);
    const path = decodeURIComponent(url.pathname);
    if (init.cache === "only-if-cached") {
      assert.equal(init.mode, "same-origin", "browsers refuse it else");
      const stored = this.httpCache.get(path);
      return stored ? FAULTS.none(stored) : FAULTS.drop();
    }
    this.requests.push({ path, url: url.href, cache: init.cache, signal: init.signal });
    this.underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
    try {
      await nextTurn();
      if (this.isOffline) return await FAULTS.drop();
      const file = this.files.get(path);
      const fault = this.faults.get(path)?.shift() ?? (file ? FAULTS.none : FAULTS.status(404));
      return await fault(file ?? { bytes: Buffer.from("?"), type: "text/plain" });
    } finally {
      this.underWay -= 1;
    }
  }
}

export class Browser {
  constructor() {
    this.caches = new FakeCacheStorage();
    this.network = new FakeNetwork();
    this.clock = new FakeClock();
    this.clients = [];
    this.lastClient = 0;
    this.registrations = new Map();
    this.locks = new Map();
    this.badge = 0;
  }

  /** One after the other of all that run under a name. */
  locked(name, run) {
    const ran = (this.locks.get(name) ?? Promise.resolve()).then(run);
    this.locks.set(name, ran.catch(() => {}));
    return ran;
  }

  openTab(path = "/") {
    const messages = [];
    const client = { id: `client-${(this.lastClient += 1)}`, type: "window", url: ORIGIN + path, messages };
    client.postMessage = (message) => messages.push(structuredClone(message));
    this.clients.push(client);
    return client;
  }

  registration(scope = "/") {
    if (!this.registrations.has(scope)) {
      const registration = { scope: ORIGIN + scope, active: null, waiting: null, installing: null };
      registration.updates = 0;
      registration.update = async () => {
        registration.updates += 1;
        if (this.network.isOffline) throw new TypeError("Failed to update");
      };
      registration.unregister = async () => this.registrations.delete(scope);
      this.registrations.set(scope, registration);
    }
    return this.registrations.get(scope);
  }

  /** A new life of a worker: nothing in memory, everything else as it was. */
  start(release, scope = "/") {
    return new FakeWorker(this, release, scope);
  }

  /** Deploys, installs and activates. */
  async update(release, scope = "/") {
    this.network.deploy(release, scope);
    const worker = this.start(release, scope);
    await worker.install();
    await worker.activate();
    await worker.send({ type: "inkstone:ahead" });
    return worker;
  }

  cached(name) {
    return [...(this.caches.byName.get(name)?.entries.keys() ?? [])];
  }

  hasBody(body, scope = "/") {
    return this.cached(`inkstone:${scope}:files`).includes(
      `${ORIGIN}${scope}__inkstone/${sha256(Buffer.from(body))}`,
    );
  }

  /** A control record, as the diagnostics page reads it. */
  record(name, scope = "/") {
    const key = `${ORIGIN}${scope}__inkstone/${name}`;
    const { bytes } = this.caches.byName.get(`inkstone:${scope}:control`)?.entries.get(key) ?? { bytes: "{}" };
    return JSON.parse(bytes.toString());
  }

  releases(scope = "/") {
    const prefix = `${ORIGIN}${scope}__inkstone/release/`;
    return this.cached(`inkstone:${scope}:releases`).map((url) => url.slice(prefix.length, prefix.length + 1));
  }
}

class FakeWorker {
  constructor(browser, release, scope) {
    this.browser = browser;
    this.scope = scope;
    this.listeners = {};
    this.skipped = 0;
    this.logs = [];
    this.background = [];
    const registration = browser.registration(scope);
    this.registration = registration;
    const { clock, network, caches } = browser;
    const globals = {
      registration,
      caches,
      crypto,
      navigator: {
        locks: { request: (name, run) => browser.locked(name, run) },
        setAppBadge: async (count) => void (browser.badge = count),
      },
      location: new URL(`${ORIGIN}${scope}sw.js`),
      fetch: (input, init) => network.fetch(input, init),
      skipWaiting: async () => void (this.skipped += 1),
      setTimeout: (callback, milliseconds) => clock.setTimeout(callback, milliseconds),
      clearTimeout: (id) => clock.timers.delete(id),
      addEventListener: (type, listener) => void (this.listeners[type] = listener),
      clients: {
        claim: async () => void (this.claimed = true),
        matchAll: async ({ includeUncontrolled } = {}) =>
          browser.clients.filter(({ url }) => includeUncontrolled || this.controls(url)),
      },
      console: { warn: (...parts) => this.logs.push(parts.map(String).join(" ")) },
      Date: { now: () => (clock.time += 1) },
      Response, Request, Headers, URL, Blob, AbortController, TextDecoder, Uint8Array,
    };
    globals.self = globals;
    vm.runInNewContext(workerScript(release.build), globals, { filename: "sw.js" });
  }

  /** As a browser does: the longest scope wins. */
  controls(url) {
    const scopes = [...this.browser.registrations.keys()].filter((scope) => url.startsWith(ORIGIN + scope));
    return scopes.sort((a, b) => b.length - a.length)[0] === this.scope;
  }

  async dispatch(type, event = {}) {
    const promises = [];
    event.waitUntil = (promise) => void promises.push(promise);
    this.listeners[type]?.(event);
    // `waitUntil` may be called again while the first promises are pending.
    for (const promise of promises) await promise;
  }

  async install() {
    this.registration.installing = this;
    try {
      await this.dispatch("install");
      this.registration.waiting = this;
    } finally {
      this.registration.installing = null;
    }
  }

  async activate() {
    this.registration.active = this;
    this.registration.waiting = null;
    await this.dispatch("activate");
  }

  /** Undefined when the worker leaves the request to the browser. */
  request(url, { navigate = false, method = "GET", headers = {}, client } = {}) {
    const request = new Request(new URL(url, ORIGIN), { method, headers });
    if (navigate) Object.defineProperty(request, "mode", { value: "navigate" });
    let response;
    const event = {
      request,
      clientId: navigate ? "" : (client?.id ?? ""),
      resultingClientId: navigate ? (client?.id ?? "") : "",
      respondWith: (promise) => void (response = promise),
      waitUntil: (promise) => void this.background.push(promise),
    };
    this.listeners.fetch?.(event);
    return response;
  }

  get(url, headers, client) {
    return this.request(url, { headers, client });
  }

  /** In a tab of its own, if one is given. */
  navigate(url, client) {
    return this.request(url, { navigate: true, client });
  }

  /** Everything handed to `waitUntil` by fetch events; must not reject. */
  async settled() {
    while (this.background.length > 0) await this.background.shift();
  }

  /** What the worker answers on the port; undefined when it does not. */
  async send(data, from = { url: `${ORIGIN}${this.scope}`, postMessage() {} }) {
    let answer;
    const port = { postMessage: (message) => void (answer = structuredClone(message)) };
    await this.dispatch("message", { data, source: from, ports: [port] });
    return answer;
  }
}
