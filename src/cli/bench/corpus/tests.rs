use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// Of 50 posts of seed 1.
const CHECKSUM: u64 = 0x9C2F_D6B1_FC62_1E5A;

const LARGE: Corpus = Corpus { seed: 1, posts: 10_000 };

/// The value of a line of the front matter.
fn field<'a>(post: &'a Post, name: &str) -> Option<&'a str> {
    let (front, _) = post.text.strip_prefix("---\n")?.split_once("\n---\n\n")?;
    front.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn list<'a>(post: &'a Post, name: &str) -> Vec<&'a str> {
    let values = field(post, name).unwrap().strip_prefix('[').unwrap().strip_suffix(']').unwrap();
    values.split(", ").collect()
}

/// FNV-1a over names and texts.
fn checksum(corpus: Corpus) -> u64 {
    let posts = corpus.iter().flat_map(|post| (post.file_name + &post.text).into_bytes());
    posts.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    // Changes with the words and the rules; then measurements before and after don't compare.
    assert_eq!(checksum(Corpus { seed: 1, posts: 50 }), CHECKSUM);
    assert_ne!(checksum(Corpus { seed: 2, posts: 50 }), CHECKSUM);
}

#[test]
fn a_post_does_not_depend_on_the_size_of_the_corpus() {
    let (small, large) = (Corpus { seed: 7, posts: 3 }, Corpus { seed: 7, posts: 300 });
    assert_eq!(small.iter().collect::<Vec<_>>(), large.iter().take(3).collect::<Vec<_>>());
    assert_eq!(large.post(299), large.iter().last().unwrap());
}

#[test]
fn files_are_posts_of_jekyll_of_three_to_six_kilobytes() {
    let mut slugs = BTreeSet::new();
    for post in LARGE.iter() {
        let name = &post.file_name;
        assert!((3_072..=6_000).contains(&post.text.len()), "{name}: {}", post.text.len());
        assert!(post.text.ends_with('\n') && !post.text.contains("\n\n\n"), "{name}");
        let (date, slug) = name.strip_suffix(".md").unwrap().split_at(10);
        assert!(("2013-01-01"..="2024-12-31").contains(&date), "{name}");
        assert!(field(&post, "date").unwrap().starts_with(date), "{name}");
        let safe = |c: char| c == '-' || c.is_ascii_lowercase() || c.is_ascii_digit();
        assert!(slug.starts_with('-') && slug.chars().all(safe), "{name}");
        assert!(slugs.insert(slug.to_owned()), "{name}");
    }
}

#[test]
fn front_matter_has_title_tags_and_category() {
    let mut series = 0;
    for post in LARGE.iter() {
        let title = field(&post, "title").unwrap().trim_matches('"');
        let han = title.chars().filter(|c| text::is_han(*c)).count();
        assert!((8..=24).contains(&han) && !title.contains(['"', '*', '`', '\\']), "{title}");
        let tags = list(&post, "tags");
        let different: BTreeSet<_> = tags.iter().collect();
        assert!((1..=6).contains(&tags.len()) && different.len() == tags.len(), "{tags:?}");
        assert_eq!(list(&post, "categories").len(), 1);
        series += usize::from(field(&post, "series").is_some());
    }
    assert!((500..1500).contains(&series), "{series}");
}

#[test]
fn tags_follow_zipf_and_all_are_reached() {
    let mut counts = BTreeMap::new();
    for post in LARGE.iter() {
        for tag in list(&post, "tags") {
            *counts.entry(tag.to_owned()).or_insert(0) += 1;
        }
    }
    assert_eq!(counts.len(), 200);
    let mut counts: Vec<i32> = counts.into_values().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    assert!(counts[0] > 10 * counts[100], "{counts:?}");
}

#[test]
fn links_lead_to_posts_of_the_corpus() {
    let corpus = Corpus { seed: 3, posts: 200 };
    let posts: Vec<Post> = corpus.iter().collect();
    let names: BTreeSet<&str> = posts.iter().map(|post| &post.file_name[11..]).collect();
    let texts = posts.iter().flat_map(|post| post.text.split("](/posts/").skip(1));
    let links: Vec<&str> = texts.filter_map(|rest| rest.split_once("/)")).map(|at| at.0).collect();
    assert!(links.len() > 50, "{}", links.len());
    for link in links {
        assert!(names.contains(&*format!("{link}.md")), "{link}");
    }
}

#[test]
fn bodies_are_chinese_with_what_posts_have() {
    let posts: Vec<Post> = Corpus { seed: 1, posts: 200 }.iter().collect();
    let texts: String = posts.iter().map(|post| post.text.as_str()).collect();
    for part in ["。", "，", "；", "？", "！", "“", "”", "（", "**", "```rust", "\n- ", "\n> "]
    {
        assert!(texts.contains(part), "{part}");
    }
    for post in &posts {
        let headings = post.text.matches("\n## ").count();
        assert!((3..=6).contains(&headings), "{}", post.text);
        let han = post.plain.chars().filter(|c| text::is_han(*c)).count();
        assert!(han > 600, "{han}: {}", post.plain);
        assert!(!post.plain.contains(['*', '`', '#', '[']), "{}", post.plain);
        let marked: String = post.text.chars().filter(|c| !"*`>#".contains(*c)).collect();
        let first = post.plain.lines().next().unwrap();
        assert!(marked.contains(first), "{first}");
    }
}

#[test]
fn a_corpus_is_written_as_files() {
    let folder = std::env::temp_dir().join(format!("corpus-{}", std::process::id()));
    let corpus = Corpus { seed: 5, posts: 4 };
    write(&folder, &corpus).unwrap();
    for post in corpus.iter() {
        assert_eq!(std::fs::read_to_string(folder.join(&post.file_name)).unwrap(), post.text);
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 4);
    let file = folder.join(corpus.post(0).file_name);
    let error = write(&file, &corpus).unwrap_err().to_string();
    assert!(error.contains(&*file.display().to_string()), "{error}");
    std::fs::remove_dir_all(&folder).unwrap();
}
