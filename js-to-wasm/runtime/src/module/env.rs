//! `purview:env`. In: a name. Out: the variable's value, or `undefined`. A name that is a literal has an import of its own, which the
//! compiler writes; what is here is for names that are chosen at run time, and for what the import gave.

use crate::{host, string::Str, text::text_at, value::Value};

builtins! {
    "purview:env.env" env(_this, args) {
        let name = crate::string_methods::well_formed(text_at(args, 0).bytes());
        host::env(&name).map_or(Value::UNDEFINED, |bytes| Value::string(Str::from_outside(bytes.leak())))
    }
}

direct! {
    "rt.outside" outside(start: usize, length: u32) -> Value {
        // SAFETY: compiled code passes a place that it has allocated and the host has filled.
        Value::string(Str::from_outside(unsafe { core::slice::from_raw_parts(start as *const u8, length as usize) }))
    }
}
