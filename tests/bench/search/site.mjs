// @ts-check
// The corpus as a site that Pagefind has indexed: one page to search from, and the index. The pages
// of the posts go to the indexer alone, since nothing here reads them.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pagefind from "pagefind";
import { pagefind as adapter } from "./adapters.mjs";
import { escape } from "./posts.mjs";

/** @typedef {import("./types").Post} Post */

/**
 * A page of a Chinese site. The language makes Pagefind cut texts and queries into words.
 * @param {string} title
 * @param {string} main
 */
const page = (title, main) =>
  `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><link rel="icon" href="data:,"><title>${escape(title)}</title></head>
<body><main data-pagefind-body>${main}</main></body>
</html>
`;

/** @param {Post} post */
const postPage = ({ title, html }) => page(title, `<h1>${escape(title)}</h1>\n${html}`);

/**
 * @param {Post[]} posts
 * @param {string} folder which is replaced
 * @returns {Promise<import("./types").Site>}
 */
export async function pagefindSite(posts, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.html"), page("搜索", ""));
  const start = performance.now();
  const { index, errors } = await pagefind.createIndex({});
  if (index === undefined) throw new Error(errors.join("\n"));
  for (const post of posts) {
    const added = await index.addHTMLFile({ url: `/posts/${post.slug}/`, content: postPage(post) });
    if (added.errors.length > 0) throw new Error(`${post.slug}: ${added.errors.join("\n")}`);
  }
  const written = await index.writeFiles({ outputPath: join(folder, "pagefind") });
  if (written.errors.length > 0) throw new Error(written.errors.join("\n"));
  const indexMs = performance.now() - start;
  await pagefind.close();
  return { adapter, folder, indexMs };
}
