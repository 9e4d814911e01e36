//! Types as text for people, in the words of TypeScript. Long types are cut. Never happens here: deciding anything.

use std::fmt::Write as _;

use super::{
    bind::Tables,
    ty::{Access, Fresh, Kind, Presence, Signature, Store, Ty, Utility},
};

/// Most members of a union and fields of a record that are shown.
const LIST_MAX: usize = 8;
/// How deep a type is shown.
const DEPTH_MAX: usize = 4;
/// Longest text, in bytes.
const BYTES_MAX: usize = 200;

/// The text of a type.
pub(super) fn show(store: &Store, tables: &Tables<'_>, ty: Ty) -> String {
    let mut printer = Printer { store, tables, out: String::new() };
    printer.ty(ty, 0);
    let mut out = printer.out;
    if out.len() > BYTES_MAX {
        let mut end = BYTES_MAX;
        while !out.is_char_boundary(end) {
            end -= 1;
        }
        out.truncate(end);
        out.push('…');
    }
    out
}

struct Printer<'p, 'a> {
    store: &'p Store,
    tables: &'p Tables<'a>,
    out: String,
}

impl Printer<'_, '_> {
    fn ty(&mut self, ty: Ty, depth: usize) {
        if depth > DEPTH_MAX || self.out.len() > BYTES_MAX {
            self.out.push('…');
            return;
        }
        match self.store.kind(ty) {
            Kind::Dynamic => self.out.push_str("unknown"),
            Kind::Unknown => self.out.push_str("unknown"),
            Kind::Never => self.out.push_str("never"),
            Kind::Undefined => self.out.push_str("undefined"),
            Kind::Void => self.out.push_str("void"),
            Kind::Object => self.out.push_str("object"),
            Kind::Boolean => self.out.push_str("boolean"),
            Kind::Number => self.out.push_str("number"),
            Kind::String => self.out.push_str("string"),
            Kind::BoolLiteral(value, _) => _ = write!(self.out, "{value}"),
            Kind::NumberLiteral(bits, _) => _ = write!(self.out, "{}", f64::from_bits(*bits)),
            Kind::StringLiteral(text, _) => _ = write!(self.out, "{:?}", &**text),
            Kind::Template(texts, types) => self.template(texts, types, depth),
            Kind::Array(of, access) => {
                self.read_only(*access);
                self.operand(*of, depth);
                self.out.push_str("[]");
            }
            Kind::Tuple(elements, access) => {
                self.read_only(*access);
                self.out.push('[');
                for (at, element) in elements.iter().enumerate() {
                    self.separator(at, ", ");
                    if element.presence == Presence::Rest {
                        self.out.push_str("...");
                        self.operand(element.ty, depth);
                        self.out.push_str("[]");
                    } else {
                        self.ty(element.ty, depth + 1);
                        if element.presence == Presence::Optional {
                            self.out.push('?');
                        }
                    }
                }
                self.out.push(']');
            }
            Kind::Record(record) => self.record(record, depth),
            Kind::Function(list) => match list.first() {
                Some(signature) => self.signature(signature, " => ", depth),
                None => self.out.push_str("() => unknown"),
            },
            Kind::Union(parts) => self.list(parts, " | ", depth),
            Kind::Intersection(parts) => self.list(parts, " & ", depth),
            Kind::Named(decl, arguments) => {
                self.out.push_str(&self.tables.decl(*decl).name);
                self.arguments(arguments, depth);
            }
            Kind::Param(id) => self.out.push_str(&self.tables.params[id.0 as usize].name),
            Kind::KeyOf(of) => {
                self.out.push_str("keyof ");
                self.operand(*of, depth);
            }
            Kind::Indexed(object, index) => {
                self.operand(*object, depth);
                self.out.push('[');
                self.ty(*index, depth + 1);
                self.out.push(']');
            }
            Kind::Utility(utility, arguments) => {
                self.out.push_str(utility_name(*utility));
                self.arguments(arguments, depth);
            }
        }
    }

    fn read_only(&mut self, access: Access) {
        if access == Access::ReadOnly {
            self.out.push_str("readonly ");
        }
    }

    fn separator(&mut self, at: usize, text: &str) {
        if at > 0 {
            self.out.push_str(text);
        }
    }

    fn arguments(&mut self, arguments: &[Ty], depth: usize) {
        if !arguments.is_empty() {
            self.out.push('<');
            for (at, &argument) in arguments.iter().enumerate() {
                self.separator(at, ", ");
                self.ty(argument, depth + 1);
            }
            self.out.push('>');
        }
    }

