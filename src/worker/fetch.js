// The verified download: nothing is stored or served before its hash matched.

const STALL_MILLISECONDS = 30_000;
const DOWNLOADS_AT_ONCE = 6;

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
      reject(new Error(`no answer in ${milliseconds} ms`));
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
    const sha256 = await sha256OfBytes(env, bytes);
    // The bytes decide; the type only tells what came instead.
    if (bytes.length !== entry.size || sha256 !== entry.sha256) {
      const type = response.headers.get("Content-Type");
      const got = `${bytes.length} bytes of ${type} with sha256 ${sha256}`;
      throw new Error(`expected ${entry.size} bytes with sha256 ${entry.sha256}, got ${got}`);
    }
    return bytes;
  } catch (error) {
    throw new Error(`${path}: ${messageOf(error)}`);
  }
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
  throw new Error(`expected status 200, got ${response.status} from ${response.url}`);
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
 * do. With `isBestEffort` only a full disk stops it, as all would be in vain.
 * @param {Env} env
 * @param {FileEntry[]} files
 * @param {boolean} isBestEffort
 */
async function downloadIntoStore(env, files, isBestEffort) {
  const present = await storedHashes(env);
  const isMissing = (/** @type {string} */ hash) => !present.has(hash) && present.add(hash);
  const waiting = files.filter(({ sha256 }) => isMissing(sha256));
  const drain = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      try {
        await storeFile(env, file, await downloadVerified(env, file));
      } catch (error) {
        if (!isBestEffort || isQuotaError(error)) {
          waiting.length = 0;
          throw error;
        }
        env.log(file.path, error);
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: DOWNLOADS_AT_ONCE }, drain));
  for (const lane of lanes) if (lane.status === "rejected") throw lane.reason;
}

/** @param {any} error */
function isQuotaError(error) {
  return error?.name === "QuotaExceededError";
}

/** @param {any} error */
function messageOf(error) {
  return String(error?.message ?? error);
}
