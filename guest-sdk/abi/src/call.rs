//! The table of host calls whose name is fixed: module, name, parameters, result, and whether the call may suspend the
//! guest. Imports whose name holds a value (`purview:env`, `purview:egress`, `purview:cache`, `purview:sql`, `purview:assets`)
//! have their signatures here too. Host, SDK and compiler read this table; nothing is callable that is not in it.
//!
//! Conventions: a pair `(pointer, length)` is two `i32`, read as unsigned. A call that fills a buffer takes
//! `(buffer, capacity)`, writes at most `capacity` bytes and returns the length of the whole value, so that a caller with
//! too small a buffer can come back with a larger one. Negative results are codes of [`status`].
//!
//! Calls of [`CRYPTO`], [`AUTH`] and [`VALIDATE`] compute only: equal arguments give equal results (but for the time that a
//! token is judged at), and they take whatever the guest has, bounded by the host's limit on the bytes of one such call;
//! beyond it the result is [`status::INVALID`]. What [`AUTH`] and [`VALIDATE`] fill in begins with a byte of [`outcome`].

/// A WebAssembly value type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// 32-bit integer.
    I32,
    /// 64-bit integer.
    I64,
    /// 64-bit float.
    F64,
}

use Type::{I32, I64};

use crate::name::{CacheVerb, Import, Value};

/// Parameters and result of a host call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// Parameter types in order.
    pub params: &'static [Type],
    /// Result type, if there is a result.
    pub result: Option<Type>,
}

/// A host call with a fixed name.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// Import module.
    pub module: &'static str,
    /// Import name.
    pub name: &'static str,
    /// Its signature.
    pub signature: Signature,
    /// Whether the guest may be suspended in it.
    pub suspends: bool,
    /// What it does, in one line.
    pub summary: &'static str,
}

const fn signature(params: &'static [Type], result: Option<Type>) -> Signature {
    Signature { params, result }
}

