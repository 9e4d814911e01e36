//! An entry → all modules of its program, by following imports. In: a loader and a path. Out: modules with what each of
//! their imports means, imported ones first; a circle of imports, a missing file or an unknown module is a diagnostic.

use std::collections::HashMap;

use swc_ecma_ast::{ModuleDecl, ModuleItem, Str};

use super::{Import, Module, Parsed, Program, Target, parse_file, place};
use crate::{
    diagnostic::{Diagnostic, Diagnostics},
    limits,
    source::{Load, Sources, Span, resolve, resolve::Specifier},
};

/// Loads and parses everything that `entry` needs.
pub(super) fn load(loader: &dyn Load, entry: &str) -> Result<Program, (Sources, Diagnostics)> {
    let mut graph = Graph {
        loader,
        sources: Sources::default(),
        modules: Vec::new(),
        states: HashMap::new(),
        faults: Diagnostics::default(),
        broken: Diagnostics::default(),
    };
    graph.visit(&[resolve::normalize(entry)], None, 0);
    let Graph { sources, modules, mut faults, broken, .. } = graph;
    if broken.is_empty() {
        let types = crate::check::types::Types::default();
        return Ok(Program { sources, modules, faults, types });
    }
    faults.extend(broken);
    faults.sort();
    Err((sources, faults))
}

/// How far a file has come.
#[derive(Clone, Copy)]
enum State {
    /// Its imports are being visited.
    Open,
    /// Its index among the modules, none if it cannot be used.
    Done(Option<usize>),
}

struct Graph<'l> {
    loader: &'l dyn Load,
    sources: Sources,
    modules: Vec<Module>,
    states: HashMap<String, State>,
    /// Faults of files that gave a tree.
    faults: Diagnostics,
    /// Faults that leave the program without a tree.
    broken: Diagnostics,
}

impl Graph<'_> {
    /// Visits the first of `candidates` that exists. Gives its index among the modules.
    fn visit(&mut self, candidates: &[String], from: Option<Span>, depth: usize) -> Option<usize> {
        if let Some((path, &state)) =
            candidates.iter().find_map(|path| Some((path, self.states.get(path)?)))
        {
            return match (state, from) {
                (State::Done(index), _) => index,
                (State::Open, Some(span)) => {
                    let diagnostic = Diagnostic::error(
                        "JS011",
                        span,
                        format!("`{path}` imports itself in a circle"),
                    );
                    self.broken
                        .push(diagnostic.with_help("move what both files need into a third file"));
                    None
                }
                (State::Open, None) => None,
            };
        }
        if let Some(span) = from.filter(|_| depth > limits::IMPORT_DEPTH_MAX) {
            let message =
                format!("imports are nested more than {} files deep", limits::IMPORT_DEPTH_MAX);
            self.broken.push(
                Diagnostic::error("JS011", span, message).with_help("import from fewer levels"),
            );
            return None;
        }
        let file = match self.sources.load(self.loader, candidates, from) {
            Ok(file) => file,
            Err(diagnostics) => {
                self.broken.extend(diagnostics);
                return None;
            }
        };
        let source = self.sources.file(file);
        let (path, language) = (source.path().to_owned(), source.language());
        self.states.insert(path.clone(), State::Open);
        let index = match parse_file(file, source) {
            Ok(Parsed { ast, extensions, faults }) => {
                self.faults.extend(faults);
                let imports = self.imports(file, &path, &ast, depth);
                self.modules.push(Module {
                    file,
                    path: path.clone(),
                    language,
                    ast,
                    extensions,
                    imports,
                });
                Some(self.modules.len() - 1)
            }
            Err(diagnostics) => {
                self.broken.extend(diagnostics);
                None
            }
        };
        self.states.insert(path, State::Done(index));
        index
    }

    fn imports(
        &mut self,
        file: crate::source::FileId,
        path: &str,
        ast: &swc_ecma_ast::Module,
        depth: usize,
    ) -> Vec<Import> {
        let sources = ast.body.iter().filter_map(|item| match item {
            ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => Some(&*import.src),
            _ => None,
        });
        sources
            .filter_map(|source| self.import(place(file, source.span), path, source, depth))
            .collect()
    }

    fn import(&mut self, span: Span, path: &str, source: &Str, depth: usize) -> Option<Import> {
        let specifier = source.value.to_string_lossy().into_owned();
        let target = match resolve::resolve(path, &specifier) {
            Specifier::Virtual(module) => Target::Virtual(module),
            Specifier::File(candidates) => {
                Target::Local(self.visit(&candidates, Some(span), depth + 1)?)
            }
            Specifier::UnknownVirtual => {
                let names: Vec<_> = crate::source::virtual_modules::MODULES
                    .iter()
                    .map(|module| module.name)
                    .collect();
                let message = format!("there is no module `{specifier}`");
                let help = format!("the modules are `purview:` and one of {}", names.join(", "));
                self.broken.push(Diagnostic::error("JS012", span, message).with_help(help));
                return None;
            }
            Specifier::Outside | Specifier::Unsupported => {
                let message = format!(
                    "`{specifier}` is neither a module of the host nor a file beside this one"
                );
                let help = "import from `purview:…` or from a path that begins with `./` or `../`";
                self.broken.push(Diagnostic::error("JS012", span, message).with_help(help));
                return None;
            }
        };
        Some(Import { specifier, span, target })
    }
}
