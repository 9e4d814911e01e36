//! What users of web frameworks expect, as `features.txt` lists it: every row names a test that exists, or a reason. Rows that no
//! other test covers are covered here.

use std::{collections::BTreeSet, fs, net::IpAddr, num::NonZeroU8, path::Path as FilePath};

use purview_guest::{
    HttpError, Json, Multipart, MultipartError, Path, Query, Request, Response, Schema, delete,
    get, patch, post, put, route,
    testing::{Answer, TestRequest, call},
};
use serde::{Deserialize, Serialize};

#[test]
fn every_row_has_a_test_or_a_reason() {
    let root = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let table = include_str!("features.txt");
    let mut sections = BTreeSet::new();
    let mut missing = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let &[section, expected, tests] = cells.as_slice() else { panic!("three cells: {line}") };
        sections.insert(section.trim_start_matches('!'));
        assert!(!expected.is_empty(), "{line}");
        if let Some(reason) = tests.strip_prefix("-: ") {
            assert!(
                !section.starts_with('!') && reason.len() > 20,
                "a reason, for no defect: {line}"
            );
            continue;
        }
        for test in tests.split("; ") {
            let (file, name) = test.split_once(" :: ").unwrap_or_else(|| panic!("a test: {line}"));
            if !exists(&root.join(file), name) {
                missing.push(format!("{line}\n    there is no `{name}` in {file}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert_eq!(sections.len(), 20, "a section has no row: {sections:?}");
}

/// Whether a file of Rust tests has a test of this name, or one of cases this text.
fn exists(file: &FilePath, name: &str) -> bool {
    let text = fs::read_to_string(file).unwrap_or_default();
    let is_rust = file.extension().is_some_and(|extension| extension == "rs");
    match is_rust && !file.components().any(|part| part.as_os_str() == "ui") {
        true => {
            text.contains(&format!("#[test]\n    fn {name}("))
                || text.contains(&format!("#[test]\nfn {name}("))
        }
        false => text.contains(name),
    }
}

#[derive(Deserialize, Serialize, Schema)]
struct Point {
    x: i32,
    #[serde(default = "one")]
    #[schema(ge = 1, le = 9)]
    y: i32,
}

fn one() -> i32 {
    1
}

type All = (Path<u8>, Query<Point>, Json<Point>);

fn shown((Path(id), Query(query), Json(body)): All) -> String {
    format!("{id} {} {} {} {}", query.x, query.y, body.x, body.y)
}

#[put("/all/{id}")]
fn on_put(id: Path<u8>, query: Query<Point>, body: Json<Point>) -> String {
    shown((id, query, body))
}

#[patch("/all/{id}")]
fn on_patch(id: Path<u8>, query: Query<Point>, body: Json<Point>) -> String {
    shown((id, query, body))
}

#[delete("/all/{id}")]
fn on_delete(id: Path<u8>, query: Query<Point>, body: Json<Point>) -> String {
    shown((id, query, body))
}

#[route("REPORT", "/all/{id}")]
fn on_report(id: Path<u8>, query: Query<Point>, body: Json<Point>) -> String {
    shown((id, query, body))
}

#[test]
fn typed_arguments_go_with_every_method() {
    let request = |method| TestRequest::new(method, "/all/7?x=2&y=3").body(r#"{"x":4}"#);
    for answer in [
        call::<on_put>(request("PUT")),
        call::<on_patch>(request("PATCH")),
        call::<on_delete>(request("DELETE")),
        call::<on_report>(request("REPORT")),
    ] {
        assert_eq!((answer.status(), answer.text()), (200, "7 2 3 4 1"));
    }
}

#[get("/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}")]
fn many(request: &Request) -> String {
    request.params().map(|(name, value)| format!("{name}{value}")).collect()
}

#[test]
fn no_parameter_is_dropped() {
    let path: String = (1..=16).map(|number| format!("/{number}")).collect();
    let answer = call::<many>(TestRequest::get(&path));
    assert_eq!(answer.text(), "a1b2c3d4e5f6g7h8i9j10k11l12m13n14o15p16");
}

#[derive(Deserialize, Schema)]
#[schema(conventions)]
struct Address {
    email: String,
}

#[get("/address")]
fn address(Query(address): Query<Address>) -> String {
    address.email
}

#[test]
fn addresses_in_a_query_are_decoded_first() {
    assert_eq!(call::<address>(TestRequest::get("/address?email=a%40b.co")).text(), "a@b.co");
    assert_eq!(call::<address>(TestRequest::get("/address?email=a%2540b.co")).status(), 422);
}

#[post("/point")]
fn point(Json(point): Json<Point>) -> Json<Point> {
    Json(point)
}

fn post_point(body: &str) -> Answer {
    call::<point>(TestRequest::post("/point").body(body))
}

#[test]
fn defaults_and_constraints_go_together() {
    assert_eq!(post_point(r#"{"x":1}"#).text(), r#"{"x":1,"y":1}"#);
    assert_eq!(post_point(r#"{"x":1,"y":9,"more":true}"#).text(), r#"{"x":1,"y":9}"#);
    assert_eq!(post_point(r#"{"x":1,"y":10}"#).status(), 422);
}

#[test]
fn a_number_in_quotes_is_a_text() {
    let answer = post_point(r#"{"x":"1","y":"2"}"#);
    assert_eq!(answer.status(), 422);
    assert_eq!(answer.text().matches(r#""type":"int_type""#).count(), 2, "{}", answer.text());
}

#[test]
fn mistakes_of_clients_are_not_logged() {
    for body in [r#"{"x":1,"y":10}"#, "{", "", r#"{"x":"password"}"#] {
        let answer = post_point(body);
        assert_eq!((answer.status(), answer.logs()), (422, &[][..]), "{body}");
        assert!(!answer.text().contains("password"), "{}", answer.text());
    }
}

#[derive(Deserialize, Schema)]
struct Typed {
    address: IpAddr,
    count: NonZeroU8,
}

#[get("/typed")]
fn typed(Query(typed): Query<Typed>) -> String {
    format!("{} {}", typed.address, typed.count)
}

#[test]
fn addresses_and_numbers_have_types() {
    let ask = |query: &str| call::<typed>(TestRequest::get(&format!("/typed?{query}")));
    assert_eq!(ask("address=::1&count=7").text(), "::1 7");
    assert_eq!(ask("address=12&count=7").status(), 422);
    assert_eq!(ask("address=::1&count=0").status(), 422);
}

#[get("/error/{detail}")]
fn error(Path(detail): Path<String>) -> Result<(), HttpError> {
    match detail.as_str() {
        "token" => Err(HttpError::unauthorized("no token")),
        "wait" => Err(HttpError::too_many_requests("wait").header("retry-after", "5")),
        _ => Err(HttpError::new(418, detail)),
    }
}

#[test]
fn errors_are_answers() {
    let ask = |path: &str| call::<error>(TestRequest::get(path));
    let answer = ask("/error/token");
    assert_eq!((answer.status(), answer.text()), (401, r#"{"detail":"no token"}"#));
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    let answer = ask("/error/wait");
    assert_eq!((answer.status(), answer.header("retry-after")), (429, Some("5")));
}

#[test]
fn details_are_json_whatever_they_say() {
    #[derive(Deserialize)]
    struct Body {
        detail: String,
    }
    let answer = call::<error>(TestRequest::get("/error/%00%01%1f%22%5c%0a%e2%80%a8"));
    assert_eq!((answer.status(), answer.header("content-type")), (418, Some("application/json")));
    assert_eq!(answer.json::<Body>().detail, "\0\u{1}\u{1f}\"\\\n\u{2028}");
    assert!(answer.body().iter().all(|byte| *byte >= b' '), "{}", answer.text());
}

#[get("/echo/{word}")]
fn echo(request: &Request, Path(word): Path<String>) -> Response {
    let times = request.query_value("times").and_then(|times| times.parse().ok()).unwrap_or(1);
    Response::events(move |events| (0..times).try_for_each(|_| events.data(&word)))
}

#[test]
fn streams_know_their_request() {
    let answer = call::<echo>(TestRequest::get("/echo/hello?times=2"));
    assert_eq!(answer.text(), "data: hello\n\ndata: hello\n\n");
}

#[post("/files")]
fn files(mut form: Multipart<'_>) -> Result<String, MultipartError> {
    let mut names = Vec::new();
    while let Some(part) = form.next()? {
        names.push(format!("{:?} {:?}", part.name(), part.file_name()));
    }
    Ok(names.join("\n"))
}

#[test]
fn names_of_files_keep_what_is_quoted() {
    let body = "--e\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a;b=\\\"c\\\".txt\"\r\n\r\nx\r\n--e--\r\n";
    let request =
        TestRequest::post("/files").header("content-type", "multipart/form-data; boundary=e");
    let answer = call::<files>(request.body(body));
    assert_eq!(answer.text(), r#""f" Some("a;b=\"c\".txt")"#);
}
