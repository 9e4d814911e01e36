//! The memory of one request. In: sizes. Out: blocks. Made for instances that live for one request: blocks come one after
//! the other, so that few pages are touched; the last block grows, shrinks and goes in place; other freed blocks are kept
//! in lists by size and used again, so that a loop does not eat memory. Never here: a header in a block, or a search.
//!
//! ```text
//!  request area (at the end of the data)             heap (from the end of the data)
//!  ├ request record ┤ response record ┤ first blocks ┤   ┆   ├ further blocks … next ┤ … end ┤ grows by pages
//! ```
//!
//! Sizes are rounded: to multiples of 16 up to 512, above that to quarters of powers of two. Blocks aligned to more than
//! 16 bytes are rounded to powers of two and kept in lists of their own.

use std::{alloc::Layout, ptr};

/// Alignment of every block.
const ALIGN: usize = 16;
/// Largest size that is rounded to a multiple of [`ALIGN`].
const SMALL_MAX: usize = 512;
const SMALL_CLASSES: usize = SMALL_MAX / ALIGN;
/// Largest block.
const SIZE_MAX: usize = 1 << 31;
const CLASSES: usize = SMALL_CLASSES + 4 * (SIZE_MAX.ilog2() - SMALL_MAX.ilog2()) as usize;
const ALIGNED_CLASSES: usize = SIZE_MAX.ilog2() as usize + 1;

/// Where a heap gets its memory.
pub(crate) trait Memory {
    /// At least `bytes` more, zeroed: the first and the end of a range that follows `end` if possible.
    fn more(&mut self, end: usize, bytes: usize) -> Option<(usize, usize)>;
}

/// Blocks in memory. All addresses; zero is none.
pub(crate) struct Heap<M> {
    /// Where the next block starts.
    next: usize,
    /// The end of the range that `next` is in.
    end: usize,
    /// Nothing from here to `end` was ever handed out, so it is zero.
    clean: usize,
    memory: M,
    /// First freed block of each size; each holds the address of the next one.
    free: [usize; CLASSES],
    /// The same for blocks aligned to their size.
    free_aligned: [usize; ALIGNED_CLASSES],
}

/// The list and the rounded size for a size.
fn class(size: usize) -> Option<(usize, usize)> {
    if size <= SMALL_MAX {
        let class = size.div_ceil(ALIGN).max(1) - 1;
        return Some((class, (class + 1) * ALIGN));
    }
    if size > SIZE_MAX {
        return None;
    }
    let below = size - 1;
    let log = below.ilog2() as usize;
    let step = 1 << (log - 2);
    let class = SMALL_CLASSES + (log - SMALL_MAX.ilog2() as usize) * 4 + ((below >> (log - 2)) & 3);
    Some((class, size.next_multiple_of(step)))
}

/// The list and the rounded size for a layout aligned to more than [`ALIGN`].
fn aligned_class(layout: Layout) -> Option<(usize, usize)> {
    let size = layout.size().max(layout.align());
    (size <= SIZE_MAX)
        .then(|| (size.next_power_of_two().ilog2() as usize, size.next_power_of_two()))
}

impl<M: Memory> Heap<M> {
    /// A heap without memory.
    pub(crate) const fn new(memory: M) -> Self {
        Self {
            next: 0,
            end: 0,
            clean: 0,
            memory,
            free: [0; CLASSES],
            free_aligned: [0; ALIGNED_CLASSES],
        }
    }

    /// Gives an unused heap its first range, which must be zero and remain the heap's.
    pub(crate) fn start(&mut self, start: usize, end: usize) {
        if self.end == 0 {
            let start = start.next_multiple_of(ALIGN);
            if start < end {
                (self.next, self.end, self.clean) = (start, end, start);
            }
        }
    }

    /// A block, or null. Whether it is zero is said beside it: bytes of it before the second value may not be.
    #[inline]
    fn take(&mut self, layout: Layout) -> (usize, usize) {
        if layout.align() > ALIGN {
            return self.take_aligned(layout);
        }
        let Some((class, size)) = class(layout.size()) else { return (0, 0) };
        let block = self.free[class];
        if block != 0 {
            self.free[class] = read(block);
            return (block, block + size);
        }
        self.bump(size, ALIGN)
    }

    #[cold]
    fn take_aligned(&mut self, layout: Layout) -> (usize, usize) {
        let Some((class, size)) = aligned_class(layout) else { return (0, 0) };
        let block = self.free_aligned[class];
        if block != 0 {
            self.free_aligned[class] = read(block);
            return (block, block + size);
        }
        self.bump(size, size)
    }

    /// The next `size` bytes of memory, and the end of what of them may not be zero.
    #[inline]
    fn bump(&mut self, size: usize, align: usize) -> (usize, usize) {
        let mut block = self.next.next_multiple_of(align);
        if self.end.saturating_sub(block) < size || self.end == 0 {
            match self.refill(size, align) {
                Some(start) => block = start,
                None => return (0, 0),
            }
        }
        let dirty = self.clean;
        self.next = block + size;
        self.clean = dirty.max(self.next);
        (block, dirty)
    }

    /// Gets memory for a block of this size and says where it would start.
    #[cold]
    fn refill(&mut self, size: usize, align: usize) -> Option<usize> {
        // Room for the alignment, and for what lies unused in the range so far.
        let (start, end) = self.memory.more(self.end, size.checked_add(align)?)?;
        if start != self.end || self.end == 0 {
            (self.next, self.clean) = (start.next_multiple_of(ALIGN), start);
        }
        self.end = end;
        let block = self.next.next_multiple_of(align);
        (end.saturating_sub(block) >= size).then_some(block)
    }

