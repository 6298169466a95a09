//! A post's text for feed readers, which have neither our style sheet nor the page's address.
//!
//! 1. `token`: the fragment is cut into texts and tags.
//! 2. `rule`: each element is kept with the attributes that mean something anywhere, unwrapped, put
//!    as something else, or left out with all it holds.
//! 3. `url`: addresses become absolute.
//!
//! Only what a rule knows is ever written, so nothing else gets out whatever comes in; what is left
//! open is ended, and an end without a beginning is left out.

mod rule;
mod token;
mod url;

use rule::Rule;
use token::{Tag, Token, Tokens};

/// The fragment as readers get it. `origin` is what stands before a path from the host's root,
/// `https://blog.example` or nothing; `page` is the address of the post's own page.
pub fn content(html: &str, origin: &str, page: &str) -> String {
    let mut writer = Writer { out: String::with_capacity(html.len()), open: Vec::new() };
    let mut tokens = Tokens::new(html);
    let places = url::Places { origin, page };
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => writer.text(text),
            Token::End(name) => writer.end(name),
            Token::Start(tag) => match rule::of(&tag) {
                Rule::Drop => tokens.skip(tag.name),
                rule => writer.start(&tag, rule, &places),
            },
        }
    }
    writer.finish()
}

struct Writer<'a> {
    out: String,
    /// The names of the elements that are open in the fragment, and what becomes of each.
    open: Vec<(&'a str, Rule)>,
}

impl<'a> Writer<'a> {
    /// A text is HTML already; only a sign that begins no tag is not.
    fn text(&mut self, text: &str) {
        match text {
            "<" => self.out.push_str("&lt;"),
            text => self.out.push_str(text),
        }
    }

    fn start(&mut self, tag: &Tag<'a>, rule: Rule, places: &url::Places<'_>) {
        match rule {
            Rule::Keep(known) => {
                self.out.push('<');
                self.out.push_str(known.name);
                for (name, value) in &tag.attributes {
                    self.attribute(known.attribute(name, value), value, places);
                }
                self.out.push('>');
            }
            Rule::Put { before, .. } => self.out.push_str(before),
            Rule::Unwrap | Rule::Drop => {}
        }
        if !token::is_void(tag.name) {
            self.open.push((tag.name, rule));
        }
    }

    fn attribute(&mut self, kept: rule::Kept, value: &str, places: &url::Places<'_>) {
        use rule::Kept;
        let (name, value) = match kept {
            Kept::No => return,
            Kept::Text(name) => (name, Some(token::decode(value).into_owned())),
            Kept::Address(name) => (name, places.absolute(&token::decode(value))),
            Kept::Addresses(name) => (name, Some(places.candidates(&token::decode(value)))),
        };
        let Some(value) = value else { return };
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        token::encode(&value, &mut self.out);
        self.out.push('"');
    }

    fn end(&mut self, name: &str) {
        if self.open.last().is_some_and(|(open, _)| open.eq_ignore_ascii_case(name)) {
            self.close();
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some((_, Rule::Keep(known))) => {
                self.out.push_str("</");
                self.out.push_str(known.name);
                self.out.push('>');
            }
            Some((_, Rule::Put { after, .. })) => self.out.push_str(after),
            _ => {}
        }
    }

    fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }
}

#[cfg(test)]
mod tests;
