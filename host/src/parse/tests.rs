//! Random input for the parsers: nothing panics, and how bytes are split never changes the verdict.

use proptest::{collection::vec, prelude::*, sample::select};

use super::{
    ParseFault,
    body::Decoder,
    head::{self, Framing, Head, HeadLimits},
};
use crate::fault::Fault;

const LIMITS: HeadLimits = HeadLimits { head_bytes: 300, head_fields: 4, target_bytes: 60 };

/// What of a verdict a client can see.
fn seen(fault: ParseFault) -> (u16, &'static str) {
    let fault = Fault::from(fault);
    (fault.status(), fault.code())
}

/// Reads a head whose bytes arrive in pieces; `cuts` are their lengths, the last one repeats. A line feed follows, because a
/// line is judged at its end at the latest.
fn read_head(bytes: &[u8], cuts: &[usize]) -> Result<Option<String>, (u16, &'static str)> {
    let (mut input, mut seen_bytes, mut head) = (Vec::new(), 0, Head::default());
    let bytes = [bytes, b"\n"].concat();
    let mut rest = &*bytes;
    let mut cuts = cuts.iter().copied();
    let mut cut = 1;
    while !rest.is_empty() {
        cut = cuts.next().unwrap_or(cut).clamp(1, rest.len());
        input.extend_from_slice(&rest[..cut]);
        rest = &rest[cut..];
        let empty = head::leading_empty_lines(&input);
        if empty > 0 {
            input.drain(..empty);
            seen_bytes = 0;
        }
        if head::read(&mut input, &mut seen_bytes, &LIMITS, &mut head).map_err(seen)? {
            input.truncate(head.length);
            return Ok(Some(format!("{head:?} {:?}", String::from_utf8_lossy(&input))));
        }
    }
    Ok(None)
}

fn decode(
    bytes: &[u8],
    cuts: &[usize],
    framing: Framing,
) -> Result<(Vec<u8>, bool, usize), (u16, &'static str)> {
    let mut decoder = Decoder::new(framing, 64).map_err(seen)?;
    let (mut input, mut body, mut used) = (Vec::new(), Vec::new(), 0);
    let mut rest = bytes;
    let mut cuts = cuts.iter().copied();
    let mut cut = 1;
    while !rest.is_empty() && !decoder.is_done() {
        cut = cuts.next().unwrap_or(cut).clamp(1, rest.len());
        input.extend_from_slice(&rest[..cut]);
        rest = &rest[cut..];
        let decoded = decoder.decode(&mut input).map_err(seen)?;
        assert!(decoded.produced <= decoded.consumed && decoded.consumed <= input.len());
        body.extend_from_slice(&input[..decoded.produced]);
        input.drain(..decoded.consumed);
        used += decoded.consumed;
    }
    Ok((body, decoder.is_done(), used))
}

/// Pieces that heads are made of, right and wrong ones.
fn head_text() -> impl Strategy<Value = Vec<u8>> {
    let piece = select(vec![
        "GET ",
        "POST ",
        "OPTIONS * ",
        "/",
        "/a?b",
        "http://h/",
        " HTTP/1.1",
        " HTTP/1.0",
        " HTTP/1.2",
        " HTTP/2.0",
        "\r\n",
        "\r\n\r\n",
        "\n",
        "\r",
        "\0",
        " ",
        "\t",
        ":",
        "Host: a",
        "Host: b c",
        "A: b",
        "Long: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "Content-Length: 5",
        "Content-Length: +5",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip",
        "Expect: 100-continue",
        "Connection: close",
        "GET / HTTP/1.1\r\nHost: a\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
        "\u{e9}",
        "METHODMETHODMETHODMETHODMETHODMETHOD",
    ]);
    vec(piece, 0..14).prop_map(|pieces| pieces.concat().into_bytes())
}

fn chunk_text() -> impl Strategy<Value = Vec<u8>> {
    let piece = select(vec![
        "0",
        "1",
        "5",
        "a",
        "A0",
        "ffffffffffffffff",
        "x",
        "+1",
        "-0",
        ";",
        ";a=b",
        ";a=\"b\\\"c\"",
        " ",
        "\t",
        "\r\n",
        "\n",
        "\r",
        "\0",
        "hello",
        "5\r\nhello\r\n",
        "0\r\n\r\n",
        "0\r\nA: b\r\n\r\n",
        "A: b\r\n",
        ":",
    ]);
    vec(piece, 0..14).prop_map(|pieces| pieces.concat().into_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn splitting_never_changes_the_verdict_on_a_head(bytes in head_text(), cuts in vec(1usize..40, 0..6)) {
        let whole = read_head(&bytes, &[usize::MAX]);
        prop_assert_eq!(&whole, &read_head(&bytes, &[1]), "byte by byte");
        prop_assert_eq!(&whole, &read_head(&bytes, &cuts), "cut at {:?}", cuts);
    }

    #[test]
    fn no_bytes_make_the_head_reader_panic(bytes in vec(any::<u8>(), 0..400), cuts in vec(1usize..100, 0..6)) {
        let whole = read_head(&bytes, &[usize::MAX]);
        prop_assert_eq!(whole, read_head(&bytes, &cuts));
    }

    #[test]
    fn splitting_never_changes_the_verdict_on_chunks(bytes in chunk_text(), cuts in vec(1usize..12, 0..6)) {
        let whole = decode(&bytes, &[usize::MAX], Framing::Chunked);
        prop_assert_eq!(&whole, &decode(&bytes, &[1], Framing::Chunked), "byte by byte");
        prop_assert_eq!(&whole, &decode(&bytes, &cuts, Framing::Chunked), "cut at {:?}", cuts);
    }

    #[test]
    fn no_bytes_make_the_decoder_panic(bytes in vec(any::<u8>(), 0..200), length in 0u64..70, cuts in vec(1usize..50, 0..6)) {
        for framing in [Framing::Chunked, Framing::Length(length)] {
            let whole = decode(&bytes, &[usize::MAX], framing);
            prop_assert_eq!(whole, decode(&bytes, &cuts, framing));
        }
    }
}
