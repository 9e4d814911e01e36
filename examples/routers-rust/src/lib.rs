//! Routers: a prefix, tags and middleware for all routes inside, nested. Middleware runs from the outside in and back; one may
//! answer itself, or pass something along for the handlers.

use purview_guest::{
    ApiKey, FromRequest, HttpError, IntoResponse, Next, Request, Response, env, get, log, router,
};

/// Adds its name on the way back.
fn outer(request: &Request, next: Next<'_>) -> Response {
    let response = next.run(request);
    log::info!("{} {}", request.path(), response.status_code());
    response.header("x-by", "outer")
}

#[derive(ApiKey)]
#[api_key(header = "x-api-key")]
struct Key(String);

/// Who uses the API.
struct Client {
    name: String,
}

/// Lets those in who have the key, and says who they are.
fn only_with_key(request: &Request, next: Next<'_>) -> Response {
    let key = match Key::from_request(request) {
        Ok(Key(key)) => key,
        Err(rejection) => return rejection.into_response(),
    };
    if env!("API_KEY").as_deref() != Some(key.as_str()) {
        return HttpError::forbidden("this is not the key").into_response();
    }
    request.keep(Client { name: "a client".to_owned() });
    next.run(request).header("x-by", "only_with_key")
}

/// Outside of every router: no middleware.
#[get("/")]
fn start() -> &'static str {
    "see /api/v1/items\n"
}

#[router(prefix = "/api", tags("api"), middleware(outer))]
mod api {
    use purview_guest::{Request, catch_all, get, router};

    #[get("/health")]
    fn health() -> &'static str {
        "fine\n"
    }

    #[router(prefix = "/v1", tags("v1"), middleware(crate::only_with_key), responses(403 = "Not the key"))]
    mod v1 {
        use crate::Client;
        use purview_guest::{Path, State, get};

        #[get("/items", tags("items"))]
        fn items(State(client): State<'_, Client>) -> String {
            format!("two items for {}\n", client.name)
        }

        /// `mine` goes before `{id}`, wherever each stands.
        #[get("/items/{id}", tags("items"))]
        fn item(Path(id): Path<u32>) -> String {
            format!("item {id}\n")
        }

        #[get("/items/mine", tags("items"))]
        fn mine() -> &'static str {
            "my item\n"
        }
    }

    /// Whatever else is asked for below `/api`, inside its middleware.
    #[catch_all]
    fn nothing(request: &Request) -> (u16, String) {
        (404, format!("there is nothing at {}\n", request.path()))
    }
}
