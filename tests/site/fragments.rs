//! Pieces of which hostile posts are put together, and ways to do so.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Pieces of front matter, right and wrong.
pub const YAML: &[&str] = &[
    "title: a\n",
    "title: 云原生\n",
    "title: ~\n",
    "title: [a, b]\n",
    "title: {a: b}\n",
    "title: \"a\\0\"\n",
    "title: 'it''s'\n",
    "title: |\n  a\n  b\n",
    "title: >-\n  a\n",
    "date: 2024-01-01\n",
    "date: 2024-02-30 10:00 +0800\n",
    "date: 9999-12-31 23:59:59 -1400\n",
    "date: -1\n",
    "date: 0000-01-01\n",
    "date: 2024-01-01T00:00:00.123456789Z\n",
    "date: 2024-01-01 +é\n",
    "updated: 2024-1-1\n",
    "tags: [a, b]\n",
    "tags: a，b、c, d\n",
    "tags:\n- a\n-\n- [b]\n",
    "tags: \"\u{200b}\"\n",
    "tags: &x [*x]\n",
    "categories: 一 二\n",
    "category: \"\\u202e\"\n",
    "slug: ../x\n",
    "slug: é\n",
    "slug: '%'\n",
    "permalink: /:title/:year:month\n",
    "permalink: pretty\n",
    "permalink: /a//b/../c.html\n",
    "permalink: ':'\n",
    "redirect_from: [/a, /b?c#d, '/%ff', /é/]\n",
    "image: /a.png\n",
    "image: {path: ../é.png, alt: x}\n",
    "image:\n  path: a\n",
    "author: {name: x}\n",
    "authors: [a, {b: c}]\n",
    "lang: zh_CN\n",
    "source: https://é/\n",
    "layout: page\n",
    "draft: yes\n",
    "published: no\n",
    "pin: on\n",
    "toc: maybe\n",
    "math: true\n",
    "render_with_liquid: false\n",
    "excerpt_separator: <!--x-->\n",
    "excerpt_separator: é\n",
    "excerpt: a\n",
    "media_subpath: /a/../../b\n",
    "unknown: x\n",
    "titel: x\n",
    "? [a]\n: b\n",
    "a: b: c\n",
    "\ta: b\n",
    "{",
    "}",
    "[",
    "]",
    "- ",
    "# comment\n",
    "%YAML 1.2\n",
    "--- \n",
    "...\n",
    "é",
    "\u{1f600}: x\n",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "*a\n",
    "!tag x\n",
    "\"",
    "'",
    "\\",
    "@",
    "`",
    " ",
    "\n",
    "\0",
    "\u{7f}",
];

/// Pieces of Markdown, kramdown and Liquid.
pub const BODY: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "> ",
    "- ",
    "* ",
    "1. ",
    "10) ",
    "+ ",
    ": ",
    "# ",
    "## 一 {#id}\n",
    "===\n",
    "---\n",
    "***\n",
    "`",
    "``",
    "```",
    "~~~",
    "```rust title=\"é\"\n",
    "|a|b|\n|-|:-:|\n|c|\n",
    "|",
    "\\|",
    "[a](b)",
    "[a](/posts/b/#é)",
    "[a](%ff)",
    "[a](../../x?y#z)",
    "![a](b.png)",
    "![a](/a.svg \"t\")",
    "![",
    "[",
    "]",
    "](",
    ")",
    "[x]: /y 'z'\n",
    "[x]",
    "[^1]",
    "[^1]: note\n",
    "*[HTML]: 超\n",
    "*[é]:\n",
    "HTML",
    "é",
    "云",
    "，",
    "**",
    "*",
    "_",
    "~",
    "~~",
    "^",
    "x^2^",
    "H~2~O",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<!--more-->",
    "<!--x-->",
    "<https://a.example>",
    "<a@b.example>",
    "<script>",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "\\",
    "\0",
    "\u{1b}",
    "\u{7f}",
    "\u{fdd0}",
    "\u{fdd1}",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "\u{2028}",
    "\u{1f600}",
    "\u{301}",
    "{% raw %}",
    "{% endraw %}",
    "{%",
    "%}",
    "{{",
    "}}",
    "{{ site.url }}",
    "{{ site.baseurl }}/é",
    "{{ page.title | escape }}",
    "{{ 'é' | append: 'x' | relative_url }}",
    "{% post_url 2024-01-01-a %}",
    "{% link é.md %}",
    "{% comment %}",
    "{% endcomment %}",
    "{% highlight é %}",
    "{% highlight c linenos %}\n",
    "{% endhighlight %}",
    "{% if x %}",
    "{% endif %}",
    "{% include embed/youtube.html id='x' title=\"é]\" %}",
    "{% gist é %}",
    "{{< é >}}",
    "{{% é %}}",
    "{%- é -%}",
    "{:toc}",
    "{: .prompt-tip }",
    "{: #é .é w=\"1\" é }",
    "{:é: .x}\n",
    "{: file=\"é\" }",
    "{:é}",
    "{: w=\"é\" h='9' }",
    "{::comment}",
    "{:/comment}",
    "{::options /}",
    "{:/}",
    "{::",
    "{:",
    "}",
    "^\n",
    "$$x$$",
    "- [x] ",
    "- [ ] ",
    "[!TIP]",
    "> [!NOTE]\n",
    "term\n: é\n",
    "* a\n{:toc}\n",
    "_caption_",
];

/// Any mixture of some pieces and of some text.
fn mixture(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-z]{1,4}",
    ];
    vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

/// A post of pieces.
pub fn of_pieces() -> impl Strategy<Value = Vec<u8>> {
    let head = prop_oneof![
        3 => Just("title: a\ndate: 2024-01-01\n".to_owned()),
        1 => mixture(YAML, 2),
        2 => mixture(YAML, 10).prop_map(|yaml| format!("{yaml}\n")),
    ];
    (head, mixture(BODY, 40))
        .prop_map(|(head, body)| format!("---\n{head}---\n{body}").into_bytes())
}

/// Any bytes, with and without the look of a post.
pub fn of_bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..200),
        vec(any::<u8>(), 0..200)
            .prop_map(|body| [b"---\ntitle: a\n---\n".as_slice(), &body].concat()),
        any::<String>().prop_map(String::into_bytes),
        any::<String>().prop_map(|body| format!("---\n{body}\n---\n{body}").into_bytes()),
    ]
}

/// A real post in which something is left out, doubled, moved or written over.
pub fn changed(posts: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let change = (0..5u8, any::<u32>(), 0..40usize, any::<u32>(), select(BODY));
    (select(posts), vec(change, 1..8)).prop_map(|(mut post, changes)| {
        // Long posts are looked at in part, so that many are.
        post.truncate(4_000);
        for (kind, at, length, to, piece) in changes {
            let at = at as usize % (post.len() + 1);
            let end = (at + length).min(post.len());
            let part = post[at..end].to_vec();
            match kind {
                0 => drop(post.drain(at..end)),
                1 => drop(post.splice(at..at, part)),
                2 => drop(post.splice(at..at, piece.bytes())),
                3 => drop(post.splice(at..end, piece.bytes())),
                _ => {
                    post.drain(at..end);
                    let to = to as usize % (post.len() + 1);
                    post.splice(to..to, part);
                }
            }
        }
        post
    })
}
