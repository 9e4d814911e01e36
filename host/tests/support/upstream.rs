//! Other sides for tests of what handlers ask of the world: an HTTP server that does as its paths say, a name server whose answers
//! change, both on loopback, each ending with its value.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

/// A server with one thread for each connection.
pub(crate) struct Upstream {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
}

/// An answer that comes before those of the paths.
struct Scripted {
    /// Method and path.
    to: String,
    status: u64,
    /// It comes after so long.
    delay: Duration,
    body: String,
}

impl Scripted {
    /// Reads `METHOD PATH STATUS BODY`; the status may be followed by `+` and milliseconds.
    fn read(line: &str) -> Self {
        let parts: Vec<&str> = line.splitn(4, ' ').collect();
        let (status, delay) = parts[2].split_once('+').unwrap_or((parts[2], "0"));
        Self {
            to: format!("{} {}", parts[0], parts[1]),
            status: status.parse().expect("a status"),
            delay: Duration::from_millis(delay.parse().expect("milliseconds")),
            body: parts[3].to_owned(),
        }
    }
}

#[derive(Default)]
struct Shared {
    ended: AtomicBool,
    connections: AtomicUsize,
    requests: Mutex<Vec<String>>,
    /// Connections that the other side closed while they waited for an answer.
    given_up: AtomicUsize,
    script: Vec<Scripted>,
}

#[allow(dead_code, clippy::allow_attributes, reason = "each test binary uses a part of this")]
impl Upstream {
    pub(crate) fn start() -> Self {
        Self::at(([127, 0, 0, 1], 0).into())
    }

    pub(crate) fn at(address: SocketAddr) -> Self {
        Self::scripted(address, "")
    }

    /// A server that says what the lines of `script` say: `METHOD PATH STATUS BODY`, or with `STATUS+MS` after so long.
    pub(crate) fn scripted(address: SocketAddr, script: &str) -> Self {
        let script = script.lines().map(Scripted::read).collect();
        let listener = TcpListener::bind(address).expect("a loopback port is free");
        let address = listener.local_addr().expect("it is bound");
        let shared = Arc::new(Shared { script, ..Shared::default() });
        let of_thread = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if of_thread.ended.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                of_thread.connections.fetch_add(1, Ordering::SeqCst);
                let shared = Arc::clone(&of_thread);
                thread::Builder::new()
                    .stack_size(64 * 1024)
                    .spawn(move || drop(serve(stream, &shared)))
                    .expect("a thread starts");
            }
        });
        Self { address, shared }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Connections that were made so far.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Heads of the requests that came so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().expect("no test panicked in it").clone()
    }

    pub(crate) fn given_up(&self) -> usize {
        self.shared.given_up.load(Ordering::SeqCst)
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        // Lets the thread see it.
        drop(TcpStream::connect(self.address));
    }
}

/// Requests of one connection. Paths: `/echo`, `/text/T`, `/delay/MS`, `/bytes/N`, `/status/N`, `/redirect`, `/fields`, `/hang`, `/drip`,
/// `/cut`, `/garbage`, `/close`.
fn serve(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head)? == 0 {
                return Ok(());
            }
        }
        let lower = head.to_lowercase();
        let length =
            lower.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body)?;
        let method = head.split(' ').next().unwrap_or_default().to_owned();
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        shared.requests.lock().expect("no test panicked in it").push(head);
        if !answer(&mut stream, &method, &path, &body, shared)? {
            return Ok(());
        }
    }
}

