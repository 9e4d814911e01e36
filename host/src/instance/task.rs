//! A task serves one request after another, each to its end or to a point where it must wait. In: the current exchange
//! with its `job`. Out: its answer, at once or after later polls. Tasks are made once and used again: a request allocates
//! nothing here. Each runs a fixed `async` loop; what is between two polls lives in it, the guest's fiber included.

use std::{
    convert::Infallible,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use super::{call, ticker};
use crate::{
    capability::assets,
    clock,
    exchange::{self, Exchange},
    fault::Fault,
};

/// A worker's tasks.
pub struct Tasks {
    slots: Vec<Slot>,
    free: Vec<usize>,
    limit: usize,
    yielded: Arc<Yielded>,
    waker: Waker,
}

struct Slot {
    future: Pin<Box<dyn Future<Output = Infallible>>>,
    /// Whether it was interrupted at the end of a time slice before.
    sliced: bool,
    /// Whether what it keeps belongs to modules that are served no longer.
    stale: bool,
}

impl Slot {
    fn new() -> Self {
        Self { future: task(), sliced: false, stale: false }
    }
}

/// How a poll of a task ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The exchange has its answer; the task is free again.
    Done,
    /// The time slice is over: poll again when others had their turn.
    Yielded,
    /// The guest waits for the exchange's input or output.
    Waiting,
}

#[derive(Debug, Default)]
struct Yielded(AtomicBool);

impl Wake for Yielded {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Tasks {
    /// At most `limit` tasks.
    pub fn new(limit: usize) -> Self {
        let yielded = Arc::new(Yielded::default());
        let waker = Waker::from(Arc::clone(&yielded));
        Self { slots: Vec::new(), free: Vec::new(), limit, yielded, waker }
    }

    /// Other modules are served from now on: what tasks keep for their next request is dropped, at once or when they end.
    pub fn renew(&mut self, limit: usize) {
        self.limit = limit;
        self.slots.iter_mut().for_each(|slot| slot.stale = true);
        for task in &self.free {
            self.slots[*task] = Slot::new();
        }
    }

    /// Number of tasks with a request.
    pub fn busy(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// A free task, unless all of them are busy.
    pub fn take(&mut self) -> Option<usize> {
        if let Some(task) = self.free.pop() {
            return Some(task);
        }
        if self.slots.len() >= self.limit {
            return None;
        }
        self.slots.push(Slot::new());
        Some(self.slots.len() - 1)
    }

    /// Lets a task run for `exchange`, until it is done or must wait.
    pub fn poll(&mut self, task: usize, exchange: Box<Exchange>) -> (Box<Exchange>, Progress) {
        let slot = &mut self.slots[task];
        // The processor's clock is read only for guests that were interrupted before: the others are too short.
        ticker::slice_starts(slot.sliced.then(clock::thread_cpu));
        let mut context = Context::from_waker(&self.waker);
        let (exchange, polled) = exchange::hold(exchange, || {
            let polled = catch_unwind(AssertUnwindSafe(|| slot.future.as_mut().poll(&mut context)));
            if polled.is_err() {
                exchange::with(|exchange| exchange.finish(Err(Fault::Internal)));
            }
            polled
        });
        if polled.is_err() {
            slot.future = self::task();
        }
        if matches!(exchange.answer, exchange::Answer::Done { .. }) {
            self.yielded.0.store(false, Ordering::Relaxed);
            self.release(task);
            return (exchange, Progress::Done);
        }
        if self.yielded.0.swap(false, Ordering::Relaxed) {
            self.slots[task].sliced = true;
            return (exchange, Progress::Yielded);
        }
        (exchange, Progress::Waiting)
    }

    /// Ends a task's guest where it stands.
    pub fn cancel(&mut self, task: usize, exchange: Box<Exchange>) -> Box<Exchange> {
        // Dropping the future unwinds the guest's fiber, in which host calls may look at the exchange.
        let fresh = self::task();
        let (exchange, ()) = exchange::hold(exchange, || self.slots[task].future = fresh);
        self.release(task);
        exchange
    }

    fn release(&mut self, task: usize) {
        let slot = &mut self.slots[task];
        slot.sliced = false;
        if slot.stale {
            *slot = Slot::new();
        }
        self.free.push(task);
    }
}

fn task() -> Pin<Box<dyn Future<Output = Infallible>>> {
    Box::pin(async move {
        let mut kept = None;
        loop {
            let job =
                |exchange: &mut Exchange| Some((exchange.job.take()?, exchange.handlers.clone()?));
            let (target, handlers) = poll_fn(|_| match exchange::with(job) {
                Some(job) => Poll::Ready(job),
                None => Poll::Pending,
            })
            .await;
            let result = match handlers.get(target.handler) {
                Some(handler) => call::serve(handler, target, &mut kept).await,
                None => Err(Fault::Internal),
            };
            // The guest's part is over; a file that it answered with goes on without it.
            let result = match result {
                Ok(()) => assets::send().await,
                failed => failed,
            };
            drop(handlers);
            exchange::with(|exchange| exchange.finish(result));
        }
    })
}
