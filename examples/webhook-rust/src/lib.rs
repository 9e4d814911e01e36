//! Who is it? A webhook that its sender signed, and a page for those who hold a token. The module's imports are two secrets, the
//! request's body, a keyed code and the two calls about tokens.

use purview_guest::{
    Json, Request, Response,
    auth::{self, Verify},
    env, get, post,
};
use serde::{Deserialize, Serialize};

/// Takes what the shop sends, if it was the shop.
#[post("/hooks/shop")]
fn hook(request: &Request) -> Response {
    let secret = env!("WEBHOOK_SECRET").unwrap_or_default();
    let signature = request.header("x-signature").unwrap_or_default();
    let signed = auth::verify_webhook_signature(request.body(), &secret, signature);
    if secret.is_empty() || !signed {
        return Response::text("the signature is not right").status(401);
    }
    Response::new(204)
}

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: String,
    aud: String,
}

#[derive(Serialize)]
struct Token {
    token: String,
}

/// A token for whoever asks, as a login would give it.
#[post("/login")]
fn login() -> Result<Json<Token>, Response> {
    let claims = Claims { sub: "ada".into(), aud: "shop".into() };
    let token = auth::jwt_sign(&claims, env!("JWT_SECRET").unwrap_or_default());
    token.map(|token| Json(Token { token })).map_err(refuse)
}

/// Who the token says it is.
#[get("/me")]
fn me(request: &Request) -> Result<Json<Claims>, Response> {
    let header = request.header("authorization").unwrap_or_default();
    let Some(token) = auth::parse_bearer(header) else {
        return Err(Response::text("send a token")
            .status(401)
            .header("www-authenticate", "Bearer"));
    };
    let secret = env!("JWT_SECRET").unwrap_or_default();
    Verify::new().audience("shop").verify(token, secret).map(Json).map_err(refuse)
}

fn refuse(error: auth::JwtError) -> Response {
    Response::text(error.to_string()).status(401)
}
