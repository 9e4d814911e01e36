//! The server as a process: signals, too few descriptors, and clients that break off in every state. The binary is run as a
//! child; what must not grow is read from /proc.
#![cfg(target_os = "linux")]

mod support;

use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::{SocketAddr, TcpStream},
    os::unix::process::ExitStatusExt as _,
    process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use support::client::Client;

const DRIVERS: [&str; 2] = ["uring", "poll"];
const GET: &str = "GET /buffered HTTP/1.1\r\nHost: a\r\n\r\n";

/// `purview serve` as a child; killed when it goes out of scope.
struct Process {
    child: Child,
    address: SocketAddr,
    stdout: BufReader<ChildStdout>,
    stderr: Option<ChildStderr>,
}

impl Process {
    fn start(driver: &str, descriptors: u32, arguments: &[&str]) -> Self {
        let guest = support::guest("stream.wat");
        let mut child = Command::new("sh")
            .arg("-c")
            .arg(format!("ulimit -n {descriptors} && exec \"$@\""))
            .arg("sh")
            .arg(env!("CARGO_BIN_EXE_purview"))
            .arg("serve")
            .arg(guest)
            .args(["-p", "0", "--workers", "1", "-q", "--driver", driver])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary is built");
        let mut stdout = BufReader::new(child.stdout.take().expect("it was asked for"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("it says where it serves");
        let address = line
            .split_once("http://")
            .and_then(|(_, rest)| rest.split(' ').next()?.parse().ok())
            .unwrap_or_else(|| panic!("no address in {line:?}"));
        assert!(line.contains(&format!("driver {driver}")), "{line}");
        let stderr = child.stderr.take();
        Self { child, address, stdout, stderr }
    }

    fn client(&self) -> Client {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("sockets take options");
        Client::new(stream)
    }

    fn signal(&self, name: &str) {
        let sent =
            Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(sent.expect("`kill` is there").success());
    }

    fn wait(&mut self) -> ExitStatus {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(status) = self.child.try_wait().expect("it is our child") {
                return status;
            }
            assert!(Instant::now() < end, "it does not end");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// What it said, after it ended.
    fn said(&mut self) -> String {
        let mut text = String::new();
        let _ = self.stdout.read_to_string(&mut text);
        let _ = self.stderr.take().map(|mut errors| errors.read_to_string(&mut text));
        text
    }

    fn proc(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).expect("it runs")
    }

    fn resident_kib(&self) -> u64 {
        let status = self.proc("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    fn descriptors(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).expect("it runs").count()
    }

    /// Ticks of processor time, user and system.
    fn ticks(&self) -> u64 {
        let stat = self.proc("stat");
        let fields: Vec<&str> =
            stat.rsplit(')').next().expect("a field").split_whitespace().collect();
        [11, 12].iter().map(|at| fields[*at].parse::<u64>().expect("a number")).sum()
    }

    fn serves(&self) {
        assert_eq!(self.client().send(GET).response().text(), "one");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn sigterm_finishes_what_is_in_flight_and_lets_nobody_in() {
    for driver in DRIVERS {
        let mut process = Process::start(driver, 1024, &[]);
        let (mut idle, mut busy, mut partial) =
            (process.client(), process.client(), process.client());
        assert_eq!(idle.send(GET).response().text(), "one");
        busy.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx");
        partial.send("GET /buff");
        thread::sleep(Duration::from_millis(100));
        process.signal("TERM");
        thread::sleep(Duration::from_millis(200));
        assert!(idle.closes(), "{driver}: an idle connection stays open");
        assert!(TcpStream::connect(process.address).is_err(), "{driver}: a client is let in");
        let answer = busy.send("y").response();
        assert_eq!(answer.text(), "xy");
        assert!(busy.closes());
        // A request that had begun to arrive is served too.
        let answer = partial.send("ered HTTP/1.1\r\nHost: a\r\n\r\n").response();
        assert_eq!((answer.text().as_str(), answer.header("connection")), ("one", Some("close")));
        assert_eq!(process.wait().code(), Some(0), "{driver}: {}", process.said());
        assert!(process.said().contains("server.drain"));
    }
}

#[test]
fn an_answer_on_its_way_is_sent_to_its_end() {
    for driver in DRIVERS {
        let mut process = Process::start(driver, 1024, &[]);
        let mut client = process.client();
        let size = 1_000_000;
        client.send(format!("POST /whole HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\n\r\n"));
        client.send("x".repeat(size));
        thread::sleep(Duration::from_millis(200));
        process.signal("INT");
        thread::sleep(Duration::from_millis(200));
        assert_eq!(client.response().body.len(), size, "{driver}");
        assert_eq!(process.wait().code(), Some(0));
    }
}

#[test]
fn a_second_signal_ends_at_once_and_the_limit_ends_the_rest() {
    for driver in DRIVERS {
        let mut process = Process::start(driver, 1024, &[]);
        let mut busy = process.client();
        busy.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx");
        thread::sleep(Duration::from_millis(100));
        process.signal("TERM");
        thread::sleep(Duration::from_millis(200));
        assert!(
            process.child.try_wait().expect("it is our child").is_none(),
            "it waits for the request"
        );
        process.signal("TERM");
        let status = process.wait();
        assert!(
            status.code().is_some_and(|code| code != 0) || status.signal().is_some(),
            "{status}"
        );

        let mut process = Process::start(driver, 1024, &["--limit", "shutdown_ms=300"]);
        let mut busy = process.client();
        busy.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx");
        thread::sleep(Duration::from_millis(100));
        process.signal("TERM");
        assert_eq!(process.wait().code(), Some(0));
        assert!(process.said().contains("limit.shutdown"));
    }
}

#[test]
fn being_stopped_and_continued_changes_nothing() {
    for driver in DRIVERS {
        let mut process = Process::start(driver, 1024, &[]);
        let (mut idle, mut busy) = (process.client(), process.client());
        busy.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx");
        for _ in 0..20 {
            process.signal("STOP");
            thread::sleep(Duration::from_millis(5));
            process.signal("CONT");
            thread::sleep(Duration::from_millis(5));
            assert_eq!(idle.send(GET).response().text(), "one", "{driver}");
        }
        assert_eq!(busy.send("y").response().text(), "xy");
        assert!(process.child.try_wait().expect("it is our child").is_none());
    }
}

#[test]
fn too_few_descriptors_pause_accepting_and_nothing_else() {
    for driver in DRIVERS {
        let mut process = Process::start(driver, 40, &[]);
        process.serves();
        let mut first = process.client();
        assert_eq!(first.send(GET).response().text(), "one");
        let held: Vec<Client> = (0..60).map(|_| process.client()).collect();
        thread::sleep(Duration::from_millis(300));
        // Those that got in are served, and it does not spin.
        assert_eq!(first.send(GET).response().text(), "one", "{driver}");
        let before = process.ticks();
        thread::sleep(Duration::from_millis(1000));
        let used = process.ticks() - before;
        assert!(used < 20, "{driver}: {used} ticks of processor time in a second without work");
        // Those that waited get in when there is room.
        drop(held);
        let end = Instant::now() + Duration::from_secs(5);
        loop {
            let mut client = process.client();
            if client.send(GET).read(false).is_ok_and(|answer| answer.status == 200) {
                break;
            }
            assert!(Instant::now() < end, "{driver}: accepting does not resume");
        }
        assert_eq!(first.send(GET).response().text(), "one");
        process.signal("TERM");
        assert_eq!(process.wait().code(), Some(0), "{driver}");
        assert!(process.said().contains("socket.accept"), "{driver}: the log does not say it");
    }
}

#[test]
fn resets_in_every_state_leave_nothing_behind() {
    for driver in DRIVERS {
        // Fewer instances than resets: one that is left behind is missed.
        let process = Process::start(driver, 1024, &["--limit", "instances=32"]);
        let states: [&[u8]; 10] = [
            b"",
            b"GET /buff",
            b"POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n",
            b"POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello",
            b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3",
            b"POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhello",
            b"GET /flood HTTP/1.1\r\nHost: a\r\n\r\n",
            b"GET /buffered HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            b"GET /buffered HTTP/1.1\r\nHost: a\r\n\r\nGET /chunks HTTP/1.1\r\nHost: a\r\n\r\nGET /",
            b"nonsense\r\n\r\nmore",
        ];
        let round = |rounds: usize| {
            for at in 0..rounds {
                let mut client = process.client();
                client.send(states[at % states.len()]);
                if at % 3 == 0 {
                    thread::sleep(Duration::from_micros(300));
                }
                match at % 4 {
                    0 => drop(client),
                    1 => {
                        client.finish();
                    }
                    _ => client.reset(),
                }
            }
        };
        round(1000);
        settled(&process);
        let before = (process.resident_kib(), process.descriptors());
        round(4000);
        settled(&process);
        let after = (process.resident_kib(), process.descriptors());
        assert!(
            after.1 <= before.1 + 1,
            "{driver}: descriptors were left behind: {before:?}, {after:?}"
        );
        assert!(
            after.0 < before.0 + 4096,
            "{driver}: memory grew from {} to {} KiB",
            before.0,
            after.0
        );
        // Every instance is free.
        let mut all: Vec<Client> = (0..32).map(|_| process.client()).collect();
        for client in &mut all {
            client.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx");
        }
        for client in &mut all {
            assert_eq!(
                client.send("y").response().text(),
                "xy",
                "{driver}: an instance was left behind"
            );
        }
    }
}

/// Waits until the connections of earlier clients are gone.
fn settled(process: &Process) {
    let mut last = process.descriptors();
    let end = Instant::now() + Duration::from_secs(10);
    let mut same = 0;
    while same < 15 {
        thread::sleep(Duration::from_millis(100));
        let now = process.descriptors();
        same = if now == last { same + 1 } else { 0 };
        last = now;
        assert!(Instant::now() < end, "connections come and go without end");
    }
    process.serves();
}

#[test]
fn ten_thousand_requests_at_once_to_a_client_that_reads_nothing() {
    for driver in DRIVERS {
        let process = Process::start(driver, 1024, &["--limit", "write_stall_ms=700"]);
        process.serves();
        let before = process.resident_kib();
        let mut deaf = process.client();
        // A body makes each answer large enough to fill what sockets hold.
        let body = "x".repeat(2000);
        let request =
            format!("POST /whole HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n{body}");
        deaf.stream.set_write_timeout(Some(Duration::from_secs(5))).expect("sockets take options");
        let start = Instant::now();
        deaf.send(request.repeat(10_000));
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{driver}: it is not cut");
        assert!(
            process.resident_kib() < before + (16 << 10),
            "{driver}: {} KiB",
            process.resident_kib()
        );
        process.serves();
    }
}
