// @ts-check
// How much data the home page of a large blog loads by itself, and how long a choice in its filter
// takes once the posts it shows have been seen.
//
//   cargo inkstone bench --count 10000
//   node tests/bench/lists.mjs target/inkstone/bench/10000/dist
//
// A choice is timed from the click to the changed list in the document, without painting.

import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "@playwright/test";

const ROOT = resolve(import.meta.dirname, "../..");
const CHOICES = 24;

/** @param {string} folder */
async function serve(folder) {
  const bin = process.env.INKSTONE_BIN ?? resolve(ROOT, "target/debug/inkstone");
  const child = spawn(bin, ["preview", "--out", folder, "--port", "0"], { cwd: ROOT });
  const port = await new Promise((done, fail) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const found = /127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (found) done(Number(found));
    });
    child.on("exit", () => fail(new Error(text)));
  });
  return { url: `http://127.0.0.1:${port}/`, stop: () => child.kill() };
}

/** Clicks a toggle; milliseconds until the list says another number. Runs in the page. */
function choose(/** @type {number} */ number) {
  return new Promise((done) => {
    const result = document.querySelector(".filter-result");
    const toggle = document.querySelectorAll(".filter-tags .toggle")[number];
    const start = performance.now();
    const observer = new MutationObserver(() => {
      observer.disconnect();
      done(performance.now() - start);
    });
    if (result) observer.observe(result, { subtree: true, characterData: true, childList: true });
    if (toggle instanceof HTMLElement) toggle.click();
  });
}

/** @param {number[]} times */
const middle = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

const folder = resolve(process.argv[2] ?? resolve(ROOT, "dist"));
const server = await serve(folder);
const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  /** @type {[string, number][]} */
  const loaded = [];
  page.on("response", async (response) => {
    const path = new URL(response.url()).pathname;
    if (!path.startsWith("/data/")) return;
    loaded.push([path, brotliCompressSync(await response.body()).length]);
  });
  await page.goto(server.url);
  await page.locator("html[data-app=ready]").waitFor();
  await page.waitForLoadState("networkidle");
  const bytes = loaded.reduce((sum, [, size]) => sum + size, 0);
  console.log(`home page: ${loaded.length} files of data, ${bytes} bytes after Brotli`);
  /** @type {number[]} */
  const first = [];
  /** @type {number[]} */
  const again = [];
  for (let number = 0; number < CHOICES; number++) {
    first.push(await page.evaluate(choose, number));
    await page.evaluate(choose, number);
    again.push(await page.evaluate(choose, number));
    await page.evaluate(choose, number);
  }
  const most = (/** @type {number[]} */ times) => Math.max(...times).toFixed(1);
  console.log(`first choice of a tag: median ${middle(first).toFixed(1)} ms, most ${most(first)} ms`);
  console.log(`once its posts are known: median ${middle(again).toFixed(1)} ms, most ${most(again)} ms`);
} finally {
  await browser.close();
  server.stop();
}
