//! Request line and header fields. In: bytes, how many of them were looked at before, limits. Out: a [`Head`] of spans
//! into those bytes, whose field names are now in lower case; or that the head is not complete; or a fault.
//!
//! `httparse` splits; the rules about what may stand there are below, each with its source. The verdict does not depend on
//! how the bytes arrived: it is that of the shortest piece of them that has one.

use std::mem::MaybeUninit;

use purview_abi::wire::{Field, Span};

use super::ParseFault;

/// Most header fields that can be configured; the parser's table has this size.
const FIELDS_MAX: usize = 1000;
/// A table that serves nearly all requests, so that the large one is seldom on the stack.
const FIELDS_USUAL: usize = 64;

/// Longest method. The longest of the registry has 17 letters.
const METHOD_BYTES_MAX: usize = 32;

/// The limits that act on a head.
#[derive(Debug, Clone, Copy)]
pub struct HeadLimits {
    /// Bytes of request line and header section.
    pub head_bytes: usize,
    /// Number of header fields.
    pub head_fields: usize,
    /// Bytes of the request target.
    pub target_bytes: usize,
}

/// How the body of a request is framed (RFC 9112 section 6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Framing {
    /// There is no body.
    #[default]
    None,
    /// This many bytes follow.
    Length(u64),
    /// Chunks follow.
    Chunked,
}

/// A complete request head, as spans into the bytes it was read from. Reused between requests.
#[derive(Debug, Default)]
pub struct Head {
    /// Bytes of the head, including the empty line.
    pub length: usize,
    /// The method.
    pub method: Span,
    /// The path: starts with `/`, or is `*`.
    pub path: Span,
    /// The query without `?`.
    pub query: Option<Span>,
    /// Whether the client speaks HTTP/1.0.
    pub http_1_0: bool,
    /// Fields in order, names in lower case.
    pub fields: Vec<Field>,
    /// How the body is framed.
    pub framing: Framing,
    /// Whether the client wants the connection to stay open.
    pub keep_alive: bool,
    /// Whether the client waits for `100 Continue`.
    pub expects_continue: bool,
    /// The authority the request is for: of the target, else of `Host`.
    pub authority: Span,
}

/// Reads a head from the start of `bytes`. `seen` is the number of bytes looked at in earlier calls for the same head.
/// `Ok(false)`: more bytes are needed.
pub fn read(
    bytes: &mut [u8],
    seen: &mut usize,
    limits: &HeadLimits,
    head: &mut Head,
) -> Result<bool, ParseFault> {
    let within = bytes.len().min(limits.head_bytes);
    let scan = find_end(&bytes[..within], *seen);
    let judged = match scan {
        Scan::End(at) | Scan::BareLf(at) => at,
        Scan::Partial { .. } => within,
    };
    check_request_line(&bytes[..judged], limits)?;
    match scan {
        Scan::End(_) => {}
        Scan::BareLf(_) => {
            first_fault(&bytes[..judged], limits)?;
            return Err(ParseFault::Syntax("a line of the head ends without CR"));
        }
        Scan::Partial { .. } if bytes.len() > within => {
            first_fault(&bytes[..within], limits)?;
            return Err(too_long(&bytes[..within], limits));
        }
        Scan::Partial { line_ended } => {
            // A head is looked at closer at its first bytes and at each line end, not at each byte.
            if line_ended || *seen == 0 {
                first_fault(bytes, limits)?;
            }
            *seen = bytes.len();
            return Ok(false);
        }
    }
    *seen = 0;
    split(bytes, judged, limits, head)?;
    lower_names(bytes, &head.fields);
    check_fields(bytes, head)?;
    check_target(bytes, head)?;
    Ok(true)
}

/// Number of empty lines before a request (RFC 9112 section 2.2 asks to skip at least one), in bytes.
pub fn leading_empty_lines(bytes: &[u8]) -> usize {
    bytes.chunks_exact(2).take_while(|pair| *pair == b"\r\n").count() * 2
}

#[derive(Debug, Clone, Copy)]
enum Scan {
    /// Position behind the empty line.
    End(usize),
    /// Position of a line feed without carriage return.
    BareLf(usize),
    /// No empty line yet.
    Partial { line_ended: bool },
}

