//! `purview:http`: the request's body and a response that is sent in pieces. All of it works on the current exchange.
//! `body_read` and `write` suspend the guest: while the client is slow, nothing is buffered beyond the output limit.

use std::{future::poll_fn, task::Poll};

use purview_abi::call::{self, status};
use wasmtime::{Caller, Linker, Result};

use super::memory;
use crate::{
    exchange::{self, Answer, Exchange},
    instance::guest::Guest,
    log,
    response::{self, End},
};

/// Longest piece that is taken from the guest's memory before the output is looked at again.
const PIECE_BYTES: u32 = 64 * 1024;

/// Binds one call. `streams`: the guest may start before its request's body is complete.
pub(super) fn link(linker: &mut Linker<Guest>, name: &str, streams: bool) -> Result<()> {
    match name {
        call::HTTP_BODY if streams => linker.func_wrap_async(
            call::HTTP,
            name,
            |caller: Caller<'_, Guest>, (buffer, capacity): (u32, u32)| {
                Box::new(body_when_complete(caller, buffer, capacity))
            },
        )?,
        call::HTTP_BODY => linker.func_wrap(call::HTTP, name, body)?,
        call::HTTP_RESPOND => linker.func_wrap(call::HTTP, name, respond)?,
        call::HTTP_BODY_READ => linker.func_wrap_async(
            call::HTTP,
            name,
            |caller: Caller<'_, Guest>, (buffer, capacity): (u32, u32)| {
                Box::new(body_read(caller, buffer, capacity))
            },
        )?,
        call::HTTP_FINISH => linker.func_wrap_async(
            call::HTTP,
            name,
            |caller: Caller<'_, Guest>, (record,): (u32,)| Box::new(finish(caller, record)),
        )?,
        _ => linker.func_wrap_async(
            call::HTTP,
            name,
            |caller: Caller<'_, Guest>, (piece, length): (u32, u32)| {
                Box::new(write(caller, piece, length))
            },
        )?,
    };
    Ok(())
}

/// Copies the body, which was read before the guest started.
fn body(mut caller: Caller<'_, Guest>, buffer: u32, capacity: u32) -> Result<i32> {
    exchange::with(|exchange| Ok(memory::fill(&mut caller, buffer, capacity, exchange.body())?))
}

/// The same for a guest that may also read in pieces: waits for what is missing, and copies what was not read yet.
async fn body_when_complete(caller: Caller<'_, Guest>, buffer: u32, capacity: u32) -> Result<i32> {
    if !exchange::with(ask_for_body) {
        return Ok(status::CLOSED);
    }
    exchange::with(|exchange| exchange.body_whole = true);
    arrival(|_| false).await;
    body(caller, buffer, capacity)
}

/// The next piece of the body, as soon as there is one.
async fn body_read(mut caller: Caller<'_, Guest>, buffer: u32, capacity: u32) -> Result<i32> {
    if capacity == 0 {
        return Ok(status::INVALID);
    }
    if !exchange::with(ask_for_body) {
        return Ok(status::CLOSED);
    }
    arrival(|exchange| !exchange.body.is_empty()).await;
    exchange::with(|exchange| {
        let count = exchange.body.len().min(capacity as usize);
        let length = u32::try_from(count).unwrap_or(u32::MAX);
        let target = memory::bytes(&mut caller, buffer, length, memory::COPY_BYTES_MAX)?;
        target.copy_from_slice(&exchange.body()[..count]);
        exchange.body.start += count;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    })
}

/// Tells a client that waits to go on (RFC 9110 section 10.1.1). `false`: it was answered instead, so nothing will come.
fn ask_for_body(exchange: &mut Exchange) -> bool {
    if !exchange.client_waits() {
        return true;
    }
    if exchange.answer != Answer::None {
        return false;
    }
    exchange.head.expects_continue = false;
    response::encode_continue(&mut exchange.output);
    true
}

