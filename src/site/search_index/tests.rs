use super::*;
use crate::search::postings::Postings;
use crate::search::{Broken, Directory, Query, Shard};
use proptest::prelude::*;

fn build(sources: &[Source]) -> Built {
    super::build(sources, &Memo::default())
}

/// An index in memory, as the browser has it.
struct Loaded {
    directory: Directory,
    shards: Vec<Shard>,
}

impl Loaded {
    fn of(sources: &[Source]) -> Self {
        let built = build(sources);
        let names: Vec<Name> = (0..built.shards.len()).map(|n| [n as u8; 5]).collect();
        let directory = Directory::read(&built.directory(&names)).unwrap();
        let shards = built.shards.iter().map(|file| Shard::read(file).unwrap()).collect();
        Loaded { directory, shards }
    }

    /// The posts that a query finds, best first, with nothing loaded but what it asks for.
    fn find(&self, query: &str) -> Vec<u32> {
        let query = Query::parse(query);
        let needed = self.directory.shards_of(&query);
        let shard = |n| needed.contains(&n).then(|| &self.shards[n as usize]);
        query.run(&self.directory, &shard).unwrap().iter().map(|hit| hit.id).collect()
    }
}

fn section(heading: &str, text: &str) -> Section {
    Section { id: None, heading: heading.into(), text: text.into() }
}

/// Posts of texts alone.
fn of_texts(texts: &[&str]) -> Loaded {
    let sections: Vec<_> = texts.iter().map(|text| [section("", text)]).collect();
    let source = |sections| Source { title: "", tags: Vec::new(), sections };
    Loaded::of(&sections.iter().map(|sections| source(sections)).collect::<Vec<_>>())
}

/// A text of so many Han characters of a thousand, without repeating itself soon.
fn text(seed: u32, length: usize) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        char::from_u32(0x4E00 + state % 1000).unwrap()
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn every_spelling_is_found() {
    let loaded = of_texts(&[
        "我们用Kubernetes管理云原生集群。",
        "Café と ｶﾞｷﾞ：ＡＩ時代",
        "die Straße in İstanbul",
        "한국어를 배우다, ภาษาไทย",
    ]);
    let check = |query: &str, want: &[u32]| assert_eq!(loaded.find(query), want, "{query}");
    check("云原生", &[0]);
    check("群", &[0]);
    check("我", &[0]);
    check("kube", &[0]);
    check("K", &[0]);
    check("kubernetes管理", &[0]);
    check("bernetes", &[]);
    check("原云", &[]);
    check("cafe", &[1]);
    check("CAFÉ", &[1]);
    check("ガギ", &[1]);
    check("ai", &[1]);
    check("AI時", &[1]);
    check("strass", &[2]);
    check("istanbul", &[2]);
    check("어를", &[3]);
    check("ไท", &[3]);
    check("云 cafe", &[]);
    check("", &[]);
    check("！", &[]);
}

#[test]
fn stronger_places_come_first_then_fresher_posts() {
    let bodies = [
        [section("", "云原生")],
        [section("", "云原生 云原生 云原生")],
        [section("云原生", "")],
        [section("", "")],
        [section("", "")],
        [section("", "云原生")],
        [section("", "无关")],
    ];
    let sources: Vec<_> = (0..)
        .zip(&bodies)
        .map(|(id, sections)| Source {
            title: if id == 3 { "云原生" } else { "" },
            tags: if id == 4 { vec!["go", "云原生"] } else { Vec::new() },
            sections,
        })
        .collect();
    assert_eq!(Loaded::of(&sources).find("云原生"), [4, 3, 2, 1, 5, 0]);
    assert_eq!(Loaded::of(&sources).find("云原生 go"), [4]);
}

#[test]
fn a_word_as_typed_comes_before_longer_words() {
    let loaded = of_texts(&["go", "golang", "google", "goal"]);
    assert_eq!(loaded.find("go"), [0, 3, 2, 1]);
    assert_eq!(loaded.find("g"), [3, 2, 1, 0]);
    let loaded = of_texts(&["serve", "server", "service"]);
    assert_eq!(loaded.find("serve"), [0, 1]);
}

#[test]
fn the_rarer_piece_weighs_more() {
    let loaded = of_texts(&["甲 乙 乙 乙", "甲 甲 甲 乙", "甲", "甲", "甲", "甲", "甲", "甲"]);
    assert_eq!(loaded.find("甲 乙"), [0, 1]);
}

#[test]
fn small_blogs_have_no_shards() {
    let small = text(1, 2_000);
    let loaded = of_texts(&[&small, "生"]);
    assert!(loaded.shards.is_empty());
    assert_eq!(loaded.find("生"), [1]);
    let large = text(1, 50_000);
    assert!(of_texts(&[&large]).shards.len() > 1);
    assert!(of_texts(&[]).find("云").is_empty());
}

#[test]
fn a_missing_shard_and_an_unknown_post_are_errors() {
    let mut writer = ShardWriter::new(3);
    writer.push(&['云'], &Postings { ids: vec![4], classes: vec![0] });
    let shard = Shard::read(&writer.finish()).unwrap();
    let query = Query::parse("云");
    let check = |posts: u32, shard: Option<&Shard>, want: Result<usize, Broken>| {
        let file = directory::write(posts, &[(Vec::new(), [0; 5])]);
        let directory = Directory::read(&file).unwrap();
        assert_eq!(query.run(&directory, &|_| shard).map(|hits| hits.len()), want);
    };
    check(5, Some(&shard), Ok(1));
    check(4, Some(&shard), Err(Broken("posts that exist")));
    check(5, None, Err(Broken("all shards of the query")));
}

