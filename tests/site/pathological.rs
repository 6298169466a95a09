//! Bodies that are made to take long: published patterns and those of what is the blog's own. A
//! body of twice the length may make twice as much, and must not take quadratic time.
//!
//! Every case runs at [`SIZE`] and twice that. `INKSTONE_PATTERN_BYTES` sets another size.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use inkstone::markdown::{self, FREE_PARTS, Node, PARTS_PER_BYTE};
use inkstone::site::prepare::{Context, PageFacts, SiteFacts, prepare};
use rayon::prelude::*;
use serde_json::Value;

use crate::html;

/// The length of a body, in bytes. What was quadratic took 8 to 48 seconds at this length already,
/// and takes some milliseconds since it was mended.
const SIZE: usize = 100_000;

/// What no case may take at [`SIZE`] without optimisation; most take a tenth of a second.
const LONGEST: Duration = Duration::from_secs(10);

/// At most so much HTML, in bytes: for each byte of the body, and for what may be repeated however
/// short it is (the meanings of abbreviations).
const HTML_PER_BYTE: usize = 100;
const FREE_HTML: usize = 3 << 20;

/// Patterns, each over and over, one a line; `\n` is a line end. What stands before `…` comes once.
const OWN: &str = include_str!("pathological/own.txt");

/// What a body becomes, counted.
#[derive(Debug)]
struct Work {
    markdown: usize,
    nodes: usize,
    html: usize,
}

/// A pattern by name, and what makes a body of at least a length of it.
type Pattern = (String, Box<dyn Fn(usize) -> String + Sync + Send>);

