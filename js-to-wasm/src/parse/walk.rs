//! Walks a tree from top to bottom, one [`Node`] at a time, with the depth of each. Every kind of node that the parser can
//! make is named here, so that nothing can hide from a visitor. Nothing here judges.

use swc_common::{Span, Spanned};
use swc_ecma_ast as ast;

/// A node of the tree that can hold other nodes. Leaves without a place of their own (operators, names of members) are read
/// from the node that holds them.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each variant is the node of the same name in the parser's tree")]
pub enum Node<'a> {
    Item(&'a ast::ModuleItem),
    Stmt(&'a ast::Stmt),
    Decl(&'a ast::Decl),
    Expr(&'a ast::Expr),
    Pat(&'a ast::Pat),
    AssignTarget(&'a ast::AssignTarget),
    Declarator(&'a ast::VarDeclarator),
    Function(&'a ast::Function),
    Class(&'a ast::Class),
    Prop(&'a ast::Prop),
    PropName(&'a ast::PropName),
    Spread(&'a ast::SpreadElement),
    Argument(&'a ast::ExprOrSpread),
    ObjectPatProp(&'a ast::ObjectPatProp),
    Case(&'a ast::SwitchCase),
    Element(&'a ast::JSXElement),
    Fragment(&'a ast::JSXFragment),
    ElementChild(&'a ast::JSXElementChild),
    Attribute(&'a ast::JSXAttrOrSpread),
    ElementName(&'a ast::JSXElementName),
    Type(&'a ast::TsType),
    TypeMember(&'a ast::TsTypeElement),
    TypeParam(&'a ast::TsTypeParam),
    TypeAnnotation(&'a ast::TsTypeAnn),
    TypeArguments(&'a ast::TsTypeParamInstantiation),
}

impl Node<'_> {
    /// Where the node stands, in the parser's positions.
    pub fn span(self) -> Span {
        match self {
            Self::Item(node) => node.span(),
            Self::Stmt(node) => node.span(),
            Self::Decl(node) => node.span(),
            Self::Expr(node) => node.span(),
            Self::Pat(node) => node.span(),
            Self::AssignTarget(node) => node.span(),
            Self::Declarator(node) => node.span,
            Self::Function(node) => node.span,
            Self::Class(node) => node.span,
            Self::Prop(node) => node.span(),
            Self::PropName(node) => node.span(),
            Self::Spread(node) => node.span(),
            Self::Argument(node) => node.span(),
            Self::ObjectPatProp(node) => node.span(),
            Self::Case(node) => node.span,
            Self::Element(node) => node.span,
            Self::Fragment(node) => node.span,
            Self::ElementChild(node) => node.span(),
            Self::Attribute(node) => node.span(),
            Self::ElementName(node) => node.span(),
            Self::Type(node) => node.span(),
            Self::TypeMember(node) => node.span(),
            Self::TypeParam(node) => node.span,
            Self::TypeAnnotation(node) => node.span,
            Self::TypeArguments(node) => node.span,
        }
    }
}

/// Sees every node of a tree.
pub trait Visitor<'a> {
    /// Called before the node's children. False: they are not visited.
    fn enter(&mut self, node: Node<'a>, depth: usize) -> bool;
    /// Called after the node's children, also when they were not visited.
    fn leave(&mut self, _node: Node<'a>) {}
}

/// Visits a module.
pub fn walk_module<'a>(module: &'a ast::Module, visitor: &mut impl Visitor<'a>) {
    for item in &module.body {
        walk(Node::Item(item), visitor, 1);
    }
}

/// Visits a node, which stands at `depth`, and what it holds.
pub fn walk<'a, V: Visitor<'a>>(node: Node<'a>, visitor: &mut V, depth: usize) {
    if visitor.enter(node, depth) {
        children(node, &mut |child| walk(child, visitor, depth + 1));
    }
    visitor.leave(node);
}

type Each<'e, 'a> = &'e mut dyn FnMut(Node<'a>);

/// Calls `each` with every node directly inside `node`, in the order of the text.
pub fn children<'a>(node: Node<'a>, each: Each<'_, 'a>) {
    match node {
        Node::Item(ast::ModuleItem::Stmt(stmt)) => each(Node::Stmt(stmt)),
        Node::Item(ast::ModuleItem::ModuleDecl(decl)) => module_decl(decl, each),
        Node::Stmt(stmt) => statement(stmt, each),
        Node::Decl(decl) => declaration(decl, each),
        Node::Expr(expr) => expression(expr, each),
        Node::Pat(pat) => pattern(pat, each),
        Node::AssignTarget(target) => assign_target(target, each),
        Node::Declarator(node) => {
            each(Node::Pat(&node.name));
            optional(node.init.as_deref(), each);
        }
        Node::Function(function) => self::function(function, each),
        Node::Class(class) => optional(class.super_class.as_deref(), each),
        Node::Prop(prop) => property(prop, each),
        Node::PropName(ast::PropName::Computed(name)) => each(Node::Expr(&name.expr)),
        Node::PropName(_) => {}
        Node::Spread(spread) => each(Node::Expr(&spread.expr)),
        Node::Argument(argument) => each(Node::Expr(&argument.expr)),
        Node::ObjectPatProp(prop) => match prop {
            ast::ObjectPatProp::KeyValue(prop) => {
                each(Node::PropName(&prop.key));
                each(Node::Pat(&prop.value));
            }
            ast::ObjectPatProp::Assign(prop) => optional(prop.value.as_deref(), each),
            ast::ObjectPatProp::Rest(rest) => each(Node::Pat(&rest.arg)),
        },
        Node::Case(case) => {
            optional(case.test.as_deref(), each);
            case.cons.iter().for_each(|stmt| each(Node::Stmt(stmt)));
        }
        Node::Element(_)
        | Node::Fragment(_)
        | Node::ElementChild(_)
        | Node::Attribute(_)
        | Node::ElementName(_) => {
            element(node, each);
        }
        Node::Type(node) => type_(node, each),
        Node::TypeMember(member) => type_member(member, each),
        Node::TypeParam(param) => {
            param.constraint.iter().chain(&param.default).for_each(|bound| each(Node::Type(bound)));
        }
        Node::TypeAnnotation(annotation) => each(Node::Type(&annotation.type_ann)),
        Node::TypeArguments(arguments) => {
            arguments.params.iter().for_each(|param| each(Node::Type(param)))
        }
    }
}

fn optional<'a>(expr: Option<&'a ast::Expr>, each: Each<'_, 'a>) {
    if let Some(expr) = expr {
        each(Node::Expr(expr));
    }
}

fn annotation<'a>(node: Option<&'a ast::TsTypeAnn>, each: Each<'_, 'a>) {
    if let Some(node) = node {
        each(Node::TypeAnnotation(node));
    }
}

fn type_params<'a>(node: Option<&'a ast::TsTypeParamDecl>, each: Each<'_, 'a>) {
    node.iter().flat_map(|node| &node.params).for_each(|param| each(Node::TypeParam(param)));
}

fn type_arguments<'a>(node: Option<&'a ast::TsTypeParamInstantiation>, each: Each<'_, 'a>) {
    if let Some(node) = node {
        each(Node::TypeArguments(node));
    }
}

fn module_decl<'a>(decl: &'a ast::ModuleDecl, each: Each<'_, 'a>) {
    match decl {
        ast::ModuleDecl::ExportDecl(export) => each(Node::Decl(&export.decl)),
        ast::ModuleDecl::ExportDefaultDecl(export) => match &export.decl {
            ast::DefaultDecl::Fn(function) => each(Node::Function(&function.function)),
            ast::DefaultDecl::Class(class) => each(Node::Class(&class.class)),
            ast::DefaultDecl::TsInterfaceDecl(node) => interface(node, each),
        },
        ast::ModuleDecl::ExportDefaultExpr(export) => each(Node::Expr(&export.expr)),
        ast::ModuleDecl::TsExportAssignment(export) => each(Node::Expr(&export.expr)),
        ast::ModuleDecl::Import(_)
        | ast::ModuleDecl::ExportNamed(_)
        | ast::ModuleDecl::ExportAll(_)
        | ast::ModuleDecl::TsImportEquals(_)
        | ast::ModuleDecl::TsNamespaceExport(_) => {}
    }
}

fn declaration<'a>(decl: &'a ast::Decl, each: Each<'_, 'a>) {
    match decl {
        ast::Decl::Class(node) => each(Node::Class(&node.class)),
        ast::Decl::Fn(node) => each(Node::Function(&node.function)),
        ast::Decl::Var(node) => node.decls.iter().for_each(|decl| each(Node::Declarator(decl))),
        ast::Decl::Using(node) => node.decls.iter().for_each(|decl| each(Node::Declarator(decl))),
        ast::Decl::TsInterface(node) => interface(node, each),
        ast::Decl::TsTypeAlias(node) => {
            type_params(node.type_params.as_deref(), each);
            each(Node::Type(&node.type_ann));
        }
        // Refused as a whole; what is inside does not matter.
        ast::Decl::TsEnum(_) | ast::Decl::TsModule(_) => {}
    }
}

fn interface<'a>(node: &'a ast::TsInterfaceDecl, each: Each<'_, 'a>) {
    type_params(node.type_params.as_deref(), each);
    for base in &node.extends {
        each(Node::Expr(&base.expr));
        type_arguments(base.type_args.as_deref(), each);
    }
    node.body.body.iter().for_each(|member| each(Node::TypeMember(member)));
}

fn function<'a>(node: &'a ast::Function, each: Each<'_, 'a>) {
    type_params(node.type_params.as_deref(), each);
    node.params.iter().for_each(|param| each(Node::Pat(&param.pat)));
    annotation(node.return_type.as_deref(), each);
    node.body.iter().flat_map(|body| &body.stmts).for_each(|stmt| each(Node::Stmt(stmt)));
}

fn statement<'a>(stmt: &'a ast::Stmt, each: Each<'_, 'a>) {
    let mut block =
        |block: &'a ast::BlockStmt| block.stmts.iter().for_each(|stmt| each(Node::Stmt(stmt)));
    match stmt {
        ast::Stmt::Block(node) => block(node),
        ast::Stmt::Try(node) => {
            block(&node.block);
            node.handler.iter().for_each(|handler| block(&handler.body));
            node.finalizer.iter().for_each(block);
        }
        ast::Stmt::Empty(_)
        | ast::Stmt::Debugger(_)
        | ast::Stmt::Break(_)
        | ast::Stmt::Continue(_) => {}
        ast::Stmt::With(node) => {
            each(Node::Expr(&node.obj));
            each(Node::Stmt(&node.body));
        }
        ast::Stmt::Return(node) => optional(node.arg.as_deref(), each),
        ast::Stmt::Labeled(node) => each(Node::Stmt(&node.body)),
        ast::Stmt::If(node) => {
            each(Node::Expr(&node.test));
            each(Node::Stmt(&node.cons));
            node.alt.iter().for_each(|stmt| each(Node::Stmt(stmt)));
        }
        ast::Stmt::Switch(node) => {
            each(Node::Expr(&node.discriminant));
            node.cases.iter().for_each(|case| each(Node::Case(case)));
        }
        ast::Stmt::Throw(node) => each(Node::Expr(&node.arg)),
        ast::Stmt::While(node) => {
            each(Node::Expr(&node.test));
            each(Node::Stmt(&node.body));
        }
        ast::Stmt::DoWhile(node) => {
            each(Node::Stmt(&node.body));
            each(Node::Expr(&node.test));
        }
        ast::Stmt::For(node) => {
            match &node.init {
                Some(ast::VarDeclOrExpr::VarDecl(decl)) => {
                    decl.decls.iter().for_each(|decl| each(Node::Declarator(decl)));
                }
                Some(ast::VarDeclOrExpr::Expr(expr)) => each(Node::Expr(expr)),
                None => {}
            }
            optional(node.test.as_deref(), each);
            optional(node.update.as_deref(), each);
            each(Node::Stmt(&node.body));
        }
        ast::Stmt::ForIn(node) => loop_over(&node.left, &node.right, &node.body, each),
        ast::Stmt::ForOf(node) => loop_over(&node.left, &node.right, &node.body, each),
        ast::Stmt::Decl(node) => each(Node::Decl(node)),
        ast::Stmt::Expr(node) => each(Node::Expr(&node.expr)),
    }
}

fn loop_over<'a>(
    head: &'a ast::ForHead,
    over: &'a ast::Expr,
    body: &'a ast::Stmt,
    each: Each<'_, 'a>,
) {
    match head {
        ast::ForHead::VarDecl(decl) => {
            decl.decls.iter().for_each(|decl| each(Node::Declarator(decl)))
        }
        ast::ForHead::UsingDecl(decl) => {
            decl.decls.iter().for_each(|decl| each(Node::Declarator(decl)))
        }
        ast::ForHead::Pat(pat) => each(Node::Pat(pat)),
    }
    each(Node::Expr(over));
    each(Node::Stmt(body));
}

fn expression<'a>(expr: &'a ast::Expr, each: Each<'_, 'a>) {
    match expr {
        ast::Expr::This(_)
        | ast::Expr::Ident(_)
        | ast::Expr::Lit(_)
        | ast::Expr::MetaProp(_)
        | ast::Expr::JSXMember(_)
        | ast::Expr::JSXNamespacedName(_)
        | ast::Expr::JSXEmpty(_)
        | ast::Expr::PrivateName(_)
        | ast::Expr::Invalid(_) => {}
        ast::Expr::Array(node) => {
            node.elems.iter().flatten().for_each(|element| each(Node::Argument(element)))
        }
        ast::Expr::Object(node) => node.props.iter().for_each(|prop| match prop {
            ast::PropOrSpread::Spread(spread) => each(Node::Spread(spread)),
            ast::PropOrSpread::Prop(prop) => each(Node::Prop(prop)),
        }),
        ast::Expr::Fn(node) => each(Node::Function(&node.function)),
        ast::Expr::Unary(node) => each(Node::Expr(&node.arg)),
        ast::Expr::Update(node) => each(Node::Expr(&node.arg)),
        ast::Expr::Bin(node) => {
            each(Node::Expr(&node.left));
            each(Node::Expr(&node.right));
        }
        ast::Expr::Assign(node) => {
            each(Node::AssignTarget(&node.left));
            each(Node::Expr(&node.right));
        }
        ast::Expr::Member(node) => member(node, each),
        ast::Expr::SuperProp(node) => {
            if let ast::SuperProp::Computed(name) = &node.prop {
                each(Node::Expr(&name.expr));
            }
        }
        ast::Expr::Cond(node) => {
            each(Node::Expr(&node.test));
            each(Node::Expr(&node.cons));
            each(Node::Expr(&node.alt));
        }
        ast::Expr::Call(_) | ast::Expr::New(_) | ast::Expr::OptChain(_) => call(expr, each),
        ast::Expr::Seq(node) => node.exprs.iter().for_each(|expr| each(Node::Expr(expr))),
        ast::Expr::Tpl(node) => node.exprs.iter().for_each(|expr| each(Node::Expr(expr))),
        ast::Expr::TaggedTpl(node) => {
            each(Node::Expr(&node.tag));
            type_arguments(node.type_params.as_deref(), each);
            node.tpl.exprs.iter().for_each(|expr| each(Node::Expr(expr)));
        }
        ast::Expr::Arrow(node) => arrow(node, each),
        ast::Expr::Class(node) => each(Node::Class(&node.class)),
        ast::Expr::Yield(node) => optional(node.arg.as_deref(), each),
        ast::Expr::Await(node) => each(Node::Expr(&node.arg)),
        ast::Expr::Paren(node) => each(Node::Expr(&node.expr)),
        ast::Expr::JSXElement(node) => each(Node::Element(node)),
        ast::Expr::JSXFragment(node) => each(Node::Fragment(node)),
        ast::Expr::TsTypeAssertion(node) => typed(&node.expr, Some(&node.type_ann), each),
        ast::Expr::TsConstAssertion(node) => typed(&node.expr, None, each),
        ast::Expr::TsNonNull(node) => typed(&node.expr, None, each),
        ast::Expr::TsAs(node) => typed(&node.expr, Some(&node.type_ann), each),
        ast::Expr::TsSatisfies(node) => typed(&node.expr, Some(&node.type_ann), each),
        ast::Expr::TsInstantiation(node) => {
            each(Node::Expr(&node.expr));
            each(Node::TypeArguments(&node.type_args));
        }
    }
}

fn typed<'a>(expr: &'a ast::Expr, node: Option<&'a ast::TsType>, each: Each<'_, 'a>) {
    each(Node::Expr(expr));
    node.iter().for_each(|node| each(Node::Type(node)));
}

fn member<'a>(node: &'a ast::MemberExpr, each: Each<'_, 'a>) {
    each(Node::Expr(&node.obj));
    if let ast::MemberProp::Computed(name) = &node.prop {
        each(Node::Expr(&name.expr));
    }
}

fn call<'a>(expr: &'a ast::Expr, each: Each<'_, 'a>) {
    match expr {
        ast::Expr::Call(node) => {
            if let ast::Callee::Expr(callee) = &node.callee {
                each(Node::Expr(callee));
            }
            type_arguments(node.type_args.as_deref(), each);
            node.args.iter().for_each(|argument| each(Node::Argument(argument)));
        }
        ast::Expr::New(node) => {
            each(Node::Expr(&node.callee));
            type_arguments(node.type_args.as_deref(), each);
            node.args.iter().flatten().for_each(|argument| each(Node::Argument(argument)));
        }
        ast::Expr::OptChain(node) => match &*node.base {
            ast::OptChainBase::Member(node) => member(node, each),
            ast::OptChainBase::Call(node) => {
                each(Node::Expr(&node.callee));
                type_arguments(node.type_args.as_deref(), each);
                node.args.iter().for_each(|argument| each(Node::Argument(argument)));
            }
        },
        _ => {}
    }
}

fn arrow<'a>(node: &'a ast::ArrowExpr, each: Each<'_, 'a>) {
    type_params(node.type_params.as_deref(), each);
    node.params.iter().for_each(|param| each(Node::Pat(param)));
    annotation(node.return_type.as_deref(), each);
    match &*node.body {
        ast::ArrowFunctionBody::FunctionBody(body) => {
            body.stmts.iter().for_each(|stmt| each(Node::Stmt(stmt)))
        }
        ast::ArrowFunctionBody::Expr(expr) => each(Node::Expr(expr)),
    }
}

fn pattern<'a>(pat: &'a ast::Pat, each: Each<'_, 'a>) {
    match pat {
        ast::Pat::Ident(node) => annotation(node.type_ann.as_deref(), each),
        ast::Pat::Array(node) => array_pattern(node, each),
        ast::Pat::Object(node) => object_pattern(node, each),
        ast::Pat::Rest(node) => rest_pattern(node, each),
        ast::Pat::Assign(node) => {
            each(Node::Pat(&node.left));
            each(Node::Expr(&node.right));
        }
        ast::Pat::Invalid(_) => {}
        ast::Pat::Expr(node) => each(Node::Expr(node)),
    }
}

fn array_pattern<'a>(node: &'a ast::ArrayPat, each: Each<'_, 'a>) {
    node.elems.iter().flatten().for_each(|element| each(Node::Pat(element)));
    annotation(node.type_ann.as_deref(), each);
}

fn object_pattern<'a>(node: &'a ast::ObjectPat, each: Each<'_, 'a>) {
    node.props.iter().for_each(|prop| each(Node::ObjectPatProp(prop)));
    annotation(node.type_ann.as_deref(), each);
}

fn rest_pattern<'a>(node: &'a ast::RestPat, each: Each<'_, 'a>) {
    each(Node::Pat(&node.arg));
    annotation(node.type_ann.as_deref(), each);
}

fn assign_target<'a>(target: &'a ast::AssignTarget, each: Each<'_, 'a>) {
    use ast::SimpleAssignTarget as Simple;
    match target {
        ast::AssignTarget::Pat(ast::AssignTargetPat::Array(node)) => array_pattern(node, each),
        ast::AssignTarget::Pat(ast::AssignTargetPat::Object(node)) => object_pattern(node, each),
        ast::AssignTarget::Pat(ast::AssignTargetPat::Invalid(_)) => {}
        ast::AssignTarget::Simple(simple) => match simple {
            Simple::Ident(_) | Simple::Invalid(_) | Simple::SuperProp(_) => {}
            Simple::Member(node) => member(node, each),
            Simple::Paren(node) => each(Node::Expr(&node.expr)),
            Simple::OptChain(node) => match &*node.base {
                ast::OptChainBase::Member(node) => member(node, each),
                ast::OptChainBase::Call(node) => each(Node::Expr(&node.callee)),
            },
            Simple::TsAs(node) => typed(&node.expr, Some(&node.type_ann), each),
            Simple::TsSatisfies(node) => typed(&node.expr, Some(&node.type_ann), each),
            Simple::TsNonNull(node) => typed(&node.expr, None, each),
            Simple::TsTypeAssertion(node) => typed(&node.expr, Some(&node.type_ann), each),
            Simple::TsInstantiation(node) => each(Node::Expr(&node.expr)),
        },
    }
}

fn property<'a>(prop: &'a ast::Prop, each: Each<'_, 'a>) {
    match prop {
        ast::Prop::Shorthand(_) => {}
        ast::Prop::KeyValue(node) => {
            each(Node::PropName(&node.key));
            each(Node::Expr(&node.value));
        }
        ast::Prop::Assign(node) => each(Node::Expr(&node.value)),
        ast::Prop::Getter(node) => method(&node.key, &node.function, each),
        ast::Prop::Setter(node) => method(&node.key, &node.function, each),
        ast::Prop::Method(node) => method(&node.key, &node.function, each),
    }
}

