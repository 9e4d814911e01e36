//! Times as HTTP writes and reads them (RFC 9110 section 5.6.7).

use std::time::{Duration, SystemTime};

pub(super) fn http_date(seconds: u64) -> String {
    let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
    // Dates have four digits for the year; what lies beyond is no time of a file.
    let latest = Duration::from_secs(253_402_300_799);
    let time = time.filter(|_| seconds <= latest.as_secs());
    httpdate::fmt_http_date(time.unwrap_or(SystemTime::UNIX_EPOCH))
}

pub(super) fn seconds(text: &str) -> Option<u64> {
    let time = httpdate::parse_http_date(text.trim()).ok()?;
    Some(time.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs())
}
