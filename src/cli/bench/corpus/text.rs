//! A text that is written twice: as Markdown, and as what a reader sees of it.

/// Markdown and the same without its marks.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// With all marks.
    pub(super) marked: String,
    /// Without.
    pub(super) plain: String,
    /// Whether a space is due before a Chinese character.
    gap: bool,
}

impl Text {
    /// What both have.
    pub(super) fn push(&mut self, text: &str) {
        self.close_gap(text);
        self.marked.push_str(text);
        self.plain.push_str(text);
    }

    /// What only Markdown has.
    pub(super) fn mark(&mut self, marks: &str) {
        self.marked.push_str(marks);
    }

    /// A text between marks, such as `**`.
    pub(super) fn between(&mut self, marks: &str, text: &str) {
        self.close_gap(text);
        self.mark(marks);
        self.push(text);
        self.mark(marks);
    }

    /// The same with a space where a Chinese character stands beside it.
    pub(super) fn spaced(&mut self, marks: &str, text: &str) {
        if self.plain.ends_with(is_han) {
            self.push(" ");
        }
        self.between(marks, text);
        self.gap = true;
    }

    fn close_gap(&mut self, next: &str) {
        if std::mem::take(&mut self.gap) && next.starts_with(is_han) {
            self.marked.push(' ');
            self.plain.push(' ');
        }
    }

    /// The end of a block.
    pub(super) fn end_block(&mut self) {
        self.gap = false;
        self.marked.push_str("\n\n");
        self.plain.push('\n');
    }

    /// Bytes of the Markdown so far.
    pub(super) fn len(&self) -> usize {
        self.marked.len()
    }
}

/// Whether a character is a Chinese one, punctuation not counted.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}