fn answer(
    stream: &mut TcpStream,
    method: &str,
    path: &str,
    body: &[u8],
    shared: &Shared,
) -> std::io::Result<bool> {
    let (word, rest) = path[1..].split_once('/').unwrap_or((&path[1..], ""));
    let number: u64 = rest.parse().unwrap_or(0);
    let (mut status, mut fields, mut text) = (200, String::new(), b"ok".to_vec());
    let known = format!("{method} {path}");
    let scripted = shared.script.iter().find(|answer| answer.to == known);
    if let Some(answer) = scripted {
        thread::sleep(answer.delay);
        (status, text) = (answer.status, answer.body.clone().into_bytes());
    }
    match word {
        _ if scripted.is_some() => {}
        "echo" => text = [method.as_bytes(), b" ", body].concat(),
        "text" => text = rest.into(),
        "delay" => {
            // Looks whether the other side is still there.
            stream.set_read_timeout(Some(Duration::from_millis(number.max(1))))?;
            if matches!(stream.peek(&mut [0]), Ok(0)) {
                shared.given_up.fetch_add(1, Ordering::SeqCst);
                return Ok(false);
            }
            stream.set_read_timeout(None)?;
            text = if body.is_empty() { rest.into() } else { [b"again ", body].concat() };
        }
        "bytes" => text = vec![b'x'; usize::try_from(number).unwrap_or(0)],
        "status" => status = number,
        "redirect" => {
            status = 302;
            fields = "location: http://169.254.169.254/latest\r\n".into();
        }
        "many-fields" => fields = (0..number).map(|at| format!("x-{at}: 1\r\n")).collect(),
        "long-field" => fields = format!("x: {}\r\n", "x".repeat(number as usize)),
        "fields" => fields = "X-One: 1\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n".into(),
        "hang" => {
            thread::sleep(Duration::from_secs(3));
            return Ok(false);
        }
        "drip" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")?;
            for _ in 0..100 {
                stream.write_all(b"x")?;
                thread::sleep(Duration::from_millis(30));
            }
            return Ok(false);
        }
        "cut" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf")?;
            return Ok(false);
        }
        "garbage" => {
            stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")?;
            return Ok(false);
        }
        "head" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            let field = format!("x-large: {}\r\n", "x".repeat(8000));
            for _ in 0..128 {
                stream.write_all(field.as_bytes())?;
            }
            return Ok(false);
        }
        "close" => return Ok(false),
        _ => status = 404,
    }
    let length = text.len();
    let head = format!("HTTP/1.1 {status} Test\r\n{fields}content-length: {length}\r\n\r\n");
    let body = if method == "HEAD" { &[][..] } else { &text };
    stream.write_all(&[head.as_bytes(), body].concat())?;
    Ok(true)
}

#[allow(dead_code, clippy::allow_attributes, reason = "each test binary uses a part of this")]
/// A name server: for each question the next of its answers, the last one for ever.
pub(crate) struct NameServer {
    pub(crate) address: SocketAddr,
    questions: Arc<AtomicUsize>,
    ended: Arc<AtomicBool>,
}

#[allow(dead_code, clippy::allow_attributes, reason = "each test binary uses a part of this")]
impl NameServer {
    /// Answers questions for IPv4 addresses with these lists of addresses, with a time to live of 0; others with nothing.
    pub(crate) fn start(answers: Vec<Vec<Ipv4Addr>>) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a loopback port is free");
        socket.set_read_timeout(Some(Duration::from_millis(100))).expect("sockets take options");
        let address = socket.local_addr().expect("it is bound");
        let (questions, ended) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (counted, until) = (Arc::clone(&questions), Arc::clone(&ended));
        thread::spawn(move || {
            let mut buffer = [0; 1500];
            while !until.load(Ordering::SeqCst) {
                let Ok((length, from)) = socket.recv_from(&mut buffer) else { continue };
                let question = &buffer[..length];
                // Behind the head of 12 bytes: the name, its type, its class.
                let Some(end) = question[12..].iter().position(|byte| *byte == 0) else { continue };
                let end = 12 + end + 5;
                let is_v4 = question[end - 4..end - 2] == [0, 1];
                let addresses = if is_v4 {
                    let at = counted.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
                    answers[at].clone()
                } else {
                    Vec::new()
                };
                let count = u8::try_from(addresses.len()).expect("a few addresses");
                let mut reply = question[..2].to_vec();
                reply.extend_from_slice(&[0x81, 0x80, 0, 1, 0, count, 0, 0, 0, 0]);
                reply.extend_from_slice(&question[12..end]);
                for address in addresses {
                    reply.extend_from_slice(&[0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4]);
                    reply.extend_from_slice(&address.octets());
                }
                let _ = socket.send_to(&reply, from);
            }
        });
        Self { address, questions, ended }
    }

    pub(crate) fn questions(&self) -> usize {
        self.questions.load(Ordering::SeqCst)
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
    }
}
