//! All pages for crawlers (sitemaps.org, protocol 0.9), with their translations as Google reads
//! them (`xhtml:link`).

use super::date::Moment;
use super::xml::{Attributes, Xml};
use super::{Site, language};

/// Pages in one file at most, and files in an index (sitemaps.org, "Using Sitemap index files").
const MOST_PLACES: usize = 50_000;

/// Bytes of one file at most, before it is compressed (50 MB).
const MOST_BYTES: usize = 52_428_800;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

const PLACES: Attributes<'static> =
    &[("xmlns", NAMESPACE), ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")];

/// A page that crawlers may show.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its path below the base, percent-encoded.
    pub path: String,
    /// When it last changed: a day such as `2026-01-14`, or RFC 3339; `None` where that is not
    /// known.
    pub updated: Option<String>,
    /// The languages and paths of all its versions, itself among them; empty where there is but
    /// one.
    pub translations: Vec<(String, String)>,
}

/// The files, by name: `sitemap.xml`, or where one can't hold all pages an index of that name and
/// `sitemap-1.xml` and so on. There are none without pages, since a list must hold one.
///
/// Crawlers want absolute addresses: a site that does not say its own gets files that only tools
/// read which know where they found them.
pub fn sitemap(site: &Site, places: &[Place]) -> Vec<(String, String)> {
    let parts = split(site, places, MOST_PLACES, MOST_BYTES);
    if parts.len() <= 1 {
        return parts.into_iter().map(|(xml, _)| ("sitemap.xml".to_owned(), xml)).collect();
    }
    let mut index = Xml::new();
    index.open("sitemapindex", &[("xmlns", NAMESPACE)]);
    let mut files = Vec::new();
    for (at, (xml, places)) in parts.into_iter().enumerate() {
        let name = format!("sitemap-{}.xml", at + 1);
        index.open("sitemap", &[]);
        index.text("loc", &[], &site.address(&name));
        index.some("lastmod", &[], &newest(places).unwrap_or_default());
        index.close();
        files.push((name, xml));
    }
    files.insert(0, ("sitemap.xml".to_owned(), index.finish()));
    files
}

/// The pages as documents that keep to the limits, each with the pages it holds.
fn split<'a>(
    site: &Site,
    mut places: &'a [Place],
    most: usize,
    bytes: usize,
) -> Vec<(String, &'a [Place])> {
    let mut parts = Vec::new();
    // What a document has besides its pages.
    let room = bytes.saturating_sub(document("").len());
    while !places.is_empty() {
        let mut body = String::new();
        let mut count = 0;
        for place in places.iter().take(most) {
            let entry = entry(site, place);
            // A page that is too long by itself must go somewhere.
            if count > 0 && body.len() + entry.len() > room {
                break;
            }
            body.push_str(&entry);
            count += 1;
        }
        let (these, rest) = places.split_at(count);
        parts.push((document(&body), these));
        places = rest;
    }
    parts
}

fn document(body: &str) -> String {
    let mut xml = Xml::new();
    xml.open("urlset", PLACES);
    xml.append(body);
    xml.finish()
}

fn entry(site: &Site, place: &Place) -> String {
    let mut xml = Xml::part();
    xml.open("url", &[]);
    xml.text("loc", &[], &site.address(&place.path));
    let updated = place.updated.as_deref().and_then(updated);
    xml.some("lastmod", &[], &updated.map(|(_, text)| text).unwrap_or_default());
    for (tag, path) in &place.translations {
        if let Some(tag) = language(tag) {
            let link = [("rel", "alternate"), ("hreflang", tag), ("href", &site.address(path))];
            xml.empty("xhtml:link", &link);
        }
    }
    xml.finish()
}

/// The newest change of pages, as it is written.
fn newest(places: &[Place]) -> Option<String> {
    let dates = places.iter().filter_map(|place| updated(place.updated.as_deref()?));
    dates.max().map(|(_, text)| text)
}

