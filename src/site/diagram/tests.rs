//! The whole way, over the diagrams in `tests/data/diagrams`.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{Drawing, check};
use crate::site::config::Theme;

fn draw(source: &str) -> Result<Drawing, String> {
    super::draw(source, &Theme::default())
}

/// Names and texts of the corpus, in order.
fn corpus() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/diagrams");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 25, "the corpus has only {} diagrams", paths.len());
    let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

fn light(source: &str) -> String {
    String::from_utf8(draw(source).unwrap().light).unwrap()
}

fn check_error(source: &str, want: &str) {
    assert_eq!(draw(source).unwrap_err(), want, "{source}");
}

#[test]
fn every_kind_is_drawn_self_contained_and_twice_the_same() {
    for (name, source) in corpus() {
        let drawing = draw(&source).unwrap_or_else(|error| panic!("{name}: {error}"));
        for svg in [&drawing.light, &drawing.dark] {
            let svg = std::str::from_utf8(svg).unwrap();
            assert_eq!(check::check(svg), Ok(()), "{name}");
            let size = format!(r#"width="{}" height="{}""#, drawing.width, drawing.height);
            assert!(svg.contains(&size), "{name}");
        }
        assert_ne!(drawing.light, drawing.dark, "{name}");
        assert_eq!(draw(&source).as_ref(), Ok(&drawing), "{name} differs when drawn again");
    }
}

#[test]
fn every_chinese_label_is_in_the_picture() {
    let source = "flowchart LR\n甲[开始写作] -->|需要| 乙{要图吗}\nsubgraph 组\n丙[正文]\nend";
    let svg = light(source);
    for label in ["开始写作", "需要", "要图吗", "组", "正文"] {
        assert!(svg.contains(&format!(">{label}<")), "{label} is missing in {svg}");
    }
}

#[test]
fn the_palette_is_the_sites_and_not_the_authors() {
    let source = "%%{init: {'theme': 'forest', 'themeVariables': {'primaryColor': '#00ff00'}}}%%\n";
    let own = light(&format!("{source}flowchart LR\nA-->B"));
    assert_eq!(own, light("flowchart LR\nA-->B"));
    assert!(own.contains("#f1e9dc") && !own.contains("#00ff00"));
}

#[test]
fn colours_of_a_node_stay_and_are_turned_over_for_dark_paper() {
    let drawing = draw("flowchart LR\nA-->B\nstyle A fill:#ffcccc").unwrap();
    assert!(String::from_utf8(drawing.light).unwrap().contains("#ffcccc"));
    assert!(String::from_utf8(drawing.dark).unwrap().contains("#421818"));
}

#[test]
fn a_node_that_links_stands_where_it_would_without() {
    let links = light("flowchart LR\nA-->B\nclick A \"https://example.com/\" \"tip\"");
    assert!(links.contains(r#"transform="translate("#) && !links.contains("example.com"));
    let places = |svg: &str| svg.matches(r#"transform="translate("#).count();
    assert_eq!(places(&links), places(&light("flowchart LR\nA-->B")));
}

#[test]
fn what_an_author_gets_wrong_is_named_with_its_line() {
    check_error(
        "hello",
        "the first line names no kind of diagram; write `flowchart LR`, `sequenceDiagram` or the \
         like",
    );
    check_error("sankey-beta\na,b,1", "diagrams of the kind `sankey` are not drawn");
    let wrong = "flowchart LR\nA-->B\nB --> --> C";
    let error = draw(wrong).unwrap_err();
    assert!(error.starts_with("line 3: unexpected edge operator"), "{error}");
    let error =
        draw(&format!("---\ntitle: 图\nconfig:\n  look: x\n---\n%%{{init:{{}}}}%%\n{wrong}"));
    assert!(error.clone().unwrap_err().starts_with("line 9: "), "{error:?}");
}

#[test]
fn nothing_from_elsewhere_gets_into_a_picture() {
    for source in [
        "flowchart TD\nA[\"<script>alert(1)</script><img src=https://evil.example/x onerror=f()>\"]",
        "flowchart TD\nA@{ img: \"https://evil.example/x.png\", label: \"x\", h: 60, w: 60 }",
        "flowchart TD\nA-->B\nstyle A fill:url(https://evil.example/x)",
        "flowchart TD\nA-->B\nstyle A fill:u\\72l(https://evil.example/x)",
        "flowchart TD\nA-->B\nclick A \"javascript:alert(1)\"",
        "%%{init: {\"themeCSS\": \"@import url(https://evil.example/)\"}}%%\nflowchart TD\nA-->B",
        "sequenceDiagram\nparticipant A\nlink A: x @ https://evil.example/\nA->>A: x",
    ] {
        if let Ok(drawing) = draw(source) {
            for svg in [drawing.light, drawing.dark] {
                let svg = String::from_utf8(svg).unwrap();
                assert!(!svg.contains("evil") && !svg.contains("alert(1)"), "{source}\n{svg}");
            }
        }
    }
}

#[test]
fn too_large_sources_are_refused_at_once() {
    let start = Instant::now();
    check_error(
        &format!("pie\n{}", "x".repeat(50_000)),
        "the diagram has 50004 bytes, the most are 50000; split it",
    );
    check_error(&"\n".repeat(1_001), "the diagram has 1001 lines, the most are 1000; split it");
    check_error(
        &format!("flowchart LR\n{}", "A-->B\n".repeat(501)),
        "the diagram has 501 links, the most are 500; split it",
    );
    for source in [
        format!("flowchart TD\nA{}", "[".repeat(20_000)),
        format!("flowchart TD\n{}", "subgraph x\n".repeat(40)),
        format!("mindmap\n{}", (1..60).map(|n| " ".repeat(n) + "x\n").collect::<String>()),
    ] {
        let error = draw(&source).unwrap_err();
        assert!(error.ends_with("nests deeper than 32 levels"), "{error}");
    }
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[test]
fn costly_layouts_end() {
    let nodes: Vec<String> = (0..500).map(|n| format!("A{n}-->A{}", n * 7 % 500)).collect();
    let error = draw(&format!("flowchart LR\n{}", nodes.join(";"))).unwrap_err();
    assert_eq!(error, "the diagram is too large; split it");
}

#[test]
fn no_damaged_diagram_breaks_the_build() {
    for (name, source) in corpus() {
        let ends: Vec<usize> = source.char_indices().map(|(at, _)| at).collect();
        for part in 1..6 {
            let at = ends[ends.len() * part / 6];
            let next = ends[ends.len() * part / 6 + 3];
            for damaged in [
                source[..at].to_owned(),
                format!("{}{}", &source[..at], &source[next..]),
                format!("{}\"]{{\n{}", &source[..at], &source[at..]),
            ] {
                if let Err(error) = draw(&damaged) {
                    assert!(!error.contains("the renderer failed"), "{name}\n{damaged}");
                    assert!(!error.contains('\n') && !error.is_empty(), "{name}: {error:?}");
                }
            }
        }
    }
}