/// `purview:env` / `NAME`: `(buffer, capacity) -> length`, or [`status::ABSENT`].
pub const ENV: Signature = signature(&[I32, I32], Some(I32));
/// `purview:env` / `*`: `(name, name length, buffer, capacity) -> length`, or [`status::ABSENT`].
pub const ENV_ANY: Signature = signature(&[I32, I32, I32, I32], Some(I32));
/// `purview:cache` / `NAMESPACE.get`: `(key, key length, buffer, capacity) -> length`, [`status::ABSENT`], or a code of
/// [`status`]. `*.get` and the other verbs of `*` take `(namespace, namespace length)` before these.
pub const CACHE_GET: Signature = signature(&[I32, I32, I32, I32], Some(I32));
/// `purview:cache` / `NAMESPACE.set`: `(key, key length, value, value length, ttl_ms i64) -> 0` or a code of [`status`].
/// A `ttl_ms` of 0: no expiry.
pub const CACHE_SET: Signature = signature(&[I32, I32, I32, I32, I64], Some(I32));
/// `purview:cache` / `NAMESPACE.delete`: `(key, key length) -> 1` if the key was there, 0 if not, or a code of [`status`].
pub const CACHE_DELETE: Signature = signature(&[I32, I32], Some(I32));
/// `purview:cache` / `NAMESPACE.incr`: `(key, key length, delta i64, ttl_ms i64, out) -> 0` or a code of [`status`]. Adds to a
/// whole number, atomically; a value that is none counts as 0. Writes two `i64` at `out`: the new number, and the
/// milliseconds until it expires, -1 for never. A `ttl_ms` above 0 sets the expiry; 0 keeps it (a new number has none);
/// below 0, its amount is the expiry of a new number and leaves that of an old one alone.
pub const CACHE_INCR: Signature = signature(&[I32, I32, I64, I64, I32], Some(I32));
/// `purview:cache` / `NAMESPACE.stats`: `(buffer, capacity) -> length` of `{"hits":0,"misses":0,"entries":0,"bytes":0}`, or a
/// code of [`status`]. `*.stats` with an empty namespace: all namespaces of the handler.
pub const CACHE_STATS: Signature = signature(&[I32, I32], Some(I32));
const CACHE_GET_ANY: Signature = signature(&[I32, I32, I32, I32, I32, I32], Some(I32));
const CACHE_SET_ANY: Signature = signature(&[I32, I32, I32, I32, I32, I32, I64], Some(I32));
const CACHE_DELETE_ANY: Signature = signature(&[I32, I32, I32, I32], Some(I32));
const CACHE_INCR_ANY: Signature = signature(&[I32, I32, I32, I32, I64, I64, I32], Some(I32));
const CACHE_STATS_ANY: Signature = signature(&[I32, I32, I32, I32], Some(I32));
/// `purview:egress` / `ORIGIN` or `*`: `(send record) -> handle`, 0 or above, for [`IO_WAIT`]. Starts the request and returns
/// at once. Whatever goes wrong with it is told by its outcome (status 599); [`status::INVALID`] only for a malformed record,
/// [`status::LIMIT`] for more handles at one time than the host allows. See [`crate::wire`] for both records.
pub const EGRESS: Signature = signature(&[I32], Some(I32));
/// `purview:sql` / `STATEMENT`: `(parameters, their length, rows_max) -> handle`, 0 or above, for [`IO_WAIT`]. The parameters are
/// a JSON array in the order of `?1, ?2, …`, or an object for `:name`, `@name`, `$name`, or nothing. `rows_max` stops reading after so
/// many rows; 0: as many as the host allows. What [`IO_WAIT`] then gives is JSON:
/// `{"ok":true,"rows":[{"column":value}],"rowsAffected":0,"lastInsertRowId":0}` or `{"ok":false,"error":"code","details":"text"}`.
pub const SQL: Signature = signature(&[I32, I32, I32], Some(I32));
/// `purview:assets` / `FOLDER`: `(path, path length, flags) -> file`, 0 or above, for the calls of [`FILES`]; [`status::ABSENT`] if
/// there is no such file, [`status::LIMIT`] for more open at one time than the host allows, [`status::UNAVAILABLE`] if the system
/// cannot read it. The path is relative, its parts are joined by `/`, and none of them is empty or begins with a dot. See [`asset`]
/// for the flags.
pub const ASSETS: Signature = signature(&[I32, I32, I32], Some(I32));
/// A route: `(request record, its length) -> response record`, or 0 after [`HTTP_RESPOND`].
pub const ROUTE: Signature = signature(&[I32, I32], Some(I32));
/// [`crate::name::RESERVE`]: `(bytes) -> address`.
pub const RESERVE: Signature = signature(&[I32], Some(I32));

/// Module of the calls about the request and the response.
pub const HTTP: &str = "purview:http";
/// Name of the call that copies the whole request body.
pub const HTTP_BODY: &str = "body";
/// Name of the call that reads the request body piece by piece.
pub const HTTP_BODY_READ: &str = "body_read";
/// Name of the call that sends status and headers, so that the body can follow in pieces.
pub const HTTP_RESPOND: &str = "respond";
/// Name of the call that sends a piece of the response body.
pub const HTTP_WRITE: &str = "write";

/// Module of the calls that hash.
pub const CRYPTO: &str = "purview:crypto";
/// Module of the calls about signed tokens.
pub const AUTH: &str = "purview:auth";
/// Module of the calls that hold data against a JSON Schema (draft 2020-12).
pub const VALIDATE: &str = "purview:validate";

/// `(data, length, buffer, capacity) -> length`.
const ONE_TEXT: Signature = signature(&[I32; 4], Some(I32));
/// The same with two pairs before the buffer.
const TWO_TEXTS: Signature = signature(&[I32; 6], Some(I32));
/// The same with three.
const THREE_TEXTS: Signature = signature(&[I32; 8], Some(I32));

