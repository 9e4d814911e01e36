//! Runs a stage on a thread whose stack is large enough for the recursion that [`crate::limits`] permits, so that the
//! caller's own stack does not matter. Nothing else happens here.

use crate::limits;

/// Runs `work` on a large stack and returns what it returns. A panic passes through.
pub fn with_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("js-to-wasm".to_owned())
            .stack_size(limits::STACK_BYTES);
        let running = thread.spawn_scoped(scope, work).expect("one thread can be started");
        running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
