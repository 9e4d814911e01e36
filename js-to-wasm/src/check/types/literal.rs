//! Lists and objects as they are written. In: the literal, and what is expected of it. Out: a fresh type that keeps every literal inside.

use std::sync::Arc;

use swc_atoms::Atom;
use swc_ecma_ast::{self as ast, Expr, Lit, Prop, PropName, PropOrSpread};

use super::{
    Checker,
    function::FunctionNode,
    ty::{Access, Element, Field, Fresh, Kind, Presence, Record, Ty, field},
};

/// Most elements that are remembered one by one.
const TUPLE_MAX: usize = 64;

impl<'a> Checker<'a> {
    pub(super) fn array(&mut self, node: &'a ast::ArrayLit, expected: Option<Ty>) -> Ty {
        let tuple = expected.and_then(|expected| self.expected_tuple(expected, node.elems.len()));
        let each = expected.and_then(|expected| self.expected_element(expected));
        let mut types = Vec::new();
        let mut spread = false;
        for (at, element) in node.elems.iter().enumerate() {
            let Some(element) = element else { continue };
            let context = match &tuple {
                Some(elements) => elements
                    .get(at)
                    .or(elements.last().filter(|last| last.presence == Presence::Rest))
                    .map(|element| element.ty),
                None => each,
            };
            if element.spread.is_some() {
                let ty = self.expr(&element.expr, expected);
                spread = true;
                types.push(self.spread_element(&element.expr, ty));
            } else {
                types.push(self.expr(&element.expr, context));
            }
        }
        if tuple.is_some() && !spread && types.len() <= TUPLE_MAX {
            let elements: Vec<Element> =
                types.into_iter().map(|ty| Element { ty, presence: Presence::Required }).collect();
            return self.store.intern(Kind::Tuple(elements.into(), Access::Mutable));
        }
        let types = self.normalized(types);
        let of = match types.is_empty() {
            true => each.unwrap_or(Ty::DYNAMIC),
            false => self.store.union(types),
        };
        // A literal stays only where somebody may ask for it.
        let of = if each.is_some() { of } else { self.store.widen(of) };
        self.store.array(of)
    }

    fn spread_element(&mut self, expr: &'a Expr, ty: Ty) -> Ty {
        match self.each_of(ty) {
            Some(of) => of,
            None => {
                self.not_a_list(expr, ty);
                Ty::DYNAMIC
            }
        }
    }

    /// The places of a tuple that is expected, when one of this length may be.
    fn expected_tuple(&mut self, expected: Ty, length: usize) -> Option<Arc<[Element]>> {
        let parts = self.parts(expected);
        let mut found = None;
        // A list of any length is the better form of a literal that is no such tuple.
        let mut listed = false;
        for &part in &parts {
            let part = self.resolve(part);
            listed |= matches!(self.store.kind(part), Kind::Array(..));
        }
        for part in parts {
            let part = match self.library_name(part) {
                // What a map is made of is expected as pairs.
                Some(_) => continue,
                None => self.resolve(part),
            };
            if let Kind::Tuple(elements, _) = self.store.kind(part).clone() {
                let least = elements
                    .iter()
                    .filter(|element| element.presence == Presence::Required)
                    .count();
                let open = elements.last().is_some_and(|last| last.presence == Presence::Rest);
                let fits = least <= length && (open || length <= elements.len());
                if fits || found.is_none() && !listed {
                    found = Some(elements);
                }
            }
        }
        found
    }

    /// What the elements of an expected list are.
    fn expected_element(&mut self, expected: Ty) -> Option<Ty> {
        let parts = self.parts(expected);
        let (mut list, mut of_tuples) = (Vec::new(), Vec::new());
        for part in parts {
            let shown = self.resolve(part);
            let tuple = matches!(self.store.kind(shown), Kind::Tuple(..));
            let listed = tuple
                || matches!(self.store.kind(shown), Kind::Array(..))
                || self.library_name(part).is_some();
            if listed && let Some(of) = self.each_of(part) {
                if tuple { &mut of_tuples } else { &mut list }.push(of);
            }
        }
        let list = if list.is_empty() { of_tuples } else { list };
        if list.is_empty() || list.contains(&Ty::DYNAMIC) {
            return None;
        }
        Some(self.store.union(list))
    }

