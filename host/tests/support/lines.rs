//! The log of this process, as a program that embeds a server would take it.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The log is the process's: one test at a time, from an empty log.
pub fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    let guard = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    capture();
    take();
    guard
}

/// From now on the log's lines are kept here.
pub fn capture() {
    purview::log::set_output(|bytes| {
        let text = String::from_utf8(bytes.to_vec()).expect("the log is UTF-8");
        LINES.lock().unwrap_or_else(PoisonError::into_inner).extend(text.lines().map(String::from));
    });
}

/// Lines so far; they are forgotten.
pub fn take() -> Vec<String> {
    std::mem::take(&mut LINES.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Waits until a line holds `text`, and returns all lines up to now; they are forgotten.
pub fn until(text: &str) -> Vec<String> {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        let found = {
            let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
            lines.iter().any(|line| line.contains(text))
        };
        if found {
            return take();
        }
        assert!(Instant::now() < end, "no line holds {text:?}: {:#?}", take());
        thread::sleep(Duration::from_millis(5));
    }
}

/// How many of the lines hold `text`.
pub fn count(lines: &[String], text: &str) -> usize {
    lines.iter().filter(|line| line.contains(text)).count()
}
