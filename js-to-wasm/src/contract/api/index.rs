//! Variables of a program → what they are declared as. In: trees. Out: an index by variable: functions, constants with what they are, parts
//! of constants; and the JSON Schemas that the program registers as literals. A variable that may change is in no index.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value as Json};
use swc_ecma_ast::{
    self as ast, Callee, Decl, Expr, Lit, ModuleItem, ObjectPatProp, Pat, Prop, PropName,
    PropOrSpread, VarDeclKind,
};

use crate::{
    contract::flow::scope::{self, Meaning, Names, VarId},
    parse::{
        Program,
        walk::{Node, Visitor, walk_module},
    },
};

/// How deep constants are followed.
const DEPTH_MAX: usize = 32;

/// A function, by its variable.
pub(super) type Key = VarId;

/// A function of the program.
#[derive(Debug, Clone)]
pub(super) struct Function<'a> {
    pub(super) module: usize,
    pub(super) name: &'a str,
    pub(super) params: Vec<&'a Pat>,
    pub(super) body: Result<&'a [ast::Stmt], &'a Expr>,
    /// None: it has no name.
    pub(super) key: Option<Key>,
}

/// What a variable is.
#[derive(Debug, Clone)]
pub(super) enum Declared<'a> {
    Function(Function<'a>),
    /// A constant.
    Value(usize, &'a Expr),
    /// A constant that is a field of a value, by the field's name.
    Part(usize, &'a Expr, &'a str),
    /// A field of a parameter that is a request.
    OfRequest(&'a str),
}

/// The index.
#[derive(Debug)]
pub(super) struct Index<'a> {
    pub(super) names: Names,
    declared: HashMap<VarId, Declared<'a>>,
    /// Schemas by name; none where it is not one literal.
    schemas: BTreeMap<String, Option<Json>>,
    /// Constants that something else may change: given to a call, or with header fields that are looked at.
    touched: HashSet<VarId>,
    /// A schema is registered under a name that is not known: it may be that of any of them.
    any_schema: bool,
}

impl<'a> Index<'a> {
    pub(super) fn of(program: &'a Program) -> Self {
        let names = scope::resolve(program);
        let mut index = Self {
            names,
            declared: HashMap::new(),
            schemas: BTreeMap::new(),
            touched: HashSet::new(),
            any_schema: false,
        };
        for (module, tree) in program.modules.iter().enumerate() {
            let mut finder = Finder { index: &mut index, module, registrations: Vec::new() };
            walk_module(&tree.ast, &mut finder);
            let registrations = finder.registrations;
            for call in registrations {
                index.register(module, call);
            }
        }
        index
    }

    /// What the name used at this place is.
    pub(super) fn declared(&self, module: usize, ident: &ast::Ident) -> Option<&Declared<'a>> {
        match self.names.meaning(module, ident) {
            Meaning::Var(var) => self.declared.get(&var),
            _ => None,
        }
    }

    /// The variable that the name used at this place means.
    pub(super) fn variable(&self, module: usize, ident: &ast::Ident) -> Option<VarId> {
        match self.names.meaning(module, ident) {
            Meaning::Var(var) => Some(var),
            _ => None,
        }
    }

    /// Whether something else may change what a constant holds.
    pub(super) fn is_touched(&self, module: usize, ident: &ast::Ident) -> bool {
        self.variable(module, ident).is_some_and(|var| self.touched.contains(&var))
    }

    /// The function of the host that a callee names.
    pub(super) fn host(
        &self,
        module: usize,
        callee: &Callee,
    ) -> Option<(&'static str, &'static str)> {
        let Callee::Expr(callee) = callee else { return None };
        let Expr::Ident(ident) = callee.unwrap_parens() else { return None };
        match self.names.meaning(module, ident) {
            Meaning::Host(module, name) => Some((module, name)),
            _ => None,
        }
    }

    /// Whether an expression is a global name.
    pub(super) fn is_global(&self, module: usize, expr: &Expr, name: &str) -> bool {
        matches!(expr.unwrap_parens(), Expr::Ident(ident)
            if ident.sym == *name && self.names.meaning(module, ident) == Meaning::Global)
    }

    /// The expression that a constant stands for, and its module.
    pub(super) fn value(&self, module: usize, expr: &'a Expr) -> (usize, &'a Expr) {
        let (mut module, mut expr) = (module, expr.unwrap_parens());
        for _ in 0..DEPTH_MAX {
            let Expr::Ident(ident) = expr else { break };
            let Some(Declared::Value(home, init)) = self.declared(module, ident) else { break };
            (module, expr) = (*home, init.unwrap_parens());
        }
        (module, expr)
    }

    /// A function, from an expression that names or writes one.
    pub(super) fn function(&self, module: usize, expr: &'a Expr) -> Option<Function<'a>> {
        match expr.unwrap_parens() {
            Expr::Ident(ident) => match self.declared(module, ident)? {
                Declared::Function(function) => Some(function.clone()),
                _ => None,
            },
            other => written(module, "", None, other),
        }
    }

    /// A literal as JSON.
    pub(super) fn literal(&self, module: usize, expr: &'a Expr, depth: usize) -> Option<Json> {
        if depth > DEPTH_MAX {
            return None;
        }
        let (module, expr) = self.value(module, expr);
        match expr {
            Expr::Lit(Lit::Str(text)) => Some(text.value.as_str()?.into()),
            Expr::Lit(Lit::Bool(value)) => Some(value.value.into()),
            Expr::Lit(Lit::Num(value)) => Some(number(value.value)),
            Expr::Unary(unary) if unary.op == ast::UnaryOp::Minus => {
                match self.literal(module, &unary.arg, depth + 1)? {
                    Json::Number(value) => Some(number(-value.as_f64()?)),
                    _ => None,
                }
            }
            Expr::Tpl(template) => match (template.quasis.as_slice(), template.exprs.as_slice()) {
                ([text], []) => Some(text.cooked.as_ref()?.as_str()?.into()),
                _ => None,
            },
            Expr::Array(list) => {
                let items = list.elems.iter().map(|item| match item {
                    Some(item) if item.spread.is_none() => {
                        self.literal(module, &item.expr, depth + 1)
                    }
                    _ => None,
                });
                Some(Json::Array(items.collect::<Option<_>>()?))
            }
            Expr::Object(object) => {
                let mut fields = Map::new();
                for property in &object.props {
                    let PropOrSpread::Prop(property) = property else { return None };
                    let Prop::KeyValue(pair) = &**property else { return None };
                    let value = self.literal(module, &pair.value, depth + 1)?;
                    fields.insert(field_name(&pair.key)?.to_owned(), value);
                }
                Some(Json::Object(fields))
            }
            _ => None,
        }
    }

    /// The schema that is registered under a name, if it is known.
    pub(super) fn schema(&self, name: &str) -> Option<&Json> {
        self.schemas.get(name).filter(|_| !self.any_schema)?.as_ref()
    }

    /// `schemaCompile(name, schema)`.
    fn register(&mut self, module: usize, call: &'a ast::CallExpr) {
        let [name, schema] = call.args.as_slice() else { return };
        let Some(Json::String(name)) = self.literal(module, &name.expr, 0) else {
            self.any_schema = true;
            return;
        };
        let text = match self.value(module, &schema.expr) {
            (home, Expr::Call(inner)) if self.is_stringify(home, inner) => {
                inner.args.first().and_then(|value| self.literal(home, &value.expr, 0))
            }
            _ => match self.literal(module, &schema.expr, 0) {
                Some(Json::String(text)) => serde_json::from_str(&text).ok(),
                other => other,
            },
        };
        let text = text.filter(|schema| schema.is_object() && is_self_contained(schema, 0));
        self.schemas.entry(name).and_modify(|known| *known = None).or_insert(text);
    }

    fn is_stringify(&self, module: usize, call: &ast::CallExpr) -> bool {
        let Callee::Expr(callee) = &call.callee else { return false };
        let Expr::Member(member) = callee.unwrap_parens() else { return false };
        matches!(&member.prop, ast::MemberProp::Ident(name) if name.sym == *"stringify")
            && self.is_global(module, &member.obj, "JSON")
            && call.args.len() == 1
    }
}

/// A number as JSON writes it.
fn number(value: f64) -> Json {
    if value.fract() == 0.0 && value.abs() < 9e15 { (value as i64).into() } else { value.into() }
}

/// Whether a schema means the same inside of a document: references and names of its own would not.
fn is_self_contained(schema: &Json, depth: usize) -> bool {
    const OTHERS: [&str; 6] =
        ["$ref", "$dynamicRef", "$id", "$anchor", "$dynamicAnchor", "$schema"];
    depth < DEPTH_MAX
        && match schema {
            Json::Object(fields) => fields.iter().all(|(name, value)| {
                !OTHERS.contains(&name.as_str()) && is_self_contained(value, depth + 1)
            }),
            Json::Array(items) => items.iter().all(|item| is_self_contained(item, depth + 1)),
            _ => true,
        }
}

/// A field's name, where it is written as one.
pub(super) fn field_name(name: &PropName) -> Option<&str> {
    match name {
        PropName::Ident(name) => Some(&name.sym),
        PropName::Str(text) => text.value.as_str(),
        _ => None,
    }
}

/// A function that is written as an expression.
fn written<'a>(
    module: usize,
    name: &'a str,
    key: Option<Key>,
    expr: &'a Expr,
) -> Option<Function<'a>> {
    match expr.unwrap_parens() {
        Expr::Arrow(arrow) => Some(Function {
            module,
            name,
            params: arrow.params.iter().collect(),
            body: match &*arrow.body {
                ast::ArrowFunctionBody::FunctionBody(body) => Ok(&*body.stmts),
                ast::ArrowFunctionBody::Expr(expression) => Err(&**expression),
            },
            key,
        }),
        Expr::Fn(function) => of_function(module, name, key, &function.function),
        _ => None,
    }
}

