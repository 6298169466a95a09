// @ts-check
// A built site, served as a host would serve it, for as long as something is measured.

import { spawn } from "node:child_process";
import { resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const BIN = process.env.INKSTONE_BIN ?? resolve(ROOT, "target/debug/inkstone");

/**
 * Serves a folder that `cargo inkstone build` wrote, at a port that is free.
 * @param {string} site
 * @returns {Promise<{ url: string, stop: () => void }>} the address without a slash at its end
 */
export async function preview(site) {
  const server = spawn(BIN, ["preview", "--out", resolve(site), "--port", "0"], { cwd: ROOT });
  const url = await new Promise((done, fail) => {
    let text = "";
    server.stdout.on("data", (chunk) => {
      text += chunk;
      const port = /127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port) done(`http://127.0.0.1:${port}`);
    });
    server.on("error", fail);
    server.on("exit", (code) => fail(new Error(`preview ended with ${code}`)));
  });
  return { url, stop: () => void server.kill() };
}
