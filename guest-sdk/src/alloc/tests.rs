//! The allocator on memory of its own, against what an allocator promises: blocks are aligned, inside the memory, disjoint
//! and keep their bytes; zeroed ones are zero; loops do not eat memory.

use proptest::prelude::*;

use super::*;

/// Memory that grows by 64 KiB, like a module's, up to a bound.
struct Pages {
    bytes: Box<[u128]>,
    given: usize,
}

const PAGE: usize = 64 * 1024;

impl Pages {
    fn new(pages: usize) -> Self {
        Self { bytes: vec![0; pages * PAGE / 16].into(), given: 0 }
    }

    fn start(&mut self) -> usize {
        self.bytes.as_mut_ptr().expose_provenance()
    }
}

impl Memory for Pages {
    fn more(&mut self, end: usize, bytes: usize) -> Option<(usize, usize)> {
        let (base, all) = (self.start(), self.bytes.len() * 16);
        let start = if end == base + self.given { end } else { base };
        let used = start - base;
        self.given = (used + bytes).max(1).next_multiple_of(PAGE);
        (self.given <= all).then_some((start, base + self.given))
    }
}

fn layout(size: usize, align: usize) -> Layout {
    Layout::from_size_align(size, align).unwrap()
}

#[test]
fn every_size_has_the_smallest_class_that_holds_it() {
    let mut before = (0, 16);
    for size in 1..200_000 {
        let (class, rounded) = class(size).unwrap();
        assert!(size <= rounded && rounded <= size + (size / 4).max(15), "{size}: {rounded}");
        assert_eq!(rounded % ALIGN, 0);
        assert!(
            class == before.0 && rounded == before.1 || class == before.0 + 1 && rounded > before.1,
            "{size}"
        );
        before = (class, rounded);
    }
    assert_eq!(class(SIZE_MAX), Some((CLASSES - 1, SIZE_MAX)));
    assert_eq!(class(SIZE_MAX + 1), None);
}

#[test]
fn the_last_block_grows_shrinks_and_goes_in_place() {
    let mut heap = Heap::new(Pages::new(8));
    let block = heap.alloc(layout(10, 1));
    let grown = heap.realloc(block, layout(10, 1), 300_000);
    assert_eq!(grown, block);
    assert_eq!(heap.realloc(grown, layout(300_000, 1), 100), block);
    let next = heap.alloc(layout(1, 1));
    assert_eq!(next.addr(), block.addr() + 112);
    heap.dealloc(next, layout(1, 1));
    heap.dealloc(block, layout(100, 1));
    assert_eq!(heap.alloc(layout(5000, 16)), block);
}

#[test]
fn loops_do_not_eat_memory() {
    let mut heap = Heap::new(Pages::new(4));
    let kept = heap.alloc(layout(64, 8));
    for size in (1..3000).cycle().take(200_000) {
        let first = heap.alloc(layout(1 + size % 300, 1));
        let second = heap.alloc(layout(256, 64));
        let third = heap.alloc(layout(size, 8));
        assert!(!first.is_null() && !second.is_null() && !third.is_null(), "{size}");
        let third = heap.realloc(third, layout(size, 8), size / 2 + 1);
        heap.dealloc(first, layout(1 + size % 300, 1));
        heap.dealloc(second, layout(256, 64));
        heap.dealloc(third, layout(size / 2 + 1, 8));
    }
    heap.dealloc(kept, layout(64, 8));
}

#[test]
fn memory_that_ends_gives_null() {
    let mut heap = Heap::new(Pages::new(2));
    assert!(heap.alloc(layout(3 * PAGE, 1)).is_null());
    let block = heap.alloc(layout(PAGE, 1));
    assert!(!block.is_null());
    assert!(heap.realloc(block, layout(PAGE, 1), 3 * PAGE).is_null());
    assert!(heap.alloc(layout(isize::MAX as usize, 1)).is_null());
}

