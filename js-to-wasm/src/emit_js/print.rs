//! Desugared text → JavaScript: the second parser, types and JSX removed, printed with a source map. In: TypeScript or
//! JavaScript with JSX. Out: JavaScript as Node 20 reads it. Never happens here: anything about the language's own constructs.

use std::path::{Path, PathBuf};

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_parser::Parser;
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;
use oxc_transformer::{JsxOptions, JsxRuntime, TransformOptions, Transformer, TypeScriptOptions};

use crate::source::Language;

/// Printed code.
pub(super) struct Printed {
    pub(super) code: String,
    /// From places in the code to places in the desugared text.
    pub(super) map: Vec<Link>,
}

/// A place in the code and the place it came from. Lines count from 0, columns in UTF-16 units from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) to: (u32, u32),
    pub(super) from: (u32, u32),
}

/// What elements and fragments become calls of. No name of the program is the same.
#[derive(Debug)]
pub(super) struct ElementNames {
    pub(super) element: String,
    pub(super) fragment: String,
}

impl ElementNames {
    /// Names that do not stand in the text.
    pub(super) fn for_text(text: &str) -> Self {
        let mut prefix = "$".to_owned();
        while text.contains(&format!("{prefix}h")) || text.contains(&format!("{prefix}Fragment")) {
            prefix.push('$');
        }
        Self { element: format!("{prefix}h"), fragment: format!("{prefix}Fragment") }
    }
}

/// Removes types and JSX and prints.
pub(super) fn print(
    text: &str,
    language: Language,
    names: &ElementNames,
) -> Result<Printed, String> {
    let allocator = Allocator::default();
    let source_type = match language {
        Language::JavaScript => SourceType::mjs(),
        Language::JavaScriptXml => SourceType::jsx(),
        Language::TypeScript => SourceType::ts(),
        Language::TypeScriptXml => SourceType::tsx(),
    };
    let parsed = Parser::new(&allocator, text, source_type).parse();
    if let Some(error) = parsed.diagnostics.errors().next() {
        return Err(error.to_string());
    }
    let mut program = parsed.program;
    let semantic = SemanticBuilder::new().with_excess_capacity(2.0).build(&program);
    if let Some(error) = semantic.diagnostics.errors().next() {
        return Err(error.to_string());
    }
    let scoping = semantic.semantic.into_scoping();
    let transformed = Transformer::new(&allocator, Path::new("module"), &options(names))
        .build_with_scoping(scoping, &mut program);
    if let Some(error) = transformed.diagnostics.errors().next() {
        return Err(error.to_string());
    }
    let options = CodegenOptions {
        source_map_path: Some(PathBuf::from("module")),
        ..CodegenOptions::default()
    };
    let printed = Codegen::new()
        .with_options(options)
        .with_scoping(Some(transformed.scoping))
        .build(&program);
    let map = printed.map.iter().flat_map(|map| map.get_tokens()).map(|token| Link {
        to: (token.get_dst_line(), token.get_dst_col()),
        from: (token.get_src_line(), token.get_src_col()),
    });
    Ok(Printed { map: map.collect(), code: printed.code })
}

fn options(names: &ElementNames) -> TransformOptions {
    TransformOptions {
        typescript: TypeScriptOptions {
            jsx_pragma: names.element.clone().into(),
            jsx_pragma_frag: names.fragment.clone().into(),
            ..TypeScriptOptions::default()
        },
        jsx: JsxOptions {
            runtime: JsxRuntime::Classic,
            pragma: Some(names.element.clone()),
            pragma_frag: Some(names.fragment.clone()),
            throw_if_namespace: false,
            pure: false,
            ..JsxOptions::enable()
        },
        ..TransformOptions::default()
    }
}
