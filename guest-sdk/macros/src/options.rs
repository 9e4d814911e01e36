//! What stands in a route attribute: texts, then options. In: its tokens. Out: the pattern, and what to do and to say beside
//! it. An option that does not exist is refused with the list of those that do.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    Error, Ident, LitInt, LitStr, Path, Result, Token, Type,
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
    /// The type of the answer, where the function's own says nothing of it.
    pub(crate) gives: Option<Given>,
    pub(crate) deprecated: bool,
    pub(crate) hidden: bool,
    /// Of folders of files.
    pub(crate) index: bool,
    /// Of routers.
    pub(crate) prefix: Option<LitStr>,
}

/// Texts and options.
pub(crate) struct Arguments {
    pub(crate) texts: Vec<LitStr>,
    pub(crate) options: Options,
}

const KNOWN: &str = "`tags(\"…\")`, `status = 201`, `summary = \"…\"`, `description = \"…\"`, `operation_id = \"…\"`, \
     `gives = Json<User>`, `responses(404 = \"…\")`, `middleware(name)`, `deprecated` and `hidden`";

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
                input
                    .parse::<Token![,]>()
                    .map_err(|error| Error::new(error.span(), "a comma stands between options"))?;
            }
        }
        Ok(Self { texts, options })
    }
}

impl Options {
    fn parse(&mut self, input: ParseStream<'_>) -> Result<()> {
        let name: Ident = input.parse()?;
        match name.to_string().as_str() {
            "tags" => {
                self.tags.extend(list::<LitStr>(input, "write texts, as in `tags(\"users\")`")?)
            }
            "middleware" => {
                let usage = "name functions, as in `middleware(log)`";
                self.middleware.extend(list::<Path>(input, usage)?);
            }
            "responses" => {
                let usage =
                    "say what a status means, as in `responses(404 = \"There is no such user\")`";
                let list = list::<Described>(input, usage)?;
                self.responses.extend(list.into_iter().map(|one| one.0));
            }
            "status" => self.status = Some(status(value(input)?)?),
            "summary" => self.summary = Some(value(input)?),
            "description" => self.description = Some(value(input)?),
            "operation_id" => self.operation_id = Some(value(input)?),
            "gives" => self.gives = Some(value(input)?),
            "prefix" => self.prefix = Some(value(input)?),
            "deprecated" | "hidden" | "index" if input.peek(Token![=]) => {
                return Err(input.error(format!("`{name}` stands alone")));
            }
            "deprecated" => self.deprecated = true,
            "hidden" => self.hidden = true,
            "index" => self.index = true,
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
        if let Some(gives) = &self.gives {
            tokens.extend(quote! { , gives = #gives });
        }
        for (name, on) in
            [("deprecated", self.deprecated), ("hidden", self.hidden), ("index", self.index)]
        {
            if on {
                let name = Ident::new(name, proc_macro2::Span::call_site());
                tokens.extend(quote! { , #name });
            }
        }
        tokens
    }
}

/// `Json<User>` or `"image/png"`: the type of an answer, or the content type of its bytes.
pub(crate) enum Given {
    Type(Box<Type>),
    Content(LitStr),
}

impl Parse for Given {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if !input.peek(LitStr) {
            return input.parse().map(|ty| Self::Type(Box::new(ty)));
        }
        let content: LitStr = input.parse()?;
        if content.value().split('/').count() != 2 {
            return Err(Error::new(content.span(), "a content type is like `image/png`"));
        }
        Ok(Self::Content(content))
    }
}

impl ToTokens for Given {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Type(ty) => ty.to_tokens(tokens),
            Self::Content(content) => content.to_tokens(tokens),
        }
    }
}

fn value<T: Parse>(input: ParseStream<'_>) -> Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}

fn list<T: Parse>(input: ParseStream<'_>, usage: &str) -> Result<Vec<T>> {
    if !input.peek(token::Paren) {
        return Err(input.error(usage));
    }
    let inside;
    syn::parenthesized!(inside in input);
    let list = Punctuated::<T, Token![,]>::parse_terminated(&inside).map_err(|error| {
        // What the compiler expects next says little; what was meant says more.
        match error.to_string().starts_with("expected")
            || error.to_string().starts_with("unexpected")
        {
            true => Error::new(error.span(), usage),
            false => error,
        }
    })?;
    Ok(list.into_iter().collect())
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
