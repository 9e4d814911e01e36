//! Every limit, once: name, default, range, log code, meaning. In: numbers from the command line or a policy. Out:
//! [`Limits`]. Nothing in the host has a bound that is not listed here, and no limit can be switched off.

/// Declares [`Limits`], its defaults and [`TABLE`] from one list, so that they cannot differ.
macro_rules! limits {
    ($( $(#[doc = $doc:literal])+ $field:ident: $default:expr, $low:expr, $high:expr, $scope:ident, $code:literal; )+) => {
        /// The limits in force for a server or a handler.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Limits { $( $(#[doc = $doc])+ pub $field: u64, )+ }

        impl Default for Limits {
            fn default() -> Self {
                Self { $( $field: $default, )+ }
            }
        }

        impl Limits {
            /// Sets the limit of this name, if there is one and the value lies in its range.
            pub fn set(&mut self, name: &str, value: u64) -> Result<(), LimitError> {
                match name {
                    $( stringify!($field) => {
                        if !($low..=$high).contains(&value) {
                            return Err(LimitError::Range { low: $low, high: $high });
                        }
                        self.$field = value;
                    } )+
                    _ => return Err(LimitError::Unknown),
                }
                Ok(())
            }

            /// The limit of this name.
            pub fn get(&self, name: &str) -> Option<u64> {
                match name {
                    $( stringify!($field) => Some(self.$field), )+
                    _ => None,
                }
            }
        }

        /// Every limit with its range, where it may be set, and its log code.
        pub const TABLE: &[Limit] = &[ $( Limit {
            name: stringify!($field), default: $default, low: $low, high: $high, scope: Scope::$scope, code: $code,
            meaning: concat!($($doc),+),
        }, )+ ];
    };
}

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const SECOND: u64 = 1000;
const HOUR: u64 = 3600 * SECOND;

limits! {
    // name: default, lowest, highest, where it may be set, log code
    /// Linear memory and tables of one instance.
    memory_bytes: 64 * MIB, 64 * KIB, 4096 * MIB - 64 * KIB, Handler, "limit.memory";
    /// Processor time of one request.
    cpu_ms: 500, 1, HOUR, Handler, "limit.cpu";
    /// Time from dispatch until the handler ends.
    wall_ms: 30 * SECOND, 1, 24 * HOUR, Handler, "limit.wall";
    /// Request body, decoded.
    request_body_bytes: MIB, 0, 1024 * MIB, Handler, "limit.request_body";
    /// Response body that is buffered.
    response_body_bytes: 8 * MIB, 0, 1024 * MIB, Handler, "limit.response_body";
    /// Response head: names and values together.
    response_head_bytes: 64 * KIB, 256, MIB, Handler, "limit.response_head";
    /// Log output of one request; the rest is dropped and counted.
    log_bytes: 64 * KIB, 0, 64 * MIB, Handler, "limit.log";
    /// One log line; the rest of it is cut off.
    log_line_bytes: 8 * KIB, 64, MIB, Handler, "limit.log_line";
    /// Bytes that one call of `purview:crypto`, `auth` or `validate` is given.
    native_bytes: 2 * MIB, KIB, 64 * MIB, Handler, "limit.native";
    /// Schemas of one handler that each worker keeps ready.
    schemas: 64, 1, 4096, Handler, "limit.schemas";
    /// Text of one schema.
    schema_bytes: 64 * KIB, 16, MIB, Handler, "limit.schema";
    /// Sends, statements and open files of one request, until their outcome is taken or they are closed.
    handles: 64, 1, 1024, Handler, "limit.handles";
    /// Time for one outbound connection: name, address, TLS.
    egress_connect_ms: 10 * SECOND, 1, HOUR, Handler, "limit.egress_connect";
    /// Time for one outbound request with its whole answer.
    egress_ms: 30 * SECOND, 1, HOUR, Handler, "limit.egress";
    /// URL of an outbound request.
    egress_url_bytes: 16 * KIB, 16, 60 * KIB, Handler, "limit.egress_url";
    /// Header fields of an outbound request, and of its answer.
    egress_fields: 100, 0, 1000, Handler, "limit.egress_fields";
    /// Names and values of these header fields together.
    egress_head_bytes: 64 * KIB, 256, MIB, Handler, "limit.egress_head";
    /// Body of an outbound request.
    egress_request_bytes: MIB, 0, 64 * MIB, Handler, "limit.egress_request";
    /// Body of an outbound request's answer.
    egress_response_bytes: MIB, 0, 64 * MIB, Handler, "limit.egress_response";
    /// Outbound requests of one handler at one time; others wait for their turn.
    egress_sends: 1024, 1, 100_000, Handler, "limit.egress_sends";
    /// Keys and values of one handler's cache; what was not used for longest goes first.
    cache_bytes: 32 * MIB, 4 * KIB, 64 * 1024 * MIB, Handler, "limit.cache";
    /// Entries of one handler's cache.
    cache_entries: 64 * KIB, 1, 1024 * MIB, Handler, "limit.cache_entries";
    /// One key of the cache.
    cache_key_bytes: 4 * KIB, 1, 64 * KIB, Handler, "limit.cache_key";
    /// One namespace of the cache that is chosen at run time.
    cache_namespace_bytes: 512, 1, 4 * KIB, Handler, "limit.cache_namespace";
    /// One value of the cache.
    cache_value_bytes: MIB, 1, 64 * MIB, Handler, "limit.cache_value";
    /// Time for one call of a cache on another server.
    cache_ms: SECOND, 1, HOUR, Handler, "limit.cache_time";
    /// Time for one SQL statement.
    sql_ms: 5 * SECOND, 1, HOUR, Handler, "limit.sql";
    /// Parameters of one SQL statement, as JSON.
    sql_parameters_bytes: MIB, 2, 64 * MIB, Handler, "limit.sql_parameters";
    /// Rows that one SQL statement gives.
    sql_rows: 10_000, 1, 10_000_000, Handler, "limit.sql_rows";
    /// What one SQL statement gives, as JSON.
    sql_result_bytes: MIB, 256, 64 * MIB, Handler, "limit.sql_result";
    /// Request line and header section.
    head_bytes: 32 * KIB, 256, MIB, Server, "limit.head";
    /// Header fields of a request.
    head_fields: 100, 1, 1000, Server, "limit.fields";
    /// Request target.
    target_bytes: 16 * KIB, 16, MIB, Server, "limit.target";
    /// Time from the first byte of a request to the end of its head.
    head_read_ms: 10 * SECOND, 10, HOUR, Server, "limit.head_read";
    /// Time without progress while a request body arrives.
    body_stall_ms: 30 * SECOND, 10, HOUR, Server, "limit.body_stall";
    /// Time for a whole request body.
    body_read_ms: 60 * SECOND, 10, 24 * HOUR, Server, "limit.body_read";
    /// Time without progress while a response is sent.
    write_stall_ms: 30 * SECOND, 10, HOUR, Server, "limit.write_stall";
    /// Time between two requests of a connection.
    idle_ms: 60 * SECOND, 10, 24 * HOUR, Server, "limit.idle";
    /// Bytes of a request body that nobody reads, skipped to keep the connection.
    drain_bytes: 64 * KIB, 0, 16 * MIB, Server, "limit.drain";
    /// Responses waiting on one connection before its next pipelined request is read.
    output_bytes: 256 * KIB, 4 * KIB, 64 * MIB, Server, "limit.output";
    /// Open connections of one worker.
    connections: 16 * KIB, 1, MIB, Server, "limit.connections";
    /// Requests in a handler at one time, all workers together.
    instances: 1000, 1, 100_000, Server, "limit.instances";
    /// Outbound requests at one time, all handlers together; others wait for their turn.
    egress_sends_all: 4096, 1, MIB, Server, "limit.egress_sends_all";
    /// Size of a module file.
    module_bytes: 64 * MIB, 8, 1024 * MIB, Server, "limit.module";
    /// Time for requests in flight after SIGTERM.
    shutdown_ms: 10 * SECOND, 0, HOUR, Server, "limit.shutdown";
}

/// Where a limit may be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// For one handler, or for all.
    Handler,
    /// For the whole server only: it acts before a handler is known.
    Server,
}

/// A row of [`TABLE`].
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// Name in policies; the unit comes last.
    pub name: &'static str,
    /// Value when nobody sets it.
    pub default: u64,
    /// Lowest value that can be set.
    pub low: u64,
    /// Highest value that can be set.
    pub high: u64,
    /// Where it may be set.
    pub scope: Scope,
    /// What the log says when it was reached.
    pub code: &'static str,
    /// What it bounds.
    pub meaning: &'static str,
}

