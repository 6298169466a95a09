//! Where things are, and what they are called for good.

use super::Site;

/// Who names the posts of a site without an address (RFC 4151). `.invalid` is nobody's (RFC 2606,
/// section 2), so no such name is ever that of a post elsewhere that has an address.
const NOBODY: &str = "inkstone.invalid,2026";

impl Site {
    /// The address of a path below the base: absolute where the site's own is known, else from the
    /// host's root.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url.as_deref().unwrap_or(&self.base))
    }

    /// What stands before a path from the host's root: `https://blog.example`, or nothing.
    pub(super) fn origin(&self) -> &str {
        let Some(url) = self.url.as_deref() else { return "" };
        let host = url.find("://").map_or(0, |at| at + 3);
        url[host..].find('/').map_or(url, |end| &url[..host + end])
    }

    /// The name of the host, or the base where it is not known.
    pub(super) fn host(&self) -> &str {
        let origin = self.origin();
        origin.split_once("://").map_or(&self.base, |(_, host)| host)
    }

    /// The name by which readers know a page again. It must be absolute and must never change, or
    /// every post is unread once more (RFC 4287, section 4.2.6). That is the address where it is
    /// known. Else it is made of the path alone, since that is what an author keeps: titles, dates
    /// and texts get corrected. It is a `tag:` name rather than a `urn:uuid:` of a hash, since all
    /// it is made of can be read in it. Once the author says an address, the names change.
    pub(super) fn id(&self, path: &str) -> String {
        match self.url {
            Some(_) => self.address(path),
            None => format!("tag:{NOBODY}:{}{path}", self.base),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::fixture::{bare, site};

    #[test]
    fn addresses_are_absolute_where_the_site_has_one() {
        let check = |site: &super::Site, origin: &str, host: &str, address: &str, id: &str| {
            assert_eq!(site.origin(), origin);
            assert_eq!(site.host(), host);
            assert_eq!(site.address("posts/a/"), address);
            assert_eq!(site.id("posts/a/"), id);
        };
        let address = "https://blog.example/sub/posts/a/";
        check(&site(), "https://blog.example", "blog.example", address, address);
        let id = "tag:inkstone.invalid,2026:/posts/a/";
        check(&bare(), "", "/", "/posts/a/", id);
    }

    #[test]
    fn a_url_of_any_form_has_an_origin() {
        for url in ["", "x", "://", "https://", "https://a", "云://云/"] {
            let mut site = site();
            site.url = Some(url.to_owned());
            assert!(url.starts_with(site.origin()), "{url}");
        }
    }
}
