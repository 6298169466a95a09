// @ts-check
// Measures one search, in three passes that don't help each other, each in a browser context of
// its own:
//
// 1. Recall: every query with all its results. It also makes the server compress each file, so that
//    later times hold none of that.
// 2. Session: the same queries one after the other in one page, the first ten results of each.
// 3. Cold: some of the queries, each as the first in a context without any cache.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./server.mjs";

/** @typedef {import("./types").Site} Site */
/** @typedef {import("./types").Query} Query */
/** @typedef {import("./types").Answer} Answer */
/** @typedef {import("./types").Sent} Sent */
/** @typedef {Query & { answer: Answer, sessionMs: number }} Asked */
/** @typedef {{ requests: number, bytes: number }} Traffic */
/** @typedef {{ page: Traffic, script: Traffic, query: Traffic }} Parts */
/** @typedef {Parts & { readyMs: number, firstMs: number, text: string }} Cold */
/** @typedef {{ site: Site, asked: Asked[], cold: Cold[], files: number, bytes: number }} Measured */

/**
 * @param {import("@playwright/test").Browser} browser
 * @param {Site} site
 * @param {Query[]} queries
 * @param {number} samples of cold first queries
 * @returns {Promise<Measured>}
 */
export async function measure(browser, site, queries, samples) {
  const server = await serve(site.folder);
  try {
    const answers = await pass(browser, site, server.url, queries, true);
    const session = await pass(browser, site, server.url, queries, false);
    const step = Math.max(1, Math.floor(queries.length / samples));
    const cold = [];
    for (let at = 0; at < queries.length && cold.length < samples; at += step) {
      const query = queries[at];
      if (query !== undefined) cold.push(await coldQuery(browser, site, server, query.text));
    }
    const asked = queries.map((query, at) => {
      const [answer, timed] = [answers[at], session[at]];
      if (answer === undefined || timed === undefined) throw new Error(`${query.text} has no answer`);
      return { ...query, answer, sessionMs: timed.firstMs };
    });
    return { site, asked, cold, ...size(site) };
  } finally {
    await server.stop();
  }
}

/**
 * @param {import("@playwright/test").Browser} browser
 * @param {Site} site
 * @param {string} url
 * @param {Query[]} queries
 * @param {boolean} all
 * @returns {Promise<Answer[]>}
 */
async function pass(browser, { adapter }, url, queries, all) {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await adapter.open(page, url);
  const answers = [];
  for (const { text } of queries) answers.push(await adapter.query(page, text, all));
  await context.close();
  return answers;
}

/**
 * @param {import("@playwright/test").Browser} browser
 * @param {Site} site
 * @param {Awaited<ReturnType<typeof serve>>} server
 * @param {string} text
 * @returns {Promise<Cold>}
 */
async function coldQuery(browser, { adapter }, server, text) {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  server.taken();
  const start = performance.now();
  await adapter.open(page, server.url);
  const readyMs = performance.now() - start;
  await page.waitForLoadState("networkidle");
  const opened = server.taken();
  const { firstMs } = await adapter.query(page, text, false);
  const asked = server.taken();
  await context.close();
  const own = opened.filter(({ path }) => adapter.owns(path));
  const other = opened.filter(({ path }) => !adapter.owns(path));
  return { page: traffic(other), script: traffic(own), query: traffic(asked), readyMs, firstMs, text };
}

/**
 * @param {Sent[]} sent
 * @returns {Traffic}
 */
const traffic = (sent) => ({
  requests: sent.length,
  bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0),
});

/**
 * What the search takes on the host's disk.
 * @param {Site} site
 */
function size({ adapter, folder }) {
  const names = /** @type {string[]} */ (readdirSync(folder, { recursive: true }));
  const owned = names.filter((name) => adapter.owns(`/${name.replaceAll("\\", "/")}`));
  const files = owned.map((name) => statSync(join(folder, name))).filter((stat) => stat.isFile());
  return { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
}
