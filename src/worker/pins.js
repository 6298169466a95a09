// Which release a tab gets. A tab keeps the one it began with, also when a newer
// worker takes over; a release that twice failed to start gives way to the one
// before.

const STRIKES = 2;

/**
 * The manifest for a tab's requests, or for a tab that begins (no id); null
 * when storage was cleared.
 * @param {Env} env
 * @param {string} [client]
 */
async function manifestFor(env, client) {
  const own = await ownManifest(env);
  const release = client ? (await pinned(env))[client] : await releaseToBegin(env);
  if (!own || !release || release === BUILD.release) return own;
  return (await otherManifests(env)).find((other) => other.release === release) ?? own;
}

/** @param {Env} env */
async function pinned(env) {
  memory.pins ??= await readRecord(env, "pins");
  return memory.pins;
}

/**
 * The one that was at work before this one; not one that only waited.
 * @param {Env} env
 */
async function releaseBefore(env) {
  return (await otherManifests(env)).find(({ activated }) => activated > 0);
}

/** @param {Env} env */
async function releaseToBegin(env) {
  memory.strikes ??= await readRecord(env, "strikes");
  const hasFailed = (/** @type {string} */ release) => (memory.strikes?.[release] ?? 0) >= STRIKES;
  if (!hasFailed(BUILD.release)) return BUILD.release;
  const before = await releaseBefore(env);
  return before && !hasFailed(before.release) ? before.release : BUILD.release;
}

/**
 * Written only where it is not this release: that is what a tab without a pin
 * has. Tabs that are gone are forgotten.
 * @param {Env} env
 * @param {string[]} clients
 * @param {string | undefined} release
 */
async function pinClients(env, clients, release) {
  if (!release || release === BUILD.release || clients.length === 0) return;
  const open = await env.clients.matchAll({ type: "window", includeUncontrolled: true });
  const isOpen = new Set([...open.map(({ id }) => id), ...clients]);
  await changeRecord(env, "pins", (pins) => {
    for (const id of Object.keys(pins)) if (!isOpen.has(id)) delete pins[id];
    for (const id of clients) pins[id] ??= release;
    memory.pins = pins;
  });
}

/**
 * Tabs that are open when this release takes over stay with the one before.
 * @param {Env} env
 */
async function pinOpenTabs(env) {
  const before = await releaseBefore(env);
  const tabs = await env.clients.matchAll({ type: "window" });
  await pinClients(env, tabs.map(({ id }) => id), before?.release);
}

/**
 * A page says that it started, or that it could not.
 * @param {Env} env
 * @param {unknown} release
 * @param {boolean} hasStarted
 */
async function noteStart(env, release, hasStarted) {
  if (typeof release !== "string" || !/^[0-9a-f]{16}$/.test(release)) throw new Error("unknown");
  await changeRecord(env, "strikes", (strikes) => {
    const before = strikes[release] ?? 0;
    for (const other of Object.keys(strikes)) {
      if (other !== BUILD.release && other !== release) delete strikes[other];
    }
    strikes[release] = hasStarted ? 0 : before + 1;
    memory.strikes = strikes;
  });
}
