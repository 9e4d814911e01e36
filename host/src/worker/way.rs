//! The way of a request through the stages: parse, route, instance and its capabilities, response. In: a connection with
//! new input, or room for output, or a guest that can go on. Out: the connection a few states further, its answers in the
//! output buffer. Sockets are not touched here: see [`super::Worker`].

use std::{rc::Rc, sync::Arc, time::Duration};

use super::{
    Context,
    connection::{Connection, State},
};
use crate::{
    bell::Bell,
    clock::{self, Millis},
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
    route::Found,
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
    if runs_on(connection) {
        return false;
    }
    if connection.broken {
        return true;
    }
    match connection.state {
        State::Closing { left } => all_sent && (connection.ended || (left == 0 && connection.shut)),
        State::Reading | State::Skipping { .. } => connection.ended && all_sent,
        // A client that closed its side early may still want its answer.
        State::Body | State::Handling { .. } => false,
    }
}

/// Whether the guest works on after its answer, whatever becomes of the connection.
pub(super) fn runs_on(connection: &Connection) -> bool {
    matches!(connection.state, State::Handling { .. })
        && connection.exchange.as_deref().is_some_and(Exchange::answer_is_whole)
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
        State::Handling { .. } if !exchange.body_is_complete() => {
            exchange.body.len() < body_ahead(exchange)
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
    }
}

/// Whether a deadline of the connection has passed.
pub(super) fn is_late(connection: &Connection, now: Millis) -> bool {
    if connection.sending && now >= connection.send_deadline {
        return true;
    }
    let ends = match connection.state {
        // While the client takes an answer, the time for that counts.
        State::Reading | State::Skipping { .. } | State::Closing { .. } if connection.sending => {
            Millis::MAX
        }
        State::Handling { .. } if connection.sending && sends_file(connection) => Millis::MAX,
        _ if waits_for_body(connection) => {
            connection.deadline.min(connection.body_deadline).min(connection.stall_deadline)
        }
        _ => connection.deadline,
    };
    now >= ends
}

/// Whether the handler has ended and a file is on its way, for which no more than the client's progress counts.
fn sends_file(connection: &Connection) -> bool {
    connection.exchange.as_deref().is_some_and(|exchange| exchange.file_moves)
}

/// Whether it is the client's turn: what has arrived of the body is used up.
fn waits_for_body(connection: &Connection) -> bool {
    let waits = |exchange: &Exchange| exchange.body.is_empty() && !exchange.body_is_complete();
    match connection.state {
        State::Body => true,
        State::Handling { .. } => connection.exchange.as_deref().is_some_and(waits),
        _ => false,
    }
}

/// A deadline passed. `false`: close without an answer.
pub(super) fn time_out(connection: &mut Connection, context: &mut Context) -> bool {
    let now = context.now;
    let of_body =
        if now >= connection.body_deadline { Fault::BodyTimeout } else { Fault::BodyStall };
    let body_late = waits_for_body(connection)
        && now >= connection.body_deadline.min(connection.stall_deadline);
    match connection.state {
        State::Reading
            if connection.exchange.as_ref().is_some_and(|exchange| !exchange.input.is_empty()) =>
        {
            refuse(connection, context, Fault::HeadTimeout);
            true
        }
        State::Body => {
            refuse(connection, context, of_body);
            true
        }
        State::Handling { .. } => {
            let fault = if body_late { of_body } else { Fault::Wall };
            stop_guest(connection, context, fault);
            true
        }
        State::Reading => {
            if context.log_requests {
                let code = if connection.used { "limit.idle" } else { "limit.head_read" };
                log::event(log::Level::Info, code, "a connection without a request was closed");
            }
            false
        }
        State::Skipping { .. } => {
            log::limit(Fault::BodyStall.code(), "the rest of a body did not arrive in time");
            false
        }
        State::Closing { .. } => false,
    }
}

