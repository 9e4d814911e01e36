//! Names into addresses. In: a host. Out: its addresses, all of them. Names are asked for as absolute ones, at the system's name
//! servers or at one that the operator names; search domains and the hosts file play no part.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use hickory_resolver::{
    TokioResolver,
    config::{
        ConnectionConfig, LookupIpStrategy, NameServerConfig, ResolveHosts, ResolverConfig,
        ResolverOpts,
    },
    net::runtime::TokioRuntimeProvider,
};

/// Most addresses of one name that are looked at.
const ADDRESSES_MAX: usize = 32;
/// Names whose addresses are remembered, for as long as their servers say.
const NAMES_MAX: u64 = 1024;
/// Longest time that an address is remembered.
const TTL_MAX: Duration = Duration::from_secs(300);

/// A resolver; it works on the background thread only.
#[derive(Clone)]
pub(super) struct Resolver(TokioResolver);

impl Resolver {
    /// Asks this server, or those of the system.
    pub(super) fn new(server: Option<SocketAddr>) -> Result<Self, String> {
        let provider = TokioRuntimeProvider::default();
        let mut builder = match server {
            Some(server) => {
                let (mut udp, mut tcp) = (ConnectionConfig::udp(), ConnectionConfig::tcp());
                udp.port = server.port();
                tcp.port = server.port();
                let server = NameServerConfig::new(server.ip(), true, vec![udp, tcp]);
                let config = ResolverConfig::from_name_servers(vec![server]);
                TokioResolver::builder_with_config(config, provider)
            }
            None => TokioResolver::builder(provider).map_err(|error| error.to_string())?,
        };
        set(builder.options_mut());
        builder.build().map(Self).map_err(|error| error.to_string())
    }

    /// The addresses of a host in the form of [`super::target::Target::host`].
    pub(super) async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, String> {
        if let Some(inside) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
            return inside
                .parse()
                .map(|address| vec![address])
                .map_err(|_| "not an address".into());
        }
        if let Ok(address) = host.parse::<Ipv4Addr>() {
            return Ok(vec![address.into()]);
        }
        // RFC 6761 section 6.3: this name is never asked for.
        if host == "localhost" || host.ends_with(".localhost") {
            return Ok(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]);
        }
        let found = self.0.lookup_ip(format!("{host}.")).await;
        let found = found.map_err(|error| error.to_string())?;
        Ok(found.iter().take(ADDRESSES_MAX).collect())
    }
}

fn set(options: &mut ResolverOpts) {
    options.use_hosts_file = ResolveHosts::Never;
    options.ip_strategy = LookupIpStrategy::Ipv4AndIpv6;
    options.timeout = Duration::from_secs(2);
    options.attempts = 2;
    options.cache_size = NAMES_MAX;
    options.positive_max_ttl = Some(TTL_MAX);
    options.negative_max_ttl = Some(Duration::from_secs(5));
    options.positive_min_ttl = None;
    options.negative_min_ttl = None;
}