/// Finds the empty line. Every line ends with CR LF; a bare LF is not a line end (RFC 9112 section 2.2 lets a recipient
/// accept it; two recipients that differ in this are how requests are smuggled).
fn find_end(bytes: &[u8], seen: usize) -> Scan {
    let mut line_ended = false;
    for at in memchr::memchr_iter(b'\n', bytes.get(seen..).unwrap_or_default()).map(|at| at + seen)
    {
        if at == 0 || bytes[at - 1] != b'\r' {
            return Scan::BareLf(at);
        }
        if bytes[..at - 1].ends_with(b"\r\n") {
            return Scan::End(at + 1);
        }
        line_ended = true;
    }
    Scan::Partial { line_ended }
}

/// A request line without end: its target is too long, unless it was wrong before that.
fn check_request_line(bytes: &[u8], limits: &HeadLimits) -> Result<(), ParseFault> {
    let most = limits.target_bytes + METHOD_BYTES_MAX + " HTTP/1.1 \r\n".len();
    match bytes.get(..most) {
        Some(line) if bytes.len() > most && memchr::memchr(b'\n', line).is_none() => {
            first_fault(line, limits)?;
            Err(ParseFault::TargetTooLong)
        }
        _ => Ok(()),
    }
}

/// What can be said about a head of which this is the start: that it is not HTTP.
fn first_fault(bytes: &[u8], limits: &HeadLimits) -> Result<(), ParseFault> {
    let mut fields = [const { MaybeUninit::uninit() }; FIELDS_MAX];
    let mut request = httparse::Request::new(&mut []);
    let table = &mut fields[..limits.head_fields.min(FIELDS_MAX)];
    request.parse_with_uninit_headers(bytes, table).map_err(fault_of)?;
    Ok(())
}

fn too_long(bytes: &[u8], limits: &HeadLimits) -> ParseFault {
    let line = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
    if line > limits.target_bytes { ParseFault::TargetTooLong } else { ParseFault::HeadTooLong }
}

fn fault_of(error: httparse::Error) -> ParseFault {
    match error {
        httparse::Error::Version => ParseFault::Version,
        httparse::Error::TooManyHeaders => ParseFault::TooManyFields,
        httparse::Error::HeaderName => {
            ParseFault::Syntax("a header name is not a token followed by a colon")
        }
        httparse::Error::HeaderValue => {
            ParseFault::Syntax("a header value holds a byte that no value has")
        }
        httparse::Error::NewLine => ParseFault::Syntax("a line of the head ends without CR LF"),
        httparse::Error::Token => {
            ParseFault::Syntax("the request line is not `METHOD target HTTP/1.1`")
        }
        httparse::Error::Status => ParseFault::Syntax("a response where a request should be"),
    }
}

/// Splits the complete head into spans.
fn split(bytes: &[u8], end: usize, limits: &HeadLimits, head: &mut Head) -> Result<(), ParseFault> {
    let bytes = &bytes[..end];
    let mut usual = [const { MaybeUninit::uninit() }; FIELDS_USUAL];
    let usual_count = limits.head_fields.min(FIELDS_USUAL);
    match split_into(bytes, &mut usual[..usual_count], head) {
        Err(ParseFault::TooManyFields) if limits.head_fields > FIELDS_USUAL => {
            let mut many = [const { MaybeUninit::uninit() }; FIELDS_MAX];
            split_into(bytes, &mut many[..limits.head_fields.min(FIELDS_MAX)], head)
        }
        other => other,
    }?;
    if head.path.length as usize > limits.target_bytes {
        return Err(ParseFault::TargetTooLong);
    }
    Ok(())
}

fn split_into<'b>(
    bytes: &'b [u8],
    table: &mut [MaybeUninit<httparse::Header<'b>>],
    head: &mut Head,
) -> Result<(), ParseFault> {
    let mut request = httparse::Request::new(&mut []);
    match request.parse_with_uninit_headers(bytes, table).map_err(fault_of)? {
        httparse::Status::Complete(length) if length == bytes.len() => head.length = length,
        _ => return Err(ParseFault::Syntax("the head does not end with its empty line")),
    }
    let start = bytes.as_ptr().addr();
    let span = |part: &[u8]| {
        let at = part.as_ptr().addr() - start;
        Span::new(at..at + part.len())
    };
    head.http_1_0 = request.version == Some(0);
    head.method = span(request.method.unwrap_or_default().as_bytes());
    head.path = span(request.path.unwrap_or_default().as_bytes());
    head.fields.clear();
    head.fields.extend(
        request.headers.iter().map(|field| (span(field.name.as_bytes()), span(field.value))),
    );
    Ok(())
}

