//! The style sheets: what a page needs for its first paint stands in the page itself, so no request
//! comes before it; the whole comes later, for the other pages.
//!
//! The sheets are joined into a few groups. A page carries the groups whose marks occur in its
//! markup, each as one `<style>` that the policy allows by its hash. Every rule that a page uses is
//! in it, so the whole sheet changes nothing when it arrives; a browser test holds that.

use aho_corasick::AhoCorasick;
use base64::Engine;
use sha2::{Digest, Sha256};

/// Sheets that go together, by the stems of their files, and what of a page's markup needs them;
/// no mark for what every page needs.
const GROUPS: [(&[&str], &[&str]); 18] = [
    (&["tokens", "base", "layout", "masthead"], &[]),
    (&["heads"], &["class=\"page-head", "-head\"", "class=\"lead", "overline", "class=\"empty"]),
    (&["links"], &["class=\"term-links"]),
    (&["list"], &["class=\"post-card", "class=\"pager", "-list\""]),
    (&["filter"], &["class=\"filter", "class=\"chip", "toggle"]),
    (&["search"], &["class=\"search", "class=\"found", "class=\"recent", "class=\"narrow"]),
    (&["post", "prose"], &["class=\"post\"", "class=\"prose"]),
    (&["uncommon"], &UNCOMMON),
    (&["series"], &["class=\"series", "class=\"post-picture", "class=\"post-translations"]),
    (&["alerts"], &["class=\"alert", "class=\"task"]),
    (&["tables"], &["class=\"table"]),
    (&["footnotes"], &["footnote"]),
    (&["code"], &["class=\"code"]),
    (&["math"], &["<math", "data-math"]),
    (&["media"], &MEDIA),
    (&["contents"], &["class=\"contents"]),
    (&["terms", "state"], &TERMS),
    (&["save"], &["class=\"save"]),
];

const UNCOMMON: [&str; 17] = [
    "<del",
    "<code",
    "<kbd",
    "<samp",
    "<mark",
    "<u>",
    "<ins",
    "<ruby",
    "=\"center\"",
    "=\"right\"",
    "<hr",
    "<img",
    "<fig",
    "<dl",
    "<dt",
    "<dd",
    "<blockquote",
];

const MEDIA: [&str; 8] =
    ["only-", "lightbox", "class=\"card", "drawing", "<details", "<summary", "<video", "<audio"];

const TERMS: [&str; 8] = [
    "term-list",
    "term-name",
    "term-count",
    "archive-",
    "saved-",
    "calendar",
    "class=\"state",
    "class=\"button",
];

/// Sheets that no first paint needs: notices and transitions come with the app, and paper from the
/// whole sheet.
const LATER: [&str; 3] = ["notices", "motion", "print"];

/// One `<style>`.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Its text.
    pub css: String,
    /// What the policy calls it: `'sha256-…'`.
    pub hash: String,
    marks: &'static [&'static str],
}

/// All styles of a site.
#[derive(Clone, Debug, Default)]
pub struct Styles {
    /// Every sheet in its order.
    pub whole: String,
    /// What pages carry, in the order of the sheets.
    pub groups: Vec<Group>,
    marks: Option<Marks>,
}

/// Finds all marks of all groups at once, and says whose each is.
#[derive(Clone, Debug)]
struct Marks {
    finder: AhoCorasick,
    owners: Vec<usize>,
}

impl Styles {
    /// The styles of sheets, each with the stem of its file, in their order; `theme` are the
    /// author's colours, over those of the first sheets. A sheet that is not one of ours, an
    /// author's own, is needed by every page.
    pub fn new(sheets: &[(String, String)], theme: &str) -> Self {
        let small: Vec<(&str, String)> =
            sheets.iter().map(|(stem, css)| (&**stem, minify(css))).collect();
        let of = |stems: &[&str]| -> String {
            let chosen = small.iter().filter(|(stem, _)| stems.contains(stem));
            chosen.map(|(_, css)| &**css).collect()
        };
        let mut groups: Vec<Group> =
            GROUPS.iter().map(|(stems, marks)| Group::new(of(stems), marks)).collect();
        let ours = |stem: &&str| {
            LATER.contains(stem) || GROUPS.iter().any(|(stems, _)| stems.contains(stem))
        };
        let own: String =
            small.iter().filter(|(stem, _)| !ours(stem)).map(|(_, css)| &**css).collect();
        groups.push(Group::new(own + theme.trim(), &[]));
        groups.retain(|group| !group.css.is_empty());
        let whole = small.iter().map(|(_, css)| &**css).collect::<String>() + theme.trim();
        let marks = Marks::of(&groups);
        Styles { whole, groups, marks }
    }

