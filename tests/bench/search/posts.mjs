// @ts-check
// Reads a folder of posts and renders them. The Markdown of a seeded corpus is plain, so a few
// rules do: headings, paragraphs, lists, quotes, fenced code, and within a line emphasis, code and
// links. What else posts may hold stays as written.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** @typedef {import("./types").Post} Post */

/**
 * @param {string} folder
 * @returns {Post[]} by file name
 */
export function readPosts(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".md")).sort();
  if (names.length === 0) throw new Error(`no posts in ${folder}`);
  return names.map((name) => parsePost(name, readFileSync(join(folder, name), "utf8")));
}

/**
 * @param {string} name such as `2013-05-17-slug.md`
 * @param {string} file
 * @returns {Post}
 */
export function parsePost(name, file) {
  const [, front, body] = /^---\r?\n(.*?)\r?\n---\r?\n(.*)$/s.exec(file) ?? [];
  if (front === undefined || body === undefined) throw new Error(`${name} has no front matter`);
  const slug = name.replace(/^\d+-\d+-\d+-/, "").replace(/\.md$/, "");
  const title = /^title:\s*(.*?)\s*$/m.exec(front)?.[1]?.replace(/^(["'])(.*)\1$/, "$2") ?? slug;
  const parts = blocks(body);
  const tags = (/^tags:\s*\[(.*)\]\s*$/m.exec(front)?.[1] ?? "").split(/,\s*/).filter(Boolean);
  const content = parts.map(([tag, text]) => element(tag, text)).join("\n");
  const html = `${content}\n${element("ul", tags.join("\n"))}`;
  const text = parts.flatMap(([tag, text]) =>
    lines(text).map((line) => (tag === "pre" ? line : plain(inline(line)))));
  return { slug, title, html, blocks: [title, ...tags, ...text] };
}

/** @param {string} text */
const lines = (text) => text.split("\n").filter((line) => line !== "");

/**
 * Blocks with the element each becomes.
 * @param {string} body
 * @returns {[string, string][]}
 */
function blocks(body) {
  /** @type {[string, string][]} */
  const found = [];
  // Code may hold empty lines, so it is found first.
  for (const [, code, other] of body.matchAll(/^```[^\n]*\n(.*?)^```$|((?:(?!^```).)+)/gms)) {
    if (code !== undefined) found.push(["pre", code]);
    for (const block of (other ?? "").split(/\n{2,}/)) {
      const text = block.trim();
      const heading = /^(#{1,6}) (.*)$/.exec(text);
      if (heading?.[1] !== undefined) found.push([`h${heading[1].length}`, heading[2] ?? ""]);
      else if (text.startsWith("- ")) found.push(["ul", text.replace(/^- /gm, "")]);
      else if (text.startsWith("> ")) found.push(["blockquote", text.replace(/^> /gm, "")]);
      else if (text !== "") found.push(["p", text]);
    }
  }
  return found;
}

/**
 * @param {string} tag
 * @param {string} text
 */
function element(tag, text) {
  if (tag === "pre") return `<pre><code>${escape(text)}</code></pre>`;
  if (tag !== "ul") return `<${tag}>${inline(text)}</${tag}>`;
  return `<ul>${lines(text).map((item) => `<li>${inline(item)}</li>`).join("\n")}</ul>`;
}

/** @param {string} text */
function inline(text) {
  return escape(text)
    .replace(/`([^`]+)`/g, "<code>$1</code>")
    .replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>")
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<a href="$2">$1</a>');
}

/** @param {string} html of one block */
const plain = (html) =>
  html.replace(/<[^>]+>/g, "").replace(/&lt;/g, "<").replace(/&quot;/g, '"').replace(/&amp;/g, "&");

/** @param {string} text */
export const escape = (text) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
