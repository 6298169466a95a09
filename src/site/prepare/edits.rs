//! A text that is changed in passes, and where each byte of it came from.
//!
//! A pass reads the text, notes its [`Marks`], and [`Draft::apply`] makes the next text of them.

use std::ops::Range;

use super::Finding;

/// What one pass wants changed and has to say, in offsets of the text it read.
#[derive(Default)]
pub(super) struct Marks {
    edits: Vec<(Range<usize>, String)>,
    findings: Vec<Finding>,
}

/// The text between two passes.
pub(super) struct Draft {
    /// As it is now.
    pub(super) text: String,
    /// What was found so far, in offsets of the body as written.
    pub(super) findings: Vec<Finding>,
    pub(super) origins: Origins,
}

/// Leads offsets back through all passes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Origins(Vec<Vec<Piece>>);

/// A stretch of a pass's result, up to the next piece.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    new: usize,
    old: usize,
    /// Whether it was copied; what was written instead belongs to one place as a whole.
    copied: bool,
}

impl Marks {
    /// Writes something in place of a stretch.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }

    pub(super) fn warn(&mut self, range: Range<usize>, message: String, help: impl Into<String>) {
        let help = help.into();
        self.findings.push(Finding { range, message, help });
    }

    /// Whether it changes anything.
    pub(super) fn changes(&self) -> bool {
        !self.edits.is_empty()
    }

    /// The last stretch that is replaced and what by, for edits that come in order.
    pub(super) fn last(&self) -> Option<&(Range<usize>, String)> {
        self.edits.last()
    }
}

impl Draft {
    pub(super) fn new(body: &str) -> Self {
        let (text, findings) = (body.to_owned(), Vec::new());
        Draft { text, findings, origins: Origins::default() }
    }

    /// Makes the changes. Of two that overlap the earlier wins.
    pub(super) fn apply(&mut self, marks: Marks) {
        for mut finding in marks.findings {
            finding.range = self.origins.of_range(finding.range);
            self.findings.push(finding);
        }
        if marks.edits.is_empty() {
            return;
        }
        let mut edits = marks.edits;
        edits.sort_by_key(|(range, _)| range.start);
        let mut text = String::with_capacity(self.text.len());
        let mut pieces = vec![Piece { new: 0, old: 0, copied: true }];
        let mut at = 0;
        for (range, with) in edits {
            if range.start < at {
                continue;
            }
            text.push_str(&self.text[at..range.start]);
            pieces.push(Piece { new: text.len(), old: range.start, copied: false });
            text.push_str(&with);
            pieces.push(Piece { new: text.len(), old: range.end, copied: true });
            at = range.end;
        }
        text.push_str(&self.text[at..]);
        self.text = text;
        self.origins.0.push(pieces);
    }

    /// Where an offset of the text before the last change is now.
    pub(super) fn forward(&self, offset: usize) -> usize {
        let Some(pieces) = self.origins.0.last() else { return offset };
        let count = pieces.partition_point(|piece| piece.old <= offset);
        let end = pieces.get(count).map_or(self.text.len(), |piece| piece.new);
        match count.checked_sub(1).and_then(|index| pieces.get(index)) {
            Some(piece) if piece.copied => (piece.new + (offset - piece.old)).min(end),
            Some(piece) => piece.new,
            None => offset,
        }
    }
}

impl Origins {
    /// Where in the body as written an offset of the present text comes from.
    pub(super) fn of(&self, offset: usize) -> usize {
        self.0.iter().rev().fold(offset, |offset, pieces| {
            let count = pieces.partition_point(|piece| piece.new <= offset);
            match count.checked_sub(1).and_then(|index| pieces.get(index)) {
                Some(piece) if piece.copied => piece.old + (offset - piece.new),
                Some(piece) => piece.old,
                None => offset,
            }
        })
    }

    /// The same for a stretch, whose last byte must be ASCII.
    fn of_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.of(range.start);
        let end = range.end.checked_sub(1).map_or(0, |last| self.of(last) + 1);
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_there_and_back_through_passes() {
        let mut draft = Draft::new("abc{x}def{y}ghi");
        let mut marks = Marks::default();
        marks.replace(9..12, "");
        marks.replace(3..6, "long text");
        draft.apply(marks);
        assert_eq!(draft.text, "abclong textdefghi");
        assert_eq!(draft.forward(6), 12);
        assert_eq!(draft.forward(12), 15);
        let mut marks = Marks::default();
        marks.replace(0..3, "");
        draft.apply(marks);
        assert_eq!(draft.text, "long textdefghi");
        let origin = |part: &str| draft.origins.of(draft.text.find(part).unwrap());
        assert_eq!([origin("text"), origin("def"), origin("ghi")], [3, 6, 12]);
        assert_eq!(draft.origins.of(draft.text.len()), 15);
    }
}
