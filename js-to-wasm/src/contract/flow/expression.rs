//! Expressions. In: trees. Out: values. Functions get their place in the table of functions here.

use swc_atoms::Wtf8Atom;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp, Expr,
    Function as Tree, Ident, Lit, MemberExpr, MemberProp, ObjectLit, OptChainBase, OptChainExpr,
    Prop, PropName, PropOrSpread, SimpleAssignTarget, Tpl, UnaryExpr, UnaryOp,
};

use super::{
    Flow, Labels, Meaning, ObjectId, Value, builtin, scope,
    state::{self, Body, Function, Kind, Leak, Multiplicity, Written},
    value::{Callable, FuncId, Text},
};
use crate::check::types::Ty;

impl<'a> Flow<'a> {
    /// The value of an expression; none once the evaluation is given up.
    pub(super) fn expression(&mut self, node: &'a Expr) -> Value {
        if self.given_up() {
            return Value::none();
        }
        let value = self.evaluate(node);
        self.work(&value);
        value
    }

    fn evaluate(&mut self, node: &'a Expr) -> Value {
        match node {
            Expr::Paren(inner) => self.expression(&inner.expr),
            Expr::Lit(literal) => self.literal(literal),
            Expr::Tpl(template) => self.template(template),
            Expr::Ident(name) => self.name(name),
            Expr::Array(list) => {
                let array = self.make(list.span, Kind::Array, 0);
                for item in list.elems.iter().flatten() {
                    let value = self.expression(&item.expr);
                    if item.spread.is_some() {
                        if self.times(&value) != Multiplicity::Constant {
                            self.grow(array);
                        }
                        let value = self.iterated(&value);
                        self.write(array, None, &value);
                    } else {
                        self.write(array, None, &value);
                    }
                }
                Value::object(array)
            }
            Expr::Object(object) => self.object(object),
            Expr::Arrow(arrow) => self.arrow_value(arrow, "(arrow)"),
            Expr::Bin(binary) => self.binary(binary),
            Expr::Unary(unary) => self.unary(unary),
            Expr::Cond(node) => {
                self.expression(&node.test);
                let yes = self.expression(&node.cons);
                let no = self.expression(&node.alt);
                yes.joined(&no)
            }
            Expr::Member(member) => self.member(member),
            Expr::Call(call) => self.call(call),
            Expr::OptChain(chain) => self.chain(chain).or_undefined(),
            Expr::Assign(assign) => self.assignment(assign),
            Expr::JSXElement(element) => self.element_value(element),
            Expr::JSXFragment(fragment) => {
                let element = self.make(fragment.span, Kind::Element, 0);
                self.children(&fragment.children, element);
                Value::object(element)
            }
            Expr::TsAs(node) => self.expression(&node.expr),
            Expr::TsSatisfies(node) => self.expression(&node.expr),
            Expr::TsNonNull(node) => self.expression(&node.expr),
            Expr::TsConstAssertion(node) => self.expression(&node.expr),
            Expr::TsInstantiation(node) => self.expression(&node.expr),
            Expr::TsTypeAssertion(node) => self.expression(&node.expr),
            Expr::Seq(list) => {
                let values: Vec<_> =
                    list.exprs.iter().map(|inner| self.expression(inner)).collect();
                values.last().cloned().unwrap_or_default()
            }
            // The language has no other expressions: whatever it may be is anything.
            _ => self.outside_value(),
        }
    }

    pub(super) fn literal_text(&self, text: &Wtf8Atom) -> Value {
        text.as_str().map_or_else(Value::any_text, Value::text)
    }

    fn literal(&self, literal: &Lit) -> Value {
        match literal {
            Lit::Str(text) => self.literal_text(&text.value),
            Lit::Num(number) => Value::number(number.value),
            Lit::Bool(value) => Value::bool(value.value),
            _ => Value::undefined(),
        }
    }

    fn template(&mut self, template: &'a Tpl) -> Value {
        let mut value = Value::text("");
        for (index, quasi) in template.quasis.iter().enumerate() {
            let text = quasi.cooked.as_ref().map(|text| self.literal_text(text));
            value = value.followed_by(&text.unwrap_or_else(Value::any_text));
            if let Some(inner) = template.exprs.get(index) {
                let inner = self.expression(inner);
                value = value.followed_by(&inner);
            }
        }
        value
    }

