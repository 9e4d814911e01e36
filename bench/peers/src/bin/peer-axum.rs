//! The peer axum: one thread, axum's own server, no middleware. Takes the port as its only argument.

use axum::{
    Json, Router,
    extract::{Path, Query},
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::{get, post},
    serve::ListenerExt,
};
use purview_peers::{HELLO, Hello, User, UserQuery, UserView, auth, port};
use tokio::{net::TcpListener, runtime::Builder};

fn main() -> std::io::Result<()> {
    Builder::new_current_thread().enable_io().build()?.block_on(serve())
}

async fn serve() -> std::io::Result<()> {
    let routes = Router::new()
        .route("/", get(root))
        .route("/users/{id}", get(user))
        .route("/users", post(create))
        .route("/auth", get(check));
    let listener = TcpListener::bind(("127.0.0.1", port())).await?.tap_io(|stream| {
        let _unavailable_is_fine = stream.set_nodelay(true);
    });
    axum::serve(listener, routes).await
}

async fn root() -> Json<Hello> {
    Json(HELLO)
}

async fn user(Path(user_id): Path<u64>, Query(query): Query<UserQuery>) -> Json<UserView> {
    Json(UserView { user_id, verbose: query.verbose })
}

async fn create(Json(user): Json<User>) -> Json<User> {
    Json(user)
}

async fn check(headers: HeaderMap) -> Response {
    let field = |name| headers.get(name).and_then(|value| value.to_str().ok());
    Json(auth(field("authorization"), field("cookie"), field("x-request-id"))).into_response()
}
