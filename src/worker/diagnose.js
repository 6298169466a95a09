// What a diagnostics page shows, and what it offers: repair and reset.

const ERRORS = 20;

/**
 * Never fails: it is called where something failed already.
 * @param {Env} env
 * @param {string} message
 * @param {unknown} error
 */
function noteError(env, message, error) {
  const text = `${message}: ${messageOf(error)}`;
  const noted = changeRecord(env, "errors", (errors) => {
    errors.last = [{ time: env.now(), text }, ...(errors.last ?? [])].slice(0, ERRORS);
  });
  noted.catch(() => {});
}

/**
 * @param {Env} env
 * @returns {Promise<State>}
 */
async function reportState(env) {
  const caches = [];
  for (const kind of KINDS) {
    const responses = await (await openCache(env, kind)).matchAll();
    const sizes = responses.map(async (response) => recordOf(response)?.size ?? (await response.blob()).size);
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    caches.push({ name: cacheName(env, kind), count: responses.length, bytes });
  }
  const releases = await (await openCache(env, "releases")).matchAll();
  const { last = [] } = await readRecord(env, "errors");
  return {
    ...(await reportStatus(env)),
    releases: releases.map(recordOf),
    caches,
    pins: await pinned(env),
    strikes: await readRecord(env, "strikes"),
    errors: last,
    checked: (await readRecord(env, "checked")).time,
    estimate: await env.estimate(),
  };
}

/**
 * Asks the host for a newer release.
 * @param {Env} env
 */
async function checkForUpdate(env) {
  await env.update();
  const time = env.now();
  await changeRecord(env, "checked", (checked) => void (checked.time = time));
  return { ok: true, checked: time, waiting: env.hasNewerWorker() };
}

/**
 * Reads everything back, and fetches what is damaged or missing again.
 * @param {Env} env
 */
async function repairStore(env) {
  const damaged = [];
  const records = await storedRecords(env);
  for (const record of records) if (!(await readIntact(env, record))) damaged.push(record);
  await downloadIntoStore(env, damaged, { isBestEffort: true });
  const isReady = await completeRelease(env);
  const present = await storedHashes(env);
  const mended = damaged.filter(({ sha256 }) => present.has(sha256));
  return { ok: isReady, checked: records.length, damaged: damaged.length, mended: mended.length };
}
