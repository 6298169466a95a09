// Starts the app after the page has been painted. Reading needs none of this: the page is whole
// without it.
//
// 1. A Trusted Types policy: the app's view library sets static templates as HTML, so they are
//    let through only where nothing in them can run.
// 2. The app's module and its wasm are loaded at low priority.
// A failure leaves the page as it is and says so in <html data-app="failed">.

/** What no static template of ours has: scripts, frames, event handlers, script URLs. */
const FORBIDDEN = /<\s*\/?\s*(script|iframe|object|embed|base|meta|link|style|form)\b|[\s"'/]on[a-z]+\s*=|(java|vb)script\s*:|data\s*:\s*text/i;

/** @param {string} html */
function checkedHtml(html) {
  if (FORBIDDEN.test(html)) throw new TypeError("refused as a template");
  return html;
}

/** @param {string} url */
function checkedScriptUrl(url) {
  const { origin, pathname } = new URL(url, document.baseURI);
  const base = document.documentElement.dataset.base ?? "/";
  if (origin !== location.origin || pathname !== `${base}sw.js`) {
    throw new TypeError(`refused as a script: ${url}`);
  }
  return url;
}

/** @type {any} */ (window).trustedTypes?.createPolicy("default", {
  createHTML: checkedHtml,
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
