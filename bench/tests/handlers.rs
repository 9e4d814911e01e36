//! Our TypeScript handler answers every workload with the one body that counts, over a socket like any peer.
#![expect(clippy::unwrap_used, reason = "helpers of tests outside of test functions")]

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    path::Path,
};

use purview::{
    load::{LoadOptions, load},
    log,
    server::{Server, ServerOptions},
    socket::DriverKind,
};
use purview_bench::workload::WORKLOADS;

fn answer(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.replacen("\r\n", "\r\nConnection: close\r\n", 1).as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_typescript_handler_answers_like_the_peers() {
    log::set_quiet(true);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("handlers/ts/handler.ts");
    let loaded = load(&LoadOptions { modules: vec![file], ..LoadOptions::default() }).unwrap();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let options = ServerOptions { address, workers: 1, driver: DriverKind::default() };
    let server = Server::start(loaded.service, loaded.engine, &options).unwrap();
    for workload in &WORKLOADS {
        let text = answer(server.address, workload.request);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{}: {head}", workload.name);
        assert_eq!(body, workload.body, "{}", workload.name);
    }
    for body in ["", "null", "[1", r#"{"user_id":"42","active":true,"name":"alice"}"#] {
        let length = body.len();
        let request =
            format!("POST /users HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n{body}");
        assert!(answer(server.address, &request).starts_with("HTTP/1.1 400 "), "{body}");
    }
    (server.drainer())();
    server.join().unwrap();
}
