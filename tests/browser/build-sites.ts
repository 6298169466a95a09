// Builds every site once, before the tests run.

import { exampleFiles } from "./examples";
import { buildFaultSites } from "./fault-sites";
import { buildHostile } from "./hostile";
import { build, config, hasSeeds, posts, SEEDS } from "./sites";
import { large } from "./large";
import { moved } from "./moved";

const post = (title: string, day: number, tags: string, body: string) =>
  `---\ntitle: ${title}\ndate: 2026-01-${String(day).padStart(2, "0")}\ntags: [${tags}]\n---\n\n${body}\n`;

/** Enough posts for several pages of lists. */
function many(edit: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (let day = 1; day <= 24; day++) {
    const tags = [day % 2 ? "odd" : "even", day % 3 ? "AI" : "ai, three"].join(", ");
    const name = `2026-01-${String(day).padStart(2, "0")}-post-${day}.md`;
    const text = `第 ${day} 篇的正文。${"纸上得来终觉浅。".repeat(30)}\n\n`.repeat(4);
    files[name] = post(`第 ${day} 篇`, day, tags, text);
  }
  files["2026-01-24-post-24.md"] += edit;
  return files;
}

export default function buildSites() {
  // Strict, so that a broken budget fails here.
  build("main", "--strict");
  build("v1", "--posts", posts("v1", many("")));
  build("v2", "--posts", posts("v2", many("第二版新增的一段。\n")));
  const settings = 'title = "搬来的"\ntimezone = "Asia/Shanghai"\npermalink = "date"\n';
  const files = posts("moved", moved);
  build("moved", "--posts", files, "--config", config("moved", settings));
  build("examples", "--posts", posts("examples", exampleFiles()));
  build("large", "--posts", posts("large", large()), "--no-compress");
  buildHostile();
  buildFaultSites();
  if (hasSeeds) build("seeds", "--posts", SEEDS);
}
