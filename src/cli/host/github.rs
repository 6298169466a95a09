//! GitHub Pages: a workflow that builds and publishes.
//!
//! docs.github.com/en/pages/getting-started-with-github-pages/using-custom-workflows-with-github-pages

use super::Built;

/// `.github/workflows/pages.yml`.
pub fn workflow() -> String {
    include_str!("github/pages.yml").to_owned()
}

/// Where it goes, and what GitHub Pages can't do.
pub fn notes(built: &Built) -> Vec<String> {
    let mut notes = vec![
        "keep this as .github/workflows/pages.yml, and choose \u{201c}GitHub Actions\u{201d} as the \
         source of Pages in the settings of the repository"
            .to_owned(),
        "GitHub Pages takes no headers: the security policy of the pages holds, but for \
         frame-ancestors, and each file is kept for ten minutes"
            .to_owned(),
    ];
    notes.push(match built.base.as_str() {
        "/" => "built for /: that fits <name>.github.io and a domain of your own; for a project \
                site set `url` to its address, with the path, and build again"
            .to_owned(),
        base => format!("built for {base}: the repository must have this name"),
    });
    notes
}
