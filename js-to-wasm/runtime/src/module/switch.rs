//! Leaving a branch where it waits and going on with it later. In: the function of a branch, or what it left. Out: its result, or that it
//! has stopped. The compiler writes the bodies of the functions here that have none and rewrites the functions that can be left: see
//! `js-to-wasm/src/wasm/suspend` for the whole. Natively there are no branches, and nothing calls this.
//!
//! ```text
//!  shadow stack (grows down):  … scheduler │ margin │ the branch's own stack │ frames of its functions │ free
//!                                                   └ base                  └ where it stopped        └ top
//! ```
//! What lies from `top` to `base` is copied out when a branch stops, and back to the same addresses before it goes on.

use alloc::vec::Vec;
use core::{
    cell::{Cell, RefCell},
    hint::black_box,
};

use crate::{
    fault::{self, Code},
    value::Value,
};

/// Room on the stack for what starts branches and goes on with them.
const MARGIN_BYTES: u32 = 2048;
const NORMAL: u32 = 0;
const STOPPING: u32 = 1;

/// Written by the functions whose bodies the compiler writes: whether a branch is being left (1) or gone on with (2), and the lowest of
/// its frames.
#[repr(C)]
struct Switch {
    state: Cell<u32>,
    top: Cell<u32>,
}

// SAFETY: a guest has one thread, and natively nothing calls this.
unsafe impl Sync for Switch {}

#[cfg_attr(target_arch = "wasm32", unsafe(export_name = "rt.switch"))]
static SWITCH: Switch = Switch { state: Cell::new(NORMAL), top: Cell::new(0) };

/// Leaves the branch, and comes back when the branch goes on.
#[cfg_attr(target_arch = "wasm32", unsafe(export_name = "rt.switch.stop"))]
#[inline(never)]
pub(super) extern "C" fn stop() {
    if black_box(false) {
        full();
    }
}

/// Begins a branch at `base` of the stack, or goes on with one.
#[cfg_attr(target_arch = "wasm32", unsafe(export_name = "rt.switch.run"))]
#[inline(never)]
extern "C" fn run(function: Value, base: u32, go_on: u32) -> Value {
    if black_box(base == go_on) {
        back();
        return black_box(Value::number(f64::from(back_i32()) + back_f64()));
    }
    black_box(if black_box(go_on) == 0 { function } else { back_i64() })
}

/// The stack pointer.
#[cfg_attr(target_arch = "wasm32", unsafe(export_name = "rt.switch.stack"))]
#[inline(never)]
extern "C" fn stack() -> u32 {
    black_box(1)
}

/// A branch waits inside so many calls that the stack does not hold their frames.
#[cfg_attr(target_arch = "wasm32", unsafe(export_name = "rt.switch.full"))]
#[inline(never)]
#[cold]
extern "C" fn full() -> ! {
    fault::raise_static(
        Code::Range,
        "a function of parallel() or race() waits inside too many calls",
    )
}

/// Declares functions that go on with the innermost function that was left and has this type of result. What they hold is different in
/// each, because functions that are the same become one.
macro_rules! backs {
    ($($name:literal $ident:ident $type:ty = $different:expr;)*) => {$(
        #[cfg_attr(target_arch = "wasm32", unsafe(export_name = $name))]
        #[inline(never)]
        extern "C" fn $ident() -> $type {
            black_box($different)
        }
    )*};
}

backs! {
    "rt.switch.back" back () = { black_box(2_u32); };
    "rt.switch.back_i32" back_i32 u32 = 3;
    "rt.switch.back_i64" back_i64 Value = Value::UNDEFINED;
    "rt.switch.back_f64" back_f64 f64 = 5.0;
}

/// Where branches begin on the stack.
#[derive(Clone, Copy)]
pub(super) struct Base(u32);

impl Base {
    /// Below what starts them.
    pub(super) fn here() -> Self {
        match stack().checked_sub(MARGIN_BYTES) {
            Some(base) => Self(base & !15),
            None => full(),
        }
    }
}

/// A branch that can be left: what it left on the stack, empty before it begins.
pub(super) struct Coroutine {
    function: Value,
    left: RefCell<Vec<u8>>,
}

impl Coroutine {
    pub(super) fn new(function: Value) -> Self {
        Self { function, left: RefCell::default() }
    }

    /// Begins it or goes on with it: its result, or nothing if it has stopped.
    pub(super) fn run(&self, base: Base) -> Option<Value> {
        let mut left = self.left.borrow_mut();
        let go_on = !left.is_empty();
        if go_on {
            restore(&left, base);
        }
        let result = run(self.function, base.0, u32::from(go_on));
        if SWITCH.state.replace(NORMAL) == STOPPING {
            keep(&mut left, base);
            return None;
        }
        Some(result)
    }
}

/// Copies out what a branch has left.
fn keep(left: &mut Vec<u8>, base: Base) {
    let top = SWITCH.top.get();
    left.clear();
    // SAFETY: what stopped has written from `top` to where the branch began, and nothing else has the use of these bytes: the stack of
    // what runs here lies above `base`.
    left.extend_from_slice(unsafe {
        core::slice::from_raw_parts(top as usize as *const u8, (base.0 - top) as usize)
    });
}

/// Copies it back to where it was.
fn restore(left: &[u8], base: Base) {
    if stack() < base.0 {
        full();
    }
    let top = base.0 - left.len() as u32;
    SWITCH.top.set(top);
    // SAFETY: below `base` nothing lies that is in use.
    unsafe {
        core::ptr::copy_nonoverlapping(left.as_ptr(), top as usize as *mut u8, left.len());
    }
}
