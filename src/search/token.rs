//! The one tokeniser, of index, query and highlighting alike.
//!
//! 1. [`fold()`]: spellings that readers take for one become one.
//! 2. [`Tokens`]: consecutive letters and digits form a *word*. Scripts without spaces form a
//!    *run*. All else separates, and so does the change from one to the other.
//! 3. [`Tokens::terms`]: what the index knows of a text.

use super::fold::fold;

/// A word counts up to this many characters; what follows is not looked at.
pub const WORD_LIMIT: usize = 32;

/// Words' beginnings of up to this many characters are terms of their own: a reader who types one
/// letter would else need every shard of the words that begin with it.
pub const HEAD_LIMIT: usize = 2;

/// Ends the term of a beginning. Sorts before all letters and digits, so it stands next to the
/// word of the same letters.
pub const HEAD: char = '*';

/// What a folded character is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Space, punctuation, signs.
    Separator,
    /// A word in a script with spaces, or a number.
    Word,
    /// Text in a script without spaces. Hangul too: its particles and compounds are written
    /// together, so that a word is often looked for by a part that is not its beginning.
    Run,
}

impl Kind {
    /// Of a folded character.
    pub fn of(c: char) -> Self {
        match c {
            'a'..='z' | '0'..='9' => Kind::Word,
            // Iteration marks, zero, kana, bopomofo, Han, Hangul.
            '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{309A}' | '\u{309D}'..='\u{309F}'
            | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{318E}' | '\u{31A0}'..='\u{31FF}'
            | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '\u{1100}'..='\u{11FF}'
            // Thai, Lao, Myanmar, Khmer, with their vowel signs and tone marks.
            | '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}' | '\u{E81}'..='\u{ECE}'
            | '\u{EDC}'..='\u{EDF}' | '\u{1000}'..='\u{103F}' | '\u{1050}'..='\u{109D}'
            | '\u{1780}'..='\u{17D3}' => Kind::Run,
            _ if c.is_alphanumeric() || is_sign(c) => Kind::Word,
            _ => Kind::Separator,
        }
    }
}

/// The signs of Indic scripts that take a vowel away or change a consonant: within a word, though
/// no letters. They have the same place in each script's block, but for Sinhala.
fn is_sign(c: char) -> bool {
    let place = c as u32 & 0x7F;
    matches!(c, '\u{900}'..='\u{DFF}') && (place == 0x3C || place == 0x4D) || c == '\u{DCA}'
}

/// A word or a run, as a range of the folded characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Whether it is a word; else it is a run.
    pub word: bool,
    /// Its first character.
    pub start: usize,
    /// Behind its last character; of a long word, behind the last one that counts.
    pub end: usize,
}

/// A text, folded and taken apart, with the way back.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// All folded characters, separators too.
    pub chars: Vec<char>,
    /// For each of them, where in the text it begins and ends, in bytes.
    pub places: Vec<(u32, u32)>,
    /// Words and runs, in order.
    pub tokens: Vec<Token>,
}

impl Tokens {
    /// Of a text below 4 GB.
    pub fn of(text: &str) -> Self {
        let mut all = Tokens::default();
        let mut before = Kind::Separator;
        fold(text, &mut |c, from, to| {
            let kind = Kind::of(c);
            let at = all.chars.len();
            all.chars.push(c);
            all.places.push((from as u32, to as u32));
            match all.tokens.last_mut() {
                _ if kind == Kind::Separator => {}
                Some(token) if kind == before => {
                    if !(token.word && at - token.start >= WORD_LIMIT) {
                        token.end = at + 1;
                    }
                }
                _ => {
                    all.tokens.push(Token { word: kind == Kind::Word, start: at, end: at + 1 });
                }
            }
            before = kind;
        });
        all
    }

    /// The characters of a token.
    pub fn chars(&self, token: Token) -> &[char] {
        &self.chars[token.start..token.end]
    }

    /// Gives every term, as often as it occurs: of a run, each character and each pair of
    /// neighbours; of a word, itself and its beginnings.
    pub fn terms(&self, out: &mut dyn FnMut(&[char])) {
        for token in &self.tokens {
            let chars = self.chars(*token);
            if token.word {
                out(chars);
                let mut head = [HEAD; HEAD_LIMIT + 1];
                for (length, c) in (1..).zip(&chars[..chars.len().min(HEAD_LIMIT)]) {
                    head[length - 1] = *c;
                    out(&head[..=length]);
                }
            } else {
                chars.chunks(1).chain(chars.windows(2)).for_each(&mut *out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_lead_back_to_the_text() {
        let text = "aﬁ\u{301}ｶﾞ\u{200B}İ";
        let tokens = Tokens::of(text);
        let pieces: Vec<_> = tokens
            .chars
            .iter()
            .zip(&tokens.places)
            .map(|(c, (from, to))| (*c, &text[*from as usize..*to as usize]))
            .collect();
        let fi = "ﬁ\u{301}";
        assert_eq!(pieces, [('a', "a"), ('f', fi), ('i', fi), ('ガ', "ｶﾞ\u{200B}"), ('i', "İ")]);
    }

    #[test]
    fn words_and_runs_are_told_apart() {
        let check = |text: &str, want: &[&str]| {
            let all = Tokens::of(text);
            let token = |token: &Token| {
                let text: String = all.chars(*token).iter().collect();
                text + if token.word { "" } else { "_" }
            };
            assert_eq!(all.tokens.iter().map(token).collect::<Vec<_>>(), want, "{text:?}");
        };
        check("k8s集群，Ａ I时代", &["k8s", "集群_", "a", "i", "时代_"]);
        check("don't foo_bar 3.5", &["don", "t", "foo", "bar", "3", "5"]);
        check("カタカナ・ひらがなー々", &["カタカナ_", "ひらがなー々_"]);
        check("ภาษาไทย 2567 ที่นี่", &["ภาษาไทย_", "2567", "ที\u{E48}น\u{E35}\u{E48}_"]);
        check("한국어를 배우다", &["한국어를_", "배우다_"]);
        check("हिन्दी", &["हिन्दी"]);
        check("🚀 — …", &[]);
        check(&"x".repeat(40), &[&"x".repeat(32)]);
        check(&format!("{} y", "é".repeat(40)), &[&"e".repeat(32), "y"]);
    }

    #[test]
    fn terms_of_runs_and_words() {
        let check = |text: &str, want: &str| {
            let mut terms = Vec::new();
            Tokens::of(text).terms(&mut |term| terms.push(term.iter().collect::<String>()));
            assert_eq!(terms.join(" "), want, "{text:?}");
        };
        check("云原生", "云 原 生 云原 原生");
        check("字", "字");
        check("Go", "go g* go*");
        check("a", "a a*");
        check("Rust语", "rust r* ru* 语");
    }

    proptest! {
        #[test]
        fn places_ascend_on_boundaries(text: String) {
            let tokens = Tokens::of(&text);
            let mut last = 0;
            for (from, to) in tokens.places {
                prop_assert!(from >= last && to > from);
                prop_assert!(text.get(from as usize..to as usize).is_some());
                last = from;
            }
        }
    }
}
