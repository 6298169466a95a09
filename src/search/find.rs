//! A query in a text, exactly: what to mark, and whether it is there at all.
//!
//! 1. The text is folded and taken apart as the index was ([`super::token`]).
//! 2. A piece occurs where its words and runs are words and runs of the text in the same order, so
//!    that nothing but separators stands between them. The first may be the end of a run, the last
//!    the beginning of a word or a run, and one that is alone any part of a run.
//! 3. Folded characters lead back to bytes.

use std::ops::Range;

use super::query::{Atom, Query};
use super::token::Tokens;

impl Query {
    /// The parts of a text that match, in bytes: in order, apart from each other, on boundaries of
    /// characters.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let all = Tokens::of(text);
        merged(&all, &self.matches(&all))
    }

    /// Whether each piece occurs in one of the texts.
    pub fn is_in(&self, texts: &[&str]) -> bool {
        let mut found = vec![false; self.pieces.len()];
        for text in texts {
            for (piece, _) in self.matches(&Tokens::of(text)) {
                found[piece] = true;
            }
        }
        !found.contains(&false)
    }

    /// All occurrences of pieces, by where they begin: the number of the piece and a range of
    /// folded characters.
    pub(super) fn matches(&self, all: &Tokens) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        for (number, token) in all.tokens.iter().enumerate() {
            // A word is found at its beginning only.
            let places = if token.word { 1 } else { token.end - token.start };
            for skipped in 0..places {
                for (which, piece) in self.pieces.iter().enumerate() {
                    if let Some(end) = end_of(piece, all, number, skipped) {
                        found.push((which, token.start + skipped..end));
                    }
                }
            }
        }
        found
    }
}

/// Where a piece ends that begins in a token of the text, so many characters in; `None` where it
/// doesn't begin there.
fn end_of(piece: &[Atom], all: &Tokens, token: usize, mut skipped: usize) -> Option<usize> {
    let mut end = 0;
    for (number, atom) in piece.iter().enumerate() {
        let token = all.tokens.get(token + number).filter(|token| token.word == atom.word)?;
        let chars = &all.chars(*token)[skipped..];
        // What comes next in the piece comes next in the text.
        let whole = chars.len() == atom.chars.len() || number + 1 == piece.len();
        if !whole || !chars.starts_with(&atom.chars) {
            return None;
        }
        end = token.start + skipped + atom.chars.len();
        skipped = 0;
    }
    Some(end)
}

/// Where in the text occurrences are, those that touch as one.
pub(super) fn merged(all: &Tokens, found: &[(usize, Range<usize>)]) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for (_, range) in found {
        let range = bytes(all, range);
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Where in the text folded characters came from.
pub(super) fn bytes(all: &Tokens, range: &Range<usize>) -> Range<usize> {
    let from = all.places.get(range.start).map_or(0, |place| place.0);
    let to = range.end.checked_sub(1).and_then(|last| all.places.get(last));
    from as usize..to.map_or(from, |place| place.1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text with brackets around what is marked.
    fn marked(query: &str, text: &str) -> String {
        let mut marked = text.to_owned();
        for range in Query::parse(query).marks(text).iter().rev() {
            marked.insert(range.end, ']');
            marked.insert(range.start, '[');
        }
        marked
    }

    #[test]
    fn matches_are_marked_in_the_original() {
        let check = |query: &str, want: &str| {
            assert_eq!(marked(query, &want.replace(['[', ']'], "")), want, "{query}");
        };
        check("云原生", "我们的[云原生]时代，云 原生");
        check("生", "云原[生生]，[生]");
        check("株 社", "[㍿]");
        check("原生 云原", "[云原生]");
        check("kube", "[Kube]rnetes，[KUBE]，akube");
        check("cafe", "[Café] [CAFE\u{301}]s");
        check("ai时代", "[ＡＩ时代]，[AI 时代]，[AI，时代]，xAI时代，AIx时代");
        check("集群k8", "云[集群 k8]s");
        check("k8集群", "k8s集群");
        check("\"cloud nat\"", "[Cloud-Nat]ive, clouds native, cloud");
        check("\"云 原生 代\"", "[云，原生，代]码，云，原生态，代");
        check("f", "[ﬁ]n");
        check("fin", "[ﬁn]");
        check("strass", "[Straß]e");
        check("i", "[İ]s");
        check("kg", "重[㎏]，1㎏");
        check("1k", "[1㎏]");
        check("ガ", "[ｶﾞ]ｷﾞ");
        check("カ", "ｶﾞ");
        check("云原", "[云\u{200B}原]生");
        check(&"x".repeat(40), &format!("[{}]{}", "x".repeat(32), "x".repeat(9)));
        check("", "云");
    }

    #[test]
    fn every_piece_must_be_in_one_of_the_texts() {
        let check = |query: &str, texts: &[&str], want: bool| {
            assert_eq!(Query::parse(query).is_in(texts), want, "{query}");
        };
        check("云原 Go", &["云原生", "a go"], true);
        check("云原 Go", &["云原生", "ago"], false);
        check("云原", &["云", "原"], false);
        check("原生", &["原住民", "生云原"], false);
        check("\"a b\"", &["a", "b"], false);
        check("a-b", &["b a: b"], true);
        check("", &[], true);
    }

    proptest! {
        #[test]
        fn marks_are_apart_and_on_boundaries(
            query in "[ﬁßİ㎏ｶﾞae云\"\u{301} ]{0,5}", text in "[ﬁßİ㎏ｶﾞaefsikg云カ\u{301}\u{200B} ]{0,20}"
        ) {
            let marks = Query::parse(&query).marks(&text);
            let mut last = 0;
            for range in &marks {
                prop_assert!(range.start < range.end && (range.start > last || last == 0));
                prop_assert!(text.get(range.clone()).is_some());
                last = range.end;
            }
        }

        #[test]
        fn a_part_of_a_text_is_in_it(text in "[a-c一-三é， ]{1,20}", at: prop::sample::Index) {
            let words: Vec<_> = text.split([' ', '，']).filter(|word| !word.is_empty()).collect();
            prop_assume!(!words.is_empty());
            prop_assert!(Query::parse(words[at.index(words.len())]).is_in(&[&text]));
        }
    }
}
