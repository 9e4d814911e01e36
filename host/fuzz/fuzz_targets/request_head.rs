//! Any bytes as a request head; the first byte says where the rest is cut in two.
#![no_main]

use libfuzzer_sys::fuzz_target;
use purview_fuzz::parse::{
    ParseFault,
    head::{self, Head, HeadLimits},
};

const LIMITS: HeadLimits = HeadLimits { head_bytes: 2048, head_fields: 16, target_bytes: 512 };

fn read(pieces: &[&[u8]]) -> Result<Option<String>, ParseFault> {
    let (mut input, mut seen, mut head) = (Vec::new(), 0, Head::default());
    for piece in pieces {
        input.extend_from_slice(piece);
        let empty = head::leading_empty_lines(&input);
        if empty > 0 {
            input.drain(..empty);
            seen = 0;
        }
        if head::read(&mut input, &mut seen, &LIMITS, &mut head)? {
            assert!(head.length <= LIMITS.head_bytes && head.fields.len() <= LIMITS.head_fields);
            return Ok(Some(format!("{head:?}")));
        }
    }
    Ok(None)
}

fuzz_target!(|data: &[u8]| {
    let Some((cut, bytes)) = data.split_first() else { return };
    let (first, second) = bytes.split_at(usize::from(*cut).min(bytes.len()));
    // A line is judged at its end at the latest.
    let end = b"\n";
    match (read(&[bytes, end]), read(&[first, second, end])) {
        (Ok(whole), Ok(pieces)) => assert_eq!(whole, pieces),
        (whole, pieces) => assert_eq!(whole.is_err(), pieces.is_err()),
    }
});