fn lower_names(bytes: &mut [u8], fields: &[Field]) {
    for (name, _) in fields {
        if let Some(name) = bytes.get_mut(name.start as usize..(name.start + name.length) as usize)
        {
            name.make_ascii_lowercase();
        }
    }
}

/// The fields that decide how the message is framed and whom it is for.
fn check_fields(bytes: &[u8], head: &mut Head) -> Result<(), ParseFault> {
    let mut host: Option<Span> = None;
    let mut length: Option<u64> = None;
    let mut transfer_codings = 0usize;
    let mut chunked = false;
    head.keep_alive = !head.http_1_0;
    head.expects_continue = false;
    let (mut close, mut keep) = (false, false);
    for (name, value) in &head.fields {
        let text = value.of(bytes);
        match name.of(bytes) {
            b"host" => {
                // RFC 9112 section 3.2: 400 for more than one, or an invalid value.
                if host.replace(*value).is_some() {
                    return Err(ParseFault::Syntax("more than one `Host`"));
                }
                check_authority(text)?;
            }
            b"content-length" => {
                // RFC 9112 section 6.3: a repeated or listed value may be accepted or refused; we refuse.
                let earlier = length.replace(parse_length(text)?);
                if earlier.is_some() {
                    return Err(ParseFault::Framing("more than one `Content-Length`"));
                }
            }
            b"transfer-encoding" => {
                transfer_codings += 1;
                chunked = text.eq_ignore_ascii_case(b"chunked");
                if !chunked {
                    return Err(unknown_coding(text));
                }
            }
            b"connection" => {
                for token in text.split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
                    close |= token.eq_ignore_ascii_case(b"close");
                    keep |= token.eq_ignore_ascii_case(b"keep-alive");
                }
            }
            b"expect" if !head.http_1_0 => {
                if !text.eq_ignore_ascii_case(b"100-continue") {
                    return Err(ParseFault::Expectation);
                }
                head.expects_continue = true;
            }
            _ => {}
        }
    }
    head.keep_alive = !close && (keep || head.keep_alive);
    if host.is_none() && !head.http_1_0 {
        return Err(ParseFault::Syntax("`Host` is missing"));
    }
    head.authority = host.unwrap_or_default();
    head.framing = match (transfer_codings, length) {
        (0, None) => Framing::None,
        (0, Some(0)) => Framing::Length(0),
        (0, Some(length)) => Framing::Length(length),
        // RFC 9112 section 6.1: such a message ought to be handled as an error.
        (_, Some(_)) => {
            return Err(ParseFault::Framing("`Content-Length` beside `Transfer-Encoding`"));
        }
        (1, None) if chunked && !head.http_1_0 => Framing::Chunked,
        (1, None) => return Err(ParseFault::Framing("`Transfer-Encoding` in an HTTP/1.0 request")),
        _ => return Err(ParseFault::Framing("more than one `Transfer-Encoding`")),
    };
    Ok(())
}

/// RFC 9112 section 6.1: 501 for a coding that is not understood, 400 for a list that frames nothing.
fn unknown_coding(text: &[u8]) -> ParseFault {
    let mut codings = text.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    if codings.any(|coding| coding.eq_ignore_ascii_case(b"chunked")) {
        return ParseFault::Framing("`chunked` must be the only transfer coding");
    }
    ParseFault::TransferCoding
}

/// RFC 9110 section 8.6: digits only. Nineteen of them fit a `u64` without overflow.
fn parse_length(text: &[u8]) -> Result<u64, ParseFault> {
    let plain = !text.is_empty() && text.len() <= 19 && text.iter().all(u8::is_ascii_digit);
    if !plain {
        return Err(ParseFault::Framing("`Content-Length` is not a number of bytes"));
    }
    Ok(text.iter().fold(0, |length, digit| length * 10 + u64::from(digit - b'0')))
}

