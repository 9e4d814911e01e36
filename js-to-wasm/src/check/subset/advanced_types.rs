//! Conditional, mapped, inferred, imported, constructor and `this` types, `asserts`, `unique symbol`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// Conditional, mapped, inferred, imported, constructor and `this` types, `asserts`, `unique symbol`.
pub(super) const RULE: Rule = Rule {
    code: "JS150",
    title: "this kind of type is not part of the language",
    help: "write the type out, or use `Pick`, `Omit`, `Partial`, `Required`, `Readonly`, `Record`",
    explanation: "Types here describe data. What needs a program to be computed is written out.",
    bad: &[
        "type A<T> = T extends string ? 1 : 2;",
        "type A<T> = { [K in keyof T]: string };",
        r#"type A = import("./b").C;"#,
        "type A = new () => string;",
        "type A = unique symbol;",
        "type A = symbol;",
        "function f(a: unknown): asserts a is string { }",
        "interface A { new (): string }",
        "interface A { (): string }",
    ],
    good: &[r#"type A = { a: string; b?: number };
type B = Partial<A>;"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    use ast::TsType as T;
    let span = match node {
        Node::Type(T::TsConditionalType(node)) => node.span,
        Node::Type(T::TsMappedType(node)) => node.span,
        Node::Type(T::TsInferType(node)) => node.span,
        Node::Type(T::TsImportType(node)) => node.span,
        Node::Type(T::TsThisType(node)) => node.span,
        Node::Type(T::TsFnOrConstructorType(ast::TsFnOrConstructorType::TsConstructorType(
            node,
        ))) => node.span,
        Node::Type(T::TsTypeOperator(node)) if node.op == ast::TsTypeOperatorOp::Unique => {
            node.span
        }
        Node::Type(T::TsTypePredicate(node)) if node.asserts => node.span,
        Node::Type(T::TsKeywordType(node))
            if matches!(
                node.kind,
                ast::TsKeywordTypeKind::TsSymbolKeyword
                    | ast::TsKeywordTypeKind::TsIntrinsicKeyword
            ) =>
        {
            node.span
        }
        Node::TypeMember(ast::TsTypeElement::TsConstructSignatureDecl(node)) => node.span,
        Node::TypeMember(ast::TsTypeElement::TsCallSignatureDecl(node)) => node.span,
        Node::TypeMember(ast::TsTypeElement::TsGetterSignature(node)) => node.span,
        Node::TypeMember(ast::TsTypeElement::TsSetterSignature(node)) => node.span,
        _ => return,
    };
    cx.refuse(&RULE, span);
}
