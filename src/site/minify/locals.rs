//! Short names for what a function declares. Each scope in it takes the first letters that it does
//! not need from around it: so most first parameters are the same letter, which compresses well
//! (3 % of the whole).

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Use, begins_block, closing, declared, give, name};
use super::tokens::Token::{self, Name, Sign};

type Stretch = (usize, usize);

/// The short names in a function at the top, by the place of their tokens. `new` has those of the
/// top; `can_be_short` says which of the others may get one.
pub fn shorten<'a>(
    tokens: &[Token<'a>],
    uses: &[Use],
    function: Stretch,
    new: &[Option<(String, Use)>],
    can_be_short: impl Fn(&str) -> bool,
) -> Vec<(usize, String)> {
    let scopes = scopes(tokens, function);
    let mut own: Vec<Vec<&'a str>> = vec![Vec::new(); scopes.len()];
    for at in declared(tokens, uses, function) {
        let scope = scopes.iter().rposition(|scope| holds(*scope, at)).unwrap_or_default();
        if let Some(name) = name(&tokens[at]).filter(|name| can_be_short(name))
            && !own[scope].contains(&name)
        {
            own[scope].push(name);
        }
    }
    // Whose name each token is; none where it is of the top, a global or a property.
    let owner = |at: usize| {
        let name = name(&tokens[at]).filter(|_| uses[at] != Use::Property)?;
        (0..scopes.len())
            .rev()
            .find(|scope| holds(scopes[*scope], at) && own[*scope].contains(&name))
    };
    let owners: Vec<Option<usize>> = (function.0..function.1).map(owner).collect();
    let mut given: Vec<BTreeMap<&str, String>> = Vec::new();
    for (scope, (from, to)) in scopes.iter().enumerate() {
        let mut taken = BTreeSet::new();
        for at in *from..*to {
            let Some(name) = name(&tokens[at]) else { continue };
            taken.extend(match owners[at - function.0] {
                Some(outer) if outer < scope => given[outer].get(name).map(String::as_str),
                Some(_) => None,
                None => Some(new[at].as_ref().map_or(name, |(new, _)| new)),
            });
        }
        let names = give(own[scope].iter().copied(), 0, &taken);
        given.push(names);
    }
    let places = (function.0..function.1).zip(owners);
    let short = |(at, owner): (usize, Option<usize>)| {
        Some((at, given[owner?].get(name(&tokens[at])?)?.clone()))
    };
    places.filter_map(short).collect()
}

fn holds((from, to): Stretch, at: usize) -> bool {
    (from..to).contains(&at)
}

/// The function with the arrow functions, loops, handlers and blocks in it, outer ones before inner
/// ones.
fn scopes(tokens: &[Token<'_>], (from, to): Stretch) -> Vec<Stretch> {
    let scope = |at: usize| match tokens[at] {
        Sign("=>") => Some((parameters(tokens, at), end_of_body(tokens, at + 1))),
        Sign("{") if begins_block(tokens.get(at.wrapping_sub(1))) => {
            Some((at, closing(tokens, at) + 1))
        }
        // The method `catch` begins none, and a name too many does no harm.
        Name("for" | "catch") if tokens[at + 1] == Sign("(") => {
            Some((at + 1, end_of_statement(tokens, closing(tokens, at + 1) + 1)))
        }
        _ => None,
    };
    let mut scopes: Vec<Stretch> = (from..to).filter_map(scope).collect();
    scopes.push((from, to));
    scopes.sort_by_key(|(from, to)| (*from, std::cmp::Reverse(*to)));
    scopes
}

/// Where the parameters begin of an arrow.
fn parameters(tokens: &[Token<'_>], arrow: usize) -> usize {
    match tokens[arrow - 1] {
        Name(_) => arrow - 1,
        _ => (0..arrow)
            .rev()
            .find(|at| tokens[*at] == Sign("(") && closing(tokens, *at) == arrow - 1)
            .unwrap_or(arrow),
    }
}

/// After a block, or after the semicolon.
fn end_of_statement(tokens: &[Token<'_>], start: usize) -> usize {
    let mut at = start;
    while at < tokens.len() {
        match tokens[at] {
            Sign("{") if begins_block(tokens.get(at - 1)) => {
                at = closing(tokens, at) + 1;
                if tokens.get(at) != Some(&Name("else")) {
                    return at;
                }
            }
            Sign("(" | "[" | "{") => at = closing(tokens, at),
            Sign(";") => return at + 1,
            Sign(")" | "]" | "}") => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

/// After a body in braces, or after the expression.
fn end_of_body(tokens: &[Token<'_>], start: usize) -> usize {
    if tokens[start] == Sign("{") {
        return closing(tokens, start) + 1;
    }
    let mut at = start;
    while at < tokens.len() {
        match tokens[at] {
            Sign("(" | "[" | "{") => at = closing(tokens, at),
            Sign(")" | "]" | "}" | "," | ";") => break,
            _ => {}
        }
        at += 1;
    }
    at
}
