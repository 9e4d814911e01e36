//! Files of granted folders, through the example that serves them: conditions, ranges, slow clients, files that change while they
//! are sent, the limit, and who may say where a folder lies. On both drivers.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{
    fs,
    io::{Read as _, Write as _},
    path::PathBuf,
    sync::{Arc, OnceLock},
    time::Duration,
};

use purview::load;
use support::{DRIVERS, Running, Setup, client::Response};

/// The example `files-rust`, built once.
fn guest() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| support::built("examples/files-rust")).clone()
}

/// A folder with a small and a large file, granted on the command line.
fn setup() -> Setup {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let site = folder.path().join("site");
    fs::create_dir_all(site.join("docs")).unwrap();
    fs::write(site.join("docs/notes.txt"), "one\ntwo\n").unwrap();
    let large: Vec<u8> = (0..LARGE).map(|at| u8::try_from(at % 251).unwrap()).collect();
    fs::write(site.join("large.bin"), large).unwrap();
    fs::write(site.join("empty"), "").unwrap();
    fs::write(folder.path().join("secret"), "secret").unwrap();
    std::os::unix::fs::symlink("../secret", site.join("link")).unwrap();
    let mut setup = Setup::new("");
    setup.load.modules = vec![guest()];
    setup.load.world.assets.insert("site".into(), site);
    setup.folder = Some(folder);
    setup
}

const LARGE: usize = 24_000_000;

fn ask(running: &Running, method: &str, path: &str, fields: &[(&str, &str)]) -> Response {
    let fields: String =
        fields.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let request = format!("{method} {path} HTTP/1.1\r\nhost: t\r\n{fields}\r\n");
    running.client().send(request).read(method == "HEAD").unwrap()
}

#[test]
fn files_are_sent_whole_and_in_parts() {
    for driver in DRIVERS {
        let setup = setup();
        let running = setup.start(*driver);
        let get = |path: &str, fields: &[(&str, &str)]| ask(&running, "GET", path, fields);
        let whole = get("/large.bin", &[]);
        assert_eq!((whole.status, whole.body.len()), (200, LARGE));
        assert_eq!(whole.header("content-length"), Some("24000000"));
        assert!(whole.body.iter().enumerate().all(|(at, byte)| usize::from(*byte) == at % 251));
        let part = get("/large.bin", &[("range", "bytes=1000000-23999998")]);
        assert_eq!((part.status, part.body.len()), (206, 22_999_999));
        assert_eq!(part.header("content-range"), Some("bytes 1000000-23999998/24000000"));
        assert_eq!(usize::from(part.body[0]), 1_000_000 % 251);
        let head = ask(&running, "HEAD", "/large.bin", &[]);
        assert_eq!(head.header("content-length"), Some("24000000"));
        assert_eq!((head.status, head.body.len()), (200, 0));
        let date = whole.header("last-modified").unwrap();
        assert_eq!(get("/large.bin", &[("if-modified-since", date)]).status, 304);
        let tag = whole.header("etag").unwrap();
        assert_eq!(get("/large.bin", &[("if-none-match", tag)]).status, 304);
        assert_eq!(get("/large.bin", &[("if-match", "\"x\"")]).status, 412);
        let several = get("/large.bin", &[("range", "bytes=0-1,4-5")]);
        assert_eq!((several.status, several.body.len()), (200, LARGE));
        let empty = get("/empty", &[]);
        assert_eq!((empty.status, empty.header("content-length")), (200, Some("0")));
        for path in ["/link", "/../secret", "/%2e%2e/secret", "/site", "//secret"] {
            assert_eq!(get(path, &[]).status, 404, "{path}");
        }
    }
}

/// A connection goes on after files, and what is pipelined behind a large one comes in its order.
#[test]
fn a_connection_goes_on() {
    for driver in DRIVERS {
        let setup = setup();
        let running = setup.start(*driver);
        let mut client = running.client();
        let request = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: t\r\n\r\n");
        client
            .send(["/large.bin", "/docs/notes.txt", "/large.bin", "/lines"].map(request).concat());
        assert_eq!(client.read(false).unwrap().body.len(), LARGE);
        assert_eq!(client.read(false).unwrap().text(), "one\ntwo\n");
        assert_eq!(client.read(false).unwrap().body.len(), LARGE);
        assert_eq!(client.read(false).unwrap().text(), "2 lines, 8 bytes");
    }
}

