//! The site's configuration: `inkstone.toml`.

mod defaults;

use jiff::tz::TimeZone;

use super::diagnostic::{Diagnostic, Source};
use super::fields::{self, Fields, Text};
use super::permalink::Permalink;
use super::tree::{Entry, Value};
use crate::model::{NavigationItem, Site};
use crate::route::Base;

pub use defaults::Defaults;

/// Everything the author says about the site.
#[derive(Clone, Debug)]
pub struct Config {
    /// What the app shows.
    pub site: Site,
    /// The name under an icon; at most 12 characters are shown by most launchers.
    pub short_name: String,
    /// Where the site will stand, such as `https://blog.example/sub/`; `None` if not said.
    pub url: Option<url::Url>,
    /// Where the site is mounted: the path of `url`, unless the command line says otherwise.
    pub base: Base,
    /// The zone of dates without an offset, and of the days shown.
    pub timezone: TimeZone,
    /// Where posts stand.
    pub permalink: Permalink,
    /// The spellings of tags that win over the most used one.
    pub tag_labels: Vec<String>,
    /// Posts that are fetched for offline reading ahead of being read.
    pub offline_newest: usize,
    /// Colours of the theme.
    pub theme: Theme,
    /// What ends the excerpt in a body; `None` for `<!--more-->` or the first paragraph.
    pub excerpt_separator: Option<String>,
    /// Other hosts whose images are shown rather than linked, such as `i.example`.
    pub remote_images: Vec<String>,
    /// Front matter for files that lack a key, the one that counts first.
    pub defaults: Vec<Defaults>,
}

/// Colours of the theme as `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Links and controls on light paper.
    pub accent: String,
    /// The same on dark paper.
    pub accent_dark: String,
    /// Light paper; also the installed app's splash screen.
    pub background: String,
    /// Dark paper.
    pub background_dark: String,
}

impl Default for Theme {
    fn default() -> Self {
        Theme {
            accent: "#a63d2f".to_owned(),
            accent_dark: "#e8927c".to_owned(),
            background: "#faf8f3".to_owned(),
            background_dark: "#16181b".to_owned(),
        }
    }
}

/// Reads the file; without errors in `problems` the result is what the author meant.
pub fn parse(source: &Source, problems: &mut Vec<Diagnostic>) -> Config {
    let root = match super::toml::parse(source) {
        Ok(root) => root,
        Err(errors) => {
            problems.extend(errors);
            super::tree::Node { span: 0..0, value: super::tree::Value::Map(Vec::new()) }
        }
    };
    let broken = !problems.is_empty();
    let mut fields = Fields::new(source, &root, problems);
    let title = fields.text("title");
    let is_text = |entry: &Entry| matches!(entry.node.value, Value::Scalar { quoted: true, .. });
    if title.is_none() && !broken && fields.entry("title").is_none_or(is_text) {
        fields.missing("the site has no `title`", "add a line such as title = \"我的博客\"");
    }
    let title = title.map_or_else(String::new, |title| title.value);
    let text = |fields: &mut Fields<'_, '_>, key| fields.text(key).map(|text| text.value);
    let language = language(&mut fields);
    let url = site_url(&mut fields);
    let site = Site {
        description: text(&mut fields, "description").unwrap_or_default(),
        author: text(&mut fields, "author").unwrap_or_default(),
        page_size: fields.number("page_size", 1..=100).unwrap_or(10),
        navigation: Vec::new(),
        origin: url.as_ref().map(|url| url.origin().ascii_serialization()),
        card: None,
        title: title.clone(),
        language,
    };
    let mut config = Config {
        site,
        short_name: text(&mut fields, "short_name").unwrap_or(title),
        base: Base::new(url.as_ref().map_or("/", |url| url.path())),
        url,
        timezone: timezone(&mut fields),
        permalink: permalink(&mut fields),
        tag_labels: fields.texts("tag_labels").into_iter().map(|text| text.value).collect(),
        offline_newest: fields.number("offline_newest", 0..=1000).unwrap_or(10) as usize,
        theme: Theme::default(),
        excerpt_separator: text(&mut fields, "excerpt_separator"),
        remote_images: remote_images(&mut fields),
        defaults: Vec::new(),
    };
    let defaults_nodes = fields.nodes("defaults");
    let theme_node = fields.entry("theme").map(|entry| &entry.node);
    let navigation_nodes = fields.nodes("navigation");
    fields.finish();
    if let Some(node) = theme_node {
        config.theme = theme(Fields::new(source, node, problems));
    }
    for node in navigation_nodes {
        config.site.navigation.extend(navigation(Fields::new(source, node, problems)));
    }
    for node in defaults_nodes {
        config.defaults.push(defaults::read(source, node, problems));
    }
    // The deeper folder counts more, and of two alike the later one.
    config.defaults.reverse();
    config.defaults.sort_by_key(|defaults| std::cmp::Reverse(defaults.folder.len()));
    config
}

/// A BCP 47 language tag, checked for its shape only.
fn language(fields: &mut Fields<'_, '_>) -> String {
    let default = || "zh-CN".to_owned();
    let Some(Text { value, at, .. }) = fields.text("language") else { return default() };
    if is_language(&value) {
        return value;
    }
    fields.error(at, format!("`{value}` is not a language"), "write a tag such as zh-CN or en");
    default()
}

/// Whether a text has the shape of a language tag: letters, then short parts behind hyphens.
pub fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

