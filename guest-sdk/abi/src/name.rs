//! The grammar of import and export names. In: the two names of an import, or the name of an export. Out: what it asks
//! for, or what it serves, or why it is neither. Names are never matched loosely: a name that is not understood is an error.
//!
//! ```text
//! import  "purview:env"    "NAME" | "*"
//!         "purview:egress" "scheme://host[:port]" | "*"
//!         "purview:cache"  "namespace.verb" | "*.verb"        verb: get set delete incr stats
//!         "purview:sql"    "statement name"
//!         "purview:assets" "folder name"
//!         "purview:http" | "purview:log" | …                  a call of the table in `call`
//!         "wasi_snapshot_preview1" name
//! export  "METHOD /pattern" | "* *"                           METHOD: a token of RFC 9110, or * for any
//!         pattern: / segments; {name} one segment, {*name} the rest
//! ```

use core::fmt;

/// The name that stands for any value, chosen at run time.
pub const ANY: &str = "*";
/// Name of the export that answers any method on any path that no other route answers.
pub const CATCH_ALL: &str = "* *";
/// Exported memory of every guest.
pub const MEMORY: &str = "memory";
/// Exported function `(bytes: i32) -> i32`: an 8-byte aligned place for a request record of that size.
pub const RESERVE: &str = "purview:reserve/1";
/// Exported constant global of type `i32`, optional: the address of [`REQUEST_AREA_BYTES`] bytes for request records that
/// fit, so that the host need not call [`RESERVE`]. It is for the first call of an instance: a guest may use what the record
/// leaves of it as memory, so a host that calls an instance again reserves a place.
pub const REQUEST_AREA: &str = "purview:request/1";
/// Size of the area behind [`REQUEST_AREA`], in bytes.
pub const REQUEST_AREA_BYTES: u32 = 4096;
/// Exported constant global of type `i32`, optional: the address of four `u32` that say why the guest trapped: a code (0: it says
/// nothing), the address and the length of a message in UTF-8, zero.
pub const FAULT: &str = "purview:fault/1";
/// Exported function `() -> ()`, optional: run once in each new instance before anything else (WASI reactors).
pub const INITIALIZE: &str = "_initialize";
/// Custom section with the compiler's claims, as a JSON contract document.
pub const CONTRACT_SECTION: &str = "purview:contract";
/// Custom section with the SQL statements behind `purview:sql` imports: JSON objects `{"name":"statement",…}`, one after the other.
pub const SQL_SECTION: &str = "purview:sql";
/// Custom section in which a module says what its routes take and give: a JSON object a line.
pub const OPENAPI_SECTION: &str = "purview:openapi";
/// The import module of WASI preview 1.
pub const WASI: &str = "wasi_snapshot_preview1";

/// Longest import or export name that is accepted, in bytes.
pub const NAME_BYTES_MAX: usize = 512;
/// Most path parameters in one pattern.
pub const PARAMS_MAX: usize = 16;

/// A value that is part of an import's name, or any value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value<'a> {
    /// Exactly this value.
    Literal(&'a str),
    /// Any value, chosen at run time: the name `*`.
    Any,
}

impl<'a> Value<'a> {
    fn parse(text: &'a str) -> Self {
        if text == ANY { Self::Any } else { Self::Literal(text) }
    }

    /// The literal, if there is one.
    pub fn literal(self) -> Option<&'a str> {
        match self {
            Self::Literal(text) => Some(text),
            Self::Any => None,
        }
    }
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.literal().unwrap_or(ANY))
    }
}

/// What may be done with a cache namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CacheVerb {
    /// Read a value.
    Get,
    /// Write a value.
    Set,
    /// Remove a value.
    Delete,
    /// Add to a number.
    Incr,
    /// Read counters.
    Stats,
}

impl CacheVerb {
    /// Every verb, in the order of the contract.
    pub const ALL: [Self; 5] = [Self::Get, Self::Set, Self::Delete, Self::Incr, Self::Stats];

    /// The verb as it stands in import names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Set => "set",
            Self::Delete => "delete",
            Self::Incr => "incr",
            Self::Stats => "stats",
        }
    }
}

