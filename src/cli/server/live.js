// Served by `cargo inkstone serve` only: reloads the page when another release has been built.
(() => {
  const here = document.currentScript;
  if (!(here instanceof HTMLScriptElement)) return;
  const source = new EventSource(new URL("live", here.src));
  /** @type {string | undefined} The release that was current when this page first connected. */
  let release;
  source.addEventListener("hello", ({ data }) => {
    // The server is back: what it serves may have changed meanwhile.
    if (release !== undefined && release !== data) location.reload();
    release = data;
  });
  source.addEventListener("reload", () => location.reload());
  // `preview` serves at the same address with its worker, which would answer with an older site.
  navigator.serviceWorker?.getRegistration().then(async (registration) => {
    const wasControlled = navigator.serviceWorker.controller !== null;
    if (registration && (await registration.unregister()) && wasControlled) location.reload();
  });
})();
