//! Emphasis beside Chinese, Japanese and Korean punctuation, by the CJK-friendly amendment to
//! CommonMark (tats-u/markdown-cjk-friendly, `specification.md`, section 6.2).
//!
//! CommonMark asks on which side of `**` a letter stands, and takes full-width punctuation for
//! what it is in English: the end of a word. In `**注意：**后文` the closing signs then close
//! nothing. The parser can't be told otherwise, so a character that counts as a letter is put
//! between the punctuation and the signs, and taken out again from all that the parser gives.

use std::borrow::Cow;

/// Counts as a letter; a noncharacter, which no text may hold.
const LETTER: char = '\u{FFFE}';

/// The body with a letter wherever the amendment differs from CommonMark.
pub(super) fn mark(markdown: &str) -> Cow<'_, str> {
    let mut marked = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(found) = markdown[at..].find(['*', '~']) {
        let start = at + found;
        let sign = markdown.as_bytes()[start];
        let length = markdown.as_bytes()[start..].iter().take_while(|byte| **byte == sign).count();
        let end = start + length;
        at = end;
        // Variation selectors and combining marks belong to the character before them.
        let before = markdown[..start].chars().rev().find(|c| !is_joined(*c));
        let after = markdown[end..].chars().next();
        let (Some(before), Some(after)) = (Side::of(before), Side::of(after)) else { continue };
        let (inner, outer) = (counts_as_letter(before, after), counts_as_letter(after, before));
        if inner {
            marked.push_str(&markdown[done..start]);
            marked.push(LETTER);
            done = start;
        }
        if outer {
            marked.push_str(&markdown[done..end]);
            marked.push(LETTER);
            done = end;
        }
    }
    if done == 0 {
        return Cow::Borrowed(markdown);
    }
    marked.push_str(&markdown[done..]);
    Cow::Owned(marked)
}

/// What stands beside a run of signs.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Space,
    Letter,
    Punctuation,
    CjkLetter,
    CjkPunctuation,
}

impl Side {
    /// `None` beside a backslash, which changes what the signs are.
    fn of(c: Option<char>) -> Option<Self> {
        let Some(c) = c.filter(|c| !c.is_whitespace()) else { return Some(Side::Space) };
        let punctuation = !c.is_alphanumeric() && !is_joined(c);
        match (is_cjk(c), punctuation) {
            _ if c == '\\' => None,
            (true, true) => Some(Side::CjkPunctuation),
            (true, false) => Some(Side::CjkLetter),
            (false, true) => Some(Side::Punctuation),
            (false, false) => Some(Side::Letter),
        }
    }
}

/// Whether punctuation beside the signs is to count as a letter, given the other side: always
/// where it is CJK (2a of the amendment), else where the other side is CJK (2bγ).
fn counts_as_letter(side: Side, other: Side) -> bool {
    match side {
        Side::CjkPunctuation => true,
        Side::Punctuation => matches!(other, Side::CjkLetter | Side::CjkPunctuation),
        _ => false,
    }
}

/// East Asian width W, F or H without emoji, and Hangul, as ranges. Quotation marks such as `“`
/// are not among them: their width is ambiguous.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{A4CF}'
        | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE6B}' | '\u{FF01}'..='\u{FFDC}'
        | '\u{FFE0}'..='\u{FFEE}' | '\u{16FE0}'..='\u{18CFF}' | '\u{1AFF0}'..='\u{1B2FF}'
        // Squared signs, of which some are emoji.
        | '\u{1F200}' | '\u{1F202}' | '\u{1F210}'..='\u{1F219}' | '\u{1F21B}'..='\u{1F22E}'
        | '\u{1F230}' | '\u{1F231}' | '\u{1F237}' | '\u{1F23B}' | '\u{1F240}'..='\u{1F248}'
        | '\u{1F260}'..='\u{1F265}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Variation selectors and combining marks belong to the character before.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// A text of the parser without the letters that were put in.
pub(super) fn unmark(text: &str) -> Cow<'_, str> {
    match text.contains(LETTER) {
        true => Cow::Owned(text.replace(LETTER, "")),
        false => Cow::Borrowed(text),
    }
}

/// The places of the letters that were put in, which lead offsets back.
pub(super) struct Letters(Vec<usize>);

impl Letters {
    pub(super) fn of(marked: &str) -> Self {
        Letters(marked.match_indices(LETTER).map(|(at, _)| at).collect())
    }

    /// Where in the body an offset of the marked one is.
    pub(super) fn unmarked(&self, offset: usize) -> usize {
        offset - self.0.partition_point(|at| *at < offset) * LETTER.len_utf8()
    }
}
