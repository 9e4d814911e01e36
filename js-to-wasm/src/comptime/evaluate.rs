//! One expression → its value. In: a tree. Out: a constant, or the place of what cannot be evaluated and why. The rules are those of the
//! language: conditions are booleans, nothing is converted but numbers, booleans and `undefined` beside a text.

use purview_js_runtime::{
    array::Array,
    number::to_int32,
    object::{Class, Object},
    operators,
    string::Str,
    value::{Kind, Value},
};
use swc_common::Spanned;
use swc_ecma_ast::{
    ArrayLit, BinExpr, BinaryOp, CallExpr, Callee, Expr, Ident, Lit, MemberExpr, MemberProp,
    ObjectLit, Prop, PropName, PropOrSpread, Tpl, UnaryExpr, UnaryOp,
};

use super::{Constant, SOURCE_BYTES_MAX, library, refused};
use crate::{
    check::{
        globals::{self, Global},
        names::Names,
    },
    diagnostic::Diagnostic,
    parse::{Module, offset, wtf8_bytes},
};

/// Deepest nesting of an expression.
const DEPTH_MAX: u32 = 64;

type Evaluated<T> = Result<T, Box<Diagnostic>>;

/// The value of the argument of `comptime`.
pub(super) fn evaluate(module: &Module, names: &Names, node: &Expr) -> Evaluated<Constant> {
    let span = node.span();
    if offset(span.hi) - offset(span.lo) > SOURCE_BYTES_MAX {
        let message = format!("the expression is longer than {SOURCE_BYTES_MAX} bytes");
        return Err(refused("JS724", module, node, message, "split it into several"));
    }
    let value = Evaluator { module, names, depth: 0 }.expression(node)?;
    Constant::of(value).ok_or_else(|| {
        let help = "compute less while compiling, or compute it when the program runs";
        refused("JS724", module, node, "the value holds too much, or a function", help)
    })
}

struct Evaluator<'m> {
    module: &'m Module,
    names: &'m Names,
    depth: u32,
}

