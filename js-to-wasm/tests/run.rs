//! Compiled programs do what the language says: each case is a program and what it answers.

mod common;

use common::{Answer, Request, compile};

/// The body that `handler` answers to `GET /`.
fn body(program: &str) -> String {
    match compile(&[("handler.tsx", program)]) {
        Ok(program) => match program.answer(&Request::get("/")) {
            Ok(answer) => answer.body,
            Err(fault) => format!("fault: {fault}"),
        },
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

/// The JSON of an expression.
fn value(expression: &str) -> String {
    body(&format!("function handler(req) {{ return Response.json({expression}); }}"))
}

#[test]
fn hello() {
    let program =
        compile(&[("hello.js", "function handler(req) { return Response.json({hello:'world'}) }")])
            .unwrap();
    let answer = program.answer(&Request::get("/")).unwrap();
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    assert_eq!(answer, Answer { status: 200, headers, body: r#"{"hello":"world"}"#.to_owned() });
    assert!(program.wasm.len() <= 40 * 1024, "{} bytes", program.wasm.len());
}

#[test]
fn expressions() {
    assert_eq!(
        value("[1 + 2, 'a' + 1, 7 % 3, 2 ** 10, 5 & 3, -1 >>> 28, ~5]"),
        "[3,\"a1\",1,1024,1,15,-6]"
    );
}
