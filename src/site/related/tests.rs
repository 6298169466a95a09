use super::*;

/// A post of a test, which owns what [`Source`] borrows.
#[derive(Clone, Default)]
struct Post {
    tags: Vec<u32>,
    series: Option<String>,
    title: String,
    text: String,
    language: String,
}

fn source(post: &Post) -> Source<'_> {
    Source {
        tags: &post.tags,
        category: &[],
        series: post.series.as_deref(),
        title: &post.title,
        text: &post.text,
        language: &post.language,
    }
}

fn listed(sources: &[Source<'_>], count: usize) -> Vec<Vec<usize>> {
    related(sources, count, &Memo::default())
}

fn lists(posts: &[Post], count: usize) -> Vec<Vec<usize>> {
    listed(&posts.iter().map(source).collect::<Vec<_>>(), count)
}

/// A line is a post: `tags | series | title | text | language`, where what is empty at the end may
/// be left out. `20* ` before it stands for twenty such posts.
fn parse(lines: &str) -> Vec<Post> {
    let mut names: Vec<String> = Vec::new();
    let mut posts = Vec::new();
    for line in lines.trim_matches('\n').lines() {
        let (times, line) = line.split_once("* ").unwrap_or(("1", line));
        let mut fields = line.split('|').map(|field| field.trim().to_owned()).chain(
            // As many as a line may leave out.
            std::iter::repeat_n(String::new(), 4),
        );
        let tags = fields.next().unwrap();
        let tag = |name: &str| {
            names.iter().position(|known| known == name).unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            }) as u32
        };
        let tags = tags.split_whitespace().map(tag).collect();
        let series = fields.next().filter(|series| !series.is_empty());
        let [title, text, language] = [(); 3].map(|()| fields.next().unwrap());
        let post = Post { tags, series, title, text, language };
        posts.extend(std::iter::repeat_n(post, times.trim().parse().unwrap()));
    }
    posts
}

/// The lists of the first posts.
#[track_caller]
fn check(lines: &str, want: &[&[usize]]) {
    let found = lists(&parse(lines), 4);
    assert_eq!(found[..want.len()], *want);
}

#[test]
fn a_rare_tag_counts_more_than_two_common_ones() {
    // Both common tags together are enough to be listed.
    check("rare a b\n17* a b\nrare\n45* ", &[&[18, 1, 2, 3]]);
    check("a b\n17* a b\nrare\n45* ", &[&[1, 2, 3, 4]]);
}

#[test]
fn among_equals_the_fresher_comes_first() {
    check("x\n\nx\nx\nx\nx\n90* ", &[&[2, 3, 4, 5], &[], &[0, 3, 4, 5], &[0, 2, 4, 5]]);
}

#[test]
fn a_tag_that_a_post_has_twice_counts_once() {
    // Of 32 posts 8 have the tag, which is too common; twice as much would be enough.
    check("x x\n7* x x\n24* ", &[&[]]);
}

#[test]
fn other_parts_of_the_series_are_left_out() {
    check("x | s\nx | s\nx | t\nx\n60* ", &[&[2, 3], &[2, 3], &[0, 1, 3], &[0, 1, 2]]);
}

#[test]
fn a_common_tag_relates_nothing() {
    check("all\n39* all", &[&[]]);
    // One in four.
    check("x\n7* x\n24* ", &[&[]]);
}

#[test]
fn a_category_counts_less_than_a_tag() {
    let nothing = Post::default();
    let nothing = source(&nothing);
    let post = |tags, category| Source { tags, category, ..nothing };
    let mut sources = vec![post(&[1], &[1]), post(&[], &[1]), post(&[1], &[])];
    sources.resize(200, post(&[], &[]));
    assert_eq!(listed(&sources, 4)[..3], [vec![2, 1], vec![0], vec![0]]);
}

