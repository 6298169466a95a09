// A browser that is killed: row 26. It runs on a profile of its own, which is opened again.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { chromium, type Browser } from "@playwright/test";
import { accept, Blog, expect, ready, stored, test, update } from "./faults";
import * as fault from "./fault-server";

type Running = { browser: Browser; process: ChildProcess };

/** Starts a browser on a profile, and connects to it. */
async function start(profile: string): Promise<Running> {
  const path = process.env.CHROME ?? "/usr/bin/chromium";
  const args = ["--headless=new", "--no-sandbox", "--remote-debugging-port=0", `--user-data-dir=${profile}`];
  const child = spawn(path, [...args, "--no-first-run", "--lang=zh-CN", "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  const address = await new Promise<string>((done, fail) => {
    let text = "";
    child.stderr?.on("data", (chunk) => {
      text += chunk;
      const [, url] = /DevTools listening on (ws:\S+)/.exec(text) ?? [];
      if (url) done(url);
    });
    child.on("exit", () => fail(new Error(`the browser ended: ${text}`)));
  });
  return { browser: await chromium.connectOverCDP(address), process: child };
}

/** Ends it as a crash does: with all its processes, and without a word. */
async function kill({ browser, process: child }: Running) {
  const ended = new Promise((done) => child.once("exit", done));
  if (child.pid && child.exitCode === null && child.signalCode === null) {
    process.kill(-child.pid, "SIGKILL");
    await ended;
  }
  await browser.close();
}

test("row 26: after a browser was killed in mid-install the old release serves, and the new one comes", async ({
  blog: { server, sites, at },
}) => {
  const { v1, v3 } = sites;
  const profile = mkdtempSync(resolve(tmpdir(), "inkstone-profile-"));
  let running = await start(profile);
  try {
    const before = new Blog(at, running.browser.contexts()[0], server, sites);
    const first = await before.context.newPage();
    await before.settle(first);
    const complete = (await stored(first)).length;
    server.deploy(v3);
    server.fault(/\.wasm$/, fault.hangInBody);
    server.forget();
    void first.evaluate(() => navigator.serviceWorker.getRegistration().then((it) => it?.update())).catch(() => {});
    await expect.poll(() => server.asked(/\.wasm$/).length).toBeGreaterThan(0);
    // Some of the next release is stored already.
    await expect.poll(async () => (await stored(first)).length).toBeGreaterThan(complete);
    await kill(running);
    // Else the browser's own look begins another installation that hangs.
    server.fault("sw.js", fault.status(503));
    running = await start(profile);
    const after = new Blog(at, running.browser.contexts()[0], server, sites);
    after.saved = before.saved;
    const page = await after.open();
    await ready(page);
    await after.holds(page, v1);
    server.heal();
    await update(page, v3);
    await page.reload();
    await accept(page, v3);
    await after.holds(page, v3);
    // One more, so that the first one and all that was left over goes.
    server.deploy(sites.again);
    await update(page, sites.again);
    await accept(page, sites.again);
    server.deploy(sites.policy);
    await update(page, sites.policy);
    await accept(page, sites.policy);
    await after.holds(page, sites.policy);
    const known = [sites.again, sites.policy].flatMap(({ manifest }) => Object.values(manifest.files));
    const hashes = known.map(({ sha256 }) => sha256);
    const files = (await stored(page)).filter((name) => name.includes(":files"));
    expect(files.filter((name) => !hashes.some((hash) => name.endsWith(hash)))).toEqual([]);
  } finally {
    await kill(running);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