/// The time for the handler does not count while a file goes to a client that takes it slowly but takes it; others are served.
#[test]
fn a_slow_client_gets_the_whole_file() {
    for driver in DRIVERS {
        let setup = setup().limit("wall_ms", 400);
        let running = setup.start(*driver);
        let mut slow = running.connect();
        slow.write_all(b"GET /large.bin HTTP/1.1\r\nhost: t\r\nconnection: close\r\n\r\n").unwrap();
        let mut received = 0;
        let mut buffer = vec![0; 150_000];
        for _ in 0..12 {
            std::thread::sleep(Duration::from_millis(100));
            received += slow.read(&mut buffer).unwrap();
            assert_eq!(ask(&running, "GET", "/docs/notes.txt", &[]).status, 200);
        }
        let mut rest = Vec::new();
        slow.read_to_end(&mut rest).unwrap();
        assert!(received + rest.len() > LARGE, "{received} and {} bytes", rest.len());
    }
}

/// The length was promised: an answer that cannot keep it ends with the connection.
#[test]
fn a_file_that_is_cut_while_it_is_sent_ends_the_connection() {
    for driver in DRIVERS {
        let setup = setup();
        let running = setup.start(*driver);
        let mut slow = running.connect();
        slow.write_all(b"GET /large.bin HTTP/1.1\r\nhost: t\r\n\r\n").unwrap();
        let mut first = [0; 1000];
        slow.read_exact(&mut first).unwrap();
        std::thread::sleep(Duration::from_millis(50));
        let file = setup.load.world.assets["site"].join("large.bin");
        fs::File::options().write(true).open(file).unwrap().set_len(10_000).unwrap();
        let mut rest = Vec::new();
        // A reset is an end too.
        let _ = slow.read_to_end(&mut rest);
        assert!(first.len() + rest.len() < LARGE);
        assert_eq!(ask(&running, "GET", "/docs/notes.txt", &[]).status, 200);
    }
}

#[test]
fn as_many_files_as_the_limit_says() {
    let text = r#"(module
        (import "purview:assets" "site" (func $open (param i32 i32 i32) (result i32)))
        (memory (export "memory") 1 1)
        (data (i32.const 100) "empty")
        (func (export "purview:reserve/1") (param i32) (result i32) i32.const 32768)
        (func (export "GET /") (param i32 i32) (result i32) (local $opened i32)
          (loop $more
            (if (i32.ge_s (call $open (i32.const 100) (i32.const 5) (i32.const 0)) (i32.const 0)) (then
              (local.set $opened (i32.add (local.get $opened) (i32.const 1)))
              (br $more))))
          (i32.store16 (i32.const 512) (i32.const 1))
          (i32.store16 (i32.const 514) (i32.add (i32.const 200) (local.get $opened)))
          (i32.const 512)))"#;
    let files = setup();
    let mut setup = Setup::text(text).limit("handles", 7);
    setup.load.world.clone_from(&files.load.world);
    for driver in DRIVERS {
        let running = setup.start(*driver);
        for _ in 0..50 {
            assert_eq!(ask(&running, "GET", "/", &[]).status, 207);
        }
    }
}

#[test]
fn a_folder_is_said_by_the_policy_or_by_the_operator() {
    let mut setup = setup();
    let folder = setup.folder.clone().unwrap();
    setup.load.world.assets.clear();
    let refused = load::load(&setup.load).unwrap_err().to_string();
    assert!(
        refused.contains("`assets.folders`") && refused.contains("--assets site="),
        "{refused}"
    );
    let policy = folder.path().join("policy.json");
    setup.load.policy = Some(policy.clone());
    for (folders, said) in [
        (r#"{"site": "site/nothing"}"#, Some("cannot be opened")),
        (r#"{"other": "site"}"#, Some("is not allowed the folder of files `site`")),
        (r#"{"site": "../site"}"#, Some("does not lie beneath the policy")),
        (r#"{"site": "/etc"}"#, Some("does not lie beneath the policy")),
        (r#"{"site": "site"}"#, None),
        (r#"{"site": "./site"}"#, Some("does not lie beneath the policy")),
    ] {
        fs::write(&policy, format!(r#"{{"assets": {{"folders": {folders}}}}}"#)).unwrap();
        match (load::load(&setup.load), said) {
            (Ok(_), None) => {}
            (Err(errors), Some(said)) => {
                assert!(errors.to_string().contains(said), "{folders}: {errors}");
            }
            (result, _) => panic!("{folders}: {:?}", result.map(|_| ())),
        }
    }
    fs::write(&policy, r#"{"assets": {"folders": {"site": "site"}}}"#).unwrap();
    let running = setup.start(DRIVERS[0]);
    assert_eq!(ask(&running, "GET", "/docs/notes.txt", &[]).text(), "one\ntwo\n");
}
