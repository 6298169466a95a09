// What others read of a site, by validators that others wrote: feeds, sitemaps, robots.txt.

import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { expect, test } from "@playwright/test";
import { MOUNTS, folder } from "./sites";
import { faults, files } from "./validators";

for (const at of MOUNTS) {
  for (const site of ["main", "large"]) {
    test(`every feed, sitemap and robots.txt of ${site} at ${at} is valid`, async () => {
      const all = files(folder(site, at));
      expect(all.length).toBeGreaterThan(10);
      for (const file of all) {
        const name = relative(folder(site, at), file);
        expect(await faults(name, readFileSync(file, "utf8")), name).toEqual([]);
      }
    });
  }
}

/** Each change must make a file invalid, or the test above could not fail. */
const BROKEN: [string, [string | RegExp, string][]][] = [
  ["feed.json", [
    ["version/1.1", "version/2"],
    ['"title"', '"titel"'],
    [/"id": ?"[^"]*",/, ""],
    [/T\d\d:\d\d:\d\d[^"]*"/, '"'],
    ['"tags":', '"tags":1,"x":'],
    [/\}\s*$/, ""],
  ]],
  ["sitemap.xml", [
    [/<loc>[^<]*<\/loc>/, ""],
    [/<loc>https:\/\/[^/]*/, "<loc>"],
    [/<lastmod>[^<]*/, "<lastmod>14 Jan 2026"],
    ["xhtml:link", "xhtml:lnk"],
    ["sitemap/0.9", "sitemap/0.8"],
    ["</url>", ""],
  ]],
  ["robots.txt", [[/Sitemap: https:\/\/[^/]*/, "Sitemap: "], ["Allow: /", "Disallow: /"], ["User-agent", "User agent"]]],
  ["feed.xml", [[/<\/\w+>\s*$/, ""], ["</title>", "\u0001</title>"]]],
  ["rss.xml", [[/<\/\w+>\s*$/, ""], ["</title>", "\u0001</title>"]]],
  ["opensearch.xml", [[/<\/\w+>\s*$/, ""], ["<Url", "<Url <"]]],
];

for (const [file, changes] of BROKEN) {
  test(`the validators see what is broken in ${file}`, async () => {
    const text = readFileSync(`${folder("main")}/${file}`, "utf8");
    for (const [from, to] of changes) {
      const broken = text.replace(from, to);
      expect(broken, `${from} is there`).not.toBe(text);
      expect(await faults(file, broken), String(from)).not.toEqual([]);
    }
  });
}