fn of_function<'a>(
    module: usize,
    name: &'a str,
    key: Option<Key>,
    function: &'a ast::Function,
) -> Option<Function<'a>> {
    let params = function.params.iter().map(|param| &param.pat).collect();
    Some(Function { module, name, params, body: Ok(&*function.body.as_ref()?.stmts), key })
}

struct Finder<'i, 'a> {
    index: &'i mut Index<'a>,
    module: usize,
    registrations: Vec<&'a ast::CallExpr>,
}

impl<'a> Finder<'_, 'a> {
    fn declare(
        &mut self,
        ident: &ast::Ident,
        declared: impl FnOnce(VarId) -> Option<Declared<'a>>,
    ) {
        if let Some(var) = self.index.names.declared(self.module, ident)
            && let Some(declared) = declared(var)
        {
            self.index.declared.insert(var, declared);
        }
    }

    fn constants(&mut self, list: &'a ast::VarDecl) {
        let module = self.module;
        for declarator in list.decls.iter().filter(|_| list.kind == VarDeclKind::Const) {
            let Some(init) = declarator.init.as_deref() else { continue };
            match &declarator.name {
                Pat::Ident(ident) => self.declare(ident, |var| {
                    let function = written(module, &ident.id.sym, Some(var), init);
                    Some(function.map_or(Declared::Value(module, init), Declared::Function))
                }),
                Pat::Object(object) => {
                    self.touch(init);
                    for (name, ident) in parts(object) {
                        self.declare(ident, |_| Some(Declared::Part(module, init, name)));
                    }
                }
                _ => {}
            }
        }
    }

    fn touch(&mut self, expr: &Expr) {
        if let Expr::Ident(ident) = expr.unwrap_parens() {
            self.index.touched.extend(self.index.variable(self.module, ident));
        }
    }

    fn parameter(&mut self, pattern: &'a Pat) {
        let Pat::Object(object) = pattern else { return };
        let is_request = object.type_ann.as_ref().is_some_and(|annotation| {
            matches!(&*annotation.type_ann, ast::TsType::TsTypeRef(reference)
                if matches!(&reference.type_name, ast::TsEntityName::Ident(name) if name.sym == *"Request"))
        });
        for (name, ident) in parts(object).into_iter().filter(|_| is_request) {
            self.declare(ident, |_| Some(Declared::OfRequest(name)));
        }
    }
}

