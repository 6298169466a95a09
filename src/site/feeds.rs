//! What feed readers, crawlers and the search boxes of browsers get, each file a function of what
//! the site says and nothing else: no clock, no order of chance, so that a build of the same posts
//! gives the same bytes.
//!
//! - `atom`, `rss`, `json`: the newest posts with their whole text, which `content` makes fit for
//!   readers that know neither our style sheet nor the address of the page.
//! - `sitemap`, `robots`: which pages there are, for crawlers.
//! - `open_search`: how a browser asks the site's own search.
//!
//! What only some of them share is below: `address`, `date` and `xml`.

mod address;
mod atom;
mod content;
mod date;
mod json;
mod open_search;
mod robots;
mod rss;
mod sitemap;
#[cfg(test)]
mod tests;
mod xml;

pub use atom::atom;
pub use content::content;
pub use json::json_feed;
pub use open_search::open_search;
pub use robots::robots;
pub use rss::rss;
pub use sitemap::{Place, sitemap};

/// What is the same in all files of a site. All texts are plain text.
#[derive(Clone, Debug)]
pub struct Site {
    /// The name of the site.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// Who writes it; may be empty.
    pub author: String,
    /// A language tag (BCP 47); empty where the author did not say.
    pub language: String,
    /// The address of the base with its closing slash, percent-encoded:
    /// `https://blog.example/sub/`. `None` where the author did not say one; every address is then
    /// a path from the host's root.
    pub url: Option<String>,
    /// `/` or `/sub/`.
    pub base: String,
    /// The icon, a PNG of 192 pixels: a path below the base, percent-encoded.
    pub icon: String,
    /// The large icon, a PNG of 512 pixels: a path below the base, percent-encoded.
    pub logo: String,
}

/// A post.
#[derive(Clone, Debug)]
pub struct Item {
    /// The path of its page below the base, percent-encoded: `posts/a/`.
    pub path: String,
    /// Plain text.
    pub title: String,
    /// RFC 3339, with an offset.
    pub published: String,
    /// The same of the last change; `None` where it is not known.
    pub updated: Option<String>,
    /// `None` for the site's own.
    pub author: Option<String>,
    /// A language tag; `None` for the site's own.
    pub language: Option<String>,
    /// The labels of its tags and categories.
    pub tags: Vec<String>,
    /// Plain text; may be empty.
    pub summary: String,
    /// The whole text, as the HTML of our own views.
    pub html: String,
    /// The picture above the text: its path below the base, percent-encoded, and its length in
    /// bytes.
    pub image: Option<(String, u64)>,
}

/// The newest posts, of the site or of one of its lists.
#[derive(Clone, Copy, Debug)]
pub struct Feed<'a> {
    /// The site.
    pub site: &'a Site,
    /// The path of the list below the base, percent-encoded (`tags/ai/`), and its label; `None` for
    /// the site's own feed.
    pub list: Option<(&'a str, &'a str)>,
    /// The path of the feed itself below the base, percent-encoded.
    pub path: &'a str,
    /// Newest first.
    pub items: &'a [&'a Item],
}

impl Site {
    /// What to call the site where a format asks for a name that is not empty.
    fn name(&self) -> &str {
        let names = [&self.title, &self.author].into_iter().map(|name| name.trim());
        names.into_iter().find(|name| !name.is_empty()).unwrap_or(self.host())
    }

    /// Who writes it, where a format asks for somebody.
    fn writer(&self) -> &str {
        if self.author.trim().is_empty() { self.name() } else { &self.author }
    }
}

impl Item {
    /// When it last changed, as far as is known.
    fn changed(&self) -> &str {
        self.updated.as_deref().unwrap_or(&self.published)
    }
}

impl Feed<'_> {
    /// The feed's own address.
    fn address(&self) -> String {
        self.site.address(self.path)
    }

    /// The path of the page that shows the same posts.
    fn page(&self) -> &str {
        self.list.map_or("", |(path, _)| path)
    }

    fn title(&self) -> String {
        let name = self.site.name();
        self.list.map_or_else(|| name.to_owned(), |(_, label)| format!("{label} – {name}"))
    }

    /// A post's text for a reader that shows it elsewhere.
    fn content(&self, item: &Item) -> String {
        content(&item.html, self.site.origin(), &self.site.address(&item.path))
    }

    /// The newest change of all posts.
    fn changed(&self) -> Option<date::Moment> {
        self.items.iter().filter_map(|item| date::Moment::parse(item.changed())).max()
    }
}

/// A language tag in its general form (RFC 4287, appendix B: RFC 3066); `None` for anything else,
/// which would make the whole file invalid.
fn language(tag: &str) -> Option<&str> {
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let fits = |part: &str| matches!(part.len(), 1..=8);
    let known = fits(first)
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| fits(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    known.then_some(tag)
}

/// The media type of a picture, by the end of its path.
fn media_type(path: &str) -> &'static str {
    let end = path.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    match &*end {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
