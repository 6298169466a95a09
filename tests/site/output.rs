//! What is written: all of it or nothing, the same bytes for the same input, and each under its name.

use inkstone::site;

use crate::support::{CONFIG, Folder, GOOD, png, post};

#[test]
fn every_bad_post_is_named_in_one_run_and_the_old_site_stays() {
    let folder = Folder::new(&[("2026-01-01-good.md", GOOD)]);
    assert!(folder.build().0.ends_with("0 errors, 0 warnings"));
    let before = folder.output();
    folder.write("posts/2026-01-02-open.md", b"---\ntitle: x\n");
    folder.write("posts/2026-01-03-date.md", b"---\ntitle: x\ndate: 2026-02-30\n---\nx\n");
    folder.write("posts/2026-01-04-yaml.md", b"---\ntitle: \"x\ntags: [a\n---\nx\n");
    folder.write("posts/2026-01-05-latin.md", b"---\ntitle: caf\xe9\n---\nx\n");
    folder.write(
        "posts/2026-01-06-good.md",
        &String::from_utf8_lossy(GOOD).replace("好", "好好").into_bytes(),
    );
    folder.write("posts/2026-01-07-image.md", b"---\ntitle: x\n---\n\n![a](/no.png)\n");
    let (report, release) = folder.build();
    let expected = [
        "posts/2026-01-01-good.md:1:1: error: the address /posts/good/ is taken by",
        "posts/2026-01-02-open.md:1:1: error: the front matter that opens here is never closed",
        "posts/2026-01-03-date.md:3:7: error: there is no 2026-02-30",
        "posts/2026-01-04-yaml.md:",
        "posts/2026-01-05-latin.md:2:11: error: not UTF-8: byte 14 is 0xe9",
        "posts/2026-01-07-image.md:5:1: error: there is no image `/no.png`",
        "6 errors, 0 warnings",
    ];
    let mut rest = report.as_str();
    for want in expected {
        let at = rest.find(want).unwrap_or_else(|| panic!("{want}, in this order, in\n{report}"));
        rest = &rest[at + want.len()..];
    }
    assert_eq!(release, "");
    assert_eq!(folder.output(), before, "nothing of the old site was touched");
}

#[test]
fn the_same_input_gives_the_same_bytes_and_line_ends_do_not_matter() {
    let windows = String::from_utf8_lossy(GOOD).replace('\n', "\r\n");
    let (a, b) = (
        Folder::new(&[("2026-01-01-a.md", GOOD), ("2026-01-02-b.md", GOOD)]),
        Folder::new(&[
            ("2026-01-02-b.md", format!("\u{FEFF}{windows}").as_bytes()),
            ("2026-01-01-a.md", windows.as_bytes()),
        ]),
    );
    assert_eq!(a.build().1, b.build().1);
    assert_eq!(a.output(), b.output());
}

#[test]
fn a_release_that_is_built_again_keeps_its_number_and_another_gets_a_new_one() {
    let folder = Folder::new(&[("2026-01-01-a.md", GOOD)]);
    let build = |number| {
        folder.build_with(&site::Options { number, ..folder.options() });
        let current = folder.output()["release.json"].clone();
        let current: serde_json::Value = serde_json::from_slice(&current).unwrap();
        let worker = folder.text("sw.js");
        assert!(worker.contains(&format!("\"number\":{}", current["number"])), "{worker:.200}");
        current["number"].as_u64().unwrap()
    };
    assert_eq!(build(Some(5)), 5);
    let first = folder.output();
    assert_eq!(build(None), 5);
    assert_eq!(folder.output(), first);
    folder.write("posts/2026-01-01-a.md", &[GOOD, "改过。\n".as_bytes()].concat());
    assert_eq!(build(Some(4)), 4, "also where it is less: the author's clock may be wrong");
}

