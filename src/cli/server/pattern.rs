//! The paths of rules in `_headers` and `_redirects`.
//!
//! `*` stands for any rest, also an empty one, and `:name` for characters up to the next slash
//! (developers.cloudflare.com/pages/configuration/headers, "Match a path"). Netlify has the same
//! signs; that they mean just the same there was not tried.

/// What a pattern found, by name; a `*` is called `splat`.
pub type Captures = Vec<(String, String)>;

/// The parts that stand for something, if the whole path matches.
pub fn captures(pattern: &str, path: &str) -> Option<Captures> {
    let Some(first) = pattern.chars().next() else {
        return path.is_empty().then(Vec::new);
    };
    if first == '*' {
        return longest("splat", &pattern[1..], path, 0, path.len());
    }
    if let Some(name) = placeholder(pattern) {
        let end = path.find('/').unwrap_or(path.len());
        return longest(name, &pattern[1 + name.len()..], path, 1, end);
    }
    captures(&pattern[first.len_utf8()..], path.strip_prefix(first)?)
}

/// Whether the whole path matches.
pub fn matches(pattern: &str, path: &str) -> bool {
    captures(pattern, path).is_some()
}

/// The target of a redirect with what the pattern found.
pub fn fill(target: &str, captures: &Captures) -> String {
    captures
        .iter()
        .fold(target.to_owned(), |filled, (name, value)| filled.replace(&format!(":{name}"), value))
}

/// `title` of `:title/more`; a name begins with a letter.
fn placeholder(pattern: &str) -> Option<&str> {
    let rest = pattern.strip_prefix(':')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(name)
}

/// Takes as much of the path as leaves a match for the rest of the pattern.
fn longest(name: &str, rest: &str, path: &str, least: usize, most: usize) -> Option<Captures> {
    let ends = (least..=most).rev().filter(|&end| path.is_char_boundary(end));
    ends.map(|end| (end, captures(rest, &path[end..]))).find_map(|(end, found)| {
        let mut found = found?;
        found.insert(0, (name.to_owned(), path[..end].to_owned()));
        Some(found)
    })
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
        check("/*.jpg", "/a/b.jpg", true);
        check("/*.jpg", "/a/b.png", false);
        check("/posts/:slug/", "/posts/a/", true);
        check("/posts/:slug/", "/posts/a/b/", false);
        check("/posts/:slug/", "/posts//", false);
        check("/posts/:slug/*", "/posts/a/b.png", true);
        check("/posts/:slug.html", "/posts/云.html", true);
    }

    #[test]
    fn what_stands_for_something_is_filled_in() {
        let found = captures("/news/:year/*", "/news/2026/a/b").unwrap();
        assert_eq!(fill("/:year/posts/:splat?from=:year", &found), "/2026/posts/a/b?from=2026");
    }
}
