//! Where Jekyll publishes a page or a document of a collection: `template` and `url` of its
//! `lib/jekyll/page.rb` and `document.rb`, filled by `url.rb` and `drops/url_drop.rb`.

use super::settings::{Collection, Settings};

/// What an address is made from.
pub struct Page<'a> {
    /// The path in the site, such as `docs/x.md`.
    pub path: &'a str,
    /// The collection that it is a document of.
    pub collection: Option<&'a Collection>,
    /// `permalink`, from the front matter or the defaults.
    pub permalink: Option<&'a str>,
    /// `slug` of the front matter; it counts for documents only.
    pub slug: Option<&'a str>,
    /// `categories` of the front matter; they count for documents only.
    pub categories: &'a [String],
}

/// The address, such as `/docs/x.html`, not percent-encoded. The error is the placeholder that
/// can't be filled.
pub fn address(page: &Page<'_>, settings: &Settings) -> Result<String, String> {
    let template = match (page.permalink, page.collection) {
        (Some(permalink), _) => permalink.to_owned(),
        (None, Some(Collection { permalink: Some(permalink), .. })) => permalink.clone(),
        (None, Some(_)) => with_suffix("/:collection/:path", &settings.permalink),
        (None, None) if stem(page.path) == "index" => "/:path/".to_owned(),
        (None, None) => with_suffix("/:path/:basename", &settings.permalink),
    };
    fill(&template, page).map(|address| clean(&address))
}

/// `Utils.add_permalink_suffix`: pages follow the style of the site. The style `weekdate` is
/// missing there, so its pages have no extension.
fn with_suffix(template: &str, style: &str) -> String {
    let suffix = match style {
        "pretty" => "/",
        "date" | "ordinal" | "none" => ":output_ext",
        style if style.ends_with('/') => "/",
        style if style.ends_with(":output_ext") => ":output_ext",
        _ => "",
    };
    format!("{template}{suffix}")
}

fn fill(template: &str, page: &Page<'_>) -> Result<String, String> {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once(':') {
        let end = after.find(|c: char| !(c.is_ascii_lowercase() || c == '_'));
        let name = &after[..end.unwrap_or(after.len())];
        // `:year_:month`: an underscore may follow a name (`URL#possible_keys`).
        let names = [name, name.strip_suffix('_').unwrap_or(name)];
        let known = names.iter().find_map(|name| Some((value(name, page)?, name.len())));
        let (value, used) = known.ok_or_else(|| format!(":{name}"))?;
        filled += text;
        filled += &value;
        rest = &after[used..];
    }
    Ok(filled + rest)
}

fn value(name: &str, page: &Page<'_>) -> Option<String> {
    let (stem, dated) = (stem(page.path), undated(stem(page.path)));
    let Some(collection) = page.collection else {
        return match name {
            "path" => Some(page.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()),
            "basename" => Some(stem.to_owned()),
            "output_ext" => Some(".html".to_owned()),
            _ => None,
        };
    };
    let part = |from: usize, to: usize| dated.as_ref().map(|(date, _)| date[from..to].to_owned());
    let slug = page.slug.unwrap_or(dated.as_ref().map_or(stem, |(_, slug)| slug));
    match name {
        "collection" => Some(collection.label.clone()),
        "path" => Some(within(page.path, &collection.label).to_owned()),
        "name" => Some(slugified(&stem.to_lowercase(), "")),
        "slug" => Some(slugified(&slug.to_lowercase(), "")),
        "title" => Some(slugified(slug, "._~!$&'()+,;=@")),
        "output_ext" => Some(".html".to_owned()),
        "categories" => {
            let lower: Vec<String> = page.categories.iter().map(|c| c.to_lowercase()).collect();
            Some(lower.join("/"))
        }
        "year" => part(0, 4),
        "month" => part(5, 7),
        "day" => part(8, 10),
        _ => None,
    }
}

/// The file's name without its extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim_end_matches('.')
}

