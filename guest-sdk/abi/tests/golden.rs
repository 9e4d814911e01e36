//! Bytes and names that must never change within a version of the agreement.

use purview_abi::{
    VERSION, call,
    name::{CacheVerb, Import, NameError, Origin, Route, Value},
    wire::{
        BODY_UNKNOWN, FIELD_BYTES, NO_ANSWER, OutcomeParts, OutcomeView, RESPONSE_BYTES,
        RequestParts, RequestView, ResponseField, ResponseHead, SEND_BYTES, SendHead, Span,
        WireError, error, flag,
    },
};

/// Where a text stands in the head.
fn span(head: &str, text: &str) -> Span {
    let start = head.find(text).expect("the text is in the head");
    Span::new(start..start + text.len())
}

const HEAD: &str = "GET /users/42?a=b HTTP/1.1\r\nhost: h\r\naccept: */*\r\n\r\n";

/// One record, word by word.
#[rustfmt::skip]
const RECORD: &[u32] = &[
    // length, version and flags
    165, 0x0001_0001,
    // method, path, query
    104, 3, 108, 9, 118, 3,
    // header table, parameter table, peer, body length, zero
    64, 2, 96, 1, 156, 9, 7, 0,
    // host: h
    132, 4, 138, 1,
    // accept: */*
    141, 6, 149, 3,
    // 42
    115, 2,
];

fn record(body_length: u32) -> Vec<u8> {
    let headers =
        [(span(HEAD, "host"), Span::new(34..35)), (span(HEAD, "accept"), span(HEAD, "*/*"))];
    let parts = RequestParts {
        head: HEAD.as_bytes(),
        flags: flag::QUERY,
        method: span(HEAD, "GET"),
        path: span(HEAD, "/users/42"),
        query: span(HEAD, "a=b"),
        headers: &headers,
        params: &[span(HEAD, "42")],
        peer: b"127.0.0.1",
        body_length,
    };
    let mut record = vec![0xee; parts.record_bytes() + 5];
    parts.write(&mut record).expect("the record has room");
    assert!(
        record[parts.record_bytes()..].iter().all(|byte| *byte == 0xee),
        "bytes behind the record stay"
    );
    assert_eq!(parts.write(&mut record[..parts.record_bytes() - 1]), Err(WireError::Truncated));
    record.truncate(parts.record_bytes());
    record
}

#[test]
fn the_version_is_one() {
    assert_eq!(VERSION, 1);
}

#[test]
fn a_request_record() {
    let record = record(7);
    let words: Vec<u32> = record.chunks_exact(4).take(RECORD.len()).map(le).collect();
    assert_eq!(words, RECORD);
    assert_eq!(&record[RECORD.len() * 4..], format!("{HEAD}127.0.0.1").as_bytes());

    let view = RequestView::new(&record).expect("the record is whole");
    assert_eq!((view.method(), view.path()), (&b"GET"[..], &b"/users/42"[..]));
    assert_eq!(view.query(), Some(&b"a=b"[..]));
    assert_eq!(view.peer(), b"127.0.0.1");
    assert_eq!((view.param(0), view.param(1)), (Some(&b"42"[..]), None));
    assert_eq!(view.body_length(), Some(7));
    let headers: Vec<_> = view.headers().collect();
    assert_eq!(headers, [(&b"host"[..], &b"h"[..]), (b"accept", b"*/*")]);
}

#[test]
fn a_body_of_unknown_length() {
    let record = record(BODY_UNKNOWN);
    assert_eq!(record[56..60], [0xff; 4]);
    assert_eq!(RequestView::new(&record).map(|view| view.body_length()).ok(), Some(None));
}

#[test]
fn records_of_another_version_or_too_short_are_refused() {
    let whole = record(0);
    let error = |record: &[u8]| RequestView::new(record).err();
    assert_eq!(error(&whole), None);
    assert_eq!(error(&whole[..whole.len() - 1]), Some(WireError::Truncated));
    assert_eq!(error(&whole[..63]), Some(WireError::Truncated));
    let mut other = whole.clone();
    other[4] = 2;
    assert_eq!(error(&other), Some(WireError::Version));
    let mut other = whole;
    other[36..40].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(error(&other), Some(WireError::Truncated));
}