/// What one import asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Import<'a> {
    /// Read one environment variable.
    Env(Value<'a>),
    /// Send requests to one origin.
    Egress(Value<'a>),
    /// Use one cache namespace in one way.
    Cache(Value<'a>, CacheVerb),
    /// Run one registered SQL statement.
    Sql(&'a str),
    /// Open files of one folder.
    Assets(&'a str),
    /// A call without authority of its own, named in [`crate::call::CALLS`] by module and name.
    Call(&'a str, &'a str),
    /// A function of WASI preview 1.
    Wasi(&'a str),
}

impl<'a> Import<'a> {
    /// Reads the module and the name of a function import.
    pub fn parse(module: &'a str, name: &'a str) -> Result<Self, NameError> {
        if name.len() > NAME_BYTES_MAX {
            return Err(NameError::TooLong);
        }
        if name.is_empty() {
            return Err(NameError::Empty);
        }
        if module == WASI {
            return Ok(Self::Wasi(name));
        }
        let Some(capability) = module.strip_prefix("purview:") else {
            return Err(NameError::UnknownModule);
        };
        match capability {
            "env" => {
                if name.bytes().any(|byte| byte == b'=' || byte < 0x20 || byte == 0x7f) {
                    return Err(NameError::BadEnvName);
                }
                Ok(Self::Env(Value::parse(name)))
            }
            "egress" => {
                if name != ANY {
                    Origin::parse(name)?;
                }
                Ok(Self::Egress(Value::parse(name)))
            }
            "cache" => {
                let (namespace, verb) = name.rsplit_once('.').ok_or(NameError::BadCacheName)?;
                let verb = CacheVerb::ALL
                    .into_iter()
                    .find(|known| known.as_str() == verb)
                    .ok_or(NameError::BadCacheName)?;
                if namespace.is_empty() {
                    return Err(NameError::BadCacheName);
                }
                Ok(Self::Cache(Value::parse(namespace), verb))
            }
            "sql" => Ok(Self::Sql(name)),
            "assets" => {
                if name == ANY {
                    return Err(NameError::BadFolderName);
                }
                Ok(Self::Assets(name))
            }
            _ if crate::call::find(module, name).is_some() => Ok(Self::Call(module, name)),
            _ if crate::call::CALLS.iter().any(|call| call.module == module) => {
                Err(NameError::UnknownCall)
            }
            _ => Err(NameError::UnknownModule),
        }
    }
}

/// An origin in the one form in which it is a name: `scheme://host[:port]`, lower case, no default port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin<'a> {
    /// `http` or `https`.
    pub scheme: &'a str,
    /// Host name, IPv4 address, or IPv6 address in brackets; lower case, without trailing dot.
    pub host: &'a str,
    /// The port: as written, or the scheme's default.
    pub port: u16,
}

impl<'a> Origin<'a> {
    /// Reads an origin that is already in its one form; anything else is an error, not repaired.
    pub fn parse(text: &'a str) -> Result<Self, NameError> {
        let (scheme, authority) = text.split_once("://").ok_or(NameError::BadOrigin)?;
        let default_port = match scheme {
            "http" => 80,
            "https" => 443,
            _ => return Err(NameError::BadOrigin),
        };
        let (host, port) = if authority.starts_with('[') {
            let end = authority.find(']').ok_or(NameError::BadOrigin)?;
            let (host, rest) = authority.split_at(end + 1);
            let inside = &host[1..end];
            let address: core::net::Ipv6Addr = inside.parse().map_err(|_| NameError::BadOrigin)?;
            if alloc::format!("{address}") != inside {
                return Err(NameError::BadOrigin);
            }
            match rest {
                "" => (host, None),
                _ => (host, Some(rest.strip_prefix(':').ok_or(NameError::BadOrigin)?)),
            }
        } else {
            match authority.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (authority, None),
            }
        };
        let port = match port {
            None => default_port,
            Some(digits) => {
                let plain = !digits.is_empty()
                    && digits.bytes().all(|b| b.is_ascii_digit())
                    && !digits.starts_with('0');
                let port = if plain { digits.parse().ok() } else { None };
                port.filter(|port| *port != default_port).ok_or(NameError::BadOrigin)?
            }
        };
        if !host.starts_with('[') && !is_host_name(host) {
            return Err(NameError::BadOrigin);
        }
        Ok(Self { scheme, host, port })
    }
}

/// A host name or IPv4 address as DNS and RFC 3986 allow it: lower case, labels of letters, digits, `-` and `_`.
fn is_host_name(host: &str) -> bool {
    !host.is_empty()
        && host.len() <= 253
        && host.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
        })
}

/// What one export serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route<'a> {
    /// The method, or any.
    pub method: Value<'a>,
    /// The path pattern, starting with `/`; any path for the catch-all.
    pub pattern: Value<'a>,
}

impl<'a> Route<'a> {
    /// Reads the name of an export. `None`: the name does not look like a route at all (it holds no space).
    pub fn parse(name: &'a str) -> Option<Result<Self, NameError>> {
        let (method, pattern) = name.split_once(' ')?;
        Some(Self::parse_parts(name, method, pattern))
    }

