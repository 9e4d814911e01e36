//! Users: listed, shown, added, changed, removed. What a request must be like stands in its types, and so in the document.

use purview_guest::{
    Depends, HttpError, IntoResponse, Json, Path, Query, Response, Schema, cache, delete, get, log,
    post, put, router,
};
use serde::{Deserialize, Serialize};

use crate::{
    auth::{self, Admin, Session},
    store::{self, Role, User},
};

/// The number of a user.
#[derive(Deserialize, Schema)]
pub struct Id {
    #[schema(ge = 1, example = 1)]
    pub id: i64,
}

#[derive(Deserialize, Schema, Default, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    #[default]
    Id,
    Name,
}

#[derive(Deserialize, Schema)]
pub struct Search {
    /// A part of the name.
    #[serde(default)]
    #[schema(max_length = 32)]
    q: String,
    #[serde(default)]
    order: Order,
    #[serde(default = "ten")]
    #[schema(ge = 1, le = 100)]
    limit: u32,
    #[serde(default)]
    offset: u32,
}

fn ten() -> u32 {
    10
}

#[derive(Serialize, Schema)]
pub struct Page {
    users: Vec<User>,
    /// How many there are in all.
    total: u64,
}

#[derive(Deserialize, Schema)]
pub struct NewUser {
    #[schema(pattern = "^[a-z][a-z0-9-]{1,31}$", example = "alan")]
    name: String,
    #[schema(email, max_length = 200, example = "alan@example.com")]
    email: String,
    #[serde(default = "member")]
    role: Role,
    #[schema(min_length = 8, max_length = 200, example = "correct horse battery staple")]
    password: String,
}

fn member() -> Role {
    Role::Member
}

#[derive(Deserialize, Schema)]
pub struct Change {
    #[schema(email, max_length = 200)]
    email: String,
    role: Role,
}

pub fn no_such_user() -> HttpError {
    HttpError::not_found("there is no such user")
}

/// Counts a welcome: what is slow is done when the client has its answer.
fn welcome(name: &str) -> Result<(), cache::CacheError> {
    let count = cache!("welcomes").incr("all", 1)?;
    log::info!("welcome, {name}: you are number {count} of these days");
    Ok(())
}

#[router(prefix = "/users", tags("users"), middleware(crate::traced))]
pub mod routes {
    use super::*;

    /// Lists users, page by page.
    #[get("/")]
    pub fn list(
        Depends(_): Depends<'_, Session>,
        Query(search): Query<Search>,
    ) -> Result<Json<Page>, HttpError> {
        let Search { q, order, limit, offset } = search;
        let (users, total) = store::users(&q, order == Order::Name, limit, offset)?;
        Ok(Json(Page { users, total }))
    }

    /// Shows a user.
    #[get("/{id}", responses(404 = "There is no such user"))]
    pub fn show(
        Depends(_): Depends<'_, Session>,
        Path(Id { id }): Path<Id>,
    ) -> Result<Json<User>, HttpError> {
        store::user(id)?.map(Json).ok_or_else(no_such_user)
    }

    /// Adds a user.
    #[post(
        "/",
        status = 201,
        gives = Json<User>,
        responses(403 = "Only for administrators", 409 = "The name or the address is taken")
    )]
    pub fn add(
        Depends(admin): Depends<'_, Admin>,
        Json(new): Json<NewUser>,
    ) -> Result<Response, HttpError> {
        let NewUser { name, email, role, password } = new;
        let id = store::add(&name, &email, role, &auth::kept(&name, &password)?)?;
        store::note(&admin.name, &format!("added {name}"))?;
        let user = User { id, name, email, role };
        let response = Json(&user).into_response().header("location", format!("/users/{id}"));
        Ok(response.background(move || welcome(&user.name)))
    }

    /// Changes a user's address and role.
    #[put(
        "/{id}",
        responses(403 = "Only for administrators", 404 = "There is no such user", 409 = "The address is taken")
    )]
    pub fn change(
        Depends(admin): Depends<'_, Admin>,
        Path(Id { id }): Path<Id>,
        Json(change): Json<Change>,
    ) -> Result<Json<User>, HttpError> {
        if !store::change(id, &change.email, change.role)? {
            return Err(no_such_user());
        }
        store::note(&admin.name, &format!("changed user {id}"))?;
        store::user(id)?.map(Json).ok_or_else(no_such_user)
    }

    /// Removes a user.
    #[delete(
        "/{id}",
        responses(403 = "Only for administrators", 404 = "There is no such user")
    )]
    pub fn remove(
        Depends(admin): Depends<'_, Admin>,
        Path(Id { id }): Path<Id>,
    ) -> Result<(), HttpError> {
        if !store::remove(id)? {
            return Err(no_such_user());
        }
        store::note(&admin.name, &format!("removed user {id}"))
    }
}
