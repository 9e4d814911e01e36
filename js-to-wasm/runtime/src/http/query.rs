//! The query of a request or a URL. In: its bytes. Out: an object of strings: form decoding, a name without `=` has the empty value, the
//! last of equal names wins.

use crate::{
    object::{Class, Object},
    uri,
    value::Value,
};

/// Most pairs that are read; more come from no form.
const PAIRS_MAX: usize = 1000;

pub(crate) fn parse(query: &'static [u8]) -> &'static Object {
    let object = Object::new(Class::Plain);
    for pair in query.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).take(PAIRS_MAX) {
        let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &b""[..]),
        };
        object.set(uri::decode_form(name), Value::string(uri::decode_form(value)));
    }
    object
}
