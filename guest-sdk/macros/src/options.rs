//! What stands in a route attribute: texts, then options. In: its tokens. Out: the pattern, and what to do and to say beside
//! it. An option that does not exist is refused with the list of those that do.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Error, Ident, LitInt, LitStr, Path, Result, Token,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
    token,
};

/// The options of a route.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) tags: Vec<LitStr>,
    pub(crate) middleware: Vec<Path>,
    pub(crate) responses: Vec<(LitInt, LitStr)>,
    pub(crate) status: Option<LitInt>,
    pub(crate) summary: Option<LitStr>,
    pub(crate) description: Option<LitStr>,
    pub(crate) operation_id: Option<LitStr>,
    pub(crate) deprecated: bool,
    pub(crate) hidden: bool,
    /// Of routers.
    pub(crate) prefix: Option<LitStr>,
}

/// Texts and options.
pub(crate) struct Arguments {
    pub(crate) texts: Vec<LitStr>,
    pub(crate) options: Options,
}

const KNOWN: &str = "`tags(\"…\")`, `status = 201`, `summary = \"…\"`, `description = \"…\"`, `operation_id = \"…\"`, \
     `responses(404 = \"…\")`, `middleware(name)`, `deprecated` and `hidden`";

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let (mut texts, mut options) = (Vec::new(), Options::default());
        while !input.is_empty() {
            if input.peek(LitStr) {
                texts.push(input.parse()?);
            } else {
                options.parse(input)?;
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(Self { texts, options })
    }
}

impl Options {
    fn parse(&mut self, input: ParseStream<'_>) -> Result<()> {
        let name: Ident = input.parse()?;
        match name.to_string().as_str() {
            "tags" => self.tags.extend(list::<LitStr>(input)?),
            "middleware" => self.middleware.extend(list::<Path>(input)?),
            "responses" => {
                self.responses.extend(list::<Described>(input)?.into_iter().map(|one| one.0));
            }
            "status" => self.status = Some(status(value(input)?)?),
            "summary" => self.summary = Some(value(input)?),
            "description" => self.description = Some(value(input)?),
            "operation_id" => self.operation_id = Some(value(input)?),
            "prefix" => self.prefix = Some(value(input)?),
            "deprecated" => self.deprecated = true,
            "hidden" => self.hidden = true,
            _ => {
                return Err(Error::new(
                    name.span(),
                    format!("there is no option `{name}`: a route has {KNOWN}"),
                ));
            }
        }
        Ok(())
    }

    /// The options as tokens again, for attributes that a router adds to.
    pub(crate) fn tokens(&self) -> TokenStream {
        let Self { tags, middleware, responses, .. } = self;
        let (codes, texts): (Vec<_>, Vec<_>) = responses.iter().cloned().unzip();
        let mut tokens = quote! { tags(#(#tags),*), middleware(#(#middleware),*), responses(#(#codes = #texts),*) };
        for (name, text) in [
            ("summary", &self.summary),
            ("description", &self.description),
            ("operation_id", &self.operation_id),
            ("prefix", &self.prefix),
        ] {
            if let Some(text) = text {
                let name = Ident::new(name, text.span());
                tokens.extend(quote! { , #name = #text });
            }
        }
        if let Some(status) = &self.status {
            tokens.extend(quote! { , status = #status });
        }
        for (name, on) in [("deprecated", self.deprecated), ("hidden", self.hidden)] {
            if on {
                let name = Ident::new(name, proc_macro2::Span::call_site());
                tokens.extend(quote! { , #name });
            }
        }
        tokens
    }
}

fn value<T: Parse>(input: ParseStream<'_>) -> Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}

fn list<T: Parse>(input: ParseStream<'_>) -> Result<Vec<T>> {
    if !input.peek(token::Paren) {
        return Err(input.error("expected a list in parentheses"));
    }
    let inside;
    syn::parenthesized!(inside in input);
    Ok(Punctuated::<T, Token![,]>::parse_terminated(&inside)?.into_iter().collect())
}

/// `404 = "No such user"`
struct Described((LitInt, LitStr));

impl Parse for Described {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let code = status(input.parse()?)?;
        Ok(Self((code, value(input)?)))
    }
}

fn status(literal: LitInt) -> Result<LitInt> {
    match literal.base10_parse::<u16>() {
        Ok(200..=599) => Ok(literal),
        _ => Err(Error::new(literal.span(), "a status of a response lies between 200 and 599")),
    }
}
