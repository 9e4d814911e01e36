//! [`Program`] → the list of what keeps it out of the language. In: trees. Out: diagnostics, each with its alternative; an
//! empty list lets later stages assume the subset. Every rule stands in a file of its own under `subset/`. Never happens
//! here: types, control flow of whole functions, contracts.

pub mod globals;
pub mod handler;
pub mod manual;
pub mod names;
pub mod rule;
mod subset;

use rule::{Context, Rule, Run};
pub use subset::RULES;

use crate::{
    diagnostic::Diagnostics,
    parse::{
        Program,
        walk::{Node, Visitor, walk_module},
    },
    stack,
};

/// Runs every rule over every module and reports everything.
pub fn check(program: &Program) -> Diagnostics {
    stack::with_large_stack(|| {
        let mut found = Diagnostics::default();
        for (index, module) in program.modules.iter().enumerate() {
            let names = names::resolve(module);
            let parents = Vec::new();
            let mut context =
                Context { program, module, index, names: &names, parents, found: &mut found };
            for rule in RULES {
                if let Run::Module(run) = rule.run {
                    run(&mut context);
                }
            }
            walk_module(&module.ast, &mut Gate(context));
        }
        // The parser's word counts where no rule has a better one for the same line.
        for fault in program.faults.iter() {
            let line = |span: crate::source::Span| {
                (span.file, program.sources.file(span.file).position(span.start).line)
            };
            let place = fault.span.map(line);
            if !found.iter().any(|diagnostic| diagnostic.span.map(line) == place) {
                found.push(fault.clone());
            }
        }
        found.sort();
        found
    })
}

/// The rule with this code, in any case.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

struct Gate<'a, 'd>(Context<'a, 'd>);

impl<'a> Visitor<'a> for Gate<'a, '_> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        for rule in RULES {
            if let Run::Node(run) = rule.run {
                run(&mut self.0, node);
            }
        }
        self.0.parents.push(node);
        true
    }

    fn leave(&mut self, _node: Node<'a>) {
        self.0.parents.pop();
    }
}
