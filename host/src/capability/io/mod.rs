//! `purview:io`: waiting for what was started, of whatever kind. In: handles. Out: outcomes. The guest's fiber is suspended, its
//! worker serves others meanwhile; whoever completes an outcome rings the worker's bell.

mod pending;

use std::{future::poll_fn, sync::Arc, task::Poll, time::Duration};

use purview_abi::call::{self, status};
use tokio::runtime::Handle;
use wasmtime::{Caller, Linker, Result};

pub(super) use self::pending::Ending;
pub use self::pending::{Pendings, Slot};
use super::memory::{self, BadPointer};
use crate::{instance::guest::Guest, limits::Limits, log};

pub(super) fn link(
    linker: &mut Linker<Guest>,
    name: &str,
    background: Option<&Handle>,
    limits: &Limits,
) -> Result<()> {
    match name {
        call::IO_SLEEP => {
            let background = background.cloned();
            let handles = limits.handles;
            linker.func_wrap(
                call::IO,
                name,
                move |caller: Caller<'_, Guest>, milliseconds: u32| {
                    sleep(caller, background.as_ref(), handles, milliseconds)
                },
            )?
        }
        call::IO_WAIT => linker.func_wrap_async(
            call::IO,
            name,
            |caller: Caller<'_, Guest>, (handle, buffer, capacity): (i32, u32, u32)| {
                Box::new(wait(caller, handle, buffer, capacity))
            },
        )?,
        call::IO_WAIT_ANY => linker.func_wrap_async(
            call::IO,
            name,
            |caller: Caller<'_, Guest>, (handles, count): (u32, u32)| {
                Box::new(wait_any(caller, handles, count))
            },
        )?,
        _ => linker.func_wrap(call::IO, name, |mut caller: Caller<'_, Guest>, handle: i32| {
            if caller.data_mut().pendings.remove(handle) { 0 } else { status::INVALID }
        })?,
    };
    Ok(())
}

/// Starts a wait for time to pass. It ends with the guest, at the latest at its limit.
fn sleep(
    mut caller: Caller<'_, Guest>,
    background: Option<&Handle>,
    handles: u64,
    milliseconds: u32,
) -> i32 {
    if caller.data().pendings.is_full(handles) {
        log::limit("limit.handles", "a handler has started as much as `handles` allows");
        return status::LIMIT;
    }
    let Some(background) = background else { return status::INVALID };
    let (slot, time) = (Slot::new(), Duration::from_millis(milliseconds.into()));
    let done = Arc::clone(&slot);
    let task = background.spawn(async move {
        tokio::time::sleep(time).await;
        done.complete(Vec::new());
    });
    caller.data_mut().pendings.add(slot, Ending::Task(task.abort_handle()))
}

/// Waits for one outcome. It stays until it is taken with a buffer that is large enough.
async fn wait(
    mut caller: Caller<'_, Guest>,
    handle: i32,
    buffer: u32,
    capacity: u32,
) -> Result<i32> {
    let Some(slot) = caller.data().pendings.slot(handle) else { return Ok(status::INVALID) };
    until(&[Arc::clone(&slot)]).await;
    let length = {
        let outcome = slot.outcome();
        if outcome.len() > capacity as usize {
            return Ok(i32::try_from(outcome.len()).unwrap_or(i32::MAX));
        }
        memory::fill(&mut caller, buffer, capacity, &outcome)?
    };
    caller.data_mut().pendings.remove(handle);
    Ok(length)
}

/// Waits until one of several outcomes is there, and says which.
async fn wait_any(mut caller: Caller<'_, Guest>, handles: u32, count: u32) -> Result<i32> {
    if count == 0 || count > call::IO_HANDLES_MAX {
        return Ok(status::INVALID);
    }
    let list = memory::bytes(&mut caller, handles, count * 4, call::IO_HANDLES_MAX * 4)?;
    let list: Vec<i32> =
        list.chunks_exact(4).map(|bytes| bytes.try_into().map_or(-1, i32::from_le_bytes)).collect();
    let slots: Option<Vec<_>> =
        list.into_iter().map(|handle| caller.data().pendings.slot(handle)).collect();
    let Some(slots) = slots else { return Ok(status::INVALID) };
    Ok(i32::try_from(until(&slots).await).unwrap_or(i32::MAX))
}

/// Suspends until one of the slots has its outcome: the index of the first that has.
pub(super) async fn until(slots: &[Arc<Slot>]) -> usize {
    poll_fn(|_| match slots.iter().position(|slot| slot.is_there()) {
        Some(at) => Poll::Ready(at),
        None => Poll::Pending,
    })
    .await
}

/// Copies out of the guest's memory, for something that goes on while the guest runs.
pub(super) fn copy(
    caller: &mut Caller<'_, Guest>,
    address: u32,
    length: u32,
) -> Result<Vec<u8>, BadPointer> {
    Ok(memory::bytes(caller, address, length, memory::COPY_BYTES_MAX)?.to_vec())
}
