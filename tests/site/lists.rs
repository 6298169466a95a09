//! Posts together: their order, their addresses, their tags, and which of them are hidden.

use std::path::Path;

use inkstone::site::{self, Options};

use crate::support::{CONFIG, Folder, check_report, post};

#[test]
fn spellings_look_alikes_and_titles_that_are_one_are_said() {
    let folder = Folder::new(&[
        ("2026-01-01-a.md", &post("title: 同\ntags: [AI, scope]", "x")),
        ("2026-01-02-b.md", &post("title: 同\ntags: [AI, ѕсоре]", "x")),
        ("2026-01-03-c.md", &post("title: 异\ntags: [ai]", "x")),
    ]);
    check_report(
        &folder,
        &[
            "b.md:2:8: warning: the title `同` is that of",
            "b.md:3:12: warning: `ѕсоре` looks like `scope`",
            "c.md:3:8: warning: `ai` and `AI` are one, shown as `AI`",
        ],
    );
    folder.write("inkstone.toml", format!("{CONFIG}tag_labels = [\"ai\", \"scope\"]\n").as_bytes());
    assert!(!folder.build().0.contains("are one"));
}

#[test]
fn what_is_hidden_is_listed_with_the_reason() {
    let folder = Folder::new(&[
        ("_drafts/idea.md", &post("title: d", "x")),
        ("2026-01-02-b.md", &post("published: false", "x")),
        ("2999-01-03-c.md", &post("title: c", "x")),
        ("2026-01-04-d.md", &post("title: d2", "[x](/posts/c/)")),
    ]);
    let report = site::check(&folder.options()).unwrap();
    let hidden: Vec<String> = report.hidden.iter().map(|hidden| hidden.why.clone()).collect();
    assert_eq!(
        hidden,
        [
            "`published: false`",
            "dated 2999-01-02T16:00:00Z, which has not come; --future shows it",
            "a draft; --drafts shows it",
        ]
    );
    assert!(
        report.to_string().contains("4 files read: 1 post, 0 pages, 3 hidden; 0 errors, 1 warning")
    );
    let all = site::check(&Options { drafts: true, future: true, ..folder.options() }).unwrap();
    assert_eq!((all.counts.posts, all.hidden.len()), (3, 1));
}

#[test]
fn addresses_of_jekylls_default_style_are_files() {
    let folder = Folder::new(&[
        ("2026-01-01-Hello.md", &post("categories: 云", "[b](/2026/01/02/b.html)")),
        ("2026-01-02-b.md", &post("title: b", "x")),
    ]);
    folder.write("inkstone.toml", format!("{CONFIG}permalink = \"date\"\n").as_bytes());
    check_report(&folder, &[]);
    assert!(folder.text("云/2026/01/01/Hello.html").contains("<h1>Hello</h1>"));
    assert!(folder.text("index.html").contains("href=\"/2026/01/02/b.html\""));
}

#[test]
fn pinned_posts_stand_first_and_series_know_their_parts() {
    let folder = Folder::new(&[
        ("2026-01-01-a.md", &post("title: 甲\npin: true\nseries: 系", "x")),
        ("2026-01-02-b.md", &post("title: 乙\nseries: 系", "x")),
    ]);
    check_report(&folder, &[]);
    let home = folder.text("index.html");
    let at = |title: &str| home.find(&format!("<bdi>{title}</bdi>")).unwrap();
    assert!(at("甲") < at("乙") && home.contains("class=\"pinned\""));
    let second = folder.text("posts/b/index.html");
    assert!(second.contains("第 2/2 篇") && second.contains("aria-current=\"page\""), "{second}");
}

#[test]
fn the_five_seeds_build_unchanged() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !seeds.is_dir() {
        return;
    }
    let folder = Folder::new(&[]);
    let options = Options { posts: seeds, ..folder.options() };
    let built =
        site::build(&options, &folder.path("app"), &folder.path("dist"), &folder.path("cache"));
    let report = built.unwrap().report.to_string();
    assert!(report.contains("warning: `ai` and `AI` are one, shown as `AI`"), "{report}");
    assert!(report.ends_with("5 files read: 5 posts, 0 pages; 0 errors, 1 warning"), "{report}");
    let tags = folder.text("tags/index.html");
    assert_eq!(tags.matches("href=\"/tags/ai/\"").count(), 1);
}
