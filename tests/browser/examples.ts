// The examples of CommonMark and of GFM's extensions as posts, a few of them in each
// (tests/data/*/SOURCE.md). Each stands in a block quote, so that what it leaves open ends with it.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { quote } from "./hostile";

type Example = { example: number; section: string; markdown: string; extension_section?: boolean };

const EACH = 60;

function read(name: string): Example[] {
  const file = resolve(import.meta.dirname, `../data/${name}/cases.json`);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Images of the examples are files that aren't there, which stops a build. */
const isSample = ({ markdown }: Example) => !/!\[|<img/i.test(markdown);

/** The posts: name -> text. */
export function examples(): Record<string, string> {
  const gfm = read("gfm").filter((example) => example.extension_section);
  const posts: Record<string, string> = {};
  for (const [name, all] of [["commonmark", read("commonmark")], ["gfm", gfm]] as const) {
    const sample = all.filter(isSample);
    for (let at = 0; at < sample.length; at += EACH) {
      const part = sample.slice(at, at + EACH);
      const body = part.map(({ example, section, markdown }) =>
        `## ${section} ${example}\n\n${quote(markdown)}\n`);
      const head = `---\ntitle: ${name} ${at}\ndate: 2026-01-01\n---\n\n`;
      posts[`${name}-${part[0]?.example}`] = head + body.join("\n");
    }
  }
  return posts;
}

/** The names of the posts. */
export const EXAMPLES = Object.keys(examples());

/** The posts as files. */
export const exampleFiles = () =>
  Object.fromEntries(Object.entries(examples()).map(([name, text]) => [`2026-01-01-${name}.md`, text]));
