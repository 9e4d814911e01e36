//! Conditions and results → which checks of the request they prove. In: expressions. Out: sets of [`Check`]s: what has passed if the
//! condition holds, or if a value is there, is a good result, is true or is missing. Functions of the program are looked into: one that
//! returns `undefined` unless a token was right passes the check on to whoever asks for its result.

use std::ops::{BitAnd, BitOr};

use swc_ecma_ast::{self as ast, BinaryOp, Callee, Expr, Lit, MemberProp, UnaryOp};

use super::{Describer, index::Declared, reads::Origin, walk};

/// How deep expressions and calls are followed.
const DEPTH_MAX: usize = 40;
/// Most checks that are told apart.
const CHECKS_MAX: usize = 64;

/// A check of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Check {
    /// It has a bearer's token.
    Bearer,
    /// Its token is signed.
    Token,
    /// A secret or a signature in this header field is right.
    Key { header: String },
    /// Its body is as some schema wants it.
    Body,
    /// Its body, of this content type, is as this schema wants it.
    Content { schema: String, kind: &'static str },
    /// Its query is as this schema wants it.
    Query { schema: String },
}

/// Every check of a program.
#[derive(Debug, Default)]
pub(super) struct Checks(Vec<Check>);

impl Checks {
    pub(super) fn get(&self, index: usize) -> &Check {
        &self.0[index]
    }

    /// Its number; the last one stands for what is too much, and proves nothing.
    pub(super) fn id(&mut self, check: Check) -> usize {
        match self.0.iter().position(|known| *known == check) {
            Some(index) => index,
            None if self.0.len() < CHECKS_MAX => {
                self.0.push(check);
                self.0.len() - 1
            }
            None => CHECKS_MAX,
        }
    }

    pub(super) fn seen(&mut self, check: Check) -> Seen {
        Seen(1_u64.checked_shl(self.id(check) as u32).unwrap_or(0))
    }
}

/// A set of checks that have passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Seen(u64);

impl Seen {
    pub(super) const NOTHING: Self = Self(0);
    /// What never happens has every check behind it.
    const ALL: Self = Self(u64::MAX);

    /// The numbers of its checks.
    pub(super) fn numbers(self) -> impl Iterator<Item = usize> {
        (0..CHECKS_MAX).filter(move |index| self.has(*index))
    }

    pub(super) fn has(self, index: usize) -> bool {
        self.0.checked_shr(index as u32).is_some_and(|bits| bits & 1 == 1)
    }
}

impl BitOr for Seen {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for Seen {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// What has passed if a value is …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shown {
    /// anything but `undefined`,
    pub(super) present: Seen,
    /// `undefined`,
    pub(super) absent: Seen,
    /// a result that is `ok`,
    pub(super) ok: Seen,
    /// `true`.
    pub(super) truthy: Seen,
}

impl Shown {
    const UNDEFINED: Self =
        Self { present: Seen::ALL, absent: Seen::NOTHING, ok: Seen::ALL, truthy: Seen::ALL };

    fn and(self, other: Self) -> Self {
        Self {
            present: self.present & other.present,
            absent: self.absent & other.absent,
            ok: self.ok & other.ok,
            truthy: self.truthy & other.truthy,
        }
    }

    fn after(self, seen: Seen) -> Self {
        Self {
            present: self.present | seen,
            absent: self.absent | seen,
            ok: self.ok | seen,
            truthy: self.truthy | seen,
        }
    }

    /// As a condition: what counts as true is not `undefined` either.
    fn counts(self) -> Seen {
        self.truthy | self.present
    }

    fn present(seen: Seen) -> Self {
        Self { present: seen, ..Self::default() }
    }

    fn ok(seen: Seen) -> Self {
        Self { ok: seen, ..Self::default() }
    }

    fn truthy(seen: Seen) -> Self {
        Self { truthy: seen, ..Self::default() }
    }
}

impl<'a> Describer<'a> {
    /// What has passed if a condition holds, and if it does not.
    pub(super) fn condition(&mut self, module: usize, expr: &'a Expr) -> (Seen, Seen) {
        if self.depth >= DEPTH_MAX {
            return (Seen::NOTHING, Seen::NOTHING);
        }
        self.depth += 1;
        let found = self.condition_at(module, expr.unwrap_parens());
        self.depth -= 1;
        found
    }

    fn condition_at(&mut self, module: usize, expr: &'a Expr) -> (Seen, Seen) {
        match expr {
            Expr::Unary(unary) if unary.op == UnaryOp::Bang => {
                let (yes, no) = self.condition(module, &unary.arg);
                (no, yes)
            }
            Expr::Lit(Lit::Bool(value)) if value.value => (Seen::NOTHING, Seen::ALL),
            Expr::Lit(Lit::Bool(_)) => (Seen::ALL, Seen::NOTHING),
            Expr::Bin(binary) => self.comparison(module, binary),
            Expr::Call(call) => match method(call) {
                Some((object, "isErr")) => (Seen::NOTHING, self.shown(module, object).ok),
                _ => (self.shown(module, expr).counts(), Seen::NOTHING),
            },
            _ => (self.shown(module, expr).counts(), Seen::NOTHING),
        }
    }

