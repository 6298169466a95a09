//! Posts against each other: addresses, titles, tags, old addresses.

use std::collections::{BTreeMap, BTreeSet};

use unicode_security::skeleton;

use super::diagnostic::{Diagnostic, Source};
use super::fields::Text;
use super::library::Parsed;
use super::post::{Kind, Post};
use super::report::Report;
use crate::tag::{self, Tally, Term};
use crate::text;

/// Two files at one address, also where only case, composition or the end differs (FAULTS row 15).
pub fn addresses(posts: &[Parsed]) -> Vec<Diagnostic> {
    let mut by_path: BTreeMap<String, &Post> = BTreeMap::new();
    let mut found = Vec::new();
    for (post, source) in posts {
        let bare = post.path.trim_end_matches('/').trim_end_matches(".html");
        if let Some(other) = by_path.insert(text::fold(bare), post) {
            let message = format!(
                "the address /{} is taken by `{}` as well",
                post.path,
                other.file.display()
            );
            found.push(source.error(0, message).help("give one of them another `slug`"));
        }
    }
    found
}

/// Two posts of one title, which readers can't tell apart.
pub fn titles(posts: &[Parsed]) -> Vec<Diagnostic> {
    let mut by_title: BTreeMap<String, &Post> = BTreeMap::new();
    let mut found = Vec::new();
    // The older post was there first.
    for (post, source) in posts.iter().rev().filter(|(post, _)| post.kind == Kind::Post) {
        let title = text::fold(&post.title);
        match by_title.get(&title) {
            Some(other) => {
                let message = format!(
                    "the title `{}` is that of `{}` as well",
                    post.title,
                    other.file.display()
                );
                let warning = source.warning(post.title_at, message);
                found.push(warning.help("change one, so that readers can tell them apart"));
            }
            None => drop(by_title.insert(title, post)),
        }
    }
    found
}

/// Two texts of one language that say they are the same text; `language` is the site's.
pub fn translations(posts: &[Parsed], language: &str) -> Vec<Diagnostic> {
    let mut by_key: BTreeMap<(&str, &str), &Post> = BTreeMap::new();
    let mut found = Vec::new();
    for (post, source) in posts.iter().rev() {
        let Some(key) = &post.translation_key else { continue };
        let own = post.language.as_deref().unwrap_or(language);
        if let Some(other) = by_key.insert((&key.value, own), post) {
            let message = format!(
                "`{}` has the translation key `{}` as well, and the same language `{own}`",
                other.file.display(),
                key.value
            );
            let warning = source.warning_in(key.range(), message);
            found.push(warning.help("give one of them its `lang`, or another key"));
        }
    }
    found
}

/// Where each old address leads; one that is taken is an error.
pub fn redirects(
    posts: &[Parsed],
    taken: &BTreeSet<&String>,
    report: &mut Report,
) -> BTreeMap<String, String> {
    let mut redirects: BTreeMap<String, String> = BTreeMap::new();
    for (post, source) in posts {
        for old in post.redirects.iter().filter(|old| old.value != post.path) {
            let other = redirects.get(&old.value).cloned();
            let other = other.or_else(|| taken.contains(&old.value).then(|| old.value.clone()));
            match other.filter(|other| *other != post.path) {
                Some(other) => report.push(taken_twice(source, old, &other)),
                None => drop(redirects.insert(old.value.clone(), post.path.clone())),
            }
        }
    }
    redirects
}

fn taken_twice(source: &Source, old: &Text, other: &str) -> Diagnostic {
    let (message, help) = match *old.value == *other {
        true => ("is the present one of another post or page".to_owned(), "delete it here"),
        false => (format!("belongs to /{other} as well"), "delete it from one of them"),
    };
    let message = format!("the old address /{} {message}", old.value);
    source.error_in(old.range(), message).help(help)
}

type Terms = fn(&Post) -> &Vec<Text>;

/// The tags or categories of all posts; spellings that differ, and names that look alike, are said.
pub fn terms(posts: &[&Parsed], of: Terms, labels: &[String], report: &mut Report) -> Vec<Term> {
    let mut tally = Tally::default();
    posts.iter().flat_map(|(post, _)| of(post)).for_each(|term| tally.add(&term.value));
    let (terms, collisions) = tally.finish(labels);
    for collision in collisions {
        let [first, second] = &collision.labels;
        let message = format!("`{first}` and `{second}` would share the page `{}`", collision.slug);
        let at = first_use(posts, of, |name| tag::key(name) == tag::key(second));
        report.push(located(at, message, true).help("spell both alike, or rename one"));
    }
    let settled: BTreeSet<String> = labels.iter().map(|label| tag::key(label)).collect();
    for term in terms.iter().filter(|term| !settled.contains(&term.key)) {
        for other in tally.spellings(&term.key).filter(|spelling| **spelling != term.label) {
            let message =
                format!("`{other}` and `{}` are one, shown as `{}`", term.label, term.label);
            let at = first_use(posts, of, |name| tag::spelling(name) == *other);
            let help =
                "spell it alike everywhere, or choose with `tag_labels` in the configuration";
            report.push(located(at, message, false).help(help));
        }
    }
    look_alikes(posts, of, &terms, report);
    terms
}

/// Different names that readers take for one (UTS 39, confusable detection).
fn look_alikes(posts: &[&Parsed], of: Terms, terms: &[Term], report: &mut Report) {
    let mut by_look: BTreeMap<String, &Term> = BTreeMap::new();
    for term in terms {
        let look: String = skeleton(&term.key).collect();
        if let Some(other) = by_look.get(&look) {
            let message =
                format!("`{}` looks like `{}`, but they are two", term.label, other.label);
            let at = first_use(posts, of, |name| tag::key(name) == term.key);
            report.push(located(at, message, false).help("type one of them anew, like the other"));
        } else {
            by_look.insert(look, term);
        }
    }
}

fn first_use<'a>(
    posts: &[&'a Parsed],
    of: Terms,
    is: impl Fn(&str) -> bool,
) -> Option<(&'a Text, &'a Source)> {
    let mut uses =
        posts.iter().flat_map(|(post, source)| of(post).iter().map(move |term| (term, source)));
    uses.find(|(term, _)| is(&term.value))
}

fn located(at: Option<(&Text, &Source)>, message: String, error: bool) -> Diagnostic {
    match at {
        Some((term, source)) if error => source.error_in(term.range(), message),
        Some((term, source)) => source.warning_in(term.range(), message),
        None => Diagnostic::file_error(std::path::Path::new("posts"), message),
    }
}
