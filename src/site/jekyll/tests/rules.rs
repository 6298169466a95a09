//! What holds for every import.

use super::*;

const SMALL: [(&str, &str); 4] = [
    ("_config.yml", "title: x\n"),
    ("_posts/2026-01-14-a.md", "---\ntitle: a\n---\nx\n"),
    ("about.md", "---\ntitle: b\n---\nx\n"),
    ("img/a.png", "png"),
];

#[test]
fn importing_twice_changes_nothing() {
    let sandbox = Sandbox::new(&SMALL);
    sandbox.plan().apply().unwrap();
    let tree = sandbox.tree();
    let again = sandbox.plan();
    assert_eq!(again.conflicts(), Vec::<PathBuf>::new());
    again.apply().unwrap();
    assert_eq!(sandbox.tree(), tree);
}

#[test]
fn other_bytes_are_conflicts_and_apply_replaces_them() {
    let sandbox = Sandbox::new(&SMALL);
    sandbox.write("new/posts/2026-01-14-a.md", b"mine");
    sandbox.write("new/public/img/a.png", b"png");
    sandbox.write("new/inkstone.toml", b"title = \"mine\"\n");
    let plan = sandbox.plan();
    let want = ["new/posts/2026-01-14-a.md", "new/inkstone.toml"].map(|path| sandbox.path(path));
    assert_eq!(plan.conflicts(), want);
    assert_eq!(sandbox.read("new/posts/2026-01-14-a.md"), "mine");
    plan.apply().unwrap();
    assert!(sandbox.is_copy("_posts/2026-01-14-a.md", "posts/2026-01-14-a.md"));
    assert_eq!(plan.conflicts(), Vec::<PathBuf>::new());
}

#[test]
fn a_folder_in_the_way_is_a_conflict_and_an_error() {
    let sandbox = Sandbox::new(&SMALL);
    sandbox.write("new/public/img/a.png/x", b"x");
    let plan = sandbox.plan();
    assert_eq!(plan.conflicts(), [sandbox.path("new/public/img/a.png")]);
    let error = format!("{:#}", plan.apply().unwrap_err());
    assert!(error.contains("can't write") && error.contains("new/public/img/a.png"), "{error}");
}

#[test]
fn bytes_that_are_not_utf8_are_copied() {
    let sandbox = Sandbox::new(&SMALL);
    sandbox.write("old/_posts/2026-01-15-gbk.md", b"---\ntitle: \xC4\xE3\n---\n");
    sandbox.write("old/gbk.md", b"---\ntitle: \xC4\xE3\n---\n");
    sandbox.write("old/gbk.txt", b"\xC4\xE3");
    let plan = sandbox.plan();
    plan.apply().unwrap();
    assert!(sandbox.is_copy("_posts/2026-01-15-gbk.md", "posts/2026-01-15-gbk.md"));
    assert!(sandbox.is_copy("gbk.md", "posts/pages/gbk.md"));
    assert!(sandbox.is_copy("gbk.txt", "public/gbk.txt"));
    let report = sandbox.short(&plan.report());
    assert!(report.contains("new/posts/pages/gbk.md: not UTF-8, copied as it is\n"), "{report}");
}