    /// The value of a name.
    pub(super) fn name(&mut self, name: &Ident) -> Value {
        match self.names.meaning(self.module, name) {
            Meaning::Var(var) => self.vars[var.0 as usize].clone(),
            Meaning::Host(module, export) => Value::function(Callable::Host(module, export)),
            Meaning::Global => builtin::global(&name.sym),
        }
    }

    pub(super) fn arrow_value(&mut self, arrow: &'a ArrowExpr, name: &str) -> Value {
        let body = match &*arrow.body {
            ArrowFunctionBody::FunctionBody(body) => Body::Statements(&body.stmts),
            ArrowFunctionBody::Expr(value) => Body::Expression(value),
        };
        let key = scope::key(self.module, arrow.span);
        let params = arrow.params.iter().collect();
        self.function_at(key, name, params, body)
    }

    pub(super) fn function_value(&mut self, function: &'a Tree, name: &str) -> Value {
        let statements = function.body.as_ref().map_or(&[][..], |body| &body.stmts);
        let key = scope::key(self.module, function.span);
        let params = function.params.iter().map(|param| &param.pat).collect();
        self.function_at(key, name, params, Body::Statements(statements))
    }

    fn function_at(
        &mut self,
        key: scope::FunctionKey,
        name: &str,
        params: Vec<&'a swc_ecma_ast::Pat>,
        body: Body<'a>,
    ) -> Value {
        let known = self.function_ids.get(&key).copied();
        let id = known.unwrap_or_else(|| {
            let id = FuncId(self.functions.len() as u32);
            self.functions.push(Function {
                key,
                module: self.module,
                name: name.to_owned(),
                params,
                body,
                called: false,
                returns: Value::none(),
            });
            self.function_ids.insert(key, id);
            self.changed = true;
            id
        });
        Value::function(Callable::Function(id))
    }

    fn object(&mut self, literal: &'a ObjectLit) -> Value {
        let object = self.make(literal.span, Kind::Plain, 0);
        for property in &literal.props {
            match property {
                PropOrSpread::Spread(spread) => {
                    let value = self.expression(&spread.expr);
                    self.spread_into(object, &value);
                }
                PropOrSpread::Prop(property) => self.property(object, property),
            }
        }
        Value::object(object)
    }

    fn property(&mut self, object: ObjectId, property: &'a Prop) {
        match property {
            Prop::Shorthand(name) => {
                let value = self.name(name);
                self.write(object, Some(&name.sym), &value);
            }
            Prop::KeyValue(pair) => {
                let key = self.property_key(&pair.key);
                let value = match (&pair.key, pair.value.unwrap_parens()) {
                    (PropName::Ident(name), Expr::Arrow(arrow)) => {
                        self.arrow_value(arrow, &name.sym)
                    }
                    _ => self.expression(&pair.value),
                };
                self.write_keys(object, &key, &value);
            }
            Prop::Method(method) => {
                let key = self.property_key(&method.key);
                let name = match &method.key {
                    PropName::Ident(name) => name.sym.to_string(),
                    _ => "(method)".to_owned(),
                };
                let value = self.function_value(&method.function, &name);
                self.write_keys(object, &key, &value);
            }
            // Refused by `check`.
            Prop::Assign(_) | Prop::Getter(_) | Prop::Setter(_) => {}
        }
    }

    /// Writes to the fields that a key can name.
    pub(super) fn write_keys(&mut self, object: ObjectId, key: &Value, value: &Value) {
        let list = matches!(self.kind(object), Kind::Array | Kind::Set);
        let index = key.only_number().is_some() || key.texts().next().is_none();
        if list && !index && !value.functions.is_empty() {
            // It may stand for one of the list's own methods.
            self.leak(value);
        }
        self.named_by(object, key.labels);
        match self.names_of(key).filter(|_| !list) {
            Some(names) => {
                names.iter().for_each(|name| self.write(object, Some(name), value));
            }
            None => self.write(object, None, value),
        }
    }

    /// Copies everything that a value holds into an object, as spread does.
    pub(super) fn spread_into(&mut self, object: ObjectId, value: &Value) {
        for from in &value.objects {
            self.copy(*from, object);
        }
        if value.texts().next().is_some() {
            self.write(object, None, &Value::any_text());
        }
        if value.labels != Labels::NONE {
            // What is in a labelled object is labelled.
            let contents = Value::none().labelled(value.labels);
            self.write(object, None, &contents);
        }
    }

