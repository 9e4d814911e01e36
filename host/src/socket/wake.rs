//! Waking a worker that waits for its sockets, from another thread.

use std::sync::Arc;

/// Something that interrupts a driver's wait.
pub trait Wake: Send + Sync {
    /// Interrupts the wait now, or the next one.
    fn wake(&self);
}

/// A shared handle to wake one worker.
#[derive(Clone)]
pub struct Waker(pub(super) Arc<dyn Wake>);

impl Waker {
    /// Interrupts the worker's wait now, or the next one.
    pub fn wake(&self) {
        self.0.wake();
    }
}

impl std::fmt::Debug for Waker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Waker")
    }
}
