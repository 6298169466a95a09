//! Where posts stand: Jekyll's patterns and named styles, and which paths are safe on every server
//! and file system.

use jiff::civil::DateTime;
use unicode_normalization::UnicodeNormalization;

use crate::route::{self, RESERVED};
use crate::text;

/// A pattern such as `/posts/:title/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permalink(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Placeholder(&'static str),
}

/// What a pattern is filled with.
pub struct Parts<'a> {
    /// The `slug` of the post, else the name of its file without date and extension.
    pub name: &'a str,
    /// The moment of publication in the site's time zone.
    pub local: DateTime,
    /// Its categories as written.
    pub categories: &'a [String],
}

/// Jekyll's named styles (`lib/jekyll/url.rb` and `drops/url_drop.rb` of Jekyll 4).
const STYLES: [(&str, &str); 5] = [
    ("date", "/:categories/:year/:month/:day/:title:output_ext"),
    ("pretty", "/:categories/:year/:month/:day/:title/"),
    ("ordinal", "/:categories/:year/:y_day/:title:output_ext"),
    ("weekdate", "/:categories/:year/W:week/:short_day/:title:output_ext"),
    ("none", "/:categories/:title:output_ext"),
];

/// Each placeholder with its `strftime` format, where it is a part of the date.
const PLACEHOLDERS: [(&str, &str); 22] = [
    ("title", ""),
    ("slug", ""),
    ("categories", ""),
    ("slugified_categories", ""),
    ("output_ext", ""),
    ("year", "%Y"),
    ("short_year", "%y"),
    ("month", "%m"),
    ("i_month", "%-m"),
    ("short_month", "%b"),
    ("long_month", "%B"),
    ("day", "%d"),
    ("i_day", "%-d"),
    ("y_day", "%j"),
    ("week", "%V"),
    ("w_year", "%G"),
    ("w_day", "%u"),
    ("short_day", "%a"),
    ("long_day", "%A"),
    ("hour", "%H"),
    ("minute", "%M"),
    ("second", "%S"),
];

/// The longest segment that every common file system takes (255 bytes), with room for a hash and
/// the extensions of a data file.
const MAX_SEGMENT: usize = 230;

impl Default for Permalink {
    fn default() -> Self {
        let text = |text: &str| Piece::Text(text.to_owned());
        Permalink(vec![text("/posts/"), Piece::Placeholder("title"), text("/")])
    }
}

impl Permalink {
    /// A pattern for all posts, or one of Jekyll's named styles.
    pub fn parse(pattern: &str) -> Result<Self, String> {
        let permalink = Self::parse_one(pattern)?;
        match permalink.has_name() {
            true => Ok(permalink),
            false => Err(format!("`{pattern}` gives every post the same address")),
        }
    }

    /// The same for one post, which needs no placeholder.
    pub fn parse_one(pattern: &str) -> Result<Self, String> {
        let style = STYLES.iter().find(|(name, _)| *name == pattern);
        let mut rest = style.map_or(pattern, |(_, pattern)| pattern);
        let mut pieces = Vec::new();
        while let Some((text, after)) = rest.split_once(':') {
            let (name, after) = placeholder(after)?;
            pieces.extend([Piece::Text(text.to_owned()), Piece::Placeholder(name)]);
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Permalink(pieces))
    }

    /// What pages have: their name at the root.
    pub fn page() -> Self {
        let text = |text: &str| Piece::Text(text.to_owned());
        Permalink(vec![text("/"), Piece::Placeholder("title"), text("/")])
    }

    /// Whether it holds the name of the post.
    pub fn has_name(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Placeholder("title" | "slug")))
    }

    /// The path of a post, relative to the base; it ends with `/` or `.html`.
    pub fn path(&self, parts: &Parts<'_>) -> String {
        let filled = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Placeholder(name) => fill(name, parts),
        });
        normal(&filled.collect::<String>())
    }
}

/// The placeholder at the start of a text, and what follows. Names hold underscores, which may
/// also follow one (`:year_:month`), so the longest known name counts, as in Jekyll.
fn placeholder(text: &str) -> Result<(&'static str, &str), String> {
    let end = text.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(text.len());
    let mut known: Vec<&str> = PLACEHOLDERS.iter().map(|(name, _)| *name).collect();
    known.sort_unstable_by_key(|name| std::cmp::Reverse(name.len()));
    let found = known.into_iter().find(|name| {
        let rest = text[..end].strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    });
    match found {
        Some(name) => Ok((name, &text[name.len()..])),
        None => Err(format!("unknown placeholder `:{}`", &text[..end])),
    }
}

fn fill(name: &str, parts: &Parts<'_>) -> String {
    match name {
        "title" => segment(parts.name),
        "slug" => slug(parts.name),
        "categories" => {
            let lower = parts.categories.iter().map(|name| plain(&name.to_lowercase()));
            lower.collect::<Vec<_>>().join("/")
        }
        "slugified_categories" => {
            let slugs = parts.categories.iter().map(|name| slug(name));
            slugs.collect::<Vec<_>>().join("/")
        }
        "output_ext" => ".html".to_owned(),
        _ => {
            let format = PLACEHOLDERS.iter().find(|(known, _)| *known == name);
            format.map_or_else(String::new, |(_, format)| parts.local.strftime(format).to_string())
        }
    }
}

/// A name as a part of a path, its case kept: Jekyll's `Utils.slugify` in the mode `pretty`, which
/// is what `:title` means. Composed characters (NFC) wherever the file was written.
pub fn segment(name: &str) -> String {
    hyphenated(name, |c| c.is_alphanumeric() || "._~!$&'()+,;=@".contains(c))
}

