// Lighthouse's marks, as a phone would get them, for home, a post and a tag; and what costs marks.
//
//   node bench/lighthouse.mjs SITE [/posts/…/ …]      SITE is a folder that `cargo inkstone build` wrote
//
// Lighthouse comes from npm when it is first asked for; it is no part of the tests.

import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { preview } from "./preview.mjs";

const LIGHTHOUSE = "lighthouse@12.8.2";
const FLAGS = "--headless=new --no-sandbox --disable-background-networking --disable-component-update --disable-sync --disable-quic";
const [site, ...given] = process.argv.slice(2);
if (!site) throw new Error("node bench/lighthouse.mjs SITE [PATH …]");
const paths = given.length > 0 ? given : ["/", "/posts/why-ai-moved-in/", "/tags/ai/"];

const { url, stop } = await preview(site);

/** The report on one page. */
function report(path) {
  const out = resolve(tmpdir(), `inkstone-lighthouse-${process.pid}.json`);
  const args = ["--yes", LIGHTHOUSE, url + path, "--output=json", `--output-path=${out}`, "--quiet"];
  const env = { ...process.env, CHROME_PATH: process.env.CHROME ?? "/usr/bin/chromium" };
  const run = spawnSync("npx", [...args, `--chrome-flags=${FLAGS}`], { env, encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  const read = JSON.parse(readFileSync(out, "utf8"));
  rmSync(out);
  return read;
}

try {
  for (const path of paths) {
    const { categories, audits } = report(path);
    const marks = Object.values(categories).map(({ title, score }) => `${title} ${Math.round(score * 100)}`);
    console.log(`${path}: ${marks.join(", ")}`);
    const shown = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];
    console.log(`  ${shown.map((name) => `${audits[name].title} ${audits[name].displayValue}`).join(", ")}`);
    for (const { auditRefs } of Object.values(categories)) {
      const lost = auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1);
      for (const { id } of lost) console.log(`  costs marks: ${audits[id].title}`);
    }
  }
} finally {
  stop();
}
