//! Patterns: a value taken apart into variables. In: a pattern and a value. Out: values of variables. Never happens here: writes to
//! objects.

use swc_ecma_ast::{ObjectPatProp, Pat, PropName};

use super::{
    Flow, ObjectId, Value,
    state::{self, Kind},
    value::Text,
};

impl<'a> Flow<'a> {
    /// Gives the variables of a pattern what they take from a value.
    pub(super) fn bind(&mut self, pattern: &'a Pat, value: &Value) {
        match pattern {
            Pat::Ident(name) => {
                if let Some(var) = self.names.declared(self.module, &name.id) {
                    self.assign(var, value);
                }
            }
            Pat::Assign(assign) => {
                let default = self.expression(&assign.right);
                let value = match value.may_be_undefined() {
                    true => value.clone().defined().joined(&default),
                    false => value.clone(),
                };
                self.bind(&assign.left, &value);
            }
            Pat::Array(list) => {
                let elements = self.iterated(value);
                for (index, element) in list.elems.iter().enumerate() {
                    match element {
                        Some(Pat::Rest(rest)) => {
                            let array = self.make(rest.span, Kind::Array, 0);
                            self.grow(array);
                            self.write(array, None, &elements);
                            self.bind(&rest.arg, &Value::object(array).labelled(value.labels));
                        }
                        Some(element) => {
                            let taken = self.element(value, index);
                            self.bind(element, &taken);
                        }
                        None => {}
                    }
                }
            }
            Pat::Object(object) => {
                object.props.iter().for_each(|prop| self.bind_property(prop, value))
            }
            Pat::Rest(rest) => self.bind(&rest.arg, value),
            Pat::Invalid(_) | Pat::Expr(_) => {}
        }
    }

    fn bind_property(&mut self, property: &'a ObjectPatProp, value: &Value) {
        match property {
            ObjectPatProp::KeyValue(pair) => {
                let key = self.property_key(&pair.key);
                let taken = self.get(value, &key);
                self.bind(&pair.value, &taken);
            }
            ObjectPatProp::Assign(name) => {
                let mut taken = self.get(value, &Value::text(&name.key.id.sym));
                if let Some(default) = &name.value {
                    let default = self.expression(default);
                    if taken.may_be_undefined() {
                        taken = taken.defined().joined(&default);
                    }
                }
                if let Some(var) = self.names.declared(self.module, &name.key.id) {
                    self.assign(var, &taken);
                }
            }
            ObjectPatProp::Rest(rest) => {
                let copy = self.make(rest.span, Kind::Plain, 0);
                self.spread_into(copy, value);
                self.bind(&rest.arg, &Value::object(copy).labelled(value.labels));
            }
        }
    }

    /// The key of a property as a value.
    pub(super) fn property_key(&mut self, name: &'a PropName) -> Value {
        match name {
            PropName::Ident(name) => Value::text(&name.sym),
            PropName::Str(text) => self.literal_text(&text.value),
            PropName::Num(number) => Value::number(number.value),
            PropName::Computed(computed) => self.expression(&computed.expr),
            PropName::BigInt(_) => Value::any_text(),
        }
    }

    /// Default values of parameters are evaluated when the function runs.
    pub(super) fn defaults(&mut self, pattern: &'a Pat) {
        match pattern {
            Pat::Assign(assign) => {
                let default = self.expression(&assign.right);
                self.bind(&assign.left, &default);
                self.defaults(&assign.left);
            }
            Pat::Array(list) => list.elems.iter().flatten().for_each(|inner| self.defaults(inner)),
            Pat::Object(object) => object.props.iter().for_each(|property| match property {
                ObjectPatProp::KeyValue(pair) => self.defaults(&pair.value),
                ObjectPatProp::Assign(name) => {
                    if let Some(default) = &name.value {
                        let default = self.expression(default);
                        if let Some(var) = self.names.declared(self.module, &name.key.id) {
                            self.assign(var, &default);
                        }
                    }
                }
                ObjectPatProp::Rest(rest) => self.defaults(&rest.arg),
            }),
            Pat::Rest(rest) => self.defaults(&rest.arg),
            Pat::Ident(_) | Pat::Invalid(_) | Pat::Expr(_) => {}
        }
    }

    /// The element of a value at a position.
    fn element(&mut self, value: &Value, _position: usize) -> Value {
        self.iterated(value).or_undefined()
    }

    /// What `for…of`, spread and array patterns take from a value.
    pub(super) fn iterated(&mut self, value: &Value) -> Value {
        let mut found = Value::none();
        for object in &value.objects {
            let elements = match self.kind(*object) {
                Kind::Map if !state::is_special(*object) => self.entries_of(*object),
                Kind::Element | Kind::Held => Value::none(),
                _ => self.elements(*object),
            };
            found.join(&elements);
        }
        if value.texts().next().is_some() {
            found.join(&Value::any_text());
        }
        found.labelled(value.labels)
    }

    /// `[key, value]` of a map.
    fn entries_of(&mut self, map: ObjectId) -> Value {
        let key = self.field(map, "key").defined();
        let value = self.elements(map);
        let entry = self.entry_object(map);
        self.write(entry, None, &key.joined(&value));
        Value::object(entry)
    }

    /// The texts of a value that are whole, if all are, as names of fields.
    pub(super) fn names_of(&self, key: &Value) -> Option<Vec<String>> {
        let key = match key.may_be_no_text() {
            true => key.as_text(),
            false => key.clone(),
        };
        key.texts()
            .map(|text| match text {
                Text::Whole(text) => Some(text.clone()),
                Text::Begins(_) | Text::Json(_) => None,
            })
            .collect()
    }
}