/// The date in front of a document's name, as `2026-01-14`, and what follows
/// (`Document::DATE_FILENAME_MATCHER`).
pub fn undated(stem: &str) -> Option<(String, &str)> {
    let mut parts = stem.splitn(4, '-');
    let mut number = |least: usize, most: usize| {
        let part = parts.next()?;
        let plain = part.bytes().all(|byte| byte.is_ascii_digit());
        (plain && (least..=most).contains(&part.len())).then_some(part)
    };
    let (year, month, day) = (number(2, 4)?, number(1, 2)?, number(1, 2)?);
    let slug = parts.next()?;
    let century = if year.len() == 2 { "20" } else { "" };
    Some((format!("{century}{year:0>2}-{month:0>2}-{day:0>2}"), slug))
}

/// A document's path below the folder of its collection, without extension.
fn within<'a>(path: &'a str, label: &str) -> &'a str {
    let folder = format!("_{label}/");
    let inner = path.find(&folder).map_or(path, |at| &path[at + folder.len()..]);
    inner.rsplit_once('.').map_or(inner, |(path, _)| path).trim_end_matches('.')
}

/// `Utils.slugify`: letters, digits and some signs stay, the rest becomes hyphens.
fn slugified(text: &str, signs: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || signs.contains(c) {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.strip_prefix('-').unwrap_or(&slug);
    slug.strip_suffix('-').unwrap_or(slug).to_owned()
}

/// `URL#sanitize_url`: one `/` in front, none doubled, no way up.
fn clean(address: &str) -> String {
    let mut clean = format!("/{address}").replace("..", "/").replace("./", "");
    while clean.contains("//") {
        clean = clean.replace("//", "/");
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, style: &str, permalink: Option<&str>, want: &str) {
        let settings = Settings { permalink: style.to_owned(), ..Settings::default() };
        let page = Page { path, collection: None, permalink, slug: None, categories: &[] };
        assert_eq!(address(&page, &settings).as_deref(), Ok(want), "{path} {style}");
    }

    #[test]
    fn pages_follow_the_style_of_the_site() {
        check("about.md", "date", None, "/about.html");
        check("docs/关于.md", "none", None, "/docs/关于.html");
        check("docs/x.md", "pretty", None, "/docs/x/");
        check("docs/x.md", "/posts/:title/", None, "/docs/x/");
        check("docs/x.md", "/:title", None, "/docs/x");
        check("docs/x.md", "weekdate", None, "/docs/x");
        check("x.md", "/:title:output_ext", None, "/x.html");
        check("docs/index.md", "date", None, "/docs/");
        check("index.md", "date", None, "/");
        check("a.md", "date", Some("b/"), "/b/");
        check("x/a.md", "date", Some("/:path//:basename:output_ext"), "/x/a.html");
        check("a.md", "date", Some("/../up/./b/"), "/up/b/");
    }

    #[test]
    fn documents_follow_their_collection() {
        let check = |path: &str, style: &str, pattern: Option<&str>, want: Result<&str, &str>| {
            let settings = Settings { permalink: style.to_owned(), ..Settings::default() };
            let collection = Collection {
                label: "notes".to_owned(),
                output: true,
                permalink: pattern.map(str::to_owned),
            };
            let categories = ["Rust".to_owned()];
            let page = Page {
                path,
                collection: Some(&collection),
                permalink: None,
                slug: None,
                categories: &categories,
            };
            let got = address(&page, &settings);
            assert_eq!(got.as_deref().map_err(String::as_str), want, "{path} {pattern:?}");
        };
        check("_notes/a/b.md", "date", None, Ok("/notes/a/b.html"));
        check("_notes/a/b.md", "pretty", None, Ok("/notes/a/b/"));
        check("blog/_notes/b.md", "pretty", None, Ok("/notes/b/"));
        check("_notes/My Note.md", "date", Some("/:title/"), Ok("/My-Note/"));
        check("_notes/My Note.md", "date", Some("/:name/"), Ok("/my-note/"));
        check("_notes/2026-1-4-b.md", "date", Some("/:year_:month/:slug"), Ok("/2026_01/b"));
        check("_notes/b.md", "date", Some("/:categories/:title:output_ext"), Ok("/rust/b.html"));
        check("_notes/b.md", "date", Some("/:year/:title/"), Err(":year"));
        check("_notes/b.md", "date", Some("/:foo/"), Err(":foo"));
    }
}
