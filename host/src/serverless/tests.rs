//! Events of platforms in both directions, and bytes that are none.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;

use super::*;

#[test]
fn every_form_of_event_is_read() {
    let v2 = json!({ "version": "2.0", "rawPath": "/a b", "rawQueryString": "x=1&x=2", "cookies": ["a=1", "b=2"],
        "headers": { "Content-Type": "text/plain", "cookie": "old" }, "body": "aGk=", "isBase64Encoded": true,
        "requestContext": { "http": { "method": "POST", "path": "/stage/a" } } });
    let request = Request::read(&v2).expect("it is right");
    assert_eq!(
        (request.form, &*request.method, &*request.path, &*request.query),
        (Form::HttpV2, "POST", "/a%20b", "x=1&x=2")
    );
    assert_eq!(request.body, b"hi");
    assert!(request.headers.contains(&("cookie".into(), "a=1; b=2".into())));
    assert_eq!(request.headers.len(), 2);
    let v1 = json!({ "httpMethod": "GET", "path": "/p", "multiValueQueryStringParameters": { "q": ["a b", "c&d"] },
        "multiValueHeaders": { "X": ["1", "2"] }, "headers": { "X": "2" }, "body": null });
    let request = Request::read(&v1).expect("it is right");
    assert_eq!((request.form, &*request.query), (Form::RestV1, "q=a%20b&q=c%26d"));
    assert_eq!(request.headers, [("X".into(), "1".into()), ("X".into(), "2".into())]);
    let alb = json!({ "httpMethod": "GET", "path": "/", "queryStringParameters": { "q": "a%20b" }, "headers": {}, "requestContext": { "elb": {} } });
    let request = Request::read(&alb).expect("it is right");
    assert_eq!((request.form, &*request.query), (Form::LoadBalancer { many: false }, "q=a%20b"));
    let fetch = json!({ "method": "PUT", "url": "https://example.com:8443/x?y=1#z", "headers": { "a": "b" }, "body": "t" });
    let request = Request::read(&fetch).expect("it is right");
    assert_eq!((&*request.path, &*request.query, &request.body[..]), ("/x", "y=1", &b"t"[..]));
    assert!(request.headers.contains(&("host".into(), "example.com:8443".into())));
}

#[test]
fn what_is_no_request_is_refused_and_nothing_is_smuggled() {
    for event in [
        json!(null),
        json!([]),
        json!({}),
        json!({ "httpMethod": "GET" }),
        json!({ "httpMethod": 1, "path": "/" }),
        json!({ "httpMethod": "G T", "path": "/" }),
        json!({ "httpMethod": "GET", "path": "x" }),
        json!({ "httpMethod": "GET", "path": "/", "body": "!", "isBase64Encoded": true }),
        json!({ "requestContext": { "http": {} } }),
        json!({ "Records": [] }),
    ] {
        assert!(Request::read(&event).is_err(), "{event}");
    }
    let event = json!({ "httpMethod": "GET", "path": "/a\r\nx: y", "queryStringParameters": { "a\r\n": "b c" },
        "headers": { "ok": "1", "a\r\nb": "1", "c": "1\r\nd: 2", "Content-Length": "99", "transfer-encoding": "chunked" }, "body": "xyz" });
    let request = Request::read(&event).expect("it is right");
    let head = String::from_utf8(head(&request)).expect("it is text");
    assert_eq!(
        head,
        "GET /a%0D%0Ax:%20y?a%0D%0A=b%20c HTTP/1.0\r\nok: 1\r\nhost: localhost\r\ncontent-length: 3\r\n\r\n"
    );
}

