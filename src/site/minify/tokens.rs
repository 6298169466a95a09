//! A script as tokens, without comments and spaces.

use Token::{Literal, Name, Sign};

/// A piece of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A name or a keyword.
    Name(&'a str),
    /// A string, a number, a regular expression, or a piece of a template.
    Literal(&'a str),
    /// Of one character, or `...`, `?.`, `=>`, `++`, `--`.
    Sign(&'a str),
}

/// Whether it may stand in a name.
pub fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '$')
}

/// Adds the tokens of a script.
pub fn read<'a>(script: &'a str, tokens: &mut Vec<Token<'a>>) {
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '`' => read_template(rest, tokens),
            '"' => quoted(rest, '"'),
            '/' if begins_value(tokens) => regular_expression(rest),
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ => ["...", "?.", "=>", "++", "--"]
                .iter()
                .find(|sign| rest.starts_with(**sign))
                .map_or(first.len_utf8(), |sign| sign.len()),
        };
        let (text, after) = rest.split_at(length);
        match first {
            '`' => {}
            '/' if text.starts_with("/*") || text.starts_with("//") => {}
            _ if first.is_whitespace() => {}
            '"' => tokens.push(Literal(text)),
            '/' if length > 1 => tokens.push(Literal(text)),
            '0'..='9' => tokens.push(Literal(text)),
            _ if is_word(first) => tokens.push(Name(text)),
            _ => tokens.push(Sign(text)),
        }
        rest = after;
    }
}

/// Whether a slash here begins a regular expression.
fn begins_value(tokens: &[Token<'_>]) -> bool {
    match tokens.last() {
        Some(Sign(sign)) => !matches!(*sign, ")" | "]" | "}"),
        Some(Name(name)) => *name == "return",
        Some(Literal(_)) => false,
        None => true,
    }
}

/// The length of what is quoted at the start.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if character == quote && !escaped {
            return at + character.len_utf8();
        }
        escaped = character == '\\' && !escaped;
    }
    text.len()
}

/// The length of the regular expression at the start, with its flags.
fn regular_expression(text: &str) -> usize {
    let (mut escaped, mut class, mut end) = (false, false, text.len());
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => {}
            '[' => class = true,
            ']' => class = false,
            '/' if !class => {
                end = at + 1;
                break;
            }
            _ => {}
        }
        escaped = character == '\\' && !escaped;
    }
    end + text[end..].find(|c: char| !c.is_ascii_lowercase()).unwrap_or(text.len() - end)
}

/// Adds a template's pieces with the tokens between them; its length.
fn read_template<'a>(text: &'a str, tokens: &mut Vec<Token<'a>>) -> usize {
    let (mut at, mut piece) = (1, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with('\\') {
            at += 2;
        } else if rest.starts_with('`') {
            tokens.push(Literal(&text[piece..=at]));
            return at + 1;
        } else if rest.starts_with("${") {
            tokens.push(Literal(&text[piece..at + 2]));
            let end = at + closing_brace(rest);
            read(&text[at + 2..end], tokens);
            (at, piece) = (end + 1, end);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// Where the first brace is closed.
fn closing_brace(text: &str) -> usize {
    let mut depth = 0;
    for (at, character) in text.char_indices() {
        depth += i32::from(character == '{') - i32::from(character == '}');
        if character == '}' && depth == 0 {
            return at;
        }
    }
    text.len()
}
