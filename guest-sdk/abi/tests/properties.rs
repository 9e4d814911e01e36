//! Parsers on arbitrary input: they never panic, and what they accept is what they say.

use proptest::prelude::*;
use purview_abi::{
    name::{Import, Origin, Route, check_pattern},
    wire::{RequestParts, RequestView, ResponseField, ResponseHead, Span},
};

/// Reads everything there is in a record.
fn read_all(record: &[u8]) {
    let Ok(view) = RequestView::new(record) else { return };
    assert!(view.record().len() <= record.len());
    let texts = [view.method(), view.path(), view.query().unwrap_or_default(), view.peer()];
    let headers = view.headers().flat_map(|(name, value)| [name, value]);
    let params = (0..).map_while(|index| view.param(index));
    let inside = view.record().as_ptr_range();
    for text in texts.into_iter().chain(headers).chain(params).filter(|text| !text.is_empty()) {
        let range = text.as_ptr_range();
        assert!(inside.start <= range.start && range.end <= inside.end);
    }
}

fn span(limit: u32) -> impl Strategy<Value = Span> {
    (0..limit, 0..limit).prop_map(|(start, length)| Span { start, length })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_never_panic(module in "(purview:)?[a-z]{0,7}", name in any::<String>()) {
        let _ = Import::parse(&module, &name);
        for module in ["purview:env", "purview:egress", "purview:cache", "purview:sql", "purview:http"] {
            let _ = Import::parse(module, &name);
        }
        let _ = Origin::parse(&name);
        let _ = check_pattern(&name);
        if let Some(Ok(route)) = Route::parse(&name) {
            prop_assert_eq!(format!("{} {}", route.method, route.pattern), name);
        }
    }

    #[test]
    fn what_looks_like_an_origin_never_panics(text in "https?://[\\[\\]a-z0-9:.%@/_-]{0,20}") {
        if let Ok(origin) = Origin::parse(&text) {
            let default = if origin.scheme == "http" { 80 } else { 443 };
            let port = if origin.port == default { String::new() } else { format!(":{}", origin.port) };
            prop_assert_eq!(format!("{}://{}{port}", origin.scheme, origin.host), text);
        }
    }

    #[test]
    fn what_looks_like_a_route_never_panics(text in "[A-Z*!]{0,3} [/{}*a-c%]{0,12}") {
        if let Some(Ok(route)) = Route::parse(&text) {
            prop_assert!(route.params().all(|name| !name.is_empty()));
        }
    }

    #[test]
    fn arbitrary_bytes_are_a_record_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read_all(&bytes);
    }

    /// A whole record in which some words were replaced.
    #[test]
    fn damaged_records_are_read_or_refused(
        head in prop::collection::vec(any::<u8>(), 0..60),
        spans in prop::collection::vec(span(80), 9),
        damage in prop::collection::vec((0..40usize, prop_oneof![0..300u32, any::<u32>()]), 0..4),
    ) {
        let parts = RequestParts {
            head: &head,
            flags: 1,
            method: spans[0],
            path: spans[1],
            query: spans[2],
            headers: &[(spans[3], spans[4]), (spans[5], spans[6])],
            params: &[spans[7], spans[8]],
            peer: b"::1",
            body_length: 0,
        };
        let mut record = vec![0; parts.record_bytes()];
        prop_assert_eq!(parts.write(&mut record), Ok(()));
        read_all(&record);
        for (word, value) in damage {
            if let Some(bytes) = record.get_mut(word * 4..word * 4 + 4) {
                bytes.copy_from_slice(&value.to_le_bytes());
            }
        }
        read_all(&record);
    }

    /// What was written is what is read.
    #[test]
    fn request_records_come_back(
        texts in prop::collection::vec("[a-z0-9/=]{0,9}", 9),
        body_length in any::<u32>(),
        flags in 0..8u16,
    ) {
        let head = texts.concat();
        let mut end = 0;
        let spans: Vec<Span> = texts
            .iter()
            .map(|text| {
                end += text.len();
                Span::new(end - text.len()..end)
            })
            .collect();
        let parts = RequestParts {
            head: head.as_bytes(),
            flags,
            method: spans[0],
            path: spans[1],
            query: spans[2],
            headers: &[(spans[3], spans[4]), (spans[5], spans[6])],
            params: &[spans[7], spans[8]],
            peer: b"::1",
            body_length,
        };
        let mut record = vec![0; parts.record_bytes()];
        parts.write(&mut record).expect("the record has room");
        let view = RequestView::new(&record).expect("the record is whole");
        prop_assert_eq!(view.flags(), flags);
        prop_assert_eq!(view.method(), texts[0].as_bytes());
        prop_assert_eq!(view.path(), texts[1].as_bytes());
        prop_assert_eq!(view.query(), (flags & 1 == 1).then_some(texts[2].as_bytes()));
        let headers: Vec<_> = view.headers().flat_map(|(name, value)| [name, value]).collect();
        prop_assert_eq!(headers, [texts[3].as_bytes(), texts[4].as_bytes(), texts[5].as_bytes(), texts[6].as_bytes()]);
        prop_assert_eq!([view.param(0), view.param(1), view.param(2)], [Some(texts[7].as_bytes()), Some(texts[8].as_bytes()), None]);
        prop_assert_eq!(view.peer(), b"::1");
        prop_assert_eq!(view.body_length(), Some(body_length).filter(|length| *length != u32::MAX));
    }

    #[test]
    fn response_records_come_back(words in any::<[u32; 4]>(), status in any::<u16>(), bytes in any::<[u8; 24]>()) {
        let head = ResponseHead {
            status,
            headers: words[0],
            headers_count: words[1],
            body: words[2],
            body_length: words[3],
        };
        prop_assert_eq!(ResponseHead::read(&head.write()), Ok(head));
        if let Ok(head) = ResponseHead::read(&bytes) {
            prop_assert_eq!(head.write(), bytes);
        }
        let field = ResponseField { name: (words[0], words[1]), value: (words[2], words[3]) };
        prop_assert_eq!(ResponseField::read(&field.write()), field);
    }
}
