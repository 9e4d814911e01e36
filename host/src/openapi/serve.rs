//! A module that serves a document and its page: constant answers, no import. It is loaded, routed and limited like every other handler, so
//! that nothing on the request's way knows of it.

use std::fmt::Write as _;

/// The document, below the handler's mount.
const DOCUMENT: &str = "GET /openapi.json";
/// The page, below the handler's mount.
const PAGE: &str = "GET /docs";

/// Where answers begin; below lie records, the request area, and the place for long requests.
const ANSWERS_AT: usize = 0x4_0000;
const RECORDS_AT: usize = 0x100;
const FIELDS_AT: usize = 0x200;
const TEXTS_AT: usize = 0x400;
const REQUEST_AT: usize = 0x1000;
const RESERVED_AT: usize = 0x2000;
const PAGE_BYTES: usize = 0x1_0000;

/// The module in text form.
pub fn module(document: &str, page: &str) -> String {
    let answers =
        [(DOCUMENT, "application/json", document), (PAGE, "text/html; charset=utf-8", page)];
    let mut at = ANSWERS_AT;
    let mut text = String::from("(module\n");
    for (index, (export, kind, body)) in answers.into_iter().enumerate() {
        let (record, fields, texts) =
            (RECORDS_AT + index * 0x40, FIELDS_AT + index * 0x40, TEXTS_AT + index * 0x80);
        let name = "content-type";
        put(&mut text, texts, name.as_bytes());
        put(&mut text, texts + name.len(), kind.as_bytes());
        put(&mut text, fields, &words(&[texts, name.len(), texts + name.len(), kind.len()]));
        // Version 1, status 200, the table of fields, the body.
        put(&mut text, record, &words(&[1 | 200 << 16, fields, 1, at, body.len(), 0]));
        put(&mut text, at, body.as_bytes());
        at += body.len().next_multiple_of(8);
        let _ = writeln!(
            text,
            "(func (export \"{export}\") (param i32 i32) (result i32) (i32.const {record}))"
        );
    }
    let pages = at.div_ceil(PAGE_BYTES);
    let _ = writeln!(
        text,
        "(memory (export \"memory\") {pages} {pages})\n\
         (global (export \"purview:request/1\") i32 (i32.const {REQUEST_AT}))\n\
         (func (export \"purview:reserve/1\") (param i32) (result i32) (i32.const {RESERVED_AT})))"
    );
    text
}

/// Addresses and lengths as a record has them; a document is far from 4 GiB.
fn words(words: &[usize]) -> Vec<u8> {
    words.iter().flat_map(|word| (*word as u32).to_le_bytes()).collect()
}

fn put(text: &mut String, at: usize, bytes: &[u8]) {
    let _ = write!(text, "(data (i32.const {at}) \"");
    for byte in bytes {
        match byte {
            b'"' | b'\\' | 0..=0x1f | 0x7f.. => {
                let _ = write!(text, "\\{byte:02x}");
            }
            _ => text.push(char::from(*byte)),
        }
    }
    text.push_str("\")\n");
}
