//! Why a handler failed, for its author. In: how its guest ended, with its call stack, and the fault record in its memory.
//! Out: a line of the log and, for `--dev`, the text of the answer. What a module says of itself (names, places, messages) is
//! cut and escaped where it is shown, and decides nothing.

use std::{collections::BTreeMap, fmt::Write as _, sync::Arc};

use js_to_wasm::{diagnostic::code_frame, package::Place, package::Places};
use wasmtime::{FrameInfo, Trap, WasmBacktrace};

use crate::{
    capability::wasi,
    contract::shown,
    exchange::{self, Answer},
    fault::Fault,
    log,
};

/// Longest message of a guest that is read, in bytes.
const MESSAGE_BYTES_MAX: usize = 2048;
/// Frames of the call stack that are shown.
const FRAMES_MAX: usize = 16;
/// The name of what the compiler adds around a program.
const ADDED: &str = "(request)";
/// Bytes of the record behind the export `purview:fault/1`.
const RECORD_BYTES: usize = 16;

/// The texts that a handler was compiled from, by their paths.
pub type Texts = BTreeMap<String, String>;

/// What there is to explain a module's failures with.
#[derive(Debug, Default)]
pub struct Origin {
    /// The address that `purview:fault/1` exports.
    pub record: Option<u32>,
    /// Which instruction comes from which place of the source.
    pub places: Option<Places>,
    /// Set by `--dev`: answers tell what failed. The texts, if this process compiled the handler.
    pub dev: Option<Arc<Texts>>,
}

/// A failure in words.
struct Failure<'a> {
    code: &'static str,
    reason: String,
    /// Functions from the innermost outwards, with their places.
    stack: Vec<(&'a str, Option<Place>)>,
}

/// Logs how a guest ended, and notes it for the answer where that may be told. Of a limit of its time, where it was then, if places are
/// known; other limits are not its code's. `memory` is empty if the guest has none yet.
pub(super) fn note(
    handler: &str,
    origin: &Origin,
    error: &wasmtime::Error,
    memory: &[u8],
    answer: Answer,
) -> Fault {
    let fault = error.downcast_ref::<Fault>().copied();
    let of_pool = error.downcast_ref::<wasmtime::PoolConcurrencyLimitError>();
    if of_pool.is_some() {
        return Fault::Busy;
    }
    let stopped = matches!(fault, Some(Fault::Cpu | Fault::Wall)) && origin.places.is_some();
    if fault.is_some() && !stopped && origin.dev.is_none() {
        return fault.unwrap_or(Fault::Trap);
    }
    let failure = describe(origin, error, memory);
    if fault.is_none() || stopped && !failure.stack.is_empty() {
        let begun = matches!(answer, Answer::Streaming { .. });
        log_failure(handler, &failure, stopped, begun);
    }
    if let Some(texts) = &origin.dev {
        let text = for_author(&failure, texts);
        exchange::with(|exchange| exchange.report = Some(text));
    }
    fault.unwrap_or(Fault::Trap)
}

fn describe<'a>(origin: &Origin, error: &'a wasmtime::Error, memory: &[u8]) -> Failure<'a> {
    let (code, reason) = reason(origin, error, memory);
    let frames = error.downcast_ref::<WasmBacktrace>().map_or(&[][..], WasmBacktrace::frames);
    let mut stack = Vec::new();
    for frame in frames {
        if stack.len() == FRAMES_MAX {
            break;
        }
        let Some((function, place)) = located(frame, origin.places.as_ref()) else { continue };
        // What the compiler adds around a program is of interest only if nothing of the program was running.
        if stack.is_empty() || function != ADDED {
            stack.push((function, place));
        }
    }
    Failure { code, reason, stack }
}

/// The code and the sentence.
fn reason(origin: &Origin, error: &wasmtime::Error, memory: &[u8]) -> (&'static str, String) {
    if let Some(fault) = error.downcast_ref::<Fault>() {
        return (fault.code(), fault.to_string());
    }
    if let Some(code) = wasi::exit_code(error) {
        return ("guest.exit", format!("the handler ended itself with exit code {code}"));
    }
    if let Some(found) = origin.record.and_then(|at| record(at, memory)) {
        return found;
    }
    match error.downcast_ref::<Trap>() {
        Some(Trap::StackOverflow) => (
            "fault.stack",
            "the call stack is exhausted: does a function call itself for ever?".into(),
        ),
        Some(trap) => (Fault::Trap.code(), trap.to_string()),
        None => (Fault::Trap.code(), error.root_cause().to_string()),
    }
}