#[test]
fn a_first_range_is_used_up_before_memory_is_asked_for() {
    let mut area = vec![0u128; 16];
    let start = area.as_mut_ptr().expose_provenance();
    let mut heap = Heap::new(Pages::new(2));
    heap.start(start + 8, start + 256);
    let first = heap.alloc(layout(100, 8));
    assert_eq!(first.addr(), start + 16);
    let second = heap.alloc(layout(112, 8));
    assert_eq!(second.addr(), start + 128);
    let third = heap.alloc(layout(112, 8));
    assert_eq!(third.addr(), heap.memory.start());
    // A heap in use keeps its place.
    heap.start(start, start + 256);
    assert_eq!(heap.alloc(layout(16, 8)).addr(), third.addr() + 112);
}

#[derive(Debug, Clone)]
enum Step {
    Alloc { size: usize, align: usize, zeroed: bool },
    Free { which: usize },
    Resize { which: usize, size: usize },
}

fn size() -> impl Strategy<Value = usize> {
    prop_oneof![4 => 1..100usize, 2 => 1..3000usize, 1 => 1..100_000usize]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (size(), 0..9u32, any::<bool>()).prop_map(|(size, align, zeroed)| Step::Alloc {
            size,
            align: 1 << align,
            zeroed
        }),
        any::<usize>().prop_map(|which| Step::Free { which }),
        (any::<usize>(), size()).prop_map(|(which, size)| Step::Resize { which, size }),
    ]
}

/// A live block, filled with a byte of its own.
struct Block {
    at: *mut u8,
    layout: Layout,
    fill: u8,
}

impl Block {
    fn bytes(&mut self) -> &mut [u8] {
        // SAFETY: the block is live, and the test is its only user.
        unsafe { std::slice::from_raw_parts_mut(self.at, self.layout.size()) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blocks_are_disjoint_aligned_and_keep_their_bytes(steps in prop::collection::vec(step(), 1..200)) {
        let mut heap = Heap::new(Pages::new(400));
        let mut blocks: Vec<Block> = Vec::new();
        for (index, step) in steps.into_iter().enumerate() {
            let fill = index as u8 | 1;
            match step {
                Step::Alloc { size, align, zeroed } => {
                    let layout = layout(size, align);
                    let at = if zeroed { heap.alloc_zeroed(layout) } else { heap.alloc(layout) };
                    prop_assert!(!at.is_null() && at.addr().is_multiple_of(align));
                    let mut block = Block { at, layout, fill };
                    prop_assert!(!zeroed || block.bytes().iter().all(|byte| *byte == 0));
                    blocks.push(block);
                }
                Step::Free { which } if !blocks.is_empty() => {
                    let block = blocks.swap_remove(which % blocks.len());
                    heap.dealloc(block.at, block.layout);
                }
                Step::Resize { which, size } if !blocks.is_empty() => {
                    let which = which % blocks.len();
                    let mut block = blocks.swap_remove(which);
                    let kept = block.layout.size().min(size);
                    block.at = heap.realloc(block.at, block.layout, size);
                    block.layout = layout(size, block.layout.align());
                    prop_assert!(!block.at.is_null() && block.at.addr().is_multiple_of(block.layout.align()));
                    let before = block.fill;
                    prop_assert!(block.bytes()[..kept].iter().all(|byte| *byte == before));
                    block.fill = fill;
                    blocks.push(block);
                }
                _ => continue,
            }
            if let Some(block) = blocks.last_mut().filter(|block| block.fill == fill) {
                block.bytes().fill(fill);
            }
            for block in &mut blocks {
                let fill = block.fill;
                prop_assert!(block.bytes().iter().all(|byte| *byte == fill));
            }
            let mut ranges: Vec<_> = blocks.iter().map(|block| (block.at.addr(), block.layout.size())).collect();
            ranges.sort_unstable();
            prop_assert!(ranges.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0));
        }
    }
}
