// Runs in the head before the first paint, so that a chosen theme never flashes. Inlined by the
// build; the policy allows it by its hash.
try {
  const theme = localStorage.getItem("inkstone:theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme applies.
}
// A page that opens at its top may leave for later what is far below; see prose.css.
if (performance.getEntriesByType("navigation")[0]?.type === "navigate" && !location.hash) {
  document.documentElement.dataset.opening = "";
}
// What is clicked before the app is there, the app clicks again.
addEventListener("click", ({ target }) => {
  if (document.documentElement.dataset.app === "ready" || !(target instanceof Element)) return;
  const button = target.closest("button:not([popovertarget])");
  const clicks = Number(button?.getAttribute("data-clicked"));
  button?.setAttribute("data-clicked", `${clicks + 1}`);
});
