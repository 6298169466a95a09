//! Coloured stretches as runs, in the format of [`crate::markdown::code`].

use std::ops::Range;

use crate::markdown::code::{Token, end, next_word, start};

/// The runs of a text whose coloured stretches are given in order.
pub(super) fn encode(text: &str, stretches: &[(Range<usize>, Token)]) -> String {
    let mut runs = String::new();
    let mut at = 0;
    for (range, token) in stretches {
        let mut rest = trim(text, range.clone(), *token);
        while !rest.is_empty() {
            let to = push(&mut runs, text, at, &rest, *token);
            rest = trim(text, to..rest.end, *token);
            at = to;
        }
    }
    runs
}

/// The range without the space around it, which has no colour, nor signs that most often begin or
/// end a name: `.class`, `println!`.
fn trim(text: &str, range: Range<usize>, token: Token) -> Range<usize> {
    let name = !matches!(token, Token::Comment | Token::String | Token::Heading | Token::Emphasis);
    let cut = |c: char| c.is_ascii_whitespace() || name && matches!(c, '.' | '!');
    let inside = &text[range.clone()];
    let from = range.end - inside.trim_start_matches(cut).len();
    from..from + text[from..range.end].trim_end_matches(cut).len()
}

/// Adds a token at the beginning of a range and gives its end, which is the range's or, where
/// the token ends by itself on every line, the line's.
fn push(runs: &mut String, text: &str, at: usize, range: &Range<usize>, token: Token) -> usize {
    let (words, from) = words(text, at, range.start);
    let skip = match start(token, text, from) == range.start {
        true => String::new(),
        false => format!(":{}", range.start - from),
    };
    let natural = end(token, text, range.start);
    let by_line = matches!(token, Token::Comment | Token::Heading) && natural < range.end;
    let (length, to) = match natural == range.end || by_line {
        true => (String::new(), natural),
        false => (format!("={}", range.len()), range.end),
    };
    let words = if words == 0 { String::new() } else { words.to_string() };
    *runs += &format!("{words}{skip}{length}{}", token.class());
    to
}

/// How many words to skip to come near a place, and how far they lead; none where the token would
/// be found without.
fn words(text: &str, at: usize, to: usize) -> (usize, usize) {
    let (mut words, mut from) = (0, at);
    loop {
        let next = next_word(text, from);
        if next > to || next == from {
            return (words, from);
        }
        (words, from) = (words + 1, next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::code::pieces;

    /// Encodes the marked stretches of a text, `k[let] x`, and reads them again.
    fn check(marked: &str, want: &str) {
        let (mut text, mut stretches, mut open) = (String::new(), Vec::new(), None);
        let letters = "ksnftaghec";
        let mut rest = marked;
        while let Some(c) = rest.chars().next() {
            let token = rest[c.len_utf8()..].starts_with('⟦').then(|| letters.find(c)).flatten();
            if token.is_some() {
                open = Some((c, text.len()));
                rest = &rest[1 + '⟦'.len_utf8()..];
                continue;
            }
            match (c, open) {
                ('⟧', Some((letter, from))) => stretches.push((from..text.len(), of(letter))),
                _ => text.push(c),
            }
            rest = &rest[c.len_utf8()..];
        }
        let runs = encode(&text, &stretches);
        assert_eq!(runs, want, "{marked}");
        let read = pieces(&text, &runs);
        let coloured = |pieces: &[(Option<Token>, &str)]| -> Vec<_> {
            let found =
                pieces.iter().filter_map(|(token, text)| Some(((*token)?, text.to_string())));
            found.collect()
        };
        let meant: Vec<_> = stretches
            .iter()
            .map(|(range, token)| (*token, text[range.clone()].trim().to_owned()))
            .collect();
        assert_eq!(coloured(&read), meant, "{marked}");
    }

    fn of(letter: char) -> Token {
        match letter {
            'c' => Token::Comment,
            'k' => Token::Keyword,
            's' => Token::String,
            'n' => Token::Number,
            'f' => Token::Function,
            't' => Token::Type,
            'a' => Token::Name,
            'g' => Token::Tag,
            'h' => Token::Heading,
            _ => Token::Emphasis,
        }
    }

    #[test]
    fn tokens_that_the_text_delimits_are_letters() {
        check(r#"k⟦let⟧ x = s⟦"a"⟧; c⟦// b⟧"#, "k1sc");
        check("k⟦let ⟧x", "k");
        check("c⟦/* a\n * b */⟧ k⟦x⟧", "c=6ck");
    }

    #[test]
    fn other_tokens_have_numbers() {
        check(r#"a s⟦r"b"⟧"#, "1=4s");
        check("a k⟦+⟧ b", "1:1k");
        check("s⟦'云⟧n⟦5⟧s⟦云'⟧", "=4s=1n=4s");
    }
}
