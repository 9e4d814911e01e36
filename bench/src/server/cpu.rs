//! Reads what a process has used: processor time to the nanosecond, and resident memory.
//!
//! The processor clock of a process counts all its threads, also those that have ended.

use std::{fs, time::Duration};

use crate::machine::field;

/// The processor time of process `id` since it started; `None` when it is gone or on systems
/// without such a clock.
#[cfg(target_os = "linux")]
pub fn time(id: u32) -> Option<Duration> {
    let id = libc::pid_t::try_from(id).ok()?;
    let mut clock: libc::clockid_t = 0;
    let mut reading = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: both calls write one value each, to locals of exactly the type they name.
    #[expect(unsafe_code, reason = "no safe wrapper reads the clock of another process")]
    let status = unsafe {
        match libc::clock_getcpuclockid(id, &raw mut clock) {
            0 => libc::clock_gettime(clock, &raw mut reading),
            error => error,
        }
    };
    let seconds = u64::try_from(reading.tv_sec).ok()?;
    let nanos = u32::try_from(reading.tv_nsec).ok()?;
    (status == 0).then(|| Duration::new(seconds, nanos))
}

/// The processor time of another process: not to be had here.
#[cfg(not(target_os = "linux"))]
pub fn time(_id: u32) -> Option<Duration> {
    None
}

/// The share of its processor time that process `id` spent in its own code, not in the kernel,
/// as (own, kernel) in clock ticks.
pub(super) fn ticks(id: u32) -> Option<(u64, u64)> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The program's name is in parentheses and may hold spaces; fields are counted after it.
    let (_, rest) = text.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

/// Resident memory of process `id` in KiB, and its highest so far.
pub(super) fn resident_kib(id: u32) -> Option<(u64, u64)> {
    let status = format!("/proc/{id}/status");
    let read = |name| field(&status, name)?.split_whitespace().next()?.parse().ok();
    Some((read("VmRSS")?, read("VmHWM")?))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn reads_its_own_use() {
        let id = std::process::id();
        let before = time(id).unwrap();
        let start = std::time::Instant::now();
        let mut sum = 0_u64;
        while start.elapsed() < Duration::from_millis(30) {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
        let used = time(id).unwrap() - before;
        assert!(used > Duration::from_millis(2), "spun for 30 ms but the clock says {used:?}");
        let (now, highest) = resident_kib(id).unwrap();
        assert!(0 < now && now <= highest);
        assert!(ticks(id).is_some());
        assert_eq!(time(u32::MAX), None);
    }
}
