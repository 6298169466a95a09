// The verified download: nothing is stored or served before its hash matched.

const STALL_MILLISECONDS = 30_000;
const DOWNLOADS_AT_ONCE = 6;

// After so many in a row the network is surely gone.
const FAILURES = 12;

/**
 * Rejects when the promise takes longer, and aborts what is still under way.
 * @template T
 * @param {Env} env
 * @param {number} milliseconds
 * @param {Promise<T>} promise
 * @param {AbortController} [controller]
 * @returns {Promise<T>}
 */
function withDeadline(env, milliseconds, promise, controller) {
  return new Promise((resolve, reject) => {
    const timer = env.setTimeout(() => {
      reject(new Error("no answer"));
      controller?.abort();
    }, milliseconds);
    promise.then(resolve, reject).finally(() => env.clearTimeout(timer));
  });
}

/**
 * @param {Env} env
 * @param {Content} entry
 * @param {AbortController} [controller]
 */
async function downloadVerified(env, entry, controller = new AbortController()) {
  try {
    return await attemptDownload(env, entry, { cache: "default" }, controller);
  } catch (error) {
    if (controller.signal.aborted) throw error;
    // A wrong answer may come from the HTTP cache: once more, past it.
    return attemptDownload(env, entry, { cache: "reload" }, controller);
  }
}

/**
 * @param {Env} env
 * @param {Content} entry
 * @param {RequestInit} init
 * @param {AbortController} [controller]
 */
async function attemptDownload(env, entry, init, controller = new AbortController()) {
  const { path } = entry;
  try {
    const { signal } = controller;
    const answer = env.fetch(urlOfPath(env.scope, path), { ...init, signal });
    const response = await withDeadline(env, STALL_MILLISECONDS, answer, controller);
    refuseUnusable(env, response);
    const bytes = await readBody(env, response, entry.size, controller);
    // The bytes decide; the type only tells what came instead.
    await refuseOtherBytes(env, entry, bytes, response.headers.get("Content-Type"));
    return bytes;
  } catch (error) {
    throw new Error(`${path}: ${messageOf(error)}`);
  }
}

/**
 * @param {Env} env
 * @param {Content} entry
 * @param {Bytes} bytes
 * @param {string | null} [type]
 */
async function refuseOtherBytes(env, { size, sha256 }, bytes, type) {
  if ((await sha256OfBytes(env, bytes)) === sha256) return;
  throw new Error(`other bytes: ${bytes.length} for ${size} of ${type}`);
}

/**
 * @param {Env} env
 * @param {Response} response
 */
function refuseUnusable(env, response) {
  const { origin } = new URL(env.scope);
  const isForeign = response.redirected && new URL(response.url).origin !== origin;
  if (response.status === 200 && !isForeign) return;
  response.body?.cancel().catch(() => {});
  // Captive portals redirect to another origin.
  throw new Error(`expected 200, got ${response.status} from ${response.url}`);
}

/**
 * @param {Env} env
 * @param {Response} response
 * @param {number} expectedSize
 * @param {AbortController} controller
 */
async function readBody(env, response, expectedSize, controller) {
  const reader = response.body?.getReader();
  /** @type {Bytes[]} */
  const chunks = [];
  let size = 0;
  // A body that is already too long cannot match, and might never end.
  while (reader && size <= expectedSize) {
    const read = await withDeadline(env, STALL_MILLISECONDS, reader.read(), controller);
    if (read.done) break;
    chunks.push(read.value);
    size += read.value.length;
  }
  if (size > expectedSize) reader?.cancel().catch(() => {});
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/**
 * Downloads what the store lacks, a few at a time. After a failure none is
 * started, but those under way are still stored: the next attempt has less to
 * do.
 * @param {Env} env
 * @param {(Content & Partial<FileRecord>)[]} files
 * @param {Fetching} fetching
 */
async function downloadIntoStore(env, files, { isBestEffort, lists = [], save, isStopped, onStored }) {
  const present = await storedHashes(env);
  const isMissing = (/** @type {string} */ hash) => !present.has(hash) && present.add(hash);
  const missing = files.filter(({ sha256 }) => isMissing(sha256));
  const waiting = planDownloads(missing, lists);
  let failures = 0;
  const drain = async () => {
    for (let next = waiting.shift(); next && !isStopped?.(); next = waiting.shift()) {
      const { content, parts } = next;
      try {
        const bytes = await downloadVerified(env, content);
        for (const { entry, offset } of parts) {
          const part = bytes.subarray(offset, offset + entry.size);
          if (part.length < bytes.length) await refuseOtherBytes(env, entry, part);
          await storeFile(env, { ...entry, save }, part);
        }
        failures = 0;
        await onStored?.(parts.map(({ entry }) => entry));
      } catch (error) {
        failures += 1;
        if (isQuotaError(error) || !isBestEffort || failures > FAILURES) {
          waiting.length = 0;
          throw error;
        }
        env.log(content.path, error);
        // What a bundle doesn't bring may still be had alone.
        if (parts.length > 1) waiting.push(...planDownloads(parts.map(({ entry }) => entry), []));
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: DOWNLOADS_AT_ONCE }, drain));
  for (const lane of lanes) if (lane.status === "rejected") throw lane.reason;
}

/**
 * A bundle where most of it is missing, else file by file.
 * @param {Content[]} missing
 * @param {List[]} lists
 */
function planDownloads(missing, lists) {
  const left = new Map(missing.map((entry) => [entry.sha256, entry]));
  /** @type {Download[]} */
  const downloads = [];
  for (const list of lists) {
    for (const content of list.bundles) {
      let [offset, wanted] = [1, 0];
      const parts = [];
      for (const { path, sha256, size } of dataFiles(list)) {
        if (path.slice(-4) !== content.path.slice(-4)) continue;
        const entry = left.get(sha256);
        if (entry) parts.push({ entry, offset });
        if (entry) wanted += size;
        offset += size + 1;
      }
      if (parts.length < 2 || wanted * 2 < content.size) continue;
      downloads.push({ content, parts });
      for (const { entry } of parts) left.delete(entry.sha256);
    }
  }
  for (const entry of left.values()) downloads.push({ content: entry, parts: [{ entry, offset: 0 }] });
  return downloads;
}

/** @param {any} error */
function isQuotaError(error) {
  return error?.name === "QuotaExceededError";
}

/** @param {any} error */
function messageOf(error) {
  return String(error?.message ?? error);
}
