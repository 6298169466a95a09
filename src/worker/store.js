// The store: bodies in one cache by their SHA-256, manifests in another. Their
// names hold the scope path, because all blogs of an origin share its caches.

// What is known of a body is a header beside it: one put, so that a worker
// killed in between cannot leave one without the other.
const RECORD_HEADER = "X-Inkstone-Record";

/** @type {CacheKind[]} */
const KINDS = ["files", "releases", "control"];

// Pages that are kept because they were opened; the oldest go first.
const VISITED_PAGES = 60;

/**
 * @param {Env} env
 * @param {CacheKind} kind
 */
function cacheName(env, kind) {
  return `inkstone:${new URL(env.scope).pathname}:${kind}`;
}

/**
 * @param {Env} env
 * @param {CacheKind} kind
 */
function openCache(env, kind) {
  return env.caches.open(cacheName(env, kind));
}

/**
 * @param {Env} env
 * @param {string} name a SHA-256, or `release/` and a release
 */
function storeKey(env, name) {
  return `${env.scope}__inkstone/${name}`;
}

/**
 * Never a raw response: it may be redirected, or carry foreign headers.
 * @param {Bytes} bytes
 * @param {FileRecord | ReleaseRecord} record
 */
function responseWithRecord(bytes, record) {
  const value = encodeURIComponent(JSON.stringify(record));
  return new Response(bytes, { headers: { [RECORD_HEADER]: value } });
}

/**
 * @param {Response} response
 * @returns {any} null when it is not readable
 */
function recordOf(response) {
  try {
    return JSON.parse(decodeURIComponent(response.headers.get(RECORD_HEADER) ?? "null"));
  } catch {
    return null;
  }
}

/**
 * @param {Env} env
 * @param {Content & Partial<FileRecord>} entry
 * @param {Bytes} bytes already verified
 */
async function storeFile(env, { path, sha256, size, doc, visited, save }, bytes) {
  const cache = await openCache(env, "files");
  const record = { path, sha256, size, doc, visited, save, time: env.now() };
  await cache.put(storeKey(env, sha256), responseWithRecord(bytes, record));
}

/**
 * @param {Env} env
 * @param {FileEntry} entry
 * @param {Bytes} bytes already verified
 */
async function storeVisitedPage(env, entry, bytes) {
  await storeFile(env, isPageOnDemand(entry) ? { ...entry, visited: true } : entry, bytes);
  const visited = (await storedRecords(env)).filter((record) => record.visited);
  for (const { sha256 } of visited.slice(VISITED_PAGES)) await deleteFile(env, sha256);
}

/**
 * @param {Env} env
 * @param {string} sha256
 */
async function openFile(env, sha256) {
  return (await openCache(env, "files")).match(storeKey(env, sha256));
}

/**
 * @param {Env} env
 * @param {string} sha256
 */
async function deleteFile(env, sha256) {
  await (await openCache(env, "files")).delete(storeKey(env, sha256));
}

/** @param {Env} env */
async function storedHashes(env) {
  const keys = await (await openCache(env, "files")).keys();
  return new Set(keys.map(({ url }) => url.slice(storeKey(env, "").length)));
}

/**
 * The newest first.
 * @param {Env} env
 * @returns {Promise<FileRecord[]>}
 */
async function storedRecords(env) {
  const responses = await (await openCache(env, "files")).matchAll();
  const records = responses.map(recordOf).filter((record) => record !== null);
  return records.sort((a, b) => b.time - a.time);
}

/**
 * A file as it is stored, or else the newest other version of its document.
 * @param {FileRecord[]} records the newest first
 * @param {{sha256: string, doc?: string | undefined}} entry
 */
function storedVersion(records, { sha256, doc }) {
  const exact = records.find((record) => record.sha256 === sha256);
  return exact ?? records.find((record) => doc !== undefined && record.doc === doc);
}

/**
 * Reads a file back and hashes it again; deletes a damaged one.
 * @param {Env} env
 * @param {Content} entry
 */
async function readIntact(env, { sha256 }) {
  const stored = await openFile(env, sha256);
  if (!stored) return null;
  const bytes = new Uint8Array(await stored.arrayBuffer());
  if ((await sha256OfBytes(env, bytes)) === sha256) return bytes;
  await deleteFile(env, sha256);
  return null;
}

/**
 * @param {Env} env
 * @param {BufferSource} bytes
 */
async function sha256OfBytes(env, bytes) {
  const digest = new Uint8Array(await env.crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A stored manifest means a complete release: it comes last.
 * @param {Env} env
 * @param {Bytes} bytes
 * @param {number} activated
 */
async function storeOwnManifest(env, bytes, activated) {
  const { release } = BUILD;
  const cache = await openCache(env, "releases");
  const record = { release, time: env.now(), activated, sha256: await sha256OfBytes(env, bytes) };
  await cache.put(storeKey(env, `release/${release}`), responseWithRecord(bytes, record));
}

/**
 * Null when it is absent or damaged. It may be of a later build of this release,
 * which differs only in its number.
 * @param {Env} env
 */
async function readOwnManifest(env) {
  const cache = await openCache(env, "releases");
  const stored = await cache.match(storeKey(env, `release/${BUILD.release}`));
  if (!stored) return null;
  const bytes = new Uint8Array(await stored.arrayBuffer());
  const { sha256 = BUILD.sha256 } = recordOf(stored) ?? {};
  return (await sha256OfBytes(env, bytes)) === sha256 ? bytes : null;
}

/**
 * Those of all other releases, the most recently active first.
 * @param {Env} env
 * @returns {Promise<Manifest[]>}
 */
async function readOtherManifests(env) {
  const found = [];
  for (const response of await (await openCache(env, "releases")).matchAll()) {
    const record = recordOf(response);
    if (!record || record.release === BUILD.release) continue;
    try {
      found.push({ ...record, manifest: parseManifest(await response.text(), record.release) });
    } catch (error) {
      env.log(record.release, error);
    }
  }
  found.sort((a, b) => b.activated - a.activated || b.time - a.time);
  return found.map(({ manifest, activated }) => ({ ...manifest, activated }));
}
