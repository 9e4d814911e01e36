//! A stand-in for the world, for tests of handlers: what a module asks of environment, cache, egress, SQL, clock, randomness and log is
//! asked of the test's process, which answers as its fakes do. In: imports. Out: functions that write a line with the call and read
//! one with the outcome. Only `purview stand` makes one; a server never has it.

use std::{
    fmt,
    io::{BufRead, BufReader, Write},
    sync::{Arc, Mutex, PoisonError},
};

use purview_abi::{
    call::{self, Type},
    name::{CacheVerb, Import, Value as Name},
};
use serde_json::{Value, json};
use wasmtime::{Caller, FuncType, Linker, Result, Val, ValType};

use super::{
    egress::Draft,
    io::{Ending, Slot},
    memory,
};
use crate::{instance::guest::Guest, limits::Limits};

/// Longest text that is handed over.
const TEXT_BYTES_MAX: u32 = 16 << 20;

/// The lines to and from the test's process.
pub struct Stand(Mutex<(Lines, Box<dyn Write + Send>)>);

type Lines = BufReader<Box<dyn std::io::Read + Send>>;

impl fmt::Debug for Stand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stand")
    }
}

impl Stand {
    /// Answers come from `input`, questions go to `output`.
    pub fn new(
        input: impl std::io::Read + Send + 'static,
        output: impl Write + Send + 'static,
    ) -> Self {
        Self(Mutex::new((BufReader::new(Box::new(input)), Box::new(output))))
    }

    /// The next line; nothing once the other side has ended.
    pub fn read(&self) -> Result<Option<Value>, String> {
        let mut both = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        read(&mut both.0)
    }

    /// Writes a line.
    pub fn write(&self, value: &Value) -> Result<(), String> {
        let mut both = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        write(&mut both.1, value)
    }

    fn ask(&self, question: &Value) -> Result<Reply, String> {
        let mut both = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        write(&mut both.1, question)?;
        let answer = read(&mut both.0)?.ok_or("the test has ended")?;
        let bytes = answer["bytes"].as_str().map(unhex).unwrap_or_default();
        let code = answer["code"].as_i64().ok_or("the test gives no code")?;
        Ok(Reply { code, bytes: bytes.ok_or("the test gives no bytes")? })
    }
}

fn read(lines: &mut Lines) -> Result<Option<Value>, String> {
    let mut line = String::new();
    let count = lines.read_line(&mut line).map_err(|error| error.to_string())?;
    if count == 0 {
        return Ok(None);
    }
    serde_json::from_str(&line).map(Some).map_err(|error| error.to_string())
}

fn write(out: &mut Box<dyn Write + Send>, value: &Value) -> Result<(), String> {
    writeln!(out, "{value}").and_then(|()| out.flush()).map_err(|error| error.to_string())
}

struct Reply {
    code: i64,
    bytes: Vec<u8>,
}

/// A parameter, or several that belong together.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// Address and length of what is read.
    Text,
    /// A number.
    Number,
    /// Address of a send record.
    Send,
    /// Address and capacity of a buffer that takes the result.
    Buffer,
    /// Address and length of what is filled.
    Fill,
    /// Address of 16 bytes for the result.
    Pair,
    /// The result is the handle of an outcome.
    Started,
}

/// The parts of a call, if the test answers it.
fn parts(import: &Import<'_>) -> Option<Vec<Part>> {
    use Part::{Buffer, Fill, Number, Pair, Send, Started, Text};
    let dynamic = |value: &Name<'_>| (*value == Name::Any).then_some(Text);
    let own: &[Part] = match import {
        Import::Env(_) => &[Buffer],
        Import::Egress(_) => &[Send, Started],
        Import::Cache(_, verb) => match verb {
            CacheVerb::Get => &[Text, Buffer],
            CacheVerb::Set => &[Text, Text, Number],
            CacheVerb::Delete => &[Text],
            CacheVerb::Incr => &[Text, Number, Number, Pair],
            CacheVerb::Stats => &[Buffer],
        },
        Import::Sql(_) => &[Text, Number, Started],
        Import::Call("purview:clock", _) => &[],
        Import::Call("purview:random", _) => &[Fill],
        Import::Call("purview:log", _) => &[Number, Text],
        _ => return None,
    };
    let name = match import {
        Import::Env(value) | Import::Cache(value, _) => dynamic(value),
        _ => None,
    };
    Some(name.into_iter().chain(own.iter().copied()).collect())
}

