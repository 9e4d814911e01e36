//! Importing a name that the other module does not export.

use swc_ecma_ast as ast;

use crate::{
    check::{
        globals::nearest,
        rule::{Context, Rule, Run},
    },
    parse::{Target, walk::Node},
};

/// Importing a name that the other module does not export.
pub(super) const RULE: Rule = Rule {
    code: "JS154",
    title: "the module has no such export",
    help: "check the spelling, or export the name where it is declared",
    explanation: "What is imported must exist; this is known before the program runs.",
    bad: &[r#"import { envv } from "purview:env";"#],
    good: &[r#"import { env } from "purview:env";
const a = env("A");"#],
    run: Run::Node(run),
};

fn run<'a>(cx: &mut Context<'a, '_>, node: Node<'a>) {
    let Node::Item(ast::ModuleItem::ModuleDecl(ast::ModuleDecl::Import(import))) = node else {
        return;
    };
    let Some(target) = cx.module.target_of(&import.src) else { return };
    let exports: Vec<String> = match target {
        Target::Virtual(module) => module.exports.iter().map(|&name| name.to_owned()).collect(),
        Target::Local(index) => cx.program.modules.get(index).map(exported).unwrap_or_default(),
    };
    for specifier in &import.specifiers {
        let ast::ImportSpecifier::Named(named) = specifier else { continue };
        if (import.type_only || named.is_type_only) && matches!(target, Target::Virtual(_)) {
            continue;
        }
        let name = match &named.imported {
            Some(ast::ModuleExportName::Ident(ident)) => ident.sym.to_string(),
            Some(ast::ModuleExportName::Str(_)) => continue,
            None => named.local.sym.to_string(),
        };
        if exports.contains(&name) {
            continue;
        }
        let message = format!("`{}` has no export `{name}`", import.src.value.to_string_lossy());
        let help = match nearest(&name, exports.iter().map(String::as_str)) {
            Some(other) => format!("did you mean `{other}`?"),
            None if exports.is_empty() => {
                "it exports nothing: write `export` in front of the declaration".to_owned()
            }
            None => format!("it exports {}", exports.join(", ")),
        };
        cx.refuse_with(&RULE, named.span, message, help);
    }
}

/// The names that a file exports, values and types alike.
fn exported(module: &crate::parse::Module) -> Vec<String> {
    let mut names = Vec::new();
    for item in &module.ast.body {
        let ast::ModuleItem::ModuleDecl(ast::ModuleDecl::ExportDecl(export)) = item else {
            continue;
        };
        match &export.decl {
            ast::Decl::Fn(node) => names.push(node.ident.sym.to_string()),
            ast::Decl::Class(node) => names.push(node.ident.sym.to_string()),
            ast::Decl::TsInterface(node) => names.push(node.id.sym.to_string()),
            ast::Decl::TsTypeAlias(node) => names.push(node.id.sym.to_string()),
            ast::Decl::TsEnum(node) => names.push(node.id.sym.to_string()),
            ast::Decl::Var(node) => {
                names.extend(
                    node.decls.iter().flat_map(|decl| crate::check::names::bound(&decl.name)),
                );
            }
            ast::Decl::Using(_) | ast::Decl::TsModule(_) => {}
        }
    }
    names
}
