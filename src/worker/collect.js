// Deletes what neither this release nor the one before needs, except the last
// version of a document that a reader kept.

/**
 * @param {Env} env
 * @param {Manifest} own
 */
async function collectUnneeded(env, own) {
  // A release being installed has files, but no manifest yet.
  if (env.hasNewerWorker()) return;
  memory.others = (await readOtherManifests(env)).slice(0, 1);
  const kept = [own, ...memory.others];
  const releases = await openCache(env, "releases");
  const keptKeys = kept.map(({ release }) => storeKey(env, `release/${release}`));
  for (const key of await releases.keys()) {
    if (!keptKeys.includes(key.url)) await releases.delete(key);
  }
  const records = await storedRecords(env);
  const needed = new Set();
  for (const { files } of kept) {
    for (const entry of files.values()) {
      needed.add(entry.sha256).add(storedVersion(records, entry)?.sha256);
    }
  }
  for (const sha256 of await storedHashes(env)) {
    if (!needed.has(sha256)) await deleteFile(env, sha256);
  }
}
