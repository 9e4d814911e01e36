//! What is wrong with operands, conditions, patterns and statements. In: a place of the program and the types that meet there. Out: one
//! diagnostic. What a value must fit is in `report`.

use swc_atoms::Atom;
use swc_common::Spanned;
use swc_ecma_ast::{self as ast, Expr};

use super::{
    Checker,
    arguments::Argument,
    rules,
    ty::{Fresh, Kind, Presence, Ty},
};
use crate::{check::verify, diagnostic::Diagnostic, parse::Match};

impl<'a> Checker<'a> {
    pub(super) fn must_be_number(&mut self, expr: &'a Expr, ty: Ty, operator: &str) {
        if self.is_number_or_unsure(ty) {
            return;
        }
        self.conversion(expr, ty, operator, "number", "convert it with `Number(…)`");
    }

    pub(super) fn must_be_string(&mut self, expr: &'a Expr, ty: Ty, operator: &str) {
        if self.is_text_or_unsure(ty) {
            return;
        }
        self.conversion(expr, ty, operator, "string", "convert it with `String(…)`");
    }

    fn conversion(&mut self, expr: &'a Expr, ty: Ty, operator: &str, wanted: &str, help: &str) {
        if self.plain(ty) == Ty::UNKNOWN {
            return self.unknown_use(expr, ty);
        }
        let present = self.without_undefined(ty);
        let fits = match wanted {
            "number" => self.is_number_or_unsure(present),
            _ => self.is_text_or_unsure(present),
        };
        if present != ty && present != Ty::NEVER && fits {
            return self.maybe_missing(expr, ty, &format!("`{operator}`"));
        }
        let (name, shown) = (self.name_of(expr), self.show(ty));
        let message = format!("`{operator}` takes a {wanted}, and {name} is `{shown}`");
        self.error(&rules::conversions::RULE, expr.span(), message, help);
    }

    /// What becomes text without being asked: texts, numbers, booleans and `undefined`.
    pub(super) fn must_be_text(&mut self, expr: &'a Expr, ty: Ty, place: &str) {
        for part in self.parts(ty) {
            let plain = self.plain(part);
            let shaped = matches!(
                self.store.kind(plain),
                Kind::Record(_)
                    | Kind::Array(..)
                    | Kind::Tuple(..)
                    | Kind::Function(_)
                    | Kind::Object
            );
            if shaped {
                let (name, shown) = (self.name_of(expr), self.show(part));
                let message = format!("{name} is `{shown}`, which {place} does not turn into text");
                let help = "name the field you mean, or use `JSON.stringify(…)` or `.join(…)`";
                return self.error(&rules::conversions::RULE, expr.span(), message, help);
            }
        }
    }

    pub(super) fn must_be_object(&mut self, expr: &'a Expr, ty: Ty) {
        for part in self.parts(ty) {
            let plain = self.plain(part);
            if super::relate::is_primitive(self.store.kind(plain)) {
                let shown = self.show(ty);
                let message = format!("`in` looks into an object, and this is `{shown}`");
                let help = "test that it is an object first: `typeof value === \"object\"`";
                return self.error(&rules::conversions::RULE, expr.span(), message, help);
            }
        }
    }

    pub(super) fn never_equal(&mut self, node: &'a ast::BinExpr, left: Ty, right: Ty) {
        let (a, b) = (self.show(left), self.show(right));
        let always = if node.op == ast::BinaryOp::EqEqEq { "false" } else { "true" };
        let message = format!("this is always {always}: `{a}` and `{b}` have no value in common");
        self.error(&rules::comparisons::RULE, node.span, message, rules::comparisons::RULE.help);
    }

    pub(super) fn check_case(&mut self, test: &'a Expr, subject: Ty, value: Ty) {
        let (subject, value) = (self.store.regular(subject), self.store.regular(value));
        if self.overlaps(subject, value) || value == Ty::UNDEFINED {
            return;
        }
        self.never_matches(test, subject, value);
    }

