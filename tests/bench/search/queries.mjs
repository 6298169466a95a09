// @ts-check
// What is looked for: pieces of the posts' own text, drawn by a seed, with the posts that hold
// them. Readers paste and remember pieces, and a piece of Chinese needn't end where a word does.

/** @typedef {import("./types").Post} Post */
/** @typedef {import("./types").Query} Query */
/** @typedef {import("./types").Kind} Kind */

/** @type {Kind[]} */
export const KINDS = ["aligned", "unaligned", "latin"];

const SEGMENTER = new Intl.Segmenter("zh", { granularity: "word" });

/** Of five queries two are whole words, two cut through words, one is Latin. */
const PATTERN = [0, 1, 2, 1, 0];

/**
 * @param {Post[]} posts
 * @param {number} count
 * @param {number} seed
 * @returns {Query[]} of different texts
 */
export function sampleQueries(posts, count, seed) {
  const random = generator(seed);
  /** @type {Map<string, Query>} */
  const found = new Map();
  for (let tries = 0; found.size < count; tries++) {
    if (tries > count * 100) throw new Error(`the posts hold fewer than ${count} queries`);
    const kind = KINDS[PATTERN[found.size % PATTERN.length] ?? 0] ?? "aligned";
    const post = posts[random(posts.length)];
    const block = post?.blocks[random(post.blocks.length)];
    if (post === undefined || block === undefined) continue;
    const text = kind === "latin" ? latin(block, random) : chinese(block, kind, random);
    if (text === undefined || found.has(text)) continue;
    found.set(text, { text, kind, from: post.slug, holders: holders(posts, text, kind) });
  }
  return [...found.values()];
}

/**
 * Two to six Chinese characters that stand side by side.
 * @param {string} block
 * @param {Kind} kind
 * @param {(end: number) => number} random
 */
function chinese(block, kind, random) {
  const runs = block.match(/\p{Script=Han}{2,}/gu) ?? [];
  const run = runs[random(runs.length)];
  if (run === undefined) return undefined;
  const length = 2 + random(Math.min(5, run.length - 1));
  const start = random(run.length - length + 1);
  const ends = new Set([run.length, ...[...SEGMENTER.segment(run)].map(({ index }) => index)]);
  const aligned = ends.has(start) && ends.has(start + length);
  return aligned === (kind === "aligned") ? run.slice(start, start + length) : undefined;
}

/**
 * The first three to six letters of a Latin word.
 * @param {string} block
 * @param {(end: number) => number} random
 */
function latin(block, random) {
  const words = block.match(/(?<![A-Za-z0-9])[A-Za-z]{3,}/g) ?? [];
  const word = words[random(words.length)];
  return word?.slice(0, 3 + random(Math.min(4, word.length - 2))).toLowerCase();
}

/**
 * The posts whose text holds the query; for Latin, as the beginning of a word in any case.
 * @param {Post[]} posts
 * @param {string} text
 * @param {Kind} kind
 */
function holders(posts, text, kind) {
  const latin = kind === "latin" ? new RegExp(`(?<![A-Za-z0-9])${text}`, "i") : undefined;
  const holds = (/** @type {string} */ block) => latin?.test(block) ?? block.includes(text);
  return posts.filter(({ blocks }) => blocks.some(holds)).map(({ slug }) => slug);
}

/**
 * Numbers from 0 to an end, without it, the same for the same seed: a linear congruential
 * generator, of which the upper bits are taken.
 * @param {number} seed
 * @returns {(end: number) => number}
 */
function generator(seed) {
  let state = BigInt(seed) * 2n + 1n;
  return (end) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(((state >> 33n) * BigInt(end)) >> 31n);
  };
}
