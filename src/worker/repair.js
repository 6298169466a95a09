// What went wrong, for the diagnostics page, and mending the store. The page reads the caches
// itself, so that it works where the worker does not.

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
  const isMended = mended.length === damaged.length;
  // What is saved is fetched again as soon as it can be had.
  if (!isMended) {
    await changeRecord(env, "saves", (saves) => {
      for (const save of Object.values(saves)) {
        if (save.state === "saved") Object.assign(save, { state: "running", done: 0 });
      }
    });
  }
  return { ok: isReady && isMended, checked: records.length, damaged: damaged.length, mended: mended.length };
}
