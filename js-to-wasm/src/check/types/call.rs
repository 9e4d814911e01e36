//! Calls. In: what is called, and the arguments. Out: what comes back; diagnostics for what cannot be called and arguments that do not
//! fit. An argument that is a function is looked at once, with the parameters that the callee passes to it.

use std::sync::Arc;

use swc_ecma_ast::{self as ast, Callee, Expr};

use super::{
    Checker,
    arguments::Argument,
    generics::Solution,
    ty::{Kind, Presence, Signature, Ty},
};
use crate::parse::offset;

impl<'a> Checker<'a> {
    pub(super) fn call(&mut self, node: &'a ast::CallExpr, expected: Option<Ty>) -> Ty {
        let Callee::Expr(callee) = &node.callee else { return Ty::DYNAMIC };
        let ty = self.expr(callee, None);
        let arguments = self.arguments(&node.args);
        self.call_value(callee, ty, arguments, node.type_args.as_deref(), node.span, expected)
    }

    /// `value |> function`
    pub(super) fn pipe(
        &mut self,
        value: &'a Expr,
        function: &'a Expr,
        span: swc_common::Span,
        expected: Option<Ty>,
    ) -> Ty {
        let given = self.expr(value, None);
        let argument = Argument { expr: value, spread: false, ty: Some(given) };
        let ty = match function.unwrap_parens() {
            // What is passed says what the parameter is.
            Expr::Arrow(_) => {
                let ty = self.store.widen(given);
                let context = self.store.function(Signature {
                    generics: Arc::from([]),
                    params: Arc::from([super::ty::Parameter {
                        name: swc_atoms::Atom::from("value"),
                        ty,
                        presence: Presence::Required,
                    }]),
                    result: Ty::DYNAMIC,
                    guard: None,
                    method: false,
                });
                self.expr(function, Some(context))
            }
            _ => self.expr(function, None),
        };
        self.call_value(function, ty, vec![argument], None, span, expected)
    }

    /// Calls a value of a type with arguments.
    pub(super) fn call_value(
        &mut self,
        callee: &'a Expr,
        ty: Ty,
        mut arguments: Vec<Argument<'a>>,
        written: Option<&'a ast::TsTypeParamInstantiation>,
        span: swc_common::Span,
        expected: Option<Ty>,
    ) -> Ty {
        let ty = if self.may_be_undefined(ty) && !self.is_dynamic(ty) {
            self.maybe_missing(callee, ty, "calling it");
            self.without_undefined(ty)
        } else {
            ty
        };
        let library = self.is_library_function(callee);
        let library_takes = std::mem::replace(&mut self.library_takes, library);
        let result = match self.callable(ty) {
            Callable::Unsure => {
                self.infer_all(&mut arguments);
                Ty::DYNAMIC
            }
            Callable::No => {
                self.infer_all(&mut arguments);
                self.not_callable(callee, ty);
                Ty::DYNAMIC
            }
            Callable::One(list) => {
                self.call_overloads(callee, &list, arguments, written, span, expected)
            }
            Callable::Several(list) => {
                let mut results = Vec::new();
                for (at, signatures) in list.iter().enumerate() {
                    if at == 0 {
                        self.contextual(&signatures[0], &mut arguments);
                    }
                    results.push(self.call_overloads(
                        callee,
                        signatures,
                        arguments.clone(),
                        None,
                        span,
                        None,
                    ));
                }
                self.store.union(results)
            }
        };
        self.library_takes = library_takes;
        // A function that was called may have assigned what it can reach.
        let bindings = &self.tables.bindings;
        self.flow.forget_where(|id| bindings[id.0 as usize].assigned_inside);
        result
    }

