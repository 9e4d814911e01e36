//! What handlers ask of the world, through a guest that does as its request says: egress and its refusals, waiting for several things
//! at once, the cache, the database. Other sides are stubs on loopback.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;
#[path = "support/upstream.rs"]
mod upstream;

use std::{
    net::Ipv4Addr,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use purview::{
    capability::{Outbound, WorldOptions},
    policy::HostPattern,
    socket::DriverKind,
};
use support::{DRIVERS, Running, Setup, client::Response};
use upstream::{NameServer, Upstream};

/// The guest of `guest-sdk/tests/outside`, built once.
fn guest() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| support::built("guest-sdk/tests/outside")).clone()
}

/// The database that the guest's statements fit.
fn database(folder: &Path) -> PathBuf {
    let file = folder.join("users.db");
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, score REAL, picture BLOB);
             INSERT INTO users VALUES (1, 'Grace', 2.5, x'00ff'), (2, 'Alan \"x\"', NULL, NULL);",
        )
        .unwrap();
    file
}

fn setup(outbound: Outbound) -> Setup {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let mut setup = Setup::new("");
    setup.load.modules = vec![guest()];
    setup.load.world =
        WorldOptions { outbound, sql: Some(database(folder.path())), ..WorldOptions::default() };
    setup.folder = Some(folder);
    setup
}

