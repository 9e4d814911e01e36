//! Every statement of the service. In: values. Out: rows, or an answer for the client: a 409 where the database has such a row
//! already. A user that was read lies in the cache for a minute, and is taken out of it when it changes.

use std::time::Duration;

use purview_guest::{HttpError, Schema, cache, log, sql, sql::SqlError};
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Serialize, Deserialize, Schema, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Admin,
    Member,
}

#[derive(Serialize, Deserialize, Schema, Debug, PartialEq)]
pub struct User {
    pub id: i64,
    #[schema(example = "ada")]
    pub name: String,
    #[schema(email, example = "ada@example.com")]
    pub email: String,
    pub role: Role,
}

#[derive(Deserialize)]
pub struct Credentials {
    pub role: Role,
    pub secret: String,
}

/// What happened.
#[derive(Serialize, Deserialize)]
pub struct Noted {
    pub id: i64,
    pub who: String,
    pub what: String,
}

#[derive(Deserialize)]
struct Count {
    count: u64,
}

#[derive(Deserialize)]
struct Picture {
    avatar: String,
}

fn failed(error: SqlError) -> HttpError {
    match error.code() {
        "SqlConstraint" => HttpError::conflict("the name or the address is taken"),
        "SqlBusy" | "SqlTimeout" => HttpError::unavailable("the database is busy"),
        _ => {
            log::error!("{error}");
            HttpError::internal("Internal Server Error")
        }
    }
}

pub fn user(id: i64) -> Result<Option<User>, HttpError> {
    let key = id.to_string();
    if let Ok(Some(user)) = cache!("users").get_json(&key) {
        return Ok(Some(user));
    }
    let by_id = sql!("user by id", "SELECT id, name, email, role FROM users WHERE id = ?1");
    let user: Option<User> = by_id.one((id,)).map_err(failed)?;
    if let Some(user) = &user {
        // A cache that is full or away is no reason to fail.
        let _ = cache!("users").set_json(&key, user, Duration::from_secs(60));
    }
    Ok(user)
}

fn forget(id: i64) {
    if let Err(error) = cache!("users").delete(id.to_string()) {
        log::warn!("user {id} may be read from the cache for a minute: {error}");
    }
}

pub fn credentials(name: &str) -> Result<Option<Credentials>, HttpError> {
    sql!("user by name", "SELECT role, secret FROM users WHERE name = ?1")
        .one((name,))
        .map_err(failed)
}

/// Users whose name holds `part`, and how many there are.
pub fn users(
    part: &str,
    by_name: bool,
    limit: u32,
    offset: u32,
) -> Result<(Vec<User>, u64), HttpError> {
    let count = sql!(
        "count users",
        "SELECT count(*) AS count FROM users WHERE instr(name, ?1) > 0 OR ?1 = ''"
    );
    let count: Option<Count> = count.one((part,)).map_err(failed)?;
    let page = sql!(
        "users",
        "SELECT id, name, email, role FROM users WHERE instr(name, :part) > 0 OR :part = ''
         ORDER BY CASE WHEN :by_name THEN name ELSE '' END, id LIMIT :limit OFFSET :offset"
    );
    let values = json!({ "part": part, "by_name": by_name, "limit": limit, "offset": offset });
    let page = page.many(values).map_err(failed)?;
    Ok((page, count.map_or(0, |row| row.count)))
}

pub fn add(name: &str, email: &str, role: Role, secret: &str) -> Result<i64, HttpError> {
    let add = sql!(
        "add user",
        "INSERT INTO users (name, email, role, secret) VALUES (:name, :email, :role, :secret)"
    );
    let values = json!({ "name": name, "email": email, "role": role, "secret": secret });
    Ok(add.exec(values).map_err(failed)?.last_insert_row_id)
}

/// Whether there is such a user.
pub fn change(id: i64, email: &str, role: Role) -> Result<bool, HttpError> {
    let change =
        sql!("change user", "UPDATE users SET email = :email, role = :role WHERE id = :id");
    let values = json!({ "id": id, "email": email, "role": role });
    let changed = change.exec(values).map_err(failed)?.rows_affected > 0;
    forget(id);
    Ok(changed)
}

/// Whether there was such a user.
pub fn remove(id: i64) -> Result<bool, HttpError> {
    let remove = sql!("remove user", "DELETE FROM users WHERE id = ?1");
    let removed = remove.exec((id,)).map_err(failed)?.rows_affected > 0;
    forget(id);
    Ok(removed)
}

/// Whether there is such a user.
pub fn set_avatar(id: i64, base64: &str) -> Result<bool, HttpError> {
    let set = sql!("set avatar", "UPDATE users SET avatar = ?2 WHERE id = ?1");
    Ok(set.exec((id, base64)).map_err(failed)?.rows_affected > 0)
}

pub fn avatar(id: i64) -> Result<Option<String>, HttpError> {
    let avatar = sql!("avatar", "SELECT avatar FROM users WHERE id = ?1 AND avatar IS NOT NULL");
    let row: Option<Picture> = avatar.one((id,)).map_err(failed)?;
    Ok(row.map(|row| row.avatar))
}

pub fn note(who: &str, what: &str) -> Result<(), HttpError> {
    let note = sql!("note event", "INSERT INTO events (who, what) VALUES (?1, ?2)");
    note.exec((who, what)).map(drop).map_err(failed)
}

/// What happened after an event, oldest first.
pub fn events(after: i64) -> Result<Vec<Noted>, HttpError> {
    let since = sql!(
        "events since",
        "SELECT id, who, what FROM events WHERE id > ?1 ORDER BY id LIMIT 100"
    );
    since.many((after,)).map_err(failed)
}
