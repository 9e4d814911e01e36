//! The way of a request through the stages: parse, route, instance and its capabilities, response. In: a connection with
//! new input, or room for output, or a guest that can go on. Out: the connection a few states further, its answers in the
//! output buffer. Sockets are not touched here: see [`super::Worker`].

use super::{
    Context,
    connection::{Connection, State},
};
use crate::{
    clock,
    exchange::{Answer, Exchange},
    fault::Fault,
    instance::{handler::BodyUse, task::Progress},
    log,
    parse::{
        ParseFault,
        body::Decoder,
        head::{self, Framing},
    },
    response::{self, Frame},
    route::{Found, Target},
};

/// Bytes that may wait in the input behind the current request.
const INPUT_BYTES_MAX: usize = 128 * 1024;
/// Bytes of a streamed body that may wait for the guest.
const BODY_AHEAD_BYTES: usize = 128 * 1024;

/// Goes as far as input and output allow.
pub(super) fn walk(connection: &mut Connection, context: &mut Context) {
    while connection.exchange.is_some() {
        let goes_on = match connection.state {
            State::Reading => read_head(connection, context),
            State::Body => read_body(connection, context),
            State::Handling { .. } => handle(connection, context),
            State::Skipping { left } => skip(connection, context, left),
            State::Closing { left } => discard(connection, left),
        };
        if !goes_on {
            return;
        }
    }
}

/// Whether nothing is left to do for the connection.
pub(super) fn is_over(connection: &Connection) -> bool {
    let exchange = connection.exchange.as_deref();
    let all_sent =
        !connection.sending && exchange.is_none_or(|exchange| exchange.output.is_empty());
    if connection.broken {
        return true;
    }
    match connection.state {
        State::Closing { left } => all_sent && (connection.ended || (left == 0 && connection.shut)),
        State::Reading | State::Skipping { .. } => connection.ended && all_sent,
        State::Body => connection.ended,
        // A client that closed its side early may still want the answer, but not of a request that it did not finish.
        State::Handling { .. } => {
            connection.ended && exchange.is_some_and(|exchange| !body_is_complete(exchange))
        }
    }
}

/// Whether more input is wanted.
pub(super) fn wants_input(connection: &Connection, context: &Context) -> bool {
    let Some(exchange) = &connection.exchange else { return true };
    match connection.state {
        State::Reading => {
            exchange.output.len() < exchange.output_high.max(1)
                || exchange.input.len() < context.head_limits.head_bytes
        }
        State::Body | State::Skipping { .. } | State::Closing { .. } => true,
        State::Handling { .. } if !body_is_complete(exchange) => {
            exchange.body.len() < BODY_AHEAD_BYTES
        }
        State::Handling { .. } => exchange.input.len() < exchange.body.end + INPUT_BYTES_MAX,
    }
}

/// Between requests a connection holds no buffers.
pub(super) fn rest(connection: &mut Connection, context: &mut Context) {
    let idle = connection.state == State::Reading
        && connection
            .exchange
            .as_ref()
            .is_some_and(|exchange| exchange.input.is_empty() && exchange.output.is_empty());
    if idle && let Some(exchange) = connection.exchange.take() {
        context.keep_exchange(exchange);
        connection.in_head = false;
        if connection.used {
            connection.deadline = context.now + context.service.limits.idle_ms;
        }
    }
}

/// A deadline passed. `false`: close without an answer.
pub(super) fn time_out(connection: &mut Connection, context: &mut Context) -> bool {
    match connection.state {
        State::Reading
            if connection.exchange.as_ref().is_some_and(|exchange| !exchange.input.is_empty()) =>
        {
            refuse(connection, context, Fault::HeadTimeout);
            true
        }
        State::Body => {
            refuse(connection, context, Fault::BodyTimeout);
            true
        }
        State::Handling { .. } => {
            stop_guest(connection, context, Fault::Wall);
            true
        }
        State::Reading | State::Skipping { .. } | State::Closing { .. } => false,
    }
}