/// Why a limit was not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitError {
    /// No limit has this name.
    Unknown,
    /// The value lies outside the range.
    Range {
        /// Lowest value.
        low: u64,
        /// Highest value.
        high: u64,
    },
}

/// Reads a size: digits, then nothing, `k`, `kb`, `m`, `mb`, `g` or `gb` in any case (units of 1024).
pub fn parse_size(text: &str) -> Option<u64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    let scale = match unit.to_ascii_lowercase().as_str() {
        "" => 1,
        "k" | "kb" => KIB,
        "m" | "mb" => MIB,
        "g" | "gb" => 1024 * MIB,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_takes_its_range_and_nothing_beyond() {
        for limit in TABLE {
            let mut limits = Limits::default();
            assert_eq!(limits.get(limit.name), Some(limit.default), "{}", limit.name);
            assert!(limits.set(limit.name, limit.low).is_ok(), "{}", limit.name);
            assert!(limits.set(limit.name, limit.high).is_ok(), "{}", limit.name);
            assert_eq!(limits.get(limit.name), Some(limit.high));
            let beyond = LimitError::Range { low: limit.low, high: limit.high };
            assert_eq!(limits.set(limit.name, limit.high + 1), Err(beyond));
            if let Some(below) = limit.low.checked_sub(1) {
                assert_eq!(limits.set(limit.name, below), Err(beyond));
            }
        }
    }

    #[test]
    fn codes_and_names_are_unique() {
        for (at, limit) in TABLE.iter().enumerate() {
            assert!(
                TABLE[..at]
                    .iter()
                    .all(|other| other.name != limit.name && other.code != limit.code)
            );
        }
    }

    #[test]
    fn sizes() {
        for (text, bytes) in
            [("0", Some(0)), ("64k", Some(65536)), ("1Mb", Some(1 << 20)), ("2G", Some(2 << 30))]
        {
            assert_eq!(parse_size(text), bytes);
        }
        for text in ["", "m", "-1", "1.5m", "1t", "99999999999g", "1 m", "é"] {
            assert_eq!(parse_size(text), None, "{text}");
        }
    }
}
