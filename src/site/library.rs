//! All posts together: which are shown, what clashes, and the catalogue.

use std::collections::BTreeMap;

use super::config::Config;
use super::diagnostic::{Diagnostic, Report, Source, plural};
use super::post::{Hidden, Kind, Post};
use crate::markdown::{self, Href};
use crate::model::{Catalogue, Document, Entry, PageEntry, SCHEMA, Term};
use crate::tag::{self, Tally};
use crate::text;

/// What is in the folder of public files: path relative to it -> width and height, where it is an
/// image of known size.
pub type PublicFiles = BTreeMap<String, Option<(u32, u32)>>;

/// Which hidden posts to show all the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct Show {
    /// Drafts.
    pub drafts: bool,
    /// Posts whose date has not come.
    pub future: bool,
}

/// The site as data, before its files have names.
#[derive(Clone, Debug)]
pub struct Library {
    /// What lists need; the `data` fields are still empty.
    pub catalogue: Catalogue,
    /// The text of every post and page, by path.
    pub documents: BTreeMap<String, Document>,
    /// The moment of publication by path, RFC 3339.
    pub published: BTreeMap<String, String>,
}

/// Orders posts (date, then path), checks them against each other, and makes the catalogue.
pub fn assemble(
    posts: Vec<(Post, Source)>,
    config: &Config,
    public: &PublicFiles,
    show: Show,
    report: &mut Report,
) -> Library {
    let total = posts.len();
    let (mut shown, hidden): (Vec<_>, Vec<_>) =
        posts.into_iter().partition(|(post, _)| is_shown(post, show));
    shown.sort_by(|(a, _), (b, _)| {
        let moment = |post: &Post| post.when.as_ref().map(|when| when.instant);
        moment(b).cmp(&moment(a)).then_with(|| a.path.cmp(&b.path))
    });
    clashes(&shown, report);
    let mut documents = BTreeMap::new();
    for (post, source) in &shown {
        documents.insert(post.path.clone(), document(post, source, public, report));
    }
    let (listed, pages): (Vec<_>, Vec<_>) =
        shown.iter().partition(|(post, _)| post.kind == Kind::Post);
    let tags = terms(&listed, |post| &post.tags, &config.tag_labels, report);
    let categories = terms(&listed, |post| &post.categories, &[], report);
    let entries = listed.iter().map(|(post, _)| entry(post, &tags, &categories)).collect();
    report.summary = summary(total, listed.len(), pages.len(), &hidden);
    let published = listed.iter().filter_map(|(post, _)| {
        post.when.as_ref().map(|when| (post.path.clone(), when.instant.to_string()))
    });
    Library {
        published: published.collect(),
        catalogue: Catalogue {
            schema: SCHEMA,
            site: config.site.clone(),
            posts: entries,
            pages: pages.iter().map(|(post, _)| page_entry(post)).collect(),
            tags,
            categories,
        },
        documents,
    }
}

fn is_shown(post: &Post, show: Show) -> bool {
    match post.hidden {
        None => true,
        Some(Hidden::Draft) => show.drafts,
        Some(Hidden::Future) => show.future,
        Some(Hidden::Unpublished) => false,
    }
}

fn summary(total: usize, posts: usize, pages: usize, hidden: &[(Post, Source)]) -> String {
    let count = |why| hidden.iter().filter(|(post, _)| post.hidden == Some(why)).count();
    let kinds = [
        (count(Hidden::Draft), "draft", "--drafts"),
        (count(Hidden::Future), "future", "--future"),
        (count(Hidden::Unpublished), "unpublished", ""),
    ];
    let parts: Vec<String> = kinds
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, kind, flag)| match *flag {
            "" => format!("{count} {kind}"),
            flag => format!("{count} {kind} ({flag} shows them)"),
        })
        .collect();
    let read = format!(
        "{total} file{} read: {posts} post{}, {pages} page{}",
        plural(total),
        plural(posts),
        plural(pages)
    );
    if parts.is_empty() { read } else { format!("{read}; hidden: {}", parts.join(", ")) }
}