/// A call that computes only.
const fn computes(
    module: &'static str,
    name: &'static str,
    signature: Signature,
    summary: &'static str,
) -> Call {
    Call { module, name, signature, suspends: false, summary }
}

/// Module of the calls that wait for what was started.
pub const IO: &str = "purview:io";
/// Name of the call that waits for one outcome and takes it.
pub const IO_WAIT: &str = "wait";
/// Name of the call that waits until one of several outcomes is there.
pub const IO_WAIT_ANY: &str = "wait_any";
/// Name of the call that gives a handle up.
pub const IO_CANCEL: &str = "cancel";
/// Name of the call that starts a wait for time to pass.
pub const IO_SLEEP: &str = "sleep";
/// Most handles that [`IO_WAIT_ANY`] takes.
pub const IO_HANDLES_MAX: u32 = 256;

/// Module of the calls on files that were opened.
pub const FILES: &str = "purview:files";
/// Name of the call that tells what is known of a file.
pub const FILES_ABOUT: &str = "about";
/// Name of the call that reads a part of a file.
pub const FILES_READ: &str = "read";
/// Name of the call that answers the request with a file.
pub const FILES_RESPOND: &str = "respond";
/// Name of the call that closes a file.
pub const FILES_CLOSE: &str = "close";

/// Name of the call that completes the response while the handler goes on.
pub const HTTP_FINISH: &str = "finish";

