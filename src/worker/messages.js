// What pages may ask of the worker.

/**
 * Never rejects; null answers what is not known.
 * @param {Env} env
 * @param {any} message
 */
async function answerMessage(env, message) {
  try {
    switch (message?.type) {
      case "inkstone:status":
        return await reportStatus(env);
      case "inkstone:keep":
        await keepDocument(env, message.path);
        break;
      case "inkstone:save":
        await beginSave(env, `${message.id}`, message.paths);
        break;
      case "inkstone:pause":
        await pauseSave(env, `${message.id}`);
        break;
      case "inkstone:forget":
        await forgetDocument(env, message.path);
        break;
      case "inkstone:activate":
        env.skipWaiting().catch(() => {});
        break;
      case "inkstone:ahead":
        if (!(await completeRelease(env))) throw new Error("incomplete");
        break;
      default:
        return null;
    }
    return { ok: true };
  } catch (error) {
    env.log(message.type, error);
    return { ok: false, error: isQuotaError(error) ? "quota" : messageOf(error) };
  }
}

/** @param {Env} env */
async function reportStatus(env) {
  const ready = await isReleaseReady(env);
  const records = await storedRecords(env);
  const bytes = records.reduce((sum, { size }) => sum + size, 0);
  const kept = await keptDocuments(env, records);
  return { release: BUILD.release, ready, kept, bytes, saves: await readRecord(env, "saves") };
}

/**
 * @param {Env} env
 * @param {FileRecord[]} records the newest first
 */
async function keptDocuments(env, records) {
  const own = await ownManifest(env);
  const kept = [];
  for (const doc of new Set(records.map((record) => record.doc))) {
    if (!own || doc === undefined) continue;
    const found = await findDocument(env, own, doc, false);
    const version = found !== null && storedVersion(records, found?.entry ?? { sha256: "", doc });
    if (!version) continue;
    // Where the list is not at hand, nothing says that there is a newer one.
    const { path, sha256 } = found?.entry ?? version;
    kept.push({ path, doc, size: version.size, stale: version.sha256 !== sha256 });
  }
  return kept;
}

/**
 * A document by its path in any release, in this release's version.
 * @param {Env} env
 * @param {unknown} path
 */
async function findAsked(env, path) {
  const found = typeof path === "string" && (await findFile(env, path));
  if (!found || found.entry.doc === undefined) throw new Error("unknown");
  const own = await ownManifest(env);
  return (own && (await findDocument(env, own, found.entry.doc))) ?? found;
}

/**
 * @param {Env} env
 * @param {unknown} path
 */
async function keepDocument(env, path) {
  const found = await findAsked(env, path);
  await downloadIntoStore(env, [found.entry], { isBestEffort: false });
  // The words are saved; that a picture is missing must not undo it.
  const files = fileWithNeeds(env, found);
  await files.then((all) => downloadIntoStore(env, all, { isBestEffort: true })).catch(() => {});
}

/**
 * All versions, or the next release would fetch the document again.
 * @param {Env} env
 * @param {unknown} path
 */
async function forgetDocument(env, path) {
  const { entry, manifest } = await findAsked(env, path);
  const core = filesInSets(manifest, ["core"]);
  if (core.some(({ sha256 }) => sha256 === entry.sha256)) throw new Error("core");
  for (const { doc, sha256 } of await storedRecords(env)) {
    if (doc === entry.doc) await deleteFile(env, sha256);
  }
}
