//! The attributes of serde that say under which name something is read, and ours that say what it must be. Attributes of
//! serde that make no difference here are passed over.

use syn::{Attribute, Error, LitStr, Result, Token, ext::IdentExt, meta::ParseNestedMeta};

/// What holds for a whole type or variant.
#[derive(Default)]
pub(super) struct Container {
    pub(super) rename: Option<String>,
    pub(super) rename_all: Option<String>,
    pub(super) rename_all_fields: Option<String>,
    pub(super) tag: Option<String>,
    pub(super) content: Option<String>,
    pub(super) untagged: bool,
    pub(super) default: bool,
    pub(super) closed: bool,
    pub(super) skip: bool,
    /// Constraints by the names of fields: `email`, `*_email`, `*_ne`.
    pub(super) conventions: bool,
}

impl Container {
    pub(super) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut container = Self::default();
        for attribute in attributes {
            if attribute.path().is_ident("serde") {
                attribute.parse_nested_meta(|meta| container.serde(&meta))?;
            } else if attribute.path().is_ident("schema") {
                attribute.parse_nested_meta(|meta| {
                    if meta.path.is_ident("conventions") {
                        container.conventions = true;
                        return Ok(());
                    }
                    Err(meta
                        .error("a type has the option `conventions`; constraints stand at fields"))
                })?;
            }
        }
        Ok(container)
    }

    fn serde(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let path = &meta.path;
        if path.is_ident("rename") {
            self.rename = for_reading(meta)?;
        } else if path.is_ident("rename_all") {
            self.rename_all = for_reading(meta)?;
        } else if path.is_ident("rename_all_fields") {
            self.rename_all_fields = for_reading(meta)?;
        } else if path.is_ident("tag") {
            self.tag = Some(text(meta)?);
        } else if path.is_ident("content") {
            self.content = Some(text(meta)?);
        } else {
            self.untagged |= path.is_ident("untagged");
            self.default |= path.is_ident("default");
            self.closed |= path.is_ident("deny_unknown_fields");
            self.skip |= path.is_ident("skip") || path.is_ident("skip_deserializing");
            pass_over(meta)?;
        }
        Ok(())
    }
}

/// What serde is told of a field.
#[derive(Default)]
pub(super) struct FieldNames {
    pub(super) rename: Option<String>,
    pub(super) default: bool,
    pub(super) skip: bool,
    pub(super) flatten: bool,
}

impl FieldNames {
    pub(super) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut names = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("rename") {
                    names.rename = for_reading(&meta)?;
                    return Ok(());
                }
                names.default |= meta.path.is_ident("default");
                names.skip |=
                    meta.path.is_ident("skip") || meta.path.is_ident("skip_deserializing");
                names.flatten |= meta.path.is_ident("flatten");
                pass_over(&meta)
            })?;
        }
        Ok(names)
    }
}

fn text(meta: &ParseNestedMeta<'_>) -> Result<String> {
    Ok(meta.value()?.parse::<LitStr>()?.value())
}

/// `rename = "x"`, or the `deserialize` of `rename(serialize = "x", deserialize = "y")`.
fn for_reading(meta: &ParseNestedMeta<'_>) -> Result<Option<String>> {
    if meta.input.peek(Token![=]) {
        return text(meta).map(Some);
    }
    let mut found = None;
    meta.parse_nested_meta(|inner| {
        let value = text(&inner)?;
        if inner.path.is_ident("deserialize") {
            found = Some(value);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Skips the value of an attribute that makes no difference.
fn pass_over(meta: &ParseNestedMeta<'_>) -> Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<syn::Expr>()?;
    } else if meta.input.peek(syn::token::Paren) {
        let inside;
        syn::parenthesized!(inside in meta.input);
        inside.parse::<proc_macro2::TokenStream>()?;
    }
    Ok(())
}

/// The name of a field or a variant as serde reads it.
pub(super) fn renamed(
    ident: &syn::Ident,
    own: Option<&String>,
    rule: Option<&String>,
    variant: bool,
) -> Result<String> {
    let name = ident.unraw().to_string();
    let Some(rule) = rule.filter(|_| own.is_none()) else {
        return Ok(own.cloned().unwrap_or(name));
    };
    let words: Vec<String> = if variant {
        let mut words: Vec<String> = Vec::new();
        for letter in name.chars() {
            match words.last_mut() {
                Some(word) if !letter.is_uppercase() => word.push(letter),
                _ => words.push(letter.to_string()),
            }
        }
        words.iter().map(|word| word.to_lowercase()).collect()
    } else {
        name.split('_').map(str::to_owned).collect()
    };
    let capital = |word: &String| {
        let mut letters = word.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    let pascal = || words.iter().map(capital).collect::<String>();
    Ok(match rule.as_str() {
        "lowercase" if variant => name.to_lowercase(),
        "UPPERCASE" => name.to_uppercase(),
        "lowercase" => name,
        "PascalCase" if variant => name,
        "PascalCase" => pascal(),
        "camelCase" => {
            let pascal = if variant { name } else { pascal() };
            let mut letters = pascal.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
        }
        "snake_case" => words.join("_"),
        "SCREAMING_SNAKE_CASE" => words.join("_").to_uppercase(),
        "kebab-case" => words.join("-"),
        "SCREAMING-KEBAB-CASE" => words.join("-").to_uppercase(),
        other => {
            return Err(Error::new(ident.span(), format!("serde has no renaming rule `{other}`")));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn names_follow_the_rules_of_serde() {
        let rename = |name: &str, rule: &str, variant: bool| {
            let ident = syn::Ident::new(name, proc_macro2::Span::call_site());
            renamed(&ident, None, Some(&rule.to_owned()), variant)
                .map_err(|error| error.to_string())
        };
        for (rule, field, variant) in [
            ("lowercase", "user_id", "userid"),
            ("UPPERCASE", "USER_ID", "USERID"),
            ("PascalCase", "UserId", "UserId"),
            ("camelCase", "userId", "userId"),
            ("snake_case", "user_id", "user_id"),
            ("SCREAMING_SNAKE_CASE", "USER_ID", "USER_ID"),
            ("kebab-case", "user-id", "user-id"),
            ("SCREAMING-KEBAB-CASE", "USER-ID", "USER-ID"),
        ] {
            assert_eq!(rename("user_id", rule, false), Ok(field.to_owned()), "{rule}");
            assert_eq!(rename("UserId", rule, true), Ok(variant.to_owned()), "{rule}");
        }
        assert!(rename("a", "Title Case", false).is_err());
    }
}