    fn comparison(&mut self, module: usize, binary: &'a ast::BinExpr) -> (Seen, Seen) {
        let is_pipe = self.program.modules[module].extensions.as_pipe(binary).is_some();
        match binary.op {
            BinaryOp::LogicalAnd => {
                let (a, b) =
                    (self.condition(module, &binary.left), self.condition(module, &binary.right));
                (a.0 | b.0, a.1 & b.1)
            }
            BinaryOp::LogicalOr if !is_pipe => {
                let (a, b) =
                    (self.condition(module, &binary.left), self.condition(module, &binary.right));
                (a.0 & b.0, a.1 | b.1)
            }
            BinaryOp::EqEqEq | BinaryOp::NotEqEq => {
                let (left, right) = (&*binary.left, &*binary.right);
                let (value, other) = if is_constant(left) { (right, left) } else { (left, right) };
                let (same, not) = match other.unwrap_parens() {
                    Expr::Lit(Lit::Bool(wanted)) => {
                        let (yes, no) = self.condition(module, value);
                        if wanted.value { (yes, no) } else { (no, yes) }
                    }
                    other if self.index.is_global(module, other, "undefined") => {
                        let shown = self.shown(module, value);
                        (shown.absent, shown.present)
                    }
                    _ => (Seen::NOTHING, Seen::NOTHING),
                };
                if binary.op == BinaryOp::EqEqEq { (same, not) } else { (not, same) }
            }
            _ => (Seen::NOTHING, Seen::NOTHING),
        }
    }

    /// What a value shows.
    pub(super) fn shown(&mut self, module: usize, expr: &'a Expr) -> Shown {
        if self.depth >= DEPTH_MAX {
            return Shown::default();
        }
        self.depth += 1;
        let found = self.shown_at(module, expr.unwrap_parens());
        self.depth -= 1;
        found
    }

    fn shown_at(&mut self, module: usize, expr: &'a Expr) -> Shown {
        match expr {
            Expr::Ident(ident) => match self.index.declared(module, ident).cloned() {
                Some(Declared::Value(home, init)) => self.shown(home, init),
                Some(Declared::Part(home, init, name)) => self.field_of(home, init, name),
                _ if self.index.is_global(module, expr, "undefined") => Shown::UNDEFINED,
                _ => Shown::default(),
            },
            Expr::Lit(Lit::Bool(value)) if !value.value => {
                Shown { truthy: Seen::ALL, absent: Seen::ALL, ..Shown::default() }
            }
            Expr::Object(object) => {
                let is_ok = |field: &ast::PropOrSpread| {
                    matches!(field, ast::PropOrSpread::Prop(property)
                        if matches!(&**property, ast::Prop::KeyValue(pair)
                            if super::index::field_name(&pair.key) == Some("ok")
                                && matches!(pair.value.unwrap_parens(), Expr::Lit(Lit::Bool(value)) if !value.value)))
                };
                let ok = if object.props.iter().any(is_ok) { Seen::ALL } else { Seen::NOTHING };
                Shown { ok, absent: Seen::ALL, ..Shown::default() }
            }
            Expr::Member(member) => {
                if let Some(matching) = self.program.modules[module].extensions.as_match(member) {
                    let arms = matching.arms.iter().map(|arm| self.shown(module, arm.body));
                    return arms.reduce(Shown::and).unwrap_or_default();
                }
                match &member.prop {
                    MemberProp::Ident(name) => self.field_of(module, &member.obj, &name.sym),
                    _ => Shown::default(),
                }
            }
            Expr::Cond(choice) => {
                let (yes, no) = self.condition(module, &choice.test);
                let one = self.shown(module, &choice.cons).after(yes);
                one.and(self.shown(module, &choice.alt).after(no))
            }
            Expr::Bin(binary) if binary.op == BinaryOp::NullishCoalescing => {
                let (one, other) =
                    (self.shown(module, &binary.left), self.shown(module, &binary.right));
                Shown { absent: one.absent | other.absent, ..one.and(other) }
            }
            Expr::Bin(_) | Expr::Unary(_) => {
                let (yes, no) = self.condition(module, expr);
                let _ = no;
                Shown { absent: Seen::ALL, ..Shown::truthy(yes) }
            }
            Expr::Call(call) => self.shown_by_call(module, call),
            _ => Shown::default(),
        }
    }

    /// What a field of a value shows: `result.ok` and `result.value`.
    fn field_of(&mut self, module: usize, object: &'a Expr, name: &str) -> Shown {
        match name {
            "ok" => Shown::truthy(self.shown(module, object).ok),
            "value" => Shown::present(self.shown(module, object).ok),
            _ => Shown::default(),
        }
    }

