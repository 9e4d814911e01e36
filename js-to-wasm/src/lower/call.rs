//! Calls. In: callee and arguments. Out: the cheapest call that means the same: a known function directly, a built-in by its name, a
//! function value otherwise.

use swc_ecma_ast::{
    BinExpr, CallExpr, Callee, Expr as Node, ExprOrSpread, Ident, MemberProp, OptCall,
};

use super::{
    Lowered, Lowering,
    ir::{Expr, Stmt},
    scope::Binding,
    statement::bare,
};
use crate::{
    comptime::Constant, diagnostic::Diagnostic, parse::Pipe, source::Span, wasm::runtime::runtime,
};

/// Arguments of a call.
pub(super) enum Arguments {
    Plain(Vec<Expr>),
    /// An array of them.
    Spread(Expr),
}

impl Lowering<'_> {
    fn arguments(&mut self, args: &[ExprOrSpread]) -> Lowered<Arguments> {
        if args.iter().any(|arg| arg.spread.is_some()) {
            let items: Vec<_> = args.iter().cloned().map(Some).collect();
            return Ok(Arguments::Spread(self.array(&items)?));
        }
        let args = args.iter().map(|arg| self.expression(&arg.expr));
        Ok(Arguments::Plain(args.collect::<Lowered<_>>()?))
    }

    pub(super) fn call(&mut self, call: &CallExpr) -> Lowered<Expr> {
        let place = self.place(call);
        let Callee::Expr(callee) = &call.callee else {
            return Err(self.not_compiled(call, "this call"));
        };
        if let Some(constant) = self.contract.constants.at(place) {
            return Ok(self.known(constant));
        }
        Ok(self.call_of(place, bare(callee), &call.args)?.at(place))
    }

    /// A value that is known before the program runs.
    fn known(&mut self, constant: &Constant) -> Expr {
        match constant {
            Constant::Undefined => Expr::Undefined,
            // There is no literal for it.
            Constant::Null => {
                let text = vec![self.text("null")];
                builtin("JSON.parse".to_owned(), Expr::Undefined, Arguments::Plain(text))
            }
            Constant::Bool(value) => Expr::Bool(*value),
            Constant::Number(value) => Expr::Number(*value),
            Constant::Text(text) => Expr::Text(self.ir.texts.id(text)),
            Constant::List(items) => {
                Expr::Array(items.iter().map(|item| self.known(item)).collect())
            }
            Constant::Object(fields) => {
                let pair = |(name, value): &(Vec<u8>, Constant)| {
                    (Expr::Text(self.ir.texts.id(name)), self.known(value))
                };
                Expr::Object(fields.iter().map(pair).collect())
            }
        }
    }

    fn call_of(&mut self, place: Span, callee: &Node, args: &[ExprOrSpread]) -> Lowered<Expr> {
        match callee {
            Node::Ident(name) => {
                let args = self.arguments(args)?;
                self.call_name(place, name, args)
            }
            Node::Member(member) if self.module.extensions.as_match(member).is_none() => {
                if let (Some(object), MemberProp::Ident(name)) =
                    (self.global_of(&member.obj), &member.prop)
                {
                    let path = format!("{}.{}", object.sym, name.sym);
                    if runtime().export(&path).is_some() {
                        let args = self.arguments(args)?;
                        return Ok(builtin(path, Expr::Undefined, args));
                    }
                    let message = format!("`{path}` does not exist");
                    return Err(Box::new(Diagnostic::error("JS803", self.place(member), message)));
                }
                let object = self.expression(&member.obj)?;
                self.method(object, &member.prop, args)
            }
            // A chain in parentheses ends with them: the call is not part of it.
            Node::OptChain(chain) => {
                let callee = self.chain(chain)?;
                let args = self.arguments(args)?;
                Ok(call_value(Expr::Optional(Box::new(callee)), args))
            }
            other => {
                let callee = self.expression(other)?;
                let args = self.arguments(args)?;
                Ok(call_value(callee, args))
            }
        }
    }

    /// `object.name(args)`.
    fn method(
        &mut self,
        object: Expr,
        property: &MemberProp,
        args: &[ExprOrSpread],
    ) -> Lowered<Expr> {
        let key = self.member_key(property)?;
        if let Expr::Text(text) = key {
            let name =
                format!(".{}", String::from_utf8_lossy(&self.ir.texts.list[text.0 as usize]));
            if runtime().export(&name).is_some() {
                let args = self.arguments(args)?;
                return Ok(builtin(name, object, args));
            }
        }
        let callee = self.member_with_key(object, key);
        let args = self.arguments(args)?;
        Ok(call_value(callee, args))
    }

    fn call_name(&mut self, place: Span, name: &Ident, args: Arguments) -> Lowered<Expr> {
        match self.resolve(&name.sym) {
            Some(Binding::Var(var)) => self.call_var(var, args),
            Some(Binding::Host(module, export)) => {
                self.call_host(place, name, (module, export), args)
            }
            None if let Some(function) = super::host::global(&name.sym) => {
                self.call_host(place, name, function, args)
            }
            None if runtime().export(&name.sym).is_some() && !name.sym.starts_with("rt.") => {
                Ok(builtin(name.sym.to_string(), Expr::Undefined, args))
            }
            None => Err(self.unknown_name(name)),
        }
    }

    fn call_var(&mut self, var: super::VarId, args: Arguments) -> Lowered<Expr> {
        match (self.ir.vars[var.0 as usize].function, args) {
            (Some(function), Arguments::Plain(args)) => {
                self.note_use(var);
                Ok(Expr::Call(function, Some(var), args))
            }
            (_, args) => {
                let callee = self.read(var);
                Ok(call_value(callee, args))
            }
        }
    }

    /// `value |> function`: the value is evaluated first.
    pub(super) fn pipe(&mut self, pipe: &Pipe<'_>, node: &BinExpr) -> Lowered<Expr> {
        let place = self.place(node);
        let mut body = Vec::new();
        let value = self.expression(pipe.value)?;
        let call = match bare(pipe.function) {
            Node::Ident(name) => self.call_name(place, name, Arguments::Plain(vec![value]))?,
            Node::Member(member) if self.global_of(&member.obj).is_some() => {
                let MemberProp::Ident(name) = &member.prop else {
                    return Err(self.not_compiled(node, "this pipe"));
                };
                let object = self
                    .global_of(&member.obj)
                    .map(|name| name.sym.to_string())
                    .unwrap_or_default();
                let path = format!("{object}.{}", name.sym);
                if runtime().export(&path).is_none() {
                    let message = format!("`{path}` does not exist");
                    return Err(Box::new(Diagnostic::error("JS803", self.place(member), message)));
                }
                builtin(path, Expr::Undefined, Arguments::Plain(vec![value]))
            }
            other => {
                let value = self.temporary(value, &mut body);
                let callee = self.expression(other)?;
                Expr::CallValue(Box::new(callee), vec![value])
            }
        };
        let call = call.at(place);
        Ok(if body.is_empty() { call } else { Expr::Do(body, Box::new(call)) })
    }

    /// A call within an optional chain.
    pub(super) fn chain_call(&mut self, call: &OptCall, optional: bool) -> Lowered<Expr> {
        let place = self.place(call);
        // `a?.b(…)` calls a method; `a.b?.(…)` asks whether there is one.
        if !optional {
            if let Node::OptChain(inner) = bare(&call.callee)
                && let swc_ecma_ast::OptChainBase::Member(member) = &*inner.base
            {
                let object = self.chain_head(&member.obj, inner.optional)?;
                return Ok(self.method(object, &member.prop, &call.args)?.at(place));
            }
            if let Node::Member(member) = bare(&call.callee) {
                let object = self.chain_head(&member.obj, false)?;
                return Ok(self.method(object, &member.prop, &call.args)?.at(place));
            }
        }
        let callee = self.chain_head(&call.callee, optional)?;
        let mut body: Vec<Stmt> = Vec::new();
        let callee = self.temporary(callee, &mut body);
        let args = self.arguments(&call.args)?;
        Ok(Expr::Do(body, Box::new(call_value(callee, args).at(place))))
    }
}

pub(super) fn builtin(name: String, this: Expr, args: Arguments) -> Expr {
    match args {
        Arguments::Plain(args) => Expr::Builtin(name, Box::new(this), args),
        Arguments::Spread(array) => Expr::BuiltinSpread(name, Box::new(this), Box::new(array)),
    }
}

fn call_value(callee: Expr, args: Arguments) -> Expr {
    match args {
        Arguments::Plain(args) => Expr::CallValue(Box::new(callee), args),
        Arguments::Spread(array) => Expr::CallSpread(Box::new(callee), Box::new(array)),
    }
}
