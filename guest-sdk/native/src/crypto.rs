//! Digests (FIPS 180-4) and keyed codes over them (RFC 2104). In: bytes. Out: bytes of a fixed number.

use hmac::{Hmac, Mac};
use sha1::{Digest, Sha1};
use sha2::{Sha256, Sha384, Sha512};

/// Declares the digest and the keyed code of each algorithm.
macro_rules! algorithms {
    ($($name:ident, $keyed:ident, $checked:ident, $type:ty, $bytes:literal;)+) => { $(
        #[doc = concat!("The digest of `data` with ", stringify!($type), ".")]
        pub fn $name(data: &[u8]) -> [u8; $bytes] {
            <$type>::digest(data).into()
        }

        #[doc = concat!("The keyed code of `data` with ", stringify!($type), ".")]
        pub fn $keyed(key: &[u8], data: &[u8]) -> [u8; $bytes] {
            let mut mac = Hmac::<$type>::new_from_slice(key).expect("a key may have any length");
            mac.update(data);
            mac.finalize().into_bytes().into()
        }

        #[doc = concat!("Whether `code` is the whole keyed code of `data` with ", stringify!($type), ", in constant time.")]
        pub fn $checked(key: &[u8], data: &[u8], code: &[u8]) -> bool {
            let mut mac = Hmac::<$type>::new_from_slice(key).expect("a key may have any length");
            mac.update(data);
            mac.verify_slice(code).is_ok()
        }
    )+ };
}

algorithms! {
    sha1, hmac_sha1, hmac_sha1_is, Sha1, 20;
    sha256, hmac_sha256, hmac_sha256_is, Sha256, 32;
    sha384, hmac_sha384, hmac_sha384_is, Sha384, 48;
    sha512, hmac_sha512, hmac_sha512_is, Sha512, 64;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn known_digests() {
        for (data, digest) in [
            ("hello world", "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"),
            ("test", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ] {
            assert_eq!(hex(&sha256(data.as_bytes())), digest, "{data}");
        }
        assert_eq!(hex(&sha1(b"abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert!(hex(&sha384(b"abc")).starts_with("cb00753f45a35e8bb5a03d699ac65007"));
        assert!(hex(&sha512(b"abc")).starts_with("ddaf35a193617abacc417349ae204131"));
    }

    /// The vectors of RFC 2202 and RFC 4231, case 2.
    #[test]
    fn known_codes() {
        let (key, data) = (b"Jefe".as_slice(), b"what do ya want for nothing?".as_slice());
        assert_eq!(hex(&hmac_sha1(key, data)), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assert_eq!(
            hex(&hmac_sha256(key, data)),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert!(hex(&hmac_sha384(key, data)).starts_with("af45d2e376484031617f78d2b58a6b1b"));
        assert!(hex(&hmac_sha512(key, data)).starts_with("164b7a7bfcf819e2e395fbe73b56e0a3"));
    }

    #[test]
    fn a_code_is_whole_and_exact() {
        let code = hmac_sha256(b"key", b"data");
        assert!(hmac_sha256_is(b"key", b"data", &code));
        assert!(!hmac_sha256_is(b"key", b"data", &code[..16]));
        assert!(!hmac_sha256_is(b"key", b"data", b""));
        assert!(!hmac_sha256_is(b"other", b"data", &code));
    }
}
