//! The arena: memory is handed out upwards and never taken back. In: sizes. Out: addresses. It begins with a small room beside the stack,
//! so that a small request touches few pages of memory, and goes on behind everything else; its end is the end of the instance's memory,
//! and more is asked of the host in steps that double.

use alloc::{boxed::Box, vec::Vec};

/// Puts `value` into the arena for the rest of the request.
pub(crate) fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Puts `bytes` into the arena for the rest of the request.
pub(crate) fn keep_bytes(bytes: Vec<u8>) -> &'static [u8] {
    bytes.leak()
}

#[cfg(target_arch = "wasm32")]
mod bump {
    use core::{
        alloc::{GlobalAlloc, Layout},
        cell::Cell,
    };

    const PAGE_BYTES: usize = 65536;

    /// First free byte and end of the room in use; where the rest of the memory begins that is free, until it is in use.
    #[repr(C)]
    struct Arena {
        next: Cell<usize>,
        end: Cell<usize>,
        rest: Cell<usize>,
    }

    // SAFETY: a guest has one thread.
    unsafe impl Sync for Arena {}

    /// The compiler's linker writes the three words of this static, which it finds by its name.
    #[global_allocator]
    #[unsafe(export_name = "rt.arena")]
    static ARENA: Arena = Arena { next: Cell::new(0), end: Cell::new(0), rest: Cell::new(0) };

    // SAFETY: blocks do not overlap, because `next` only grows past each block that is handed out; a block is given back
    // only when it is the last one.
    unsafe impl GlobalAlloc for Arena {
        #[inline]
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            let start = (self.next.get() + layout.align() - 1) & !(layout.align() - 1);
            match start.checked_add(layout.size()) {
                Some(next) if next <= self.end.get() => self.next.set(next),
                _ => return beyond(self, layout),
            }
            start as *mut u8
        }

        #[inline]
        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            if block as usize + layout.size() == self.next.get() {
                self.next.set(block as usize);
            }
        }

        unsafe fn realloc(&self, block: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
            if block as usize + layout.size() == self.next.get() {
                let Some(next) = (block as usize).checked_add(bytes) else { out_of_memory() };
                if next > self.end.get() && self.rest.get() == 0 {
                    grow(self, next);
                }
                if next <= self.end.get() {
                    self.next.set(next);
                    return block;
                }
            }
            if bytes <= layout.size() {
                return block;
            }
            // SAFETY: size and alignment are a valid layout, since the old ones were and `bytes` fits the memory; both blocks
            // hold `layout.size()` bytes and the new one does not overlap the old one.
            unsafe {
                let new = self.alloc(Layout::from_size_align_unchecked(bytes, layout.align()));
                core::ptr::copy_nonoverlapping(block, new, layout.size());
                new
            }
        }
    }

    /// A block that the room in use does not hold.
    #[cold]
    fn beyond(arena: &Arena, layout: Layout) -> *mut u8 {
        if arena.rest.get() != 0 {
            arena.next.set(arena.rest.replace(0));
            arena.end.set(memory_bytes());
        }
        let start = (arena.next.get() + layout.align() - 1) & !(layout.align() - 1);
        let Some(next) = start.checked_add(layout.size()) else { out_of_memory() };
        if next > arena.end.get() {
            grow(arena, next);
        }
        arena.next.set(next);
        start as *mut u8
    }

    fn memory_bytes() -> usize {
        core::arch::wasm32::memory_size(0).saturating_mul(PAGE_BYTES)
    }

    #[cold]
    fn grow(arena: &Arena, next: usize) {
        let missing = (next - arena.end.get()).div_ceil(PAGE_BYTES);
        let wanted = missing.max(core::arch::wasm32::memory_size(0) / 2);
        if core::arch::wasm32::memory_grow(0, wanted) == usize::MAX
            && core::arch::wasm32::memory_grow(0, missing) == usize::MAX
        {
            out_of_memory();
        }
        arena.end.set(memory_bytes());
    }

    #[cold]
    fn out_of_memory() -> ! {
        crate::fault::raise_static(crate::fault::Code::Memory, "the handler is out of memory")
    }

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        core::arch::wasm32::unreachable()
    }
}
