// The life of a release: installed as a whole, repaired, taking over, removed.

// Only what may be forgotten: the browser ends a worker whenever it likes.
const memory = {
  /** @type {Manifest | null} */
  manifest: null,
  /** @type {Manifest[] | null} */
  others: null,
  /** @type {Map<string, List>} by SHA-256 */
  lists: new Map(),
  /** @type {Record<string, string> | null} */
  pins: null,
  /** @type {Record<string, number> | null} */
  strikes: null,
  /** @type {Promise<unknown>} the last change of a record */
  control: Promise.resolve(),
  /** @type {Map<string, Promise<void>>} */
  saves: new Map(),
  /** @type {Promise<Manifest> | null} */
  repair: null,
  /** @type {Promise<boolean> | null} */
  completion: null,
};

/** @param {Bytes} bytes */
function parseOwnManifest(bytes) {
  return parseManifest(new TextDecoder().decode(bytes), BUILD.release);
}

/**
 * This release's manifest; null when storage was cleared.
 * @param {Env} env
 */
async function ownManifest(env) {
  if (memory.manifest) return memory.manifest;
  const bytes = await readOwnManifest(env);
  if (bytes) memory.manifest = parseOwnManifest(bytes);
  return memory.manifest;
}

/** @param {Env} env */
async function otherManifests(env) {
  memory.others ??= await readOtherManifests(env);
  return memory.others;
}

/** @param {Env} env */
async function installRelease(env) {
  const manifest = await installCore(env, 0);
  await refreshKeptDocuments(env, manifest).catch((error) => env.log("refreshing", error));
  // Without an older worker no tab can be taken by surprise.
  if (!env.hasActiveWorker()) env.skipWaiting().catch(() => {});
}

/**
 * Rejects unless every core file is in the store.
 * @param {Env} env
 * @param {number} activated
 */
async function installCore(env, activated) {
  const bytes = await downloadVerified(env, BUILD);
  const manifest = parseOwnManifest(bytes);
  const core = filesInSets(manifest, ["core"]);
  await downloadIntoStore(env, core, { isBestEffort: false });
  // Looks again: an older worker may have been collecting meanwhile.
  await downloadIntoStore(env, core, { isBestEffort: false });
  await storeOwnManifest(env, bytes, activated);
  memory.manifest = manifest;
  return manifest;
}

/**
 * Installs again after storage was cleared under a living registration.
 * @param {Env} env
 */
function repairRelease(env) {
  memory.repair ??= installCore(env, env.now()).finally(() => {
    memory.repair = null;
  });
  return memory.repair;
}

/**
 * What was kept of older releases is fetched in this release's version.
 * @param {Env} env
 * @param {Manifest} manifest
 */
async function refreshKeptDocuments(env, manifest) {
  const files = [];
  for (const doc of new Set((await storedRecords(env)).map((record) => record.doc))) {
    if (doc === undefined) continue;
    try {
      const found = await findDocument(env, manifest, doc);
      if (found) files.push(...(await fileWithNeeds(env, found)));
    } catch (error) {
      env.log(doc, error);
    }
  }
  await downloadIntoStore(env, files, { isBestEffort: true });
}

/**
 * Pages wait until this has ended, so nothing here may wait for the network.
 * @param {Env} env
 */
async function activateRelease(env) {
  try {
    await pinOpenTabs(env).catch((error) => env.log("pinning", error));
    await env.clients.claim();
    const bytes = await readOwnManifest(env);
    if (bytes) {
      await storeOwnManifest(env, bytes, env.now());
      await collectUnneeded(env, parseOwnManifest(bytes));
    }
  } catch (error) {
    env.log("collecting", error);
  }
  const completed = completeRelease(env).then(() => resumeSaves(env));
  completed.catch((error) => env.log("completing", error));
}

/**
 * The kill switch: forgets everything of this scope, and the registration.
 * @param {Env} env
 */
async function removeWorker(env) {
  for (const kind of KINDS) await env.caches.delete(cacheName(env, kind));
  await env.unregister();
}
