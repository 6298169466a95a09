use super::*;
use crate::model::{Parts, SCHEMA};

/// A blog of twenty posts whose lists come eight at a time.
fn known() -> Known {
    let parts = Parts {
        size: 8,
        entries: "000000000a000000000b000000000c".to_owned(),
        paths: "000000000d".to_owned(),
        facets: "data/facets-0.bin".to_owned(),
    };
    Known::new(Catalogue { schema: SCHEMA, total: 20, parts: Some(parts), ..Catalogue::default() })
}

fn entries(ids: std::ops::Range<u32>) -> Vec<u8> {
    let post = |id: u32| {
        format!(
            r#"{{"id":{id},"path":"posts/{id}/","title":"{id}","date":"2026-01-01",
                "excerpt":"","minutes":1,"data":"data/{id}.json"}}"#
        )
    };
    let posts: Vec<String> = ids.map(post).collect();
    format!(r#"{{"schema":{SCHEMA},"posts":[{}]}}"#, posts.join(",")).into_bytes()
}

#[test]
fn what_has_not_come_is_asked_for_by_its_part() {
    let mut known = known();
    assert_eq!(known.entry(17), Err(Part::Entries(2)));
    known.add(&Part::Entries(2), &entries(16..20)).unwrap();
    assert_eq!(known.entry(17).unwrap().title, "17");
    assert_eq!(known.address("posts/17"), Address::Document("data/17.json".to_owned()));
    assert_eq!(known.title("posts/17/"), Some("17"));
    assert_eq!(known.address("posts/3/"), Address::Unknown(Part::Paths(0)));
    let paths = r#"{"schema":2,"posts":[["posts/3/","data/3.json"]],"redirects":[["o/","n/"]]}"#;
    known.add(&Part::Paths(0), paths.as_bytes()).unwrap();
    assert_eq!(known.address("posts/3.html"), Address::Document("data/3.json".to_owned()));
    assert_eq!(known.address("o"), Address::Moved("n/".to_owned()));
    assert_eq!(known.address("none/"), Address::Nothing);
}

#[test]
fn a_part_of_another_release_is_refused() {
    let mut known = known();
    let mut check = |part: Part, bytes: &[u8]| {
        assert!(known.add(&part, bytes).is_err(), "{part:?}");
    };
    check(Part::Entries(0), &entries(0..0));
    check(Part::Entries(0), &entries(0..7));
    check(Part::Entries(0), &entries(8..16));
    check(Part::Entries(2), &entries(16..24));
    check(Part::Entries(u32::MAX), &entries(0..8));
    check(Part::Entries(0), b"<!doctype html>");
    check(Part::Facets, &Facets::default().write());
    check(Part::Facets, b"");
    check(Part::Index, b"");
    check(Part::Shard(0), b"\0");
}

#[test]
fn a_snippet_does_not_wait_for_what_did_not_come() {
    let mut known = known();
    let (lost, there) = ("data/1.json", "data/2.json");
    known.add_document(there, Arc::new(Document::default()));
    for data in [lost, there] {
        known.give_up(&Part::Document(data.to_owned()));
    }
    assert!(known.is_missing(lost) && !known.is_missing(there));
}