/// RFC 3986 section 3.2 without user information: a host, then perhaps a port from 1 to 65535. Empty is allowed.
fn check_authority(text: &[u8]) -> Result<(), ParseFault> {
    const FAULT: ParseFault = ParseFault::Syntax("`Host` is not a host and port");
    let (host, port) = match text.strip_prefix(b"[") {
        Some(rest) => {
            let end = memchr::memchr(b']', rest).ok_or(FAULT)?;
            let inside = std::str::from_utf8(&rest[..end]).map_err(|_| FAULT)?;
            inside.parse::<std::net::Ipv6Addr>().map_err(|_| FAULT)?;
            match &rest[end + 1..] {
                [] => return Ok(()),
                [b':', port @ ..] => (&rest[..end], Some(port)),
                _ => return Err(FAULT),
            }
        }
        None => match memchr::memchr(b':', text) {
            Some(colon) => (&text[..colon], Some(&text[colon + 1..])),
            None => (text, None),
        },
    };
    let host_byte = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=".contains(byte);
    if !text.starts_with(b"[") && !host.iter().all(host_byte) {
        return Err(FAULT);
    }
    match port {
        Some(_) if host.is_empty() => Err(FAULT),
        Some(port) if !port.is_empty() => {
            let number = parse_length(port).map_err(|_| FAULT)?;
            if (1..=65535).contains(&number) { Ok(()) } else { Err(FAULT) }
        }
        _ => Ok(()),
    }
}

/// RFC 9112 section 3.2: origin form, absolute form, or `*` for OPTIONS.
fn check_target(bytes: &[u8], head: &mut Head) -> Result<(), ParseFault> {
    let target = head.path.of(bytes);
    let method = head.method.of(bytes);
    if method == b"CONNECT" {
        return Err(ParseFault::Connect);
    }
    // Stricter than RFC 9110's token: no method of the registry starts with a sign.
    if !method.first().is_some_and(u8::is_ascii_alphabetic) {
        return Err(ParseFault::Syntax("a method starts with a letter"));
    }
    if method.len() > METHOD_BYTES_MAX {
        return Err(ParseFault::Syntax("no method is that long"));
    }
    if !target.iter().all(|byte| (0x21..0x7f).contains(byte) && *byte != b'#') {
        return Err(ParseFault::Syntax("the request target holds a byte that no target has"));
    }
    let start = head.path.start as usize;
    let end = start + target.len();
    match target {
        [b'/', ..] => set_target(bytes, head, start, end),
        b"*" if method == b"OPTIONS" => head.query = None,
        _ => {
            let scheme = [&b"http://"[..], b"https://"]
                .into_iter()
                .find(|scheme| {
                    target.get(..scheme.len()).is_some_and(|part| part.eq_ignore_ascii_case(scheme))
                })
                .ok_or(ParseFault::Syntax(
                    "the request target is neither a path nor an http URL",
                ))?;
            let from = start + scheme.len();
            let path_at = bytes[from..end].iter().position(|byte| matches!(byte, b'/' | b'?'));
            let to = path_at.map_or(end, |at| from + at);
            let authority = &bytes[from..to];
            if authority.is_empty() {
                return Err(ParseFault::Syntax("the request target has no host"));
            }
            check_authority(authority)?;
            // RFC 9112 section 3.2.2: the target decides, a different `Host` is ignored.
            head.authority = Span::new(from..to);
            let authority = head.authority;
            for (name, value) in &mut head.fields {
                if name.of(bytes) == b"host" {
                    *value = authority;
                }
            }
            set_target(bytes, head, to, end);
        }
    }
    Ok(())
}

/// Splits path and query. An absolute target without a path means `/`, which is taken from the scheme's own slash.
fn set_target(bytes: &[u8], head: &mut Head, start: usize, end: usize) {
    let question = memchr::memchr(b'?', &bytes[start..end]).map(|at| start + at);
    let path_end = question.unwrap_or(end);
    head.query = question.map(|at| Span::new(at + 1..end));
    head.path = Span::new(start..path_end);
    if start == path_end {
        let slash = memchr::memchr(b'/', bytes).unwrap_or(start);
        head.path = Span::new(slash..slash + 1);
    }
}
