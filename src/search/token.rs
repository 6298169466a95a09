//! The one tokeniser, of index, query and highlighting alike.
//!
//! 1. [`fold`]: spellings that readers take for one become one: case, accents, width.
//! 2. [`Tokens`]: consecutive letters and digits form a *word*. Scripts without spaces form a
//!    *run*. All else separates, and so does the change from one to the other.
//! 3. [`Tokens::terms`]: what the index knows of a text.

use crate::text::is_invisible;

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

/// Gives each character of a text in its folded form, with the bytes of the text it came from.
///
/// A character and the marks after it are one: `が` may be one character or two or, at half width,
/// two others. One may become several (`㎏`) or none.
pub fn fold(text: &str, out: &mut dyn FnMut(char, usize, usize)) {
    let mut rest = text.char_indices().peekable();
    while let Some((from, c)) = rest.next() {
        let mut to = from + c.len_utf8();
        let single = rest.peek().is_none_or(|(_, next)| !is_joined(*next));
        while let Some((at, next)) = rest.next_if(|(_, next)| is_joined(*next)) {
            to = at + next.len_utf8();
        }
        match simple(c) {
            Some(c) if single => out(c, from, to),
            _ => compound(&text[from..to], &mut |c| out(c, from, to)),
        }
    }
}

/// Whether a character joins the one before it: voicing marks of kana, the vowels and finals of
/// decomposed Hangul, and what is dropped.
fn is_joined(c: char) -> bool {
    !c.is_ascii()
        && (matches!(
            c,
            '\u{1160}'..='\u{11FF}' | '\u{3099}' | '\u{309A}' | '\u{FF9E}' | '\u{FF9F}'
        ) || is_dropped(c))
}

/// The folded form of the characters of which most text consists, without a table.
fn simple(c: char) -> Option<char> {
    match c {
        '\0'..='\x7F' => Some(c.to_ascii_lowercase()),
        // Quotation marks, dashes, dots.
        '·' | '\u{2012}'..='\u{2016}' | '\u{2018}'..='\u{2022}' | '\u{2026}'
        // Punctuation, kana, Han, Hangul.
        | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FE}'
        | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{20000}'..='\u{2F7FF}' => Some(c),
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(c as u32 - 0xFEE0).map(|c| c.to_ascii_lowercase())
        }
        _ => None,
    }
}

/// Any other character with the marks that belong to it.
fn compound(cluster: &str, out: &mut dyn FnMut(char)) {
    let bare: String = apart(cluster).chars().filter(|c| !is_dropped(*c)).collect();
    // Composing puts kana and Hangul together again. One character has nothing to be put to.
    let bare = if bare.chars().nth(1).is_some() { composed(&bare) } else { bare };
    for c in bare.chars() {
        match LETTERS.iter().find(|(letter, _)| *letter == c) {
            Some((_, plain)) => plain.chars().for_each(&mut *out),
            None => out(c),
        }
    }
}

/// Accents, variation selectors, and what can't be seen.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
        || is_invisible(c)
}

/// Letters that Unicode doesn't take apart, but readers type without the stroke or as two, and the
/// sigma at the end of a word.
const LETTERS: [(char, &str); 8] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ł', "l"),
    ('ı', "i"),
    ('ς', "σ"),
];

/// Unicode Normalization Form KD (UAX #15) in lower case. The browser brings the tables.
fn apart(text: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    {
        js_sys::JsString::from(text).normalize("NFKD").to_lower_case().into()
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        use unicode_normalization::UnicodeNormalization;
        text.nfkd().collect::<String>().to_lowercase()
    }
}

/// Unicode Normalization Form C.
fn composed(text: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    {
        js_sys::JsString::from(text).normalize("NFC").into()
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        use unicode_normalization::UnicodeNormalization;
        text.nfc().collect()
    }
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

    fn folded(text: &str) -> String {
        let mut folded = String::new();
        fold(text, &mut |c, _, _| folded.push(c));
        folded
    }

    #[test]
    fn spellings_of_one_text_fold_to_one() {
        let check = |text: &str, want: &str| assert_eq!(folded(text), want, "{text:?}");
        check("Café CAFE\u{301} cafe", "cafe cafe cafe");
        check("Über ÜBER u\u{308}ber", "uber uber uber");
        check("ＡＩ　ａｉ", "ai\u{3000}ai");
        check("ﬁn ㎏ ①", "fin kg 1");
        check("Straße STRASSE ẞ", "strasse strasse ss");
        check("İstanbul ISTANBUL Diyarbakır", "istanbul istanbul diyarbakir");
        check("ΣΟΦΟΣ σοφός", "σοφοσ σοφοσ");
        check("Łódź Ørsted đ Œuvre Æon", "lodz orsted d oeuvre aeon");
        check("ｶﾞｷﾞ ガギ カ\u{3099}キ\u{3099}", "ガギ ガギ ガギ");
        check("한 \u{1112}\u{1161}\u{11AB}", "한 한");
        check("Йод и\u{306}од", "иод иод");
        check("云\u{200B}原\u{FEFF}生", "云原生");
        check("葛\u{E0100}城 ❤\u{FE0F}", "葛城 ❤");
        check("\u{F900}\u{2F00}", "豈一");
        check("\u{301}\u{302}", "");
    }

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
        fn folding_twice_is_folding_once(text: String) {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once);
        }

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
