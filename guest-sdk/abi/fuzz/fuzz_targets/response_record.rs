//! Arbitrary bytes as a response record: read and written back they are the same, or they are refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use purview_abi::wire::{FIELD_BYTES, RESPONSE_BYTES, ResponseField, ResponseHead};

fuzz_target!(|bytes: [u8; RESPONSE_BYTES + FIELD_BYTES]| {
    let (record, entry) = bytes.split_at(RESPONSE_BYTES);
    let record = record.try_into().expect("the record has its length");
    let entry = entry.try_into().expect("the entry has its length");
    if let Ok(head) = ResponseHead::read(record) {
        assert_eq!(&head.write(), record);
    }
    assert_eq!(&ResponseField::read(entry).write(), entry);
});
