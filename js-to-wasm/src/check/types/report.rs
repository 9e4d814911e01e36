//! What does not fit together, in words. In: what inference found. Out: diagnostics, each at the smallest piece of the program that is
//! wrong, with the way out. Never happens here: inference.

use swc_atoms::Atom;
use swc_common::Spanned;
use swc_ecma_ast::{self as ast, Expr, PropOrSpread};

use super::{
    Checker,
    arguments::Argument,
    rules, show,
    ty::{Fresh, Kind, Presence, Signature, Ty},
};
use crate::{
    check::{globals::nearest, rule::Rule, verify},
    diagnostic::Diagnostic,
};

impl<'a> Checker<'a> {
    /// A type in words.
    pub(super) fn show(&self, ty: Ty) -> String {
        show::show(&self.store, &self.tables, ty)
    }

    pub(super) fn error(
        &mut self,
        rule: &Rule,
        span: swc_common::Span,
        message: String,
        help: impl Into<String>,
    ) {
        let span = self.module.span(span);
        self.report(Diagnostic::error(rule.code, span, message).with_help(help));
    }

    pub(super) fn warning(
        &mut self,
        rule: &Rule,
        span: swc_common::Span,
        message: String,
        help: impl Into<String>,
    ) {
        let span = self.module.span(span);
        self.report(Diagnostic::warning(rule.code, span, message).with_help(help));
    }

    /// A value and what it is assigned to.
    pub(super) fn check_assign(&mut self, expr: &'a Expr, given: Ty, wanted: Ty) {
        self.check_fit(expr, given, wanted, &rules::assignments::RULE);
    }

    pub(super) fn check_return(&mut self, expr: &'a Expr, given: Ty, wanted: Ty) {
        self.check_fit(expr, given, wanted, &rules::returns::RULE);
    }

    pub(super) fn check_argument(&mut self, argument: &Argument<'a>, given: Ty, wanted: Ty) {
        self.check_fit(argument.expr, given, wanted, &rules::arguments::RULE);
    }

    /// A function that was given a type by its variable.
    pub(super) fn assign_function(&mut self, arrow: &'a ast::ArrowExpr, given: Ty, wanted: Ty) {
        if self.assignable(given, wanted) {
            return;
        }
        if let ast::ArrowFunctionBody::Expr(body) = &*arrow.body
            && let Some(signature) = self.context_signature(wanted)
        {
            let ty = self.known_type(body);
            if !self.assignable(ty, signature.result) && signature.result != Ty::VOID {
                return self.check_fit(body, ty, signature.result, &rules::returns::RULE);
            }
        }
        self.misfit(arrow.span, given, wanted, &rules::assignments::RULE);
    }

    /// Reports a value that does not fit, at the smallest piece that is wrong.
    fn check_fit(&mut self, expr: &'a Expr, given: Ty, wanted: Ty, rule: &Rule) {
        let inner = expr.unwrap_parens();
        if self.assignable(given, wanted) {
            self.excess(inner, given, wanted);
            return;
        }
        match inner {
            Expr::Object(node) if self.check_fields(node, given, wanted, rule) => {}
            Expr::Array(node) if self.check_elements(node, wanted, rule) => {}
            Expr::Cond(node) => {
                for arm in [&node.cons, &node.alt] {
                    let ty = self.known_type(arm);
                    self.check_fit(arm, ty, wanted, rule);
                }
            }
            Expr::Arrow(node) => self.check_arrow(node, given, wanted, rule),
            _ => self.misfit(inner.span(), given, wanted, rule),
        }
    }

    fn check_arrow(&mut self, node: &'a ast::ArrowExpr, given: Ty, wanted: Ty, rule: &Rule) {
        if let ast::ArrowFunctionBody::Expr(body) = &*node.body
            && node.return_type.is_none()
            && let Some(signature) = self.context_signature(wanted)
            && signature.result != Ty::VOID
        {
            let ty = self.known_type(body);
            if !self.assignable(ty, signature.result) {
                return self.check_fit(body, ty, signature.result, rule);
            }
        }
        let head = node.span.with_hi(node.span.hi);
        self.misfit(head, given, wanted, rule);
    }