    /// A type in front of `[]`.
    fn operand(&mut self, ty: Ty, depth: usize) {
        let wrapped = matches!(
            self.store.kind(ty),
            Kind::Union(_) | Kind::Intersection(_) | Kind::Function(_) | Kind::KeyOf(_)
        );
        if wrapped {
            self.out.push('(');
        }
        self.ty(ty, depth + 1);
        if wrapped {
            self.out.push(')');
        }
    }

    fn list(&mut self, parts: &[Ty], between: &str, depth: usize) {
        for (at, &part) in parts.iter().take(LIST_MAX).enumerate() {
            self.separator(at, between);
            match self.store.kind(part) {
                Kind::Function(_) => self.operand(part, depth),
                _ => self.ty(part, depth + 1),
            }
        }
        if parts.len() > LIST_MAX {
            _ = write!(self.out, "{between}…{} more", parts.len() - LIST_MAX);
        }
    }

    fn template(&mut self, texts: &[swc_atoms::Atom], types: &[Ty], depth: usize) {
        self.out.push('`');
        for (at, text) in texts.iter().enumerate() {
            self.out.push_str(text);
            if let Some(&ty) = types.get(at) {
                self.out.push_str("${");
                self.ty(ty, depth + 1);
                self.out.push('}');
            }
        }
        self.out.push('`');
    }

    fn record(&mut self, record: &super::ty::Record, depth: usize) {
        if record.fields.is_empty() && record.index.is_none() {
            match record.calls.first() {
                Some(signature) => self.signature(signature, " => ", depth),
                None => self.out.push_str("{}"),
            }
            return;
        }
        self.out.push_str("{ ");
        let mut count = 0;
        if let Some(index) = record.index {
            self.out.push_str("[name: string]: ");
            self.ty(index, depth + 1);
            count += 1;
        }
        // Methods say little where there are data.
        let is_data =
            |field: &&super::ty::Field| !matches!(self.store.kind(field.ty), Kind::Function(_));
        let data = record.fields.iter().filter(is_data).count();
        let hide = data > 0 && record.fields.len() - data > 2;
        let shown: Vec<_> = record.fields.iter().filter(|field| !hide || is_data(field)).collect();
        for field in shown.iter().take(LIST_MAX) {
            self.separator(count, "; ");
            count += 1;
            self.read_only(field.access);
            self.out.push_str(&field.name);
            if field.optional {
                self.out.push('?');
            }
            self.out.push_str(": ");
            self.ty(field.ty, depth + 1);
        }
        if record.fields.len() > shown.len().min(LIST_MAX) {
            self.out.push_str("; …");
        }
        self.out.push_str(" }");
    }

    fn signature(&mut self, signature: &Signature, arrow: &str, depth: usize) {
        if !signature.generics.is_empty() {
            self.out.push('<');
            for (at, id) in signature.generics.iter().enumerate() {
                self.separator(at, ", ");
                self.out.push_str(&self.tables.params[id.0 as usize].name);
            }
            self.out.push('>');
        }
        self.out.push('(');
        for (at, param) in signature.params.iter().enumerate() {
            self.separator(at, ", ");
            if param.presence == Presence::Rest {
                self.out.push_str("...");
            }
            self.out.push_str(&param.name);
            if param.presence == Presence::Optional {
                self.out.push('?');
            }
            self.out.push_str(": ");
            if param.presence == Presence::Rest {
                self.operand(param.ty, depth);
                self.out.push_str("[]");
            } else {
                self.ty(param.ty, depth + 1);
            }
        }
        self.out.push(')');
        self.out.push_str(arrow);
        match signature.guard {
            Some((at, ty)) => {
                let name = signature.params.get(at as usize).map_or("value", |param| &param.name);
                _ = write!(self.out, "{name} is ");
                self.ty(ty, depth + 1);
            }
            None => self.ty(signature.result, depth + 1),
        }
    }
}

/// Whether a type is a literal as it stands in the program.
pub(super) fn is_fresh(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::BoolLiteral(_, Fresh::Yes)
            | Kind::NumberLiteral(_, Fresh::Yes)
            | Kind::StringLiteral(_, Fresh::Yes)
    )
}

const fn utility_name(utility: Utility) -> &'static str {
    match utility {
        Utility::Pick => "Pick",
        Utility::Omit => "Omit",
        Utility::Partial => "Partial",
        Utility::Required => "Required",
        Utility::Readonly => "Readonly",
        Utility::Record => "Record",
        Utility::Exclude => "Exclude",
        Utility::Extract => "Extract",
        Utility::NonNullable => "NonNullable",
        Utility::ReturnType => "ReturnType",
        Utility::Parameters => "Parameters",
        Utility::Flat => "Flat",
    }
}
