//! Which list names which file.

use super::*;

fn entry(path: &str, set: Set, doc: Option<&str>) -> (String, Entry) {
    let (doc, needs) = (doc.map(str::to_owned), Vec::new());
    let entry = Entry {
        sha256: sha256(path.as_bytes()),
        size: 1,
        media_type: "t",
        set,
        doc,
        text: None,
        needs,
    };
    (path.to_owned(), entry)
}

/// A blog of so many posts, of which the first is fetched ahead.
fn blog(posts: usize) -> BTreeMap<String, Entry> {
    let mut entries: BTreeMap<_, _> = [entry("shell.html", Set::Core, None)].into();
    for n in 0..posts {
        let set = if n == 0 { Set::Ahead } else { Set::Demand };
        let (id, data) = (format!("posts/{n}/"), format!("data/posts/{n}"));
        let data = hashed_name(&data, data.as_bytes(), "json");
        entries.extend([
            entry(&data, set, Some(&id)),
            entry(&format!("{id}index.html"), Set::Demand, None),
        ]);
    }
    entries.extend((2..9).map(|n| entry(&format!("page/{n}/index.html"), Set::Demand, None)));
    entries
}

/// Files are their own paths, as their hashes say.
fn files() -> Files {
    blog(1000).into_keys().map(|path| (path.clone(), path.into_bytes())).collect()
}

#[test]
fn a_small_blog_has_no_lists() {
    let (named, lists) = split(blog(60), &files()).unwrap();
    assert_eq!((named.len(), lists.of.len(), lists.files.len()), (128, 0, 1));
    assert_eq!(lists.bundles.len(), 1);
}

#[test]
fn bundles_hold_documents_in_the_order_of_their_list() {
    let (_, lists) = split(blog(1000), &files()).unwrap();
    let mut documents = 0;
    for json in lists.files.iter().filter(|(path, _)| path.contains("list")).map(|(_, json)| json) {
        let list: serde_json::Value = serde_json::from_slice(json).unwrap();
        let Some(bundle) = list["bundles"].get(0) else { continue };
        let bytes = &lists.files[bundle["path"].as_str().unwrap()];
        assert_eq!(bundle["sha256"], sha256(bytes));
        let mut at = 1;
        for (short, entry) in list["files"].as_object().unwrap() {
            let hash = entry["sha256"].as_str().unwrap();
            let size = whole(short, hash).len();
            if entry["doc"].is_null() {
                continue;
            }
            assert_eq!(sha256(&bytes[at..at + size]), hash, "{short}");
            at += size + 1;
            documents += 1;
        }
        assert_eq!((at, bytes[0], bytes[at - 1]), (bytes.len(), b'[', b']'));
    }
    assert_eq!(documents, 999, "all but the one that the manifest names");
}

#[test]
fn every_file_is_in_the_manifest_or_in_the_list_that_its_path_leads_to() {
    let all = blog(1000);
    let (named, lists) = split(all.clone(), &files()).unwrap();
    assert_eq!(named.len(), 3, "the shell, the newest post and its page");
    assert_eq!(lists.endings.iter().collect::<Vec<_>>(), ["html", "json"]);
    let starts: Vec<(&str, usize)> =
        lists.of.iter().map(|(start, of)| (*start, of.len())).collect();
    assert_eq!(starts, [("page/", 1), ("", 16)]);
    for (path, entry) in all.iter().filter(|(path, _)| !named.contains_key(*path)) {
        let (_, of) = lists.of.iter().find(|(start, _)| path.starts_with(start)).unwrap();
        for key in [Some(path), entry.doc.as_ref()].into_iter().flatten() {
            let (hash, size) = &of[fnv(subject(key)) as usize % of.len()];
            let json = &lists.files[&super::path(hash)];
            assert_eq!((sha256(json), json.len()), (hash.clone(), *size));
            let list: serde_json::Value = serde_json::from_slice(json).unwrap();
            let found = &list["files"][shortened(path, &entry.sha256)];
            assert_eq!(found["sha256"], entry.sha256, "{key}");
        }
    }
}

#[test]
fn a_changed_post_changes_one_list() {
    let before = split(blog(1000), &files()).unwrap().1;
    let mut changed = blog(1000);
    changed.get_mut("posts/7/index.html").unwrap().size = 2;
    let after = split(changed, &files()).unwrap().1;
    assert_eq!(after.files.keys().filter(|path| !before.files.contains_key(*path)).count(), 1);
}

#[test]
fn the_worker_finds_the_same_subjects() {
    for (path, want) in [
        ("posts/云/", "posts/云"),
        ("posts/云/index.html", "posts/云"),
        ("data/posts/云-0123456789abcdef.json", "posts/云"),
        ("2019/old.html", "2019/old"),
        ("data/2019/old-0123456789abcdef.json", "2019/old"),
        ("posts/v1.2/", "posts/v1.2"),
        ("images/a b.svg", "images/a b"),
        ("LICENSE", "LICENSE"),
    ] {
        assert_eq!(subject(path), want, "{path}");
    }
    assert_eq!((fnv(""), fnv("a"), fnv("云")), (0x811C_9DC5, 0xE40C_292C, 0x9460_AD3C));
}

#[test]
fn names_are_shortened_and_back() {
    let hash = sha256(b"x");
    let path = hashed_name("data/posts/a", b"x", "json");
    assert_eq!(shortened(&path, &hash), "data/posts/a-//.json");
    assert_eq!(whole("data/posts/a-//.json", &hash), path);
    assert_eq!(whole(&shortened("a.svg", &hash), &hash), "a.svg");
}