#[test]
fn no_pattern_takes_quadratic_time_or_room() {
    let size = std::env::var("INKSTONE_PATTERN_BYTES").ok().and_then(|size| size.parse().ok());
    let size: usize = size.unwrap_or(SIZE);
    let longest = LONGEST.mul_f64((size as f64 / SIZE as f64).max(1.0));
    let patterns: Vec<Pattern> = own().into_iter().chain(published()).collect();
    assert!(patterns.len() > 220, "patterns are missing: {}", patterns.len());
    let failures = patterns.par_iter().filter_map(|(name, make)| {
        let start = Instant::now();
        // Each formula costs the converter as much as a page of text.
        let size = if name.contains('$') { size / 10 } else { size };
        let (once, twice) = (work(&make(size)), work(&make(2 * size)));
        let took = start.elapsed();
        println!("{:6} ms {name}: {once:?}", took.as_millis());
        let more = |once: usize, twice: usize| twice > once * 5 / 2 + 20_000;
        let grows = more(once.markdown, twice.markdown)
            || more(once.nodes, twice.nodes)
            || more(once.html, twice.html);
        let problem = (grows || took > longest)
            .then(|| format!("{name} takes {took:?}, from {once:?} to {twice:?}"));
        problem.into_iter().next()
    });
    let failures: Vec<String> = failures.collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Takes a body the whole way: what is made of it is within bounds.
fn work(body: &str) -> Work {
    let none = |_: &str| None;
    let (site, page) = (SiteFacts::default(), PageFacts::default());
    let context = Context { liquid: true, math: true, site, page, post: &none, file: &none };
    let (prepared, _) = prepare(body, &context);
    let markdown = &prepared.markdown;
    let mut article = markdown::parse(markdown, "t", "zh");
    let html = html::html(markdown).len();
    assert!(html <= FREE_HTML + HTML_PER_BYTE * markdown.len(), "{html} bytes of HTML");
    let footnotes = article.footnotes.iter_mut().map(|note| count(&mut note.children));
    let nodes = footnotes.sum::<usize>() + count(&mut article.nodes);
    assert!(nodes <= FREE_PARTS + PARTS_PER_BYTE * markdown.len(), "{nodes} nodes");
    Work { markdown: markdown.len(), nodes, html }
}

fn count(nodes: &mut [Node]) -> usize {
    let mut all = nodes.len();
    for node in nodes {
        node.each_list(|children| all += count(children));
    }
    all
}

/// The patterns of what is the blog's own.
fn own() -> Vec<Pattern> {
    let lines = OWN.lines().filter(|line| !line.is_empty());
    let pattern = |line: &str| -> Pattern {
        let (once, part) = line.split_once('…').unwrap_or(("", line));
        let (once, part) = (written(once), written(part));
        let make = move |size: usize| format!("{once}{}", part.repeat(size / part.len() + 1));
        (line.to_owned(), Box::new(make))
    };
    lines.map(pattern).chain(long()).collect()
}

fn written(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\0", "\0").replace("\\t", "\t")
}

/// Patterns of which the first half is one long thing that the second half asks for.
fn long() -> Vec<Pattern> {
    let halves: [(&'static str, &'static str, &'static str, &'static str); 9] = [
        ("[a]: b \"", "c", "\"\n\n", "[a]"),
        ("[a]: ", "b", "\n\n", "![a]"),
        ("*[", "a", "b]: c\n\n", "a"),
        ("*[a]: ", "b", "\n\n", "a "),
        ("[^a]: ", "b ", "\n\n", "[^a]"),
        ("{:a: #", "b", "}\n\n", "# c\n{:a}\n\n"),
        ("{:a: ", ".b ", "}\n\n", "*c*{:a}\n"),
        ("{:b: .c .d .e .f .g .h}\n\n{:a: ", "b ", "}\n\n", "*c*{:a a a a}\n"),
        ("# ", "a", "\n", "{: #b}\n"),
    ];
    let pattern = |(start, one, end, part): (&'static str, &str, &'static str, &'static str)| {
        let (name, one) = (format!("{start}{one}…{part}").replace('\n', "\\n"), one.to_owned());
        let make = move |size: usize| {
            let (long, many) =
                (one.repeat(size / 2 / one.len()), part.repeat(size / 2 / part.len()));
            format!("{start}{long}{end}{many}")
        };
        (name, Box::new(make) as Box<dyn Fn(usize) -> String + Sync + Send>)
    };
    halves.into_iter().map(pattern).collect()
}

/// The patterns that other projects publish.
fn published() -> Vec<Pattern> {
    let file = "tests/data/pathological/generators.json";
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let generators: Vec<Value> = serde_json::from_str(&text).unwrap();
    let pattern = |generator: Value| -> Pattern {
        let name = format!("{} of {}", generator["name"], generator["source"]);
        (name, Box::new(move |size| generated(&generator, size)))
    };
    generators.into_iter().map(pattern).collect()
}

/// A body of a generator, by the rules told beside the file.
fn generated(generator: &Value, size: usize) -> String {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let first = generator["first"].as_u64().unwrap_or(0);
    let mut body = text(generator, "prefix");
    let repeat = text(generator, "repeat");
    match generator["kind"].as_str().unwrap() {
        "repeat" => {
            let more = generator["more"].as_array().unwrap();
            let parts: usize = more.iter().map(|part| text(part, "repeat").len()).sum();
            let times = size / (repeat.len() + parts) + 1;
            body += &(repeat.repeat(times) + &text(generator, "suffix"));
            for part in more {
                body += &(text(part, "repeat").repeat(times) + &text(part, "suffix"));
            }
        }
        "growing" => {
            let (before, after) = (text(generator, "before"), text(generator, "after"));
            let lines = (first..).map(|times| before.clone() + &repeat.repeat(times as usize));
            for line in lines {
                body += &(line + &after);
                if body.len() >= size {
                    break;
                }
            }
        }
        "numbered" => {
            for number in first.. {
                body += &repeat.replace("{i}", &number.to_string());
                if body.len() >= size {
                    break;
                }
            }
        }
        other => panic!("no kind of generator: {other}"),
    }
    body
}
