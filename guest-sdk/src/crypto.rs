//! Digests and keyed codes, computed by the host. In: bytes. Out: bytes; [`crate::encode::hex`] makes the usual text of them.
//!
//! The host takes up to `native_bytes` (2 MiB unless the operator says otherwise) in one call; more ends the request.
//! Tests of handlers need the feature `native`.
//!
//! ```
//! use purview_guest::{crypto, encode::hex};
//!
//! let digest = hex(&crypto::sha256(b"hello world"));
//! assert_eq!(digest, "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");
//! ```

use crate::native;

macro_rules! algorithms {
    ($($name:ident, $keyed:ident, $title:literal, $bytes:literal;)+) => { $(
        #[doc = concat!("The ", $title, " digest of `data`.")]
        pub fn $name(data: impl AsRef<[u8]>) -> [u8; $bytes] {
            whole(native::$name(data.as_ref(), $bytes))
        }

        #[doc = concat!("The keyed code (HMAC) of `data` with ", $title, ".")]
        pub fn $keyed(key: impl AsRef<[u8]>, data: impl AsRef<[u8]>) -> [u8; $bytes] {
            whole(native::$keyed(key.as_ref(), data.as_ref(), $bytes))
        }
    )+ };
}

algorithms! {
    sha1, hmac_sha1, "SHA-1", 20;
    sha256, hmac_sha256, "SHA-256", 32;
    sha384, hmac_sha384, "SHA-384", 48;
    sha512, hmac_sha512, "SHA-512", 64;
}

fn whole<const N: usize>(bytes: Option<Vec<u8>>) -> [u8; N] {
    match bytes.map(<[u8; N]>::try_from) {
        Some(Ok(bytes)) => bytes,
        _ => panic!("{}", native::TOO_LARGE),
    }
}

/// Whether both are the same, in a time that depends on their lengths only.
pub fn timing_safe_equal(a: impl AsRef<[u8]>, b: impl AsRef<[u8]>) -> bool {
    let (a, b) = (a.as_ref(), b.as_ref());
    let differing = a.iter().zip(b).fold(0, |bits, (a, b)| bits | (a ^ b));
    a.len() == b.len() && std::hint::black_box(differing) == 0
}