    /// A pattern of `match` that takes no value of the subject.
    pub(super) fn check_pattern(&mut self, pattern: &'a Expr, subject: Ty, kept: Ty) {
        if kept != Ty::NEVER || subject == Ty::NEVER {
            return;
        }
        if let Expr::Array(_) = pattern.unwrap_parens() {
            if self.matched(subject, pattern, true) == Ty::NEVER {
                let shown = self.show(subject);
                let message = format!("this is never taken: `{shown}` is never such a list");
                let help = rules::comparisons::RULE.help;
                self.error(&rules::comparisons::RULE, pattern.span(), message, help);
            }
            return;
        }
        let possible = match pattern.unwrap_parens() {
            Expr::Lit(_) | Expr::Unary(_) => {
                let unit = self.known_pattern(pattern);
                unit.is_none_or(|unit| self.overlaps(subject, unit))
            }
            _ => true,
        };
        if possible {
            return;
        }
        let unit = self.known_pattern(pattern).unwrap_or(Ty::NEVER);
        self.never_matches(pattern, subject, unit);
    }

    fn known_pattern(&mut self, pattern: &'a Expr) -> Option<Ty> {
        match pattern.unwrap_parens() {
            Expr::Lit(ast::Lit::Str(text)) => {
                let text = Atom::from(&*text.value.to_string_lossy());
                Some(self.store.string(text, Fresh::No))
            }
            Expr::Lit(ast::Lit::Num(number)) => Some(self.store.number(number.value, Fresh::No)),
            Expr::Lit(ast::Lit::Bool(value)) => {
                Some(if value.value { Ty::TRUE } else { Ty::FALSE })
            }
            _ => None,
        }
    }

    fn never_matches(&mut self, place: &'a Expr, subject: Ty, value: Ty) {
        let (a, b) = (self.show(subject), self.show(value));
        let message = format!("this is never taken: `{a}` is never `{b}`");
        let help = self.way_out(value, subject);
        let help = help.unwrap_or_else(|| rules::comparisons::RULE.help.to_owned());
        self.error(&rules::comparisons::RULE, place.span(), message, help);
    }

    pub(super) fn not_a_list(&mut self, expr: &'a Expr, ty: Ty) {
        if self.resolve(ty) == Ty::UNKNOWN {
            return self.unknown_use(expr, ty);
        }
        let present = self.without_undefined(ty);
        if present != ty && present != Ty::NEVER && self.each_of(present).is_some() {
            return self.maybe_missing(expr, ty, "a loop or a spread");
        }
        let (name, shown) = (self.name_of(expr), self.show(ty));
        let message = format!("{name} is `{shown}`, which is no list");
        self.error(&rules::lists::RULE, expr.span(), message, rules::lists::RULE.help);
    }

    /// `{ ...value }`: only objects have fields. What counts as false gives none.
    pub(super) fn check_object_spread(&mut self, expr: &'a Expr, ty: Ty) {
        let mut wrong = false;
        for part in self.parts(ty) {
            let plain = self.plain(part);
            wrong |= match self.store.kind(plain) {
                Kind::Number | Kind::String | Kind::Boolean | Kind::Template(..) => true,
                Kind::BoolLiteral(value, _) => *value,
                Kind::NumberLiteral(bits, _) => f64::from_bits(*bits) != 0.0,
                Kind::StringLiteral(text, _) => !text.is_empty(),
                Kind::Unknown => return self.unknown_use(expr, ty),
                _ => false,
            };
        }
        if wrong {
            let (name, shown) = (self.name_of(expr), self.show(ty));
            let message = format!("{name} is `{shown}`, which has no fields to spread");
            let rule = &rules::object_spreads::RULE;
            self.error(rule, expr.span(), message, rule.help);
        }
    }

    pub(super) fn not_a_list_pattern(&mut self, node: &'a ast::ArrayPat, ty: Ty) {
        let shown = self.show(ty);
        let message = format!("`{shown}` is no list that could be taken apart");
        self.error(&rules::lists::RULE, node.span, message, rules::lists::RULE.help);
    }

