//! A block of code: its colours, its lines, and what stands behind its fence.
//!
//! The build colours code and sends runs; the browser needs no grammar. Runs say of each coloured
//! stretch (a *token*) where it is in the text, in as few signs as the text allows. A token is
//!
//! ```text
//! [words] [":" bytes] ["=" bytes] letter
//! ```
//!
//! - `words`: how many words to skip from the end of the token before; none without it.
//! - `:` bytes: how many more bytes to skip. Without it the token begins at its natural start,
//!   the first place where one of its kind may begin ([`start`]).
//! - `=` bytes: its length. Without it the token reaches to its natural end: of the word, of the
//!   line for a comment, at the closing quotation mark for a string ([`end`]).
//! - `letter`: its class ([`Token::class`]).
//!
//! So `let x = "a"; // b` is `k1sc`: a keyword, after one
//! word a string, a comment. Whatever the runs leave out is
//! plain. Lengths in a naive `k3p5s3` are what compresses worst; most of them the text itself tells.

mod line;

pub use line::{Sign, lines};

/// What a stretch of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// A remark for people, a quotation.
    Comment,
    /// A word of the language itself.
    Keyword,
    /// Text, a link, code within markup.
    String,
    /// A number or another constant: `true`, a colour.
    Number,
    /// What is called, or defined to be called.
    Function,
    /// A type, a class, a table of settings.
    Type,
    /// A key, a property, an attribute, an annotation, an option of a command.
    Name,
    /// An element of markup or a selector of one.
    Tag,
    /// A heading of markup or of a patch.
    Heading,
    /// Stressed text of markup.
    Emphasis,
}

impl Token {
    /// The letter in the runs and the class in the page.
    pub fn class(self) -> &'static str {
        match self {
            Token::Comment => "c",
            Token::Keyword => "k",
            Token::String => "s",
            Token::Number => "n",
            Token::Function => "f",
            Token::Type => "t",
            Token::Name => "a",
            Token::Tag => "g",
            Token::Heading => "h",
            Token::Emphasis => "e",
        }
    }

    fn of(letter: u8) -> Option<Self> {
        Some(match letter {
            b'c' => Token::Comment,
            b'k' => Token::Keyword,
            b's' => Token::String,
            b'n' => Token::Number,
            b'f' => Token::Function,
            b't' => Token::Type,
            b'a' => Token::Name,
            b'g' => Token::Tag,
            b'h' => Token::Heading,
            b'e' => Token::Emphasis,
            _ => return None,
        })
    }
}

/// A stretch of a text and what it is; `None` is plain.
pub type Piece<'a> = (Option<Token>, &'a str);

/// The text in coloured and plain pieces. All of it comes out in order, whatever the runs say;
/// from where they stop making sense it is plain.
pub fn pieces<'a>(text: &'a str, runs: &str) -> Vec<Piece<'a>> {
    let mut found: Vec<(Option<Token>, usize, usize)> = Vec::new();
    let mut place = Place::default();
    let mut at = 0;
    for byte in runs.bytes() {
        let Some(token) = Token::of(byte) else {
            place.read(byte);
            continue;
        };
        let (from, to) = place.find(token, text, at);
        place = Place::default();
        if !text.is_char_boundary(from) || !text.is_char_boundary(to) {
            break;
        }
        match found.last_mut() {
            // Fewer elements in the page: space between two of a kind shows no colour.
            Some((Some(last), _, end)) if *last == token && is_space(text, *end, from) => *end = to,
            _ => {
                found.push((None, at, from));
                found.push((Some(token), from, to));
            }
        }
        at = to;
    }
    found.push((None, at, text.len()));
    let piece = |(token, from, to): (_, usize, usize)| Some((token, text.get(from..to)?));
    found.into_iter().filter_map(piece).filter(|(_, text)| !text.is_empty()).collect()
}

fn is_space(text: &str, from: usize, to: usize) -> bool {
    text.as_bytes()[from..to].iter().all(u8::is_ascii_whitespace)
}

/// Where a token is, as the runs say it.
#[derive(Default)]
struct Place {
    words: usize,
    skip: Option<usize>,
    length: Option<usize>,
}

impl Place {
    fn read(&mut self, byte: u8) {
        let number = match (&mut self.skip, &mut self.length) {
            (_, Some(length)) => length,
            (Some(skip), _) => skip,
            _ => &mut self.words,
        };
        match byte {
            b':' => self.skip = Some(0),
            b'=' => self.length = Some(0),
            b'0'..=b'9' => *number = number.saturating_mul(10).saturating_add((byte - b'0').into()),
            _ => {}
        }
    }

    /// Start and end of the token in the text, neither before `at` nor after the text's end.
    fn find(&self, token: Token, text: &str, at: usize) -> (usize, usize) {
        let mut from = at;
        for _ in 0..self.words {
            if from == text.len() {
                break;
            }
            from = next_word(text, from);
        }
        from = match self.skip {
            Some(skip) => from.saturating_add(skip).min(text.len()),
            None => start(token, text, from),
        };
        let to = match self.length {
            Some(length) => from.saturating_add(length).min(text.len()),
            None => end(token, text, from),
        };
        (from, to)
    }
}

