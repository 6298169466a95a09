// The life of a release: installed as a whole, repaired, taking over, removed.

const OLDER_MILLISECONDS = 3_600_000;

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
  await refuseOlder(env);
  const manifest = await installCore(env, 0);
  const refreshed = withDeadline(env, STALL_MILLISECONDS, refreshKeptDocuments(env, manifest));
  await refreshed.catch((error) => env.log("keep", error));
  // No tab is taken by surprise: it stays with the release that it began with.
  env.skipWaiting().catch(() => {});
}

/**
 * A host's edges may alternate between old files and new ones. What is older than
 * the release at work has to wait, but not for ever: it may be meant so, or the
 * clock of an author was wrong.
 * @param {Env} env
 */
async function refuseOlder(env) {
  const { number = 0, time = 0, release = "" } = await readRecord(env, "newest");
  const strikes = await readRecord(env, "strikes");
  const isRecent = Math.abs(env.now() - time) < OLDER_MILLISECONDS;
  if (BUILD.number >= number || !isRecent || (strikes[release] ?? 0) >= STRIKES) return;
  const error = new Error(`number ${BUILD.number} is older than ${number} of ${release}`);
  env.log(BUILD.release, error);
  throw error;
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
 * The one that this one takes the place of.
 * @param {Env} env
 */
async function releaseAtWork(env) {
  return (await readRecord(env, "newest")).release ?? (await releaseBefore(env))?.release;
}

/**
 * Pages wait until this has ended, so nothing here may wait for the network.
 * @param {Env} env
 */
async function activateRelease(env) {
  const before = await releaseAtWork(env).catch((error) => env.log("pins", error));
  try {
    await pinOpenTabs(env, before || BUILD.release);
    await env.clients.claim();
    // What had no worker comes from the network as it is now.
    await pinOpenTabs(env, BUILD.release);
    const { release, number } = BUILD;
    await changeRecord(env, "newest", (newest) => Object.assign(newest, { release, number, time: env.now() }));
    const bytes = await readOwnManifest(env);
    if (bytes) {
      await storeOwnManifest(env, bytes, env.now());
      await collectUnneeded(env, parseOwnManifest(bytes));
    }
  } catch (error) {
    env.log("activate", error);
  }
  tellNews(env, before || "").catch((error) => env.log("release", error));
  const completed = completeRelease(env).then(() => resumeSaves(env));
  completed.catch((error) => env.log("ahead", error));
}

/**
 * The kill switch: forgets everything of this scope, and the registration.
 * @param {Env} env
 */
async function removeWorker(env) {
  for (const kind of KINDS) await env.caches.delete(cacheName(env, kind));
  await env.unregister();
}