/// Two files at one address, also where only case or composition differs (FAULTS row 15).
fn clashes(posts: &[(Post, Source)], report: &mut Report) {
    let mut by_path: BTreeMap<String, &Post> = BTreeMap::new();
    for (post, source) in posts {
        if let Some(other) = by_path.insert(text::fold(&post.path), post) {
            let message = format!(
                "the address /{} is taken by `{}` as well",
                post.path,
                other.file.display()
            );
            report.push(source.error(0, message).help("give one of them another `slug`"));
        }
    }
}

type Terms = fn(&Post) -> &Vec<super::fields::Text>;

fn terms(
    posts: &[&(Post, Source)],
    of: Terms,
    labels: &[String],
    report: &mut Report,
) -> Vec<Term> {
    let mut tally = Tally::default();
    posts.iter().flat_map(|(post, _)| of(post)).for_each(|term| tally.add(&term.value));
    let (terms, collisions) = tally.finish(labels);
    for collision in collisions {
        let [first, second] = &collision.labels;
        let message = format!("`{first}` and `{second}` would share the page `{}`", collision.slug);
        report.push(located(posts, of, second, message));
    }
    terms
}

/// An error at the first use of a term.
fn located(posts: &[&(Post, Source)], of: Terms, label: &str, message: String) -> Diagnostic {
    let key = tag::key(label);
    let mut uses =
        posts.iter().flat_map(|(post, source)| of(post).iter().map(move |t| (t, source)));
    let error = match uses.find(|(term, _)| tag::key(&term.value) == key) {
        Some((term, source)) => source.error(term.at, message),
        None => Diagnostic::file_error(std::path::Path::new("posts"), message),
    };
    error.help("spell both alike, or rename one")
}

fn indices(names: &[super::fields::Text], terms: &[Term]) -> Vec<u32> {
    let find = |name: &super::fields::Text| {
        let key = tag::key(&name.value);
        terms.iter().position(|term| term.key == key).map(|at| at as u32)
    };
    names.iter().filter_map(find).collect()
}

fn entry(post: &Post, tags: &[Term], categories: &[Term]) -> Entry {
    let epoch = crate::date::Date { year: 1970, month: 1, day: 1 };
    Entry {
        path: post.path.clone(),
        title: post.title.clone(),
        date: post.when.as_ref().map_or(epoch, |when| when.date),
        excerpt: post.excerpt.clone(),
        tags: indices(&post.tags, tags),
        categories: indices(&post.categories, categories),
        minutes: text::reading_minutes(&markdown::parse(&post.markdown, &post.title).text()),
        data: String::new(),
        language: post.language.clone(),
    }
}

fn page_entry(post: &Post) -> PageEntry {
    PageEntry { path: post.path.clone(), title: post.title.clone(), data: String::new() }
}

fn document(post: &Post, source: &Source, public: &PublicFiles, report: &mut Report) -> Document {
    Document {
        schema: SCHEMA,
        path: post.path.clone(),
        author: post.author.clone(),
        source: post.source.clone(),
        updated: post.updated,
        description: post.description.clone(),
        images: images(post, source, public, report),
        markdown: post.markdown.clone(),
    }
}

/// The sizes of a post's images; one that is not there is an error at its place in the text.
fn images(
    post: &Post,
    source: &Source,
    public: &PublicFiles,
    report: &mut Report,
) -> BTreeMap<String, (u32, u32)> {
    let mut sizes = BTreeMap::new();
    for (image, offset) in markdown::parse(&post.markdown, &post.title).images {
        let at = post.body_at + offset;
        match image {
            Href::Site(path) => {
                let file = path.split(['?', '#']).next().unwrap_or_default();
                let decoded = text::decode(file).unwrap_or_default();
                match public.get(&decoded) {
                    Some(Some(size)) => drop(sizes.insert(path, *size)),
                    Some(None) => {}
                    None => {
                        let error = source.error(at, format!("there is no image `/{path}`"));
                        let near = nearest_file(&decoded, public);
                        report.push(error.help(near));
                    }
                }
            }
            Href::Relative(path) => {
                let error = source.error(at, format!("`{path}` is relative to the page"));
                report.push(error.help("put the image into public/ and write its path from there, such as /images/a.png"));
            }
            _ => {}
        }
    }
    sizes
}

fn nearest_file(path: &str, public: &PublicFiles) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let near = public.keys().find(|file| file.ends_with(&format!("/{name}")) || *file == name);
    near.map_or_else(
        || format!("put the file at public/{path}"),
        |near| format!("did you mean `/{near}`?"),
    )
}
