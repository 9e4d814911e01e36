//! What the evaluation knows besides variables: objects by the place that makes them, functions, and what was found. In: values. Out:
//! values, and [`Facts`].

use std::collections::{BTreeMap, BTreeSet};

use swc_common::Span as TreeSpan;
use swc_ecma_ast::{Expr, Pat, Stmt};

use super::{
    Flow, join,
    scope::{FunctionKey, VarId},
    value::{Callable, Labels, ObjectId, Text, Value},
};
use crate::{parse::offset, source::Span};

/// Everything that is not of the program, and everything that was given to it.
pub(super) const OUTSIDE: ObjectId = ObjectId(0);
/// The request.
pub(super) const REQUEST: ObjectId = ObjectId(1);
/// Its headers.
pub(super) const HEADERS: ObjectId = ObjectId(2);

/// Most fields of one object that are told apart.
const FIELDS_MAX: usize = 256;

/// Whether an object is none that the program makes.
pub(super) fn is_special(object: ObjectId) -> bool {
    object.0 <= HEADERS.0
}

/// What kind of object a place makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An object literal and the like.
    Plain,
    /// An array.
    Array,
    /// A `Map`: values in `rest`, keys in the field `key`.
    Map,
    /// A `Set`.
    Set,
    /// A `Result`: fields `value` and `error`.
    Result,
    /// An HTML element; what it shows in `rest`.
    Element,
    /// A `Response` or `Headers` of the program.
    Http,
    /// What a built-in function holds.
    Held,
}

/// An object.
#[derive(Debug, Clone)]
pub(super) struct Object {
    pub(super) kind: Kind,
    fields: BTreeMap<String, Value>,
    /// Elements, and fields whose names are not known.
    rest: Value,
    /// It was given away: anything may be in it.
    outside: bool,
    /// More than the elements that were written in a literal may be in it.
    pub(super) grown: bool,
    /// Where the names of its fields came from.
    names: Labels,
}

impl Object {
    pub(super) fn special() -> Vec<Self> {
        (0..=HEADERS.0).map(|_| Self::new(Kind::Plain)).collect()
    }

    fn new(kind: Kind) -> Self {
        let (fields, rest) = (BTreeMap::new(), Value::none());
        Self { kind, fields, rest, outside: false, grown: false, names: Labels::NONE }
    }

    /// Every value that it holds.
    pub(super) fn contents(&self) -> impl Iterator<Item = &Value> {
        self.fields.values().chain([&self.rest])
    }

    /// Everything that it holds, together.
    pub(super) fn held(&self) -> Value {
        self.contents().fold(Value::none(), |all, value| all.joined(value))
    }

    fn field(&self, name: &str) -> Value {
        let known = self.fields.get(name).cloned().unwrap_or_default();
        known.joined(&self.rest)
    }
}

/// A function of the program.
#[derive(Debug)]
pub(super) struct Function<'a> {
    pub(super) key: FunctionKey,
    pub(super) module: usize,
    pub(super) name: String,
    pub(super) params: Vec<&'a Pat>,
    pub(super) body: Body<'a>,
    pub(super) called: bool,
    pub(super) returns: Value,
}

/// The body of a function.
#[derive(Debug, Clone, Copy)]
pub(super) enum Body<'a> {
    Statements(&'a [Stmt]),
    Expression(&'a Expr),
}

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::contract) enum Caller {
    /// The top level of a module.
    Top,
    /// A function, by its place in [`Facts::functions`].
    Function(u32),
    /// A built-in that was given a function.
    Outside,
}

/// What a function does besides computing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::contract) enum Effect {
    /// Reads an environment variable.
    Env,
    /// Reads the clock.
    Clock,
    /// Takes random bytes.
    Random,
    /// Writes a log line.
    Log,
    /// Reads the cache.
    CacheRead,
    /// Changes the cache.
    CacheWrite,
    /// Sends a request.
    Egress,
    /// Reads the database.
    SqlRead,
    /// Changes the database.
    SqlWrite,
    /// Counts against a rate limit.
    Rate,
    /// Sends parts of the response before the handler ends.
    Stream,
}

/// A value that reaches a place where it should not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::contract) enum Leak {
    /// A secret, by its name, in a response, a log line or a URL.
    Secret,
    /// Any environment variable in such a place.
    Env,
    /// A credential of the request in such a place.
    Credential,
    /// Text from outside in HTML, in a URL or in a statement, without being escaped.
    Injection,
    /// The request's data, not validated, in an outgoing request, a statement or HTML.
    Unchecked,
    /// The value of a result, where types do not show that it was looked at.
    Result,
    /// A value that may be missing, where types do not show that it was looked at.
    Optional,
}

