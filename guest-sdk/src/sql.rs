//! Statements on the operator's SQLite database. In: a name and a statement, written out, so that both stand in the module and the
//! database can judge it before the module serves; values for its parameters. Out: rows, as types of the handler.
//!
//! ```no_run
//! use purview_guest::sql;
//!
//! #[derive(serde::Deserialize)]
//! struct User { id: i64, name: String }
//!
//! let by_id = sql!("user by id", "SELECT id, name FROM users WHERE id = ?1");
//! let user: Option<User> = by_id.one((42,))?;
//! let add = sql!("add user", "INSERT INTO users (name) VALUES (:name)");
//! let added = add.exec(serde_json::json!({ "name": "Grace" }))?;
//! # let _ = (user.map(|user| (user.id, user.name)), added.last_insert_row_id);
//! # Ok::<(), sql::SqlError>(())
//! ```
//!
//! Parameters are a tuple or an array for `?1, ?2, …`, a struct or a map for `:name`, `()` for none; values are null, booleans, numbers
//! and text. Blobs come as lower-case hexadecimal text. The host bounds time, rows and bytes (`sql_ms`, `sql_rows`,
//! `sql_result_bytes`).

use std::fmt;

use purview_abi::call::status;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{io::Handle, outside};

/// A statement of the module.
#[derive(Debug, Clone, Copy)]
pub struct Statement(outside::Statement);

impl Statement {
    #[doc(hidden)]
    pub const fn new(statement: outside::Statement) -> Self {
        Self(statement)
    }

    /// The first row, if there is one.
    pub fn one<T: DeserializeOwned>(
        self,
        parameters: impl Serialize,
    ) -> Result<Option<T>, SqlError> {
        Ok(self.start(parameters, 1)?.wait()?.rows()?.into_iter().next())
    }

    /// All rows.
    pub fn many<T: DeserializeOwned>(self, parameters: impl Serialize) -> Result<Vec<T>, SqlError> {
        self.start(parameters, 0)?.wait()?.rows()
    }

    /// Runs it for its effect.
    pub fn exec(self, parameters: impl Serialize) -> Result<Effect, SqlError> {
        Ok(self.start(parameters, 0)?.wait()?.effect)
    }

    /// Starts it, to wait for later; reads at most `rows_max` rows, 0 for all.
    pub fn start(self, parameters: impl Serialize, rows_max: u32) -> Result<Pending, SqlError> {
        let mut parameters = serde_json::to_vec(&parameters)
            .map_err(|error| SqlError::new("SqlInvalidParams", &error.to_string()))?;
        if parameters == b"null" {
            parameters.clear();
        }
        Ok(Pending(Handle::new(outside::query(self.0, &parameters, rows_max))))
    }
}

/// A statement that is under way: wait for it, or use it as a future in [`crate::io`].
#[derive(Debug)]
#[must_use = "a statement that is dropped is ended"]
pub struct Pending(Handle);

impl Pending {
    /// Waits for the rows.
    pub fn wait(self) -> Result<Rows, SqlError> {
        read(self.0.wait())
    }
}

impl Future for Pending {
    type Output = Result<Rows, SqlError>;

    fn poll(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Self::Output> {
        self.0.poll().map(read)
    }
}

/// What a statement gave.
#[derive(Debug, Clone)]
pub struct Rows {
    json: Vec<u8>,
    /// What it changed.
    pub effect: Effect,
}

impl Rows {
    /// The rows as values of this type.
    pub fn rows<T: DeserializeOwned>(&self) -> Result<Vec<T>, SqlError> {
        #[derive(Deserialize)]
        struct Whole<T> {
            rows: Vec<T>,
        }
        serde_json::from_slice::<Whole<T>>(&self.json)
            .map(|whole| whole.rows)
            .map_err(|error| SqlError::new("SqlRowShape", &error.to_string()))
    }
}

/// What a statement changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    /// Rows that were inserted, updated or deleted.
    pub rows_affected: u64,
    /// The number of the last row that this connection inserted.
    pub last_insert_row_id: i64,
}

fn read(outcome: Result<Vec<u8>, i32>) -> Result<Rows, SqlError> {
    #[derive(Deserialize)]
    struct Head {
        ok: bool,
        #[serde(default)]
        error: String,
        #[serde(default)]
        details: String,
        #[serde(flatten)]
        effect: Option<Effect>,
    }
    let json = match outcome {
        Ok(json) => json,
        Err(status::LIMIT) => {
            return Err(SqlError::new("SqlOverflow", "more is under way than `handles` allows"));
        }
        Err(_) => return Err(SqlError::new("SqlInvalidParams", "the parameters are too long")),
    };
    let head: Head = serde_json::from_slice(&json)
        .map_err(|error| SqlError::new("SqlFailed", &format!("the host's result: {error}")))?;
    if !head.ok {
        return Err(SqlError { code: head.error, details: head.details });
    }
    Ok(Rows { json, effect: head.effect.unwrap_or_default() })
}

/// Why a statement gave nothing: a stable code (`SqlInvalidParams`, `SqlTimeout`, `SqlTooLarge`, `SqlBusy`, `SqlConstraint`, `SqlFailed`,
/// `SqlOverflow`, `SqlRowShape`), and words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlError {
    code: String,
    details: String,
}

impl SqlError {
    fn new(code: &str, details: &str) -> Self {
        Self { code: code.to_owned(), details: details.to_owned() }
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The same in words.
    pub fn details(&self) -> &str {
        &self.details
    }
}

impl fmt::Display for SqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.details)
    }
}

impl std::error::Error for SqlError {}
