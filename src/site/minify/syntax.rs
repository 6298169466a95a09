//! Shorter ways to say the same. There must be no empty statement: the semicolon before a closing
//! brace goes.

use super::tokens::is_word;

/// Takes and gives the texts of tokens.
pub fn shorten(texts: Vec<String>) -> Vec<String> {
    joined(&simpler(&texts))
}

/// One word for `const` and `let`, no semicolon or comma before what closes, no parentheses around a single
/// parameter.
fn simpler(texts: &[String]) -> Vec<&str> {
    let text = |at: usize| texts.get(at).map_or("", String::as_str);
    let is_alone = |at: usize| {
        let is_name = text(at + 1).starts_with(is_word);
        text(at) == "(" && is_name && text(at + 2) == ")" && text(at + 3) == "=>"
    };
    let mut out = Vec::with_capacity(texts.len());
    for at in 0..texts.len() {
        out.push(match text(at) {
            ";" if text(at + 1) == "}" => continue,
            "," if matches!(text(at + 1), ")" | "}") => continue,
            "(" if is_alone(at) => continue,
            ")" if at >= 2 && is_alone(at - 2) => continue,
            "const" => "let",
            "true" => "!0",
            "false" => "!1",
            other => other,
        });
    }
    out
}

/// `let a;let b` as `let a,b`.
fn joined(texts: &[&str]) -> Vec<String> {
    // For each open bracket, whether a declaration stands in it.
    let mut declares = vec![false];
    let mut out: Vec<String> = Vec::with_capacity(texts.len());
    let mut at = 0;
    while at < texts.len() {
        let before = at.checked_sub(1).map_or(";", |before| texts[before]);
        let last = declares.len() - 1;
        match texts[at] {
            "(" | "[" | "{" => declares.push(false),
            ")" | "]" | "}" if last > 0 => drop(declares.pop()),
            "let" if matches!(before, ";" | "{" | "}") => declares[last] = true,
            ";" if declares[last] && texts.get(at + 1) == Some(&"let") => {
                out.push(",".to_owned());
                at += 2;
                continue;
            }
            ";" => declares[last] = false,
            _ => {}
        }
        out.push(texts[at].to_owned());
        at += 1;
    }
    out
}
