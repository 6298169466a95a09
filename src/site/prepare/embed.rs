//! Videos, music and gists that a tag puts into the page: a card that leads to their public page.
//!
//! The names are those of Chirpy's includes (_includes/embed/*.html), of minimal-mistakes'
//! `{% include video %}`, of jekyll-gist and of the widespread `{% youtube id %}` plugins.

use super::value::{address, literal};

/// The link of an include or a plugin's tag; `None` for all others.
pub(super) fn link(name: &str, arguments: &str) -> Option<String> {
    if matches!(name, "include" | "include_cached") {
        let (file, rest) = arguments.split_once(char::is_whitespace).unwrap_or((arguments, ""));
        return included(file, &Parameters(rest));
    }
    let words: Vec<&str> = arguments.split_whitespace().take(2).collect();
    let first = words.first()?.trim_matches(['"', '\'']);
    match name {
        "gist" => Some(gist(first, words.get(1).copied())),
        "twitter" | "tweet" if first.starts_with("https://") => {
            Some(card("Post on X", &address(first)))
        }
        _ => platform(name, first, None),
    }
}

fn included(file: &str, parameters: &Parameters<'_>) -> Option<String> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let name = name.strip_suffix(".html").unwrap_or(name).to_ascii_lowercase();
    let title = parameters.get("title").or_else(|| parameters.get("caption"));
    if let Some(source) = parameters.get("src")
        && matches!(&*name, "video" | "audio")
    {
        let elsewhere = source.contains("://").then(|| {
            let kind = if name == "video" { "Video" } else { "Audio" };
            card(title.unwrap_or(kind), source)
        });
        return Some(elsewhere.unwrap_or_else(|| player(&name, source, title)));
    }
    let provider = parameters.get("provider").filter(|_| name == "video");
    platform(provider.unwrap_or(&name), parameters.get("id")?, title)
}

/// The page of something on a platform, by its identifier or its address.
fn platform(name: &str, id: &str, title: Option<&str>) -> Option<String> {
    let (text, base) = match name {
        "youtube" => ("Video on YouTube", "https://www.youtube.com/watch?v="),
        "bilibili" => ("Video on Bilibili", "https://www.bilibili.com/video/"),
        "vimeo" => ("Video on Vimeo", "https://vimeo.com/"),
        "twitch" => ("Video on Twitch", "https://www.twitch.tv/videos/"),
        "spotify" => ("Music on Spotify", "https://open.spotify.com/track/"),
        _ => return None,
    };
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let url = match id {
        id if id.starts_with("https://") || id.starts_with("http://") => address(id),
        id if !id.is_empty() && id.chars().all(known) => format!("{base}{id}"),
        _ => return None,
    };
    Some(card(title.unwrap_or(text), &url))
}

/// The page of a gist, at one of its files (jekyll-gist: lib/jekyll-gist/gist_tag.rb).
fn gist(id: &str, file: Option<&str>) -> String {
    let file = file.map(|file| file.trim_matches(['"', '\'']));
    let anchor = file.map(|file| format!("#file-{}", file.to_lowercase().replace('.', "-")));
    let url = format!("https://gist.github.com/{}{}", id, anchor.unwrap_or_default());
    card(&format!("Gist {}", file.unwrap_or(id)), &address(&url))
}

/// A card: raw HTML that the browser makes one of. The end tag keeps it within its line, since a
/// start tag alone would begin a block of HTML.
fn card(text: &str, url: &str) -> String {
    format!("<embed src=\"{}\" title=\"{}\"></embed>", escape(url), escape(text.trim()))
}

/// A player of a file of the site.
fn player(name: &str, url: &str, title: Option<&str>) -> String {
    let title = title.map(|title| format!(" title=\"{}\"", escape(title))).unwrap_or_default();
    format!("<{name} src=\"{}\"{title}></{name}>", escape(url))
}

fn escape(text: &str) -> String {
    crate::site::document::escape(text).replace('\n', " ")
}

/// `key='value'` pairs (Jekyll: lib/jekyll/tags/include.rb).
struct Parameters<'a>(&'a str);

impl<'a> Parameters<'a> {
    /// A quoted value; `None` for a variable, whose value isn't known.
    fn get(&self, key: &str) -> Option<&'a str> {
        let mut rest = self.0;
        while let Some((name, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let end = match quote {
                Some(quote) => after[1..].find(quote).map_or(after.len(), |end| end + 2),
                None => after.find(char::is_whitespace).unwrap_or(after.len()),
            };
            if name.trim() == key {
                return literal(&after[..end]);
            }
            rest = &after[end..];
        }
        None
    }
}
