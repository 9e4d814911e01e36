//! Handlers called by a platform instead of a socket. In: a loaded service and one event. Out: the answer to it. The request takes the same
//! way as every other: over a connection of this machine to a server of this process, so that nothing can differ.

mod answer;
mod event;

use std::{
    io::{self, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

pub use answer::{Response, answer};
pub use event::{Form, Request};

use crate::{
    limits::Limits,
    load::Loaded,
    server::{Server, ServerOptions},
    socket::DriverKind,
};

/// Most header fields of an answer.
const FIELDS_MAX: usize = 256;
/// Longest answer.
const ANSWER_BYTES_MAX: u64 = 64 << 20;
/// Time beyond the handler's own limit.
const GRACE: Duration = Duration::from_secs(5);

/// A handler that answers events instead of connections: started once, it answers any number of them, from any number of threads.
///
/// `host/examples/embed.rs` is a whole program around it.
#[derive(Debug)]
pub struct Function {
    server: Server,
    most: Duration,
}

impl Function {
    /// Starts what was loaded.
    pub fn start(loaded: Loaded) -> Result<Self, String> {
        let most = most(&loaded.service.limits);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let options = ServerOptions { address, workers: 1, driver: DriverKind::default() };
        let server = Server::start(loaded.service, loaded.engine, &options)
            .map_err(|error| format!("the handler cannot be started: {error}"))?;
        Ok(Self { server, most })
    }

    /// Answers one event, in the form that its platform expects.
    pub fn answer(&self, event: &Value) -> Result<Value, String> {
        let request = Request::read(event)?;
        Ok(answer(request.form, self.ask(&request)?))
    }

    /// Answers one request.
    pub fn ask(&self, request: &Request) -> Result<Response, String> {
        exchange(self.server.address, request, self.most)
            .map_err(|error| format!("the handler did not answer: {error}"))
    }

    /// Ends it when what is under way has been answered.
    pub fn stop(self) -> Result<(), String> {
        (self.server.drainer())();
        self.server.join().map_err(|error| format!("a worker ended: {error}"))
    }
}

/// Answers one event.
pub fn invoke(loaded: Loaded, event: &Value) -> Result<Value, String> {
    // An event that is none starts nothing.
    Request::read(event)?;
    let function = Function::start(loaded)?;
    let answer = function.answer(event)?;
    function.stop()?;
    Ok(answer)
}

/// Longest time for one exchange.
pub fn most(limits: &Limits) -> Duration {
    Duration::from_millis(limits.wall_ms) + GRACE
}

/// Sends a request to a server of this process and reads the whole answer.
pub fn exchange(address: SocketAddr, request: &Request, most: Duration) -> io::Result<Response> {
    let mut stream = TcpStream::connect_timeout(&address, most)?;
    stream.set_read_timeout(Some(most))?;
    stream.write_all(&head(request))?;
    // A server that refuses a request need not read all of it: what it answers counts.
    let sent = stream.write_all(&request.body);
    let mut bytes = Vec::new();
    let read = (&stream).take(ANSWER_BYTES_MAX).read_to_end(&mut bytes);
    if bytes.is_empty() {
        sent.and(read.map(drop))?;
    }
    parse(&bytes).ok_or_else(|| io::Error::other("what it sent is not a response"))
}

/// The request's head. HTTP/1.0: the answer ends with the connection and is not cut into chunks.
fn head(request: &Request) -> Vec<u8> {
    let Request { method, path, query, headers, body, .. } = request;
    let target = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
    let mut head = format!("{method} {target} HTTP/1.0\r\n").into_bytes();
    for (name, value) in headers {
        let framing =
            ["connection", "content-length", "transfer-encoding", "expect", "upgrade", "te"];
        let is = |known: &&str| name.eq_ignore_ascii_case(known);
        let plain = !name.is_empty()
            && name.bytes().all(purview_abi::name::is_token_byte)
            && value.bytes().all(|byte| byte == b'\t' || byte >= 0x20 && byte != 0x7f);
        if plain && !framing.iter().any(is) {
            head.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
    }
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head.extend_from_slice(b"host: localhost\r\n");
    }
    if !body.is_empty() {
        head.extend_from_slice(format!("content-length: {}\r\n", body.len()).as_bytes());
    }
    head.extend_from_slice(b"\r\n");
    head
}

fn parse(bytes: &[u8]) -> Option<Response> {
    let mut fields = vec![httparse::EMPTY_HEADER; FIELDS_MAX];
    let mut response = httparse::Response::new(&mut fields);
    let httparse::Status::Complete(length) = response.parse(bytes).ok()? else { return None };
    let headers = response
        .headers
        .iter()
        .map(|field| (field.name.to_owned(), String::from_utf8_lossy(field.value).into_owned()))
        .collect();
    Some(Response { status: response.code?, headers, body: bytes[length..].to_vec() })
}

#[cfg(test)]
mod tests;
