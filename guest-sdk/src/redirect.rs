//! Small answers with a name: HTML, another status, another address.

use std::borrow::Cow;

use crate::{
    IntoResponse, Response,
    document::{Fragment, Gives},
    response::Text,
};

/// HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Html<T>(
    /// The text.
    pub T,
);

impl<T: Into<Text>> IntoResponse for Html<T> {
    fn into_response(self) -> Response {
        Response::html(self.0)
    }
}

impl<T> Gives for Html<T> {
    const GIVES: Fragment =
        Fragment::Text(r#"{"type":"text/html; charset=utf-8","schema":{"type":"string"}}"#);
}

/// The same answer with a status that the API's description knows: `Status<201, Json<User>>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status<const CODE: u16, T>(
    /// The answer.
    pub T,
);

impl<const CODE: u16, T: IntoResponse> IntoResponse for Status<CODE, T> {
    fn into_response(self) -> Response {
        const { assert!(200 <= CODE && CODE <= 599, "a status of a response lies between 200 and 599") };
        self.0.into_response().status(CODE)
    }
}

impl<const CODE: u16, T: Gives> Gives for Status<CODE, T> {
    const GIVES: Fragment = Fragment::Join(&[
        Fragment::Text(r#"{"status":"#),
        Fragment::Number(CODE),
        Fragment::Text(r#","gives":"#),
        T::GIVES,
        Fragment::Text("}"),
    ]);
}

/// Sends the client to another address, with the same method and body (307) unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    status: u16,
    location: Text,
}

impl Redirect {
    /// Now and with the same method (307).
    pub fn to(location: impl Into<Text>) -> Self {
        Self { status: 307, location: location.into() }
    }

    /// With `GET`, as after a form (303).
    pub fn see_other(location: impl Into<Text>) -> Self {
        Self { status: 303, location: location.into() }
    }

    /// For good, with the same method (308).
    pub fn permanent(location: impl Into<Text>) -> Self {
        Self { status: 308, location: location.into() }
    }
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        Response::new(self.status).header("location", encoded(self.location))
    }
}

/// A location in bytes that a header may hold: what is not ASCII or not printable is percent-encoded.
fn encoded(location: Text) -> Text {
    if location.bytes().all(|byte| matches!(byte, 0x21..=0x7e)) {
        return location;
    }
    let mut text = String::with_capacity(location.len() + 16);
    for byte in location.bytes() {
        match byte {
            0x21..=0x7e => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    Cow::Owned(text)
}

impl Gives for Redirect {
    /// 307 unless the route says another one.
    const GIVES: Fragment = Fragment::Text(r#"{"usual":307}"#);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_fit_for_a_header() {
        let to = |location: &'static str| {
            let response = Redirect::to(location).into_response();
            (
                response.status_code(),
                response.header_value("location").unwrap_or_default().to_owned(),
            )
        };
        assert_eq!(to("/a?b=c%20d#e"), (307, "/a?b=c%20d#e".to_owned()));
        assert_eq!(
            to("/ä b\r\nset-cookie: x=y"),
            (307, "/%C3%A4%20b%0D%0Aset-cookie:%20x=y".to_owned())
        );
        assert_eq!(Redirect::see_other("/").into_response().status_code(), 303);
        assert_eq!(Redirect::permanent("/").into_response().status_code(), 308);
    }

    #[test]
    fn answers_with_a_name() {
        let response = Status::<201, _>(Html("<p>")).into_response();
        assert_eq!((response.status_code(), response.body_bytes()), (201, &b"<p>"[..]));
        assert_eq!(response.header_value("content-type"), Some("text/html; charset=utf-8"));
        const GIVES: Fragment = <Status<418, ()> as Gives>::GIVES;
        const BYTES: [u8; GIVES.length()] = GIVES.bytes();
        assert_eq!(str::from_utf8(&BYTES), Ok(r#"{"status":418,"gives":{"status":204}}"#));
    }
}
