//! What the settings of hosts depend on, read from a built site.

use crate::cli::Failure;
use crate::cli::preview::built_for;
use crate::cli::server::rules::Limits;
use crate::cli::server::{HeaderRules, security};
use std::path::Path;

/// A built site, as far as hosts concern it.
#[derive(Clone, Debug)]
pub struct Built {
    /// Those that every file is served with, without a cache time; in the order of `_headers`.
    pub headers: Vec<(String, String)>,
    /// Where the site stands on its host; starts and ends with a slash.
    pub base: String,
    /// `blog.example`; `None` if the site was built without its address.
    pub domain: Option<String>,
    /// The folder on a server of one's own that addresses count from, without a closing slash.
    pub root: String,
    /// How many rules `_headers` has.
    pub rules: usize,
    /// The longest line of `_headers`, in bytes.
    pub longest_line: usize,
}

impl Built {
    /// Reads a folder that `build` has written.
    pub fn read(folder: &Path, root: &str) -> Result<Self, Failure> {
        let text = |name: &str| {
            std::fs::read_to_string(folder.join(name)).map_err(|error| {
                let folder = folder.display();
                Failure::Input(format!(
                    "cannot read `{folder}/{name}`: {error}; run `cargo inkstone build` first"
                ))
            })
        };
        let headers = text("_headers")?;
        let home = text("index.html")?;
        let base = built_for(folder).unwrap_or_else(|| "/".to_owned());
        Ok(Self::new(&headers, &home, &base, root))
    }

    /// From the text of `_headers` and the home page.
    pub fn new(headers: &str, home: &str, base: &str, root: &str) -> Self {
        let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            headers: security(headers, base)
                .iter()
                .map(|(name, value)| (title_case(name.as_str()), shown(value.as_bytes())))
                .collect(),
            base: base.to_owned(),
            domain: domain(home),
            root: root.trim_end_matches('/').to_owned(),
            rules: HeaderRules::parse(headers, &Limits::NONE).count(),
            longest_line: headers.lines().map(str::len).max().unwrap_or(0),
        }
    }

    /// The domain, or one that is to be replaced.
    pub fn domain_or_example(&self) -> &str {
        self.domain.as_deref().unwrap_or("blog.example")
    }
}

/// The domain of the home page's canonical address.
fn domain(home: &str) -> Option<String> {
    let links = home.split("<link ").skip(1).filter_map(|link| link.split('>').next());
    let link = links.into_iter().find(|link| link.contains("rel=\"canonical\""))?;
    let address = link.split_once("href=\"https://")?.1;
    let domain = address.split(['"', '/']).next()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    (!domain.is_empty() && domain.chars().all(is_plain)).then(|| domain.to_owned())
}

/// `Content-Security-Policy` for `content-security-policy`: easier to compare with what
/// documentation says.
fn title_case(name: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        first.to_ascii_uppercase() + rest
    };
    name.split('-').map(word).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_is_that_of_the_canonical_address() {
        let check = |home: &str, expected: Option<&str>| {
            assert_eq!(domain(home).as_deref(), expected, "{home}");
        };
        check(r#"<link rel="canonical" href="https://a.example/b/">"#, Some("a.example"));
        check(r#"<link rel="icon" href="https://x.example/"><p>"#, None);
        check(r#"<link rel="canonical" href="/b/">"#, None);
        check(r#"<link rel="canonical" href="https://a;b/">"#, None);
    }

    #[test]
    fn headers_come_from_the_rule_for_everything() {
        let text = "/b/*\n  content-security-policy: default-src 'none'\n  X-A: a\n/b/sw.js\n  Cache-Control: no-cache\n";
        let built = Built::new(text, "", "/b/", "/srv/");
        let names: Vec<&str> = built.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Content-Security-Policy", "X-A"]);
        assert_eq!((built.rules, built.longest_line, &*built.root), (2, 45, "/srv"));
    }
}
