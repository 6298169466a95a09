// How long a click on a link takes until the text is there, for a post of 6 KB whose document is
// in memory already: from Markdown to elements, without the network.
//
//   cargo build --bin inkstone
//   CHROME=/usr/bin/chromium node tests/bench/render.mjs
//
// 1. Builds a site of a few posts, serves it by the preview, and reads each post once.
// 2. Clicks from one post to the next and back, 50 times, and measures in the page: from the
//    click to the first record of a MutationObserver that sees the new text.
// 3. Does the same once more under the sampling profiler, and tells what runs in the wasm
//    (parsing, and making views) from what makes elements (the DOM) and from what has the browser
//    lay the page out early: moving the focus, scrolling, asking for places.
// The observer is told last, so the first number holds that layout; paint comes after. On a busy
// machine only the times on a processor mean something.

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "@playwright/test";

const ROOT = resolve(import.meta.dirname, "../..");
const BIN = resolve(process.env.INKSTONE_BIN ?? `${ROOT}/target/debug/inkstone`);
const FOLDER = resolve(ROOT, "target/inkstone/bench");
const CLICKS = 50;
const TARGET = 2;

/** A section of prose as posts mostly have it: paragraphs with some emphasis, a link, a list. */
const prose = (at) => `## 第 ${at} 节

${"云原生的平台把调度放在一起，读者按图索骥，先看状态，再看事件，最后看日志。".repeat(5)}

${"集群里的节点来了又走，**控制面**一直在那里，把写下来的愿望变成现在的样子。".repeat(4)}见[文档](https://kubernetes.io/docs/)[^${at}]。

- 先看 \`Pod\` 的状态
- 再看事件

[^${at}]: 第 ${at} 条脚注，说明出处。

`;

/** A section that is nearly all marks: emphasis, links, nested lists, a table, code. */
const dense = (at) => `## 第 ${at} 节

云原生的**平台**把*调度*、\`kubectl\`和[文档](https://kubernetes.io/docs/)放在一起，读者[^${at}]按图索骥。

- 先看 \`Pod\` 的状态
- 再看**事件**
  - 最后看日志

| 名称 | 用途 |
| :-- | --: |
| 甲 | 一 |
| 乙 | 二 |

\`\`\`yaml
apiVersion: v1
kind: Pod
metadata:
  name: web-${at}
\`\`\`

> 引一句：纸上得来终觉浅。

[^${at}]: 第 ${at} 条脚注，说明出处。

`;

/** A post of about `bytes`, of sections of one kind. */
function post(title, bytes, part) {
  let body = "";
  for (let at = 1; Buffer.byteLength(body) < bytes; at++) body += part(at);
  return `---\ntitle: ${title}\ndate: 2026-01-01\nseries: bench\n---\n\n${body}`;
}

function build(part) {
  const posts = `${FOLDER}/posts`;
  rmSync(posts, { recursive: true, force: true });
  mkdirSync(posts, { recursive: true });
  for (const name of ["one", "two"]) {
    writeFileSync(`${posts}/2026-01-01-${name}.md`, post(name, 6000, part));
  }
  const run = spawnSync(BIN, ["build", "--posts", posts, "--out", `${FOLDER}/site`], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(run.stderr);
}

async function serve() {
  const args = ["preview", "--out", `${FOLDER}/site`, "--port", "0"];
  const child = spawn(BIN, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((done, fail) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (found) done(found[0]);
    });
    child.on("exit", (code) => fail(new Error(`the preview ended with ${code}`)));
  });
  return { url, stop: () => child.kill("SIGTERM") };
}

/** Clicks back and forth between the two posts; milliseconds of each click. */
function clicks(page, count) {
  return page.evaluate(async (count) => {
    const main = document.querySelector("main");
    const settle = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)));
    const times = [];
    for (let at = 0; at < count; at++) {
      const link = document.querySelector("nav.adjacent a, nav.series a:not([aria-current])");
      const title = link.href.includes("one") ? "one" : "two";
      await settle();
      const took = new Promise((done) => {
        const observer = new MutationObserver(() => {
          const shown = main.querySelector("h1")?.textContent === title;
          if (!shown || !main.querySelector(".prose .footnotes")) return;
          observer.disconnect();
          done(performance.now() - start);
        });
        observer.observe(main, { childList: true, subtree: true });
      });
      const start = performance.now();
      link.click();
      times.push(await took);
    }
    return times;
  }, count);
}

