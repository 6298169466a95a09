use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

type Terms = BTreeMap<String, BTreeMap<u32, u8>>;

fn written(terms: &Terms, id_bits: u8) -> Vec<u8> {
    let mut writer = ShardWriter::new(id_bits);
    for (term, posts) in terms {
        let postings = Postings {
            ids: posts.keys().copied().collect(),
            classes: posts.values().copied().collect(),
        };
        writer.push(&term.chars().collect::<Vec<_>>(), &postings);
    }
    writer.finish()
}

fn range(shard: &Shard, from: &str, to: &str) -> Terms {
    let mut terms = Terms::new();
    let mut add = |term: &[char], postings: Postings| {
        let posts = postings.ids.into_iter().zip(postings.classes).collect();
        assert_eq!(terms.insert(term.iter().collect(), posts), None);
    };
    shard.range(from, to, &mut add).unwrap();
    terms
}

fn terms() -> impl Strategy<Value = Terms> {
    let posts = prop::collection::btree_map(0u32..1000, 0u8..4, 1..9);
    let term = prop_oneof!["[a-c0-9*]{1,5}", "[一-三云原生]{1,2}", "\\PC{1,4}"];
    prop::collection::btree_map(term, posts, 0..40)
}

#[test]
fn a_rare_pair_takes_few_bytes() {
    let check = |terms: &[&str], bytes: usize| {
        let terms =
            terms.iter().map(|term| (term.to_string(), BTreeMap::from([(9_999, 0)]))).collect();
        assert_eq!(written(&terms, 14).len() - 3, bytes, "{terms:?}");
    };
    check(&["云"], 6);
    check(&["云", "云原"], 12);
    check(&["云", "云原", "云生"], 17);
    check(&["云", "云原", "云厠"], 15);
}

#[test]
fn files_of_another_kind_are_refused() {
    let check = |file: &[u8], want: &'static str| {
        assert_eq!(Shard::read(file).map(|_| ()), Err(Broken(want)), "{file:?}");
    };
    check(b"", "a byte");
    check(b"<!doctype html>", "a shard of this version");
    check(&[VERSION, 21, 0], "smaller ids");
    check(&[VERSION, 20, 1], "more bits");
    check(&[VERSION, 20, 0, 0], "the end");
    check(&[VERSION, 20, 1, 0b1000_0000], "a shorter beginning");
    let file = written(&Terms::from([("云".into(), BTreeMap::from([(7, 3)]))]), 10);
    assert!(Shard::read(&file).is_ok());
    for end in 0..file.len() {
        assert!(Shard::read(&file[..end]).is_err(), "{end}");
    }
}

proptest! {
    #[test]
    fn all_is_read_as_it_was_written(
        terms in terms(), from in "[a-c0-9*云一]{0,3}", to in "[a-c0-9*云一]{1,3}"
    ) {
        let shard = Shard::read(&written(&terms, 10)).unwrap();
        prop_assert_eq!(&range(&shard, "", "\u{10FFFF}\u{10FFFF}\u{10FFFF}\u{10FFFF}"), &terms);
        let mut within = terms;
        within.retain(|term, _| *from <= **term && **term <= *to);
        prop_assert_eq!(range(&shard, &from, &to), within);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn broken_files_are_refused_or_read(
        terms in terms(), at: prop::sample::Index, bit in 0..8, cut: prop::sample::Index
    ) {
        let mut file = written(&terms, 10);
        let at = at.index(file.len());
        file[at] ^= 1u8 << bit;
        file.truncate(cut.index(file.len() * 2) + 1);
        if let Ok(shard) = Shard::read(&file) {
            range(&shard, "", "\u{10FFFF}");
        }
    }

    #[test]
    fn any_bytes_are_refused_or_read(
        id_bits in 0u8..22, rest in prop::collection::vec(any::<u8>(), 0..200)
    ) {
        let file = [vec![VERSION, id_bits], rest].concat();
        if let Ok(shard) = Shard::read(&file) {
            range(&shard, "", "\u{10FFFF}");
        }
    }
}
