//! Any text at all: no panic, offsets that exist, and a time that grows with the length only.

use std::time::{Duration, Instant};

use super::posts::PASSAGES;
use super::*;

/// A small generator of numbers, so that failures can be repeated.
struct Random(u64);

impl Random {
    /// A number below another one (Marsaglia: Xorshift RNGs).
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

const BITS: &[&str] = &[
    "{%",
    "%}",
    "{{",
    "}}",
    "{:",
    "}",
    "{",
    "{::comment}",
    "{:/}",
    "{:toc}",
    "{: .prompt-tip }",
    "{% raw %}",
    "{% endraw %}",
    "{% highlight c %}",
    "{% endhighlight %}",
    "{% comment %}",
    "{% endcomment %}",
    "{%- if x -%}",
    "{{- 'a' -}}",
    "{{ site.url }}",
    "{% vimeo 1 %}",
    "`",
    "```",
    "~~~",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "1. ",
    "    ",
    "^",
    "云",
    "é",
    "\u{1F600}",
    "\"",
    "'",
    "|",
    "\\",
    "<!--",
    "-->",
    "![a](b)",
    "[",
    "](",
    ")",
    "# ",
    "\n===\n",
    "\t",
    "\0",
    "\u{2028}",
];

fn verify(body: &str) {
    let (prepared, found) = prepare(body, &context());
    let again = prepare(body, &context());
    assert_eq!((&prepared, &found), (&again.0, &again.1), "of {body:?}");
    let mut last = 0;
    for (at, _) in prepared.markdown.char_indices() {
        let origin = prepared.origin(at);
        assert!(body.is_char_boundary(origin) && last <= origin, "{at} of {body:?}");
        last = origin;
    }
    for finding in found {
        assert!(body.get(finding.range.clone()).is_some(), "{finding:?} of {body:?}");
    }
    assert!(prepared.toc_at.is_none_or(|at| prepared.markdown.is_char_boundary(at)), "{body:?}");
}

#[test]
fn random_mixtures_do_no_harm() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for _ in 0..6_000 {
        let count = 1 + random.below(24);
        let parts = (0..count).map(|_| BITS[random.below(BITS.len())]);
        verify(&parts.collect::<String>());
    }
}

#[test]
fn random_changes_of_passages_do_no_harm() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..3_000 {
        let (first, second) = (random.below(PASSAGES.len()), random.below(PASSAGES.len()));
        let mut body: Vec<char> = [PASSAGES[first], PASSAGES[second]].concat().chars().collect();
        for _ in 0..1 + random.below(6) {
            let at = random.below(body.len());
            match random.below(3) {
                0 => drop(body.remove(at)),
                1 => drop(body.splice(at..at, BITS[random.below(BITS.len())].chars())),
                _ => {
                    let end = (at + random.below(12)).min(body.len());
                    let moved: Vec<char> = body.drain(at..end).collect();
                    let to = random.below(body.len());
                    body.splice(to..to, moved);
                }
            }
        }
        verify(&body.into_iter().collect::<String>());
    }
}

#[test]
fn the_time_grows_with_the_length_only() {
    let lines = ["{{ x }}\n", "{: .x}\n", "a{: .x} ", "![a](b){: w=1}", "> a\n{: .prompt-tip}\n\n"];
    let marks = ["{{", "{%", "{:", "{", "{%-", "{{{ a }}} ", "{{ x }}", "{{- 'a' -}} "];
    let blocks = [
        "{::comment}",
        "{::comment}\n",
        "{:/}\n",
        "{% raw %}",
        "{% endraw %}",
        "{% comment %}",
        "{% highlight c %}",
        "{% highlight c %}`{% endhighlight %}\n",
        "{{< x >}}",
        "{{%",
        "^\n",
        "{{ site.url }}",
        "{{ 'a' | append: \"",
        "{:a=\"",
        "{:a='\"",
        "{% if x %}",
        "{% vimeo 1 %}\n",
        "* a\n{:toc}\n\n",
        "{% ",
        "{% include a b=\"{{ x\" ",
        "{: a}",
        "# a {: #b}\n",
        "{{`a`",
    ];
    for part in lines.into_iter().chain(marks).chain(blocks) {
        let body = part.repeat(1_000_000 / part.len());
        let start = Instant::now();
        let (prepared, _) = prepare(&body, &context());
        let took = start.elapsed();
        println!("{part:?}: {took:?}, {} bytes", prepared.markdown.len());
        assert!(took < Duration::from_secs(5), "{part:?} took {took:?}");
    }
}
