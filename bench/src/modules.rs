//! How long calls of the host's modules take inside an instance: from the guest's instruction to the one after it.
//!
//! In: a case for each call, as a module that calls it over and over. Out: percentiles of the time of one call.

use std::{fs, io, path::Path, time::Duration};

use purview::{
    instance::measure,
    load::{LoadOptions, load},
};
use purview_native::auth::{self, SignOptions};
use serde::Serialize;

use crate::instance::{InstanceError, Percentiles};

/// Calls in one request: what a request costs beside them does not show.
const CALLS: u32 = 1000;

/// A call, what it is given, and how many bytes it gives back.
struct Case {
    name: &'static str,
    module: &'static str,
    call: &'static str,
    texts: Vec<Vec<u8>>,
    result: usize,
    /// An import and a call of it, in WebAssembly text, that come before the calls that count.
    before: (&'static str, &'static str),
}

const NOTHING: (&str, &str) = ("", "");
/// Keeps what the first 24 bytes of the texts name: the 32 that come after them.
const KEEP: (&str, &str) = (
    r#"(import "purview:cache" "bench.set" (func $set (param i32 i32 i32 i32 i64) (result i32)))"#,
    "(drop (call $set (i32.const 8192) (i32.const 24) (i32.const 8216) (i32.const 32) (i64.const 0)))",
);

/// The times of one call.
#[derive(Clone, Debug, Serialize)]
pub struct CallTimes {
    /// What was measured.
    pub name: &'static str,
    /// The time of one call.
    pub call: Percentiles,
}

/// Measures every case, `rounds` times a thousand calls; modules are written to `folder`.
pub fn measure(folder: &Path, rounds: usize) -> Result<Vec<CallTimes>, ModulesError> {
    fs::create_dir_all(folder).map_err(ModulesError::File)?;
    let mut times = Vec::new();
    for case in cases() {
        let file = folder.join(format!("{}.wat", case.call));
        fs::write(&file, case.module_text()).map_err(ModulesError::File)?;
        let options = LoadOptions { modules: vec![file], ..LoadOptions::default() };
        let loaded = load(&options).map_err(InstanceError::Load).map_err(ModulesError::Instance)?;
        let handler = loaded.service.handlers.first().ok_or(InstanceError::NoHandler);
        let handler = handler.map_err(ModulesError::Instance)?;
        let run = |rounds| {
            measure::run(handler, 0, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", rounds)
                .map_err(|fault| ModulesError::Instance(InstanceError::Fault(fault)))
        };
        run(rounds.min(10))?;
        let mut each: Vec<Duration> =
            run(rounds)?.iter().map(|sample| sample.call / CALLS).collect();
        each.sort_unstable();
        let at = |percent: usize| {
            let nanos = each.get(each.len() * percent / 100).map(Duration::as_nanos);
            nanos.and_then(|nanos| u64::try_from(nanos).ok()).unwrap_or(0)
        };
        times.push(CallTimes {
            name: case.name,
            call: Percentiles { p50_ns: at(50), p99_ns: at(99) },
        });
    }
    Ok(times)
}

fn cases() -> Vec<Case> {
    let secret = b"a secret of 32 bytes, as it ought".to_vec();
    let claims =
        br#"{"sub":"1234567890","name":"Ada","admin":true,"iat":1516239022,"exp":9999999999}"#;
    let token = SignOptions::read(b"").and_then(|options| auth::sign(claims, &secret, &options));
    let token = token.map(String::into_bytes).unwrap_or_default();
    let schema = br#"{"type":"object","required":["name","mail"],"properties":{"name":{"type":"string","minLength":1,"maxLength":100},"mail":{"type":"string","format":"email"},"age":{"type":"integer","minimum":0,"maximum":150}}}"#;
    let user = br#"{"name":"Ada Lovelace","mail":"ada@example.com","age":36}"#;
    let validate = purview_abi::call::VALIDATE;
    vec![
        Case {
            name: "cacheGet, 32 bytes",
            module: "purview:cache",
            call: "bench.get",
            result: 32,
            texts: vec![b"session-0123456789abcdef".to_vec()],
            before: KEEP,
        },
        Case {
            name: "jwtVerify, HS256, 5 claims",
            module: "purview:auth",
            call: "jwt_verify",
            result: 1 + claims.len(),
            texts: vec![token, secret, Vec::new()],
            before: NOTHING,
        },
        Case {
            name: "validateJson, an object of 3 members",
            module: validate,
            call: "check",
            result: 1,
            texts: vec![schema.to_vec(), user.to_vec()],
            before: NOTHING,
        },
        Case {
            name: "sha256, 64 bytes",
            module: "purview:crypto",
            call: "sha256",
            result: 32,
            texts: vec![vec![b'a'; 64]],
            before: NOTHING,
        },
        Case {
            name: "hmacSha256, 1 KiB",
            module: "purview:crypto",
            call: "hmac_sha256",
            result: 32,
            texts: vec![vec![b'k'; 32], vec![b'a'; 1024]],
            before: NOTHING,
        },
    ]
}

impl Case {
    /// A module whose one route makes the call a thousand times, and traps unless each gives what it should.
    fn module_text(&self) -> String {
        let mut data = String::new();
        let mut arguments = String::new();
        let mut at = 8192;
        for text in &self.texts {
            let bytes: String = text.iter().map(|byte| format!("\\{byte:02x}")).collect();
            data.push_str(&format!("(data (i32.const {at}) \"{bytes}\")"));
            arguments.push_str(&format!("(i32.const {at}) (i32.const {}) ", text.len()));
            at += text.len().next_multiple_of(16);
        }
        arguments.push_str(&format!("(i32.const {at}) (i32.const 4096)"));
        let params = "i32 ".repeat(self.texts.len() * 2 + 2);
        let Self { module, call, result, before: (import, prepare), .. } = self;
        format!(
            r#"(module
  (import "{module}" "{call}" (func $call (param {params}) (result i32)))
  {import}
  (memory (export "memory") 2 2)
  (global (export "purview:request/1") i32 (i32.const 2048))
  (func (export "purview:reserve/1") (param i32) (result i32) (i32.const 65536))
  (data (i32.const 1024) "\01\00\c8\00") {data}
  (func (export "GET /") (param i32 i32) (result i32) (local $left i32)
    {prepare}
    (local.set $left (i32.const {CALLS}))
    (loop $again
      (if (i32.ne (call $call {arguments}) (i32.const {result})) (then unreachable))
      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (i32.const 1024)))"#
        )
    }
}

/// Why calls could not be measured.
#[derive(Debug)]
pub enum ModulesError {
    /// A module could not be written.
    File(io::Error),
    /// It was not let in, or failed.
    Instance(InstanceError),
}

impl std::fmt::Display for ModulesError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(error) => write!(out, "a module could not be written: {error}"),
            Self::Instance(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for ModulesError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_gives_what_it_should() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let times = measure(folder.path(), 2).unwrap_or_else(|error| panic!("{error}"));
        assert!(times.len() == 5 && times.iter().all(|times| times.call.p50_ns > 0), "{times:?}");
    }
}
