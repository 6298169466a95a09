// What is known of the offline state, read from the browser itself, so that it is seen also where
// the worker is broken or gone. Nothing is changed or made by looking; a part that can't be read is
// left out, and why is said.

/** @type {CacheKind[]} */
const KINDS = ["files", "releases", "control"];

const root = document.documentElement;

/** As browsers say it, which is how the worker names its caches. */
const scope = new URL(root.dataset.base ?? "/", location.href).href;

/** When the blog last looked for a newer release, as ISO 8601; one for all blogs of an origin. */
const CHECKED = "inkstone:checked";

/**
 * @typedef {object} Stored an entry of a cache
 * @property {any} record what the worker wrote beside it; null where there is nothing
 * @property {Response} response
 * @property {number} bytes
 */

/**
 * @typedef {object} Facts
 * @property {ServiceWorkerRegistration | undefined} registration
 * @property {Partial<Record<CacheKind, Stored[]>>} caches those that are there
 * @property {ReleaseRecord[]} releases the one at work first
 * @property {{files: number, broken: number}} whole of what the release promises offline
 * @property {Partial<Records>} records
 * @property {StorageEstimate} estimate of the whole origin
 * @property {boolean | undefined} persistent
 * @property {string[]} failures what could not be read
 */

/**
 * Only this blog's: one above may answer for our address, and has another scope.
 */
async function ownRegistration() {
  const all = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  return all.find((registration) => registration.scope === scope);
}

/** @param {CacheKind} kind */
function cacheName(kind) {
  return `inkstone:${new URL(scope).pathname}:${kind}`;
}

/**
 * @param {Response} response
 * @returns {Promise<Stored>}
 */
async function storedOf(response) {
  let record = null;
  try {
    record = JSON.parse(decodeURIComponent(response.headers.get("X-Inkstone-Record") ?? "null"));
  } catch {
    // It is damaged, and counts as a file.
  }
  return { record, response, bytes: record?.size ?? (await response.clone().blob()).size };
}

/**
 * Undefined where there is none: opening it would make it.
 * @param {CacheKind} kind
 */
async function readCache(kind) {
  const name = cacheName(kind);
  if (!(await caches.has(name))) return undefined;
  const cache = await caches.open(name);
  return Promise.all((await cache.matchAll()).map(storedOf));
}

/** @returns {Promise<Partial<Records>>} */
async function readRecords() {
  const name = cacheName("control");
  if (!(await caches.has(name))) return {};
  const cache = await caches.open(name);
  /** @param {keyof Records} key */
  const read = async (key) => {
    const stored = await cache.match(`${scope}__inkstone/${key}`);
    return (await stored?.json().catch(() => undefined)) ?? {};
  };
  const [saves, errors, pins, strikes] = await Promise.all([read("saves"), read("errors"), read("pins"), read("strikes")]);
  return { saves, errors, pins, strikes };
}

/** @param {BufferSource} bytes */
async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Every file that a release promises offline, read back and hashed again.
 * @param {Stored[]} files
 * @param {Stored | undefined} release
 */
async function readBack(files, release) {
  if (!release) return { files: 0, broken: 0 };
  const manifest = JSON.parse(await release.response.text());
  /** @type {FileEntry[]} */
  const entries = Object.values(manifest.files);
  const promised = new Set(entries.filter(({ set }) => set !== "demand").map((entry) => entry.sha256));
  for (const { record, response } of files) {
    // A second reading of a body fails; there is one of each.
    if (!promised.has(record?.sha256)) continue;
    if ((await sha256(await response.arrayBuffer())) === record.sha256) promised.delete(record.sha256);
  }
  const all = entries.filter(({ set }) => set !== "demand");
  return { files: all.length, broken: all.filter((entry) => promised.has(entry.sha256)).length };
}

/**
 * Those that were at work, the last one first; a release that only waits comes after them.
 * @param {Stored[]} stored
 */
function byActivation(stored) {
  const known = stored.filter(({ record }) => typeof record?.release === "string");
  return known.sort((a, b) => b.record.activated - a.record.activated || b.record.time - a.record.time);
}

/** @returns {Promise<Facts>} */
async function readFacts() {
  /** @type {string[]} */
  const failures = [];
  /**
   * @template T
   * @param {() => Promise<T>} read
   * @param {T} otherwise
   */
  const attempt = (read, otherwise) =>
    read().catch((error) => {
      failures.push(`${error?.message ?? error}`);
      return otherwise;
    });
  /** @type {Facts["caches"]} */
  const stored = {};
  for (const kind of KINDS) {
    const entries = await attempt(() => readCache(kind), undefined);
    if (entries) stored[kind] = entries;
  }
  const releases = byActivation(stored.releases ?? []);
  const nothing = { files: 0, broken: 0 };
  return {
    registration: await attempt(ownRegistration, undefined),
    caches: stored,
    releases: releases.map(({ record }) => record),
    whole: await attempt(() => readBack(stored.files ?? [], releases[0]), nothing),
    records: await attempt(readRecords, {}),
    // What these can't say is no fault.
    estimate: (await navigator.storage?.estimate().catch(() => undefined)) ?? {},
    persistent: await navigator.storage?.persisted().catch(() => undefined),
    failures,
  };
}