    fn give(&mut self, block: usize, layout: Layout) {
        if layout.align() > ALIGN {
            if let Some((class, _)) = aligned_class(layout) {
                write(block, self.free_aligned[class]);
                self.free_aligned[class] = block;
            }
        } else if let Some((class, size)) = class(layout.size()) {
            if block + size == self.next {
                self.next = block;
            } else {
                write(block, self.free[class]);
                self.free[class] = block;
            }
        }
    }

    /// Changes the size of a block in place, if it is the last one or the rounded size is the same.
    fn resize(&mut self, block: usize, layout: Layout, new_size: usize) -> bool {
        if layout.align() > ALIGN {
            return false;
        }
        let (Some((_, old)), Some((_, new))) = (class(layout.size()), class(new_size)) else {
            return false;
        };
        if old == new {
            return true;
        }
        if block + old != self.next {
            return false;
        }
        if new > old && self.end - self.next < new - old {
            // More memory helps only if it follows; otherwise the block moves there.
            let before = self.end;
            match self.memory.more(before, new - old) {
                Some((start, end)) if start == before => self.end = end,
                Some((start, end)) => {
                    (self.next, self.clean, self.end) = (start.next_multiple_of(ALIGN), start, end);
                    return false;
                }
                None => return false,
            }
        }
        self.next = block + new;
        self.clean = self.clean.max(self.next);
        true
    }

    pub(crate) fn alloc(&mut self, layout: Layout) -> *mut u8 {
        pointer(self.take(layout).0)
    }

    pub(crate) fn alloc_zeroed(&mut self, layout: Layout) -> *mut u8 {
        let (block, dirty) = self.take(layout);
        let bytes = dirty.saturating_sub(block).min(layout.size());
        if block != 0 && bytes > 0 {
            // SAFETY: the block is ours and holds at least this many bytes.
            unsafe { ptr::write_bytes(pointer(block), 0, bytes) };
        }
        pointer(block)
    }

    pub(crate) fn dealloc(&mut self, block: *mut u8, layout: Layout) {
        self.give(block.expose_provenance(), layout);
    }

    pub(crate) fn realloc(&mut self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        if self.resize(block.expose_provenance(), layout, new_size) {
            return block;
        }
        let Ok(new_layout) = Layout::from_size_align(new_size, layout.align()) else {
            return ptr::null_mut();
        };
        let new = self.alloc(new_layout);
        if !new.is_null() {
            // SAFETY: both blocks are live, differ, and hold at least this many bytes.
            unsafe { ptr::copy_nonoverlapping(block, new, layout.size().min(new_size)) };
            self.dealloc(block, layout);
        }
        new
    }
}

fn pointer(address: usize) -> *mut u8 {
    ptr::with_exposed_provenance_mut(address)
}

/// Reads the link in a freed block.
fn read(block: usize) -> usize {
    // SAFETY: blocks are at least 16 bytes, aligned to 16, and a block in a list is nobody else's.
    unsafe { ptr::with_exposed_provenance::<usize>(block).read() }
}

/// Writes the link into a freed block.
fn write(block: usize, next: usize) {
    // SAFETY: blocks are at least 16 bytes, aligned to 16, and the owner has just given this one back.
    unsafe { ptr::with_exposed_provenance_mut::<usize>(block).write(next) };
}

#[cfg(target_arch = "wasm32")]
pub(crate) use global::Global;

/// A heap as the program's allocator, for a program of one thread.
#[cfg(target_arch = "wasm32")]
mod global {
    use std::alloc::{GlobalAlloc, Layout};

    use super::{Heap, Memory};

    pub(crate) struct Global<M>(std::cell::UnsafeCell<Heap<M>>);

    impl<M: Memory> Global<M> {
        pub(crate) const fn new(memory: M) -> Self {
            Self(std::cell::UnsafeCell::new(Heap::new(memory)))
        }

        /// Runs `act` on the heap.
        ///
        /// # Safety
        /// There is one thread, and `act` does not allocate.
        #[inline]
        pub(crate) unsafe fn with<T>(&self, act: impl FnOnce(&mut Heap<M>) -> T) -> T {
            // SAFETY: the caller says that there is no second reference.
            act(unsafe { &mut *self.0.get() })
        }
    }

    // SAFETY: this is compiled for wasm32 without threads only.
    unsafe impl<M> Sync for Global<M> {}

    // SAFETY: blocks are disjoint, live until given back, aligned and as long as asked; nothing here panics or allocates.
    unsafe impl<M: Memory> GlobalAlloc for Global<M> {
        #[inline]
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: one thread; the heap does not allocate.
            unsafe { self.with(|heap| heap.alloc(layout)) }
        }

        #[inline]
        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: one thread; the heap does not allocate.
            unsafe { self.with(|heap| heap.dealloc(block, layout)) }
        }

        unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
            // SAFETY: one thread; the heap does not allocate.
            unsafe { self.with(|heap| heap.alloc_zeroed(layout)) }
        }

        unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
            // SAFETY: one thread; the heap does not allocate.
            unsafe { self.with(|heap| heap.realloc(block, layout, new_size)) }
        }
    }
}

#[cfg(test)]
mod tests;
