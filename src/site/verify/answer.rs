//! What came for a request: status, headers, bytes, or why nothing came.

use url::Url;

/// The headers of an answer, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, Vec<u8>)>);

impl Headers {
    /// Adds a header; names are compared without case.
    pub fn push(&mut self, name: &str, value: &[u8]) {
        self.0.push((name.to_ascii_lowercase(), value.to_vec()));
    }

    /// Every value of a name in lower case; what is not UTF-8 is replaced.
    pub fn values(&self, name: &str) -> Vec<String> {
        let values = self.0.iter().filter(|(known, _)| known == name);
        values.map(|(_, value)| String::from_utf8_lossy(value).trim().to_owned()).collect()
    }

    /// The value of a name in lower case; several are joined as HTTP does.
    pub fn get(&self, name: &str) -> Option<String> {
        let values = self.values(name);
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The value, or words that say that there is none.
    pub fn shown(&self, name: &str) -> String {
        self.get(name).unwrap_or_else(|| "none".to_owned())
    }
}

/// How the body ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// As it should.
    #[default]
    Whole,
    /// Before as much came as was announced; why.
    Early(String),
    /// It was left at so many bytes that it can't be what was expected.
    TooLong,
}

/// An answer with its bytes as they were sent, still packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Such as 200.
    pub status: u16,
    /// All of them.
    pub headers: Headers,
    /// As sent.
    pub body: Vec<u8>,
    /// How the body ended.
    pub end: End,
}

/// Why no answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody answered in time.
    Timeout,
    /// The host has no address.
    UnknownHost,
    /// The secure connection failed; why.
    Tls(String),
    /// The connection failed; why.
    Connection(String),
    /// What came is not HTTP; why.
    Protocol(String),
    /// It was not asked, since many before it got no answer.
    NotAsked,
}

/// What came, or why nothing did.
pub type Reply = Result<Answer, Trouble>;

/// A redirect that was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Such as 301.
    pub status: u16,
    /// As the header has it.
    pub location: String,
    /// Where it leads.
    pub lead: Lead,
}

/// Where a redirect leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// Below the base.
    Inside(Url),
    /// On the same host and port, but not below the base.
    Beside(Url),
    /// The same host by another scheme or port.
    OtherOrigin(Url),
    /// Another host.
    OtherHost(Url),
    /// It is no address.
    Nowhere,
}

impl Lead {
    /// Where a Location leads from an address of the site below `base`.
    pub fn of(base: &Url, from: &Url, location: &str) -> Self {
        let Ok(url) = from.join(location) else { return Lead::Nowhere };
        if !matches!(url.scheme(), "http" | "https") {
            return Lead::Nowhere;
        }
        if url.host() != base.host() {
            return Lead::OtherHost(url);
        }
        if url.origin() != base.origin() {
            return Lead::OtherOrigin(url);
        }
        match url.path().starts_with(base.path()) {
            true => Lead::Inside(url),
            false => Lead::Beside(url),
        }
    }
}

/// A request with the redirects that were followed, and the answer at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// What was asked.
    pub asked: Url,
    /// Redirects below the base are followed, all others are the answer.
    pub hops: Vec<Hop>,
    /// The last answer.
    pub reply: Reply,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_joined_and_survive_any_bytes() {
        let mut headers = Headers::default();
        headers.push("Vary", b"Accept-Encoding ");
        headers.push("vary", b"\xFFx");
        assert_eq!(headers.get("vary").as_deref(), Some("Accept-Encoding, \u{FFFD}x"));
        assert_eq!(headers.shown("etag"), "none");
    }

    #[test]
    fn redirects_are_told_apart() {
        let base = Url::parse("https://a.example/sub/").unwrap();
        let from = base.join("posts/a").unwrap();
        let check = |location: &str, want: &str| {
            let shown = format!("{:?}", Lead::of(&base, &from, location));
            assert_eq!(shown.split('(').next(), Some(want), "{location}");
        };
        check("/sub/posts/a/", "Inside");
        check("a/", "Inside");
        check("https://a.example/sub/posts/a/", "Inside");
        check("/posts/a/", "Beside");
        check("http://a.example/sub/posts/a/", "OtherOrigin");
        check("https://a.example:8443/sub/posts/a/", "OtherOrigin");
        check("https://login.example/?next=x", "OtherHost");
        check("//evil.example/", "OtherHost");
        check("javascript:alert(1)", "Nowhere");
        check("https://", "Nowhere");
    }
}