#[test]
fn answers_have_the_form_of_their_event() {
    let response = |body: &[u8]| Response {
        status: 201,
        headers: [
            ("Content-Type", "a/b"),
            ("set-cookie", "a=1"),
            ("Set-Cookie", "b=2"),
            ("vary", "x"),
            ("vary", "y"),
            ("Content-Length", "2"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        body: body.to_vec(),
    };
    assert_eq!(
        answer(Form::HttpV2, response(b"hi")),
        json!({ "statusCode": 201, "headers": { "content-type": "a/b", "vary": "x, y" }, "cookies": ["a=1", "b=2"], "body": "hi", "isBase64Encoded": false })
    );
    let lists =
        json!({ "content-type": ["a/b"], "set-cookie": ["a=1", "b=2"], "vary": ["x", "y"] });
    assert_eq!(
        answer(Form::RestV1, response(&[0xff, 0])),
        json!({ "statusCode": 201, "multiValueHeaders": lists, "body": "/wA=", "isBase64Encoded": true })
    );
    let of_balancer = answer(Form::LoadBalancer { many: true }, response(b""));
    assert_eq!(
        (&of_balancer["statusDescription"], &of_balancer["multiValueHeaders"]),
        (&json!("201 Created"), &lists)
    );
    assert_eq!(answer(Form::Fetch, response(b""))["headers"][1], json!(["set-cookie", "a=1"]));
}

#[test]
fn what_is_missing_or_null_is_nothing() {
    let read =
        |event: Value| Request::read(&event).unwrap_or_else(|error| panic!("{error}: {event}"));
    // A function that is tested from the console sends nulls.
    let request = read(
        json!({ "httpMethod": "GET", "path": "", "headers": null, "multiValueHeaders": null, "body": null,
        "queryStringParameters": null, "multiValueQueryStringParameters": null, "requestContext": null, "isBase64Encoded": false }),
    );
    assert_eq!((request.form, &*request.path, &*request.query), (Form::RestV1, "/", ""));
    assert!(request.headers.is_empty() && request.body.is_empty());
    let request = read(
        json!({ "rawPath": "", "rawQueryString": "", "requestContext": { "http": { "method": "GET", "path": "" } } }),
    );
    assert_eq!((&*request.path, &*request.query), ("/", ""));
    let request =
        read(json!({ "requestContext": { "http": { "method": "GET", "path": "/only/here" } } }));
    assert_eq!(&*request.path, "/only/here");
    let request = read(
        json!({ "httpMethod": "POST", "path": "/", "headers": {}, "queryStringParameters": {}, "requestContext": { "elb": { "targetGroupArn": "arn" } }, "body": "", "isBase64Encoded": true }),
    );
    assert_eq!((request.form, request.body.len()), (Form::LoadBalancer { many: false }, 0));
    let error = |event: Value| Request::read(&event).expect_err("it is none");
    assert_eq!(
        error(json!({ "version": "2.0", "rawPath": "/" })),
        "the event has no `requestContext.http.method`"
    );
    assert_eq!(error(json!({ "httpMethod": "GET" })), "the event has no `path`");
    let body = json!({ "httpMethod": "POST", "path": "/", "body": "aGk", "isBase64Encoded": true });
    assert_eq!(error(body), "the event's body is not base64");
}

#[test]
fn queries_arrive_as_their_client_sent_them() {
    let query = |event: Value| Request::read(&event).expect("it is right").query;
    // Payload 2.0 has the text itself; `+` and repeated names stay.
    assert_eq!(
        query(
            json!({ "rawQueryString": "q=a+b&q=%2B&flag&e=", "queryStringParameters": { "q": "a b,+" }, "requestContext": { "http": { "method": "GET", "path": "/" } } })
        ),
        "q=a+b&q=%2B&flag&e="
    );
    // A REST API has decoded them: what means something else in a query is encoded anew.
    assert_eq!(
        query(
            json!({ "httpMethod": "GET", "path": "/", "queryStringParameters": { "q": "2" }, "multiValueQueryStringParameters": { "q": ["1+1", "a&b=c", ""], "ä": ["/?#"] } })
        ),
        "q=1%2B1&q=a%26b%3Dc&q=&%C3%A4=%2F%3F%23"
    );
    // A load balancer passes on what was sent.
    assert_eq!(
        query(
            json!({ "httpMethod": "GET", "path": "/", "multiValueQueryStringParameters": { "q": ["a%20b", "a+b"], "x%5B%5D": ["1"] }, "requestContext": { "elb": {} } })
        ),
        "q=a%20b&q=a+b&x%5B%5D=1"
    );
}

#[test]
fn header_fields_come_in_any_case_and_paths_with_their_stage() {
    let event = json!({ "rawPath": "/prod/users/7", "headers": { "COOKIE": "old=1", "X-Custom": "a", "x-custom": "b" }, "cookies": ["new=2"],
        "requestContext": { "stage": "prod", "http": { "method": "DELETE", "path": "/prod/users/7" } } });
    let request = Request::read(&event).expect("it is right");
    // The stage is a part of the path: a policy mounts the handler below it.
    assert_eq!(&*request.path, "/prod/users/7");
    let cookies: Vec<&(String, String)> =
        request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("cookie")).collect();
    assert_eq!(cookies, [&("cookie".to_owned(), "new=2".to_owned())]);
    assert_eq!(request.headers.len(), 3);
    let fetch = json!({ "method": "GET", "url": "https://example.com?x=1", "headers": { "Accept": ["a/b", "c/d"], "HOST": "other" } });
    let request = Request::read(&fetch).expect("it is right");
    assert_eq!((&*request.path, &*request.query), ("/", "x=1"));
    assert_eq!(request.headers.len(), 3, "{:?}", request.headers);
}

/// Published events, where the folder with them stands beside the repository.
#[test]
fn published_events() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/corpora/aws-events/events.jsonl");
    let Ok(text) = std::fs::read_to_string(file) else { return };
    let mut requests = 0;
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let expected = &case["expect"];
        let read = Request::read(&case["event"]);
        let Some(method) = expected["method"].as_str() else { continue };
        let request = read.unwrap_or_else(|error| panic!("{}: {error}", case["id"]));
        requests += 1;
        assert_eq!(
            (request.method.as_str(), request.path.as_str()),
            (method, expected["path"].as_str().unwrap_or_default()),
            "{}",
            case["id"]
        );
        if let Some(query) = expected["query"].as_str() {
            assert_eq!(request.query, query, "{}", case["id"]);
        }
        if let Some(body) = expected["body_b64"].as_str() {
            assert_eq!(STANDARD.encode(&request.body), body, "{}", case["id"]);
        }
    }
    assert_eq!(requests, 16);
}
