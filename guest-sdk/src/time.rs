//! Moments as text. In and out: milliseconds since 1970-01-01 UTC, and ISO 8601 or the date of HTTP.
//!
//! ```
//! use purview_guest::time;
//!
//! assert_eq!(time::format_iso(784_111_777_000), "1994-11-06T08:49:37.000Z");
//! assert_eq!(time::format_http(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
//! assert_eq!(time::parse_iso("1994-11-06T09:49:37+01:00"), Some(784_111_777_000));
//! ```

use crate::clock;

const DAY_MS: i64 = 86_400_000;
/// Years 0 to 9999.
const MS: std::ops::RangeInclusive<i64> = -62_167_219_200_000..=253_402_300_799_999;

/// Now.
pub fn now() -> i64 {
    clock::now().as_millis() as i64
}

/// `1994-11-06T08:49:37.000Z`. A moment outside of the years 0 to 9999 is the nearest inside.
pub fn format_iso(ms: i64) -> String {
    let at = Moment::of(ms);
    format!("{:04}-{:02}-{:02}T{}.{:03}Z", at.year, at.month, at.day, at.clock(), at.ms % 1000)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7). A moment outside of the years 0 to 9999 is the nearest inside.
pub fn format_http(ms: i64) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let at = Moment::of(ms);
    let (day, month) = (DAYS[at.weekday as usize], MONTHS[at.month as usize - 1]);
    format!("{day}, {:02} {month} {:04} {} GMT", at.day, at.year, at.clock())
}

/// The moment of `YYYY-MM-DD`, perhaps with `THH:MM`, seconds, a fraction, and `Z` or an offset; UTC where none is given.
pub fn parse_iso(text: &str) -> Option<i64> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let (year, month, day) =
        (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let exists = parts.next().is_none()
        && (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day);
    let start = exists.then(|| days_of(year, month, day) * DAY_MS)?;
    Some(start + time.map_or(Some(0), time_of)?)
}

/// `seconds` later.
pub fn add_seconds(ms: i64, seconds: i64) -> i64 {
    ms.saturating_add(seconds.saturating_mul(1000))
}

/// Milliseconds of the day, in UTC.
fn time_of(text: &str) -> Option<i64> {
    let (clock, zone) = match text.find(['Z', '+', '-']) {
        Some(at) => text.split_at(at),
        None => (text, "Z"),
    };
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (clock, None),
    };
    let fraction = match fraction {
        None => 0,
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits
                .bytes()
                .chain(*b"00")
                .take(3)
                .fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0'))
        }
        Some(_) => return None,
    };
    let mut parts = clock.split(':');
    let (hour, minute) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let second = parts.next().map_or(Some(0), |part| digits(part, 2))?;
    let within = hour < 24 && minute < 60 && second < 60 && parts.next().is_none();
    let offset = match zone.split_at(1) {
        ("Z", "") => 0,
        (sign, offset) => {
            let (hours, minutes) = offset.split_once(':')?;
            let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
            let minutes = (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)?;
            if sign == "-" { -minutes } else { minutes }
        }
    };
    within.then_some(((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction)
}

fn digits(text: &str, count: usize) -> Option<i64> {
    let valid = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if valid { text.parse().ok() } else { None }
}

/// A moment in the Gregorian calendar, in UTC.
struct Moment {
    year: i64,
    month: i64,
    day: i64,
    weekday: i64,
    ms: i64,
}

impl Moment {
    fn of(ms: i64) -> Self {
        let ms = ms.clamp(*MS.start(), *MS.end());
        let days = ms.div_euclid(DAY_MS);
        // Days since 0000-03-01, in eras of 400 years, so that a leap day is the last of its year.
        let shifted = days + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: of_year - (153 * shifted_month + 2) / 5 + 1,
            weekday: (days + 4).rem_euclid(7),
            ms: ms.rem_euclid(DAY_MS),
        }
    }

    fn clock(&self) -> String {
        let seconds = self.ms / 1000;
        format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn days_in(year: i64, month: i64) -> i64 {
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days_of(next_year, next, 1) - days_of(year, month, 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts() {
        for (text, ms) in [
            ("1970-01-01", Some(0)),
            ("2024-02-29T23:59:59.9999Z", Some(1_709_251_199_999)),
            ("2026-11-21T10:20:30.5+02:00", Some(1_795_249_230_500)),
            ("1969-12-31T23:59", Some(-60_000)),
            ("2023-02-29", None),
            ("2026-13-01", None),
            ("2026-1-01", None),
            ("2026-01-01T24:00:00", None),
            ("2026-01-01T10:00Zx", None),
            ("2026-01-01T10:00:00.", None),
            ("2026-01-01 10:00", None),
            ("2026-01-01T10:00+0100", None),
            ("-026-01-01", None),
            ("", None),
        ] {
            assert_eq!(parse_iso(text), ms, "{text}");
        }
        assert_eq!(format_iso(i64::MIN), "0000-01-01T00:00:00.000Z");
        assert_eq!(format_http(i64::MAX), "Fri, 31 Dec 9999 23:59:59 GMT");
        assert_eq!(add_seconds(i64::MAX, 1), i64::MAX);
    }

    proptest! {
        #[test]
        fn moments_come_back(ms in MS) {
            prop_assert_eq!(parse_iso(&format_iso(ms)), Some(ms));
        }

        #[test]
        fn any_text_is_a_moment_or_none(text in ".{0,40}") {
            let _ = parse_iso(&text);
        }
    }
}
