//! One statement, run. In: a connection, JSON parameters, bounds. Out: its rows as JSON, or an error with a code. Whole numbers and
//! text stay what they are, `NULL` is null, blobs are lower-case hexadecimal text.

use std::fmt::Write as _;

use rusqlite::{
    Connection, ErrorCode, Statement,
    types::{Null, ValueRef},
};
use serde_json::Value;

use super::Ended;
use crate::clock::{self, Millis};

/// What a statement may take.
#[derive(Debug, Clone)]
pub(super) struct Bounds {
    /// Rows; more is an error.
    pub(super) rows: u64,
    /// Rows after which reading stops.
    pub(super) rows_wanted: Option<u64>,
    /// Bytes of JSON.
    pub(super) bytes: usize,
    /// When its time is over.
    pub(super) end: Millis,
    /// Whether its guest has gone.
    pub(super) ended: Ended,
}

impl Bounds {
    pub(super) fn is_over(&self) -> bool {
        self.ended.load(std::sync::atomic::Ordering::Relaxed) || clock::now_ms() >= self.end
    }
}

/// Why a statement gave nothing.
#[derive(Debug)]
pub(super) enum SqlError {
    /// The parameters are not those of the statement.
    Parameters(String),
    /// Its time is over.
    Time,
    /// More rows or bytes than this limit allows.
    TooLarge(&'static str, &'static str),
    /// The database refuses.
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for SqlError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl SqlError {
    /// The log code of the limit that was reached, if it was one.
    pub(super) fn limit(&self) -> Option<&'static str> {
        match self {
            Self::Time => Some("limit.sql"),
            Self::TooLarge(limit, _) => Some(limit),
            Self::Database(error) if code_of(error) == "SqlTimeout" => Some("limit.sql"),
            Self::Parameters(_) | Self::Database(_) => None,
        }
    }

    pub(super) fn to_json(&self) -> Vec<u8> {
        let (code, details) = match self {
            Self::Parameters(why) => ("SqlInvalidParams", why.clone()),
            Self::Time => ("SqlTimeout", "the statement took longer than `sql_ms`".to_owned()),
            Self::TooLarge(_, why) => ("SqlTooLarge", (*why).to_owned()),
            Self::Database(error) => (code_of(error), error.to_string()),
        };
        serde_json::json!({ "ok": false, "error": code, "details": details })
            .to_string()
            .into_bytes()
    }
}

fn code_of(error: &rusqlite::Error) -> &'static str {
    match error.sqlite_error_code() {
        Some(ErrorCode::OperationInterrupted) => "SqlTimeout",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "SqlBusy",
        Some(ErrorCode::ConstraintViolation) => "SqlConstraint",
        Some(ErrorCode::TooBig | ErrorCode::OutOfMemory) => "SqlTooLarge",
        _ => "SqlFailed",
    }
}

