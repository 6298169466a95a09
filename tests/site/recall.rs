//! What the search finds, held against the texts themselves: on a generated Chinese blog, by the
//! files that a build writes and the pages that the app makes of them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use inkstone::cli::corpus::Corpus;
use inkstone::known::{Known, Part};
use inkstone::model::{self, Catalogue};
use inkstone::page::{Page, Plan, Search, plan};
use inkstone::route::Route;
use inkstone::search::Query;
use inkstone::site;

use crate::support::Folder;

const POSTS: u32 = 400;

/// A blog as the browser meets it: its files, and what it shows of each post, by path.
struct Blog {
    files: BTreeMap<String, Vec<u8>>,
    catalogue: Catalogue,
    texts: BTreeMap<String, String>,
}

static BLOG: LazyLock<Blog> = LazyLock::new(|| {
    let folder = Folder::new(&[]);
    let mut texts = BTreeMap::new();
    for post in (Corpus { seed: 7, posts: POSTS }).iter() {
        folder.write(&format!("posts/{}", post.file_name), post.text.as_bytes());
        let slug = post.file_name.trim_end_matches(".md")[11..].to_owned();
        texts.insert(format!("posts/{slug}/"), post.plain);
    }
    let options = site::Options { compress: false, ..folder.options() };
    let (app, out, cache) = (folder.path("app"), folder.path("dist"), folder.path("cache"));
    let built = site::build(&options, &app, &out, &cache).unwrap();
    assert!(!built.release.is_empty(), "{}", built.report);
    let files = folder.output();
    let name = files.keys().find(|path| path.starts_with("data/catalogue-")).unwrap();
    let catalogue: Catalogue = model::read(&files[name]).unwrap();
    assert!(catalogue.parts.is_some(), "the blog comes in parts");
    Blog { catalogue, texts, files }
});

impl Blog {
    fn known(&self) -> Known {
        Known::new(self.catalogue.clone())
    }

    /// What a route shows once all that it needs has come.
    fn page(&self, known: &mut Known, route: &Route) -> Page {
        loop {
            match plan(known, route) {
                Plan::Ready(page) => return page,
                Plan::Needs(parts) => parts.iter().for_each(|part| self.load(known, part)),
                Plan::Moved(path) => panic!("moved to {path}"),
            }
        }
    }

    fn load(&self, known: &mut Known, part: &Part) {
        let file = known.file(part).unwrap();
        known.add(part, &self.files[&file]).unwrap();
    }

    /// Every post that a search shows in the end, when the texts of all of them have come.
    fn found(&self, known: &mut Known, text: &str) -> Vec<String> {
        let mut paths = Vec::new();
        let mut route = Route::searched(&Default::default(), text);
        loop {
            let Page::Search { search, .. } = self.page(known, &route) else { panic!("{text}") };
            let Search::Found { posts, page: (page, pages), total, about } = search else {
                return paths;
            };
            let wanted: Vec<Part> = posts.iter().filter_map(|post| post.wanted.clone()).collect();
            if !wanted.is_empty() {
                wanted.iter().for_each(|part| self.load(known, part));
                continue;
            }
            paths.extend(posts.iter().map(|post| post.entry.path.clone()));
            if page >= pages {
                assert!(!about && total == paths.len(), "{text}: {total} {about}");
                return paths;
            }
            route = route.at_page(page + 1);
        }
    }
}

/// Substrings of two to six Han characters, one for each step over the bodies.
fn samples(step: usize) -> Vec<(&'static str, String)> {
    let mut samples = Vec::new();
    let mut count = 0;
    for (path, text) in &BLOG.texts {
        let runs = text.split(|c: char| !matches!(c, '\u{4E00}'..='\u{9FFF}'));
        for run in runs.map(|run| run.chars().collect::<Vec<_>>()) {
            for at in 0..run.len() {
                count += 1;
                let length = 2 + count % 5;
                if count % step == 0 && at + length <= run.len() {
                    samples.push((&**path, run[at..at + length].iter().collect()));
                }
            }
        }
    }
    samples
}

#[test]
fn every_chinese_substring_finds_its_post() {
    let mut known = BLOG.known();
    BLOG.load(&mut known, &Part::Index);
    let samples = samples(89);
    assert!(samples.len() > 3000, "{}", samples.len());
    let paths: BTreeMap<String, u32> = BLOG
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("data/entries/"))
        .flat_map(|(_, bytes)| model::read::<model::Entries>(bytes).unwrap().posts)
        .map(|entry| (entry.path, entry.id))
        .collect();
    assert_eq!(paths.len(), POSTS as usize);
    for (path, text) in samples {
        let query = Query::parse(&text);
        for number in known.index().unwrap().shards_of(&query) {
            if known.shard(number).is_err() {
                BLOG.load(&mut known, &Part::Shard(number));
            }
        }
        let hits = query.run(known.index().unwrap(), &|number| known.shard(number).ok()).unwrap();
        assert!(hits.iter().any(|hit| hit.id == paths[path]), "{text} of {path}");
    }
}

#[test]
fn what_is_found_has_the_text_and_nothing_that_has_it_is_missing() {
    let mut known = BLOG.known();
    for (_, text) in samples(4999) {
        let mut want: Vec<&String> =
            BLOG.texts.iter().filter(|(_, of)| of.contains(&text)).map(|(path, _)| path).collect();
        let found = BLOG.found(&mut known, &text);
        let mut got: Vec<&String> = found.iter().collect();
        got.sort();
        // A title or a tag may have it as well, which the bodies don't know.
        got.retain(|path| {
            let address = known.address(path);
            let inkstone::known::Address::Document(data) = address else { panic!("{path}") };
            known
                .sections(&data)
                .unwrap()
                .iter()
                .any(|section| section.text.contains(&text) || section.heading.contains(&text))
        });
        want.retain(|path| got.contains(path) || !found.contains(path));
        assert_eq!(got, want, "{text}");
    }
}

#[test]
fn a_word_is_found_by_every_beginning() {
    let mut known = BLOG.known();
    for (path, text) in BLOG.texts.iter().step_by(100) {
        let is_word = |word: &&str| word.len() > 3 && word.bytes().all(|b| b.is_ascii_alphabetic());
        let Some(word) = text.split(|c: char| !c.is_ascii_alphanumeric()).find(is_word) else {
            continue;
        };
        for length in 1..=word.len() {
            let found = BLOG.found(&mut known, &word[..length].to_uppercase());
            assert!(found.contains(path), "{} of {path}", &word[..length]);
        }
    }
}
