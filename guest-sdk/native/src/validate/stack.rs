//! Room for recursion. In: work whose depth follows a schema or data. Out: its result, from a thread with a stack that is large
//! enough: host calls run on stacks that are not. The time it takes is noted, since it counts for whoever asked for it.

use std::{
    cell::Cell,
    thread,
    time::{Duration, Instant},
};

/// Enough for the longest way through the largest schema.
const STACK_BYTES: usize = 32 * 1024 * 1024;

thread_local! {
    static SPENT: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Runs `work` where there is room; nothing if the system has no more threads.
pub(super) fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    let start = Instant::now();
    let result = thread::scope(|scope| {
        let named = thread::Builder::new().name("purview-schema".into());
        let thread = named.stack_size(STACK_BYTES).spawn_scoped(scope, work).ok()?;
        thread.join().ok()
    });
    SPENT.set(SPENT.get() + start.elapsed());
    result
}

/// Time that calls of this thread spent on other threads since it was last asked for.
pub fn take_spent() -> Duration {
    SPENT.take()
}
