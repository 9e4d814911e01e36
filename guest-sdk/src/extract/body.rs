//! Bodies as they are: bytes or text. `crate::BodyReader` reads long ones piece by piece.

use super::{FromRequest, Rejection};
use crate::{Request, document::Fragment};

/// The body's bytes, whatever they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Body<'r>(
    /// The bytes.
    pub &'r [u8],
);

impl<'r> FromRequest<'r> for Body<'r> {
    const TAKES: Fragment =
        Fragment::Text(r#"{"in":"body","type":"application/octet-stream","schema":{}}"#);

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        Ok(Self(request.body()))
    }
}

/// The body as text; a 422 if it is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyText<'r>(
    /// The text.
    pub &'r str,
);

impl<'r> FromRequest<'r> for BodyText<'r> {
    const TAKES: Fragment =
        Fragment::Text(r#"{"in":"body","type":"text/plain","schema":{"type":"string"}}"#);

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        let text = request.text().map_err(|_| {
            let msg =
                "Input should be a valid string, unable to parse raw data as a unicode string";
            Rejection::problem(["body"], "string_unicode", msg)
        });
        text.map(Self)
    }
}
