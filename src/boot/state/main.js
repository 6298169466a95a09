// Shows the state, and listens. No part of the app: this page works where the app does not start,
// and where the worker is broken or gone.

// Only our worker may be registered; see boot.js.
/** @type {any} */ (window).trustedTypes?.createPolicy?.("default", {
  createScriptURL: (/** @type {string} */ url) => {
    if (url !== `${scope}sw.js`) throw new TypeError(`refused as a script: ${url}`);
    return url;
  },
});

const dialog = /** @type {HTMLDialogElement} */ (byId("confirm"));

let isBusy = false;
let isExpected = false;

/** @param {(Node | string)[]} children */
function say(...children) {
  byId("said").replaceChildren(...children);
}

async function refresh() {
  draw(await readFacts());
}

/** A worker that fetches says so after each file. */
function refreshSoon() {
  if (isBusy || isExpected) return;
  isExpected = true;
  setTimeout(() => {
    isExpected = false;
    if (!isBusy) refresh();
  }, 500);
}

/**
 * One at a time. What came of it is said after the state is shown anew.
 * @param {() => Promise<string>} act
 */
async function run(act) {
  if (isBusy) return false;
  isBusy = true;
  root.dataset.busy = "";
  say(words.said.busy);
  const outcome = await act().then(
    (text) => ({ text, isDone: true }),
    (error) => ({ text: fill(words.said.unreachable, `${error?.message ?? error}`), isDone: false }),
  );
  await refresh();
  say(outcome.text);
  delete root.dataset.busy;
  isBusy = false;
  return outcome.isDone;
}

async function copyReport() {
  const text = reportOf(await readFacts());
  try {
    await navigator.clipboard.writeText(text);
    say(words.said.copied);
  } catch {
    showReport(text);
    say(words.said.select);
  }
}

/** @param {string} text */
function showReport(text) {
  const field = document.createElement("textarea");
  Object.assign(field, { readOnly: true, value: text, rows: 12, id: "report" });
  field.setAttribute("aria-label", words.report);
  document.getElementById("report")?.remove();
  byId("facts").before(field);
  field.select();
}

/** What deletes nothing has the focus. */
function askForReset() {
  dialog.showModal();
  byId("reset-not").focus();
}

async function confirmedReset() {
  dialog.close();
  if (!(await run(reset))) return;
  const home = element("a", words.said.home);
  home.setAttribute("href", scope);
  byId("said").append(" ", home);
}

/** @type {Record<string, () => unknown>} */
const ACTS = {
  check: () => run(checkForUpdate),
  repair: () => run(repair),
  reset: askForReset,
  copy: copyReport,
  "reset-now": confirmedReset,
  "reset-not": () => dialog.close(),
};

for (const [id, act] of Object.entries(ACTS)) {
  const button = /** @type {HTMLButtonElement} */ (byId(id));
  button.addEventListener("click", act);
  button.disabled = false;
}
for (const event of ["controllerchange", "message"]) {
  navigator.serviceWorker?.addEventListener(event, refreshSoon);
}
refresh();
