//! `purview:sql`: statements that the program registers by name. In: parameters. Out: rows. The compiler takes the statements out of the
//! program; each has an import.

use alloc::vec::Vec;

use crate::{
    fault,
    function::Args,
    host::{self, Bound},
    json,
    object::{Class, Object},
    value::Value,
};

use super::io;

/// What the host says of a statement.
fn outcome(this: Value, args: Args<'_>, rows_max: u32) -> &'static Object {
    let mut params = Vec::new();
    if args.get(1).is_present() {
        json::push(&mut params, args.get(1));
    }
    let started = host::statement(Bound::of(this), &params, rows_max).ok();
    let text = started.and_then(io::outcome);
    let said = text.and_then(|text| json::parse(text.leak())).and_then(Value::as_object);
    said.unwrap_or_else(|| {
        let failed = Object::new(Class::Plain);
        failed.set_field("ok", Value::FALSE);
        failed.set_field("error", Value::fixed("Unavailable"));
        failed.set_field("details", Value::fixed("the statement was not run"));
        failed
    })
}

fn field(outcome: &Object, name: &str) -> Value {
    outcome.field(name).unwrap_or(Value::UNDEFINED)
}

fn succeeded(outcome: &Object) -> bool {
    outcome.field("ok") == Some(Value::TRUE)
}

/// The rows; a statement that fails is a fault.
fn rows(this: Value, args: Args<'_>, rows_max: u32) -> Value {
    let outcome = outcome(this, args, rows_max);
    if succeeded(outcome) {
        return field(outcome, "rows");
    }
    let text = |name| field(outcome, name).as_string().map_or(&b""[..], |text| text.bytes());
    fault::type_error(&[b"the statement failed: ", text("error"), b": ", text("details")])
}

builtins! {
    "bound purview:sql.sqlOne" sql_one(this, args) {
        rows(this, args, 1).as_array().map_or(Value::UNDEFINED, |rows| rows.get(0))
    }
    "bound purview:sql.sqlMany" sql_many(this, args) { rows(this, args, 0) }
    "bound purview:sql.sqlExec" sql_exec(this, args) {
        let outcome = outcome(this, args, 0);
        let result = Object::with_capacity(Class::Plain, 3);
        let affected = field(outcome, "rowsAffected");
        let affected = if affected.is_present() { affected } else { Value::number(0.0) };
        result.set_field("rowsAffected", affected);
        let names: &[&'static str] = if succeeded(outcome) { &["lastInsertRowId"] } else { &["error", "details"] };
        for name in names {
            let value = field(outcome, name);
            if value.is_present() {
                result.set_field(name, value);
            }
        }
        Value::object(result)
    }
}
