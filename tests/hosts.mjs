// @ts-check
// The settings that `host nginx` and `host caddy` print, tried with the real server, and its answers
// compared with those of `preview --host`.
//
//   cargo inkstone build
//   node tests/hosts.mjs nginx [dist]
//   node tests/hosts.mjs caddy [dist]
//
// 1. Copies the built site to a folder of its own, with a few more files: feeds, a folder without a
//    page, a name in Chinese.
// 2. Starts the server with the printed settings, on a free port of this machine and without HTTPS.
// 3. Asks both the same and prints where they differ. Exit code 1 if a difference isn't in KNOWN.
//
// NGINX, CADDY and INKSTONE_BIN name other programs. Nothing of the system's own servers is touched.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

/** @typedef {{ status: number, headers: Record<string, string | undefined>, body: Buffer }} Answer */
/** `at` is the path below the base. @typedef {{ at: string, method?: string, headers?: Record<string, string> }} Question */

const ROOT = resolve(import.meta.dirname, "..");
const INKSTONE = process.env.INKSTONE_BIN ?? resolve(ROOT, "target/debug/inkstone");
const BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/** Headers that are compared; of a tag only how strong it is, of a date only whether it is there. */
const COMPARED = [
  "content-type", "content-encoding", "content-range", "cache-control", "vary", "location", "allow",
  "accept-ranges", "etag", "last-modified", "content-security-policy", "x-content-type-options",
  "referrer-policy", "permissions-policy", "cross-origin-opener-policy",
  "cross-origin-resource-policy",
];

/** @typedef {{ path: string, method?: string, headers?: Record<string, string> }} Sent */
/** @typedef {string | RegExp} Said */
/** @typedef {[Said, Said] | ((ours: string, theirs: string) => boolean)} Pair */
/**
 * Differences that are as they should be, each with its reason: of which host, and up to which
 * version; which questions; which statuses both gave; and what both said, first preview, for `status`,
 * `body` or a header. Whatever else differs is a fault.
 * @typedef {object} Known
 * @property {string} reason
 * @property {string} [host]
 * @property {string} [before] The first version without it.
 * @property {(question: Question) => boolean} asks
 * @property {[number, number]} statuses
 * @property {Record<string, Pair>} says
 */

const PLAIN = "text/plain; charset=utf-8";
const HTML = "text/html; charset=utf-8";
const SCRIPT = "text/javascript; charset=utf-8";
/** @type {Pair} */
const BYTES = [/^\d+ bytes$/, /^\d+ bytes$/];
/** @type {Pair} */
const TWICE = (ours, theirs) => theirs === `${ours}, ${ours}`;
const SECURITY = [
  "content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy",
  "cross-origin-opener-policy", "cross-origin-resource-policy",
];
/** The same of all security headers. @param {Pair} pair */
const security = (pair) => Object.fromEntries(SECURITY.map((name) => [name, pair]));
/** The status of both and the text that comes with it. @param {number} ours @param {number} theirs */
const statuses = (ours, theirs) => ({ status: /** @type {Pair} */ ([`${ours}`, `${theirs}`]), body: BYTES });

/** All that the site adds is left out. @type {Record<string, Pair>} */
const UNSITED = {
  ...security([/./, "-"]), "cache-control": ["public, max-age=0, must-revalidate", "-"], etag: ["strong", "-"],
  vary: ["Accept-Encoding", "-"],
};

/** What is known of a file is left out. @type {Record<string, Pair>} */
const UNFILED = {
  "cache-control": ["public, max-age=31536000, immutable", "-"], etag: ["strong", "-"],
  "last-modified": ["a date", "-"],
};

