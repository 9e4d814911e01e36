//! `purview:id`. In: chance and time of the host. Out: texts.

use alloc::vec::Vec;

use crate::{host, string::Str, text::integer_at, value::Value};

const URL_SAFE: &[u8; 64] = b"useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict";
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH_MAX: f64 = 1024.0;

fn random(count: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(count + 8);
    while bytes.len() < count {
        bytes.extend_from_slice(&host::random_u64().to_le_bytes());
    }
    bytes.truncate(count);
    bytes
}

/// A UUID of this version (RFC 9562) around these bytes.
fn uuid_text(mut bytes: Vec<u8>, version: u8) -> Value {
    bytes[6] = bytes[6] & 0x0F | version << 4;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let mut text = Vec::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push(b'-');
        }
        text.extend([byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[usize::from(digit)]));
    }
    Value::string(Str::take(text))
}

builtins! {
    "purview:id.uuid" uuid(_this, args) {
        let _ = args;
        uuid_text(random(16), 4)
    }
    "purview:id.uuidV7" uuid_v7(_this, args) {
        let _ = args;
        let mut bytes = random(16);
        let ms = (host::now() / 1_000_000) as u64;
        bytes[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
        uuid_text(bytes, 7)
    }
    "purview:id.nanoid" nanoid(_this, args) {
        let length = integer_at(args, 0, 21.0).clamp(0.0, LENGTH_MAX) as usize;
        let text = random(length).into_iter().map(|byte| URL_SAFE[usize::from(byte & 63)]).collect();
        Value::string(Str::take(text))
    }
    "purview:id.ulid" ulid(_this, args) {
        let _ = args;
        let ms = (host::now() / 1_000_000) as u64;
        let mut text: Vec<u8> = (0..10).rev().map(|digit| CROCKFORD[(ms >> (5 * digit) & 31) as usize]).collect();
        text.extend(random(16).into_iter().map(|byte| CROCKFORD[usize::from(byte & 31)]));
        Value::string(Str::take(text))
    }
}
