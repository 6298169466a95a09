//! Addresses in a text, made absolute.

/// Schemes a link may have: those of `markdown::url`.
const SCHEMES: [&str; 5] = ["https", "http", "mailto", "tel", "xmpp"];

/// Where a text stands.
pub(super) struct Places<'a> {
    /// What stands before a path from the host's root: `https://blog.example`, or nothing.
    pub(super) origin: &'a str,
    /// The address of the page, or its path from the host's root.
    pub(super) page: &'a str,
}

impl Places<'_> {
    /// An address as it is known anywhere; `None` where no link may have its scheme.
    pub(super) fn absolute(&self, url: &str) -> Option<String> {
        // As browsers read it (URL, section 4.4): what they strip must not hide a scheme.
        let url: String = url.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        let url = url.trim_matches(|c: char| c <= ' ');
        if let Some(scheme) = scheme(url) {
            let known = SCHEMES.iter().any(|own| own.eq_ignore_ascii_case(scheme));
            return known.then(|| url.to_owned());
        }
        Some(match url.as_bytes() {
            [b'/', b'/', ..] => format!("{}{url}", self.scheme()),
            [b'/', ..] => format!("{}{url}", self.origin),
            [] | [b'#' | b'?', ..] => format!("{}{url}", self.page),
            _ => self.beside(url),
        })
    }

    /// The images of a `srcset` (HTML, section 4.8.4.2.1), without those that may not be.
    pub(super) fn candidates(&self, set: &str) -> String {
        let mut all = Vec::new();
        let mut rest = set;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
            if rest.is_empty() {
                return all.join(", ");
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            let (url, after) = rest.split_at(end);
            let alone = url.trim_end_matches(',');
            // A comma at the end of the address ends the image; else its size follows.
            let size = if alone.len() < url.len() { "" } else { until_comma(after) };
            rest = &after[size.len()..];
            all.extend(self.absolute(alone).map(|url| match size.trim() {
                "" => url,
                size => format!("{url} {size}"),
            }));
        }
    }

    fn scheme(&self) -> &str {
        self.origin.find("//").map_or("https:", |at| &self.origin[..at])
    }

    /// An address relative to the page.
    fn beside(&self, mut url: &str) -> String {
        let folder = |path: &str| path.rfind('/').map_or(0, |at| at + 1);
        // Nothing is above the host's root.
        let root = if self.page.starts_with(self.origin) { self.origin.len() + 1 } else { 0 };
        let mut base = &self.page[..folder(self.page)];
        loop {
            if let Some(rest) = url.strip_prefix("./") {
                url = rest;
            } else if let Some(rest) = url.strip_prefix("../") {
                url = rest;
                let above = folder(base.strip_suffix('/').unwrap_or(base));
                base = if above >= root { &base[..above] } else { base };
            } else {
                return format!("{base}{url}");
            }
        }
    }
}

fn until_comma(text: &str) -> &str {
    text.find(',').map_or(text, |end| &text[..end])
}

/// What stands before the first `:`, where no `/`, `?` or `#` comes earlier.
fn scheme(url: &str) -> Option<&str> {
    let end = url.find([':', '/', '?', '#'])?;
    url[end..].starts_with(':').then(|| &url[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Places<'_> =
        Places { origin: "https://blog.example", page: "https://blog.example/sub/posts/a/" };

    const SOMEWHERE: Places<'_> = Places { origin: "", page: "/sub/posts/a/" };

    #[test]
    fn addresses_become_absolute() {
        let check = |url: &str, here: &str, somewhere: &str| {
            assert_eq!(HERE.absolute(url).as_deref(), Some(here), "{url}");
            assert_eq!(SOMEWHERE.absolute(url).as_deref(), Some(somewhere), "{url}");
        };
        check("/sub/b.png", "https://blog.example/sub/b.png", "/sub/b.png");
        check("#fn-1", "https://blog.example/sub/posts/a/#fn-1", "/sub/posts/a/#fn-1");
        check("?q=1", "https://blog.example/sub/posts/a/?q=1", "/sub/posts/a/?q=1");
        check("", "https://blog.example/sub/posts/a/", "/sub/posts/a/");
        check("c/../d", "https://blog.example/sub/posts/a/c/../d", "/sub/posts/a/c/../d");
        check(" /\n/cdn.example/\tx", "https://cdn.example/x", "https://cdn.example/x");
        check("./b/", "https://blog.example/sub/posts/a/b/", "/sub/posts/a/b/");
        check("../../b", "https://blog.example/sub/b", "/sub/b");
        check("../../../../../b", "https://blog.example/b", "/b");
        check("//cdn.example/x", "https://cdn.example/x", "https://cdn.example/x");
        for url in ["https://a.example/x?y#z", "HTTP://a.example", "mailto:a@b.example"] {
            check(url, url, url);
        }
    }

    #[test]
    fn other_schemes_are_no_addresses() {
        for url in
            ["javascript:alert(1)", " java\nscript:alert(1)", "\u{1}data:text/html,x", "x y:z"]
        {
            assert_eq!(HERE.absolute(url), None, "{url}");
        }
    }

    #[test]
    fn images_for_several_sizes_are_each_an_address() {
        let check = |set: &str, want: &str| assert_eq!(SOMEWHERE.candidates(set), want, "{set}");
        check("/a.png 1x, /b.png 2x", "/a.png 1x, /b.png 2x");
        check(" b.png, , c,d.png 300w ,", "/sub/posts/a/b.png, /sub/posts/a/c,d.png 300w");
        check("javascript:x 1x, /a.png", "/a.png");
        check(",,,", "");
    }
}
