//! The keys of front matter, one function each.

use jiff::Timestamp;

use super::{Hidden, Inputs, Kind, Picture};
use crate::date::Date;
use crate::site::config::{self, Config};
use crate::site::fields::{Fields, Text};
use crate::site::tree::{Node, Value};
use crate::site::when::{self, When};
use crate::text;

/// The `title`, else one made of the file's name. A title that says nothing is a mistake.
pub(super) fn title(fields: &mut Fields<'_, '_>, name: &str) -> Option<String> {
    if let Some(entry) = fields.entry("title")
        && entry.node.value == Value::Null
    {
        fields.error(entry.at, "`title` is empty", "write the title, or delete the line");
        return None;
    }
    let written = fields.text("title");
    if written.is_none() && name.is_empty() {
        fields.missing("no `title`, and none in the file's name", "add a line `title: …`");
    }
    if let Some(title) = written {
        return Some(title.value);
    }
    (!name.is_empty()).then(|| title_of(name))
}

/// Words with a capital, as Jekyll makes them (`Utils.titleize_slug`), but with the rest of each
/// as it is: `GPU-news` is “GPU News”.
fn title_of(name: &str) -> String {
    let word = |word: &str| {
        let mut rest = word.chars();
        rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
    };
    name.split(['-', '_']).map(word).collect::<Vec<String>>().join(" ")
}

/// The `date`, else the one of the file's name. A draft without either is of this moment, as in
/// Jekyll.
pub(super) fn when(
    fields: &mut Fields<'_, '_>,
    inputs: Inputs<'_>,
    kind: Kind,
    (name_date, draft): (Option<&str>, bool),
) -> Option<When> {
    let zone = &inputs.config.timezone;
    let written = fields.text("date");
    let at = written.as_ref().map_or(fields.at, |text| text.at);
    let Some(text) = written.map(|text| text.value).or_else(|| name_date.map(str::to_owned)) else {
        if draft {
            // The day, not the moment, so that two builds of a day are the same.
            let today = when::day_in(inputs.now, zone).to_string();
            return when::parse(&today, zone).ok();
        }
        if kind == Kind::Post {
            let help = "add a line `date: 2026-01-14`, or name the file 2026-01-14-title.md";
            fields.missing("no `date`, and none in the file's name", help);
        }
        return None;
    };
    date(fields, at, &text, inputs.config)
}

fn date(fields: &mut Fields<'_, '_>, at: usize, text: &str, config: &Config) -> Option<When> {
    match when::parse(text, &config.timezone) {
        Ok(when) => Some(when),
        Err(wrong) => {
            fields.error(at, wrong.message, wrong.help);
            None
        }
    }
}

/// `last_modified_at`, or `updated`.
pub(super) fn updated(fields: &mut Fields<'_, '_>, config: &Config) -> Option<Date> {
    let (long, short) = (fields.text("last_modified_at"), fields.text("updated"));
    let text = long.or(short)?;
    date(fields, text.at, &text.value, config).map(|when| when.date)
}

/// The categories of the folders above a nested `_posts`, as Jekyll counts them
/// (`Document#categories_from_path`), then those written.
pub(super) fn categories(fields: &mut Fields<'_, '_>, folder: &[String]) -> Vec<Text> {
    let special = |name: &String| matches!(&**name, "_posts" | "_drafts");
    let above = folder.iter().position(special).map_or(&[][..], |end| &folder[..end]);
    let mut all: Vec<Text> =
        above.iter().map(|name| Text { value: name.clone(), at: 0, end: 0 }).collect();
    all.extend(terms(fields, "categories", "category"));
    unique(all)
}

/// Both spellings of a key, each term once; Jekyll splits a text of the plural one at white space
/// (`Utils.pluralized_array_from_hash`).
pub(super) fn terms(
    fields: &mut Fields<'_, '_>,
    many: &'static str,
    one: &'static str,
) -> Vec<Text> {
    let mut all = fields.texts(many);
    all.extend(fields.texts_of_one(one));
    all.retain(|term| {
        let named = !crate::tag::key(&term.value).is_empty();
        if !named {
            fields.error(term.at, format!("`{many}` holds an empty name"), "delete it");
        }
        named
    });
    unique(all)
}

fn unique(mut terms: Vec<Text>) -> Vec<Text> {
    let mut seen = std::collections::BTreeSet::new();
    terms.retain(|term| seen.insert(crate::tag::key(&term.value)));
    terms
}

