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
  const kept = [];
  for (const [path, entry] of (await ownManifest(env))?.files ?? []) {
    const version = entry.doc !== undefined && storedVersion(records, entry);
    if (!version) continue;
    const stale = version.sha256 !== entry.sha256;
    kept.push({ path, doc: entry.doc, size: version.size, stale });
  }
  return { release: BUILD.release, ready, kept, bytes };
}

/**
 * A document by its path in any release, in this release's version.
 * @param {Env} env
 * @param {string} path
 */
async function findDocument(env, path) {
  const found = await findFile(env, path);
  const doc = found?.entry.doc;
  if (!found || doc === undefined) throw new Error("unknown");
  const currentPath = (await ownManifest(env))?.docs.get(doc);
  return (currentPath !== undefined && (await findFile(env, currentPath))) || found;
}

/**
 * @param {Env} env
 * @param {string} path
 */
async function keepDocument(env, path) {
  const found = await findDocument(env, path);
  await downloadIntoStore(env, [[found.path, found.entry]], false);
  // The words are saved; that a picture is missing must not undo it.
  await downloadIntoStore(env, fileWithNeeds(found.manifest, found.path), true).catch(() => {});
}

/**
 * All versions, or the next release would fetch the document again.
 * @param {Env} env
 * @param {string} path
 */
async function forgetDocument(env, path) {
  const { entry, manifest } = await findDocument(env, path);
  const core = filesInSets(manifest, ["core"]);
  if (core.some(([, { sha256 }]) => sha256 === entry.sha256)) throw new Error("core");
  for (const { doc, sha256 } of await storedRecords(env)) {
    if (doc === entry.doc) await deleteFile(env, sha256);
  }
}
