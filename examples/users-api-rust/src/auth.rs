//! Who asks. In: a name with a password, or the token that was given for it. Out: a session, which handlers take as a
//! dependency; an administrator's is a type of its own, so that no route can forget to ask.

use std::time::Duration;

use purview_guest::{
    Bearer, Depends, Form, HttpError, Json, Request, Schema, auth, crypto, dependency, encode, env,
    get, log, post,
    ratelimit::{self, Verdict},
    router, time,
};
use serde::{Deserialize, Serialize};

use crate::store::{self, Role};

/// Seconds for which a token is good.
const TOKEN_SECONDS: i64 = 3600;
/// Tries to log in that one client has in a minute.
const LOGINS: u64 = 30;

/// Who asks, as the token says.
#[derive(Serialize, Deserialize, Schema)]
pub struct Session {
    /// The user's name.
    pub sub: String,
    pub role: Role,
    /// When the token ends, in seconds since 1970.
    pub exp: i64,
}

#[dependency]
fn session(Bearer(token): Bearer<'_>) -> Result<Session, HttpError> {
    let secret = variable(env!("JWT_SECRET"), "JWT_SECRET")?;
    auth::jwt_verify(token, secret).map_err(|error| HttpError::unauthorized(error.to_string()))
}

/// A session of an administrator.
pub struct Admin {
    pub name: String,
}

#[dependency]
fn admin(Depends(session): Depends<'_, Session>) -> Result<Admin, HttpError> {
    match session.role {
        Role::Admin => Ok(Admin { name: session.sub.clone() }),
        Role::Member => Err(HttpError::forbidden("only administrators may do that")),
    }
}

/// What is kept of a password. Who has the database alone cannot try passwords: the key is the operator's.
pub fn kept(name: &str, password: &str) -> Result<String, HttpError> {
    let key = variable(env!("PASSWORD_KEY"), "PASSWORD_KEY")?;
    Ok(encode::hex(&crypto::hmac_sha256(key, format!("{name}\0{password}"))))
}

fn token(sub: String, role: Role) -> Result<Token, HttpError> {
    let session = Session { sub, role, exp: time::now() / 1000 + TOKEN_SECONDS };
    let token = auth::jwt_sign(&session, variable(env!("JWT_SECRET"), "JWT_SECRET")?);
    let access_token = token.map_err(|error| HttpError::internal(error.to_string()))?;
    Ok(Token { access_token, token_type: "Bearer", expires_in: TOKEN_SECONDS })
}

/// A variable without which nothing goes.
fn variable(value: Option<String>, name: &str) -> Result<String, HttpError> {
    value.filter(|value| !value.is_empty()).ok_or_else(|| {
        log::error!("`{name}` is not set");
        HttpError::internal("Internal Server Error")
    })
}

#[derive(Deserialize, Schema)]
pub struct Login {
    #[schema(max_length = 32, example = "ada")]
    username: String,
    #[schema(max_length = 200)]
    password: String,
}

/// A token, in the form of OAuth 2.
#[derive(Serialize, Schema)]
pub struct Token {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
}

#[router(tags("session"), middleware(crate::traced))]
pub mod routes {
    use super::*;

    /// Gives a token for a name and a password.
    #[post("/login", responses(401 = "Name or password are wrong", 429 = "Too many tries"))]
    pub fn login(Form(login): Form<Login>, request: &Request) -> Result<Json<Token>, HttpError> {
        let key = format!("login {}", request.peer());
        match ratelimit::check(key, LOGINS, Duration::from_secs(60)) {
            Ok(Verdict::Exceeded { retry_after }) => {
                let seconds = retry_after.as_secs().max(1).to_string();
                return Err(HttpError::too_many_requests("wait").header("retry-after", seconds));
            }
            Ok(Verdict::Allowed { .. }) => {}
            Err(error) => log::warn!("tries to log in are not counted: {error}"),
        }
        let user = store::credentials(&login.username)?;
        let given = kept(&login.username, &login.password)?;
        let known = user.filter(|user| crypto::timing_safe_equal(&user.secret, &given));
        let user = known.ok_or_else(|| HttpError::unauthorized("name or password are wrong"))?;
        token(login.username, user.role).map(Json)
    }

    /// Who the token says it is.
    #[get("/me")]
    pub fn me(Depends(session): Depends<'_, Session>) -> Json<&Session> {
        Json(session)
    }
}
