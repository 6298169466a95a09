//! The text of `inkstone.toml`.

use super::defaults::Mapped;
use super::settings::Settings;
use crate::site::tree::{Node, Value};

/// Writes the settings with a comment where one helps. `title` stands in for a missing one.
pub fn text(settings: &Settings, title: &str, defaults: &[Mapped<'_>]) -> String {
    let site = &settings.site;
    let from = settings.file.as_deref().unwrap_or("a Jekyll site without settings");
    let mut text = format!(
        "# Made from {from} by `cargo inkstone import`.\n\
         # docs/configuration.md explains these keys and the others.\n\n"
    );
    let mut key = |comment: &str, key: &str, value: Option<&str>| {
        if let Some(value) = value {
            if !comment.is_empty() {
                text += &format!("\n# {comment}\n");
            }
            text += &format!("{key} = {}\n", quoted(value));
        }
    };
    key("", "title", Some(site.title.as_deref().unwrap_or(title)));
    key("", "description", site.description.as_deref());
    key("", "author", site.author.as_deref());
    key("", "language", site.language.as_deref());
    let comment = "The whole address; its path is where the site is mounted.";
    key(comment, "url", site.url.as_deref());
    let comment = "Dates without an offset are read in this time zone.";
    key(comment, "timezone", site.timezone.as_deref());
    let comment = "The addresses of posts, as they were.";
    key(comment, "permalink", Some(&site.permalink));
    let comment = "In a post, what comes before this is its excerpt.";
    key(comment, "excerpt_separator", site.excerpt_separator.as_deref());
    if let Some(size) = site.page_size {
        text += &format!("\n# Posts on one page of a list.\npage_size = {size}\n");
    }
    if !defaults.is_empty() {
        text += "\n# Front matter that files have unless they say otherwise.\n";
    }
    let sets: Vec<String> = defaults.iter().map(set).collect();
    text + &sets.join("\n")
}

fn set(set: &Mapped<'_>) -> String {
    let mut text = format!("[[defaults]]\npath = {}\n", quoted(&set.path));
    if let Some(kind) = set.kind {
        text += &format!("kind = {}\n", quoted(kind));
    }
    text += "[defaults.values]\n";
    for entry in &set.values {
        text += &format!("{} = {}\n", bare_or_quoted(&entry.key), value(&entry.node));
    }
    text
}

/// A value of YAML. What reads the same in TOML keeps its type, the rest is text.
fn value(node: &Node) -> ::toml::Value {
    use ::toml::Value as Toml;
    match &node.value {
        Value::Null => Toml::String(String::new()),
        Value::Scalar { text, quoted: true } => Toml::String(text.clone()),
        Value::Scalar { text, .. } => match (&**text, text.parse::<i64>()) {
            ("true", _) => Toml::Boolean(true),
            ("false", _) => Toml::Boolean(false),
            (text, Ok(number)) if number.to_string() == text => Toml::Integer(number),
            _ => Toml::String(text.clone()),
        },
        Value::List(items) => Toml::Array(items.iter().map(value).collect()),
        Value::Map(entries) => {
            let pairs = entries.iter().map(|entry| (entry.key.clone(), value(&entry.node)));
            Toml::Table(pairs.collect())
        }
    }
}

fn bare_or_quoted(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { quoted(key) }
}

/// A text in double quotes on one line (TOML 1.0.0, basic strings).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            c if c.is_control() => out += &format!("\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}
