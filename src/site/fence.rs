//! What authors write behind a fence, in the spellings of the tools they come from: GitHub,
//! Jekyll, Hugo, VitePress, Docusaurus, MkDocs, Pandoc and the widespread plugins.
//!
//! Whatever is not understood is ignored; the info string was never anything but a hint.

/// Marks beyond these are ignored.
const MAX_MARKS: usize = 200;

/// An info string, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fence {
    /// The language as the author spells it; empty without one.
    pub language: String,
    /// What stands above the block, mostly a file's name.
    pub title: Option<String>,
    /// The number of the first line; `None` without line numbers.
    pub numbers: Option<u32>,
    /// Lines to mark, from 1 and inclusive, in the author's order; they may overlap.
    pub marked: Vec<(u32, u32)>,
    /// Whether a `+` or `-` at the beginning of a line says what a patch does with it.
    pub diff: bool,
}

impl Fence {
    /// Reads an info string. Nothing is an error.
    pub fn parse(info: &str) -> Self {
        let info = info.trim();
        let end = info.find([' ', '\t', ',', '{', '[', ':', '=']).unwrap_or(info.len());
        let (word, rest) = info.split_at(end);
        let mut fence = Fence::default();
        let mut rest = rest;
        if rest.starts_with('=') {
            // No language: the first word is an option already.
            rest = info;
        } else {
            fence.set_language(word);
        }
        let mut off = false;
        if let Some(after) = rest.strip_prefix(':') {
            let end = after.find([' ', '\t', ',', '{']).unwrap_or(after.len());
            let name = after[..end].split('=').next().unwrap_or_default();
            if matches!(&*plain(name), "linenumbers" | "nolinenumbers") {
                rest = after;
            } else {
                fence.set_title(&after[..end]);
                rest = &after[end..];
            }
        }
        fence.options(rest, false, &mut off);
        if off {
            fence.numbers = None;
        }
        fence
    }

    fn set_language(&mut self, word: &str) {
        let word = word.strip_prefix("language-").unwrap_or(word);
        let inner = word.strip_prefix("diff-");
        self.diff |= inner.is_some() || is_patch(word);
        self.language = inner.unwrap_or(word).to_owned();
    }

    fn set_title(&mut self, title: &str) {
        let title = title.trim();
        if self.title.is_none() && title.chars().any(char::is_alphabetic) {
            self.title = Some(title.to_owned());
        }
    }

    /// Reads options up to the end; `braced` ones have commas between them.
    fn options(&mut self, text: &str, braced: bool, off: &mut bool) {
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches([' ', '\t', ',']);
            let Some(first) = rest.chars().next() else { return };
            if let Some(close) = closing(first).filter(|_| !braced) {
                let (inner, after) = cut(&rest[1..], close);
                match first {
                    '{' if inner.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
                        self.mark(inner);
                    }
                    '{' => self.options(inner, true, off),
                    _ => self.set_title(inner),
                }
                rest = after;
                continue;
            }
            let skip = first.len_utf8();
            let end =
                rest[skip..].find([' ', '\t', ',', '=', '{']).map_or(rest.len(), |at| at + skip);
            let (key, after) = rest.split_at(end);
            let is_numbers = matches!(&*plain(key), "showlinenumbers" | "linenumbers");
            let (value, after) = match after.strip_prefix('=') {
                Some(after) => value(after, braced),
                None if after.starts_with('{') && is_numbers => value(after, braced),
                None => ("", after),
            };
            self.option(key, value, braced, off);
            rest = after;
        }
    }

    fn option(&mut self, key: &str, value: &str, braced: bool, off: &mut bool) {
        let number = value.trim().parse().ok();
        match &*plain(key) {
            "title" | "file" | "filename" | "caption" => self.set_title(value),
            "linenos" | "linenums" | "lineno" | "linenumbers" | "showlinenumbers"
            | "numberlines" => match value {
                "false" | "off" | "no" => *off = true,
                _ => self.numbers = number.or(self.numbers).or(Some(1)),
            },
            "linenostart" | "startline" | "startfrom" | "linenumbersstart" | "firstline" => {
                self.numbers = number.or(self.numbers);
            }
            "nolineno" | "nolinenos" | "nolinenumbers" => *off = true,
            "hllines" | "highlight" | "highlightlines" | "emphasizelines" | "mark" | "dataline" => {
                self.mark(value);
            }
            "diff" if value.is_empty() => self.diff = true,
            _ if braced && self.language.is_empty() && value.is_empty() => {
                self.set_language(key.trim_start_matches([':', '.']));
            }
            _ => {}
        }
    }

    /// Adds the ranges of a list such as `1,3-5` or `[8, "15-17"]`.
    fn mark(&mut self, list: &str) {
        for range in list.split(|c: char| !c.is_ascii_digit() && c != '-') {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            if let (Ok(first), Ok(last)) = (first.parse(), last.parse())
                && 0 < first
                && first <= last
                && self.marked.len() < MAX_MARKS
            {
                self.marked.push((first, last));
            }
        }
    }
}

fn is_patch(language: &str) -> bool {
    ["diff", "patch", "udiff"].iter().any(|name| language.eq_ignore_ascii_case(name))
}

/// A key without the signs and the case in which its spellings differ.
fn plain(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// What closes a group or a quotation.
fn closing(open: char) -> Option<char> {
    match open {
        '{' => Some('}'),
        '[' => Some(']'),
        _ => None,
    }
}

/// A value and what follows it: quoted, in brackets, or a word.
fn value(text: &str, braced: bool) -> (&str, &str) {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    match text.chars().next().and_then(closing).or(quote) {
        Some(close) => cut(&text[1..], close),
        None => {
            let ends = |c: char| c == ' ' || c == '\t' || braced && c == ',';
            text.split_at(text.find(ends).unwrap_or(text.len()))
        }
    }
}

/// What stands before a sign and what after it; without the sign all of it stands before.
fn cut(text: &str, close: char) -> (&str, &str) {
    text.split_once(close).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests;
