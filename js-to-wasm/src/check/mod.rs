//! [`Program`] → the list of what keeps it out of the language, and the types of its expressions. In: trees. Out: diagnostics, each with
//! its alternative; without an error among them later stages may assume the subset. Every rule stands in a file of its own: under
//! `subset/` what the language does not have, under `types/rules/` what does not fit together, under `booleans/` conditions, under
//! `verify/` what is proven of handlers. Never happens here: contracts.

pub mod globals;
pub mod handler;
pub mod manual;
pub mod names;
pub mod rule;
mod subset;
pub mod types;
mod booleans;
mod verify;

use std::collections::HashSet;

use rule::{Context, Rule, Run};
use subset::RULES;

use crate::{
    diagnostic::Diagnostics,
    parse::{
        Program,
        walk::{Node, Visitor, walk_module},
    },
    settings::Settings,
    stack,
};

/// What counts as a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Truthiness {
    /// Booleans.
    #[default]
    Strict,
    /// Whatever may be false: booleans, numbers, strings and `undefined`; not what is always true.
    Typed,
}

/// How to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// What counts as a condition.
    pub truthiness: Truthiness,
}

impl Options {
    /// What `purview.json` says, unless the caller decides.
    pub fn of(settings: Settings, truthiness: Option<Truthiness>) -> Self {
        Self { truthiness: truthiness.unwrap_or(settings.truthiness) }
    }
}

/// What checking gives.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
    /// The types of expressions.
    pub types: types::Types,
}

/// Every rule, by code.
pub fn rules() -> impl Iterator<Item = &'static Rule> + Clone {
    RULES.iter().chain(types::rules::RULES).chain(booleans::RULES).chain(verify::RULES)
}

/// Runs every rule over every module and reports everything.
pub fn check(program: &Program) -> Diagnostics {
    run(program, Options::default()).diagnostics
}

/// Runs every rule over every module, and infers types.
pub fn run(program: &Program, options: Options) -> Outcome {
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
        let (types, inferred) = types::check(program, options.truthiness);
        add_inferred(program, &mut found, &inferred);
        found.sort();
        Outcome { diagnostics: found, types }
    })
}

/// Adds what inference found, but for lines on which something stands that is not part of the language: its type means nothing.
fn add_inferred(program: &Program, found: &mut Diagnostics, inferred: &Diagnostics) {
    let line = |span: crate::source::Span| {
        (span.file, program.sources.file(span.file).position(span.start).line)
    };
    let refused: HashSet<_> =
        found.iter().filter_map(|diagnostic| diagnostic.span.map(line)).collect();
    for diagnostic in inferred.iter() {
        if diagnostic.span.is_none_or(|span| !refused.contains(&line(span))) {
            found.push(diagnostic.clone());
        }
    }
}

/// The rule with this code, in any case.
pub fn find(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code.eq_ignore_ascii_case(code))
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
