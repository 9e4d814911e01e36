//! `comptime(e)` → the value of `e`, while the program is compiled. In: a program. Out: a [`Constant`] for each call, or why it has none.
//! Values are made by the native build of the runtime library, the same source that is linked into handlers, so that they are the same
//! bytes as at run time. An interpreter over the tree and not the compiled module, since what may stand in `comptime` is a small part of
//! the language, and the compiler then needs no engine. Never happens here: the clock, chance, the environment: equal programs give
//! equal modules.
//!
//! | allowed | |
//! |---|---|
//! | literals, templates, lists, objects, spread, `undefined` `NaN` `Infinity` | |
//! | `+ - * / % **`, `& \| ^ ~ << >> >>>`, `=== !== < <= > >=`, `&& \|\| ! ??`, `?:`, `typeof`, unary `+ -` | |
//! | members of lists and objects that were made here; `Math`, the methods of texts, `join` `includes` `indexOf` `slice` `concat` of lists | |
//! | `parseInt` `parseFloat` `Number` `String` `JSON.parse` `JSON.stringify` `encodeURIComponent` `decodeURIComponent` | |
//! | `hash(text)`: FNV-1a in 8 hexadecimal digits; `__VERSION__`: of the compiler | |
//! | `Env.NAME`, `__BUILD_TIME__`, `__GIT_COMMIT__`: `undefined`, since nothing of the building machine may reach a module | |

mod constant;
mod evaluate;
mod library;

use std::collections::HashMap;

use swc_ecma_ast::{Callee, Expr};

pub use constant::Constant;

use crate::{
    check::names,
    diagnostic::{Diagnostic, Diagnostics},
    parse::{
        Module, Program, offset,
        walk::{Node, Visitor, walk_module},
    },
    source::Span,
    stack,
};

/// Longest expression, in bytes of its text.
const SOURCE_BYTES_MAX: u32 = 8 * 1024;

/// Names that mean something within `comptime` only.
pub const NAMES: [&str; 5] = ["Env", "__BUILD_TIME__", "__GIT_COMMIT__", "__VERSION__", "hash"];

/// Codes of this stage: code, what is wrong, what to do.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "JS720",
        "`comptime` cannot evaluate this expression",
        "use literals, operators, `Math` and methods of texts",
    ),
    (
        "JS721",
        "a name is not known while compiling",
        "write the value itself: what a program declares exists only when it runs",
    ),
    (
        "JS722",
        "a value has the wrong type within `comptime`",
        "convert it; conditions are booleans",
    ),
    ("JS723", "the expression within `comptime` is nested too deep", "split it into several"),
    (
        "JS724",
        "the expression within `comptime` is too long, or its value too large",
        "split it, or compute it when the program runs",
    ),
    ("JS725", "a call within `comptime` would fail", "see what the function takes"),
    (
        "JS726",
        "a function cannot be called while compiling",
        "call it when the program runs: only functions that always give the same are evaluated before",
    ),
];

/// The values of calls of `comptime`, by the place of the call.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    values: HashMap<Span, Constant>,
}

impl Folded {
    /// The value of the call at this place.
    pub fn at(&self, place: Span) -> Option<&Constant> {
        self.values.get(&place)
    }
}

/// Evaluates every call of `comptime`.
pub fn fold(program: &Program) -> (Folded, Diagnostics) {
    stack::with_large_stack(|| {
        let (mut folded, mut found) = (Folded::default(), Diagnostics::default());
        for module in &program.modules {
            let names = names::resolve(module);
            for (place, argument) in calls(module, &names) {
                match evaluate::evaluate(module, &names, argument) {
                    Ok(constant) => _ = folded.values.insert(place, constant),
                    Err(diagnostic) => found.push(*diagnostic),
                }
            }
        }
        (folded, found)
    })
}

/// The bytes of each argument of `comptime` in a module: there, names mean something else.
pub fn ranges(module: &Module) -> Vec<(u32, u32)> {
    struct Finder(Vec<(u32, u32)>);
    impl<'a> Visitor<'a> for Finder {
        fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
            match node {
                Node::Expr(node) if argument(node).is_some() => {
                    let span = swc_common::Spanned::span(node);
                    self.0.push((offset(span.lo), offset(span.hi)));
                    false
                }
                _ => true,
            }
        }
    }
    let mut finder = Finder(Vec::new());
    walk_module(&module.ast, &mut finder);
    finder.0
}

/// The argument of `comptime(…)`, if an expression is that call.
pub fn argument(node: &Expr) -> Option<&Expr> {
    let Expr::Call(call) = node else { return None };
    let Callee::Expr(callee) = &call.callee else { return None };
    let Expr::Ident(name) = &**callee else { return None };
    match call.args.as_slice() {
        [argument] if name.sym == *"comptime" && argument.spread.is_none() => Some(&argument.expr),
        _ => None,
    }
}

/// Every call of the global `comptime`, with its argument.
fn calls<'m>(module: &'m Module, names: &names::Names) -> Vec<(Span, &'m Expr)> {
    struct Finder<'m, 'n> {
        module: &'m Module,
        names: &'n names::Names,
        found: Vec<(Span, &'m Expr)>,
    }
    impl<'a> Visitor<'a> for Finder<'a, '_> {
        fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
            let Node::Expr(node) = node else { return true };
            let Some(argument) = argument(node) else { return true };
            let start = offset(swc_common::Spanned::span(node).lo);
            if self.names.is_global(start) {
                self.found.push((self.module.span(node), argument));
                return false;
            }
            true
        }
    }
    let mut finder = Finder { module, names, found: Vec::new() };
    walk_module(&module.ast, &mut finder);
    finder.found
}

/// A refusal at a place.
fn refused(
    code: &'static str,
    module: &Module,
    place: impl swc_common::Spanned,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(code, module.span(place), message).with_help(help))
}
