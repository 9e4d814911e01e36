//! `purview:crypto`: digests and keyed codes, which the host computes. In: texts. Out: hexadecimal texts; `undefined` for what is no text.

use crate::{
    function::Args,
    host::{
        Computation, HmacSha1, HmacSha256, HmacSha384, HmacSha512, Sha1, Sha256, Sha384, Sha512,
        compute,
    },
    string::Str,
    text::{bytes_at, or_undefined},
    value::Value,
};

use super::encode::hex;

/// Longest digest.
const DIGEST_BYTES_MAX: usize = 64;

fn shown(digest: Result<alloc::vec::Vec<u8>, i32>) -> Option<Value> {
    Some(Value::string(Str::take(hex(&digest.ok()?))))
}

fn digest<C: Computation>(args: Args<'_>) -> Value {
    let data = bytes_at(args, 0);
    or_undefined(data.and_then(|data| shown(compute::<C>([&data, b"", b""], DIGEST_BYTES_MAX))))
}

/// The keyed code of `data` as hexadecimal text.
pub(super) fn code<C: Computation>(key: &[u8], data: &[u8]) -> Option<Value> {
    shown(compute::<C>([key, data, b""], DIGEST_BYTES_MAX))
}

fn keyed<C: Computation>(args: Args<'_>) -> Value {
    let texts = bytes_at(args, 0).zip(bytes_at(args, 1));
    or_undefined(texts.and_then(|(key, data)| code::<C>(&key, &data)))
}

builtins! {
    "purview:crypto.sha1" sha1(_this, args) { digest::<Sha1>(args) }
    "purview:crypto.sha256" sha256(_this, args) { digest::<Sha256>(args) }
    "purview:crypto.sha384" sha384(_this, args) { digest::<Sha384>(args) }
    "purview:crypto.sha512" sha512(_this, args) { digest::<Sha512>(args) }
    "purview:crypto.hmacSha1" hmac_sha1(_this, args) { keyed::<HmacSha1>(args) }
    "purview:crypto.hmacSha256" hmac_sha256(_this, args) { keyed::<HmacSha256>(args) }
    "purview:crypto.hmacSha384" hmac_sha384(_this, args) { keyed::<HmacSha384>(args) }
    "purview:crypto.hmacSha512" hmac_sha512(_this, args) { keyed::<HmacSha512>(args) }
}
