//! `purview:sql`: statements that stand in the module, on the operator's database. In: the values for a statement's parameters. Out: a
//! handle; the rows are taken with `purview:io`, as JSON. A statement is prepared against the database when the module is loaded
//! and runs on a thread for calls that block. Never here: SQL text that a guest makes at run time.

mod database;
mod rows;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use purview_abi::call::{SQL, status};
use wasmtime::{Caller, Linker, Result};

pub(super) use self::database::Database;
use self::rows::Bounds;
use super::io::{self, Ending, Slot};
use crate::{clock, instance::guest::Guest, limits::Limits, log};

/// Binds a statement. The error says what the database has against it.
pub(super) fn link(
    linker: &mut Linker<Guest>,
    name: &str,
    statement: &str,
    database: &Database,
    limits: &Limits,
) -> Result<()> {
    const _: () = assert!(SQL.params.len() == 3, "parameters, their length, and the most rows");
    database.check(statement).map_err(wasmtime::Error::msg)?;
    let statement: Arc<str> = statement.into();
    let (database, limits) = (database.clone(), limits.clone());
    linker.func_wrap(
        "purview:sql",
        name,
        move |mut caller: Caller<'_, Guest>, at: u32, length: u32, rows_max: u32| -> Result<i32> {
            if caller.data().is_full(limits.handles) {
                log::limit("limit.handles", "a handler has started as much as `handles` allows");
                return Ok(status::LIMIT);
            }
            if u64::from(length) > limits.sql_parameters_bytes {
                let message = "parameters longer than `sql_parameters_bytes` were refused";
                log::limit("limit.sql_parameters", message);
                return Ok(status::INVALID);
            }
            let parameters = io::copy(&mut caller, at, length)?;
            let bounds = Bounds {
                rows: limits.sql_rows,
                rows_wanted: Some(u64::from(rows_max)).filter(|rows| *rows > 0),
                bytes: usize::try_from(limits.sql_result_bytes).unwrap_or(usize::MAX),
                end: clock::now_ms() + limits.sql_ms,
                ended: Arc::default(),
            };
            let slot = Slot::new();
            let ending = start(&database, &statement, parameters, bounds, &slot);
            Ok(caller.data_mut().pendings.add(slot, ending))
        },
    )?;
    Ok(())
}

fn start(
    database: &Database,
    statement: &Arc<str>,
    parameters: Vec<u8>,
    bounds: Bounds,
    slot: &Arc<Slot>,
) -> Ending {
    let (statement, slot, ended) =
        (Arc::clone(statement), Arc::clone(slot), Arc::clone(&bounds.ended));
    let pool = database.pool();
    database.handle().spawn_blocking(move || {
        // A guest that is gone before its turn came asks for nothing.
        if !bounds.ended.load(Ordering::Relaxed) {
            slot.complete(pool.run(&statement, &parameters, &bounds));
        }
    });
    Ending::Flag(ended)
}

/// Set when nobody waits for a statement any more.
type Ended = Arc<AtomicBool>;
