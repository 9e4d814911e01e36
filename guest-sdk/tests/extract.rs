//! What handlers take, and what clients are told when it is not there.

use std::{cell::Cell, io::Read};

use purview_guest::{
    ApiKey, Basic, Bearer, Body, BodyReader, BodyText, Cookie, Cookies, Depends, Form, Header,
    HttpError, Json, Next, Path, Query, Rejection, Request, Response, Schema, State, catch_all,
    dependency, get, log, post, router,
    testing::{Answer, TestRequest, call},
};
use serde::{Deserialize, Serialize};

fn text(answer: &Answer) -> (u16, &str) {
    (answer.status(), answer.text())
}

/// The kinds and places of what is wrong.
fn wrong(answer: &Answer) -> String {
    #[derive(Deserialize)]
    struct Body {
        detail: Vec<Problem>,
    }
    #[derive(Deserialize)]
    struct Problem {
        loc: Vec<serde_json::Value>,
        msg: String,
        r#type: String,
    }
    assert_eq!(answer.status(), 422, "{}", answer.text());
    let body: Body = answer.json();
    let line = |problem: &Problem| {
        let loc: Vec<_> =
            problem.loc.iter().map(|step| step.to_string().replace('"', "")).collect();
        format!("{} {}: {}", loc.join("."), problem.r#type, problem.msg)
    };
    body.detail.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[derive(Deserialize, Serialize, Schema)]
struct Agent {
    user_agent: String,
    #[serde(default)]
    x_tag: Vec<String>,
    #[serde(rename = "x-count")]
    count: Option<u8>,
}

#[get("/agent")]
fn agent(Header(agent): Header<Agent>) -> Json<Agent> {
    Json(agent)
}

#[test]
fn header_fields_become_a_struct() {
    let request = TestRequest::get("/agent")
        .header("User-Agent", "curl")
        .header("X-Tag", "a")
        .header("x-tag", "b")
        .header("accept", "*/*")
        .header("X-Count", "7");
    let expected = r#"{"user_agent":"curl","x_tag":["a","b"],"x-count":7}"#;
    assert_eq!(text(&call::<agent>(request)), (200, expected));
    assert_eq!(
        wrong(&call::<agent>(TestRequest::get("/agent").header("x-count", "700"))),
        "header.user-agent missing: Field required\n\
         header.x-count less_than_equal: Input should be less than or equal to 255"
    );
}

#[derive(Deserialize, Schema)]
struct Login {
    name: String,
    #[serde(default)]
    remember: bool,
    ids: Vec<u32>,
}

#[post("/login")]
fn login(Form(form): Form<Login>) -> String {
    format!("{} {} {:?}", form.name, form.remember, form.ids)
}

#[test]
fn forms_are_decoded() {
    let post = |body: &str| {
        let kind = "application/x-www-form-urlencoded; charset=utf-8";
        call::<login>(TestRequest::post("/login").header("content-type", kind).body(body))
    };
    assert_eq!(text(&post("name=a+b%20c%26&remember=on&ids=1&ids=2")), (200, "a b c& true [1, 2]"));
    assert_eq!(
        wrong(&post("remember=x&ids=1&ids=z")),
        "body.name missing: Field required\n\
         body.remember bool_parsing: Input should be a valid boolean, unable to interpret input\n\
         body.ids.1 int_parsing: Input should be a valid integer, unable to parse string as an integer"
    );
    let request = TestRequest::post("/login").header("content-type", "application/json");
    assert_eq!(call::<login>(request.body("{}")).status(), 415);
}

#[derive(Deserialize, Schema)]
struct Session {
    sid: String,
    theme: Option<String>,
}

#[get("/cookies")]
fn cookies(Cookie(session): Cookie<Session>, all: Cookies<'_>) -> String {
    let names: Vec<_> = all.iter().map(|(name, _)| name).collect();
    format!("{} {:?} {names:?} {:?}", session.sid, session.theme, all.get("b"))
}

#[test]
fn cookies_of_all_lines_are_read() {
    let request = TestRequest::get("/cookies")
        .header("cookie", "a=1; sid=\"x=y\" ;; broken; =no")
        .header("Cookie", "b= 2 ;sid=later");
    let expected = r#"later None ["a", "sid", "b", "sid"] Some("2")"#;
    assert_eq!(text(&call::<cookies>(request)), (200, expected));
    assert_eq!(
        wrong(&call::<cookies>(TestRequest::get("/cookies"))),
        "cookie.sid missing: Field required"
    );
}

#[derive(ApiKey)]
#[api_key(header = "x-api-key")]
struct HeaderKey(String);

#[derive(ApiKey)]
#[api_key(query = "key")]
struct QueryKey(String);

#[derive(ApiKey)]
#[api_key(cookie = "key")]
struct CookieKey(String);

#[get("/bearer")]
fn bearer(Bearer(token): Bearer<'_>, Query(page): Query<Page>) -> String {
    format!("{token} {}", page.page)
}

#[get("/basic")]
fn basic(user: Basic) -> String {
    format!("{}/{}", user.username, user.password)
}

#[get("/keys")]
fn keys(a: Option<HeaderKey>, b: Option<QueryKey>, c: Option<CookieKey>) -> String {
    format!("{:?} {:?} {:?}", a.map(|k| k.0), b.map(|k| k.0), c.map(|k| k.0))
}

#[get("/key")]
fn key(HeaderKey(key): HeaderKey) -> String {
    key
}

#[derive(Deserialize, Schema)]
struct Page {
    #[schema(ge = 1)]
    page: u32,
}

#[test]
fn who_asks_is_told_to_handlers_before_anything_else_is_said() {
    let with = |value: &str| {
        call::<bearer>(TestRequest::get("/bearer?page=2").header("authorization", value))
    };
    assert_eq!(text(&with("Bearer abc.d-e_f==")), (200, "abc.d-e_f== 2"));
    assert_eq!(text(&with("bEARER  abc")), (200, "abc 2"));
    for value in ["", "Bearer", "Bearer ", "Basic abc", "Bearer a b", "Bearer a\"b", "Bearerabc"] {
        let answer = with(value);
        assert_eq!(text(&answer), (401, r#"{"detail":"Not authenticated"}"#), "{value}");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
    // A client that is not known does not learn what its parameters lack.
    assert_eq!(call::<bearer>(TestRequest::get("/bearer?page=x")).status(), 401);

    let with =
        |value: &str| call::<basic>(TestRequest::get("/basic").header("authorization", value));
    assert_eq!(text(&with("Basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==")), (200, "Aladdin/open:sesame"));
    assert_eq!(text(&with("basic dMOkc3Q6")), (200, "täst/"));
    for value in
        ["Basic", "Basic !!!!", "Basic QWxhZGRpbg==", "Basic /w==", "Basic YQo6Yg==", "Bearer YTpi"]
    {
        assert_eq!(with(value).status(), 401, "{value}");
    }
}

#[test]
fn keys_stand_in_a_header_a_query_or_a_cookie() {
    let request =
        TestRequest::get("/keys?key=b%20c").header("X-API-Key", "a").header("cookie", "key=c");
    assert_eq!(text(&call::<keys>(request)), (200, r#"Some("a") Some("b c") Some("c")"#));
    assert_eq!(text(&call::<keys>(TestRequest::get("/keys?key="))), (200, "None None None"));
    assert_eq!(call::<key>(TestRequest::get("/key")).status(), 401);
}

#[post("/raw")]
fn raw(Body(body): Body<'_>) -> Vec<u8> {
    body.iter().rev().copied().collect()
}

#[post("/text")]
fn as_text(BodyText(body): BodyText<'_>, page: Result<Query<Page>, Rejection>) -> String {
    format!("{body} {}", page.is_ok())
}

#[test]
fn bodies_are_taken_as_they_are() {
    assert_eq!(call::<raw>(TestRequest::post("/raw").body([255, 0, 1])).body(), [1, 0, 255]);
    assert_eq!(
        text(&call::<as_text>(TestRequest::post("/text?page=1").body("ä"))),
        (200, "ä true")
    );
    assert_eq!(
        wrong(&call::<as_text>(TestRequest::post("/text").body([255]))),
        "body string_unicode: Input should be a valid string, unable to parse raw data as a unicode string"
    );
}

/// Somebody who signs up.
#[derive(Deserialize, Schema)]
#[schema(conventions)]
struct NewUser {
    #[schema(min_length = 2, max_length = 5)]
    name: String,
    email: Option<String>,
    title_ne: String,
    work_email: String,
    #[schema(ge = 18, lt = 120)]
    age: Option<i8>,
    #[schema(gt = 0, le = 1.5, multiple_of = 0.5)]
    ratio: f64,
    #[schema(pattern = "^[a-z]+(-[a-z]+)*$")]
    slug: String,
    #[schema(url)]
    site: Option<String>,
    #[schema(min_items = 1, max_items = 2, each(max_length = 3))]
    tags: Vec<String>,
    address: Address,
    #[serde(default)]
    others: Vec<Address>,
}

#[derive(Deserialize, Schema)]
#[serde(rename_all = "camelCase")]
struct Address {
    #[schema(min_length = 1)]
    street_name: String,
}

#[post("/users")]
fn create(Json(user): Json<NewUser>) -> String {
    let email = user.email.or(Some(user.work_email));
    let sum = user.title_ne.len() + user.slug.len() + user.tags.len() + user.others.len();
    format!(
        "{} {email:?} {:?} {} {:?} {} {sum}",
        user.name, user.age, user.ratio, user.site, user.address.street_name
    )
}

#[test]
fn constraints_hold() {
    let post = |body: &str| call::<create>(TestRequest::post("/users").body(body));
    let good = r#"{"name":"Ada","email":null,"title_ne":"x","work_email":"a@b.co","age":18,"ratio":1.5,"slug":"a-b",
        "site":"https://example.com/x","tags":["abc"],"address":{"streetName":"s"}}"#;
    assert_eq!(
        text(&post(good)),
        (200, r#"Ada Some("a@b.co") Some(18) 1.5 Some("https://example.com/x") s 5"#)
    );
    let bad = r#"{"name":"A","email":"a@b","title_ne":"","work_email":"a@b@c.co","age":120,"ratio":1.7,"slug":"a--b",
        "site":"x","tags":["abcd","b","cdef"],"address":{"streetName":""},"others":[{"streetName":"a"},{"streetName":""}]}"#;
    assert_eq!(
        wrong(&post(bad)),
        "body.name string_too_short: String should have at least 2 characters\n\
         body.email value_error: value is not a valid email address: The part after the @-sign is not valid. It should have a period.\n\
         body.title_ne string_too_short: String should have at least 1 character\n\
         body.work_email value_error: value is not a valid email address: The part before the @-sign contains invalid characters.\n\
         body.age less_than: Input should be less than 120\n\
         body.ratio less_than_equal: Input should be less than or equal to 1.5\n\
         body.slug string_pattern_mismatch: String should match pattern '^[a-z]+(-[a-z]+)*$'\n\
         body.site url_parsing: Input should be a valid URL, relative URL without a base\n\
         body.tags too_long: List should have at most 2 items after validation, not 3\n\
         body.address.streetName string_too_short: String should have at least 1 character\n\
         body.others.1.streetName string_too_short: String should have at least 1 character"
    );
    // Constraints and types together, in one answer.
    let mixed = r#"{"name":"A","title_ne":7,"work_email":"a@b.co","ratio":"x","slug":"a","tags":[],"address":{}}"#;
    assert_eq!(
        wrong(&post(mixed)),
        "body.title_ne string_type: Input should be a valid string\n\
         body.ratio float_type: Input should be a valid number\n\
         body.address.streetName missing: Field required\n\
         body.name string_too_short: String should have at least 2 characters\n\
         body.tags too_short: List should have at least 1 item after validation, not 0"
    );
}

fn outer(request: &Request, next: Next<'_>) -> Response {
    next.run(request).header("x-order", "outer")
}

fn stop(request: &Request, next: Next<'_>) -> Result<Response, (u16, &'static str)> {
    if request.header("x-stop").is_some() {
        return Err((418, "stopped"));
    }
    Ok(next.run(request).header("x-order", "stop"))
}

#[router(prefix = "/api", tags("api"), middleware(outer))]
mod api {
    use purview_guest::{Next, Path, Request, Response, any, get, router};

    use super::stop;

    fn own(request: &Request, next: Next<'_>) -> Response {
        next.run(request).header("x-order", "own")
    }

    #[get("/")]
    pub(super) fn root() -> &'static str {
        "root"
    }

    #[router(prefix = "/v1/{tenant}", tags("v1"), middleware(stop))]
    pub(super) mod v1 {
        use super::{Path, get, own};

        #[get("/users/{id}", middleware(own, super::super::outer), status = 202)]
        pub(in super::super) fn show(Path((tenant, id)): Path<(String, u32)>) -> String {
            format!("{tenant} {id}")
        }
    }

    #[any("/{*rest}")]
    pub(super) fn missing(Path(rest): Path<String>) -> (u16, String) {
        (404, format!("no {rest}"))
    }
}

#[test]
fn routers_hand_on_prefix_and_middleware_in_order() {
    let order = |answer: &Answer| {
        let fields = answer.response().fields().filter(|(name, _)| *name == "x-order");
        fields.map(|(_, value)| value.to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(text(&call::<api::root>(TestRequest::get("/api"))), (200, "root"));
    let answer = call::<api::v1::show>(TestRequest::get("/api/v1/acme/users/7"));
    assert_eq!((text(&answer), &*order(&answer)), ((202, "acme 7"), "outer own stop outer"));
    // Who stops the way is inside of what came before it, and mistakes are too.
    let answer =
        call::<api::v1::show>(TestRequest::get("/api/v1/acme/users/7").header("x-stop", "1"));
    assert_eq!((text(&answer), &*order(&answer)), ((418, "stopped"), "outer"));
    let answer = call::<api::v1::show>(TestRequest::get("/api/v1/acme/users/x"));
    assert_eq!((answer.status(), &*order(&answer)), (422, "outer own stop outer"));
    // What no route of the router answers.
    let answer = call::<api::missing>(TestRequest::get("/api/x/y"));
    assert_eq!((text(&answer), &*order(&answer)), ((404, "no x/y"), "outer"));
}

#[router(prefix = "/shop", middleware(outer))]
mod shop {
    use purview_guest::catch_all;

    #[catch_all]
    pub(super) fn nothing() -> (u16, &'static str) {
        (404, "closed")
    }
}

#[catch_all]
fn nothing() -> (u16, &'static str) {
    (404, "nothing")
}

#[get("/users/{id}/posts/{*path}")]
fn posts(Path((id, path)): Path<(u32, String)>) -> String {
    format!("{id} {path}")
}

#[test]
fn parameters_are_decoded_and_catch_alls_have_a_prefix() {
    let answer = call::<shop::nothing>(TestRequest::get("/shop/a/b"));
    assert_eq!((text(&answer), answer.header("x-order")), ((404, "closed"), Some("outer")));
    assert_eq!(text(&call::<nothing>(TestRequest::get("/x"))), (404, "nothing"));
    let answer = call::<posts>(TestRequest::get("/users/7/posts/a%2Fb/%C3%A4%zz"));
    assert_eq!(text(&answer), (200, "7 a/b/ä%zz"));
    for target in ["/users/1_000/posts/a", "/users/+5/posts/a", "/users/0x7/posts/a"] {
        assert_eq!(call::<posts>(TestRequest::get(target)).status(), 422, "{target}");
    }
}

/// Counts how often it is made.
struct Database {
    made: u32,
}

struct User {
    name: String,
}

#[dependency]
fn database(Header(agent): Header<Agent>, counter: State<'_, Cell<u32>>) -> Database {
    counter.0.set(counter.0.get() + 1);
    Database { made: counter.0.get() + agent.x_tag.len() as u32 }
}

#[dependency]
fn user(
    Bearer(token): Bearer<'_>,
    Depends(database): Depends<'_, Database>,
) -> Result<User, HttpError> {
    if token == "nobody" {
        return Err(HttpError::forbidden("not you"));
    }
    Ok(User { name: format!("{token}/{}", database.made) })
}

fn count(request: &Request, next: Next<'_>) -> Response {
    request.keep(Cell::new(0u32));
    let response = next.run(request);
    let made = request.kept::<Cell<u32>>().map_or(0, Cell::get);
    response.header("x-made", made.to_string())
}

#[get("/me", middleware(count))]
fn me(
    Depends(user): Depends<'_, User>,
    Depends(database): Depends<'_, Database>,
    Query(page): Query<Page>,
) -> String {
    format!("{} {} {}", user.name, database.made, page.page)
}

#[get("/lost")]
fn lost(State(_): State<'_, Cell<u32>>) {}

#[test]
fn dependencies_are_computed_once_and_replaced_by_tests() {
    let request = |token: &str| {
        let request = TestRequest::get("/me?page=1").header("user-agent", "t");
        request.header("authorization", &format!("Bearer {token}"))
    };
    let answer = call::<me>(request("ada"));
    assert_eq!((text(&answer), answer.header("x-made")), ((200, "ada/1 1 1"), Some("1")));
    let answer = call::<me>(request("nobody"));
    assert_eq!(text(&answer), (403, r#"{"detail":"not you"}"#));
    // What dependencies miss is told with the rest.
    let answer = call::<me>(TestRequest::get("/me").header("authorization", "Bearer a"));
    assert_eq!(
        wrong(&answer),
        "header.user-agent missing: Field required\nquery.page missing: Field required"
    );
    let answer = call::<me>(
        TestRequest::get("/me?page=1")
            .keep(User { name: "test".into() })
            .keep(Database { made: 9 }),
    );
    assert_eq!((text(&answer), answer.header("x-made")), ((200, "test 9 1"), Some("0")));
    let answer = call::<lost>(TestRequest::get("/lost"));
    assert_eq!(text(&answer), (500, r#"{"detail":"Internal Server Error"}"#));
    assert!(answer.logs()[0].1.contains("no middleware has kept"), "{:?}", answer.logs());
}

#[post("/after")]
fn after(request: &Request) -> Response {
    let response = if request.query().is_some() {
        Response::pieces("text/plain", ["a", "b"])
    } else {
        Response::text("ab")
    };
    response
        .background(|| log::info!("first"))
        .background(|| Err::<(), _>("no mail"))
        .background(|| log::info!("last"))
}

#[test]
fn background_tasks_run_in_order_and_say_what_fails() {
    for target in ["/after", "/after?stream"] {
        let answer = call::<after>(TestRequest::post(target));
        assert_eq!(text(&answer), (200, "ab"));
        let logs: Vec<_> = answer.logs().iter().map(|(_, line)| line.as_str()).collect();
        assert_eq!(logs, ["first", "a background task failed: no mail", "last"]);
    }
}

#[post("/read")]
fn read(mut body: BodyReader<'_>) -> Result<String, HttpError> {
    let mut text = String::new();
    body.read_to_string(&mut text).map_err(|error| HttpError::bad_request(error.to_string()))?;
    Ok(text.len().to_string())
}

#[test]
fn a_body_is_read_piece_by_piece() {
    assert_eq!(
        text(&call::<read>(TestRequest::post("/read").body("x".repeat(70_000)))),
        (200, "70000")
    );
    assert_eq!(text(&call::<read>(TestRequest::post("/read"))), (200, "0"));
}
