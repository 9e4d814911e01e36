//! Handlers on the machine of who writes them: called through their routes, against a host that the test sets.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{collections::BTreeMap, io::Write, time::Duration};

use purview_guest::{
    FromRequest, Json, Path, Query, Rejection, Request, Response, Schema, any, catch_all, clock,
    delete, env, env_any, get, head, log, options, patch, post, put, random, route,
    testing::{Answer, TestRequest, call},
};
use serde::{Deserialize, Serialize};

fn text(answer: &Answer) -> (u16, &str) {
    (answer.status(), answer.text())
}

#[get("/")]
fn index() -> &'static str {
    "index"
}

#[put("/m")]
fn on_put() {}

#[patch("/m")]
fn on_patch() -> (u16, String) {
    (202, "patched".into())
}

#[delete("/m/{id}")]
pub(crate) fn on_delete(Path(id): Path<u8>) -> Option<String> {
    (id < 10).then(|| format!("deleted {id}"))
}

#[head("/m")]
fn on_head() -> Response {
    Response::new(200).header("x-length", "7")
}

#[options("/m")]
fn on_options() -> Response {
    Response::new(204).header("allow", "PUT, PATCH")
}

#[route("PURGE", "/cache/{*rest}")]
fn purge(request: &Request) -> String {
    format!("purged {}", request.param("rest").unwrap_or_default())
}

#[any("/any")]
fn on_any(request: &Request) -> String {
    request.method().to_owned()
}

#[catch_all]
fn otherwise(request: &Request) -> (u16, String) {
    (404, format!("nothing at {}", request.path()))
}

/// Handlers may have any name.
mod names {
    use super::{Path, get};

    #[get("/request/{value}")]
    pub(super) fn request(Path(value): Path<String>) -> String {
        value
    }

    #[get("/value/{request}")]
    pub(super) fn value(Path(request): Path<String>) -> String {
        request
    }

    #[get("/argument/{route}")]
    pub(super) fn argument_0(Path(route): Path<String>) -> String {
        route
    }

    #[get("/route/{rejection}")]
    pub(super) fn route(Path(rejection): Path<String>) -> String {
        rejection
    }
}

#[test]
fn handlers_may_have_any_name() {
    assert_eq!(text(&call::<names::request>(TestRequest::get("/request/a"))), (200, "a"));
    assert_eq!(text(&call::<names::value>(TestRequest::get("/value/b"))), (200, "b"));
    assert_eq!(text(&call::<names::argument_0>(TestRequest::get("/argument/c"))), (200, "c"));
    assert_eq!(text(&call::<names::route>(TestRequest::get("/route/d"))), (200, "d"));
}

#[test]
fn every_attribute_makes_a_route() {
    assert_eq!(text(&call::<index>(TestRequest::get("/"))), (200, "index"));
    assert_eq!(call::<on_put>(TestRequest::new("PUT", "/m")).status(), 204);
    assert_eq!(text(&call::<on_patch>(TestRequest::new("PATCH", "/m"))), (202, "patched"));
    assert_eq!(text(&call::<on_delete>(TestRequest::new("DELETE", "/m/7"))), (200, "deleted 7"));
    assert_eq!(
        text(&call::<on_delete>(TestRequest::new("DELETE", "/m/70"))),
        (404, r#"{"detail":"Not Found"}"#)
    );
    assert_eq!(call::<on_head>(TestRequest::new("HEAD", "/m")).header("X-Length"), Some("7"));
    assert_eq!(
        call::<on_options>(TestRequest::new("OPTIONS", "/m")).header("allow"),
        Some("PUT, PATCH")
    );
    assert_eq!(text(&call::<purge>(TestRequest::new("PURGE", "/cache/a/b"))), (200, "purged a/b"));
    assert_eq!(text(&call::<on_any>(TestRequest::new("BREW", "/any"))), (200, "BREW"));
    assert_eq!(text(&call::<otherwise>(TestRequest::get("/x/y?z"))), (404, "nothing at /x/y"));
    // The function stays a plain function.
    assert_eq!(index(), "index");
}

#[test]
#[should_panic = "`GET /` does not answer /other"]
fn a_request_for_another_path_does_not_reach_the_handler() {
    call::<index>(TestRequest::get("/other"));
}

#[test]
#[should_panic = "`GET /` does not answer POST"]
fn a_request_with_another_method_does_not_reach_the_handler() {
    call::<index>(TestRequest::post("/"));
}

#[get("/files/{folder}/{*path}")]
fn show(request: &Request) -> Json<BTreeMap<&'static str, String>> {
    let list = |pairs: Vec<(String, String)>| format!("{pairs:?}");
    Json(BTreeMap::from([
        ("method", request.method().to_owned()),
        ("path", request.path().to_owned()),
        ("query", format!("{:?}", request.query())),
        ("pairs", list(request.query_pairs().map(|(k, v)| (k.into(), v.into())).collect())),
        ("params", list(request.params().map(|(k, v)| (k.into(), v.into())).collect())),
        ("folder", request.param("folder").unwrap().into_owned()),
        ("none", format!("{:?}", request.param("file"))),
        ("last", format!("{:?}", request.query_value("a"))),
        ("accept", format!("{:?}", request.header_all("ACCEPT").collect::<Vec<_>>())),
        ("first", format!("{:?}", request.header("Accept"))),
        ("names", format!("{:?}", request.headers().map(|(name, _)| name).collect::<Vec<_>>())),
        ("body", request.text().unwrap().to_owned()),
        ("peer", request.peer().to_owned()),
    ]))
}