    /// What a page with this markup carries.
    pub fn of(&self, body: &str) -> Vec<&Group> {
        let mut needed: Vec<bool> =
            self.groups.iter().map(|group| group.marks.is_empty()).collect();
        for mark in self.marks.iter().flat_map(|marks| marks.find(body)) {
            needed[mark] = true;
        }
        self.groups
            .iter()
            .zip(needed)
            .filter_map(|(group, needed)| needed.then_some(group))
            .collect()
    }
}

impl Group {
    fn new(css: String, marks: &'static [&'static str]) -> Self {
        let digest = Sha256::digest(css.as_bytes());
        let hash = base64::engine::general_purpose::STANDARD.encode(digest);
        Group { css, hash: format!("'sha256-{hash}'"), marks }
    }
}

impl Marks {
    /// `None` where there are no marks.
    fn of(groups: &[Group]) -> Option<Self> {
        let all = groups.iter().enumerate();
        let all = all.flat_map(|(at, group)| group.marks.iter().map(move |mark| (at, *mark)));
        let (owners, marks): (Vec<usize>, Vec<&str>) = all.unzip();
        let finder = AhoCorasick::new(&marks).ok().filter(|_| !marks.is_empty())?;
        Some(Marks { finder, owners })
    }

    /// The group of each mark that occurs.
    fn find(&self, body: &str) -> impl Iterator<Item = usize> {
        self.finder.find_overlapping_iter(body).map(|found| self.owners[found.pattern().as_usize()])
    }
}

/// A sheet without comments, indents and needless signs. It goes line by line, as our sheets are
/// written, and touches nothing within a value.
pub fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    for line in without_comments(css).lines().map(str::trim).filter(|line| !line.is_empty()) {
        let line =
            line.strip_suffix(" {").map_or_else(|| line.to_owned(), |rule| format!("{rule}{{"));
        let line = match line.split_once(": ") {
            Some((name, value)) if is_property(name) => format!("{name}:{value}"),
            _ => line,
        };
        if line == "}" && out.ends_with(';') {
            out.pop();
        }
        if !(out.is_empty() || out.ends_with(['{', '}', ';', ',', '('])) && line != "}" {
            out.push(' ');
        }
        out.push_str(&line);
    }
    out
}

fn is_property(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_get_smaller_and_mean_the_same() {
        let css = "/* note */\n:root,\n.a {\n  color: red;\n  margin: calc(1px +\n    2px) auto;\n\n  \
                   &:hover {\n    content: \"a: b\";\n  }\n}\n@media (width >= 48rem) {\n  p a {\n    \
                   top: 0;\n  }\n}\n";
        let want = ":root,.a{color:red;margin:calc(1px + 2px) auto;&:hover{content:\"a: b\"}}\
                    @media (width >= 48rem){p a{top:0}}";
        assert_eq!(minify(css), want);
    }

    #[test]
    fn a_page_carries_what_its_markup_needs() {
        let sheet = |stem: &str| (stem.to_owned(), format!(".{stem} {{\n  top: 0;\n}}\n"));
        let stems = ["tokens", "list", "code", "own", "print"];
        let styles = Styles::new(&stems.map(sheet), ":root{--accent:red}\n");
        assert_eq!(styles.whole.matches("top:0").count(), 5);
        let carried =
            |body: &str| styles.of(body).into_iter().map(|group| &*group.css).collect::<String>();
        let (own, theme) = (".own{top:0}", ":root{--accent:red}");
        assert_eq!(carried("<p>"), format!(".tokens{{top:0}}{own}{theme}"));
        let code = carried("<pre class=\"code\">");
        assert_eq!(code, format!(".tokens{{top:0}}.code{{top:0}}{own}{theme}"));
    }

    #[test]
    fn every_sheet_of_the_project_has_a_group_or_comes_later() {
        let template = include_str!("../../index.html");
        for sheet in template.split("href=\"src/style/").skip(1) {
            let stem = sheet.split(".css").next().unwrap();
            let grouped = GROUPS.iter().any(|(stems, _)| stems.contains(&stem));
            assert!(grouped || LATER.contains(&stem), "{stem}");
        }
    }
}
