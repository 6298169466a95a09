//! Moments as the formats write them, with the offset the author wrote.

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::{DateTimePrinter, Pieces};
use jiff::tz::{Offset, TimeZone};

/// What stands for a moment that a format asks for and nobody knows: the newest change of a feed
/// without posts. It is fixed, since the clock would change the file in every build, and early, so
/// that the first post is newer.
pub(super) const UNKNOWN: &str = "1970-01-01T00:00:00Z";

/// A moment, ordered as time goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    instant: Timestamp,
    offset: Offset,
}

impl Moment {
    /// Reads RFC 3339; `None` for anything else, and for years that the formats can't write.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let pieces = Pieces::parse(text).ok()?;
        let date = pieces.date();
        let offset = pieces.to_numeric_offset()?;
        let instant = offset.to_timestamp(date.to_datetime(pieces.time()?)).ok()?;
        (date.year() >= 1).then_some(Moment { instant, offset })
    }

    /// `2026-01-14T09:30:00+08:00` (RFC 3339).
    pub(super) fn rfc3339(self) -> String {
        DateTimePrinter::new().timestamp_with_offset_to_string(&self.instant, self.offset)
    }

    /// `Wed, 14 Jan 2026 09:30:00 +0800` (RFC 822 with a year of four digits, as RSS asks).
    pub(super) fn rfc822(self) -> Option<String> {
        let zoned = self.instant.to_zoned(TimeZone::fixed(self.offset));
        rfc2822::DateTimePrinter::new().zoned_to_string(&zoned).ok()
    }
}

/// A text as RFC 3339, where the format asks for a moment.
pub(super) fn required(text: &str) -> String {
    Moment::parse(text).map_or_else(|| UNKNOWN.to_owned(), Moment::rfc3339)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, rfc3339: &str, rfc822: &str) {
        let moment = Moment::parse(text).unwrap();
        assert_eq!(moment.rfc3339(), rfc3339);
        assert_eq!(moment.rfc822().unwrap(), rfc822);
    }

    #[test]
    fn moments_keep_their_offset() {
        check(
            "2026-01-04T09:30:00+08:00",
            "2026-01-04T09:30:00+08:00",
            "Sun, 4 Jan 2026 09:30:00 +0800",
        );
        check(
            "2026-01-04T23:59:59Z",
            "2026-01-04T23:59:59+00:00",
            "Sun, 4 Jan 2026 23:59:59 +0000",
        );
        check(
            "0999-12-31t23:59:59.5-03:30",
            "0999-12-31T23:59:59.5-03:30",
            "Tue, 31 Dec 0999 23:59:59 -0330",
        );
        let order = ["2026-01-04T09:30:00+08:00", "2026-01-04T02:00:00Z"];
        assert!(Moment::parse(order[0]) < Moment::parse(order[1]));
    }

    #[test]
    fn what_is_no_moment_is_the_unknown_one() {
        for text in [
            "",
            "2026-01-04",
            "2026-01-04T09:30:00",
            "2026-02-30T00:00:00Z",
            "0000-01-01T00:00:00Z",
        ] {
            assert_eq!(required(text), UNKNOWN, "{text}");
        }
        assert_eq!(required("2026-01-04T00:00:00Z"), "2026-01-04T00:00:00+00:00");
    }
}