    fn shown_by_call(&mut self, module: usize, call: &'a ast::CallExpr) -> Shown {
        if let Some(function) = self.index.host(module, &call.callee) {
            return self.shown_by_host(module, function, call);
        }
        if let Some((object, name)) = method(call) {
            return match name {
                "isOk" => Shown::truthy(self.shown(module, object).ok),
                "err" if self.index.is_global(module, object, "Result") => {
                    Shown { ok: Seen::ALL, absent: Seen::ALL, ..Shown::default() }
                }
                _ if self.index.is_global(module, object, "Response") => {
                    Shown { absent: Seen::ALL, ..Shown::default() }
                }
                _ => Shown::default(),
            };
        }
        let Callee::Expr(callee) = &call.callee else { return Shown::default() };
        let Some(function) = self.index.function(module, callee) else { return Shown::default() };
        let Some(key) = function.key else { return Shown::default() };
        match self.shown.get(&key) {
            Some(known) => return known.unwrap_or_default(),
            None => _ = self.shown.insert(key, None),
        }
        let Some(way) = walk::walk(self, &function, None) else { return Shown::default() };
        let mut all: Option<Shown> = None;
        for (value, seen) in way.returns {
            let shown = match value {
                Some(value) => self.shown(function.module, value),
                None => Shown::UNDEFINED,
            };
            let shown = shown.after(seen);
            all = Some(all.map_or(shown, |all| all.and(shown)));
        }
        let all = all.unwrap_or_default();
        self.shown.insert(key, Some(all));
        all
    }

    fn shown_by_host(
        &mut self,
        module: usize,
        function: (&'static str, &'static str),
        call: &'a ast::CallExpr,
    ) -> Shown {
        let seen = match self.check(module, function, call) {
            Some((check, and)) => self.checks.seen(check) | and,
            None => return Shown::default(),
        };
        match function.1 {
            "parseBearer" => Shown::present(seen),
            "verifyWebhookSignature" | "timingSafeEqual" => Shown::truthy(seen),
            _ => Shown::ok(seen),
        }
    }

    /// What a call of the host checks, and what it checks besides.
    pub(super) fn check(
        &mut self,
        module: usize,
        function: (&'static str, &'static str),
        call: &'a ast::CallExpr,
    ) -> Option<(Check, Seen)> {
        let argument = |index: usize| call.args.get(index).map(|argument| &*argument.expr);
        if call.args.iter().any(|argument| argument.spread.is_some()) {
            return None;
        }
        match function {
            ("auth", "parseBearer") => {
                let header = self.header_read(module, argument(0)?)?;
                (header == "authorization").then_some((Check::Bearer, Seen::NOTHING))
            }
            ("auth", "jwtVerify") => {
                let token = argument(0)?;
                let mut bearer = self.shown(module, token).present;
                if self.header_read(module, token).as_deref() == Some("authorization") {
                    bearer = bearer | self.checks.seen(Check::Bearer);
                }
                Some((Check::Token, bearer))
            }
            ("auth", "verifyWebhookSignature") => {
                let header = self.header_read(module, argument(2)?)?;
                Some((Check::Key { header }, Seen::NOTHING))
            }
            ("auth" | "crypto", "timingSafeEqual") => {
                let headers =
                    [argument(0)?, argument(1)?].map(|side| self.header_read(module, side));
                let header = headers.into_iter().flatten().find(|name| name != "authorization")?;
                Some((Check::Key { header }, Seen::NOTHING))
            }
            ("validate" | "decode", name) => {
                let serde_json::Value::String(schema) =
                    self.index.literal(module, argument(0)?, 0)?
                else {
                    return None;
                };
                let from = self.origin(module, argument(1)?);
                let kind = match (name, from) {
                    ("decodeQuery" | "validateObject", Origin::Query) => {
                        return Some((Check::Query { schema }, Seen::NOTHING));
                    }
                    ("validateJson" | "coerceJson" | "decodeJson", Origin::Text) => {
                        "application/json"
                    }
                    ("validateObject", Origin::Json) => "application/json",
                    ("decodeForm", Origin::Text) => "application/x-www-form-urlencoded",
                    ("decodeFormMultipart", Origin::Text) => "multipart/form-data",
                    _ => return None,
                };
                Some((Check::Content { schema, kind }, self.checks.seen(Check::Body)))
            }
            _ => None,
        }
    }
}

/// Object and name of a method call.
pub(super) fn method(call: &ast::CallExpr) -> Option<(&Expr, &str)> {
    let Callee::Expr(callee) = &call.callee else { return None };
    let Expr::Member(member) = callee.unwrap_parens() else { return None };
    match &member.prop {
        MemberProp::Ident(name) => Some((&member.obj, &name.sym)),
        _ => None,
    }
}

fn is_constant(expr: &Expr) -> bool {
    match expr.unwrap_parens() {
        Expr::Lit(_) => true,
        Expr::Ident(name) => name.sym == *"undefined",
        _ => false,
    }
}
