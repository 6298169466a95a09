//! XML that every parser reads back as it was meant, whatever the texts hold.

/// Attributes of an element, as plain text.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document that is being written; its names are the program's own.
pub(super) struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// A document with its declaration.
    pub(super) fn new() -> Self {
        Xml { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// What goes into a document.
    pub(super) fn part() -> Self {
        Xml { out: String::new(), open: Vec::new() }
    }

    /// Begins an element that holds others.
    pub(super) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.start(name, attributes);
        self.out.push_str(">\n");
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.end(name);
        }
    }

    /// An element that holds a text.
    pub(super) fn text(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.start(name, attributes);
        self.out.push('>');
        escape(text, false, &mut self.out);
        self.end(name);
    }

    /// An element that holds a text, where there is one.
    pub(super) fn some(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        if !text.trim().is_empty() {
            self.text(name, attributes, text);
        }
    }

    /// An element that holds nothing.
    pub(super) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.start(name, attributes);
        self.out.push_str("/>\n");
    }

    /// What another one wrote.
    pub(super) fn append(&mut self, part: &str) {
        self.out.push_str(part);
    }

    /// The whole, with all elements ended.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(value, true, &mut self.out);
            self.out.push('"');
        }
    }

    fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }
}

/// Writes a text. A `>` is always escaped, so no text holds `]]>` (XML 1.0, section 2.4).
fn escape(text: &str, quoted: bool, out: &mut String) {
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quoted => out.push_str("&quot;"),
            // A parser would make a space of these (section 3.3.3), and a line end of the last.
            '\n' if quoted => out.push_str("&#10;"),
            '\t' if quoted => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

/// Whether a document may hold a character at all, also as a reference (XML 1.0, section 2.2).
pub(super) fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let mut xml = Xml::new();
        xml.open("a", &[("b", text)]);
        xml.text("c", &[], text);
        xml.empty("d", &[]);
        xml.finish()
    }

    #[test]
    fn texts_are_escaped() {
        let xml = written("<&>\"']]>\u{0}\u{FFFF}\r\n\t🦀");
        let body = xml.split_once("?>\n").unwrap().1;
        assert_eq!(
            body,
            "<a b=\"&lt;&amp;&gt;&quot;']]&gt;&#13;&#10;&#9;🦀\">\n\
             <c>&lt;&amp;&gt;\"']]&gt;&#13;\n\t🦀</c>\n<d/>\n</a>\n"
        );
    }

    #[test]
    fn an_empty_text_is_left_out_where_it_may_be() {
        let mut xml = Xml::part();
        xml.some("a", &[], " \n");
        xml.some("b", &[], "x");
        assert_eq!(xml.finish(), "<b>x</b>\n");
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(text in "\\PC*|[\\x00-\\x7F\u{FFFD}-\u{FFFF}]*") {
            let xml = written(&text);
            let document = roxmltree::Document::parse(&xml).unwrap();
            let kept: String = text.chars().filter(|c| is_allowed(*c)).collect();
            let root = document.root_element();
            prop_assert_eq!(root.attribute("b").unwrap(), &kept);
            let inside = root.first_element_child().unwrap();
            prop_assert_eq!(inside.text().unwrap_or_default(), &kept);
        }
    }
}