/// How often something runs for each call of its function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::contract) enum Multiplicity {
    /// A number of times that the text of the program bounds.
    Constant,
    /// Once for each part of some data.
    Linear,
    /// More often.
    Unbounded,
}

impl Multiplicity {
    /// One inside of the other.
    pub(in crate::contract) fn times(self, inner: Self) -> Self {
        match (self, inner) {
            (Self::Constant, other) | (other, Self::Constant) => other,
            _ => Self::Unbounded,
        }
    }
}

/// What a write changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::contract) enum Written {
    Var(VarId),
    Object(ObjectId),
    /// What the host's library keeps in the instance: schemas and statements.
    Registry,
}

/// A write to what may live longer than a request.
pub(in crate::contract) type Touched = (Caller, Written, Span);

/// A call of a function of the host.
#[derive(Debug, Clone, Default)]
pub(in crate::contract) struct Site {
    /// Texts of the first arguments: all that can reach the call.
    pub(in crate::contract) texts: [BTreeSet<Text>; 3],
    /// Whether the argument can be missing.
    pub(in crate::contract) absent: [bool; 3],
    /// Texts of the URL of a request.
    pub(in crate::contract) urls: BTreeSet<Text>,
}

impl Site {
    /// Makes the record independent of objects: JSON of an object is some text.
    pub(super) fn resolve(&mut self, _objects: &[Object]) {
        for texts in self.texts.iter_mut().chain([&mut self.urls]) {
            if texts.iter().any(|text| matches!(text, Text::Json(_))) {
                texts.retain(|text| !matches!(text, Text::Json(_)));
                texts.insert(Text::Begins(String::new()));
            }
        }
    }
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(in crate::contract) struct Facts {
    /// Everything was looked at.
    pub(in crate::contract) complete: bool,
    /// Calls of the host by place, module and name of the function, and whether the call names the function itself; else it goes
    /// through a value.
    pub(in crate::contract) sites: BTreeMap<(Span, (&'static str, &'static str), bool), Site>,
    /// Functions that answer requests.
    pub(in crate::contract) handlers: BTreeSet<u32>,
    /// Names and places of functions.
    pub(in crate::contract) functions: Vec<(String, Span)>,
    /// Who calls which function where, and how often.
    pub(in crate::contract) calls: BTreeMap<(Caller, u32, Span), Multiplicity>,
    /// Who does what where.
    pub(in crate::contract) effects: BTreeSet<(Caller, Effect, Span)>,
    /// Loops: whose, where, how often the body runs.
    pub(in crate::contract) loops: BTreeMap<(Caller, Span), Multiplicity>,
    /// Writes to what lives longer than a request.
    pub(in crate::contract) touched: BTreeSet<Touched>,
    /// Values that reach a place where they should not be.
    pub(in crate::contract) leaks: BTreeSet<(Caller, Leak, Span)>,
    /// The outside is calling.
    pub(super) outside: bool,
}

impl Flow<'_> {
    /// A place for diagnostics.
    pub(super) fn place(&self, span: TreeSpan) -> Span {
        self.program.modules[self.module].span(span)
    }

    /// Who is being evaluated.
    pub(super) fn caller(&self) -> Caller {
        match self.current {
            Some(function) => Caller::Function(function.0),
            None if self.facts.outside => Caller::Outside,
            None => Caller::Top,
        }
    }

    /// Records an effect.
    pub(super) fn effect(&mut self, effect: Effect, place: Span) {
        let caller = self.caller();
        self.facts.effects.insert((caller, effect, place));
    }

    /// Records that a value reaches a place that is seen from outside.
    pub(super) fn shown(&mut self, value: &Value, place: Span) {
        let labels = self.deep_labels(value);
        for (label, leak) in [
            (Labels::SECRET, Leak::Secret),
            (Labels::ENV, Leak::Env),
            (Labels::CREDENTIAL, Leak::Credential),
        ] {
            if labels.has(label) {
                self.leaked(leak, place);
            }
        }
    }

    /// Records a leak.
    pub(super) fn leaked(&mut self, leak: Leak, place: Span) {
        let caller = self.caller();
        self.facts.leaks.insert((caller, leak, place));
    }

    /// The object that this place makes.
    pub(super) fn make(&mut self, span: TreeSpan, kind: Kind, tag: u8) -> ObjectId {
        let key = (self.module, offset(span.lo), offset(span.hi), tag);
        if let Some(id) = self.object_ids.get(&key) {
            return *id;
        }
        let id = ObjectId(self.objects.len() as u32);
        self.objects.push(Object::new(kind));
        self.object_ids.insert(key, id);
        self.changed = true;
        id
    }

