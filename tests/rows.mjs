// Lists the 42 rows of faults that must not win, with where each is tested and how that ended.
//
//     node tests/rows.mjs            runs the worker's tests and the browser tests of rows
//     node tests/rows.mjs --twice    all of it twice; a row has to pass both times
//
// Other arguments go to Playwright, `--project=/` say.
//
// A test names its row in its title, `row 7: …`. One that is marked as not working yet says in a
// comment what the code lacks; its row is listed as "open". Exit status 1 where a row fails, or
// has no test.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROWS = 42;
const HERE = import.meta.dirname;

/** The rows a title names: `row 38/39: …` names two. */
function rowsOf(title) {
  const [, rows] = /\brow ([\d/]+):/.exec(title) ?? [];
  return rows?.split("/").map(Number) ?? [];
}

/** Outcomes of the worker's tests: `{ title, place, outcome }`. */
function workerTests() {
  const folder = join(HERE, "worker");
  const files = readdirSync(folder).filter((file) => file.endsWith(".test.mjs"));
  return files.flatMap((file) => {
    const run = spawnSync("node", ["--test", "--test-reporter=tap", join(folder, file)], { encoding: "utf8" });
    const lines = [...run.stdout.matchAll(/^ *(not )?ok \d+ - (.*)$/gm)];
    return lines.map(([, not, title]) => ({ title, place: `worker/${file}`, outcome: not ? "fails" : "passes" }));
  });
}

const OUTCOMES = { expected: "passes", unexpected: "fails", flaky: "fails", skipped: "open" };

/** Outcomes of the browser tests of faults, at every mount. */
function browserTests() {
  const folder = mkdtempSync(join(tmpdir(), "inkstone-rows-"));
  const report = join(folder, "report.json");
  const args = ["--no-install", "playwright", "test", "--grep", "row \\d+", "--workers=1", "--reporter=json", ...extra];
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  spawnSync("npx", args, { cwd: HERE, env, stdio: ["ignore", "ignore", "inherit"] });
  const { suites } = JSON.parse(readFileSync(report, "utf8"));
  rmSync(folder, { recursive: true });
  return suites.flatMap(specsOf).flatMap(({ title, file, tests }) =>
    tests.map(({ projectName, status }) => ({
      title,
      place: `browser/${file} at ${projectName}`,
      outcome: OUTCOMES[status],
    })));
}

function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

/** One line for each place, with how many of its tests ended how. */
function describe(tests) {
  const lines = new Map();
  for (const { place, outcome } of tests) {
    const counts = lines.get(place) ?? {};
    lines.set(place, { ...counts, [outcome]: (counts[outcome] ?? 0) + 1 });
  }
  return [...lines].map(([place, counts]) => {
    const parts = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`);
    return `${place}: ${parts.join(", ")}`;
  });
}

function verdictOf(tests) {
  const has = (outcome) => tests.some((test) => test.outcome === outcome);
  if (tests.length === 0) return "MISSING";
  return has("fails") ? "FAILS" : has("open") ? "open" : "passes";
}

function list() {
  const tests = [...workerTests(), ...browserTests()];
  let isFine = true;
  for (let row = 1; row <= ROWS; row += 1) {
    const own = tests.filter(({ title }) => rowsOf(title).includes(row));
    const verdict = verdictOf(own);
    isFine &&= verdict === "passes" || verdict === "open";
    console.log(`row ${row}: ${verdict}`);
    for (const line of describe(own)) console.log(`    ${line}`);
    for (const { title, outcome } of own) if (outcome === "fails") console.log(`    failed: ${title}`);
  }
  const others = tests.filter(({ title, outcome }) => outcome === "fails" && rowsOf(title).length === 0);
  for (const { title, place } of others) console.log(`failed: ${title} (${place})`);
  return isFine && others.length === 0;
}

const extra = process.argv.slice(2).filter((arg) => arg !== "--twice");
const times = process.argv.includes("--twice") ? 2 : 1;
let isFine = true;
for (let time = 1; time <= times; time += 1) {
  if (times > 1) console.log(`\nrun ${time}`);
  isFine = list() && isFine;
}
process.exitCode = isFine ? 0 : 1;
