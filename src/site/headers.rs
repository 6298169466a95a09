//! The security policy and the cache rules: the one place that words them.

use std::sync::LazyLock;

use base64::Engine;
use sha2::{Digest, Sha256};

use super::file::{Files, is_hashed, own_type};
use crate::route::Base;
use crate::text;

/// The script that the head carries inline, so that a chosen theme never flashes and no click is
/// lost.
pub static THEME_SCRIPT: LazyLock<String> =
    LazyLock::new(|| without_comments(include_str!("../boot/theme.js")));

/// A script of ours without its lines of comment and its indents. A block is known by its lines,
/// as our scripts write them: `/**`, ` * text`, ` */`, or all of it on one.
pub fn without_comments(script: &str) -> String {
    let is_comment = |line: &str| {
        let is_block = line.starts_with("/**") && (line.len() == 3 || line.ends_with("*/"));
        is_block || line.starts_with("//") || line == "*" || line.starts_with("* ") || line == "*/"
    };
    let lines = script.lines().map(str::trim);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty() && !is_comment(line)).collect();
    lines.join("\n")
}

/// What a site allows besides its own files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sources<'a> {
    /// Inline scripts of the template, each allowed by its hash.
    pub scripts: &'a [String],
    /// Hosts whose images are shown.
    pub images: &'a [String],
    /// The styles that pages carry, as [`super::style::Group::hash`] says them.
    pub styles: &'a [String],
}

/// The Content-Security-Policy. `header` adds what a `<meta>` form can't say (CSP 3, section
/// 3.3). Scripts only from the site, and the inline ones of our own and of the template
/// by their hashes; likewise the styles; nothing from a third party but images of the hosts that the
/// author allows; no string becomes HTML or a script unchecked (Trusted Types).
pub fn policy(header: bool, sources: Sources<'_>) -> String {
    let inline = sources.scripts;
    let mut script = "script-src 'self' 'wasm-unsafe-eval'".to_owned();
    if is_served_by_trunk(inline) {
        // trunk changes its script while it serves, so no hash fits; a deployed site has none.
        script.push_str(" 'unsafe-inline'");
    } else {
        for text in std::iter::once(THEME_SCRIPT.as_str()).chain(inline.iter().map(String::as_str))
        {
            let digest = Sha256::digest(text.as_bytes());
            let hash = base64::engine::general_purpose::STANDARD.encode(digest);
            script.push_str(&format!(" 'sha256-{hash}'"));
        }
    }
    let images: String = sources.images.iter().map(|host| format!(" https://{host}")).collect();
    let images = format!("img-src 'self' data:{images}");
    let styles: String = sources.styles.iter().map(|hash| format!(" {hash}")).collect();
    let styles = format!("style-src 'self'{styles}");
    let mut rules = vec![
        "default-src 'none'",
        &script,
        &styles,
        &images,
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types default",
    ];
    if header {
        rules.push("frame-ancestors 'none'");
    }
    rules.join("; ")
}

/// Whether `trunk serve` made the page: it adds a script that reloads it.
pub fn is_served_by_trunk(inline: &[String]) -> bool {
    inline.iter().any(|script| script.contains(".well-known/trunk/") || script.contains("__TRUNK_"))
}

/// The headers that every file should be served with.
pub fn security(sources: Sources<'_>) -> Vec<(&'static str, String)> {
    [
        ("Content-Security-Policy", policy(true, sources)),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()".to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        // Feeds carry whole texts, and readers in the browser show their pictures from here. All of
        // a blog is public.
        ("Cross-Origin-Resource-Policy", "cross-origin".to_owned()),
    ]
    .into()
}

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "public, max-age=0, must-revalidate";

/// The `_headers` file that Netlify and Cloudflare Pages read. A path must match one cache rule
/// only, because these hosts join the values of several. What matches none is revalidated: both
/// do so by themselves, and so does the local preview; the worker's rule says it outright.
/// Cloudflare Pages takes at most 100 rules.
pub fn headers_file(base: &Base, files: &Files, sources: Sources<'_>) -> String {
    let mut out = format!("{}*\n", base.as_str());
    for (name, value) in security(sources) {
        out.push_str(&format!("  {name}: {value}\n"));
    }
    let mut rule = |path: &str, value: &str| {
        out.push_str(&format!("{}{path}\n  Cache-Control: {value}\n", base.as_str()));
    };
    // One by one: an author's own files may stand in the same folder.
    let sibling = |path: &str| path.ends_with(".br") || path.ends_with(".gz");
    let assets = files.keys().filter(|path| path.starts_with("assets/") && is_hashed(path));
    for path in assets.filter(|path| !sibling(path)) {
        rule(&text::encode_path(path), IMMUTABLE);
    }
    rule("data/*", IMMUTABLE);
    rule("og/*", IMMUTABLE);
    rule("sw.js", REVALIDATE);
    rule("release.json", REVALIDATE);
    // Hosts know these by their endings only.
    for path in ["feed.xml", "tags/*/feed.xml", "rss.xml", "feed.json", "opensearch.xml"] {
        let Some(media_type) = own_type(path) else { continue };
        out.push_str(&format!("{}{path}\n  Content-Type: {media_type}\n", base.as_str()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_carry_a_hash_are_kept_forever() {
        let names = ["assets/app-0123456789abcdef.js", "assets/photo.jpg", "index.html", "sw.js"];
        let files = names.map(|path| (path.to_owned(), Vec::new())).into();
        let out = headers_file(&Base::new("/b/"), &files, Sources::default());
        let rules: Vec<&str> = out.lines().filter(|line| !line.starts_with(' ')).collect();
        let kept =
            ["/b/*", "/b/assets/app-0123456789abcdef.js", "/b/data/*", "/b/og/*", "/b/sw.js"];
        assert_eq!(rules[..5], kept);
    }

    #[test]
    fn scripts_lose_comments_and_nothing_else() {
        let script = "// a\n/** b */\n/**\n * c\n *\n */\nlet d = /** @type {E} */ (f);\n\
            \n  /** @type {E} */ (f).g(2\n    ** 3); // h\n";
        let left = "let d = /** @type {E} */ (f);\n/** @type {E} */ (f).g(2\n** 3); // h";
        assert_eq!(without_comments(script), left);
    }

    #[test]
    fn inline_scripts_are_allowed_by_hash_and_nothing_else_is() {
        let scripts = ["own()".to_owned()];
        let (images, styles) = (["i.example".to_owned()], ["'sha256-abc='".to_owned()]);
        let policy = policy(true, Sources { scripts: &scripts, images: &images, styles: &styles });
        assert!(policy.contains("img-src 'self' data: https://i.example;"), "{policy}");
        assert_eq!(policy.matches("'sha256-").count(), 3);
        assert!(policy.contains("style-src 'self' 'sha256-abc=';"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    }
}
