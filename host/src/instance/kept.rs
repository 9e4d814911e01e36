//! An instance between two requests. In: an instance whose request ended well. Out: the same instance in the state of a
//! new one, byte for byte, or nothing. It costs a third of making a new one; what a request could see is the same. Never
//! here: an instance that trapped, was ended, grew its memory, or whose module changes more than can be restored.

use std::sync::Arc;

use wasmtime::{Global, Instance, Memory, Store, TypedFunc, Val};

use super::{dirty, guest::Guest, handler::Handler, renewal::Renewal};

/// Written memory that is restored; more is cheaper to drop.
const RESTORED_BYTES_MAX: usize = 512 * 1024;
/// Requests after which an instance is dropped all the same, so that nothing in its store can add up for ever.
const USES_MAX: u32 = 100_000;

/// A running guest.
pub(super) struct Kept {
    /// Its handler.
    pub(super) handler: Arc<Handler>,
    /// Its store.
    pub(super) store: Store<Guest>,
    /// What is in the store.
    pub(super) running: Running,
}

/// An instance and what was looked up in it.
pub(super) struct Running {
    pub(super) instance: Instance,
    pub(super) memory: Memory,
    /// Routes that were called before, by index; empty without a renewal.
    pub(super) routes: Vec<Option<TypedFunc<(u32, u32), u32>>>,
    /// Globals that change, with their values in a new instance.
    pub(super) globals: Vec<(Global, Val)>,
    /// Bytes of memory in a new instance.
    pub(super) memory_bytes: usize,
    pub(super) uses: u32,
}

impl Kept {
    /// Makes the instance new; `None` if that cannot be done.
    pub(super) fn renewed(mut self, renewal: &Renewal) -> Option<Self> {
        let Self { store, running, .. } = &mut self;
        running.uses += 1;
        if running.uses >= USES_MAX || running.memory.data_size(&*store) != running.memory_bytes {
            return None;
        }
        let image = &renewal.image[..];
        let restored =
            dirty::each(running.memory.data_mut(&mut *store), RESTORED_BYTES_MAX, |page, range| {
                let original = image.get(range.start..range.end.min(image.len()));
                let (front, rest) = page.split_at_mut(original.map_or(0, <[u8]>::len));
                front.copy_from_slice(original.unwrap_or_default());
                rest.fill(0);
            });
        if !restored {
            return None;
        }
        for (global, value) in &running.globals {
            global.set(&mut *store, *value).ok()?;
        }
        store.data_mut().renew();
        Some(self)
    }
}
