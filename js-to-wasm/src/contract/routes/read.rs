//! The handler's tree → its answers, each with the condition under which it is given, and under which each of its places is reached. In:
//! the function that answers requests, and the constants of its module. Whatever is not understood decides nothing: its condition is
//! unknown.

use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use swc_common::Spanned;
use swc_ecma_ast::{
    self as ast, BinaryOp, Callee, Decl, Expr, Lit, MemberProp, ObjectPatProp, Pat, Prop, PropName,
    PropOrSpread, Stmt, UnaryOp, VarDeclKind,
};

use super::{
    condition::{Condition, Route},
    table,
};
use crate::parse::{Match, Module, offset};

/// Statements and expressions that are looked at; a larger handler has no proven routes.
const STEPS_MAX: u32 = 20_000;

/// What is known of a value.
#[derive(Debug, Clone)]
enum Value {
    Request,
    Method,
    Path,
    /// Method, a space, path.
    MethodAndPath,
    Text(Rc<str>),
    Undefined,
    Truth(Condition),
    /// An object whose names are routes.
    Table(Rc<[Route]>),
    /// What `routerMatch` gives.
    Routed(Rc<[Route]>),
    Unknown,
}

/// What a handler shows.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The conditions of its answers.
    pub(super) answers: Vec<Condition>,
    /// The conditions under which statements, answers, and the ways past conditions that have no other way are reached.
    pub(super) reached: HashMap<Place, Condition>,
}

/// First and last byte of a node; of the way past an `if` without `else`, of its test.
pub(in crate::contract) type Place = (u32, u32);

/// The place of a node.
pub(in crate::contract) fn place(node: impl Spanned) -> Place {
    let span = node.span();
    (offset(span.lo), offset(span.hi))
}

/// Reads a handler; none if it is too large.
pub(super) struct Reader<'a> {
    module: &'a Module,
    /// Local names of `routerMatch`.
    router: Vec<&'a str>,
    scopes: Vec<BTreeMap<String, Value>>,
    found: Found,
    steps: u32,
}

impl<'a> Reader<'a> {
    pub(super) fn new(module: &'a Module, router: Vec<&'a str>) -> Self {
        Self { module, router, scopes: vec![BTreeMap::new()], found: Found::default(), steps: 0 }
    }

    /// What a function with these parameters and this body shows.
    pub(super) fn read(
        mut self,
        request: Option<&Pat>,
        body: Result<&'a [Stmt], &'a Expr>,
    ) -> Option<Found> {
        self.constants();
        self.scopes.push(BTreeMap::new());
        if let Some(pattern) = request {
            self.bind(pattern, Value::Request);
        }
        match body {
            Ok(statements) => drop(self.block(statements, Condition::Always)),
            Err(expression) => self.answer(expression, Condition::Always),
        }
        (self.steps < STEPS_MAX).then_some(self.found)
    }

    /// The constants at the top of the module.
    fn constants(&mut self) {
        let module = self.module;
        let declarations = module.ast.body.iter().filter_map(|item| match item {
            ast::ModuleItem::Stmt(Stmt::Decl(declaration)) => Some(declaration),
            _ => None,
        });
        for declaration in declarations {
            let Decl::Var(list) = declaration else { continue };
            self.declare(list);
        }
    }

