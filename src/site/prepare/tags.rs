//! All other Liquid outside code: tags and outputs become what they say, or go with a warning.

use std::collections::HashMap;
use std::ops::Range;

use super::edits::Marks;
use super::lines::{self, Lines};
use super::scan::{Kind, Scanner, Token};
use super::value::{Value, address, evaluate};
use super::{Context, embed};

/// What to do about an output, whose value nobody but the author knows.
const VALUE: &str = "write the value here; to show the Liquid itself, put it into backticks";

struct Pass<'a> {
    text: &'a str,
    lines: &'a Lines<'a>,
    context: &'a Context<'a>,
    scanner: Scanner<'a>,
    marks: Marks,
    /// Blocks that are open by name; their further tags need no warning of their own.
    open: HashMap<&'a str, usize>,
    /// The line of the last warning on an unclosed tag: one is enough.
    unclosed: Option<usize>,
}

/// Marks every tag and output.
pub(super) fn tags<'a>(
    text: &'a str,
    lines: &'a Lines<'a>,
    scanner: Scanner<'a>,
    context: &'a Context<'a>,
) -> Marks {
    let (marks, open) = (Marks::default(), HashMap::new());
    let mut pass = Pass { text, lines, context, scanner, marks, open, unclosed: None };
    while let Some(token) = pass.scanner.next() {
        match token.kind {
            Kind::Tag => pass.tag(&token),
            Kind::Output => pass.output(&token),
            Kind::Shortcode => pass.leave_out(
                &token,
                format!("`{}` is a Hugo shortcode, it is left out", one_line(token.written)),
                "write Markdown in its place",
            ),
            Kind::Unclosed => pass.unclosed(&token),
        }
    }
    pass.marks
}

impl<'a> Pass<'a> {
    fn tag(&mut self, token: &Token<'a>) {
        let (name, rest) = token.tag();
        match name {
            "post_url" | "link" => self.reference(token, name, rest),
            "comment" | "" if token.inner.starts_with('#') => self.put(token.range.clone(), ""),
            _ => match self.arguments(rest).and_then(|rest| embed::link(name, &rest)) {
                Some(link) => self.paragraph(token, &link),
                None => self.unknown_tag(token, name),
            },
        }
    }

    /// A tag's arguments with the `{{ … }}` in them replaced; `None` where one isn't known.
    fn arguments(&self, arguments: &'a str) -> Option<String> {
        let mut out = String::new();
        let mut rest = arguments;
        while let Some((before, after)) = rest.split_once("{{") {
            let (expression, after) = after.split_once("}}")?;
            let value = evaluate(expression, self.context)?;
            out += before;
            out += &self.resolved(&value, after.starts_with(['/', '{']))?;
            rest = after;
        }
        Some(out + rest)
    }

    /// `{% post_url name %}` (Jekyll: lib/jekyll/tags/post_url.rb) and `{% link path %}`
    /// (lib/jekyll/tags/link.rb).
    fn reference(&mut self, token: &Token<'a>, name: &str, rest: &'a str) {
        let wanted = self.arguments(rest).unwrap_or_else(|| rest.to_owned());
        let wanted = wanted.trim_matches(['"', '\'', ' ']);
        let found = match name {
            "link" => (self.context.file)(wanted),
            _ => {
                let wanted = wanted.trim_start_matches('/');
                let stem = wanted.strip_suffix(".md").or(wanted.strip_suffix(".markdown"));
                let post = self.context.post;
                post(wanted).or_else(|| stem.and_then(post))
            }
        };
        if let Some(path) = found {
            return self.put(token.range.clone(), format!("/{}", address(&path)));
        }
        let what = if name == "link" { "file" } else { "post" };
        let message = format!("there is no {what} `{wanted}` for `{}`", one_line(token.written));
        let help = match name {
            "link" => "give the path from the site's root, such as `_posts/2026-01-14-name.md`",
            _ => "give the name of the post's file without its ending, such as `2026-01-14-name`",
        };
        self.marks.warn(token.range.clone(), message, help);
        // Links of unknown schemes keep their text and lead nowhere.
        self.put(token.range.clone(), format!("{}{}", super::UNKNOWN, address(wanted)));
    }

    fn unknown_tag(&mut self, token: &Token<'a>, name: &'a str) {
        let opener = name.strip_prefix("end").filter(|opener| !opener.is_empty());
        if let Some(opener) = opener
            && let Some(count) = self.open.get_mut(opener).filter(|count| **count > 0)
        {
            *count -= 1;
            return self.put(token.range.clone(), "");
        }
        let openers: &[&str] = match name {
            "else" => &["if", "unless", "case", "for"],
            "elsif" => &["if", "unless"],
            "when" => &["case"],
            "break" | "continue" => &["for"],
            _ => &[],
        };
        let is_open = |opener: &&str| self.open.get(opener).is_some_and(|count| *count > 0);
        if openers.iter().any(is_open) {
            return self.put(token.range.clone(), "");
        }
        if let Some(opener) = opener {
            let message = format!("`{}` ends nothing, it is left out", one_line(token.written));
            let help = format!("delete it, or write `{{% {opener} %}}` where it begins");
            return self.leave_out(token, message, &help);
        }
        *self.open.entry(name).or_default() += 1;
        let written = one_line(token.written);
        let message = match name {
            "raw" | "highlight" | "comment" => {
                format!("`{written}` has no `{{% end{name} %}}`, it is left out")
            }
            _ => format!("Liquid `{written}` can't be run here, it is left out"),
        };
        self.leave_out(token, message, &help(name));
    }

