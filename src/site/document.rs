//! A page as a whole HTML file: the template with its head and its body filled in.

use super::app_files::{AppFiles, BODY_SLOT, HEAD_SLOT};
use super::config::Config;
use super::headers;
use super::icons::Icons;
use super::style::Group;
use crate::route::Base;

/// What every page of a release has in common.
pub struct Shared<'a> {
    /// The site's configuration.
    pub config: &'a Config,
    /// Where the site is mounted.
    pub base: &'a Base,
    /// The app's files.
    pub app: &'a AppFiles,
    /// The icons.
    pub icons: &'a Icons,
    /// The web manifest's file.
    pub manifest: &'a str,
    /// What the policy calls the styles that pages carry.
    pub styles: &'a [String],
    /// Whether pages register a service worker; not while a local server shows them to their author,
    /// nor where readers are to get rid of it.
    pub worker: bool,
    /// Whether that server is our own, with a script that reloads the page.
    pub live_script: bool,
}

impl Shared<'_> {
    /// What the site allows besides its own files.
    pub fn sources(&self) -> headers::Sources<'_> {
        let (scripts, images) = (&self.app.inline_scripts, &self.config.remote_images);
        headers::Sources { scripts, images, styles: self.styles }
    }
}

/// What is one page's own.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// The title of the tab.
    pub title: String,
    /// What the page says of itself, as HTML.
    pub markup: String,
    /// What it tells search engines, as HTML for the end of the body.
    pub data: String,
    /// The file of the document that stands there.
    pub document: Option<String>,
    /// The data files that the app needs for this page besides the catalogue.
    pub needs: Vec<String>,
    /// Where it is no page of the app: what it asks for instead.
    pub alone: Option<Alone>,
}

/// The files of a page that does without the app.
#[derive(Clone, Debug)]
pub struct Alone {
    /// Its script.
    pub script: String,
    /// What it adds to the styles that its markup needs.
    pub style: String,
}

/// The file of one page. `body` is markup that the views made. Nothing in it tells of other pages
/// or of the release, so that a page changes only where what it shows does.
pub fn document(shared: &Shared<'_>, head: &Head, body: &str) -> String {
    let mut attributes = vec![
        ("lang", shared.config.site.language.clone()),
        ("data-base", shared.base.as_str().to_owned()),
        ("data-worker", if shared.worker { "on" } else { "off" }.to_owned()),
    ];
    attributes.extend(head.document.clone().map(|file| ("data-document", file)));
    let attributes: String =
        attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).collect();
    shared
        .app
        .template
        .replacen("<html>", &format!("<html{attributes}>"), 1)
        .replacen(HEAD_SLOT, &head_markup(shared, head, body), 1)
        .replacen(BODY_SLOT, &format!("<div id=\"app\">{body}</div>\n{}", head.data.trim_end()), 1)
}

/// In the order of what the first paint needs.
fn head_markup(shared: &Shared<'_>, head: &Head, body: &str) -> String {
    let href = |path: &str| shared.base.href(path);
    let theme = &shared.config.theme;
    let styles: Vec<&Group> = shared.app.styles.of(body);
    let hashes: Vec<String> = styles.iter().map(|group| group.hash.clone()).collect();
    let sources = headers::Sources { styles: &hashes, ..shared.sources() };
    let mut lines = vec![
        format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
            escape(&headers::policy(false, sources))
        ),
        format!("<title>{}</title>", escape(&head.title)),
        format!("<script>{}</script>", *headers::THEME_SCRIPT),
    ];
    lines.extend(styles.iter().map(|group| format!("<style>{}</style>", group.css)));
    // With a script the starter asks for it, after the first paint.
    lines.push(format!(
        "<noscript><link id=\"style\" rel=\"stylesheet\" media=\"print\" href=\"{}\"></noscript>",
        href(&shared.app.style)
    ));
    lines.push(head.markup.trim_end().to_owned());
    for (scheme, color) in [("light", &theme.background), ("dark", &theme.background_dark)] {
        lines.push(format!(
            "<meta name=\"theme-color\" data-theme=\"{scheme}\" media=\"(prefers-color-scheme: {scheme})\" content=\"{color}\">"
        ));
    }
    lines.extend([
        "<meta name=\"color-scheme\" content=\"light dark\">".to_owned(),
        format!("<link rel=\"manifest\" href=\"{}\">", href(shared.manifest)),
        format!(
            "<link rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"{}\" href=\"{}\">",
            escape(&shared.config.site.title),
            href("opensearch.xml")
        ),
        format!("<link rel=\"icon\" type=\"image/svg+xml\" href=\"{}\">", href(&shared.icons.svg)),
        format!("<link rel=\"apple-touch-icon\" href=\"{}\">", href(&shared.icons.apple)),
    ]);
    match &head.alone {
        Some(Alone { script, style }) => lines.extend([
            format!("<link rel=\"stylesheet\" href=\"{}\">", href(style)),
            format!("<script src=\"{}\" defer></script>", href(script)),
        ]),
        None => lines.extend(app_markup(shared, head)),
    }
    lines.join("\n")
}

/// What the starter asks for after the first paint: none of it is needed to read the page, and what
/// is asked for before holds it up.
fn app_markup(shared: &Shared<'_>, head: &Head) -> Vec<String> {
    let href = |path: &str| shared.base.href(path);
    let needs: Vec<String> = head.needs.iter().map(|path| href(path)).collect();
    let mut lines = vec![format!(
        "<script id=\"boot\" type=\"module\" fetchpriority=\"low\" src=\"{}\" data-module=\"{}\" data-wasm=\"{}\" data-style=\"{}\" data-needs=\"{}\"></script>",
        href(&shared.app.boot),
        href(&shared.app.module),
        href(&shared.app.wasm),
        href(&shared.app.style),
        needs.join(" ")
    )];
    if shared.live_script {
        lines.push(format!("<script src=\"{}\" defer></script>", href("__inkstone/live.js")));
    }
    lines
}

/// Text for an attribute in double quotes, or for an element that holds text.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
