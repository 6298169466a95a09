//! Spellings that readers take for one become one: case, accents, width.

use crate::text::is_invisible;

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
        // Punctuation, kana, letters of Hangul as they are typed, Han, Hangul.
        | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FE}'
        | '\u{3131}'..='\u{318E}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{20000}'..='\u{2F7FF}' => Some(c),
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
        check("한 \u{1112}\u{1161}\u{11AB} ㅎㅏ", "한 한 ㅎㅏ");
        check("Йод и\u{306}од", "иод иод");
        check("云\u{200B}原\u{FEFF}生", "云原生");
        check("葛\u{E0100}城 ❤\u{FE0F}", "葛城 ❤");
        check("\u{F900}\u{2F00}", "豈一");
        check("\u{301}\u{302}", "");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text: String) {
            let once = folded(&text);
            prop_assert_eq!(folded(&once), once);
        }
    }
}
