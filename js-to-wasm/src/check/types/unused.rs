//! Names that nothing uses. In: the bindings of one module. Out: warnings. A name that begins with `_` says that it is meant so.

use super::{Checker, bind::BindingKind};
use crate::check::{handler, verify};

impl Checker<'_> {
    pub(super) fn unused(&mut self) {
        let is_entry = self.unit == self.program.modules.len();
        let mut found = Vec::new();
        for binding in self.tables.bindings.iter().filter(|binding| binding.unit == self.unit) {
            let what = match binding.kind {
                BindingKind::Const | BindingKind::Let => "variable",
                BindingKind::Function(_) | BindingKind::Arrow(_) => "function",
                BindingKind::Import(..) => "import",
                _ => continue,
            };
            let handler = is_entry && binding.top && &*binding.name == "handler";
            if binding.used > 0 || binding.exported || handler || binding.name.starts_with('_') {
                continue;
            }
            let imported_type = matches!(binding.kind, BindingKind::Import(..))
                && self.tables.decls.iter().any(|decl| {
                    decl.unit == self.unit && decl.span == binding.span && decl.used > 0
                });
            if imported_type {
                continue;
            }
            let message = match binding.assigned {
                0 => format!("the {what} `{}` is never used", binding.name),
                _ => format!("the {what} `{}` is assigned and never read", binding.name),
            };
            found.push((binding.span, message));
        }
        _ = handler::has_default(&self.module.ast);
        for (span, message) in found {
            let rule = &verify::unused::RULE;
            self.warning(rule, span, message, rule.help);
        }
    }
}
