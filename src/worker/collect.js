// Deletes what neither this release nor the one before needs, except the last
// version of a document that a reader kept.

/**
 * @param {Env} env
 * @param {Manifest} own
 */
async function collectUnneeded(env, own) {
  // A release being installed has files, but no manifest yet.
  if (env.hasNewerWorker()) return;
  const open = await env.clients.matchAll({ type: "window", includeUncontrolled: true });
  const pins = await readRecord(env, "pins");
  const held = new Set(open.map(({ id }) => pins[id]));
  const others = await readOtherManifests(env);
  const strikes = await readRecord(env, "strikes");
  // The last one that starts, or there would be nothing to give way to.
  const isGood = (/** @type {Manifest} */ { release }) => (strikes[release] ?? 0) < STRIKES;
  const before = others.find((other) => other.activated > 0 && isGood(other)) ?? others[0];
  memory.others = others.filter((other) => other === before || held.has(other.release));
  const kept = [own, ...memory.others];
  const releases = await openCache(env, "releases");
  const keptKeys = kept.map(({ release }) => storeKey(env, `release/${release}`));
  for (const key of await releases.keys()) {
    if (!keptKeys.includes(key.url)) await releases.delete(key);
  }
  const records = await storedRecords(env);
  const needed = new Set();
  for (const manifest of kept) {
    for (const sha256 of await neededBy(env, manifest, records)) needed.add(sha256);
  }
  for (const sha256 of await storedHashes(env)) {
    if (!needed.has(sha256)) await deleteFile(env, sha256);
  }
}

/**
 * What a list says that is not stored cannot be known: all it may name is needed.
 * @param {Env} env
 * @param {Manifest} manifest
 * @param {FileRecord[]} records the newest first
 */
async function neededBy(env, manifest, records) {
  const needed = manifest.lists.flatMap(([, contents]) => contents.map(([sha256]) => sha256));
  for (const entry of manifest.files.values()) {
    needed.push(entry.sha256, storedVersion(records, entry)?.sha256 ?? "");
  }
  for (const record of records) {
    const found = await findIn(env, manifest, record.path, false);
    if (found !== null) needed.push((found?.entry ?? record).sha256);
    if (record.doc === undefined) continue;
    const document = await findDocument(env, manifest, record.doc, false);
    if (document !== null) {
      needed.push(storedVersion(records, document?.entry ?? { ...record, sha256: "" })?.sha256 ?? "");
    }
  }
  return needed;
}
