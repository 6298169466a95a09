//! Where the lines of a text end.
//!
//! As few lines as the text needs, and among the ways to make that many the one with the most even
//! lines and the best places to end: after punctuation rather than within a phrase.

use std::ops::Range;

use super::signs;
use super::text::Text;

/// The pieces of each line.
pub(super) type Lines = Vec<Range<usize>>;

/// The lines, none wider than `measure` em, and how bad they are, in squared em; `None` if they are
/// more than `most`, or one piece is too wide.
pub(super) fn set(text: &Text<'_>, measure: f32, most: usize) -> Option<(Lines, f32)> {
    if text.pieces.iter().any(|piece| piece.width > measure) {
        return None;
    }
    let few = fill(text, measure, most + 1);
    if few.len() > most {
        return None;
    }
    Some(even(text, measure, few.len()).unwrap_or((few, f32::MAX)))
}

/// As [`set`], but what is too long ends with an ellipsis.
pub(super) fn set_or_cut<'f>(
    text: &mut Text<'f>,
    measure: f32,
    most: usize,
    ellipsis: Text<'f>,
) -> Lines {
    text.shatter(measure);
    if let Some((lines, _)) = set(text, measure, most) {
        return lines;
    }
    let mut lines = fill(text, measure, most);
    let Some(last) = lines.last_mut() else { return lines };
    let room = measure - ellipsis.extent(0, ellipsis.pieces.len()).1;
    let fits = |end: &usize| text.extent(last.start, *end).1 <= room;
    let ends_well = |end: &usize| !signs::is_stop(text.pieces[end - 1].last);
    let ends = (last.start + 1..=last.end).rev();
    let end = ends.filter(fits).find(ends_well).unwrap_or(last.start);
    last.end = end + ellipsis.pieces.len();
    text.cut(end, ellipsis);
    lines
}

/// Fills line after line, at most `most` of them.
fn fill(text: &Text<'_>, measure: f32, most: usize) -> Lines {
    let count = text.pieces.len();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < count && lines.len() < most {
        let fits = |end: &usize| text.extent(start, *end).1 <= measure;
        let longest = (start + 1..=count).take_while(fits).last().unwrap_or(start + 1);
        let mut ends = (start + 1..=longest).rev();
        let end = ends.find(|end| may_end(text, *end)).unwrap_or(longest);
        lines.push(start..end);
        start = end;
    }
    lines
}

/// Whether a line may end before this piece.
fn may_end(text: &Text<'_>, end: usize) -> bool {
    let Some(after) = text.pieces.get(end) else { return true };
    let before = &text.pieces[end - 1];
    signs::may_part(before.last, after.first)
}

/// How bad it is that a line ends before this piece.
fn badness(text: &Text<'_>, end: usize) -> f32 {
    let Some(after) = text.pieces.get(end) else { return 0.0 };
    signs::badness(text.pieces[end - 1].last, after.first, after.spaced)
}

/// The best way to make `count` lines; `None` if there is none by the rules.
fn even(text: &Text<'_>, measure: f32, count: usize) -> Option<(Lines, f32)> {
    let pieces = text.pieces.len();
    let wanted = text.extent(0, pieces).1 / count.max(1) as f32;
    // For each number of lines and each end: the badness so far and the start of the last line.
    let mut best = vec![vec![(f32::INFINITY, 0); pieces + 1]; count + 1];
    best[0][0] = (0.0, 0);
    for line in 1..=count {
        for end in (1..=pieces).filter(|end| may_end(text, *end)) {
            for start in (0..end).rev() {
                let width = text.extent(start, end).1;
                if width > measure {
                    break;
                }
                let bad = best[line - 1][start].0 + (width - wanted).powi(2) + badness(text, end);
                if bad < best[line][end].0 {
                    best[line][end] = (bad, start);
                }
            }
        }
    }
    let total = best[count][pieces].0;
    let mut lines = Vec::new();
    let mut end = pieces;
    for line in (1..=count).rev() {
        let start = best[line][end].1;
        lines.push(start..end);
        end = start;
    }
    lines.reverse();
    total.is_finite().then_some((lines, total))
}

#[cfg(test)]
mod tests {
    use super::super::face::Weight;
    use super::super::{pieces, test_font};
    use super::*;

    /// The text in lines of a measure, `/` where one ends. ASCII is half an em wide.
    fn check(text: &str, measure: f32, most: usize, want: &str) {
        let fonts = test_font::fonts();
        let mut set = pieces::read(&fonts, text, Weight::Bold).unwrap();
        let ellipsis = pieces::ellipsis(&fonts, Weight::Bold, set.chinese).unwrap();
        let lines = set_or_cut(&mut set, measure, most, ellipsis);
        for line in &lines {
            let width = set.extent(line.start, line.end).1;
            assert!(width <= measure, "{width} is wider than {measure} in {text}");
        }
        // Words are told by their ends, so those of the tests have two letters at most.
        let show = |line: &Range<usize>| -> String {
            let sign = |piece: &super::super::text::Piece<'_>| {
                let space = if piece.spaced { " " } else { "" };
                let rest = (piece.glyphs.len() > 1).then_some(piece.last);
                format!("{space}{}{}", piece.first, rest.map(String::from).unwrap_or_default())
            };
            set.pieces[line.clone()].iter().map(sign).collect::<String>().trim().to_owned()
        };
        assert_eq!(lines.iter().map(show).collect::<Vec<_>>().join("/"), want);
    }

    /// Texts that are shown whole: how wide a line and how many lines may be, and the text with `/`
    /// where a line ends.
    fn check_all(table: &[(f32, usize, &str)]) {
        for (measure, most, want) in table {
            check(&want.replace('/', ""), *measure, *most, want);
        }
    }

    #[test]
    fn lines_are_even() {
        check_all(&[(4.0, 3, "一二三四/五六七"), (5.0, 3, "一二三四五/六七八九"), (4.0, 3, "")]);
        check("ab cd ef gh", 3.5, 3, "ab cd/ef gh");
    }

    #[test]
    fn punctuation_ends_a_line_and_begins_none() {
        check_all(&[
            (6.0, 3, "一二三：/四五六七八"),
            (4.5, 4, "一二三四，/五六七八"),
            (4.0, 4, "一二/三四，/五六七八"),
            (4.0, 4, "一二三/（四五六"),
            (3.5, 4, "一二/《三四》，/五六"),
            (4.0, 4, "一二三/四——/五六"),
        ]);
    }

    #[test]
    fn words_stay_whole_and_small_words_stay_with_theirs() {
        check_all(&[
            (3.5, 3, "一二三/ab"),
            (5.0, 2, "一二三/3字四五六"),
            (5.0, 3, "一二三的/四五六七"),
        ]);
        check("一ab’cd", 9.0, 1, "一ad");
        check("ab-cd ef", 2.4, 3, "a-/cd ef");
    }

    #[test]
    fn what_is_too_long_ends_with_an_ellipsis() {
        check("一二三四五六七八九十", 3.0, 2, "一二三/四五…");
        check("一二三四五六，七八九十", 4.0, 2, "一二三四/五六…");
        check("ab cd ef gh", 2.5, 1, "ab…");
    }

    #[test]
    fn a_word_wider_than_a_line_is_parted() {
        let x = "\u{FFFD}";
        check("ab", 0.5, 2, &format!("{x}/{x}"));
        check("一abababab二", 2.0, 9, &format!("一{x}{x}/{x}{x}{x}{x}/{x}{x}二"));
    }
}
