//! Who was here before: a session in a signed cookie. Nobody but who has the key makes one, so that nothing is kept on the server.
//! A route takes `Depends<Visitor>`; where there is none, the client is sent to the start.

use std::time::Duration;

use purview_guest::{
    Cookies, Depends, Form, HttpError, IntoResponse, Json, Redirect, Rejection, Response, SameSite,
    Schema, SetCookie, SigningKey, dependency, env, get, log, post,
};
use serde::{Deserialize, Serialize};

const NAME: &str = "__Host-visitor";

#[derive(Serialize, Schema, Clone)]
struct Visitor {
    name: String,
}

fn key() -> Result<SigningKey, HttpError> {
    let key = env!("SESSION_KEY").and_then(SigningKey::new);
    key.ok_or_else(|| {
        log::error!("SESSION_KEY must have at least 32 bytes");
        HttpError::internal("Internal Server Error")
    })
}

#[dependency]
fn visitor(cookies: Cookies<'_>) -> Result<Visitor, Rejection> {
    let key = key()?;
    let name = cookies.get(NAME).and_then(|value| key.verify(NAME, value));
    let name = name.ok_or_else(|| Rejection::from(Redirect::see_other("/").into_response()))?;
    Ok(Visitor { name: name.to_owned() })
}

/// Where one begins.
#[get("/")]
fn start() -> &'static str {
    "post your name to /enter\n"
}

#[derive(Deserialize, Schema)]
struct Enter {
    #[schema(pattern = "^[A-Za-z]{1,20}$")]
    name: String,
}

/// Begins a session of an hour.
#[post("/enter", status = 303, gives = Redirect)]
fn enter(Form(form): Form<Enter>) -> Result<Response, HttpError> {
    let cookie = SetCookie::signed(NAME, &form.name, &key()?)
        .max_age(Duration::from_secs(3600))
        .same_site(SameSite::Strict)
        .secure();
    Ok(Redirect::see_other("/me").into_response().cookie(cookie))
}

/// Who it is.
#[get("/me", responses(303 = "To the start: nobody is known here"))]
fn me(Depends(visitor): Depends<'_, Visitor>) -> Json<Visitor> {
    Json(visitor.clone())
}

/// Ends the session.
#[post("/leave", gives = Redirect, status = 303)]
fn leave() -> Response {
    Redirect::see_other("/").into_response().cookie(SetCookie::delete(NAME).secure())
}

#[cfg(test)]
mod tests {
    use purview_guest::testing::{TestRequest, call};

    use super::*;

    #[test]
    fn a_cookie_of_somebody_else_is_nobodys() {
        let me = |cookie: &str| {
            let request = TestRequest::get("/me").header("cookie", cookie);
            call::<super::me>(request.env("SESSION_KEY", "0123456789abcdef0123456789abcdef"))
        };
        assert_eq!(me("__Host-visitor=Eve").status(), 303);
        assert_eq!(me("__Host-visitor=Eve.c2lnbmVk").header("location"), Some("/"));
    }

    #[test]
    fn a_test_brings_its_own_visitor() {
        let request = TestRequest::get("/me").keep(Visitor { name: "Ada".into() });
        assert_eq!(call::<me>(request).text(), r#"{"name":"Ada"}"#);
    }
}
