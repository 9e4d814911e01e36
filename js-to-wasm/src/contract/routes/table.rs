//! An object literal → the routes that `routerMatch` finds in it. In: the literal. Out: its routes in order, unless something in it
//! is not known when it is compiled.

use std::rc::Rc;

use swc_ecma_ast::{Expr, ObjectLit, Prop, PropName, PropOrSpread};

use super::condition::Route;
use crate::parse::{
    Module,
    walk::{Node, Visitor, walk_module},
};

/// Parameters that `routerMatch` takes from a path.
const PARAMS_MAX: usize = 8;

/// The routes of a literal. A name that can be no route stands for nothing; one that routes what no export can say is left out,
/// and the handler answers it through the catch-all.
pub(super) fn of(object: &ObjectLit) -> Option<Rc<[Route]>> {
    let mut routes = Vec::new();
    for property in &object.props {
        let PropOrSpread::Prop(property) = property else { return None };
        let name = match &**property {
            Prop::KeyValue(pair) => &pair.key,
            Prop::Method(method) => &method.key,
            // A name without a space is no route.
            Prop::Shorthand(_) => continue,
            _ => return None,
        };
        match name {
            PropName::Str(text) => routes.extend(route(text.value.as_str()?)),
            PropName::Ident(_) | PropName::Num(_) => {}
            PropName::Computed(_) | PropName::BigInt(_) => return None,
        }
    }
    Some(routes.into())
}

/// The route that a name in a table stands for, as an export spells it.
pub(in crate::contract) fn of_name(name: &str) -> Option<String> {
    route(name).map(|route| format!("{} {}", route.method, route.pattern))
}

/// A name in the table as an export spells it.
fn route(name: &str) -> Option<Route> {
    let (method, path) = name.split_once(' ')?;
    let mut pattern = String::new();
    let mut params = 0;
    for segment in path.strip_prefix('/')?.split('/') {
        pattern.push('/');
        match segment.strip_prefix(':') {
            Some(name) => {
                params += 1;
                pattern.push_str(&format!("{{{name}}}"));
            }
            None if segment.starts_with('*') || segment.contains(['{', '}']) => return None,
            None => pattern.push_str(segment),
        }
    }
    let method = method.to_ascii_uppercase();
    (params <= PARAMS_MAX).then(|| Route { method: method.into(), pattern: pattern.into() })
}

/// Whether a module's constant is used for nothing but calls of `routerMatch`, so that it stays what it is written as.
pub(super) fn is_only_looked_up(module: &Module, name: &str, router: &[&str]) -> bool {
    let mut uses = Uses { name, router, all: 0, lookups: 0 };
    walk_module(&module.ast, &mut uses);
    uses.all == uses.lookups
}

struct Uses<'n> {
    name: &'n str,
    router: &'n [&'n str],
    all: usize,
    lookups: usize,
}

impl<'a> Visitor<'a> for Uses<'_> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        let is_table = |expr: &Expr| matches!(expr, Expr::Ident(name) if name.sym == *self.name);
        match node {
            Node::Expr(Expr::Call(call)) => {
                let is_router = call.callee.as_expr().is_some_and(|callee| {
                    matches!(&**callee, Expr::Ident(name) if self.router.contains(&&*name.sym))
                });
                let of_table = call.args.first().is_some_and(|first| is_table(&first.expr));
                self.lookups += usize::from(is_router && of_table);
            }
            Node::Expr(expression) => self.all += usize::from(is_table(expression)),
            Node::Prop(Prop::Shorthand(name)) => self.all += usize::from(name.sym == *self.name),
            _ => {}
        }
        true
    }
}
