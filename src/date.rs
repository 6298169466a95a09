//! A calendar date as readers see it, in the site's time zone.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A day of the proleptic Gregorian calendar; written `2026-01-14` in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Date {
    /// Year and month as one number, such as `202601`.
    pub fn month(self) -> u32 {
        u32::from(self.year) * 100 + u32::from(self.month)
    }
}

/// Why a text is not a date.
#[derive(Debug, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date of the form 2026-01-14")
    }
}

impl FromStr for Date {
    type Err = NotADate;

    /// Reads `2026-01-14`. Whether the day exists was checked when the site was built.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().and_then(|part| part.parse::<u16>().ok()).ok_or(NotADate);
        let (year, month, day) = (next()?, next()?, next()?);
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return Err(NotADate);
        }
        Ok(Date { year, month: month as u8, day: day as u8 })
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_round_trip_and_order() {
        let date: Date = "2026-01-04".parse().unwrap();
        assert_eq!(date.to_string(), "2026-01-04");
        assert!(date < "2026-01-14".parse().unwrap());
        for bad in ["", "2026", "2026-13-01", "2026-01-32", "0-1-1", "x-1-1"] {
            assert_eq!(bad.parse::<Date>(), Err(NotADate), "{bad:?}");
        }
    }
}
