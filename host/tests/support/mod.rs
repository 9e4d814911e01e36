//! A server of this process on a free port, and raw bytes to and from it. Every test runs on both drivers.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::allow_attributes,
    reason = "each test binary uses a part of this"
)]
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, missing_docs, reason = "tests")]

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use purview::{
    capability::Caches,
    instance::engine::PagemapScan,
    load::{self, LoadOptions},
    server::{Server, ServerOptions},
    socket::DriverKind,
    toolchain::{self, BuildOptions},
};

pub mod client;
pub mod lines;

/// Both drivers, where both exist.
pub const DRIVERS: &[DriverKind] = if cfg!(target_os = "linux") {
    &[DriverKind::Uring, DriverKind::Poll]
} else {
    &[DriverKind::Poll]
};

/// A module of `tests/guests`.
pub fn guest(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/guests").join(name)
}

/// The module of a Rust project, whose folder is given from the repository's; built if it is not there yet.
pub fn built(project: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let toolchain = toolchain::ensure(&mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
    let target_dir = Some(root.join("target/guests"));
    let options = BuildOptions { target_dir, locked: true, ..BuildOptions::default() };
    toolchain.build(&root.join(project), &options).unwrap_or_else(|error| panic!("{error}"))
}

/// What to serve.
#[derive(Clone, Default)]
pub struct Setup {
    pub load: LoadOptions,
    pub workers: usize,
    /// Whether requests are logged.
    pub logged: bool,
    /// Where a module given as text lies.
    pub folder: Option<Arc<tempfile::TempDir>>,
}

impl Setup {
    /// One guest of `tests/guests`, one worker.
    pub fn new(name: &str) -> Self {
        Self {
            load: LoadOptions { modules: vec![guest(name)], ..LoadOptions::default() },
            workers: 1,
            ..Self::default()
        }
    }

    /// The same for a module given as text.
    pub fn text(module: &str) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a file");
        let file = folder.path().join("guest.wat");
        std::fs::write(&file, module).expect("there is room for a file");
        let mut setup = Self::new("");
        setup.load.modules = vec![file];
        setup.folder = Some(Arc::new(folder));
        setup
    }

    /// Requests are logged, as they are without `-q`.
    pub fn logged(mut self) -> Self {
        self.logged = true;
        self
    }

    pub fn limit(mut self, name: &str, value: u64) -> Self {
        self.load.limits.set(name, value).expect("the test knows the limit and its range");
        self
    }

    pub fn workers(mut self, workers: usize) -> Self {
        self.workers = workers;
        self
    }

    pub fn pagemap_scan(mut self, scan: PagemapScan) -> Self {
        self.load.engine.pagemap_scan = scan;
        self
    }

    pub fn start(&self, driver: DriverKind) -> Running {
        purview::log::set_quiet(!self.logged);
        // What one server's handlers have cached is nothing to the next.
        let mut options = self.load.clone();
        options.world.caches = Caches::default();
        let loaded = load::load(&options).unwrap_or_else(|errors| panic!("{errors}"));
        let options =
            ServerOptions { address: ([127, 0, 0, 1], 0).into(), workers: self.workers, driver };
        let server = Server::start(loaded.service, loaded.engine, &options)
            .expect("a loopback port is free");
        assert_eq!(server.driver, driver, "{:?}", server.fallback);
        Running { address: server.address, server: Some(server) }
    }
}

/// A server that is stopped when it goes out of scope.
pub struct Running {
    pub address: SocketAddr,
    server: Option<Server>,
}

impl Running {
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("the server listens");
        stream.set_nodelay(true).expect("loopback sockets take options");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("loopback sockets take options");
        stream
    }

    /// Sends bytes and reads until the server closes.
    pub fn exchange(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        stream.write_all(bytes).expect("the server reads");
        read_to_end(&mut stream)
    }

    /// Drains the server and waits for it.
    pub fn stop(mut self) {
        self.end();
    }

    pub fn server(&self) -> &Server {
        self.server.as_ref().expect("it is taken only when it ends")
    }

    fn end(&mut self) {
        if let Some(server) = self.server.take() {
            server.drain();
            server.join().expect("workers end in order");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Everything until the server closes (or resets) the connection.
pub fn read_to_end(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 65536];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => break,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => panic!(
                "the server neither answers nor closes: {error}; so far {:?}",
                String::from_utf8_lossy(&bytes)
            ),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One whole response with a `Content-Length`, or without a body.
pub fn read_response(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        if let Err(error) = stream.read_exact(&mut byte) {
            panic!("{error} after {:?}", String::from_utf8_lossy(&bytes));
        }
        bytes.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("the body arrives");
    bytes.extend_from_slice(&body);
    String::from_utf8_lossy(&bytes).into_owned()
}
