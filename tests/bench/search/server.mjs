// @ts-check
// A static server as a host would be: folders by their index.html, Brotli for what it makes
// smaller, and a list of what was sent. Bytes are counted here and not in the browser, which
// doesn't tell what a worker fetched.

import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { brotliCompressSync } from "node:zlib";

/** @typedef {import("./types").Sent} Sent */
/** @typedef {{ body: Buffer, brotli: boolean, type: string }} Prepared */

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** A file that Brotli takes less than this part from is sent as it is. */
const WORTH = 0.05;

/**
 * @param {string} folder
 * @returns {Promise<{ url: string, taken: () => Sent[], stop: () => Promise<void> }>} `taken` gives
 *   what was sent since it was last called
 */
export async function serve(folder) {
  /** @type {Map<string, Prepared | undefined>} */
  const cache = new Map();
  /** @type {Sent[]} */
  let log = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    if (!cache.has(path)) cache.set(path, prepare(folder, path));
    const file = cache.get(path);
    if (file === undefined) {
      log.push({ path, bytes: 0 });
      response.writeHead(404).end();
      return;
    }
    log.push({ path, bytes: file.body.length });
    /** @type {Record<string, string | number>} */
    const headers = { "content-type": file.type, "content-length": file.body.length };
    if (file.brotli) headers["content-encoding"] = "br";
    response.writeHead(200, { ...headers, "cache-control": "max-age=600" }).end(file.body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const taken = () => log.splice(0);
  const stop = () => {
    server.closeAllConnections();
    return new Promise((/** @type {(value: void) => void} */ done) => server.close(() => done()));
  };
  return { url: `http://127.0.0.1:${address.port}`, taken, stop };
}

/**
 * A file as it is sent; compressed once, as a host does when a site is put there.
 * @param {string} folder
 * @param {string} path
 * @returns {Prepared | undefined}
 */
function prepare(folder, path) {
  const root = resolve(folder);
  const place = join(root, path.endsWith("/") ? `${path}index.html` : path);
  if (!place.startsWith(root + sep)) return undefined;
  if (!statSync(place, { throwIfNoEntry: false })?.isFile()) return undefined;
  const raw = readFileSync(place);
  const type = TYPES[extname(place)] ?? "application/octet-stream";
  const small = brotliCompressSync(raw);
  const brotli = small.length < raw.length * (1 - WORTH);
  return { body: brotli ? small : raw, brotli, type };
}
