//! `purview serve --watch` and `--dev` as a process: what is written is served soon, what does not load is said, and no request is
//! lost by an exchange.

mod support;

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use support::client::{Client, Response};

const DRIVERS: &[&str] = if cfg!(target_os = "linux") { &["uring", "poll"] } else { &["poll"] };

/// `purview serve` in a folder of its own; killed when it goes out of scope.
struct Process {
    child: Child,
    address: SocketAddr,
    folder: tempfile::TempDir,
    /// Everything that it writes to standard error.
    said: Arc<Mutex<String>>,
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for files");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("files can be written");
    }
    folder
}

/// Starts it and waits until it serves; `meanwhile` runs before that.
fn start(
    folder: tempfile::TempDir,
    arguments: &[&str],
    meanwhile: impl FnOnce(&tempfile::TempDir, &Mutex<String>),
) -> Process {
    let mut child = Command::new(env!("CARGO_BIN_EXE_purview"))
        .current_dir(folder.path())
        .arg("serve")
        .args(["-p", "0", "--workers", "2", "-q"])
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary is built");
    let mut stderr = child.stderr.take().expect("it was asked for");
    let said = Arc::new(Mutex::new(String::new()));
    let heard = Arc::clone(&said);
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = stderr.read(&mut bytes) {
            heard
                .lock()
                .expect("nobody panics")
                .push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
    });
    meanwhile(&folder, &said);
    let mut stdout = BufReader::new(child.stdout.take().expect("it was asked for"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("it says where it serves");
    let address = line
        .split_once("http://")
        .and_then(|(_, rest)| rest.split(' ').next()?.parse().ok())
        .unwrap_or_else(|| panic!("no address in {line:?}"));
    // Its log must not fill the pipe.
    thread::spawn(move || {
        let mut rest = Vec::new();
        let _ = stdout.read_to_end(&mut rest);
    });
    Process { child, address, folder, said }
}

impl Process {
    fn client(&self) -> Client {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("sockets take options");
        stream.set_nodelay(true).expect("sockets take options");
        Client::new(stream)
    }

    fn get(&self, path: &str) -> Response {
        self.client().send(format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")).response()
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.folder.path().join(name), text).expect("files can be written");
    }

    /// Waits until `/` is answered with this status and a text that holds `text`; how long that took.
    fn answers(&self, status: u16, text: &str) -> Duration {
        let begun = Instant::now();
        loop {
            let answer = self.get("/");
            if answer.status == status && answer.text().contains(text) {
                return begun.elapsed();
            }
            let waited = begun.elapsed();
            assert!(waited < Duration::from_secs(20), "{} {}", answer.status, answer.text());
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn says(&self, text: &str) {
        says(&self.said, text);
    }
}

fn says(said: &Mutex<String>, text: &str) {
    let begun = Instant::now();
    while !said.lock().expect("nobody panics").contains(text) {
        assert!(begun.elapsed() < Duration::from_secs(20), "{text:?} is not in {said:?}");
        thread::sleep(Duration::from_millis(2));
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn handler(text: &str) -> String {
    format!(
        "import {{ tail }} from \"./tail\";\nexport function handler(req: Request): Response {{ return Response.text(\"{text}\" + tail); }}\n"
    )
}

const TAIL: &str = "export const tail = \"!\";\n";
const BROKEN: &str = "export function handler(req: Request) {\n  while (true) { }\n}\n";

#[test]
fn changed_sources_and_imports_are_served() {
    for driver in DRIVERS {
        let files = folder(&[("handler.ts", &handler("one")), ("tail.ts", TAIL)]);
        let process = start(files, &["handler.ts", "--watch", "--driver", driver], |_, _| {});
        process.answers(200, "one!");
        let mut times: Vec<Duration> = (0..10)
            .map(|round| {
                process.write("handler.ts", handler(&format!("round {round}")));
                process.answers(200, &format!("round {round}!"))
            })
            .collect();
        times.sort();
        if cfg!(not(debug_assertions)) {
            assert!(times[5] < Duration::from_millis(100), "{times:?}");
        }
        println!("{driver}: from write to answer, median {:?}, longest {:?}", times[5], times[9]);
        process.write("tail.ts", "export const tail = \"?\";\n");
        process.answers(200, "round 9?");
        // An editor that replaces the file, and a file that is not there yet.
        process.write("new.ts", "import { other } from \"./other\";\nexport function handler(): Response { return Response.text(other); }\n");
        fs::rename(process.folder.path().join("new.ts"), process.folder.path().join("handler.ts"))
            .unwrap();
        process.says("file not found: `other.ts`, `other.tsx`");
        process.write("other.tsx", "export const other = \"other\";\n");
        process.answers(200, "other");
    }
}

/// What a handler kept in its cache is there for its next version.
#[test]
fn the_cache_outlives_an_exchange() {
    let counting = |text: &str| {
        format!(
            "import {{ cacheIncr }} from \"purview:cache\";\nexport function handler(req: Request): Response {{\n  \
             return Response.text(req.path === \"/count\" ? `${{cacheIncr(\"n\", \"k\")}}` : \"{text}\");\n}}\n"
        )
    };
    let files = folder(&[("handler.ts", &counting("one"))]);
    let process = start(files, &["handler.ts", "--watch"], |_, _| {});
    process.answers(200, "one");
    assert_eq!(
        (process.get("/count").text(), process.get("/count").text()),
        ("1".into(), "2".into())
    );
    process.write("handler.ts", counting("two"));
    process.answers(200, "two");
    assert_eq!(process.get("/count").text(), "3");
}

#[test]
fn the_version_before_serves_on_while_the_new_one_does_not_compile() {
    let files = folder(&[("handler.ts", &handler("one")), ("tail.ts", TAIL)]);
    let process = start(files, &["handler.ts", "--watch"], |_, _| {});
    process.answers(200, "one!");
    process.write("handler.ts", BROKEN);
    process.says("error[JS101]: `while` loops are not part of the language\n --> handler.ts:2:3");
    process.says("2 |   while (true) { }\n  |   ^^^^^");
    process.says("the version before serves on");
    assert_eq!(process.get("/").text(), "one!");
    process.write("handler.ts", handler("two"));
    process.answers(200, "two!");
}

#[test]
fn dev_answers_with_what_does_not_compile() {
    let files = folder(&[("handler.ts", &handler("one")), ("tail.ts", TAIL)]);
    let process = start(files, &["handler.ts", "--dev"], |_, _| {});
    process.answers(200, "one!");
    process.write("handler.ts", BROKEN);
    process.answers(500, "2 |   while (true) { }\n  |   ^^^^^");
    let mut client = process.client();
    let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    for _ in 0..2 {
        let answer = client.send(post).response();
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        assert!(answer.text().starts_with("error[JS101]"), "{}", answer.text());
    }
    process.write("handler.ts", handler("two"));
    process.answers(200, "two!");
}

#[test]
fn a_program_that_does_not_compile_yet_is_waited_for() {
    let files = folder(&[("handler.ts", BROKEN), ("tail.ts", TAIL)]);
    let process = start(files, &["handler.ts", "--watch"], |folder, said| {
        says(said, "waiting for a change");
        fs::write(folder.path().join("handler.ts"), handler("late")).unwrap();
    });
    process.answers(200, "late!");
}

#[test]
fn modules_and_policies_are_watched_too() {
    let program = "import { env } from \"purview:env\";\nexport function handler(): Response { return Response.text(env(\"WHO\") ?? \"nobody\"); }\n";
    let policy = |text: &str| format!("{{ \"env\": {text} }}");
    let files = folder(&[("a.ts", program), ("policy.json", &policy("{ \"allow\": [\"WHO\"] }"))]);
    let build = |folder: &tempfile::TempDir, name: &str| {
        let wasm = purview::script::compile_file(&folder.path().join(name)).unwrap();
        fs::write(folder.path().join("a.wasm"), wasm).unwrap();
    };
    build(&files, "a.ts");
    let arguments = ["a.wasm", "--policy", "policy.json", "--watch"];
    let process = start(files, &arguments, |_, _| {});
    process.answers(200, "nobody");
    process.write("policy.json", policy("{ \"allow\": [] }"));
    process.says("WHO");
    process.says("the version before serves on");
    process.write(
        "b.ts",
        "export function handler(): Response { return Response.text(\"closed\"); }\n",
    );
    build(&process.folder, "b.ts");
    process.answers(200, "closed");
}

/// Clients that never pause see old answers, then new ones, and nothing else, while versions come and go.
#[test]
fn no_request_is_lost_by_an_exchange() {
    for driver in DRIVERS {
        let files = folder(&[("handler.ts", &handler("0")), ("tail.ts", TAIL)]);
        let process = start(files, &["handler.ts", "--watch", "--driver", driver], |_, _| {});
        process.answers(200, "0!");
        let done = Arc::new(AtomicBool::new(false));
        let clients: Vec<_> = (0..4)
            .map(|_| {
                let (mut client, done) = (process.client(), Arc::clone(&done));
                thread::spawn(move || {
                    let (mut last, mut count, mut changes) = (0, 0, 0);
                    while !done.load(Ordering::Relaxed) {
                        // Two at a time, one with a body that arrives late.
                        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx");
                        client.send("y");
                        for _ in 0..2 {
                            let answer = client.response();
                            assert_eq!(answer.status, 200);
                            let version: u32 =
                                answer.text().trim_end_matches('!').parse().expect("a version");
                            assert!(version >= last, "{version} after {last}");
                            changes += u32::from(version > last);
                            last = version;
                            count += 1;
                        }
                    }
                    (count, changes)
                })
            })
            .collect();
        for version in 1..=12 {
            process.write("handler.ts", handler(&version.to_string()));
            process.answers(200, &format!("{version}!"));
        }
        done.store(true, Ordering::Relaxed);
        for client in clients {
            let (count, changes) = client.join().expect("every request is answered");
            assert!(count > 100 && changes >= 10, "{driver}: {count} answers, {changes} changes");
        }
    }
}

/// A request that a guest is working on ends in the version it began in.
#[test]
fn what_has_begun_ends_as_it_began() {
    for driver in DRIVERS {
        let files = folder(&[]);
        let guest = fs::read(support::guest("stream.wat")).unwrap();
        fs::write(files.path().join("guest.wat"), &guest).unwrap();
        let process = start(files, &["guest.wat", "--watch", "--driver", driver], |_, _| {});
        let mut busy = process.client();
        busy.send("POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx");
        thread::sleep(Duration::from_millis(100));
        process.write("guest.wat", fs::read(support::guest("hello.wat")).unwrap());
        process.answers(200, "");
        assert_eq!(process.get("/collect").status, 404, "the new version has no such route");
        assert_eq!(busy.send("y").response().text(), "xy");
        assert_eq!(busy.send("GET /collect HTTP/1.1\r\nHost: a\r\n\r\n").response().status, 404);
    }
}

/// A Rust handler is built anew.
#[test]
fn folders_of_rust_handlers_are_built_again() {
    let example = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/hello-rust");
    let files = folder(&[]);
    let sdk = fs::canonicalize(example.join("../../guest-sdk")).unwrap();
    let manifest = fs::read_to_string(example.join("Cargo.toml")).unwrap();
    let manifest = manifest.replace("../../guest-sdk", &sdk.display().to_string());
    let source = fs::read_to_string(example.join("src/lib.rs")).unwrap();
    assert!(source.contains("world"), "{source}");
    let to = files.path().join("app");
    fs::create_dir_all(to.join("src")).unwrap();
    fs::write(to.join("Cargo.toml"), manifest).unwrap();
    fs::copy(example.join("Cargo.lock"), to.join("Cargo.lock")).unwrap();
    fs::write(to.join("src/lib.rs"), &source).unwrap();
    let process = start(files, &["app", "--watch"], |_, _| {});
    process.answers(200, "world");
    process.write("app/src/lib.rs", source.replace("world", "moon"));
    process.answers(200, "moon");
    process.write("app/src/lib.rs", "fn broken(");
    process.says("the version before serves on");
    assert!(process.get("/").text().contains("moon"));
}