#[test]
fn a_response_record() {
    let head =
        ResponseHead { status: 404, headers: 0x100, headers_count: 2, body: 0x200, body_length: 9 };
    let bytes: [u8; RESPONSE_BYTES] =
        [1, 0, 0x94, 1, 0, 1, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(head.write(), bytes);
    assert_eq!(ResponseHead::read(&bytes), Ok(head));
    let mut other = bytes;
    other[0] = 2;
    assert_eq!(ResponseHead::read(&other), Err(WireError::Version));
    let mut other = bytes;
    other[20] = 1;
    assert_eq!(ResponseHead::read(&other), Err(WireError::Reserved));

    let field = ResponseField { name: (1, 2), value: (3, 4) };
    let bytes: [u8; FIELD_BYTES] = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0];
    assert_eq!((field.write(), ResponseField::read(&bytes)), (bytes, field));
}

#[test]
fn a_send_record() {
    let head = SendHead {
        method: (0x100, 3),
        target: (0x200, 5),
        headers: (0x300, 1),
        body: (0x400, 7),
        response_bytes_max: 0x500,
        timeout_ms: 0x600,
    };
    #[rustfmt::skip]
    let bytes: [u8; SEND_BYTES] = [
        1, 0, 0, 0,  0, 1, 0, 0, 3, 0, 0, 0,  0, 2, 0, 0, 5, 0, 0, 0,  0, 3, 0, 0, 1, 0, 0, 0,
        0, 4, 0, 0, 7, 0, 0, 0,  0, 5, 0, 0,  0, 6, 0, 0,  0, 0, 0, 0,
    ];
    assert_eq!((head.write(), SendHead::read(&bytes)), (bytes, Ok(head)));
    for (at, error) in
        [(0, WireError::Version), (2, WireError::Reserved), (44, WireError::Reserved)]
    {
        let mut other = bytes;
        other[at] = 9;
        assert_eq!(SendHead::read(&other), Err(error));
    }
}

/// One outcome, word by word.
#[rustfmt::skip]
const OUTCOME: &[u32] = &[
    68, 0x00c8_0001,
    // error code, details
    65, 0, 65, 0,
    // header table, body
    40, 1, 65, 3,
    // etag: "abcd"
    56, 4, 60, 5,
];

#[test]
fn an_outcome_record() {
    let parts = OutcomeParts {
        status: 200,
        error: "",
        details: "",
        headers: &[(b"etag", b"abcde")],
        body: b"{1}",
    };
    let record = parts.to_record().expect("it is short");
    let words: Vec<u32> = record.chunks_exact(4).take(OUTCOME.len()).map(le).collect();
    assert_eq!(words, OUTCOME);
    assert_eq!(&record[OUTCOME.len() * 4..], b"etagabcde{1}");
    let view = OutcomeView::new(&record).expect("the record is whole");
    assert_eq!((view.status(), view.error(), view.details()), (200, &b""[..], &b""[..]));
    assert_eq!(view.headers().collect::<Vec<_>>(), [(&b"etag"[..], &b"abcde"[..])]);
    assert_eq!(view.body(), b"{1}");
}

#[test]
fn an_outcome_without_an_answer() {
    let parts = OutcomeParts {
        status: NO_ANSWER,
        error: error::HOST,
        details: "why",
        headers: &[],
        body: b"",
    };
    let record = parts.to_record().expect("it is short");
    let view = OutcomeView::new(&record).expect("the record is whole");
    assert_eq!(
        (view.status(), view.error(), view.details()),
        (599, &b"HostNotAllowed"[..], &b"why"[..])
    );
    let error = |record: &[u8]| OutcomeView::new(record).err();
    assert_eq!(error(&record[..record.len() - 1]), Some(WireError::Truncated));
    assert_eq!(error(&record[..39]), Some(WireError::Truncated));
    let mut other = record.clone();
    other[4] = 2;
    assert_eq!(error(&other), Some(WireError::Version));
    let mut other = record;
    other[28..32].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(error(&other), Some(WireError::Truncated));
}

fn le(bytes: &[u8]) -> u32 {
    bytes.try_into().map(u32::from_le_bytes).expect("four bytes")
}