fn site_url(fields: &mut Fields<'_, '_>) -> Option<url::Url> {
    let Text { value, at, .. } = fields.text("url")?;
    match url::Url::parse(&value) {
        Ok(url) if matches!(url.scheme(), "https" | "http") && url.query().is_none() => Some(url),
        _ => {
            let message = format!("`{value}` is not the address of a site");
            fields.error(at, message, "write it whole, such as https://blog.example/");
            None
        }
    }
}

/// Names of hosts in lower case, without scheme, port or path, since they go into the policy.
fn remote_images(fields: &mut Fields<'_, '_>) -> Vec<String> {
    let mut hosts = Vec::new();
    for Text { value, at, .. } in fields.texts("remote_images") {
        let host = value.to_ascii_lowercase();
        let label = |label: &str| {
            !label.is_empty()
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if host.contains('.') && host.split('.').all(label) {
            hosts.push(host);
        } else {
            let help = "write its name alone, such as \"i.example.com\"";
            fields.error(at, format!("`{value}` is not the name of a host"), help);
        }
    }
    hosts
}

fn timezone(fields: &mut Fields<'_, '_>) -> TimeZone {
    let Some(Text { value, at, .. }) = fields.text("timezone") else { return TimeZone::UTC };
    TimeZone::get(&value).unwrap_or_else(|_| {
        let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        let near = fields::nearest(&value, names.iter().map(String::as_str));
        let help = near.map_or_else(
            || "write a name of the IANA list, such as Asia/Shanghai or UTC".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        fields.error(at, format!("there is no time zone `{value}`"), &help);
        TimeZone::UTC
    })
}

fn permalink(fields: &mut Fields<'_, '_>) -> Permalink {
    let Some(Text { value, at, .. }) = fields.text("permalink") else {
        return Permalink::default();
    };
    Permalink::parse(&value).unwrap_or_else(|message| {
        fields.error(at, message, "the default is /posts/:title/");
        Permalink::default()
    })
}

fn theme(mut fields: Fields<'_, '_>) -> Theme {
    let default = Theme::default();
    let mut color = |key, default: String| match fields.text(key) {
        None => default,
        Some(Text { value, .. }) if is_color(&value) => value.to_ascii_lowercase(),
        Some(Text { value, at, .. }) => {
            fields.error(
                at,
                format!("`{value}` is not a colour"),
                "write six hexadecimal digits, such as \"#a63d2f\"",
            );
            default
        }
    };
    let theme = Theme {
        accent: color("accent", default.accent),
        accent_dark: color("accent_dark", default.accent_dark),
        background: color("background", default.background),
        background_dark: color("background_dark", default.background_dark),
    };
    fields.finish();
    theme
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn navigation(mut fields: Fields<'_, '_>) -> Option<NavigationItem> {
    let at = fields.at;
    let (label, target) = (fields.text("label"), fields.text("target"));
    let item = match (label, target) {
        (Some(label), Some(target)) => {
            match link_target(&target.value) {
                Some(target) => Some(NavigationItem { label: label.value, target }),
                None => {
                    let message = format!("`{}` leads nowhere", target.value);
                    fields.error(target.at, message, "write a path such as /tags/, or a whole address such as https://blog.example/");
                    None
                }
            }
        }
        _ => {
            let help = "add lines such as label = \"About\" and target = \"/about/\"";
            fields.error(at, "a navigation item needs `label` and `target`", help);
            None
        }
    };
    fields.finish();
    item
}

/// A path below the base, or an `https:` URL.
fn link_target(target: &str) -> Option<String> {
    match crate::markdown::Href::new(target)? {
        crate::markdown::Href::Site(path) => Some(path),
        crate::markdown::Href::External(url) => Some(url),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn check(toml: &str, want: &[&str]) {
        let source = Source::new(Path::new("inkstone.toml"), toml.into()).unwrap();
        let mut problems = Vec::new();
        parse(&source, &mut problems);
        let got: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(got.len(), want.len(), "{got:#?}");
        for (got, want) in got.iter().zip(want) {
            assert!(got.contains(want), "{got} should contain {want}");
        }
    }

    #[test]
    fn every_mistake_is_reported_in_one_run() {
        check(
            "titel = \"x\"\nlanguage = \"chinese!\"\nurl = \"blog\"\ntimezone = \"Asia/Bejing\"\n\
             permalink = \"/:foo/\"\n[theme]\naccent = \"red\"\n[[navigation]]\nlabel = \"x\"\n",
            &[
                "inkstone.toml:1:1: error: the site has no `title`",
                "inkstone.toml:2:12: error: `chinese!` is not a language",
                "inkstone.toml:3:7: error: `blog` is not the address of a site",
                "inkstone.toml:4:12: error: there is no time zone `Asia/Bejing`",
                "inkstone.toml:5:13: error: unknown placeholder `:foo`",
                "inkstone.toml:1:1: warning: unknown key `titel`\n  help: did you mean `title`?",
                "inkstone.toml:7:10: error: `red` is not a colour",
                "error: a navigation item needs `label` and `target`",
            ],
        );
        check("title = \n[x\n", &["bad TOML", "bad TOML"]);
        check("title = \"x\"\n", &[]);
    }

    #[test]
    fn the_base_is_the_path_of_the_url() {
        let source = |toml: &str| Source::new(Path::new("i"), toml.into()).unwrap();
        let base = |toml: &str| parse(&source(toml), &mut Vec::new()).base;
        assert_eq!(base("title='x'\nurl='https://a.example/blog'"), Base::new("/blog/"));
        assert_eq!(base("title='x'"), Base::new("/"));
    }
}
