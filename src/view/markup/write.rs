//! Markup as HTML, by the HTML standard's serialisation (section 13.3); boolean attributes are
//! written by their names alone (section 13.1.2.3).

use super::{Element, Markup, Value};

/// Elements without an end tag (HTML, section 13.1.2).
const VOID: [&str; 7] = ["br", "hr", "img", "input", "link", "meta", "wbr"];

impl Markup {
    /// Appends it as HTML.
    pub fn write(&self, out: &mut String) {
        match self {
            Markup::Text(text) => escape(text, false, out),
            Markup::Element(element) => element.write(out),
        }
    }
}

impl Element {
    fn write(&self, out: &mut String) {
        self.write_start(out);
        if self.namespace.is_none() && VOID.contains(&self.name) {
            return;
        }
        // A parser drops the line feed that comes first (HTML, section 13.1.2.5).
        if self.name == "pre"
            && let Some(Markup::Text(first)) = self.children.first()
            && first.starts_with('\n')
        {
            out.push('\n');
        }
        self.children.iter().for_each(|child| child.write(out));
        self.write_end(out);
    }

    /// Its start tag.
    pub fn write_start(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            write_attribute(name, value, out);
        }
        out.push('>');
    }

    /// Its end tag.
    pub fn write_end(&self, out: &mut String) {
        out.push_str("</");
        out.push_str(self.name);
        out.push('>');
    }
}

fn write_attribute(name: &str, value: &Value, out: &mut String) {
    if matches!(value, Value::Flag(false) | Value::Handler(_)) {
        return;
    }
    out.push(' ');
    out.push_str(name);
    if let Value::Text(value) = value {
        out.push_str("=\"");
        escape(value, true, out);
        out.push('"');
    }
}

fn escape(text: &str, quoted: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quoted => out.push_str("&quot;"),
            // A parser would otherwise take it for a line end or drop it.
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Element, element, svg, text};

    fn check(element: Element, want: &str) {
        let mut out = String::new();
        element.done().write(&mut out);
        assert_eq!(out, want);
    }

    #[test]
    fn markup_is_written_as_parsers_read_it_back() {
        let link = element("a", vec![text("x < y & \"z\"\r")]).with("title", "\"&<>\"\r");
        let parts = vec![link.done(), element("br", Vec::new()).done()];
        check(
            element("p", parts).maybe("lang", None::<String>),
            "<p><a title=\"&quot;&amp;&lt;&gt;&quot;&#13;\">x &lt; y &amp; \"z\"&#13;</a><br></p>",
        );
    }

    #[test]
    fn a_flag_is_there_or_not_and_a_handler_is_no_attribute() {
        let input = |checked| {
            let input = element("input", Vec::new()).with("type", "radio");
            input.flag("checked", checked).on("change", || ())
        };
        check(input(true), r#"<input type="radio" checked>"#);
        check(input(false), r#"<input type="radio">"#);
    }

    #[test]
    fn elements_of_other_namespaces_have_an_end() {
        let path = svg("path", Vec::new()).with("d", "M0 0").done();
        check(svg("svg", vec![path]), r#"<svg><path d="M0 0"></path></svg>"#);
        let space = element("hr", Vec::new()).in_math(true);
        check(space, "<hr></hr>");
    }
}