/// Letters, digits, `_` and all that is not ASCII.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Where a word ends that goes through `at`: `a-b` is one word, and so is `1.5`.
fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    let inside = |at: usize| match bytes[at] {
        b'-' => bytes.get(at + 1).is_some_and(|next| is_word(*next)),
        b'.' => bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        byte => is_word(byte),
    };
    if at < bytes.len() && is_word(bytes[at]) {
        at += 1;
        while at < bytes.len() && inside(at) {
            at += 1;
        }
    }
    at
}

/// The end of the word that is next from a place on, or the text's end.
pub(crate) fn next_word(text: &str, at: usize) -> usize {
    let space = text.as_bytes()[at..].iter().take_while(|byte| !is_word(**byte)).count();
    word_end(text, at + space)
}

/// The first place from `at` on where such a token may begin: at a word, and a string at a
/// quotation mark, a comment at any sign but closing ones, a name at `#` and `@` too.
pub(crate) fn start(token: Token, text: &str, at: usize) -> usize {
    let begins = |byte: u8| match token {
        _ if is_word(byte) => true,
        Token::String => matches!(byte, b'"' | b'\'' | b'`'),
        Token::Name => matches!(byte, b'#' | b'@'),
        Token::Comment => byte.is_ascii_punctuation() && !b";,(){}[]".contains(&byte),
        Token::Heading => byte.is_ascii_punctuation(),
        _ => false,
    };
    at + text.as_bytes()[at..].iter().take_while(|byte| !begins(**byte)).count()
}

/// Where a token ends by itself that begins at `at`.
pub(crate) fn end(token: Token, text: &str, at: usize) -> usize {
    let rest = &text.as_bytes()[at..];
    let Some(first) = rest.first().copied() else { return at };
    let line = || at + rest.iter().take_while(|byte| **byte != b'\n').count();
    match (token, first) {
        (Token::Comment | Token::Heading, _) | (Token::Name, b'#') => line(),
        (Token::String, b'"' | b'\'' | b'`') => at + quoted(rest, first),
        _ if is_word(first) => word_end(text, at),
        _ => word_end(text, at + 1),
    }
}

/// The length of what begins with a quotation mark, up to the next one without a backslash.
fn quoted(rest: &[u8], mark: u8) -> usize {
    let mut escaped = false;
    for (at, byte) in rest.iter().enumerate().skip(1) {
        match *byte {
            b'\\' => escaped = !escaped,
            byte if byte == mark && !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs against the pieces they give, written `letter(text)`; plain pieces stand bare.
    fn check(text: &str, runs: &str, want: &str) {
        let show = |(token, text): &Piece<'_>| match token {
            Some(token) => format!("{}({text})", token.class()),
            None => (*text).to_owned(),
        };
        assert_eq!(pieces(text, runs).iter().map(show).collect::<String>(), want, "{runs:?}");
    }

    #[test]
    fn tokens_begin_and_end_by_themselves() {
        check(r#"let x = "a"; // b"#, "k1sc", r#"k(let) x = s("a"); c(// b)"#);
        check("f(1.5, a-b) g", "fnag", "f(f)(n(1.5), a(a-b)) g(g)");
        check(r#"x "a\"b\\" y"#, "1sk", r#"x s("a\"b\\") k(y)"#);
        check("# Überschrift\n云 x", "h1k", "h(# Überschrift)\n云 k(x)");
        check("#[derive(A)]\nfn x", "ak", "a(#[derive(A)])\nk(fn) x");
    }

    #[test]
    fn tokens_are_placed_by_words_and_bytes() {
        check("a b c d", "2k", "a b k(c) d");
        check("a + b", ":2=1k", "a k(+) b");
        check("a + b", "1:1=3k", "a k(+ b)");
        check("// a\n// b\n\nx", "cck", "c(// a\n// b)\n\nk(x)");
    }

    #[test]
    fn corrupt_runs_lose_no_text() {
        let text = "fn 名(a: u8) { \"云\\\"\" } // 注\n\n-1.";
        let numbers = ["", "1", "5", "9999999999999999999999", ":", ":1", "=", "=4", ":9=9", "=:3"];
        for a in numbers {
            for b in numbers {
                for letter in ["k", "s", "c", "h", "a", "z", "\u{0}", "云", "p"] {
                    let runs = format!("{a}{letter}{b}{letter}k{a}");
                    let all: String =
                        pieces(text, &runs).into_iter().map(|(_, text)| text).collect();
                    assert_eq!(all, text, "{runs:?}");
                }
            }
        }
        check("", "k1s=5c", "");
        check("云云", "=1k", "云云");
    }

    #[test]
    fn every_class_is_one_letter_of_its_own() {
        for letter in b'a'..=b'z' {
            let Some(token) = Token::of(letter) else { continue };
            assert_eq!(token.class().as_bytes(), [letter]);
        }
    }
}