/// Characters that turn the text around or can't be seen (FAULTS row 27).
pub(super) fn warn_invisible(fields: &mut Fields<'_, '_>, tags: &[Text], categories: &[Text]) {
    let title = fields.text("title");
    let named = title.iter().map(|text| ("title", text));
    let named = named.chain(tags.iter().map(|text| ("tags", text)));
    let named: Vec<_> = named.chain(categories.iter().map(|text| ("categories", text))).collect();
    for (key, text) in named {
        if let Some(bad) = text::first_invisible(&text.value) {
            let message = format!("`{key}` holds the invisible character U+{:04X}", u32::from(bad));
            fields.warning(
                text.at,
                message,
                "delete it, and type the text anew if it is still there",
            );
        }
    }
}

/// `draft`, else whether it lies below a `_drafts` folder.
pub(super) fn draft(fields: &mut Fields<'_, '_>, folder: &[String]) -> bool {
    let below = folder.iter().any(|name| name == "_drafts");
    fields.flag("draft").unwrap_or(below)
}

/// Why it is not shown, if it is not.
pub(super) fn hidden(
    draft: bool,
    published: Option<bool>,
    when: Option<&When>,
    now: Timestamp,
) -> Option<Hidden> {
    if draft {
        Some(Hidden::Draft)
    } else if published == Some(false) {
        Some(Hidden::Unpublished)
    } else if when.is_some_and(|when| when.instant > now) {
        Some(Hidden::Future)
    } else {
        None
    }
}

/// `author` and `authors`: one text, a list, or a table with a `name`.
pub(super) fn authors(fields: &mut Fields<'_, '_>, language: &str) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for key in ["author", "authors"] {
        if let Some(name) = fields.entry(key).and_then(|entry| inner(&entry.node, "name")) {
            names.push(name.value);
        } else {
            names.extend(fields.texts_unsplit(key).into_iter().map(|text| text.value));
        }
    }
    let separator = if language.starts_with("zh") { "、" } else { ", " };
    (!names.is_empty()).then(|| names.join(separator))
}

/// The text of a key inside a table.
fn inner(node: &Node, key: &str) -> Option<Text> {
    let Value::Map(entries) = &node.value else { return None };
    let entry = entries.iter().find(|entry| entry.key == key)?;
    let Value::Scalar { text, .. } = &entry.node.value else { return None };
    let (at, end) = (entry.node.span.start, entry.node.span.end);
    Some(Text { value: text.trim().to_owned(), at, end })
}

/// `image: /a.png`, or a table with `path` and `alt` (Chirpy, jekyll-seo-tag).
pub(super) fn picture(fields: &mut Fields<'_, '_>) -> Option<Picture> {
    let entry = fields.entry("image")?;
    if let Value::Map(_) = entry.node.value {
        let find = |keys: &[&str]| keys.iter().find_map(|key| inner(&entry.node, key));
        let Some(src) = find(&["path", "src", "url"]) else {
            let help = "write `image: /images/a.png`, or a table with `path` and `alt`";
            fields.error(entry.at, "`image` has no `path`", help);
            return None;
        };
        let alt = find(&["alt", "caption"]).map_or_else(String::new, |text| text.value);
        return Some(Picture { src, alt });
    }
    let src = fields.text("image")?;
    Some(Picture { src, alt: String::new() })
}

/// A whole `https:` or `http:` URL.
pub(super) fn web_address(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<String> {
    let text = fields.text(key)?;
    let parsed = url::Url::parse(&text.value).ok();
    if parsed.is_some_and(|url| matches!(url.scheme(), "https" | "http")) {
        return Some(text.value);
    }
    let message = format!("`{key}` is not a web address: `{}`", text.value);
    fields.error(text.at, message, "write it whole, such as https://news.example/a");
    None
}

/// A language tag, as BCP 47 shapes it; Jekyll's `zh_CN` is read as well.
pub(super) fn language(fields: &mut Fields<'_, '_>) -> Option<String> {
    let text = fields.text("lang")?;
    let tag = text.value.replace('_', "-");
    if config::is_language(&tag) {
        return Some(tag);
    }
    let message = format!("`{}` is not a language", text.value);
    fields.error(text.at, message, "write a tag such as zh-CN or en");
    None
}

/// Keys that are known and change nothing: a switch for what is not there is only worth a word
/// where it is on. Formulas and diagrams need no switch.
pub(super) fn without_effect(fields: &mut Fields<'_, '_>) {
    fields.flag("comments");
    if fields.flag("hidden") == Some(true) {
        let at = fields.entry("hidden").map_or(fields.at, |entry| entry.at);
        let help = "the post is in all lists; to hide it, write `published: false`";
        fields.common_warning(at, "`hidden` has no effect yet".to_owned(), help);
    }
}

/// Whether a switch is on; it is where it isn't named.
pub(super) fn unless_off(fields: &mut Fields<'_, '_>, keys: [&'static str; 2]) -> bool {
    keys.iter().all(|key| fields.flag(key) != Some(false))
}
