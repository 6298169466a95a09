// What the page does when it is asked: look for a newer release, repair, reset. Each answers with
// the words that say what came of it.

/** A worker that has not answered for so long is not there, in milliseconds. */
const PATIENCE = 60_000;

/**
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T | null>} null once the time is up
 */
function inTime(promise) {
  return Promise.race([promise, new Promise((done) => setTimeout(() => done(null), PATIENCE))]);
}

/**
 * @param {ServiceWorker} worker
 * @returns {Promise<any>} null where it does not answer
 */
function askForRepair(worker) {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((done) => (port1.onmessage = ({ data }) => done(data)));
  worker.postMessage({ type: "inkstone:repair" }, [port2]);
  return inTime(answer).finally(() => port1.close());
}

async function checkForUpdate() {
  const registration = await ownRegistration();
  if (!registration) return words.said.noWorker;
  const updated = await inTime(registration.update().then(() => true));
  if (!updated) return fill(words.said.unreachable, words.unknown);
  try {
    localStorage.setItem(CHECKED, new Date().toISOString());
  } catch {
    // Storage may be forbidden; nothing else depends on it.
  }
  return registration.installing || registration.waiting ? words.said.newer : words.said.current;
}

async function repair() {
  if (root.dataset.worker !== "on" || !navigator.serviceWorker) return words.said.off;
  const registration = await ownRegistration();
  const answer = registration?.active ? await askForRepair(registration.active) : null;
  if (answer) return repaired(answer);
  const worker = await registerAgain();
  const mended = worker && (await askForRepair(worker));
  return mended?.ok ? words.said.again : words.said.silent;
}

/** @param {{ok: boolean, checked?: number, damaged?: number, mended?: number, error?: string}} answer */
function repaired({ ok, checked = 0, damaged = 0, mended = 0, error }) {
  const { said } = words;
  if (error) return fill(said.unreachable, error);
  if (!ok) return fill(said.partly, checked);
  return damaged > 0 ? fill(said.mended, checked, damaged, mended) : fill(said.sound, checked);
}

/** The worker once it is at work; null where that takes too long. */
async function registerAgain() {
  const options = /** @type {const} */ ({ scope, updateViaCache: "none" });
  const registration = await navigator.serviceWorker.register(`${scope}sw.js`, options);
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (!worker) return null;
  return inTime(
    /** @type {Promise<ServiceWorker | null>} */ (
      new Promise((done) => {
        const look = () => {
          if (worker.state === "activated") done(worker);
          if (worker.state === "redundant") done(null);
        };
        worker.addEventListener("statechange", look);
        look();
      })
    ),
  );
}

/**
 * The registration first, or the worker would begin to keep things again.
 */
async function reset() {
  const registration = await ownRegistration();
  await registration?.unregister();
  for (const kind of KINDS) await caches.delete(cacheName(kind));
  await forgetSettings();
  return words.said.reset;
}

/**
 * What is stored under names that all blogs of an origin share goes only where no other blog is
 * seen. The theme stays in any case: it is a choice of colours, and no fault can come of it.
 */
async function forgetSettings() {
  const others = (await caches.keys()).filter((name) => name.startsWith("inkstone:"));
  if (others.length > 0) return;
  try {
    const own = Object.keys(localStorage).filter((key) => key.startsWith("inkstone:"));
    for (const key of own) if (key !== "inkstone:theme") localStorage.removeItem(key);
  } catch {
    // Storage may be forbidden, and then nothing is in it.
  }
}
