//! The load client against a server of a few lines: it counts right answers and stops at wrong ones.
#![expect(clippy::unwrap_used, reason = "helpers of tests outside of test functions")]

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    thread,
    time::Duration,
};

use purview_bench::{
    load::{AnswerBytes, Client, LoadError, Mismatch},
    workload::{WORKLOADS, Workload},
};

fn workload(connections: usize, pipeline: usize) -> Workload {
    Workload { connections, pipeline, ..WORKLOADS[0] }
}

/// Answers every request (a request ends at an empty line) with `answer`, in pieces of `piece`.
fn serve(answer: &'static str, piece: usize) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            thread::spawn(move || answer_all(stream, answer, piece));
        }
    });
    address
}

fn answer_all(mut stream: TcpStream, answer: &str, piece: usize) {
    stream.set_nodelay(true).unwrap();
    let mut matched = 0;
    let mut bytes = [0; 4096];
    while let Ok(count) = stream.read(&mut bytes) {
        if count == 0 {
            return;
        }
        for byte in &bytes[..count] {
            let end = b"\r\n\r\n";
            matched = if *byte == end[matched] { matched + 1 } else { usize::from(*byte == b'\r') };
            if matched == end.len() {
                matched = 0;
                for part in answer.as_bytes().chunks(piece) {
                    if stream.write_all(part).is_err() {
                        return;
                    }
                }
            }
        }
    }
}

const RIGHT: &str = "HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{\"message\":\"Hello, World!\"}";

#[test]
fn counts_right_answers() {
    for (connections, pipeline, piece) in [(1, 1, 4096), (8, 1, 7), (4, 16, 4096), (2, 16, 11)] {
        let address = serve(RIGHT, piece);
        let mut client = Client::connect(address, &workload(connections, pipeline)).unwrap();
        client.drive(Duration::from_millis(10)).unwrap();
        let tally = client.drive(Duration::from_millis(50)).unwrap();
        assert!(tally.requests > 0);
        assert_eq!(tally.requests, tally.latency_ns.len());
        assert!(tally.elapsed >= Duration::from_millis(50));
        assert_eq!(client.finish().unwrap(), AnswerBytes { head: RIGHT.len() - 27, body: 27 });
    }
}

fn failure(answer: &'static str) -> LoadError {
    let mut client = Client::connect(serve(answer, 4096), &workload(2, 1)).unwrap();
    client.drive(Duration::from_secs(2)).unwrap_err()
}

#[test]
fn stops_at_wrong_answers() {
    let body =
        failure("HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{\"message\":\"Hello, Wurld!\"}");
    assert!(matches!(body, LoadError::Answer(Mismatch::Body(_))), "{body}");
    let status = failure("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n");
    assert!(matches!(status, LoadError::Answer(Mismatch::Status(500, _))), "{status}");
    let chunked = failure("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    assert!(matches!(chunked, LoadError::Answer(Mismatch::Length(None))), "{chunked}");
}

#[test]
fn stops_at_more_answers_than_requests() {
    const TWICE: &str = concat!(
        "HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{\"message\":\"Hello, World!\"}",
        "HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{\"message\":\"Hello, World!\"}",
    );
    let error = failure(TWICE);
    assert!(matches!(error, LoadError::Unasked), "{error}");
}

#[test]
fn stops_at_a_closed_connection() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut bytes = [0; 4096];
        let _count = stream.read(&mut bytes).unwrap();
    });
    let mut client = Client::connect(address, &workload(1, 1)).unwrap();
    let error = client.drive(Duration::from_secs(2)).unwrap_err();
    assert!(matches!(error, LoadError::Closed), "{error}");
}
