//! The terms of a text: words of scripts that have spaces, and pairs of neighbouring Han
//! characters, since Chinese has none. A term is known by a hash of itself and its language.

use crate::text::is_cjk;

/// Han characters that build sentences and are seldom part of a name, in order; a pair with one of
/// them says little, however rare it is. Not among them: those of 前端, 对象, 并发, 性能, 路由.
const PARTICLES: &[char] = &[
    '一', '不', '与', '且', '两', '个', '么', '之', '也', '了', '于', '些', '什', '从', '他', '以',
    '们', '但', '你', '其', '再', '到', '又', '及', '只', '各', '吗', '吧', '呀', '呢', '和', '哪',
    '啊', '嘛', '在', '她', '如', '它', '将', '就', '很', '怎', '您', '我', '或', '所', '才', '把',
    '是', '最', '有', '来', '此', '每', '没', '的', '给', '而', '若', '虽', '被', '要', '让', '该',
    '还', '这', '那', '都',
];

/// Words that build sentences, in order. How rare a word is says this as well, but not where
/// English posts are few among others.
const STOP_WORDS: &[&str] = &[
    "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "both", "but", "by", "can", "could", "did", "do", "does", "don", "each",
    "even", "first", "for", "from", "get", "had", "has", "have", "he", "her", "here", "his", "how",
    "if", "in", "into", "is", "it", "its", "just", "like", "ll", "make", "many", "may", "me",
    "more", "most", "much", "my", "need", "new", "no", "not", "now", "of", "on", "one", "only",
    "or", "other", "our", "out", "over", "re", "same", "see", "she", "should", "so", "some",
    "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "to", "two", "up", "use", "used", "using", "ve", "very", "was", "way", "we", "well",
    "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "would",
    "you", "your",
];

/// FNV-1a (Fowler, Noll and Vo) over 64 bits: the same on every machine and in every build.
#[derive(Clone, Copy)]
pub(super) struct Key(u64);

impl Key {
    /// A key of its own kind.
    pub(super) fn new(kind: &str) -> Self {
        kind.bytes().fold(Key(0xCBF2_9CE4_8422_2325), |key, byte| key.with(u32::from(byte)))
    }

    /// The key of what it stood for and one character or number more.
    pub(super) fn with(self, value: u32) -> Self {
        Key((self.0 ^ u64::from(value)).wrapping_mul(0x0000_0100_0000_01B3))
    }

    /// The key as a number.
    pub(super) fn value(self) -> u64 {
        self.0
    }
}

/// Calls `found` for each term of a text, in order. `base` is the key of its language.
pub(super) fn each(text: &str, base: Key, mut found: impl FnMut(u64)) {
    let mut word = String::new();
    let mut han: Option<char> = None;
    for c in text.chars().flat_map(fold).chain([' ']) {
        let is_han = is_cjk(c) && c.is_alphabetic();
        if c.is_alphanumeric() && !is_han {
            word.push(c);
            han = None;
            continue;
        }
        if is_term(&word) {
            found(word.chars().fold(base, |key, c| key.with(u32::from(c))).value());
        }
        word.clear();
        let next = Some(c).filter(|c| is_han && !is_particle(*c));
        if let (Some(before), Some(c)) = (han, next) {
            found(base.with(u32::from(before)).with(u32::from(c)).value());
        }
        han = next;
    }
}

/// Lower case, and full-width letters as their narrow ones.
fn fold(c: char) -> impl Iterator<Item = char> {
    let narrow = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    narrow.to_lowercase()
}

/// Numbers alone relate nothing: years, versions and amounts are everywhere.
fn is_term(word: &str) -> bool {
    word.chars().nth(1).is_some()
        && word.contains(char::is_alphabetic)
        && STOP_WORDS.binary_search(&word).is_err()
}

/// Hiragana are particles and endings as well.
fn is_particle(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}') || PARTICLES.binary_search(&c).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `want` holds words and pairs, in the order in which they are found.
    #[track_caller]
    fn check(text: &str, want: &str) {
        let language = Key::new("zh");
        let mut found = Vec::new();
        each(text, language, |term| found.push(term));
        let key = |term: &str| term.chars().fold(language, |key, c| key.with(u32::from(c))).value();
        assert_eq!(found, want.split_whitespace().map(key).collect::<Vec<_>>(), "{text}");
    }

    #[test]
    fn terms_are_words_and_pairs_of_characters() {
        check("Rust 与 WebAssembly", "rust webassembly");
        check("容器技术，容器", "容器 器技 技术 容器");
        check("容器的技术", "容器 技术");
        check("用GPU算力", "gpu 算力");
        check("前端与并发的性能", "前端 并发 性能");
        check("Ｒｕｓｔ語", "rust");
        check("テストを書く", "テス スト");
        check("컨테이너 기술", "컨테이너 기술");
        check("the 2026 of 5G, a b", "5g");
        check("", "");
    }

    #[test]
    fn what_is_searched_is_in_order() {
        assert!(PARTICLES.is_sorted() && STOP_WORDS.is_sorted());
    }
}