#[test]
fn most_shards_outlast_a_new_post() {
    let texts: Vec<_> = (0..60).map(|seed| text(seed, 1_500)).collect();
    let sections: Vec<_> = texts.iter().map(|text| [section("", text)]).collect();
    let sources: Vec<_> =
        sections.iter().map(|sections| Source { title: "", tags: Vec::new(), sections }).collect();
    let before = build(&sources);
    let short = [section("", "云原生")];
    let new = Source { title: "", tags: Vec::new(), sections: &short };
    let after = build(&[sources, vec![new]].concat());
    let same = after.shards.iter().filter(|shard| before.shards.contains(shard)).count();
    assert!(before.shards.len() > 10);
    assert!(same + 6 >= after.shards.len(), "{same} of {}", after.shards.len());
}

/// A text with words of two characters, few of which are most of it, as of a language.
fn natural_text(seed: u32, length: usize) -> String {
    let chars: Vec<char> = text(seed, 2 * length).chars().collect();
    let numbers = chars.chunks_exact(2).map(|pair| (pair[0] as u32 - 0x4E00, pair[1] as u32));
    // A rank below a power of two that is itself at random: each is as likely as twice the next.
    let rank = |(of_power, number): (u32, u32)| (number - 0x4E00) * 4 % (1 << (of_power % 13));
    numbers
        .take(length / 2)
        .flat_map(|number| text(rank(number) + 7, 2).chars().collect::<Vec<_>>())
        .collect()
}

#[test]
fn a_query_of_four_characters_fetches_20_kb_at_most() {
    let texts: Vec<_> = (0..1_000).map(|seed| natural_text(seed, 1_500)).collect();
    let sections: Vec<_> = texts.iter().map(|text| [section("", text)]).collect();
    let sources: Vec<_> =
        sections.iter().map(|sections| Source { title: "", tags: Vec::new(), sections }).collect();
    let built = build(&sources);
    let file = built.directory(&vec![[7; 5]; built.shards.len()]);
    let directory = Directory::read(&file).unwrap();
    for text in &texts {
        let query = Query::parse(&text.chars().skip(700).take(4).collect::<String>());
        let needed = directory.shards_of(&query);
        let sizes = needed.iter().map(|shard| built.shards[*shard as usize].len());
        let fetched = file.len() + sizes.sum::<usize>();
        assert!(!needed.is_empty() && fetched < 20_000, "{fetched}");
    }
}

#[test]
fn the_same_posts_give_the_same_bytes() {
    let texts: Vec<_> = (0..30).map(|seed| text(seed, 900) + " alpha beta gamma").collect();
    let sections: Vec<_> = texts.iter().map(|text| [section("", text)]).collect();
    let sources: Vec<_> =
        sections.iter().map(|sections| Source { title: "", tags: Vec::new(), sections }).collect();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(build(&sources), one.install(|| build(&sources)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_broken_index_answers_or_is_refused(
        at: prop::sample::Index, bit in 0..8, cut: prop::sample::Index
    ) {
        let sections = [section("云", "云原生 kubernetes 集群"), section("", "go 云原生 kube")];
        let post = |n| Source { title: "云原", tags: vec!["go"], sections: &sections[n..] };
        let mut file = build(&[post(0), post(1), post(0)]).directory(&[]);
        let at = at.index(file.len());
        file[at] ^= 1u8 << bit;
        file.truncate(cut.index(file.len() * 2) + 1);
        if let Ok(directory) = Directory::read(&file) {
            for query in ["云原生", "k", "kube", "云 go"] {
                if let Ok(hits) = Query::parse(query).run(&directory, &|_| None) {
                    prop_assert!(hits.iter().all(|hit| hit.id < directory.posts()));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_part_of_a_run_finds_its_post(
        seeds in prop::collection::vec(0u32..1 << 30, 1..30), length in 10usize..900
    ) {
        let texts: Vec<_> = seeds.iter().map(|seed| text(*seed, length)).collect();
        let loaded = of_texts(&texts.iter().map(|text| &**text).collect::<Vec<_>>());
        let (id, text) = (0..).zip(&texts).last().unwrap();
        let chars: Vec<_> = text.chars().collect();
        for size in 1..=6 {
            for start in (0..chars.len() - size).step_by(1 + length / 40) {
                let part: String = chars[start..start + size].iter().collect();
                prop_assert!(loaded.find(&part).contains(&id), "{part}");
            }
        }
    }

    #[test]
    fn every_beginning_of_a_word_finds_its_post(
        posts in prop::collection::vec("([a-d0-3é]{1,7} ){1,40}", 1..30)
    ) {
        let loaded = of_texts(&posts.iter().map(|text| &**text).collect::<Vec<_>>());
        for (id, text) in (0..).zip(&posts) {
            for word in text.split(' ') {
                for (end, _) in word.char_indices().skip(1) {
                    prop_assert!(loaded.find(&word[..end]).contains(&id), "{word}");
                }
            }
        }
    }
}
