//! What every native peer shares: the shapes of the bench routes and the header look-up, so that
//! all of them do the same work and answer the same bytes. Nothing here knows a framework.

use serde::{Deserialize, Serialize};

/// The answer of `GET /`.
#[derive(Serialize)]
pub struct Hello {
    pub message: &'static str,
}

/// What `GET /` says.
pub const HELLO: Hello = Hello { message: "Hello, World!" };

/// The query of `GET /users/{id}`.
#[derive(Deserialize)]
pub struct UserQuery {
    pub verbose: bool,
}

/// The answer of `GET /users/{id}`.
#[derive(Serialize)]
pub struct UserView {
    pub user_id: u64,
    pub verbose: bool,
}

/// The body of `POST /users`, and its answer.
#[derive(Serialize, Deserialize)]
pub struct User {
    pub user_id: u64,
    pub active: bool,
    pub name: String,
}

/// The answer of `GET /auth`.
#[derive(Serialize)]
pub struct Auth<'a> {
    pub authorized: bool,
    pub session: &'a str,
    pub request_id: &'a str,
}

/// Judges the three fields of `GET /auth`; a missing one counts as empty.
pub fn auth<'a>(
    authorization: Option<&'a str>,
    cookie: Option<&'a str>,
    request_id: Option<&'a str>,
) -> Auth<'a> {
    Auth {
        authorized: authorization.and_then(|value| value.strip_prefix("Bearer "))
            == Some("bench-token"),
        session: cookie.and_then(session).unwrap_or_default(),
        request_id: request_id.unwrap_or_default(),
    }
}

fn session(cookie: &str) -> Option<&str> {
    cookie.split(';').find_map(|pair| pair.trim().strip_prefix("session="))
}

/// The port that the harness gives as the only argument.
pub fn port() -> u16 {
    std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .expect("the only argument is the port to serve on 127.0.0.1")
}