    fn name(&mut self, name: &str, value: Value) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_owned(), value);
        }
    }

    fn lookup(&self, name: &str) -> Option<&Value> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name))
    }

    /// Names that a pattern gives to parts of a value.
    fn bind(&mut self, pattern: &Pat, value: Value) {
        match pattern {
            Pat::Ident(name) => self.name(&name.id.sym, value),
            Pat::Object(object) => {
                for property in &object.props {
                    match property {
                        ObjectPatProp::Assign(short) => {
                            let part = part(&value, &short.key.id.sym);
                            // The default of a part that is always there is never used.
                            self.name(&short.key.id.sym, part);
                        }
                        ObjectPatProp::KeyValue(pair) => {
                            let part = property_name(&pair.key)
                                .map_or(Value::Unknown, |name| part(&value, name));
                            self.bind(&pair.value, part);
                        }
                        ObjectPatProp::Rest(rest) => self.bind(&rest.arg, Value::Unknown),
                    }
                }
            }
            Pat::Array(list) => {
                list.elems.iter().flatten().for_each(|inner| self.bind(inner, Value::Unknown));
            }
            Pat::Rest(rest) => self.bind(&rest.arg, Value::Unknown),
            Pat::Assign(assign) => {
                let value = if matches!(value, Value::Request) { value } else { Value::Unknown };
                self.bind(&assign.left, value);
            }
            Pat::Invalid(_) | Pat::Expr(_) => {}
        }
    }

    fn declare(&mut self, list: &ast::VarDecl) {
        for declarator in &list.decls {
            let known = list.kind == VarDeclKind::Const;
            let value = match (&declarator.init, &declarator.name) {
                (Some(init), Pat::Ident(name)) if known => match init.unwrap_parens() {
                    Expr::Object(object) => self.table(object, &name.id.sym),
                    other => self.value(other),
                },
                (Some(init), _) if known => self.value(init),
                _ => Value::Unknown,
            };
            self.bind(&declarator.name, value);
        }
    }

    /// An object under a name: a table if nothing else can happen to it.
    fn table(&self, object: &ast::ObjectLit, name: &str) -> Value {
        let fixed = table::is_only_looked_up(self.module, name, &self.router);
        table::of(object).filter(|_| fixed).map_or(Value::Unknown, Value::Table)
    }

    /// Statements in a scope of their own; the condition under which they are left at their end.
    fn block(&mut self, statements: &'a [Stmt], here: Condition) -> Condition {
        self.scopes.push(BTreeMap::new());
        // A name hides the one outside from the start of its block.
        for statement in statements {
            match statement {
                Stmt::Decl(Decl::Var(list)) => list
                    .decls
                    .iter()
                    .for_each(|declarator| self.bind(&declarator.name, Value::Unknown)),
                Stmt::Decl(Decl::Fn(function)) => self.name(&function.ident.sym, Value::Unknown),
                _ => {}
            }
        }
        let mut here = here;
        for statement in statements {
            here = self.statement(statement, here);
        }
        self.scopes.pop();
        here
    }

    fn statement(&mut self, statement: &'a Stmt, here: Condition) -> Condition {
        self.steps += 1;
        if self.steps >= STEPS_MAX {
            return Condition::Unknown;
        }
        self.reach(statement, &here);
        match statement {
            Stmt::Block(block) => self.block(&block.stmts, here),
            Stmt::Decl(Decl::Var(list)) => {
                self.declare(list);
                here
            }
            Stmt::Decl(_) | Stmt::Expr(_) | Stmt::Empty(_) => here,
            Stmt::Return(value) => {
                match &value.arg {
                    Some(value) => self.answer(value, here),
                    None => self.found.answers.push(here),
                }
                Condition::Never
            }
            Stmt::If(choice) => {
                let test = self.condition(&choice.test);
                let yes = self.branch(&choice.cons, here.clone().and(test.clone()));
                let not = here.and(test.not());
                let no = match &choice.alt {
                    Some(other) => self.branch(other, not),
                    None => {
                        self.reach(&*choice.test, &not);
                        not
                    }
                };
                yes.or(no)
            }
            Stmt::Switch(switch) => self.switch(switch, here),
            Stmt::Throw(throw) => match self.module.extensions.as_assert(throw) {
                Some(assert) => {
                    let holds = self.condition(assert.condition);
                    let not = here.clone().and(holds.clone().not());
                    if let Some(otherwise) = assert.otherwise {
                        self.reach(otherwise, &not);
                    }
                    self.found.answers.push(not);
                    here.and(holds)
                }
                None => Condition::Unknown,
            },
            // A loop may answer in any of its rounds, or in none.
            Stmt::ForOf(each) => {
                self.scopes.push(BTreeMap::new());
                match &each.left {
                    ast::ForHead::VarDecl(list) => list
                        .decls
                        .iter()
                        .for_each(|declarator| self.bind(&declarator.name, Value::Unknown)),
                    ast::ForHead::UsingDecl(_) | ast::ForHead::Pat(_) => {}
                }
                let before = self.found.answers.len();
                drop(self.branch(&each.body, here.clone().and(Condition::Unknown)));
                self.scopes.pop();
                if self.found.answers.len() == before { here } else { here.and(Condition::Unknown) }
            }
            Stmt::Break(_) | Stmt::Continue(_) => Condition::Never,
            _ => Condition::Unknown,
        }
    }

    fn branch(&mut self, statement: &'a Stmt, here: Condition) -> Condition {
        self.block(std::slice::from_ref(statement), here)
    }

    /// Each case with statements leaves; one without shares those of the next.
    fn switch(&mut self, switch: &'a ast::SwitchStmt, here: Condition) -> Condition {
        let subject = self.value(&switch.discriminant);
        let tests: Vec<Option<Condition>> = switch
            .cases
            .iter()
            .map(|case| {
                let test = case.test.as_ref()?;
                let wanted = self.value(test);
                Some(same(&subject, &wanted))
            })
            .collect();
        let none =
            tests.iter().flatten().fold(here.clone(), |rest, test| rest.and(test.clone().not()));
        let (mut rest, mut pending) = (here, Condition::Never);
        let mut after = Condition::Never;
        let mut has_default = false;
        for (case, test) in switch.cases.iter().zip(tests) {
            match test {
                Some(test) => {
                    pending = pending.or(rest.clone().and(test.clone()));
                    rest = rest.and(test.not());
                }
                None => {
                    has_default = true;
                    pending = pending.or(none.clone());
                }
            }
            if !case.cons.is_empty() {
                after = after
                    .or(self.block(&case.cons, std::mem::replace(&mut pending, Condition::Never)));
            }
        }
        if has_default { after } else { after.or(none) }
    }

    /// The value that a function returns: where it is chosen among several, each is an answer.
    fn answer(&mut self, expression: &'a Expr, here: Condition) {
        self.steps += 1;
        if self.steps >= STEPS_MAX {
            return;
        }
        let expression = expression.unwrap_parens();
        if let Some(matching) = self.module.extensions.match_of(expression) {
            return self.matching(&matching, here);
        }
        match expression {
            Expr::Cond(choice) => {
                let test = self.condition(&choice.test);
                self.answer(&choice.cons, here.clone().and(test.clone()));
                self.answer(&choice.alt, here.and(test.not()));
            }
            _ => {
                self.reach(expression, &here);
                self.found.answers.push(here);
            }
        }
    }

    fn reach(&mut self, node: impl Spanned, here: &Condition) {
        let known = self.found.reached.remove(&place(&node));
        let all = known.map_or_else(|| here.clone(), |known| known.or(here.clone()));
        self.found.reached.insert(place(node), all);
    }

    fn matching(&mut self, matching: &Match<'a>, here: Condition) {
        let subject = self.value(matching.subject);
        let mut rest = here;
        for arm in &matching.arms {
            let Some(pattern) = arm.pattern else { continue };
            let test = self.pattern(&subject, pattern);
            self.answer(arm.body, rest.clone().and(test.clone()));
            rest = rest.and(test.not());
        }
        if let Some(arm) = matching.arms.iter().find(|arm| arm.pattern.is_none()) {
            self.answer(arm.body, rest);
        }
    }

    /// When a value matches a pattern.
    fn pattern(&mut self, subject: &Value, pattern: &Expr) -> Condition {
        match pattern.unwrap_parens() {
            Expr::Ident(name) if name.sym == *"_" => Condition::Always,
            Expr::Object(object) if matches!(subject, Value::Request) => {
                let mut all = Condition::Always;
                for property in &object.props {
                    let one = match property {
                        PropOrSpread::Prop(property) => match &**property {
                            Prop::KeyValue(pair) => property_name(&pair.key).map(|name| {
                                let part = part(subject, name);
                                self.pattern(&part, &pair.value)
                            }),
                            _ => None,
                        },
                        PropOrSpread::Spread(_) => None,
                    };
                    all = all.and(one.unwrap_or(Condition::Unknown));
                }
                all
            }
            Expr::Object(_) | Expr::Array(_) => Condition::Unknown,
            other => {
                let wanted = self.value(other);
                same(subject, &wanted)
            }
        }
    }

    fn condition(&mut self, expression: &Expr) -> Condition {
        match self.value(expression) {
            Value::Truth(condition) => condition,
            _ => Condition::Unknown,
        }
    }

    fn value(&mut self, expression: &Expr) -> Value {
        self.steps += 1;
        if self.steps >= STEPS_MAX {
            return Value::Unknown;
        }
        let expression = expression.unwrap_parens();
        if self.module.extensions.match_of(expression).is_some() {
            return Value::Unknown;
        }
        match expression {
            Expr::Ident(name) => match self.lookup(&name.sym) {
                Some(value) => value.clone(),
                None if name.sym == *"undefined" => Value::Undefined,
                None => Value::Unknown,
            },
            Expr::Lit(Lit::Str(text)) => {
                text.value.as_str().map_or(Value::Unknown, |text| Value::Text(text.into()))
            }
            Expr::Lit(Lit::Bool(value)) => Value::Truth(Condition::of(value.value)),
            Expr::Tpl(template) => self.template(template),
            Expr::Member(member) => match &member.prop {
                MemberProp::Ident(name) => {
                    let object = self.value(&member.obj);
                    part(&object, &name.sym)
                }
                _ => Value::Unknown,
            },
            Expr::Unary(unary) if unary.op == UnaryOp::Bang => {
                Value::Truth(self.condition(&unary.arg).not())
            }
            Expr::Bin(binary) => self.binary(binary),
            Expr::Call(call) => self.call(call),
            _ => Value::Unknown,
        }
    }

    fn template(&mut self, template: &ast::Tpl) -> Value {
        let texts: Vec<Option<&str>> = template
            .quasis
            .iter()
            .map(|piece| piece.cooked.as_ref().and_then(|text| text.as_str()))
            .collect();
        match (texts.as_slice(), template.exprs.as_slice()) {
            ([Some(text)], []) => Value::Text((*text).into()),
            ([Some(""), Some(" "), Some("")], [method, path]) => {
                joined(&self.value(method), &self.value(path))
            }
            _ => Value::Unknown,
        }
    }

    fn binary(&mut self, binary: &ast::BinExpr) -> Value {
        if self.module.extensions.as_pipe(binary).is_some() {
            return Value::Unknown;
        }
        match binary.op {
            BinaryOp::EqEqEq => Value::Truth(self.compare(binary)),
            BinaryOp::NotEqEq => Value::Truth(self.compare(binary).not()),
            BinaryOp::LogicalAnd => {
                let left = self.condition(&binary.left);
                Value::Truth(left.and(self.condition(&binary.right)))
            }
            BinaryOp::LogicalOr => {
                let left = self.condition(&binary.left);
                Value::Truth(left.or(self.condition(&binary.right)))
            }
            BinaryOp::Add => match binary.left.unwrap_parens() {
                Expr::Bin(inner) if inner.op == BinaryOp::Add => {
                    let space = self.value(&inner.right);
                    match space {
                        Value::Text(text) if &*text == " " => {
                            joined(&self.value(&inner.left), &self.value(&binary.right))
                        }
                        _ => Value::Unknown,
                    }
                }
                _ => Value::Unknown,
            },
            _ => Value::Unknown,
        }
    }

    fn compare(&mut self, binary: &ast::BinExpr) -> Condition {
        let (left, right) = (self.value(&binary.left), self.value(&binary.right));
        same(&left, &right)
    }

    /// `path.startsWith(text)` and `routerMatch(table, request)`.
    fn call(&mut self, call: &ast::CallExpr) -> Value {
        let Callee::Expr(callee) = &call.callee else { return Value::Unknown };
        if call.args.iter().any(|argument| argument.spread.is_some()) {
            return Value::Unknown;
        }
        match (callee.unwrap_parens(), call.args.as_slice()) {
            (Expr::Member(member), [prefix]) => {
                let MemberProp::Ident(name) = &member.prop else { return Value::Unknown };
                let (object, prefix) = (self.value(&member.obj), self.value(&prefix.expr));
                match (object, prefix) {
                    (Value::Path, Value::Text(text)) if name.sym == *"startsWith" => {
                        Value::Truth(Condition::Prefix(text))
                    }
                    _ => Value::Unknown,
                }
            }
            (Expr::Ident(name), [routes, request]) if self.is_router(&name.sym) => {
                let table = match routes.expr.unwrap_parens() {
                    Expr::Object(object) => table::of(object),
                    other => match self.value(other) {
                        Value::Table(table) => Some(table),
                        _ => None,
                    },
                };
                match (table, self.value(&request.expr)) {
                    (Some(table), Value::Request) => Value::Routed(table),
                    _ => Value::Unknown,
                }
            }
            _ => Value::Unknown,
        }
    }

    fn is_router(&self, name: &str) -> bool {
        self.router.contains(&name) && self.lookup(name).is_none()
    }
}

