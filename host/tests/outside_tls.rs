//! Requests over TLS to a server on loopback that speaks HTTP/1.1 and HTTP/2: which of the two is agreed on, how connections are used
//! again, and the certificates that are refused. The handler is `scripts/fetch.ts`.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{
    convert::Infallible,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use http_body_util::Full;
use hyper::{Request, Response, Version, body::Bytes, body::Incoming, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use purview::{capability::Outbound, policy::HostPattern};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use rustls::{
    ServerConfig, SupportedProtocolVersion,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    version::{TLS12, TLS13},
};
use support::{DRIVERS, Running, Setup};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// Somebody who signs certificates, and the file in which the operator says so.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: tempfile::TempDir,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("ca.pem"), issuer.pem()).unwrap();
        Self { issuer, folder }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// A server's certificate for a name, with what `change` does to it.
    fn config(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> ServerConfig {
        self.config_of(name, &[&TLS13, &TLS12], change)
    }

    fn config_of(
        &self,
        name: &str,
        versions: &[&'static SupportedProtocolVersion],
        change: impl FnOnce(&mut CertificateParams),
    ) -> ServerConfig {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        change(&mut params);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_protocol_versions(versions)
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap()
    }
}

/// A server that answers with its version of HTTP and the path.
struct TlsServer {
    address: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    requests: Mutex<Vec<String>>,
}

impl TlsServer {
    /// The thread ends with the process.
    fn start(mut config: ServerConfig, protocols: &[&str]) -> Self {
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        let seen = Arc::new(Seen::default());
        let of_thread = Arc::clone(&seen);
        let (sender, address) = mpsc::channel();
        thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                sender.send(listener.local_addr().unwrap()).unwrap();
                let acceptor = TlsAcceptor::from(Arc::new(config));
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    of_thread.connections.fetch_add(1, Ordering::SeqCst);
                    tokio::spawn(serve(acceptor.clone(), stream, Arc::clone(&of_thread)));
                }
            });
        });
        Self { address: address.recv().unwrap(), seen }
    }

    fn url(&self, host: &str, path: &str) -> String {
        format!("https://{host}:{}{path}", self.address.port())
    }

    fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }
}

async fn serve(acceptor: TlsAcceptor, stream: tokio::net::TcpStream, seen: Arc<Seen>) {
    let Ok(stream) = acceptor.accept(stream).await else { return };
    let is_h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
    let service = service_fn(move |request: Request<Incoming>| {
        let seen = Arc::clone(&seen);
        async move { Ok::<_, Infallible>(answer(&request, &seen)) }
    });
    let stream = TokioIo::new(stream);
    // A client that leaves is not an error of the test.
    let _ = if is_h2 {
        hyper::server::conn::http2::Builder::new(TokioExecutor::new())
            .serve_connection(stream, service)
            .await
    } else {
        hyper::server::conn::http1::Builder::new().serve_connection(stream, service).await
    };
}

fn answer(request: &Request<Incoming>, seen: &Seen) -> Response<Full<Bytes>> {
    let version = match request.version() {
        Version::HTTP_2 => "2",
        Version::HTTP_11 => "1.1",
        _ => "?",
    };
    let host = request.headers().get("host").map_or("-", |host| host.to_str().unwrap());
    let authority = request.uri().authority().map_or("-", |authority| authority.as_str());
    let told = format!("{version} host={host} authority={authority}");
    seen.requests.lock().unwrap().push(told);
    let text = match request.uri().path().strip_prefix("/text/") {
        Some(text) => text.to_owned(),
        None => format!("HTTP/{version}"),
    };
    Response::new(Full::new(Bytes::from(text)))
}

/// The handler, with requests to these hosts, trusting these files.
fn setup(hosts: &[&str], certificates: Vec<PathBuf>) -> Setup {
    let mut setup = Setup::new("").limit("egress_connect_ms", 2000);
    setup.load.modules = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts/fetch.ts")];
    setup.load.world.outbound = Outbound {
        enabled: true,
        hosts: hosts.iter().map(|host| HostPattern::parse(host).unwrap()).collect(),
        certificates,
        ..Outbound::default()
    };
    setup
}

fn get(running: &Running, path: &str, query: &str) -> String {
    let answer =
        running.client().send(format!("GET {path}?{query} HTTP/1.1\r\nhost: t\r\n\r\n")).response();
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}

fn fetch(running: &Running, url: &str) -> String {
    get(running, "/fetch", &format!("url={url}"))
}

