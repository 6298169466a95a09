//! What a site ships for reading offline: the page of its state, and the kill switch.

use inkstone::site::{self, verify};
use serde_json::Value;

use crate::support::{CONFIG, Folder, GOOD};

const PAGE: &str = "sw-state/index.html";

fn text(folder: &Folder, path: &str) -> String {
    String::from_utf8(folder.output()[path].clone()).unwrap()
}

/// The start of the worker, which is JSON.
fn worker(folder: &Folder) -> Value {
    let script = text(folder, "sw.js");
    let json = script.strip_prefix("const BUILD = ").unwrap().split_once(";\n").unwrap().0;
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_page_of_the_state_comes_with_the_release_and_needs_no_app() {
    let folder = Folder::new(&[("2026-01-01-a.md", GOOD)]);
    folder.write("inkstone.toml", format!("{CONFIG}url = \"https://a.example/b/\"\n").as_bytes());
    folder.build();
    let output = folder.output();
    let page = text(&folder, PAGE);
    let manifest: Value =
        serde_json::from_slice(&output[worker(&folder)["path"].as_str().unwrap()]).unwrap();
    let core = |path: &str| manifest["files"][path]["set"] == "core";
    assert!(core(PAGE));
    for ending in [".js", ".css"] {
        let own = |path: &&String| path.starts_with("assets/state-") && path.ends_with(ending);
        let path = output.keys().find(own).unwrap();
        assert!(core(path), "{path}");
        assert!(page.contains(&format!("\"/b/{path}\"")), "{path}");
    }
    assert!(page.contains("data-base=\"/b/\"") && page.contains("data-worker=\"on\""));
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!page.contains("id=\"boot\"") && !page.contains(".wasm"), "{page}");
    // The shell can't stand in for it.
    assert_eq!(manifest["files"][PAGE]["needs"], serde_json::json!([PAGE]));
    for path in ["sitemap.xml", "feed.xml", "feed.json", "index.html"] {
        assert!(!text(&folder, path).contains("sw-state"), "{path}");
    }
}

/// A blog whose posts have this many signs each, none like another's; the files of its search index
/// in the release manifest, and those of them that are fetched ahead.
fn search_files(signs: u32) -> (usize, usize) {
    let folder = Folder::new(&[]);
    let mut seed = 1_u32;
    for n in 0..60 {
        let mut sign = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_u32(0x4e00 + (seed >> 8) % 20_000).unwrap()
        };
        let body: String = (0..signs).map(|_| sign()).collect();
        let post = format!("---\ntitle: 第 {n} 篇\n---\n{body}\n");
        folder.write(&format!("posts/2026-01-01-{n}.md"), post.as_bytes());
    }
    folder.build();
    let output = folder.output();
    let manifest: Value =
        serde_json::from_slice(&output[worker(&folder)["path"].as_str().unwrap()]).unwrap();
    let ahead = manifest["files"].as_object().unwrap().iter();
    let ahead =
        ahead.filter(|(path, file)| path.starts_with("data/search/") && file["set"] == "ahead");
    (output.keys().filter(|path| path.starts_with("data/search/")).count(), ahead.count())
}

#[test]
fn lists_and_search_are_fetched_ahead_only_where_they_are_small() {
    let (all, ahead) = search_files(200);
    assert!(all > 0 && ahead == all, "{ahead} of {all}");
    let (all, ahead) = search_files(4_000);
    assert!(all > 0 && ahead == 0, "{ahead} of {all}");
}

#[test]
fn the_page_of_the_state_speaks_the_language_of_the_site() {
    let folder = Folder::new(&[("2026-01-01-a.md", GOOD)]);
    folder.build();
    assert!(text(&folder, PAGE).contains("<h1>离线状态</h1>"));
    folder.write("inkstone.toml", format!("{CONFIG}language = \"en\"\n").as_bytes());
    folder.build();
    assert!(text(&folder, PAGE).contains("<h1>Offline state</h1>"));
}

#[test]
fn the_kill_switch_ships_a_worker_that_removes_itself_and_pages_that_register_none() {
    let folder = Folder::new(&[("2026-01-01-a.md", GOOD)]);
    let (_, serving) = folder.build();
    assert_eq!(worker(&folder)["mode"], "serve");
    assert!(text(&folder, "index.html").contains("data-worker=\"on\""));
    let options = site::Options { remove_worker: true, ..folder.options() };
    let (report, removing) = folder.build_with(&options);
    assert!(report.ends_with("0 errors, 0 warnings"), "{report}");
    assert_ne!(serving, removing);
    assert_eq!(worker(&folder)["mode"], "remove");
    let output = folder.output();
    let pages: Vec<&String> = output.keys().filter(|path| path.ends_with(".html")).collect();
    assert!(pages.len() > 5, "{pages:?}");
    for path in pages {
        assert!(!text(&folder, path).contains("data-worker=\"on\""), "{path}");
    }
    let verdict = verify::folder::check(&output);
    let codes: Vec<&str> = verdict.findings.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["worker-removes"]);
    assert_eq!(verdict.count(verify::finding::Severity::Note), 1, "it is accepted, and said");
}
