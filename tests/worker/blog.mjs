// The blog the tests install: every set of files, one odd name, two releases
// that differ in the shell and in one post.

import { makeRelease } from "./browser.mjs";

/** @param {string} version of the shell and of the post `foo` */
export function blogFiles(version, changes = {}) {
  return {
    "index.html": "home",
    "shell.html": `shell ${version}`,
    [`app-${version}.js`]: `code ${version}`,
    "app.wasm": "wasm",
    "data/new.json": { body: "new", set: "ahead", doc: "posts/new/" },
    [`data/foo-${version}.json`]: { body: `foo ${version}`, set: "demand", doc: "posts/foo/", needs: ["images/foo.svg"] },
    "data/bar.json": { body: "bar", set: "demand", doc: "posts/bar/" },
    "images/foo.svg": { body: "picture", set: "demand" },
    "video.mp4": { body: "0123456789", set: "demand" },
    "posts/foo/index.html": { body: `page foo ${version}`, set: "demand", needs: [`data/foo-${version}.json`] },
    "posts/bar/index.html": { body: "page bar", set: "demand", needs: ["data/bar.json"] },
    "tags/c#+ 语言/index.html": { body: "page tag", set: "demand" },
    "feed.json": { body: "feed", set: "demand" },
    ...changes,
  };
}

/** @param {string} id one hex digit */
export function blog(id, { changes, ...options } = {}) {
  return makeRelease(id, blogFiles(id, changes), options);
}
