// The releases of one small blog that the fault tests deploy, read into memory, and other releases
// made of them: a site with some of its files changed, and with a manifest and a worker that fit.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { build, config, folder, posts } from "./sites";

export type Entry = {
  sha256: string;
  size: number;
  type: string;
  set: "core" | "ahead" | "demand";
  doc?: string;
  needs?: string[];
};

export type Manifest = {
  schema: number;
  release: string;
  headers: Record<string, string>;
  files: Record<string, Entry>;
};

/** What the first line of `sw.js` says. */
type Build = { release: string; path: string; sha256: string; size: number; number: number; mode: string };

/** A built site: its files by path, and what they say of themselves. */
export type Site = { files: Map<string, Buffer>; manifest: Manifest; build: Build };

export const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");

const post = (n: number, edit: string, body: string) =>
  `---\ntitle: 第 ${n} 篇${edit}\ndate: 2026-01-0${n}\ntags: [故障]\n---\n\n正文 ${n}${edit}。${"纸上得来终觉浅。".repeat(20)}\n\n${body}\n`;

/** Six posts, of which the newest two are kept ahead; post 1 has a sound, post 2 a foreign image. */
function blogOf(edits: Record<number, string>): Record<string, string> {
  const bodies: Record<number, string> = {
    1: '<audio src="/sound.wav"></audio>',
    2: "![外站的图](https://images.example/x.png)",
  };
  const files: Record<string, string> = {};
  for (let n = 1; n <= 6; n++) {
    files[`2026-01-0${n}-post-${n}.md`] = post(n, edits[n] ?? "", bodies[n] ?? "");
  }
  return files;
}

/** One second of silence, mono, 8 kHz. */
function sound(): Buffer {
  const size = 16_000;
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + size, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(size, 40);
  return Buffer.concat([head, Buffer.alloc(size)]);
}

/** Release 2 has one changed post, release 3 one more; `releases()` gives it another app as well. */
const EDITS: Record<string, Record<number, string>> = {
  "faults-1": {},
  "faults-2": { 3: "（第二版）" },
  "faults-3": { 3: "（第二版）", 4: "（第三版）" },
};

const REMOVAL = "faults-removal";

const SETTINGS = `title = "故障"
timezone = "Asia/Shanghai"
offline_newest = 2
remote_images = ["images.example"]
`;

export function buildFaultSites() {
  const files = resolve(posts("faults-public", { "images/dot.svg": DOT, "icon.svg": DOT }));
  mkdirSync(files, { recursive: true });
  writeFileSync(resolve(files, "sound.wav"), sound());
  const settings = config("faults", SETTINGS);
  for (const [name, edits] of Object.entries(EDITS)) {
    const own = ["--posts", posts(name, blogOf(edits)), "--config", settings, "--public", files];
    build(name, ...own, "--no-compress", "--no-cards");
  }
  // The kill switch, on the site of the first release.
  const own = ["--posts", posts(REMOVAL, blogOf({})), "--config", settings, "--public", files];
  build(REMOVAL, ...own, "--no-compress", "--no-cards", "--remove-worker");
}

const DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle r="4" cx="4" cy="4"/></svg>';

export function readSite(name: string, at: string): Site {
  const root = folder(name, at);
  const files = new Map<string, Buffer>();
  for (const file of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = resolve(file.parentPath, file.name);
    if (file.isFile()) files.set(path.slice(root.length + 1), readFileSync(path));
  }
  const build = readBuild(files);
  const manifest: Manifest = JSON.parse(String(files.get(build.path)));
  // A path with a double slash stands for one with the first digits of the hash.
  const long = Object.entries(manifest.files).map(([path, entry]) => [path.replace("//", entry.sha256.slice(0, 16)), entry]);
  return { files, build, manifest: { ...manifest, files: Object.fromEntries(long) } };
}

function readBuild(files: Map<string, Buffer>): Build {
  const [, json] = /^const BUILD = (.*);\n/.exec(String(files.get("sw.js"))) ?? [];
  return JSON.parse(json ?? "");
}

/** What another release differs in; `files` by path, `null` where one is withdrawn. */
export type Edits = {
  files?: Record<string, Buffer | null>;
  manifest?: Partial<Manifest>;
  mode?: "serve" | "remove";
  /** When it was built. */
  number?: number;
};