/// The connection ends while a guest may be working for it: the guest ends with it.
pub(super) fn abandon(connection: &mut Connection, context: &mut Context, why: Fault) {
    let State::Handling { task } = connection.state else {
        if why.is_limit() {
            log::limit(why.code(), &why.to_string());
        }
        return;
    };
    let Some(exchange) = connection.exchange.take() else { return };
    let mut exchange = context.tasks.cancel(task, exchange);
    let status = match exchange.answer {
        Answer::Streaming { status, .. } | Answer::Done { status, .. } => status,
        Answer::None => why.status(),
    };
    exchange.answer = Answer::Done { status, fault: Some(why), broken: true };
    connection.exchange = Some(exchange);
    complete(connection, context);
}

/// parse: the next head.
fn read_head(connection: &mut Connection, context: &mut Context) -> bool {
    let Some(exchange) = &mut connection.exchange else { return false };
    exchange.output_high =
        usize::try_from(context.service.limits.output_bytes).unwrap_or(usize::MAX);
    // Back-pressure: a client that does not take its answers gets no further ones.
    if exchange.output.len() >= exchange.output_high {
        let tell = !exchange.input.is_empty() && context.log_requests;
        if tell && !std::mem::replace(&mut connection.piled_up, true) {
            let message = "a client sends requests faster than it takes answers; it has to wait";
            log::event(log::Level::Info, "limit.output", message);
        }
        return false;
    }
    let empty_lines = head::leading_empty_lines(&exchange.input);
    if empty_lines > 0 {
        exchange.input.drain(..empty_lines);
        exchange.seen = 0;
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
            exchange.frame = Frame::default();
            refuse(connection, context, fault.into());
            true
        }
    }
}

