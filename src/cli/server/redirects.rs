//! The `_redirects` file of Netlify and Cloudflare Pages.
//!
//! ```text
//! /old/*  /new/:splat  301
//! ```

use super::pattern;

/// The rules in their order.
#[derive(Debug)]
pub struct Redirects(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    from: String,
    to: String,
    status: u16,
    force: bool,
}

/// What a rule does with a path.
#[derive(Debug, PartialEq)]
pub struct Sent {
    /// A path of the host, or a whole address.
    pub to: String,
    /// 200 and 404 show what is there, the others send the browser away.
    pub status: u16,
    /// Also where there is a file: the status ends with `!`.
    pub force: bool,
}

impl Redirects {
    /// Reads the text of the file. Lines with conditions, such as a country, are left out, since
    /// they depend on the reader.
    pub fn parse(text: &str, usual_status: u16) -> Self {
        let lines = text.lines().map(|line| line.split_once(" #").map_or(line, |(rule, _)| rule));
        let rules = lines.filter(|line| !line.trim_start().starts_with('#'));
        Self(rules.filter_map(|line| parse_rule(line, usual_status)).collect())
    }

    /// The first rule for a path.
    pub fn of(&self, path: &str) -> Option<Sent> {
        self.0.iter().find_map(|rule| {
            let captures = pattern::captures(&rule.from, path)?;
            let to = pattern::fill(&rule.to, &captures);
            Some(Sent { to, status: rule.status, force: rule.force })
        })
    }
}

fn parse_rule(line: &str, usual_status: u16) -> Option<Rule> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (from, to, status) = match words[..] {
        [from, to] => (from, to, None),
        [from, to, status] => (from, to, Some(status)),
        _ => return None,
    };
    let force = status.is_some_and(|status| status.ends_with('!'));
    let status =
        status.map_or(Some(usual_status), |status| status.trim_end_matches('!').parse().ok());
    let known =
        status.filter(|status| matches!(status, 200 | 301 | 302 | 303 | 307 | 308 | 404))?;
    from.starts_with('/').then(|| Rule { from: from.into(), to: to.into(), status: known, force })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# old addresses\n/a /b\n/news/* /posts/:splat 301 # moved\n/x https://x.example/ 302!\n/app/* /index.html 200\n/cn /zh 302 Country=cn\n/broken\n/c /d 999\n";

    fn check(path: &str, expected: &str) {
        let found = Redirects::parse(FILE, 302).of(path);
        let found = found.map_or("-".to_owned(), |sent| {
            format!("{} {}{}", sent.to, sent.status, if sent.force { "!" } else { "" })
        });
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn rules() {
        check("/a", "/b 302");
        check("/news/2026/x", "/posts/2026/x 301");
        check("/x", "https://x.example/ 302!");
        check("/app/any", "/index.html 200");
    }

    #[test]
    fn what_is_no_rule_is_left_out() {
        for path in ["/cn", "/broken", "/c", "/b"] {
            check(path, "-");
        }
    }
}