    pub(super) fn object(&mut self, node: &'a ast::ObjectLit, expected: Option<Ty>) -> Ty {
        let mut object =
            Record { fields: Vec::new(), index: None, calls: Arc::from([]), fresh: Fresh::Yes };
        let mut unsure = false;
        for prop in &node.props {
            match prop {
                PropOrSpread::Spread(spread) => {
                    let ty = self.expr(&spread.expr, None);
                    self.check_object_spread(&spread.expr, ty);
                    unsure |= !self.spread_into(&mut object, ty);
                }
                PropOrSpread::Prop(prop) => self.object_field(&mut object, prop, expected),
            }
        }
        if unsure {
            return Ty::DYNAMIC;
        }
        self.store.intern(Kind::Record(Arc::new(object)))
    }

    fn object_field(&mut self, object: &mut Record, prop: &'a Prop, expected: Option<Ty>) {
        match prop {
            Prop::Shorthand(ident) => {
                let ty = self.shorthand(ident);
                put(object, field(ident.sym.clone(), ty));
            }
            Prop::KeyValue(node) => {
                let name = self.key(&node.key);
                let context = match &name {
                    Some(name) => expected.and_then(|expected| self.expected_field(expected, name)),
                    None => expected.and_then(|expected| self.expected_index(expected)),
                };
                let ty = self.expr(&node.value, context);
                match name {
                    Some(name) => put(object, field(name, ty)),
                    None => {
                        let wide = self.store.widen(ty);
                        let all =
                            object.index.map_or(wide, |known| self.store.union([known, wide]));
                        object.index = Some(all);
                    }
                }
            }
            Prop::Method(node) => {
                let Some(name) = self.key(&node.key) else { return };
                let context = expected.and_then(|expected| self.expected_field(expected, &name));
                let flow = self.flow.clone();
                let function = FunctionNode::Function(&node.function);
                let ty = self.function_value(function, context, flow);
                put(object, field(name, ty));
            }
            // Refused by another rule.
            Prop::Assign(_) | Prop::Getter(_) | Prop::Setter(_) => {}
        }
    }

    fn shorthand(&mut self, ident: &'a ast::Ident) -> Ty {
        let ty = match self.use_of(ident) {
            Some(id) => {
                let path = super::flow::Path { root: id, names: Vec::new() };
                match self.flow.get(&path) {
                    Some(ty) => ty,
                    None => self.binding_type(id),
                }
            }
            None if &*ident.sym == "undefined" => Ty::UNDEFINED,
            None => Ty::DYNAMIC,
        };
        self.expressions.insert(self.module.span(ident.span), ty);
        ty
    }

    /// The name that a key says, if it is known.
    pub(super) fn key(&mut self, key: &'a PropName) -> Option<Atom> {
        match key {
            PropName::Ident(name) => Some(name.sym.clone()),
            PropName::Str(text) => Some(Atom::from(&*text.value.to_string_lossy())),
            PropName::Num(number) => Some(Atom::from(format!("{}", number.value))),
            PropName::Computed(name) => {
                let ty = self.expr(&name.expr, None);
                self.literal_name(ty)
            }
            PropName::BigInt(_) => None,
        }
    }

    /// The type that is expected of a field.
    pub(super) fn expected_field(&mut self, expected: Ty, name: &Atom) -> Option<Ty> {
        let mut list = Vec::new();
        for part in self.parts(expected) {
            let shown = self.resolve(part);
            if let Kind::Record(record) = self.store.kind(shown).clone() {
                let found = record.fields.iter().find(|field| field.name == *name);
                list.extend(found.map(|field| field.ty).or(record.index));
            }
        }
        if list.is_empty() { None } else { Some(self.store.union(list)) }
    }

