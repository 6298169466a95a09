//! The lines of a text, and what stands before their content: quote signs, indentation, list
//! marks.

use std::ops::Range;

/// Longer runs of quote signs and list marks are taken for text, so that looking at the
/// beginning of a line is quick however often it is done.
const LONGEST_PREFIX: usize = 400;

/// Finds lines by offset.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// Starts of the lines without content.
    blank: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut lines = Lines { text, starts: Vec::new(), blank: Vec::new() };
        let mut start = 0;
        for line in text.split('\n') {
            lines.starts.push(start);
            if is_blank(line) {
                lines.blank.push(start);
            }
            start += line.len() + 1;
        }
        lines
    }

    /// The number of the line an offset is in, from 0.
    pub(super) fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Where a line is, without its end; empty at the end of the text for lines there are not.
    pub(super) fn range(&self, number: usize) -> Range<usize> {
        let Some(start) = self.starts.get(number) else { return self.text.len()..self.text.len() };
        *start..self.starts.get(number + 1).map_or(self.text.len(), |next| next - 1)
    }

    /// A line without its end; `None` for lines there are not.
    pub(super) fn get(&self, number: usize) -> Option<&'t str> {
        self.starts.get(number).map(|_| &self.text[self.range(number)])
    }

    /// The line before another one.
    pub(super) fn before(&self, number: usize) -> Option<&'t str> {
        number.checked_sub(1).and_then(|number| self.get(number))
    }

    /// Whether a line without content lies between two offsets, so that these are in two blocks.
    pub(super) fn blank_in(&self, range: Range<usize>) -> bool {
        let next = self.blank.partition_point(|start| *start <= range.start);
        self.blank.get(next).is_some_and(|start| *start < range.end)
    }

    /// What stands before an offset on its line, and the same where it is nothing but quote
    /// signs, indentation and list marks.
    pub(super) fn prefix(&self, offset: usize) -> (&'t str, bool) {
        let line = &self.text[self.range(self.number(offset)).start..];
        let before = offset - (self.text.len() - line.len());
        let prefix = item_prefix(line).min(before);
        (&line[..prefix], prefix == before)
    }

    /// Whether nothing but white space follows an offset on its line.
    pub(super) fn ends(&self, offset: usize) -> bool {
        let rest = self.text[offset..].trim_start_matches([' ', '\t']);
        rest.is_empty() || rest.starts_with('\n')
    }
}

/// The length of quote signs and white space at the beginning of a line.
pub(super) fn quote_prefix(line: &str) -> usize {
    let bytes = line.bytes().take(LONGEST_PREFIX);
    bytes.take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count()
}

/// The same with list marks.
pub(super) fn item_prefix(line: &str) -> usize {
    let mut length = quote_prefix(line);
    while length < LONGEST_PREFIX
        && let Some(mark) = list_mark(&line[length..])
    {
        length += mark;
        length += quote_prefix(&line[length..]);
    }
    length
}

/// The length of a list mark, or of the mark of a definition, that white space follows.
pub(super) fn list_mark(text: &str) -> Option<usize> {
    let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let sign = text.as_bytes().get(digits)?;
    let known = match digits {
        0 => matches!(sign, b'-' | b'*' | b'+' | b':'),
        1..=9 => matches!(sign, b'.' | b')'),
        _ => false,
    };
    let end = text.as_bytes().get(digits + 1);
    (known && end.is_none_or(|next| matches!(next, b' ' | b'\t' | b'\n'))).then_some(digits + 1)
}

/// Whether a line is empty but for quote signs.
pub(super) fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>'))
}

/// What a further line of the same block begins with: the quote signs, and white space for list
/// marks.
pub(super) fn continuation(prefix: &str) -> String {
    prefix.chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect()
}