/// A moment and how it is written (W3C, Date and Time Formats); a day begins in UTC.
fn updated(text: &str) -> Option<(Moment, String)> {
    if text.len() == 10 {
        return Some((Moment::parse(&format!("{text}T00:00:00Z"))?, text.to_owned()));
    }
    let moment = Moment::parse(text)?;
    Some((moment, moment.rfc3339()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::fixture::{bare, place, site};
    use super::*;

    fn body(place: &Place) -> String {
        entry(&site(), place)
    }

    #[test]
    fn a_page_has_its_address_its_date_and_its_translations() {
        let mut a = place("posts/%E4%BA%91/");
        a.updated = Some("2026-01-14T09:30:00+08:00".to_owned());
        a.translations = vec![
            ("zh-Hans".to_owned(), "posts/%E4%BA%91/".to_owned()),
            ("en".to_owned(), "en/cloud/".to_owned()),
            ("not a tag".to_owned(), "x/".to_owned()),
        ];
        assert_eq!(
            body(&a),
            r#"<url>
<loc>https://blog.example/sub/posts/%E4%BA%91/</loc>
<lastmod>2026-01-14T09:30:00+08:00</lastmod>
<xhtml:link rel="alternate" hreflang="zh-Hans" href="https://blog.example/sub/posts/%E4%BA%91/"/>
<xhtml:link rel="alternate" hreflang="en" href="https://blog.example/sub/en/cloud/"/>
</url>
"#
        );
    }

    #[test]
    fn a_date_that_is_none_is_left_out() {
        let check = |updated: &str, want: bool| {
            let place = Place { updated: Some(updated.to_owned()), ..place("a/") };
            assert_eq!(body(&place).contains("<lastmod>"), want, "{updated}");
        };
        check("2026-01-14", true);
        check("2026-01-14T09:30:00Z", true);
        check("2026-02-30", false);
        check("2026-1-4", false);
        check("云云云x", false);
        check("", false);
    }

    #[test]
    fn too_many_pages_are_several_files() {
        let places: Vec<Place> =
            (0..MOST_PLACES + 1).map(|at| place(&format!("p/{at}/"))).collect();
        let one = sitemap(&site(), &places[..MOST_PLACES]);
        assert_eq!(one.len(), 1);
        assert_eq!(one[0].1.matches("<url>").count(), MOST_PLACES);
        let files = sitemap(&site(), &places);
        let names: Vec<&str> = files.iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
        assert_eq!(files[1].1.matches("<url>").count(), MOST_PLACES);
        assert_eq!(files[2].1.matches("<url>").count(), 1);
        for at in 1..3 {
            let address = format!("<loc>https://blog.example/sub/sitemap-{at}.xml</loc>");
            assert!(files[0].1.contains(&address), "{}", files[0].1);
        }
    }

    #[test]
    fn a_file_keeps_to_its_bytes() {
        let places: Vec<Place> = (10..60).map(|at| place(&format!("p/{at}/"))).collect();
        let bytes = 1000;
        let parts = split(&site(), &places, MOST_PLACES, bytes);
        assert!(parts.iter().all(|(xml, _)| xml.len() <= bytes));
        assert_eq!(parts.iter().map(|(_, places)| places.len()).sum::<usize>(), places.len());
        // Full but for less than one page.
        assert!(parts[0].0.len() + body(&places[0]).len() > bytes);
        // One page too long for any file is a file still.
        assert_eq!(split(&site(), &places[..2], MOST_PLACES, 1).len(), 2);
    }

    #[test]
    fn an_index_says_the_newest_change() {
        let dated = |updated: &str| Place { updated: Some(updated.to_owned()), ..place("a/") };
        let places = [dated("2026-01-14"), dated("2026-01-14T01:00:00+08:00"), place("b/")];
        assert_eq!(newest(&places).unwrap(), "2026-01-14");
        assert_eq!(newest(&places[2..]), None);
    }

    #[test]
    fn without_pages_there_is_no_file() {
        assert!(sitemap(&site(), &[]).is_empty());
        assert!(sitemap(&bare(), &[place("a/")])[0].1.contains("<loc>/a/</loc>"));
    }
}