const TEXTS: &str = "
blog | | 向量数据库怎样检索 | 向量数据库把文章变成向量，检索时比较向量的距离。向量数据库适合语义检索。
30* blog | | 周末散步 | 今天天气很好，我们去公园散步，我们看见了湖水。
blog | | 语义检索与向量 | 语义检索先把问题变成向量，再从向量数据库取回文章；语义检索依赖距离，文章越近距离越小。
blog | | Tuning Garbage Collection | A garbage collector pauses threads; tuning pauses is tuning the collector.
blog | | 面包 | 面粉和水。
blog | | Garbage Collection Pauses | The collector stops threads, and the pauses of a garbage collector hurt threads.";

#[test]
fn texts_relate_posts_without_a_tag_of_their_own() {
    for lines in [TEXTS, &TEXTS.replace("blog", "")] {
        let found = lists(&parse(lines), 4);
        assert_eq!((&*found[0], &*found[31]), ([31].as_slice(), [0].as_slice()));
        assert_eq!((&*found[32], &*found[34]), ([34].as_slice(), [32].as_slice()));
    }
}

#[test]
fn case_and_width_make_no_difference() {
    let wide = "ＧＡＲＢＡＧＥ ＣＯＬＬＥＣＴＯＲ";
    let found = lists(&parse(&TEXTS.replacen("A garbage collector", wide, 1)), 4);
    assert_eq!(found[32], [34]);
}

#[test]
fn a_post_with_nothing_in_common_gets_nothing() {
    let found = lists(&parse(TEXTS), 4);
    assert_eq!(found[33], [0; 0]);
    // What they share are the words of every sentence.
    let english = "we should see what they have, and they see what we should have. ".repeat(3);
    let chinese = "我们可以说这是什么，这是我们可以说的什么。".repeat(3);
    let lines = format!(
        "| | | {english}\n| | | {english}\n| | | {chinese}\n| | | {chinese}\n\
         40* | | 散步 | 公园的湖水，湖水的公园。"
    );
    check(&lines, &[&[], &[], &[], &[]]);
}

#[test]
fn a_little_more_score_is_no_better() {
    assert_eq!(best(vec![(5, 31), (3, 24), (9, 32)], 3), [9, 3, 5]);
    assert_eq!(best(vec![(5, 31), (3, 24), (9, 32)], 2), [9, 3]);
}

#[test]
fn one_term_is_not_enough() {
    let often = "kubernetes ".repeat(50);
    let lines = format!("| | kubernetes | {often}\n| | kubernetes | {often}\n300* ");
    check(&lines, &[&[], &[]]);
}

#[test]
fn languages_share_tags_but_no_terms() {
    let text = "garbage collector threads pauses tuning ".repeat(8);
    let others = "30* | | | | en\n30* | | | | fr";
    let [en, us, fr] = ["en", "en-US", "fr"].map(|language| format!("| | | {text} | {language}"));
    check(&format!("{en}\n{us}\n{fr}\n{others}"), &[&[1], &[0], &[]]);
    check(&format!("x {en}\nx {fr}\n{others}"), &[&[1], &[0]]);
}

#[test]
fn few_posts_and_none() {
    assert_eq!(lists(&[], 4), [[0; 0]; 0]);
    check("x | | 标题 | 文字，文字", &[&[]]);
    check("x\nx", &[&[1], &[0]]);
    assert_eq!(lists(&parse("x\nx"), 0), [[0; 0], [0; 0]]);
    assert_eq!(lists(&parse("x\nx\nx"), 1), [[1], [0], [0]]);
}

#[test]
fn of_a_long_list_the_posts_near_in_time_are_read() {
    let entries: Vec<IndexEntry> =
        (0..10).map(|post| IndexEntry { topic: 1, post, weight: 1 }).collect();
    let read = |post, limit| {
        nearest(&entries, post, limit).iter().map(|entry| entry.post).collect::<Vec<_>>()
    };
    assert_eq!(read(5, 4), [3, 4, 5, 6]);
    assert_eq!(read(0, 4), [0, 1, 2, 3]);
    assert_eq!(read(9, 4), [6, 7, 8, 9]);
    assert_eq!(read(5, 0), [0; 0]);
    assert_eq!(read(5, 10).len(), 10);
}

