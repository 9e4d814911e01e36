//! Users: a path parameter, a query, a JSON body, a header, an environment variable and the log. The module's imports are
//! one environment variable, the request's body and the log, and so its policy is one line.

use purview_guest::{Json, Path, Query, Request, Response, delete, env, get, log, post};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct User {
    id: u64,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

#[derive(Deserialize)]
struct Show {
    #[serde(default)]
    verbose: bool,
}

/// One user. Nothing is stored between requests, so each number has a user.
#[get("/users/{id}")]
fn show(Path(id): Path<u64>, Query(show): Query<Show>, request: &Request) -> Json<User> {
    Json(User {
        id,
        name: format!("user {id}"),
        email: show.verbose.then(|| format!("user{id}@example.com")),
        path: show.verbose.then(|| request.path().to_owned()),
    })
}

#[derive(Deserialize)]
struct NewUser {
    name: String,
    email: Option<String>,
}

/// A new user, whose number is the length of its name.
#[post("/users")]
fn create(Json(new): Json<NewUser>) -> Response {
    if new.name.trim().is_empty() {
        log::warn!("a user without a name was refused");
        return Response::json_text(r#"{"error":"`name` must not be empty"}"#).status(422);
    }
    let id = new.name.chars().count() as u64;
    log::info!("created user {id}");
    Response::json(&User { id, name: new.name, email: new.email, path: None })
        .status(201)
        .header("location", format!("/users/{id}"))
}

/// Forgets a user.
#[delete("/users/{id}")]
fn remove(Path(id): Path<u64>) -> Option<()> {
    (id < 1000).then(|| log::info!("removed user {id}"))
}

#[derive(Serialize)]
struct Config {
    greeting: String,
}

/// What the operator has configured.
#[get("/config")]
fn config() -> Json<Config> {
    Json(Config { greeting: env!("GREETING").unwrap_or_else(|| "hello".to_owned()) })
}

/// The client's name for itself.
#[get("/agent")]
fn agent(request: &Request) -> Option<String> {
    request.header("user-agent").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use purview_guest::testing::{TestRequest, call};

    use super::*;

    #[test]
    fn a_user_is_shown() {
        let answer = call::<show>(TestRequest::get("/users/42?verbose=true"));
        assert_eq!(answer.status(), 200);
        assert_eq!(
            answer.text(),
            r#"{"id":42,"name":"user 42","email":"user42@example.com","path":"/users/42"}"#
        );
    }

    #[test]
    fn a_user_is_created() {
        let request = TestRequest::post("/users").body(r#"{"name":"Grace"}"#);
        let answer = call::<create>(request);
        assert_eq!((answer.status(), answer.header("location")), (201, Some("/users/5")));
        assert_eq!(answer.logs(), [(log::Level::Info, "created user 5".to_owned())]);
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let post = |body: &str| call::<create>(TestRequest::post("/users").body(body));
        for (answer, status, text) in [
            (post(""), 400, "the request has no body"),
            (
                post(r#"{"name":""#),
                400,
                "the body is not JSON: EOF while parsing a string at line 1 column 9",
            ),
            (
                post(r#"{"name":7}"#),
                422,
                "the body has another shape: invalid type: integer `7`, expected a string at line 1 column 9",
            ),
            (
                call::<show>(TestRequest::get("/users/-1")),
                400,
                "the path is not understood: `id` must be an unsigned whole number of 64 bits, not \"-1\"",
            ),
            (post(r#"{"name":" "}"#), 422, "`name` must not be empty"),
        ] {
            assert_eq!((answer.status(), answer.json::<Problem>().error.as_str()), (status, text));
        }
    }

    #[derive(Deserialize)]
    struct Problem {
        error: String,
    }

    #[test]
    fn the_greeting_comes_from_the_environment() {
        assert_eq!(call::<config>(TestRequest::get("/config")).text(), r#"{"greeting":"hello"}"#);
        let request = TestRequest::get("/config").env("GREETING", "ahoy");
        assert_eq!(call::<config>(request).text(), r#"{"greeting":"ahoy"}"#);
    }
}
