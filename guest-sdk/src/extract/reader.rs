//! The body piece by piece. In: a request whose body is still arriving. Out: [`std::io::Read`]; the handler waits where the client is
//! slow, and the host stops taking bytes where the handler is. A module that takes its bodies like this alone starts before they are complete.

use std::io;

use super::{FromRequest, Rejection};
use crate::{Request, document::Fragment, raw};

/// Reads the body while it arrives: for what is long.
///
/// ```
/// use std::io::Read;
/// use purview_guest::{BodyReader, post};
///
/// #[post("/sum")]
/// fn sum(body: BodyReader<'_>) -> Result<String, (u16, String)> {
///     let mut sum = 0u64;
///     for byte in body.bytes() {
///         sum += u64::from(byte.map_err(|error| (400, error.to_string()))?);
///     }
///     Ok(sum.to_string())
/// }
/// ```
#[derive(Debug)]
pub struct BodyReader<'r> {
    /// What was fetched before, or is there in a test.
    left: &'r [u8],
    ended: bool,
}

impl<'r> FromRequest<'r> for BodyReader<'r> {
    const TAKES: Fragment =
        Fragment::Text(r#"{"in":"body","type":"application/octet-stream","schema":{}}"#);

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        Ok(Self::new(request))
    }
}

impl<'r> BodyReader<'r> {
    /// Reads the body of this request.
    pub fn new(request: &'r Request) -> Self {
        let fetched = request.fetched();
        Self { left: fetched.unwrap_or_default(), ended: fetched.is_some() }
    }
}

impl io::Read for BodyReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.ended {
            return self.left.read(buffer);
        }
        let count = raw::body_read(buffer)?;
        self.ended = count == 0;
        Ok(count)
    }
}