fn method<'a>(key: &'a ast::PropName, node: &'a ast::Function, each: Each<'_, 'a>) {
    each(Node::PropName(key));
    each(Node::Function(node));
}

fn element<'a>(node: Node<'a>, each: Each<'_, 'a>) {
    match node {
        Node::Element(node) => {
            each(Node::ElementName(&node.opening.name));
            type_arguments(node.opening.type_args.as_deref(), each);
            node.opening.attrs.iter().for_each(|attribute| each(Node::Attribute(attribute)));
            node.children.iter().for_each(|child| each(Node::ElementChild(child)));
        }
        Node::Fragment(node) => {
            node.children.iter().for_each(|child| each(Node::ElementChild(child)))
        }
        Node::ElementChild(child) => match child {
            ast::JSXElementChild::JSXText(_) => {}
            ast::JSXElementChild::JSXExprContainer(node) => container(node, each),
            ast::JSXElementChild::JSXSpreadChild(node) => each(Node::Expr(&node.expr)),
            ast::JSXElementChild::JSXElement(node) => each(Node::Element(node)),
            ast::JSXElementChild::JSXFragment(node) => each(Node::Fragment(node)),
        },
        Node::Attribute(ast::JSXAttrOrSpread::SpreadElement(spread)) => each(Node::Spread(spread)),
        Node::Attribute(ast::JSXAttrOrSpread::JSXAttr(attribute)) => match &attribute.value {
            None | Some(ast::JSXAttrValue::Str(_)) => {}
            Some(ast::JSXAttrValue::JSXExprContainer(node)) => container(node, each),
            Some(ast::JSXAttrValue::JSXElement(node)) => each(Node::Element(node)),
            Some(ast::JSXAttrValue::JSXFragment(node)) => each(Node::Fragment(node)),
        },
        _ => {}
    }
}

