//! Users: a path parameter, a query, a JSON body, a header, an environment variable and the log. The module's imports are
//! one environment variable, the request's body and the log, and so its policy is one line.

use purview_guest::{Json, Path, Query, Request, Response, Schema, delete, env, get, log, post};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Schema)]
struct User {
    id: u64,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

#[derive(Deserialize, Schema)]
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

#[derive(Deserialize, Schema)]
struct NewUser {
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    #[schema(email)]
    email: Option<String>,
}

/// A new user, whose number is the length of its name.
#[post("/users", status = 201)]
fn create(Json(new): Json<NewUser>) -> Response {
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

#[derive(Serialize, Schema)]
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
    fn everything_that_is_wrong_is_said_at_once() {
        let answer = call::<create>(TestRequest::post("/users").body(r#"{"name":"","email":"x"}"#));
        assert_eq!(answer.status(), 422);
        assert_eq!(
            answer.text(),
            concat!(
                r#"{"detail":[{"loc":["body","name"],"msg":"String should have at least 1 character","type":"string_too_short"},"#,
                r#"{"loc":["body","email"],"msg":"value is not a valid email address: An email address must have an @-sign.","type":"value_error"}]}"#
            )
        );
        assert_eq!(call::<show>(TestRequest::get("/users/-1")).status(), 422);
    }

    #[test]
    fn the_greeting_comes_from_the_environment() {
        assert_eq!(call::<config>(TestRequest::get("/config")).text(), r#"{"greeting":"hello"}"#);
        let request = TestRequest::get("/config").env("GREETING", "ahoy");
        assert_eq!(call::<config>(request).text(), r#"{"greeting":"ahoy"}"#);
    }
}
