//! Imports other than `import { name } from`.

use swc_ecma_ast as ast;

use crate::{
    check::rule::{Context, Rule, Run},
    parse::walk::Node,
};

/// Imports other than `import { name } from`.
pub(super) const RULE: Rule = Rule {
    code: "JS152",
    title: "imports name what they take",
    help: r#"write `import { name } from "…"` or `import { name as other } from "…"`"#,
    explanation: "A reader, and the contract, see at the top of a file what it uses of others.",
    bad: &[
        r#"import env from "purview:env";"#,
        r#"import * as env from "purview:env";"#,
        r#"import "purview:env";"#,
        r#"import a = require("./b");"#,
        r#"import { env } from "purview:env" with { type: "json" };"#,
        r#"import { "env" as e } from "purview:env";"#,
    ],
    good: &[r#"import { env as read } from "purview:env";
const a = read("A");"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::Item(ast::ModuleItem::ModuleDecl(decl)) = node else { return };
    let import = match decl {
        ast::ModuleDecl::TsImportEquals(node) => return cx.refuse(&RULE, node.span),
        ast::ModuleDecl::Import(import) => import,
        _ => return,
    };
    if import.specifiers.is_empty() && !import.type_only
        || import.with.is_some()
        || import.phase != ast::ImportPhase::Evaluation
    {
        cx.refuse(&RULE, import.span);
    }
    for specifier in &import.specifiers {
        match specifier {
            ast::ImportSpecifier::Default(node) => cx.refuse(&RULE, node.span),
            ast::ImportSpecifier::Namespace(node) => cx.refuse(&RULE, node.span),
            ast::ImportSpecifier::Named(node) => {
                if let Some(ast::ModuleExportName::Str(_)) = &node.imported {
                    cx.refuse(&RULE, node.span);
                }
            }
        }
    }
}
