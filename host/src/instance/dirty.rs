//! Which pages of a guest's memory are its own by now, rather than its module's. In: a memory. Out: those ranges of it, as
//! the kernel tells (`PAGEMAP_SCAN`, Linux 6.7). A page counts as its own also while it is swapped out or is being moved, when
//! the kernel does not call it present.

use std::{fs::File, ops::Range, os::fd::AsRawFd, sync::OnceLock};

/// Ranges that come with one question to the kernel.
const REGIONS: usize = 32;
/// The kernel's number for the question: `_IOWR('f', 16, struct pm_scan_arg)`.
const PAGEMAP_SCAN: u64 = 0xC060_6610;

/// Kinds of pages, of `linux/fs.h`.
const WRITTEN: u64 = 1 << 1;
const FILE: u64 = 1 << 2;
const PRESENT: u64 = 1 << 3;
const SWAPPED: u64 = 1 << 4;
const PFNZERO: u64 = 1 << 5;

/// `struct pm_scan_arg` of `linux/fs.h`.
#[repr(C)]
#[derive(Default)]
struct Question {
    size: u64,
    flags: u64,
    start: u64,
    end: u64,
    walk_end: u64,
    vec: u64,
    vec_len: u64,
    max_pages: u64,
    category_inverted: u64,
    category_mask: u64,
    category_anyof_mask: u64,
    return_mask: u64,
}

/// `struct page_region` of `linux/fs.h`.
#[repr(C)]
#[derive(Default, Clone, Copy)]
struct Region {
    start: u64,
    end: u64,
    categories: u64,
}

/// Whether the kernel tells.
pub(super) fn available() -> bool {
    let page = 0_u8;
    let at = &raw const page as usize & !4095;
    pagemap().is_some_and(|pagemap| ask(pagemap, at..at + 4096).is_some())
}

fn pagemap() -> Option<&'static File> {
    static PAGEMAP: OnceLock<Option<File>> = OnceLock::new();
    PAGEMAP.get_or_init(|| File::open("/proc/self/pagemap").ok()).as_ref()
}

/// Calls `restore` with each range of `memory` that was written to, and with its offsets. False if they are more than
/// `bytes_max` together or the kernel does not tell: then some of them were left out.
pub(super) fn each(
    memory: &mut [u8],
    bytes_max: usize,
    mut restore: impl FnMut(&mut [u8], Range<usize>),
) -> bool {
    let Some(pagemap) = pagemap() else { return false };
    let base = memory.as_mut_ptr() as usize;
    let mut from = 0;
    let mut left = bytes_max;
    while from < memory.len() {
        let Some((regions, walked)) = ask(pagemap, base + from..base + memory.len()) else {
            return false;
        };
        for region in regions.iter().take_while(|region| region.end > 0) {
            let range = region.start as usize - base..region.end as usize - base;
            let Some(rest) = left.checked_sub(range.len()) else { return false };
            left = rest;
            let Some(page) = memory.get_mut(range.clone()) else { return false };
            restore(page, range);
        }
        if walked <= base + from {
            return false;
        }
        from = walked - base;
    }
    true
}

/// The first ranges in `addresses` that are neither untouched nor those of a file or of the kernel's zero page, and the
/// address up to which that was looked at.
fn ask(pagemap: &File, addresses: Range<usize>) -> Option<([Region; REGIONS], usize)> {
    let mut regions = [Region::default(); REGIONS];
    let mut question = Question {
        size: size_of::<Question>() as u64,
        start: addresses.start as u64,
        end: addresses.end as u64,
        vec: regions.as_mut_ptr() as u64,
        vec_len: REGIONS as u64,
        category_inverted: PFNZERO | FILE,
        category_mask: WRITTEN | PFNZERO | FILE,
        // A page that was never there counts as written, too; one that is being moved counts as swapped.
        category_anyof_mask: PRESENT | SWAPPED,
        ..Question::default()
    };
    // SAFETY: the kernel writes to `question` and to at most `vec_len` elements at `vec`: two locals of its own layout,
    // that live beyond the call. The addresses in between are only looked up in the page table.
    #[expect(unsafe_code, reason = "no safe wrapper knows this question")]
    let count = unsafe { libc::ioctl(pagemap.as_raw_fd(), PAGEMAP_SCAN as _, &raw mut question) };
    usize::try_from(count).ok().map(|_| (regions, question.walk_end as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fresh pages of this process; big enough not to share any with something else.
    const PAGE: usize = 4096;

    fn pages(count: usize) -> Vec<u8> {
        vec![0; (count + 1) * PAGE]
    }

    fn aligned(memory: &mut [u8]) -> &mut [u8] {
        let skip = memory.as_ptr().align_offset(PAGE);
        let len = memory.len() - PAGE;
        &mut memory[skip..skip + len]
    }

    #[test]
    fn leaves_out_what_was_only_read_or_never_touched() {
        assert!(available());
        let (mut memory, mut written) = (pages(1024), 0);
        let memory = aligned(&mut memory);
        // The second half is not even read.
        assert_eq!(memory[..512 * PAGE].iter().copied().max(), Some(0));
        memory[256 * PAGE] = 1;
        assert!(each(memory, usize::MAX, |_, range| written += range.len()));
        // Where the kernel gives huge pages, one of those is written as a whole.
        assert!([PAGE, 512 * PAGE].contains(&written), "{written}");
    }

    /// Without swap the pages stay where they are; with it they are not present when the kernel is asked.
    #[test]
    fn finds_what_was_swapped_out() {
        let mut memory = pages(64);
        let memory = aligned(&mut memory);
        memory.fill(7);
        // SAFETY: a whole number of pages of this function's own memory; their content stays.
        #[expect(unsafe_code, reason = "there is no other way to have a page swapped out")]
        unsafe {
            libc::madvise(memory.as_mut_ptr().cast(), memory.len(), libc::MADV_PAGEOUT)
        };
        assert!(each(memory, usize::MAX, |page, _| page.fill(0)));
        assert_eq!(memory.iter().copied().max(), Some(0));
    }

    #[test]
    fn finds_what_was_written() {
        let mut memory = pages(200);
        let memory = aligned(&mut memory);
        // Every other page, so that there are more ranges than one question brings.
        for page in memory.chunks_mut(2 * PAGE) {
            page[7] = 1;
        }
        let mut found = Vec::new();
        assert!(each(memory, usize::MAX, |page, range| {
            assert_eq!(page.len(), range.len());
            found.push(range);
        }));
        for at in (0..memory.len()).step_by(2 * PAGE) {
            assert!(found.iter().any(|range| range.contains(&at)), "page at {at} in {found:?}");
        }
        assert!(!each(memory, 50 * PAGE, |_, _| {}));
    }
}
