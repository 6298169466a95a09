//! Formulas with random changes: no panic, no hang, and clean output where there is any.

use super::FORMULAS;
use super::output::check_properties;

use pulldown_cmark::{Event, Parser};

use crate::markdown::options;
use crate::site::math::{formulas, mathml};

/// How many formulas are tried; the variable `MATH_FUZZ` says another number.
const COUNT: usize = 2_000;

/// What is put into formulas.
const TEX: [&str; 34] = [
    "\\",
    "{",
    "}",
    "$",
    "^",
    "_",
    "&",
    "\\\\",
    "'",
    "%",
    "#1",
    "~",
    "中",
    "[",
    "]",
    "\\left",
    "\\right",
    "\\text{",
    "\\begin{array}{",
    "\\end{",
    "\\color{",
    "\\hspace{-9em}",
    "\\tag{",
    "\\boxed",
    "\\not",
    "\\limits",
    "\\hline",
    "\\over",
    "\\sqrt[",
    "\u{0}",
    "\u{FFFF}",
    "\\label{",
    "\\middle|",
    "-999999em",
];

/// What bodies are made of.
const MARKDOWN: [&str; 50] = [
    "$",
    "$",
    "$",
    "$",
    "$$",
    "$$\n",
    "\n$$\n",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "1. ",
    "    ",
    "`",
    "``",
    "```\n",
    "\n```math\n",
    "x",
    "x^2",
    "中",
    "，",
    " ",
    "\\",
    "\\\\",
    "\\\\(",
    "\\\\)",
    "\\\\[",
    "\\\\]",
    "{",
    "}",
    "[",
    "](a)",
    "![",
    "<b>",
    "<a ",
    ">",
    "|",
    "\n|-|-|\n",
    "# ",
    "=\n",
    "---\n",
    "*",
    "_",
    "~",
    "[^1]",
    "\n[^1]: ",
    "<https://a/",
    "$a$",
    "$$b$$",
    "\r\n",
];

/// A small generator of numbers; the same for each run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    /// A part of a text, between characters.
    fn part<'a>(&mut self, text: &'a str) -> &'a str {
        let (a, b) = (self.below(text.len() + 1), self.below(text.len() + 1));
        let (start, end) = (text.floor_char_boundary(a.min(b)), text.floor_char_boundary(a.max(b)));
        &text[start..end]
    }

    fn changed(&mut self, tex: &str, all: &[&str]) -> String {
        let mut tex = tex.to_owned();
        for _ in 0..=self.below(4) {
            let at = self.below(tex.len() + 1);
            let at = tex.floor_char_boundary(at);
            match self.below(4) {
                0 => tex.insert_str(at, TEX[self.below(TEX.len())]),
                1 => {
                    let other = all[self.below(all.len())];
                    let part = self.part(other).to_owned();
                    tex.insert_str(at, &part);
                }
                2 => {
                    let part = self.part(&tex).to_owned();
                    tex = tex.replacen(&part, "", 1);
                }
                _ => {
                    let next = at + tex[at..].chars().next().map_or(0, char::len_utf8);
                    tex.replace_range(at..next, "");
                }
            }
        }
        tex
    }
}

#[test]
fn changed_formulas_are_clean_or_refused() {
    let count =
        std::env::var("MATH_FUZZ").ok().and_then(|count| count.parse().ok()).unwrap_or(COUNT);
    let seed = std::env::var("MATH_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(88_172_645_463_325_252);
    let mut random = Random(seed);
    let all: Vec<&str> = FORMULAS.lines().collect();
    let mut fine = 0;
    for number in 0..count {
        let tex = random.changed(all[number % all.len()], &all);
        match mathml(&tex, number % 2 == 0) {
            Ok(line) => {
                check_properties(&line);
                fine += 1;
            }
            Err(error) => {
                assert!(!error.contains('\n') && error.len() < 400, "{tex}: {error}");
                assert!(!error.contains("converter"), "{tex:?}: {error}");
            }
        }
        for formula in formulas(&format!("中 ${tex}$ a\n\n$$\n{tex}\n$$\n\n> {tex}")) {
            assert!(formula.range.start < formula.range.end);
        }
    }
    assert!(fine > count / 10, "only {fine} of {count}");
}

/// The body with all formulas replaced: each must be inline HTML to the browser, whatever is
/// around it.
fn check_replaced(markdown: &str) -> usize {
    let found = formulas(markdown);
    let line = mathml("x_1", true).unwrap();
    let mut replaced = markdown.to_owned();
    for formula in found.iter().rev() {
        replaced.replace_range(formula.range.clone(), &line);
    }
    let events = Parser::new_ext(&replaced, options());
    let seen =
        events.filter(|event| matches!(event, Event::InlineHtml(tag) if tag.starts_with("<math")));
    assert_eq!(seen.count(), found.len(), "{markdown:?}\n{replaced}");
    found.len()
}

#[test]
fn formulas_in_any_markdown_become_inline_html() {
    let count =
        std::env::var("MATH_FUZZ").ok().and_then(|count| count.parse().ok()).unwrap_or(COUNT);
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut found = 0;
    for _ in 0..count {
        let length = random.below(24);
        let markdown: String =
            (0..length).map(|_| MARKDOWN[random.below(MARKDOWN.len())]).collect();
        found += check_replaced(&markdown);
    }
    assert!(found > count / 4, "only {found} in {count}");
}
