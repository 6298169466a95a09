// Gathers the globals into `env`, which no other file touches, and hands events on.

/**
 * @param {ServiceWorkerGlobalScope} worker
 * @returns {Env}
 */
function environmentOf(worker) {
  const { registration } = worker;
  /** @type {Env} */
  const env = {
    caches: worker.caches,
    crypto: worker.crypto,
    clients: worker.clients,
    scope: registration.scope,
    fetch: (input, init) => worker.fetch(input, init),
    skipWaiting: () => worker.skipWaiting(),
    unregister: () => registration.unregister(),
    hasNewerWorker: () => registration.installing !== null || registration.waiting !== null,
    now: () => Date.now(),
    setTimeout: (callback, milliseconds) => worker.setTimeout(callback, milliseconds),
    clearTimeout: (timer) => worker.clearTimeout(timer),
    update: () => registration.update(),
    lock: (name, run) => worker.navigator.locks?.request(name, run) ?? run(),
    setBadge: (count) => worker.navigator.setAppBadge?.(count) ?? Promise.resolve(),
    log: (message, error) => {
      console.warn(`inkstone: ${message}`, error);
      noteError(env, message, error);
    },
  };
  return env;
}

/**
 * @param {ServiceWorkerGlobalScope} worker
 * @param {Env} env
 */
function startServing(worker, env) {
  worker.addEventListener("install", (event) => event.waitUntil(installRelease(env)));
  worker.addEventListener("activate", (event) => event.waitUntil(activateRelease(env)));
  worker.addEventListener("fetch", (event) => {
    const path = requestedPath(env, event.request);
    if (path === null) return;
    const keepAlive = (/** @type {Promise<unknown>} */ promise) =>
      event.waitUntil(promise.catch((error) => env.log("later", error)));
    const client = event.resultingClientId || event.clientId;
    event.respondWith(respond(env, { request: event.request, path, client, keepAlive }));
  });
  worker.addEventListener("periodicsync", (/** @type {any} */ event) => event.waitUntil(env.update()));
  worker.addEventListener("message", (event) => {
    const { source } = event;
    // Only pages below our scope; another blog may share the origin.
    if (!source || !("url" in source) || !source.url.startsWith(env.scope)) return;
    const answered = answerMessage(env, event.data).then((answer) => {
      if (answer) event.ports[0]?.postMessage(answer);
      // After the answer, for which a page waits.
      return event.data?.type === "inkstone:ahead" ? resumeSaves(env) : null;
    });
    event.waitUntil(answered.catch((error) => env.log("saves", error)));
  });
}

{
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
  const env = environmentOf(worker);
  if (BUILD.mode === "remove") {
    // Without a listener for fetch, requests go past the worker.
    worker.addEventListener("install", (event) => event.waitUntil(env.skipWaiting()));
    worker.addEventListener("activate", (event) => event.waitUntil(removeWorker(env)));
  } else {
    startServing(worker, env);
  }
}
