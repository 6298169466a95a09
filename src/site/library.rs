//! All posts together: which are shown, what clashes, and the catalogue.
//!
//! 1. What is not shown goes, with the reason; the rest is ordered by date, then path.
//! 2. `content` prepares every text, in parallel.
//! 3. `clashes` compares addresses, titles and tags; `links` follows every link.
//! 4. The catalogue, with every post, and the documents are made.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::prelude::*;

use super::clashes;
use super::config::Config;
use super::content::{self, Content};
use super::diagnostic::{Diagnostic, Source};
use super::file::Files;
use super::index::Index;
use super::links::Targets;
use super::load::BesideFiles;
use super::memo::{Memo, owned};
use super::outputs;
use super::post::{Hidden, Kind, Post};
use super::prerender;
use super::report::{Counts, HiddenFile, Report};
use crate::model::{Catalogue, Document, Entry, PageEntry, SCHEMA};
use crate::search::Section;

/// What is in the folder of public files: path relative to it -> width and height, where it is an
/// image of known size.
pub type PublicFiles = BTreeMap<String, Option<(u32, u32)>>;

/// A post with the file it was read from.
pub type Parsed = (Post, Source);

/// Which hidden posts to show all the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct Show {
    /// Drafts.
    pub drafts: bool,
    /// Posts whose date has not come.
    pub future: bool,
}

/// What posts can refer to.
pub struct Surroundings<'a> {
    /// The folder of posts, as people know it.
    pub folder: PathBuf,
    /// The folder of public files, as people know it.
    pub public_folder: PathBuf,
    /// The files in the folder of posts that are no posts.
    pub beside: &'a BesideFiles,
    /// The public files.
    pub public: &'a PublicFiles,
    /// Texts that were prepared before.
    pub contents: &'a Memo<Content>,
}

/// The site as data, before its files have names.
#[derive(Clone, Debug)]
pub struct Library {
    /// What lists need, with every post; the names of files are still empty.
    pub catalogue: Catalogue,
    /// The text of every post and page, by path.
    pub documents: BTreeMap<String, Document>,
    /// The text of each post by its headings, by path.
    pub sections: BTreeMap<String, Vec<Section>>,
    /// The series that posts are parts of, by path.
    pub series: BTreeMap<String, String>,
    /// What texts and their translations have in common, by path.
    pub translations: BTreeMap<String, String>,
    /// What feeds and the release say of a document, by path.
    pub facts: BTreeMap<String, Facts>,
    /// Files beside posts that are shown, by the path they are published at.
    pub media: BTreeMap<String, PathBuf>,
    /// Files that were made of texts, such as diagrams.
    pub made: Files,
}

/// What feeds and the release want to know of a document.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The moment of publication, RFC 3339.
    pub published: Option<String>,
    /// The files of the site that it shows, as paths below the base.
    pub media: BTreeSet<String>,
}

/// Orders posts, checks them against each other, and makes the catalogue.
pub fn assemble(
    posts: Vec<Parsed>,
    config: &Config,
    around: &Surroundings<'_>,
    show: Show,
    report: &mut Report,
) -> Library {
    let (mut shown, hidden): (Vec<Parsed>, Vec<Parsed>) =
        posts.into_iter().partition(|(post, _)| is_shown(post, show));
    report.hidden = hidden.iter().map(|(post, _)| hidden_file(post)).collect();
    shown.sort_by(|(a, _), (b, _)| {
        let moment = |post: &Post| post.when.as_ref().map(|when| when.instant);
        moment(b).cmp(&moment(a)).then_with(|| a.path.cmp(&b.path))
    });
    let origin = config.url.as_ref().map(|url| url.origin().ascii_serialization());
    let parsed = shown.iter().map(|(post, _)| post);
    let index = Index::new(parsed, &around.folder, around.beside, around.public, origin);
    let surroundings = content::surroundings(config, &index);
    let contents: Vec<Content> = shown
        .par_iter()
        .map(|(post, source)| {
            let inputs = || content::key(post, source, surroundings);
            let make = || content::content(post, source, config, &index);
            owned(around.contents.get(inputs, make))
        })
        .collect();
    report.diagnostics.extend(contents.iter().flat_map(|content| content.problems.clone()));
    report.diagnostics.extend(clashes::addresses(&shown));
    report.diagnostics.extend(clashes::titles(&shown));
    report.diagnostics.extend(clashes::translations(&shown, &config.site.language));
    let catalogue = catalogue(&shown, &contents, config, report);
    report.counts = Counts { files: 0, posts: catalogue.posts.len(), pages: catalogue.pages.len() };
    check_links(&shown, &contents, &catalogue, around, report);
    report.diagnostics.extend(outputs::clashes(&shown, &catalogue, around));
    let named = |file: &str| hidden.iter().any(|(post, _)| post.body.contains(file));
    finish(&shown, contents, catalogue, (around, &named), report)
}

fn is_shown(post: &Post, show: Show) -> bool {
    match post.hidden {
        None => true,
        Some(Hidden::Draft) => show.drafts,
        Some(Hidden::Future) => show.future,
        Some(Hidden::Unpublished) => false,
    }
}

