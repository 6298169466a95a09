//! What feed readers, crawlers and search boxes get of a site, in the words of `feeds`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::config::Config;
use super::feeds::{self, Feed, Item, Place};
use super::file::Files;
use super::icons::Icons;
use super::library::Library;
use super::memo::{self, Key, Memory, owned};
use crate::model::{Document, Entry};
use crate::route::Route;
use crate::tag::Kind;
use crate::text::{decode, encode_path};
use crate::view::{self, Scene};

/// Posts in a feed of the site.
const NEWEST: usize = 20;

/// Posts in the feed of a tag.
const NEWEST_OF_TAG: usize = 10;

/// What the files are made of.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The site's configuration.
    pub config: &'a Config,
    /// All posts.
    pub library: &'a Library,
    /// How their texts look.
    pub scene: &'a Scene,
    /// All that this depends on besides the posts.
    pub common: Key,
    /// What was made before.
    pub memory: &'a Memory,
    /// The icons.
    pub icons: &'a Icons,
    /// The files of the site, for the sizes of pictures.
    pub files: &'a Files,
}

/// All feeds, the sitemap, robots.txt and the description of the search.
pub fn publish(source: Source<'_>) -> Files {
    let Source { config, library, icons, .. } = source;
    let site = site(config, icons);
    let tags = tagged(library);
    let mut files = feed_files(&site, &items(source, &tags), source, &tags);
    let mut add = |path: &str, text: String| drop(files.insert(path.to_owned(), text.into_bytes()));
    for (path, text) in feeds::sitemap(&site, &places(library)) {
        add(&path, text);
    }
    add("robots.txt", feeds::robots(&site));
    add("opensearch.xml", feeds::open_search(&site, "search/?q={searchTerms}"));
    files
}

fn site(config: &Config, icons: &Icons) -> feeds::Site {
    let base = config.base.as_str().to_owned();
    feeds::Site {
        title: config.site.title.clone(),
        description: config.site.description.clone(),
        author: config.site.author.clone(),
        language: config.site.language.clone(),
        url: config.site.origin.as_ref().map(|origin| format!("{origin}{base}")),
        base,
        icon: icons.small.clone(),
        logo: icons.large.clone(),
    }
}

/// The newest posts of each tag, as places among all posts.
fn tagged(library: &Library) -> Vec<Vec<usize>> {
    let tags = &library.catalogue.tags;
    let mut tagged = vec![Vec::new(); tags.len()];
    for (at, post) in library.catalogue.posts.iter().enumerate() {
        for tag in post.tags.iter().filter_map(|key| crate::tag::find(tags, key)) {
            if tagged[tag].len() < NEWEST_OF_TAG {
                tagged[tag].push(at);
            }
        }
    }
    tagged
}

/// The posts that a feed needs, by their places among all.
fn items(source: Source<'_>, tags: &[Vec<usize>]) -> BTreeMap<usize, Keyed> {
    let library = source.library;
    let needed: BTreeSet<usize> = tags.iter().flatten().copied().chain(0..NEWEST).collect();
    let posts = &library.catalogue.posts;
    let needed: Vec<usize> = needed.into_iter().take_while(|at| *at < posts.len()).collect();
    let item = |at: usize| {
        let document = library.documents.get(&posts[at].path)?;
        Some((at, keyed(source, &posts[at], document)))
    };
    needed.into_par_iter().filter_map(item).collect()
}

/// A post for feeds, with the key of all that it is made of.
type Keyed = (Key, Arc<Item>);

fn keyed(source: Source<'_>, post: &Entry, document: &Document) -> Keyed {
    let facts = source.library.facts.get(&post.path);
    let published = facts.and_then(|facts| facts.published.clone());
    let picture = document.picture.as_ref().and_then(|(path, _)| {
        let size = source.files.get(&decode(path)?)?.len() as u64;
        (size > 0).then(|| (path.clone(), size))
    });
    // The document's file is named by its content.
    let own = format!("{:?}", (&post.data, &published, &picture));
    let key = memo::key(&[source.common.as_ref(), own.as_bytes()]);
    let make = || item(source, (post, document), published, picture);
    (key, source.memory.items.get(|| key, make))
}

fn item(
    source: Source<'_>,
    (post, document): (&Entry, &Document),
    published: Option<String>,
    picture: Option<(String, u64)>,
) -> Item {
    let Source { config, library, scene, .. } = source;
    let language = document.language.as_ref().unwrap_or(&config.site.language);
    let published = published.unwrap_or_else(|| format!("{}T00:00:00Z", post.date));
    // A day of change is the day's beginning; it can't be before the publication.
    let updated = document.updated.map(|day| format!("{day}T00:00:00Z"));
    let updated = updated.filter(|updated| is_later(updated, &published));
    let label = |kind: Kind, key: &String| {
        let terms = kind.terms(&library.catalogue);
        crate::tag::find(terms, key).map(|at| terms[at].label.clone())
    };
    let tags = document.tags.iter().filter_map(|key| label(Kind::Tag, key));
    let categories = document.categories.iter().filter_map(|key| label(Kind::Category, key));
    Item {
        path: encode_path(&post.path),
        title: post.title.clone(),
        published,
        updated,
        author: document.author.clone(),
        language: document.language.clone(),
        tags: tags.chain(categories).collect(),
        summary: document.description.clone().unwrap_or_default(),
        html: view::text_html(scene, &post.title, language, document),
        image: picture,
    }
}