/** The next release: the same files but for the edits, under a newer name; every hash is right. */
export function reissue(site: Site, { files: edits = {}, manifest: changes, mode, number = site.build.number + 1 }: Edits): Site {
  const files = new Map(site.files);
  const entries = { ...site.manifest.files };
  for (const [path, bytes] of Object.entries(edits)) {
    if (bytes === null) {
      files.delete(path);
      delete entries[path];
    } else {
      files.set(path, bytes);
      if (entries[path]) entries[path] = { ...entries[path], sha256: sha256(bytes), size: bytes.length };
    }
  }
  const release = sha256(`${site.build.release}+${JSON.stringify([entries, changes, mode])}`).slice(0, 16);
  const current = { ...JSON.parse(String(files.get("release.json"))), release };
  const text = Buffer.from(`${JSON.stringify(current)}\n`);
  files.set("release.json", text);
  entries["release.json"] = { ...entries["release.json"], sha256: sha256(text), size: text.length };
  const manifest = { ...site.manifest, release, files: entries, ...changes };
  return sealed(files, manifest, { ...site.build, release, number, mode: mode ?? site.build.mode });
}

/** The same release, with the number that says when it was built. */
function numbered(site: Site, number: number): Site {
  return sealed(new Map(site.files), site.manifest, { ...site.build, number });
}

/** Writes the manifest and the first line of the worker. */
function sealed(files: Map<string, Buffer>, manifest: Manifest, before: Build): Site {
  files.delete(before.path);
  const json = Buffer.from(JSON.stringify(manifest));
  const hash = sha256(json);
  const path = `release-${hash.slice(0, 16)}.json`;
  const build = { ...before, path, sha256: hash, size: json.length };
  files.set(path, json);
  const script = String(files.get("sw.js")).replace(/^.*\n/, () => `const BUILD = ${JSON.stringify(build)};\n`);
  files.set("sw.js", Buffer.from(script));
  return { files, manifest, build };
}

/** A release whose app has other bytes, and so other names; `change` makes them of the old ones. */
export function withApp(site: Site, change: { wasm(bytes: Buffer): Buffer; js(bytes: Buffer): Buffer }): Site {
  const edits: Record<string, Buffer | null> = {};
  const names = new Map<string, string>();
  const entries = { ...site.manifest.files };
  for (const kind of ["wasm", "js"] as const) {
    const old = pathOf(site, new RegExp(`^assets/app-\\w+\\.${kind}$`));
    const bytes = change[kind](site.files.get(old) ?? Buffer.alloc(0));
    const path = `assets/app-${sha256(bytes).slice(0, 16)}.${kind}`;
    if (path === old) continue;
    names.set(old, path);
    entries[path] = entries[old];
    edits[old] = null;
    edits[path] = bytes;
  }
  for (const [path, bytes] of site.files) {
    if (path.endsWith(".html")) edits[path] = Buffer.from(renamed(String(bytes), names));
  }
  return reissue({ ...site, manifest: { ...site.manifest, files: entries } }, { files: edits });
}

function renamed(text: string, names: Map<string, string>): string {
  for (const [old, path] of names) text = text.replaceAll(old, path);
  return text;
}

/** The one path of the release that looks like this. */
export function pathOf(site: Site, pattern: RegExp): string {
  const found = Object.keys(site.manifest.files).filter((path) => pattern.test(path));
  if (found.length !== 1) throw new Error(`${pattern}: ${found.length} files`);
  return found[0];
}

/** The path of a post's data. */
export const dataOf = (site: Site, n: number) => pathOf(site, new RegExp(`^data/posts/post-${n}-`));

/** A custom section, which changes the bytes of a module and nothing of what it does. */
const SECTION = Buffer.from([0, 6, 5, ...Buffer.from("other")]);

/** A module that is valid and traps at its start. */
export const TRAP = Buffer.from("0061736d0100000001040160000003020100080100" + "0a05010300000b", "hex");

const same = (bytes: Buffer) => bytes;

/** All releases of the blog where it is mounted. */
export function releases(at: string) {
  const [v1, v2, third] = Object.keys(EDITS).map((name, n) => numbered(readSite(name, at), 10 * (n + 1)));
  const other = (bytes: Buffer) => Buffer.concat([bytes, Buffer.from("\n// another release\n")]);
  const v3 = withApp(third, { wasm: (bytes) => Buffer.concat([bytes, SECTION]), js: other });
  const trap = withApp(v2, { wasm: () => TRAP, js: same });
  const headers = { ...v1.manifest.headers, "Permissions-Policy": "camera=(), usb=()" };
  const policy = reissue(v1, { manifest: { headers }, number: 60 });
  const again = reissue(v1, { number: 50 });
  const removal = numbered(readSite(REMOVAL, at), 70);
  const unknown = reissue(v1, { manifest: { schema: 9 }, number: 80 });
  return { v1, v2, v3, trap, policy, again, removal, unknown };
}

export type Releases = ReturnType<typeof releases>;
