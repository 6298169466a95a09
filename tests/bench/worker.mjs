// How soon a stopped service worker answers: from the moment the browser asks it to the first byte
// of a stored page and of a stored data file, against the goal of 30 ms; and beside it the same with
// the worker at work.
//
//   node bench/worker.mjs SITE      SITE is a folder that `cargo inkstone build` wrote
//
// Prints medians of RUNS, with the fastest and the slowest; nothing else should run beside it.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "@playwright/test";
import { preview } from "./preview.mjs";

const RUNS = Number(process.env.RUNS ?? 20);
const GOAL = 30;
const [site] = process.argv.slice(2);
if (!site) throw new Error("node bench/worker.mjs SITE");

const { url, stop } = await preview(site);

/** A document that every reader has, by the release's own manifest. */
function storedDocument() {
  const [, json] = /^const BUILD = (\{.*?\});$/m.exec(readFileSync(resolve(site, "sw.js"), "utf8")) ?? [];
  const { files } = JSON.parse(readFileSync(resolve(site, JSON.parse(json ?? "null").path), "utf8"));
  const [short, { sha256 }] = Object.entries(files).find(([, { set, doc }]) => set === "ahead" && doc) ?? ["", {}];
  return `/${short.replace("//", sha256.slice(0, 16))}`;
}

/** Milliseconds from asking the worker to the first byte; the worker's own start is in it. */
const timeOf = (/** @type {{name?: string, type: string}} */ { name, type }) => {
  const entries = name ? performance.getEntriesByName(name) : performance.getEntriesByType(type);
  const entry = /** @type {PerformanceResourceTiming} */ (entries.at(-1));
  if (!entry?.workerStart) throw new Error("the worker did not answer");
  return entry.responseStart - entry.workerStart;
};

const fetchTimed = async (/** @type {string} */ path) => {
  performance.clearResourceTimings();
  const response = await fetch(path, { cache: "no-store" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  await response.arrayBuffer();
  return new URL(path, location.href).href;
};

const browser = await chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const context = await browser.newContext();
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send("ServiceWorker.enable");
  await page.goto(`${url}/`);
  await page.waitForSelector("html[data-offline=ready]", { state: "attached", timeout: 60_000 });
  const path = storedDocument();

  const measures = {
    "a stored page": async () => {
      await page.goto(`${url}/`);
      return page.evaluate(timeOf, { type: "navigation" });
    },
    "a stored data file": async () => {
      const name = await page.evaluate(fetchTimed, path);
      return page.evaluate(timeOf, { name, type: "resource" });
    },
  };
  let isOver = false;
  for (const [what, measure] of Object.entries(measures)) {
    for (const isStopped of [true, false]) {
      const times = [];
      for (let run = 0; run < RUNS; run += 1) {
        // What the page does at its start is over.
        await page.waitForTimeout(300);
        if (isStopped) await tools.send("ServiceWorker.stopAllWorkers");
        times.push(await measure());
      }
      times.sort((a, b) => a - b);
      const [median, first, last] = [times[times.length >> 1], times[0], times.at(-1)].map((time) => time.toFixed(1));
      if (isStopped && Number(median) > GOAL) isOver = true;
      console.log(`${what}, the worker ${isStopped ? "stopped" : "at work"}: ${median} ms (${first} to ${last})`);
    }
  }
  console.log(isOver ? `over the goal of ${GOAL} ms` : `within the goal of ${GOAL} ms`);
} finally {
  await browser.close();
  stop();
}
