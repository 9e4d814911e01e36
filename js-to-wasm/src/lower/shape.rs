//! Values from outside. In: an expression whose value must be looked at when the program runs, as the checker says. Out: the value with a
//! check of its shape, which faults with the path of what does not fit. Shapes that say nothing are not looked at.

use std::collections::HashMap;

use purview_js_runtime::shape::node;
use swc_ecma_ast::Expr as Node;

use super::{Lowering, ir::Expr};
use crate::check::types::{Form, FormField, FormId, Forms};

impl Lowering<'_> {
    /// The value, looked at if it comes from outside.
    pub(super) fn looked_at(&mut self, value: Expr, node: &Node) -> Expr {
        let place = self.place(node);
        let checks = self.program.types.checks();
        let Some(check) = checks.at(place) else { return value };
        let mut shape = Shape { forms: &checks.forms, known: HashMap::new(), bytes: Vec::new() };
        shape.node(check.form);
        if shape.says_nothing() {
            return value;
        }
        let shape = Expr::Text(self.ir.texts.id(&shape.bytes));
        let name = match check.result {
            true => match &*self.ir.functions[self.function.0 as usize].name {
                "(arrow)" => format!("result{}", check.name),
                name => format!("{name}(){}", check.name),
            },
            false => check.name.clone(),
        };
        let name = self.text(&name);
        Expr::Direct("rt.shaped", vec![value, shape, name]).at(place)
    }
}

/// A shape as it is written.
struct Shape<'a> {
    forms: &'a Forms,
    /// Where the forms lie.
    known: HashMap<FormId, u32>,
    bytes: Vec<u8>,
}

impl Shape<'_> {
    /// Writes a form, and gives its place.
    fn node(&mut self, form: FormId) -> u32 {
        if let Some(&known) = self.known.get(&form) {
            return known;
        }
        // What refers back to it finds it where it will be.
        let at = self.bytes.len() as u32;
        self.known.insert(form, at);
        let forms = self.forms;
        match forms.get(form) {
            Form::Any => self.bytes.push(node::ANY),
            Form::Number => self.bytes.push(node::NUMBER),
            Form::String => self.bytes.push(node::STRING),
            Form::True => self.bytes.push(node::TRUE),
            Form::False => self.bytes.push(node::FALSE),
            Form::Absent => self.bytes.push(node::ABSENT),
            Form::ObjectLike => self.bytes.push(node::OBJECT_LIKE),
            Form::Exact(number) => {
                self.bytes.push(node::EXACT);
                self.bytes.extend_from_slice(&number.to_le_bytes());
            }
            Form::Text(text) => match u16::try_from(text.len()) {
                Ok(length) => {
                    self.bytes.push(node::TEXT);
                    self.bytes.extend_from_slice(&length.to_le_bytes());
                    self.bytes.extend_from_slice(text.as_bytes());
                }
                Err(_) => self.bytes.push(node::STRING),
            },
            Form::Array(of) => self.around(node::ARRAY, *of),
            Form::Record(of) => self.around(node::RECORD, *of),
            Form::Tuple(list) => self.several(node::TUPLE, list),
            Form::Union(list) => self.several(node::UNION, list),
            Form::Object(fields) => self.object(fields),
        }
        at
    }

    /// Whether every value has the shape.
    fn says_nothing(&self) -> bool {
        self.bytes.first() == Some(&node::ANY)
    }

    /// Writes where a node lies.
    fn refer(&mut self, place: usize, node: u32) {
        self.bytes[place..place + 4].copy_from_slice(&node.to_le_bytes());
    }

    fn around(&mut self, kind: u8, inner: FormId) {
        let place = self.bytes.len() + 1;
        self.bytes.extend_from_slice(&[kind, 0, 0, 0, 0]);
        let inner = self.node(inner);
        self.refer(place, inner);
    }

    fn several(&mut self, kind: u8, list: &[FormId]) {
        let Ok(count) = u16::try_from(list.len()) else { return self.bytes.push(node::ANY) };
        self.bytes.push(kind);
        self.bytes.extend_from_slice(&count.to_le_bytes());
        let places = self.bytes.len();
        self.bytes.resize(places + list.len() * 4, 0);
        for (index, form) in list.iter().enumerate() {
            let inner = self.node(*form);
            self.refer(places + index * 4, inner);
        }
    }

    fn object(&mut self, fields: &[FormField]) {
        let short = |field: &FormField| u16::try_from(field.name.len()).is_ok();
        let (Ok(count), true) = (u16::try_from(fields.len()), fields.iter().all(short)) else {
            return self.bytes.push(node::OBJECT_LIKE);
        };
        self.bytes.push(node::OBJECT);
        self.bytes.extend_from_slice(&count.to_le_bytes());
        let mut places = Vec::with_capacity(fields.len());
        for field in fields {
            self.bytes.push(u8::from(field.optional));
            places.push(self.bytes.len());
            self.bytes.extend_from_slice(&[0; 4]);
            self.bytes.extend_from_slice(&(field.name.len() as u16).to_le_bytes());
            self.bytes.extend_from_slice(field.name.as_bytes());
        }
        for (field, place) in fields.iter().zip(places) {
            let inner = self.node(field.form);
            self.refer(place, inner);
        }
    }
}