    pub(super) fn bad_index(&mut self, expr: &'a Expr, ty: Ty) {
        let shown = self.show(ty);
        let message = format!("a list is read by a number, and this is `{shown}`");
        self.error(&rules::indexes::RULE, expr.span(), message, rules::indexes::RULE.help);
    }

    /// A list that fills parameters: nobody knows how many.
    pub(super) fn check_spread(&mut self, callee: &'a Expr, argument: &Argument<'a>, given: Ty) {
        let plain = self.plain(given);
        let written = matches!(argument.expr.unwrap_parens(), Expr::Array(_));
        let list = matches!(self.store.kind(plain), Kind::Array(..));
        if list && !written && self.module.language.has_types() {
            let message = format!("{} does not take a list of any length", self.name_of(callee));
            let help = "pass the elements one by one, or a tuple";
            self.error(&rules::argument_counts::RULE, argument.expr.span(), message, help);
        }
    }

    /// An element behind the end of a tuple.
    pub(super) fn beyond(&mut self, tuple: Ty, at: usize, span: swc_common::Span) {
        let plain = self.plain(tuple);
        let Kind::Tuple(elements, _) = self.store.kind(plain) else { return };
        let open = elements.last().is_some_and(|last| last.presence == Presence::Rest);
        if at < elements.len() || open {
            return;
        }
        let (shown, count) = (self.show(tuple), elements.len());
        let message = format!("`{shown}` has {count} elements, and none at {at}");
        self.error(&rules::fields::RULE, span, message, "count from 0, or make the tuple longer");
    }

    pub(super) fn no_index(&mut self, object: Ty, expr: &'a Expr, ty: Ty) {
        let (shown, name) = (self.show(object), self.show(ty));
        let message = match self.store.kind(ty) {
            Kind::StringLiteral(..) | Kind::NumberLiteral(..) => {
                format!("`{shown}` has no field `{}`", name.trim_matches('"'))
            }
            _ => format!("`{shown}` has no field for every `{name}`"),
        };
        let help = "give it the type `Record<string, …>`, or test the name with a guard";
        self.error(&rules::fields::RULE, expr.span(), message, help);
    }

    pub(super) fn read_only_place(&mut self, span: swc_common::Span, what: &str) {
        let message = format!("{what} is `readonly` and cannot be assigned");
        self.error(&rules::read_only::RULE, span, message, rules::read_only::RULE.help);
    }

    pub(super) fn too_wide(&mut self) {
        let rule = &rules::complexity::RULE;
        let span = self.module.ast.span;
        let span = self.module.span(span.with_hi(span.lo));
        let diagnostic = Diagnostic::warning(rule.code, span, rule.title).with_help(rule.help);
        self.found.push(diagnostic);
    }

    pub(super) fn useless_default(&mut self, left: &'a Expr, ty: Ty) {
        let (name, shown) = (self.name_of(left), self.show(ty));
        let rule = &crate::check::booleans::defaults::RULE;
        let message = format!("{name} is `{shown}` and never `undefined`");
        self.warning(rule, left.span(), message, rule.help);
    }

    pub(super) fn unreachable(&mut self, stmt: &'a ast::Stmt) {
        self.proven.reached = false;
        let rule = &verify::unreachable::RULE;
        let span = stmt.span();
        self.warning(rule, span, rule.title.to_owned(), rule.help);
    }

    pub(super) fn not_exhaustive(&mut self, node: &Match<'a>, left: Ty) {
        let rule = &verify::matches::RULE;
        let shown = self.show(left);
        let message = match self.is_dynamic(left) || left == Ty::UNKNOWN {
            true => "this `match` may find nothing: it has no `default`".to_owned(),
            false => format!("this `match` finds nothing for `{shown}`"),
        };
        let start = swc_common::BytePos(node.start + 1);
        let span = swc_common::Span::new(start, swc_common::BytePos(start.0 + 5));
        self.warning(rule, span, message, rule.help);
    }
}
