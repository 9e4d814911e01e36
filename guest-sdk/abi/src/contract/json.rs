//! Writes a contract as JSON. In: a [`Contract`]. Out: text that any JSON reader takes, the same bytes for the same
//! contract. Control characters are written as escapes, so that the text is safe to show on a terminal.

use alloc::string::String;
use core::fmt::Write as _;

use super::{Contract, Place, Proofs, Properties, Route, Verification};

pub(super) fn write(contract: &Contract) -> String {
    let mut w = Writer { out: String::new(), depth: 0, first: true };
    w.object(|w| {
        w.number("version", contract.version);
        w.optional("handler", contract.handler.as_ref(), handler);
        w.key("routes");
        w.array(&contract.routes, route);
        w.strings("modules", &contract.modules);
        w.key("functions");
        w.object(|w| {
            for (module, names) in &contract.functions {
                w.strings(module, names);
            }
        });
        w.section("env", |w| {
            w.strings("literal", &contract.env.literal);
            w.flag("dynamic", contract.env.dynamic);
        });
        w.section("egress", |w| {
            w.strings("hosts", &contract.egress.hosts);
            w.strings("origins", &contract.egress.origins);
            w.flag("dynamic", contract.egress.dynamic);
        });
        w.section("cache", |w| {
            w.strings("namespaces", &contract.cache.namespaces);
            w.flag("dynamic", contract.cache.dynamic);
        });
        w.section("sql", |w| w.strings("queries", &contract.sql.queries));
        w.section("assets", |w| w.strings("folders", &contract.assets.folders));
        w.key("imports");
        w.array(&contract.imports, |w, import| {
            w.object(|w| {
                w.text("module", &import.module);
                w.text("name", &import.name);
            });
        });
        w.flag("suspends", contract.suspends);
        w.section("limits", |w| {
            w.number("memoryBytesMin", contract.limits.memory_bytes_min);
            w.optional("memoryBytesMax", contract.limits.memory_bytes_max, |w, bytes| {
                w.display(bytes);
            });
        });
        w.section("properties", |w| {
            properties(w, &contract.properties);
            contract.proofs.iter().for_each(|found| proofs(w, found));
        });
        w.optional("verification", contract.verification.as_ref(), verification);
    });
    w.out
}

fn handler(w: &mut Writer, place: &Place) {
    w.object(|w| {
        w.text("path", &place.path);
        w.number("line", place.line);
        w.number("column", place.column);
    });
}

fn route(w: &mut Writer, route: &Route) {
    w.object(|w| {
        w.text("pattern", &route.pattern);
        w.text("type", route.kind.as_str());
        w.text("field", "path");
        w.optional("status", route.status, |w, status| w.display(status));
        w.optional("contentType", route.content_type.as_deref(), Writer::string);
        w.flag("aot", route.constant);
        w.text("method", &route.method);
        w.strings("params", &route.params);
    });
}

fn properties(w: &mut Writer, properties: &Properties) {
    w.flag("pure", properties.pure);
    w.flag("readOnly", properties.read_only);
    w.flag("stateless", properties.stateless);
    w.flag("deterministic", properties.deterministic);
    w.optional("stateIsolated", properties.state_isolated, |w, isolated| w.display(isolated));
}

fn proofs(w: &mut Writer, proofs: &Proofs) {
    w.flag("retrySafe", proofs.retry_safe);
    w.flag("idempotent", proofs.idempotent);
    w.flag("resultSafe", proofs.result_safe);
    w.flag("optionalSafe", proofs.optional_safe);
    w.flag("injectionSafe", proofs.injection_safe);
    w.flag("noSecretLeakage", proofs.no_secret_leakage);
    w.flag("secretsByName", proofs.secrets_by_name);
    w.flag("noCredentialLeakage", proofs.no_credential_leakage);
    w.flag("inputValidated", proofs.input_validated);
    w.text("cost", proofs.cost.as_str());
}

fn verification(w: &mut Writer, verification: &Verification) {
    w.object(|w| {
        w.flag("exhaustiveReturns", verification.exhaustive_returns);
        w.flag("resultsSafe", verification.results_safe);
        w.flag("unreachableCode", verification.unreachable_code);
        w.flag("bytecodeVerified", verification.bytecode_verified);
    });
}

/// Text in the making. `first` is true right after an opening bracket.
struct Writer {
    out: String,
    depth: usize,
    first: bool,
}

impl Writer {
    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        self.open('{');
        members(self);
        self.close('}');
    }

    fn array<T>(&mut self, items: &[T], each: impl Fn(&mut Self, &T)) {
        self.open('[');
        for item in items {
            self.separate();
            each(self, item);
        }
        self.close(']');
    }

    fn section(&mut self, name: &str, members: impl FnOnce(&mut Self)) {
        self.key(name);
        self.object(members);
    }

    fn strings(&mut self, name: &str, items: &[String]) {
        self.key(name);
        self.array(items, |w, item| w.string(item));
    }

    fn optional<T>(&mut self, name: &str, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.key(name);
        match value {
            Some(value) => write(self, value),
            None => self.out.push_str("null"),
        }
    }

    fn text(&mut self, name: &str, value: &str) {
        self.key(name);
        self.string(value);
    }

    fn flag(&mut self, name: &str, value: bool) {
        self.key(name);
        self.display(value);
    }

    fn number(&mut self, name: &str, value: impl Into<u64>) {
        self.key(name);
        self.display(value.into());
    }

    fn key(&mut self, name: &str) {
        self.separate();
        self.string(name);
        self.out.push_str(": ");
    }

    fn open(&mut self, bracket: char) {
        self.out.push(bracket);
        self.depth += 1;
        self.first = true;
    }

    fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if !self.first {
            self.new_line();
        }
        self.first = false;
        self.out.push(bracket);
    }

    fn separate(&mut self) {
        if !self.first {
            self.out.push(',');
        }
        self.first = false;
        self.new_line();
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    fn display(&mut self, value: impl core::fmt::Display) {
        write!(self.out, "{value}").expect("a string takes every text");
    }

    /// RFC 8259 section 7, and every other control character escaped too.
    fn string(&mut self, text: &str) {
        self.out.push('"');
        for character in text.chars() {
            match character {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                control if control.is_control() => {
                    write!(self.out, "\\u{:04x}", u32::from(control))
                        .expect("a string takes every text");
                }
                other => self.out.push(other),
            }
        }
        self.out.push('"');
    }
}
