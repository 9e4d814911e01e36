//! `purview:time`. In: milliseconds since 1970, or text. Out: the other.

use alloc::{format, string::String};

use crate::{
    fault::{self, Code},
    text::{number_of, or_undefined, string_at},
    value::Value,
};

const DAY_MS: i64 = 86_400_000;
const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

struct Moment {
    year: i64,
    month: i64,
    day: i64,
    weekday: usize,
    ms: i64,
}

/// Days since 1970 of a date of the Gregorian calendar.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn moment(value: Value) -> Moment {
    let ms = number_of(value);
    if ms.is_nan() || libm::fabs(ms) > 8.64e15 {
        fault::raise_static(Code::Range, "invalid time value");
    }
    let ms = libm::trunc(ms) as i64;
    let days = ms.div_euclid(DAY_MS);
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Moment {
        year,
        month,
        day,
        weekday: (days + 4).rem_euclid(7) as usize,
        ms: ms.rem_euclid(DAY_MS),
    }
}

impl Moment {
    fn clock(&self) -> String {
        let seconds = self.ms / 1000;
        format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}

fn is_day(year: i64, month: i64, day: i64) -> bool {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=days).contains(&day)
}

/// `YYYY-MM-DD`, then perhaps `THH:MM`, seconds, a fraction, and `Z` or an offset.
fn parse(text: &[u8]) -> Option<f64> {
    let digits = |from: usize, count: usize| {
        let part = text.get(from..from + count)?;
        part.iter()
            .all(u8::is_ascii_digit)
            .then(|| part.iter().fold(0, |sum, byte| sum * 10 + i64::from(byte - b'0')))
    };
    let is = |at: usize, byte: u8| text.get(at) == Some(&byte);
    let (year, month, day) = (digits(0, 4)?, digits(5, 2)?, digits(8, 2)?);
    if !is(4, b'-') || !is(7, b'-') || !is_day(year, month, day) {
        return None;
    }
    let mut ms = days_of(year, month, day) * DAY_MS;
    if text.len() == 10 {
        return Some(ms as f64);
    }
    let (hour, minute) = (digits(11, 2)?, digits(14, 2)?);
    if !is(10, b'T') || !is(13, b':') || hour > 24 || minute > 59 {
        return None;
    }
    ms += (hour * 60 + minute) * 60_000;
    let mut at = 16;
    if is(at, b':') {
        let second = digits(at + 1, 2).filter(|second| *second < 60)?;
        ms += second * 1000;
        at += 3;
        if is(at, b'.') {
            let count = text[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            digits(at + 1, count).filter(|_| count > 0)?;
            ms += (digits(at + 1, count.min(3))? * [0, 100, 10, 1][count.min(3)]).max(0);
            at += 1 + count;
        }
    }
    if hour == 24 && ms.rem_euclid(DAY_MS) != 0 {
        return None;
    }
    let sign = match text.get(at) {
        None | Some(b'Z') if text.len() <= at + 1 => return Some(ms as f64),
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return None,
    };
    let (hours, minutes) = (digits(at + 1, 2)?, digits(at + 4, 2)?);
    let complete = is(at + 3, b':') && text.len() == at + 6 && hours < 24 && minutes < 60;
    complete.then(|| (ms - sign * (hours * 60 + minutes) * 60_000) as f64)
}

/// A moment as HTTP writes it.
pub(super) fn http_date(ms: f64) -> String {
    let at = moment(Value::number(ms));
    let (day, month) = (DAYS[at.weekday], MONTHS[(at.month - 1) as usize]);
    let sign = if at.year < 0 { "-" } else { "" };
    format!("{day}, {:02} {month} {sign}{:04} {} GMT", at.day, at.year.abs(), at.clock())
}

builtins! {
    "purview:time.formatIso" format_iso(_this, args) {
        let at = moment(args.first());
        let year = match at.year {
            0..=9999 => format!("{:04}", at.year),
            year => format!("{}{:06}", if year < 0 { '-' } else { '+' }, year.abs()),
        };
        Value::text(&format!("{year}-{:02}-{:02}T{}.{:03}Z", at.month, at.day, at.clock(), at.ms % 1000))
    }
    "purview:time.formatHttp" format_http(_this, args) {
        Value::text(&http_date(number_of(args.first())))
    }
    "purview:time.parseIso" parse_iso(_this, args) {
        or_undefined(string_at(args, 0).and_then(|text| parse(text.bytes())).map(Value::number))
    }
    "purview:time.addSeconds" add_seconds(_this, args) {
        Value::number(number_of(args.first()) + number_of(args.get(1)) * 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_all_years() {
        for (year, month, day) in
            [(1970, 1, 1), (2000, 2, 29), (1900, 3, 1), (2026, 11, 21), (1, 1, 1), (9999, 12, 31)]
        {
            let ms = days_of(year, month, day) * DAY_MS + 1;
            let at = moment(Value::number(ms as f64));
            assert_eq!((at.year, at.month, at.day, at.ms), (year, month, day, 1));
        }
        assert_eq!(parse(b"2026-11-21T10:20:30.5+02:00"), Some(1_795_249_230_500.0));
        assert_eq!(parse(b"1970-01-02"), Some(86_400_000.0));
        assert!(parse(b"2024-02-29").is_some() && parse(b"2000-02-29").is_some());
        for bad in [
            "",
            "2026",
            "2026-13-01",
            "2026-01-01T1:00",
            "2026-01-01T10:00Zx",
            "2026-01-01 10:00",
            "2026-02-29",
            "2100-02-29",
            "2026-04-31",
        ] {
            assert_eq!(parse(bad.as_bytes()), None, "{bad}");
        }
    }
}