    fn parse_parts(name: &'a str, method: &'a str, pattern: &'a str) -> Result<Self, NameError> {
        if name.len() > NAME_BYTES_MAX {
            return Err(NameError::TooLong);
        }
        if method != ANY && (method.is_empty() || !method.bytes().all(is_token_byte)) {
            return Err(NameError::BadMethod);
        }
        if pattern != ANY {
            check_pattern(pattern)?;
        } else if method != ANY {
            return Err(NameError::BadPattern);
        }
        Ok(Self { method: Value::parse(method), pattern: Value::parse(pattern) })
    }

    /// The names of the path parameters, in the order in which a request record lists their values.
    pub fn params(&self) -> impl Iterator<Item = &'a str> {
        params(self.pattern.literal().unwrap_or(""))
    }
}

/// The names of the path parameters of a pattern, in order.
pub fn params(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('/').filter_map(|segment| {
        let inside = segment.strip_prefix('{')?.strip_suffix('}')?;
        Some(inside.strip_prefix('*').unwrap_or(inside))
    })
}

/// Checks a path pattern: it starts with `/`; a segment is literal text, `{name}` or, as the last one, `{*name}`; names
/// are identifiers and differ; literal text is what a request target may hold (RFC 3986 `pchar`).
pub fn check_pattern(pattern: &str) -> Result<(), NameError> {
    let Some(rest) = pattern.strip_prefix('/') else { return Err(NameError::BadPattern) };
    let mut wildcard_seen = false;
    for segment in rest.split('/') {
        if wildcard_seen {
            return Err(NameError::WildcardNotLast);
        }
        if let Some(inside) = segment.strip_prefix('{') {
            let inside = inside.strip_suffix('}').ok_or(NameError::BadPattern)?;
            let name = inside.strip_prefix('*').unwrap_or(inside);
            wildcard_seen = name.len() != inside.len();
            if !is_identifier(name) {
                return Err(NameError::BadParam);
            }
        } else if !segment.bytes().all(is_path_byte) {
            return Err(NameError::BadPattern);
        }
    }
    for (index, name) in params(pattern).enumerate() {
        if index >= PARAMS_MAX {
            return Err(NameError::TooManyParams);
        }
        if params(pattern).take(index).any(|earlier| earlier == name) {
            return Err(NameError::BadParam);
        }
    }
    Ok(())
}

fn is_identifier(name: &str) -> bool {
    name.bytes()
        .enumerate()
        .all(|(at, b)| b == b'_' || b.is_ascii_alphabetic() || (at > 0 && b.is_ascii_digit()))
        && !name.is_empty()
}

/// RFC 9110 section 5.6.2: a byte of a token.
pub const fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~')
}

/// RFC 3986 section 3.3: a byte of a path segment.
const fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.' | b'_' | b'~' | b'%' | b'!' | b'$' | b'&'
                ..=b',' | b';' | b'=' | b':' | b'@'
        )
}

/// Why a name is not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameError {
    /// The name has no bytes.
    Empty,
    /// The name is longer than [`NAME_BYTES_MAX`].
    TooLong,
    /// No capability has this import module.
    UnknownModule,
    /// The import module exists, this call in it does not.
    UnknownCall,
    /// An environment variable's name holds `=` or a control character.
    BadEnvName,
    /// Not an origin in its one form.
    BadOrigin,
    /// Not `namespace.verb`.
    BadCacheName,
    /// A folder of files is always named literally.
    BadFolderName,
    /// The method is not a token.
    BadMethod,
    /// The path pattern does not start with `/` or holds a byte that no path has.
    BadPattern,
    /// A path parameter's name is not an identifier, or stands twice.
    BadParam,
    /// More than [`PARAMS_MAX`] path parameters.
    TooManyParams,
    /// `{*rest}` stands before the end.
    WildcardNotLast,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the name is empty"),
            Self::TooLong => write!(f, "the name is longer than {NAME_BYTES_MAX} bytes"),
            Self::UnknownModule => f.write_str("no capability has this import module"),
            Self::UnknownCall => f.write_str("this capability has no such call"),
            Self::BadEnvName => f.write_str("an environment variable's name cannot hold `=` or control characters"),
            Self::BadOrigin => {
                f.write_str("an origin is `http://host` or `https://host`, lower case, with `:port` unless it is the default")
            }
            Self::BadCacheName => f.write_str("a cache import is `namespace.verb` with verb get, set, delete, incr or stats"),
            Self::BadFolderName => f.write_str("a folder of files has a name of its own, not `*`"),
            Self::BadMethod => f.write_str("the method is not a token of RFC 9110"),
            Self::BadPattern => f.write_str("a path pattern starts with `/` and its segments are path text, `{name}` or a last `{*name}`"),
            Self::BadParam => f.write_str("path parameters are identifiers, each used once"),
            Self::TooManyParams => write!(f, "a path pattern has at most {PARAMS_MAX} parameters"),
            Self::WildcardNotLast => f.write_str("`{*name}` must be the last segment"),
        }
    }
}

impl core::error::Error for NameError {}