const SUBJECTS: u64 = 60;

/// A blog of sixty subjects, each with a tag and twenty words of its own among two thousand.
fn blog(posts: usize) -> Vec<Post> {
    let mut state = 1_u64;
    let mut below = |end: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let word = |at: u64| {
        let han = |offset: u64| char::from_u32(0x5000 + (offset % 2500) as u32).unwrap();
        format!("{}{}", han(at * 7), han(at * 13 + 5))
    };
    let mut post = || {
        let subject = below(SUBJECTS);
        let mut say = |of_subject: u64| match below(of_subject) {
            0 => word(subject * 20 + below(20)),
            // Small numbers come more often.
            _ => word(below(2000) * below(2000) / 2000),
        };
        let title = (0..4).map(|_| say(1)).collect();
        let text = (0..400).map(|_| say(5)).collect();
        let tags = vec![subject as u32, (SUBJECTS + below(60)) as u32];
        Post { tags, title, text, ..Post::default() }
    };
    (0..posts).map(|_| post()).collect()
}

#[test]
fn lists_depend_on_the_posts_alone() {
    let blog = blog(300);
    let found = lists(&blog, 4);
    assert!(found.iter().filter(|list| list.len() == 4).count() > 150);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(one.install(|| lists(&blog, 4)), found);
}

#[test]
fn subjects_are_told_apart_by_text() {
    let mut posts = blog(300);
    let subjects: Vec<u32> = posts.iter().map(|post| post.tags[0]).collect();
    posts.iter_mut().for_each(|post| post.tags.clear());
    let found = lists(&posts, 4);
    let pairs = found.iter().zip(&subjects).flat_map(|(list, own)| {
        list.iter().map(|other| subjects[*other] == *own).collect::<Vec<_>>()
    });
    let (right, wrong): (Vec<bool>, Vec<bool>) = pairs.partition(|right| *right);
    assert!(right.len() > 200 && wrong.len() < 5, "{} and {}", right.len(), wrong.len());
}

/// How many lists differ, and how many of those name the post that was put first, if one was.
fn changes(before: &[Vec<usize>], after: &[Vec<usize>]) -> (usize, usize) {
    let added = after.len() - before.len();
    let moved = |list: &[usize]| list.iter().map(|post| post + added).collect::<Vec<_>>();
    let pairs = before.iter().zip(&after[added..]);
    let changed = pairs.filter(|(before, after)| moved(before) != **after);
    let named = changed.clone().filter(|(_, after)| added > 0 && after.contains(&0));
    (changed.count(), named.count())
}

#[test]
fn a_word_edited_changes_hardly_a_list() {
    let blog = blog(300);
    let before = lists(&blog, 4);
    for post in (0..300).step_by(15) {
        let mut edited = blog.clone();
        let word: String = edited[post].text.chars().skip(400).take(2).collect();
        edited[post].text = blog[post].text.replacen(&word, "修改", 1);
        let (changed, _) = changes(&before, &lists(&edited, 4));
        assert!(changed <= 3, "post {post}: {changed}");
    }
    // The count can tell: another text for one post changes its own list and its fellows'.
    let mut edited = blog.clone();
    edited[0] = blog[1].clone();
    assert!(changes(&before, &lists(&edited, 4)).0 > 3);
}

#[test]
fn a_post_added_changes_few_lists_but_those_it_enters() {
    let blog = blog(310);
    let (mut entered, mut others) = (0, 0);
    for newest in 0..10 {
        let before = lists(&blog[newest + 1..], 4);
        let (changed, named) = changes(&before, &lists(&blog[newest..], 4));
        entered += named;
        others += changed - named;
    }
    // Of 300 lists each time.
    assert!((10..100).contains(&entered) && others < 100, "{entered} and {others}");
}
