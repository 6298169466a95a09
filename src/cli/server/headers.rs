//! The `_headers` file of Netlify and Cloudflare Pages: which headers a path gets.
//!
//! ```text
//! /assets/*
//!   Cache-Control: public, max-age=31536000, immutable
//!   ! X-Robots-Tag
//! ```

use axum::http::{HeaderName, HeaderValue};

/// The rules in their order.
#[derive(Debug, Default)]
pub struct Rules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    pattern: String,
    changes: Vec<Change>,
}

#[derive(Debug)]
enum Change {
    Set(HeaderName, HeaderValue),
    /// Takes away what an earlier rule set.
    Remove(HeaderName),
}

impl Rules {
    /// Reads the text of the file; lines that mean nothing are left out, as hosts do.
    pub fn parse(text: &str) -> Self {
        let mut rules: Vec<Rule> = Vec::new();
        for line in text.lines() {
            let content = line.trim();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            if !line.starts_with([' ', '\t']) {
                rules.push(Rule { pattern: content.to_owned(), changes: Vec::new() });
            } else if let (Some(rule), Some(change)) = (rules.last_mut(), parse_change(content)) {
                rule.changes.push(change);
            }
        }
        Self(rules)
    }

    /// The headers of a path. Where several rules set one header, hosts join the values.
    pub fn of(&self, path: &str) -> Vec<(HeaderName, HeaderValue)> {
        let mut headers: Vec<(HeaderName, HeaderValue)> = Vec::new();
        for rule in self.0.iter().filter(|rule| matches(&rule.pattern, path)) {
            for change in &rule.changes {
                match change {
                    Change::Remove(name) => headers.retain(|(set, _)| set != name),
                    Change::Set(name, value) => match headers.iter_mut().find(|h| h.0 == name) {
                        Some((_, set)) => *set = join(set, value),
                        None => headers.push((name.clone(), value.clone())),
                    },
                }
            }
        }
        headers
    }
}

fn parse_change(content: &str) -> Option<Change> {
    if let Some(name) = content.strip_prefix('!') {
        return name.trim().parse().ok().map(Change::Remove);
    }
    let (name, value) = content.split_once(':')?;
    Some(Change::Set(name.trim().parse().ok()?, HeaderValue::from_str(value.trim()).ok()?))
}

fn join(first: &HeaderValue, second: &HeaderValue) -> HeaderValue {
    let joined = [first.as_bytes(), b", ", second.as_bytes()].concat();
    HeaderValue::from_bytes(&joined).unwrap_or_else(|_| second.clone())
}

/// `*` stands for any rest of the path, also an empty one; `:name` for one part of it.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, open) = match pattern.split_once('*') {
        Some((before, _)) => (before, true),
        None => (pattern, false),
    };
    let mut rest = path;
    for (index, part) in pattern.split('/').enumerate() {
        let last = index == pattern.matches('/').count();
        if index > 0 {
            let Some(after) = rest.strip_prefix('/') else { return false };
            rest = after;
        }
        if part.starts_with(':') {
            rest = &rest[rest.find('/').unwrap_or(rest.len())..];
        } else if let Some(after) = rest.strip_prefix(part) {
            rest = after;
            if !(rest.is_empty() || rest.starts_with('/') || (last && open)) {
                return false;
            }
        } else {
            return false;
        }
    }
    open || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, path: &str, expected: bool) {
        assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
    }

    #[test]
    fn patterns() {
        check("/*", "/", true);
        check("/*", "/a/b.js", true);
        check("/", "/", true);
        check("/", "/a", false);
        check("/sw.js", "/sw.js", true);
        check("/sw.js", "/sw.js.map", false);
        check("/data/*", "/data/a.json", true);
        check("/data/*", "/data/", true);
        check("/data/*", "/database", false);
        check("/app-*", "/app-1f.js", true);
        check("/posts/:slug/", "/posts/a/", true);
        check("/posts/:slug/", "/posts/a/b/", false);
        check("/posts/:slug/*", "/posts/a/b.png", true);
    }

    const FILE: &str = "# a comment\n/*\n  X-A: one\n  X-B: two: three\n\n/a/*\n\tX-A: more\n  ! X-B\n  nonsense\n";

    #[test]
    fn values_are_read_joined_and_removed() {
        let rules = Rules::parse(FILE);
        let show = |path: &str| {
            let headers = rules.of(path);
            let lines = headers.iter().map(|(n, v)| format!("{n}={}", v.to_str().unwrap()));
            lines.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(show("/"), "x-a=one x-b=two: three");
        assert_eq!(show("/a/b"), "x-a=one, more");
    }

    #[test]
    fn a_broken_file_does_no_harm() {
        assert!(Rules::parse("  X-A: no path\n\u{0}\n").of("/").is_empty());
        assert!(Rules::parse("/*\n  Bad Name: x\n  : x\n").of("/").is_empty());
    }
}
