//! The cache. In: keys and values. Out: what the host's cache says: lengths, counts, or negative codes.

use super::Bound;

/// A namespace of the cache.
pub(crate) trait Store: Copy {
    /// Fills the buffer with the value of a key, and gives its length.
    fn get(self, key: &[u8], buffer: &mut [u8]) -> i32;
    /// Keeps a value; after `ttl_ms` it is gone, 0 for never.
    fn set(self, key: &[u8], value: &[u8], ttl_ms: i64) -> i32;
    /// Forgets a key: 1 if it was there.
    fn delete(self, key: &[u8]) -> i32;
    /// Adds to a number; `out` becomes the new number and the milliseconds until it expires.
    fn incr(self, key: &[u8], delta: i64, ttl_ms: i64, out: &mut [i64; 2]) -> i32;
    /// Fills the buffer with the counters as JSON, and gives their length.
    fn stats(self, buffer: &mut [u8]) -> i32;
}

/// A namespace that an import names; the import is of the one verb that is called.
#[derive(Clone, Copy)]
pub(crate) struct BoundStore(pub(crate) Bound);

impl Store for BoundStore {
    fn get(self, key: &[u8], buffer: &mut [u8]) -> i32 {
        self.0.get(key.as_ptr(), key.len(), buffer.as_mut_ptr(), buffer.len())
    }

    fn set(self, key: &[u8], value: &[u8], ttl_ms: i64) -> i32 {
        self.0.set(key.as_ptr(), key.len(), value.as_ptr(), value.len(), ttl_ms)
    }

    fn delete(self, key: &[u8]) -> i32 {
        self.0.two(key.as_ptr(), key.len())
    }

    fn incr(self, key: &[u8], delta: i64, ttl_ms: i64, out: &mut [i64; 2]) -> i32 {
        self.0.incr(key.as_ptr(), key.len(), delta, ttl_ms, out.as_mut_ptr())
    }

    fn stats(self, buffer: &mut [u8]) -> i32 {
        self.0.fill(buffer.as_mut_ptr(), buffer.len())
    }
}

/// A namespace whose name is chosen at run time.
#[derive(Clone, Copy)]
pub(crate) struct NamedStore(
    #[cfg_attr(
        not(target_arch = "wasm32"),
        expect(dead_code, reason = "natively there is no cache")
    )]
    pub(crate) &'static [u8],
);

#[cfg(target_arch = "wasm32")]
mod import {
    #[link(wasm_import_module = "purview:cache")]
    unsafe extern "C" {
        #[link_name = "*.get"]
        pub(super) fn get(
            namespace: *const u8,
            namespace_length: usize,
            key: *const u8,
            length: usize,
            buffer: *mut u8,
            capacity: usize,
        ) -> i32;
        #[link_name = "*.set"]
        pub(super) fn set(
            namespace: *const u8,
            namespace_length: usize,
            key: *const u8,
            length: usize,
            value: *const u8,
            value_length: usize,
            ttl_ms: i64,
        ) -> i32;
        #[link_name = "*.delete"]
        pub(super) fn delete(
            namespace: *const u8,
            namespace_length: usize,
            key: *const u8,
            length: usize,
        ) -> i32;
        #[link_name = "*.incr"]
        pub(super) fn incr(
            namespace: *const u8,
            namespace_length: usize,
            key: *const u8,
            length: usize,
            delta: i64,
            ttl_ms: i64,
            out: *mut i64,
        ) -> i32;
        #[link_name = "*.stats"]
        pub(super) fn stats(
            namespace: *const u8,
            namespace_length: usize,
            buffer: *mut u8,
            capacity: usize,
        ) -> i32;
        #[link_name = "ratelimit.incr"]
        pub(super) fn rate(
            key: *const u8,
            length: usize,
            delta: i64,
            ttl_ms: i64,
            out: *mut i64,
        ) -> i32;
        #[link_name = "ratelimit.delete"]
        pub(super) fn forget_rate(key: *const u8, length: usize) -> i32;
    }
}

#[cfg(target_arch = "wasm32")]
impl Store for NamedStore {
    fn get(self, key: &[u8], buffer: &mut [u8]) -> i32 {
        let name = self.0;
        // SAFETY: the host reads name and key, and writes at most as many bytes as the buffer holds.
        unsafe {
            import::get(
                name.as_ptr(),
                name.len(),
                key.as_ptr(),
                key.len(),
                buffer.as_mut_ptr(),
                buffer.len(),
            )
        }
    }

    fn set(self, key: &[u8], value: &[u8], ttl_ms: i64) -> i32 {
        let name = self.0;
        // SAFETY: the host reads name, key and value.
        unsafe {
            import::set(
                name.as_ptr(),
                name.len(),
                key.as_ptr(),
                key.len(),
                value.as_ptr(),
                value.len(),
                ttl_ms,
            )
        }
    }

    fn delete(self, key: &[u8]) -> i32 {
        // SAFETY: the host reads name and key.
        unsafe { import::delete(self.0.as_ptr(), self.0.len(), key.as_ptr(), key.len()) }
    }

    fn incr(self, key: &[u8], delta: i64, ttl_ms: i64, out: &mut [i64; 2]) -> i32 {
        let name = self.0;
        // SAFETY: the host reads name and key, and writes two numbers into two.
        unsafe {
            import::incr(
                name.as_ptr(),
                name.len(),
                key.as_ptr(),
                key.len(),
                delta,
                ttl_ms,
                out.as_mut_ptr(),
            )
        }
    }

    fn stats(self, buffer: &mut [u8]) -> i32 {
        // SAFETY: the host reads the name and writes at most as many bytes as the buffer holds.
        unsafe { import::stats(self.0.as_ptr(), self.0.len(), buffer.as_mut_ptr(), buffer.len()) }
    }
}

/// Natively there is no cache.
#[cfg(not(target_arch = "wasm32"))]
impl Store for NamedStore {
    fn get(self, _: &[u8], _: &mut [u8]) -> i32 {
        super::ABSENT
    }

    fn set(self, _: &[u8], _: &[u8], _: i64) -> i32 {
        super::ABSENT
    }

    fn delete(self, _: &[u8]) -> i32 {
        super::ABSENT
    }

    fn incr(self, _: &[u8], _: i64, _: i64, _: &mut [i64; 2]) -> i32 {
        super::ABSENT
    }

    fn stats(self, _: &mut [u8]) -> i32 {
        super::ABSENT
    }
}

/// Counts one more for a key in the namespace `ratelimit`: the count, and the milliseconds until it begins anew.
#[cfg(target_arch = "wasm32")]
pub(crate) fn rate(key: &[u8], window_ms: i64) -> Option<[i64; 2]> {
    let mut out = [0; 2];
    // SAFETY: the host reads the key and writes two numbers into two.
    let code = unsafe { import::rate(key.as_ptr(), key.len(), 1, -window_ms, out.as_mut_ptr()) };
    (code == 0).then_some(out)
}

/// Natively there is no cache.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn rate(_: &[u8], _: i64) -> Option<[i64; 2]> {
    None
}

/// Forgets the count of a key: whether there was one.
#[cfg(target_arch = "wasm32")]
pub(crate) fn forget_rate(key: &[u8]) -> bool {
    // SAFETY: the host reads the key.
    unsafe { import::forget_rate(key.as_ptr(), key.len()) == 1 }
}

/// Natively there is no cache.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn forget_rate(_: &[u8]) -> bool {
    false
}
