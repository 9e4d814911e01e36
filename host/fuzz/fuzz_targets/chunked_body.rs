//! Any bytes as a chunked body; the first byte says where the rest is cut in two.
#![no_main]

use libfuzzer_sys::fuzz_target;
use purview_fuzz::parse::{ParseFault, body::Decoder, head::Framing};

fn decode(pieces: &[&[u8]]) -> Result<(Vec<u8>, bool), ParseFault> {
    let mut decoder = Decoder::new(Framing::Chunked, 1024)?;
    let mut body = Vec::new();
    for piece in pieces {
        let mut input = piece.to_vec();
        let decoded = decoder.decode(&mut input)?;
        assert!(decoded.produced <= decoded.consumed && decoded.consumed <= input.len());
        assert!(decoder.is_done() || decoded.consumed == input.len());
        body.extend_from_slice(&input[..decoded.produced]);
        if decoder.is_done() {
            break;
        }
    }
    assert!(body.len() <= 1024);
    Ok((body, decoder.is_done()))
}

fuzz_target!(|data: &[u8]| {
    let Some((cut, bytes)) = data.split_first() else { return };
    let (first, second) = bytes.split_at(usize::from(*cut).min(bytes.len()));
    assert_eq!(decode(&[bytes]), decode(&[first, second]));
});
