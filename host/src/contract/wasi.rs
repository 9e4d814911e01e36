//! The functions of WASI preview 1 that a guest may import. In: a name. Out: its signature, or what to use instead. The list is
//! what standard libraries need to start, print, fail and read the time; there are no files, no sockets and no waiting.

use purview_abi::call::{Signature, Type, Type::I32, Type::I64};

/// A function of WASI preview 1 that the host offers.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// Import name.
    pub name: &'static str,
    /// Its signature.
    pub signature: Signature,
    /// What it does here.
    pub meaning: &'static str,
}

const fn function(
    name: &'static str,
    params: &'static [Type],
    result: Option<Type>,
    meaning: &'static str,
) -> Function {
    Function { name, signature: Signature { params, result }, meaning }
}

/// Every function of WASI that is offered.
pub const OFFERED: &[Function] = &[
    function("args_get", &[I32, I32], Some(I32), "no arguments"),
    function("args_sizes_get", &[I32, I32], Some(I32), "no arguments"),
    function("clock_res_get", &[I32, I32], Some(I32), "the clock's resolution"),
    function("clock_time_get", &[I32, I64, I32], Some(I32), "the clock"),
    function("environ_get", &[I32, I32], Some(I32), "granted variables only"),
    function("environ_sizes_get", &[I32, I32], Some(I32), "granted variables only"),
    function("fd_close", &[I32], Some(I32), "standard streams only"),
    function("fd_fdstat_get", &[I32, I32], Some(I32), "standard streams only"),
    function("fd_prestat_dir_name", &[I32, I32, I32], Some(I32), "no directories"),
    function("fd_prestat_get", &[I32, I32], Some(I32), "no directories"),
    function("fd_seek", &[I32, I64, I32, I32], Some(I32), "standard streams only"),
    function(
        "fd_write",
        &[I32, I32, I32, I32],
        Some(I32),
        "standard output and error go to the log",
    ),
    function("proc_exit", &[I32], None, "ends this request"),
    function("random_get", &[I32, I32], Some(I32), "random bytes"),
    function("sched_yield", &[], Some(I32), "nothing"),
];

/// The offered function of this name.
pub fn find(name: &str) -> Option<&'static Function> {
    OFFERED.iter().find(|function| function.name == name)
}

/// What to do instead of importing a function that is not offered.
pub(super) fn instead_of(name: &str) -> &'static str {
    match name {
        "poll_oneoff" => {
            "handlers cannot sleep or poll: measure time with the clock and leave waiting to the host"
        }
        "proc_raise" => "end the request by returning a response or by a trap",
        "fd_read" | "fd_pread" => {
            "there is no standard input and there are no files: read the request body, and put fixed data into the module \
             (in Rust: `include_bytes!`)"
        }
        _ if name.starts_with("sock_") => {
            "there are no sockets: send requests with `purview:egress`, which a policy can grant"
        }
        _ if name.starts_with("path_") || name.starts_with("fd_") => {
            "there are no files: put fixed data into the module (in Rust: `include_bytes!`), keep shared data in \
             `purview:cache`"
        }
        _ => {
            "this is not a function of WASI preview 1: build for `wasm32-wasip1` with a current toolchain"
        }
    }
}