/// Fields that get a name, and the name.
pub(super) fn parts(object: &ast::ObjectPat) -> Vec<(&str, &ast::Ident)> {
    let parts = object.props.iter().filter_map(|property| match property {
        ObjectPatProp::Assign(short) => Some((&*short.key.id.sym, &short.key.id)),
        ObjectPatProp::KeyValue(pair) => match (field_name(&pair.key), &*pair.value) {
            (Some(name), Pat::Ident(ident)) => Some((name, &ident.id)),
            _ => None,
        },
        ObjectPatProp::Rest(_) => None,
    });
    parts.collect()
}

impl<'a> Visitor<'a> for Finder<'_, 'a> {
    fn enter(&mut self, node: Node<'a>, _depth: usize) -> bool {
        let module = self.module;
        match node {
            Node::Item(ModuleItem::ModuleDecl(ast::ModuleDecl::ExportDefaultDecl(export))) => {
                if let ast::DefaultDecl::Fn(ast::FnExpr { ident: Some(ident), function }) =
                    &export.decl
                {
                    self.declare(ident, |var| {
                        let function = of_function(module, &ident.sym, Some(var), function);
                        function.map(Declared::Function)
                    });
                }
            }
            Node::Decl(Decl::Fn(node)) => self.declare(&node.ident, |var| {
                let function = of_function(module, &node.ident.sym, Some(var), &node.function);
                function.map(Declared::Function)
            }),
            Node::Decl(Decl::Var(list)) => self.constants(list),
            Node::Function(function) => {
                function.params.iter().for_each(|param| self.parameter(&param.pat));
            }
            Node::Expr(Expr::Arrow(arrow)) => {
                arrow.params.iter().for_each(|param| self.parameter(param));
            }
            Node::Argument(argument) => self.touch(&argument.expr),
            Node::Expr(Expr::Member(member))
                if matches!(&member.prop, ast::MemberProp::Ident(name) if name.sym == *"headers")
                    || matches!(&member.prop, ast::MemberProp::Computed(_)) =>
            {
                self.touch(&member.obj);
            }
            Node::Expr(Expr::Call(call))
                if self.index.host(module, &call.callee) == Some(("validate", "schemaCompile")) =>
            {
                self.registrations.push(call);
            }
            _ => {}
        }
        true
    }
}