#[test]
fn a_request_is_read_in_full() {
    let request = TestRequest::get("/files/a%20b/c/d%2Fe?a=1&b=x+y&a=%E2%82%AC")
        .header("Accept", "text/html")
        .header("X-Other", "1")
        .header("accept", "*/*")
        .body("hello");
    let seen: BTreeMap<String, String> = call::<show>(request).json();
    for (key, value) in [
        ("method", "GET"),
        ("path", "/files/a%20b/c/d%2Fe"),
        ("query", "Some(\"a=1&b=x+y&a=%E2%82%AC\")"),
        ("pairs", "[(\"a\", \"1\"), (\"b\", \"x y\"), (\"a\", \"€\")]"),
        ("params", "[(\"folder\", \"a b\"), (\"path\", \"c/d/e\")]"),
        ("folder", "a b"),
        ("none", "None"),
        ("last", "Some(\"€\")"),
        ("accept", "[\"text/html\", \"*/*\"]"),
        ("first", "Some(\"text/html\")"),
        ("names", "[\"accept\", \"x-other\", \"accept\"]"),
        ("body", "hello"),
        ("peer", "127.0.0.1"),
    ] {
        assert_eq!(seen[key], value, "{key}");
    }
    let seen: BTreeMap<String, String> = call::<show>(TestRequest::get("/files/a/b")).json();
    assert_eq!(seen["query"], "None");
}

#[derive(Debug, Deserialize, Serialize, Schema)]
struct Point {
    x: i32,
    y: i32,
}

#[post("/points/{layer}/{index}")]
fn typed(
    Path((layer, index)): Path<(String, usize)>,
    Query(options): Query<BTreeMap<String, bool>>,
    Json(point): Json<Point>,
) -> Result<Json<Point>, (u16, String)> {
    if options.get("flip").copied().unwrap_or_default() {
        return Ok(Json(Point { x: point.y, y: point.x }));
    }
    Err((409, format!("{layer}.{index}: {point:?}")))
}