/** What needs to know where things are, so that the browser lays out at once. */
const LAYOUT = /focus|blur|scroll|getBoundingClientRect|innerHeight/i;

/** What makes, fills and removes elements, and hands texts to the browser. */
const DOM = /create|insert|append|remove|attribute|text|data$|decode|String/i;

/** Time of the main thread on a processor per click, in milliseconds: other programs don't count. */
async function processor(page, count) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const before = await read();
  await clicks(page, count);
  const after = await read();
  const per = (name) => ((after[name] - before[name]) * 1000) / count;
  return { script: per("ScriptDuration"), style: per("RecalcStyleDuration"), layout: per("LayoutDuration") };
}

/** Time of each click by who spent it, in milliseconds, from a profile of many. */
async function profile(page, count) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Profiler.enable");
  await devtools.send("Profiler.setSamplingInterval", { interval: 100 });
  await devtools.send("Profiler.start");
  await clicks(page, count);
  const { profile } = await devtools.send("Profiler.stop");
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const edges = profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id]));
  const parents = new Map(edges);
  const isWasm = ({ callFrame }) => /\.wasm|^wasm:/.test(callFrame.url);
  const spent = { wasm: 0, dom: 0, layout: 0, rest: 0, gc: 0 };
  profile.samples.forEach((id, at) => {
    const took = (profile.timeDeltas[at] ?? 0) / 1000 / count;
    const node = nodes.get(id);
    if (node.callFrame.functionName === "(garbage collector)") spent.gc += took;
    else if (isWasm(node)) spent.wasm += took;
    else {
      // Glue and native functions that the wasm called.
      let kind = "rest";
      for (let up = id; up !== undefined; up = parents.get(up)) {
        const above = nodes.get(up);
        const name = above.callFrame.functionName;
        if (LAYOUT.test(name)) kind = "layout";
        else if (kind === "rest" && DOM.test(name)) kind = "dom";
        if (!isWasm(above)) continue;
        spent[kind] += took;
        break;
      }
    }
  });
  return spent;
}

const at = (sorted, part) => sorted[Math.floor((sorted.length - 1) * part)];
const ms = (value) => `${value.toFixed(2)} ms`;

const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

/** Measures posts of sections of one kind, and says what it found. */
async function measure(name, part) {
  build(part);
  const server = await serve();
  try {
    const context = await browser.newContext({ serviceWorkers: "block" });
    const page = await context.newPage();
    await page.goto(`${server.url}/posts/one/`);
    await page.locator("html[data-app=ready]").waitFor();
    await clicks(page, 10);
    const times = (await clicks(page, CLICKS)).sort((a, b) => a - b);
    const size = Buffer.byteLength(post("one", 6000, part));
    const elements = await page.locator(".prose *").count();
    console.log(`${name}: ${size} bytes of Markdown, ${elements} elements, ${CLICKS} clicks`);
    const [median, most, least] = [0.5, 0.9, 0].map((part) => ms(at(times, part)));
    console.log(`  click to text: median ${median}, 90 % ${most}, least ${least}`);
    const { script, style, layout } = await processor(page, CLICKS);
    console.log(`  processor: ${ms(script)} script, ${ms(style)} style, ${ms(layout)} layout`);
    const spent = await profile(page, CLICKS);
    const parts = Object.entries(spent).map(([name, time]) => `${ms(time)} ${name}`);
    console.log(`  profile: ${parts.join(", ")}`);
    // The profile counts time on the clock; its shares of the script's time are what holds.
    const { wasm, dom, rest, gc } = spent;
    const render = (script * (wasm + dom)) / (wasm + dom + rest + gc);
    const verdict = render <= TARGET ? "met" : "missed";
    console.log(`  Markdown to elements: ${ms(render)} on a processor; target ${TARGET} ms: ${verdict}`);
    await context.close();
  } finally {
    server.stop();
  }
}

try {
  await measure("prose", prose);
  await measure("dense", dense);
} finally {
  await browser.close();
}