#[test]
fn the_order_in_which_files_come_changes_nothing() {
    let posts: Vec<(String, Vec<u8>)> = (1..=20)
        .map(|n| {
            (
                format!("2026-01-{n:02}-p{n}.md"),
                post(&format!("title: t{n}\ntags: [a{}, b]", n % 3), "正文 [x](/posts/p1/)"),
            )
        })
        .collect();
    let mut shuffled: Vec<(&str, &[u8])> =
        posts.iter().map(|(name, text)| (&**name, &**text)).collect();
    let first = Folder::new(&shuffled);
    shuffled.reverse();
    shuffled.rotate_left(7);
    let second = Folder::new(&shuffled);
    assert_eq!(first.build().1, second.build().1);
    assert_eq!(first.output(), second.output());
}

#[test]
fn a_changed_post_changes_its_own_data_and_the_release() {
    let folder = Folder::new(&[("2026-01-01-a.md", GOOD), ("2026-01-02-b.md", GOOD)]);
    let (_, first) = folder.build();
    let data = |folder: &Folder| -> Vec<String> {
        folder.output().into_keys().filter(|path| path.starts_with("data/posts/")).collect()
    };
    let before = data(&folder);
    folder.write("posts/2026-01-01-a.md", &[GOOD, "改过。\n".as_bytes()].concat());
    let (_, second) = folder.build();
    assert_ne!(first, second);
    let after = data(&folder);
    assert_eq!(before.iter().filter(|path| after.contains(path)).count(), before.len() / 2);
}

#[test]
fn the_release_manifest_names_every_file_as_it_is() {
    let folder = Folder::new(&[("2026-01-01-a.md", GOOD)]);
    let (_, release) = folder.build();
    let output = folder.output();
    let manifest =
        output.keys().find(|path| path.starts_with("release-") && path.ends_with(".json"));
    let manifest: serde_json::Value = serde_json::from_slice(&output[manifest.unwrap()]).unwrap();
    assert_eq!(manifest["release"], release);
    let files = manifest["files"].as_object().unwrap();
    let unlisted = |path: &str| {
        path.ends_with(".br")
            || path.ends_with(".gz")
            || path.starts_with("release-")
            || path.starts_with("others-")
            || path.starts_with("data/bundle-")
            || ["sw.js", "_headers", ".nojekyll"].contains(&path)
    };
    let others = manifest["others"]["path"].as_str().unwrap();
    assert_eq!(manifest["others"]["sha256"], site::file::sha256(&output[others]));
    let others: serde_json::Value = serde_json::from_slice(&output[others]).unwrap();
    let others = others["files"].as_object().unwrap();
    for (path, bytes) in output.iter().filter(|(path, _)| !unlisted(path)) {
        let entry = files.get(path).unwrap_or_else(|| &others[path]);
        assert_eq!(entry["sha256"], site::file::sha256(bytes), "{path}");
        assert_eq!(entry["size"], bytes.len(), "{path}");
        let own = site::file::own_type(path).unwrap_or_else(|| site::content_type(path));
        assert_eq!(entry["type"], own, "{path}");
    }
    let listed = files.len() + others.len();
    assert_eq!(listed, output.keys().filter(|path| !unlisted(path)).count());
    for path in ["feed.xml", "rss.xml", "feed.json", "sitemap.xml", "robots.txt"] {
        assert!(others.contains_key(path) && !files.contains_key(path), "{path}");
    }
    let bundles = manifest["bundles"].as_array().map_or(&[][..], Vec::as_slice);
    for bundle in bundles {
        let bytes = &output[bundle["path"].as_str().unwrap()];
        assert_eq!(bundle["sha256"], site::file::sha256(bytes));
        assert_eq!(bundle["size"], bytes.len());
    }
    let is_bundle = |path: &&String| {
        path.starts_with("data/bundle-") && (path.ends_with(".json") || path.ends_with(".bin"))
    };
    assert_eq!(bundles.len(), output.keys().filter(is_bundle).count());
    let current: serde_json::Value = serde_json::from_slice(&output["release.json"]).unwrap();
    assert_eq!(current["release"], release);
    assert_eq!(current["number"], 1_700_000_000);
    assert!(output.contains_key(current["catalogue"].as_str().unwrap()));
}

