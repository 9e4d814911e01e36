//! The connector that the pool of connections calls: [`Gate::dial`], then TLS where the scheme wants it, both within the time for
//! connecting. In: a URI. Out: a stream. Proxies do not exist here.

use std::{
    error::Error as StdError,
    future::Future,
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use hyper::{
    Uri,
    rt::{Read, ReadBufCursor, Write},
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::{
    client::legacy::connect::{Connected, Connection},
    rt::TokioIo,
};
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tower_service::Service;

use super::connect::{ConnectError, Gate};

type BoxError = Box<dyn StdError + Send + Sync>;
type Boxed<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// How far a request is, for telling what was late.
pub(super) const CONNECTING: u8 = 1;
/// See [`CONNECTING`].
pub(super) const CONNECTED: u8 = 2;

tokio::task_local! {
    /// How far the request of this task is.
    pub(super) static STAGE: Arc<AtomicU8>;
}

fn stage(now: u8) {
    // A connection that is made for the pool belongs to no request.
    let _ = STAGE.try_with(|stage| stage.store(now, Ordering::Relaxed));
}

/// Dials without TLS.
#[derive(Clone)]
pub(super) struct Dial(Arc<Gate>);

impl Service<Uri> for Dial {
    type Response = TokioIo<TcpStream>;
    type Error = ConnectError;
    type Future = Boxed<Self::Response, Self::Error>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let gate = Arc::clone(&self.0);
        Box::pin(async move {
            let host = uri.host().unwrap_or_default();
            let default = if uri.scheme_str() == Some("https") { 443 } else { 80 };
            gate.dial(host, uri.port_u16().unwrap_or(default)).await.map(TokioIo::new)
        })
    }
}

/// Dials, with TLS where wanted, in time.
#[derive(Clone)]
pub(super) struct Connector {
    inner: HttpsConnector<Dial>,
    connect: Duration,
}

impl Connector {
    pub(super) fn new(gate: Arc<Gate>, tls: ClientConfig) -> Self {
        let connect = gate.connect;
        let inner = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .enable_http2()
            .wrap_connector(Dial(gate));
        Self { inner, connect }
    }
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = BoxError;
    type Future = Boxed<Self::Response, Self::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let (connecting, limit) = (self.inner.call(uri), self.connect);
        Box::pin(async move {
            stage(CONNECTING);
            let connected = tokio::time::timeout(limit, connecting).await;
            stage(CONNECTED);
            match connected {
                Ok(result) => result.map(Stream::from),
                Err(_) => Err(ConnectError::Time { ms: limit.as_millis() }.into()),
            }
        })
    }
}

/// A connection. What TLS keeps of it lies elsewhere: the client holds a connection in several places at once while it is made, and
/// a thousand without TLS may wait.
#[derive(Debug)]
pub(super) enum Stream {
    Plain(TokioIo<TcpStream>),
    Tls(Box<MaybeHttpsStream<TokioIo<TcpStream>>>),
}

impl From<MaybeHttpsStream<TokioIo<TcpStream>>> for Stream {
    fn from(stream: MaybeHttpsStream<TokioIo<TcpStream>>) -> Self {
        match stream {
            MaybeHttpsStream::Http(plain) => Self::Plain(plain),
            tls @ MaybeHttpsStream::Https(_) => Self::Tls(Box::new(tls)),
        }
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        match self {
            Self::Plain(plain) => plain.connected(),
            Self::Tls(tls) => tls.connected(),
        }
    }
}

impl Read for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(plain) => Pin::new(plain).poll_read(context, buffer),
            Self::Tls(tls) => Pin::new(tls).poll_read(context, buffer),
        }
    }
}

impl Write for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(plain) => Pin::new(plain).poll_write(context, bytes),
            Self::Tls(tls) => Pin::new(tls).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(plain) => Pin::new(plain).poll_flush(context),
            Self::Tls(tls) => Pin::new(tls).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(plain) => Pin::new(plain).poll_shutdown(context),
            Self::Tls(tls) => Pin::new(tls).poll_shutdown(context),
        }
    }

    fn is_write_vectored(&self) -> bool {
        match self {
            Self::Plain(plain) => plain.is_write_vectored(),
            Self::Tls(tls) => tls.is_write_vectored(),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(plain) => Pin::new(plain).poll_write_vectored(context, pieces),
            Self::Tls(tls) => Pin::new(tls).poll_write_vectored(context, pieces),
        }
    }
}