/// Jekyll's `Utils.slugify` in its default mode, which is what `:slug` means.
fn slug(name: &str) -> String {
    hyphenated(&name.to_lowercase(), char::is_alphanumeric)
}

fn hyphenated(name: &str, kept: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    for c in name.nfc().filter(|c| !text::is_invisible(*c)) {
        if kept(c) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches(['-', '.']).to_owned()
}

/// A category as Jekyll puts it into a path, without what no path may hold.
fn plain(name: &str) -> String {
    let safe = |c: char| if is_unsafe(c) { '-' } else { c };
    name.nfc().filter(|c| !text::is_invisible(*c)).map(safe).collect()
}

/// Whether a part of a path stands for a category.
pub fn is_category(part: &str, category: &str) -> bool {
    part == plain(&category.to_lowercase()) || part == slug(category)
}

/// A path without doubled slashes, relative; it ends with `/`, or with `.html` where it names a
/// file.
pub fn normal(path: &str) -> String {
    let mut segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if segments.last() == Some(&"index.html") {
        segments.pop();
    }
    let joined = segments.join("/");
    route::document_path(&joined)
}

/// Whether a page can stand at a path (FAULTS rows 16 and 17); the error says why not.
pub fn check(path: &str) -> Result<(), String> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty()).peekable();
    let Some(first) = segments.peek() else { return Err("the address is empty".to_owned()) };
    let name = first.to_lowercase();
    if RESERVED.contains(&name.strip_suffix(".html").unwrap_or(&name)) {
        return Err(format!("`{first}` is a path of the site itself"));
    }
    segments.try_for_each(check_segment)
}

fn is_unsafe(c: char) -> bool {
    c.is_control() || text::is_invisible(c) || "\\:*?\"<>|%".contains(c)
}

/// Whether a name can be a part of a path; the error says why not.
pub fn check_segment(segment: &str) -> Result<(), String> {
    let device = segment.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let numbered = |name: &str| {
        device
            .strip_prefix(name)
            .is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    if segment.len() > MAX_SEGMENT {
        let length = segment.len();
        Err(format!("a part of the address has {length} bytes, at most {MAX_SEGMENT} work"))
    } else if segment.starts_with('.') || segment.ends_with(['.', ' ']) {
        Err(format!("`{segment}` begins or ends with a dot or a space"))
    } else if let Some(bad) = segment.chars().find(|c| is_unsafe(*c)) {
        Err(format!("`{segment}` holds {bad:?}, which not every server can serve"))
    } else if matches!(&*device, "CON" | "PRN" | "AUX" | "NUL")
        || numbered("COM")
        || numbered("LPT")
    {
        Err(format!("`{segment}` is the name of a device on Windows"))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_pattern(pattern: &str, want: &str) {
        let categories = ["云".to_owned(), "Big B".to_owned()];
        let local = jiff::civil::date(2026, 1, 4).at(9, 5, 7, 0);
        let parts = Parts { name: "Hello_World! 2.0", local, categories: &categories };
        assert_eq!(Permalink::parse(pattern).map(|p| p.path(&parts)), Ok(want.to_owned()));
    }

    #[test]
    fn jekylls_named_styles() {
        check_pattern("date", "云/big b/2026/01/04/Hello_World!-2.0.html");
        check_pattern("pretty", "云/big b/2026/01/04/Hello_World!-2.0/");
        check_pattern("ordinal", "云/big b/2026/004/Hello_World!-2.0.html");
        check_pattern("weekdate", "云/big b/2026/W01/Sun/Hello_World!-2.0.html");
        check_pattern("none", "云/big b/Hello_World!-2.0.html");
    }

    #[test]
    fn jekylls_placeholders() {
        check_pattern("/posts/:title/", "posts/Hello_World!-2.0/");
        check_pattern(":year/:month/:day/:slug", "2026/01/04/hello-world-2-0/");
        check_pattern("/:short_year-:i_month-:i_day/:title.html", "26-1-4/Hello_World!-2.0.html");
        check_pattern("/:year_:month/:title/index.html", "2026_01/Hello_World!-2.0/");
        check_pattern("/:short_month/:long_month/:slug", "Jan/January/hello-world-2-0/");
        check_pattern("/:w_year/:week/:w_day/:slug", "2026/01/7/hello-world-2-0/");
        check_pattern("/:hour:minute:second/:slug", "090507/hello-world-2-0/");
        check_pattern("/:slugified_categories/:slug", "云/big-b/hello-world-2-0/");
        assert!(Permalink::parse("/:foo/:title/").unwrap_err().contains(":foo"));
        assert!(Permalink::parse("/same/").is_err());
    }

    #[test]
    fn titles_keep_their_case_and_are_composed() {
        assert_eq!(segment("Cafe\u{301} 云/原生"), "Café-云-原生");
        assert_eq!(segment("--a--b..."), "a-b");
    }

    #[test]
    fn unsafe_paths_are_refused() {
        for path in [
            "",
            "../x/",
            "a/../b/",
            "a%2fb/",
            "CON/",
            "com1/",
            "nul.txt/",
            "tags/x/",
            "Data/",
            "sw.js/",
            "index.html",
            "404.html",
            "assets/x/",
        ] {
            assert!(check(path).is_err(), "{path}");
        }
        assert!(check(&format!("{}/", "x".repeat(300))).is_err());
        for path in ["posts/x/", "云/", "c++/", "company/", "about.html"] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
    }
}
