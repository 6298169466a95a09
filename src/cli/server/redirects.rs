//! The `_redirects` file of Netlify and Cloudflare Pages.
//!
//! ```text
//! /old/*  /new/:splat  301
//! ```

use super::pattern;
use super::rules::Redirection;

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
    /// they depend on the reader, and so are those that the host does not understand.
    pub fn parse(text: &str, redirection: &Redirection) -> Self {
        let rules = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        let rules = rules.map(|line| match line.split_once(" #") {
            Some((rule, _)) if redirection.marks => rule,
            _ => line,
        });
        Self(rules.filter_map(|line| parse_rule(line, redirection)).collect())
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

fn parse_rule(line: &str, redirection: &Redirection) -> Option<Rule> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (from, to, status) = match words[..] {
        [from, to] => (from, to, None),
        [from, to, status] => (from, to, Some(status)),
        _ => return None,
    };
    let unforced = status.and_then(|status| status.strip_suffix('!'));
    let force = redirection.marks && unforced.is_some();
    let status = if force { unforced } else { status };
    let status = status.map_or(Some(redirection.usual_status), |status| status.parse().ok())?;
    let is_rule = from.starts_with('/') && redirection.statuses.contains(&status);
    is_rule.then(|| Rule { from: from.into(), to: to.into(), status, force })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# old addresses\n/a /b\n/news/* /posts/:splat 301 # moved\n/x https://x.example/ 302!\n/app/* /index.html 200\n/cn /zh 302 Country=cn\n/broken\n/c /d 999\n";

    const ALL: Redirection = Redirection {
        usual_status: 302,
        statuses: &[200, 301, 302],
        marks: true,
        file_first: true,
    };

    fn check_as(redirection: &Redirection, path: &str, expected: &str) {
        let found = Redirects::parse(FILE, redirection).of(path);
        let found = found.map_or("-".to_owned(), |sent| {
            format!("{} {}{}", sent.to, sent.status, if sent.force { "!" } else { "" })
        });
        assert_eq!(found, expected, "{path}");
    }

    fn check(path: &str, expected: &str) {
        check_as(&ALL, path, expected);
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

    #[test]
    fn what_a_host_does_not_understand_is_left_out() {
        let few = Redirection { statuses: &[302], marks: false, ..ALL };
        check_as(&few, "/a", "/b 302");
        for path in ["/x", "/news/2026/x", "/app/any"] {
            check_as(&few, path, "-");
        }
    }
}