fn body_is_complete(exchange: &Exchange) -> bool {
    exchange.decoder.as_ref().is_none_or(Decoder::is_done)
}

/// parse: the next head.
fn read_head(connection: &mut Connection, context: &mut Context) -> bool {
    let Some(exchange) = &mut connection.exchange else { return false };
    exchange.output_high =
        usize::try_from(context.service.limits.output_bytes).unwrap_or(usize::MAX);
    // Back-pressure: a client that does not take its answers gets no further ones.
    if exchange.output.len() >= exchange.output_high {
        return false;
    }
    let empty_lines = head::leading_empty_lines(&exchange.input);
    if empty_lines > 0 && exchange.seen == 0 {
        exchange.input.drain(..empty_lines);
    }
    if exchange.input.is_empty() {
        return false;
    }
    match head::read(
        &mut exchange.input,
        &mut exchange.seen,
        &context.head_limits,
        &mut exchange.head,
    ) {
        Ok(true) => begin(connection, context),
        Ok(false) => {
            // The time for a head counts from its first byte; for the first one of a connection from its start.
            if !std::mem::replace(&mut connection.in_head, true) && connection.used {
                connection.deadline = context.now + context.service.limits.head_read_ms;
            }
            false
        }
        Err(fault) => {
            refuse(connection, context, fault.into());
            true
        }
    }
}

/// route, and what is to be done with the body.
fn begin(connection: &mut Connection, context: &mut Context) -> bool {
    let Some(exchange) = &mut connection.exchange else { return false };
    connection.in_head = false;
    let head = &exchange.head;
    exchange.frame = Frame {
        keep_alive: head.keep_alive && !context.draining,
        head_only: head.method.of(&exchange.input) == b"HEAD",
        http_1_0: head.http_1_0,
    };
    exchange.answer = Answer::None;
    exchange.body = head.length..head.length;
    exchange.decoder = None;
    exchange.target = match find(exchange, context) {
        Found::Target(target) => Some(target),
        _ => None,
    };
    let (body_use, limit) = match exchange.target {
        Some(Target { handler, .. }) => {
            let handler = &context.handlers[handler];
            (handler.body_use, handler.limits.request_body_bytes)
        }
        None => (BodyUse::Ignored, context.service.limits.request_body_bytes),
    };
    if exchange.head.framing == Framing::None {
        return dispatch(connection, context);
    }
    let decoded = Decoder::new(exchange.head.framing, limit).and_then(|decoder| {
        exchange.decoder = Some(decoder);
        decode(exchange, body_use)
    });
    if let Err(fault) = decoded {
        refuse(connection, context, fault.into());
        return true;
    }
    let complete = body_is_complete(exchange);
    let waits = exchange.head.expects_continue;
    match body_use {
        _ if complete => {}
        BodyUse::Streamed => {}
        // RFC 9110 section 10.1.1: a client that waits need not send a body that nobody reads.
        BodyUse::Ignored if waits => exchange.frame.keep_alive = false,
        BodyUse::Ignored | BodyUse::Whole => {
            if waits {
                exchange.output.extend_from_slice(b"HTTP/1.1 100 Continue\r\n\r\n");
                exchange.head.expects_continue = false;
            }
            connection.state = State::Body;
            connection.deadline = context.now + context.service.limits.body_stall_ms;
            connection.body_deadline = context.now + context.service.limits.body_read_ms;
            return false;
        }
    }
    dispatch(connection, context)
}

fn find<'c>(exchange: &mut Exchange, context: &'c Context) -> Found<'c> {
    let Exchange { input, head, params, .. } = exchange;
    // A checked target is ASCII.
    let path = std::str::from_utf8(head.path.of(input)).unwrap_or("/");
    context.service.routes.find(
        head.authority.of(input),
        head.method.of(input),
        path,
        head.path.start,
        params,
    )
}

