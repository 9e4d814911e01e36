//! How other threads tell a worker that something for one of its connections is there. In: rings from any thread. Out: the
//! connections to look at, and an interrupted wait. Never here: what it is that came.

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::socket::{Token, Waker};

/// One worker's bells.
#[derive(Debug)]
pub struct Bells {
    any: AtomicBool,
    rung: Mutex<Vec<Token>>,
    waker: Waker,
}

impl Bells {
    /// Bells that interrupt a worker's wait.
    pub fn new(waker: Waker) -> Self {
        Self { any: AtomicBool::new(false), rung: Mutex::default(), waker }
    }

    fn ring(&self, token: Token) {
        self.rung.lock().unwrap_or_else(PoisonError::into_inner).push(token);
        if !self.any.swap(true, Ordering::AcqRel) {
            self.waker.wake();
        }
    }

    /// Moves the connections whose bell rang to `rung`, which is empty.
    pub fn take(&self, rung: &mut Vec<Token>) {
        if self.any.swap(false, Ordering::AcqRel) {
            let mut list = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::swap(&mut *list, rung);
        }
    }
}

/// The bell of one connection. A ring that comes late, when the connection has another request, only makes its worker look.
#[derive(Clone)]
pub struct Bell {
    /// Its worker's bells.
    pub bells: Arc<Bells>,
    /// The connection.
    pub token: Token,
}

impl Bell {
    /// Makes the worker look at the connection.
    pub fn ring(&self) {
        self.bells.ring(self.token);
    }
}

impl fmt::Debug for Bell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bell").field("token", &self.token).finish_non_exhaustive()
    }
}