#[test]
fn a_page_changes_only_where_what_it_shows_does() {
    let posts: Vec<(String, Vec<u8>)> = (1..=9)
        .map(|n| (format!("2026-01-0{n}-p{n}.md"), post(&format!("title: t{n}"), "正文")))
        .collect();
    let posts: Vec<(&str, &[u8])> = posts.iter().map(|(name, text)| (&**name, &**text)).collect();
    let folder = Folder::new(&posts);
    folder.build();
    let before = folder.output();
    folder.write("posts/2026-01-05-p5.md", &post("title: t5", "正文\n\n又一段"));
    folder.build();
    let after = folder.output();
    let is_page = |path: &&String| path.ends_with(".html");
    let changed = after.keys().filter(is_page).filter(|path| before.get(*path) != after.get(*path));
    assert_eq!(changed.collect::<Vec<_>>(), ["posts/p5/index.html"]);
}

#[test]
fn the_hashed_files_of_the_release_before_can_be_kept_for_one_more() {
    let folder = Folder::new(&[("2026-01-01-a.md", GOOD)]);
    folder.build();
    let hashed = |folder: &Folder| -> Vec<String> {
        let output = folder.output().into_keys();
        output.filter(|path| site::is_hashed(path)).collect()
    };
    let first = hashed(&folder);
    let keep = || {
        let previous = Some(folder.out());
        folder.build_with(&site::Options { previous, ..folder.options() })
    };
    folder.write("posts/2026-01-01-a.md", &[GOOD, "改过。\n".as_bytes()].concat());
    keep();
    let second = hashed(&folder);
    assert!(first.iter().all(|path| second.contains(path)), "{first:?} {second:?}");
    keep();
    assert_eq!(hashed(&folder), second, "the same release once more");
    folder.write("posts/2026-01-01-a.md", &[GOOD, "又改过。\n".as_bytes()].concat());
    keep();
    let third = hashed(&folder);
    assert!(first.iter().any(|path| !third.contains(path)), "those before are gone");
}

#[test]
fn screenshots_are_for_the_browsers_own_dialog() {
    let folder = Folder::new(&[("2026-01-01-a.md", GOOD)]);
    let picture = png(390, 844);
    folder.write("public/screenshots/1 home.png", &picture);
    folder.write("public/screenshots/2 broken.png", b"no picture");
    let (told, _) = folder.build();
    assert!(told.contains("2 broken.png:1:1: warning: no browser shows this screenshot"), "{told}");
    let manifest: serde_json::Value =
        serde_json::from_str(&folder.text("manifest.webmanifest")).unwrap();
    let entry = serde_json::json!([{
        "src": "/screenshots/1%20home.png", "sizes": "390x844", "type": "image/png",
        "form_factor": "narrow", "label": "home",
    }]);
    assert_eq!(manifest["screenshots"], entry);
    let output = folder.output();
    assert_eq!(output["screenshots/1 home.png"], picture);
    let release =
        output.keys().find(|path| path.starts_with("release-") && path.ends_with(".json"));
    let release = folder.text(release.unwrap());
    assert!(!release.contains("1 home.png"), "the worker need not know it");
}

#[test]
fn the_base_reaches_every_url() {
    let folder = Folder::new(&[("2026-01-01-a.md", GOOD)]);
    folder.write("inkstone.toml", format!("{CONFIG}url = \"https://a.example/sub\"\n").as_bytes());
    folder.build();
    let page = folder.text("posts/a/index.html");
    for attribute in ["href=\"/", "src=\"/", "data-wasm=\"/", "data-module=\"/"] {
        for (at, _) in page.match_indices(attribute) {
            let url = &page[at + attribute.len() - 1..];
            assert!(url.starts_with("/sub/"), "{}", &url[..40.min(url.len())]);
        }
    }
    assert!(page.contains("<link rel=\"canonical\" href=\"https://a.example/sub/posts/a/\">"));
    assert!(folder.text("manifest.webmanifest").contains("\"scope\": \"/sub/\""));
}
