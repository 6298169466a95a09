// A blog as Jekyll's users have it: Jekyll's default addresses, old addresses, a series, pictures
// beside the post, attributes of kramdown, leftovers of Liquid.

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="60"><rect width="120" height="60" fill="#a63d2f"/></svg>`;

export const moved: Record<string, string> = {
  "2026-01-01-first.md": `---
title: 第一篇
pin: true
series: 搬家记
redirect_from: [/old/first/, /2019/first.html]
image: { path: pic.svg, alt: 一块朱砂 }
---

* 目录
{:toc}

## 一、收拾

![图](pic.svg){: width="60" .left }

> 先备份。
{: .prompt-tip }

看[第二篇]({% post_url 2026-01-02-second %})，用 HTML 写。
{: .lead }

{% highlight rust %}
fn main() {}
{% endhighlight %}

## 二、上路

正文。

*[HTML]: 超文本标记语言
`,
  "2026-01-02-second.md": `---
title: 第二篇
series: 搬家记
---

回到[第一篇的第二节](2026-01-01-first.md#二上路)。
`,
  "pic.svg": svg,
};
