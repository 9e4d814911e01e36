//! Addresses and lengths that a guest may give the host: inside its memory, at the edge, outside, wrapping, of 4 GiB.

/// Bytes of the guests' memory: two pages.
pub(crate) const END: u32 = 131_072;

/// Pairs of address and length, and whether they lie inside.
pub(crate) const PAIRS: &[(u32, u32, bool)] = &[
    (2048, 16, true),
    (2048, 2, true),
    (0, 0, true),
    (0, END, true),
    (END, 0, true),
    (END - 1, 1, true),
    (END - 1, 2, false),
    (END, 1, false),
    (END + 1, 0, false),
    (0, END + 1, false),
    (0x7fff_ffff, 1, false),
    (0x8000_0000, 0x8000_0000, false),
    (0xffff_ffff, 1, false),
    (0xffff_ffff, 2, false),
    (0xffff_fff0, 0x20, false),
    (0xffff_ffff, 0xffff_ffff, false),
    (0, 0xffff_ffff, false),
    (1, 0xffff_ffff, false),
    (END, 0xffff_ffff, false),
    (2048, 0x7fff_ffff, false),
];
