// Posts made of lists of script injections (tests/data/xss/SOURCE.md): every payload in every
// place of a post where text may stand.
//
// Each payload stands in a block quote of its own below a heading, so that markup it leaves open
// ends with it. A payload is never changed, but for line ends where a place has one line only. An
// image that a payload shows is an error of the build where there is no such file, so the files
// are made; what the build still refuses is left out and counted.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { attempt, folder, MOUNTS, posts } from "./sites";

const DATA = resolve(import.meta.dirname, "../data/xss");

const OUTCOME = `${folder("posts")}/hostile.json`;

/** What happened to the payloads of one post. */
export type Hostile = { list: string; path: string; title: string; shown: number; refused: number };

const line = (payload: string) => payload.trim().replace(/\s*[\r\n]+\s*/g, " ");
export const quote = (text: string) => text.split(/\r\n|\r|\n/).map((part) => `> ${part}`).join("\n");

/** Where a payload stands. */
export const PLACES: Record<string, (payload: string) => string> = {
  block: (payload) => payload,
  inline: (payload) => `文字 ${line(payload)} 文字 **${line(payload)}** 文字`,
  link: (payload) => {
    const url = line(payload).replace(/[<>]/g, "\\$&");
    // Only where it has a scheme: any other image would have to be a file.
    const image = /^[^\s/?#]*:/.test(url) ? `![图](<${url}> "题")` : "";
    const title = line(payload).replace(/["\\]/g, "\\$&");
    return `[文](<${url}>) [文](/ "${title}") <${line(payload)}> [${line(payload)}](/) ${image}`;
  },
  attribute: (payload) => {
    const value = line(payload);
    const links = `<a href="${value}">文</a> <a href=${value} title='${value}'>文</a>`;
    return `<p title="${value}" id='${value}'>文</p>\n\n文${links}`;
  },
  cell: (payload) => {
    const cell = line(payload).replaceAll("|", "\\|");
    const table = `| ${cell} | 文 |\n| :-- | --: |\n| 文 | ${cell} |`;
    return `${table}\n\n- [ ] ${line(payload)}\n\n术语\n: ${line(payload)}`;
  },
  code: (payload) => {
    const runs = payload.match(/`+/g) ?? [];
    const fence = "`".repeat(1 + Math.max(3, ...runs.map((run) => run.length)));
    return `### ${line(payload)}\n\n${fence}html title="${line(payload)}"\n${payload}\n${fence}`;
  },
};

type Item = { payload: string; from: number; refused: boolean };
type Post = { list: string; name: string; place: string; plain: boolean; items: Item[] };

/** The lists by name. */
function lists(): [name: string, payloads: string[]][] {
  const read = (file: string): string[] => {
    const text = readFileSync(resolve(DATA, file), "utf8");
    if (file.endsWith(".txt")) return text.split("\n").filter((payload) => payload !== "");
    const cases: { payload?: string; markdown?: string }[] = JSON.parse(text);
    return cases.map(({ payload, markdown }) => payload ?? markdown ?? "");
  };
  const files = readdirSync(DATA).filter((file) => /\.(json|txt)$/.test(file)).sort();
  return files.map((file) => [file.replace(/\.\w+$/, ""), read(file)]);
}

/** The names of the lists, one test each. */
export const LISTS = lists().map(([name]) => name);

/** A payload for the front matter, which stands in lists, in the head and in the catalogue too. */
function title(post: Post, at: number): string {
  const marked = post.items.filter(({ payload }) => payload.includes("<") && payload.length < 200);
  const payload = marked.length ? line(marked[at % marked.length]?.payload ?? "") : "";
  return post.plain ? post.name : `${post.name} ${payload}`.trim();
}

/** The text of a post; notes the line on which each payload begins. */
function text(post: Post, at: number): string {
  const value = JSON.stringify(title(post, at));
  const tags = post.plain ? "[]" : `[${value}]`;
  const texts = ["title", "description", "author"].map((key) => `${key}: ${value}\n`).join("");
  let out = `---\n${texts}date: 2026-01-01\ntags: ${tags}\nmedia_subpath: /hostile\nmath: true\n---\n`;
  const place = PLACES[post.place] ?? String;
  post.items.forEach((item, number) => {
    if (item.refused) return;
    out += `\n## 其${number + 1}\n\n`;
    item.from = out.split("\n").length;
    out += `${quote(place(item.payload))}\n`;
  });
  return out;
}

/** A picture of 400 by 300, as far as its size goes. */
const PICTURE = Buffer.from("GIF89a\x90\x01\x2c\x01\x00\x00\x00;", "latin1");

/** Makes the file that an image names; whether that can be. */
function makePicture(publicFolder: string, written: string): boolean {
  try {
    const url = written.replace(/[\t\n\r]/g, "").trim().replaceAll("\\", "/");
    const path = decodeURIComponent(url.replace(/[?#].*$/s, ""));
    const file = resolve(publicFolder, path.startsWith("/") ? `.${path}` : `hostile/${path}`);
    if (!file.startsWith(`${publicFolder}/`)) return false;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, PICTURE, { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

/** What got through, as the build of the site noted it. */
export function outcome(): Hostile[] {
  return JSON.parse(readFileSync(OUTCOME, "utf8"));
}

/** Builds the site `hostile`. */
export function buildHostile() {
  const made: Post[] = lists().flatMap(([list, payloads]) =>
    Object.keys(PLACES).map((place) => {
      const items = payloads.map((payload) => ({ payload, from: 0, refused: false }));
      return { list, name: `${list}-${place}`, place, plain: false, items };
    }),
  );
  const publicFolder = `${folder("posts")}/hostile-public`;
  mkdirSync(publicFolder, { recursive: true });
  const file = ({ name }: Post) => `2026-01-01-${name}.md`;
  const blank = { "2026-01-02-harmless.md": "---\ntitle: harmless\n---\n\n## 其一\n\n文字\n" };
  for (;;) {
    const files = Object.fromEntries(made.map((post, at) => [file(post), text(post, at)]));
    const source = posts("hostile", { ...files, ...blank });
    const options = ["--posts", source, "--public", publicFolder];
    const problems = attempt("hostile", ...options);
    const errors = problems.filter(({ severity, message }) =>
      severity === "error" && !message.startsWith("more than"));
    if (errors.length === 0) {
      attempt("hostile-below", ...options, "--base", MOUNTS[1]);
      break;
    }
    const before = JSON.stringify(made);
    let pictures = 0;
    for (const error of errors) {
      const post = made.find((post) => error.file.endsWith(file(post)));
      const [, image] = /^there is no image `(.*)`$/s.exec(error.message) ?? [];
      if (image !== undefined && makePicture(publicFolder, image)) pictures++;
      else if (image === undefined || pictures === 0) refuse(post, error.line);
    }
    if (pictures === 0 && before === JSON.stringify(made)) {
      throw new Error(`the build refuses the hostile posts: ${JSON.stringify(errors.slice(0, 3))}`);
    }
  }
  const result = made.map((post, at): Hostile => {
    const refused = post.items.filter((item) => item.refused).length;
    const shown = post.items.length - refused;
    return { list: post.list, path: `posts/${post.name}/`, title: title(post, at), shown, refused };
  });
  writeFileSync(OUTCOME, JSON.stringify(result));
}

/** Leaves out what stands on a line; on one of the front matter, the payload there. */
function refuse(post: Post | undefined, line: number) {
  if (!post) return;
  const item = post.items.filter((item) => !item.refused && item.from <= line).at(-1);
  if (item) item.refused = true;
  else post.plain = true;
}
