//! Work that would hold a worker for too long. In: a job that computes and ends by itself. Out: its result, on the worker, after the guest
//! was suspended meanwhile. The threads are few, their stacks large, and jobs wait in line for them. Never here: guests, sockets.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, LazyLock, Mutex, PoisonError, mpsc},
    thread,
    time::Duration,
};

use purview_native::validate::{STACK_BYTES, roomy, with_room};
use tokio::sync::oneshot;

use super::io::{self, Slot};
use crate::{clock, exchange};

/// Most threads; one for each processor, if there are fewer.
const THREADS_MAX: usize = 4;

/// What such a thread runs.
type Line = mpsc::Sender<Box<dyn FnOnce() + Send>>;

/// The line to the threads, which start with the first job; nothing if the system has no threads left.
static LINE: LazyLock<Option<Line>> = LazyLock::new(|| {
    let (line, jobs) = mpsc::channel::<Box<dyn FnOnce() + Send>>();
    let jobs = Arc::new(Mutex::new(jobs));
    let threads = thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
    let started = (0..threads).filter(|_| {
        let jobs = Arc::clone(&jobs);
        let named = thread::Builder::new().name("purview-aside".into()).stack_size(STACK_BYTES);
        let run = move || {
            loop {
                let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(job) = next else { return };
                roomy(job);
            }
        };
        named.spawn(run).is_ok()
    });
    (started.count() > 0).then_some(line)
});

/// Runs a job; its result and the processor time that it took. Nothing if there is no thread for it, or it panicked.
pub(super) async fn run<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<(T, Duration)> {
    let timed = move || {
        let begun = clock::thread_cpu();
        let result = catch_unwind(AssertUnwindSafe(work)).ok()?;
        Some((result, clock::thread_cpu().saturating_sub(begun)))
    };
    // While a handler is loaded nobody is kept waiting, and nobody would wake it.
    if exchange::with(|exchange| exchange.bell.is_none()) {
        return with_room(timed).flatten();
    }
    let slot = Slot::new();
    let (sender, mut result) = oneshot::channel();
    let done = Arc::clone(&slot);
    let line = LINE.as_ref()?;
    line.send(Box::new(move || {
        // The guest may have ended meanwhile.
        let _ = sender.send(timed());
        done.complete(Vec::new());
    }))
    .ok()?;
    io::until(&[slot]).await;
    result.try_recv().ok().flatten()
}
