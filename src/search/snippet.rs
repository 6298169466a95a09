//! The part of a post that answers a query.
//!
//! 1. Of all windows that begin shortly before a match, the one with the most different pieces of
//!    the query, then with the most matches, then the first.
//! 2. It begins behind punctuation or between words, where some is near, and ends between words.
//! 3. Where only a heading matches, the beginning of what stands under it; else that of the body.

use std::ops::Range;

use super::find::{bytes, merged};
use super::query::Query;
use super::token::{Kind, Tokens};

/// A part of a body, under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The id of the heading's element; `None` before the first heading.
    pub id: Option<String>,
    /// The heading's text; empty before the first heading.
    pub heading: String,
    /// What stands under it, as plain text.
    pub text: String,
}

/// A part of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The number of the section that matches; `None` where none does.
    pub section: Option<usize>,
    /// Its text; what is to be marked and what is not by turns, none of them empty.
    pub parts: Vec<(bool, String)>,
}

/// The part of a post that answers best, of about `length` characters.
pub fn snippet(query: &Query, sections: &[Section], length: usize) -> Snippet {
    let mut best: Option<Window> = None;
    for (section, Section { text, .. }) in sections.iter().enumerate() {
        let all = Tokens::of(text);
        let matches = query.matches(&all);
        for first in 0..matches.len() {
            let merit = merit(&matches[first..], length - length / LEAD);
            if best.as_ref().is_none_or(|best| merit > best.merit) {
                let first = matches[first].1.clone();
                best = Some(Window { section, merit, first });
            }
        }
    }
    if let Some(Window { section, first, .. }) = best {
        let parts = parts(query, &sections[section].text, &first, length);
        return Snippet { section: Some(section), parts };
    }
    let mut section = None;
    let mut most = 0;
    for (number, Section { heading, .. }) in sections.iter().enumerate() {
        let (pieces, _) = merit(&query.matches(&Tokens::of(heading)), usize::MAX);
        if pieces > most {
            (section, most) = (Some(number), pieces);
        }
    }
    let body = || sections.iter().find(|section| !section.text.is_empty());
    let shown = section.map_or_else(body, |number| sections.get(number));
    let parts = shown.map(|shown| parts(query, &shown.text, &(0..0), length));
    Snippet { section, parts: parts.unwrap_or_default() }
}

/// At most one part in this many of a window stands before its first match.
const LEAD: usize = 4;

/// The best window so far.
struct Window {
    section: usize,
    merit: (u32, usize),
    /// Its first match.
    first: Range<usize>,
}

/// How many pieces, and how many matches, begin and end within `length` from the first match on.
/// The matches are in order.
fn merit(matches: &[(usize, Range<usize>)], length: usize) -> (u32, usize) {
    let start = matches.first().map_or(0, |(_, first)| first.start);
    // There are no more pieces than a query may have characters.
    let (mut pieces, mut count) = (0u64, 0);
    for (piece, range) in matches.iter().take_while(|(_, range)| range.start - start < length) {
        if range.end - start <= length || count == 0 {
            pieces |= 1 << (piece % 64);
            count += 1;
        }
    }
    (pieces.count_ones(), count)
}