/// Whether one moment comes after another, whatever their offsets (RFC 3339).
fn is_later(one: &str, other: &str) -> bool {
    let moment = |text: &str| text.parse::<Timestamp>().ok();
    matches!((moment(one), moment(other)), (Some(one), Some(other)) if one > other)
}

fn feed_files(
    site: &feeds::Site,
    items: &BTreeMap<usize, Keyed>,
    source: Source<'_>,
    tags: &[Vec<usize>],
) -> Files {
    let newest: Vec<&Item> = items.range(..NEWEST).map(|(_, (_, item))| &**item).collect();
    let own = |path| Feed { site, list: None, path, items: &newest };
    let mut files: Files = [
        ("feed.xml", feeds::atom(&own("feed.xml"))),
        ("rss.xml", feeds::rss(&own("rss.xml"))),
        ("feed.json", feeds::json_feed(&own("feed.json"))),
    ]
    .map(|(path, text)| (path.to_owned(), text.into_bytes()))
    .into();
    let of_tags = source.library.catalogue.tags.par_iter().zip(tags).map(|(tag, places)| {
        let items: Vec<&Keyed> = places.iter().filter_map(|at| items.get(at)).collect();
        let list = Kind::Tag.route(&tag.slug).path();
        let (encoded, path) = (encode_path(&list), format!("{list}feed.xml"));
        let inputs = || {
            let own = format!("{:?}", (&path, &tag.label));
            let keys = items.iter().map(|(key, _)| key.as_ref());
            let all: Vec<&[u8]> =
                [source.common.as_ref(), own.as_bytes()].into_iter().chain(keys).collect();
            memo::key(&all)
        };
        let make = || {
            let items: Vec<&Item> = items.iter().map(|(_, item)| &**item).collect();
            let list = Some((&*encoded, &*tag.label));
            feeds::atom(&Feed { site, list, path: &encode_path(&path), items: &items })
        };
        let text = owned(source.memory.feeds.get(inputs, make));
        (path, text.into_bytes())
    });
    files.extend(of_tags.collect::<Vec<_>>());
    files
}

/// Every page that is to be found: the first of each list, and all texts.
fn places(library: &Library) -> Vec<Place> {
    let catalogue = &library.catalogue;
    let newest = catalogue.posts.first().map(|post| post.date.to_string());
    let list = |route: Route, updated: Option<String>| Place {
        path: encode_path(&route.path()),
        updated,
        translations: Vec::new(),
    };
    let mut places = vec![
        list(Route::home(), newest.clone()),
        list(Route::Archive { page: 1 }, newest),
        list(Route::Tags, None),
        list(Route::Categories, None),
    ];
    for kind in [Kind::Tag, Kind::Category] {
        places.extend(kind.terms(catalogue).iter().map(|term| list(kind.route(&term.slug), None)));
    }
    let paths = catalogue.posts.iter().map(|post| &post.path);
    let paths = paths.chain(catalogue.pages.iter().map(|page| &page.path));
    let documents = paths.filter_map(|path| library.documents.get(path));
    places.extend(documents.map(|document| place(document, &catalogue.site.language)));
    places
}

fn place(document: &Document, language: &str) -> Place {
    let own = |own: &Option<String>| own.clone().unwrap_or_else(|| language.to_owned());
    let others = document.translations.iter();
    let mut translations: Vec<(String, String)> =
        others.map(|other| (own(&other.language), encode_path(&other.path))).collect();
    if !translations.is_empty() {
        translations.insert(0, (own(&document.language), encode_path(&document.path)));
    }
    let day = document.updated.or(document.date);
    Place {
        path: encode_path(&document.path),
        updated: day.map(|day| day.to_string()),
        translations,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_compared_by_time() {
        let check = |one: &str, other: &str, want: bool| {
            assert_eq!(is_later(one, other), want, "{one} {other}");
        };
        check("2026-01-02T00:00:00Z", "2026-01-01T09:00:00+08:00", true);
        check("2026-01-02T00:00:00Z", "2026-01-01T20:00:00-08:00", false);
        check("2026-01-02T00:00:00Z", "2026-01-02T07:00:00+08:00", true);
        check("2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z", false);
        check("2026-01-02T00:00:00Z", "one day", false);
    }
}
