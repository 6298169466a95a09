//! Text rules that both sides share: Unicode folding, slugs, percent-encoding, counting.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stays readable in a path segment besides letters and digits (RFC 3986, `unreserved`
/// and the sub-delimiters that no server treats specially).
const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'+');

/// What stays readable in a query value: as a segment, but `+` means a space there.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Unicode Normalization Form KC (UAX #15) in lower case: full-width `ＡＩ` becomes `ai`.
///
/// The browser brings the tables, so they are not in the wasm.
fn nfkc_lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    #[cfg(target_arch = "wasm32")]
    {
        js_sys::JsString::from(text).normalize("NFKC").to_lower_case().into()
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        use unicode_normalization::UnicodeNormalization;
        text.nfkc().collect::<String>().to_lowercase()
    }
}

/// The form in which names are compared: NFKC, lower case, no invisible characters, white space
/// folded to single spaces.
pub fn fold(text: &str) -> String {
    let visible: String = nfkc_lower(text).chars().filter(|c| !is_invisible(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Zero-width and bidirectional control characters, which a name may carry unseen.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
}

/// Characters that turn the direction of what follows; markup isolates them, a tab's title can't.
pub fn is_directional(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The first invisible character that a name should not carry. The joiner of emoji and of scripts
/// that need one, between two characters that are not ASCII, is as it should be.
pub fn first_invisible(text: &str) -> Option<char> {
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let joins = matches!(c, '\u{200C}' | '\u{200D}')
            && before.is_some_and(|c: char| !c.is_ascii())
            && chars.peek().is_some_and(|c| !c.is_ascii());
        if is_invisible(c) && !joins {
            return Some(c);
        }
        before = Some(c);
    }
    None
}

/// A path segment for a name: folded, spaces to `-`, without what a URL or a file system would
/// misread. Chinese, `+` and `#` stay, so `C++` and `C#` are told apart. May be empty.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in fold(name).chars() {
        let kept = c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '#' | '.');
        let c = if kept { c } else { '-' };
        if c != '-' || !(slug.is_empty() || slug.ends_with('-')) {
            slug.push(c);
        }
    }
    slug.trim_matches(|c| c == '-' || c == '.').to_owned()
}

/// An element id for a heading, by the rule of GitHub and of kramdown's GFM parser
/// (`generate_gfm_header_id`), so that links to headings stay right: lower case, no signs but `-`
/// and `_`, a hyphen for each space.
pub fn anchor(text: &str) -> String {
    let kept = |c: char| match c {
        ' ' | '\t' => Some('-'),
        '-' | '_' => Some(c),
        _ => c.is_alphanumeric().then_some(c),
    };
    lower(text.trim()).chars().filter_map(kept).collect()
}

/// Lower case; the browser brings the tables.
fn lower(text: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    {
        js_sys::JsString::from(text).to_lower_case().into()
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        text.to_lowercase()
    }
}

/// Percent-encodes each segment of a decoded path; `/` separates.
pub fn encode_path(path: &str) -> String {
    path.split('/')
        .map(|segment| utf8_percent_encode(segment, SEGMENT).to_string())
        .collect::<Vec<_>>()
        .join("/")
}

/// Percent-encodes one value of a query.
pub fn encode_query(value: &str) -> String {
    utf8_percent_encode(value, QUERY).to_string()
}

/// Decodes percent-encoding; `None` where it is not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned())
}

/// Whether a character is set without spaces around it: Han, kana, and their punctuation.
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3000}'..='\u{30FF}' | '\u{31F0}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Reading time in minutes, at least 1: 400 Han characters or 200 words each.
pub fn reading_minutes(text: &str) -> u32 {
    let (han, words) = count(text);
    (han * 2 + words * 4).div_ceil(800).max(1)
}

/// How long a text is: its Han characters and its words.
pub fn length(text: &str) -> u32 {
    let (han, words) = count(text);
    han + words
}

/// Characters of Chinese and Japanese, and words of scripts that have spaces.
fn count(text: &str) -> (u32, u32) {
    let (mut han, mut words, mut in_word) = (0u32, 0u32, false);
    for c in text.chars() {
        let cjk = is_cjk(c);
        han += u32::from(cjk && c.is_alphabetic());
        let word = c.is_alphanumeric() && !cjk;
        words += u32::from(word && !in_word);
        in_word = word;
    }
    (han, words)
}

/// The text up to `limit` characters, cut with an ellipsis, preferring the end of a sentence.
pub fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit).collect();
    let sentence = cut.rfind(['。', '！', '？']).map(|at| at + '。'.len_utf8());
    match sentence {
        Some(end) if end > cut.len() / 2 => cut[..end].to_owned(),
        _ => format!("{}…", cut.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_makes_spellings_of_one_name_equal() {
        for spelling in ["AI", "ai", "ＡＩ", " Ai ", "A\u{200B}I"] {
            assert_eq!(fold(spelling), "ai", "{spelling:?}");
        }
        assert_eq!(fold("service  mesh"), "service mesh");
    }

    #[test]
    fn slugs_are_readable_and_safe() {
        for (name, want) in [
            ("云原生", "云原生"),
            ("C#", "c#"),
            ("C++", "c++"),
            ("Hello, World!", "hello-world"),
            ("../etc/passwd", "etc-passwd"),
            ("a%2fb", "a-2fb"),
            ("???", ""),
            ("\u{202E}abc", "abc"),
        ] {
            assert_eq!(slug(name), want, "{name:?}");
        }
    }

    #[test]
    fn paths_round_trip() {
        for path in ["tags/c#/", "posts/云 原生/", "a+b/100%/"] {
            assert_eq!(decode(&encode_path(path)).as_deref(), Some(path));
        }
        assert_eq!(encode_query("a+b&c"), "a%2Bb%26c");
        assert_eq!(decode("%ff"), None);
    }

    #[test]
    fn reading_time_counts_han_and_words() {
        assert_eq!(reading_minutes(""), 1);
        assert_eq!(reading_minutes(&"字".repeat(400)), 1);
        assert_eq!(reading_minutes(&"字".repeat(401)), 2);
        assert_eq!(reading_minutes(&"word ".repeat(400)), 2);
        assert_eq!(reading_minutes(&format!("{}{}", "字".repeat(400), "word ".repeat(200))), 2);
    }

    #[test]
    fn shortening_prefers_a_sentence() {
        assert_eq!(shorten("短", 5), "短");
        assert_eq!(shorten("一二三。四五六七", 6), "一二三。");
        assert_eq!(shorten("一二三四五六七", 4), "一二三四…");
    }
}
