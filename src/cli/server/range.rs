//! One range of bytes, as media players and download managers ask for.

use std::ops::Range;

/// What a `Range` header asks for.
#[derive(Debug, PartialEq)]
pub enum Part {
    /// Also for what we need not understand: other units, several ranges.
    Whole,
    /// Not empty and inside the file.
    Bytes(Range<usize>),
    /// Outside the file.
    Unsatisfiable,
}

/// Reads the value of a `Range` header for a file of `length` bytes.
pub fn parse(value: &str, length: usize) -> Part {
    let Some((first, last)) = value.trim().strip_prefix("bytes=").and_then(|v| v.split_once('-'))
    else {
        return Part::Whole;
    };
    let number = |text: &str| text.chars().all(|c| c.is_ascii_digit()).then(|| text.parse().ok());
    match (number(first.trim()), number(last.trim())) {
        (Some(None), Some(Some(suffix))) if first.trim().is_empty() => last_bytes(suffix, length),
        (Some(Some(start)), Some(None)) if last.trim().is_empty() => cut(start, length, length),
        (Some(Some(start)), Some(Some(end))) if start <= end => {
            cut(start, usize::saturating_add(end, 1), length)
        }
        _ => Part::Whole,
    }
}

fn last_bytes(count: usize, length: usize) -> Part {
    cut_from(length.saturating_sub(count), length, count.min(length))
}

fn cut(start: usize, end: usize, length: usize) -> Part {
    let end = end.min(length);
    cut_from(start, end, end.saturating_sub(start))
}

fn cut_from(start: usize, end: usize, count: usize) -> Part {
    if count == 0 { Part::Unsatisfiable } else { Part::Bytes(start..end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: Part) {
        assert_eq!(parse(value, 10), expected, "{value}");
    }

    #[test]
    fn single_ranges() {
        check("bytes=0-3", Part::Bytes(0..4));
        check("bytes=4-", Part::Bytes(4..10));
        check("bytes=-3", Part::Bytes(7..10));
        check("bytes=-30", Part::Bytes(0..10));
        check("bytes=8-99", Part::Bytes(8..10));
        check("bytes=9-9", Part::Bytes(9..10));
    }

    #[test]
    fn outside_the_file() {
        check("bytes=10-", Part::Unsatisfiable);
        check("bytes=20-30", Part::Unsatisfiable);
        check("bytes=-0", Part::Unsatisfiable);
    }

    #[test]
    fn what_is_not_one_range_gives_the_whole() {
        for value in ["bytes=0-1,3-4", "items=0-1", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b"] {
            check(value, Part::Whole);
        }
        check("bytes=0-99999999999999999999999999", Part::Whole);
    }
}
