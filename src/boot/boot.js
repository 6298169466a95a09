// Starts the app after the page has been painted. Reading needs none of this: the page is whole
// without it.
//
// 1. A Trusted Types policy: of all that a browser would parse or run, only the service worker's
//    script is let through, and structured data, which is JSON. The app makes its elements one by one, never of HTML.
// 2. After the first paint, at low priority: the app's module, its wasm, which release is the
//    current one, and the whole style sheet.
// A failure leaves the page as it is and says so in <html data-app="failed">; links are then the
// browser's again.

/** After so many milliseconds the app asks itself which release is the current one. */
const PATIENCE = 3_000;

/** Before what did not come is asked for once more, in milliseconds. */
const PAUSE = 1_500;

/** The background looks for a new release at most as often, in milliseconds. */
const LOOK_AFTER = 12 * 3_600_000;

const root = document.documentElement;
const base = root.dataset.base ?? "/";

/**
 * A script that only holds data, which no browser runs: JSON of schema.org.
 * @param {string} text
 */
function checkedScript(text) {
  const data = JSON.parse(text);
  if (data["@context"] !== "https://schema.org") throw new TypeError("refused as a script");
  return text;
}

/** @param {string} url */
function checkedScriptUrl(url) {
  const { origin, pathname } = new URL(url, document.baseURI);
  if (origin !== location.origin || pathname !== `${base}sw.js`) {
    throw new TypeError(`refused as a script: ${url}`);
  }
  return url;
}

// Where a browser has no such thing, a post may have an element of that id.
/** @type {any} */ (window).trustedTypes?.createPolicy?.("default", {
  createScript: checkedScript,
  createScriptURL: checkedScriptUrl,
});

/** A hidden page is never painted, and some browsers paint late. */
function painted() {
  return new Promise((done) => {
    if (document.hidden) done(0);
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 1000);
  });
}

/** Which catalogue is the current one; the app asks again where this fails. */
async function findRelease() {
  const signal = AbortSignal.timeout?.(PATIENCE);
  const response = await fetch(`${base}release.json`, { cache: "no-cache", signal });
  const { release, catalogue } = await response.json();
  Object.assign(root.dataset, { release, catalogue });
  preload(base + catalogue);
}

/** @param {string} url */
function preload(url) {
  const link = document.createElement("link");
  Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", fetchPriority: "low" });
  link.href = url;
  document.head.append(link);
}

/**
 * The styles of other pages, and of paper; those of this one are in it. No other page may take its
 * place without them.
 * @param {string} url
 */
function applyStyle(url) {
  return new Promise((onload, onerror) => {
    const link = document.createElement("link");
    Object.assign(link, { id: "style", rel: "stylesheet", fetchPriority: "low", href: url });
    Object.assign(link, { onload, onerror });
    document.head.append(link);
  });
}

/** The browser's bar has the colour of the theme that the reader chose. */
function colourBar() {
  const { theme } = root.dataset;
  for (const name of ["light", "dark"]) {
    const system = `(prefers-color-scheme: ${name})`;
    /** @type {HTMLMetaElement | null} */
    const meta = document.querySelector(`meta[name=theme-color][data-theme=${name}]`);
    if (meta) meta.media = !theme || theme === "system" ? system : theme === name ? "all" : "not all";
  }
}

/**
 * All that the app needs before it can begin; answers with what begins it.
 * @param {Record<"module" | "wasm" | "style" | "needs", string>} names
 */
async function load({ module, wasm, style, needs }) {
  const code = fetch(wasm, { priority: "low" });
  const release = findRelease().catch(() => {});
  const styled = applyStyle(style);
  needs.split(" ").filter(Boolean).forEach(preload);
  const [app, response] = await Promise.all([import(module), code, styled, release]);
  if (!response.ok) throw new Error(`${wasm}: HTTP ${response.status}`);
  return () => app.default({ module_or_path: response });
}

async function start() {
  const { module, wasm, style, needs } = document.getElementById("boot")?.dataset ?? {};
  if (!module || !wasm || !style) return;
  await painted();
  delete root.dataset.opening;
  const names = { module, wasm, style, needs: needs ?? "" };
  const begin = await load(names).catch(async () => {
    await new Promise((done) => setTimeout(done, PAUSE));
    return load(names);
  });
  // Not once more: a module that traps would do so again.
  await begin();
}

/**
 * A release that fails to start twice gives way to the one before; the worker counts.
 * @param {"started" | "failed"} what
 */
function tellWorker(what) {
  const { release } = root.dataset;
  const worker = navigator.serviceWorker?.controller;
  // A worker of a blog above this one may control the page until ours does.
  if (worker?.scriptURL === `${location.origin}${base}sw.js`) {
    worker.postMessage({ type: `inkstone:${what}`, release });
  }
}

/** The app is at work: what the worker does besides answering begins. */
async function started() {
  tellWorker("started");
  // The reader sees now what the badge counted.
  const { clearAppBadge } = /** @type {any} */ (navigator);
  await clearAppBadge?.call(navigator);
  /** @type {any} */
  const registration = await navigator.serviceWorker?.getRegistration(base);
  // Browsers allow it to installed apps that are used.
  if (registration?.scope === location.origin + base) {
    await registration.periodicSync?.register("inkstone", { minInterval: LOOK_AFTER });
  }
}

/** Says that the page is only a page now, where there is a place for it. */
function sayFailed() {
  const line = document.createElement("p");
  line.className = "notice slim";
  line.setAttribute("role", "status");
  line.textContent = root.lang.startsWith("zh")
    ? "可以照常阅读；应用没能启动，其余功能暂时不可用。"
    : "You can read on; the app did not start, so its other features are not available now.";
  document.getElementById("notices")?.append(line);
}

/** @param {unknown} error */
function fail(error) {
  if (root.dataset.app === "failed") return;
  const wasReady = root.dataset.app === "ready";
  root.dataset.app = "failed";
  if (!wasReady) tellWorker("failed");
  console.warn("inkstone: the app stopped; the page stays readable", error);
  // Nothing of the app acts any more. An address that it has changed is loaded.
  if (wasReady) {
    addEventListener("click", (event) => event.stopImmediatePropagation(), true);
  }
  addEventListener("popstate", () => location.reload());
  if (location.href.split("#")[0] !== address) location.reload();
  else sayFailed();
}

// The browser offers it early, and once.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  Object.assign(window, { inkstoneOffer: event });
});

addEventListener("appinstalled", () => Reflect.deleteProperty(window, "inkstoneOffer"));

const address = location.href.split("#")[0];

// Where wasm traps, its promise or event handler ends so.
addEventListener("error", ({ error }) => error instanceof WebAssembly.RuntimeError && fail(error));
addEventListener("unhandledrejection", ({ reason }) => {
  if (reason instanceof WebAssembly.RuntimeError) fail(reason);
});

new MutationObserver((_, observer) => {
  if (root.dataset.app !== "ready") return;
  observer.disconnect();
  started().catch(() => {});
}).observe(root, { attributeFilter: ["data-app"] });

colourBar();
new MutationObserver(colourBar).observe(root, { attributeFilter: ["data-theme"] });
start().catch(fail);
