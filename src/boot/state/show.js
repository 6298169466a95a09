// The facts in words: what it comes to first, then all of it in rows, on the page and as a text for
// the author.

/** @typedef {{title: string, rows: [string, string][]}} Section */

/**
 * @param {string} text
 * @param {(string | number)[]} values one for each `{}`
 */
function fill(text, ...values) {
  let next = 0;
  return text.replace(/\{\}/g, () => `${values[next++] ?? ""}`);
}

/**
 * @param {number | undefined} bytes as people read it, in powers of 1,000
 */
function size(bytes) {
  if (bytes === undefined) return words.unknown;
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1_000)} KB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** @param {number | string | null} value in milliseconds since 1970, or as ISO 8601 */
function moment(value) {
  const time = value === null ? new Date(NaN) : new Date(value);
  if (Number.isNaN(time.getTime())) return words.never;
  try {
    return time.toLocaleString(root.lang);
  } catch {
    return time.toISOString();
  }
}

/** @param {Facts} facts */
function verdictOf(facts) {
  const { verdict } = words;
  const { failures, registration, releases, whole } = facts;
  if (!navigator.serviceWorker || !("caches" in window)) return verdict.unsupported;
  if (root.dataset.worker !== "on") return verdict.off;
  if (failures.length > 0) return fill(verdict.unreadable, failures.join(" · "));
  if (releases.length === 0) return verdict.none;
  if (whole.broken > 0) return fill(verdict.incomplete, whole.files, whole.broken);
  return registration?.active ? verdict.complete : verdict.alone;
}

/** @param {Facts} facts */
function isWell(facts) {
  return verdictOf(facts) === words.verdict.complete;
}

/** @param {ServiceWorkerRegistration | undefined} registration */
function workerState(registration) {
  /** @type {("installing" | "waiting" | "active")[]} */
  const states = ["active", "waiting", "installing"];
  const there = states.filter((state) => registration?.[state]).map((state) => words.worker[state]);
  return there.join("; ") || words.worker.none;
}

/** Another blog above this one may serve the page instead. */
function isServedByOwn() {
  return navigator.serviceWorker?.controller?.scriptURL === `${scope}sw.js`;
}

function lastCheck() {
  try {
    return moment(localStorage.getItem(CHECKED));
  } catch {
    return words.unknown;
  }
}

/** @param {Facts} facts */
function readingRows({ caches, registration }) {
  const docs = new Set((caches.files ?? []).map(({ record }) => record?.doc).filter((doc) => doc !== undefined));
  return rows([
    [words.rows.kept, `${docs.size}`],
    [words.rows.worker, workerState(registration)],
    [words.rows.controls, isServedByOwn() ? words.yes : words.no],
    [words.rows.checked, lastCheck()],
  ]);
}

/** @param {Facts} facts */
function releaseRows({ releases, records }) {
  const [own, ...others] = releases;
  const line = (/** @type {ReleaseRecord} */ { release, time }) => fill(words.taken, release, moment(time));
  /** @type {Record<string, number>} */
  const tabs = {};
  for (const release of Object.values(records.pins ?? {})) {
    // A tab whose page came from the network as it is may be of any.
    if (release !== own?.release && release !== "network") tabs[release] = (tabs[release] ?? 0) + 1;
  }
  const strikes = Object.entries(records.strikes ?? {}).filter(([, count]) => count > 0);
  const counted = (/** @type {[string, number][]} */ counts, /** @type {string} */ text) =>
    counts.map(([release, count]) => fill(text, release, count)).join("; ") || words.none;
  return rows([
    [words.rows.release, own ? line(own) : words.none],
    ...others.map((other) => [words.rows.others, line(other)]),
    [words.rows.pins, counted(Object.entries(tabs), words.tabs)],
    [words.rows.strikes, counted(strikes, words.failures)],
  ]);
}

/** @param {Facts} facts */
function spaceRows({ caches, estimate, persistent }) {
  const ofCache = (/** @type {CacheKind} */ kind) => {
    const entries = caches[kind];
    const bytes = (entries ?? []).reduce((sum, entry) => sum + entry.bytes, 0);
    return [words.cache[kind], entries ? fill(words.entries, entries.length, size(bytes)) : words.noCache];
  };
  const isPersistent = persistent === undefined ? words.unknown : persistent ? words.yes : words.no;
  return rows([
    ...KINDS.map(ofCache),
    [words.rows.used, size(estimate.usage)],
    [words.rows.most, size(estimate.quota)],
    [words.rows.persistent, isPersistent],
  ]);
}

/** @param {Facts} facts */
function saveRows({ records }) {
  const { save: said } = words;
  return rows(
    Object.entries(records.saves ?? {}).map(([id, { state, done = 0, total, error }]) => {
      const [, kind, name] = /^(tag|post):(.*)$/.exec(id) ?? [];
      const title = kind === "tag" || kind === "post" ? fill(said[kind], name ?? "") : said.all;
      const stands = said[state] + (error ? ` (${error})` : "");
      return [title, total ? fill(said.progress, stands, size(done), size(total)) : stands];
    }),
  );
}

/**
 * @param {string[][]} rows
 * @returns {[string, string][]}
 */
function rows(rows) {
  return rows.map(([label = "", value = ""]) => [label, value]);
}

/**
 * @param {Facts} facts
 * @returns {Section[]}
 */
function sectionsOf(facts) {
  const { sections: titles } = words;
  const errors = (facts.records.errors?.last ?? []).slice(0, 20);
  const all = [
    { title: titles.reading, rows: readingRows(facts) },
    { title: titles.releases, rows: releaseRows(facts) },
    { title: titles.space, rows: spaceRows(facts) },
    { title: titles.saves, rows: saveRows(facts) },
    { title: titles.errors, rows: rows(errors.map(({ time, text }) => [moment(time), text])) },
  ];
  return all;
}

/** @param {Facts} facts */
function reportOf(facts) {
  const lines = [scope, new Date().toISOString(), navigator.userAgent, verdictOf(facts)];
  for (const { title, rows } of sectionsOf(facts)) {
    lines.push("", title, ...rows.map(([label, value]) => `- ${label}: ${value}`));
    if (rows.length === 0) lines.push(`- ${words.none}`);
  }
  return `${lines.join("\n")}\n`;
}

/**
 * @param {string} name
 * @param {(Node | string)[]} children
 */
function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

/** @param {Section} section */
function drawSection({ title, rows }) {
  const section = element("section", element("h2", title));
  if (rows.length === 0) {
    section.append(element("p", words.none));
  } else {
    const pairs = rows.map(([label, value]) => element("div", element("dt", label), element("dd", value)));
    section.append(element("dl", ...pairs));
  }
  return section;
}

/** @param {string} id of an element that the build has written */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** @param {Facts} facts */
function draw(facts) {
  const verdict = byId("verdict");
  verdict.textContent = verdictOf(facts);
  verdict.dataset.well = `${isWell(facts)}`;
  byId("facts").replaceChildren(...sectionsOf(facts).map(drawSection));
}
