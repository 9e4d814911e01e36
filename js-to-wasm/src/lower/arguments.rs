//! Arguments of which nothing is known before the program runs. In: calls of functions of the program. Out: the same calls, whose
//! arguments are checked against the annotations of the parameters where the checker knows nothing of them (`Types::check_at`).
//! Never here: arguments of built-ins, which look at their values themselves.

use std::collections::HashMap;

use swc_ecma_ast::{Expr as Node, Pat, TsType};

use super::{Lowering, ir::Expr, statement::bare};
use crate::{
    parse::{
        Program,
        walk::{self, Visitor},
    },
    source::Span,
};

/// A parameter with an annotation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameter<'a> {
    pub(super) name: &'a str,
    pub(super) ty: &'a TsType,
    /// Whether it may be left out.
    pub(super) optional: bool,
}

/// The parameters of a function, and the module where it stands.
#[derive(Debug)]
pub(super) struct Parameters<'a> {
    pub(super) module: usize,
    pub(super) list: Vec<Option<Parameter<'a>>>,
}

/// The annotated parameters of the program's functions, by their places.
pub(super) fn collect(program: &Program) -> HashMap<Span, Parameters<'_>> {
    let mut found = HashMap::new();
    for (index, module) in program.modules.iter().enumerate() {
        walk::walk_module(&module.ast, &mut Collector { program, index, found: &mut found });
    }
    found
}

struct Collector<'p, 'f> {
    program: &'p Program,
    index: usize,
    found: &'f mut HashMap<Span, Parameters<'p>>,
}

impl<'p> Visitor<'p> for Collector<'p, '_> {
    fn enter(&mut self, node: walk::Node<'p>, _depth: usize) -> bool {
        let (span, list): (_, Vec<_>) = match node {
            walk::Node::Function(function) => {
                (function.span, function.params.iter().map(|param| parameter(&param.pat)).collect())
            }
            walk::Node::Expr(Node::Arrow(arrow)) => {
                (arrow.span, arrow.params.iter().map(parameter).collect())
            }
            _ => return true,
        };
        if list.iter().any(Option::is_some) {
            let place = self.program.modules[self.index].span(span);
            self.found.insert(place, Parameters { module: self.index, list });
        }
        true
    }
}

fn parameter(pattern: &Pat) -> Option<Parameter<'_>> {
    let (pattern, default) = match pattern {
        Pat::Assign(assign) => (&*assign.left, true),
        other => (other, false),
    };
    let (name, annotation, optional) = match pattern {
        Pat::Ident(name) => (&*name.id.sym, name.type_ann.as_ref()?, name.id.optional),
        Pat::Object(object) => ("argument", object.type_ann.as_ref()?, object.optional),
        Pat::Array(array) => ("argument", array.type_ann.as_ref()?, array.optional),
        _ => return None,
    };
    Some(Parameter { name, ty: &annotation.type_ann, optional: optional || default })
}

impl Lowering<'_> {
    /// The call, with checks around the arguments of which nothing is known.
    pub(super) fn checked_call(&mut self, call: Expr, arguments: &[&Node]) -> Expr {
        let Expr::Call(function, var, mut values) = call else { return call };
        let place = self.ir.functions[function.0 as usize].span;
        let Some(Parameters { module, list }) = self.parameters.get(&place) else {
            return Expr::Call(function, var, values);
        };
        let (module, list) = (*module, list.clone());
        for ((value, node), parameter) in values.iter_mut().zip(arguments).zip(list) {
            let Some(parameter) = parameter else { continue };
            let node = bare(node);
            if self.program.types.check_at(self.place(node)).is_none() {
                continue;
            }
            let given = std::mem::replace(value, Expr::Undefined);
            *value = self.shaped_argument(given, node, module, parameter);
        }
        Expr::Call(function, var, values)
    }
}
