// @ts-check
// Our search and Pagefind's side by side, over the same posts and the same queries.
//
//   node tests/bench/pagefind.mjs --posts <folder> [--site <our built site>] [--owns <pattern>]
//     [--queries 200] [--cold 24] [--seed 1] [--out <folder>] [--details <file.json>]
//
// 1. Renders the posts to plain HTML and has Pagefind index them.
// 2. Draws queries from the posts' text: pieces of Chinese that are whole words or not, and the
//    beginnings of Latin words.
// 3. Serves each site, asks each query in Chromium, and counts bytes, requests, time, and whether
//    the post is found that the query was taken from.
// 4. Prints the numbers as JSON and as a table. `--details` keeps every query.
//
// Bytes are those of bodies as sent; headers come on top. There is no network between, so the times
// are those of the machine: bytes and requests tell what a network would add.
// `--owns` tells which paths of our site belong to the search, by a regular expression.

import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { inkstone } from "./search/adapters.mjs";
import { measure } from "./search/measure.mjs";
import { readPosts } from "./search/posts.mjs";
import { sampleQueries } from "./search/queries.mjs";
import { pagefindSite } from "./search/site.mjs";
import { summary, table } from "./search/table.mjs";

const ROOT = resolve(import.meta.dirname, "../..");

const { values: given } = parseArgs({
  options: {
    posts: { type: "string" },
    site: { type: "string" },
    owns: { type: "string", default: "^/data/search" },
    queries: { type: "string", default: "200" },
    cold: { type: "string", default: "24" },
    seed: { type: "string", default: "1" },
    out: { type: "string", default: `${ROOT}/target/inkstone/pagefind` },
    details: { type: "string" },
  },
});
if (given.posts === undefined) throw new Error("which posts? say --posts <folder>");

const posts = readPosts(given.posts);
const queries = sampleQueries(posts, Number(given.queries), Number(given.seed));
const sites = [await pagefindSite(posts, resolve(given.out))];
if (given.site !== undefined) {
  const owns = new RegExp(given.owns);
  sites.push({ adapter: inkstone((path) => owns.test(path)), folder: resolve(given.site) });
}

const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
});
try {
  const measured = [];
  for (const site of sites) measured.push(await measure(browser, site, queries, Number(given.cold)));
  const summaries = measured.map(summary);
  console.log(JSON.stringify({ posts: posts.length, queries: queries.length, summaries }));
  console.log(`\n${posts.length} posts, ${queries.length} queries; medians, in brackets 90 %\n`);
  console.log(table(summaries));
  if (given.details !== undefined) {
    const details = measured.map(({ site, asked, cold }) => ({ name: site.adapter.name, asked, cold }));
    writeFileSync(given.details, JSON.stringify(details, null, 1));
  }
} finally {
  await browser.close();
}
