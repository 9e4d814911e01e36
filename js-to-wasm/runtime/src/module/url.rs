//! `purview:url`. In: texts. Out: texts and objects.

use crate::{
    http::{query, url::new_url},
    object::{Class, Object},
    text::{or_undefined, string_at},
    uri,
    value::Value,
};

fn search_params(text: &'static [u8]) -> Value {
    Value::object(query::parse(text.strip_prefix(b"?").unwrap_or(text)))
}

builtins! {
    "purview:url.urlEncode" url_encode(this, args) {
        if string_at(args, 0).is_none() {
            return Value::UNDEFINED;
        }
        // SAFETY: the arguments are those that this function got.
        unsafe { uri::encode_component(this, args.len() as u32, args.as_ptr()) }
    }
    "purview:url.urlDecode" url_decode(_this, args) {
        or_undefined(string_at(args, 0).map(|text| Value::string(uri::decode_form(text.bytes()))))
    }
    "purview:url.urlSearchParams" url_search_params(_this, args) {
        or_undefined(string_at(args, 0).map(|text| search_params(text.bytes())))
    }
    "purview:url.urlParse" url_parse(this, args) {
        // SAFETY: the arguments are those that this function got.
        let parsed = unsafe { new_url(this, args.len() as u32, args.as_ptr()) };
        let Some(url) = parsed.as_object() else { return Value::UNDEFINED };
        let field = |name| url.field(name).unwrap_or(Value::UNDEFINED);
        let result = Object::with_capacity(Class::Plain, 7);
        result.set_field("protocol", field("protocol"));
        result.set_field("host", field("hostname"));
        result.set_field("port", field("port"));
        result.set_field("path", field("pathname"));
        result.set_field("query", field("search"));
        result.set_field("hash", field("hash"));
        let search = field("search").as_string().map_or(&b""[..], |text| text.bytes());
        result.set_field("searchParams", search_params(search));
        Value::object(result)
    }
}