impl Evaluator<'_> {
    fn refuse<T>(
        &self,
        code: &'static str,
        node: &impl Spanned,
        message: impl Into<String>,
        help: &str,
    ) -> Evaluated<T> {
        Err(refused(code, self.module, node.span(), message, help))
    }

    /// What the library refuses.
    fn fails<T>(&self, node: &impl Spanned, message: String) -> Evaluated<T> {
        self.refuse("JS725", node, message, "see what the function takes")
    }

    fn expression(&mut self, node: &Expr) -> Evaluated<Value> {
        if self.depth == DEPTH_MAX {
            let message = format!("the expression is nested more than {DEPTH_MAX} deep");
            return self.refuse("JS723", node, message, "split it into several");
        }
        self.depth += 1;
        let value = self.inner(node);
        self.depth -= 1;
        value
    }

    fn inner(&mut self, node: &Expr) -> Evaluated<Value> {
        match node {
            Expr::Paren(inner) => self.expression(&inner.expr),
            Expr::Lit(literal) => self.literal(literal),
            Expr::Tpl(template) => self.template(template),
            Expr::Array(list) => self.list(list),
            Expr::Object(object) => self.object(object),
            Expr::Unary(unary) => self.unary(unary),
            Expr::Bin(binary) => self.binary(binary),
            Expr::Cond(node) => {
                let branch = if self.condition(&node.test)? { &node.cons } else { &node.alt };
                self.expression(branch)
            }
            Expr::Member(member) => self.member(member),
            Expr::Call(call) => self.call(call),
            Expr::Ident(name) if !self.is_global(name) => self.unknown(name),
            Expr::Ident(name) => match &*name.sym {
                "undefined" | "__BUILD_TIME__" | "__GIT_COMMIT__" => Ok(Value::UNDEFINED),
                "NaN" => Ok(Value::number(f64::NAN)),
                "Infinity" => Ok(Value::number(f64::INFINITY)),
                "__VERSION__" => Ok(Value::text(env!("CARGO_PKG_VERSION"))),
                _ => self.unknown(name),
            },
            _ => self.refuse(
                "JS720",
                node,
                "this cannot be evaluated while compiling",
                "use literals, operators, `Math` and methods of texts",
            ),
        }
    }

    /// Whether a name is none that the program declares.
    fn is_global(&self, name: &Ident) -> bool {
        self.names.is_global(offset(name.span.lo))
    }

    fn unknown<T>(&self, name: &Ident) -> Evaluated<T> {
        self.refuse(
            "JS721",
            name,
            format!("`{}` is not known while compiling", name.sym),
            "write the value itself: what a program declares exists only when it runs",
        )
    }

    /// The global that an expression names.
    fn global_of<'e>(&self, node: &'e Expr) -> Option<&'e Ident> {
        match node.unwrap_parens() {
            Expr::Ident(name) if self.is_global(name) => Some(name),
            _ => None,
        }
    }

    fn literal(&self, literal: &Lit) -> Evaluated<Value> {
        match literal {
            Lit::Str(text) => Ok(Value::string(Str::take(wtf8_bytes(&text.value)))),
            Lit::Num(number) => Ok(Value::number(number.value)),
            Lit::Bool(value) => Ok(Value::bool(value.value)),
            other => self.refuse(
                "JS720",
                other,
                "this literal is not part of the language",
                "use a text, a number, a boolean or `undefined`",
            ),
        }
    }

    fn template(&mut self, template: &Tpl) -> Evaluated<Value> {
        let mut parts = Vec::new();
        for (index, quasi) in template.quasis.iter().enumerate() {
            let Some(cooked) = &quasi.cooked else {
                return self.refuse("JS720", quasi, "this escape is not valid", "write it out");
            };
            parts.push(Value::string(Str::take(wtf8_bytes(cooked))));
            if let Some(inner) = template.exprs.get(index) {
                let value = self.expression(inner)?;
                parts.push(self.textual(value, inner)?);
            }
        }
        library::template(&parts).or_else(|message| self.fails(template, message))
    }

    /// A value that may stand beside a text.
    fn textual(&self, value: Value, node: &Expr) -> Evaluated<Value> {
        match value.kind() {
            Kind::Object(_) | Kind::Array(_) | Kind::Function(_) => self.refuse(
                "JS722",
                node,
                "only texts, numbers, booleans and `undefined` become text",
                "call `JSON.stringify` or `join`",
            ),
            _ => Ok(value),
        }
    }

    fn list(&mut self, list: &ArrayLit) -> Evaluated<Value> {
        let mut items = Vec::new();
        for item in &list.elems {
            let Some(item) = item else { continue };
            let value = self.expression(&item.expr)?;
            match (item.spread.is_some(), value.as_array()) {
                (false, _) => items.push(value),
                (true, Some(inner)) => items.extend(inner.to_vec()),
                (true, None) => {
                    return self.refuse(
                        "JS722",
                        &*item.expr,
                        "only lists are spread here",
                        "write a list",
                    );
                }
            }
        }
        Ok(Value::array(Array::take(items)))
    }

    fn object(&mut self, literal: &ObjectLit) -> Evaluated<Value> {
        let object = Object::new(Class::Plain);
        for property in &literal.props {
            match property {
                PropOrSpread::Spread(spread) => {
                    let value = self.expression(&spread.expr)?;
                    let Some(inner) = value.as_object() else {
                        return self.refuse(
                            "JS722",
                            &*spread.expr,
                            "only objects are spread here",
                            "write an object",
                        );
                    };
                    inner.entries().into_iter().for_each(|(name, value)| object.set(name, value));
                }
                PropOrSpread::Prop(property) => {
                    let Prop::KeyValue(pair) = &**property else {
                        return self.refuse(
                            "JS720",
                            &**property,
                            "only `name: value` is evaluated while compiling",
                            "write the value behind the name",
                        );
                    };
                    let name = self.key(&pair.key)?;
                    let value = self.expression(&pair.value)?;
                    object.set(name, value);
                }
            }
        }
        Ok(Value::object(object))
    }

    fn key(&mut self, name: &PropName) -> Evaluated<&'static Str> {
        match name {
            PropName::Ident(name) => Ok(Str::new(name.sym.as_bytes())),
            PropName::Str(text) => Ok(Str::take(wtf8_bytes(&text.value))),
            PropName::Num(number) => Ok(purview_js_runtime::number::text(number.value)),
            PropName::Computed(computed) => {
                let value = self.expression(&computed.expr)?;
                let value = self.textual(value, &computed.expr)?;
                let text = library::template(&[value]).or_else(|m| self.fails(computed, m))?;
                Ok(text.as_string().unwrap_or(Str::of(b"")))
            }
            PropName::BigInt(_) => {
                self.refuse("JS720", name, "this name is not part of the language", "write a text")
            }
        }
    }

    fn condition(&mut self, node: &Expr) -> Evaluated<bool> {
        match self.expression(node)?.as_bool() {
            Some(value) => Ok(value),
            None => self.refuse("JS722", node, "a condition is a boolean", "compare with `===`"),
        }
    }

    fn number(&mut self, node: &Expr) -> Evaluated<f64> {
        match self.expression(node)?.as_number() {
            Some(value) => Ok(value),
            None => self.refuse(
                "JS722",
                node,
                "a number is needed here",
                "convert it with `parseFloat`",
            ),
        }
    }

    fn unary(&mut self, node: &UnaryExpr) -> Evaluated<Value> {
        Ok(match node.op {
            UnaryOp::Minus => Value::number(-self.number(&node.arg)?),
            UnaryOp::Plus => Value::number(self.number(&node.arg)?),
            UnaryOp::Tilde => Value::number(f64::from(!to_int32(self.number(&node.arg)?))),
            UnaryOp::Bang => Value::bool(!self.condition(&node.arg)?),
            UnaryOp::TypeOf => operators::typeof_value(self.expression(&node.arg)?),
            UnaryOp::Void => Value::UNDEFINED,
            UnaryOp::Delete => {
                return self.refuse(
                    "JS720",
                    node,
                    "`delete` is not part of the language",
                    "leave the name out",
                );
            }
        })
    }

    fn binary(&mut self, node: &BinExpr) -> Evaluated<Value> {
        if self.module.extensions.as_pipe(node).is_some() {
            return self.refuse(
                "JS720",
                node,
                "`|>` is not evaluated while compiling",
                "write the call",
            );
        }
        match node.op {
            BinaryOp::LogicalAnd => {
                Ok(Value::bool(self.condition(&node.left)? && self.condition(&node.right)?))
            }
            BinaryOp::LogicalOr => {
                Ok(Value::bool(self.condition(&node.left)? || self.condition(&node.right)?))
            }
            BinaryOp::NullishCoalescing => {
                let left = self.expression(&node.left)?;
                if left.is_absent() { self.expression(&node.right) } else { Ok(left) }
            }
            BinaryOp::Add => self.sum(node),
            BinaryOp::EqEqEq | BinaryOp::NotEqEq => {
                let (left, right) = (self.expression(&node.left)?, self.expression(&node.right)?);
                let same = operators::strict_equal(left, right) != 0;
                Ok(Value::bool(same == (node.op == BinaryOp::EqEqEq)))
            }
            BinaryOp::Lt | BinaryOp::LtEq | BinaryOp::Gt | BinaryOp::GtEq => self.order(node),
            BinaryOp::EqEq | BinaryOp::NotEq | BinaryOp::In | BinaryOp::InstanceOf => self.refuse(
                "JS720",
                node,
                "this operator is not evaluated while compiling",
                "compare with `===`",
            ),
            op => {
                let (left, right) = (self.number(&node.left)?, self.number(&node.right)?);
                Ok(Value::number(arithmetic(op, left, right)))
            }
        }
    }

    fn sum(&mut self, node: &BinExpr) -> Evaluated<Value> {
        let (left, right) = (self.expression(&node.left)?, self.expression(&node.right)?);
        if let (Some(left), Some(right)) = (left.as_number(), right.as_number()) {
            return Ok(Value::number(left + right));
        }
        if left.as_string().is_none() && right.as_string().is_none() {
            return self.refuse(
                "JS722",
                node,
                "`+` takes two numbers, or a text",
                "convert with `String`",
            );
        }
        let parts = [self.textual(left, &node.left)?, self.textual(right, &node.right)?];
        library::template(&parts).or_else(|message| self.fails(node, message))
    }

    fn order(&mut self, node: &BinExpr) -> Evaluated<Value> {
        let (left, right) = (self.expression(&node.left)?, self.expression(&node.right)?);
        let numbers = left.as_number().is_some() && right.as_number().is_some();
        let texts = left.as_string().is_some() && right.as_string().is_some();
        if !numbers && !texts {
            return self.refuse(
                "JS722",
                node,
                "two numbers or two texts are compared",
                "convert one of them",
            );
        }
        let holds = match node.op {
            BinaryOp::Lt => operators::less(left, right),
            BinaryOp::LtEq => operators::less_equal(left, right),
            BinaryOp::Gt => operators::less(right, left),
            _ => operators::less_equal(right, left),
        };
        Ok(Value::bool(holds != 0))
    }

    fn member(&mut self, member: &MemberExpr) -> Evaluated<Value> {
        if let (Some(object), MemberProp::Ident(name)) = (self.global_of(&member.obj), &member.prop)
        {
            if object.sym == *"Env" {
                // Nothing of the building machine reaches a module.
                return Ok(Value::UNDEFINED);
            }
            if globals::find(&object.sym).is_some() {
                return match constant(&object.sym, &name.sym) {
                    Some(number) => Ok(Value::number(number)),
                    None => self.refuse(
                        "JS721",
                        member,
                        format!("`{}.{}` is no constant", object.sym, name.sym),
                        "the constants are those of `Math` and `Number`",
                    ),
                };
            }
        }
        let object = self.expression(&member.obj)?;
        let key = match &member.prop {
            MemberProp::Ident(name) => Value::string(Str::new(name.sym.as_bytes())),
            MemberProp::Computed(computed) => self.expression(&computed.expr)?,
            MemberProp::PrivateName(_) => Value::UNDEFINED,
        };
        self.field(object, key, member)
    }

    fn field(&self, object: Value, key: Value, node: &MemberExpr) -> Evaluated<Value> {
        let name = key.as_string().map(|name| name.bytes());
        match (object.kind(), name, key.as_number()) {
            (Kind::String(text), Some(b"length"), _) => Ok(Value::number(f64::from(text.units()))),
            (Kind::Array(list), Some(b"length"), _) => Ok(Value::number(f64::from(list.len()))),
            (Kind::Array(list), _, Some(at)) => {
                let within = at >= 0.0 && at < f64::from(list.len()) && at.fract() == 0.0;
                Ok(if within { list.get(at as u32) } else { Value::UNDEFINED })
            }
            (Kind::Object(fields), Some(_), _) => {
                let name = key.as_string().unwrap_or(Str::of(b""));
                Ok(fields.get(name).unwrap_or(Value::UNDEFINED))
            }
            _ => self.refuse(
                "JS722",
                node,
                "this has no such member while compiling",
                "read `length`, an element of a list or a field of an object",
            ),
        }
    }

    fn call(&mut self, call: &CallExpr) -> Evaluated<Value> {
        let mut args = Vec::new();
        for argument in &call.args {
            if argument.spread.is_some() {
                return self.refuse(
                    "JS720",
                    &*argument.expr,
                    "spread arguments are not evaluated while compiling",
                    "write them out",
                );
            }
            args.push(self.expression(&argument.expr)?);
        }
        let Callee::Expr(callee) = &call.callee else {
            return self.refuse(
                "JS720",
                call,
                "this call is not evaluated while compiling",
                "call a function",
            );
        };
        match callee.unwrap_parens() {
            Expr::Ident(name) if !self.is_global(name) => self.unknown(name),
            Expr::Ident(name) if name.sym == *"hash" => match args.as_slice() {
                [text] if text.as_string().is_some() => {
                    let bytes = text.as_string().map_or(&b""[..], |text| text.bytes());
                    Ok(Value::text(&library::hash(bytes)))
                }
                _ => self.refuse("JS722", call, "`hash` takes one text", "write `hash(\"text\")`"),
            },
            Expr::Ident(name) => self.global(call, &name.sym, &args),
            Expr::Member(member) => {
                if let (Some(object), MemberProp::Ident(name)) =
                    (self.global_of(&member.obj), &member.prop)
                    && matches!(
                        globals::find(&object.sym),
                        Some(Global::Namespace(_) | Global::FunctionWith(_))
                    )
                {
                    return self.global(call, &format!("{}.{}", object.sym, name.sym), &args);
                }
                let MemberProp::Ident(name) = &member.prop else {
                    return self.refuse(
                        "JS726",
                        call,
                        "this call is not evaluated while compiling",
                        "name the method",
                    );
                };
                let this = self.expression(&member.obj)?;
                library::method(this, &name.sym, &args).or_else(|message| self.fails(call, message))
            }
            _ => self.refuse(
                "JS726",
                call,
                "this call is not evaluated while compiling",
                "call a function by its name",
            ),
        }
    }

    fn global(&self, call: &CallExpr, path: &str, args: &[Value]) -> Evaluated<Value> {
        let Some(code) = library::function(path) else {
            return self.refuse(
                "JS726",
                call,
                format!("`{path}` cannot be called while compiling"),
                "call it when the program runs: only functions that always give the same are evaluated before",
            );
        };
        if path.starts_with("Math.") && args.iter().any(|value| value.as_number().is_none()) {
            return self.refuse(
                "JS722",
                call,
                format!("`{path}` takes numbers"),
                "convert with `parseFloat`",
            );
        }
        library::call(code, Value::UNDEFINED, args).or_else(|message| self.fails(call, message))
    }
}

