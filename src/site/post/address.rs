//! Where a post stands, and where it stood.

use std::path::Path;

use super::Kind;
use crate::route;
use crate::site::config::Config;
use crate::site::fields::{Fields, Text};
use crate::site::permalink::{self, Parts, Permalink};
use crate::site::tree::Value;
use crate::site::when::When;
use crate::text;

const HELP: &str = "set `slug` to letters, digits and hyphens";
const OTHER: &str = "set `permalink` to another path, such as /posts/my-name/";

/// The date and the name that a file's name carries: `2026-01-14-name.md`.
pub fn name_parts(file: &Path) -> (Option<String>, String) {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut parts = stem.splitn(4, '-');
    let mut number = |lengths: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?;
        (lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).then_some(part)
    };
    if let (Some(year), Some(month), Some(day)) = (number(4..=4), number(1..=2), number(1..=2))
        && let Some(name) = parts.next()
    {
        return (Some(format!("{year}-{month}-{day}")), name.to_owned());
    }
    (None, stem)
}

/// Where it stands: `permalink`, else the site's pattern with the `slug` or the file's name.
pub(super) fn path(
    fields: &mut Fields<'_, '_>,
    config: &Config,
    (kind, name, when, categories): (Kind, &str, Option<&When>, &[Text]),
) -> Option<String> {
    let permalink = fields.text("permalink");
    let slug = slug(fields)?;
    let at = permalink.as_ref().or(slug.as_ref()).map_or(fields.at, |text| text.at);
    let name = slug.as_ref().map_or(name, |text| &text.value);
    let pattern = match (&permalink, kind) {
        (Some(written), _) => match Permalink::parse_one(&written.value) {
            Ok(pattern) => pattern,
            Err(message) => {
                fields.error(
                    at,
                    message,
                    "write a path such as /about/, or a pattern of the guide",
                );
                return None;
            }
        },
        (None, Kind::Page) => Permalink::page(),
        (None, Kind::Post) => config.permalink.clone(),
    };
    if when.is_none() && kind == Kind::Post {
        return None;
    }
    let local = when.map(|when| config.timezone.to_datetime(when.instant));
    let names: Vec<String> = categories.iter().map(|text| text.value.clone()).collect();
    let path = pattern.path(&Parts { name, local: local.unwrap_or_default(), categories: &names });
    let nameless = pattern.has_name() && permalink::segment(name).is_empty();
    let verdict = match nameless {
        true => Err("the address is empty".to_owned()),
        false => permalink::check(&path),
    };
    match verdict {
        Ok(()) => Some(path),
        Err(message) => {
            let first = path.split('/').next().unwrap_or_default();
            let help = if nameless && permalink.is_none() { HELP } else { OTHER };
            match (permalink.or(slug), text_of(first, categories)) {
                (Some(_), _) => fields.error(at, message, help),
                (None, Some(text)) => {
                    fields.error(text.at, message, "rename the category, or set `permalink`");
                }
                (None, None) => fields.missing(message, help),
            }
            None
        }
    }
}

/// The category that an address begins with.
fn text_of<'a>(first: &str, categories: &'a [Text]) -> Option<&'a Text> {
    categories.iter().find(|category| permalink::is_category(first, &category.value))
}

/// The `slug`, where it is written; the outer `None` where it can't be one.
fn slug(fields: &mut Fields<'_, '_>) -> Option<Option<Text>> {
    let Some(entry) = fields.entry("slug") else { return Some(None) };
    let text = fields.text("slug");
    let empty = !matches!(&entry.node.value, Value::Scalar { text, .. } if !text.trim().is_empty());
    let message = match text.as_ref().map(|text| check_slug(&text.value)) {
        None if empty => "`slug` is empty".to_owned(),
        Some(Err(message)) => message,
        _ => return Some(text),
    };
    fields.error(text.map_or(entry.at, |text| text.at), message, HELP);
    None
}

fn check_slug(slug: &str) -> Result<(), String> {
    match slug.chars().find(|c| matches!(c, '/' | '\\' | '%')) {
        Some(bad) => Err(format!("`{}` holds `{bad}`, which no slug may", text::shorten(slug, 40))),
        None => permalink::check_segment(slug),
    }
}

/// `redirect_from`: one path or a list, as jekyll-redirect-from reads it.
pub(super) fn redirects(fields: &mut Fields<'_, '_>) -> Vec<Text> {
    let mut good = Vec::new();
    for text in fields.texts_unsplit("redirect_from") {
        match redirect(&text.value) {
            Ok(path) => good.push(Text { value: path, ..text }),
            Err(message) => {
                fields.error(
                    text.at,
                    message,
                    "write a path of this site, such as /2019/old-name/",
                );
            }
        }
    }
    good
}

fn redirect(written: &str) -> Result<String, String> {
    let path = written.split(['?', '#']).next().unwrap_or_default();
    let decoded = text::decode(path).filter(|_| !written.contains("://"));
    let Some(decoded) = decoded else {
        return Err(format!("`{written}` is not a path of this site"));
    };
    let path = permalink::normal(&decoded);
    if path.is_empty() {
        return Err("the home page can't be an old address".to_owned());
    }
    path.split('/').filter(|part| !part.is_empty()).try_for_each(permalink::check_segment)?;
    Ok(route::document_path(&path))
}