fn container<'a>(node: &'a ast::JSXExprContainer, each: Each<'_, 'a>) {
    if let ast::JSXExpr::Expr(expr) = &node.expr {
        each(Node::Expr(expr));
    }
}

fn type_<'a>(node: &'a ast::TsType, each: Each<'_, 'a>) {
    use ast::TsType as T;
    match node {
        T::TsKeywordType(_) | T::TsThisType(_) | T::TsTypeQuery(_) | T::TsImportType(_) => {}
        T::TsFnOrConstructorType(ast::TsFnOrConstructorType::TsFnType(node)) => {
            type_params(node.type_params.as_deref(), each);
            type_function_params(&node.params, each);
            each(Node::TypeAnnotation(&node.type_ann));
        }
        T::TsFnOrConstructorType(ast::TsFnOrConstructorType::TsConstructorType(node)) => {
            type_function_params(&node.params, each);
            each(Node::TypeAnnotation(&node.type_ann));
        }
        T::TsTypeRef(node) => type_arguments(node.type_params.as_deref(), each),
        T::TsTypeLit(node) => node.members.iter().for_each(|member| each(Node::TypeMember(member))),
        T::TsArrayType(node) => each(Node::Type(&node.elem_type)),
        T::TsTupleType(node) => {
            node.elem_types.iter().for_each(|element| each(Node::Type(&element.ty)))
        }
        T::TsOptionalType(node) => each(Node::Type(&node.type_ann)),
        T::TsRestType(node) => each(Node::Type(&node.type_ann)),
        T::TsUnionOrIntersectionType(ast::TsUnionOrIntersectionType::TsUnionType(node)) => {
            node.types.iter().for_each(|node| each(Node::Type(node)));
        }
        T::TsUnionOrIntersectionType(ast::TsUnionOrIntersectionType::TsIntersectionType(node)) => {
            node.types.iter().for_each(|node| each(Node::Type(node)));
        }
        T::TsConditionalType(node) => {
            for part in [&node.check_type, &node.extends_type, &node.true_type, &node.false_type] {
                each(Node::Type(part));
            }
        }
        T::TsInferType(node) => each(Node::TypeParam(&node.type_param)),
        T::TsParenthesizedType(node) => each(Node::Type(&node.type_ann)),
        T::TsTypeOperator(node) => each(Node::Type(&node.type_ann)),
        T::TsIndexedAccessType(node) => {
            each(Node::Type(&node.obj_type));
            each(Node::Type(&node.index_type));
        }
        T::TsMappedType(node) => {
            each(Node::TypeParam(&node.type_param));
            node.name_type.iter().chain(&node.type_ann).for_each(|node| each(Node::Type(node)));
        }
        T::TsLitType(node) => {
            if let ast::TsLit::Tpl(template) = &node.lit {
                template.types.iter().for_each(|node| each(Node::Type(node)));
            }
        }
        T::TsTypePredicate(node) => annotation(node.type_ann.as_deref(), each),
    }
}

