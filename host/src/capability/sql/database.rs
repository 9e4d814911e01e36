//! The operator's SQLite file and its connections. In: a path. Out: connections on which a handler's statement can read and write
//! rows of the tables that are there, and nothing else: no other files, no settings, no change of the schema.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::Duration,
};

use rusqlite::{
    Connection, OpenFlags,
    config::DbConfig,
    hooks::{AuthAction, AuthContext, Authorization},
    limits::Limit,
};
use tokio::runtime::Handle;

use super::rows::{self, Bounds, SqlError};
use crate::{background::BLOCKING_THREADS, clock, log};

/// Longest text or blob, and longest statement.
const VALUE_BYTES_MAX: i32 = 16 * 1024 * 1024;
const STATEMENT_BYTES_MAX: i32 = 64 * 1024;
/// Memory that SQLite takes, in the whole process.
const HEAP_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Statements that a connection keeps prepared.
const PREPARED_MAX: usize = 256;
/// Virtual-machine steps between two looks at the clock.
const STEPS: i32 = 1000;
/// Longest wait for another writer; the statement's own time ends it earlier.
const BUSY: Duration = Duration::from_secs(60);

/// An open database.
#[derive(Debug, Clone)]
pub(in crate::capability) struct Database {
    pool: Arc<Pool>,
    handle: Handle,
}

/// Connections that are free.
pub(super) struct Pool {
    path: PathBuf,
    free: Mutex<Vec<Connection>>,
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Database {
    /// Opens the file, which must be there.
    pub(in crate::capability) fn open(
        path: Option<&Path>,
        handle: &Handle,
    ) -> Result<Self, String> {
        let Some(path) = path else {
            return Err("a handler runs SQL statements; name its database with `--sql FILE`".into());
        };
        let pool = Pool { path: path.to_owned(), free: Mutex::default() };
        let connection = pool
            .connect()
            .map_err(|error| format!("the database `{}`: {error}", path.display()))?;
        pool.give_back(connection);
        Ok(Self { pool: Arc::new(pool), handle: handle.clone() })
    }

    /// Prepares a statement, to see whether the database takes it.
    pub(super) fn check(&self, statement: &str) -> Result<(), String> {
        if !begins_well(statement) {
            return Err(format!(
                "the database refuses the statement: it begins with none of {}",
                WORDS.join(", ")
            ));
        }
        let connection = self.pool.take().map_err(|error| error.to_string())?;
        let checked = connection.prepare(statement).map(drop).map_err(|error| match error {
            rusqlite::Error::MultipleStatement => "it is more than one statement".to_owned(),
            other => other.to_string(),
        });
        self.pool.give_back(connection);
        checked.map_err(|why| format!("the database refuses the statement: {why}"))
    }

    pub(super) fn pool(&self) -> Arc<Pool> {
        Arc::clone(&self.pool)
    }

    pub(super) fn handle(&self) -> &Handle {
        &self.handle
    }
}

impl Pool {
    fn take(&self) -> rusqlite::Result<Connection> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        free.map_or_else(|| self.connect(), Ok)
    }

    fn give_back(&self, connection: Connection) {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if free.len() < BLOCKING_THREADS && connection.is_autocommit() {
            free.push(connection);
        }
    }

    fn connect(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&self.path, flags)?;
        connection.execute_batch(&format!(
            "PRAGMA temp_store = MEMORY; PRAGMA hard_heap_limit = {HEAP_BYTES_MAX}; PRAGMA foreign_keys = ON"
        ))?;
        for (setting, on) in [
            (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
            (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        ] {
            connection.set_db_config(setting, on)?;
        }
        for (limit, most) in [
            (Limit::SQLITE_LIMIT_ATTACHED, 0),
            (Limit::SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX),
            (Limit::SQLITE_LIMIT_SQL_LENGTH, STATEMENT_BYTES_MAX),
        ] {
            connection.set_limit(limit, most)?;
        }
        connection.set_prepared_statement_cache_capacity(PREPARED_MAX);
        connection.authorizer(Some(authorize))?;
        Ok(connection)
    }

    /// Runs a statement to its end or to its bounds; what comes out is JSON.
    pub(super) fn run(&self, statement: &str, parameters: &[u8], bounds: &Bounds) -> Vec<u8> {
        self.try_run(statement, parameters, bounds).unwrap_or_else(|error| {
            // A statement whose guest has gone ends too, but not at a limit.
            let told = error.limit().filter(|_| !bounds.ended.load(Ordering::Relaxed));
            if let Some(limit) = told {
                log::limit(limit, "a statement was ended");
                log::flush_last();
            }
            error.to_json()
        })
    }

    fn try_run(
        &self,
        statement: &str,
        parameters: &[u8],
        bounds: &Bounds,
    ) -> Result<Vec<u8>, SqlError> {
        if bounds.is_over() {
            return Err(SqlError::Time);
        }
        let mut connection = self.take()?;
        let watched = bounds.clone();
        connection.progress_handler(STEPS, Some(move || watched.is_over()))?;
        let left = Duration::from_millis(bounds.end.saturating_sub(clock::now_ms()));
        connection.busy_timeout(left.min(BUSY))?;
        let outcome = rows::run(&connection, statement, parameters, bounds);
        self.give_back(connection);
        outcome
    }
}

/// What a statement begins with. Some that begin otherwise do their work without asking [`authorize`] before they run.
const WORDS: [&str; 7] = ["SELECT", "WITH", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE"];

fn begins_well(statement: &str) -> bool {
    let mut rest = statement.trim_start();
    loop {
        let after = if let Some(comment) = rest.strip_prefix("--") {
            comment.split_once('\n').map(|(_, after)| after)
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map(|(_, after)| after)
        } else {
            break;
        };
        rest = after.unwrap_or_default().trim_start();
    }
    let end = rest.find(|char: char| !char.is_ascii_alphabetic()).unwrap_or(rest.len());
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(&rest[..end]))
}

/// What a statement may do; asked while it is prepared.
fn authorize(context: AuthContext<'_>) -> Authorization {
    let is_own = |table: &str| table.starts_with("sqlite_");
    let allowed = match context.action {
        AuthAction::Select | AuthAction::Recursive | AuthAction::Read { .. } => true,
        AuthAction::Insert { table_name }
        | AuthAction::Delete { table_name }
        | AuthAction::Update { table_name, .. } => {
            !is_own(table_name) || context.accessor.is_some()
        }
        AuthAction::Function { function_name } => {
            !["load_extension", "fts3_tokenizer"].contains(&function_name)
        }
        // Full-text tables look at it themselves.
        AuthAction::Pragma { pragma_name, pragma_value } => {
            pragma_name == "data_version" && pragma_value.is_none()
        }
        _ => false,
    };
    if allowed { Authorization::Allow } else { Authorization::Deny }
}
