// Saving what a reader asks for: one post, several, or everything. A save is a
// record that outlives the worker; what is stored counts, so it goes on where it
// was interrupted, and its progress never falls.

const READ_BACKS = 3;

/**
 * Begins a save, or goes on with one; its end is the promise's.
 * @param {Env} env
 * @param {string} id
 * @returns {Promise<void>}
 */
function runSave(env, id) {
  const running = memory.saves.get(id) ?? runSaveOnce(env, id).finally(() => memory.saves.delete(id));
  memory.saves.set(id, running);
  return running;
}

/**
 * @param {Env} env
 * @param {string} id
 * @param {unknown} paths of documents; all without
 */
async function beginSave(env, id, paths) {
  /** @type {string[] | undefined} */
  let docs;
  if (!/^(all|(post|tag):.+)$/.test(id) || (id === "all") !== !paths) throw new Error("unknown");
  if (paths) {
    const asked = [.../** @type {Iterable<unknown>} */ (paths)].map((path) => findAsked(env, path));
    docs = (await Promise.all(asked)).flatMap(({ entry }) => entry.doc ?? []);
  }
  await changeSave(env, id, (save) => {
    const isOn = save.state === "running" || save.state === "paused";
    Object.assign(save, { docs, state: "running", release: BUILD.release, error: undefined });
    // What an earlier, finished save brought is not for this one to roll back.
    if (!isOn || !save.token) save.token = `${id} ${env.now()}`;
  }, true);
  // One that was paused a moment ago may still be ending.
  await memory.saves.get(id)?.catch(() => {});
  await runSave(env, id);
}

/**
 * @param {Env} env
 * @param {string} id
 */
async function pauseSave(env, id) {
  const save = await changeSave(env, id, (save) => {
    if (save.state === "running") save.state = "paused";
  });
  if (!save) throw new Error("unknown");
}

/**
 * Saves that were interrupted, and those of everything where there is more now.
 * @param {Env} env
 */
async function resumeSaves(env) {
  for (const [id, { state, docs, release }] of Object.entries(await readRecord(env, "saves"))) {
    const isBehind = state === "saved" && !docs && release !== BUILD.release;
    const resumed = state === "running" ? runSave(env, id) : isBehind && beginSave(env, id, docs);
    // One that can't end must not stop the others.
    if (resumed) await resumed.catch((error) => env.log(id, error));
  }
}

/**
 * @param {Env} env
 * @param {string} id
 */
async function runSaveOnce(env, id) {
  try {
    await fetchSave(env, id);
  } catch (error) {
    if (isQuotaError(error)) await rollBack(env, id).catch((more) => env.log(id, more));
    await changeSave(env, id, (save) => {
      save.error = isQuotaError(error) ? "quota" : messageOf(error);
      // Without room it would fail again; all else may come with the network.
      if (isQuotaError(error)) Object.assign(save, { state: "failed", done: 0 });
    }).catch((more) => env.log(id, more));
    throw error;
  }
}

/**
 * Deletes what an unfinished save stored, except what others hold.
 * @param {Env} env
 * @param {string} id
 */
async function rollBack(env, id) {
  const saves = await readRecord(env, "saves");
  const own = await ownManifest(env);
  const held = new Set();
  for (const [other, { docs, state }] of Object.entries(saves)) {
    if (!own || other === id || state !== "saved") continue;
    for (const { sha256 } of (await filesToSave(env, own, docs)).files) held.add(sha256);
  }
  for (const { sha256, save } of await storedRecords(env)) {
    if (save && save === saves[id]?.token && !held.has(sha256)) await deleteFile(env, sha256);
  }
}

/**
 * @param {Env} env
 * @param {string} id
 */
async function fetchSave(env, id) {
  const own = (await ownManifest(env)) ?? (await repairRelease(env));
  const first = (await readRecord(env, "saves"))[id];
  if (first?.state !== "running") return;
  const { token: save } = first;
  const { files, lists } = await filesToSave(env, own, first.docs);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let isStopped = false;
  const missed = new Set(files.map(({ sha256 }) => sha256));
  const report = async (/** @type {Iterable<string>} */ hashes) => {
    for (const sha256 of hashes) missed.delete(sha256);
    const done = files.reduce((sum, { sha256, size }) => sum + (missed.has(sha256) ? 0 : size), 0);
    const job = await changeSave(env, id, (job) => {
      Object.assign(job, { total, error: undefined, done: Math.max(done, job.total === total ? job.done ?? 0 : 0) });
    });
    isStopped = job?.state !== "running";
  };
  await report(await storedHashes(env));
  for (let round = 0; round < READ_BACKS && !isStopped; round += 1) {
    await downloadIntoStore(env, files, {
      isBestEffort: true,
      lists,
      save,
      isStopped: () => isStopped,
      onStored: (entries) => report(entries.map(({ sha256 }) => sha256)),
    });
    if (isStopped) return;
    const broken = [];
    for (const entry of files) if (!(await readIntact(env, entry))) broken.push(entry);
    if (isStopped) return;
    if (broken.length === 0) {
      await changeSave(env, id, (job) => {
        Object.assign(job, { state: "saved", done: total, time: env.now(), error: undefined });
      });
      return;
    }
  }
  if (!isStopped) throw new Error("incomplete");
}

/**
 * Documents with their pictures; all with the lists of posts and the search.
 * @param {Env} env
 * @param {Manifest} own
 * @param {string[] | undefined} docs
 */
async function filesToSave(env, own, docs) {
  /** @type {List[]} */
  const lists = [own];
  /** @type {Map<string, FileEntry>} */
  const files = new Map();
  const addAll = async (/** @type {FileEntry} */ entry) => {
    const all = await fileWithNeeds(env, { entry, manifest: own });
    for (const each of all) files.set(each.sha256, each);
  };
  if (docs) {
    for (const doc of docs) {
      const found = await findDocument(env, own, doc);
      if (found) await addAll(found.entry);
    }
    return { files: [...files.values()], lists };
  }
  // The other lists have only pages.
  const dataLists = own.lists.filter(([start]) => /^(data|$)/.test(start));
  const listed = dataLists.flatMap(([, contents]) => contents);
  // A few at a time; then one by one from the store.
  await downloadIntoStore(env, listed.map(listEntry), { isBestEffort: false });
  for (const content of listed) {
    const list = await openList(env, content, true);
    if (list) lists.push(list);
  }
  for (const entry of lists.flatMap(dataFiles)) await addAll(entry);
  return { files: [...files.values()], lists };
}

/**
 * Every change is told to the open pages. Undefined, and nothing is changed,
 * where there is no such save, or no longer.
 * @param {Env} env
 * @param {string} id
 * @param {(save: Save) => void} change
 * @param {boolean} [mayBegin]
 */
async function changeSave(env, id, change, mayBegin = false) {
  /** @type {Save | undefined} */
  let save;
  await changeRecord(env, "saves", (saves) => {
    const begun = mayBegin ? /** @type {Save} */ ({ state: "paused" }) : undefined;
    save = Object.hasOwn(saves, id) ? saves[id] : begun;
    if (save) change((saves[id] = save));
  });
  if (save) await tellPages(env, () => ({ type: "inkstone:progress", id, .../** @type {Save} */ (save) }));
  return save;
}
