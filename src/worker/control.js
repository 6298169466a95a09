// Small records that outlive the worker, each as JSON in a cache of its own. A
// record that is lost or damaged is begun anew.

/**
 * @template {keyof Records} K
 * @param {Env} env
 * @param {K} name
 * @returns {Promise<Records[K]>}
 */
async function readRecord(env, name) {
  const stored = await (await openCache(env, "control")).match(storeKey(env, name));
  const value = await stored?.json().catch(() => null);
  return value && typeof value === "object" ? value : {};
}

/**
 * One change at a time, or two would undo each other; the lock is for a worker
 * that takes over while the older one has something to finish.
 * @template {keyof Records} K
 * @param {Env} env
 * @param {K} name
 * @param {(record: Records[K]) => unknown} change
 */
function changeRecord(env, name, change) {
  const changed = memory.control.then(() => env.lock(cacheName(env, "control"), async () => {
    const record = await readRecord(env, name);
    await change(record);
    const cache = await openCache(env, "control");
    await cache.put(storeKey(env, name), new Response(JSON.stringify(record)));
  }));
  memory.control = changed.catch(() => {});
  return changed;
}
