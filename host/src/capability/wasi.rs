//! WASI preview 1, for guests that use the standard library of their language. Standard output and error become log lines,
//! the environment holds the granted variables, clock and random numbers are the system's; there are no files, no
//! sockets, no arguments and no standard input. Which functions a module may import was decided with its contract.

use std::{collections::BTreeMap, pin::Pin};

use bytes::Bytes;
use wasmtime::{Linker, Result};
use wasmtime_wasi::{
    I32Exit, WasiCtxBuilder,
    cli::{IsTerminal, StdoutStream},
    p1::{self, WasiP1Ctx},
    p2::{OutputStream, Pollable, StreamResult, pipe::MemoryOutputPipe},
};

use super::log;
use crate::{exchange, instance::guest::Guest, log::Level};

/// Bytes that a stream takes at once.
const WRITE_BYTES_MAX: usize = 64 * 1024;

pub(super) fn link(linker: &mut Linker<Guest>) -> Result<()> {
    p1::add_to_linker_async(linker, Guest::wasi)
}

/// The context of one guest that calls WASI.
pub fn context(env: &BTreeMap<String, String>) -> WasiP1Ctx {
    let mut builder = WasiCtxBuilder::new();
    for (name, value) in env {
        builder.env(name, value);
    }
    builder.stdout(LogOutput(Level::Info)).stderr(LogOutput(Level::Error)).build_p1()
}

/// Whether the error is the guest's own exit, and its code.
pub fn exit_code(error: &wasmtime::Error) -> Option<i32> {
    error.downcast_ref::<I32Exit>().map(|exit| exit.0)
}

#[derive(Debug, Clone, Copy)]
struct LogOutput(Level);

impl IsTerminal for LogOutput {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for LogOutput {
    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(LogStream { level: self.0, line: Vec::new() })
    }

    fn async_stream(&self) -> Box<dyn tokio::io::AsyncWrite + Send + Sync> {
        // Only newer WASI versions use this form.
        Box::new(MemoryOutputPipe::new(0))
    }
}

/// Collects bytes to lines.
struct LogStream {
    level: Level,
    line: Vec<u8>,
}

impl OutputStream for LogStream {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (text, ended) =
                piece.strip_suffix(b"\n").map_or((piece, false), |text| (text, true));
            // One more than a line may have shows that it is cut.
            let most = exchange::with(|exchange| exchange.log_line_max).saturating_add(1);
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            let room = most.saturating_sub(self.line.len());
            self.line.extend_from_slice(&text[..text.len().min(room)]);
            if ended {
                log::write(self.level, &self.line);
                self.line.clear();
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(WRITE_BYTES_MAX)
    }
}

impl Pollable for LogStream {
    fn ready<'s, 'f>(&'s mut self) -> Pin<Box<dyn Future<Output = ()> + Send + 'f>>
    where
        's: 'f,
        Self: 'f,
    {
        Box::pin(std::future::ready(()))
    }
}

impl Drop for LogStream {
    /// A guest that ends in the middle of a line has said it all the same.
    fn drop(&mut self) {
        if !self.line.is_empty() {
            log::write(self.level, &self.line);
        }
    }
}