    /// The entries of a map, as one array.
    pub(super) fn entry_object(&mut self, map: ObjectId) -> ObjectId {
        let key = (usize::MAX, map.0, 0, 70);
        if let Some(id) = self.object_ids.get(&key) {
            return *id;
        }
        let id = ObjectId(self.objects.len() as u32);
        self.objects.push(Object::new(Kind::Array));
        self.object_ids.insert(key, id);
        self.changed = true;
        id
    }

    /// The object that a call at this place makes.
    pub(super) fn make_at(&mut self, place: Span, kind: Kind, tag: u8) -> ObjectId {
        let key = (usize::MAX - place.file.0 as usize, place.start, place.end, tag);
        if let Some(id) = self.object_ids.get(&key) {
            return *id;
        }
        let id = ObjectId(self.objects.len() as u32);
        self.objects.push(Object::new(kind));
        self.object_ids.insert(key, id);
        self.changed = true;
        id
    }

    pub(super) fn kind(&self, object: ObjectId) -> Kind {
        self.objects[object.0 as usize].kind
    }

    /// The fields of an object that were written under their names.
    pub(super) fn fields(&self, object: ObjectId) -> Vec<(String, Value)> {
        let fields = &self.objects[object.0 as usize].fields;
        fields.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// Whether nothing but the elements of its literal is in an array.
    pub(super) fn is_fixed(&self, object: ObjectId) -> bool {
        let object = &self.objects[object.0 as usize];
        object.kind == Kind::Array && !object.grown && !object.outside
    }

    /// Whether anything may have been done with an object.
    pub(super) fn is_outside(&self, object: ObjectId) -> bool {
        self.objects[object.0 as usize].outside
    }

    /// Whether an object has only the fields that its literal names.
    pub(super) fn is_literal(&self, object: ObjectId) -> bool {
        let found = &self.objects[object.0 as usize];
        found.kind == Kind::Plain
            && !is_special(object)
            && !found.outside
            && found.rest == Value::none()
    }

    pub(super) fn grow(&mut self, object: ObjectId) {
        let object = &mut self.objects[object.0 as usize];
        self.changed |= !object.grown;
        object.grown = true;
    }

    /// Anything from outside.
    pub(super) fn outside_value(&self) -> Value {
        let held = self.objects[OUTSIDE.0 as usize].held();
        let outside = Value::scalar().joined(&Value::object(OUTSIDE));
        outside.joined(&held)
    }

    /// Anything that comes out of an object of the outside.
    pub(super) fn outside_with(&self, labels: Labels) -> Value {
        self.outside_value().labelled(labels)
    }

    /// Gives a value away: from now on anything may be done with what it holds.
    pub(super) fn leak(&mut self, value: &Value) {
        let round = self.round;
        let held = &mut self.objects[OUTSIDE.0 as usize].rest;
        self.changed |= join(held, value, round);
        let mut open: Vec<ObjectId> = value.objects.iter().copied().collect();
        for callable in &value.functions {
            if let Callable::Made(_, object) = callable {
                open.push(*object);
            }
        }
        while let Some(id) = open.pop() {
            if is_special(id) {
                continue;
            }
            let object = &mut self.objects[id.0 as usize];
            if !object.outside {
                object.outside = true;
                object.grown = true;
                self.changed = true;
            }
            let contents = object.held().labelled(object.names);
            self.work += 1 + contents.len() as u64;
            let held = &mut self.objects[OUTSIDE.0 as usize].rest;
            if join(held, &contents, round) {
                self.changed = true;
                open.extend(&contents.objects);
            }
        }
    }

    /// A field of an object, by its name.
    pub(super) fn field(&self, object: ObjectId, name: &str) -> Value {
        match object {
            OUTSIDE => self.outside_value(),
            REQUEST => self.request_field(name),
            HEADERS => self.header(Some(name)),
            _ => {
                let found = &self.objects[object.0 as usize];
                let value = found.field(name).or_undefined();
                if found.outside { value.joined(&self.outside_value()) } else { value }
            }
        }
    }

    /// A field that was written under this very name.
    pub(super) fn named_field(&self, object: ObjectId, name: &str) -> Value {
        self.objects[object.0 as usize].fields.get(name).cloned().unwrap_or_default()
    }

    /// A field that may have any name, or any element.
    pub(super) fn any_field(&self, object: ObjectId) -> Value {
        match object {
            OUTSIDE => self.outside_value(),
            REQUEST => {
                let own = self.objects[REQUEST.0 as usize].held();
                let credential = Labels::REQUEST.with(Labels::CREDENTIAL);
                self.outside_with(credential).joined(&own).joined(&Value::object(HEADERS))
            }
            HEADERS => self.header(None),
            _ => {
                let found = &self.objects[object.0 as usize];
                let value = found.held().or_undefined();
                if found.outside { value.joined(&self.outside_value()) } else { value }
            }
        }
    }

    /// The elements of an array, the values of a map.
    pub(super) fn elements(&self, object: ObjectId) -> Value {
        if is_special(object) {
            return self.any_field(object);
        }
        let found = &self.objects[object.0 as usize];
        if found.outside {
            found.rest.clone().joined(&self.outside_value())
        } else {
            found.rest.clone()
        }
    }

    fn request_field(&self, name: &str) -> Value {
        let own = self.objects[REQUEST.0 as usize].field(name);
        let known = match name {
            "headers" => Value::object(HEADERS).labelled(Labels::REQUEST),
            "method" | "url" | "path" => Value::any_text().labelled(Labels::REQUEST),
            _ => self.outside_with(Labels::REQUEST),
        };
        known.joined(&own)
    }

    /// A header by its name, or any.
    pub(super) fn header(&self, name: Option<&str>) -> Value {
        let own = match name {
            Some(name) => self.objects[HEADERS.0 as usize].field(name),
            None => self.objects[HEADERS.0 as usize].held(),
        };
        let proves = name.is_none_or(|name| {
            ["authorization", "proxy-authorization", "cookie"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name))
                || name.to_ascii_lowercase().starts_with("x-api-")
        });
        let labels =
            if proves { Labels::REQUEST.with(Labels::CREDENTIAL) } else { Labels::REQUEST };
        Value::any_text().or_undefined().labelled(labels).joined(&own)
    }

