// What surrounds a reader in the soak: releases whose files say which they are of, what can go
// wrong on the way to them, and time that passes only when nothing else moves.

import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { FAULTS, makeRelease, ORIGIN } from "./browser.mjs";

export const IDS = ["a", "b", "c", "d"];
export const DOCS = ["new", "foo", "bar"];
export const PAGES = ["/", "/posts/new/", "/posts/foo/", "/posts/bar/", "/posts/late/", "/no/such/page/"];
/** What is looked at after every step. */
export const LOOKS = ["/", "/posts/foo/", "/no/such/page/"];
/** Without a hash in their names: only the tab's release says which they are. */
export const PLAIN = ["/release.json", "/picture.svg"];
/** Files that a fault can befall, in whatever release; pages of the network are the server's own affair. */
export const FILES = {
  manifest: (id) => `/release-${id.repeat(16)}.json`,
  shell: () => "/shell.html",
  home: () => "/index.html",
  app: (id) => `/app-${id}.js`,
  wasm: () => "/app.wasm",
  new: (id) => `/data/new-${id}.json`,
  foo: (id) => `/data/foo-${id}.json`,
  bar: (id) => `/data/bar-${id}.json`,
};
export const KINDS = {
  404: FAULTS.status(404), 500: FAULTS.status(500), drop: FAULTS.drop, otherBytes: FAULTS.otherBytes,
  html: FAULTS.html, cut: FAULTS.cut, cutCleanly: FAULTS.cutCleanly, hang: FAULTS.hang,
  hangInBody: FAULTS.hangInBody, partial: FAULTS.partial, portal: FAULTS.portal, opaque: FAULTS.opaque,
};

const page = (id, name) => `<main><h1>${name}</h1> release=${id}</main>`;
export const idIn = (text) => /release=(\w)/.exec(text)?.[1] ?? null;
export const keyOf = (hash) => `${ORIGIN}/__inkstone/${hash}`;
export const HOUR = 3_600_000;

/** A document that all releases have, under the same name. */
export const SAME = "data/same-0123456789abcdef.json";

/** A release whose every file but the wasm and one document says which release it is of. */
function makeBlog(id, number, lists) {
  const files = {
    "index.html": page(id, "home"),
    "shell.html": page(id, "shell"),
    [`app-${id}.js`]: `release=${id}`,
    "app.wasm": "wasm",
    "release.json": `release=${id} number=${number}`,
    "picture.svg": { body: `release=${id} picture`, set: "ahead" },
  };
  files[SAME] = { body: "same", set: "demand", doc: "posts/same/" };
  for (const doc of DOCS) {
    const path = `data/${doc}-${id}.json`;
    files[path] = { body: `release=${id} ${doc}`, set: doc === "new" ? "ahead" : "demand", doc: `posts/${doc}/` };
    files[`posts/${doc}/index.html`] = { body: page(id, doc), set: "demand", needs: [path] };
  }
  // Elsewhere it is the server's own, or a 404.
  if (id > "b") files["posts/late/index.html"] = { body: page(id, "late"), set: "demand" };
  return makeRelease(id, files, { number, lists });
}

/** All that were made, by id, number and how many lists of files they have. */
export const made = new Map();
export function releaseOf(id, number, lists) {
  const key = `${id} ${number} ${lists}`;
  if (!made.has(key)) made.set(key, { id, number, release: makeBlog(id, number, lists) });
  return made.get(key);
}

/** Waits for a promise; when nothing else moves any more, the shortest timers end. */
export async function settle(browser, promise) {
  let isDone = false;
  const ended = promise.finally(() => (isDone = true));
  ended.catch(() => {});
  for (let turn = 1; !isDone; turn += 1) {
    await nextTurn();
    if (turn % 60 === 0) fireTimers(browser);
    assert.ok(turn < 100_000, "a step never ended");
  }
  return ended;
}

function fireTimers({ clock }) {
  const shortest = Math.min(...[...clock.timers.values()].map(({ milliseconds }) => milliseconds));
  for (const [id, { callback, milliseconds }] of [...clock.timers]) {
    if (milliseconds !== shortest) continue;
    clock.timers.delete(id);
    callback();
  }
}
