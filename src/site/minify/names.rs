//! Short names: two letters for what stands at the top of the script, one for what a function
//! declares (`locals`).

use std::collections::{BTreeMap, BTreeSet};

use super::locals;
use super::tokens::Token::{self, Name, Sign};

/// Words of the language that may stand where something is declared, or are as short as a name.
const WORDS: [&str; 18] = [
    "as",
    "async",
    "await",
    "const",
    "do",
    "false",
    "function",
    "if",
    "in",
    "instanceof",
    "let",
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

/// What a name does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It means what was declared.
    Plain,
    /// It is a property of something.
    Property,
    /// Both, as in `{ size }`.
    Shorthand,
}

/// The short name of each token that gets one, and what it does there.
pub fn shorten(tokens: &[Token<'_>], kept: &[&str]) -> Vec<Option<(String, Use)>> {
    let uses = uses(tokens);
    let scopes = scopes(tokens);
    let declared_at_top = |at: usize| !scopes.iter().any(|(from, to)| (*from..*to).contains(&at));
    let can_be_short =
        |name: &&str| !WORDS.contains(name) && !kept.contains(name) && !is_global(name);
    let present: BTreeSet<&str> = tokens.iter().filter_map(name).collect();
    let at_top =
        declared(tokens, &uses, (0, tokens.len())).into_iter().filter(|at| declared_at_top(*at));
    let at_top = distinct(tokens, at_top).into_iter().filter(can_be_short);
    let globals = give(at_top, LETTERS.len(), &present);
    let mut short: Vec<Option<(String, Use)>> = vec![None; tokens.len()];
    for at in 0..tokens.len() {
        let name = name(&tokens[at]).filter(|_| uses[at] != Use::Property);
        short[at] = name.and_then(|name| globals.get(name)).map(|new| (new.clone(), uses[at]));
    }
    for scope in scopes {
        let can = |name: &str| can_be_short(&name) && !globals.contains_key(name);
        for (at, new) in locals::shorten(tokens, &uses, scope, &short, can) {
            short[at] = Some((new, uses[at]));
        }
    }
    short
}

/// The text of a name.
pub fn name<'a>(token: &Token<'a>) -> Option<&'a str> {
    match token {
        Name(name) => Some(name),
        _ => None,
    }
}

/// `Map`, `Response`: a default of a parameter may name one.
fn is_global(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// Gives names in their order, those of so many letters, and none that is there already.
pub fn give<'a>(
    names: impl Iterator<Item = &'a str>,
    first: usize,
    present: &BTreeSet<&str>,
) -> BTreeMap<&'a str, String> {
    let is_new = |short: &String| !present.contains(&**short) && !WORDS.contains(&&**short);
    let mut short = (first..).map(short_name).filter(is_new);
    names.filter_map(|name| Some((name, short.next()?))).collect()
}

/// One of the shortest names, by its number.
pub fn short_name(number: usize) -> String {
    let letter = |at: usize| char::from(LETTERS[at % LETTERS.len()]);
    match number / LETTERS.len() {
        0 => letter(number).into(),
        more => [letter(more - 1), letter(number)].iter().collect(),
    }
}

/// The names at some places, each once, in the order of the script.
fn distinct<'a>(tokens: &[Token<'a>], places: impl Iterator<Item = usize>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    places.filter_map(|at| name(&tokens[at])).filter(|name| seen.insert(*name)).collect()
}

/// From the parameters to after the closing brace, for each function at the top; so blocks, too.
fn scopes(tokens: &[Token<'_>]) -> Vec<(usize, usize)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let end = match tokens[at] {
            Name("function") => {
                let body = closing(tokens, at + 2) + 1;
                let end = closing(tokens, body) + 1;
                found.push((at + 2, end));
                end
            }
            Sign("{") => {
                let end = closing(tokens, at) + 1;
                found.push((at, end));
                end
            }
            Sign("(" | "[") => closing(tokens, at) + 1,
            _ => at + 1,
        };
        at = end;
    }
    found
}

/// Where the bracket closes that opens here.
pub fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token {
            Sign("(" | "[" | "{") => depth += 1,
            Sign(")" | "]" | "}") => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len() - 1
}

/// What each name does; anything for what is none.
pub fn uses(tokens: &[Token<'_>]) -> Vec<Use> {
    let mut open = Vec::new();
    let sign = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
        Some(Sign(sign)) => *sign,
        _ => "",
    };
    let mut uses = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let (before, after) = (sign(at.checked_sub(1)), sign(Some(at + 1)));
        match token {
            Sign("{") => open.push(!begins_block(at.checked_sub(1).map(|at| &tokens[at]))),
            Sign("(" | "[") => open.push(false),
            Sign(")" | "]" | "}") => drop(open.pop()),
            _ => {}
        }
        let is_key = open.last() == Some(&true) && matches!(before, "{" | ",");
        uses.push(match (before, after) {
            ("." | "?.", _) => Use::Property,
            (_, ":" | "(") if is_key => Use::Property,
            (_, "," | "}" | "=") if is_key => Use::Shorthand,
            _ => Use::Plain,
        });
    }
    uses
}

/// Whether a brace after this begins statements, not an object.
pub fn begins_block(before: Option<&Token<'_>>) -> bool {
    match before {
        Some(Sign(sign)) => matches!(*sign, ")" | "=>" | ";" | "{" | "}"),
        Some(Name(name)) => matches!(*name, "else" | "try" | "finally" | "do"),
        Some(Token::Literal(_)) => false,
        None => true,
    }
}

/// Where constants, variables, scopes and parameters are declared, in this stretch.
pub fn declared(tokens: &[Token<'_>], uses: &[Use], (from, to): (usize, usize)) -> Vec<usize> {
    let mut found = BTreeSet::new();
    if matches!(tokens.get(from), Some(Sign("("))) {
        found.extend(pattern(tokens, from));
    }
    for at in from..to {
        match (&tokens[at], tokens.get(at + 1)) {
            (Name("const" | "let" | "function"), Some(Name(_))) => drop(found.insert(at + 1)),
            (Name("const" | "let"), Some(Sign("[" | "{"))) => found.extend(pattern(tokens, at + 1)),
            (Name("catch"), Some(Sign("("))) if uses[at] != Use::Property => {
                found.extend(pattern(tokens, at + 1));
            }
            (Name(_), Some(Sign("=>"))) => drop(found.insert(at)),
            (Sign("("), _) if tokens.get(closing(tokens, at) + 1) == Some(&Sign("=>")) => {
                found.extend(pattern(tokens, at))
            }
            _ => {}
        }
    }
    found.into_iter().filter(|at| uses[*at] != Use::Property).collect()
}

/// The names in the brackets that open here, without those of default values.
fn pattern(tokens: &[Token<'_>], open: usize) -> Vec<usize> {
    let (end, mut at, mut found) = (closing(tokens, open), open + 1, Vec::new());
    let mut is_value = false;
    while at < end {
        match tokens[at] {
            Sign("(" | "[" | "{") if is_value => at = closing(tokens, at),
            Sign("=") => is_value = true,
            Sign("," | "]" | "}") => is_value = false,
            Name(_) if !is_value => found.push(at),
            _ => {}
        }
        at += 1;
    }
    found
}
