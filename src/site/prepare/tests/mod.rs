//! What bodies become. `check` compares the Markdown and the number of findings.

mod hostile;
mod kramdown;
mod liquid;
mod posts;

use super::*;

fn post(name: &str) -> Option<String> {
    match name {
        "2026-01-14-name" => Some("posts/name/".to_owned()),
        "dir/2026-01-14-name" => Some("posts/dir name/".to_owned()),
        "2026-01-14-云" => Some("posts/云/".to_owned()),
        _ => None,
    }
}

fn file(path: &str) -> Option<String> {
    match path {
        "_posts/2026-01-14-name.md" => Some("posts/name/".to_owned()),
        "assets/a.pdf" | "/about.md" => Some(path.trim_start_matches('/').replace(".md", "/")),
        _ => None,
    }
}

/// A site with everything.
fn context() -> Context<'static> {
    Context {
        liquid: true,
        math: true,
        site: SiteFacts {
            title: "Site",
            description: "About\nit",
            author: "Ann",
            url: Some("https://blog.example"),
        },
        page: PageFacts { title: "Title", path: "posts/x/", date: "2026-01-14" },
        post: &post,
        file: &file,
    }
}

#[track_caller]
fn check(body: &str, want: &str, findings: usize) {
    let (prepared, found) = prepare(body, &context());
    assert_eq!(prepared.markdown, want, "of {body}");
    assert_eq!(found.len(), findings, "findings of {body}: {found:#?}");
}

/// A body that stays as it is, without a word.
#[track_caller]
fn check_same(body: &str) {
    check(body, body, 0);
}
