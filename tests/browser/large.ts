// A blog too large for its catalogue: lists, paths and filters come in parts. Every post has a
// phrase that no other has, so that a search for it has one answer.

/** Posts, from the oldest, 1, to the newest. */
export const COUNT = 130;

const DIGITS = "零一二三四五六七八九";

/** The phrase of one post alone. */
export const phrase = (n: number) =>
  `${[...String(n)].map((digit) => DIGITS[Number(digit)]).join("")}号驿站`;

const tags = (n: number) =>
  [`标签${n % 30}`, n % 2 ? "单数" : "双数", ...(n % 10 ? [] : ["整十"])].join(", ");

/** A month further every second post, from January 2020 on. */
export function date(n: number): string {
  const months = Math.floor((n - 1) / 2);
  const year = 2020 + Math.floor(months / 12);
  return `${year}-${String((months % 12) + 1).padStart(2, "0")}-${n % 2 ? "05" : "20"}`;
}

const body = (n: number) => `${n} 号文章的开头。${"行行重行行，与君生别离。".repeat(6)}

## 途中

路过${phrase(n)}，换马再走。上一站见[前文](../post-${Math.max(1, n - 60)}/)。

## 记事

Café 里有人谈 Kubernetes 与 k8s 集群，也谈就地**重启**。${"道路阻且长，会面安可知。".repeat(8)}
`;

/** The files of the blog. */
export function large(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let n = 1; n <= COUNT; n++) {
    const name = `${date(n)}-post-${n}.md`;
    const moved = n === 7 ? "redirect_from: /old/seven/\n" : "";
    const kind = n % 3 ? "行记" : "杂谈";
    files[name] = `---
title: 第 ${n} 站
tags: [${tags(n)}]
categories: [${kind}]
${moved}---

${body(n)}`;
  }
  return files;
}
