//! A function's body → what it returns, each with what was checked before, and the code that a request runs in it. In: the function, and for
//! the handler which of its places a route reaches. Out: [`Way`]. Loops are taken to run no round, so nothing that they check counts.

use swc_ecma_ast::{self as ast, Decl, Expr, Lit, Prop, PropOrSpread, Stmt};

use super::{
    Describer,
    checks::Seen,
    index::{Function, field_name},
};
use crate::contract::routes::{Place, place};

/// Whether a place can be reached; none if that takes too long to say.
pub(super) type Possible<'p> = &'p mut dyn FnMut(Place) -> Option<bool>;

/// What a function does.
#[derive(Debug, Default)]
pub(super) struct Way<'a> {
    /// What it returns (none: nothing), and what was checked before.
    pub(super) returns: Vec<(Option<&'a Expr>, Seen)>,
    /// Expressions that run, without those that other expressions hold.
    pub(super) code: Vec<&'a Expr>,
}

/// Follows a function; none if that takes too long.
pub(super) fn walk<'a>(
    describer: &mut Describer<'a>,
    function: &Function<'a>,
    possible: Option<Possible<'_>>,
) -> Option<Way<'a>> {
    let mut walker = Walker {
        describer,
        module: function.module,
        possible,
        way: Way::default(),
        given_up: false,
    };
    match function.body {
        Ok(statements) => {
            if let Some(seen) = walker.block(statements, Seen::NOTHING) {
                walker.way.returns.push((None, seen));
            }
        }
        Err(expression) => walker.returned(expression, Seen::NOTHING),
    }
    (!walker.given_up).then_some(walker.way)
}

struct Walker<'w, 'a, 'p> {
    describer: &'w mut Describer<'a>,
    module: usize,
    possible: Option<Possible<'p>>,
    way: Way<'a>,
    given_up: bool,
}

impl<'a> Walker<'_, 'a, '_> {
    fn possible(&mut self, at: Place) -> bool {
        match self.possible.as_mut().map(|possible| possible(at)) {
            Some(Some(answer)) => answer,
            Some(None) => {
                self.given_up = true;
                false
            }
            None => true,
        }
    }

    /// What was checked at the end of statements; none if it is not reached.
    fn block(&mut self, statements: &'a [Stmt], seen: Seen) -> Option<Seen> {
        statements.iter().try_fold(seen, |seen, statement| self.statement(statement, seen))
    }

    fn statement(&mut self, statement: &'a Stmt, seen: Seen) -> Option<Seen> {
        if !self.possible(place(statement)) {
            return None;
        }
        match statement {
            Stmt::Block(block) => self.block(&block.stmts, seen),
            Stmt::Decl(Decl::Var(list)) => {
                self.way.code.extend(list.decls.iter().filter_map(|one| one.init.as_deref()));
                Some(seen)
            }
            Stmt::Expr(statement) => {
                self.way.code.push(&statement.expr);
                Some(seen)
            }
            Stmt::Return(value) => {
                match &value.arg {
                    Some(value) => self.returned(value, seen),
                    None => self.way.returns.push((None, seen)),
                }
                None
            }
            Stmt::If(choice) => {
                self.way.code.push(&choice.test);
                let (yes, no) = self.describer.condition(self.module, &choice.test);
                let then = self.statement(&choice.cons, seen | yes);
                let otherwise = match &choice.alt {
                    Some(other) => self.statement(other, seen | no),
                    None => self.possible(place(&*choice.test)).then_some(seen | no),
                };
                either(then, otherwise)
            }
            Stmt::Switch(switch) => self.switch(switch, seen),
            Stmt::Throw(throw) => {
                let module = &self.describer.program.modules[self.module];
                let assert = module.extensions.as_assert(throw)?;
                self.way.code.push(assert.condition);
                let (yes, no) = self.describer.condition(self.module, assert.condition);
                if let Some(otherwise) = assert.otherwise {
                    self.returned(otherwise, seen | no);
                }
                Some(seen | yes)
            }
            Stmt::ForOf(each) => {
                self.way.code.push(&each.right);
                _ = self.statement(&each.body, seen);
                Some(seen)
            }
            Stmt::Break(_) | Stmt::Continue(_) => None,
            _ => Some(seen),
        }
    }

    fn switch(&mut self, switch: &'a ast::SwitchStmt, seen: Seen) -> Option<Seen> {
        self.way.code.push(&switch.discriminant);
        let mut after = None;
        let mut has_default = false;
        for case in &switch.cases {
            has_default |= case.test.is_none();
            self.way.code.extend(case.test.as_deref());
            let possible = case.cons.first().is_none_or(|first| self.possible(place(first)));
            if possible && !case.cons.is_empty() {
                let end = self.block(&case.cons, seen);
                after = either(after, end);
            }
        }
        if has_default { after } else { Some(seen) }
    }

    /// What is returned: where it is chosen among several, each of them.
    fn returned(&mut self, value: &'a Expr, seen: Seen) {
        let value = value.unwrap_parens();
        let module = &self.describer.program.modules[self.module];
        if let Some(matching) = module.extensions.match_of(value) {
            self.way.code.push(matching.subject);
            for arm in &matching.arms {
                let is_ok = arm.pattern.is_some_and(wants_ok);
                let shown = if is_ok {
                    self.describer.shown(self.module, matching.subject).ok
                } else {
                    Seen::NOTHING
                };
                self.returned(arm.body, seen | shown);
            }
            return;
        }
        match value {
            Expr::Cond(choice) => {
                self.way.code.push(&choice.test);
                let (yes, no) = self.describer.condition(self.module, &choice.test);
                self.returned(&choice.cons, seen | yes);
                self.returned(&choice.alt, seen | no);
            }
            _ if self.possible(place(value)) => {
                self.way.code.push(value);
                self.way.returns.push((Some(value), seen));
            }
            _ => {}
        }
    }
}

/// Whether a pattern is `{ ok: true, … }`.
fn wants_ok(pattern: &Expr) -> bool {
    let Expr::Object(object) = pattern.unwrap_parens() else { return false };
    object.props.iter().any(|property| {
        matches!(property, PropOrSpread::Prop(property)
            if matches!(&**property, Prop::KeyValue(pair)
                if field_name(&pair.key) == Some("ok")
                    && matches!(pair.value.unwrap_parens(), Expr::Lit(Lit::Bool(value)) if value.value)))
    })
}

/// What was checked on both of two ways, or on the one that goes on.
fn either(one: Option<Seen>, other: Option<Seen>) -> Option<Seen> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one & other),
        (one, other) => one.or(other),
    }
}
