//! Which URLs a post may carry. Anything else is dropped, its text kept (FAULTS row 22).

/// Schemes a link may have. `javascript:`, `data:`, `vbscript:`, `file:`, `blob:` are not here.
const LINK_SCHEMES: [&str; 5] = ["https", "http", "mailto", "tel", "xmpp"];

/// Where a link or an image leads, already judged safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Href {
    /// Another site, or a mail address: as written.
    External(String),
    /// From the site's root: the path without its first slash, with query and fragment.
    Site(String),
    /// A heading of the same page: the fragment without `#`.
    Fragment(String),
    /// Relative to the page's own address.
    Relative(String),
}

impl Href {
    /// Judges a URL as written in Markdown; `None` where its scheme is not allowed.
    pub fn new(url: &str) -> Option<Self> {
        // The URL standard strips these before it reads a scheme, so they must not hide one.
        let url: String = url.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        // What is no tab and no line end can't stand in HTML, as in texts.
        let url = url.trim_matches(|c: char| c <= ' ').replace(char::is_control, "\u{FFFD}");
        // In a path a backslash is a slash to browsers, in a query it is itself.
        let path = url.find(['?', '#']).unwrap_or(url.len());
        let url = url[..path].replace('\\', "/") + &url[path..];
        if let Some(fragment) = url.strip_prefix('#') {
            return Some(Href::Fragment(fragment.to_owned()));
        }
        if url.starts_with("//") {
            return Some(Href::External(format!("https:{url}")));
        }
        if let Some(path) = url.strip_prefix('/') {
            return Some(Href::Site(path.to_owned()));
        }
        match scheme(&url) {
            None => Some(Href::Relative(url)),
            Some(scheme) if LINK_SCHEMES.contains(&scheme.as_str()) => Some(Href::External(url)),
            Some(_) => None,
        }
    }

    /// Judges the URL of an image: as a link, but never a mail address or a telephone number.
    pub fn image(url: &str) -> Option<Self> {
        match Href::new(url)? {
            Href::External(url) if !matches!(scheme(&url).as_deref(), Some("http" | "https")) => {
                None
            }
            Href::Fragment(_) => None,
            href => Some(href),
        }
    }
}

/// What stands before the first `:`, in lower case, where no `/`, `?` or `#` comes earlier.
/// Stricter than the URL standard, which allows fewer characters in a scheme.
fn scheme(url: &str) -> Option<String> {
    let end = url.find([':', '/', '?', '#'])?;
    url[end..].starts_with(':').then(|| url[..end].to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_in_any_disguise_are_dropped() {
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "vbscript:x",
            "data:text/html,<script>",
            "file:///etc/passwd",
            "blob:https://a/b",
            "x y:z",
        ] {
            assert_eq!(Href::new(url), None, "{url:?}");
        }
    }

    #[test]
    fn ordinary_urls_are_told_apart() {
        let check = |url: &str, want: Href| assert_eq!(Href::new(url), Some(want));
        check("https://a.example/x?y#z", Href::External("https://a.example/x?y#z".into()));
        check("HTTP://A.example", Href::External("HTTP://A.example".into()));
        check("//cdn.example/x", Href::External("https://cdn.example/x".into()));
        check("\\\\evil.example", Href::External("https://evil.example".into()));
        check("/\\evil.example", Href::External("https://evil.example".into()));
        check("a\\b?c\\d#e\\f", Href::Relative("a/b?c\\d#e\\f".into()));
        check("mailto:a@b.example", Href::External("mailto:a@b.example".into()));
        check("/posts/a/#b", Href::Site("posts/a/#b".into()));
        check("#云", Href::Fragment("云".into()));
        check("a/b:c", Href::Relative("a/b:c".into()));
        check("", Href::Relative(String::new()));
        check("a\0b", Href::Relative("a\u{FFFD}b".into()));
    }

    #[test]
    fn images_come_from_web_addresses_only() {
        assert_eq!(Href::image("mailto:a@b"), None);
        assert_eq!(Href::image("data:image/svg+xml,<svg onload=alert(1)>"), None);
        assert_eq!(Href::image("/a.png"), Some(Href::Site("a.png".into())));
    }
}
