//! A small service with all that one has: users in a database, kept in the cache; passwords, tokens and roles; pictures that are
//! uploaded; a stream of what happened; a limit on guessing; and an OpenAPI document in which each answer stands.
//!
//! `auth.rs` knows who asks, `users.rs` and `avatars.rs` hold routes, `events.rs` streams, `store.rs` has every statement. What
//! all of them may touch is in `policy.json`.

mod auth;
mod avatars;
mod events;
mod store;
mod users;

use purview_guest::{Next, Request, Response, clock, get, id, log};

/// Whether the service answers.
#[get("/health", tags("service"))]
fn health() -> &'static str {
    "fine"
}

/// Gives every request a name, which the client sees too, and logs how it went.
fn traced(request: &Request, next: Next<'_>) -> Response {
    let (start, name) = (clock::now(), id::ulid());
    let response = next.run(request);
    let (method, path, status) = (request.method(), request.path(), response.status_code());
    log::info!("{name} {method} {path} {status} {:?}", clock::now().saturating_sub(start));
    response.header("x-request-id", name)
}

#[cfg(test)]
mod tests;