/// Outbound requests are on, and these hosts may be private ones.
fn to(hosts: &[&str]) -> Outbound {
    Outbound {
        enabled: true,
        hosts: hosts.iter().map(|host| HostPattern::parse(host).unwrap()).collect(),
        ..Outbound::default()
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn get(running: &Running, path: &str, query: &[(&str, &str)]) -> String {
    let query: Vec<String> =
        query.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let request = format!("GET {path}?{} HTTP/1.1\r\nhost: t\r\n\r\n", query.join("&"));
    let response: Response = running.client().send(request).read(false).unwrap();
    assert_eq!(response.status, 200, "{path}: {}", response.text());
    response.text()
}

fn fetch(running: &Running, url: &str) -> String {
    get(running, "/fetch", &[("url", url)])
}

#[test]
fn answers_come_back_whole() {
    let upstream = Upstream::start();
    for driver in DRIVERS {
        let running = setup(to(&["127.0.0.1"])).start(*driver);
        let before = upstream.connections();
        assert_eq!(fetch(&running, &upstream.url("/text/hello")), "200 hello");
        assert_eq!(fetch(&running, &upstream.url("/status/404")), "404 ok");
        assert_eq!(
            fetch(&running, &upstream.url("/redirect")),
            "302 ok",
            "redirects are not followed"
        );
        let posted = [("url", &*upstream.url("/echo")), ("method", "post"), ("body", "tea")];
        assert_eq!(get(&running, "/fetch", &posted), "200 POST tea");
        let fields = get(&running, "/fields", &[("url", &upstream.url("/fields"))]);
        assert!(fields.contains("x-one=1;set-cookie=a=b;set-cookie=c=d;"), "{fields}");
        let large = fetch(&running, &upstream.url("/bytes/1048576"));
        assert_eq!(large.len(), 1_048_576 + 4);
        assert_eq!(upstream.connections() - before, 1, "the connection is used again");
    }
    let heads = upstream.requests().join("");
    assert!(heads.contains(&format!("host: {}\r\n", upstream.address)), "{heads}");
    assert!(heads.contains("user-agent: purview\r\n"), "{heads}");
}

#[test]
fn whatever_goes_wrong_is_an_outcome() {
    let upstream = Upstream::start();
    let mut setup = setup(to(&["127.0.0.1", "[::1]"])).limit("egress_ms", 600);
    setup = setup.limit("egress_response_bytes", 1000).limit("egress_request_bytes", 10);
    let running = setup.start(DriverKind::Auto.or_poll());
    let url = |path| upstream.url(path);
    let closed = format!("http://127.0.0.1:{}/", closed_port());
    for (query, code) in [
        (vec![("url", url("/bytes/1001"))], "ResponseTooLarge"),
        (vec![("url", url("/bytes/20")), ("max", "19".into())], "ResponseTooLarge"),
        (vec![("url", url("/text/x")), ("max", "1001".into())], "InvalidMaxResponseBytes"),
        (vec![("url", url("/hang"))], "ResponseHeadFailed"),
        (vec![("url", url("/delay/500")), ("ms", "50".into())], "ResponseHeadFailed"),
        (vec![("url", url("/drip"))], "ResponseReadFailed"),
        (vec![("url", url("/cut"))], "ResponseReadFailed"),
        (vec![("url", url("/garbage"))], "ResponseHeadFailed"),
        (vec![("url", url("/head"))], "ResponseHeadFailed"),
        (vec![("url", url("/close"))], "ResponseHeadFailed"),
        (vec![("url", closed)], "ConnectFailed"),
        (vec![("url", "http://example.com/".into())], "HostNotAllowed"),
        (vec![("url", "http://127.0.0.2/".into())], "HostNotAllowed"),
        (vec![("url", "ftp://127.0.0.1/".into())], "InvalidUrl"),
        (vec![("url", "http://user@127.0.0.1/".into())], "InvalidUrl"),
        (vec![("url", "nonsense".into())], "InvalidUrl"),
        (vec![("url", url("/x")), ("method", "TRACE".into())], "InvalidMethod"),
        (vec![("url", url("/x")), ("method", "GET / HTTP/1.1\r\nx: y".into())], "InvalidMethod"),
        (vec![("url", url("/x")), ("body", "12345678901".into())], "InvalidBody"),
        (vec![("url", url("/x")), ("name", "x y".into())], "InvalidHeaders"),
        (
            vec![("url", url("/x")), ("name", "x".into()), ("value", "a\r\nb: c".into())],
            "InvalidHeaders",
        ),
        (vec![("url", url("/x")), ("name", "x".into()), ("value", "a\0".into())], "InvalidHeaders"),
        (
            vec![("url", url("/x")), ("name", "Host".into()), ("value", "a".into())],
            "InvalidHeaders",
        ),
        (
            vec![("url", url("/x")), ("name", "transfer-encoding".into()), ("value", "a".into())],
            "InvalidHeaders",
        ),
        (
            vec![("url", url("/x")), ("name", "content-length".into()), ("value", "1".into())],
            "InvalidHeaders",
        ),
    ] {
        let query: Vec<(&str, &str)> =
            query.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = get(&running, "/fetch", &query);
        assert!(answer.starts_with(&format!("599 {code}: ")), "{query:?}: {answer}");
    }
}

trait OrPoll {
    fn or_poll(self) -> DriverKind;
}

impl OrPoll for DriverKind {
    /// The first of the drivers here, for tests that need no other.
    fn or_poll(self) -> DriverKind {
        DRIVERS[0]
    }
}

fn closed_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn without_a_word_of_the_operator_nothing_goes_out() {
    let upstream = Upstream::start();
    let running = setup(Outbound::default()).start(DRIVERS[0]);
    let answer = fetch(&running, &upstream.url("/text/x"));
    assert!(answer.starts_with("599 OutboundHttpDisabled: "), "{answer}");
    drop(running);
    let running = setup(Outbound { enabled: true, ..Outbound::default() }).start(DRIVERS[0]);
    for url in [
        upstream.url("/text/x"),
        format!("http://localhost:{}/", upstream.address.port()),
        format!("http://x.localhost:{}/", upstream.address.port()),
        format!("http://0x7f.1:{}/", upstream.address.port()),
        format!("http://[::ffff:127.0.0.1]:{}/", upstream.address.port()),
        "http://169.254.169.254/latest/meta-data".into(),
        "http://[64:ff9b::a9fe:a9fe]/".into(),
        "http://0.0.0.0/".into(),
        "http://10.0.0.1/".into(),
    ] {
        let answer = fetch(&running, &url);
        assert!(answer.starts_with("599 HostNotAllowed: "), "{url}: {answer}");
    }
    assert_eq!(upstream.connections(), 0);
}

const PUBLIC: Ipv4Addr = Ipv4Addr::new(192, 12, 0, 1);
const LOCAL: Ipv4Addr = Ipv4Addr::LOCALHOST;

#[test]
fn a_name_that_moves_to_a_private_address_is_not_followed() {
    let upstream = Upstream::start();
    let port = upstream.address.port();
    let url = format!("http://rebind.example:{port}/text/secret");
    for named in [false, true] {
        let names = NameServer::start(vec![vec![PUBLIC], vec![LOCAL]]);
        let mut outbound = to(if named { &["rebind.example"] } else { &[] });
        outbound.name_server = Some(names.address);
        let running = setup(outbound).limit("egress_connect_ms", 150).start(DRIVERS[0]);
        // Nobody answers at the public address: a network without Internet.
        let first = fetch(&running, &url);
        assert!(first.starts_with("599 ConnectFailed: "), "{first}");
        let second = fetch(&running, &url);
        assert!(second.starts_with("599 HostNotAllowed: "), "{second}");
        assert!(names.questions() >= 2, "the second answer was asked for");
    }
    assert_eq!(upstream.connections(), 0, "the private address was never dialled");
}

#[test]
fn private_addresses_among_public_ones_are_passed_over() {
    let upstream = Upstream::start();
    let port = upstream.address.port();
    for named in [false, true] {
        let names = NameServer::start(vec![vec![LOCAL, PUBLIC, Ipv4Addr::new(169, 254, 169, 254)]]);
        let mut outbound = to(if named { &["mixed.example"] } else { &[] });
        outbound.name_server = Some(names.address);
        let running = setup(outbound).limit("egress_connect_ms", 150).start(DRIVERS[0]);
        let answer = fetch(&running, &format!("http://mixed.example:{port}/"));
        assert!(answer.starts_with("599 ConnectFailed: "), "{answer}");
    }
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn a_host_that_the_operator_named_may_be_private() {
    let upstream = Upstream::start();
    let port = upstream.address.port();
    let names = NameServer::start(vec![vec![LOCAL]]);
    let mut outbound = to(&["internal.example"]);
    outbound.name_server = Some(names.address);
    let running = setup(outbound).start(DRIVERS[0]);
    assert_eq!(fetch(&running, &format!("http://Internal.Example.:{port}/text/hi")), "200 hi");
    let answer = fetch(&running, &format!("http://other.example:{port}/text/hi"));
    assert!(answer.starts_with("599 HostNotAllowed: internal.example"), "{answer}");
}

fn milliseconds(text: &str) -> u64 {
    text.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn sends_overlap() {
    let upstream = Upstream::start();
    for driver in DRIVERS {
        let running = setup(to(&["127.0.0.1"])).start(*driver);
        let urls = vec![upstream.url("/delay/50"); 3].join(" ");
        get(&running, "/parallel", &[("urls", &urls)]);
        let best = (0..5)
            .map(|_| get(&running, "/parallel", &[("urls", &urls)]))
            .inspect(|answer| assert!(answer.ends_with(" ms: 200 50, 200 50, 200 50"), "{answer}"))
            .map(|answer| milliseconds(&answer))
            .min();
        assert!(best.is_some_and(|best| (50..=60).contains(&best)), "{best:?} ms");
        let urls = format!("{} {}", upstream.url("/delay/50"), upstream.url("/delay/60"));
        let steps = get(&running, "/steps", &[("urls", &urls)]);
        assert!(steps.ends_with(r#"ms: [Ok("again 50"), Ok("again 60")]"#), "{steps}");
        assert!(milliseconds(&steps) < 180, "{steps}");
    }
}

#[test]
fn the_first_answer_wins_and_the_others_end() {
    let upstream = Upstream::start();
    let running = setup(to(&["127.0.0.1"])).start(DRIVERS[0]);
    let slow = upstream.url("/delay/2000");
    let urls = format!("{slow} {} {slow}", upstream.url("/delay/20"));
    let answer = get(&running, "/race", &[("urls", &urls)]);
    assert!(answer.ends_with(" ms: 200 20") && milliseconds(&answer) < 1000, "{answer}");
    let urls = format!("{} {}", upstream.url("/close"), upstream.url("/delay/30"));
    let answer = get(&running, "/race", &[("urls", &urls)]);
    assert!(answer.ends_with(" ms: 200 30"), "a failure does not win: {answer}");
    let urls = format!("{} {}", upstream.url("/close"), upstream.url("/garbage"));
    let answer = get(&running, "/race", &[("urls", &urls)]);
    assert!(answer.contains("ResponseHeadFailed"), "{answer}");
    wait_for("the losers were ended", || upstream.given_up() == 2);
    let urls = format!("{slow} {slow} {slow}");
    assert_eq!(get(&running, "/leave", &[("urls", &urls)]), "left 3");
    let before = upstream.given_up();
    wait_for("what a handler leaves behind ends with it", || {
        upstream.given_up() + 3 >= before + 3 && upstream.given_up() >= 2
    });
}

fn wait_for(what: &str, done: impl Fn() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(5), "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_handler_starts_no_more_than_its_limit() {
    let upstream = Upstream::start();
    let running = setup(to(&["127.0.0.1"])).limit("handles", 2).start(DRIVERS[0]);
    let urls = vec![upstream.url("/text/x"); 3].join(" ");
    let answer = get(&running, "/parallel", &[("urls", &urls)]);
    assert!(answer.contains("200 x, 200 x, 599 ParallelOverflow: "), "{answer}");
}

#[test]
fn sends_over_the_limit_wait_for_their_turn() {
    let upstream = Upstream::start();
    let running = setup(to(&["127.0.0.1"])).limit("egress_sends", 1).start(DRIVERS[0]);
    let urls = vec![upstream.url("/delay/40"); 3].join(" ");
    let answer = get(&running, "/parallel", &[("urls", &urls)]);
    assert!(answer.ends_with("200 40, 200 40, 200 40") && milliseconds(&answer) >= 120, "{answer}");
}

/// What every cache does, wherever it is.
fn cache_works(running: &Running, again: &Running) {
    let set = |running: &Running, query: &str, body: &str| {
        let length = body.len();
        let request = format!(
            "POST /cache/set?{query} HTTP/1.1\r\nhost: t\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        running.client().send(request).read(false).unwrap().text()
    };
    let at = |path: &str, query: &[(&str, &str)]| get(running, path, query);
    assert_eq!(at("/cache/get", &[("key", "a")]), "None");
    assert_eq!(set(running, "key=a", "tea"), "()");
    assert_eq!(at("/cache/get", &[("key", "a")]), r#"Some("tea")"#);
    assert_eq!(get(again, "/cache/get", &[("key", "a")]), r#"Some("tea")"#, "all instances see it");
    assert_eq!(at("/cache/other", &[("key", "a")]), "None", "namespaces are apart");
    assert_eq!(at("/cache/delete", &[("key", "a")]), "true");
    assert_eq!(at("/cache/delete", &[("key", "a")]), "false");
    assert_eq!(set(running, "key=short&ms=60", "x"), "()");
    assert_eq!(at("/cache/get", &[("key", "short")]), r#"Some("x")"#);
    std::thread::sleep(Duration::from_millis(80));
    assert_eq!(at("/cache/get", &[("key", "short")]), "None", "it has expired");
    assert_eq!(at("/cache/incr", &[("key", "n"), ("by", "5")]), "(5, false)");
    assert_eq!(at("/cache/incr", &[("key", "n"), ("by", "-7"), ("ms", "60000")]), "(-2, true)");
    assert_eq!(at("/cache/incr", &[("key", "n"), ("by", "1")]), "(-1, true)", "the expiry stays");
    assert_eq!(
        at("/cache/incr", &[("key", "n"), ("by", "-9223372036854775808")]),
        "error: the cache does not take this key, value or sum"
    );
    let any = |name: &str| at("/cache/any", &[("name", name), ("key", "n")]);
    assert_eq!((any("tests"), any("other")), (r#"Some("-1")"#.into(), "None".into()));
    assert_eq!(any(""), "error: the cache does not take this key, value or sum");
    let added = at("/cache/any", &[("name", "tests"), ("key", "n"), ("by", "-1")]);
    assert_eq!(added, "-2", "a namespace is the same one, however it is named");
    assert_eq!(set(running, "key=t", "text"), "()");
    assert_eq!(at("/cache/incr", &[("key", "t"), ("by", "2")]), "(2, false)", "text counts as 0");
    assert!(at("/cache/stats", &[]).starts_with('('));
    let long = "k".repeat(4097);
    assert_eq!(
        at("/cache/get", &[("key", &long)]),
        "error: the cache does not take this key, value or sum"
    );
    assert_eq!(at("/cache/get", &[("key", &long[1..])]), "None");
    let value = "v".repeat(100_000);
    assert_eq!(set(running, "key=large", &value), "()");
    assert_eq!(at("/cache/get", &[("key", "large")]).len(), 100_000 + 8);
    assert_eq!(
        set(running, "key=huge", &"v".repeat(200_001)),
        "error: the cache does not take this key, value or sum"
    );
    let limit = [("key", "c"), ("limit", "2"), ("ms", "150")];
    let verdicts: Vec<String> = (0..3).map(|_| at("/limit", &limit)).collect();
    assert_eq!(verdicts, ["true", "true", "false"]);
    std::thread::sleep(Duration::from_millis(170));
    assert_eq!(at("/limit", &limit), "true", "the next window");
    assert_eq!(at("/limit/reset", &[("key", "c")]), "true");
    assert_eq!(at("/limit/reset", &[("key", "c")]), "false");
}

#[test]
fn the_cache_of_the_process() {
    for driver in DRIVERS {
        let setup = setup(Outbound::default()).workers(2).limit("cache_value_bytes", 200_000);
        let running = setup.start(*driver);
        cache_works(&running, &running);
    }
}

#[test]
fn statements_run_off_the_worker() {
    for driver in DRIVERS {
        let setup = setup(Outbound::default()).limit("sql_ms", 300).limit("sql_rows", 100);
        // The folder of the database goes with its set-up.
        let setup = setup.limit("sql_result_bytes", 500);
        let running = setup.start(*driver);
        let at = |path: &str, query: &[(&str, &str)]| get(&running, path, query);
        let row = r#"{"id":1,"name":"Grace","score":2.5,"picture":"00ff"}"#;
        assert_eq!(at("/sql/one", &[("id", "1")]), format!("{row:?}"));
        assert_eq!(at("/sql/one", &[("id", "9")]), "\"null\"");
        let many = at("/sql/many", &[]);
        assert!(many.contains("Grace") && many.contains("Alan"), "{many}");
        assert_eq!(at("/sql/add", &[("name", "Ada'); DROP TABLE users; --")]), "(1, 3)");
        let again = at("/sql/add", &[("name", "Ada'); DROP TABLE users; --")]);
        assert!(again.starts_with("error: SqlConstraint: "), "{again}");
        let start = Instant::now();
        let endless = at("/sql/endless", &[]);
        assert!(endless.starts_with("error: SqlTimeout: "), "{endless}");
        assert!(start.elapsed() < Duration::from_secs(2));
        assert_eq!(
            at("/sql/rows", &[("count", "100")]),
            "error: SqlTooLarge: more JSON than `sql_result_bytes`"
        );
        assert_eq!(at("/sql/rows", &[("count", "50")]), "50");
        assert_eq!(at("/sql/rows", &[("count", "101")]).split(':').nth(1), Some(" SqlTooLarge"));
        assert_eq!(
            at("/sql/wrong", &[]),
            "error: SqlInvalidParams: the statement has 1 parameters, 2 are given"
        );
        assert!(at("/sql/many", &[]).contains("Ada"), "the table is still there");
    }
}

#[test]
fn other_requests_go_on_while_a_statement_runs() {
    let running = setup(Outbound::default()).limit("sql_ms", 500).start(DRIVERS[0]);
    let mut slow = running.client();
    slow.send("GET /sql/endless HTTP/1.1\r\nhost: t\r\n\r\n");
    let start = Instant::now();
    for _ in 0..20 {
        assert_eq!(get(&running, "/cache/get", &[("key", "x")]), "None");
    }
    assert!(start.elapsed() < Duration::from_millis(300), "{:?}", start.elapsed());
    assert!(slow.read(false).unwrap().text().contains("SqlTimeout"));
}

#[test]
fn a_module_with_statements_needs_a_database_that_takes_them() {
    let mut without = setup(Outbound::default());
    without.load.world.sql = None;
    let refused = purview::load::load(&without.load).unwrap_err().to_string();
    assert!(refused.contains("--sql FILE"), "{refused}");
    let other = setup(Outbound::default());
    let file = other.load.world.sql.clone().unwrap();
    rusqlite::Connection::open(&file).unwrap().execute_batch("DROP TABLE users").unwrap();
    let refused = purview::load::load(&other.load).unwrap_err().to_string();
    assert!(
        refused.contains("`purview:sql` / `add user`") && refused.contains("no such table: users"),
        "{refused}"
    );
}

#[test]
fn statements_reach_nothing_but_rows() {
    for statement in [
        "ATTACH DATABASE '/etc/passwd' AS p",
        "PRAGMA journal_mode = DELETE",
        "VACUUM INTO 'copy.db'",
        "-- harmless\n /* very */ VACUUM",
        "CREATE TABLE t (a)",
        "DROP TABLE users",
        "BEGIN",
        "SELECT load_extension('x')",
        "SELECT 1; DELETE FROM users",
        "DELETE FROM sqlite_schema",
        "SELECT * FROM missing",
        "SELECT",
        "",
    ] {
        let text = format!(
            r#"(module
                (import "purview:sql" "s" (func (param i32 i32 i32) (result i32)))
                (memory (export "memory") 1)
                (func (export "purview:reserve/1") (param i32) (result i32) i32.const 0)
                (func (export "GET /") (param i32 i32) (result i32) i32.const 0)
                (@custom "purview:sql" "{}"))"#,
            serde_json::json!({ "s": statement })
                .to_string()
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
        );
        let folder = tempfile::tempdir().unwrap();
        let mut setup = Setup::text(&text);
        setup.load.world.sql = Some(database(folder.path()));
        let Err(refused) = purview::load::load(&setup.load) else {
            panic!("{statement} is let in")
        };
        let refused = refused.to_string();
        assert!(refused.contains("refuses the statement"), "{statement}: {refused}");
    }
}

/// A Redis server of this test, if there is one on this machine.
struct Redis {
    port: u16,
    folder: tempfile::TempDir,
    child: Option<std::process::Child>,
}

impl Redis {
    #[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
    fn start() -> Option<Self> {
        let there = std::process::Command::new("redis-server").arg("--version").output().is_ok();
        if !there {
            println!(
                "skipped: there is no `redis-server` on this machine (Debian: `apt-get install redis-server`)"
            );
            return None;
        }
        let mut redis =
            Self { port: closed_port(), folder: tempfile::tempdir().unwrap(), child: None };
        redis.run();
        Some(redis)
    }

    fn run(&mut self) {
        let child = std::process::Command::new("redis-server")
            .args([
                "--port",
                &self.port.to_string(),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
            ])
            .arg("--dir")
            .arg(self.folder.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        self.child = Some(child);
        wait_for("the server listens", || {
            std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok()
        });
    }

    fn end(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.end();
    }
}

#[test]
fn the_cache_on_a_server_that_hosts_share() {
    let Some(redis) = Redis::start() else { return };
    for driver in DRIVERS {
        let mut setup = setup(Outbound::default()).workers(2).limit("cache_value_bytes", 200_000);
        setup.load.world.cache = Some(redis.url());
        // Two servers are two hosts; the test leaves some keys behind for the next driver.
        let (one, other) = (setup.start(*driver), setup.start(*driver));
        for key in ["a", "n", "t", "large"] {
            get(&one, "/cache/delete", &[("key", key)]);
        }
        cache_works(&one, &other);
    }
}

/// The server speaks TLS only, with a certificate that only those trust who have its file.
#[test]
fn the_cache_on_a_server_over_tls() {
    let Some(mut redis) = Redis::start() else { return };
    redis.end();
    let folder = redis.folder.path().to_owned();
    let named = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    std::fs::write(&certificate, named.cert.pem()).unwrap();
    std::fs::write(&key, named.signing_key.serialize_pem()).unwrap();
    let port = redis.port.to_string();
    let mut server = std::process::Command::new("redis-server");
    server.args(["--port", "0", "--tls-port", &port, "--bind", "127.0.0.1", "--save", ""]);
    server.args(["--tls-auth-clients", "no", "--dir"]).arg(&folder);
    server.arg("--tls-cert-file").arg(&certificate).arg("--tls-key-file").arg(&key);
    redis.child = Some(server.stdout(std::process::Stdio::null()).spawn().unwrap());
    wait_for("the server listens", || {
        std::net::TcpStream::connect(("127.0.0.1", redis.port)).is_ok()
    });
    for driver in DRIVERS {
        let with = |url: String, certificates: Vec<PathBuf>| {
            let mut setup = setup(Outbound { certificates, ..Outbound::default() });
            setup.load.world.cache = Some(url);
            let running = setup.start(*driver);
            get(&running, "/cache/delete", &[("key", "n")]);
            get(&running, "/cache/incr", &[("key", "n"), ("by", "7")])
        };
        let url = |scheme: &str| format!("{scheme}://localhost:{port}/0");
        assert_eq!(with(url("rediss"), vec![certificate.clone()]), "(7, false)");
        assert_eq!(with(url("valkeys"), vec![certificate.clone()]), "(7, false)");
        let away = "error: the cache's server does not answer";
        assert_eq!(with(url("rediss"), Vec::new()), away, "nobody vouches for it");
        assert_eq!(with(url("redis"), Vec::new()), away, "it speaks TLS only");
        let other_name = format!("rediss://127.0.0.1:{port}/0");
        assert_eq!(with(other_name, vec![certificate.clone()]), away, "the name is another");
    }
}

#[test]
fn what_is_wrong_with_the_url_of_a_cache_is_told_without_its_password() {
    for url in ["http://user:secret@cache.example", "rediss://user:secret@"] {
        let mut setup = setup(Outbound::default());
        setup.load.world.cache = Some(url.into());
        let refused = purview::load::load(&setup.load).map(|_| ()).unwrap_err().to_string();
        assert!(
            refused.contains("`rediss://` for TLS") && !refused.contains("secret"),
            "{refused}"
        );
    }
}

#[test]
fn a_cache_server_that_is_away_is_told_and_used_again_when_it_is_back() {
    let Some(mut redis) = Redis::start() else { return };
    let mut setup = setup(Outbound::default()).limit("cache_ms", 300);
    setup.load.world.cache = Some(redis.url());
    redis.end();
    let running = setup.start(DRIVERS[0]);
    let incr = || get(&running, "/cache/incr", &[("key", "n"), ("by", "1")]);
    let away = "error: the cache's server does not answer";
    let start = Instant::now();
    assert_eq!(incr(), away, "it was not there at the start");
    assert_eq!(get(&running, "/cache/get", &[("key", "n")]), away);
    assert!(start.elapsed() < Duration::from_millis(800), "{:?}", start.elapsed());
    redis.run();
    wait_for("the server is used", || incr() == "(1, false)");
    redis.end();
    assert_eq!(incr(), away, "it went away");
    redis.run();
    wait_for("the server is used again", || incr().starts_with('('));
    // A server that hangs is away too.
    let pid = redis.child.as_ref().unwrap().id().to_string();
    let signal = |name: &str| {
        assert!(std::process::Command::new("kill").args([name, &pid]).status().unwrap().success());
    };
    signal("-STOP");
    let start = Instant::now();
    assert_eq!(incr(), away);
    assert!(start.elapsed() < Duration::from_millis(800), "{:?}", start.elapsed());
    signal("-CONT");
    wait_for("the server goes on", || incr().starts_with('('));
}
