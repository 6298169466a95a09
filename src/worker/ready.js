// Fetches a release to the end, and says "ready" only of files read back.

/** @type {RequestInit} */
const CACHE_ONLY = { cache: "only-if-cached", mode: "same-origin" };

/**
 * Fetches what is missing; whether all is there. One run at a time.
 * @param {Env} env
 */
function completeRelease(env) {
  memory.completion ??= completeReleaseOnce(env).finally(() => {
    memory.completion = null;
  });
  return memory.completion;
}

/** @param {Env} env */
async function completeReleaseOnce(env) {
  const bytes = await readOwnManifest(env);
  const own = bytes ? parseOwnManifest(bytes) : await repairRelease(env);
  const isReady = await announceIfReady(env);
  try {
    await keepOpenPages(env, own);
    await refreshKeptDocuments(env, own);
    if (!isReady) await downloadIntoStore(env, filesInSets(own, ["core", "ahead"]), { isBestEffort: true, lists: [own] });
  } catch (error) {
    env.log("ahead", error);
  }
  return isReady || announceIfReady(env);
}

/**
 * Tabs that were open before the worker was, from the HTTP cache alone: it has
 * what they show, and nothing is to be downloaded twice.
 * @param {Env} env
 * @param {Manifest} own
 */
async function keepOpenPages(env, own) {
  const present = await storedHashes(env);
  for (const { url } of await env.clients.matchAll({ type: "window" })) {
    const path = pathOfUrl(env.scope, url);
    const { entry } = (path !== null && (await findPage(env, own, path))) || {};
    if (path === null || !entry || !isPageOnDemand(entry) || present.has(entry.sha256)) continue;
    // The tab asked for its address, not for the file.
    const fromCache = attemptDownload(env, { ...entry, path }, CACHE_ONLY);
    await fromCache.then((bytes) => storeVisitedPage(env, entry, bytes)).catch(() => {});
  }
}

/** @param {Env} env */
async function announceIfReady(env) {
  const isReady = await isReleaseReady(env);
  const release = BUILD.release;
  if (isReady) await tellPages(env, () => ({ type: "inkstone:ready", release }));
  return isReady;
}

/**
 * Only to clients under control; below `/` there may still be pages of another
 * blog whose own worker is to come, so a page looks at who speaks.
 * @param {Env} env
 * @param {(client: string) => Told | undefined} messageFor
 */
async function tellPages(env, messageFor) {
  for (const client of await env.clients.matchAll({ type: "window" })) {
    const message = messageFor(client.id);
    if (message) client.postMessage(message);
  }
}

/**
 * Whether every core and ahead file, read back, still has its hash.
 * @param {Env} env
 */
async function isReleaseReady(env) {
  const bytes = await readOwnManifest(env);
  if (!bytes) return false;
  let isReady = true;
  for (const entry of filesInSets(parseOwnManifest(bytes), ["core", "ahead"])) {
    // Goes on after a damaged file, to delete them all.
    isReady = (await readIntact(env, entry)) !== null && isReady;
  }
  return isReady;
}
