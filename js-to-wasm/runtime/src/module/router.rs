//! `purview:router`: `routerMatch(routes, request)`. In: an object whose names are `METHOD /pattern`, and a request. Out: the first entry
//! that matches as `{handler, params}`, or `undefined`.

use alloc::vec::Vec;

use crate::{
    http::request,
    object::{Class, Object},
    string::Str,
    value::Value,
};

const PARAMS_MAX: usize = 8;

fn text(value: Value) -> &'static [u8] {
    value.as_string().map_or(b"", Str::bytes)
}

/// The parameters of a path that a pattern matches.
fn params(pattern: &'static [u8], path: &'static [u8]) -> Option<&'static Object> {
    let slash = |byte: &u8| *byte == b'/';
    let mut segments = path.split(slash);
    let params = Object::new(Class::Plain);
    for part in pattern.split(slash) {
        if part.first() == Some(&b'*') {
            return Some(params);
        }
        let segment = segments.next()?;
        match part {
            [b':', name @ ..] if !segment.is_empty() => {
                params.set(Str::of(name), Value::string(Str::of(segment)));
            }
            [b':', ..] => return None,
            _ if part != segment => return None,
            _ => {}
        }
    }
    (segments.next().is_none() && params.len() <= PARAMS_MAX).then_some(params)
}

builtins! {
    "purview:router.routerMatch" router_match(_this, args) {
        let request = args.get(1);
        let method = text(request::method(request));
        let url = match text(request::url(request)) {
            b"" => text(request::path(request)),
            url => url,
        };
        let path = url.split(|byte| *byte == b'?').next().unwrap_or_default();
        let routes: Vec<_> = args.first().as_object().map(Object::entries).unwrap_or_default();
        for (route, handler) in routes {
            let mut words = route.bytes().splitn(2, |byte| *byte == b' ');
            let (wanted, pattern) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            if !wanted.eq_ignore_ascii_case(method) {
                continue;
            }
            if let Some(params) = params(pattern, path) {
                let found = Object::with_capacity(Class::Plain, 2);
                found.set_field("handler", handler);
                found.set_field("params", Value::object(params));
                return Value::object(found);
            }
        }
        Value::UNDEFINED
    }
}