#[cfg(unix)]
#[test]
fn links_inside_the_site_are_followed_and_others_left() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::new(&SMALL);
    sandbox.write("elsewhere/secret.txt", b"secret");
    symlink(sandbox.path("elsewhere/secret.txt"), sandbox.path("old/out.txt")).unwrap();
    symlink(sandbox.path("elsewhere"), sandbox.path("old/outside")).unwrap();
    symlink("img/a.png", sandbox.path("old/in.png")).unwrap();
    symlink("nowhere", sandbox.path("old/broken")).unwrap();
    symlink("..", sandbox.path("old/img/around")).unwrap();
    let plan = sandbox.plan();
    plan.apply().unwrap();
    let want = "inkstone.toml\nposts/2026-01-14-a.md\nposts/pages/about.md\npublic/img/a.png\npublic/in.png\n";
    assert_eq!(sandbox.tree(), want);
    let report = plan.report();
    for line in [
        "  out.txt, outside: a symbolic link out of the site; copy the file itself\n",
        "  broken: a symbolic link to nothing\n",
        "  img/around: a symbolic link to a folder around it\n",
    ] {
        assert!(report.contains(line), "{report}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_at_the_destination_is_replaced_and_not_followed() {
    let sandbox = Sandbox::new(&SMALL);
    sandbox.write("elsewhere/mine.md", b"mine");
    std::fs::create_dir_all(sandbox.path("new/posts")).unwrap();
    let link = sandbox.path("new/posts/2026-01-14-a.md");
    std::os::unix::fs::symlink(sandbox.path("elsewhere/mine.md"), &link).unwrap();
    let plan = sandbox.plan();
    assert_eq!(plan.conflicts(), [link]);
    plan.apply().unwrap();
    assert_eq!(sandbox.read("elsewhere/mine.md"), "mine");
    assert!(sandbox.is_copy("_posts/2026-01-14-a.md", "posts/2026-01-14-a.md"));
}

#[cfg(unix)]
#[test]
fn a_link_by_another_name_publishes_nothing_special() {
    let sandbox = Sandbox::new(&SMALL);
    sandbox.write("old/.git/config", b"token");
    std::os::unix::fs::symlink(".git", sandbox.path("old/gitlink")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(sandbox.path("old/pipe")).status();
    assert!(pipe.unwrap().success());
    let plan = sandbox.plan();
    plan.apply().unwrap();
    assert!(!sandbox.tree().contains("gitlink"), "{}", sandbox.tree());
    for line in ["gitlink: a symbolic link to a name that", "pipe: neither a file nor a folder\n"] {
        assert!(plan.report().contains(line), "{}", plan.report());
    }
}

#[test]
fn what_can_not_be_replaced_is_an_obstacle() {
    let sandbox = Sandbox::new(&SMALL);
    sandbox.write("new/public/img", b"a file where a folder is to be");
    sandbox.write("new/posts/pages/about.md/x", b"a folder where a file is to be");
    let want = ["new/posts/pages/about.md", "new/public/img"].map(|path| sandbox.path(path));
    assert_eq!(sandbox.plan().obstacles(), want);
    assert!(Sandbox::new(&SMALL).plan().obstacles().is_empty());
}

#[test]
fn names_in_the_report_can_not_command_a_terminal() {
    let sandbox = Sandbox::new(&SMALL);
    sandbox.write("old/_config.yml", b"title: x\n\"evil\\e]0;x\\a\": 1\n");
    let report = sandbox.plan().report();
    assert!(report.contains("evil\\u{1b}]0;x\\u{7}"), "{report}");
    assert!(!report.contains(['\u{1B}', '\u{7}']));
}

#[test]
fn what_is_no_jekyll_site_is_refused() {
    let want = "old:1:1: error: there is no `_config.yml` and no `_posts`\n  \
                help: name the folder of a Jekyll site";
    assert_eq!(Sandbox::new(&[("index.html", "x")]).refusal(), want);
    assert_eq!(Sandbox::new(&[]).refusal(), "old:1:1: error: there is no such folder");
}

#[test]
fn settings_that_cannot_be_read_are_named_by_line() {
    let check = |file: &str, text: &str, want: &str| {
        let got = Sandbox::new(&[(file, text)]).refusal();
        assert!(got.starts_with(want), "{got}");
    };
    check("_config.yml", "title: x\nurl: a: b\n", "old/_config.yml:2:");
    check("_config.yml", "title: x\ntitle: y\n", "old/_config.yml:2:1: error: duplicate key");
    check("_config.yml", "- a\n", "old/_config.yml:1:1: error: expected `key: value` lines");
    check("_config.toml", "title = \n", "old/_config.toml:1:");
}

#[test]
fn settings_may_be_toml_or_missing() {
    let toml = Sandbox::new(&[("_config.toml", "title = \"T\"\npermalink = \"none\"\n")]);
    toml.plan().apply().unwrap();
    assert!(toml.read("new/inkstone.toml").contains("title = \"T\"\n"));
    assert!(toml.read("new/inkstone.toml").contains("permalink = \"none\"\n"));
    let bare = Sandbox::new(&[("_posts/2026-01-14-a.md", "---\n---\nx\n")]);
    bare.plan().apply().unwrap();
    assert!(bare.read("new/inkstone.toml").contains("title = \"old\"\n"));
    assert!(bare.read("new/inkstone.toml").contains("permalink = \"date\"\n"));
    assert!(bare.plan().report().contains("  Jekyll's default settings -> "));
}

#[test]
fn a_project_inside_the_site_is_no_part_of_it() {
    let sandbox = Sandbox::new(&SMALL);
    let places = |inside: &str| Places {
        posts: sandbox.path(&format!("{inside}posts")),
        config: sandbox.path(&format!("{inside}inkstone.toml")),
        public: sandbox.path(&format!("{inside}public")),
    };
    sandbox.write("old/blog/Cargo.toml", b"x");
    for _ in 0..2 {
        let plan = plan(&sandbox.path("old"), &places("old/blog/")).unwrap();
        assert_eq!(plan.conflicts(), Vec::<PathBuf>::new());
        plan.apply().unwrap();
        assert!(plan.report().contains("  1 other file -> "), "{}", plan.report());
    }
    let refused = plan(&sandbox.path("old"), &places("old/")).unwrap_err();
    assert_eq!(refused[0].message, "this is the folder of the project itself");
}

#[test]
fn a_folder_of_all_collections_holds_the_posts() {
    let sandbox = Sandbox::new(&[
        ("_config.yml", "collections_dir: blog\ncollections: [notes]\npermalink: /:title\n"),
        ("blog/_posts/2026-01-14-a.md", "---\n---\nx\n"),
        ("blog/_drafts/b.md", "---\n---\nx\n"),
        ("_posts/2026-01-14-c.md", "---\n---\nx\n"),
    ]);
    let plan = sandbox.plan();
    plan.apply().unwrap();
    assert_eq!(sandbox.tree(), "inkstone.toml\nposts/2026-01-14-a.md\nposts/_drafts/b.md\n");
    assert!(plan.report().contains("  _posts/ (1 file): "), "{}", plan.report());
}

#[test]
fn a_base_without_an_address_is_said() {
    let sandbox = Sandbox::new(&[("_config.yml", "title: x\nbaseurl: /blog\nurl: ''\n")]);
    let want = "  `baseurl`: there is no `url` before it; build with --base /blog/\n";
    assert!(sandbox.plan().report().contains(want));
}

#[test]
fn the_last_line_names_the_places() {
    let places = |posts: &str, config: &str, public: &str| Places {
        posts: posts.into(),
        config: config.into(),
        public: public.into(),
    };
    let check = |places: Places, want: &str| assert_eq!(report::next(&places), want);
    check(places("posts", "inkstone.toml", "public"), "cargo inkstone check");
    check(
        places("my posts", "inkstone.toml", "../p"),
        "cargo inkstone check --posts 'my posts' --public ../p",
    );
}

#[test]
fn long_lists_are_cut_but_every_key_is_named() {
    let names: Vec<String> = (10..50).map(|n| format!("p{n}.html")).collect();
    let mut files: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), "---\n---\nx\n")).collect();
    let keys: String = ('a'..='z').map(|key| format!("{key}: 1\n")).collect();
    files.push(("_config.yml", &keys));
    let report = Sandbox::new(&files).plan().report();
    assert!(report.contains(", p21.html and 28 more: pages in HTML"), "{report}");
    assert!(report.contains("`x`, `y`, `z`: Inkstone has no such setting"), "{report}");
}

