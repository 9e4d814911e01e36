//! The `purview:*` modules from compiled TypeScript on this host, over real sockets: the recorded programs of the compiler's tests give
//! here what they give under Node, and what those cannot show (another server, a database, a cache between requests) is
//! shown by the handlers of `scripts/`.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;
#[path = "support/upstream.rs"]
mod upstream;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use js_to_wasm::source::virtual_modules::MODULES;
use purview::{
    capability::{Outbound, WorldOptions},
    policy::HostPattern,
};
use serde_json::Value;
use support::{DRIVERS, Running, Setup, client::Response, lines};
use upstream::Upstream;

fn programs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../js-to-wasm/tests/programs")
}

/// The recorded programs that use a module and need no other server, with what their first line says of the request.
fn recorded() -> Vec<(PathBuf, Value)> {
    let entries =
        |folder: PathBuf| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found = Vec::new();
    for path in entries(programs()).flat_map(entries) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".out") || name.starts_with('_') {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let uses =
            ["purview:", "zigttp:", "zttp:"].iter().any(|of| text.contains(&format!("\"{of}")));
        let request = text.lines().next().and_then(|line| line.strip_prefix("// request: "));
        let request: Value =
            request.map_or(Value::Null, |text| serde_json::from_str(text).unwrap());
        if uses && request["upstreams"].is_null() {
            found.push((path, request));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// The request of a program on the wire.
fn on_the_wire(request: &Value) -> String {
    let method = request["method"].as_str().unwrap_or("GET");
    let url = request["url"].as_str().unwrap_or("/");
    let mut head = format!("{method} {url} HTTP/1.1\r\nhost: t\r\n");
    for (name, value) in request["headers"].as_object().into_iter().flatten() {
        head += &format!("{name}: {}\r\n", value.as_str().unwrap());
    }
    match request["body"].as_str() {
        Some(body) => format!("{head}content-length: {}\r\n\r\n{body}", body.len()),
        None => head + "\r\n",
    }
}

/// Tokens of the recorded programs are signed for this second.
const RECORDED: u64 = 1_700_000_000;

/// A program or its record, with the times around [`RECORDED`] moved to now.
fn at(now: u64, text: &str) -> String {
    (0..=60).fold(text.to_owned(), |text, off| {
        text.replace(&(RECORDED + off).to_string(), &(now + off).to_string())
    })
}

#[test]
fn recorded_programs_give_here_what_they_give_under_node() {
    let _alone = lines::alone();
    let programs = recorded();
    assert!(programs.len() >= 35, "only {} programs", programs.len());
    let folder = tempfile::tempdir().unwrap();
    for (path, request) in programs {
        let file = folder.path().join(path.file_name().unwrap());
        let mut setup = Setup::new("");
        setup.load.modules = vec![file.clone()];
        for (name, value) in request["env"].as_object().into_iter().flatten() {
            setup.load.environment.insert(name.clone(), value.as_str().unwrap().into());
        }
        for driver in DRIVERS {
            let text = fs::read_to_string(&path).unwrap();
            let now = if text.contains("jwtVerify") { seconds() } else { RECORDED };
            fs::write(&file, at(now, &text)).unwrap();
            let running = setup.start(*driver);
            let answer = running.client().send(on_the_wire(&request)).response();
            let record = at(now, &fs::read_to_string(path.with_extension("out")).unwrap());
            check(&path, &answer, &record);
        }
    }
}

fn seconds() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

fn check(path: &Path, answer: &Response, record: &str) {
    let (head, body) = record.split_once("\n\n").unwrap_or((record.trim_end(), ""));
    let what = format!("{}: {}", path.display(), answer.text());
    assert_eq!(answer.text().trim_end_matches('\n'), body.trim_end_matches('\n'), "{what}");
    let mut head = head.lines();
    assert_eq!(Some(answer.status.to_string().as_str()), head.next(), "{what}");
    for line in head.filter(|line| !line.starts_with("> ")) {
        let (name, value) = line.split_once(": ").unwrap();
        let found = answer.headers.iter().any(|(known, of)| known == name && of == value);
        assert!(found, "`{line}` is missing: {what}");
    }
}

/// Lines of `purview:log` and `console` reach the host's log, each once, with its level.
#[test]
fn what_a_handler_logs_is_in_the_log() {
    let _alone = lines::alone();
    let mut setup = Setup::new("");
    setup.load.modules = vec![programs().join("host/log.ts")];
    for driver in DRIVERS {
        let running = setup.start(*driver);
        lines::take();
        running.client().send("GET / HTTP/1.1\r\nhost: t\r\n\r\n").response();
        let record = fs::read_to_string(programs().join("host/log.out")).unwrap();
        let wanted: Vec<&str> = record.lines().filter_map(|line| line.strip_prefix("> ")).collect();
        assert!(!wanted.is_empty());
        let last = serde_json::to_string(wanted.last().unwrap()).unwrap();
        let told = lines::until(last.trim_matches('"'));
        for line in wanted {
            // An object at the end are the fields.
            let wanted = match line.split_once(" {") {
                Some((message, fields)) => {
                    format!(r#""message":"{message}","fields":{{{fields}}}"#)
                }
                None => format!(r#""message":{}}}"#, serde_json::to_string(line).unwrap()),
            };
            assert_eq!(lines::count(&told, &wanted), 1, "{wanted}: {told:#?}");
        }
    }
}

/// Each export is used by a recorded program, an example or a handler here.
#[test]
fn every_export_of_every_module_runs_on_this_host() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut text: String =
        recorded().iter().map(|(path, _)| fs::read_to_string(path).unwrap()).collect();
    for folder in [Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts"), examples] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let path = if path.is_dir() { path.join("handler.ts") } else { path };
            text += &fs::read_to_string(path).unwrap_or_default();
        }
    }
    let code: Vec<&str> = text.lines().filter(|line| !line.starts_with("import ")).collect();
    let uses = |name: &str| {
        let forms = ["(", ",", "]"].map(|after| format!("{name}{after}"));
        code.iter().any(|line| forms.iter().any(|form| line.contains(form)))
    };
    for module in MODULES {
        for export in module.exports {
            assert!(uses(export), "nothing uses {export} of {}", module.name);
        }
    }
}

fn script(name: &str) -> Setup {
    let mut setup = Setup::new("");
    setup.load.modules =
        vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts").join(name)];
    setup
}

fn ask(
    running: &Running,
    method: &str,
    path: &str,
    query: &[(&str, &str)],
    body: &str,
) -> Response {
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let query: Vec<String> =
        query.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let length = body.len();
    let query = query.join("&");
    running
        .client()
        .send(format!(
            "{method} {path}?{query} HTTP/1.1\r\nhost: t\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
        .response()
}

fn get(running: &Running, path: &str, query: &[(&str, &str)]) -> String {
    let answer = ask(running, "GET", path, query, "");
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.text()
}

/// Requests to other servers, to these hosts only.
fn sending(hosts: &[&str]) -> Setup {
    let mut setup = script("fetch.ts").limit("egress_ms", 800).limit("egress_request_bytes", 10);
    setup.load.world.outbound = Outbound {
        enabled: true,
        hosts: hosts.iter().map(|host| HostPattern::parse(host).unwrap()).collect(),
        ..Outbound::default()
    };
    setup
}

#[test]
fn answers_of_other_servers_come_back() {
    let _alone = lines::alone();
    let upstream = Upstream::start();
    let url = |path: &str| upstream.url(path);
    for driver in DRIVERS {
        let running = sending(&["127.0.0.1"]).start(*driver);
        assert_eq!(get(&running, "/fetch", &[("url", &url("/text/hello"))]), "200 hello");
        assert_eq!(get(&running, "/fetch", &[("url", &url("/status/404"))]), "404 ok");
        assert_eq!(get(&running, "/fetch", &[("url", &url("/redirect"))]), "302 ok");
        let posted = [("url", &*url("/echo")), ("method", "post"), ("body", "tea")];
        assert_eq!(get(&running, "/fetch", &posted), "200 POST tea");
        assert_eq!(get(&running, "/fields", &[("url", &url("/fields"))]), "1 c=d OK true");
        let json = format!(r#"{{"url":"{}","method":"PUT","body":"x"}}"#, url("/echo"));
        let answer = ask(&running, "POST", "/request", &[], &json).text();
        assert_eq!(answer, r#"{"ok":true,"status":200,"reason":"OK","body":"PUT x"}"#);
        let answer = ask(&running, "POST", "/request", &[], "no").text();
        assert!(answer.starts_with(r#"{"ok":false,"error":"InvalidJson""#), "{answer}");
    }
    let heads = upstream.requests().join("");
    assert!(heads.contains(&format!("host: {}\r\n", upstream.address)), "{heads}");
}

#[test]
fn whatever_goes_wrong_is_a_599() {
    let _alone = lines::alone();
    let upstream = Upstream::start();
    let url = |path: &str| upstream.url(path);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let cases: Vec<(Vec<(&str, String)>, &str)> = vec![
        (vec![("url", url("/bytes/1048577"))], "ResponseTooLarge"),
        (vec![("url", url("/bytes/20")), ("max", "19".into())], "ResponseTooLarge"),
        (vec![("url", url("/x")), ("max", "0".into())], "InvalidMaxResponseBytes"),
        (vec![("url", url("/x")), ("max", "1048577".into())], "InvalidMaxResponseBytes"),
        (vec![("url", url("/hang"))], "ResponseHeadFailed"),
        (vec![("url", url("/drip"))], "ResponseReadFailed"),
        (vec![("url", url("/cut"))], "ResponseReadFailed"),
        (vec![("url", format!("http://{closed}/"))], "ConnectFailed"),
        (vec![("url", "http://example.com/".into())], "HostNotAllowed"),
        (vec![("url", "http://127.0.0.2/".into())], "HostNotAllowed"),
        (vec![("url", "ftp://127.0.0.1/".into())], "InvalidUrl"),
        (vec![("url", "nonsense".into())], "InvalidUrl"),
        (vec![("url", url("/x")), ("method", "TRACE".into())], "InvalidMethod"),
        (vec![("url", url("/x")), ("body", "12345678901".into())], "InvalidBody"),
        (vec![("url", url("/x")), ("name", "x y".into())], "InvalidHeaders"),
        (
            vec![("url", url("/x")), ("name", "x".into()), ("value", "a\r\nb: c".into())],
            "InvalidHeaders",
        ),
        (
            vec![("url", url("/x")), ("name", "host".into()), ("value", "evil".into())],
            "InvalidHeaders",
        ),
        // Several things are wrong: the first in the order of the checks is told.
        (vec![("url", "http://10.0.0.1/".into()), ("method", "TRACE".into())], "HostNotAllowed"),
        (
            vec![("url", url("/x")), ("method", "TRACE".into()), ("body", "12345678901".into())],
            "InvalidMethod",
        ),
        (
            vec![("url", url("/x")), ("body", "12345678901".into()), ("name", "x y".into())],
            "InvalidBody",
        ),
        (
            vec![("url", url("/x")), ("name", "x y".into()), ("max", "1048577".into())],
            "InvalidHeaders",
        ),
    ];
    for driver in DRIVERS {
        let running = sending(&["127.0.0.1"]).start(*driver);
        for (query, code) in &cases {
            let query: Vec<(&str, &str)> = query.iter().map(|(n, v)| (*n, v.as_str())).collect();
            assert_eq!(get(&running, "/fetch", &query), format!("599 {code}"), "{query:?}");
        }
        let told = get(&running, "/details", &[("url", "http://127.0.0.2/")]);
        assert_eq!(
            told,
            r#"599 HostNotAllowed {"ok":false,"error":"HostNotAllowed","details":"127.0.0.1"}"#
        );
    }
    assert!(
        upstream.requests().iter().all(|head| !head.contains("evil")),
        "a refused field went out"
    );
}

#[test]
fn without_a_grant_nothing_is_sent() {
    let _alone = lines::alone();
    let upstream = Upstream::start();
    let running = script("fetch.ts").start(DRIVERS[0]);
    let url = upstream.url("/text/x");
    assert_eq!(get(&running, "/fetch", &[("url", &url)]), "599 OutboundHttpDisabled");
    // Switched on, but nobody named this host.
    let mut setup = script("fetch.ts");
    setup.load.world.outbound.enabled = true;
    let running = setup.start(DRIVERS[0]);
    assert_eq!(get(&running, "/fetch", &[("url", &url)]), "599 HostNotAllowed");
    assert_eq!(upstream.connections(), 0);
}

/// Each step of every branch is under way before a step behind it: seen by the order in which the requests come to the other server.
#[test]
fn branches_that_send_one_after_the_other_overlap() {
    let _alone = lines::alone();
    for driver in DRIVERS {
        let upstream = Upstream::start();
        let running = sending(&["127.0.0.1"]).limit("egress_ms", 5000).start(*driver);
        let answer = get(&running, "/steps", &[("base", &format!("http://{}", upstream.address))]);
        assert_eq!(answer, r#"["150 153 156","151 154 157","152 155 158"]"#);
        let delay = |head: &String| -> u64 {
            let path = head.split(' ').nth(1).unwrap();
            path.trim_start_matches("/delay/").parse().unwrap()
        };
        let came: Vec<u64> = upstream.requests().iter().map(delay).collect();
        let rounds: Vec<Vec<u64>> = came
            .chunks(3)
            .map(|round| {
                let mut round = round.to_vec();
                round.sort_unstable();
                round
            })
            .collect();
        assert_eq!(rounds, [[150, 151, 152], [153, 154, 155], [156, 157, 158]], "{came:?}");
    }
}

#[test]
fn branches_of_parallel_and_race_overlap() {
    let _alone = lines::alone();
    let upstream = Upstream::start();
    let base = format!("http://{}", upstream.address);
    for driver in DRIVERS {
        let running = sending(&["127.0.0.1"]).limit("egress_ms", 5000).start(*driver);
        get(&running, "/parallel", &[("base", &base)]);
        let answer = get(&running, "/parallel", &[("base", &base)]);
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["results"], serde_json::json!(["50", "ResponseTooLarge", 2]));
        assert!(answer["took"].as_u64().unwrap() < 140, "one after the other: {answer}");
        let (begun, ended) = (std::time::Instant::now(), upstream.given_up());
        assert_eq!(get(&running, "/race", &[("base", &base)]), "20");
        assert!(begun.elapsed() < Duration::from_secs(1));
        let end = std::time::Instant::now() + Duration::from_secs(5);
        while upstream.given_up() < ended + 2 {
            assert!(std::time::Instant::now() < end, "the other sends were not ended");
            std::thread::sleep(Duration::from_millis(5));
        }
        let many = |count| get(&running, "/many", &[("base", &base), ("count", count)]);
        assert_eq!(many("0"), "");
        assert_eq!(many("16").split(' ').count(), 16);
        let over = ask(&running, "GET", "/many", &[("base", &base), ("count", "17")], "");
        assert_eq!(over.status, 500, "more than 16 branches are a fault");
    }
}

fn database(folder: &Path) -> PathBuf {
    let file = folder.join("users.db");
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, score REAL, picture BLOB);
             INSERT INTO users VALUES (1, 'Grace', 2.5, NULL), (2, 'Zoë \"x\"', NULL, NULL);",
        )
        .unwrap();
    file
}

#[test]
fn statements_run() {
    let _alone = lines::alone();
    for driver in DRIVERS {
        let folder = tempfile::tempdir().unwrap();
        let mut setup = script("sql.ts").limit("sql_ms", 300);
        setup.load.world =
            WorldOptions { sql: Some(database(folder.path())), ..WorldOptions::default() };
        let running = setup.start(*driver);
        assert_eq!(
            get(&running, "/all", &[]),
            r#"[{"id":1,"name":"Grace","score":2.5,"picture":null},{"id":2,"name":"Zoë \"x\"","score":null,"picture":null}]"#
        );
        assert_eq!(get(&running, "/one", &[("name", "Grace")]), r#"{"row":{"id":1}}"#);
        assert_eq!(get(&running, "/one", &[("name", "' OR 1=1 --")]), "{}");
        let add = [("name", "Alan"), ("score", "7")];
        assert_eq!(get(&running, "/add", &add), r#"{"rowsAffected":1,"lastInsertRowId":3}"#);
        let again = get(&running, "/add", &add);
        assert!(again.contains(r#""error":"SqlConstraint""#), "{again}");
        assert_eq!(get(&running, "/count", &[("to", "1000")]), r#"{"count":1000}"#);
        let long = ask(&running, "GET", "/count", &[("to", "1000000000")], "");
        assert_eq!(long.status, 500, "a statement that fails is a fault: {}", long.text());
        let told = lines::until("SqlTimeout");
        assert!(told.iter().any(|line| line.contains("the statement failed")), "{told:#?}");
    }
}

#[test]
fn the_cache_lasts_between_requests() {
    let _alone = lines::alone();
    for driver in DRIVERS {
        let running = script("cache.ts").workers(2).limit("cache_value_bytes", 100).start(*driver);
        let set = |key: &str, value: &str, ttl: &[(&str, &str)]| {
            let query = [&[("key", key)], ttl].concat();
            ask(&running, "POST", "/set", &query, value).text()
        };
        let text = |path: &str, key: &str| get(&running, path, &[("key", key)]);
        assert_eq!(text("/get", "a"), "none");
        assert_eq!(set("a", "grüße", &[]), "true");
        for _ in 0..8 {
            assert_eq!(text("/get", "a"), "grüße", "all workers see it");
        }
        assert_eq!(set("short", "x", &[("ttl", "0.05")]), "true");
        std::thread::sleep(Duration::from_millis(80));
        assert_eq!(text("/get", "short"), "none");
        assert_eq!(set("long", &"x".repeat(101), &[]), "false");
        assert_eq!(text("/delete", "a"), "true");
        assert_eq!(text("/delete", "a"), "false");
        let incr = |by: &str| get(&running, "/incr", &[("key", "n"), ("by", by)]);
        assert_eq!((incr("1"), incr("41"), incr("-2")), ("1".into(), "42".into(), "40".into()));
        let any = |space: &str| get(&running, "/any/get", &[("space", space), ("key", "n")]);
        assert_eq!((any("one"), any("two"), any("")), ("40".into(), "none".into(), "none".into()));
        let query = [("space", "two"), ("key", "n")];
        assert_eq!(ask(&running, "POST", "/any/set", &query, "2").text(), "true");
        assert_eq!((any("one"), any("two")), ("40".into(), "2".into()));
        let stats: Value = serde_json::from_str(&get(&running, "/stats", &[])).unwrap();
        assert_eq!(stats["entries"], 1, "{stats}");
        let rate = || text("/rate", "client");
        assert_eq!(
            (rate(), rate(), rate()),
            ("left 1".into(), "left 0".into(), "rate_exceeded".into())
        );
        assert_eq!((text("/rate/reset", "client"), rate()), ("true".into(), "left 1".into()));
    }
}

/// An origin that stands in the program is an import of its own, bound to it when the module is loaded.
#[test]
fn a_literal_origin_is_bound_to_its_import() {
    let _alone = lines::alone();
    let upstream = Upstream::start();
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let text = fs::read_to_string(&script("literal.ts").load.modules[0]).unwrap();
    let file = folder.path().join("literal.ts");
    let here = format!("localhost:{}", upstream.address.port());
    fs::write(&file, text.replace("localhost:18080", &here)).unwrap();
    let policy = folder.path().join("policy.json");
    fs::write(&policy, format!(r#"{{"egress":{{"allow_hosts":["{here}","api.example.com"]}}}}"#))
        .unwrap();
    let mut setup = Setup::new("");
    setup.load.modules = vec![file];
    setup.load.policy = Some(policy);
    let running = setup.start(DRIVERS[0]);
    assert_eq!(get(&running, "/a", &[]), "200 a");
    assert_eq!(upstream.connections(), 1);
}