/// Every host call with a fixed name.
pub const CALLS: &[Call] = &[
    Call {
        module: HTTP,
        name: HTTP_BODY,
        signature: signature(&[I32, I32], Some(I32)),
        suspends: false,
        summary: "(buffer, capacity) -> length: copies the request body, which the host has read completely",
    },
    Call {
        module: HTTP,
        name: HTTP_BODY_READ,
        signature: signature(&[I32, I32], Some(I32)),
        suspends: true,
        summary: "(buffer, capacity) -> bytes read, 0 at the end: waits for the next piece of the request body",
    },
    Call {
        module: HTTP,
        name: HTTP_RESPOND,
        signature: signature(&[I32], Some(I32)),
        suspends: false,
        summary: "(response record) -> 0: sends status and headers (and the body so far); the route then returns 0",
    },
    Call {
        module: HTTP,
        name: HTTP_WRITE,
        signature: signature(&[I32, I32], Some(I32)),
        suspends: true,
        summary: "(pointer, length) -> 0: sends a piece of the body, waiting while the client is slow",
    },
    Call {
        module: IO,
        name: IO_WAIT,
        signature: signature(&[I32, I32, I32], Some(I32)),
        suspends: true,
        summary: "(handle, buffer, capacity) -> length of the outcome: waits for it; taken, and the handle gone, only if it fits",
    },
    Call {
        module: IO,
        name: IO_WAIT_ANY,
        signature: signature(&[I32, I32], Some(I32)),
        suspends: true,
        summary: "(handles, count) -> index of the first in the list whose outcome is there: waits until one is; takes nothing",
    },
    Call {
        module: IO,
        name: IO_CANCEL,
        signature: signature(&[I32], Some(I32)),
        suspends: false,
        summary: "(handle) -> 0: ends what was started, as far as that is possible, and forgets its outcome",
    },
    Call {
        module: IO,
        name: IO_SLEEP,
        signature: signature(&[I32], Some(I32)),
        suspends: false,
        summary: "(milliseconds) -> handle: an outcome of no bytes, when that time has passed",
    },
    Call {
        module: HTTP,
        name: HTTP_FINISH,
        signature: signature(&[I32], Some(I32)),
        suspends: true,
        summary: "(response record, or 0 to end the response that was begun) -> 0: completes the response and waits until it is on its way",
    },
    Call {
        module: FILES,
        name: FILES_ABOUT,
        signature: signature(&[I32, I32, I32], Some(I32)),
        suspends: false,
        summary: "(file, buffer, capacity) -> length: its size, content type, entity tag and time of change, as lines of text",
    },
    Call {
        module: FILES,
        name: FILES_READ,
        signature: signature(&[I32, I64, I32, I32], Some(I32)),
        suspends: true,
        summary: "(file, offset, buffer, capacity) -> bytes read, 0 at the end: waits for them",
    },
    Call {
        module: FILES,
        name: FILES_RESPOND,
        signature: signature(&[I32, I32], Some(I32)),
        suspends: false,
        summary: "(response record without a body, file) -> 0: answers with the file or what the request wants of it; the route then returns 0",
    },
    Call {
        module: FILES,
        name: FILES_CLOSE,
        signature: signature(&[I32], Some(I32)),
        suspends: false,
        summary: "(file) -> 0: closes it",
    },
    Call {
        module: "purview:log",
        name: "write",
        signature: signature(&[I32, I32, I32], None),
        suspends: false,
        summary: "(level, pointer, length): one log line, after a NUL perhaps an object of JSON with its fields; level 0 debug, 1 info, 2 warn, 3 error",
    },
    Call {
        module: "purview:clock",
        name: "now",
        signature: signature(&[], Some(I64)),
        suspends: false,
        summary: "() -> nanoseconds since 1970-01-01 UTC",
    },
    Call {
        module: "purview:random",
        name: "fill",
        signature: signature(&[I32, I32], None),
        suspends: false,
        summary: "(pointer, length): fills with random bytes of the operating system, at most 64 KiB a call",
    },
    computes(CRYPTO, "sha1", ONE_TEXT, "(data, buffer) -> 20: the digest as bytes"),
    computes(CRYPTO, "sha256", ONE_TEXT, "(data, buffer) -> 32: the digest as bytes"),
    computes(CRYPTO, "sha384", ONE_TEXT, "(data, buffer) -> 48: the digest as bytes"),
    computes(CRYPTO, "sha512", ONE_TEXT, "(data, buffer) -> 64: the digest as bytes"),
    computes(CRYPTO, "hmac_sha1", TWO_TEXTS, "(key, data, buffer) -> 20: the code as bytes"),
    computes(CRYPTO, "hmac_sha256", TWO_TEXTS, "(key, data, buffer) -> 32: the code as bytes"),
    computes(CRYPTO, "hmac_sha384", TWO_TEXTS, "(key, data, buffer) -> 48: the code as bytes"),
    computes(CRYPTO, "hmac_sha512", TWO_TEXTS, "(key, data, buffer) -> 64: the code as bytes"),
    computes(
        AUTH,
        "jwt_verify",
        THREE_TEXTS,
        "(token, key, options, buffer) -> length: `+` and the claims as JSON text as they were signed, or `-` and why the \
         token is refused; key: a secret, a PEM or a JWK; options: nothing, or a JSON object with any of `algorithms`, \
         `leeway`, `issuer`, `audience`",
    ),
    computes(
        AUTH,
        "jwt_sign",
        THREE_TEXTS,
        "(claims as JSON text, key, options, buffer) -> length: `+` and the token, or `-` and why there is none; options: \
         nothing, or a JSON object with any of `algorithm`, `kid`",
    ),
    computes(
        VALIDATE,
        "compile",
        ONE_TEXT,
        "(schema, buffer) -> length: `+`, or `!` and why this is no schema; the host keeps what it compiled for later calls",
    ),
    computes(
        VALIDATE,
        "check",
        TWO_TEXTS,
        "(schema, JSON text, buffer) -> length: `+` if it is valid, `-` and the violations, or `!` and a problem",
    ),
    computes(
        VALIDATE,
        "coerce",
        TWO_TEXTS,
        "(schema, JSON text, buffer) -> length: the same after texts, numbers and booleans anywhere in it became what the \
         schema wants them to be, where they can; `+` is followed by the resulting JSON text",
    ),
    computes(
        VALIDATE,
        "decode_form",
        TWO_TEXTS,
        "(schema, body or query, buffer) -> length: reads `application/x-www-form-urlencoded`, coerces, checks; as `coerce`",
    ),
    computes(
        VALIDATE,
        "decode_multipart",
        THREE_TEXTS,
        "(schema, body, content type, buffer) -> length: reads `multipart/form-data`, coerces, checks; as `coerce`",
    ),
];

