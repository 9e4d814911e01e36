//! What the host computes natively: digests, tokens, validation. In: up to three texts. Out: bytes.

use alloc::vec::Vec;

use super::filled;

/// Declares computations: variant, import module, import name, and how many texts it takes.
macro_rules! computations {
    ($($one:ident = $one_module:literal $one_name:literal;)* --
     $($two:ident = $two_module:literal $two_name:literal;)* --
     $($three:ident = $three_module:literal $three_name:literal;)*) => {
        #[cfg(target_arch = "wasm32")]
        mod import {
            $(#[link(wasm_import_module = $one_module)]
            unsafe extern "C" {
                #[link_name = $one_name]
                pub(super) fn $one(a: *const u8, a_length: usize, buffer: *mut u8, capacity: usize) -> i32;
            })*
            $(#[link(wasm_import_module = $two_module)]
            unsafe extern "C" {
                #[link_name = $two_name]
                pub(super) fn $two(
                    a: *const u8, a_length: usize, b: *const u8, b_length: usize, buffer: *mut u8, capacity: usize,
                ) -> i32;
            })*
            $(#[link(wasm_import_module = $three_module)]
            unsafe extern "C" {
                #[link_name = $three_name]
                pub(super) fn $three(
                    a: *const u8, a_length: usize, b: *const u8, b_length: usize, c: *const u8, c_length: usize,
                    buffer: *mut u8, capacity: usize,
                ) -> i32;
            })*
        }
        $(computation!($one, |[a, _, _], buffer| import::$one(a.as_ptr(), a.len(), buffer.as_mut_ptr(), buffer.len()));)*
        $(computation!($two, |[a, b, _], buffer| import::$two(
            a.as_ptr(), a.len(), b.as_ptr(), b.len(), buffer.as_mut_ptr(), buffer.len()
        ));)*
        $(computation!($three, |[a, b, c], buffer| import::$three(
            a.as_ptr(), a.len(), b.as_ptr(), b.len(), c.as_ptr(), c.len(), buffer.as_mut_ptr(), buffer.len()
        ));)*
    };
}

macro_rules! computation {
    ($name:ident, |[$a:pat, $b:pat, $c:pat], $buffer:ident| $call:expr) => {
        /// The computation of this name.
        pub(crate) struct $name;

        impl Computation for $name {
            #[cfg(target_arch = "wasm32")]
            fn call([$a, $b, $c]: [&[u8]; 3], $buffer: &mut [u8]) -> i32 {
                // SAFETY: the host reads the texts and writes at most as many bytes as the buffer holds.
                unsafe { $call }
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn call(_: [&[u8]; 3], _: &mut [u8]) -> i32 {
                super::ABSENT
            }
        }
    };
}

/// A function of the host that gives bytes for texts. Each is a type, so that only those that are called are linked.
pub(crate) trait Computation {
    /// Fills the buffer and gives the length of the whole.
    fn call(texts: [&[u8]; 3], buffer: &mut [u8]) -> i32;
}

/// What a computation gives for texts; those that it does not take are empty. The error is a code of the host.
pub(crate) fn compute<C: Computation>(texts: [&[u8]; 3], expected: usize) -> Result<Vec<u8>, i32> {
    filled(expected, |buffer| C::call(texts, buffer))
}

computations! {
    Sha1 = "purview:crypto" "sha1";
    Sha256 = "purview:crypto" "sha256";
    Sha384 = "purview:crypto" "sha384";
    Sha512 = "purview:crypto" "sha512";
    Compile = "purview:validate" "compile";
    --
    HmacSha1 = "purview:crypto" "hmac_sha1";
    HmacSha256 = "purview:crypto" "hmac_sha256";
    HmacSha384 = "purview:crypto" "hmac_sha384";
    HmacSha512 = "purview:crypto" "hmac_sha512";
    Check = "purview:validate" "check";
    Coerce = "purview:validate" "coerce";
    DecodeForm = "purview:validate" "decode_form";
    --
    JwtVerify = "purview:auth" "jwt_verify";
    JwtSign = "purview:auth" "jwt_sign";
    DecodeMultipart = "purview:validate" "decode_multipart";
}
