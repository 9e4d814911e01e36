//! Rows of the operator's SQLite database. The statements stand in the module, where `purview inspect` and the policy see them by name;
//! the database takes them before the first request, or the handler is not served. Values are parameters, never SQL.
//!
//! `sqlite3 library.db < schema.sql` makes the database, `--sql library.db` names it.

use purview_guest::{Json, Path, Response, Schema, get, post, sql, sql::SqlError};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Book {
    id: i64,
    title: String,
    year: Option<i64>,
}

#[derive(Deserialize, Schema)]
struct NewBook {
    title: String,
    year: Option<i64>,
}

fn failed(error: SqlError) -> Response {
    match error.code() {
        "SqlConstraint" => Response::text("there is such a book").status(409),
        "SqlBusy" | "SqlTimeout" => Response::text("the database is busy").status(503),
        _ => Response::text("the database refuses").status(500),
    }
}

/// All books, oldest first.
#[get("/books")]
fn list() -> Result<Json<Vec<Book>>, Response> {
    let all = sql!("all books", "SELECT id, title, year FROM books ORDER BY year, id");
    all.many(()).map(Json).map_err(failed)
}

/// One book.
#[get("/books/{id}")]
fn show(Path(id): Path<i64>) -> Result<Json<Book>, Response> {
    let by_id = sql!("book by id", "SELECT id, title, year FROM books WHERE id = ?1");
    let book = by_id.one((id,)).map_err(failed)?;
    book.map(Json).ok_or_else(|| Response::text("there is no such book").status(404))
}

/// Adds a book.
#[post("/books")]
fn add(Json(new): Json<NewBook>) -> Result<Response, Response> {
    let insert = sql!("add book", "INSERT INTO books (title, year) VALUES (:title, :year)");
    let values = serde_json::json!({ "title": new.title, "year": new.year });
    let id = insert.exec(values).map_err(failed)?.last_insert_row_id;
    let book = Book { id, title: new.title, year: new.year };
    Ok(Response::json(&book).status(201).header("location", format!("/books/{id}")))
}

#[cfg(test)]
mod tests {
    use purview_guest::testing::{TestRequest, call};

    use super::*;

    #[test]
    fn a_book_is_found_or_not() {
        let request = |rows: &'static str| {
            TestRequest::get("/books/7").database(move |name, parameters| {
                assert_eq!((name, parameters), ("book by id", "[7]"));
                format!(r#"{{"ok":true,"rows":[{rows}],"rowsAffected":0,"lastInsertRowId":0}}"#)
            })
        };
        let row = r#"{"id":7,"title":"Emma","year":1815}"#;
        assert_eq!(call::<show>(request(row)).text(), row);
        assert_eq!(call::<show>(request("")).status(), 404);
    }

    #[test]
    fn a_second_book_of_a_title_is_a_conflict() {
        let request =
            TestRequest::post("/books").body(r#"{"title":"Emma"}"#).database(|_, parameters| {
                assert_eq!(parameters, r#"{"title":"Emma","year":null}"#);
                r#"{"ok":false,"error":"SqlConstraint","details":"UNIQUE"}"#.to_owned()
            });
        assert_eq!(call::<add>(request).status(), 409);
    }
}
