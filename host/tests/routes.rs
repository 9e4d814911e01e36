//! Proven routes are names: a handler that exports them answers every request with the same bytes as one that only exports a
//! catch-all, alone and beside other handlers; the contract shows them.

mod support;

use std::{fs, path::Path};

use purview::{contract, load::LoadOptions, script};
use support::{DRIVERS, Setup};

const PROGRAM: &str = r#"import { routerMatch } from "purview:router";
const show = (request: Request, params: Record<string, string>): Response =>
  Response.json({ method: request.method, path: request.path, query: request.query, params });
const table = { "GET /users/:id": show, "PUT /users/:id/name": show };
export default function handler(request: Request): Response {
  const { method, path } = request;
  if (path === "/any") { return Response.text(`any ${method}`); }
  if (method === "GET" && path === "/get") { return Response.text("get"); }
  if (method === "OPTIONS" && path === "/options") { return Response.text("", { status: 204, headers: { allow: "OPTIONS" } }); }
  const found = routerMatch(table, request);
  if (found !== undefined) { return found.handler(request, found.params); }
  return Response.text(`nothing for ${method} ${path}`, { status: 404 });
}
"#;

const OTHER: &str = "export function handler(request: Request): Response { return Response.text(`other ${request.path}`); }\n";

const EXPECTED: [&str; 6] =
    ["* *", "* /any", "GET /get", "GET /users/{id}", "OPTIONS /options", "PUT /users/{id}/name"];

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("files can be written");
}

#[test]
fn the_contract_shows_them() {
    let wasm = script::compile_text(PROGRAM, js_to_wasm::Options::default()).unwrap();
    let contract = contract::extract(&wasm).unwrap();
    let mut routes: Vec<String> = contract
        .document
        .routes
        .iter()
        .map(|route| format!("{} {}", route.method, route.pattern))
        .collect();
    routes.sort();
    assert_eq!(routes, EXPECTED);
    assert_eq!(contract.of_catch_all.len(), EXPECTED.len() - 1);
    let wasm = script::compile_text(
        PROGRAM,
        js_to_wasm::Options { routes: false, ..js_to_wasm::Options::default() },
    )
    .unwrap();
    assert_eq!(contract::extract(&wasm).unwrap().document.routes.len(), 1);
}

/// Every answer, without its date.
fn answers(load: &LoadOptions, driver: purview::socket::DriverKind) -> Vec<String> {
    let running = Setup { load: load.clone(), workers: 1, ..Setup::default() }.start(driver);
    let mut answers = Vec::new();
    for method in ["GET", "HEAD", "POST", "PUT", "OPTIONS", "get"] {
        for path in [
            "/",
            "/any",
            "/any/",
            "/get",
            "/get?a=b",
            "/options",
            "/users/7",
            "/users/",
            "/users/a%2Fb",
            "/users/7/name",
            "/users/7/other",
            "/mounted",
            "/mounted/get",
            "/mounted/users/7",
            "/nothing",
            "*",
        ] {
            let request =
                format!("{method} {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            let answer = running.exchange(request.as_bytes());
            let kept = answer.lines().filter(|line| !line.starts_with("date: "));
            answers.push(format!("{method} {path}\n{}", kept.collect::<Vec<_>>().join("\n")));
        }
    }
    answers
}

#[test]
fn every_answer_has_the_same_bytes_without_them() {
    let folder = tempfile::tempdir().expect("there is room for files");
    write(folder.path(), "a.ts", PROGRAM);
    write(folder.path(), "b.ts", OTHER);
    let policy = r#"{ "handlers": {
        "a": { "module": "a.ts" },
        "b": { "module": "b.ts", "mount": "/users" },
        "c": { "module": "a2.ts", "mount": "/mounted" } } }"#;
    write(folder.path(), "a2.ts", PROGRAM);
    write(folder.path(), "policy.json", policy);
    let alone = LoadOptions { modules: vec![folder.path().join("a.ts")], ..LoadOptions::default() };
    let several =
        LoadOptions { policy: Some(folder.path().join("policy.json")), ..LoadOptions::default() };
    for driver in DRIVERS {
        for load in [&alone, &several] {
            let without = LoadOptions {
                compiler: js_to_wasm::Options { routes: false, ..js_to_wasm::Options::default() },
                ..load.clone()
            };
            let (with, without) = (answers(load, *driver), answers(&without, *driver));
            assert_eq!(with, without);
            assert!(with.iter().any(|answer| answer.contains("nothing for POST /get")), "{with:?}");
        }
    }
}
