//! No sequence of bytes makes the reader of posts panic, and whatever it says is about a place
//! that is there.
//!
//! The usual run is short. `INKSTONE_FUZZ_SECONDS=300 cargo test --test site fuzz -- --ignored`
//! runs for as long as it says and writes what it finds to `tests/corpus/`; every file there is
//! looked at again by the usual run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use inkstone::markdown;
use inkstone::site::config::{self, Config};
use inkstone::site::content::{Content, content};
use inkstone::site::diagnostic::{Diagnostic, Source};
use inkstone::site::index::Index;
use inkstone::site::library::PublicFiles;
use inkstone::site::load::BesideFiles;
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
type Outcome = (Vec<Diagnostic>, Option<(Content, markdown::Article)>);

fn read(bytes: &[u8], config: &Config) -> Outcome {
    let mut problems = Vec::new();
    let source = match Source::new(Path::new(FILE), bytes.to_vec()) {
        Ok(source) => source,
        Err(problem) => return (vec![problem], None),
    };
    let now = jiff::Timestamp::UNIX_EPOCH;
    let inputs = Inputs { config, folder: Path::new("posts"), now };
    let parsed = post::parse(&source, inputs, &mut problems);
    let (beside, public) = (BesideFiles::new(), PublicFiles::new());
    let content = parsed.map(|post| {
        let posts = std::iter::once(&post);
        let origin = Some("https://a.example".to_owned());
        let index = Index::new(posts, Path::new("posts"), &beside, &public, origin);
        let content = content(&post, &source, config, &index);
        let article = markdown::parse(&content.document.markdown, &post.title);
        problems.extend(content.problems.iter().cloned());
        for link in &content.links {
            problems.push(source.warning_in(link.range.clone(), "a link"));
        }
        (content, article)
    });
    verify(&problems, &source.text);
    (problems, content)
}

/// Every problem is at a place that is there, and can be drawn.
fn verify(problems: &[Diagnostic], text: &str) {
    let lines: Vec<&str> = text.split('\n').collect();
    for found in problems {
        let line = lines.get(found.position.line - 1);
        let line = line.unwrap_or_else(|| panic!("no such line: {found:?}"));
        assert!(found.position.column <= line.chars().count() + 1, "no such column: {found:?}");
        let Some(excerpt) = &found.excerpt else { continue };
        assert!(excerpt.text.get(excerpt.marked.clone()).is_some(), "{found:?}");
    }
    let mut report = Report::default();
    report.diagnostics.extend_from_slice(problems);
    report.finish(false);
    assert!(report.to_string().lines().count() > report.diagnostics.len());
    assert!(report.styled().len() >= report.to_string().len());
    serde_json::from_str::<serde_json::Value>(&report.json()).unwrap();
}

/// Reads a post twice, and once more with the line ends of Windows.
fn examine(bytes: &[u8], config: &Config) {
    let first = format!("{:?}", read(bytes, config));
    assert_eq!(first, format!("{:?}", read(bytes, config)), "a second time it is another");
    if std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\r')) {
        let windows = String::from_utf8_lossy(bytes).replace('\n', "\r\n");
        let other = format!("{:?}", read(windows.as_bytes(), config));
        assert_eq!(first, other, "with the line ends of Windows it is another");
    }
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
    let (mut cases, mut found) = (0_u64, Vec::new());
    while Instant::now() < end && found.len() < 20 {
        let mut tree = strategy.new_tree(&mut runner).unwrap();
        cases += 1;
        let Some(mut message) = failure(&tree.current(), &config) else { continue };
        let mut smallest = tree.current();
        let shrink_until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < shrink_until {
            let more = match failure(&tree.current(), &config) {
                Some(said) => {
                    (smallest, message) = (tree.current(), said);
                    tree.simplify()
                }
                None => tree.complicate(),
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
    println!("{cases} posts");
    assert!(found.is_empty(), "see tests/corpus: {found:?}");
}

/// What a post breaks, if anything.
fn failure(bytes: &[u8], config: &Config) -> Option<String> {
    let outcome = catch_unwind(AssertUnwindSafe(|| examine(bytes, config)));
    outcome.err().map(|error| {
        let text = error.downcast_ref::<String>().cloned();
        let text = text.or_else(|| error.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        text.unwrap_or_default().chars().take(300).collect()
    })
}