/// parse: what of the body is there, moved together behind the head; without it if nobody reads it.
fn decode(exchange: &mut Exchange, body_use: BodyUse) -> Result<(), ParseFault> {
    let Some(decoder) = &mut exchange.decoder else { return Ok(()) };
    let from = exchange.body.end;
    let decoded = decoder.decode(&mut exchange.input[from..])?;
    let kept = if body_use == BodyUse::Ignored { 0 } else { decoded.produced };
    exchange.input.drain(from + kept..from + decoded.consumed);
    exchange.body.end += kept;
    Ok(())
}

fn body_use(exchange: &Exchange, context: &Context) -> BodyUse {
    exchange.target.map_or(BodyUse::Ignored, |target| context.handlers[target.handler].body_use)
}

fn read_body(connection: &mut Connection, context: &mut Context) -> bool {
    let Some(exchange) = &mut connection.exchange else { return false };
    if exchange.input.len() > exchange.body.end {
        connection.deadline = context.now + context.service.limits.body_stall_ms;
    }
    let body_use = body_use(exchange, context);
    match decode(exchange, body_use) {
        Ok(()) if body_is_complete(exchange) => dispatch(connection, context),
        Ok(()) => false,
        Err(fault) => {
            refuse(connection, context, fault.into());
            true
        }
    }
}

/// instance: a guest, or the host's own answer.
fn dispatch(connection: &mut Connection, context: &mut Context) -> bool {
    let Some(exchange) = &mut connection.exchange else { return false };
    connection.body_deadline = clock::Millis::MAX;
    connection.answer_at = exchange.output.len();
    if context.log_requests {
        connection.started = clock::now();
    }
    let Some(target) = exchange.target else {
        let frame = exchange.frame;
        match find(exchange, context) {
            Found::Options(allow) => {
                response::encode_options(&mut exchange.output, allow, frame);
                exchange.answer = Answer::Done { status: 204, fault: None, broken: false };
            }
            Found::MethodNotAllowed(allow) => {
                exchange.fail_with(Fault::MethodNotAllowed, ("allow", allow))
            }
            Found::Target(_) | Found::NotFound => exchange.fail(Fault::NotFound),
        }
        complete(connection, context);
        return true;
    };
    let Some(task) = context.tasks.take() else {
        exchange.fail_with(Fault::Busy, ("retry-after", "1"));
        complete(connection, context);
        return true;
    };
    let limits = &context.handlers[target.handler].limits;
    exchange.job = Some(target);
    exchange.log_left = limits.log_bytes;
    connection.deadline = context.now + limits.wall_ms;
    connection.state = State::Handling { task };
    poll_task(connection, context);
    !matches!(connection.state, State::Handling { .. })
}

/// Lets the connection's guest run, to its end or to where it must wait.
pub(super) fn poll_task(connection: &mut Connection, context: &mut Context) {
    let State::Handling { task } = connection.state else { return };
    let Some(exchange) = connection.exchange.take() else { return };
    context.seat.ticker.note(&context.seat.activity);
    let (exchange, progress) = context.tasks.poll(task, exchange);
    connection.exchange = Some(exchange);
    match progress {
        Progress::Done => complete(connection, context),
        Progress::Yielded => connection.queued = true,
        Progress::Waiting => {}
    }
}

/// New input or room for output, while a guest has the request.
fn handle(connection: &mut Connection, context: &mut Context) -> bool {
    if connection.queued {
        return false;
    }
    let Some(exchange) = &mut connection.exchange else { return false };
    if !body_is_complete(exchange) {
        // What the guest has read makes room.
        if exchange.body.start > exchange.head.length {
            let read = exchange.head.length..exchange.body.start;
            exchange.body.start = read.start;
            exchange.body.end -= read.len();
            exchange.input.drain(read);
        }
        if exchange.body.len() < BODY_AHEAD_BYTES
            && let Err(fault) = decode(exchange, BodyUse::Streamed)
        {
            stop_guest(connection, context, fault.into());
            return true;
        }
    }
    poll_task(connection, context);
    !matches!(connection.state, State::Handling { .. })
}

