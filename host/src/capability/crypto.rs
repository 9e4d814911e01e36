//! `purview:crypto`: digests and keyed codes.

use purview_native::crypto;
use wasmtime::{Linker, Result};

use super::native::{Outcome::There, link_one, link_two};
use crate::{instance::guest::Guest, limits::Limits};

pub(super) fn link(linker: &mut Linker<Guest>, name: &str, limits: &Limits) -> Result<()> {
    let names = (purview_abi::call::CRYPTO, name);
    let most = limits.native_bytes;
    match name {
        "sha1" => link_one(linker, names, most, |[data]| There(crypto::sha1(data))),
        "sha256" => link_one(linker, names, most, |[data]| There(crypto::sha256(data))),
        "sha384" => link_one(linker, names, most, |[data]| There(crypto::sha384(data))),
        "sha512" => link_one(linker, names, most, |[data]| There(crypto::sha512(data))),
        "hmac_sha1" => {
            link_two(linker, names, most, |[key, data]| There(crypto::hmac_sha1(key, data)))
        }
        "hmac_sha256" => {
            link_two(linker, names, most, |[key, data]| There(crypto::hmac_sha256(key, data)))
        }
        "hmac_sha384" => {
            link_two(linker, names, most, |[key, data]| There(crypto::hmac_sha384(key, data)))
        }
        _ => link_two(linker, names, most, |[key, data]| There(crypto::hmac_sha512(key, data))),
    }
}