/// Waits until enough of the body is there, or all of it.
async fn arrival(enough: impl Fn(&Exchange) -> bool) {
    poll_fn(|_| {
        exchange::with(|exchange| {
            let there = exchange.body_is_complete() || enough(exchange);
            if there { Poll::Ready(()) } else { Poll::Pending }
        })
    })
    .await;
}

/// Sends status and fields.
fn respond(mut caller: Caller<'_, Guest>, record: u32) -> Result<i32> {
    let memory = memory::all(&mut caller);
    exchange::with(|exchange| {
        if exchange.answer != Answer::None {
            return Ok(status::WRONG_STATE);
        }
        let (frame, limits) = (exchange.begin_answer(), exchange.limits);
        match response::encode_guest(&mut exchange.output, memory, record, frame, limits, true) {
            Ok((status, end)) => {
                exchange.answer = Answer::Streaming { status, end };
                Ok(0)
            }
            Err(fault) => {
                if fault.is_limit() {
                    log::limit(fault.code(), "a handler's `respond` was refused");
                }
                Ok(status::INVALID)
            }
        }
    })
}

/// Completes the answer, and waits until the driver has it. What the guest does then, it does for nobody: neither the client's
/// going away nor its taking its time ends it, only its limits do.
async fn finish(mut caller: Caller<'_, Guest>, record: u32) -> Result<i32> {
    if record == 0 {
        super::assets::send().await?;
    }
    let memory = memory::all(&mut caller);
    let code = exchange::with(|exchange| match exchange.answer {
        Answer::None if record != 0 => {
            let (frame, limits) = (exchange.begin_whole_answer(), exchange.limits);
            let output = &mut exchange.output;
            match response::encode_guest(output, memory, record, frame, limits, false) {
                Ok((status, end)) => {
                    exchange.answer = Answer::Streaming { status, end };
                    0
                }
                Err(fault) => {
                    if fault.is_limit() {
                        log::limit(fault.code(), "a handler's `finish` was refused");
                    }
                    status::INVALID
                }
            }
        }
        Answer::Streaming { status, end } if record == 0 && end != End::Complete => {
            exchange.end_stream(end);
            exchange.answer = Answer::Streaming { status, end: End::Complete };
            0
        }
        _ => status::WRONG_STATE,
    });
    if code == 0 {
        poll_fn(|_| {
            exchange::with(
                |exchange| {
                    if exchange.output.is_empty() { Poll::Ready(()) } else { Poll::Pending }
                },
            )
        })
        .await;
    }
    Ok(code)
}

/// Sends a piece of the body, waiting while too much of the output is still to be sent.
async fn write(mut caller: Caller<'_, Guest>, piece: u32, length: u32) -> Result<i32> {
    if !exchange::with(|exchange| matches!(exchange.answer, Answer::Streaming { .. })) {
        return Ok(status::WRONG_STATE);
    }
    // All of it lies inside before any of it is sent; memory does not shrink.
    memory::bytes(&mut caller, piece, length, u32::MAX)?;
    let mut sent = 0;
    while sent < length {
        let count = (length - sent).min(PIECE_BYTES);
        let bytes = memory::bytes(&mut caller, piece + sent, count, PIECE_BYTES)?;
        let wrong_state = exchange::with(|exchange| {
            let Answer::Streaming { end, .. } = exchange.answer else { return true };
            match end {
                End::Chunks => response::put_chunk(&mut exchange.output, bytes),
                End::UntilClose => exchange.output.extend_from_slice(bytes),
                End::NoBody | End::Complete => {}
                End::Length => return true,
            }
            false
        });
        if wrong_state {
            return Ok(status::WRONG_STATE);
        }
        sent += count;
        poll_fn(|_| {
            exchange::with(|exchange| {
                if exchange.output.len() >= exchange.output_high {
                    Poll::Pending
                } else {
                    Poll::Ready(())
                }
            })
        })
        .await;
    }
    Ok(0)
}
