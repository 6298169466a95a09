//! Choosing between a file and its compressed siblings by `Accept-Encoding`.

/// How the bytes of a response are packed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

/// Best first: it wins when the browser likes several equally.
const PREFERRED: [Encoding; 3] = [Encoding::Brotli, Encoding::Gzip, Encoding::Identity];

impl Encoding {
    /// What is added to the file's name; `None` for the file itself.
    pub fn suffix(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some(".br"),
            Self::Gzip => Some(".gz"),
            Self::Identity => None,
        }
    }

    /// Its name in `Content-Encoding`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }
}

/// The best of the available encodings for the value of `Accept-Encoding`. The file itself, if the
/// browser accepts none: that reads better than an error.
pub fn choose(accept: &str, available: &[Encoding]) -> Encoding {
    let mut best = (Encoding::Identity, 0);
    for encoding in PREFERRED {
        let quality = quality(accept, encoding);
        if available.contains(&encoding) && quality > best.1 {
            best = (encoding, quality);
        }
    }
    best.0
}

/// In thousandths; 0 means not acceptable. The file itself is acceptable without being named, but
/// less than anything that is.
fn quality(accept: &str, encoding: Encoding) -> u32 {
    let mut any = None;
    for part in accept.split(',') {
        let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
        let name = name.trim();
        let is_this = name.eq_ignore_ascii_case(encoding.name())
            || (encoding == Encoding::Gzip && name.eq_ignore_ascii_case("x-gzip"));
        if is_this {
            return thousandths(parameters);
        }
        if name == "*" {
            any = Some(thousandths(parameters));
        }
    }
    match (any, encoding) {
        (Some(0), _) => 0,
        (_, Encoding::Identity) => 1,
        (any, _) => any.unwrap_or(0),
    }
}

fn thousandths(parameters: &str) -> u32 {
    let value = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    });
    match value.map(str::parse::<f32>) {
        None => 1000,
        Some(Ok(value)) if (0.0..=1.0).contains(&value) => (value * 1000.0).round() as u32,
        Some(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding::{Brotli, Gzip, Identity};
    use super::*;

    fn check(accept: &str, expected: Encoding) {
        assert_eq!(choose(accept, &[Brotli, Gzip, Identity]), expected, "{accept}");
    }

    #[test]
    fn the_best_that_the_browser_takes() {
        check("gzip, deflate, br, zstd", Brotli);
        check("gzip", Gzip);
        check("GZIP", Gzip);
        check("x-gzip", Gzip);
        check("deflate", Identity);
        check("", Identity);
    }

    #[test]
    fn q_values_decide() {
        check("br;q=0.5, gzip;q=0.8", Gzip);
        check("br;q=0, gzip", Gzip);
        check("br; q=1.0, gzip;q=0.9", Brotli);
        check("identity;q=1, br;q=0.5", Identity);
        check("br;q=0.001", Brotli);
        check("br;q=nonsense, gzip;q=0.1", Gzip);
    }

    #[test]
    fn a_star_stands_for_the_rest() {
        check("*", Brotli);
        check("br;q=0, *", Gzip);
        check("gzip, *;q=0", Gzip);
        check("*;q=0", Identity);
    }

    #[test]
    fn only_what_is_there() {
        assert_eq!(choose("br, gzip", &[Gzip, Identity]), Gzip);
        assert_eq!(choose("br", &[Identity]), Identity);
    }
}