/// A member of a value.
fn part(value: &Value, name: &str) -> Value {
    match (value, name) {
        (Value::Request, "method") => Value::Method,
        (Value::Request, "path") => Value::Path,
        _ => Value::Unknown,
    }
}

fn property_name(name: &PropName) -> Option<&str> {
    match name {
        PropName::Ident(name) => Some(&name.sym),
        PropName::Str(text) => text.value.as_str(),
        _ => None,
    }
}

fn joined(left: &Value, right: &Value) -> Value {
    match (left, right) {
        (Value::Method, Value::Path) => Value::MethodAndPath,
        _ => Value::Unknown,
    }
}

/// When two values are the same.
fn same(left: &Value, right: &Value) -> Condition {
    match (left, right) {
        (Value::Method, Value::Text(text)) | (Value::Text(text), Value::Method) => {
            Condition::Method(Rc::clone(text))
        }
        (Value::Path, Value::Text(text)) | (Value::Text(text), Value::Path) => {
            Condition::Path(Rc::clone(text))
        }
        (Value::MethodAndPath, Value::Text(text)) | (Value::Text(text), Value::MethodAndPath) => {
            match text.split_once(' ') {
                Some((method, path)) => {
                    Condition::Method(method.into()).and(Condition::Path(path.into()))
                }
                None => Condition::Never,
            }
        }
        (Value::Routed(table), Value::Undefined) | (Value::Undefined, Value::Routed(table)) => {
            Condition::Routed(Rc::clone(table)).not()
        }
        (Value::Text(a), Value::Text(b)) => Condition::of(a == b),
        // `switch (true)`.
        (Value::Truth(Condition::Always), Value::Truth(condition)) => condition.clone(),
        _ => Condition::Unknown,
    }
}