    fn output(&mut self, token: &Token<'a>) {
        let Some(value) = evaluate(token.inner, self.context) else {
            let message =
                format!("Liquid `{}` can't be run here, it is left out", one_line(token.written));
            if self.is_in_address(token) {
                self.marks.warn(token.range.clone(), message, VALUE);
                return self.put(token.range.clone(), super::UNKNOWN);
            }
            return self.leave_out(token, message, VALUE);
        };
        let path_follows = value.site && self.path_follows(token.range.end);
        match self.resolved(&value, path_follows) {
            Some(text) if text.is_empty() && self.is_whole_address(token) => {
                self.put(token.range.clone(), "/");
            }
            Some(text) => self.put(token.range.clone(), text),
            None => self.leave_out(
                token,
                format!("`{}` is empty: the site has no address", one_line(token.written)),
                "give the site's `url` in its configuration, or write the address here",
            ),
        }
    }

    /// The text of a value; `None` where it needs the site's address and there is none.
    fn resolved(&self, value: &Value, path_follows: bool) -> Option<String> {
        let before_path = value.text.starts_with('/') || (value.text.is_empty() && path_follows);
        match value.site && !before_path {
            true => self.context.site.url.map(|url| format!("{url}{}", value.text)),
            false => Some(value.text.clone()),
        }
    }

    /// Whether a path from the site's root follows directly.
    fn path_follows(&mut self, end: usize) -> bool {
        if self.text[end..].starts_with('/') {
            return true;
        }
        let Some(next) = self.scanner.peek(end) else { return false };
        match next.kind {
            Kind::Tag => matches!(next.tag().0, "post_url" | "link"),
            Kind::Output => {
                next.inner == "site.baseurl"
                    || evaluate(next.inner, self.context)
                        .is_some_and(|value| !value.site && value.text.starts_with('/'))
            }
            _ => false,
        }
    }

    /// Whether an empty output is all there is of a link's address, as in
    /// `[home]({{ site.baseurl }})`, which leads to the site's root.
    fn is_whole_address(&self, token: &Token<'_>) -> bool {
        let before = match self.marks.last() {
            Some((range, text)) if text.is_empty() && range.end == token.range.start => range.start,
            _ => token.range.start,
        };
        self.text[..before].ends_with("](") && self.text[token.range.end..].starts_with(')')
    }

    /// Whether an output begins a link's address, which can't be known then.
    fn is_in_address(&self, token: &Token<'_>) -> bool {
        let before = self.text[..token.range.start].trim_end_matches(' ');
        before.ends_with("](") || before.ends_with("]:")
    }

    /// Writes a link as a paragraph of its own where the tag is alone on its line; within text
    /// it stays in its sentence.
    fn paragraph(&mut self, token: &Token<'a>, link: &str) {
        let (first, last) = (token.range.start, token.range.end);
        let (prefix, starts) = self.lines.prefix(first);
        if !starts || !self.lines.ends(last) {
            return self.put(token.range.clone(), link);
        }
        let line = self.lines.number(first);
        let next = self.lines.get(self.lines.number(last) + 1);
        let has_mark = prefix.len() != lines::quote_prefix(prefix);
        let text_before = self.lines.before(line).is_some_and(|line| !lines::is_blank(line));
        let text_after = next.is_some_and(|next| {
            let content = lines::quote_prefix(next);
            let attributes = next[content..].starts_with("{:");
            content < next.len() && lines::item_prefix(next) == content && !attributes
        });
        let indent = lines::continuation(prefix);
        let before = match text_before && !has_mark {
            true => format!("\n{indent}"),
            false => String::new(),
        };
        let after = match text_after {
            true => format!("\n{}", indent.trim_end()),
            false => String::new(),
        };
        self.put(token.range.clone(), format!("{before}{link}{after}"));
    }

    fn unclosed(&mut self, token: &Token<'a>) {
        let line = self.lines.number(token.range.start);
        if self.unclosed.replace(line) != Some(line) {
            let message = "Liquid `{%` is never closed, it stays as text".to_owned();
            let help = "close it with `%}` in the same paragraph, or put it into backticks";
            self.marks.warn(token.range.clone(), message, help);
        }
    }

    fn leave_out(&mut self, token: &Token<'a>, message: String, help: &str) {
        self.marks.warn(token.range.clone(), message, help);
        self.put(token.range.clone(), "");
    }

    fn put(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.marks.replace(range, text);
    }
}

/// What to do instead of using a tag.
fn help(name: &str) -> String {
    match name {
        "if" | "unless" | "case" => "write the text that is to be shown, without the tags".into(),
        "for" | "tablerow" => "write out what the loop shows".into(),
        "assign" | "capture" | "increment" | "decrement" => {
            "write the value wherever the name stands".into()
        }
        "include" | "include_relative" | "include_cached" | "render" => {
            "write the text of the file here".into()
        }
        "raw" | "highlight" | "comment" => format!("close it with `{{% end{name} %}}`"),
        _ => "write what it would give, or delete it".into(),
    }
}

/// A quotation for a message, on one line and not endless.
fn one_line(written: &str) -> String {
    let words: Vec<&str> = written.split_whitespace().take(40).collect();
    let line = words.join(" ");
    match line.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
