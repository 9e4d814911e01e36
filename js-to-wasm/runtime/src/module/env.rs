//! `purview:env`. In: a name. Out: the variable's value, or `undefined`. A name that is a literal has an import of its own.

use crate::{
    fault::{self, Code},
    host::{self, Bound},
    text::{bytes_at, or_undefined, outside},
    value::Value,
};

builtins! {
    "purview:env.env" env(_this, args) {
        or_undefined(bytes_at(args, 0).and_then(|name| host::variable(&name)).map(outside))
    }
    "bound purview:env.env" bound_env(this, args) {
        let _ = args;
        or_undefined(host::bound_variable(Bound::of(this)).map(outside))
    }
}

direct! {
    "rt.unproven" unproven() -> Value {
        fault::raise_static(Code::Type, "a value is none of those that the compiler has proven")
    }
}
