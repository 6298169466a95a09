//! Which entries of a site Jekyll reads: `exclude`, `include` and special names, as in its
//! `lib/jekyll/entry_filter.rb`.

use super::settings::Settings;

/// What Jekyll excludes whatever the settings say (`Configuration::DEFAULT_EXCLUDES`).
const ALWAYS: [&str; 10] = [
    ".sass-cache",
    ".jekyll-cache",
    "gemfiles",
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
];

/// Whether `include` names an entry, by its path or its name (`EntryFilter#included?`).
pub fn is_included(settings: &Settings, path: &str, folder: bool) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let named = |glob: &String| meets(glob, path, folder) || meets(glob, name, folder);
    settings.include.iter().any(named)
}

/// Whether `exclude` names an entry that `include` does not (`EntryFilter#excluded?`).
pub fn is_excluded(settings: &Settings, path: &str, folder: bool) -> bool {
    let named = |glob: &str| meets(glob, path, folder);
    settings.exclude.iter().any(|glob| !settings.include.contains(glob) && named(glob))
}

/// Whether Jekyll excludes an entry whatever the settings say.
pub fn is_always_excluded(path: &str, folder: bool) -> bool {
    ALWAYS.iter().any(|glob| meets(glob, path, folder))
}

/// Whether Jekyll skips a name unless `include` has it (`special?` and `backup?`).
pub fn is_special(name: &str) -> bool {
    name.starts_with(['.', '_', '#', '~']) || name.ends_with('~')
}

/// A glob that matches, or simply begins the path; a folder matches with or without its `/`.
fn meets(glob: &str, path: &str, folder: bool) -> bool {
    let glob = glob.trim_start_matches("./").trim_start_matches('/');
    let same = folder && glob.strip_suffix('/') == Some(path);
    !glob.is_empty() && (path.starts_with(glob) || same || matches(glob, path))
}

/// Ruby's `File.fnmatch?` without flags: `*` and `?` match `/` too, `[…]` one of some characters,
/// `\` takes the next character as it is.
pub fn matches(glob: &str, text: &str) -> bool {
    let (glob, text): (Vec<char>, Vec<char>) = (glob.chars().collect(), text.chars().collect());
    // The last `*` seen, and how much of the text it has taken so far.
    let (mut star, mut g, mut t) = (None, 0, 0);
    while t < text.len() {
        if glob.get(g) == Some(&'*') {
            star = Some((g, t));
            g += 1;
        } else if let Some(used) = one(&glob[g..], text[t]) {
            g += used;
            t += 1;
        } else if let Some((at, taken)) = star {
            star = Some((at, taken + 1));
            (g, t) = (at + 1, taken + 1);
        } else {
            return false;
        }
    }
    glob[g..].iter().all(|c| *c == '*')
}

/// How much of a glob one character uses up; `None` where it does not match.
fn one(glob: &[char], c: char) -> Option<usize> {
    match glob {
        ['?', ..] => Some(1),
        ['\\', escaped, ..] => (*escaped == c).then_some(2),
        ['[', set @ ..] => {
            let end = set.iter().position(|c| *c == ']')?;
            let (not, set) = match &set[..end] {
                ['!' | '^', rest @ ..] => (true, rest),
                set => (false, set),
            };
            (is_in(set, c) != not).then_some(end + 2)
        }
        [first, ..] => (*first == c).then_some(1),
        [] => None,
    }
}

fn is_in(set: &[char], c: char) -> bool {
    match set {
        [low, '-', high, rest @ ..] => (*low..=*high).contains(&c) || is_in(rest, c),
        [first, rest @ ..] => *first == c || is_in(rest, c),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_as_ruby_does() {
        for (glob, text, want) in [
            ("*.gem", "a/b.gem", true),
            ("*.config.js", "rollup.config.js", true),
            ("package*.json", "package-lock.json", true),
            ("a?c", "a/c", true),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false),
            ("\\*", "*", true),
            ("\\*", "a", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b", "aXc", false),
            ("**/x", "a/b/x", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(glob, text), want, "{glob} {text}");
        }
    }

    #[test]
    fn a_plain_name_excludes_all_that_begin_with_it() {
        let settings = Settings {
            exclude: vec!["docs".into(), "/tools/".into(), "a.md".into()],
            include: vec!["docs/keep".into(), "_pages".into()],
            ..Settings::default()
        };
        assert!(is_excluded(&settings, "docs", true));
        assert!(is_excluded(&settings, "docs-old/x.md", false));
        assert!(is_excluded(&settings, "tools", true));
        assert!(!is_excluded(&settings, "tools", false));
        assert!(!is_excluded(&settings, "x/a.md", false));
        assert!(is_always_excluded("vendor/bundle", true));
        assert!(is_included(&settings, "docs/keep", false));
        assert!(is_included(&settings, "_pages", true));
        assert!(is_included(&settings, "x/_pages", true));
    }
}