fn type_function_params<'a>(params: &'a [ast::TsFnParam], each: Each<'_, 'a>) {
    for param in params {
        match param {
            ast::TsFnParam::Ident(node) => annotation(node.type_ann.as_deref(), each),
            ast::TsFnParam::Array(node) => array_pattern(node, each),
            ast::TsFnParam::Rest(node) => rest_pattern(node, each),
            ast::TsFnParam::Object(node) => object_pattern(node, each),
        }
    }
}

fn type_member<'a>(member: &'a ast::TsTypeElement, each: Each<'_, 'a>) {
    use ast::TsTypeElement as M;
    match member {
        M::TsCallSignatureDecl(node) => {
            type_params(node.type_params.as_deref(), each);
            type_function_params(&node.params, each);
            annotation(node.type_ann.as_deref(), each);
        }
        M::TsConstructSignatureDecl(node) => {
            type_function_params(&node.params, each);
            annotation(node.type_ann.as_deref(), each);
        }
        M::TsPropertySignature(node) => annotation(node.type_ann.as_deref(), each),
        M::TsGetterSignature(node) => annotation(node.type_ann.as_deref(), each),
        M::TsSetterSignature(node) => type_function_params(std::slice::from_ref(&node.param), each),
        M::TsMethodSignature(node) => {
            type_params(node.type_params.as_deref(), each);
            type_function_params(&node.params, each);
            annotation(node.type_ann.as_deref(), each);
        }
        M::TsIndexSignature(node) => {
            type_function_params(&node.params, each);
            annotation(node.type_ann.as_deref(), each);
        }
    }
}
