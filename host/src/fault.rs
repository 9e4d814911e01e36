//! Every reason why a request ends without its handler's answer: who is to blame, what the client reads, what the log
//! says. One table, read by `response` and by the access log. Never here: text from a guest or of the host's memory.

use std::fmt;

use crate::parse::ParseFault;

/// Why the way of a request ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    // The client's.
    /// The bytes are not a request.
    Parse(ParseFault),
    /// The head did not arrive in `head_read_ms`.
    HeadTimeout,
    /// The body did not arrive in `body_read_ms`.
    BodyTimeout,
    /// The body paused for `body_stall_ms`.
    BodyStall,
    /// The client did not take its answer for `write_stall_ms`. It reads nothing more: the status is for the log.
    WriteStall,
    /// The client went away before its answer was complete. The status is for the log.
    Gone,
    /// No route has this path.
    NotFound,
    /// Routes have this path, none this method.
    MethodNotAllowed,
    // The guest's.
    /// The guest trapped: out of bounds, unreachable, division by zero, stack exhausted, …
    Trap,
    /// The guest used up `cpu_ms`.
    Cpu,
    /// The handler did not end in `wall_ms`.
    Wall,
    /// The response record is malformed: bad status, name, value or address.
    BadResponse(&'static str),
    /// The response body is longer than `response_body_bytes`.
    ResponseTooLong,
    /// The response head is longer than `response_head_bytes`.
    ResponseHeadTooLong,
    // The operator's, or nobody's.
    /// The server ended before the handler did.
    Shutdown,
    /// As many requests as `instances` are in handlers already.
    Busy,
    // Ours.
    /// A file was cut short, or could not be read, while it was sent.
    FileCut,
    /// A defect of the host.
    Internal,
}

impl Fault {
    /// The status code of the answer.
    pub const fn status(self) -> u16 {
        match self {
            Self::Parse(fault) => match fault {
                ParseFault::Syntax(_) | ParseFault::Framing(_) | ParseFault::Connect => 400,
                ParseFault::Version => 505,
                ParseFault::TransferCoding => 501,
                ParseFault::Expectation => 417,
                ParseFault::TargetTooLong => 414,
                ParseFault::HeadTooLong | ParseFault::TooManyFields => 431,
                ParseFault::BodyTooLong => 413,
            },
            Self::HeadTimeout | Self::BodyTimeout | Self::BodyStall => 408,
            Self::WriteStall | Self::Gone => 499,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Trap
            | Self::BadResponse(_)
            | Self::ResponseTooLong
            | Self::ResponseHeadTooLong
            | Self::FileCut
            | Self::Internal => 500,
            Self::Cpu | Self::Wall => 504,
            Self::Busy | Self::Shutdown => 503,
        }
    }

    /// The stable code in the log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Parse(fault) => match fault {
                ParseFault::Syntax(_) => "request.syntax",
                ParseFault::Framing(_) => "request.framing",
                ParseFault::Version => "request.version",
                ParseFault::TransferCoding => "request.transfer_coding",
                ParseFault::Expectation => "request.expectation",
                ParseFault::Connect => "request.connect",
                ParseFault::TargetTooLong => "limit.target",
                ParseFault::HeadTooLong => "limit.head",
                ParseFault::TooManyFields => "limit.fields",
                ParseFault::BodyTooLong => "limit.request_body",
            },
            Self::HeadTimeout => "limit.head_read",
            Self::BodyTimeout => "limit.body_read",
            Self::BodyStall => "limit.body_stall",
            Self::WriteStall => "limit.write_stall",
            Self::Gone => "client.gone",
            Self::NotFound => "route.not_found",
            Self::MethodNotAllowed => "route.method",
            Self::Trap => "guest.trap",
            Self::Cpu => "limit.cpu",
            Self::Wall => "limit.wall",
            Self::BadResponse(_) => "guest.response",
            Self::ResponseTooLong => "limit.response_body",
            Self::ResponseHeadTooLong => "limit.response_head",
            Self::Busy => "limit.instances",
            Self::Shutdown => "limit.shutdown",
            Self::FileCut => "assets.cut",
            Self::Internal => "host.internal",
        }
    }

    /// What the client reads. It names the client's mistake and hides everything else.
    pub fn detail(self) -> &'static str {
        match self {
            Self::Parse(fault) => match fault {
                ParseFault::Syntax(what) | ParseFault::Framing(what) => what,
                ParseFault::Version => "HTTP Version Not Supported",
                ParseFault::TransferCoding => "Not Implemented",
                ParseFault::Expectation => "Expectation Failed",
                ParseFault::Connect => "this server is not a proxy",
                ParseFault::TargetTooLong => "URI Too Long",
                ParseFault::HeadTooLong | ParseFault::TooManyFields => {
                    "Request Header Fields Too Large"
                }
                ParseFault::BodyTooLong => "Content Too Large",
            },
            _ => crate::response::reason(self.status()),
        }
    }

    /// Whether a limit ended it.
    pub fn is_limit(self) -> bool {
        self.code().starts_with("limit.")
    }

    /// Whether the connection must be closed, because what follows on it cannot be trusted to be a request.
    pub const fn closes(self) -> bool {
        matches!(
            self,
            Self::Parse(_)
                | Self::HeadTimeout
                | Self::BodyTimeout
                | Self::BodyStall
                | Self::WriteStall
                | Self::Gone
                | Self::Busy
                | Self::Shutdown
                | Self::Internal
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadResponse(what) => write!(f, "the handler's response is malformed: {what}"),
            Self::Parse(fault) => write!(f, "{fault}"),
            Self::HeadTimeout => f.write_str("a request head took longer than `head_read_ms`"),
            Self::BodyTimeout => f.write_str("a request body took longer than `body_read_ms`"),
            Self::BodyStall => f.write_str("a request body paused for `body_stall_ms`"),
            Self::Cpu => f.write_str("the handler used up `cpu_ms`"),
            Self::Wall => f.write_str("the handler did not end in `wall_ms`"),
            Self::ResponseTooLong => {
                f.write_str("the handler's response is longer than `response_body_bytes`")
            }
            Self::ResponseHeadTooLong => f.write_str(
                "the head of the handler's response is longer than `response_head_bytes`",
            ),
            Self::Busy => f.write_str("as many requests as `instances` are in handlers"),
            Self::WriteStall => f.write_str("a client did not take its answer in time"),
            Self::Shutdown => f.write_str("the time for draining was over: a connection was cut"),
            Self::FileCut => {
                f.write_str("a file became shorter, or could not be read, while it was sent")
            }
            Self::Gone => f.write_str("the client went away"),
            other => f.write_str(other.detail()),
        }
    }
}

impl std::error::Error for Fault {}

impl From<ParseFault> for Fault {
    fn from(fault: ParseFault) -> Self {
        Self::Parse(fault)
    }
}