/// The text around its first match, by turns.
fn parts(query: &Query, text: &str, first: &Range<usize>, length: usize) -> Vec<(bool, String)> {
    let all = Tokens::of(text);
    let window = window(&all.chars, first, length);
    let shown = bytes(&all, &window);
    let marks = merged(&all, &query.matches(&all));
    let mut parts = Vec::new();
    let mut plain = String::from(if window.start > 0 { "…" } else { "" });
    let mut done = shown.start;
    for mark in marks {
        let (start, end) = (mark.start.max(shown.start), mark.end.min(shown.end));
        if start < end {
            plain.push_str(&text[done..start]);
            parts.push((false, std::mem::take(&mut plain)));
            parts.push((true, text[start..end].to_owned()));
            done = end;
        }
    }
    plain.push_str(&text[done..shown.end]);
    plain.push_str(if window.end < all.chars.len() { "…" } else { "" });
    parts.push((false, plain));
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

/// About `length` characters around a match.
fn window(chars: &[char], first: &Range<usize>, length: usize) -> Range<usize> {
    if chars.len() <= length {
        return 0..chars.len();
    }
    let least = first.start.saturating_sub(length / LEAD).min(chars.len() - length);
    let mut start = least;
    if start > 0 {
        let behind =
            |marks: &[char]| (least..=first.start).find(|at| marks.contains(&chars[at - 1]));
        start = behind(&['。', '!', '?', '\n'])
            .or_else(|| behind(&[';', ',', ':']))
            .or_else(|| (least..=first.start).find(|at| is_boundary(chars, *at)))
            .unwrap_or(first.start);
    }
    while start < first.start && chars[start].is_whitespace() {
        start += 1;
    }
    let most = chars.len().min(start + length.max(first.len()));
    let mut end = most;
    while end > first.end && !is_boundary(chars, end) {
        end -= 1;
    }
    while end > first.end && chars[end - 1].is_whitespace() {
        end -= 1;
    }
    // A word without an end, such as a key or an address, is cut.
    if end + length / 2 < most { start..most } else { start..end }
}

/// Whether no word goes on from the character before to the one at a place.
fn is_boundary(chars: &[char], at: usize) -> bool {
    let word = |at: Option<usize>| {
        at.and_then(|at| chars.get(at)).is_some_and(|c| Kind::of(*c) == Kind::Word)
    };
    !(word(at.checked_sub(1)) && word(Some(at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Sections from `heading: text` lines.
    fn sections(text: &str) -> Vec<Section> {
        let section = |line: &str| {
            let (heading, text) = line.split_once(": ").unwrap_or(("", line));
            Section { id: None, heading: heading.into(), text: text.into() }
        };
        text.lines().map(section).collect()
    }

    fn shown(snippet: &Snippet) -> String {
        let part = |(marked, part): &(bool, String)| match marked {
            true => format!("[{part}]"),
            false => part.clone(),
        };
        snippet.parts.iter().map(part).collect()
    }

    fn check(query: &str, text: &str, section: Option<usize>, want: &str) {
        let snippet = snippet(&Query::parse(query), &sections(text), 20);
        assert_eq!((snippet.section, &*shown(&snippet)), (section, want), "{query}");
    }

    #[test]
    fn a_window_begins_behind_punctuation_or_between_words() {
        check("云原", "短文有云原生。", Some(0), "短文有[云原]生。");
        check(
            "集群",
            "一二三四五六七八九十一二三。这里有集群，一二三四五六七八九十一二三四五六七",
            Some(0),
            "…这里有[集群]，一二三四五六七八九十一二三四…",
        );
        check(
            "集群",
            "一二三四五六七八九十一二三四五六七集群一二三四五六七八九十一二三四五六七",
            Some(0),
            "…三四五六七[集群]一二三四五六七八九十一二三…",
        );
        check(
            "brown",
            "Some words before it: the quick brown foxes jumped over it",
            Some(0),
            "…[brown] foxes jumped…",
        );
        check(
            "末",
            "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十末",
            Some(0),
            "…二三四五六七八九十一二三四五六七八九十[末]",
        );
        let key = "x".repeat(300);
        check("xx", &format!("一{key}"), Some(0), "一[xx]xxxxxxxxxxxxxxxxx…");
    }

    #[test]
    fn more_pieces_then_more_matches_then_the_first() {
        let far = "一二三四五六七八九十".repeat(5);
        let text = format!("甲{far}\n甲乙{far}\n甲甲甲{far}\n乙甲{far}");
        check("甲 乙", &text, Some(1), "[甲乙]一二三四五六七八九十一二三四五六七八…");
        check("甲", &text, Some(2), "[甲甲甲]一二三四五六七八九十一二三四五六七…");
        check("乙", &text, Some(1), "甲[乙]一二三四五六七八九十一二三四五六七八…");
    }

    #[test]
    fn a_heading_alone_leads_to_its_text() {
        let text = "开头。\n云: 甲乙\n云原生 Go: 丙丁\n其他: 戊己";
        check("云 go", text, Some(2), "丙丁");
        check("云", text, Some(1), "甲乙");
        check("无此", text, None, "开头。");
        check("己", text, Some(3), "戊[己]");
        check("", "", None, "");
        check("无此", &"字".repeat(30), None, &("字".repeat(20) + "…"));
    }

    proptest! {
        #[test]
        fn parts_alternate_and_come_from_the_text(
            query in "[a-c云原株ﬁ ]{0,6}", text in "[a-c云原生，。 ﬁ㍿é\u{301}\u{200B}]{0,60}", length in 0usize..30
        ) {
            let sections = [Section { id: None, heading: String::new(), text: text.clone() }];
            let snippet = snippet(&Query::parse(&query), &sections, length);
            for pair in snippet.parts.windows(2) {
                prop_assert_ne!(pair[0].0, pair[1].0);
            }
            let whole: String = snippet.parts.iter().map(|(_, part)| &**part).collect();
            prop_assert!(text.contains(whole.trim_matches('…')), "{}", whole);
            prop_assert_eq!(snippet.parts.iter().any(|(marked, _)| *marked), snippet.section.is_some());
        }
    }
}