/** Nothing is at these addresses, or nothing that may be seen. */
const NOWHERE = [
  "none", "none/", "deep/none.png", "page", "page/", "empty", "empty/", "_headers", "INDEX.HTML", "%FF",
  "../secret", "%2e%2e/secret", "none.webmanifest", "empty/none.xml", "assets/none-0123456789abcdef.js",
];
/** @param {string[]} paths @returns {Known["asks"]} */
const at = (...paths) => (question) => paths.includes(question.at);
/** @param {string} name @param {string[]} values @returns {Known["asks"]} */
const withHeader = (name, ...values) => (question) => values.includes(question.headers?.[name] ?? "");
/** Addresses of folders without their slash. @param {Question} question */
const slashless = ({ at }) => /^(posts\/[^/]+|tags\/[^/]+|empty)$/.test(at);
/** @param {Question} question */
const conditional = ({ headers }) => Boolean(headers?.["If-None-Match"] || headers?.["If-Modified-Since"]);

/** @type {Known[]} */
const KNOWN = [
  {
    reason: "a redirect has a text of its own",
    host: "nginx", asks: slashless, statuses: [301, 301],
    says: { "content-type": [PLAIN, "text/html"], body: BYTES },
  },
  {
    reason: "a redirect has a text of its own",
    host: "caddy", asks: (question) => slashless(question) || question.at === "sw.js/", statuses: [308, 308],
    says: { "content-type": [PLAIN, HTML], body: BYTES },
  },
  {
    reason: "a redirect to the slash loses the query",
    host: "caddy", before: "2.7", asks: slashless, statuses: [308, 308],
    says: { location: (ours, theirs) => ours.includes("?") && ours.split("?")[0] === theirs },
  },
  {
    reason: "a slash after the name of a file finds nothing",
    host: "caddy", before: "2.7", asks: at("sw.js/"), statuses: [308, 404],
    says: {
      ...statuses(308, 404), location: [/\/sw\.js$/, "-"], "content-type": [PLAIN, HTML], etag: ["-", "strong"],
      "last-modified": ["-", "a date"], "accept-ranges": ["-", "bytes"],
    },
  },
  {
    reason: "the page for what is missing has a date, and may be asked for in parts",
    host: "caddy", asks: at(...NOWHERE), statuses: [404, 404],
    says: { "last-modified": ["-", "a date"], "accept-ranges": ["-", "bytes"] },
  },
  {
    reason: "what leads out, or has a zero byte, is a bad request; to preview it is missing",
    host: "nginx", asks: at("a%00b", "../secret", "%2e%2e/secret"), statuses: [404, 400],
    says: { ...statuses(404, 400), ...UNSITED, "content-type": [HTML, "text/html"] },
  },
  {
    reason: "what leads out of a site below a path is none of its addresses; to preview it is missing",
    host: "nginx", asks: at("../secret", "%2e%2e/secret"), statuses: [404, 404],
    says: { ...UNSITED, "content-type": [HTML, "text/html"], body: BYTES },
  },
  {
    reason: "what leads out of a site below a path is none of its addresses; to preview it is missing",
    host: "caddy", asks: at("../secret", "%2e%2e/secret"), statuses: [404, 200],
    says: { ...UNSITED, status: ["404", "200"], "content-type": [HTML, "-"], body: [/./, "0 bytes"] },
  },
  {
    reason: "a name with a zero byte can't be opened; to preview it is missing",
    host: "caddy", before: "2.11", asks: at("a%00b"), statuses: [404, 500],
    says: {
      ...statuses(404, 500), "content-type": [HTML, "-"], etag: ["strong", "-"], vary: ["Accept-Encoding", "-"],
    },
  },
  {
    reason: "a zero byte is a bad request; to preview such a name is missing",
    host: "caddy", asks: at("a%00b"), statuses: [404, 400],
    says: {
      ...statuses(404, 400), "content-type": [HTML, "-"], etag: ["strong", "-"], vary: ["Accept-Encoding", "-"],
    },
  },
  {
    reason: "dots in a path are resolved; preview finds nothing",
    asks: at("posts/../sw.js"), statuses: [404, 200],
    says: {
      ...statuses(404, 200), "content-type": [HTML, SCRIPT], "last-modified": ["-", "a date"],
      "accept-ranges": ["-", "bytes"],
    },
  },
  {
    reason: "an escaped slash is a slash; preview finds nothing",
    asks: ({ at }) => /^posts%2F[^/]+\/$/.test(at), statuses: [404, 200],
    says: { ...statuses(404, 200), "last-modified": ["-", "a date"], "accept-ranges": ["-", "bytes"] },
  },
  {
    reason: "a compressed file under its own name has no type",
    host: "caddy", asks: at("sw.js.br"), statuses: [200, 200],
    says: { "content-type": ["application/octet-stream", "-"] },
  },
  {
    reason: "a star in Accept-Encoding, which no browser sends, is not understood",
    host: "nginx", asks: withHeader("Accept-Encoding", "*"), statuses: [200, 200],
    says: { "content-encoding": ["br", "-"], "accept-ranges": ["-", "bytes"], body: BYTES },
  },
  {
    reason: "a star in Accept-Encoding, which no browser sends, is not understood",
    host: "caddy", asks: withHeader("Accept-Encoding", "*"), statuses: [200, 200],
    says: { "content-encoding": ["br", "-"], body: BYTES },
  },
  {
    reason: "a star in Accept-Encoding, which no browser sends, is not understood",
    asks: withHeader("Accept-Encoding", "*"), statuses: [404, 404],
    says: { "content-encoding": ["br", "-"], body: BYTES },
  },
  {
    reason: "a part doesn't say again that there are parts",
    host: "nginx", asks: withHeader("Range", "bytes=0-3", "bytes=-5", "bytes=4-"), statuses: [206, 206],
    says: { "accept-ranges": ["bytes", "-"] },
  },
  {
    reason: "a part that is not there: a text of its own, no tag, and the other headers twice",
    host: "nginx", asks: withHeader("Range", "bytes=99999999-"), statuses: [416, 416],
    says: {
      ...security(TWICE), "cache-control": TWICE, "content-type": [PLAIN, HTML], body: BYTES,
      etag: ["strong", "-"], "last-modified": ["a date", "-"],
    },
  },
  {
    reason: "a part that is not there has a text of its own, and in newer versions no headers of the file",
    host: "caddy", asks: withHeader("Range", "bytes=99999999-"), statuses: [416, 416],
    says: { ...UNFILED, body: BYTES },
  },
  {
    reason: "preview leaves out several parts in one answer",
    asks: withHeader("Range", "bytes=0-1,3-4"), statuses: [200, 206],
    says: { ...statuses(200, 206), "content-type": [SCRIPT, /^multipart\/byteranges; boundary=/] },
  },
  {
    reason: "several parts don't say again that there are parts",
    host: "nginx", asks: withHeader("Range", "bytes=0-1,3-4"), statuses: [200, 206],
    says: { "accept-ranges": ["bytes", "-"] },
  },
  {
    reason: "an unknown unit of ranges is refused; to preview it asks for everything",
    host: "caddy", asks: withHeader("Range", "items=0-1"), statuses: [200, 416],
    says: { ...statuses(200, 416), ...UNFILED, "content-type": [SCRIPT, PLAIN], "accept-ranges": ["bytes", "-"] },
  },
  {
    reason: "a refused method has a text of its own",
    host: "nginx", asks: ({ method }) => method !== undefined, statuses: [405, 405],
    says: { "content-type": [PLAIN, HTML], body: BYTES },
  },
  {
    reason: "a refused method has no text",
    host: "caddy", asks: ({ method }) => method !== undefined, statuses: [405, 405],
    says: { "content-type": [PLAIN, "-"], body: [/^\d+ bytes$/, "0 bytes"] },
  },
  {
    reason: "what is known already has no date",
    host: "caddy", asks: conditional, statuses: [304, 304],
    says: { "last-modified": ["a date", "-"] },
  },
];

