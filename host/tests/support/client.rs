//! A client that reads answers strictly: what is not exactly an HTTP/1.1 response is an error.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

use super::Running;

/// A connection and what was read from it but not used.
pub struct Client {
    pub stream: TcpStream,
    buffer: Vec<u8>,
    ended: bool,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Response {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Whether the body ended as it should, or the connection broke off inside.
    pub whole: bool,
}

impl Response {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Running {
    pub fn client(&self) -> Client {
        Client::new(self.connect())
    }
}

impl Client {
    pub fn new(stream: TcpStream) -> Self {
        Self { stream, buffer: Vec::new(), ended: false }
    }

    /// Sends; a server that has closed already is no error here.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let _ = self.stream.write_all(bytes.as_ref());
        self
    }

    /// Shuts the sending side.
    pub fn finish(&mut self) -> &mut Self {
        let _ = self.stream.shutdown(std::net::Shutdown::Write);
        self
    }

    /// The answer to a request that was not HEAD.
    pub fn response(&mut self) -> Response {
        self.read(false).unwrap_or_else(|why| panic!("{why}; rest: {:?}", self.rest()))
    }

    /// The answer to a request that was HEAD.
    pub fn head_response(&mut self) -> Response {
        self.read(true).unwrap_or_else(|why| panic!("{why}; rest: {:?}", self.rest()))
    }

    pub fn rest(&self) -> String {
        String::from_utf8_lossy(&self.buffer).chars().take(400).collect()
    }

    /// Whether the server closes now, without another byte.
    pub fn closes(&mut self) -> bool {
        while !self.ended && self.buffer.is_empty() {
            if self.fill().is_err() {
                return false;
            }
        }
        self.buffer.is_empty()
    }

    /// Whether nothing arrives for this long.
    pub fn is_silent(&mut self, time: Duration) -> bool {
        self.stream.set_read_timeout(Some(time)).expect("loopback sockets take options");
        let silent = self.buffer.is_empty() && !self.ended && self.fill().is_err();
        let usual = Some(Duration::from_secs(10));
        self.stream.set_read_timeout(usual).expect("loopback sockets take options");
        silent
    }

    /// What arrives until it holds `text`.
    pub fn arrives(&mut self, text: &str) -> String {
        loop {
            let so_far = String::from_utf8_lossy(&self.buffer).into_owned();
            if let Some(at) = so_far.find(text) {
                let end = at + text.len();
                self.buffer.drain(..end);
                return so_far[..end].into();
            }
            assert!(!self.ended, "closed without {text:?}, after {so_far:?}");
            self.fill().unwrap_or_else(|why| panic!("{why} without {text:?}, after {so_far:?}"));
        }
    }

    /// What arrives until the server closes.
    pub fn arrives_until_end(&mut self) -> String {
        String::from_utf8_lossy(&self.until_end()).into_owned()
    }

    /// Takes a chunked answer without keeping it: its status and the bytes of its body.
    pub fn drain_chunks(&mut self) -> (u16, usize) {
        let answer = self.read(true).unwrap_or_else(|why| panic!("{why}"));
        let (mut count, mut piece) = (0, Vec::new());
        loop {
            let line =
                self.line().ok().flatten().unwrap_or_else(|| panic!("cut after {count} bytes"));
            let size = usize::from_str_radix(&line, 16).unwrap_or_else(|_| panic!("{line:?}"));
            piece.clear();
            assert_eq!(self.bytes(size, &mut piece), Ok(true));
            assert_eq!(self.line(), Ok(Some(String::new())));
            if size == 0 {
                return (answer.status, count);
            }
            count += size;
        }
    }

    /// Closes so that the server gets a reset.
    pub fn reset(self) {
        let socket = socket2::SockRef::from(&self.stream);
        socket.set_linger(Some(Duration::ZERO)).expect("loopback sockets take options");
    }

    /// Bytes until the server closes, as they come.
    pub fn until_end(&mut self) -> Vec<u8> {
        while !self.ended {
            self.fill().expect("the server goes on or closes");
        }
        std::mem::take(&mut self.buffer)
    }