    /// The fields of an object literal that are wrong. False: the object as a whole is.
    fn check_fields(
        &mut self,
        node: &'a ast::ObjectLit,
        given: Ty,
        wanted: Ty,
        rule: &Rule,
    ) -> bool {
        let Some(target) = self.record_wanted(given, wanted) else { return false };
        let mut found = false;
        let shown = self.resolve(target);
        let Kind::Record(record) = self.store.kind(shown).clone() else { return false };
        for field in &record.fields {
            if self.property(given, &field.name).is_none() && !field.optional {
                return false;
            }
        }
        for prop in &node.props {
            let PropOrSpread::Prop(prop) = prop else { continue };
            let ast::Prop::KeyValue(prop) = &**prop else { continue };
            let Some(name) = self.key(&prop.key) else { continue };
            let Some(expected) = self.expected_field(target, &name) else { continue };
            let optional = record.fields.iter().any(|field| field.name == name && field.optional);
            let expected = match optional {
                true => self.store.union([expected, Ty::UNDEFINED]),
                false => expected,
            };
            let ty = self.known_type(&prop.value);
            if !self.assignable(ty, expected) {
                found = true;
                self.check_fit(&prop.value, ty, expected, rule);
            }
        }
        found
    }

    /// The member of what is wanted that an object literal was probably meant to be.
    pub(super) fn record_wanted(&mut self, given: Ty, wanted: Ty) -> Option<Ty> {
        let parts = self.parts(wanted);
        let mut records = Vec::new();
        for part in parts {
            let shown = self.resolve(part);
            if matches!(self.store.kind(shown), Kind::Record(_)) {
                records.push(part);
            }
        }
        if records.len() < 2 {
            return records.first().copied();
        }
        // The one whose tag is the literal's.
        let Kind::Record(record) = self.store.kind(given).clone() else { return None };
        let mut fitting = records.clone();
        for field in &record.fields {
            if !show::is_fresh(self.store.kind(field.ty)) {
                continue;
            }
            let kept: Vec<Ty> = fitting
                .iter()
                .copied()
                .filter(|&one| match self.property(one, &field.name) {
                    Some(found) => self.assignable(field.ty, found.ty),
                    None => false,
                })
                .collect();
            if !kept.is_empty() {
                fitting = kept;
            }
        }
        match fitting.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    fn check_elements(&mut self, node: &'a ast::ArrayLit, wanted: Ty, rule: &Rule) -> bool {
        let shown = self.present(wanted);
        let shown = self.resolve(shown);
        let mut found = false;
        for (at, element) in node.elems.iter().enumerate() {
            let Some(element) = element.as_ref().filter(|one| one.spread.is_none()) else {
                continue;
            };
            let expected = match self.store.kind(shown).clone() {
                Kind::Array(of, _) => of,
                Kind::Tuple(list, _) if list.len() == node.elems.len() => list[at].ty,
                _ => return false,
            };
            let ty = self.known_type(&element.expr);
            if !self.assignable(ty, expected) {
                found = true;
                self.check_fit(&element.expr, ty, expected, rule);
            }
        }
        found
    }

    /// Says that one type does not fit another, and why.
    fn misfit(&mut self, span: swc_common::Span, given: Ty, wanted: Ty, rule: &Rule) {
        let present = self.without_undefined(given);
        let needed = self.without_undefined(wanted);
        let needed = if needed == Ty::NEVER { wanted } else { needed };
        let (from, to) = (self.show(given), self.show(needed));
        if present != given && present != Ty::NEVER && self.assignable(present, wanted) {
            let message = format!("this may be `undefined`, and `{to}` is expected");
            let help = "test it with `!== undefined` first, or give a default with `??`";
            return self.error(&verify::optionals::RULE, span, message, help);
        }
        let what = match rule.code {
            "JS204" => "this argument has",
            "JS205" => "this result has",
            _ => "this value has",
        };
        let mut message = format!("{what} type `{from}`, and `{to}` is expected");
        if let Some(reason) = self.reason(given, wanted, 0) {
            message = format!("{message}: {reason}");
        }
        let help = self.way_out(given, wanted).unwrap_or_else(|| rule.help.to_owned());
        self.error(rule, span, message, help);
    }

    fn reason(&mut self, given: Ty, wanted: Ty, depth: usize) -> Option<String> {
        let (a, b) = (self.plain(given), self.plain(wanted));
        if depth > 4 {
            return None;
        }
        if let Kind::Record(record) = self.store.kind(b).clone()
            && !super::relate::is_primitive(self.store.kind(a))
            && a != Ty::UNKNOWN
        {
            if matches!(self.store.kind(a), Kind::Union(_)) {
                return None;
            }
            for field in &record.fields {
                let found = self.property(a, &field.name);
                match found {
                    None if !field.optional => return Some(format!("`{}` is missing", field.name)),
                    Some(found) if found.optional && !field.optional => {
                        return Some(format!("`{}` may be missing", field.name));
                    }
                    Some(found) if !self.assignable(found.ty, field.ty) => {
                        let (from, to) = (self.show(found.ty), self.show(field.ty));
                        let inner = self.reason(found.ty, field.ty, depth + 1);
                        let inner = inner.map(|inner| format!(", {inner}")).unwrap_or_default();
                        return Some(format!("`{}` is `{from}`, not `{to}`{inner}", field.name));
                    }
                    _ => {}
                }
            }
        }
        None
    }

    pub(super) fn way_out(&mut self, given: Ty, wanted: Ty) -> Option<String> {
        let wanted = self.without_undefined(wanted);
        let (from, to) = (self.plain(given), self.resolve(wanted));
        if to != Ty::UNKNOWN && self.resolve(given) == Ty::UNKNOWN {
            return Some("find out what it is first, with `typeof` or a guard".to_owned());
        }
        if let Some(base) = self.distinct_base(to)
            && self.assignable(given, base)
        {
            let name = self.show(to);
            return Some(format!("make one with `{name}(…)`"));
        }
        if let Some(name) = self.functions_only(wanted) {
            return Some(format!(
                "an interface of functions only fits nothing but itself; declare it with `type {name} = {{ … }}`"
            ));
        }
        let base = self.store.base(from);
        match (base, to) {
            (Ty::STRING, Ty::NUMBER) => Some("convert it with `Number(…)`".to_owned()),
            (Ty::NUMBER | Ty::BOOLEAN, Ty::STRING) => {
                Some("convert it with `` `${…}` `` or `String(…)`".to_owned())
            }
            _ => {
                let parts = self.parts(to);
                let names: Vec<String> = parts
                    .iter()
                    .filter_map(|&part| match self.store.kind(part) {
                        Kind::StringLiteral(text, _) => Some(text.to_string()),
                        _ => None,
                    })
                    .collect();
                let Kind::StringLiteral(text, _) = self.store.kind(from).clone() else {
                    return None;
                };
                let close = nearest(&text, names.iter().map(String::as_str))?;
                Some(format!("did you mean `\"{close}\"`?"))
            }
        }
    }

    /// Fields of a fresh object that nothing expects.
    fn excess(&mut self, expr: &'a Expr, given: Ty, wanted: Ty) {
        let Expr::Object(node) = expr else {
            match expr {
                Expr::Cond(node) => {
                    for arm in [&node.cons, &node.alt] {
                        let ty = self.known_type(arm);
                        self.excess(arm.unwrap_parens(), ty, wanted);
                    }
                }
                Expr::Array(node) => {
                    let each = self.each_of(wanted);
                    let Some(each) = each.filter(|&each| each != Ty::DYNAMIC) else { return };
                    for element in node.elems.iter().flatten() {
                        let ty = self.known_type(&element.expr);
                        self.excess(element.expr.unwrap_parens(), ty, each);
                    }
                }
                _ => {}
            }
            return;
        };
        let Kind::Record(record) = self.store.kind(given).clone() else { return };
        if record.fresh == Fresh::No {
            return;
        }
        let parts = self.parts(wanted);
        let mut records = Vec::new();
        for part in parts {
            let shown = self.resolve(part);
            match self.store.kind(shown).clone() {
                Kind::Record(wanted) if wanted.index.is_none() && !wanted.fields.is_empty() => {
                    records.push((part, wanted));
                }
                kind if super::relate::is_primitive(&kind) => {}
                _ => return,
            }
        }
        if records.is_empty() {
            return;
        }
        if let [(one, _)] = records.as_slice()
            && self.library_name(*one).is_some_and(|(name, _)| &*name == "Object")
        {
            return;
        }
        for field in &record.fields {
            let known = records
                .iter()
                .any(|(_, wanted)| wanted.fields.iter().any(|known| known.name == field.name));
            let Some((span, value)) = self.literal_field(node, &field.name) else { continue };
            if known {
                if let (Some(value), [(one, _)]) = (value, records.as_slice())
                    && let Some(inner) = self.expected_field(*one, &field.name)
                {
                    let ty = self.known_type(value);
                    self.excess(value.unwrap_parens(), ty, inner);
                }
                continue;
            }
            self.excess_field(span, &field.name, wanted);
        }
    }

    fn excess_field(&mut self, span: swc_common::Span, name: &Atom, wanted: Ty) {
        let wanted = self.without_undefined(wanted);
        let to = self.show(wanted);
        let names = self.names_in(wanted);
        let help = match nearest(name, names.iter().map(|name| &**name)) {
            Some(close) => format!("did you mean `{close}`?"),
            None => rules::excess_fields::RULE.help.to_owned(),
        };
        let message = format!("`{to}` has no field `{name}`");
        self.error(&rules::excess_fields::RULE, span, message, help);
    }

    /// A component and what it is given.
    pub(super) fn check_component(&mut self, node: &'a ast::JSXElement, given: Ty, wanted: Ty) {
        // `children` and `key` are given by the language.
        let Kind::Record(record) = self.store.kind(given).clone() else { return };
        let mut record = (*record).clone();
        record.fields.retain(|field| &*field.name != "key");
        let given = self.store.intern(Kind::Record(std::sync::Arc::new(record.clone())));
        let span = node.opening.name.span();
        if !self.assignable(given, wanted) {
            if !self.check_attributes(node, &record, wanted) {
                self.misfit(span, given, wanted, &rules::arguments::RULE);
            }
            return;
        }
        self.attributes_arrive(node, wanted);
        let shown = self.resolve(wanted);
        let Kind::Record(expected) = self.store.kind(shown).clone() else { return };
        if expected.index.is_some() {
            return;
        }
        for field in &record.fields {
            let known = expected.fields.iter().any(|known| known.name == field.name);
            if !known && &*field.name != "children" {
                self.excess_field(span, &field.name, wanted);
            }
        }
    }

    /// The attributes that are wrong. False: the element as a whole is.
    fn check_attributes(
        &mut self,
        node: &'a ast::JSXElement,
        record: &super::ty::Record,
        wanted: Ty,
    ) -> bool {
        let mut found = false;
        for attribute in &node.opening.attrs {
            let ast::JSXAttrOrSpread::JSXAttr(attribute) = attribute else { continue };
            let ast::JSXAttrName::Ident(name) = &attribute.name else { continue };
            let Some(given) = record.fields.iter().find(|field| field.name == name.sym) else {
                continue;
            };
            let Some(property) = self.property(wanted, &name.sym) else { continue };
            let expected = match property.optional {
                true => self.store.union([property.ty, Ty::UNDEFINED]),
                false => property.ty,
            };
            if self.assignable(given.ty, expected) {
                continue;
            }
            found = true;
            match &attribute.value {
                Some(ast::JSXAttrValue::JSXExprContainer(ast::JSXExprContainer {
                    expr: ast::JSXExpr::Expr(expr),
                    ..
                })) => self.check_fit(expr, given.ty, expected, &rules::arguments::RULE),
                _ => self.misfit(attribute.span, given.ty, expected, &rules::arguments::RULE),
            }
        }
        found
    }

    pub(super) fn no_field(
        &mut self,
        of: &'a Expr,
        object: Ty,
        name: &Atom,
        span: swc_common::Span,
    ) {
        if self.resolve(object) == Ty::UNKNOWN {
            return self.unknown_use(of, object);
        }
        let parts = self.parts(object);
        let mut having = Vec::new();
        for &part in &parts {
            if self.property(part, name).is_some() {
                having.push(part);
            }
        }
        if !having.is_empty() && having.len() < parts.len() {
            return self.field_of_some_members(object, name, span);
        }
        self.no_such_field(object, name, span);
    }

    fn no_such_field(&mut self, object: Ty, name: &Atom, span: swc_common::Span) {
        if self.wrong_side(object, name, span) {
            return;
        }
        let shown = self.show(object);
        let names = self.names_in(object);
        let has = |name: &str| names.iter().any(|known| &**known == name);
        let help = match nearest(name, names.iter().map(|name| &**name)) {
            Some(close) => format!("did you mean `{close}`?"),
            // What other runtimes have.
            _ if &**name == "searchParams" && has("search") && has("hash") => {
                "read `req.query`, or `urlSearchParams(url.search)` of `purview:url`".to_owned()
            }
            None if names.is_empty() => rules::fields::RULE.help.to_owned(),
            None if names.len() <= 12 => {
                let list: Vec<&str> = names.iter().map(|name| &**name).collect();
                format!("it has {}", list.join(", "))
            }
            None => rules::fields::RULE.help.to_owned(),
        };
        let message = format!("`{shown}` has no `{name}`");
        self.error(&rules::fields::RULE, span, message, help);
    }

    /// Reports the value of a failed result, and the error of one that is fine.
    pub(super) fn wrong_side(&mut self, object: Ty, name: &Atom, span: swc_common::Span) -> bool {
        let Some(side) = result_side(name) else { return false };
        let Some(tag) = self.property(object, &Atom::from("ok")) else { return false };
        let Kind::BoolLiteral(ok, _) = *self.store.kind(tag.ty) else { return false };
        if ok == side {
            return false;
        }
        let rule = &verify::results::RULE;
        self.error(rule, span, format!("`.{name}` is read where `.ok` is {ok}"), rule.help);
        true
    }

    /// A field that is there for some values only: a result that was not looked at, or another tagged union.
    fn field_of_some_members(&mut self, object: Ty, name: &Atom, span: swc_common::Span) {
        let tag = Atom::from("ok");
        let parts = self.parts(object);
        let mut result = true;
        for &part in &parts {
            result &= self.property(part, &tag).is_some();
        }
        if result && result_side(name).is_some() {
            let message = format!("`.{name}` is read before `.ok` was tested");
            return self.error(&verify::results::RULE, span, message, verify::results::RULE.help);
        }
        let shown = self.show(object);
        let message = format!("`{name}` is not in every member of `{shown}`");
        let help = "test the tag first, or `\"name\" in value`".replace("name", name);
        self.error(&rules::fields::RULE, span, message, help);
    }

    /// A part of a result that has a name of its own.
    pub(super) fn unread_result(&mut self, ident: &'a ast::Ident, name: &Atom) {
        let rule = &verify::results::RULE;
        let message =
            format!("`{}` is the `.{name}` of a result, and `.ok` was not tested", ident.sym);
        self.error(rule, ident.span, message, rule.help);
    }

    pub(super) fn no_field_pattern(&mut self, ty: Ty, name: &Atom, span: swc_common::Span) {
        self.no_such_field(ty, name, span);
    }

    pub(super) fn unknown_pattern(&mut self, span: swc_common::Span) {
        let rule = &rules::unknown_values::RULE;
        self.error(rule, span, rule.title.to_owned(), rule.help);
    }

    pub(super) fn unknown_use(&mut self, of: &'a Expr, ty: Ty) {
        _ = ty;
        let rule = &rules::unknown_values::RULE;
        self.error(rule, of.span(), rule.title.to_owned(), rule.help);
    }

    pub(super) fn maybe_missing(&mut self, of: &'a Expr, ty: Ty, use_: &str) {
        let always = self.without_undefined(ty) == Ty::NEVER;
        let name = self.name_of(of);
        let message = match always {
            true => format!("{name} is `undefined` here, and {use_} needs a value"),
            false => format!("{name} may be `undefined`, and {use_} needs a value"),
        };
        let rule = &verify::optionals::RULE;
        self.error(rule, of.span(), message, rule.help);
    }

    pub(super) fn maybe_missing_pattern(&mut self, node: &'a ast::ObjectPat, ty: Ty) {
        let shown = self.show(ty);
        let rule = &verify::optionals::RULE;
        let message = format!("a value of type `{shown}` is taken apart, and may be `undefined`");
        self.error(rule, node.span, message, rule.help);
    }

    /// An expression in words.
    pub(super) fn name_of(&self, expr: &Expr) -> String {
        let text = self.program.sources.text(self.module.span(expr.unwrap_parens().span()));
        match text.len() <= 40 && !text.contains('\n') {
            true => format!("`{text}`"),
            false => "this".to_owned(),
        }
    }

    pub(super) fn not_callable(&mut self, callee: &'a Expr, ty: Ty) {
        if self.resolve(ty) == Ty::UNKNOWN {
            return self.unknown_use(callee, ty);
        }
        let (name, shown) = (self.name_of(callee), self.show(ty));
        let message = format!("{name} is `{shown}`, which is no function");
        self.error(&rules::calls::RULE, callee.span(), message, rules::calls::RULE.help);
    }

    pub(super) fn wrong_count(
        &mut self,
        callee: &'a Expr,
        list: &[Signature],
        arguments: &[Argument<'a>],
        span: swc_common::Span,
    ) {
        let count = |signature: &Signature| {
            let least =
                signature.params.iter().filter(|one| one.presence == Presence::Required).count();
            let open = signature.params.last().is_some_and(|one| one.presence == Presence::Rest);
            (least, if open { None } else { Some(signature.params.len()) })
        };
        let least = list.iter().map(|one| count(one).0).min().unwrap_or(0);
        let most =
            list.iter().map(|one| count(one).1).max_by_key(|most| most.unwrap_or(usize::MAX));
        let wanted = match most.flatten() {
            Some(most) if most == least => format!("{least}"),
            Some(most) => format!("{least} to {most}"),
            None => format!("at least {least}"),
        };
        let place = match most.flatten() {
            Some(most) if arguments.len() > most => arguments[most].expr.span(),
            _ => span,
        };
        let name = self.name_of(callee);
        let (given, plural) = (arguments.len(), if wanted == "1" { "" } else { "s" });
        let message = format!("{name} takes {wanted} argument{plural}, and {given} are given")
            .replace("and 1 are", "and 1 is");
        let missing = list
            .last()
            .and_then(|one| one.params.get(given))
            .filter(|_| given < least)
            .map(|param| format!("`{}` is missing: `{}`", param.name, self.show(param.ty)));
        let help = missing.unwrap_or_else(|| rules::argument_counts::RULE.help.to_owned());
        self.error(&rules::argument_counts::RULE, place, message, help);
    }

    pub(super) fn check_bound(
        &mut self,
        signature: &Signature,
        at: usize,
        ty: Ty,
        node: &'a ast::TsType,
    ) {
        let Some(&param) = signature.generics.get(at) else { return };
        let Some(bound) = self.bound_of(param) else { return };
        if self.store.is_open(bound) || self.assignable(ty, bound) {
            return;
        }
        let (from, to) = (self.show(ty), self.show(bound));
        let message = format!("`{from}` does not fit `{to}`, which this type parameter asks for");
        self.error(&rules::type_names::RULE, node.span(), message, "give it a type that fits");
    }

    /// What is given for a parameter of a declared type.
    pub(super) fn check_type_argument(
        &mut self,
        param: super::ty::ParamId,
        ty: Ty,
        (span, unit): (swc_common::Span, usize),
    ) {
        if unit != self.unit || self.store.is_open(ty) {
            return;
        }
        let Some(bound) = self.bound_of(param) else { return };
        if self.store.is_open(bound) || self.assignable(ty, bound) {
            return;
        }
        let (from, to) = (self.show(ty), self.show(bound));
        let message = format!("`{from}` does not fit `{to}`, which this type parameter asks for");
        self.error(&rules::type_names::RULE, span, message, "give it a type that fits");
    }

    /// `Pick` of a field that is not there.
    pub(super) fn check_picked(
        &mut self,
        of: Ty,
        keys: Ty,
        (span, unit): (swc_common::Span, usize),
    ) {
        if unit != self.unit || self.store.is_open(of) || self.store.is_open(keys) {
            return;
        }
        for key in self.parts(keys) {
            let Kind::StringLiteral(name, _) = self.store.kind(key).clone() else { continue };
            if self.property(of, &name).is_none() {
                self.no_such_field(of, &name, span);
            }
        }
    }

    /// An interface that gives a field of the one that it extends another type.
    pub(super) fn check_inherited(
        &mut self,
        own: Ty,
        base: Ty,
        ident: &'a ast::Ident,
        unit: usize,
    ) {
        let (Kind::Record(own), Kind::Record(base)) =
            (self.store.kind(own).clone(), self.store.kind(base).clone())
        else {
            return;
        };
        if unit != self.unit {
            return;
        }
        for field in &own.fields {
            let Some(known) = base.fields.iter().find(|known| known.name == field.name) else {
                continue;
            };
            if self.store.is_open(field.ty)
                || self.store.is_open(known.ty)
                || self.assignable(field.ty, known.ty)
            {
                continue;
            }
            let (here, there) = (self.show(field.ty), self.show(known.ty));
            let message =
                format!("`{}` is `{here}` here, and `{there}` in `{}`", field.name, ident.sym);
            let help = "give it a type that fits, or do not extend the interface";
            self.error(&rules::assignments::RULE, ident.span, message, help);
        }
    }

    pub(super) fn wrong_type_arguments(
        &mut self,
        name: &Atom,
        least: usize,
        most: usize,
        given: usize,
        span: swc_common::Span,
        unit: usize,
    ) {
        if unit != self.unit {
            return;
        }
        let wanted = match least == most {
            true => format!("{most}"),
            false => format!("{least} to {most}"),
        };
        let message = format!("`{name}` takes {wanted} type arguments, and {given} are given");
        self.error(&rules::type_names::RULE, span, message, "write them between `<` and `>`");
    }

    /// `typeof name` of a name that stands for nothing.
    pub(super) fn unknown_value(&mut self, ident: &'a ast::Ident, unit: usize) {
        if unit == self.unit && unit != 0 && &*ident.sym != "undefined" {
            let message = format!("`{}` is declared nowhere", ident.sym);
            let help = "declare the constant whose type is meant, or import it";
            self.error(&rules::type_names::RULE, ident.span, message, help);
        }
    }

    pub(super) fn unknown_type(&mut self, ident: &'a ast::Ident, unit: usize) {
        if unit != self.unit || unit == 0 {
            return;
        }
        let own = self
            .tables
            .decls
            .iter()
            .filter(|decl| decl.unit == unit)
            .map(|decl| decl.name.to_string());
        let known: Vec<String> = own
            .chain(self.tables.global_types.keys().map(|name| name.to_string()))
            .filter(|name| !name.starts_with('$'))
            .collect();
        let name = &*ident.sym;
        let help = match (name, nearest(name, known.iter().map(String::as_str))) {
            ("String" | "Number" | "Boolean", _) => format!("write `{}`", name.to_lowercase()),
            (_, Some(close)) => format!("did you mean `{close}`?"),
            _ => rules::type_names::RULE.help.to_owned(),
        };
        let message = format!("the type `{name}` is declared nowhere");
        self.error(&rules::type_names::RULE, ident.span, message, help);
    }
}

/// The `.ok` of the results that have a part of this name.
pub(super) fn result_side(name: &str) -> Option<bool> {
    match name {
        "value" => Some(true),
        "error" | "errors" => Some(false),
        _ => None,
    }
}