    fn expected_index(&mut self, expected: Ty) -> Option<Ty> {
        let mut list = Vec::new();
        for part in self.parts(expected) {
            let shown = self.resolve(part);
            if let Kind::Record(record) = self.store.kind(shown).clone() {
                list.extend(record.index);
            }
        }
        if list.is_empty() { None } else { Some(self.store.union(list)) }
    }

    /// Copies the fields of a value into an object. False: its fields are not known.
    fn spread_into(&mut self, object: &mut Record, ty: Ty) -> bool {
        let plain = self.plain(ty);
        match self.store.kind(plain).clone() {
            Kind::Undefined | Kind::Void | Kind::Boolean | Kind::BoolLiteral(..) => true,
            Kind::Record(record) => {
                for given in &record.fields {
                    self.spread_field(object, given);
                }
                if let Some(index) = record.index {
                    let all = object.index.map_or(index, |known| self.store.union([known, index]));
                    object.index = Some(all);
                }
                true
            }
            Kind::Union(_) => {
                let parts = self.present(plain);
                let optional = self.may_be_undefined(plain);
                match self.parts(parts).as_slice() {
                    // `...(x ?? {})`, `...maybe`: what may be missing is optional.
                    [one] if optional => {
                        let one = self.plain(*one);
                        let Kind::Record(record) = self.store.kind(one).clone() else {
                            return false;
                        };
                        for given in &record.fields {
                            self.spread_field(object, &Field { optional: true, ..given.clone() });
                        }
                        if record.index.is_some() {
                            object.index = record.index;
                        }
                        true
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn spread_field(&mut self, object: &mut Record, given: &Field) {
        let mut given = Field { access: Access::Mutable, ..given.clone() };
        if given.optional
            && let Some(known) = object.fields.iter().find(|known| known.name == given.name)
        {
            given.ty = self.store.union([known.ty, given.ty]);
            given.optional = known.optional;
        }
        put(object, given);
    }

    /// The expression that gives a field of an object literal.
    pub(super) fn literal_field(
        &self,
        node: &'a ast::ObjectLit,
        name: &Atom,
    ) -> Option<(swc_common::Span, Option<&'a Expr>)> {
        node.props.iter().rev().find_map(|prop| {
            let PropOrSpread::Prop(prop) = prop else { return None };
            match &**prop {
                Prop::Shorthand(ident) => (ident.sym == *name).then_some((ident.span, None)),
                Prop::KeyValue(node) => {
                    let span = swc_common::Spanned::span(&node.key);
                    (plain_key(&node.key).as_ref() == Some(name))
                        .then_some((span, Some(&*node.value)))
                }
                Prop::Method(node) => {
                    let span = swc_common::Spanned::span(&node.key);
                    (plain_key(&node.key).as_ref() == Some(name)).then_some((span, None))
                }
                _ => None,
            }
        })
    }
}

fn put(object: &mut Record, given: Field) {
    match object.fields.iter_mut().find(|known| known.name == given.name) {
        Some(known) => *known = given,
        None => object.fields.push(given),
    }
}

fn plain_key(key: &PropName) -> Option<Atom> {
    match key {
        PropName::Ident(name) => Some(name.sym.clone()),
        PropName::Str(text) => Some(Atom::from(&*text.value.to_string_lossy())),
        PropName::Num(number) => Some(Atom::from(format!("{}", number.value))),
        PropName::Computed(name) => match name.expr.unwrap_parens() {
            Expr::Lit(Lit::Str(text)) => Some(Atom::from(&*text.value.to_string_lossy())),
            _ => None,
        },
        PropName::BigInt(_) => None,
    }
}
