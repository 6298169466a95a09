// Which release a tab gets. Its page was answered from one release, and so is all
// that the page asks for, whichever worker is at work by then; a release that
// twice failed to start gives way to the one before.

const STRIKES = 2;

// Instead of a release: a page from the network as it is, which may be of any.
const NETWORK = "network";

// A tab that begins is not among the open ones yet, so the newest pins stay.
const NEWEST_PINS = 50;

/**
 * The manifest for a tab's requests, or for a tab that begins (no id). None when
 * storage was cleared, or the tab's page is of no release that is stored.
 * @param {Env} env
 * @param {string} [client]
 */
async function manifestFor(env, client) {
  const own = await ownManifest(env);
  const release = client ? await releaseOf(env, client) : await releaseToBegin(env);
  if (release === BUILD.release) return own;
  const other = (await otherManifests(env)).find((other) => other.release === release);
  return other ?? (client ? null : own);
}

/**
 * A worker that answers a navigation says of which release the answer was, before
 * the page can ask for more, and a worker that takes over says it of all others.
 * So a tab that is not known here is looked up: an older worker may have answered
 * it in the meantime. Only where the record was lost is it taken for this one's.
 * @param {Env} env
 * @param {string} client
 */
async function releaseOf(env, client) {
  if (!memory.pins?.[client]) memory.pins = { ...memory.pins, ...(await readRecord(env, "pins")) };
  return (memory.pins[client] ??= BUILD.release);
}

/**
 * Never rejects: a page is answered also where it can't be noted.
 * @param {Env} env
 * @param {string[]} clients
 * @param {string} release
 * @param {boolean} isNew whether the clients begin with it; else pins they have stay
 */
async function pinClients(env, clients, release, isNew) {
  // At least for as long as this worker lives.
  const pin = (/** @type {Record<string, string>} */ pins) => {
    for (const id of clients) if (isNew || !pins[id]) pins[id] = release;
    return pins;
  };
  if (memory.pins) pin(memory.pins);
  const pinned = changeRecord(env, "pins", async (pins) => {
    const old = Object.keys(pins).slice(0, -NEWEST_PINS);
    if (old.length > 0) {
      const open = await env.clients.matchAll({ type: "window", includeUncontrolled: true });
      for (const id of old) if (!open.some((client) => client.id === id)) delete pins[id];
    }
    memory.pins = { ...memory.pins, ...pin(pins) };
  });
  await withDeadline(env, NAVIGATION_MILLISECONDS, pinned).catch((error) => env.log("pins", error));
}

/**
 * Tabs under this worker that have no pin yet.
 * @param {Env} env
 * @param {string} release
 */
async function pinOpenTabs(env, release) {
  const tabs = await env.clients.matchAll({ type: "window" });
  await pinClients(env, tabs.map(({ id }) => id), release, false);
}

/**
 * The one that was at work before this one; not one that was only installed.
 * @param {Env} env
 */
async function releaseBefore(env) {
  return (await otherManifests(env)).find(({ activated }) => activated > 0);
}

/** @param {Env} env */
async function strikesOf(env) {
  memory.strikes ??= await readRecord(env, "strikes");
  return memory.strikes;
}

/** @param {Env} env */
async function releaseToBegin(env) {
  const strikes = await strikesOf(env);
  const hasFailed = (/** @type {string} */ release) => (strikes[release] ?? 0) >= STRIKES;
  if (!hasFailed(BUILD.release)) return BUILD.release;
  const good = (await otherManifests(env)).find((other) => other.activated > 0 && !hasFailed(other.release));
  return good?.release ?? BUILD.release;
}

/**
 * A page says that it started, or that it could not.
 * @param {Env} env
 * @param {any} release
 * @param {boolean} hasStarted
 */
async function noteStart(env, release, hasStarted) {
  const known = [BUILD.release, ...(await otherManifests(env)).map((other) => other.release)];
  if (!known.includes(release)) throw new Error("unknown");
  await changeRecord(env, "strikes", (strikes) => {
    const before = strikes[release] ?? 0;
    for (const other of Object.keys(strikes)) if (!known.includes(other)) delete strikes[other];
    strikes[release] = hasStarted ? 0 : before + 1;
    memory.strikes = strikes;
  });
}