/// The signature of an import, if this version of the agreement has a call for it.
pub fn signature_of(import: &Import<'_>) -> Option<Signature> {
    match *import {
        Import::Env(Value::Literal(_)) => Some(ENV),
        Import::Env(Value::Any) => Some(ENV_ANY),
        Import::Call(module, name) => find(module, name).map(|call| call.signature),
        Import::Egress(_) => Some(EGRESS),
        Import::Cache(Value::Literal(_), verb) => Some(match verb {
            CacheVerb::Get => CACHE_GET,
            CacheVerb::Set => CACHE_SET,
            CacheVerb::Delete => CACHE_DELETE,
            CacheVerb::Incr => CACHE_INCR,
            CacheVerb::Stats => CACHE_STATS,
        }),
        Import::Cache(Value::Any, verb) => Some(match verb {
            CacheVerb::Get => CACHE_GET_ANY,
            CacheVerb::Set => CACHE_SET_ANY,
            CacheVerb::Delete => CACHE_DELETE_ANY,
            CacheVerb::Incr => CACHE_INCR_ANY,
            CacheVerb::Stats => CACHE_STATS_ANY,
        }),
        Import::Sql(_) => Some(SQL),
        Import::Assets(_) => Some(ASSETS),
        Import::Wasi(_) => None,
    }
}

/// Whether the guest may be suspended in this import. Anything that may leave the process counts.
pub fn suspends(import: &Import<'_>) -> bool {
    match *import {
        Import::Egress(_) | Import::Cache(..) | Import::Sql(_) | Import::Assets(_) => true,
        Import::Call(module, name) => find(module, name).is_none_or(|call| call.suspends),
        Import::Env(_) | Import::Wasi(_) => false,
    }
}

/// Looks a call up by module and name.
pub fn find(module: &str, name: &str) -> Option<&'static Call> {
    CALLS.iter().find(|call| call.module == module && call.name == name)
}

/// Flags and bounds of [`ASSETS`].
pub mod asset {
    /// A folder stands for its `index.html`, and so does the empty path.
    pub const INDEX: u32 = 1;
    /// Longest path.
    pub const PATH_BYTES_MAX: u32 = 1024;
}

/// Result codes of host calls. Zero and above is success.
pub mod status {
    /// There is no value.
    pub const ABSENT: i32 = -1;
    /// An argument is not acceptable: a size over its cap, a malformed record, an invalid header.
    pub const INVALID: i32 = -2;
    /// The call came at the wrong time: a second response, a body piece before the response.
    pub const WRONG_STATE: i32 = -3;
    /// The other side is gone.
    pub const CLOSED: i32 = -4;
    /// A service behind the host did not answer in its time: the shared cache is away. Later calls may succeed.
    pub const UNAVAILABLE: i32 = -5;
    /// As much of this as one request may hold is in use.
    pub const LIMIT: i32 = -6;
}

/// First byte of what the calls of [`AUTH`] and [`VALIDATE`] fill in.
pub mod outcome {
    /// It is as it should be: a value follows, or nothing.
    pub const VALUE: u8 = b'+';
    /// It is refused: of [`super::AUTH`] a text follows, of [`super::VALIDATE`] a JSON array of `{"path": text, "message": text}`.
    pub const REFUSED: u8 = b'-';
    /// It could not be judged, because the schema or the data cannot be read: a text follows.
    pub const PROBLEM: u8 = b'!';
}

/// Log levels of `purview:log` / `write`.
pub mod level {
    /// For the author of the handler.
    pub const DEBUG: i32 = 0;
    /// Normal events.
    pub const INFO: i32 = 1;
    /// Something to look at.
    pub const WARN: i32 = 2;
    /// Something failed.
    pub const ERROR: i32 = 3;
}
