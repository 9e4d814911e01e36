//! Every bound of the compiler's front half, with its reason. Sources over a bound get a diagnostic, never a crash.

/// Longest source file in bytes. Hand-written handlers are three orders of magnitude shorter; minified bundles are refused.
pub const FILE_BYTES_MAX: usize = 1024 * 1024;
/// Most source files in one program.
pub const FILES_MAX: usize = 256;
/// Most bytes of source in one program.
pub const PROGRAM_BYTES_MAX: usize = 8 * FILE_BYTES_MAX;
/// Longest chain of imports.
pub const IMPORT_DEPTH_MAX: usize = 32;
/// Deepest nesting of brackets, templates and JSX elements.
pub const BRACKET_DEPTH_MAX: usize = 256;
/// Most tokens of unfinished constructs at any place: bounds the recursion of the parser before it starts.
pub const OPEN_TOKENS_MAX: usize = 12_000;
/// Deepest nesting of nodes in the tree: bounds the recursion of every stage that follows.
pub const TREE_DEPTH_MAX: usize = 600;
/// Most arms of one `match`.
pub const MATCH_ARMS_MAX: usize = 255;
/// Most diagnostics that are kept; the rest are counted.
pub const DIAGNOSTICS_MAX: usize = 100;
/// Stack of the thread on which the front half runs. Pages that are not touched cost nothing.
pub const STACK_BYTES: usize = 256 * 1024 * 1024;

const _: () = assert!(FILES_MAX >= IMPORT_DEPTH_MAX);
const _: () = assert!(PROGRAM_BYTES_MAX < u32::MAX as usize);
