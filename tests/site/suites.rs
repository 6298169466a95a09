//! Published cases of Markdown, through the nodes: what CommonMark, GFM and others say of a text
//! holds here, but for the differences of one table. A case that should pass must pass, and one of
//! the table must differ, in the way that the table tells.

mod reference;
mod tree;

use std::fs;
use std::path::Path;

use inkstone::markdown;
use inkstone::site::prepare::{Context, PageFacts, SiteFacts, prepare};
use serde_json::Value;
use tree::Reading;

/// A suite: its name, its file in `tests/data`, the language of its texts, and how many cases it
/// has.
const SUITES: [(&str, &str, &str, usize); 15] = [
    ("commonmark", "commonmark/cases.json", "zh", 652),
    ("gfm", "gfm/cases.json", "zh", 24),
    ("cjk", "cjk-friendly/cases.json", "zh", 51),
    ("cjk documents", "cjk-friendly/documents.json", "zh", 5),
    ("alerts", "pulldown-cmark/blockquotes_tags.json", "zh", 18),
    ("definitions", "pulldown-cmark/definition_lists.json", "zh", 31),
    ("footnotes", "pulldown-cmark/footnotes.json", "zh", 26),
    ("regression", "pulldown-cmark/regression.json", "zh", 212),
    ("scripts", "pulldown-cmark/super_sub.json", "zh", 6),
    ("strikethrough", "pulldown-cmark/strikethrough.json", "zh", 15),
    ("tables", "pulldown-cmark/table.json", "zh", 28),
    ("gfm strikethrough", "pulldown-cmark-third-party/gfm_strikethrough.json", "zh", 3),
    ("gfm tables", "pulldown-cmark-third-party/gfm_table.json", "zh", 9),
    ("gfm tasks", "pulldown-cmark-third-party/gfm_tasklist.json", "zh", 2),
    ("quotation marks", "pulldown-cmark-third-party/smart_punct.json", "en", 16),
];

/// How a case differs.
#[derive(Clone, Copy, PartialEq)]
enum How {
    /// What is left of the published HTML when it holds nothing but what a post may bring.
    Harmless,
    /// The published HTML with `https:` for the `http:` of addresses that were written without.
    Secure,
    /// Otherwise.
    Otherwise,
}

/// Why cases differ, how, and which: suites with the numbers of their cases.
type Difference = (&'static str, How, &'static [(&'static str, &'static [usize])]);

const DIFFERENCES: &[Difference] = &[
    (
        "within a line, a tag of no element that may be shown is text, so that nothing is lost",
        How::Otherwise,
        &[("commonmark", &[201, 491, 524, 536, 617, 623]), ("regression", &[26, 27, 37])],
    ),
    (
        "raw HTML by an allow-list: comments, scripts, unknown elements and attributes go",
        How::Harmless,
        &[
            (
                "commonmark",
                &[
                    21, 150, 152, 153, 154, 163, 164, 169, 170, 171, 172, 173, 176, 177, 178, 179,
                    180, 182, 183, 308, 309, 475, 625, 626, 627, 628, 629,
                ],
            ),
            ("footnotes", &[17]),
            ("regression", &[7, 8, 13, 36, 166, 167, 168, 169, 170, 188]),
        ],
    ),
    (
        "raw HTML that is left open ends with what it stands in",
        How::Otherwise,
        &[
            (
                "commonmark",
                &[
                    148, 156, 157, 158, 187, 344, 476, 477, 494, 613, 614, 615, 616, 630, 631, 642,
                    643,
                ],
            ),
            ("regression", &[66]),
        ],
    ),
    ("what GFM leaves as text goes", How::Otherwise, &[("gfm", &[652])]),
    (
        "a backslash in the path of an address is a slash, as in browsers",
        How::Otherwise,
        &[("commonmark", &[202, 502, 603]), ("tables", &[22])],
    ),
    (
        "a link whose scheme is not allowed is text",
        How::Otherwise,
        &[("commonmark", &[500, 596, 598, 599, 601]), ("gfm", &[628])],
    ),
    (
        "an address without a scheme is secure",
        How::Secure,
        &[("gfm", &[621, 622, 623, 624, 625, 626, 627])],
    ),
    ("a link in a link is text", How::Otherwise, &[("regression", &[29])]),
    ("control characters are seen", How::Otherwise, &[("regression", &[48])]),
    ("front matter ends before the body", How::Otherwise, &[("regression", &[106, 107, 108])]),
    ("attributes of headings are kramdown's", How::Otherwise, &[("regression", &[206, 207])]),
    ("no links of wikis", How::Otherwise, &[("regression", &[208])]),
    (
        "text between two `~` is subscript, within words too, and nested",
        How::Otherwise,
        &[("scripts", &[4]), ("strikethrough", &[6, 7, 8, 9, 10, 15]), ("gfm strikethrough", &[1])],
    ),
    (
        "the amendment for CJK is not followed for `_` behind a variation selector",
        How::Otherwise,
        &[("cjk", &[25, 26, 27, 28, 29]), ("cjk documents", &[3])],
    ),
];

