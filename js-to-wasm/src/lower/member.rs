//! Properties. In: member accesses. Out: constants of built-in objects, properties with entries of their own, and plain reads.

use swc_ecma_ast::{Expr as Node, Ident, Lit, MemberExpr, MemberProp};

use super::{Lowered, Lowering, ir::Expr, statement::bare};
use crate::wasm::runtime::runtime;

impl Lowering<'_> {
    /// The name of a built-in object (`Math`), if `node` is one and nothing hides it.
    pub(super) fn global_of<'n>(&self, node: &'n Node) -> Option<&'n Ident> {
        match bare(node) {
            Node::Ident(name) if self.resolve(&name.sym).is_none() => Some(name),
            _ => None,
        }
    }

    pub(super) fn member(&mut self, member: &MemberExpr) -> Lowered<Expr> {
        if let (Some(object), MemberProp::Ident(name)) = (self.global_of(&member.obj), &member.prop)
        {
            let path = format!("{}.{}", object.sym, name.sym);
            if let Some(value) = constant_of(&path) {
                return Ok(Expr::Number(value));
            }
            if runtime().export(&path).is_some() {
                return Ok(Expr::BuiltinValue(path));
            }
            if &*object.sym != "undefined" {
                let message = format!("`{path}` does not exist");
                let place = self.place(member);
                return Err(Box::new(crate::diagnostic::Diagnostic::error(
                    "JS803", place, message,
                )));
            }
        }
        let object = self.expression(&member.obj)?;
        let place = self.place(member);
        Ok(self.member_of(object, &member.prop)?.at(place))
    }

    /// A property of a value.
    pub(super) fn member_of(&mut self, object: Expr, property: &MemberProp) -> Lowered<Expr> {
        match property {
            MemberProp::Ident(name) => Ok(self.property(object, &name.sym)),
            other => {
                let key = self.member_key(other)?;
                Ok(self.member_with_key(object, key))
            }
        }
    }

    /// A property by its name.
    pub(super) fn property(&mut self, object: Expr, name: &str) -> Expr {
        if runtime().export(&format!("get {name}")).is_some() {
            return Expr::Getter(name.to_owned(), Box::new(object));
        }
        let name = self.text(name);
        Expr::Direct("rt.get", vec![object, name])
    }

    /// A property by a key whose value is known or not.
    pub(super) fn member_with_key(&mut self, object: Expr, key: Expr) -> Expr {
        if let Expr::Text(text) = key {
            let bytes = &self.ir.texts.list[text.0 as usize];
            let name = String::from_utf8_lossy(bytes).into_owned();
            return self.property(object, &name);
        }
        Expr::Direct("rt.index", vec![object, key])
    }

    /// The key of a property as a value.
    pub(super) fn member_key(&mut self, property: &MemberProp) -> Lowered<Expr> {
        match property {
            MemberProp::Ident(name) => Ok(self.text(&name.sym)),
            MemberProp::Computed(computed) => match bare(&computed.expr) {
                Node::Lit(Lit::Str(text)) => Ok(self.wtf8(&text.value)),
                other => self.expression(other),
            },
            MemberProp::PrivateName(name) => Err(self.not_compiled(name, "a private name")),
        }
    }
}

/// The constants of `Math` and `Number`.
fn constant_of(path: &str) -> Option<f64> {
    use std::f64::consts;
    Some(match path {
        "Math.PI" => consts::PI,
        "Math.E" => consts::E,
        "Math.LN2" => consts::LN_2,
        "Math.LN10" => consts::LN_10,
        "Math.LOG2E" => consts::LOG2_E,
        "Math.LOG10E" => consts::LOG10_E,
        "Math.SQRT2" => consts::SQRT_2,
        "Math.SQRT1_2" => consts::FRAC_1_SQRT_2,
        "Number.MAX_SAFE_INTEGER" => 9_007_199_254_740_991.0,
        "Number.MIN_SAFE_INTEGER" => -9_007_199_254_740_991.0,
        "Number.MAX_VALUE" => f64::MAX,
        "Number.MIN_VALUE" => 5e-324,
        "Number.EPSILON" => f64::EPSILON,
        "Number.POSITIVE_INFINITY" => f64::INFINITY,
        "Number.NEGATIVE_INFINITY" => f64::NEG_INFINITY,
        "Number.NaN" => f64::NAN,
        "Int8Array.BYTES_PER_ELEMENT"
        | "Uint8Array.BYTES_PER_ELEMENT"
        | "Uint8ClampedArray.BYTES_PER_ELEMENT" => 1.0,
        "Int16Array.BYTES_PER_ELEMENT" | "Uint16Array.BYTES_PER_ELEMENT" => 2.0,
        "Int32Array.BYTES_PER_ELEMENT"
        | "Uint32Array.BYTES_PER_ELEMENT"
        | "Float32Array.BYTES_PER_ELEMENT" => 4.0,
        "Float64Array.BYTES_PER_ELEMENT" => 8.0,
        _ => return None,
    })
}
