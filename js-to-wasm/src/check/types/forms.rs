//! What a type asks of a value when the program runs. In: types of the checker. Out: [`Forms`], which need nothing of the checker any more.
//! Types that say nothing about JSON (functions, what the library makes, type parameters) are any value.

use std::collections::HashMap;

use swc_atoms::Atom;

use super::{
    Checker,
    ty::{Kind, Presence, Record, Ty},
};

/// One form: an index into [`Forms`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FormId(u32);

/// What a value looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// Any value.
    Any,
    /// A number.
    Number,
    /// A string.
    String,
    /// `true`.
    True,
    /// `false`.
    False,
    /// `undefined`, or JSON null.
    Absent,
    /// An object or a list.
    ObjectLike,
    /// One number.
    Exact(f64),
    /// One string.
    Text(Atom),
    /// A list.
    Array(FormId),
    /// An object whose fields have any names.
    Record(FormId),
    /// A list of at most this length.
    Tuple(Vec<FormId>),
    /// An object with at least these fields.
    Object(Vec<FormField>),
    /// One of several.
    Union(Vec<FormId>),
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// Its name.
    pub name: Atom,
    /// Whether it may be missing.
    pub optional: bool,
    /// What it looks like.
    pub form: FormId,
}

/// Every form that a program asks for.
#[derive(Debug, Default)]
pub struct Forms {
    list: Vec<Form>,
    known: HashMap<Ty, FormId>,
}

/// Types in types beyond this depth are any value: such a type grows without end.
const DEPTH_MAX: usize = 40;
/// So is what comes after so many.
const FORMS_MAX: usize = 20_000;

impl Forms {
    /// The form of an id.
    pub fn get(&self, id: FormId) -> &Form {
        &self.list[id.0 as usize]
    }

    fn push(&mut self, form: Form) -> FormId {
        self.list.push(form);
        FormId(self.list.len() as u32 - 1)
    }
}

impl Checker<'_> {
    /// What a type asks of a value.
    pub(super) fn form_of(&mut self, forms: &mut Forms, ty: Ty) -> FormId {
        self.form_at(forms, ty, 0)
    }

    fn form_at(&mut self, forms: &mut Forms, ty: Ty, depth: usize) -> FormId {
        if let Some(&known) = forms.known.get(&ty) {
            return known;
        }
        // What refers back to the type finds it here.
        let id = forms.push(Form::Any);
        forms.known.insert(ty, id);
        if depth < DEPTH_MAX && forms.list.len() < FORMS_MAX && !self.is_library(ty) {
            let plain = self.plain(ty);
            let kind = self.store.kind(plain).clone();
            forms.list[id.0 as usize] = self.form(forms, kind, depth + 1);
        }
        id
    }

    fn form(&mut self, forms: &mut Forms, kind: Kind, depth: usize) -> Form {
        match kind {
            Kind::Number => Form::Number,
            Kind::String | Kind::Template(..) => Form::String,
            Kind::Boolean => Form::Union(vec![forms.push(Form::True), forms.push(Form::False)]),
            Kind::BoolLiteral(true, _) => Form::True,
            Kind::BoolLiteral(false, _) => Form::False,
            Kind::NumberLiteral(bits, _) => Form::Exact(f64::from_bits(bits)),
            Kind::StringLiteral(text, _) => Form::Text(text),
            Kind::Undefined => Form::Absent,
            Kind::Object => Form::ObjectLike,
            Kind::Array(of, _) => Form::Array(self.form_at(forms, of, depth)),
            Kind::Tuple(elements, _) => {
                let endless = elements.iter().any(|element| element.presence == Presence::Rest);
                let mut list = Vec::new();
                for element in elements.iter() {
                    let form = self.form_at(forms, element.ty, depth);
                    let may_miss = element.presence == Presence::Optional;
                    list.push(if may_miss { or_absent(forms, form) } else { form });
                }
                match endless {
                    true => Form::Array(forms.push(Form::Union(list))),
                    false => Form::Tuple(list),
                }
            }
            Kind::Union(parts) => {
                Form::Union(parts.iter().map(|&part| self.form_at(forms, part, depth)).collect())
            }
            Kind::Record(record) if record.calls.is_empty() => {
                self.form_of_record(forms, &record, depth)
            }
            _ => Form::Any,
        }
    }

    fn form_of_record(&mut self, forms: &mut Forms, record: &Record, depth: usize) -> Form {
        if let (true, Some(each)) = (record.fields.is_empty(), record.index) {
            return Form::Record(self.form_at(forms, each, depth));
        }
        let field = |field: &super::ty::Field| FormField {
            name: field.name.clone(),
            optional: field.optional,
            form: self.form_at(forms, field.ty, depth),
        };
        Form::Object(record.fields.iter().map(field).collect())
    }
}

fn or_absent(forms: &mut Forms, form: FormId) -> FormId {
    let absent = forms.push(Form::Absent);
    forms.push(Form::Union(vec![form, absent]))
}
