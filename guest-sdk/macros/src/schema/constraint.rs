//! The constraints of one field, in the words of Pydantic: `min_length`, `max_length`, `min_items`, `max_items`, `ge`, `gt`,
//! `le`, `lt`, `multiple_of`, `pattern`, `email`, `url`, `each(…)`, and `example`, `description` and `any`, which constrain
//! nothing. In: an attribute. Out: the text of the schema, and the code that enforces it.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{
    Attribute, Error, Expr, ExprLit, ExprUnary, Ident, Lit, LitInt, LitStr, Result, Type, UnOp,
    meta::ParseNestedMeta, spanned::Spanned,
};

use super::Pieces;
use crate::text;

const KNOWN: &str = "`min_length`, `max_length`, `min_items`, `max_items`, `ge`, `gt`, `le`, `lt`, `multiple_of`, \
     `pattern`, `email`, `url`, `each(…)`, `example`, `description` and `any`";

/// What a value must be.
#[derive(Default)]
pub(super) struct Constraints {
    min: Option<LitInt>,
    max: Option<LitInt>,
    bounds: Vec<Bound>,
    pattern: Option<LitStr>,
    email: Option<Span>,
    url: Option<Span>,
    each: Option<Box<Self>>,
    example: Option<Expr>,
    pub(super) description: Option<String>,
    /// The type has no schema of its own: anything goes.
    pub(super) any: bool,
}

struct Bound {
    /// `ge`
    name: &'static str,
    /// `minimum`
    key: &'static str,
    /// `greater_than_equal`
    kind: &'static str,
    /// What FastAPI says.
    said: &'static str,
    value: Expr,
    text: String,
}

const BOUNDS: [(&str, &str, &str, &str); 5] = [
    ("ge", "minimum", "greater_than_equal", "greater than or equal to"),
    ("gt", "exclusiveMinimum", "greater_than", "greater than"),
    ("le", "maximum", "less_than_equal", "less than or equal to"),
    ("lt", "exclusiveMaximum", "less_than", "less than"),
    ("multiple_of", "multipleOf", "multiple_of", "a multiple of"),
];

