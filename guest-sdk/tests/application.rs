//! What a whole crate shares: every route has it, also those of routers, of folders, and the one for whatever is not there.

purview_guest::app!(middleware(outermost, self::guarded), tags("all"));

use purview_guest::{
    HttpError, Next, Request, Response, Route, catch_all, document::Fragment, get, routes,
    static_files, testing::TestApp,
};

static_files!("/static", "public");

mod inner {
    use purview_guest::router;

    #[router(prefix = "/inner", tags("inner"), middleware(own))]
    pub(super) mod routes {
        use purview_guest::get;

        #[get("/a", middleware(innermost))]
        pub(crate) fn a() -> &'static str {
            "a"
        }

        fn innermost(request: &super::Request, next: super::Next<'_>) -> super::Response {
            next.run(request).header("x-order", "innermost")
        }
    }

    fn own(request: &Request, next: Next<'_>) -> Response {
        next.run(request).header("x-order", "own")
    }

    use purview_guest::{Next, Request, Response};
}

#[get("/plain")]
fn plain() -> &'static str {
    "plain"
}

#[catch_all]
fn nothing() -> HttpError {
    HttpError::not_found("nothing here")
}

fn outermost(request: &Request, next: Next<'_>) -> Response {
    next.run(request).header("x-order", "outermost")
}

fn guarded(request: &Request, next: Next<'_>) -> Result<Response, HttpError> {
    match request.header("x-key") {
        Some(_) => Ok(next.run(request)),
        None => Err(HttpError::forbidden("no key")),
    }
}

#[test]
fn every_route_of_a_crate_has_what_the_crate_shares() {
    let folder = concat!(std::env!("CARGO_MANIFEST_DIR"), "/../examples/files-rust/static");
    let app = TestApp::new(routes![plain, inner::routes::a, nothing, static_public])
        .folder("public", folder);
    let order = |target: &str| {
        let answer = app.get(target).header("x-key", "k").send();
        let fields = answer.response().fields().filter(|(name, _)| *name == "x-order");
        let order: Vec<String> = fields.map(|(_, value)| value.to_owned()).collect();
        (answer.status(), order.join(" "))
    };
    assert_eq!(order("/plain"), (200, "outermost".into()));
    assert_eq!(order("/inner/a"), (200, "innermost own outermost".into()));
    assert_eq!(order("/nothing"), (404, "outermost".into()));
    assert_eq!(order("/static/docs/notes.txt"), (200, "outermost".into()));
    for target in ["/plain", "/inner/a", "/nothing", "/static/docs/notes.txt"] {
        let refused = app.get(target).send();
        assert_eq!((refused.status(), refused.header("x-order")), (403, Some("outermost")));
    }
}

#[test]
fn tags_of_the_crate_come_first() {
    const ROUTE: Fragment = <inner::routes::a as Route>::DOCUMENT;
    const BYTES: [u8; ROUTE.length()] = ROUTE.bytes();
    let text = String::from_utf8_lossy(&BYTES);
    assert!(text.contains(r#""tags":["all","inner"]"#), "{text}");
}