#[test]
fn imports_that_are_understood() {
    use Value::{Any, Literal};
    for (module, name, import) in [
        ("purview:env", "JWT_SECRET", Import::Env(Literal("JWT_SECRET"))),
        ("purview:env", "*", Import::Env(Any)),
        (
            "purview:egress",
            "https://api.example.com",
            Import::Egress(Literal("https://api.example.com")),
        ),
        ("purview:egress", "*", Import::Egress(Any)),
        ("purview:cache", "sessions.get", Import::Cache(Literal("sessions"), CacheVerb::Get)),
        ("purview:cache", "a.b.incr", Import::Cache(Literal("a.b"), CacheVerb::Incr)),
        ("purview:cache", "*.set", Import::Cache(Any, CacheVerb::Set)),
        ("purview:sql", "user by id", Import::Sql("user by id")),
        ("purview:assets", "public", Import::Assets("public")),
        ("purview:log", "write", Import::Call("purview:log", "write")),
        ("wasi_snapshot_preview1", "fd_write", Import::Wasi("fd_write")),
    ] {
        assert_eq!(Import::parse(module, name), Ok(import), "{module} {name}");
    }
}

#[test]
fn imports_that_are_not_understood() {
    let long = "x".repeat(513);
    for (module, name, error) in [
        ("purview:env", "", NameError::Empty),
        ("purview:env", &*long, NameError::TooLong),
        ("purview:env", "A=B", NameError::BadEnvName),
        ("purview:env", "A\n", NameError::BadEnvName),
        ("purview:egress", "https://API.example.com", NameError::BadOrigin),
        ("purview:egress", "https://api.example.com:443", NameError::BadOrigin),
        ("purview:egress", "https://api.example.com/", NameError::BadOrigin),
        ("purview:egress", "https://api.example.com.", NameError::BadOrigin),
        ("purview:egress", "https://user@api.example.com", NameError::BadOrigin),
        ("purview:egress", "ftp://api.example.com", NameError::BadOrigin),
        ("purview:egress", "https://[::0001]", NameError::BadOrigin),
        ("purview:cache", "sessions", NameError::BadCacheName),
        ("purview:cache", "sessions.drop", NameError::BadCacheName),
        ("purview:cache", ".get", NameError::BadCacheName),
        ("purview:assets", "*", NameError::BadFolderName),
        ("purview:log", "read", NameError::UnknownCall),
        ("purview:file", "read", NameError::UnknownModule),
        ("env", "memory", NameError::UnknownModule),
    ] {
        assert_eq!(Import::parse(module, name), Err(error), "{module} {name}");
    }
}

#[test]
fn origins() {
    let origin = |scheme, host, port| Ok(Origin { scheme, host, port });
    assert_eq!(Origin::parse("https://a.example"), origin("https", "a.example", 443));
    assert_eq!(Origin::parse("http://127.0.0.1:8080"), origin("http", "127.0.0.1", 8080));
    assert_eq!(Origin::parse("http://[::1]:8080"), origin("http", "[::1]", 8080));
    for text in [
        "http://a:80",
        "http://a:080",
        "http://a:",
        "http://a:65536",
        "http://",
        "http://-a",
        "http://[::1",
        "http://[::1]x",
    ] {
        assert_eq!(Origin::parse(text), Err(NameError::BadOrigin), "{text}");
    }
}

#[test]
fn routes_that_are_understood() {
    for (name, params) in [
        ("GET /", &[][..]),
        ("GET /users/{id}", &["id"]),
        ("PURGE /{a}/x/{*rest}", &["a", "rest"]),
        ("* /any", &[]),
        ("* *", &[]),
        ("GET /a/", &[]),
        ("GET /%C3%A9", &[]),
    ] {
        let route = Route::parse(name)
            .expect("it holds a space")
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(route.params().collect::<Vec<_>>(), params, "{name}");
    }
}

#[test]
fn routes_that_are_not_understood() {
    let many = format!("GET {}", (0..17).map(|index| format!("/{{p{index}}}")).collect::<String>());
    for (name, error) in [
        ("GET", None),
        (" /", Some(NameError::BadMethod)),
        ("GE(T /", Some(NameError::BadMethod)),
        ("GET users", Some(NameError::BadPattern)),
        ("GET *", Some(NameError::BadPattern)),
        ("GET /a b", Some(NameError::BadPattern)),
        ("GET /é", Some(NameError::BadPattern)),
        ("GET /a?b", Some(NameError::BadPattern)),
        ("GET /{id", Some(NameError::BadPattern)),
        ("GET /x{id}", Some(NameError::BadPattern)),
        ("GET /{}", Some(NameError::BadParam)),
        ("GET /{1}", Some(NameError::BadParam)),
        ("GET /{a}/{a}", Some(NameError::BadParam)),
        ("GET /{*rest}/x", Some(NameError::WildcardNotLast)),
        (&*many, Some(NameError::TooManyParams)),
    ] {
        assert_eq!(Route::parse(name).and_then(Result::err), error, "{name}");
    }
}

