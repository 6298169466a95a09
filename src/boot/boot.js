// Starts the app after the page has been painted. Reading needs none of this: the page is whole
// without it.
//
// 1. A Trusted Types policy: of all that a browser would parse or run, only the service worker's
//    script is let through. The app makes its elements one by one, never of HTML.
// 2. The app's module and its wasm are loaded at low priority.
// A failure leaves the page as it is and says so in <html data-app="failed">.

/** @param {string} url */
function checkedScriptUrl(url) {
  const { origin, pathname } = new URL(url, document.baseURI);
  const base = document.documentElement.dataset.base ?? "/";
  if (origin !== location.origin || pathname !== `${base}sw.js`) {
    throw new TypeError(`refused as a script: ${url}`);
  }
  return url;
}

// Where a browser has no such thing, a post may have an element of that id.
/** @type {any} */ (window).trustedTypes?.createPolicy?.("default", {
  createScriptURL: checkedScriptUrl,
});

async function start() {
  const own = document.getElementById("boot");
  const { module, wasm } = own?.dataset ?? {};
  if (!module || !wasm) return;
  const app = await import(module);
  await app.default({ module_or_path: wasm });
}

start().catch((error) => {
  document.documentElement.dataset.app = "failed";
  console.warn("inkstone: the app could not start; the page stays readable", error);
});
