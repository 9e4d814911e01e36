//! The only place that opens a connection to the outside. In: host and port of a target that was checked. Out: a stream to an
//! address that was checked too: the one that is dialled, not one that a name had earlier. An address that is not of the public
//! Internet is dialled only if the operator named the host.

use std::{
    collections::BTreeSet,
    error::Error as StdError,
    fmt, io,
    net::{IpAddr, SocketAddr},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    net::TcpStream,
    time::{Instant, timeout},
};

use super::{address::is_special, resolve::Resolver};
use crate::policy::HostPattern;

/// What one handler's connections may lead to.
pub(super) struct Gate {
    pub(super) resolver: Resolver,
    /// Hosts that the operator named.
    pub(super) named: Vec<HostPattern>,
    pub(super) connect: Duration,
    /// Named hosts that were at a public address before: such a host does not move into this network.
    pub(super) public: Mutex<BTreeSet<String>>,
}

/// Why no connection was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ConnectError {
    /// Every address of the host is special, and the operator did not name the host.
    Special { host: String, address: IpAddr },
    /// A named host moved from public addresses to a special one.
    Moved { host: String, address: IpAddr },
    /// The name has no address.
    Name { host: String, why: String },
    /// Nobody answers there.
    Dial { address: SocketAddr, why: String },
    /// The time was over.
    Time { ms: u128 },
}

impl ConnectError {
    /// Whether an address was refused, rather than not reached.
    pub(super) fn is_refusal(&self) -> bool {
        matches!(self, Self::Special { .. } | Self::Moved { .. })
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Special { host, address } => write!(
                f,
                "`{host}` is at {address}, which is not a public address; the operator can name `{host}` in the policy's `egress.allow_hosts`"
            ),
            Self::Moved { host, address } => write!(
                f,
                "`{host}` was at a public address and is now at {address}, which is not one"
            ),
            Self::Name { host, why } => write!(f, "`{host}` has no address: {why}"),
            Self::Dial { address, why } => write!(f, "no connection to {address}: {why}"),
            Self::Time { ms } => write!(f, "no connection within {ms} ms"),
        }
    }
}

impl StdError for ConnectError {}

impl Gate {
    /// Resolves, checks, dials.
    pub(super) async fn dial(&self, host: &str, port: u16) -> Result<TcpStream, ConnectError> {
        let late = || ConnectError::Time { ms: self.connect.as_millis() };
        let end = Instant::now() + self.connect;
        let found =
            timeout(self.connect, self.resolver.addresses(host)).await.map_err(|_| late())?;
        let found = found.map_err(|why| ConnectError::Name { host: host.into(), why })?;
        let allowed = self.allowed(host, port, &found)?;
        let mut last = late();
        for (at, address) in allowed.iter().enumerate() {
            let address = SocketAddr::new(*address, port);
            // Each address that is left gets its part of the time that is left.
            let left = end.saturating_duration_since(Instant::now());
            let part = left / u32::try_from(allowed.len() - at).unwrap_or(1);
            match timeout(part, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    // Requests are written whole; an error here only costs time.
                    let _ = stream.set_nodelay(true);
                    return Ok(stream);
                }
                Ok(Err(error)) => last = ConnectError::Dial { address, why: plain(&error) },
                Err(_) => last = late(),
            }
        }
        Err(last)
    }

    /// Those of a host's addresses that may be dialled. Special ones are passed over where there are others.
    pub(super) fn allowed(
        &self,
        host: &str,
        port: u16,
        found: &[IpAddr],
    ) -> Result<Vec<IpAddr>, ConnectError> {
        let public: Vec<IpAddr> =
            found.iter().copied().filter(|address| !is_special(*address)).collect();
        let named = self.named.iter().any(|pattern| pattern.admits_authority(host, port));
        let mut seen = self.public.lock().unwrap_or_else(PoisonError::into_inner);
        if !public.is_empty() {
            // Bounded by what the operator named.
            if named && !seen.contains(host) {
                seen.insert(host.to_owned());
            }
            return Ok(public);
        }
        let Some(first) = found.first().copied() else {
            return Err(ConnectError::Name { host: host.into(), why: "there is none".into() });
        };
        match (named, seen.contains(host)) {
            (true, false) => Ok(found.to_vec()),
            (true, true) => Err(ConnectError::Moved { host: host.into(), address: first }),
            (false, _) => Err(ConnectError::Special { host: host.into(), address: first }),
        }
    }
}

/// The kind of an error, without what the system adds.
fn plain(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(_) => error.kind().to_string(),
        None => error.to_string(),
    }
}