#[test]
fn calls_that_are_named_by_a_value() {
    use call::Type::{I32, I64};
    let signature = |module, name| {
        let import = Import::parse(module, name).expect("the name is understood");
        call::signature_of(&import).map(|signature| (signature.params, signature.result))
    };
    for (module, name, params) in [
        ("purview:env", "A", &[I32, I32][..]),
        ("purview:env", "*", &[I32; 4]),
        ("purview:egress", "https://a.example", &[I32]),
        ("purview:egress", "*", &[I32]),
        ("purview:sql", "user by id", &[I32; 3]),
        ("purview:assets", "public", &[I32; 3]),
        ("purview:files", "about", &[I32; 3]),
        ("purview:files", "read", &[I32, I64, I32, I32]),
        ("purview:files", "respond", &[I32; 2]),
        ("purview:files", "close", &[I32]),
        ("purview:cache", "a.get", &[I32; 4]),
        ("purview:cache", "*.get", &[I32; 6]),
        ("purview:cache", "a.set", &[I32, I32, I32, I32, I64]),
        ("purview:cache", "*.set", &[I32, I32, I32, I32, I32, I32, I64]),
        ("purview:cache", "a.delete", &[I32, I32]),
        ("purview:cache", "*.delete", &[I32; 4]),
        ("purview:cache", "a.incr", &[I32, I32, I64, I64, I32]),
        ("purview:cache", "*.incr", &[I32, I32, I32, I32, I64, I64, I32]),
        ("purview:cache", "a.stats", &[I32, I32]),
        ("purview:cache", "*.stats", &[I32; 4]),
        ("purview:io", "wait", &[I32; 3]),
        ("purview:io", "wait_any", &[I32, I32]),
        ("purview:io", "cancel", &[I32]),
        ("purview:io", "sleep", &[I32]),
    ] {
        assert_eq!(signature(module, name), Some((params, Some(I32))), "{module} {name}");
    }
}

#[test]
fn the_table_of_calls_is_consistent() {
    for call in call::CALLS {
        assert_eq!(Import::parse(call.module, call.name), Ok(Import::Call(call.module, call.name)));
        assert!(call::find(call.module, call.name).is_some());
        let same = call::CALLS
            .iter()
            .filter(|other| (other.module, other.name) == (call.module, call.name));
        assert_eq!(same.count(), 1, "{} {}", call.module, call.name);
    }
}

/// Every call, as `module name parameters result`: a name that stands here keeps its meaning.
#[test]
fn the_names_of_calls_that_compute() {
    let found: Vec<String> = call::CALLS
        .iter()
        .filter(|call| [call::CRYPTO, call::AUTH, call::VALIDATE].contains(&call.module))
        .map(|call| {
            assert!(!call.suspends, "{}", call.name);
            assert_eq!(call.signature.result, Some(call::Type::I32), "{}", call.name);
            assert!(call.signature.params.iter().all(|kind| *kind == call::Type::I32));
            format!("{} {} {}", call.module, call.name, call.signature.params.len())
        })
        .collect();
    assert_eq!(
        found,
        [
            "purview:crypto sha1 4",
            "purview:crypto sha256 4",
            "purview:crypto sha384 4",
            "purview:crypto sha512 4",
            "purview:crypto hmac_sha1 6",
            "purview:crypto hmac_sha256 6",
            "purview:crypto hmac_sha384 6",
            "purview:crypto hmac_sha512 6",
            "purview:auth jwt_verify 8",
            "purview:auth jwt_sign 8",
            "purview:validate compile 4",
            "purview:validate check 6",
            "purview:validate coerce 6",
            "purview:validate decode_form 6",
            "purview:validate decode_multipart 8",
        ]
    );
    assert_eq!(
        [call::outcome::VALUE, call::outcome::REFUSED, call::outcome::PROBLEM],
        [b'+', b'-', b'!']
    );
}