    /// Writes a field. None: any field, or an element.
    pub(super) fn write(&mut self, object: ObjectId, name: Option<&str>, value: &Value) {
        let round = self.round;
        if object == OUTSIDE {
            return self.leak(value);
        }
        let found = &mut self.objects[object.0 as usize];
        let name =
            name.filter(|name| found.fields.contains_key(*name) || found.fields.len() < FIELDS_MAX);
        let slot = match name {
            Some(name) => found.fields.entry(name.to_owned()).or_default(),
            None => &mut found.rest,
        };
        self.changed |= join(slot, value, round);
        if found.outside {
            self.leak(value);
        }
    }

    /// Names of an object's fields are made of something.
    pub(super) fn named_by(&mut self, object: ObjectId, labels: Labels) {
        let found = &mut self.objects[object.0 as usize];
        let names = found.names.with(labels);
        self.changed |= names != found.names;
        found.names = names;
    }

    /// Where the names of an object's fields came from.
    pub(super) fn names_labels(&self, object: ObjectId) -> Labels {
        self.objects[object.0 as usize].names
    }

    /// Copies what one object holds into another.
    pub(super) fn copy(&mut self, from: ObjectId, into: ObjectId) {
        self.named_by(into, self.names_labels(from));
        if is_special(from) || self.objects[from.0 as usize].outside {
            let value = self.any_field(from);
            self.write(into, None, &value);
        }
        if from == into {
            return;
        }
        for (name, value) in self.fields(from) {
            self.write(into, Some(&name), &value);
        }
        let rest = self.objects[from.0 as usize].rest.clone();
        self.write(into, None, &rest);
    }

    /// Records that an object changes after it was made.
    pub(super) fn mutated(&mut self, object: ObjectId, place: Span) {
        if is_special(object) {
            return;
        }
        let caller = self.caller();
        self.facts.touched.insert((caller, Written::Object(object), place));
    }

    /// Records that something is registered in the instance.
    pub(super) fn registered(&mut self, place: Span) {
        let caller = self.caller();
        self.facts.touched.insert((caller, Written::Registry, place));
    }

    /// Labels of a value and of everything in it.
    pub(super) fn deep_labels(&self, value: &Value) -> Labels {
        let mut labels = value.labels;
        let mut seen = BTreeSet::new();
        let mut open: Vec<ObjectId> = value.objects.iter().copied().collect();
        open.extend(json_objects(value));
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            if id == REQUEST || id == HEADERS {
                labels = labels.with(Labels::REQUEST).with(Labels::CREDENTIAL);
            }
            let object = &self.objects[id.0 as usize];
            labels = labels.with(object.names);
            if object.outside {
                open.push(OUTSIDE);
            }
            for value in object.contents() {
                labels = labels.with(value.labels);
                open.extend(&value.objects);
                open.extend(json_objects(value));
            }
        }
        labels
    }
}

fn json_objects(value: &Value) -> impl Iterator<Item = ObjectId> {
    value.texts().filter_map(|text| match text {
        Text::Json(object) => Some(*object),
        _ => None,
    })
}
