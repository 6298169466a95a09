//! The worker's script as readers download it: without comments and spaces, and with short names.
//! It knows our own scripts, not all of JavaScript: every statement ends with `;` or `}`, there are
//! no labels and no getters, and no brace stands in a string within a template.
//!
//! A name is shortened everywhere at once, so that no scopes have to be known: only one that our
//! script declares, and that is nowhere the name of a property. `tests/worker` runs the result.

use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    /// A name or a keyword.
    Name(&'a str),
    /// A string, a number, a regular expression, or a piece of a template.
    Literal(&'a str),
    /// Of one character, or `...`, `?.`, `=>`, `++`, `--`.
    Sign(&'a str),
}

use Token::{Literal, Name, Sign};

/// Words of the language that may stand where something is declared.
const WORDS: [&str; 14] = [
    "async",
    "await",
    "catch",
    "false",
    "function",
    "in",
    "instanceof",
    "new",
    "null",
    "of",
    "true",
    "typeof",
    "undefined",
    "void",
];

/// What short names are made of, the commonest letters of scripts first.
const LETTERS: &[u8] = b"etnriosaclfdhupmgbvwykjqxzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The script in a short form; a name in `kept` stays.
pub fn minify(script: &str, kept: &[&str]) -> String {
    let mut tokens = Vec::new();
    read(script, &mut tokens);
    let names = short_names(&tokens, kept);
    let mut out = String::with_capacity(script.len());
    for token in &tokens {
        let text = match token {
            Name(name) => names.get(name).map_or(*name, String::as_str),
            Literal(text) | Sign(text) => text,
        };
        if let (Some(last), Some(next)) = (out.chars().next_back(), text.chars().next())
            && (is_word(last) && is_word(next) || last == next && matches!(next, '+' | '-'))
        {
            out.push(' ');
        }
        out.push_str(text);
    }
    out
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '$')
}

/// Adds the tokens of a script.
fn read<'a>(script: &'a str, tokens: &mut Vec<Token<'a>>) {
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

fn short_names<'a>(tokens: &[Token<'a>], kept: &[&str]) -> BTreeMap<&'a str, String> {
    let (mut counts, properties) = (BTreeMap::<&str, usize>::new(), properties(tokens));
    for token in tokens {
        if let Name(name) = token {
            *counts.entry(name).or_default() += 1;
        }
    }
    let is_free = |name: &&str| {
        !properties.contains(name)
            && !kept.contains(name)
            && !WORDS.contains(name)
            && !is_global(name)
    };
    let mut names: Vec<&str> = declared(tokens).into_iter().filter(is_free).collect();
    names.sort_by_key(|name| std::cmp::Reverse(counts[name]));
    let mut short = (0..).map(short_name).filter(|short| {
        !counts.contains_key(short.as_str())
            && !matches!(short.as_str(), "do" | "if" | "in" | "of" | "as")
    });
    names.into_iter().filter_map(|name| Some((name, short.next()?))).collect()
}

/// `Map`, `Response`: a default of a parameter may name one.
fn is_global(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

fn short_name(number: usize) -> String {
    let letter = |at: usize| char::from(LETTERS[at % LETTERS.len()]);
    match number / LETTERS.len() {
        0 => letter(number).into(),
        more => [letter(more - 1), letter(number)].iter().collect(),
    }
}

/// Names after a dot or before a colon, and those that stand alone between commas in braces.
fn properties<'a>(tokens: &[Token<'a>]) -> BTreeSet<&'a str> {
    let (mut found, mut open) = (BTreeSet::new(), Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        let sign = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
            Some(Sign(sign)) => *sign,
            _ => "",
        };
        match token {
            Sign(bracket @ ("(" | "[" | "{")) => open.push(*bracket),
            Sign(")" | "]" | "}") => drop(open.pop()),
            Name(name) => {
                let (before, after) = (sign(at.checked_sub(1)), sign(Some(at + 1)));
                let in_braces = open.last() == Some(&"{");
                let alone = matches!(before, "{" | ",") || matches!(after, "}" | ",");
                if matches!(before, "." | "?.") || after == ":" || in_braces && alone {
                    found.insert(*name);
                }
            }
            _ => {}
        }
    }
    found
}

/// Constants, variables, functions and parameters.
fn declared<'a>(tokens: &[Token<'a>]) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        match (token, next) {
            (Name("const" | "let" | "function"), Some(Name(name))) => {
                found.insert(*name);
                if token == &Name("function") {
                    found.extend(names_within(tokens, at + 2));
                }
            }
            (Name("const" | "let"), Some(Sign("["))) => found.extend(names_within(tokens, at + 1)),
            (Name("catch"), Some(Sign("("))) => found.extend(names_within(tokens, at + 1)),
            (Name(name), Some(Sign("=>"))) => drop(found.insert(*name)),
            (Sign(")"), Some(Sign("=>"))) => {
                found.extend(
                    opening(tokens, at).into_iter().flat_map(|at| names_within(tokens, at)),
                );
            }
            _ => {}
        }
    }
    found
}

/// The names in the brackets that open here.
fn names_within<'a>(tokens: &[Token<'a>], open: usize) -> Vec<&'a str> {
    let (mut names, mut depth) = (Vec::new(), 0);
    for token in tokens.iter().skip(open) {
        match token {
            Sign("(" | "[" | "{") => depth += 1,
            Sign(")" | "]" | "}") => depth -= 1,
            Name(name) => names.push(*name),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// Where the brackets open that close here.
fn opening(tokens: &[Token<'_>], close: usize) -> Option<usize> {
    let mut depth = 0;
    (0..=close).rev().find(|at| {
        match tokens[*at] {
            Sign(")" | "]" | "}") => depth += 1,
            Sign("(" | "[" | "{") => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, want: &str) {
        assert_eq!(minify(script, &["BUILD"]), want);
    }

    #[test]
    fn comments_and_spaces_go() {
        check(
            "// a\n/** @type {B} */\nvoid (1 + +c, d - -e, f++); /* g */\n",
            "void(1+ +c,d- -e,f++);",
        );
        check(
            "if (a in b) return /x y[/]\\/ /gi.test(c / d / e);",
            "if(a in b)return/x y[/]\\/ /gi.test(c/d/e);",
        );
        check("a ?? b; a?.b; a ? .5 : \"a // \\\" b\";", "a??b;a?.b;a?.5:\"a // \\\" b\";");
    }

    #[test]
    fn declared_names_become_short() {
        check(
            "const BUILD = {};\nasync function first(second) { await second; first(second, third); }",
            "const BUILD={};async function t(e){await e;t(e,third);}",
        );
        check(
            "let [one, two] = x; (three, four = new Map()) => one + four;",
            "let[t,r]=x;(n,e=new Map())=>t+e;",
        );
        check("try { x() } catch (problem) { log(problem); }", "try{x()}catch(e){log(e);}");
        check(
            "some.map((each) => `${each}: ${f(`<${each}>`)}`);",
            "some.map((e)=>`${e}: ${f(`<${e}>`)}`);",
        );
    }

    #[test]
    fn names_of_properties_stay_everywhere() {
        check("const size = 1; x.size = size;", "const size=1;x.size=size;");
        check("const size = 1; f({ size });", "const size=1;f({size});");
        check("const { size, type } = f(size);", "const{size,type}=f(size);");
        check("const a1 = { size: 2 }; let size = 3;", "const e={size:2};let size=3;");
        check("const size = 1; ({ a, ...size });", "const size=1;({a,...size});");
    }

    #[test]
    fn short_names_are_not_those_that_are_there() {
        check("const long = e; const other = 1;", "const t=e;const n=1;");
    }
}