    fn infer_all(&mut self, arguments: &mut [Argument<'a>]) {
        for argument in arguments {
            if argument.ty.is_none() {
                argument.ty = Some(self.expr(argument.expr, None));
            }
        }
    }

    /// Infers arguments with what a signature expects of them.
    fn contextual(&mut self, signature: &Signature, arguments: &mut [Argument<'a>]) {
        for (at, argument) in arguments.iter_mut().enumerate() {
            let context = signature.params.get(at).map(|param| param.ty);
            if argument.ty.is_none() {
                argument.ty = Some(self.expr(argument.expr, context));
            }
        }
    }

    fn callable(&mut self, ty: Ty) -> Callable {
        let mut parts = self.parts(ty);
        for part in &mut parts {
            *part = self.plain(*part);
        }
        if parts.is_empty() || parts.iter().any(|&part| self.is_unsure(part)) {
            return Callable::Unsure;
        }
        let mut list: Vec<Arc<[Signature]>> = Vec::new();
        for part in parts {
            let signatures = self.signatures(part);
            if signatures.is_empty() {
                return Callable::No;
            }
            if !list.contains(&signatures) {
                list.push(signatures);
            }
        }
        match list.as_slice() {
            [one] => Callable::One(Arc::clone(one)),
            _ => Callable::Several(list),
        }
    }

    fn is_unsure(&mut self, part: Ty) -> bool {
        match self.store.kind(part).clone() {
            Kind::Dynamic | Kind::Utility(..) | Kind::Indexed(..) => true,
            Kind::Param(id) => match self.bound_of(id) {
                Some(bound) => self.is_dynamic(bound),
                None => false,
            },
            Kind::Intersection(_) => true,
            _ => false,
        }
    }

    fn call_overloads(
        &mut self,
        callee: &'a Expr,
        list: &[Signature],
        mut arguments: Vec<Argument<'a>>,
        written: Option<&'a ast::TsTypeParamInstantiation>,
        span: swc_common::Span,
        expected: Option<Ty>,
    ) -> Ty {
        let count = written.map(|written| written.params.len());
        let fitting: Vec<&Signature> = list
            .iter()
            .filter(|signature| {
                count.is_none_or(|count| count <= signature.generics.len())
                    && arity_fits(signature, &arguments)
                    && self.lengths_fit(signature, &arguments)
            })
            .collect();
        let (mut chosen, several) = match fitting.as_slice() {
            [] => {
                self.infer_all(&mut arguments);
                self.wrong_count(callee, list, &arguments, span);
                return list.last().map_or(Ty::DYNAMIC, |one| self.result_without_arguments(one));
            }
            [one] => (vec![*one], false),
            many => (many.to_vec(), true),
        };
        if several {
            // What has a type of its own is looked at once, before an overload is chosen.
            for argument in arguments.iter_mut().filter(|one| !takes_form(one.expr)) {
                if argument.ty.is_none() {
                    argument.ty = Some(self.expr(argument.expr, None));
                }
            }
        }
        // A value of which nothing is known fits every overload: the last one asks for the least of a callback.
        let known = |argument: &Argument<'a>| argument.ty != Some(Ty::DYNAMIC);
        let unsure = several
            && !arguments.iter().all(known)
            && arguments.iter().any(|argument| is_function(argument.expr));
        let chosen = if unsure { chosen.split_off(chosen.len() - 1) } else { chosen };
        let last = chosen.len() - 1;
        for (at, signature) in chosen.iter().enumerate() {
            if let Some(result) = self.try_signature(
                callee,
                signature,
                &mut arguments,
                written,
                span,
                (expected, at == last),
            ) {
                return result;
            }
        }
        Ty::DYNAMIC
    }

    /// Whether lists that are written out are as long as the tuples that are taken.
    fn lengths_fit(&self, signature: &Signature, arguments: &[Argument<'a>]) -> bool {
        arguments.iter().enumerate().all(|(at, argument)| {
            let Expr::Array(list) = argument.expr.unwrap_parens() else { return true };
            let spread = list.elems.iter().flatten().any(|element| element.spread.is_some());
            match parameter_for(signature, at).map(|param| self.store.kind(param.ty)) {
                Some(Kind::Tuple(elements, _)) => !spread && elements.len() == list.elems.len(),
                _ => true,
            }
        })
    }

    fn result_without_arguments(&mut self, signature: &Signature) -> Ty {
        let generics = Self::free(signature);
        let unknown = vec![Ty::DYNAMIC; generics.len()];
        self.substitute(signature.result, &generics, &unknown)
    }

    /// Calls one signature. None: an argument does not fit, and another signature may be tried.
    fn try_signature(
        &mut self,
        callee: &'a Expr,
        signature: &Signature,
        arguments: &mut [Argument<'a>],
        written: Option<&'a ast::TsTypeParamInstantiation>,
        span: swc_common::Span,
        (expected, last): (Option<Ty>, bool),
    ) -> Option<Ty> {
        let mut solution = Solution::new(&signature.generics);
        for (at, node) in written.iter().flat_map(|written| &written.params).enumerate() {
            let ty = self.written(node, self.unit);
            self.check_bound(signature, at, ty, node);
            solution.fix(at, ty);
        }
        if let Some(expected) = expected.filter(|_| !signature.generics.is_empty()) {
            self.infer_hint(&mut solution, signature.result, expected);
        }
        self.first_round(signature, arguments, &mut solution);
        if !last && !self.known_arguments_fit(signature, arguments, &mut solution) {
            return None;
        }
        for (at, argument) in arguments.iter_mut().enumerate() {
            let Some(param) = parameter_for(signature, at) else { continue };
            let given = match argument.ty {
                Some(ty) => ty,
                None => {
                    let context = self.partial(&solution, param.ty);
                    self.expr(argument.expr, Some(context))
                }
            };
            argument.ty = Some(given);
            if is_function(argument.expr) {
                self.infer_from(&mut solution, param.ty, given, 0);
            }
        }
        let solved = self.solve(&mut solution, signature.result);
        let mut fits = true;
        for (at, argument) in arguments.iter().enumerate() {
            let Some(param) = parameter_for(signature, at) else { continue };
            let wanted = self.wanted(param, &signature.generics, &solved, argument.spread);
            let given = argument.ty.unwrap_or(Ty::DYNAMIC);
            if argument.spread && param.presence != Presence::Rest && last {
                self.check_spread(callee, argument, given);
            }
            let given = match argument.spread {
                true => match self.each_of(given) {
                    Some(each) => each,
                    None => {
                        self.not_a_list(argument.expr, given);
                        Ty::DYNAMIC
                    }
                },
                false => given,
            };
            if last {
                self.check_argument(argument, given, wanted);
                self.arrives_as(callee, argument, at, param, wanted);
            } else if !self.assignable(given, wanted) {
                fits = false;
                break;
            }
        }
        if !fits {
            return None;
        }
        if let Some((at, ty)) = signature.guard {
            let ty = self.substitute(ty, &signature.generics, &solved);
            self.guards.insert(offset(span.lo), (at, ty));
        }
        Some(self.substitute(signature.result, &signature.generics, &solved))
    }

    /// Infers from arguments that are no functions.
    fn first_round(
        &mut self,
        signature: &Signature,
        arguments: &mut [Argument<'a>],
        solution: &mut Solution,
    ) {
        for (at, argument) in arguments.iter_mut().enumerate() {
            let Some(param) = parameter_for(signature, at) else {
                if argument.ty.is_none() {
                    argument.ty = Some(self.expr(argument.expr, None));
                }
                continue;
            };
            if is_function(argument.expr) {
                continue;
            }
            let mut given = match argument.ty {
                Some(ty) => ty,
                None => {
                    let context = self.partial(solution, param.ty);
                    self.expr(argument.expr, Some(context))
                }
            };
            argument.ty = Some(given);
            if argument.spread {
                given = self.each_of(given).unwrap_or(Ty::DYNAMIC);
            }
            self.infer_from(solution, param.ty, given, 0);
        }
    }

    /// Whether the arguments whose type is known fit, so that this overload is worth looking into.
    fn known_arguments_fit(
        &mut self,
        signature: &Signature,
        arguments: &[Argument<'a>],
        solution: &mut Solution,
    ) -> bool {
        for (at, argument) in arguments.iter().enumerate() {
            let (Some(given), Some(param)) = (argument.ty, parameter_for(signature, at)) else {
                continue;
            };
            let mut given = given;
            if argument.spread {
                given = self.each_of(given).unwrap_or(Ty::DYNAMIC);
            }
            let open = self.partial(solution, param.ty);
            let wanted = match param.presence {
                Presence::Optional => self.store.union([open, Ty::UNDEFINED]),
                _ => open,
            };
            if !self.assignable(given, wanted) {
                return false;
            }
        }
        true
    }

    fn wanted(
        &mut self,
        param: &super::ty::Parameter,
        generics: &[super::ty::ParamId],
        solved: &[Ty],
        spread: bool,
    ) -> Ty {
        let ty = self.substitute(param.ty, generics, solved);
        match param.presence {
            Presence::Optional if !spread => self.store.union([ty, Ty::UNDEFINED]),
            _ => ty,
        }
    }
}

enum Callable {
    One(Arc<[Signature]>),
    Several(Vec<Arc<[Signature]>>),
    Unsure,
    No,
}

/// Whether an argument is a function that takes its parameters from who calls it.
pub(super) fn is_function(expr: &Expr) -> bool {
    matches!(expr.unwrap_parens(), Expr::Arrow(_) | Expr::Fn(_))
}

/// Whether an argument takes its form from what is expected of it.
fn takes_form(expr: &Expr) -> bool {
    is_function(expr) || matches!(expr.unwrap_parens(), Expr::Array(_) | Expr::Object(_))
}

/// The parameter that an argument fills.
pub(super) fn parameter_for(signature: &Signature, at: usize) -> Option<&super::ty::Parameter> {
    let rest = signature.params.last().filter(|last| last.presence == Presence::Rest);
    signature.params.get(at).or(rest)
}

fn arity_fits(signature: &Signature, arguments: &[Argument<'_>]) -> bool {
    let required =
        signature.params.iter().filter(|param| param.presence == Presence::Required).count();
    let open = signature.params.last().is_some_and(|last| last.presence == Presence::Rest);
    let spread = arguments.iter().any(|argument| argument.spread);
    // A parameter that takes `undefined` may be left out only when it says so.
    (arguments.len() >= required || spread) && (open || arguments.len() <= signature.params.len())
}
