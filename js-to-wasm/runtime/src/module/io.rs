//! Waiting for what was started. In: an exchange. Out: its outcome. While `parallel` or `race` runs, a branch that waits is left
//! until it is there: see [`super::branches`], which nothing here refers to, so that only programs that use them carry them.

use alloc::vec::Vec;
use core::cell::Cell;

use crate::host::{self, Exchange};

/// Waits while branches run: the outcome, or nothing if the host has forgotten it.
pub(super) type Wait = fn(Exchange) -> Option<Vec<u8>>;

/// How a wait is done.
struct Waiting(Cell<Option<Wait>>);

// SAFETY: a guest has one thread, and natively nothing calls this.
unsafe impl Sync for Waiting {}

static WAITING: Waiting = Waiting(Cell::new(None));

/// From now on waits are done so; gives how they were done before.
pub(super) fn replace(wait: Option<Wait>) -> Option<Wait> {
    WAITING.0.replace(wait)
}

/// The outcome of an exchange; nothing if the host has forgotten it.
pub(super) fn outcome(exchange: Exchange) -> Option<Vec<u8>> {
    match WAITING.0.get() {
        Some(wait) => wait(exchange),
        None => host::wait(exchange).ok(),
    }
}
