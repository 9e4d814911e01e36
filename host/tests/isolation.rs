//! No byte of one request is readable in the next: two modules take turns in the same slots and look for each other's
//! secrets in globals, tables, initial and grown memory, with dirty pages found in either way, in fresh and in renewed
//! instances.

mod support;

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
};

use purview::{
    instance::engine::{Instances, PagemapScan},
    load::LoadOptions,
};
use support::{DRIVERS, Setup, guest};

/// Requests for each way to find dirty pages.
const REQUESTS: usize = 100_000;
const CLIENTS: usize = 4;
const DEPTH: usize = 50;

#[test]
fn with_pagemap_scan() {
    // Where the kernel does not offer it this is the other test again.
    never_leaks("secret.wat", PagemapScan::On, Instances::Fresh);
}

#[test]
fn with_renewed_instances() {
    never_leaks("secret-plain.wat", PagemapScan::Off, Instances::Renewed);
}

#[test]
fn without_pagemap_scan() {
    never_leaks("secret.wat", PagemapScan::Off, Instances::Fresh);
}

fn never_leaks(module: &str, scan: PagemapScan, instances: Instances) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let policy = folder.path().join("policy.json");
    let module = serde_json::to_string(&guest(module)).expect("a path is text");
    let handlers = format!(
        r#"{{"handlers": {{"one": {{"module": {module}, "mount": "/one"}}, "two": {{"module": {module}, "mount": "/two"}}}}}}"#
    );
    std::fs::write(&policy, handlers).expect("a temporary file");
    let mut load = LoadOptions { policy: Some(policy), ..LoadOptions::default() };
    load.engine.instances = instances;
    // Few slots, so that each is used again at once; enough for every client on one worker.
    let running = Setup { load, workers: 2, ..Setup::default() }
        .limit("instances", 8)
        .pagemap_scan(scan)
        .start(DRIVERS[0]);
    let address = running.address;
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            thread::spawn(move || {
                ask(TcpStream::connect(address).expect("the server listens"), client)
            })
        })
        .collect();
    let clean: usize = clients
        .into_iter()
        .map(|client| client.join().expect("a client's answers are all clean"))
        .sum();
    assert_eq!(clean, REQUESTS);
}

/// Asks with paths of changing length and handler, and counts `clean`.
fn ask(mut stream: TcpStream, client: usize) -> usize {
    let mut clean = 0;
    let mut answers = Vec::new();
    for round in 0..REQUESTS / CLIENTS / DEPTH {
        let mut batch = String::new();
        for at in 0..DEPTH {
            let handler = if (at + round + client).is_multiple_of(2) { "one" } else { "two" };
            let path = &"/xxxxxxx"[..1 + (at * 5 + round + client) % 7];
            batch.push_str(&format!("GET /{handler}{path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        }
        stream.write_all(batch.as_bytes()).expect("the server reads");
        answers.clear();
        let mut buffer = [0; 65536];
        while answers.windows(4).filter(|bytes| *bytes == b"\r\n\r\n").count() < DEPTH
            || !answers.ends_with(b"\n")
        {
            let count = stream.read(&mut buffer).expect("the server answers");
            assert_ne!(count, 0, "the server closed after {:?}", String::from_utf8_lossy(&answers));
            answers.extend_from_slice(&buffer[..count]);
        }
        let text = String::from_utf8_lossy(&answers);
        assert_eq!(text.matches("\r\n\r\nclean\n").count(), DEPTH, "{text}");
        clean += DEPTH;
    }
    clean
}
