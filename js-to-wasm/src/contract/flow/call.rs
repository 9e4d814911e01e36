//! Calls. In: callee and arguments. Out: what the call gives; parameters of the program's functions get their values here.

use swc_common::Span as TreeSpan;
use swc_ecma_ast::{CallExpr, Callee, Expr, ExprOrSpread, MemberProp, Pat};

use super::{
    Flow, Meaning, ObjectId, Value, builtin,
    state::{self, Kind, Multiplicity},
    value::{Callable, FuncId, Maker},
};
use crate::{comptime::Constant, source::Span};

/// Deepest nesting of calls that built-ins make.
const DEPTH_MAX: u32 = 8;
/// Most calls of built-ins in one round.
const CALLS_MAX: u32 = 200_000;

/// The values of arguments.
#[derive(Debug, Clone, Default)]
pub(super) struct Args {
    fixed: Vec<Value>,
    /// Any number of further ones, behind a spread.
    rest: Option<Value>,
}

impl Args {
    pub(super) fn of(fixed: Vec<Value>) -> Self {
        Self { fixed, rest: None }
    }

    /// Any number of arguments, each of this value.
    pub(super) fn rest(value: Value) -> Self {
        Self { fixed: Vec::new(), rest: Some(value) }
    }

    /// The argument at a position.
    pub(super) fn get(&self, index: usize) -> Value {
        match (self.fixed.get(index), &self.rest) {
            (Some(value), _) => value.clone(),
            (None, Some(rest)) => rest.clone().or_undefined(),
            (None, None) => Value::undefined(),
        }
    }

    /// All arguments from a position on.
    pub(super) fn from(&self, index: usize) -> Value {
        let fixed = self.fixed.iter().skip(index);
        fixed.chain(&self.rest).fold(Value::none(), |all, value| all.joined(value))
    }

    /// How many arguments stand before a spread.
    pub(super) fn fixed_count(&self) -> usize {
        self.fixed.len()
    }

    /// Whether a spread gives further ones.
    pub(super) fn has_rest(&self) -> bool {
        self.rest.is_some()
    }

    /// All arguments.
    pub(super) fn all(&self) -> Value {
        self.from(0)
    }
}

impl<'a> Flow<'a> {
    pub(super) fn arguments(&mut self, list: &'a [ExprOrSpread]) -> Args {
        let mut args = Args::default();
        for argument in list {
            let value = self.expression(&argument.expr);
            if argument.spread.is_some() {
                let value = self.iterated(&value);
                args.rest = Some(args.rest.take().unwrap_or_default().joined(&value));
            } else {
                match &mut args.rest {
                    // Where it stands depends on how much the spread before it gave.
                    Some(rest) => {
                        rest.join(&value);
                    }
                    None => args.fixed.push(value),
                }
            }
        }
        args
    }

    pub(super) fn call(&mut self, call: &'a CallExpr) -> Value {
        match &call.callee {
            Callee::Expr(callee) => self.call_of(callee, &call.args, call.span),
            Callee::Super(_) | Callee::Import(_) => self.outside_value(),
        }
    }

    pub(super) fn call_of(
        &mut self,
        callee: &'a Expr,
        args: &'a [ExprOrSpread],
        span: TreeSpan,
    ) -> Value {
        let place = self.place(span);
        match callee.unwrap_parens() {
            Expr::Ident(name) => {
                if let Some(constant) = self.constants.at(place) {
                    return self.constant(constant, place, &mut 0);
                }
                let args = self.arguments(args);
                if let Meaning::Host(module, export) = self.names.meaning(self.module, name) {
                    return self.host((module, export), &args, place, true);
                }
                let value = self.name(name);
                if self.names.meaning(self.module, name) == Meaning::Global
                    && let Some(function) = value.functions.first()
                {
                    return self.invoke(*function, &args, place, true);
                }
                self.call_value(&value, &args, place)
            }
            Expr::Member(member)
                if self.program.modules[self.module].extensions.as_match(member).is_none() =>
            {
                if let (Some(object), MemberProp::Ident(name)) =
                    (self.global_of(&member.obj), &member.prop)
                {
                    let args = self.arguments(args);
                    let value = builtin::member(&object.sym, &name.sym);
                    return self.call_value(&value, &args, place);
                }
                let object = self.expression(&member.obj);
                let key = self.member_key(&member.prop);
                self.taken_apart(&member.obj, &object, &key);
                let args = self.arguments(args);
                self.call_method(&object, &key, &args, place)
            }
            Expr::OptChain(chain) => {
                // `a?.b(…)`: the method of what is there.
                if let swc_ecma_ast::OptChainBase::Member(member) = &*chain.base {
                    let object = self.expression(&member.obj).defined();
                    let key = self.member_key(&member.prop);
                    let args = self.arguments(args);
                    return self.call_method(&object, &key, &args, place);
                }
                let value = self.expression(callee);
                let args = self.arguments(args);
                self.call_value(&value, &args, place)
            }
            other => {
                let value = self.expression(other);
                let args = self.arguments(args);
                self.call_value(&value, &args, place)
            }
        }
    }

    /// A value that is known before the program runs.
    fn constant(&mut self, constant: &Constant, place: Span, count: &mut u32) -> Value {
        *count += 1;
        let own = Span { end: *count, ..place };
        match constant {
            Constant::Undefined | Constant::Null => Value::undefined(),
            Constant::Bool(value) => Value::bool(*value),
            Constant::Number(value) => Value::number(*value),
            Constant::Text(text) => {
                std::str::from_utf8(text).map_or_else(|_| Value::any_text(), Value::text)
            }
            Constant::List(items) => {
                let array = self.make_at(own, Kind::Array, 80);
                for item in items {
                    let item = self.constant(item, place, count);
                    self.write(array, None, &item);
                }
                Value::object(array)
            }
            Constant::Object(fields) => {
                let object = self.make_at(own, Kind::Plain, 80);
                for (name, value) in fields {
                    let value = self.constant(value, place, count);
                    self.write(object, std::str::from_utf8(name).ok(), &value);
                }
                Value::object(object)
            }
        }
    }