/// What the guest wrote before it trapped; none if it wrote nothing, or nothing that makes sense.
fn record(at: u32, memory: &[u8]) -> Option<(&'static str, String)> {
    let record: &[u8; RECORD_BYTES] = memory.get(at as usize..)?.first_chunk()?;
    let word = |index: usize| {
        let bytes = &record[4 * index..4 * index + 4];
        bytes.iter().rev().fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
    };
    let code = match word(0) {
        0 => return None,
        1 => "fault.type",
        2 => "fault.range",
        3 => "fault.assert",
        4 => "fault.memory",
        _ => "fault.other",
    };
    let message = memory.get(word(1) as usize..)?.get(..word(2) as usize)?;
    let cut = &message[..message.len().min(MESSAGE_BYTES_MAX)];
    Some((code, String::from_utf8_lossy(cut).into_owned()))
}

/// A frame that means something to the author: it has a place or, in a module without places, a name.
fn located<'a>(frame: &'a FrameInfo, places: Option<&Places>) -> Option<(&'a str, Option<Place>)> {
    let name = frame.func_name();
    let Some(places) = places else { return Some((name?, None)) };
    let place = frame.module_offset().and_then(|offset| places.at(offset))?;
    Some((name.unwrap_or(ADDED), Some(place)))
}

/// One line: code, reason, function and place, and the functions that led there.
fn log_failure(handler: &str, failure: &Failure<'_>, stopped: bool, begun: bool) {
    let begun = if begun { " after its response had begun" } else { "" };
    let mut stack = String::new();
    for frame in &failure.stack {
        let separator = if stack.is_empty() { "" } else { ", " };
        let _ = write!(stack, "{separator}{}", shown_frame(frame));
    }
    let (function, place) = match failure.stack.first() {
        Some((function, place)) => (*function, place.as_ref()),
        None => ("", None),
    };
    log::failure(&log::Failure {
        stopped,
        handler,
        code: failure.code,
        reason: &format!("{}{begun}", failure.reason),
        function,
        place: place.map(|place| (place.file.as_str(), place.line, place.column)),
        stack: &stack,
    });
}

/// The text of the answer under `--dev`.
fn for_author(failure: &Failure<'_>, texts: &Texts) -> String {
    let mut out = format!("error[{}]: {}\n", failure.code, shown(&failure.reason));
    if let Some(place) = failure.stack.iter().find_map(|(_, place)| place.as_ref()) {
        match texts.get(&place.file) {
            Some(text) => out += &code_frame(&place.file, text, place.line, place.column),
            None => {
                let _ =
                    writeln!(out, " --> {}:{}:{}", shown(&place.file), place.line, place.column);
            }
        }
    }
    for frame in &failure.stack {
        let _ = writeln!(out, "  in {}", shown_frame(frame));
    }
    out
}

fn shown_frame((function, place): &(&str, Option<Place>)) -> String {
    let function = shown(function);
    match place {
        Some(place) => {
            format!("{function} ({}:{}:{})", shown(&place.file), place.line, place.column)
        }
        None => function,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_points_nowhere_says_nothing() {
        let mut memory = vec![0; 64];
        assert_eq!(record(0, &memory), None, "code 0");
        memory[..12].copy_from_slice(&[1, 0, 0, 0, 32, 0, 0, 0, 2, 0, 0, 0]);
        memory[32..34].copy_from_slice(b"\xff!");
        assert_eq!(record(0, &memory), Some(("fault.type", "\u{fffd}!".into())));
        memory[8..12].copy_from_slice(&[0xff; 4]);
        assert_eq!(record(0, &memory), None, "length");
        memory[4..8].copy_from_slice(&[0xff; 4]);
        assert_eq!(record(0, &memory), None, "address");
        assert_eq!(record(49, &memory), None, "record");
        assert_eq!(record(u32::MAX, &memory), None, "record");
        assert_eq!(record(0, &[]), None, "memory");
    }

    #[test]
    fn a_long_message_is_cut() {
        let mut memory = vec![b'a'; MESSAGE_BYTES_MAX + 100];
        let length = u32::try_from(memory.len()).unwrap().to_le_bytes();
        memory[..4].copy_from_slice(&3_u32.to_le_bytes());
        memory[4..8].fill(0);
        memory[8..12].copy_from_slice(&length);
        let (code, message) = record(0, &memory).unwrap();
        assert_eq!((code, message.chars().count()), ("fault.assert", MESSAGE_BYTES_MAX));
    }
}
