//! What crawlers may read (RFC 9309): everything, and where the list of it is.

use super::Site;

/// The file. Crawlers ask for `/robots.txt` of a host and nothing else (RFC 9309, section 2.3), so
/// it only counts where the site's base is the host's root; below it, it is a file like any other,
/// and its line about the sitemap belongs into the host's own.
///
/// That line must be an absolute address (sitemaps.org, "Informing search engine crawlers"), so it
/// is left out where the site does not say its own.
pub fn robots(site: &Site) -> String {
    let all = "User-agent: *\nAllow: /\n".to_owned();
    match site.url {
        Some(_) => format!("{all}\nSitemap: {}\n", site.address("sitemap.xml")),
        None => all,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::fixture::{bare, site};
    use super::*;

    #[test]
    fn the_sitemap_is_named_where_the_site_has_an_address() {
        assert_eq!(
            robots(&site()),
            "User-agent: *\nAllow: /\n\nSitemap: https://blog.example/sub/sitemap.xml\n"
        );
        assert_eq!(robots(&bare()), "User-agent: *\nAllow: /\n");
    }
}