    /// `value |> function`.
    pub(super) fn call_piped(&mut self, function: &'a Expr, value: Value, span: TreeSpan) -> Value {
        let place = self.place(span);
        let args = Args::of(vec![value]);
        if let Expr::Ident(name) = function.unwrap_parens()
            && let Meaning::Host(module, export) = self.names.meaning(self.module, name)
        {
            return self.host((module, export), &args, place, true);
        }
        let function = self.expression(function);
        self.call_value(&function, &args, place)
    }

    fn call_method(&mut self, object: &Value, key: &Value, args: &Args, place: Span) -> Value {
        let mut value = Value::none();
        match self.names_of(key) {
            Some(names) => {
                for name in names {
                    let found = self.method(object, &name, args, place);
                    value.join(&found);
                }
            }
            None => {
                // Any method at all: whatever is in the object is called, and the arguments may stay in it.
                let callee = self.get(object, key);
                value = self.call_value(&callee, args, place);
                self.leak(object);
                self.leak(&args.all());
                let outside = self.outside_value();
                value.join(&outside);
            }
        }
        value.labelled(object.labels)
    }

    /// Calls everything that a value can be.
    pub(super) fn call_value(&mut self, callee: &Value, args: &Args, place: Span) -> Value {
        let mut value = Value::none();
        for callable in callee.functions.clone() {
            let found = self.invoke(callable, args, place, false);
            value.join(&found);
        }
        if callee.objects.contains(&state::OUTSIDE) {
            // Only what was given away can be called: those calls are made elsewhere. Here the arguments arrive.
            let held = self.outside_value();
            if !held.functions.is_empty() {
                self.leak(&args.all());
                for callable in held.functions {
                    let found = self.invoke(callable, args, place, false);
                    value.join(&found);
                }
                let outside = self.outside_value();
                value.join(&outside);
            }
        }
        value
    }

    /// Calls one function.
    pub(super) fn invoke(
        &mut self,
        callable: Callable,
        args: &Args,
        place: Span,
        direct: bool,
    ) -> Value {
        if let Callable::Function(function) = callable {
            return self.call_function(function, args, place);
        }
        self.calls += 1;
        self.work(&args.all());
        if self.depth >= DEPTH_MAX || self.calls > CALLS_MAX {
            // A built-in that calls itself through what it holds: anything may come of it.
            self.leak(&args.all());
            self.leak(&Value::function(callable));
            return self.outside_value();
        }
        self.depth += 1;
        let value = match callable {
            Callable::Function(_) => Value::none(),
            Callable::Host(module, export) => self.host((module, export), args, place, direct),
            Callable::Builtin(object, member) => self.builtin((object, member), args, place),
            Callable::Same => args.get(0),
            Callable::Made(maker, held) => self.call_made(maker, held, args, place),
        };
        self.depth -= 1;
        value
    }

    fn call_function(&mut self, id: FuncId, args: &Args, place: Span) -> Value {
        let caller = self.caller();
        let most = self.facts.calls.entry((caller, id.0, place)).or_insert(self.multiplicity);
        *most = (*most).max(self.multiplicity);
        let function = &mut self.functions[id.0 as usize];
        if !function.called {
            function.called = true;
            self.changed = true;
        }
        let (module, params) = (function.module, function.params.clone());
        let returns = function.returns.clone();
        self.work(&returns);
        self.work(&args.all());
        // Patterns of parameters belong to the function's own module, and their defaults run when its body does.
        let outer = std::mem::replace(&mut self.module, module);
        let current = self.current.replace(id);
        for (index, param) in params.iter().enumerate() {
            match param {
                Pat::Rest(rest) => {
                    let array = self.make(rest.span, Kind::Array, 0);
                    self.grow(array);
                    let values = args.from(index);
                    self.write(array, None, &values);
                    self.bind(&rest.arg, &Value::object(array));
                }
                param => self.bind(param, &args.get(index)),
            }
        }
        self.module = outer;
        self.current = current;
        returns
    }

    /// Calls a function for every element of something.
    pub(super) fn call_each(
        &mut self,
        function: &Value,
        args: &Args,
        times: Multiplicity,
        place: Span,
    ) -> Value {
        let outer = self.multiplicity;
        self.multiplicity = outer.times(times);
        self.looped(place);
        let value = self.call_value(function, args, place);
        self.multiplicity = outer;
        value
    }

    fn call_made(&mut self, maker: Maker, held: ObjectId, args: &Args, place: Span) -> Value {
        let functions = self.elements(held);
        match maker {
            Maker::Pipe => {
                // Each may come first, and each gets what another gives.
                let passed = self.field(held, "passed").defined().joined(&args.all());
                let value = self.call_value(&functions, &Args::of(vec![passed]), place);
                self.write(held, Some("passed"), &value);
                value
            }
            Maker::Guard => {
                let guarded = self.make_at(place, Kind::Held, 40);
                self.write(guarded, None, &functions);
                self.write(guarded, None, &args.get(0));
                Value::function(Callable::Made(Maker::Guarded, guarded))
            }
            Maker::Guarded => self.call_value(&functions, args, place),
        }
    }
}
