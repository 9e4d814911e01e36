//! `purview:http`: the request's body and a response that is sent in pieces. All of it works on the current exchange.
//! `body_read` and `write` suspend the guest: while the client is slow, nothing is buffered beyond the output limit.

use std::{future::poll_fn, task::Poll};

use purview_abi::call::{self, status};
use wasmtime::{Caller, Linker, Result};

use super::memory::{self, BadPointer};
use crate::{
    exchange::{self, Answer},
    instance::guest::Guest,
    parse::body::Decoder,
    response::{self, End, ResponseLimits},
};

/// Longest piece that is taken from the guest's memory before the output is looked at again.
const PIECE_BYTES: u32 = 64 * 1024;

pub(super) fn link(linker: &mut Linker<Guest>, name: &str) -> Result<()> {
    match name {
        call::HTTP_BODY => linker.func_wrap(call::HTTP, name, body)?,
        call::HTTP_RESPOND => linker.func_wrap(call::HTTP, name, respond)?,
        call::HTTP_BODY_READ => linker.func_wrap_async(
            call::HTTP,
            name,
            |caller: Caller<'_, Guest>, (buffer, capacity): (u32, u32)| {
                Box::new(body_read(caller, buffer, capacity))
            },
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

/// The next piece of the body, as soon as there is one.
async fn body_read(mut caller: Caller<'_, Guest>, buffer: u32, capacity: u32) -> Result<i32> {
    if capacity == 0 {
        return Ok(status::INVALID);
    }
    poll_fn(|_| {
        exchange::with(|exchange| {
            let complete = exchange.decoder.as_ref().is_none_or(Decoder::is_done);
            if exchange.body.is_empty() && !complete { Poll::Pending } else { Poll::Ready(()) }
        })
    })
    .await;
    exchange::with(|exchange| {
        let count = exchange.body.len().min(capacity as usize);
        let length = u32::try_from(count).unwrap_or(u32::MAX);
        let target = memory::bytes(&mut caller, buffer, length, memory::COPY_BYTES_MAX)?;
        target.copy_from_slice(&exchange.body()[..count]);
        exchange.body.start += count;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    })
}

/// Sends status and fields.
fn respond(mut caller: Caller<'_, Guest>, record: u32) -> Result<i32> {
    let memory = memory::all(&mut caller);
    exchange::with(|exchange| {
        if exchange.answer != Answer::None {
            return Ok(status::WRONG_STATE);
        }
        let limits = ResponseLimits { head_bytes: 64 * 1024, body_bytes: u64::from(PIECE_BYTES) };
        match response::encode_guest(
            &mut exchange.output,
            memory,
            record,
            exchange.frame,
            limits,
            true,
        ) {
            Ok((status, end)) => {
                exchange.answer = Answer::Streaming { status, end };
                Ok(0)
            }
            Err(_) => Ok(status::INVALID),
        }
    })
}

/// Sends a piece of the body, waiting while too much of the output is still to be sent.
async fn write(mut caller: Caller<'_, Guest>, piece: u32, length: u32) -> Result<i32> {
    let mut sent = 0;
    while sent < length {
        let count = (length - sent).min(PIECE_BYTES);
        let address =
            piece.checked_add(sent).ok_or(BadPointer::Outside { address: piece, length })?;
        let bytes = memory::bytes(&mut caller, address, count, PIECE_BYTES)?;
        let wrong_state = exchange::with(|exchange| {
            let Answer::Streaming { end, .. } = exchange.answer else { return true };
            match end {
                End::Chunks => response::put_chunk(&mut exchange.output, bytes),
                End::UntilClose => exchange.output.extend_from_slice(bytes),
                End::NoBody | End::Complete => {}
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
