//! The bench routes as a Rust handler: the same work and the same answers as the peers in `bench/peers`.

use purview_guest::{Json, Path, Query, Request, Response, Schema, get, post, put};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Hello {
    message: &'static str,
}

#[get("/")]
fn root() -> Json<Hello> {
    Json(Hello { message: "Hello, World!" })
}

#[derive(Deserialize, Schema)]
struct UserQuery {
    verbose: bool,
}

#[derive(Serialize)]
struct UserView {
    user_id: u64,
    verbose: bool,
}

#[get("/users/{id}")]
fn user(Path(user_id): Path<u64>, Query(query): Query<UserQuery>) -> Json<UserView> {
    Json(UserView { user_id, verbose: query.verbose })
}

#[derive(Serialize, Deserialize, Schema)]
struct User {
    user_id: u64,
    active: bool,
    name: String,
}

#[post("/users")]
fn create(user: Json<User>) -> Json<User> {
    user
}

/// A path, a query and a body, all typed: what they cost beside `/` is measured without sockets.
#[put("/users/{id}")]
fn replace(
    Path(user_id): Path<u64>,
    Query(query): Query<UserQuery>,
    Json(user): Json<User>,
) -> Json<User> {
    Json(User { user_id, active: query.verbose && user.active, name: user.name })
}

#[derive(Serialize)]
struct Auth<'a> {
    authorized: bool,
    session: &'a str,
    request_id: &'a str,
}

#[get("/auth")]
fn auth(request: &Request) -> Response {
    let token = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    Response::json(&Auth {
        authorized: token == Some("bench-token"),
        session: request.header("cookie").and_then(session).unwrap_or_default(),
        request_id: request.header("x-request-id").unwrap_or_default(),
    })
}

fn session(cookie: &str) -> Option<&str> {
    cookie.split(';').find_map(|pair| pair.trim().strip_prefix("session="))
}
