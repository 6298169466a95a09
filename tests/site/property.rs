//! No sequence of bytes makes the reader of posts panic, and whatever it says is about a place
//! that is there.
//!
//! The usual run is short. `INKSTONE_FUZZ_SECONDS=300 cargo test --test site fuzz -- --ignored`
//! runs for as long as it says and writes what it finds to `tests/corpus/`; every file there is
//! looked at again by the usual run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use inkstone::markdown::{self, FREE_PARTS, PARTS_PER_BYTE};
use inkstone::site::config::{self, Config};
use inkstone::site::diagnostic::Source;
use inkstone::site::library::{Library, PublicFiles, Show, Surroundings, assemble};
use inkstone::site::load::BesideFiles;
use inkstone::site::memo::Memo;
use inkstone::site::post::{self, Inputs};
use inkstone::site::{Report, file};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config as Settings, TestRunner};

use crate::fragments;

/// The file that every post pretends to be.
const FILE: &str = "posts/2024-01-01-a.md";

fn config() -> Config {
    let toml = "title = \"t\"\nurl = \"https://a.example/b/\"\ntimezone = \"Asia/Shanghai\"\n";
    let source = Source::new(Path::new("inkstone.toml"), toml.into()).unwrap();
    config::parse(&source, &mut Vec::new())
}

/// What is said of a post, and all that is made of it.
type Outcome = (Report, Library, Vec<markdown::Article>);

fn read(bytes: &[u8], config: &Config) -> Outcome {
    let mut report = Report::default();
    let source = Source::new(Path::new(FILE), bytes.to_vec());
    let text = source.as_ref().map_or(String::new(), |source| source.text.clone());
    let now = jiff::Timestamp::UNIX_EPOCH;
    let inputs = Inputs { config, folder: Path::new("posts"), now };
    let mut posts = Vec::new();
    match source {
        Ok(source) => {
            let post = post::parse(&source, inputs, &mut report.diagnostics);
            posts.extend(post.map(|post| (post, source)));
        }
        Err(problem) => report.push(problem),
    }
    let beside = BesideFiles::new();
    let public =
        PublicFiles::from([("a.svg".to_owned(), Some((2, 1))), ("b.png".to_owned(), None)]);
    let around = Surroundings {
        folder: "posts".into(),
        public_folder: "public".into(),
        beside: &beside,
        public: &public,
        contents: &Memo::default(),
    };
    let show = Show { drafts: true, future: true };
    let library = assemble(posts, config, &around, show, &mut report);
    let parsed = library.documents.values().zip(titles(&library));
    let articles: Vec<_> =
        parsed.map(|(document, title)| markdown::parse(&document.markdown, title, "zh")).collect();
    if std::str::from_utf8(bytes).is_ok() {
        verify(&report, &text);
    }
    report.finish(false);
    assert!(report.to_string().lines().count() > report.diagnostics.len());
    assert!(report.styled().len() >= report.to_string().len());
    serde_json::from_str::<serde_json::Value>(&report.json()).unwrap();
    (report, library, articles)
}

fn titles(library: &Library) -> impl Iterator<Item = &str> {
    let posts = library.catalogue.posts.iter().map(|post| &*post.title);
    posts.chain(library.catalogue.pages.iter().map(|page| &*page.title))
}

/// Every problem is at a place that is there.
fn verify(report: &Report, text: &str) {
    let lines: Vec<&str> = text.split('\n').collect();
    for found in &report.diagnostics {
        let line = lines.get(found.position.line - 1);
        let line = line.unwrap_or_else(|| panic!("no such line: {found:?}"));
        assert!(found.position.column <= line.chars().count() + 1, "no such column: {found:?}");
        let Some(excerpt) = &found.excerpt else { continue };
        assert!(excerpt.text.get(excerpt.marked.clone()).is_some(), "{found:?}");
    }
}

