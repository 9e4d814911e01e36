//! Room for recursion. In: work whose depth follows a schema or data. Out: its result, from a thread with a stack that is large
//! enough: host calls run on stacks that are not. A thread that has such a stack says so, and does the work itself.

use std::{cell::Cell, thread};

/// Enough for the longest way through the largest schema.
pub const STACK_BYTES: usize = 32 * 1024 * 1024;

thread_local! {
    static ROOMY: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` on this thread, which was started with [`STACK_BYTES`].
pub fn roomy<T>(work: impl FnOnce() -> T) -> T {
    let before = ROOMY.replace(true);
    let result = work();
    ROOMY.set(before);
    result
}

/// Runs `work` where there is room; nothing if the system has no more threads.
pub fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    if ROOMY.get() {
        return Some(work());
    }
    thread::scope(|scope| {
        let named = thread::Builder::new().name("purview-schema".into());
        let thread = named.stack_size(STACK_BYTES).spawn_scoped(scope, || roomy(work)).ok()?;
        thread.join().ok()
    })
}