#[test]
fn many_changed_pages_are_named_by_folder() {
    let names: Vec<String> = (10..50).map(|n| format!("wiki/p{n}.md")).collect();
    let mut files: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), "---\nlayout: wiki\n---\nx\n")).collect();
    files.push(("_config.yml", "title: x\n"));
    files.push(("wiki/bad.md", "---\nx\n"));
    files.push(("wiki/own.md", "---\npermalink: /own/\n---\nx\n"));
    files.push(("about.md", "---\nlayout: page\n---\nx\n"));
    let sandbox = Sandbox::new(&files);
    let report = sandbox.short(&sandbox.plan().report());
    let want = "changed\n  new/posts/pages/about.md: permalink: /about.html\n  \
                new/posts/pages/wiki/bad.md: its front matter is never closed, copied as it is\n  \
                new/posts/pages/wiki/own.md: layout: page\n  \
                new/posts/pages/wiki/ (40 files): layout: page, the old address as `permalink`\n\
                next: ";
    assert!(report.contains(want), "{report}");
}

#[test]
fn a_site_without_a_title_may_have_a_name() {
    let sandbox = Sandbox::new(&[("_config.yml", "name: N\n")]);
    sandbox.plan().apply().unwrap();
    assert!(sandbox.read("new/inkstone.toml").contains("title = \"N\"\n"));
    assert!(!sandbox.plan().report().contains("left\n"));
}

#[test]
fn the_content_may_stand_in_a_folder() {
    let sandbox = Sandbox::new(&[
        ("_config.yml", "title: x\nsource: ./src\ndestination: ../out\n"),
        ("src/_posts/2026-01-14-a.md", "---\n---\nx\n"),
        ("src/security.txt", "x\n"),
        ("src/License.txt", "x\n"),
        ("src/package-lock.json", "{}\n"),
        ("webpack.js", "x\n"),
    ]);
    sandbox.plan().apply().unwrap();
    let want = "inkstone.toml\nposts/2026-01-14-a.md\npublic/security.txt\n";
    assert_eq!(sandbox.tree(), want);
}