/// route, and what is to be done with the body.
fn begin(connection: &mut Connection, context: &mut Context) -> bool {
    let Some(exchange) = &mut connection.exchange else { return false };
    connection.in_head = false;
    connection.answer_sent = 0;
    if context.log_requests {
        connection.started = clock::now();
    }
    let head = &exchange.head;
    exchange.frame = Frame {
        keep_alive: head.keep_alive && !context.draining,
        head_only: head.method.of(&exchange.input) == b"HEAD",
        http_1_0: head.http_1_0,
    };
    exchange.drain_high = context.service.limits.drain_bytes;
    exchange.answer = Answer::None;
    exchange.file = None;
    exchange.file_moves = false;
    exchange.report = None;
    exchange.body = head.length..head.length;
    exchange.body_whole = false;
    exchange.decoder = None;
    exchange.target = match find(exchange, context) {
        Found::Target(target) if context.notice.is_none() => Some(target),
        _ => None,
    };
    exchange.handlers = exchange.target.map(|_| Rc::clone(&context.handlers));
    let (body_use, limit) = match exchange.handler() {
        Some(handler) => (handler.body_use, handler.limits.request_body_bytes),
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
    let complete = exchange.body_is_complete();
    let waits = exchange.head.expects_continue;
    match body_use {
        _ if complete => {}
        BodyUse::Streamed => {}
        // RFC 9110 section 10.1.1: a client that waits need not send a body that nobody reads.
        BodyUse::Ignored if waits => {
            exchange.frame.keep_alive = false;
            exchange.decoder = None;
        }
        BodyUse::Ignored | BodyUse::Whole => {
            if waits {
                response::encode_continue(&mut exchange.output);
                exchange.head.expects_continue = false;
            }
            connection.state = State::Body;
            connection.deadline = Millis::MAX;
            connection.body_starts(context.now, &context.service.limits);
            return connection.ended;
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

fn body_use(exchange: &Exchange) -> BodyUse {
    exchange.handler().map_or(BodyUse::Ignored, |handler| handler.body_use)
}

fn read_body(connection: &mut Connection, context: &mut Context) -> bool {
    let Some(exchange) = &mut connection.exchange else { return false };
    if exchange.input.len() > exchange.body.end {
        connection.stall_deadline = context.now + context.service.limits.body_stall_ms;
    }
    let body_use = body_use(exchange);
    match decode(exchange, body_use) {
        Ok(()) if exchange.body_is_complete() => dispatch(connection, context),
        Ok(()) if connection.ended => {
            refuse(connection, context, CUT_SHORT.into());
            true
        }
        Ok(()) => false,
        Err(fault) => {
            refuse(connection, context, fault.into());
            true
        }
    }
}

/// instance: a guest, or the host's own answer.
fn dispatch(connection: &mut Connection, context: &mut Context) -> bool {
    connection.body_ends();
    let Some(exchange) = &mut connection.exchange else { return false };
    connection.answer_at = exchange.output.len();
    let Some(target) = exchange.target else {
        let frame = exchange.frame;
        if let Some(notice) = &context.notice {
            response::encode_report(&mut exchange.output, 500, frame, notice);
            exchange.answer = Answer::Done { status: 500, fault: None, broken: false };
            complete(connection, context);
            return true;
        }
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
    exchange.job = Some(target);
    if let Some(handler) = exchange.handlers.as_ref().and_then(|list| list.get(target.handler)) {
        exchange.limits = handler.response_limits;
        exchange.log_left = handler.limits.log_bytes;
        exchange.log_line_max = handler.limits.log_line_bytes;
        connection.deadline = context.now + handler.limits.wall_ms;
    }
    let bells = &context.bells;
    exchange.bell.get_or_insert_with(|| Bell { bells: Arc::clone(bells), token: 0 }).token =
        connection.token;
    exchange.log_dropped = 0;
    exchange.log_cut = 0;
    if !exchange.body_is_complete() {
        connection.body_starts(context.now, &context.service.limits);
    }
    connection.state = State::Handling { task };
    poll_task(connection, context);
    // A client that is gone already tells nothing more: what that means for the guest is looked at now.
    connection.ended || !matches!(connection.state, State::Handling { .. })
}

/// Lets the connection's guest run, to its end or to where it must wait.
pub(super) fn poll_task(connection: &mut Connection, context: &mut Context) {
    let State::Handling { task } = connection.state else { return };
    let Some(exchange) = connection.exchange.take() else { return };
    context.seat.ticker.note(&context.seat.activity);
    let (exchange, progress) = context.tasks.poll(task, exchange);
    if exchange.file_moves {
        let wall = exchange.handler().map_or(0, |handler| handler.limits.wall_ms);
        connection.deadline = context.now + wall;
    }
    connection.exchange = Some(exchange);
    match progress {
        Progress::Done => complete(connection, context),
        Progress::Yielded => connection.queued = true,
        Progress::Waiting => {}
    }
}

/// New input or room for output, while a guest has the request.
fn handle(connection: &mut Connection, context: &mut Context) -> bool {
    if let Err(fault) = feed(connection, context) {
        stop_guest(connection, context, fault.into());
        return true;
    }
    if connection.queued {
        return false;
    }
    poll_task(connection, context);
    !matches!(connection.state, State::Handling { .. })
}

/// The client closed its side before the body was complete.
const CUT_SHORT: ParseFault = ParseFault::Framing("the connection ended inside the body");

/// Bytes of the body that may wait for the guest; all of it, once the guest waits for all of it.
fn body_ahead(exchange: &Exchange) -> usize {
    if exchange.body_whole { usize::MAX } else { BODY_AHEAD_BYTES }
}

/// Decodes more of the body for a guest that reads it in pieces.
fn feed(connection: &mut Connection, context: &Context) -> Result<(), ParseFault> {
    let Some(exchange) = &mut connection.exchange else { return Ok(()) };
    if exchange.body_is_complete() {
        return Ok(());
    }
    let before = exchange.input.len();
    // What the guest has read makes room.
    if exchange.body.start > exchange.head.length {
        let read = exchange.head.length..exchange.body.start;
        exchange.body.start = read.start;
        exchange.body.end -= read.len();
        exchange.input.drain(read);
    }
    let undecoded = exchange.input.len() > exchange.body.end;
    if exchange.body.len() < body_ahead(exchange) {
        decode(exchange, BodyUse::Streamed)?;
    }
    if undecoded || exchange.input.len() < before {
        connection.stall_deadline = context.now + context.service.limits.body_stall_ms;
    }
    // A client that sends its body does not wait for `100 Continue`.
    exchange.head.expects_continue &= exchange.body.is_empty();
    let used_up = exchange.input.len() == exchange.body.end;
    if connection.ended && used_up && !exchange.body_is_complete() {
        return Err(CUT_SHORT);
    }
    Ok(())
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
    exchange.frame.keep_alive = false;
    exchange.fail(fault);
    complete(connection, context);
}

/// The answer is in the output: log it, and make ready for the next request or for the end.
fn complete(connection: &mut Connection, context: &mut Context) {
    let Some(exchange) = &connection.exchange else { return };
    let Answer::Done { status, fault, broken } = exchange.answer else { return };
    log_end(connection, context, status, fault);
    let Some(exchange) = &mut connection.exchange else { return };
    exchange.answer = Answer::None;
    exchange.target = None;
    exchange.handlers = None;
    let limits = &context.service.limits;
    let missing = match &exchange.decoder {
        Some(decoder) if !decoder.is_done() => Some(decoder.missing().unwrap_or(0)),
        _ => None,
    };
    let too_much = missing.is_some_and(|missing| missing > limits.drain_bytes);
    if fault.is_none() && too_much && !exchange.head.expects_continue {
        log::limit("limit.drain", TOO_MUCH_UNREAD);
    }
    if !exchange.frame.keep_alive || broken || too_much || context.draining {
        connection.close_after_output(context.now, limits);
        return;
    }
    exchange.input.drain(..exchange.body.end);
    exchange.body = 0..0;
    exchange.seen = 0;
    connection.used = true;
    connection.body_ends();
    connection.deadline = context.now + limits.idle_ms;
    connection.state = State::Reading;
    if missing.is_some() {
        connection.deadline = context.now + limits.body_stall_ms;
        connection.state = State::Skipping { left: limits.drain_bytes };
    }
}

const TOO_MUCH_UNREAD: &str =
    "a connection was closed: more of a body was left unread than `drain_bytes`";

/// One line for the request; without request lines, one for a limit that ended it. And what became of its own lines.
fn log_end(connection: &Connection, context: &Context, status: u16, fault: Option<Fault>) {
    let Some(exchange) = &connection.exchange else { return };
    let handler = exchange.handler().map_or("", |handler| &handler.name);
    if exchange.target.is_some() && exchange.log_dropped > 0 {
        log::dropped_of(handler, exchange.log_dropped);
    }
    if exchange.target.is_some() && exchange.log_cut > 0 {
        log::cut_of(handler, exchange.log_cut);
    }
    if let Some(malformed @ Fault::BadResponse(_)) = fault {
        log::fault(handler, malformed, format_args!("{malformed}"));
    }
    if !context.log_requests {
        if let Some(fault) = fault.filter(|fault| fault.is_limit()) {
            log::fault(handler, fault, format_args!("{fault}"));
        }
        return;
    }
    let parsed = exchange.body.end > 0;
    let text = |span: purview_abi::wire::Span| if parsed { span.of(&exchange.input) } else { &[] };
    let took =
        if parsed { clock::now().saturating_sub(connection.started) } else { Duration::ZERO };
    let waiting = exchange.output.len().saturating_sub(connection.answer_at);
    log::access(&log::Access {
        method: text(exchange.head.method),
        path: text(exchange.head.path),
        peer: exchange.peer.as_bytes(),
        handler,
        status,
        bytes: connection.answer_sent + waiting,
        us: u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
        fault,
    });
}

/// Throws away the rest of a body that nobody read.
fn skip(connection: &mut Connection, context: &mut Context, left: u64) -> bool {
    let Some(exchange) = &mut connection.exchange else { return false };
    let before = exchange.input.len() as u64;
    let decoded = decode(exchange, BodyUse::Ignored);
    let skipped = before - exchange.input.len() as u64;
    let limits = &context.service.limits;
    if decoded.is_err() || skipped > left {
        if decoded.is_ok() {
            log::limit("limit.drain", TOO_MUCH_UNREAD);
        }
        connection.close_after_output(context.now, limits);
        return true;
    }
    if exchange.body_is_complete() {
        connection.deadline = context.now + limits.idle_ms;
        connection.state = State::Reading;
        return true;
    }
    connection.state = State::Skipping { left: left - skipped };
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
