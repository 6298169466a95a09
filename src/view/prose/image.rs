//! Images, seen large on demand, and cards for what another site shows.

use super::{Prose, number};
use crate::markdown::Href;
use crate::view::markup::{Markup, element, text};
use crate::words;

/// Images at least this wide, in CSS pixels, can be seen large.
const LARGE: u32 = 320;

impl Prose<'_> {
    /// An image of the site; one from elsewhere is a card that leads to it, so that reading a post
    /// asks no third party, unless the site allows that host.
    pub(super) fn image(&self, src: Href, alt: String, title: String) -> Markup {
        let known = match &src {
            Href::Site(path) => self.target("/", path),
            Href::Relative(url) | Href::External(url) => self.target("", url),
            Href::Fragment(_) => None,
        };
        if matches!(src, Href::External(_)) && !known.is_some_and(|target| target.remote) {
            return self.card(&src, alt);
        }
        let url = self.url(&src);
        let size = known.and_then(|target| target.size);
        let (url, theme) = theme(&url);
        let image = |alt: &str| {
            element("img", Vec::new())
                .with("src", url.to_owned())
                .with("alt", alt.to_owned())
                .maybe("width", size.map(|(width, _)| number(width)))
                .maybe("height", size.map(|(_, height)| number(height)))
                .with("loading", "lazy")
                .with("decoding", "async")
        };
        let large = size.is_none_or(|(width, _)| width >= LARGE) && self.links.get() == 0;
        let title = (!title.is_empty()).then_some(title);
        if !large {
            return image(&alt).maybe("title", title).maybe("class", theme).done();
        }
        self.large(image(&alt).maybe("title", title).done(), image("").done(), &alt, theme)
    }

    /// An image as a button that shows it large. A popover does that without script, and gives
    /// back the focus.
    fn large(
        &self,
        small: Markup,
        large: Markup,
        alt: &str,
        theme: Option<&'static str>,
    ) -> Markup {
        let words = self.scene.words;
        let at = self.images.get() + 1;
        self.images.set(at);
        let id = format!("image-{at}");
        let label = if alt.is_empty() { words.image } else { alt };
        let open = element("button", vec![small])
            .with("class", "zoom")
            .with("type", "button")
            .with("popovertarget", id.clone())
            .with("aria-label", words::with(words.enlarge, label));
        let close = element("button", vec![large])
            .with("type", "button")
            .with("popovertarget", id.clone())
            .with("popovertargetaction", "hide")
            .with("autofocus", "")
            .with("aria-label", words::with(words.shrink, label));
        let popover = element("span", vec![close.done()])
            .with("class", "lightbox")
            .with("id", id)
            .with("popover", "");
        element("span", vec![open.done(), popover.done()])
            .with("class", theme.map_or("image".to_owned(), |theme| format!("image {theme}")))
            .done()
    }

    /// A link to what another site shows: its title, and the name of that site.
    pub(super) fn card(&self, href: &Href, title: String) -> Markup {
        let url = self.url(href);
        let host = url.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next());
        let host = host.unwrap_or_default().trim_start_matches("www.").to_owned();
        let title = if title.trim().is_empty() { self.scene.words.embed.to_owned() } else { title };
        let mut parts = vec![element("span", vec![text(title)]).with("class", "card-title").done()];
        if !host.is_empty() {
            parts.push(text(" "));
            parts.push(element("span", vec![text(host)]).with("class", "card-host").done());
        }
        match self.links.get() {
            0 => element("a", parts)
                .with("class", "card")
                .with("href", url)
                .with("rel", "noopener external")
                .done(),
            _ => element("span", parts).done(),
        }
    }
}

/// An image's URL without the fragment by which authors say for which colours it is made, and
/// the class for them: `#only-dark` (Material for MkDocs), `#gh-dark-mode-only` (GitHub).
fn theme(url: &str) -> (&str, Option<&'static str>) {
    let Some((rest, fragment)) = url.rsplit_once('#') else { return (url, None) };
    match fragment {
        "only-light" | "gh-light-mode-only" => (rest, Some("only-light")),
        "only-dark" | "gh-dark-mode-only" => (rest, Some("only-dark")),
        _ => (url, None),
    }
}
