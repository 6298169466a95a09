//! Dates as authors write them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use crate::date::Date;
use crate::text;

/// A moment of publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// The moment.
    pub instant: Timestamp,
    /// The day in the site's time zone.
    pub date: Date,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

impl Wrong {
    fn new(message: String, help: &'static str) -> Self {
        Wrong { message, help }
    }
}

/// Reads `2026-01-14`, `2026-1-4 9:30`, `2026-01-14 09:30:00 +0800` and RFC 3339. Without an
/// offset the site's time zone applies (Jekyll reads such a date as UTC, which hides a Beijing
/// post for eight hours: jekyll#4010).
pub fn parse(text: &str, zone: &TimeZone) -> Result<When, Wrong> {
    let (date, rest) = split_date(text).ok_or_else(|| {
        let message = format!("`{}` is not a date", text::shorten(text, 40));
        Wrong::new(message, "write 2026-01-14 or 2026-01-14 09:30:00 +0800")
    })?;
    let (time, offset) = split_offset(rest);
    let (hour, minute, second) = clock(time).ok_or_else(|| {
        let message = format!("`{}` is not a time of day", text::shorten(time, 40));
        Wrong::new(message, "write 09:30 or 09:30:00, up to 23:59:59")
    })?;
    let (year, month, day) = date;
    let civil = DateTime::new(year, month, day, hour, minute, second, 0).map_err(|_| {
        let message = format!("there is no {year:04}-{month:02}-{day:02}");
        Wrong::new(message, "check the month and the day")
    })?;
    let written = match offset {
        None => zone.clone(),
        Some(offset) => TimeZone::fixed(parse_offset(offset)?),
    };
    let instant = written
        .to_timestamp(civil)
        .map_err(|_| Wrong::new(format!("the year {year} is too far away"), "check the year"))?;
    Ok(When { instant, date: day_in(instant, zone) })
}

/// The day of a moment in a time zone.
pub fn day_in(instant: Timestamp, zone: &TimeZone) -> Date {
    let local = zone.to_datetime(instant);
    Date {
        year: local.year().unsigned_abs(),
        month: local.month().unsigned_abs(),
        day: local.day().unsigned_abs(),
    }
}

/// Year, month and day at the start of a text, and what follows.
fn split_date(text: &str) -> Option<((i16, i8, i8), &str)> {
    let (year, rest) = text.split_once('-')?;
    let (month, rest) = rest.split_once('-')?;
    let day_end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (day, rest) = rest.split_at(day_end);
    let number = |text: &str, least: usize, most: usize| {
        let plain =
            (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse::<i16>().ok()).flatten()
    };
    let day = i8::try_from(number(day, 1, 2)?).ok()?;
    let month = i8::try_from(number(month, 1, 2)?).ok()?;
    let separated = rest.is_empty() || rest.starts_with([' ', 'T', 't']);
    separated.then_some(((number(year, 4, 4)?, month, day), rest.trim_start_matches(['T', 't'])))
}

/// The time of day and the offset, if any: `09:30:00 +0800`, `09:30Z`.
fn split_offset(rest: &str) -> (&str, Option<&str>) {
    let rest = rest.trim();
    match rest.find(['+', '-', 'Z', 'z']) {
        Some(at) => (rest[..at].trim(), Some(&rest[at..])),
        None => (rest, None),
    }
}

/// Hours, minutes and seconds; midnight for an empty text. Fractions are dropped.
fn clock(text: &str) -> Option<(i8, i8, i8)> {
    if text.is_empty() {
        return Some((0, 0, 0));
    }
    let whole = text.split('.').next()?;
    let mut parts = whole.split(':').map(|part| part.parse::<i8>().ok().filter(|part| *part >= 0));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = match parts.next() {
        None => 0,
        Some(second) => second?,
    };
    (parts.next().is_none() && hour < 24 && minute < 60 && second < 60)
        .then_some((hour, minute, second))
}

fn parse_offset(text: &str) -> Result<Offset, Wrong> {
    if matches!(text, "Z" | "z") {
        return Ok(Offset::UTC);
    }
    let wrong = || {
        let message = format!("`{}` is not an offset from UTC", text::shorten(text, 40));
        Wrong::new(message, "write +08:00 or +0800")
    };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    let shaped = matches!(digits.len(), 2 | 4) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !shaped {
        return Err(wrong());
    }
    let hours: i32 = digits[..2].parse().map_err(|_| wrong())?;
    let minutes: i32 = digits.get(2..4).map_or(Ok(0), str::parse).map_err(|_| wrong())?;
    // The widest offsets in use are UTC-12 and UTC+14.
    let seconds = (hours * 60 + minutes) * 60;
    if hours > 14 || minutes > 59 || seconds > 14 * 3600 {
        return Err(wrong());
    }
    let signed = if text.starts_with('-') { -seconds } else { seconds };
    Offset::from_seconds(signed).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &str) {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let got = match parse(text, &zone) {
            Ok(when) => format!("{} {}", when.date, when.instant),
            Err(error) => error.message,
        };
        assert!(got.contains(want), "{text}: {got}");
    }

    #[test]
    fn every_form_of_jekyll_is_read_in_the_sites_zone() {
        check("2026-01-14", "2026-01-14 2026-01-13T16:00:00Z");
        check("2026-1-4 9:30", "2026-01-04 2026-01-04T01:30:00Z");
        check("2026-01-14 09:30:00 +0800", "2026-01-14 2026-01-14T01:30:00Z");
        check("2026-01-14T20:00:00Z", "2026-01-15 2026-01-14T20:00:00Z");
        check("2026-01-14T20:00:00.5-05:00", "2026-01-15 2026-01-15T01:00:00Z");
    }

    #[test]
    fn what_is_no_date_is_named() {
        check("2026-02-30", "there is no 2026-02-30");
        check("2026-13-01", "there is no 2026-13-01");
        check("2026-01-14 25:00", "`25:00` is not a time of day");
        check("2026-01-14 10:00 +25:00", "`+25:00` is not an offset");
        check("99999-01-01", "is not a date");
        check("yesterday", "is not a date");
        check("2026-01-14x", "is not a date");
        check("", "is not a date");
    }
}