/// Binds an import that the test answers; `false` if it is none of those.
pub(super) fn link(
    linker: &mut Linker<Guest>,
    (module, name): (&str, &str),
    import: &Import<'_>,
    stand: Option<&Arc<Stand>>,
    limits: &Limits,
) -> Result<bool> {
    let (Some(stand), Some(parts), Some(signature)) =
        (stand, parts(import), call::signature_of(import))
    else {
        return Ok(false);
    };
    let kind = |kind: &Type| match kind {
        Type::I32 => ValType::I32,
        Type::I64 => ValType::I64,
        Type::F64 => ValType::F64,
    };
    let ty = FuncType::new(
        linker.engine(),
        signature.params.iter().map(kind),
        signature.result.iter().map(kind),
    );
    let wide = signature.result == Some(Type::I64);
    let (stand, limits) = (Arc::clone(stand), limits.clone());
    let names = json!([module, name]);
    linker.func_new(module, name, ty, move |mut caller, params, results| {
        let code = asked(&mut caller, &stand, &names, &parts, params, &limits)?;
        if let Some(result) = results.first_mut() {
            let short = || i32::try_from(code).unwrap_or(i32::MAX);
            *result = if wide { Val::I64(code) } else { Val::I32(short()) };
        }
        Ok(())
    })?;
    Ok(true)
}

fn asked(
    caller: &mut Caller<'_, Guest>,
    stand: &Stand,
    names: &Value,
    parts: &[Part],
    params: &[Val],
    limits: &Limits,
) -> Result<i64> {
    let mut params = params.iter();
    let mut word = || {
        params.next().and_then(|value| match value {
            Val::I32(number) => Some(i64::from(*number)),
            Val::I64(number) => Some(*number),
            _ => None,
        })
    };
    let mut word = || word().unwrap_or(0);
    // An address or a length is read as unsigned.
    let short = |number: i64| number as u32;
    let (mut arguments, mut place) = (Vec::new(), (0, 0));
    for part in parts {
        match part {
            Part::Text => {
                let (at, length) = (short(word()), short(word()));
                arguments.push(hex(memory::bytes(caller, at, length, TEXT_BYTES_MAX)?).into());
            }
            Part::Number => arguments.push(word().into()),
            Part::Send => match Draft::read(caller, short(word()), limits)? {
                Some(draft) => arguments.push(draft.to_json()),
                None => return Ok(call::status::INVALID.into()),
            },
            Part::Buffer => place = (short(word()), short(word())),
            Part::Fill => {
                place = (short(word()), short(word()));
                arguments.push(place.1.into());
            }
            Part::Pair => place = (short(word()), 16),
            Part::Started => {}
        }
    }
    let question = json!({ "call": names, "arguments": arguments });
    let Reply { code, bytes } = stand.ask(&question).map_err(wasmtime::Error::msg)?;
    if code < 0 {
        return Ok(code);
    }
    match parts.last() {
        Some(Part::Buffer) => Ok(memory::fill(caller, place.0, place.1, &bytes)?.into()),
        Some(Part::Fill | Part::Pair) => {
            memory::fill(caller, place.0, place.1, &bytes)?;
            Ok(code)
        }
        Some(Part::Started) => {
            let slot = Slot::new();
            slot.fill(bytes);
            Ok(caller.data_mut().pendings.add(slot, Ending::Nothing).into())
        }
        _ => Ok(code),
    }
}

/// Bytes as text.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of such a text.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    text.len().is_multiple_of(2).then(|| text.as_bytes().chunks(2).map(pair).collect())?
}
