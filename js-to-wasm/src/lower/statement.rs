//! Statements. In: trees. Out: statements with explicit exits.

use swc_ecma_ast::{
    Decl, Expr as Node, ForHead, ForOfStmt, Pat, Stmt as Tree, SwitchStmt, VarDecl, VarDeclKind,
};

use super::{
    Exit, Lowered, Lowering,
    ir::{Arith, Expr, Order, Stmt, VarId},
    scope::Scope,
};

impl Lowering<'_> {
    /// The statements of a block, in a scope of their own.
    pub(super) fn block(&mut self, statements: &[Tree], body: &mut Vec<Stmt>) -> Lowered<()> {
        self.scopes.push(Scope::default());
        let result = self.scoped(statements, body);
        self.scopes.pop();
        result
    }

    fn scoped(&mut self, statements: &[Tree], body: &mut Vec<Stmt>) -> Lowered<()> {
        let vars = self.declare_all(statements.iter());
        if !vars.is_empty() {
            body.push(Stmt::Open(vars));
        }
        let declarations = statements.iter().filter_map(|statement| match statement {
            Tree::Decl(declaration) => Some(declaration),
            _ => None,
        });
        self.hoist(declarations, body)?;
        statements.iter().try_for_each(|statement| self.statement(statement, body))
    }

    /// One statement.
    pub(super) fn statement(&mut self, statement: &Tree, body: &mut Vec<Stmt>) -> Lowered<()> {
        match statement {
            Tree::Block(block) => self.block(&block.stmts, body),
            Tree::Empty(_) => Ok(()),
            Tree::Decl(declaration) => self.declaration(declaration, body),
            Tree::Expr(expression) => {
                let value = self.expression(&expression.expr)?;
                body.push(Stmt::Expr(value));
                Ok(())
            }
            Tree::Return(node) => {
                let value = match &node.arg {
                    Some(value) => self.expression(value)?,
                    None => Expr::Undefined,
                };
                body.push(Stmt::Return(value));
                Ok(())
            }
            Tree::If(node) => {
                let test = self.condition(&node.test)?;
                let (mut yes, mut no) = (Vec::new(), Vec::new());
                self.block(std::slice::from_ref(&*node.cons), &mut yes)?;
                if let Some(other) = &node.alt {
                    self.block(std::slice::from_ref(&**other), &mut no)?;
                }
                body.push(Stmt::If(test, yes, no));
                Ok(())
            }
            Tree::ForOf(node) => self.for_of(node, body),
            Tree::Switch(node) => self.switch(node, body),
            Tree::Break(node) if node.label.is_none() => match self.exits.last() {
                Some(exit) => {
                    body.push(Stmt::Leave(exit.break_to));
                    Ok(())
                }
                None => Err(self.not_compiled(node, "a `break` outside of a loop")),
            },
            Tree::Continue(node) if node.label.is_none() => {
                match self.exits.iter().rev().find_map(|exit| exit.continue_to) {
                    Some(label) => {
                        body.push(Stmt::Leave(label));
                        Ok(())
                    }
                    None => Err(self.not_compiled(node, "a `continue` outside of a loop")),
                }
            }
            Tree::Throw(node) => self.assert(node, body),
            other => Err(self.not_compiled(other, "this statement")),
        }
    }

    fn assert(&mut self, node: &swc_ecma_ast::ThrowStmt, body: &mut Vec<Stmt>) -> Lowered<()> {
        let extensions = &self.module.extensions;
        let Some(assert) = extensions.as_assert(node) else {
            return Err(self.not_compiled(node, "`throw`"));
        };
        let place = self.place(assert.condition);
        let condition = self.condition(assert.condition)?;
        let otherwise = match assert.otherwise {
            Some(value) => Stmt::Return(self.expression(value)?),
            None => Stmt::Expr(Expr::Direct("rt.assert", Vec::new()).at(place)),
        };
        body.push(Stmt::If(condition, Vec::new(), vec![otherwise]));
        Ok(())
    }

    /// A declaration; functions were lowered when their block began.
    pub(super) fn declaration(&mut self, declaration: &Decl, body: &mut Vec<Stmt>) -> Lowered<()> {
        match declaration {
            Decl::Var(list) => self.variables(list, body),
            Decl::Fn(_) | Decl::TsInterface(_) | Decl::TsTypeAlias(_) => Ok(()),
            other => Err(self.not_compiled(other, "this declaration")),
        }
    }

    fn variables(&mut self, list: &VarDecl, body: &mut Vec<Stmt>) -> Lowered<()> {
        for declarator in &list.decls {
            let Some(init) = &declarator.init else {
                self.bind(&declarator.name, Expr::Undefined, body)?;
                continue;
            };
            let constant = list.kind == VarDeclKind::Const;
            if let (Pat::Ident(name), true) = (&declarator.name, constant) {
                let var = self.declared(&name.id.sym);
                self.constant(var, init, body)?;
                continue;
            }
            let value = self.named_expression(&declarator.name, init)?;
            self.bind(&declarator.name, value, body)?;
        }
        Ok(())
    }

    /// `const name = init`: what it always is becomes known.
    fn constant(&mut self, var: VarId, init: &Node, body: &mut Vec<Stmt>) -> Lowered<()> {
        let name = self.ir.vars[var.0 as usize].name.clone();
        if let Node::Arrow(arrow) = bare(init) {
            let known = self.ir.vars[var.0 as usize].function;
            let id = known.unwrap_or_else(|| self.inner_function(&name, &arrow.span));
            self.ir.vars[var.0 as usize].function = Some(id);
            self.arrow_as(id, arrow)?;
            body.push(Stmt::Let(var, Expr::Function(id)));
        } else {
            let value = self.expression(init)?;
            if value.is_literal() {
                self.ir.vars[var.0 as usize].constant = Some(value.bare().clone());
            }
            body.push(Stmt::Let(var, value));
        }
        self.ir.vars[var.0 as usize].ready = true;
        Ok(())
    }

    /// An initial value; a function gets the name of its variable.
    fn named_expression(&mut self, pattern: &Pat, init: &Node) -> Lowered<Expr> {
        match (pattern, bare(init)) {
            (Pat::Ident(name), Node::Arrow(arrow)) => {
                let id = self.inner_function(&name.id.sym, &arrow.span);
                self.arrow_as(id, arrow)?;
                self.ir.functions[id.0 as usize].is_value = true;
                Ok(Expr::Function(id))
            }
            _ => self.expression(init),
        }
    }

    fn for_of(&mut self, node: &ForOfStmt, body: &mut Vec<Stmt>) -> Lowered<()> {
        let ForHead::VarDecl(head) = &node.left else {
            return Err(self.not_compiled(&node.left, "a `for…of` without a declaration"));
        };
        let [declarator] = head.decls.as_slice() else {
            return Err(self.not_compiled(&**head, "more than one variable in `for…of`"));
        };
        if node.is_await {
            return Err(self.not_compiled(node, "`for await`"));
        }
        let range = self.range_of(&node.right)?;
        match range {
            Some(bounds) => self.count(&declarator.name, bounds, &node.body, body),
            None => self.walk(&declarator.name, &node.right, &node.body, body),
        }
    }

    /// The arguments of `range(…)`, if the loop walks over that.
    fn range_of(&mut self, right: &Node) -> Lowered<Option<Vec<Expr>>> {
        let Node::Call(call) = bare(right) else { return Ok(None) };
        let Some(Node::Ident(name)) = call.callee.as_expr().map(|callee| bare(callee)) else {
            return Ok(None);
        };
        let plain =
            (1..=3).contains(&call.args.len()) && call.args.iter().all(|arg| arg.spread.is_none());
        if name.sym != *"range" || !plain || self.resolve("range").is_some() {
            return Ok(None);
        }
        let place = self.place(call);
        let zero = || Box::new(Expr::Number(0.0));
        let integer = |value: Expr| Expr::Arith(Arith::BitOr, Box::new(value), zero()).at(place);
        call.args
            .iter()
            .map(|arg| Ok(integer(self.expression(&arg.expr)?)))
            .collect::<Lowered<_>>()
            .map(Some)
    }

    /// `for (const i of range(…))`: a counter, no array.
    fn count(
        &mut self,
        name: &Pat,
        bounds: Vec<Expr>,
        inner: &Tree,
        body: &mut Vec<Stmt>,
    ) -> Lowered<()> {
        let mut bounds = bounds.into_iter();
        let first = bounds.next().unwrap_or(Expr::Number(0.0));
        let (start, end) = match bounds.next() {
            Some(end) => (first, end),
            None => (Expr::Number(0.0), first),
        };
        let counter = self.new_var("", false);
        body.push(Stmt::Let(counter, start));
        let end = self.temporary(end, body);
        let number = |value| Box::new(Expr::Number(value));
        let (test, advance) = match bounds.next() {
            // The counter is below the end, which is an integer.
            None => (less(Expr::Var(counter), end), Expr::Next(Box::new(Expr::Var(counter)))),
            Some(step) => {
                let step = self.temporary(step, body);
                // A step of zero counts as one.
                let zero = Expr::Same(Box::new(step.clone()), number(0.0));
                let step =
                    self.temporary(Expr::If(Box::new(zero), number(1.0), Box::new(step)), body);
                let up = less(Expr::Number(0.0), step.clone());
                let forward = less(Expr::Var(counter), end.clone());
                let backward = less(end, Expr::Var(counter));
                let test = Expr::If(Box::new(up), Box::new(forward), Box::new(backward));
                (test, Expr::Add(Box::new(Expr::Var(counter)), Box::new(step)))
            }
        };
        let advance = Stmt::Expr(Expr::Set(counter, Box::new(advance)));
        self.repeat(test, name, Expr::Var(counter), advance, inner, body)
    }

    /// `for (const x of values)`: by index over an array.
    fn walk(
        &mut self,
        name: &Pat,
        right: &Node,
        inner: &Tree,
        body: &mut Vec<Stmt>,
    ) -> Lowered<()> {
        let place = self.place(right);
        let values = self.expression(right)?;
        let values = self.temporary(Expr::Direct("rt.iterate", vec![values]).at(place), body);
        let index = self.new_var("", false);
        body.push(Stmt::Let(index, Expr::Number(0.0)));
        let test = less(Expr::Var(index), Expr::Direct("rt.count", vec![values.clone()]));
        let item = Expr::Direct("rt.item", vec![values, Expr::Var(index)]);
        // An array has fewer elements than 32 bits count.
        let advance = Expr::Next(Box::new(Expr::Var(index)));
        let advance = Stmt::Expr(Expr::Set(index, Box::new(advance)));
        self.repeat(test, name, item, advance, inner, body)
    }

    fn repeat(
        &mut self,
        test: Expr,
        name: &Pat,
        item: Expr,
        advance: Stmt,
        inner: &Tree,
        body: &mut Vec<Stmt>,
    ) -> Lowered<()> {
        let (done, again, next) = (self.label(), self.label(), self.label());
        self.scopes.push(Scope::default());
        let mut vars = Vec::new();
        self.declare_pattern(name, &mut vars);
        let mut iteration = vec![Stmt::Open(vars)];
        let result = self.bind(name, item, &mut iteration);
        self.exits.push(Exit { break_to: done, continue_to: Some(next) });
        let result = result.and_then(|()| self.block(std::slice::from_ref(inner), &mut iteration));
        self.exits.pop();
        self.scopes.pop();
        result?;
        let leave = Stmt::If(test, Vec::new(), vec![Stmt::Leave(done)]);
        let step = vec![leave, Stmt::Block(next, iteration), advance, Stmt::Again(again)];
        body.push(Stmt::Block(done, vec![Stmt::Loop(again, step)]));
        Ok(())
    }

    fn switch(&mut self, node: &SwitchStmt, body: &mut Vec<Stmt>) -> Lowered<()> {
        let subject = self.expression(&node.discriminant)?;
        let subject = self.temporary(subject, body);
        let done = self.label();
        let labels: Vec<_> = node.cases.iter().map(|_| self.label()).collect();
        let mut choose = Vec::new();
        for (case, label) in node.cases.iter().zip(&labels) {
            if let Some(test) = &case.test {
                let test = self.expression(test)?;
                let same = self.same(subject.clone(), test);
                choose.push(Stmt::If(same, vec![Stmt::Leave(*label)], Vec::new()));
            }
        }
        let default = node.cases.iter().position(|case| case.test.is_none());
        choose.push(Stmt::Leave(default.map_or(done, |index| labels[index])));
        self.scopes.push(Scope::default());
        self.exits.push(Exit { break_to: done, continue_to: None });
        let result = self.cases(node, &labels, choose, body, done);
        self.exits.pop();
        self.scopes.pop();
        result
    }

    fn cases(
        &mut self,
        node: &SwitchStmt,
        labels: &[super::Label],
        choose: Vec<Stmt>,
        body: &mut Vec<Stmt>,
        done: super::Label,
    ) -> Lowered<()> {
        let all = || node.cases.iter().flat_map(|case| &case.cons);
        let vars = self.declare_all(all());
        body.push(Stmt::Open(vars));
        let declarations = all().filter_map(|statement| match statement {
            Tree::Decl(declaration) => Some(declaration),
            _ => None,
        });
        self.hoist(declarations, body)?;
        // Each case begins where the block before it ends.
        let mut inner = choose;
        for (case, label) in node.cases.iter().zip(labels) {
            let mut next = vec![Stmt::Block(*label, inner)];
            case.cons.iter().try_for_each(|statement| self.statement(statement, &mut next))?;
            inner = next;
        }
        body.push(Stmt::Block(done, inner));
        Ok(())
    }
}

fn less(left: Expr, right: Expr) -> Expr {
    Expr::Order(Order::Less, Box::new(left), Box::new(right))
}

/// An expression without parentheses around it.
pub(super) fn bare(node: &Node) -> &Node {
    match node {
        Node::Paren(inner) => bare(&inner.expr),
        other => other,
    }
}