fn arithmetic(op: BinaryOp, left: f64, right: f64) -> f64 {
    let (a, b) = (to_int32(left), to_int32(right));
    match op {
        BinaryOp::Sub => left - right,
        BinaryOp::Mul => left * right,
        BinaryOp::Div => left / right,
        BinaryOp::Mod => library::remainder(left, right),
        BinaryOp::Exp => library::power(left, right),
        BinaryOp::BitAnd => f64::from(a & b),
        BinaryOp::BitOr => f64::from(a | b),
        BinaryOp::BitXor => f64::from(a ^ b),
        BinaryOp::LShift => f64::from(a.wrapping_shl(b as u32 & 31)),
        BinaryOp::RShift => f64::from(a.wrapping_shr(b as u32 & 31)),
        BinaryOp::ZeroFillRShift => f64::from((a as u32).wrapping_shr(b as u32 & 31)),
        _ => f64::NAN,
    }
}

/// Constants of `Math` and `Number`.
fn constant(object: &str, name: &str) -> Option<f64> {
    use std::f64::consts;
    Some(match (object, name) {
        ("Math", "E") => consts::E,
        ("Math", "LN10") => consts::LN_10,
        ("Math", "LN2") => consts::LN_2,
        ("Math", "LOG10E") => consts::LOG10_E,
        ("Math", "LOG2E") => consts::LOG2_E,
        ("Math", "PI") => consts::PI,
        ("Math", "SQRT1_2") => consts::FRAC_1_SQRT_2,
        ("Math", "SQRT2") => consts::SQRT_2,
        ("Number", "EPSILON") => f64::EPSILON,
        ("Number", "MAX_SAFE_INTEGER") => 9_007_199_254_740_991.0,
        ("Number", "MIN_SAFE_INTEGER") => -9_007_199_254_740_991.0,
        ("Number", "MAX_VALUE") => f64::MAX,
        ("Number", "MIN_VALUE") => 5e-324,
        ("Number", "POSITIVE_INFINITY") => f64::INFINITY,
        ("Number", "NEGATIVE_INFINITY") => f64::NEG_INFINITY,
        ("Number", "NaN") => f64::NAN,
        _ => return None,
    })
}
