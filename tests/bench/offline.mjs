// @ts-check
// What offline reading costs: requests and bytes of a first visit, of an update, and of saving all.
//
//   node tests/bench/offline.mjs SITE [NEXT]
//
// SITE is a folder that `cargo inkstone build` wrote, NEXT one of the same blog with a post changed.
// `cargo inkstone bench --corpus DIR` writes the posts of a large blog.
//
// A server here counts. Bytes are those of bodies as a host sends them, after Brotli; headers come
// on top. Between the steps the browser's own cache is as it would be.

import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { chromium } from "@playwright/test";

const [site, next] = process.argv.slice(2).map((folder) => resolve(folder));
if (!site) throw new Error("node tests/bench/offline.mjs SITE [NEXT]");

/** @type {Record<string, string>} */
const TYPES = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  css: "text/css",
  json: "application/json",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  svg: "image/svg+xml",
  png: "image/png",
};

let folder = site;
/** @type {{ path: string, bytes: number }[]} */
let log = [];

/** @param {string} path */
function fileOf(path) {
  const file = join(folder, decodeURIComponent(path));
  return existsSync(file) && statSync(file).isDirectory() ? join(file, "index.html") : file;
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://x");
  const file = fileOf(pathname);
  if (!existsSync(file)) return void response.writeHead(404).end();
  const compressed = existsSync(`${file}.br`);
  const body = readFileSync(compressed ? `${file}.br` : file);
  const tag = `"${statSync(file).size}-${statSync(file).mtimeMs}"`;
  const type = TYPES[file.split(".").at(-1) ?? ""] ?? "application/octet-stream";
  const age = /-[0-9a-f]{10,16}\.\w+$/.test(file) ? "public, max-age=31536000, immutable" : "no-cache";
  const headers = { "Content-Type": type, ETag: tag, "Cache-Control": age };
  const known = request.headers["if-none-match"] === tag;
  log.push({ path: pathname, bytes: known ? 0 : body.length });
  if (known) return void response.writeHead(304, headers).end();
  response.writeHead(200, compressed ? { ...headers, "Content-Encoding": "br" } : headers).end(body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", () => done(null)));
const address = server.address();
const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;

/** @param {string} step */
function report(step) {
  const bytes = log.reduce((sum, entry) => sum + entry.bytes, 0);
  console.log(`${step}: ${log.length} requests, ${bytes.toLocaleString("en")} bytes`);
  if (process.env.VERBOSE) for (const entry of log) console.log(`  ${entry.bytes} ${entry.path}`);
  log = [];
}

const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-quic"],
});
try {
  const page = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  page.setDefaultTimeout(600_000);
  const whole = page.locator("html[data-offline=ready]");
  await page.goto(url);
  await whole.waitFor({ state: "attached" });
  report("first visit, with all that is kept for offline");
  if (next) {
    folder = next;
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await page.locator(".notice button").first().waitFor();
    // What the new release fetches after it took over is an update's as well.
    const told = await page.evaluate(() => new Promise((done) => {
      navigator.serviceWorker.addEventListener("message", ({ data }) => data.type === "inkstone:ready" && done(true));
      navigator.serviceWorker.startMessages();
      void navigator.serviceWorker.ready.then((it) => it.active?.postMessage({ type: "inkstone:ahead" }));
    }));
    if (told) report("an update");
  }
  await page.goto(`${url}saved/`);
  await whole.waitFor({ state: "attached" });
  log = [];
  await page.locator(".save-button").click();
  await page.locator(".save", { hasText: /已保存到本机|Saved/ }).waitFor();
  report("all is saved");
} finally {
  await browser.close();
  server.close();
}
