//! Where posts stand: patterns, and which paths are safe on every server and file system.

use crate::date::Date;
use crate::route::RESERVED;
use crate::text;

/// A pattern such as `/posts/:title/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permalink(String);

/// What a pattern is filled with.
pub struct Parts<'a> {
    /// The slug of the post.
    pub slug: &'a str,
    /// The day of publication.
    pub date: Date,
    /// The slugs of its categories.
    pub categories: &'a [String],
}

const PLACEHOLDERS: [&str; 6] = [":categories", ":year", ":month", ":day", ":title", ":slug"];

/// The longest segment that every common file system takes, in bytes of UTF-8, with room for a
/// hash and an extension.
const MAX_SEGMENT: usize = 200;

impl Default for Permalink {
    fn default() -> Self {
        Permalink("/posts/:title/".to_owned())
    }
}

impl Permalink {
    /// A pattern with placeholders, or Jekyll's named style `pretty`.
    pub fn parse(pattern: &str) -> Result<Self, String> {
        let pattern = match pattern {
            "pretty" => "/:categories/:year/:month/:day/:title/",
            "date" | "ordinal" | "none" | "weekdate" => {
                return Err(format!("the style `{pattern}` ends in .html, which is not served"));
            }
            pattern => pattern,
        };
        let mut rest = pattern.to_owned();
        for placeholder in PLACEHOLDERS {
            rest = rest.replace(placeholder, "");
        }
        if let Some(at) = rest.find(':') {
            let name: String =
                rest[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
            return Err(format!("unknown placeholder `:{name}`"));
        }
        if !pattern.contains(":title") && !pattern.contains(":slug") {
            return Err(format!("`{pattern}` gives every post the same address"));
        }
        Ok(Permalink(pattern.to_owned()))
    }

    /// The path of a post, relative to the base, ending with `/`.
    pub fn path(&self, parts: &Parts<'_>) -> String {
        let path = self
            .0
            .replace(":categories", &parts.categories.join("/"))
            .replace(":year", &format!("{:04}", parts.date.year))
            .replace(":month", &format!("{:02}", parts.date.month))
            .replace(":day", &format!("{:02}", parts.date.day))
            .replace(":title", parts.slug)
            .replace(":slug", parts.slug);
        normal(&path)
    }
}

/// A path without doubled slashes, relative, ending with `/`.
pub fn normal(path: &str) -> String {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    segments.iter().map(|segment| format!("{segment}/")).collect()
}

/// Whether a page can stand at a path (FAULTS rows 16 and 17); the error says why not.
pub fn check(path: &str) -> Result<(), String> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty()).peekable();
    let Some(first) = segments.peek() else { return Err("the address is empty".to_owned()) };
    if RESERVED.contains(&first.to_lowercase().as_str()) {
        return Err(format!("`{first}` is a path of the site itself"));
    }
    segments.try_for_each(check_segment)
}

fn check_segment(segment: &str) -> Result<(), String> {
    let device = segment.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let numbered = |name: &str| {
        device
            .strip_prefix(name)
            .is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    let bad = |c: char| c.is_control() || text::is_invisible(c) || "\\:*?\"<>|%".contains(c);
    if segment.starts_with('.') || segment.ends_with(['.', ' ']) {
        Err(format!("`{segment}` begins or ends with a dot or a space"))
    } else if let Some(bad) = segment.chars().find(|c| bad(*c)) {
        Err(format!("`{segment}` holds {bad:?}, which not every server can serve"))
    } else if matches!(&*device, "CON" | "PRN" | "AUX" | "NUL")
        || numbered("COM")
        || numbered("LPT")
    {
        Err(format!("`{segment}` is the name of a device on Windows"))
    } else if segment.len() > MAX_SEGMENT {
        Err(format!(
            "a part of the address has {} bytes, at most {MAX_SEGMENT} work",
            segment.len()
        ))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_filled() {
        let check = |pattern: &str, want: &str| {
            let categories = ["云".to_owned(), "b".to_owned()];
            let date = "2026-01-04".parse().unwrap();
            let parts = Parts { slug: "x", date, categories: &categories };
            assert_eq!(Permalink::parse(pattern).map(|p| p.path(&parts)), Ok(want.to_owned()));
        };
        check("/posts/:title/", "posts/x/");
        check(":year/:month/:day/:slug", "2026/01/04/x/");
        check("pretty", "云/b/2026/01/04/x/");
        assert!(Permalink::parse("/:foo/:title/").unwrap_err().contains(":foo"));
        assert!(Permalink::parse("/same/").is_err());
    }

    #[test]
    fn unsafe_paths_are_refused() {
        for path in
            ["", "../x/", "a/../b/", "a%2fb/", "CON/", "com1/", "nul.txt/", "tags/x/", "Data/"]
        {
            assert!(check(path).is_err(), "{path}");
        }
        assert!(check(&format!("{}/", "x".repeat(300))).is_err());
        for path in ["posts/x/", "云/", "c++/", "company/"] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
    }
}
