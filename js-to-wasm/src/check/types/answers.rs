//! What the handler answers. In: the entry's handler. Out: an error for every path that gives something other than a Response, and for one
//! that gives nothing; helpers count through the types of what they return.

use std::sync::Arc;

use swc_common::Spanned;
use swc_ecma_ast::{self as ast, Expr};

use super::{
    Checker,
    function::FunctionNode,
    rules,
    ty::{Parameter, Presence, Signature, Ty},
};
use crate::check::{
    handler::{self, Handler},
    verify,
};

impl<'a> Checker<'a> {
    /// Whether a function is the one that answers requests.
    pub(super) fn frame_is_handler(&self, node: FunctionNode<'a>) -> bool {
        let is_entry = self.unit == self.program.modules.len();
        is_entry
            && match handler::find(&self.module.ast) {
                Some(Handler::Function(function)) => function.span == node.span(),
                Some(Handler::Arrow(arrow)) => arrow.span == node.span(),
                _ => false,
            }
    }

    /// Whether an expression is the handler.
    pub(super) fn is_handler_expr(&self, expr: &Expr) -> bool {
        let is_entry = self.unit == self.program.modules.len();
        is_entry
            && matches!(handler::find(&self.module.ast), Some(Handler::Value(value)) if value.span() == expr.unwrap_parens().span())
    }

    /// `(request: Request) => Response`
    pub(super) fn handler_signature(&mut self) -> Signature {
        let request = self.library_type("Request", &[]);
        let result = self.library_type("Response", &[]);
        let param = Parameter {
            name: swc_atoms::Atom::from("request"),
            ty: request,
            presence: Presence::Required,
        };
        Signature {
            generics: Arc::from([]),
            params: Arc::from([param]),
            result,
            guard: None,
            method: false,
        }
    }

    pub(super) fn handler_type(&mut self) -> Ty {
        let signature = self.handler_signature();
        self.store.function(signature)
    }

    /// The handler as a whole: what it takes and gives.
    pub(super) fn handler(&mut self) {
        let wanted = self.handler_type();
        match handler::find(&self.module.ast) {
            Some(Handler::Function(node)) => self.written_handler(FunctionNode::Function(node)),
            Some(Handler::Arrow(node)) => self.written_handler(FunctionNode::Arrow(node)),
            Some(Handler::Value(value)) => {
                let given = self.known_type(value);
                self.handler_value(value.span(), given, wanted);
            }
            Some(Handler::Name(ident)) => {
                if let Some(id) = self.use_of(ident) {
                    let given = self.binding_type(id);
                    self.handler_value(ident.span, given, wanted);
                }
            }
            None => {}
        }
    }

    fn handler_value(&mut self, span: swc_common::Span, given: Ty, wanted: Ty) {
        let results: Vec<Ty> = self.signatures(given).iter().map(|one| one.result).collect();
        let unknown = results.is_empty() || results.into_iter().any(|ty| self.is_dynamic(ty));
        self.proven.answers &= !unknown;
        if self.assignable(given, wanted) {
            return;
        }
        let shown = self.show(given);
        let message =
            format!("the handler is `{shown}`, and must take a request and return a `Response`");
        self.error(&verify::answer_types::RULE, span, message, verify::answer_types::RULE.help);
    }

    /// A handler with written types: they must be those of a handler.
    fn written_handler(&mut self, node: FunctionNode<'a>) {
        let response = self.library_type("Response", &[]);
        let request = self.library_type("Request", &[]);
        if let Some(annotation) = node.result() {
            let ty = self.written(&annotation.type_ann, self.unit);
            if !self.assignable(ty, response) {
                let shown = self.show(ty);
                let message = format!("the handler returns `{shown}`, not a `Response`");
                let rule = &verify::answer_types::RULE;
                self.error(rule, annotation.type_ann.span(), message, rule.help);
            }
        }
        let first = node.first_parameter().and_then(super::function::annotation);
        if let Some(written) = first {
            let ty = self.written(written, self.unit);
            if !self.assignable(request, ty) {
                let shown = self.show(ty);
                let message = format!("the handler is given a `Request`, not `{shown}`");
                let help = "write `req: Request`";
                self.error(&rules::arguments::RULE, written.span(), message, help);
            }
        }
    }

    /// One answer.
    pub(super) fn check_answer(&mut self, value: Option<&'a Expr>, ty: Ty, place: &'a Expr) {
        let response = self.library_type("Response", &[]);
        self.proven.answers &= !self.is_dynamic(ty);
        if self.frame.expected.is_some() || self.assignable(ty, response) {
            return;
        }
        if let Some(Expr::Cond(node)) = value.map(Expr::unwrap_parens) {
            for arm in [&node.cons, &node.alt] {
                let ty = self.known_type(arm);
                self.check_answer(Some(arm), ty, arm);
            }
            return;
        }
        let shown = self.show(ty);
        let present = self.without_undefined(ty);
        let (message, rule) = match present != ty && self.assignable(present, response) {
            true if present == Ty::NEVER => {
                ("this path returns nothing".to_owned(), &verify::answers::RULE)
            }
            true => (
                "this may be `undefined` instead of a `Response`".to_owned(),
                &verify::answers::RULE,
            ),
            false => (
                format!("the handler returns `{shown}` here, not a `Response`"),
                &verify::answer_types::RULE,
            ),
        };
        self.error(rule, place.span(), message, rule.help);
    }

    /// `return;` in the handler.
    pub(super) fn empty_answer(&mut self, node: &'a ast::ReturnStmt) {
        let rule = &verify::answers::RULE;
        self.error(rule, node.span, "this path returns nothing".to_owned(), rule.help);
    }

    /// The end of the handler can be reached.
    pub(super) fn missing_answer(&mut self, span: swc_common::Span) {
        let rule = &verify::answers::RULE;
        let end = span.with_lo(swc_common::BytePos(span.hi.0.saturating_sub(1)));
        self.error(rule, end, rule.title.to_owned(), rule.help);
    }

    /// The end of a function that must return something can be reached.
    pub(super) fn check_end(&mut self, node: FunctionNode<'a>, expected: Ty) {
        let open = self.may_be_undefined(expected)
            || matches!(self.resolve(expected), Ty::VOID | Ty::DYNAMIC | Ty::UNKNOWN);
        if open {
            return;
        }
        let shown = self.show(expected);
        let message = format!("the end of this function can be reached, and `{shown}` is expected");
        let place = node.result().map_or(node.span(), |note| note.type_ann.span());
        let rule = &rules::returns::RULE;
        self.error(rule, place, message, "end every path with `return`");
    }

    /// `return;` where a value is expected.
    pub(super) fn check_empty_return(&mut self, node: &'a ast::ReturnStmt, expected: Ty) {
        if self.frame.handler || self.assignable(Ty::UNDEFINED, expected) {
            return;
        }
        let shown = self.show(expected);
        let message = format!("nothing is returned, and `{shown}` is expected");
        self.error(&rules::returns::RULE, node.span, message, "return a value");
    }
}