fn hidden_file(post: &Post) -> HiddenFile {
    let why = match (post.hidden, &post.when) {
        (Some(Hidden::Future), Some(when)) => {
            format!("dated {}, which has not come; --future shows it", when.instant)
        }
        (Some(Hidden::Unpublished), _) => "`published: false`".to_owned(),
        _ => "a draft; --drafts shows it".to_owned(),
    };
    HiddenFile { file: post.file.display().to_string(), why }
}

fn catalogue(
    shown: &[Parsed],
    contents: &[Content],
    config: &Config,
    report: &mut Report,
) -> Catalogue {
    let listed: Vec<&Parsed> = shown.iter().filter(|(post, _)| post.kind == Kind::Post).collect();
    let tags = clashes::terms(&listed, |post| &post.tags, &config.tag_labels, report);
    let categories = clashes::terms(&listed, |post| &post.categories, &[], report);
    let (mut posts, mut pages) = (Vec::new(), Vec::new());
    let mut id = listed.len() as u32;
    for ((post, _), content) in shown.iter().zip(contents) {
        match post.kind {
            Kind::Post => {
                id -= 1;
                posts.push(entry(id, post, content));
            }
            Kind::Page => pages.push(page_entry(post)),
        }
    }
    let paths: BTreeSet<&String> = shown.iter().map(|(post, _)| &post.path).collect();
    let redirects = clashes::redirects(shown, &paths, report).into_iter().collect();
    Catalogue {
        schema: SCHEMA,
        site: config.site.clone(),
        total: posts.len() as u32,
        months: months(&posts),
        pinned: posts.iter().filter(|post| post.pinned).map(|post| post.id).collect(),
        posts,
        pages,
        tags,
        categories,
        redirects,
        search: String::new(),
        parts: None,
    }
}

/// Months with their number of posts, the newest first.
fn months(posts: &[Entry]) -> Vec<(u32, u32)> {
    let months = posts.chunk_by(|a, b| a.date.month() == b.date.month());
    let month = |posts: &[Entry]| posts.first().map(|post| (post.date.month(), posts.len() as u32));
    months.filter_map(month).collect()
}

fn check_links(
    shown: &[Parsed],
    contents: &[Content],
    catalogue: &Catalogue,
    around: &Surroundings<'_>,
    report: &mut Report,
) {
    let routes = prerender::routes(catalogue);
    let targets = Targets::new(
        contents,
        routes.iter().map(crate::route::Route::path).chain([crate::route::STATE.to_owned()]),
        catalogue.redirects.iter().map(|(old, _)| old.clone()),
        around.public.keys().cloned(),
    );
    let checked: Vec<Vec<Diagnostic>> = shown
        .par_iter()
        .zip(contents)
        .map(|((_, source), content)| targets.check(content, source))
        .collect();
    report.diagnostics.extend(checked.into_iter().flatten());
}

/// Puts the parts together, and says which files beside posts nothing shows. `is_named`: whether a
/// post that is hidden names a file.
fn finish(
    shown: &[Parsed],
    contents: Vec<Content>,
    catalogue: Catalogue,
    (around, is_named): (&Surroundings<'_>, &dyn Fn(&str) -> bool),
    report: &mut Report,
) -> Library {
    let (mut documents, mut facts) = (BTreeMap::new(), BTreeMap::new());
    let (mut sections, mut series) = (BTreeMap::new(), BTreeMap::new());
    let mut translations = BTreeMap::new();
    let (mut used, mut made) = (BTreeSet::new(), Files::new());
    for ((post, _), content) in shown.iter().zip(contents) {
        used.extend(content.media.iter().cloned());
        let fact = Facts {
            published: post.when.as_ref().map(|when| when.instant.to_string()),
            media: content.media,
        };
        facts.insert(post.path.clone(), fact);
        made.extend(content.made);
        sections.insert(post.path.clone(), content.sections);
        series.extend(post.series.clone().map(|name| (post.path.clone(), name)));
        let key = post.translation_key.as_ref().map(|key| key.value.clone());
        translations.extend(key.map(|key| (post.path.clone(), key)));
        documents.insert(post.path.clone(), content.document);
    }
    let mut media = BTreeMap::new();
    // A post with an error may show it as well.
    let said = match report.has_errors() {
        true => "not a post, and no post without an error shows it",
        false => "not a post, and no post shows it",
    };
    for beside in around.beside.values() {
        if used.contains(&beside.path) {
            media.insert(beside.path.clone(), beside.file.clone());
        } else if !beside.file.file_name().is_some_and(|name| is_named(&name.to_string_lossy())) {
            let warning = Diagnostic::file_warning(&beside.file, said);
            report.push(
                warning.help("posts end in .md; what they don't refer to belongs into public/"),
            );
        }
    }
    Library { catalogue, documents, sections, series, translations, facts, media, made }
}

fn entry(id: u32, post: &Post, content: &Content) -> Entry {
    let epoch = crate::date::Date { year: 1970, month: 1, day: 1 };
    let document = &content.document;
    Entry {
        id,
        path: post.path.clone(),
        title: post.title.clone(),
        date: document.date.unwrap_or(epoch),
        excerpt: content.excerpt.clone(),
        tags: document.tags.clone(),
        categories: document.categories.clone(),
        minutes: document.minutes,
        data: String::new(),
        language: post.language.clone(),
        pinned: post.pinned,
    }
}

fn page_entry(post: &Post) -> PageEntry {
    PageEntry { path: post.path.clone(), title: post.title.clone(), data: String::new() }
}
