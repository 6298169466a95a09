// The sites that the tests visit: built by the command line under test, served by its preview.

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const OUT = resolve(ROOT, "target/inkstone/browser-tests");
const BIN = resolve(process.env.INKSTONE_BIN ?? resolve(ROOT, "target/debug/inkstone"));

export const SEEDS = resolve(ROOT, "../shared/seeds");
export const hasSeeds = existsSync(SEEDS);

/** Runs the command line; throws with all it printed where it fails. */
export function inkstone(...args: string[]): string {
  const run = spawnSync(BIN, args, { cwd: ROOT, encoding: "utf8" });
  const output = `${run.stdout}${run.stderr}`;
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`inkstone ${args.join(" ")}: ${run.status}\n${output}`);
  return output;
}

/** Runs the command line beside this process, so that it can ask a server of ours. */
export function runs(...args: string[]): Promise<{ status: number | null; output: string }> {
  const child = spawn(BIN, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return new Promise((done, fail) => child.on("error", fail).on("close", (status) => done({ status, output })));
}

/** Where every site is mounted, once each; the whole suite runs for both. */
export const MOUNTS = ["/", "/a/b/"];

/** The folder of a site by name, or of what belongs to the tests, by where it is mounted. */
export const folder = (name: string, at = "/") => resolve(OUT, at === "/" ? name : `${name}-below`);

/** Builds a site of the project's own posts, or of others, for every mount. */
export function build(name: string, ...options: string[]) {
  for (const at of MOUNTS) inkstone("build", "--out", folder(name, at), "--base", at, ...options);
}

/** A problem that the command line names. */
export type Diagnostic = { file: string; line: number; severity: string; message: string };

/** Builds a site unless its posts have errors, and says all that is wrong with them. */
export function attempt(name: string, ...options: string[]): Diagnostic[] {
  const args = ["build", "--format", "json", "--out", folder(name), ...options];
  const run = spawnSync(BIN, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.error) throw run.error;
  if (!run.stdout) throw new Error(`inkstone ${args.join(" ")}: ${run.status}\n${run.stderr}`);
  return JSON.parse(run.stdout).diagnostics;
}

/** A folder of posts made of text: file name -> content. */
export function posts(name: string, files: Record<string, string>): string {
  const target = resolve(OUT, "posts", name);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(resolve(target, file)), { recursive: true });
    writeFileSync(resolve(target, file), text);
  }
  return target;
}

/** A file of settings made of text. */
export function config(name: string, text: string): string {
  const file = resolve(OUT, "posts", `${name}.toml`);
  writeFileSync(file, text);
  return file;
}

/** A running preview server. Stopping it is the most faithful way to be offline. */
export class Preview {
  private constructor(
    private process: ChildProcess,
    readonly port: number,
    readonly site: string,
    readonly base: string,
  ) {}

  static async start(site: string, base = "/", port = 0): Promise<Preview> {
    const args = ["preview", "--out", folder(site, base), "--port", String(port), "--base", base];
    const child = spawn(BIN, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
    const line = await new Promise<string>((done, fail) => {
      let text = "";
      child.stdout?.on("data", (chunk) => {
        text += chunk;
        if (/listening on http:\/\/127\.0\.0\.1:\d+/.test(text)) done(text);
      });
      child.on("exit", (code) => fail(new Error(`preview ended with ${code}: ${text}`)));
    });
    return new Preview(child, Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1]), site, base);
  }

  url(path = ""): string {
    return `http://127.0.0.1:${this.port}${this.base}${path}`;
  }

  async stop() {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGTERM");
    await ended;
  }

  /** The same address again, possibly with another site. */
  async restart(site = this.site): Promise<Preview> {
    await this.stop();
    return Preview.start(site, this.base, this.port);
  }
}
