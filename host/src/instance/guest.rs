//! What the host keeps about one running guest: its memory, its limits, its WASI context. In: limits. Out: answers to
//! Wasmtime's questions whether memory may grow and whether the guest may go on.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use wasmtime::{Memory, ResourceLimiter, StoreContextMut, UpdateDeadline};
use wasmtime_wasi::p1::WasiP1Ctx;

use super::{engine::TABLE_ELEMENTS, ticker};
use crate::{
    capability::{assets::Files, io::Pendings, wasi},
    clock,
    fault::Fault,
    limits::Limits,
    log,
};

/// The data of a store.
pub struct Guest {
    /// The exported memory, once instantiated.
    pub memory: Option<Memory>,
    /// What it has started and not taken.
    pub pendings: Pendings,
    /// What it has opened and not closed.
    pub files: Files,
    wasi: Option<Box<WasiP1Ctx>>,
    /// What WASI shows as the environment, for modules that import WASI.
    wasi_env: Option<Arc<BTreeMap<String, String>>>,
    memory_bytes: usize,
    /// Whether it was denied memory before.
    denied: bool,
    cpu_limit: Duration,
    cpu_used: Duration,
}

impl Guest {
    /// A guest that has not started.
    pub fn new(limits: &Limits, wasi_env: Option<Arc<BTreeMap<String, String>>>) -> Self {
        Self {
            memory: None,
            pendings: Pendings::default(),
            files: Files::default(),
            wasi: None,
            wasi_env,
            memory_bytes: usize::try_from(limits.memory_bytes).unwrap_or(usize::MAX),
            denied: false,
            cpu_limit: Duration::from_millis(limits.cpu_ms),
            cpu_used: Duration::ZERO,
        }
    }

    /// Forgets what belongs to the request that ended.
    pub(super) fn renew(&mut self) {
        self.pendings.clear();
        self.files.clear();
        self.wasi = None;
        self.denied = false;
        self.cpu_used = Duration::ZERO;
    }

    /// Whether it has as much under way or open as it may.
    pub(crate) fn is_full(&self, most: u64) -> bool {
        self.pendings.is_full(most.saturating_sub(self.files.count() as u64))
    }

    /// The WASI context, made when a guest first calls WASI.
    pub fn wasi(&mut self) -> &mut WasiP1Ctx {
        let env = self.wasi_env.as_deref().unwrap_or(const { &BTreeMap::new() });
        self.wasi.get_or_insert_with(|| Box::new(wasi::context(env)))
    }

    /// Says once in the log that a guest was denied memory.
    fn tell(&mut self, granted: bool) -> bool {
        if !granted && !std::mem::replace(&mut self.denied, true) {
            log::limit(
                "limit.memory",
                "a handler asked for more than `memory_bytes` and was denied",
            );
        }
        granted
    }

    /// Adds up processor time at the end of a time slice, with what was spent `elsewhere` for it; an error at the limit.
    pub(crate) fn end_slice(&mut self, elsewhere: Duration) -> Result<(), Fault> {
        self.cpu_used += ticker::slice_cpu(clock::thread_cpu()) + elsewhere;
        if self.cpu_used >= self.cpu_limit { Err(Fault::Cpu) } else { Ok(()) }
    }

    pub(super) fn limiter(&mut self) -> &mut dyn ResourceLimiter {
        self
    }
}

impl ResourceLimiter for Guest {
    fn memory_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(self.tell(desired <= self.memory_bytes))
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(self.tell(desired <= TABLE_ELEMENTS))
    }

    fn instances(&self) -> usize {
        1
    }

    fn tables(&self) -> usize {
        1
    }

    fn memories(&self) -> usize {
        1
    }
}

/// At the end of a time slice: lets others run, or ends the guest.
pub(super) fn on_slice(mut store: StoreContextMut<'_, Guest>) -> wasmtime::Result<UpdateDeadline> {
    store.data_mut().end_slice(Duration::ZERO)?;
    Ok(UpdateDeadline::Yield(1))
}