    fn unary(&mut self, node: &'a UnaryExpr) -> Value {
        let value = self.expression(&node.arg);
        match node.op {
            UnaryOp::Minus => match value.only_number() {
                Some(number) => Value::number(-number),
                None => self.number_of(&value),
            },
            UnaryOp::Plus => match value.only_number() {
                Some(number) => Value::number(number),
                None => self.number_of(&value),
            },
            UnaryOp::Tilde => self.number_of(&value),
            UnaryOp::Bang => Value::boolean(),
            UnaryOp::TypeOf => Value::any_text(),
            UnaryOp::Void | UnaryOp::Delete => Value::undefined(),
        }
    }

    /// A number that is made of a value: it can break out of nothing.
    pub(super) fn number_of(&self, value: &Value) -> Value {
        if value.is_none() {
            return Value::none();
        }
        let raw = Labels::RAW_HTML.with(Labels::RAW_URL);
        Value::any_number().labelled(value.labels.without(raw))
    }

    fn binary(&mut self, node: &'a BinExpr) -> Value {
        let module = &self.program.modules[self.module];
        if let Some(pipe) = module.extensions.as_pipe(node) {
            let value = self.expression(pipe.value);
            return self.call_piped(pipe.function, value, node.span);
        }
        let left = self.expression(&node.left);
        let right = self.expression(&node.right);
        match node.op {
            BinaryOp::Add => self.sum(&left, &right),
            BinaryOp::LogicalOr | BinaryOp::LogicalAnd => left.joined(&right),
            BinaryOp::NullishCoalescing => match left.may_be_undefined() {
                true => left.defined().joined(&right),
                // A value that is never absent: the right side is kept, since JSON null counts as absent too.
                false => left.joined(&right),
            },
            BinaryOp::EqEq
            | BinaryOp::NotEq
            | BinaryOp::EqEqEq
            | BinaryOp::NotEqEq
            | BinaryOp::Lt
            | BinaryOp::LtEq
            | BinaryOp::Gt
            | BinaryOp::GtEq
            | BinaryOp::In
            | BinaryOp::InstanceOf => Value::boolean(),
            _ => match (left.only_number(), right.only_number(), node.op) {
                (Some(left), Some(right), BinaryOp::Sub) => Value::number(left - right),
                (Some(left), Some(right), BinaryOp::Mul) => Value::number(left * right),
                (Some(left), Some(right), BinaryOp::Div) => Value::number(left / right),
                _ => self.number_of(&left.joined(&right)),
            },
        }
    }

    /// `a + b`: a text if one side can be one, a number if both can be numbers.
    fn sum(&mut self, left: &Value, right: &Value) -> Value {
        if left.is_none() || right.is_none() {
            return Value::none();
        }
        if let (Some(left), Some(right)) = (left.only_number(), right.only_number()) {
            return Value::number(left + right);
        }
        let texts = |value: &Value| value.texts().next().is_some() || !value.objects.is_empty();
        let mut sum = Value::none();
        if texts(left) || texts(right) {
            sum.join(&left.followed_by(right));
        }
        if left.may_be_no_text() && right.may_be_no_text() {
            sum.join(&Value::any_number());
        }
        sum.labelled(left.labels.with(right.labels))
    }

    fn member(&mut self, member: &'a MemberExpr) -> Value {
        let module = &self.program.modules[self.module];
        if let Some(matching) = module.extensions.as_match(member) {
            self.expression(matching.subject);
            let mut value = Value::undefined();
            for arm in &matching.arms {
                let arm = self.expression(arm.body);
                value.join(&arm);
            }
            return value;
        }
        if let (Some(object), MemberProp::Ident(name)) = (self.global_of(&member.obj), &member.prop)
        {
            return builtin::member(&object.sym, &name.sym);
        }
        let object = self.expression(&member.obj);
        let key = self.member_key(&member.prop);
        self.taken_apart(&member.obj, &object, &key);
        self.get(&object, &key)
    }

    /// Notes where a value is taken apart that the checker of types knows nothing of: whether results and optional values are looked at
    /// before is then not proven.
    pub(super) fn taken_apart(&mut self, node: &Expr, object: &Value, key: &Value) {
        let place = self.program.modules[self.module].span(node);
        if self.program.types.of(place) != Ty::DYNAMIC {
            return;
        }
        let names = self.names_of(key);
        let reads = |wanted: &str| {
            names.as_ref().is_none_or(|names| names.iter().any(|name| name == wanted))
        };
        let result = object.objects.iter().any(|object| self.kind(*object) == Kind::Result);
        if result && (reads("value") || reads("unwrap") || reads("error") || reads("unwrapErr")) {
            self.leaked(Leak::Result, place);
        }
        if object.may_be_undefined() {
            self.leaked(Leak::Optional, place);
        }
    }

