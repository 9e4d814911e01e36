//! A handler as a whole, natively: its routes are found as the host finds them, and its world lives on.

use std::time::Duration;

use purview_guest::{
    Depends, HttpError, Path, Request, Response, cache, catch_all, clock, dependency, egress, env,
    get, log, post, random, route, router, routes, sql, testing::TestApp,
};

#[get("/items/{id}")]
fn item(Path(id): Path<String>) -> String {
    format!("item {id}")
}

#[get("/items/me")]
fn me() -> &'static str {
    "me"
}

#[post("/items/{id}")]
fn change() {}

#[route("PURGE", "/items/{id}")]
fn purge() {}

#[get("/files/{*rest}")]
fn files(Path(rest): Path<String>) -> String {
    rest
}

#[router(prefix = "/api")]
mod api {
    use purview_guest::get;

    #[get("/status")]
    pub(super) fn status() -> &'static str {
        "fine"
    }
}

#[test]
fn routes_are_found_as_the_host_finds_them() {
    let app = TestApp::new(routes![item, me, change, purge, files, api::status]);
    let get = |target: &str| app.get(target).send();
    for (target, status, text) in [
        ("/items/me", 200, "me"),
        ("/items/men", 200, "item men"),
        ("/items/a%2Fb?c", 200, "item a/b"),
        ("/files/a/b/", 200, "a/b/"),
        ("/api/status", 200, "fine"),
        ("/itemsme", 404, r#"{"detail":"Not Found"}"#),
        ("/items/", 404, r#"{"detail":"Not Found"}"#),
        ("/items/me/", 404, r#"{"detail":"Not Found"}"#),
        ("/filesx", 404, r#"{"detail":"Not Found"}"#),
        ("/files/", 404, r#"{"detail":"Not Found"}"#),
    ] {
        let answer = get(target);
        assert_eq!((answer.status(), answer.text()), (status, text), "{target}");
    }
    assert_eq!(app.request("PURGE", "/items/1").send().status(), 204);
    let head = app.request("HEAD", "/items/1").send();
    assert_eq!((head.status(), head.text()), (200, ""));
    let wrong = app.delete("/items/1").send();
    assert_eq!(wrong.header("allow"), Some("GET, HEAD, OPTIONS, POST, PURGE"));
    assert_eq!(wrong.status(), 405);
    let options = app.request("OPTIONS", "/api/status").send();
    assert_eq!((options.status(), options.header("allow")), (204, Some("GET, HEAD, OPTIONS")));
    assert_eq!(app.post("/items/me").send().status(), 405, "the path decides before the method");
}

#[catch_all]
fn other(request: &Request) -> Response {
    Response::text(request.path().to_owned()).status(418)
}

#[test]
fn what_no_route_answers_goes_to_the_catch_all() {
    let app = TestApp::new(routes![me, other]);
    assert_eq!(app.get("/items/me").send().status(), 200);
    for (method, target) in [("GET", "/nothing"), ("POST", "/items/me"), ("OPTIONS", "/items/me")] {
        assert_eq!(app.request(method, target).send().status(), 418, "{method} {target}");
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
struct User(String);

#[dependency]
fn current_user() -> Result<User, HttpError> {
    Err(HttpError::unauthorized("nobody"))
}

#[get("/whoami")]
fn whoami(Depends(user): Depends<'_, User>) -> String {
    user.0.clone()
}

#[get("/world")]
fn world() -> Response {
    let count = cache!("visits").incr("all", 1).unwrap_or(-1);
    let name = env!("NAME").unwrap_or_default();
    let rows: Vec<i32> = sql!("numbers", "SELECT 1").many(()).unwrap_or_default();
    let answer = egress!("https://a.example").get("/x").send().wait();
    let status = answer.map_or(0, |answer| answer.status());
    log::info!("visit {count}");
    let (now, random) = (clock::now().as_secs(), {
        let mut byte = [0];
        random::fill(&mut byte);
        byte[0]
    });
    Response::text(format!("{name} {count} {} {status} {now} {random}", rows.len()))
}

#[test]
fn the_world_lives_on_from_request_to_request() {
    let app = TestApp::new(routes![world, whoami])
        .env("NAME", "Ada")
        .now(Duration::from_secs(100))
        .seed(7)
        .database(|name, _| {
            assert_eq!(name, "numbers");
            r#"{"ok":true,"rows":[],"rowsAffected":0,"lastInsertRowId":0}"#.to_owned()
        })
        .upstream(|origin, request| {
            assert_eq!((origin, &*request.target), ("https://a.example", "/x"));
            Ok(egress::Answer::new(204))
        });
    let first = app.get("/world").send();
    assert!(first.text().starts_with("Ada 1 0 204 100 "), "{}", first.text());
    assert_eq!(first.logs().len(), 1);
    app.pass(Duration::from_secs(5));
    let second = app.get("/world").send();
    assert!(second.text().starts_with("Ada 2 0 204 105 "), "{}", second.text());
    assert_ne!(first.text().rsplit(' ').next(), second.text().rsplit(' ').next());
    assert_eq!(app.get("/whoami").send().status(), 401);
    let replaced = TestApp::new(routes![whoami]).replace(|| User("test".to_owned()));
    assert_eq!(replaced.get("/whoami").send().text(), "test");
    assert_eq!(replaced.get("/whoami").send().text(), "test");
}

#[get("/items/{name}")]
fn item_by_name() {}

#[test]
#[should_panic(expected = "`GET /items/{name}` at guest-sdk/tests/app.rs:")]
fn routes_for_the_same_requests_are_named_with_their_places() {
    let _ = TestApp::new(routes![item, me, item_by_name]);
}

purview_guest::static_files!("/static", "public", tags("files"));

#[router(prefix = "/pages", middleware(marked))]
mod pages {
    purview_guest::static_files!("/", "site", index);
}

fn marked(request: &Request, next: purview_guest::Next<'_>) -> Response {
    next.run(request).header("x-router", "pages")
}

#[test]
fn a_folder_is_served_in_one_line() {
    let folder = concat!(std::env!("CARGO_MANIFEST_DIR"), "/../examples/files-rust/static");
    let app = TestApp::new(routes![
        static_public,
        pages::static_site,
        pages::static_site_index,
        pages::static_site_slash,
    ])
    .folder("public", folder)
    .folder("site", folder);
    let get = |target: &str| app.get(target).send();
    assert_eq!(get("/static/docs/notes.txt").text(), "one\ntwo\nthree\n");
    assert_eq!(get("/static/docs%2Fnotes.txt").status(), 200);
    for nothing in ["/static", "/static/", "/static/docs", "/static/../Cargo.toml", "/staticx"] {
        assert_eq!(get(nothing).status(), 404, "{nothing}");
    }
    let html = Some("text/html; charset=utf-8");
    assert_eq!((get("/pages/").status(), get("/pages/").header("content-type")), (200, html));
    assert_eq!(get("/pages/docs/notes.txt").header("x-router"), Some("pages"));
    assert_eq!(get("/pages/nothing").header("x-router"), Some("pages"));
    let slash = get("/pages");
    assert_eq!((slash.status(), slash.header("location")), (307, Some("pages/")));
    assert_eq!(app.post("/static/docs/notes.txt").send().status(), 405);
}
