// How soon a reader sees the text, and how soon the next: measured in one run beside a page written
// by hand with the same post, on a slow network (150 ms a round trip, 1.6 Mbit/s) and a processor
// four times slower.
//
//   node bench/paint.mjs SITE [/posts/…/]      SITE is a folder that `cargo inkstone build` wrote
//
// Prints medians of RUNS fresh browsers; the ratio to the page by hand is what travels between
// machines, not the milliseconds.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "@playwright/test";

const ROOT = resolve(import.meta.dirname, "../..");
const BIN = process.env.INKSTONE_BIN ?? resolve(ROOT, "target/debug/inkstone");
const RUNS = Number(process.env.RUNS ?? 7);
const [site, path = "/posts/why-ai-moved-in/"] = process.argv.slice(2);
if (!site) throw new Error("node bench/paint.mjs SITE [PATH]");

/** The same text as a page that somebody wrote by hand: one request, its few rules in it. */
function byHand(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const page = readFileSync(resolve(site, `.${decodeURIComponent(path)}index.html`), "utf8");
  const main = page.slice(page.indexOf("<article"), page.indexOf("</article>") + 10);
  const plain = main.replace(/ (class|id|data-[a-z-]+|tabindex|popover[a-z]*)="[^"]*"/g, "");
  const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>x</title><style>body{max-width:38em;margin:auto;padding:1em;font:1.1em/1.8 sans-serif}</style>${plain}</html>`;
  writeFileSync(resolve(folder, "index.html"), html);
  writeFileSync(resolve(folder, "index.html.br"), brotliCompressSync(html));
  return brotliCompressSync(html).length;
}

function serve(folder) {
  const child = spawn(BIN, ["preview", "--out", folder, "--port", "0"], { cwd: ROOT });
  return new Promise((done) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const port = /127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port) done({ url: `http://127.0.0.1:${port}`, stop: () => child.kill() });
    });
  });
}

const ARGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

function observe() {
  const seen = { shift: 0, long: [], ready: 0 };
  Reflect.set(window, "seen", seen);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.long.push([startTime, duration]);
  }).observe({ type: "longtask", buffered: true });
  const root = document;
  new MutationObserver(() => {
    if (!seen.ready && root.documentElement?.dataset.app === "ready") seen.ready = performance.now();
  }).observe(root, { attributes: true, subtree: true, attributeFilter: ["data-app"] });
}

async function slow(page) {
  const tools = await page.context().newCDPSession(page);
  await tools.send("Network.enable");
  await tools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: 1.6e6 / 8,
    uploadThroughput: 750e3 / 8,
  });
  await tools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  return tools;
}

const paint = (page) =>
  page.evaluate(async () => {
    const entry = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    while (entry() === undefined) await new Promise((done) => requestAnimationFrame(done));
    return entry();
  });

/** Bytes on the wire of what came before the first paint. */
const bytes = (page, until) =>
  page.evaluate((until) => {
    const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    const size = ({ encodedBodySize }) => encodedBodySize;
    return all.filter(({ responseEnd }) => responseEnd <= until).reduce((sum, entry) => sum + size(entry), 0);
  }, until);

const context = (browser, options = {}) =>
  browser.newContext({ viewport: { width: 412, height: 823 }, locale: "zh-CN", ...options });

async function first(url, isApp) {
  const browser = await chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: ARGS });
  const page = await (await context(browser, { serviceWorkers: "block" })).newPage();
  await page.addInitScript(observe);
  // Readers come from somewhere else, so the browser has a process to begin.
  await page.goto(elsewhere.url.replace("127.0.0.1", "localhost"));
  await slow(page);
  await page.goto(url, { waitUntil: "commit" });
  const painted = await paint(page);
  const result = { fcp: painted, bytes: await bytes(page, painted) };
  if (isApp) {
    await page.waitForFunction(() => document.documentElement.dataset.app === "ready");
    const seen = await page.evaluate(() => Reflect.get(window, "seen"));
    result.ready = seen.ready;
    result.shift = seen.shift;
    const after = seen.long.filter(([start]) => start >= painted);
    result.blocking = after.reduce((sum, [, duration]) => sum + Math.max(0, duration - 50), 0);
    Object.assign(result, await routes(page));
  }
  await browser.close();
  return result;
}

/** From the click to the next heading in the document, with the reader's pointer on the link. */
async function routes(page) {
  const times = [];
  for (let step = 0; step < 8; step++) {
    const link = page.locator(step % 2 ? ".post-card h2 a" : ".brand").first();
    const target = step % 2 ? page.locator(".post-card h2 a").nth(step % 3) : link;
    await target.hover();
    // As long as a hand takes from resting to pressing.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 800)));
    const time = target.evaluate(
      (link) =>
        new Promise((done) => {
          const before = document.querySelector("h1")?.textContent;
          const look = new MutationObserver(() => {
            const now = document.querySelector("h1")?.textContent;
            if (now && now !== before) {
              look.disconnect();
              done(performance.now() - clicked);
            }
          });
          look.observe(document, { childList: true, subtree: true, characterData: true });
          let clicked = 0;
          link.addEventListener("click", () => (clicked = performance.now()), { capture: true, once: true });
          link.click();
        }),
    );
    times.push(await time);
  }
  return { route: median(times), slowest: Math.max(...times) };
}

/** The second visit, with the worker that the first one has left. */
async function again(url) {
  const browser = await chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: ARGS });
  const visitor = await context(browser);
  const page = await visitor.newPage();
  await page.goto(url);
  await page.locator("html[data-offline=ready]").waitFor();
  await page.reload();
  await page.locator("html[data-app=ready]").waitFor();
  await page.close();
  const next = await visitor.newPage();
  await slow(next);
  await next.goto(url, { waitUntil: "commit" });
  const fcp = await paint(next);
  await next.locator("h1").waitFor();
  const heading = await next.evaluate(() => performance.now());
  await browser.close();
  return { fcp, heading };
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const hand = resolve(tmpdir(), "inkstone-by-hand");
const size = byHand(hand);
const away = resolve(tmpdir(), "inkstone-elsewhere");
mkdirSync(away, { recursive: true });
writeFileSync(resolve(away, "index.html"), "<!doctype html><title>x</title><p>elsewhere");
const [ours, theirs, elsewhere] = [await serve(resolve(site)), await serve(hand), await serve(away)];
const [mine, other, repeat] = [[], [], []];
for (let run = 0; run < RUNS; run++) {
  other.push(await first(`${theirs.url}/`, false));
  mine.push(await first(`${ours.url}${path}`, true));
  repeat.push(await again(`${ours.url}${path}`));
}
ours.stop();
theirs.stop();
elsewhere.stop();
const of = (list, key) => Math.round(median(list.map((run) => run[key])) * 100) / 100;
console.log(`by hand: ${size} bytes, first paint ${of(other, "fcp")} ms`);
console.log(`here:    ${of(mine, "bytes")} bytes before it, first paint ${of(mine, "fcp")} ms, ratio ${(of(mine, "fcp") / of(other, "fcp")).toFixed(2)}`);
console.log(`layout shift ${of(mine, "shift")}, blocking ${of(mine, "blocking")} ms, ready ${of(mine, "ready")} ms`);
console.log(`next page: median ${of(mine, "route")} ms, slowest ${of(mine, "slowest")} ms`);
console.log(`second visit: first paint ${of(repeat, "fcp")} ms, heading ${of(repeat, "heading")} ms`);