    /// The name of a global, if an expression is one.
    pub(super) fn global_of(&self, node: &'a Expr) -> Option<&'a Ident> {
        match node.unwrap_parens() {
            Expr::Ident(name) if self.names.meaning(self.module, name) == Meaning::Global => {
                builtin::is_namespace(&name.sym).then_some(name)
            }
            _ => None,
        }
    }

    pub(super) fn member_key(&mut self, property: &'a MemberProp) -> Value {
        match property {
            MemberProp::Ident(name) => Value::text(&name.sym),
            MemberProp::Computed(computed) => self.expression(&computed.expr),
            MemberProp::PrivateName(_) => Value::any_text(),
        }
    }

    /// The field of a value that a key names.
    pub(super) fn get(&mut self, value: &Value, key: &Value) -> Value {
        let mut found = Value::none();
        if value.texts().next().is_some() {
            let length = key.texts().all(|text| *text == Text::Whole("length".to_owned()));
            found.join(&if length {
                Value::any_number()
            } else {
                Value::any_text().or_undefined()
            });
        }
        let names = self.names_of(key);
        for object in &value.objects {
            found.join(&self.get_of(*object, names.as_deref()));
        }
        if !value.functions.is_empty() || value.may_be_undefined() {
            found.join(&Value::undefined());
        }
        let raw = Labels::RAW_HTML.with(Labels::RAW_URL);
        let only_number = found.texts().next().is_none()
            && found.objects.is_empty()
            && found.functions.is_empty();
        let labels = if only_number { value.labels.without(raw) } else { value.labels };
        found.labelled(labels)
    }

    fn get_of(&self, object: ObjectId, names: Option<&[String]>) -> Value {
        let Some(names) = names else { return self.any_field(object) };
        let list = matches!(self.kind(object), Kind::Array | Kind::Set | Kind::Map)
            && !state::is_special(object);
        let mut found = Value::none();
        for name in names {
            let value = match &**name {
                "length" | "size" if list => Value::any_number(),
                _ if list => self.any_field(object),
                name => self.field(object, name),
            };
            found.join(&value);
        }
        found
    }

    fn chain(&mut self, chain: &'a OptChainExpr) -> Value {
        match &*chain.base {
            OptChainBase::Member(member) => {
                let object = self.expression(&member.obj);
                let key = self.member_key(&member.prop);
                self.get(&object.defined(), &key)
            }
            OptChainBase::Call(call) => self.call_of(&call.callee, &call.args, call.span),
        }
    }

    fn assignment(&mut self, node: &'a AssignExpr) -> Value {
        let right = self.expression(&node.right);
        let AssignTarget::Simple(target) = &node.left else { return right };
        match target {
            SimpleAssignTarget::Ident(name) => {
                let Meaning::Var(var) = self.names.meaning(self.module, &name.id) else {
                    return right;
                };
                let value = match node.op {
                    AssignOp::Assign => right,
                    op => {
                        let before = self.vars[var.0 as usize].clone();
                        self.compound(op, &before, &right)
                    }
                };
                self.assign(var, &value);
                let (caller, place) = (self.caller(), self.place(node.span));
                self.facts.touched.insert((caller, Written::Var(var), place));
                value
            }
            SimpleAssignTarget::Member(member) => {
                let object = self.expression(&member.obj);
                let key = self.member_key(&member.prop);
                let value = match node.op {
                    AssignOp::Assign => right,
                    op => {
                        let before = self.get(&object, &key);
                        self.compound(op, &before, &right)
                    }
                };
                let place = self.place(node.span);
                for id in &object.objects {
                    self.write_keys(*id, &key, &value);
                    self.mutated(*id, place);
                }
                value
            }
            SimpleAssignTarget::Paren(_) => {
                // `check` allows names and members only.
                self.leak(&right);
                right
            }
            _ => {
                self.leak(&right);
                right
            }
        }
    }

    fn compound(&mut self, op: AssignOp, before: &Value, right: &Value) -> Value {
        match op {
            AssignOp::AddAssign => self.sum(before, right),
            AssignOp::AndAssign | AssignOp::OrAssign | AssignOp::NullishAssign => {
                before.clone().joined(right)
            }
            _ => self.number_of(&before.clone().joined(right)),
        }
    }
}
