//! Each request runs its handler once, whatever piles up before or behind it, and each answer arrives whole. In: a handler that counts
//! in the cache. Out: as many counts as requests.

mod support;

use std::{io::Write as _, thread, time::Duration};

use support::{DRIVERS, Setup, lines};

/// `POST /` counts and answers with 40 kB; `GET /` says how often.
const COUNTS: &str = r#"(module
  (import "purview:cache" "n.incr" (func $incr (param i32 i32 i64 i64 i32) (result i32)))
  (memory (export "memory") 4 4)
  (global (export "purview:request/1") i32 (i32.const 4096))
  (func (export "purview:reserve/1") (param i32) (result i32) (i32.const 16384))
  (data (i32.const 1024) "\01\00\c8\00" "\00\00\00\00" "\00\00\00\00" "\00\00\02\00" "\40\9c\00\00" "\00\00\00\00")
  (data (i32.const 1056) "\01\00\c8\00" "\00\00\00\00" "\00\00\00\00" "\00\08\00\00" "\08\00\00\00" "\00\00\00\00")
  (data (i32.const 3000) "k")
  (func (export "POST /") (param i32 i32) (result i32)
    (drop (call $incr (i32.const 3000) (i32.const 1) (i64.const 1) (i64.const 0) (i32.const 2048)))
    (i32.const 1024))
  (func (export "GET /") (param i32 i32) (result i32)
    (drop (call $incr (i32.const 3000) (i32.const 1) (i64.const 0) (i64.const 0) (i32.const 2048)))
    (i32.const 1056)))"#;

#[test]
fn each_request_runs_once_whatever_piles_up() {
    const COUNT: usize = 300;
    let _alone = lines::alone();
    let setup = Setup::text(COUNTS).limit("output_bytes", 100_000).limit("write_stall_ms", 20_000);
    for driver in DRIVERS {
        let running = setup.start(*driver);
        let mut client = running.client();
        let mut sender = client.stream.try_clone().expect("sockets can be shared");
        let request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
        let writes = thread::spawn(move || {
            sender.write_all(request.repeat(COUNT).as_bytes()).expect("the server reads it all");
        });
        // Nobody reads at first: answers pile up, and the server waits.
        thread::sleep(Duration::from_millis(300));
        for _ in 0..COUNT {
            assert_eq!(client.response().body.len(), 40_000, "{driver}");
        }
        writes.join().expect("it has ended well");
        let answer = client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response();
        assert_eq!(answer.body, (COUNT as u64).to_le_bytes(), "{driver}");
    }
}