/// Reads a post twice, and once more with the line ends of Windows; whether it is shown.
fn examine(bytes: &[u8], config: &Config) -> bool {
    let outcome = read(bytes, config);
    let first = format!("{outcome:?}");
    assert_eq!(first, format!("{:?}", read(bytes, config)), "a second time it is another");
    if std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\r')) {
        let windows = String::from_utf8_lossy(bytes).replace('\n', "\r\n");
        let other = format!("{:?}", read(windows.as_bytes(), config));
        assert_eq!(first, other, "with the line ends of Windows it is another");
    }
    let most = FREE_PARTS + PARTS_PER_BYTE * bytes.len();
    assert!(first.len() <= 400 * most, "{} bytes of {}", first.len(), bytes.len());
    !outcome.1.documents.is_empty()
}

/// The posts of the project and of the golden sites.
fn real_posts() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let golden = ["chirpy", "jekyll", "chinese", "messages"];
    let golden = golden.iter().map(|name| root.join(format!("tests/golden/{name}/input/posts")));
    let folders: Vec<PathBuf> = golden.chain([root.join("posts")]).collect();
    let files = folders.iter().flat_map(|folder| file::read(folder).unwrap());
    files.filter(|(path, _)| path.contains('.')).map(|(_, bytes)| bytes).collect()
}

fn any_post() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        1 => fragments::of_bytes(),
        4 => fragments::of_pieces(),
        4 => fragments::changed(real_posts()),
    ]
    .boxed()
}

#[test]
fn any_post_at_all_is_read_without_harm() {
    let (config, settings) =
        (config(), Settings { cases: 4_000, failure_persistence: None, ..Settings::default() });
    let mut runner = TestRunner::new(settings);
    let outcome = runner.run(&any_post(), |bytes| {
        examine(&bytes, &config);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn what_was_found_once_is_read_without_harm() {
    let (config, folder) = (config(), corpus());
    for (name, bytes) in file::read(&folder).unwrap() {
        println!("{name}");
        examine(&bytes, &config);
    }
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

#[test]
#[ignore = "runs for as long as INKSTONE_FUZZ_SECONDS says"]
fn fuzz() {
    let seconds = std::env::var("INKSTONE_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(60));
    let (config, strategy) = (config(), any_post());
    let mut runner = TestRunner::new(Settings::default());
    let (mut cases, mut shown, mut found) = (0_u64, 0_u64, Vec::new());
    while Instant::now() < end && found.len() < 20 {
        let mut tree = strategy.new_tree(&mut runner).unwrap();
        cases += 1;
        let mut message = match failure(&tree.current(), &config) {
            Ok(is_shown) => {
                shown += u64::from(is_shown);
                continue;
            }
            Err(message) => message,
        };
        let mut smallest = tree.current();
        let shrink_until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < shrink_until {
            let more = match failure(&tree.current(), &config) {
                Err(said) => {
                    (smallest, message) = (tree.current(), said);
                    tree.simplify()
                }
                Ok(_) => tree.complicate(),
            };
            if !more {
                break;
            }
        }
        let name = format!("{}.md", &file::sha256(&smallest)[..12]);
        std::fs::create_dir_all(corpus()).unwrap();
        std::fs::write(corpus().join(&name), &smallest).unwrap();
        println!("{name}: {message}\n{:?}", String::from_utf8_lossy(&smallest));
        found.push(name);
    }
    println!("{cases} posts, {shown} of them right");
    assert!(found.is_empty(), "see tests/corpus: {found:?}");
}

/// Whether a post is shown, or what it breaks.
fn failure(bytes: &[u8], config: &Config) -> Result<bool, String> {
    let outcome = catch_unwind(AssertUnwindSafe(|| examine(bytes, config)));
    outcome.map_err(|error| {
        let text = error.downcast_ref::<String>().cloned();
        let text = text.or_else(|| error.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        text.unwrap_or_default().chars().take(300).collect()
    })
}
