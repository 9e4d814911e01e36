//! Bodies, whole and cut at every byte: parts, limits, and what is refused.

use sha2::{Digest, Sha256};

use super::*;

/// A body that comes in pieces of these lengths.
struct Pieces<'b>(Vec<&'b [u8]>);

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(first) = self.0.first_mut() {
            if first.is_empty() {
                self.0.remove(0);
                continue;
            }
            return first.read(buffer);
        }
        Ok(0)
    }
}

type Seen = Vec<(String, Option<String>, Option<String>, Vec<u8>)>;

fn read(boundary: &str, pieces: Vec<&[u8]>, limits: Limits) -> Result<Seen, MultipartError> {
    let mut form = Multipart::new(boundary, Pieces(pieces)).limits(limits);
    let mut seen = Vec::new();
    while let Some(mut part) = form.next()? {
        let bytes = part.whole()?;
        let own = |text: Option<&str>| text.map(str::to_owned);
        seen.push((part.name().to_owned(), own(part.file_name()), own(part.content_type()), bytes));
    }
    Ok(seen)
}

fn whole(boundary: &str, body: &str) -> Result<Seen, MultipartError> {
    read(boundary, vec![body.as_bytes()], Limits::default())
}

const FORM: &str = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--b\r\n\
    content-disposition: form-data; name=f; filename=\"x;\\\"y\\\\.txt\"\r\nContent-Type: text/plain\r\n\r\n\r\n--c\r\n--b--\r\nrest";

#[test]
fn parts_are_the_same_however_the_bytes_are_cut() {
    let expected = vec![
        ("a".to_owned(), None, None, b"one".to_vec()),
        (
            "f".to_owned(),
            Some("x;\"y\\.txt".to_owned()),
            Some("text/plain".to_owned()),
            b"\r\n--c".to_vec(),
        ),
    ];
    assert_eq!(whole("b", FORM), Ok(expected.clone()));
    for at in 0..FORM.len() {
        let (first, second) = FORM.as_bytes().split_at(at);
        assert_eq!(read("b", vec![first, second], Limits::default()), Ok(expected.clone()), "{at}");
    }
    let bytes: Vec<&[u8]> = FORM.as_bytes().chunks(1).collect();
    assert_eq!(read("b", bytes, Limits::default()), Ok(expected));
}

#[test]
fn what_is_no_form_is_refused() {
    for body in [
        "",
        "--b",
        "--c\r\n",
        "x--b\r\n",
        "--b\r\n\r\n",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx",
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--",
        "--bx\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--",
        "--b\nContent-Disposition: form-data; name=a\n\nx\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\r\nx\0: y\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=zz\r\n--b--",
    ] {
        assert!(whole("b", body).is_err(), "{body:?}");
    }
}

#[test]
fn every_size_has_a_limit() {
    let form = |limits| read("b", vec![FORM.as_bytes()], limits).map(|seen| seen.len());
    let usual = Limits::default();
    assert_eq!(form(Limits { parts: 2, ..usual }), Ok(2));
    assert_eq!(form(Limits { parts: 1, ..usual }), Err(MultipartError::TooManyParts));
    assert_eq!(form(Limits { head_bytes: 40, ..usual }), Err(MultipartError::HeadTooLong));
    assert_eq!(form(Limits { part_bytes: 4, ..usual }), Err(MultipartError::PartTooLong));
    assert_eq!(form(Limits { whole_bytes: 4, ..usual }), Err(MultipartError::PartTooLong));
    let padded = format!("--b{}\r\n", " ".repeat(10_000));
    assert!(whole("b", &padded).is_err());
    // A part that nobody takes has a limit too.
    let mut skipped = Multipart::new("b", FORM.as_bytes()).limits(Limits { parts: 1, ..usual });
    assert!(skipped.next().is_ok_and(|part| part.is_some()));
    assert_eq!(skipped.next().map(|_| ()), Err(MultipartError::TooManyParts));
    assert_eq!(skipped.next().map(|_| ()), Err(MultipartError::TooManyParts), "it stays broken");
}

#[test]
fn boundaries_are_found() {
    for (kind, boundary) in [
        ("multipart/form-data; boundary=abc", Some("abc")),
        ("Multipart/Form-Data; charset=utf-8; BOUNDARY=\"a b'c\"", Some("a b'c")),
        ("multipart/form-data", None),
        ("multipart/form-data; boundary=", None),
        ("multipart/form-data; boundary=\"a", None),
        ("multipart/form-data; boundary=a\u{e4}", None),
        ("multipart/mixed; boundary=a", None),
    ] {
        assert_eq!(header::boundary(kind).as_deref(), boundary, "{kind}");
    }
    let long = format!("multipart/form-data; boundary={}", "a".repeat(71));
    assert_eq!(header::boundary(&long), None);
}

#[test]
fn a_part_is_read_while_it_arrives() {
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n{}\r\n--b--",
        "x".repeat(100_000)
    );
    let mut form = Multipart::new("b", body.as_bytes());
    let mut part = form.next().expect("it is a form").expect("it has a part");
    let mut count = 0;
    let mut buffer = [0; 7];
    loop {
        match part.read(&mut buffer).expect("it is whole") {
            0 => break,
            some => count += some,
        }
    }
    assert_eq!(count, 100_000);
    assert!(form.next().expect("it is a form").is_none());
}

/// Published cases, where the folder with them stands beside the repository: each whole and cut at every place.
#[test]
fn published_cases_at_every_split() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/corpora/multipart/cases.jsonl");
    let Ok(text) = std::fs::read_to_string(file) else { return };
    let cases: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("a case is JSON")).collect();
    assert_eq!(cases.len(), 37);
    for case in cases {
        let text = |key: &str| case[key].as_str().unwrap_or_default();
        let body = crate::base64::decode(text("body_b64")).expect("a body is base64");
        for at in 0..body.len() {
            let (first, second) = body.split_at(at);
            let seen = read(text("boundary"), vec![first, second], Limits::default());
            let shown = format!("{} at {at}: {seen:?}", text("id"));
            if case["expect"]["error"] == true {
                assert!(seen.is_err(), "{shown}");
                continue;
            }
            let seen = seen.unwrap_or_else(|_| panic!("{shown}"));
            let parts = case["expect"]["parts"].as_array().into_iter().flatten();
            assert!(parts.clone().all(|part| has_type(&seen, part)), "{shown}");
            let mut seen: Vec<String> = seen.into_iter().map(described).collect();
            let mut expected: Vec<String> =
                case["expect"]["parts"].as_array().into_iter().flatten().map(expected).collect();
            if case["expect"]["unordered"] == true {
                seen.sort();
                expected.sort();
            }
            assert_eq!(seen, expected, "{shown}");
        }
    }
}

fn described((name, file, _, bytes): (String, Option<String>, Option<String>, Vec<u8>)) -> String {
    let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{name} {file:?} {} {digest}", bytes.len())
}

fn expected(part: &serde_json::Value) -> String {
    let text = |key: &str| part[key].as_str().map(str::to_owned);
    format!(
        "{} {:?} {} {}",
        text("name").unwrap_or_default(),
        text("filename"),
        part["len"],
        text("sha256").unwrap_or_default()
    )
}

/// The type of a file; of plain fields the cases tell what a reader assumes, not what stands there.
fn has_type(seen: &Seen, part: &serde_json::Value) -> bool {
    let kind = part["ctype"].as_str();
    kind.is_none()
        || part["filename"].is_null()
        || seen.iter().any(|(name, _, found, _)| part["name"] == **name && found.as_deref() == kind)
}
