//! `purview:log`: lines from the guest, perhaps with fields. Cut at the limit of a line, escaped, and counted against the request's
//! budget; what is over is dropped and counted. What is cut or dropped is told once, when the request ends.

use purview_abi::call::level;
use serde_json::value::RawValue;
use wasmtime::{Caller, Linker, Result};

use super::memory;
use crate::{
    exchange,
    instance::guest::Guest,
    limits::Limits,
    log::{self, Level},
};

pub(super) fn link(linker: &mut Linker<Guest>, name: &str, limits: &Limits) -> Result<()> {
    // One more than a line may have, so that [`write`] sees that it is cut.
    let most = u32::try_from(limits.log_line_bytes).unwrap_or(u32::MAX).saturating_add(1);
    linker.func_wrap(
        "purview:log",
        name,
        move |mut caller: Caller<'_, Guest>, at: i32, text: u32, length: u32| -> Result<()> {
            let line = memory::bytes(&mut caller, text, length.min(most), most)?;
            put(level_of(at), line, parts);
            Ok(())
        },
    )?;
    Ok(())
}

fn level_of(level: i32) -> Level {
    match level {
        level::DEBUG => Level::Debug,
        level::WARN => Level::Warn,
        level::ERROR => Level::Error,
        _ => Level::Info,
    }
}

/// Writes a guest's line without fields.
pub(super) fn write(level: Level, line: &[u8]) {
    put(level, line, |line| (line, ""));
}

/// Writes a guest's line, if its request has budget left; else counts it, and the request's end tells how many.
fn put(level: Level, line: &[u8], parts: impl Fn(&[u8]) -> (&[u8], &str)) {
    exchange::with(|exchange| {
        let most = usize::try_from(exchange.log_line_max).unwrap_or(usize::MAX);
        let is_cut = line.len() > most;
        let line = if is_cut { whole_characters(&line[..most]) } else { line };
        let wanted = line.len() as u64 + 1;
        if wanted > exchange.log_left {
            exchange.log_dropped += 1;
            return;
        }
        exchange.log_left -= wanted;
        exchange.log_cut += u64::from(is_cut);
        let (message, fields) = if is_cut { (line, "") } else { parts(line) };
        let handler = exchange.handler().map_or("", |handler| &handler.name);
        // Fields that were cut are text.
        let first = message.iter().position(|byte| *byte == 0).filter(|_| is_cut);
        match first.map(|at| message.split_at(at)) {
            Some((message, fields)) => {
                log::guest(level, handler, &[message, b" ", &fields[1..]].concat(), "");
            }
            None => log::guest(level, handler, message, fields),
        }
    });
}

/// The message, and the fields that follow it after a NUL; no fields where what follows is not an object of JSON.
fn parts(line: &[u8]) -> (&[u8], &str) {
    let Some(at) = line.iter().position(|byte| *byte == 0) else { return (line, "") };
    match serde_json::from_slice::<&RawValue>(&line[at + 1..]) {
        Ok(fields) if fields.get().starts_with('{') => (&line[..at], fields.get()),
        _ => (line, ""),
    }
}

/// Without the piece of a character at the end.
fn whole_characters(text: &[u8]) -> &[u8] {
    let start = text.iter().rev().take(4).position(|byte| byte & 0xC0 != 0x80);
    let Some(back) = start else { return text };
    let (before, last) = text.split_at(text.len() - 1 - back);
    if std::str::from_utf8(last).is_ok() { text } else { before }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_follow_a_nul() {
        let of = |line: &'static str| {
            let (message, fields) = parts(line.as_bytes());
            (std::str::from_utf8(message).unwrap_or_default(), fields)
        };
        assert_eq!(of("a"), ("a", ""));
        assert_eq!(of("a\0{\"b\":[1,{}]}"), ("a", "{\"b\":[1,{}]}"));
        assert_eq!(of("\0 {}\n"), ("", "{}"));
        for line in
            ["a\0", "a\0[1]", "a\0{\"b\":1}}", "a\0{\"b\":\"\n\"}", "a\0{\"b\"", "a\0{}\0{}"]
        {
            assert_eq!(of(line), (line, ""));
        }
        let deep = format!("a\0{}", "{\"a\":".repeat(100_000));
        assert_eq!(parts(deep.as_bytes()), (deep.as_bytes(), ""));
    }

    #[test]
    fn a_line_is_cut_between_characters() {
        for (text, left) in [("ab", 2), ("aé", 3), ("é", 2), ("a\u{1F600}", 5), ("", 0)] {
            assert_eq!(whole_characters(text.as_bytes()).len(), left);
        }
        for cut in 2..=4 {
            assert_eq!(whole_characters(&"a\u{1F600}".as_bytes()[..cut]), b"a");
        }
        assert_eq!(whole_characters(&[0x80; 9]), [0x80; 9]);
    }
}
