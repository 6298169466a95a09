//! What no site may hold: posts that are none, files that clash, and markup of authors.

use crate::support::{Folder, check_report, post};

#[test]
fn text_of_authors_is_text_in_the_page() {
    let post = "---\ntitle: '</title><script>alert(1)</script>'\ndescription: '\"><script>'\n\
                tags: ['<b>', \"constructor\", \"__proto__\"]\n---\n<script>alert(1)</script>\n\n\
                [x](javascript:alert(1)) <b onclick=alert(1)>y</b> <img src=data:x onerror=alert(1)>\n";
    let folder = Folder::new(&[("2026-01-01-a.md", post.as_bytes())]);
    assert!(folder.build().0.contains("; 0 errors"));
    for page in ["index.html", "posts/a/index.html", "tags/index.html"] {
        let html = folder.text(page);
        let scripts = html.matches("<script").count();
        assert_eq!(scripts, 2, "{page}: only the theme's and the app's own");
        assert!(
            !html.contains("data:x") && !html.contains("javascript:") && !html.contains("onclick"),
            "{page}"
        );
    }
}

#[test]
fn files_that_differ_by_case_or_composition_clash() {
    for (first, second) in [("Cafe\u{301}", "CAFÉ"), ("a", "A")] {
        let folder = Folder::new(&[
            (&format!("x/2026-01-01-{first}.md"), &post("title: a", "x")),
            (&format!("y/2026-01-01-{second}.md"), &post("title: b", "x")),
        ]);
        let (report, _) = folder.build();
        assert!(report.contains("is taken by"), "{report}");
    }
}

#[test]
fn what_no_post_may_be_is_refused() {
    let folder = Folder::new(&[
        ("2026-01-01-big.md", &[b"---\ntitle: x\n---\n".as_slice(), &vec![b'x'; 6 << 20]].concat()),
        ("2026-01-02-deep.md", &post("title: y", &"> ".repeat(300))),
        (
            "2026-01-03-list.md",
            &post(
                "title: z",
                &(0..300).map(|n| format!("{}- x\n", "  ".repeat(n))).collect::<String>(),
            ),
        ),
        ("2026-01-04-bomb.md", &post("a: &a [x]\nb: [*a, *a]", "x")),
        ("2026-01-05-open.md", &post(&format!("a: {}", "[".repeat(100_000)), "x")),
        ("2026-01-06-empty.md", b""),
        ("2026-01-07-nobody.md", b"---\ntitle: w\n---\n"),
        ("2026-01-08-folder.md/x.txt", b"x"),
        ("2026-01-09-nul.md", b"---\ntitle: a\0b\n---\nx\n"),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("/", folder.path("posts/2026-01-10-link.md")).unwrap();
    check_report(
        &folder,
        &[
            "big.md:1:1: error: the file has 6291473 bytes, a post at most 5242880",
            "deep.md:4:201: error: nested deeper than 100 levels",
            "list.md:",
            "bomb.md:3:5: error: aliases are not allowed",
            "open.md:2:259: error: bad YAML: recursion limit exceeded",
            "empty.md:1:1: error: the file is empty",
            "nobody.md:4:1: warning: the post has no text",
            "2026-01-08-folder.md:1:1: error: a folder with the name of a post",
            "x.txt:1:1: warning: not a post",
            "nul.md:2:9: error: the front matter holds the control character",
            "link.md:1:1: error: a link out of the folder",
        ],
    );
}
