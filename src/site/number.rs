//! A release's number: when it was built, in seconds since 1970. By it a browser tells an older
//! release from a newer one where the edges of a host serve now this one, now that one. It is no
//! part of the release's id: another number alone makes no other release.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::Deserialize;

/// Where a build takes its number from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    before: Option<Before>,
    time: u64,
}

/// What the `release.json` of the output that is to be replaced says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Before {
    release: String,
    number: u64,
}

impl Numbers {
    /// `current` is the `release.json` of the output that is to be replaced; one that has no number
    /// or can't be read counts for nothing. Without `time`, a new release has the present one.
    pub fn new(current: Option<&[u8]>, time: Option<u64>) -> Self {
        let before = current.and_then(|json| serde_json::from_slice(json).ok());
        Numbers { before, time: time.unwrap_or_else(now) }
    }

    /// The number of the release with this id. One that is built again keeps its number, so the same
    /// input gives the same bytes.
    pub fn of(&self, release: &str) -> u64 {
        self.before
            .as_ref()
            .filter(|before| before.release == release)
            .map_or(self.time, |before| before.number)
    }
}

/// The value of `SOURCE_DATE_EPOCH`, which tools that build the same bytes anew set.
pub fn source_date(value: Option<&str>) -> Option<u64> {
    value?.trim().parse().ok()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(current: Option<&str>, want: u64) {
        let numbers = Numbers::new(current.map(str::as_bytes), Some(7));
        assert_eq!(numbers.of("ab"), want, "{current:?}");
    }

    #[test]
    fn the_same_release_keeps_its_number() {
        check(Some(r#"{"release":"ab","catalogue":"c","number":3}"#), 3);
    }

    #[test]
    fn any_other_has_that_of_the_build() {
        check(None, 7);
        check(Some(r#"{"release":"cd","number":3}"#), 7);
        check(Some(r#"{"release":"ab"}"#), 7);
        check(Some(r#"{"release":"ab","number":-3}"#), 7);
        check(Some("{"), 7);
    }

    #[test]
    fn without_a_given_time_it_is_now() {
        let (before, number, after) = (now(), Numbers::new(None, None).of("ab"), now());
        assert!(before > 1_700_000_000 && (before..=after).contains(&number), "{number}");
    }

    #[test]
    fn a_source_date_is_a_number_or_nothing() {
        assert_eq!(source_date(Some("1700000000")), Some(1_700_000_000));
        assert_eq!(source_date(Some(" 5\n")), Some(5));
        for other in [None, Some(""), Some("yesterday"), Some("-1")] {
            assert_eq!(source_date(other), None, "{other:?}");
        }
    }
}
