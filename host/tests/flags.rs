//! What the command line says about the world, as a process: where requests may go, how long and how large answers may be, variables from
//! files. Proxies of the environment are not asked, and the value of a variable is in no output.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;
#[path = "support/upstream.rs"]
mod upstream;

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread::JoinHandle,
    time::Duration,
};

use support::client::Client;
use upstream::Upstream;

/// `purview serve`, ended when it goes out of scope.
struct Process {
    child: Child,
    address: SocketAddr,
    /// Its log, from the line on that says where it serves.
    output: Option<JoinHandle<String>>,
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_purview"));
    command.arg("serve").args(["-p", "0", "--workers", "1"]).args(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn start(mut command: Command) -> Process {
    let mut child = command.spawn().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut stderr = child.stderr.take().unwrap();
    let mut begun = String::new();
    let address = loop {
        let before = begun.len();
        if stdout.read_line(&mut begun).unwrap() == 0 {
            let mut why = String::new();
            stderr.read_to_string(&mut why).unwrap();
            panic!("{begun}{why}");
        }
        let address = begun[before..].split_once("http://").map(|(_, rest)| rest);
        if let Some(address) =
            address.and_then(|rest| rest.split([' ', '\n', '/']).next()?.parse().ok())
        {
            break address;
        }
    };
    let output = std::thread::spawn(move || {
        let mut all = begun;
        stdout.read_to_string(&mut all).unwrap();
        stderr.read_to_string(&mut all).unwrap();
        all
    });
    Process { child, address, output: Some(output) }
}

impl Process {
    fn get(&self, target: &str) -> String {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let request = format!("GET {target} HTTP/1.1\r\nHost: a\r\n\r\n");
        Client::new(stream).send(request).response().text()
    }

    /// Ends it as its operator would; everything that it wrote.
    fn end(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert!(self.child.wait().unwrap().success());
        self.output.take().unwrap().join().unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn script(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts").join(name).display().to_string()
}

/// Connections by the thousand open without a pause in which the kernel enlarges a table.
#[cfg(target_os = "linux")]
#[test]
fn there_is_room_for_descriptors_from_the_start() {
    let text = script("cache.ts");
    let process = start(command(&[&text]));
    let of =
        |file: &str| fs::read_to_string(format!("/proc/{}/{file}", process.child.id())).unwrap();
    let number = |text: &str, name: &str, at: usize| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
        line.split_whitespace().nth(at).unwrap().parse::<u64>().unwrap_or(u64::MAX)
    };
    let limits = of("limits");
    let (soft, hard) = (number(&limits, "Max open files", 0), number(&limits, "Max open files", 1));
    assert_eq!(soft, hard.min(1 << 20));
    assert!(number(&of("status"), "FDSize:", 0) >= soft.min(16 * 1024));
}

#[test]
fn requests_go_where_the_command_line_says() {
    let upstream = Upstream::start();
    // Whoever is asked as a proxy would see a connection.
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let fetch = script("fetch.ts");
    let mut serve = command(&[
        fetch.as_str(),
        "--outbound-http",
        "--outbound-host",
        "127.0.0.1",
        "--outbound-host",
        "localhost",
        "--outbound-timeout-ms",
        "300",
        "--outbound-max-response",
        "1k",
    ]);
    let there = format!("http://{}", proxy.local_addr().unwrap());
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
    {
        serve.env(name, &there);
    }
    let process = start(serve);
    let at = |path: &str| process.get(&format!("/fetch?url={}", upstream.url(path)));
    assert_eq!(at("/text/direct"), "200 direct");
    let port = upstream.address.port();
    let named = process.get(&format!("/fetch?url=http://localhost:{port}/text/named"));
    assert_eq!(named, "200 named", "the flag can be repeated");
    assert_eq!(process.get(&format!("/fetch?url=http://127.0.0.2:{port}/")), "599 HostNotAllowed");
    assert_eq!(at("/bytes/1024").len(), 4 + 1024);
    assert_eq!(at("/bytes/1025"), "599 ResponseTooLarge");
    assert_eq!(at("/hang"), "599 ResponseHeadFailed");
    assert!(proxy.accept().is_err(), "a proxy of the environment was asked");
}

#[test]
fn without_flags_nothing_goes_out() {
    let upstream = Upstream::start();
    let process = start(command(&[script("fetch.ts").as_str()]));
    let answer = process.get(&format!("/fetch?url={}", upstream.url("/text/x")));
    assert_eq!(answer, "599 OutboundHttpDisabled");
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn what_cannot_be_used_is_said_before_anything_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    fs::write(&empty, "").unwrap();
    let empty = empty.display().to_string();
    let (fetch, sql) = (script("fetch.ts"), script("sql.ts"));
    for (arguments, why) in [
        (vec![fetch.as_str(), "--outbound-ca", &empty], "no certificate in PEM form"),
        (vec![&fetch, "--outbound-host", "https://a.example"], "a host has no scheme"),
        (vec![&fetch, "--outbound-timeout-ms", "0"], "`egress_ms` cannot be 0"),
        (vec![&fetch, "--env-file", "none.env"], "none.env"),
        (vec![&sql], "--sql FILE"),
        (vec![&sql, "--sql", "none.db"], "none.db"),
    ] {
        let output = command(&arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(why), "{arguments:?}: {said}");
    }
}

#[test]
fn variables_come_from_files_and_are_in_no_output() {
    let folder = tempfile::tempdir().unwrap();
    let handler = folder.path().join("handler.ts");
    fs::write(
        &handler,
        "import { env } from \"purview:env\";\nexport default function handler(request: Request): Response {\n  \
         return Response.json([env(\"FROM_PROCESS\"), env(\"SECRET\"), env(\"NONE\")]);\n}\n",
    )
    .unwrap();
    let (first, second) = (folder.path().join("a.env"), folder.path().join("b.env"));
    fs::write(&first, "# comment\nSECRET=first-secret\nFROM_PROCESS='from file'\n").unwrap();
    fs::write(&second, "export SECRET=\"second-\\\"secret\"\n").unwrap();
    let (first, second) = (first.display().to_string(), second.display().to_string());
    let handler = handler.display().to_string();
    let mut serve = command(&[&handler, "--env-file", &first, "--env-file", &second]);
    serve.env("FROM_PROCESS", "from-process-secret").env("SECRET", "process-secret");
    let process = start(serve);
    assert_eq!(process.get("/"), r#"["from file","second-\"secret",null]"#);
    let said = process.end();
    assert!(said.contains("\"request\""), "the request is in the log: {said}");
    for secret in ["first-secret", "second-", "process-secret", "from file"] {
        assert!(!said.contains(secret), "{secret} is in: {said}");
    }
    // A line that is wrong is named by its number, without its text.
    let wrong = folder.path().join("wrong.env");
    fs::write(&wrong, "A=1\nhidden-text\n").unwrap();
    let output = command(&[&handler, "--env-file", &wrong.display().to_string()]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("line 2") && !said.contains("hidden-text"), "{said}");
}

/// Output whose reader has gone: writing to it fails.
fn to_nobody() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

#[test]
fn a_reader_that_has_gone_is_no_reason_to_fail() {
    let module = support::guest("echo.wat");
    let module = module.to_str().unwrap();
    for arguments in [["inspect", module], ["openapi", module], ["explain", "JS001"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_purview"));
        let status = command.args(arguments).stdout(to_nobody()).stderr(to_nobody()).status();
        assert_eq!(status.unwrap().code(), Some(0), "{arguments:?}");
    }
    let mut refused = Command::new(env!("CARGO_BIN_EXE_purview"));
    let status = refused.args(["inspect", "no-such-module.wasm"]).stderr(to_nobody()).status();
    assert_eq!(status.unwrap().code(), Some(1));
}
