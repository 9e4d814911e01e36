//! Literals, templates, arrays and objects. In: trees. Out: expressions.

use swc_ecma_ast::{ExprOrSpread, Lit, ObjectLit, Prop, PropName, PropOrSpread, Tpl};

use purview_js_runtime::object::array_index;

use crate::parse::wtf8_bytes;

use super::{
    Lowered, Lowering,
    ir::{Expr, ShapeId, Stmt},
};

/// Most names of a literal whose names are known beforehand: its properties are searched one after the other.
const SHAPE_NAMES_MAX: usize = 32;

impl Lowering<'_> {
    /// A text of the parser, which may hold lone surrogates.
    pub(super) fn wtf8(&mut self, text: &swc_atoms::Wtf8Atom) -> Expr {
        Expr::Text(self.ir.texts.id(&wtf8_bytes(text)))
    }

    pub(super) fn literal(&mut self, literal: &Lit) -> Lowered<Expr> {
        Ok(match literal {
            Lit::Str(text) => self.wtf8(&text.value),
            Lit::Num(number) => Expr::Number(number.value),
            Lit::Bool(value) => Expr::Bool(value.value),
            other => return Err(self.not_compiled(other, "this literal")),
        })
    }

    pub(super) fn template(&mut self, template: &Tpl) -> Lowered<Expr> {
        let mut parts = Vec::new();
        for (index, quasi) in template.quasis.iter().enumerate() {
            let Some(cooked) = &quasi.cooked else {
                return Err(self.not_compiled(quasi, "this escape in a template"));
            };
            let bytes = wtf8_bytes(cooked);
            if !bytes.is_empty() {
                parts.push(Expr::Text(self.ir.texts.id(&bytes)));
            }
            if let Some(value) = template.exprs.get(index) {
                let place = self.place(&**value);
                parts.push(self.expression(value)?.at(place));
            }
        }
        Ok(match parts.as_slice() {
            [] => Expr::Text(self.ir.texts.id(b"")),
            [Expr::Text(text)] => Expr::Text(*text),
            _ => Expr::Builtin("rt.template".to_owned(), Box::new(Expr::Undefined), parts)
                .at(self.place(template)),
        })
    }

    /// An array literal, or arguments that contain a spread.
    pub(super) fn array(&mut self, items: &[Option<ExprOrSpread>]) -> Lowered<Expr> {
        if items.iter().flatten().all(|item| item.spread.is_none()) {
            let items = items.iter().map(|item| match item {
                Some(item) => self.expression(&item.expr),
                None => Ok(Expr::Undefined),
            });
            return Ok(Expr::Array(items.collect::<Lowered<_>>()?));
        }
        let mut body = Vec::new();
        let capacity = Expr::Int(items.len() as u32);
        let array = self.temporary(Expr::Direct("rt.array", vec![capacity]), &mut body);
        for item in items {
            let (entry, value) = match item {
                Some(item) => {
                    let value = self.expression(&item.expr)?;
                    let entry = if item.spread.is_some() { "rt.push_all" } else { "rt.push" };
                    (entry, value.at(self.place(&*item.expr)))
                }
                None => ("rt.push", Expr::Undefined),
            };
            body.push(Stmt::Expr(Expr::Direct(entry, vec![array.clone(), value])));
        }
        Ok(Expr::Do(body, Box::new(array)))
    }

    pub(super) fn object(&mut self, object: &ObjectLit) -> Lowered<Expr> {
        let mut pairs = Vec::new();
        let mut spreads = Vec::new();
        for property in &object.props {
            match property {
                PropOrSpread::Spread(spread) => {
                    spreads.push(pairs.len());
                    let value = self.expression(&spread.expr)?.at(self.place(&*spread.expr));
                    pairs.push((Expr::Undefined, value));
                }
                PropOrSpread::Prop(property) => pairs.push(self.pair(property)?),
            }
        }
        if spreads.is_empty() {
            return Ok(self.object_of(pairs));
        }
        let mut body = Vec::new();
        let target = self.temporary(Expr::Object(Vec::new()), &mut body);
        for (index, (name, value)) in pairs.into_iter().enumerate() {
            let call = match spreads.contains(&index) {
                true => Expr::Direct("rt.spread", vec![target.clone(), value]),
                false => Expr::Direct("rt.set", vec![target.clone(), name, value]),
            };
            body.push(Stmt::Expr(call));
        }
        Ok(Expr::Do(body, Box::new(target)))
    }

    /// An object with these names and values.
    pub(super) fn object_of(&mut self, pairs: Vec<(Expr, Expr)>) -> Expr {
        match self.shape_of(&pairs) {
            Some(shape) => {
                Expr::Literal(shape, pairs.into_iter().map(|(_, value)| value).collect())
            }
            None => Expr::Object(pairs),
        }
    }

    /// The names of an object literal, if all are known, differ and are not like array indices.
    fn shape_of(&mut self, pairs: &[(Expr, Expr)]) -> Option<ShapeId> {
        if pairs.is_empty() || pairs.len() > SHAPE_NAMES_MAX {
            return None;
        }
        let mut names = Vec::with_capacity(pairs.len());
        for (name, _) in pairs {
            let Expr::Text(name) = name else { return None };
            let text = &self.ir.texts.list[name.0 as usize];
            if names.contains(name) || array_index(text).is_some() {
                return None;
            }
            names.push(*name);
        }
        Some(self.ir.shapes.id(names))
    }

    fn pair(&mut self, property: &Prop) -> Lowered<(Expr, Expr)> {
        match property {
            Prop::Shorthand(name) => {
                let key = self.text(&name.sym);
                let value = self.expression(&swc_ecma_ast::Expr::Ident(name.clone()))?;
                Ok((key, value))
            }
            Prop::KeyValue(pair) => {
                let key = self.property_name(&pair.key)?;
                Ok((key, self.expression(&pair.value)?))
            }
            Prop::Method(method) => {
                let key = self.property_name(&method.key)?;
                let name = match &method.key {
                    PropName::Ident(name) => name.sym.to_string(),
                    _ => "(method)".to_owned(),
                };
                Ok((key, self.function_expression(&name, &method.function)?))
            }
            other => Err(self.not_compiled(other, "a getter or setter")),
        }
    }

    /// A property's name as a value.
    pub(super) fn property_name(&mut self, name: &PropName) -> Lowered<Expr> {
        Ok(match name {
            PropName::Ident(name) => self.text(&name.sym),
            PropName::Str(text) => self.wtf8(&text.value),
            PropName::Num(number) => self.text(&number_text(number.value)),
            PropName::Computed(computed) => self.expression(&computed.expr)?,
            PropName::BigInt(_) => return Err(self.not_compiled(name, "this property name")),
        })
    }
}

/// A number as a property name.
pub(super) fn number_text(value: f64) -> String {
    String::from_utf8_lossy(purview_js_runtime::number::text(value).bytes()).into_owned()
}
