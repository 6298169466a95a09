//! What posts refer to: images and files, links within the site, old addresses.

use crate::support::{Folder, check_report, post};

#[test]
fn old_addresses_lead_on_without_script_and_keep_the_fragment_with_it() {
    let folder = Folder::new(&[(
        "2026-01-01-a.md",
        &post("redirect_from: [/old/, /2019/a.html, /云]", "x"),
    )]);
    check_report(&folder, &[]);
    for file in ["old/index.html", "2019/a.html", "云/index.html"] {
        let page = folder.text(file);
        assert!(
            page.contains("<meta http-equiv=\"refresh\" content=\"0; url=/posts/a/\">"),
            "{page}"
        );
        assert!(page.contains("data-to=\"/posts/a/\"") && page.contains("<a href=\"/posts/a/\">"));
    }
    let taken = Folder::new(&[
        ("2026-01-01-a.md", &post("redirect_from: /posts/b/", "x")),
        ("2026-01-02-b.md", &post("redirect_from: /old/", "x")),
        ("2026-01-03-c.md", &post("redirect_from: /old", "x")),
    ]);
    check_report(
        &taken,
        &["a.md:2:16: error: the old address /posts/b/", "b.md:2:16: error: the old address /old/"],
    );
}

#[test]
fn images_and_files_beside_a_post_are_published_by_their_content() {
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'/>";
    let body = "![a](./pic%20one.svg)\n\n[pdf](sub/x.pdf#page=2) [b](2026-01-02-b.md#二)";
    let folder = Folder::new(&[
        ("deep/2026-01-01-a.md", &post("title: a\nimage: pic one.svg", body)),
        ("deep/2026-01-02-b.md", &post("title: b", "## 二\n\nx")),
        ("deep/pic one.svg", svg),
        ("deep/sub/x.pdf", b"pdf"),
        ("deep/unused.bin", b"?"),
    ]);
    check_report(&folder, &["deep/unused.bin:1:1: warning: not a post, and no post shows it"]);
    let page = folder.text("posts/a/index.html");
    let output = folder.output();
    let media: Vec<&String> =
        output.keys().filter(|path| path.starts_with("data/media/")).collect();
    let media: Vec<&&String> =
        media.iter().filter(|path| path.ends_with(".svg") || path.ends_with(".pdf")).collect();
    assert_eq!(media.len(), 2, "{media:?}");
    for path in media {
        assert!(page.contains(&format!("\"/{path}")), "{path}: {page}");
    }
    assert!(
        page.contains("width=\"40\" height=\"20\"") && page.contains("href=\"/posts/b/#二\""),
        "{page}"
    );
    let missing = Folder::new(&[(
        "2026-01-01-a.md",
        &post("title: a", "![x](no.png) ![y](../../../etc/x.png)"),
    )]);
    check_report(
        &missing,
        &["a.md:4:1: error: there is no image `no.png`", "a.md:4:14: error: there is no image"],
    );
}

#[test]
fn links_within_the_site_are_followed() {
    let body = "## 一\n\n[ok](#一) [ok](/posts/a/) [ok](/posts/b/#二) [ok](/tags/t/) [ok](/x.pdf) [ok](../b/)\n\n\
                [no](#二) [no](/posts/c/) [no](/posts/b/#一) [no](../../../x) [no](example.org/x)";
    let folder = Folder::new(&[
        ("2026-01-01-a.md", &post("title: a\ntags: t", body)),
        ("2026-01-02-b.md", &post("title: b", "## 二\n\nx")),
    ]);
    folder.write("public/x.pdf", b"x");
    check_report(
        &folder,
        &[
            "a.md:9:1: warning: `#二` names a heading that is not there",
            "a.md:9:10: warning: the link `/posts/c/` leads nowhere",
            "a.md:9:26: warning: `/posts/b/#一` names a heading",
            "a.md:9:44: warning: the link `../../../x` leads out of the site",
            "a.md:9:61: warning: the link `example.org/x` leads nowhere",
        ],
    );
}
