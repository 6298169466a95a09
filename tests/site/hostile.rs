//! Bodies that are written to make a page without end: what they become is bounded by their
//! length, and they are done with at once (rows 28 and 29 of the bad inputs). The times are
//! printed, `cargo test --test site hostile -- --nocapture` shows them.

use std::time::Instant;

use inkstone::markdown::{self, Article, Definition, FREE_PARTS, MAX_DEPTH, Node, PARTS_PER_BYTE};

use crate::support::{Folder, check_report, post};

/// All nodes below some, items and cells counted as nodes, and how deep they nest.
fn measure(nodes: &[Node]) -> (usize, usize) {
    let lists: Vec<&[Node]> = nodes.iter().flat_map(inside).collect();
    let below = lists.into_iter().map(measure);
    let (count, depth) =
        below.fold((0, 0), |(count, depth), (more, deep)| (count + 1 + more, depth.max(deep)));
    (nodes.len() + count, depth + 1)
}

/// The lists of nodes directly inside a node.
fn inside(node: &Node) -> Vec<&[Node]> {
    match node {
        Node::List { items, .. } => items.iter().map(|item| &*item.children).collect(),
        Node::Table { head, rows, .. } => {
            head.iter().chain(rows.iter().flatten()).map(Vec::as_slice).collect()
        }
        Node::Definitions(list) => list
            .iter()
            .map(|(Definition::Term(children) | Definition::Detail(children))| &**children)
            .collect(),
        node => vec![node.children()],
    }
}

/// Reads a body and compares what it becomes with its length.
fn check(name: &str, body: &str) -> Article {
    let start = Instant::now();
    let article = markdown::parse(body, "", "zh");
    let took = start.elapsed();
    let (mut count, depth) = measure(&article.nodes);
    count += article.footnotes.iter().map(|note| 1 + measure(&note.children).0).sum::<usize>();
    let text = article.text().len();
    println!("{name}: {} bytes, {count} nodes, {depth} deep, {took:?}", body.len());
    let most = FREE_PARTS + PARTS_PER_BYTE * body.len();
    assert!(count <= 2 * most, "{name}: {count} nodes");
    assert!(depth <= MAX_DEPTH + 3, "{name}: {depth} deep");
    assert!(text <= 3 * most, "{name}: {text} bytes of text");
    assert!(format!("{article:?}").len() <= 100 * most, "{name}");
    article
}

#[test]
fn runs_of_signs_stay_small() {
    for sign in [
        ">",
        "> ",
        "[",
        "]",
        "*",
        "**",
        "![",
        "_",
        "`",
        "``` ",
        "<",
        "<a ",
        "<!--",
        "~",
        "~~",
        "^",
        ":::",
        "|",
        "|-",
        "&",
        "&#",
        "\\",
        "# ",
        "- ",
        "1. ",
        ": ",
        "[^",
        "[^a",
        "[a](",
        "![a](",
        "{:",
        "\n>",
        "\n- ",
        "\n\t",
        "a~b^c ",
        "a_*",
        "*a ",
        "(",
        "\"",
        "'",
        "<http://",
        "[x]:",
        "\n[x]: /\n",
        "*[a]: b\n",
    ] {
        check(&format!("{sign:?}"), &sign.repeat(50_000));
    }
}

#[test]
fn nesting_is_lifted_and_refused() {
    let lists: String = (0..1_500).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect();
    let mixed = "> - 1. ".repeat(10_000) + "x";
    let strong: String = "**a ".repeat(20_000) + &" b**".repeat(20_000);
    let links = "[".repeat(20_000) + "a" + &"](b)".repeat(20_000);
    let images = "![".repeat(20_000) + "a" + &"](b)".repeat(20_000);
    for (name, body) in [
        ("lists", lists),
        ("mixed", mixed),
        ("strong", strong),
        ("links", links),
        ("images", images),
    ] {
        check(name, &body);
    }
}

#[test]
fn references_say_no_more_than_the_body() {
    let long = "x".repeat(10_000);
    let url = format!("[a]: /{long} '{long}'\n\n") + &"[a] ".repeat(20_000);
    check("20,000 links by a long definition", &url);
    check("20,000 images by a long definition", &url.replace("[a] ", "![a] "));
    let notes = "[^a] ".repeat(20_000) + "\n\n[^a]: " + &long;
    check("20,000 references to a footnote", &notes);
    let notes: String = (0..20_000).map(|n| format!("[^{n}]\n\n[^{n}]: note {n}\n\n")).collect();
    check("20,000 footnotes", &notes);
    let words: String = (0..20_000).map(|n| format!("*[W{n}]: meaning {n}\n")).collect();
    check("20,000 abbreviations", &format!("{words}\n{}", "W1 W19999 ".repeat(1_000)));
    check(
        "an abbreviation with a long meaning",
        &format!("*[W]: {long}\n\n{}", "W ".repeat(20_000)),
    );
}

#[test]
fn tables_get_no_cells_without_end() {
    let row = |cell: &str, count: usize| format!("{}|\n", format!("|{cell}").repeat(count));
    let table = |rows: usize| row("a", 5_000) + &row("-", 5_000) + &"|x\n".repeat(rows);
    assert_eq!(check("5,000 columns, 2 rows", &table(2)).cut, None);
    assert!(check("5,000 columns, 2,000 rows", &table(2_000)).cut.is_some());
    let whole = row("a", 100) + &row("-", 100) + &row("b", 100).repeat(500);
    assert_eq!(check("a table that is whole", &whole).cut, None);
    let folder = Folder::new(&[("2026-01-01-a.md", &post("title: a", &table(200)))]);
    check_report(&folder, &["error: the text makes far more elements than it has characters"]);
}

#[test]
fn headings_of_one_name_are_told_apart_at_once() {
    let article = check("100,000 headings", &"## a\n".repeat(100_000));
    assert_eq!(article.headings.last().map(|heading| &*heading.id), Some("a-99999"));
    check("100,000 headings of two names", &"## a\n## a-1\n".repeat(50_000));
}

#[test]
fn whole_posts_of_such_bodies_are_checked() {
    let links = "[x](/nowhere/) ".repeat(40_000);
    let images = "![x](nowhere.png) ".repeat(40_000);
    let liquid = "{{ nothing }} ".repeat(40_000);
    let spans = "`<!--x-->` ".repeat(20_000);
    let keys: String = (0..20_000).map(|n| format!("key{n}: x\n")).collect();
    let more = "more than 200 problems of one kind";
    for (name, yaml, body, said) in [
        ("40,000 broken links", "title: a", &*links, more),
        ("40,000 missing images", "title: a", &images, more),
        ("40,000 outputs of Liquid", "title: a", &liquid, more),
        (
            "20,000 separators in code",
            "title: a\nexcerpt_separator: <!--x-->",
            &spans,
            "0 warnings",
        ),
        ("20,000 keys", &keys, "x", "more than 10000 keys"),
    ] {
        let folder = Folder::new(&[("2026-01-01-a.md", &post(yaml.trim_end(), body))]);
        let start = Instant::now();
        let report = folder.check(&folder.options());
        println!("{name}: {:?}, {} bytes of report", start.elapsed(), report.len());
        assert!(report.contains("1 file read") && report.contains(said), "{name}");
        assert!(report.len() < 200_000, "{name}: {} bytes", report.len());
    }
}