/// Ends the guest where it stands and answers with the fault, or breaks off the answer.
fn stop_guest(connection: &mut Connection, context: &mut Context, fault: Fault) {
    let State::Handling { task } = connection.state else { return };
    let Some(exchange) = connection.exchange.take() else { return };
    connection.queued = false;
    let mut exchange = context.tasks.cancel(task, exchange);
    exchange.finish(Err(fault));
    connection.exchange = Some(exchange);
    complete(connection, context);
}

/// A fault before a guest had the request: answer, then close.
fn refuse(connection: &mut Connection, context: &mut Context, fault: Fault) {
    let Some(exchange) = &mut connection.exchange else { return };
    connection.answer_at = exchange.output.len();
    if !matches!(connection.state, State::Body) {
        exchange.frame = Frame::default();
    }
    exchange.frame.keep_alive = false;
    exchange.fail(fault);
    complete(connection, context);
}

/// The answer is in the output: log it, and make ready for the next request or for the end.
fn complete(connection: &mut Connection, context: &mut Context) {
    let Some(exchange) = &mut connection.exchange else { return };
    let Answer::Done { status, fault, broken } = exchange.answer else { return };
    if context.log_requests {
        log_access(exchange, context, connection.answer_at, connection.started, status, fault);
    }
    exchange.answer = Answer::None;
    let limits = &context.service.limits;
    if !exchange.frame.keep_alive || broken || context.draining {
        connection.close_after_output(context.now, limits);
        return;
    }
    let missing = match &exchange.decoder {
        Some(decoder) if !decoder.is_done() => Some(decoder.missing().unwrap_or(0)),
        _ => None,
    };
    exchange.input.drain(..exchange.body.end);
    exchange.body = 0..0;
    exchange.seen = 0;
    connection.used = true;
    connection.deadline = context.now + limits.idle_ms;
    connection.state = match missing {
        None => State::Reading,
        Some(missing) if missing <= limits.drain_bytes && !exchange.head.expects_continue => {
            connection.deadline = context.now + limits.body_stall_ms;
            State::Skipping { left: limits.drain_bytes }
        }
        Some(_) => {
            connection.close_after_output(context.now, limits);
            return;
        }
    };
}

fn log_access(
    exchange: &Exchange,
    context: &Context,
    answer_at: usize,
    started: std::time::Duration,
    status: u16,
    fault: Option<Fault>,
) {
    let parsed = exchange.body.end > 0;
    let text = |span: purview_abi::wire::Span| if parsed { span.of(&exchange.input) } else { &[] };
    log::access(&log::Access {
        method: text(exchange.head.method),
        path: text(exchange.head.path),
        peer: exchange.peer.as_bytes(),
        handler: exchange.target.map_or("", |target| &context.handlers[target.handler].name),
        status,
        bytes: exchange.output.len().saturating_sub(answer_at),
        us: if parsed {
            u64::try_from((clock::now().saturating_sub(started)).as_micros()).unwrap_or(u64::MAX)
        } else {
            0
        },
        fault,
    });
}

/// Throws away the rest of a body that nobody read.
fn skip(connection: &mut Connection, context: &mut Context, left: u64) -> bool {
    let Some(exchange) = &mut connection.exchange else { return false };
    let before = exchange.input.len() as u64;
    let decoded = decode(exchange, BodyUse::Ignored);
    let left = left.saturating_sub(before - exchange.input.len() as u64);
    if decoded.is_err() || left == 0 {
        connection.close_after_output(context.now, &context.service.limits);
        return true;
    }
    if body_is_complete(exchange) {
        connection.state = State::Reading;
        return true;
    }
    connection.state = State::Skipping { left };
    false
}

/// Throws away what arrives after the last answer.
fn discard(connection: &mut Connection, left: u64) -> bool {
    if let Some(exchange) = &mut connection.exchange {
        connection.state =
            State::Closing { left: left.saturating_sub(exchange.input.len() as u64) };
        exchange.input.clear();
    }
    false
}
