//! Functions of the host whose import names a value of the program. In: the table index that compiled code passes as `this`. Out: what
//! the function gives. The compiler passes the index of an import with exactly the signature of the method that calls it.

use crate::value::Value;

/// A function of the host in the module's table.
#[derive(Clone, Copy)]
pub(crate) struct Bound(u32);

impl Bound {
    /// What compiled code has passed.
    pub(crate) fn of(this: Value) -> Self {
        Self(this.as_number().unwrap_or_default() as u32)
    }
}

/// Declares the signatures that imports have.
macro_rules! signatures {
    ($($name:ident($($param:ident: $type:ty),*);)*) => {
        impl Bound {$(
            #[cfg(target_arch = "wasm32")]
            #[expect(clippy::too_many_arguments, reason = "the agreement has so many")]
            pub(super) fn $name(self $(, $param: $type)*) -> i32 {
                // SAFETY: an address of a function is an index of the table; the call checks its type, and traps if it is another.
                let function: unsafe extern "C" fn($($type),*) -> i32 =
                    unsafe { core::mem::transmute(self.0 as usize) };
                // SAFETY: the host reads and writes within the lengths that are passed with the addresses.
                unsafe { function($($param),*) }
            }

            #[cfg(not(target_arch = "wasm32"))]
            pub(super) fn $name(self $(, $param: $type)*) -> i32 {
                let _ = (self.0 $(, $param)*);
                super::ABSENT
            }
        )*}
    };
}

signatures! {
    one(record: *const u32);
    two(first: *const u8, length: usize);
    fill(buffer: *mut u8, capacity: usize);
    start(first: *const u8, length: usize, most: u32);
    get(key: *const u8, length: usize, buffer: *mut u8, capacity: usize);
    set(key: *const u8, length: usize, value: *const u8, value_length: usize, ttl_ms: i64);
    incr(key: *const u8, length: usize, delta: i64, ttl_ms: i64, out: *mut i64);
}
