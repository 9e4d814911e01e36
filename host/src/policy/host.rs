//! Hosts as a policy names them: `host` or `host:port`. In: text of a policy. Out: a pattern in one form (lower case, no trailing
//! dot, IPv6 in brackets and shortened), or what is wrong and what to write instead. Never here: names are not resolved.

use std::{fmt, net::Ipv6Addr};

use purview_abi::name::Origin;

/// A host that requests may go to; without a port, on every port.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostPattern {
    /// Host name, IPv4 address, or IPv6 address in brackets.
    pub host: String,
    /// The one port, if only one.
    pub port: Option<u16>,
}

/// Why text is not a host, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostError {
    /// What is wrong.
    pub message: &'static str,
    /// What to write instead.
    pub help: String,
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for HostError {}

const FORM: &str = "write `host` or `host:port`, for example `api.example.com`";

impl HostPattern {
    /// Reads a pattern.
    pub fn parse(text: &str) -> Result<Self, HostError> {
        let refuse = |message, help: String| Err(HostError { message, help });
        if text.is_empty() {
            return refuse("the host is empty", FORM.to_owned());
        }
        if text.contains("://") {
            let rest = text.split_once("://").map_or("", |(_, rest)| rest);
            let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let help = match Self::parse_plain(authority) {
                Some(host) => {
                    format!("write `{host}`: policies name hosts, both schemes are meant")
                }
                None => FORM.to_owned(),
            };
            return refuse("a host has no scheme", help);
        }
        if text.contains('*') {
            return refuse(
                "wildcards do not exist here",
                "name each host; to allow every host, leave the section out".to_owned(),
            );
        }
        if text.contains(['/', '?', '#']) {
            return refuse("a host has no path", FORM.to_owned());
        }
        if text.contains('@') {
            return refuse("a host has no user name", FORM.to_owned());
        }
        if !text.is_ascii() {
            return refuse(
                "the host holds characters beyond ASCII",
                "write international names in their `xn--` form, and remove invisible characters"
                    .to_owned(),
            );
        }
        if !text.starts_with('[') && text.matches(':').count() > 1 {
            let help = match text.parse::<Ipv6Addr>() {
                Ok(address) => format!("write `[{address}]`"),
                Err(_) => FORM.to_owned(),
            };
            return refuse("an IPv6 address stands in brackets", help);
        }
        match Self::parse_plain(text) {
            Some(pattern) => Ok(pattern),
            None if !text.ends_with(']') && Self::parse_plain(before_port(text)).is_some() => {
                refuse(
                    "the port is not a number from 1 to 65535",
                    "write it without leading zeros, or leave it out".to_owned(),
                )
            }
            None if is_numeric(text) => refuse(
                "this is not an IPv4 address",
                "write four numbers from 0 to 255, for example `192.0.2.1`".to_owned(),
            ),
            None => refuse("this is not a host", FORM.to_owned()),
        }
    }

    /// Reads `host` or `host:port` and brings it into its one form.
    fn parse_plain(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let bracket_end = lower.rfind(']').map_or(0, |at| at + 1);
        let (host, port) = match lower[bracket_end..].split_once(':') {
            Some((rest, port)) => (&lower[..bracket_end + rest.len()], Some(port)),
            None => (lower.as_str(), None),
        };
        let port = match port {
            None => None,
            Some(digits) => {
                let plain =
                    digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
                Some(digits.parse::<u16>().ok().filter(|_| plain)?)
            }
        };
        let host = if let Some(inside) = host.strip_prefix('[') {
            let address: Ipv6Addr = inside.strip_suffix(']')?.parse().ok()?;
            format!("[{address}]")
        } else {
            host.strip_suffix('.').unwrap_or(host).to_owned()
        };
        // The grammar of hosts is the one of origins: what this takes, an import can name.
        Origin::parse(&format!("http://{host}")).ok()?;
        if is_numeric(&host) && host.parse::<std::net::Ipv4Addr>().is_err() {
            return None;
        }
        Some(Self { host, port })
    }

    /// Whether requests to this origin may go out.
    pub fn admits(&self, origin: &Origin<'_>) -> bool {
        self.admits_authority(origin.host, origin.port)
    }

    /// Whether requests to this host (lower case, without trailing dot) and port may go out.
    pub fn admits_authority(&self, host: &str, port: u16) -> bool {
        self.host == host && self.port.is_none_or(|only| only == port)
    }
}

/// Whether some resolvers would take this for an IPv4 address: its last part is a number.
fn is_numeric(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    !last.is_empty() && (last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x"))
}

fn before_port(text: &str) -> &str {
    text.rsplit_once(':').map_or("", |(host, _)| host)
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            None => f.write_str(&self.host),
            Some(port) => write!(f, "{}:{port}", self.host),
        }
    }
}
