//! The peer actix-web: one worker, no middleware. Takes the port as its only argument.

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer, get, post,
    web::{Json, Path, Query},
};
use purview_peers::{HELLO, Hello, User, UserQuery, UserView, auth, port};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(root).service(user).service(create).service(check))
        .workers(1)
        .bind(("127.0.0.1", port()))?
        .run()
        .await
}

#[get("/")]
async fn root() -> Json<Hello> {
    Json(HELLO)
}

#[get("/users/{id}")]
async fn user(path: Path<u64>, query: Query<UserQuery>) -> Json<UserView> {
    Json(UserView { user_id: path.into_inner(), verbose: query.verbose })
}

#[post("/users")]
async fn create(body: Json<User>) -> Json<User> {
    body
}

#[get("/auth")]
async fn check(request: HttpRequest) -> HttpResponse {
    let field = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    HttpResponse::Ok().json(auth(field("authorization"), field("cookie"), field("x-request-id")))
}
