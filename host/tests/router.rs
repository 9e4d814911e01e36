//! Which export answers which request: what routers are often wrong about. Export names are the same whatever a module was written in,
//! so that a module in text form, whose answers are the names of its exports, stands for all of them; a compiled TypeScript handler has
//! the same table.

mod support;

use std::fmt::Write as _;

use support::{DRIVERS, Running, Setup};

const ROUTES: [&str; 14] = [
    "GET /",
    "GET /users/{id}",
    "PUT /users/{id}",
    "GET /users/{id}/books/{book}",
    "GET /items/me",
    "GET /items/{id}",
    "DELETE /items/{id}",
    "GET /a/b/{y}",
    "GET /a/{x}/c",
    "GET /files/{*rest}",
    "PURGE /cache/{key}",
    "BAN /cache/{key}",
    "HEAD /only-head",
    "* /any",
];

/// A module whose exports answer with their own names.
fn module(routes: &[&str]) -> String {
    let words = |words: &[usize]| -> String {
        let bytes = words.iter().flat_map(|word| (*word as u32).to_le_bytes());
        bytes.fold(String::new(), |mut text, byte| {
            let _ = write!(text, "\\{byte:02x}");
            text
        })
    };
    let mut text = String::from(
        "(module (memory (export \"memory\") 4 4)
         (global (export \"purview:request/1\") i32 (i32.const 4096))
         (func (export \"purview:reserve/1\") (param i32) (result i32) (i32.const 65536))",
    );
    for (index, route) in routes.iter().enumerate() {
        let (record, body) = (0x100 + index * 0x20, 0x800 + index * 0x40);
        let _ = write!(
            text,
            "(data (i32.const {record}) \"{}\") (data (i32.const {body}) \"{route}\")
             (func (export \"{route}\") (param i32 i32) (result i32) (i32.const {record}))",
            words(&[1 | 200 << 16, 0, 0, body, route.len(), 0])
        );
    }
    text + ")"
}

/// Status, `Allow` and body of the answer to a request without a body.
fn ask(running: &Running, method: &str, target: &str) -> String {
    let request = format!("{method} {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    let answer = running.exchange(request.as_bytes());
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
    let status = head.split(' ').nth(1).unwrap_or_default();
    let allow = head.lines().find_map(|line| line.strip_prefix("allow: ")).unwrap_or_default();
    match status {
        "200" => body.to_owned(),
        _ => format!("{status} {allow}").trim().to_owned(),
    }
}

#[test]
fn each_request_finds_its_export_and_no_other() {
    let setup = Setup::text(&module(&ROUTES));
    for driver in DRIVERS {
        let running = setup.start(*driver);
        for (request, expected) in [
            ("GET /", "GET /"),
            ("GET /?x=/users/1", "GET /"),
            // A name does not begin another one, and a segment is whole.
            ("GET /users/42", "GET /users/{id}"),
            ("GET /users42", "404"),
            ("GET /usersx/42", "404"),
            ("GET /USERS/42", "404"),
            ("GET /users", "404"),
            ("GET /itemsme", "404"),
            ("GET /filesx", "404"),
            // A trailing slash is another path, and an empty segment is no parameter.
            ("GET /users/", "404"),
            ("GET /users/42/", "404"),
            ("GET /items/me/", "404"),
            ("GET //users/42", "404"),
            ("GET /users//42", "404"),
            ("GET /users//books/1", "404"),
            ("GET /users/42/books/", "404"),
            ("GET /users/42/books/7", "GET /users/{id}/books/{book}"),
            ("GET /users/42/books/7/8", "404"),
            // What is written goes before what is any, and both are tried.
            ("GET /items/me", "GET /items/me"),
            ("GET /items/men", "GET /items/{id}"),
            ("GET /items/m", "GET /items/{id}"),
            ("DELETE /items/7", "DELETE /items/{id}"),
            ("GET /a/b/d", "GET /a/b/{y}"),
            ("GET /a/b/c", "GET /a/b/{y}"),
            ("GET /a/z/c", "GET /a/{x}/c"),
            ("GET /a/z/d", "404"),
            // An encoded slash is no slash, and dots are segments like others.
            ("GET /users/a%2Fb", "GET /users/{id}"),
            ("GET /users%2F42", "404"),
            ("GET /%75sers/42", "404"),
            ("GET /users/%00", "GET /users/{id}"),
            ("GET /users/..", "GET /users/{id}"),
            ("GET /items/../users/42", "404"),
            ("GET /./users/42", "404"),
            ("GET /users/4;x=2", "GET /users/{id}"),
            // The rest is at least one byte.
            ("GET /files/a", "GET /files/{*rest}"),
            ("GET /files/a/b//c/", "GET /files/{*rest}"),
            ("GET /files/..%2F", "GET /files/{*rest}"),
            ("GET /files/", "404"),
            ("GET /files", "404"),
            // Methods are told apart, their case too.
            ("PURGE /cache/1", "PURGE /cache/{key}"),
            ("BAN /cache/1", "BAN /cache/{key}"),
            ("GET /cache/1", "405 BAN, OPTIONS, PURGE"),
            ("purge /cache/1", "405 BAN, OPTIONS, PURGE"),
            ("get /users/42", "405 GET, HEAD, OPTIONS, PUT"),
            ("POST /users/42", "405 GET, HEAD, OPTIONS, PUT"),
            ("POST /items/me", "405 GET, HEAD, OPTIONS"),
            // The path decides before the method.
            ("DELETE /items/me", "405 GET, HEAD, OPTIONS"),
            ("OPTIONS /users/42", "204 GET, HEAD, OPTIONS, PUT"),
            ("OPTIONS /nothing", "404"),
            ("HEAD /users/42", ""),
            ("HEAD /only-head", ""),
            ("GET /only-head", "405 HEAD, OPTIONS"),
            ("TRACE /any", "* /any"),
            ("OPTIONS /any", "* /any"),
            ("ANYTHING /any", "* /any"),
            ("GET /nothing", "404"),
        ] {
            let (method, target) = request.split_once(' ').expect("a method and a target");
            assert_eq!(ask(&running, method, target), expected, "{driver}: {request}");
        }
    }
}

/// A compiled handler's table is its own: it answers whatever no route does, and tries each of its entries.
#[test]
fn a_table_of_a_compiled_handler_finds_the_same() {
    let program = "import { routerMatch } from \"purview:router\";
        const show = (request: Request, params: Record<string, string>): Response => Response.json({ at: request.path, params });
        const table = { \"GET /items/me\": show, \"DELETE /items/:id\": show, \"GET /items/:id/:part\": show };
        export default function handler(request: Request): Response {
            const found = routerMatch(table, request);
            return found === undefined ? Response.text(\"none\", { status: 404 }) : found.handler(request, found.params);
        }";
    let folder = tempfile::tempdir().expect("there is room for a file");
    let file = folder.path().join("handler.ts");
    std::fs::write(&file, program).expect("there is room for a file");
    let mut setup = Setup::new("");
    setup.load.modules = vec![file];
    let running = setup.start(DRIVERS[0]);
    for (method, target, expected) in [
        ("GET", "/items/me", r#"{"at":"/items/me","params":{}}"#),
        ("DELETE", "/items/me", r#"{"at":"/items/me","params":{"id":"me"}}"#),
        ("GET", "/items/a%2Fb/c", r#"{"at":"/items/a%2Fb/c","params":{"id":"a%2Fb","part":"c"}}"#),
        ("GET", "/items/7/", "404"),
        ("GET", "/itemsme", "404"),
        ("GET", "/items/me/", "404"),
        ("GET", "/items//x", "404"),
        ("GET", "/items/a/b/c", "404"),
        ("GET", "/items/../x", r#"{"at":"/items/../x","params":{"id":"..","part":"x"}}"#),
        ("PURGE", "/items/me", "404"),
        ("OPTIONS", "/items/me", "404"),
        ("POST", "/items/me", "404"),
    ] {
        assert_eq!(ask(&running, method, target), expected, "{method} {target}");
    }
}

#[test]
fn a_rest_at_the_root_takes_what_nothing_else_does() {
    let setup = Setup::text(&module(&["GET /", "GET /{*rest}", "GET /users/{id}", "POST /users"]));
    let running = setup.start(DRIVERS[0]);
    for (request, expected) in [
        ("GET /", "GET /"),
        ("GET /users/7", "GET /users/{id}"),
        ("GET /users/7/more", "GET /{*rest}"),
        ("GET /users/", "GET /{*rest}"),
        ("GET /anything//at/all/", "GET /{*rest}"),
        ("POST /users", "POST /users"),
        // The path decides before the method.
        ("GET /users", "405 OPTIONS, POST"),
        ("DELETE /users", "405 OPTIONS, POST"),
        ("POST /other", "405 GET, HEAD, OPTIONS"),
    ] {
        let (method, target) = request.split_once(' ').expect("a method and a target");
        assert_eq!(ask(&running, method, target), expected, "{request}");
    }
}
