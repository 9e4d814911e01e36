//! `Spec<"pure" | …>` on the handler's return type: what the author promises. In: the handler's type, and what is proven. Out: a
//! diagnostic for each promise that is not proven, with the way to what speaks against it.

use swc_common::Span as TreeSpan;
use swc_ecma_ast::{
    Decl, ModuleDecl, ModuleItem, Stmt, TsEntityName, TsLit, TsType, TsTypeAnn,
    TsUnionOrIntersectionType,
};

use super::{
    graph::show,
    properties::{Properties, Property, Verdict},
};
use crate::{
    check::handler::{self, Handler},
    diagnostic::{Diagnostic, Diagnostics},
    parse::{Module, Program},
};

/// How many type aliases are followed.
const ALIASES_MAX: usize = 16;

/// One promised name and where it stands.
struct Promise {
    name: String,
    place: TreeSpan,
}

/// Compares what is promised with what is proven.
pub(super) fn judge(program: &Program, properties: &Properties) -> Diagnostics {
    let module = program.entry();
    let mut promises = Vec::new();
    let returned = handler::find(&module.ast).and_then(|handler| match handler {
        Handler::Function(function) => function.return_type.as_deref(),
        Handler::Arrow(arrow) => arrow.return_type.as_deref(),
        Handler::Name(_) | Handler::Value(_) => None,
    });
    if let Some(TsTypeAnn { type_ann, .. }) = returned {
        collect(type_ann, module, 0, &mut promises);
    }
    let mut found = Diagnostics::default();
    for promise in promises {
        let place = module.span(promise.place);
        let Some(property) = Property::ALL.into_iter().find(|p| p.name() == promise.name) else {
            let names: Vec<_> = Property::ALL.iter().map(|property| property.name()).collect();
            let message = format!("there is no property `{}`", promise.name.escape_debug());
            let help = format!("the properties are {}", names.join(", "));
            found.push(Diagnostic::error("JS711", place, message).with_help(help));
            continue;
        };
        if let Verdict::Open(way) = properties.verdict(property) {
            let message = match way.last() {
                Some(step) => {
                    format!("`{}` is not proven: the handler {}", promise.name, step.what)
                }
                None => format!("`{}` is not proven", promise.name),
            };
            let help = match way.as_slice() {
                [] => "take the promise back, or write what the compiler can follow".to_owned(),
                way => format!("the way there: {}", show(way, &program.sources)),
            };
            found.push(Diagnostic::error("JS710", place, message).with_help(help));
        }
    }
    found
}

/// Finds promises in a type.
fn collect(node: &TsType, module: &Module, depth: usize, promises: &mut Vec<Promise>) {
    match node {
        TsType::TsParenthesizedType(inner) => collect(&inner.type_ann, module, depth, promises),
        TsType::TsUnionOrIntersectionType(list) => {
            let types = match list {
                TsUnionOrIntersectionType::TsUnionType(list) => &list.types,
                TsUnionOrIntersectionType::TsIntersectionType(list) => &list.types,
            };
            types.iter().for_each(|inner| collect(inner, module, depth, promises));
        }
        TsType::TsTypeRef(reference) => {
            let TsEntityName::Ident(name) = &reference.type_name else { return };
            match alias(module, &name.sym) {
                Some(aliased) if depth < ALIASES_MAX => {
                    collect(aliased, module, depth + 1, promises);
                }
                None if name.sym == *"Spec" => {
                    let given = reference.type_params.iter().flat_map(|given| &given.params);
                    given.for_each(|given| names(given, promises));
                }
                _ => {}
            }
        }
        _ => {}
    }
}

/// The literals of `"a" | "b"`.
fn names(node: &TsType, promises: &mut Vec<Promise>) {
    match node {
        TsType::TsLitType(literal) => {
            if let TsLit::Str(text) = &literal.lit {
                let name = text.value.to_string_lossy().into_owned();
                promises.push(Promise { name, place: literal.span });
            }
        }
        TsType::TsParenthesizedType(inner) => names(&inner.type_ann, promises),
        TsType::TsUnionOrIntersectionType(TsUnionOrIntersectionType::TsUnionType(list)) => {
            list.types.iter().for_each(|inner| names(inner, promises));
        }
        _ => {}
    }
}

/// The type that a module declares under this name.
fn alias<'a>(module: &'a Module, name: &str) -> Option<&'a TsType> {
    module.ast.body.iter().find_map(|item| {
        let declaration = match item {
            ModuleItem::Stmt(Stmt::Decl(declaration)) => declaration,
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => &export.decl,
            _ => return None,
        };
        match declaration {
            Decl::TsTypeAlias(alias) if alias.id.sym == name => Some(&*alias.type_ann),
            _ => None,
        }
    })
}
