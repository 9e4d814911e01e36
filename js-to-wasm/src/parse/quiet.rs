//! Runs what may panic. In: a piece of work that another library does. Out: its result; nothing if it panicked, and nothing on standard
//! error either: the caller says it in its own words. Other panics are shown as before.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook},
    sync::Once,
};

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The result of `work`, whose state is dropped if it panics.
pub(super) fn attempt<R>(work: impl FnOnce() -> R) -> Option<R> {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                before(panic);
            }
        }));
    });
    let outer = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work)).ok();
    QUIET.set(outer);
    result
}