impl Constraints {
    pub(super) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut constraints = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("schema")) {
            attribute.parse_nested_meta(|meta| constraints.parse(&meta))?;
        }
        Ok(constraints)
    }

    fn parse(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let name = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
        let span = meta.path.span();
        if let Some((name, key, kind, said)) = BOUNDS.iter().find(|bound| bound.0 == name) {
            let value: Expr = meta.value()?.parse()?;
            let text = number(&value)?;
            self.bounds.push(Bound { name, key, kind, said, value, text });
            return Ok(());
        }
        match name.as_str() {
            "min_length" | "min_items" => self.min = Some(meta.value()?.parse()?),
            "max_length" | "max_items" => self.max = Some(meta.value()?.parse()?),
            "pattern" => {
                let pattern: LitStr = meta.value()?.parse()?;
                regex_lite::Regex::new(&pattern.value()).map_err(|error| {
                    Error::new(pattern.span(), format!("this is not a regular expression: {error}"))
                })?;
                self.pattern = Some(pattern);
            }
            "email" => self.email = Some(span),
            "url" => self.url = Some(span),
            "any" => self.any = true,
            "example" => self.example = Some(meta.value()?.parse()?),
            "description" => self.description = Some(meta.value()?.parse::<LitStr>()?.value()),
            "each" => {
                let mut each = Self::default();
                meta.parse_nested_meta(|meta| each.parse(&meta))?;
                self.each = Some(Box::new(each));
            }
            _ => {
                return Err(Error::new(
                    span,
                    format!("there is no constraint `{name}`: a field has {KNOWN}"),
                ));
            }
        }
        self.agree(span)
    }

    /// Refuses what no value satisfies.
    fn agree(&self, span: Span) -> Result<()> {
        if let (Some(min), Some(max)) = (&self.min, &self.max)
            && min.base10_parse::<usize>()? > max.base10_parse::<usize>()?
        {
            return Err(Error::new(span, format!("no length is at least {min} and at most {max}")));
        }
        Ok(())
    }

    /// Adds what the name of the field says: `email`, `*_email`, `*_ne`.
    pub(super) fn conventions(&mut self, name: &str, ty: &Type) {
        if !is_text(inner(ty).unwrap_or(ty)) {
            return;
        }
        if (name == "email" || name.ends_with("_email")) && self.email.is_none() {
            self.email = Some(Span::call_site());
        }
        if name.ends_with("_ne") && self.min.is_none() {
            self.min = Some(LitInt::new("1", Span::call_site()));
        }
    }

    /// The schema of a value of this type with these constraints.
    pub(super) fn describe(&self, ty: &Type, description: &str, pieces: &mut Pieces) -> Result<()> {
        let subject = inner(ty).unwrap_or(ty);
        let mut more = Pieces::default();
        self.keys(subject, &mut more)?;
        let description = self.description.as_deref().unwrap_or(description);
        if !description.is_empty() {
            more.text(&format!(r#","description":{}"#, text::quoted(description)));
        }
        if let Some(example) = &self.example {
            more.text(&format!(r#","examples":[{}]"#, literal(example)?));
        }
        let plain = more.tokens.is_empty() && more.pending.is_empty();
        if !plain {
            pieces.text(r#"{"allOf":["#);
        }
        match (self.any, &self.each) {
            (true, _) => pieces.text("{}"),
            (false, None) => pieces.fragment(quote! { <#ty as ::purview_guest::Schema>::NODE }),
            (false, Some(each)) => {
                let element = element(subject)?;
                pieces.text(r#"{"type":"array","items":"#);
                each.describe(element, "", pieces)?;
                pieces.text("}");
            }
        }
        if !plain {
            pieces.text("]");
            more.flush();
            pieces.flush();
            pieces.tokens.extend(more.tokens);
            pieces.text("}");
        }
        Ok(())
    }

    fn keys(&self, subject: &Type, more: &mut Pieces) -> Result<()> {
        for (length, index) in [(&self.min, quote! { 0 }), (&self.max, quote! { 1 })] {
            if let Some(length) = length {
                let digits = length.base10_parse::<usize>()?.to_string();
                more.text(",");
                more.fragment(quote! {
                    ::purview_guest::document::Fragment::Text(<#subject as ::purview_guest::rules::Measured>::NAMES.#index)
                });
                more.text(&digits);
            }
        }
        for bound in &self.bounds {
            more.text(&format!(r#","{}":{}"#, bound.key, bound.text));
        }
        if let Some(pattern) = &self.pattern {
            more.text(&format!(r#","pattern":{}"#, text::quoted(&pattern.value())));
        }
        for (format, wanted) in [("email", &self.email), ("uri", &self.url)] {
            if wanted.is_some() {
                more.text(&format!(r#","format":"{format}""#));
            }
        }
        Ok(())
    }

    /// The code that checks `value`, a reference to a value of this type, at `place`.
    pub(super) fn check(&self, ty: &Type) -> Result<TokenStream> {
        if let Some(inner) = inner(ty) {
            let check = self.check(inner)?;
            return Ok(quote! { if let ::core::option::Option::Some(value) = value { #check } });
        }
        let mut code = TokenStream::new();
        if let Some(min) = &self.min {
            code.extend(
                quote! { ::purview_guest::rules::min_length(value, #min, &place, problems); },
            );
        }
        if let Some(max) = &self.max {
            code.extend(
                quote! { ::purview_guest::rules::max_length(value, #max, &place, problems); },
            );
        }
        for bound in &self.bounds {
            code.extend(bound.check(ty)?);
        }
        for (rule, span) in [("email", self.email), ("url", self.url)] {
            if let Some(span) = span {
                let rule = Ident::new(rule, span);
                code.extend(quote! { ::purview_guest::rules::#rule(value, &place, problems); });
            }
        }
        if let Some(pattern) = &self.pattern {
            code.extend(
                quote! { ::purview_guest::rules::pattern(value, #pattern, &place, problems); },
            );
        }
        if let Some(each) = &self.each {
            let check = each.check(element(ty)?)?;
            code.extend(quote! {
                for (index, value) in value.iter().enumerate() {
                    let place = place.index(index);
                    #check
                }
            });
        } else if !self.any {
            code.extend(quote! { ::purview_guest::Schema::check(value, &place, problems); });
        }
        Ok(code)
    }
}

impl Bound {
    fn check(&self, ty: &Type) -> Result<TokenStream> {
        let (kind, said) = (self.kind, format!("Input should be {} {}", self.said, self.text));
        // A whole number beside a float is a float.
        let value = match (&self.value, is_float(ty)) {
            (value, true) => {
                let text = if self.text.contains(['.', 'e', 'E']) {
                    self.text.clone()
                } else {
                    format!("{}.0", self.text)
                };
                let float: Expr =
                    syn::parse_str(&text).map_err(|error| Error::new(value.span(), error))?;
                quote! { #float }
            }
            (value, false) => quote! { #value },
        };
        let holds = match self.name {
            "ge" => quote! { *value >= #value },
            "gt" => quote! { *value > #value },
            "le" => quote! { *value <= #value },
            "lt" => quote! { *value < #value },
            _ if is_float(ty) => quote! { *value % #value == 0.0 },
            _ => quote! { *value % #value == 0 },
        };
        Ok(quote! {
            #[allow(clippy::neg_cmp_op_on_partial_ord, unused_comparisons, reason = "a constraint as it was written")]
            if !(#holds) {
                ::purview_guest::rules::bound(#kind, #said, &place, problems);
            }
        })
    }
}

/// A literal number as JSON.
fn number(value: &Expr) -> Result<String> {
    match value {
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => Ok(format!("-{}", number(expr)?)),
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => Ok(number.base10_digits().to_owned()),
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => Ok(number.base10_digits().to_owned()),
        other => Err(Error::new(other.span(), "write a number")),
    }
}

/// A literal as JSON.
fn literal(value: &Expr) -> Result<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text::quoted(&text.value())),
        Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) => Ok(value.value.to_string()),
        other => number(other)
            .map_err(|error| Error::new(error.span(), "write a text, a number or a truth value")),
    }
}

/// The `T` of `Option<T>`.
pub(super) fn inner(ty: &Type) -> Option<&Type> {
    argument(ty, "Option")
}

/// The element's type of a list.
fn element(ty: &Type) -> Result<&Type> {
    let of_list = ["Vec", "BTreeSet", "HashSet"].iter().find_map(|name| argument(ty, name));
    match ty {
        Type::Array(array) => Ok(&array.elem),
        _ => of_list.ok_or_else(|| {
            Error::new(ty.span(), "`each(…)` is for lists: `Vec<T>`, sets and arrays")
        }),
    }
}

fn argument<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

fn last_name(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last().map(|last| last.ident.to_string())
}

fn is_float(ty: &Type) -> bool {
    last_name(ty).is_some_and(|name| name == "f32" || name == "f64")
}

fn is_text(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => is_text(&reference.elem),
        Type::Path(_) => {
            let text = last_name(ty).is_some_and(|name| name == "String" || name == "str");
            text || argument(ty, "Cow").is_none() && last_name(ty).as_deref() == Some("Cow")
        }
        _ => false,
    }
}
