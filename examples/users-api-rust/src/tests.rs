//! What the service does where no recorded request can show it: tokens that are new each time, work after the answer, failures of
//! what is around.

use std::time::Duration;

use purview_guest::{
    log::Level,
    testing::{Answer, TestRequest, call},
};
use serde_json::Value;

use crate::{
    auth::{
        kept,
        routes::{login, me},
    },
    users::routes::{add, show},
};

const NOW: Duration = Duration::from_secs(1_700_000_000);

/// A request to the service, with its secrets.
fn to(method: &str, target: &str) -> TestRequest {
    TestRequest::new(method, target)
        .env("JWT_SECRET", "a secret for tests, of 32 bytes ...")
        .env("PASSWORD_KEY", "a key for tests")
        .now(NOW)
}

/// What the host says of rows.
fn rows(rows: &str) -> String {
    format!(r#"{{"ok":true,"rows":[{rows}],"rowsAffected":1,"lastInsertRowId":7}}"#)
}

fn log_in(role: &'static str, password: &str) -> Answer {
    // The keyed code is made as the service makes it, in the same environment.
    let request = to("POST", "/login")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("username=ada&password={password}"))
        .database(move |name, _| {
            assert_eq!(name, "user by name");
            let secret = kept("ada", "right").expect("the key is set");
            rows(&format!(r#"{{"role":"{role}","secret":"{secret}"}}"#))
        });
    call::<login>(request)
}

fn token(role: &'static str) -> String {
    let answer: Value = log_in(role, "right").json();
    format!("Bearer {}", answer["access_token"].as_str().expect("there is a token"))
}

#[test]
fn a_token_is_good_for_an_hour() {
    let token = token("member");
    let ask = |now: Duration| {
        let request = to("GET", "/me").header("authorization", &token).now(now);
        call::<me>(request)
    };
    let answer: Value = ask(NOW).json();
    assert_eq!((&answer["sub"], &answer["role"]), (&"ada".into(), &"member".into()));
    assert_eq!(ask(NOW + Duration::from_secs(3601)).status(), 401);
}

#[test]
fn a_wrong_password_gets_no_token() {
    assert_eq!(log_in("admin", "wrong").status(), 401);
}

#[test]
fn a_new_user_is_welcomed_after_the_answer() {
    let token = token("admin");
    let request = to("POST", "/users").header("authorization", &token).json(&serde_json::json!({
        "name": "alan", "email": "alan@example.com", "password": "enigma enigma"
    }));
    let answer = call::<add>(request.database(|_, _| rows("")));
    assert_eq!((answer.status(), answer.header("location")), (201, Some("/users/7")));
    let last = answer.logs().last().expect("something is logged");
    let welcome = "welcome, alan: you are number 1 of these days".to_owned();
    assert_eq!(last, &(Level::Info, welcome));
}

#[test]
fn members_add_nobody_whatever_they_send() {
    let request = to("POST", "/users").header("authorization", &token("member")).body("{");
    assert_eq!(call::<add>(request).status(), 403);
}

#[test]
fn a_user_comes_from_the_cache_or_the_database() {
    let token = token("member");
    let request = || to("GET", "/users/2").header("authorization", &token);
    let cached = r#"{"id":2,"name":"grace","email":"grace@example.com","role":"member"}"#;
    let answer = call::<show>(request().cached("users", "2", cached));
    assert_eq!((answer.status(), answer.text()), (200, cached));
    let answer = call::<show>(request().cache_away().database(move |_, _| rows(cached)));
    assert_eq!((answer.status(), answer.text()), (200, cached));
    let busy = r#"{"ok":false,"error":"SqlBusy","details":"locked"}"#;
    assert_eq!(call::<show>(request().database(|_, _| busy.to_owned())).status(), 503);
}