const [host = "", given = "dist"] = process.argv.slice(2);
if (!["nginx", "caddy"].includes(host)) {
  console.error("usage: node tests/hosts.mjs nginx|caddy [built site]");
  process.exit(2);
}

/** @type {import("node:child_process").ChildProcess[]} */
const children = [];
const work = fs.mkdtempSync(join(tmpdir(), "inkstone-hosts-"));
// Also when the reader of the output goes away, or the person interrupts.
process.on("exit", () => {
  for (const child of children) child.kill();
  fs.rmSync(work, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
process.exit(await compare());

/** The exit code. */
async function compare() {
  const base = scope(resolve(given));
  const site = join(work, "root", base);
  fs.mkdirSync(site, { recursive: true });
  fs.cpSync(resolve(given), site, { recursive: true });
  addFiles(site);
  const { port: real, version } = await startServer(site);
  const preview = await startPreview(site);
  let [asked, known, unknown] = [0, 0, 0];
  const entries = KNOWN.filter((entry) => concerns(entry, version));
  for (const question of questions(site)) {
    const sent = { ...question, path: base + question.at };
    const [theirs, ours] = [await ask(real, sent), await ask(preview, sent)];
    asked += 1;
    for (const [what, one, other] of differences(ours, theirs)) {
      const match = entries.find(
        ({ asks, statuses: [mine, real], says }) =>
          ours.status === mine && theirs.status === real && asks(question) && isSaid(says[what], one, other),
      );
      if (match) known += 1;
      else unknown += 1;
      if (match && !process.env.VERBOSE) continue;
      const headers = JSON.stringify(question.headers ?? {});
      console.log(`${question.method ?? "GET"} ${sent.path} ${headers} ${match?.reason ?? ""}`);
      console.log(`  ${what}: preview ${one}, ${host} ${other}`);
    }
  }
  console.log(`${host}: ${asked} requests, ${unknown} differences, and ${known} that are known`);
  return unknown === 0 ? 0 : 1;
}

/** Whether an entry is about this host in this version. @param {Known} entry @param {string} version */
function concerns(entry, version) {
  const older = (/** @type {string} */ one, /** @type {string} */ other) =>
    one.localeCompare(other, "en", { numeric: true }) < 0;
  return (entry.host ?? host) === host && (!entry.before || older(version, entry.before));
}

/** @param {Pair | undefined} pair @param {string} ours @param {string} theirs */
function isSaid(pair, ours, theirs) {
  if (pair === undefined) return false;
  if (typeof pair === "function") return pair(ours, theirs);
  const fits = (/** @type {Said} */ said, /** @type {string} */ value) =>
    typeof said === "string" ? said === value : said.test(value);
  return fits(pair[0], ours) && fits(pair[1], theirs);
}

/** Where the site stands on its host. @param {string} site */
function scope(site) {
  return JSON.parse(fs.readFileSync(join(site, "manifest.webmanifest"), "utf8")).scope;
}

/** What not every site has. @param {string} site */
function addFiles(site) {
  const files = {
    "feed.xml": "<feed xmlns='http://www.w3.org/2005/Atom'/>",
    "rss.xml": "<rss/>",
    "feed.json": "{}",
    "sitemap.xml": "<urlset/>",
    "robots.txt": "User-agent: *\n",
    "release.json": "{}",
    "others-0123456789abcdef.json": "{}",
    "og/post-0123456789abcdef.png": "image",
    "assets/photo.jpg": "image",
    "tags/测试 标签/index.html": "<p>标签</p>",
    "tags/测试 标签/feed.xml": "<feed/>",
    "empty/file.bin": "bytes",
    "page.html": "<p>page</p>",
  };
  for (const [path, text] of Object.entries(files)) {
    if (fs.existsSync(join(site, path))) continue;
    fs.mkdirSync(join(site, path, ".."), { recursive: true });
    fs.writeFileSync(join(site, path), text);
  }
}

/** The first file whose path matches. @param {string} site @param {RegExp} pattern */
function find(site, pattern) {
  const all = fs.readdirSync(site, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(site, join(entry.parentPath ?? entry.path, entry.name)));
  const found = paths.sort().find((path) => pattern.test(path));
  if (!found) throw new Error(`the site has no file like ${pattern}`);
  return found.split("/").map(encodeURIComponent).join("/");
}

/** @param {string} site @returns {Generator<Question>} */
function* questions(site) {
  const post = find(site, /^posts\/[^/]+\/index\.html$/).replace(/index\.html$/, "");
  const script = find(site, /^assets\/.*\.js$/);
  const wasm = find(site, /^assets\/.*\.wasm$/);
  const tag = encodeURIComponent("测试 标签");
  const plain = [
    "", "index.html", post, post.slice(0, -1), `${post.slice(0, -1)}?q=1&r=%E4%BA%91`, `${post}index.html`,
    "none", "none/", "deep/none.png", "404.html", "shell.html", "page.html", "page", "page/",
    "empty", "empty/", "empty/file.bin", `tags/${tag}/`, `tags/${tag}`, `tags/${tag}/feed.xml`,
    script, wasm, find(site, /^assets\/.*\.css$/), find(site, /^data\/.*\.json$/), find(site, /\.bin$/),
    find(site, /^release-[0-9a-f]{16}\.json$/), "assets/none-0123456789abcdef.js", "assets/photo.jpg",
    "others-0123456789abcdef.json", "og/post-0123456789abcdef.png", "release.json", "sw.js", "sw.js/",
    "sw.js.br", "manifest.webmanifest", "feed.xml", "rss.xml", "feed.json", "sitemap.xml", "robots.txt",
    "icon.svg", "_headers", "INDEX.HTML", `/${post}`, `${post}/`, "%FF", "a%00b", "../secret",
    "%2e%2e/secret", "posts/../sw.js", `posts%2F${post.slice(6)}`, "none.webmanifest", "empty/none.xml",
  ];
  for (const at of plain) yield { at };
  for (const accept of ["br", "gzip", "gzip, deflate, br, zstd", "br;q=0, gzip", "identity", "*"]) {
    for (const path of ["", script, "none"]) yield { at: path, headers: { "Accept-Encoding": accept } };
  }
  for (const Range of ["bytes=0-3", "bytes=-5", "bytes=4-", "bytes=99999999-", "bytes=0-1,3-4", "items=0-1"]) {
    yield { at: script, headers: { Range } };
  }
  yield { at: script, headers: { Range: "bytes=0-3", "Accept-Encoding": "br" } };
  yield { at: script, headers: { Range: "bytes=0-3", "If-Range": '"other"' } };
  for (const path of ["", script, "none", post.slice(0, -1)]) yield { at: path, method: "HEAD" };
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) yield { at: "", method };
  for (const path of ["", script]) {
    for (const accept of ["identity", "br"]) {
      const headers = { "Accept-Encoding": accept };
      yield { at: path, headers: { ...headers, "If-None-Match": "known" } };
      yield { at: path, headers: { ...headers, "If-None-Match": '"other"' } };
      yield { at: path, headers: { ...headers, "If-Modified-Since": "known" } };
    }
  }
  yield { at: "", headers: { "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT" } };
  yield { at: "", headers: { "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT" } };
}

/** Asks; `known` stands for the tag or the date of the answer without the condition. */
async function ask(/** @type {number} */ port, /** @type {Sent} */ question) {
  const headers = { ...question.headers };
  for (const [name, from] of [["If-None-Match", "etag"], ["If-Modified-Since", "last-modified"]]) {
    if (headers[name] !== "known") continue;
    delete headers[name];
    headers[name] = (await send(port, { ...question, headers })).headers[from] ?? "-";
  }
  return send(port, { ...question, headers });
}

/** @param {number} port @param {Sent} sent @returns {Promise<Answer>} */
function send(port, { path, method = "GET", headers = {} }) {
  return new Promise((done, fail) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => {
        const found = /** @type {Record<string, string>} */ (response.headers);
        done({ status: response.statusCode ?? 0, headers: found, body: Buffer.concat(chunks) });
      });
    });
    sent.setTimeout(5000, () => sent.destroy(new Error(`no answer to ${path}`)));
    sent.on("error", fail);
    sent.end();
  });
}