#[test]
fn both_sides_agree_on_the_version_and_use_connections_again() {
    let authority = Authority::new("known");
    for (protocols, version) in
        [(&["h2", "http/1.1"][..], "2"), (&["http/1.1"], "1.1"), (&["h2"], "2"), (&[], "1.1")]
    {
        for driver in DRIVERS {
            let server = TlsServer::start(authority.config("localhost", |_| {}), protocols);
            let running = setup(&["localhost"], vec![authority.file()]).start(*driver);
            for _ in 0..10 {
                let answer = fetch(&running, &server.url("localhost", "/"));
                assert_eq!(answer, format!("200 HTTP/{version}"), "{protocols:?}");
            }
            assert_eq!(server.connections(), 1, "ten requests, one after the other, {protocols:?}");
            let base = server.url("localhost", "");
            let many = get(&running, "/many", &format!("base={base}&count=16"));
            assert_eq!(many, (0..16).map(|at| at.to_string()).collect::<Vec<_>>().join(" "));
            if version == "2" {
                assert_eq!(server.connections(), 1, "sixteen at once share a connection");
            } else {
                assert!(server.connections() <= 16, "{} connections", server.connections());
            }
            let authority = format!("localhost:{}", server.address.port());
            for told in server.seen.requests.lock().unwrap().iter() {
                let named = match version {
                    "2" => format!("2 host=- authority={authority}"),
                    _ => format!("1.1 host={authority} authority=-"),
                };
                assert_eq!(*told, named);
            }
        }
    }
}

#[test]
fn certificates_of_addresses_and_of_older_tls_are_taken() {
    let authority = Authority::new("known");
    let server = TlsServer::start(authority.config("127.0.0.1", |_| {}), &["h2", "http/1.1"]);
    let old =
        TlsServer::start(authority.config_of("localhost", &[&TLS12], |_| {}), &["h2", "http/1.1"]);
    let running = setup(&["127.0.0.1", "localhost"], vec![authority.file()]).start(DRIVERS[0]);
    assert_eq!(fetch(&running, &server.url("127.0.0.1", "/")), "200 HTTP/2");
    assert_eq!(fetch(&running, &old.url("localhost", "/")), "200 HTTP/2");
}

#[test]
fn certificates_that_are_not_right_are_refused() {
    let (authority, stranger) = (Authority::new("known"), Authority::new("unknown"));
    // It has the name of one that is known, and another key.
    let impostor = Authority::new("known");
    let past = |params: &mut CertificateParams| params.not_after = date_time_ymd(2020, 1, 1);
    let future = |params: &mut CertificateParams| params.not_before = date_time_ymd(2090, 1, 1);
    let cases: [(&str, ServerConfig, &str); 6] = [
        ("another name", authority.config("other.example", |_| {}), "not valid for name"),
        ("another address", authority.config("127.0.0.2", |_| {}), "not valid for name"),
        ("expired", authority.config("localhost", past), "expired"),
        ("not yet valid", authority.config("localhost", future), "not valid yet"),
        ("of somebody unknown", stranger.config("localhost", |_| {}), "UnknownIssuer"),
        ("of an impostor", impostor.config("localhost", |_| {}), "BadSignature"),
    ];
    let running = setup(&["localhost"], vec![authority.file()]).start(DRIVERS[0]);
    for (what, config, why) in cases {
        let server = TlsServer::start(config, &["h2", "http/1.1"]);
        let told = get(&running, "/details", &format!("url={}", server.url("localhost", "/")));
        assert!(told.starts_with("599 ConnectFailed "), "{what}: {told}");
        assert!(told.contains(why), "{what}: {told}");
        assert!(server.seen.requests.lock().unwrap().is_empty(), "{what}: a request was sent");
    }
    // Without a word of the operator only those that the system trusts are trusted.
    let server = TlsServer::start(authority.config("localhost", |_| {}), &["h2"]);
    let running = setup(&["localhost"], Vec::new()).start(DRIVERS[0]);
    assert_eq!(fetch(&running, &server.url("localhost", "/")), "599 ConnectFailed");
}

#[test]
fn what_is_no_tls_server_ends_in_time() {
    let authority = Authority::new("known");
    let running = setup(&["localhost"], vec![authority.file()])
        .limit("egress_connect_ms", 300)
        .start(DRIVERS[0]);
    // It takes connections and says nothing.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let begun = Instant::now();
    let url = format!("https://localhost:{}/", silent.local_addr().unwrap().port());
    assert_eq!(fetch(&running, &url), "599 ConnectFailed");
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    // It speaks HTTP without TLS; nothing is ever sent to it in the clear.
    let (sender, heard) = mpsc::channel();
    let plain = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}/secret", plain.local_addr().unwrap().port());
    thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        let (mut stream, _) = plain.accept().unwrap();
        let mut buffer = [0; 4096];
        let count = stream.read(&mut buffer).unwrap();
        sender.send(buffer[..count].to_vec()).unwrap();
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    });
    assert_eq!(fetch(&running, &url), "599 ConnectFailed");
    let heard = heard.recv().unwrap();
    assert!(!heard.windows(6).any(|part| part == b"secret"), "the path went out in the clear");
}
