//! What one guest has started and not taken: handles, and for each the place where its outcome arrives. In: outcomes from other
//! threads. Out: bytes for the guest, once. A guest that ends, ends what it started.

use std::{
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{bell::Bell, exchange};

/// Where one outcome arrives.
#[derive(Debug)]
pub struct Slot {
    there: AtomicBool,
    outcome: Mutex<Vec<u8>>,
    bell: Option<Bell>,
}

impl Slot {
    /// A slot that rings for the current exchange.
    pub(in crate::capability) fn new() -> Arc<Self> {
        let bell = exchange::with(|exchange| exchange.bell.clone());
        Arc::new(Self { there: AtomicBool::new(false), outcome: Mutex::default(), bell })
    }

    /// Hands the outcome over and wakes the guest's worker.
    pub(in crate::capability) fn complete(&self, outcome: Vec<u8>) {
        self.fill(outcome);
        if let Some(bell) = &self.bell {
            bell.ring();
        }
    }

    /// The same on the guest's own worker, before the guest waits.
    pub(in crate::capability) fn fill(&self, outcome: Vec<u8>) {
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = outcome;
        self.there.store(true, Ordering::Release);
    }

    /// Whether the outcome is there.
    pub(in crate::capability) fn is_there(&self) -> bool {
        self.there.load(Ordering::Acquire)
    }

    /// The outcome, once it is there.
    pub(in crate::capability) fn outcome(&self) -> MutexGuard<'_, Vec<u8>> {
        self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How something that was started is ended early.
pub(in crate::capability) enum Ending {
    /// A task of the background thread.
    Task(tokio::task::AbortHandle),
    /// Something that looks at a flag.
    Flag(Arc<AtomicBool>),
    /// It has ended.
    Nothing,
}

struct Pending {
    slot: Arc<Slot>,
    ending: Ending,
}

impl Drop for Pending {
    fn drop(&mut self) {
        match &self.ending {
            Ending::Task(task) => task.abort(),
            Ending::Flag(flag) => flag.store(true, Ordering::Relaxed),
            Ending::Nothing => {}
        }
    }
}

/// One guest's handles. A number is never given twice while the guest lives.
#[derive(Default)]
pub struct Pendings {
    open: Vec<(i32, Pending)>,
    last: i32,
}

impl fmt::Debug for Pendings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pendings").field("open", &self.open.len()).finish_non_exhaustive()
    }
}

impl Pendings {
    /// Whether `most` are open.
    pub(crate) fn is_full(&self, most: u64) -> bool {
        self.open.len() as u64 >= most || self.last == i32::MAX
    }

    /// The handle of something that was started.
    pub(in crate::capability) fn add(&mut self, slot: Arc<Slot>, ending: Ending) -> i32 {
        self.last += 1;
        self.open.push((self.last, Pending { slot, ending }));
        self.last
    }

    pub(super) fn slot(&self, handle: i32) -> Option<Arc<Slot>> {
        let (_, pending) = self.open.iter().find(|(known, _)| *known == handle)?;
        Some(Arc::clone(&pending.slot))
    }

    /// Ends what is behind a handle; `false` if there is none.
    pub(super) fn remove(&mut self, handle: i32) -> bool {
        let Some(at) = self.open.iter().position(|(known, _)| *known == handle) else {
            return false;
        };
        self.open.swap_remove(at);
        true
    }

    /// Ends everything.
    pub fn clear(&mut self) {
        self.open.clear();
        self.last = 0;
    }
}