#[test]
fn published_cases_hold_but_for_the_differences() {
    let mut failures = Vec::new();
    for (suite, file, language, count) in SUITES {
        let cases = cases(file);
        assert_eq!(cases.len(), count, "cases of {suite}");
        let mut listed = 0;
        for (number, body, html) in &cases {
            let difference = difference(suite, *number);
            listed += usize::from(difference.is_some());
            let article = markdown::parse(&prepared(suite, body), "no title", language);
            let written = reference::html(&article);
            if let Err(problem) = compare(&written, html, difference) {
                failures.push(format!("{suite} {number}: {problem}\n{body}\n{written}\n{html}"));
            }
        }
        println!("{suite}: {count} cases, {listed} of them listed");
    }
    assert!(failures.is_empty(), "{} cases:\n{}", failures.len(), failures.join("\n----\n"));
}

#[test]
fn every_listed_case_is_there() {
    let listed = DIFFERENCES.iter().flat_map(|(_, _, suites)| suites.iter());
    for (suite, numbers) in listed {
        let (_, file, ..) = SUITES.iter().find(|(name, ..)| name == suite).unwrap();
        let cases = cases(file);
        for number in *numbers {
            assert!(cases.iter().any(|(own, ..)| own == number), "{suite} {number}");
            let reasons = DIFFERENCES.iter().filter(|(_, _, suites)| has(suites, suite, *number));
            assert_eq!(reasons.count(), 1, "{suite} {number}");
        }
    }
}

/// The number, the Markdown and the HTML of each case of a file; of GFM's specification those of
/// its extensions.
fn cases(file: &str) -> Vec<(usize, String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(file);
    let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let own = cases.iter().filter(|case| case["extension_section"] != Value::Bool(false));
    let case = |(at, case): (usize, &Value)| {
        let number = case["example"].as_u64().map_or(at + 1, |number| number as usize);
        let text = |key: &str| case[key].as_str().unwrap().to_owned();
        (number, text("markdown"), text("html"))
    };
    own.enumerate().map(case).collect()
}

fn has(suites: &[(&str, &[usize])], suite: &str, number: usize) -> bool {
    suites.iter().any(|(name, numbers)| *name == suite && numbers.contains(&number))
}

fn difference(suite: &str, number: usize) -> Option<&'static Difference> {
    DIFFERENCES.iter().find(|(_, _, suites)| has(suites, suite, number))
}

/// A body as the page gets it: the build makes links of addresses.
fn prepared(suite: &str, body: &str) -> String {
    if suite != "gfm" {
        return body.to_owned();
    }
    let none = |_: &str| None;
    let (site, page) = (SiteFacts::default(), PageFacts::default());
    let context = Context { liquid: false, math: false, site, page, post: &none, file: &none };
    prepare(body, &context).0.markdown
}

/// Compares what was written with what was published.
fn compare(written: &str, html: &str, difference: Option<&Difference>) -> Result<(), String> {
    let (ours, theirs) = (tree::form(written, Reading::Ours), tree::form(html, Reading::Theirs));
    let Some((reason, how, _)) = difference else {
        return if ours == theirs { Ok(()) } else { Err(format!("differs\n{ours}\n{theirs}")) };
    };
    let changed = match how {
        How::Harmless => tree::form(html, Reading::Harmless),
        How::Secure => {
            tree::form(&html.replace("\"http://www.", "\"https://www."), Reading::Theirs)
        }
        How::Otherwise => ours.clone(),
    };
    match (ours == theirs, ours == changed) {
        (true, _) => Err(format!("no longer differs, though {reason}")),
        (_, false) => Err(format!("differs otherwise than `{reason}`\n{ours}\n{changed}")),
        _ => Ok(()),
    }
}