/** What differs, and what each says. @param {Answer} ours @param {Answer} theirs */
function differences(ours, theirs) {
  /** @type {[string, string, string][]} */
  const found = [];
  const add = (/** @type {string} */ what, /** @type {string} */ a, /** @type {string} */ b) => {
    if (a !== b) found.push([what, a, b]);
  };
  add("status", `${ours.status}`, `${theirs.status}`);
  for (const name of COMPARED) add(name, shown(name, ours), shown(name, theirs));
  if (!ours.body.equals(theirs.body)) found.push(["body", `${ours.body.length} bytes`, `${theirs.body.length} bytes`]);
  return found;
}

/** @param {string} name @param {Answer} answer */
function shown(name, answer) {
  const value = answer.headers[name];
  if (value === undefined) return "-";
  if (name === "etag") return value.startsWith("W/") ? "weak" : "strong";
  if (name === "location") return decodeURI(value);
  return name === "last-modified" ? "a date" : value;
}

/** The port of the real server, with the printed settings, and its version. @param {string} site */
async function startServer(site) {
  const root = join(work, "root");
  const settings = execFileSync(INKSTONE, ["host", host, "--out", site, "--root", root], {
    cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"],
  });
  const port = await freePort();
  const file = join(work, host === "nginx" ? "nginx.conf" : "Caddyfile");
  fs.writeFileSync(file, host === "nginx" ? nginxFile(settings, port) : caddyFile(settings, port));
  const [program, ...args] =
    host === "nginx"
      ? [process.env.NGINX ?? "nginx", "-p", work, "-c", file, "-g", "daemon off;"]
      : [process.env.CADDY ?? "caddy", "run", "--config", file, "--adapter", "caddyfile"];
  const asked = spawnSync(program, host === "nginx" ? ["-v"] : ["version"], { encoding: "utf8" });
  const version = /\d+(\.\d+)+/.exec(asked.stdout + asked.stderr)?.[0] ?? "";
  console.log(`${host}: ${version || `no ${program} here`}`);
  start(program, args, { ...process.env, HOME: work, XDG_DATA_HOME: work, XDG_CONFIG_HOME: work });
  for (let tries = 0; tries < 100; tries += 1) {
    if (await send(port, { path: "/" }).then(() => true, () => false)) return { port, version };
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${host} does not answer`);
}

/** @param {string} settings @param {number} port */
function nginxFile(settings, port) {
  const secure = settings.slice(settings.lastIndexOf("\nserver {"));
  const map = settings.slice(0, settings.indexOf("\nserver {"));
  const brotli = fs.existsSync(BROTLI);
  if (!brotli) console.log("without Brotli: the module is not installed");
  const server = secure
    .replace("listen 443 ssl;", `listen 127.0.0.1:${port};`)
    .replace(/ *listen \[::\]:443 ssl;\n| *ssl_certificate.*\n/g, "")
    .replace(brotli ? /^$/ : / *brotli_static on;\n/, "");
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return [
    brotli ? `load_module ${BROTLI};` : "",
    // Else its workers are someone who may not read this folder.
    process.getuid?.() === 0 ? "user root;" : "",
    `pid ${work}/nginx.pid; error_log stderr warn; worker_processes 1; events {}`,
    // As on a server where the distribution's own file includes the printed one.
    "http { access_log off; include /etc/nginx/mime.types; default_type application/octet-stream;",
    ...folders.map((name) => `${name}_temp_path ${work}/${name};`),
    map, server, "}",
  ].join("\n");
}

/** @param {string} settings @param {number} port */
function caddyFile(settings, port) {
  const site = settings.replace(/^[^#\s].* \{$/m, `http://127.0.0.1:${port} {`);
  return `{\n\tadmin off\n\tauto_https off\n}\n${site}`;
}

/** The port of `preview`. @param {string} site @returns {Promise<number>} */
function startPreview(site) {
  const child = start(INKSTONE, ["preview", "--host", host, "--out", site, "--port", "0"], process.env);
  return new Promise((done, fail) => {
    child.stdout?.on("data", (chunk) => {
      const found = /127\.0\.0\.1:(\d+)/.exec(String(chunk))?.[1];
      if (found) done(Number(found));
    });
    child.on("exit", () => fail(new Error("preview ended")));
  });
}

/** @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} env */
function start(program, args, env) {
  const child = spawn(program, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr?.on("data", (chunk) => (log += chunk));
  child.on("exit", (code) => {
    if (code) console.error(`${program} ended with ${code}\n${log}`);
  });
  children.push(child);
  return child;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(address && typeof address === "object" ? address.port : 0));
    });
  });
}