/// Binds, steps, writes JSON.
pub(super) fn run(
    connection: &Connection,
    statement: &str,
    parameters: &[u8],
    bounds: &Bounds,
) -> Result<Vec<u8>, SqlError> {
    let mut statement = connection.prepare_cached(statement)?;
    bind(&mut statement, parameters)?;
    let changes = !statement.readonly();
    let names = names(&statement);
    let mut out = br#"{"ok":true,"rows":["#.to_vec();
    let mut count = 0;
    let mut rows = statement.raw_query();
    while bounds.rows_wanted.is_none_or(|wanted| count < wanted) {
        let Some(row) = rows.next()? else { break };
        if count >= bounds.rows {
            return Err(SqlError::TooLarge("limit.sql_rows", "more rows than `sql_rows`"));
        }
        if count > 0 {
            out.push(b',');
        }
        count += 1;
        out.push(b'{');
        let mut first = true;
        for (index, name) in names.iter().enumerate() {
            let Some(name) = name else { continue };
            if !std::mem::take(&mut first) {
                out.push(b',');
            }
            out.extend_from_slice(name.as_bytes());
            out.push(b':');
            value(&mut out, row.get_ref(index)?);
        }
        out.push(b'}');
        if out.len() > bounds.bytes {
            return Err(SqlError::TooLarge(
                "limit.sql_result",
                "more JSON than `sql_result_bytes`",
            ));
        }
    }
    // Ends the statement, which is when its changes are made for good.
    drop(rows);
    drop(statement);
    let (affected, last) =
        if changes { (connection.changes(), connection.last_insert_rowid()) } else { (0, 0) };
    out.extend_from_slice(
        format!(r#"],"rowsAffected":{affected},"lastInsertRowId":{last}}}"#).as_bytes(),
    );
    Ok(out)
}

/// The columns as JSON text. Of two with one name the last counts, as in an object.
fn names(statement: &Statement<'_>) -> Vec<Option<String>> {
    let names: Vec<&str> = statement.column_names().collect();
    let hidden = |at: usize| names[at + 1..].contains(&names[at]);
    (0..names.len()).map(|at| (!hidden(at)).then(|| Value::from(names[at]).to_string())).collect()
}

fn value(out: &mut Vec<u8>, value: ValueRef<'_>) {
    let json = match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::from(number),
        ValueRef::Real(number) => Value::from(number),
        ValueRef::Text(text) => Value::from(String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => {
            let mut text = String::with_capacity(bytes.len() * 2);
            for byte in bytes {
                write!(text, "{byte:02x}").expect("a string takes every text");
            }
            Value::from(text)
        }
    };
    serde_json::to_writer(out, &json).expect("a value can be written into memory");
}

/// Binds an array by position, an object by name, nothing for nothing.
fn bind(statement: &mut Statement<'_>, parameters: &[u8]) -> Result<(), SqlError> {
    let wrong = |why: String| SqlError::Parameters(why);
    let parameters: Value = match parameters {
        [] => Value::Array(Vec::new()),
        bytes => serde_json::from_slice(bytes)
            .map_err(|error| wrong(format!("the parameters are not JSON: {error}")))?,
    };
    let wanted = statement.parameter_count();
    match parameters {
        Value::Array(values) => {
            if values.len() != wanted {
                let given = values.len();
                return Err(wrong(format!(
                    "the statement has {wanted} parameters, {given} are given"
                )));
            }
            for (at, value) in values.iter().enumerate() {
                put(statement, at + 1, value)?;
            }
        }
        Value::Object(values) => {
            let mut bound = 0;
            for (name, value) in &values {
                let at = [":", "@", "$"]
                    .iter()
                    .find_map(|sign| {
                        statement.parameter_index(&format!("{sign}{name}")).ok().flatten()
                    })
                    .ok_or_else(|| wrong(format!("the statement has no parameter `{name}`")))?;
                put(statement, at, value)?;
                bound += 1;
            }
            if bound != wanted {
                return Err(wrong(format!(
                    "the statement has {wanted} parameters, {bound} are given"
                )));
            }
        }
        _ => return Err(wrong("the parameters are neither an array nor an object".into())),
    }
    Ok(())
}

fn put(statement: &mut Statement<'_>, at: usize, value: &Value) -> Result<(), SqlError> {
    match value {
        Value::Null => statement.raw_bind_parameter(at, Null)?,
        Value::Bool(value) => statement.raw_bind_parameter(at, *value)?,
        Value::String(text) => statement.raw_bind_parameter(at, text)?,
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => statement.raw_bind_parameter(at, whole)?,
            (None, Some(real)) => statement.raw_bind_parameter(at, real)?,
            (None, None) => {
                return Err(SqlError::Parameters(format!("parameter {at} is no number")));
            }
        },
        Value::Array(_) | Value::Object(_) => {
            return Err(SqlError::Parameters(format!(
                "parameter {at} is an array or an object; give it as JSON text"
            )));
        }
    }
    Ok(())
}