#[test]
fn arguments_have_types() {
    let point = Point { x: 1, y: 2 };
    let answer = call::<typed>(TestRequest::post("/points/top/3?flip=true").json(&point));
    assert_eq!(text(&answer), (200, r#"{"x":2,"y":1}"#));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let answer = call::<typed>(TestRequest::post("/points/top/3").json(&point));
    assert_eq!(text(&answer), (409, "top.3: Point { x: 1, y: 2 }"));
}

#[test]
fn requests_without_the_arguments_are_told_everything() {
    let post = |target: &str, body: &str| {
        let answer = call::<typed>(TestRequest::post(target).body(body));
        format!("{} {}", answer.status(), answer.text())
    };
    for (answer, expected) in [
        (
            post("/points/top/x?flip=maybe", r#"{"x":1.5}"#),
            concat!(
                r#"422 {"detail":[{"loc":["path","index"],"msg":"Input should be a valid integer, unable to parse string as an integer","type":"int_parsing"},"#,
                r#"{"loc":["query","flip"],"msg":"Input should be a valid boolean, unable to interpret input","type":"bool_parsing"},"#,
                r#"{"loc":["body","x"],"msg":"Input should be a valid integer, got a number with a fractional part","type":"int_from_float"},"#,
                r#"{"loc":["body","y"],"msg":"Field required","type":"missing"}]}"#
            ),
        ),
        (
            post("/points/top/3", ""),
            r#"422 {"detail":[{"loc":["body"],"msg":"Field required","type":"missing"}]}"#,
        ),
        (
            post("/points/top/3", "{\n \"x\" 1}"),
            r#"422 {"detail":[{"loc":["body",7],"msg":"JSON decode error: expected `:`","type":"json_invalid"}]}"#,
        ),
        (
            post("/points/top/3", r#"{"x":1,"x":2,"y":3}"#),
            r#"422 {"detail":[{"loc":["body"],"msg":"Value error, duplicate field `x` at line 1 column 10","type":"value_error"}]}"#,
        ),
    ] {
        assert_eq!(answer, expected);
    }
}

#[test]
fn bodies_of_another_kind_are_refused() {
    let post = |kind: &str| {
        let request = TestRequest::post("/points/top/3?flip=true").header("content-type", kind);
        call::<typed>(request.body(r#"{"x":1,"y":2}"#)).status()
    };
    for kind in ["application/json", "Application/JSON; charset=utf-8", "application/vnd.api+json"]
    {
        assert_eq!(post(kind), 200, "{kind}");
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "", "json", "application/jsonp"]
    {
        assert_eq!(post(kind), 415, "{kind}");
    }
}

/// A token that an application takes in its own way.
struct Token(String);

impl FromRequest<'_> for Token {
    fn from_request(request: &Request) -> Result<Self, Rejection> {
        let value = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        value.map(|value| Self(value.to_owned())).ok_or_else(|| Rejection::new(401, "who are you?"))
    }
}

#[get("/me")]
fn me(token: Token) -> String {
    token.0
}

#[get("/maybe")]
fn maybe(token: Option<Token>, request: Request) -> String {
    format!("{} {}", request.path(), token.map_or("nobody".into(), |token| token.0))
}

#[test]
fn an_application_adds_its_own_arguments() {
    let request = || TestRequest::get("/me").header("Authorization", "Bearer abc");
    assert_eq!(text(&call::<me>(request())), (200, "abc"));
    assert_eq!(text(&call::<me>(TestRequest::get("/me"))), (401, r#"{"detail":"who are you?"}"#));
    assert_eq!(text(&call::<maybe>(TestRequest::get("/maybe"))), (200, "/maybe nobody"));
}

#[get("/world")]
fn world() -> String {
    log::debug!("plain");
    log::error!("{}", 1 + 1);
    let mut bytes = [0; 3];
    random::fill(&mut bytes);
    let (here, other) = (env!("HERE"), env_any("OTHER"));
    format!("{here:?} {other:?} {} {bytes:?} {}", clock::now().as_secs(), random::number())
}

#[test]
fn the_world_is_what_the_test_sets() {
    let request =
        || TestRequest::get("/world").env("HERE", "yes").now(Duration::from_secs(5)).seed(1);
    let answer = call::<world>(request());
    assert!(answer.text().starts_with("Some(\"yes\") None 5 ["), "{}", answer.text());
    assert_eq!(
        answer.logs(),
        [(log::Level::Debug, "plain".to_owned()), (log::Level::Error, "2".to_owned())]
    );
    assert_eq!(call::<world>(request()).text(), answer.text());
    // Nothing stays from one call to the next.
    assert!(call::<world>(TestRequest::get("/world")).text().starts_with("None None 0 ["));
}

#[get("/count/{to}")]
fn count(Path(to): Path<u32>) -> Response {
    let response = Response::stream("text/plain", move |body| {
        (0..to).try_for_each(|number| writeln!(body, "{number}"))
    });
    response.header("x-to", to.to_string())
}

#[test]
fn a_stream_is_collected() {
    let answer = call::<count>(TestRequest::get("/count/5000"));
    assert_eq!(
        (answer.header("content-type"), answer.header("x-to")),
        (Some("text/plain"), Some("5000"))
    );
    let expected: String = (0..5000).map(|number| format!("{number}\n")).collect();
    assert_eq!(answer.text(), expected);
}
