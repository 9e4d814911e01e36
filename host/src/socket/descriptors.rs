//! Room for file descriptors. In: nothing. Out: a process that may open as many as the system lets it, and whose table of them is already
//! large. The kernel enlarges a table by making every thread that opens a file wait, some ten milliseconds each time once there are
//! several threads: so it is done while there is one. Never here: an error, for less room is only slower.

/// Descriptors that the table has room for: 8 bytes each.
const TABLE: libc::rlim_t = 16 * 1024;
/// Descriptors that may be open; some systems say that there is no bound, and take none that is above their own.
const OPEN_MAX: libc::rlim_t = 1024 * 1024;

/// Makes room. Call it before other threads start.
#[expect(unsafe_code, reason = "calls of the system that the standard library does not make")]
pub fn make_room() {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the pointer is to a value of the type that is written.
    if unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) } != 0 {
        return;
    }
    let wanted = limit.rlim_max.min(OPEN_MAX);
    if limit.rlim_cur < wanted {
        let raised = libc::rlimit { rlim_cur: wanted, ..limit };
        // SAFETY: the pointer is to a value of the type that is read.
        if unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const raised) } == 0 {
            limit = raised;
        }
    }
    let Ok(last) = libc::c_int::try_from(limit.rlim_cur.min(TABLE)) else { return };
    // SAFETY: both calls take and give numbers only; what is closed is the copy that was just made.
    unsafe {
        let copy = libc::fcntl(libc::STDIN_FILENO, libc::F_DUPFD_CLOEXEC, last - 1);
        if copy >= 0 {
            libc::close(copy);
        }
    }
}
