//! The shapes of serde: structs, newtypes, tuples and the four ways of writing an enum. In: fields or variants. Out: the text
//! of a schema, and the code that checks `self`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{
    Attribute, Error, Field, Fields, Result, Variant, punctuated::Punctuated, spanned::Spanned,
    token::Comma,
};

use super::{
    Pieces,
    constraint::{self, Constraints},
    members,
    names::{Container, FieldNames, renamed},
};
use crate::text;

/// The schema and the check of a type.
pub(super) struct Shape {
    pub(super) body: TokenStream,
    pub(super) check: TokenStream,
    /// The names of the fields that cannot be left out, of a struct.
    pub(super) required: Vec<String>,
}

pub(super) fn of_struct(
    container: &Container,
    attributes: &[Attribute],
    fields: &Fields,
) -> Result<Shape> {
    let mut pieces = Pieces::default();
    let described = text::doc(attributes);
    match fields {
        Fields::Named(_) => object(container, fields, &described, None, &mut pieces)?,
        Fields::Unit => pieces.text(r#"{"type":"null"}"#),
        Fields::Unnamed(_) => tuple(fields, &described, &mut pieces)?,
    }
    let mut check = TokenStream::new();
    for (field, member) in fields.iter().zip(members(fields)) {
        let value = quote! { &self.#member };
        check.extend(check_field(container, field, fields.len() == 1, &value)?);
    }
    let required = match fields {
        Fields::Named(_) => required(container, fields)?,
        _ => Vec::new(),
    };
    Ok(Shape { body: pieces.finish(), check, required })
}

/// The names of the fields that cannot be left out.
fn required(container: &Container, fields: &Fields) -> Result<Vec<String>> {
    let mut required = Vec::new();
    for field in fields {
        let names = FieldNames::read(&field.attrs)?;
        let optional = names.default || container.default || constraint::inner(&field.ty).is_some();
        let Some(ident) = field.ident.as_ref().filter(|_| !names.skip && !names.flatten) else {
            continue;
        };
        if !optional {
            required.push(renamed(
                ident,
                names.rename.as_ref(),
                container.rename_all.as_ref(),
                false,
            )?);
        }
    }
    Ok(required)
}

/// `{"type":"object","properties":…}`; `tag` is one more property with one value.
fn object(
    container: &Container,
    fields: &Fields,
    description: &str,
    tag: Option<(&str, &str)>,
    pieces: &mut Pieces,
) -> Result<()> {
    let flattened: Vec<&Field> = fields
        .iter()
        .filter(|field| FieldNames::read(&field.attrs).is_ok_and(|names| names.flatten))
        .collect();
    if !flattened.is_empty() {
        pieces.text(r#"{"allOf":["#);
        for field in &flattened {
            let ty = &field.ty;
            pieces.fragment(quote! { <#ty as ::purview_guest::Schema>::NODE });
            pieces.text(",");
        }
    }
    pieces.text(r#"{"type":"object""#);
    if !description.is_empty() {
        pieces.text(&format!(r#","description":{}"#, text::quoted(description)));
    }
    if container.closed {
        pieces.text(r#","additionalProperties":false"#);
    }
    pieces.text(r#","properties":{"#);
    let mut required: Vec<String> = Vec::new();
    let mut comma = "";
    if let Some((tag, value)) = tag {
        pieces.text(&format!("{}:{{\"const\":{}}}", text::quoted(tag), text::quoted(value)));
        required.push(text::quoted(tag));
        comma = ",";
    }
    for field in fields {
        let names = FieldNames::read(&field.attrs)?;
        let Some(ident) = field.ident.as_ref().filter(|_| !names.skip && !names.flatten) else {
            continue;
        };
        let name = renamed(ident, names.rename.as_ref(), container.rename_all.as_ref(), false)?;
        let constraints = constraints(container, field)?;
        pieces.text(&format!("{comma}{}:", text::quoted(&name)));
        constraints.describe(&field.ty, &text::doc(&field.attrs), pieces)?;
        if constraint::inner(&field.ty).is_none() && !names.default && !container.default {
            required.push(text::quoted(&name));
        }
        comma = ",";
    }
    pieces.text("}");
    if !required.is_empty() {
        pieces.text(&format!(r#","required":[{}]"#, required.join(",")));
    }
    pieces.text(if flattened.is_empty() { "}" } else { "}]}" });
    Ok(())
}

fn tuple(fields: &Fields, description: &str, pieces: &mut Pieces) -> Result<()> {
    if let (Some(field), 1) = (fields.iter().next(), fields.len()) {
        return Constraints::read(&field.attrs)?.describe(&field.ty, description, pieces);
    }
    pieces.text(r#"{"type":"array","items":false,"prefixItems":["#);
    for (index, field) in fields.iter().enumerate() {
        pieces.text(if index == 0 { "" } else { "," });
        Constraints::read(&field.attrs)?.describe(&field.ty, "", pieces)?;
    }
    pieces.text("]}");
    Ok(())
}

fn constraints(container: &Container, field: &Field) -> Result<Constraints> {
    let mut constraints = Constraints::read(&field.attrs)?;
    if let (true, Some(ident)) = (container.conventions, &field.ident) {
        constraints.conventions(&ident.to_string(), &field.ty);
    }
    Ok(constraints)
}

/// Checks `value`, the reference to a field, at its place.
fn check_field(
    container: &Container,
    field: &Field,
    alone: bool,
    value: &TokenStream,
) -> Result<TokenStream> {
    let names = FieldNames::read(&field.attrs)?;
    if names.skip {
        return Ok(TokenStream::new());
    }
    let check = constraints(container, field)?.check(&field.ty)?;
    let place = match &field.ident {
        _ if names.flatten => quote! { *place },
        Some(ident) => {
            let name = renamed(ident, names.rename.as_ref(), container.rename_all.as_ref(), false)?;
            quote! { place.field(#name) }
        }
        None if alone => quote! { *place },
        None => quote! { *place },
    };
    Ok(quote! {{
        let (value, place) = (#value, #place);
        let _ = (&value, &place);
        #check
    }})
}

pub(super) fn of_enum(
    container: &Container,
    attributes: &[Attribute],
    variants: &Punctuated<Variant, Comma>,
) -> Result<Shape> {
    let mut pieces = Pieces::default();
    let mut arms = TokenStream::new();
    let read: Vec<(&Variant, Container)> = variants
        .iter()
        .map(|variant| Ok((variant, Container::read(&variant.attrs)?)))
        .collect::<Result<_>>()?;
    let shown: Vec<_> = read.iter().filter(|(_, own)| !own.skip).collect();
    let names: Vec<String> = shown
        .iter()
        .map(|(variant, own)| {
            renamed(&variant.ident, own.rename.as_ref(), container.rename_all.as_ref(), true)
        })
        .collect::<Result<_>>()?;
    let units = shown.iter().all(|(variant, _)| matches!(variant.fields, Fields::Unit));
    let description = text::doc(attributes);
    let description = if description.is_empty() {
        String::new()
    } else {
        format!(r#","description":{}"#, text::quoted(&description))
    };
    if units && container.tag.is_none() && !container.untagged {
        let names: Vec<_> = names.iter().map(|name| text::quoted(name)).collect();
        pieces.text(&format!(r#"{{"type":"string","enum":[{}]{description}}}"#, names.join(",")));
    } else {
        pieces.text(r#"{"oneOf":["#);
        for (index, ((variant, own), name)) in shown.iter().zip(&names).enumerate() {
            pieces.text(if index == 0 { "" } else { "," });
            let inherited = Container {
                rename_all: own.rename_all.clone().or_else(|| container.rename_all_fields.clone()),
                ..Container::default()
            };
            variant_schema(container, &inherited, &variant.fields, name, variant, &mut pieces)?;
        }
        pieces.text(&format!("]{description}}}"));
    }
    for (variant, own) in &read {
        let inherited = Container {
            rename_all: own.rename_all.clone().or_else(|| container.rename_all_fields.clone()),
            ..Container::default()
        };
        arms.extend(arm(container, &inherited, variant)?);
    }
    let check = quote! { match self { #arms } };
    Ok(Shape { body: pieces.finish(), check, required: Vec::new() })
}

fn variant_schema(
    container: &Container,
    own: &Container,
    fields: &Fields,
    name: &str,
    variant: &Variant,
    pieces: &mut Pieces,
) -> Result<()> {
    let description = text::doc(&variant.attrs);
    let mut content = Pieces::default();
    let internal = container.tag.as_deref().filter(|_| container.content.is_none());
    match fields {
        Fields::Named(_) => {
            object(own, fields, &description, internal.map(|tag| (tag, name)), &mut content)?;
        }
        Fields::Unit => content.text(r#"{"type":"null"}"#),
        Fields::Unnamed(_) => tuple(fields, &description, &mut content)?,
    }
    let key = text::quoted(name);
    let unit = matches!(fields, Fields::Unit);
    let (before, after) = match (&container.tag, &container.content) {
        _ if container.untagged => (String::new(), String::new()),
        (None, _) if unit => {
            pieces.text(&format!(r#"{{"const":{key}}}"#));
            return Ok(());
        }
        (None, _) => (
            format!(
                r#"{{"type":"object","required":[{key}],"additionalProperties":false,"properties":{{{key}:"#
            ),
            "}}".to_owned(),
        ),
        (Some(tag), content) => {
            let tag = text::quoted(tag);
            let tagged = format!(
                r#"{{"type":"object","required":[{tag}],"properties":{{{tag}:{{"const":{key}}}"#
            );
            match (content, fields) {
                _ if unit => {
                    pieces.text(&format!("{tagged}}}}}"));
                    return Ok(());
                }
                (Some(content), _) => {
                    (format!("{tagged},{}:", text::quoted(content)), "}}".to_owned())
                }
                (None, Fields::Unnamed(_)) => {
                    if fields.len() != 1 {
                        return Err(Error::new(
                            variant.span(),
                            "serde writes no tag into a tuple: name its fields",
                        ));
                    }
                    (r#"{"allOf":["#.to_owned(), format!(",{tagged}}}}}]}}"))
                }
                (None, _) => (String::new(), String::new()),
            }
        }
    };
    pieces.text(&before);
    pieces.fragment(content.finish());
    pieces.text(&after);
    Ok(())
}

/// Checks the fields of one variant.
fn arm(container: &Container, own: &Container, variant: &Variant) -> Result<TokenStream> {
    let ident = &variant.ident;
    let bound: Vec<_> =
        (0..variant.fields.len()).map(|index| format_ident!("field_{index}")).collect();
    let mut check = TokenStream::new();
    for (field, value) in variant.fields.iter().zip(&bound) {
        check.extend(check_field(own, field, variant.fields.len() == 1, &quote! { #value })?);
    }
    let name = renamed(ident, None, container.rename_all.as_ref(), true)?;
    let place = match (&container.tag, &container.content) {
        _ if container.untagged => quote! { *place },
        (None, _) => quote! { place.field(#name) },
        (Some(_), Some(content)) => quote! { place.field(#content) },
        (Some(_), None) => quote! { *place },
    };
    let check = quote! {
        let (outer, ) = (#place, );
        let place = &outer;
        let _ = place;
        #check
    };
    Ok(match &variant.fields {
        Fields::Named(fields) => {
            let names = fields.named.iter().map(|field| &field.ident);
            quote! { Self::#ident { #(#names: #bound),* } => { #check } }
        }
        Fields::Unnamed(_) => quote! { Self::#ident(#(#bound),*) => { #check } },
        Fields::Unit => quote! { Self::#ident => {} },
    })
}