    /// Takes a little now and then; whether there was always something.
    pub fn takes_for(&mut self, time: Duration) -> bool {
        let end = std::time::Instant::now() + time;
        while std::time::Instant::now() < end {
            self.buffer.clear();
            if self.fill().is_err() || self.ended {
                return false;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        true
    }

    /// Whether at least so many bytes come, though most of them are taken only after `pause`.
    pub fn takes_all(&mut self, bytes: usize, pause: Duration) -> bool {
        let mut taken = 0;
        let mut paused = false;
        while taken < bytes {
            self.buffer.clear();
            if self.fill().is_err() || self.ended {
                return false;
            }
            taken += self.buffer.len();
            if !paused {
                paused = true;
                std::thread::sleep(pause);
            }
        }
        true
    }

    fn fill(&mut self) -> Result<(), String> {
        let mut piece = [0; 16 * 1024];
        match self.stream.read(&mut piece) {
            Ok(0) => self.ended = true,
            Ok(count) => self.buffer.extend_from_slice(&piece[..count]),
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => self.ended = true,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(format!("the server neither answers nor closes ({error})")),
        }
        Ok(())
    }

    fn line(&mut self) -> Result<Option<String>, String> {
        loop {
            if let Some(at) = self.buffer.windows(2).position(|pair| pair == b"\r\n") {
                let line: Vec<u8> = self.buffer.drain(..at + 2).take(at).collect();
                let plain = !line.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0));
                let text = String::from_utf8(line).map_err(|error| error.to_string())?;
                return if plain { Ok(Some(text)) } else { Err(format!("a control in {text:?}")) };
            }
            if self.ended {
                return Ok(None);
            }
            self.fill()?;
        }
    }

    fn bytes(&mut self, count: usize, body: &mut Vec<u8>) -> Result<bool, String> {
        let mut missing = count;
        loop {
            let taken = missing.min(self.buffer.len());
            body.extend(self.buffer.drain(..taken));
            missing -= taken;
            if missing == 0 || self.ended {
                return Ok(missing == 0);
            }
            self.fill()?;
        }
    }

    /// One answer, interim ones included.
    pub fn read(&mut self, head_only: bool) -> Result<Response, String> {
        let first = self.line()?.ok_or("closed without an answer")?;
        let status = first
            .strip_prefix("HTTP/1.1 ")
            .and_then(|rest| rest.split_once(' '))
            .filter(|(status, _)| status.len() == 3)
            .and_then(|(status, _)| status.parse::<u16>().ok())
            .ok_or_else(|| format!("{first:?} is not a status line"))?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?.ok_or("closed inside a head")?;
            if line.is_empty() {
                break;
            }
            let (name, value) =
                line.split_once(": ").ok_or_else(|| format!("{line:?} is not a field"))?;
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut response = Response { status, headers, body: Vec::new(), whole: true };
        if !(head_only || status < 200 || matches!(status, 204 | 304)) {
            self.body(&mut response)?;
        }
        Ok(response)
    }

    fn body(&mut self, response: &mut Response) -> Result<(), String> {
        let length = response.header("content-length").map(str::parse::<usize>);
        let chunked = response.header("transfer-encoding").map(|coding| coding == "chunked");
        match (length, chunked) {
            (Some(Ok(length)), None) => response.whole = self.bytes(length, &mut response.body)?,
            (None, Some(true)) => response.whole = self.chunks(&mut response.body)?,
            (None, None) => response.body = self.until_end(),
            _ => return Err(format!("framed in an odd way: {:?}", response.headers)),
        }
        Ok(())
    }

    fn chunks(&mut self, body: &mut Vec<u8>) -> Result<bool, String> {
        loop {
            let Some(line) = self.line()? else { return Ok(false) };
            let size = usize::from_str_radix(&line, 16)
                .map_err(|_| format!("{line:?} is not a chunk size"))?;
            if !self.bytes(size, body)? {
                return Ok(false);
            }
            match self.line()? {
                Some(line) if line.is_empty() => {}
                Some(line) => return Err(format!("{line:?} behind a chunk")),
                None => return Ok(false),
            }
            if size == 0 {
                return Ok(true);
            }
        }
    }
}
