//! What all workers serve now. Out: the loaded modules, exchanged as a whole while requests are under way: those that have begun
//! end in the version they began in, the next ones get the new one. Never here: a lock on a request's way; a worker looks at a
//! counter, and takes the lock once for each exchange.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use super::Service;

/// The current version, shared by all workers.
#[derive(Debug)]
pub struct Live {
    current: Mutex<Current>,
    version: AtomicU64,
    /// Set when the server shall end: no new requests, those in flight are finished.
    pub draining: AtomicBool,
}

/// One version.
#[derive(Debug, Clone)]
pub(super) struct Current {
    pub(super) service: Arc<Service>,
    /// The answer to every request, for an author whose handler cannot be loaded.
    pub(super) notice: Option<Arc<str>>,
}

impl Live {
    /// The first version.
    pub fn new(service: Service) -> Self {
        Self {
            current: Mutex::new(Current { service: Arc::new(service), notice: None }),
            version: AtomicU64::new(0),
            draining: AtomicBool::new(false),
        }
    }

    /// The next version. Workers take it when they are woken, or with their next request.
    pub fn exchange(&self, service: Service) {
        self.change(|current| *current = Current { service: Arc::new(service), notice: None });
    }

    /// From now on every request is answered with this text; with none, by the handlers again.
    pub fn notice(&self, text: Option<&str>) {
        self.change(|current| current.notice = text.map(Arc::from));
    }

    fn change(&self, change: impl FnOnce(&mut Current)) {
        change(&mut self.current.lock().unwrap_or_else(PoisonError::into_inner));
        self.version.fetch_add(1, Ordering::Release);
    }

    /// Increases with every change.
    pub(super) fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    pub(super) fn current(&self) -> Current {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
