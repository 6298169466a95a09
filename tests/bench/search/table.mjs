// @ts-check
// What was measured, as numbers and as a table for people.

import { KINDS } from "./queries.mjs";

/** @typedef {import("./measure.mjs").Measured} Measured */
/** @typedef {import("./measure.mjs").Asked} Asked */
/** @typedef {import("./measure.mjs").Cold} Cold */
/** @typedef {ReturnType<typeof summary>} Summary */

/**
 * @param {number[]} values
 * @param {number} part of the values that are not greater: 0.5 is the median
 */
function at(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
}

/** @param {number[]} values */
const spread = (values) => ({ median: at(values, 0.5), most: at(values, 0.9), worst: at(values, 1) });

/** @param {Measured} measured */
export function summary({ site, asked, cold, files, bytes }) {
  /** @param {(cold: Cold) => number} of */
  const over = (of) => spread(cold.map(of));
  const kinds = KINDS.map((kind) => {
    const those = asked.filter((one) => one.kind === kind);
    return /** @type {const} */ ([kind, found(those)]);
  });
  return {
    name: site.adapter.name,
    index: { files, bytes, ms: site.indexMs },
    cold: {
      samples: cold.length,
      pageBytes: over(({ page }) => page.bytes),
      pageRequests: over(({ page }) => page.requests),
      scriptBytes: over(({ script }) => script.bytes),
      scriptRequests: over(({ script }) => script.requests),
      queryBytes: over(({ query }) => query.bytes),
      queryRequests: over(({ query }) => query.requests),
      searchBytes: over(({ script, query }) => script.bytes + query.bytes),
      readyMs: over(({ readyMs }) => readyMs),
      firstMs: over(({ firstMs }) => firstMs),
    },
    sessionMs: spread(asked.map(({ sessionMs }) => sessionMs)),
    found: Object.fromEntries(kinds),
  };
}

/** Results that a reader sees without going on. */
const SEEN = 10;

/**
 * How much of what there is was found, as parts of 1. A search that answers with much more than was
 * asked for finds everything and shows little of it, so the first ten count on their own.
 * @param {Asked[]} asked
 */
function found(asked) {
  const sums = { source: 0, held: 0, hits: 0, results: 0, seen: 0, seeable: 0, empty: 0, unlisted: 0 };
  for (const { from, holders, answer } of asked) {
    const ids = new Set(answer.ids);
    const right = new Set(holders);
    sums.source += Number(ids.has(from));
    sums.held += right.size;
    sums.hits += holders.filter((slug) => ids.has(slug)).length;
    sums.results += ids.size;
    sums.seen += answer.ids.slice(0, SEEN).filter((slug) => right.has(slug)).length;
    sums.seeable += Math.min(SEEN, right.size);
    sums.empty += Number(answer.total === 0);
    sums.unlisted += Number(ids.size < answer.total);
  }
  const part = (/** @type {number} */ some, /** @type {number} */ all) => (all === 0 ? 1 : some / all);
  return {
    queries: asked.length,
    /** The post a query was taken from, anywhere in the results. */
    source: part(sums.source, asked.length),
    /** Of all posts that hold the queries. */
    recall: part(sums.hits, sums.held),
    /** Of all results, those that hold the query. */
    precision: part(sums.hits, sums.results),
    /** Of the right posts that fit into the first ten, those that are there. */
    firstTen: part(sums.seen, sums.seeable),
    /** Queries without any result. */
    empty: sums.empty,
    /** Queries whose results were not all listed, so that the parts above say too little. */
    unlisted: sums.unlisted,
  };
}

/** @param {number} bytes */
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
/** @param {number} value */
const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
/** @param {number} part */
const percent = (part) => `${(part * 100).toFixed(1)} %`;

/**
 * @param {{ median: number, most: number }} values
 * @param {(value: number) => string} form
 */
const both = ({ median, most }, form) => `${form(median)} (${form(most)})`;

/** @typedef {[string, (summary: Summary) => string]} Row a name and one cell for each search */

/**
 * @param {import("./types").Kind} kind
 * @returns {Row[]}
 */
function rows(kind) {
  /** @param {(part: ReturnType<typeof found>) => string} of */
  const cell = (of) => (/** @type {Summary} */ { found }) => {
    const part = found[kind];
    return part === undefined ? "–" : of(part);
  };
  // Latin words may stand in code as well, which isn't counted as holding them.
  const precise = (/** @type {ReturnType<typeof found>} */ { precision }) =>
    kind === "latin" ? "–" : percent(precision);
  const missing = (/** @type {ReturnType<typeof found>} */ { empty, unlisted }) =>
    `${empty}, ${unlisted}`;
  return [
    [`${kind}: its post found`, cell(({ source }) => percent(source))],
    [`${kind}: of all posts with it`, cell(({ recall }) => percent(recall))],
    [`${kind}: of the first ten, with it`, cell(({ firstTen }) => percent(firstTen))],
    [`${kind}: of all results, with it`, cell(precise)],
    [`${kind}: without result, not all listed`, cell(missing)],
  ];
}

/** @type {Row[]} */
const ROWS = [
  ["index, files", ({ index }) => `${index.files}`],
  ["index, on disk", ({ index }) => `${(index.bytes / 1e6).toFixed(1)} MB`],
  ["indexing", ({ index }) => (index.ms === undefined ? "–" : `${(index.ms / 1000).toFixed(1)} s`)],
  ["page around it", ({ cold }) => `${kb(cold.pageBytes.median)} in ${cold.pageRequests.median}`],
  ["ready to be asked", ({ cold }) => `${kb(cold.scriptBytes.median)} in ${cold.scriptRequests.median}`],
  ["first query, bytes", ({ cold }) => both(cold.queryBytes, kb)],
  ["first query, requests", ({ cold }) => both(cold.queryRequests, String)],
  ["both, bytes", ({ cold }) => both(cold.searchBytes, kb)],
  ["time until ready", ({ cold }) => both(cold.readyMs, ms)],
  ["first query, time", ({ cold }) => both(cold.firstMs, ms)],
  ["later queries, time", ({ sessionMs }) => both(sessionMs, ms)],
  ...KINDS.flatMap(rows),
];

/**
 * Medians, in brackets what 90 % stay within.
 * @param {Summary[]} summaries
 */
export function table(summaries) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  const head = [line(["", ...summaries.map(({ name }) => name)])];
  head.push(line([":--", ...summaries.map(() => "--:")]));
  return [...head, ...ROWS.map(([name, cell]) => line([name, ...summaries.map(cell)]))].join("\n");
}
