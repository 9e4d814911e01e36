//! Rust guests on a bare engine, without a server: what they answer to a request record, how they end when something is
//! wrong, and how many pages of memory a call touches.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and shows what it measured"
)]

#[path = "guest/bare.rs"]
mod bare;

use bare::{Call, module};

#[test]
fn hello_answers_and_touches_one_page() {
    let called = Call::new("GET /", "/").run(&module("examples/hello-rust"));
    assert_eq!(called.text(), (200, r#"{"hello":"world"}"#));
    let headers = [("content-type".to_owned(), "application/json".to_owned())];
    assert_eq!(called.answer.unwrap().headers, headers);
    assert_eq!(called.pages.len(), 1, "{:?}", called.pages);
}

#[test]
fn users_answer_and_touch_few_pages() {
    let module = module("examples/users-rust");
    let show = Call::new("GET /users/{id}", "/users/42?verbose=true").params(&["42"]).run(&module);
    let user = r#"{"id":42,"name":"user 42","email":"user42@example.com","path":"/users/42"}"#;
    assert_eq!(show.text(), (200, user));
    let user = r#"{"id":5,"name":"Grace","email":"grace@example.com"}"#;
    let create = Call::new("POST /users", "/users")
        .body(r#"{"name":"Grace","email":"grace@example.com"}"#)
        .run(&module);
    assert_eq!(create.text(), (201, user));
    assert_eq!(create.log, [(1, "created user 5".to_owned())]);
    let config = Call::new("GET /config", "/config").env("ahoy").run(&module);
    assert_eq!(config.text(), (200, r#"{"greeting":"ahoy"}"#));
    for (name, called) in [("show", show), ("create", create), ("config", config)] {
        println!("{name}: pages {:?}", called.pages);
        assert!(called.pages.len() <= 4, "{name}: {:?}", called.pages);
    }
}

#[test]
fn a_request_is_read_in_full() {
    let module = module("guest-sdk/tests/everything");
    let mut call = Call::new("* /echo/{a}/{*b}", "/echo/x%20y/z/%E2%82%AC?q=1+2&r")
        .params(&["x%20y", "z/%E2%82%AC"]);
    call.method = "BREW";
    let expected = r#"BREW /echo/x%20y/z/%E2%82%AC [("a", "x y"), ("b", "z/€")] [("q", "1 2"), ("r", "")] 5 127.0.0.1 Ok("tea")"#;
    assert_eq!(call.body("tea").run(&module).text(), (200, expected));
    assert_eq!(Call::new("PURGE /p", "/p").run(&module).text(), (202, "purged"));
    assert_eq!(Call::new("* *", "/x").run(&module).text(), (404, "nothing at /x"));
}

#[test]
fn records_and_bodies_of_many_sizes_arrive() {
    let module = module("guest-sdk/tests/everything");
    for length in [10, 1000, 3300, 3400, 3500, 3600, 3700, 3800, 5000, 30_000] {
        let path = format!("/{}", "p".repeat(length));
        let expected = format!("nothing at {path}");
        assert_eq!(Call::new("* *", &path).run(&module).text(), (404, &*expected), "{length}");
    }
    for length in [1, 4000, 100_000, 3_000_000] {
        let call = Call::new("POST /length", "/length").body("b".repeat(length));
        assert_eq!(call.run(&module).text(), (200, &*length.to_string()));
    }
}

#[test]
fn variables_are_read_by_name() {
    let module = module("guest-sdk/tests/everything");
    let call = || Call::new("GET /env", "/env");
    assert_eq!(call().run(&module).text(), (200, "None None None false"));
    assert_eq!(
        call().env("ahoy").run(&module).text(),
        (200, r#"Some("ahoy") None Some("ahoy") true"#)
    );
    // Longer than the first buffer.
    let long =
        "a long value, longer than what the SDK reckons with, so that it has to ask twice for it";
    let expected = format!("Some({long:?}) None Some({long:?}) true");
    assert_eq!(call().env(long).run(&module).text(), (200, &*expected));
}

#[test]
fn many_header_fields_have_a_table_of_their_own() {
    let module = module("guest-sdk/tests/everything");
    for count in ["0", "7", "8", "100"] {
        let called = Call::new("GET /headers/{count}", "/headers").params(&[count]).run(&module);
        let head = called.answer.unwrap();
        assert_eq!(
            (head.status, head.headers.len().to_string()),
            (200, (count.parse::<usize>().unwrap() + 1).to_string())
        );
        assert!(head.headers[1..].iter().enumerate().all(|(index, (name, value))| {
            *name == format!("x-{index}") && *value == index.to_string()
        }));
    }
}

#[test]
fn a_header_with_a_line_break_becomes_a_500() {
    let module = module("guest-sdk/tests/everything");
    let target = "/header-injection?value=1%0d%0aset-cookie:%20a=b";
    let called = Call::new("GET /header-injection", target).run(&module);
    assert_eq!(called.text(), (500, r#"{"detail":"Internal Server Error"}"#));
    assert_eq!(
        called.log,
        [(3, "the value of header `x-value` holds a line break or NUL".to_owned())]
    );
}

#[test]
fn a_panic_is_logged_in_one_line_and_ends_the_instance() {
    let module = module("guest-sdk/tests/everything");
    let called = Call::new("GET /panic", "/panic").run(&module);
    assert!(called.answer.unwrap_err().contains("unreachable"));
    let [(3, line)] = &*called.log else { panic!("{:?}", called.log) };
    assert!(line.starts_with("panicked at src/lib.rs:"), "{line}");
    assert!(line.ends_with(": index out of bounds: the len is 3 but the index is 6"), "{line}");
    assert_eq!(called.output, "");

    // A handler that takes nothing has no hook: the standard library says it on standard error.
    let called = Call::new("GET /panic-plain", "/panic-plain").run(&module);
    assert!(called.answer.is_err());
    assert!(called.output.contains("the clock is early"), "{}", called.output);
}

#[test]
fn a_stack_that_overflows_traps() {
    let module = module("guest-sdk/tests/everything");
    let called = Call::new("GET /overflow", "/overflow").run(&module);
    let error = called.answer.unwrap_err();
    assert!(
        error.contains("out of bounds memory access") || error.contains("call stack exhausted"),
        "{error}"
    );
}

#[test]
fn the_deepest_json_fits_the_stack() {
    let module = module("guest-sdk/tests/everything");
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let call = |depth| Call::new("POST /depth", "/depth").body(nested(depth)).run(&module);
    assert_eq!(call(127).text(), (200, "127"));
    let error = r#"{"detail":[{"loc":["body",127],"msg":"JSON decode error: recursion limit exceeded","type":"json_invalid"}]}"#;
    assert_eq!(call(100_000).text(), (422, error));
}

#[test]
fn memory_that_is_given_back_is_used_again() {
    let called = Call::new("GET /churn", "/churn").run(&module("guest-sdk/tests/everything"));
    assert_eq!(called.text().0, 200);
    assert!(called.memory < 2 * 1024 * 1024, "{} bytes", called.memory);
}

#[test]
fn time_and_randomness_come_from_the_host() {
    let called = Call::new("GET /world", "/world").run(&module("guest-sdk/tests/everything"));
    let expected =
        r#"{"map":"81","random":"70000","sdk":"1700000000000000007","std":"1700000000000000007"}"#;
    assert_eq!(called.text(), (200, expected));
}

#[test]
fn lines_are_logged() {
    let called = Call::new("GET /log", "/log").run(&module("guest-sdk/tests/everything"));
    assert_eq!(called.text(), (204, ""));
    assert_eq!(called.log, [(0, "one".to_owned()), (2, "two 3".to_owned())]);
    assert_eq!(called.output, "to standard output\n");
}

#[test]
fn a_streamed_body_is_sent_in_pieces() {
    let module = module("guest-sdk/tests/everything");
    let called = Call::new("GET /stream/{lines}", "/stream").params(&["2000"]).run(&module);
    assert_eq!(called.text(), (200, ""));
    let lines: String = (0..2000).map(|number| format!("line {number}\n")).collect();
    assert_eq!(called.pieces.concat(), lines + &".".repeat(20_000));
    assert_eq!(called.pieces.len(), 4, "8 KiB, 8 KiB, the rest, and what was written at once");

    let called = Call::new("GET /cut-off", "/cut-off").run(&module);
    assert!(called.answer.unwrap_err().contains("unreachable"));
    assert_eq!(called.pieces, ["begun"]);
}

#[test]
fn bodies_are_read_piece_by_piece() {
    let module = module("guest-sdk/tests/everything");
    for length in [0, 1, 999, 1000, 1001, 300_000] {
        let call = Call::new("POST /read", "/read").body("b".repeat(length));
        assert_eq!(call.run(&module).text(), (200, &*length.to_string()));
    }
}

#[test]
fn events_and_tokens_are_sent_one_by_one() {
    let module = module("guest-sdk/tests/everything");
    let called = Call::new("GET /events", "/events").run(&module);
    assert_eq!(called.pieces, [": hello\n\n", "id: 1\nevent: pair\ndata: one\ndata: two\n\n"]);
    let headers = called.answer.unwrap().headers;
    assert!(headers.contains(&("content-type".into(), "text/event-stream".into())), "{headers:?}");
    let called = Call::new("GET /tokens", "/tokens").run(&module);
    assert_eq!(called.pieces, ["data: a\n\n", "data:  b\n\n", "data: [DONE]\n\n"]);
}

#[test]
fn background_tasks_run_after_the_answer() {
    let module = module("guest-sdk/tests/everything");
    let called = Call::new("POST /later", "/later").run(&module);
    assert_eq!(called.text(), (200, "now"));
    assert_eq!(called.log, [(1, "later".to_owned())]);
    assert!(module.imports().any(|import| import.name() == "finish"));

    // A handler without arguments, too, says in one line what went wrong.
    let called = Call::new("POST /later-panic", "/later-panic").run(&module);
    let [(3, line)] = &*called.log else { panic!("{:?}", called.log) };
    assert!(line.ends_with(": too late"), "{line}");
}

#[test]
fn forms_with_files_become_a_struct() {
    let module = module("guest-sdk/tests/everything");
    let part = |head: &str, content: &str| {
        format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
    };
    let call = |name: &str, picture: &str| {
        let body = part("name=name", name) + &part(picture, "1234") + "--b--\r\n";
        let mut call = Call::new("POST /profile", "/profile");
        call.content_type = Some("multipart/form-data; boundary=b");
        let called = call.body(&body).run(&module);
        let (status, said) = called.text();
        (status, said.to_owned())
    };
    let file = "name=picture; filename=me.png\r\nContent-Type: image/png";
    let upload = r#"Upload { file_name: "me.png", content_type: Some("image/png"), bytes: 4 }"#;
    assert_eq!(call("Ada", file), (200, format!("Ada {upload}")));
    let (status, said) = call("A", "name=picture");
    assert_eq!(status, 422);
    assert!(said.contains("expected a file") && said.contains("string_too_short"), "{said}");
}

#[test]
fn everything_at_once_is_taken_and_everything_wrong_is_told() {
    let module = module("guest-sdk/tests/everything");
    let call = |target: &str, body: &str| {
        let mut call = Call::new("POST /api/v1/search/{index}", target).params(&["7"]);
        call.authorization = true;
        call.body(body).run(&module)
    };
    let called = call("/api/v1/search/7?q=a+b&page=1&page=2", "[1,2]");
    assert_eq!(called.text(), (201, r#""7 a b [1, 2] token  [1, 2]""#));
    assert!(called.answer.unwrap().headers.contains(&("x-tag".into(), "yes".into())));
    let called = call("/api/v1/search/7?q=A&page=0&page=x", "[1,-2]");
    let (status, text) = called.text();
    assert_eq!(status, 422);
    for part in
        [r#"["query","page",1]"#, r#"["query","q"]"#, r#"["query","page",0]"#, r#"["body",1]"#]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    let called = Call::new("GET /cookie", "/cookie").run(&module);
    let headers = called.answer.unwrap().headers;
    assert!(headers.iter().any(|(_, value)| value.starts_with("sid=user7.")), "{headers:?}");
}
