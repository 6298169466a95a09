//! The `_headers` file of Netlify and Cloudflare Pages: which headers a path gets.
//!
//! ```text
//! /assets/*
//!   Cache-Control: public, max-age=31536000, immutable
//!   ! X-Robots-Tag
//! ```

use super::pattern::matches;
use super::rules::Limits;
use axum::http::{HeaderName, HeaderValue};

/// The rules in their order.
#[derive(Debug, Default)]
pub struct HeaderRules(Vec<Rule>);

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

impl Change {
    fn name(&self) -> &HeaderName {
        match self {
            Self::Set(name, _) | Self::Remove(name) => name,
        }
    }
}

impl HeaderRules {
    /// Reads the text of the file; lines that mean nothing are left out, as hosts do, and so is
    /// what exceeds the limits.
    pub fn parse(text: &str, limits: &Limits) -> Self {
        let mut rules: Vec<Rule> = Vec::new();
        for line in text.lines().filter(|line| line.len() <= limits.line) {
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
        rules.truncate(limits.rules);
        for rule in &mut rules {
            rule.changes.retain(|change| !limits.fixed.contains(&change.name().as_str()));
        }
        Self(rules)
    }

    /// How many rules there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The headers that rules for a path take away and don't set again.
    pub fn removed(&self, path: &str) -> Vec<HeaderName> {
        let set = self.of(path);
        let rules = self.0.iter().filter(|rule| matches(&rule.pattern, path));
        let removed = rules.flat_map(|rule| &rule.changes).filter_map(|change| match change {
            Change::Remove(name) => Some(name.clone()),
            Change::Set(..) => None,
        });
        removed.filter(|name| set.iter().all(|(other, _)| other != name)).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# a comment\n/*\n  X-A: one\n  X-B: two: three\n\n/a/*\n\tX-A: more\n  ! X-B\n  nonsense\n";

    #[test]
    fn values_are_read_joined_and_removed() {
        let rules = HeaderRules::parse(FILE, &Limits::NONE);
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
        for text in ["  X-A: no path\n\u{0}\n", "/*\n  Bad Name: x\n  : x\n"] {
            assert!(HeaderRules::parse(text, &Limits::NONE).of("/").is_empty());
        }
    }

    #[test]
    fn limits() {
        let limits = Limits { rules: 2, line: 19, fixed: &["server"], ..Limits::NONE };
        let text = "/a\n  X-A: a\n  X-Long: 0123456789\n  Server: me\n/b\n  X-B: b\n/c\n  X-C: c\n";
        let rules = HeaderRules::parse(text, &limits);
        assert_eq!((rules.of("/a").len(), rules.of("/b").len(), rules.count()), (1, 1, 2));
        assert!(rules.of("/c").is_empty());
    }

    #[test]
    fn what_is_taken_away() {
        let rules = HeaderRules::parse("/*\n  ! X-A\n/b\n  X-A: b\n", &Limits::NONE);
        assert_eq!(rules.removed("/"), ["x-a"]);
        assert!(rules.removed("/b").is_empty());
    }
}
