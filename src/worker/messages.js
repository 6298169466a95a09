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
        return await reportStatus(env, message);
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
        await (message.all ? forgetAll(env) : forgetDocument(env, message.path));
        break;
      case "inkstone:started":
        await noteStart(env, message.release, true);
        break;
      case "inkstone:failed":
        await noteStart(env, message.release, false);
        // Perhaps for a file that is damaged: everything is read back, and fetched again.
        await completeRelease(env);
        break;
      case "inkstone:repair":
        return await repairStore(env);
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

/**
 * @param {Env} env
 * @param {{ release?: unknown, list?: unknown }} asked
 * @returns {Promise<Status>}
 */
async function reportStatus(env, { release: since, list }) {
  const ready = await isReleaseReady(env);
  const records = await storedRecords(env);
  const bytes = records.reduce((sum, { size }) => sum + size, 0);
  const kept = list ? await keptDocuments(env, records) : [];
  const news = await newsSince(env, since, false);
  // The saves last, or one that is begun meanwhile would be told as none.
  return { release: await releaseToBegin(env), ready, kept, bytes, news, saves: await readRecord(env, "saves") };
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
    const { path, set, needs = [] } = found?.entry ?? { ...version, set: undefined, needs: [] };
    let { size } = version;
    for (const need of needs) {
      const picture = own && (await findIn(env, own, need, false));
      if (records.some((record) => record.sha256 === picture?.entry.sha256)) size += picture?.entry.size ?? 0;
    }
    kept.push({ path, doc, size, time: version.time, fixed: !!set && set !== "demand" });
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
 * All versions, or the next release would fetch the document again; with the
 * pictures that no other kept document shows.
 * @param {Env} env
 * @param {unknown} path
 */
async function forgetDocument(env, path) {
  const found = await findAsked(env, path);
  const { entry, manifest } = found;
  const own = await ownManifest(env);
  const needed = new Set();
  for (const { sha256 } of filesInSets(own ?? manifest, ["core", "ahead"])) needed.add(sha256);
  if (entry.set !== "demand") throw new Error("core");
  await endSaves(env, ({ docs }) => !docs || docs.includes(entry.doc ?? ""));
  const records = await storedRecords(env);
  for (const { doc } of records) {
    const other = own && doc !== undefined && doc !== entry.doc && (await findDocument(env, own, doc, false));
    for (const { sha256 } of other ? await fileWithNeeds(env, other) : []) needed.add(sha256);
  }
  for (const { doc, sha256 } of records) if (doc === entry.doc) await deleteFile(env, sha256);
  for (const { sha256, path } of await fileWithNeeds(env, found).catch(() => [])) {
    if (path !== entry.path && !needed.has(sha256)) await deleteFile(env, sha256);
  }
}

/**
 * Before their files are deleted, or a save that runs would fetch them again.
 * @param {Env} env
 * @param {(save: Save) => boolean} isEnded
 */
async function endSaves(env, isEnded) {
  /** @type {(Promise<void> | undefined)[]} */
  const ending = [];
  await changeRecord(env, "saves", (saves) => {
    for (const [id, save] of Object.entries(saves)) {
      if (!isEnded(save)) continue;
      delete saves[id];
      ending.push(memory.saves.get(id));
    }
  });
  await Promise.allSettled(ending);
}

/**
 * All that is not of the core or fetched ahead.
 * @param {Env} env
 */
async function forgetAll(env) {
  await endSaves(env, () => true);
  const own = await ownManifest(env);
  const manifests = [...(own ? [own] : []), ...(await otherManifests(env))];
  const entries = manifests.flatMap((manifest) => filesInSets(manifest, ["core", "ahead"]));
  const needed = new Set(entries.map(({ sha256 }) => sha256));
  for (const sha256 of await storedHashes(env)) if (!needed.has(sha256)) await deleteFile(env, sha256);
}
