//! Forms with files as a type. In: a `multipart/form-data` body, whole. Out: a struct of its fields and files, constraints checked, or
//! everything that is wrong with it. Never here: a file that is larger than a body may be; [`Multipart`] takes those in pieces.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IgnoredAny, MapAccess, Visitor},
};

use super::{Limits, Multipart, MultipartError};
use crate::{
    FromRequest, IntoResponse, Rejection, Request,
    document::Fragment,
    problem::Place,
    read::{self, Input, Names},
    schema::Schema,
};

/// A form with files as a struct: fields as in `Form`, and files as [`Upload`], in lists where one name may have several.
///
/// ```
/// use purview_guest::{MultipartForm, Schema, Upload, post};
/// use serde::Deserialize;
///
/// #[derive(Deserialize, Schema)]
/// struct Profile {
///     #[schema(min_length = 1)]
///     name: String,
///     picture: Option<Upload>,
///     #[serde(default)]
///     documents: Vec<Upload>,
/// }
///
/// #[post("/profile")]
/// fn save(MultipartForm(profile): MultipartForm<Profile>) -> String {
///     format!("{} with {} documents", profile.name, profile.documents.len())
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MultipartForm<T>(
    /// The value.
    pub T,
);

impl<'r, T: DeserializeOwned + Schema> FromRequest<'r> for MultipartForm<T> {
    const TAKES: Fragment = Fragment::Join(&[
        Fragment::Text(r#"{"in":"body","type":"multipart/form-data","schema":"#),
        T::NODE,
        Fragment::Text("}"),
    ]);

    fn from_request(request: &'r Request) -> Result<Self, Rejection> {
        // The operator's limit on bodies is the limit on files.
        let limits = Limits { whole_bytes: usize::MAX, ..Limits::default() };
        let form = Multipart::from_request(request)?.limits(limits);
        let input = input(form).map_err(rejection)?;
        let value = read::value(&input, Place::root("body"), Names::Exact)?;
        Ok(Self(value))
    }
}

/// What is wrong with a form stands in the list, what is too much of it is a 413.
fn rejection(error: MultipartError) -> Rejection {
    match error {
        MultipartError::Malformed(_) | MultipartError::Body(_) => {
            Rejection::problem(["body"], "value_error", format!("Value error, {error}"))
        }
        _ => error.into_response().into(),
    }
}

/// All parts: texts and files of each name. A file without name and content is a field of a page where nothing was chosen.
fn input(mut form: Multipart<'_>) -> Result<Input<'static>, MultipartError> {
    let mut entries: Vec<(Cow<'static, str>, Input<'static>)> = Vec::new();
    while let Some(mut part) = form.next()? {
        let (name, file_name) = (part.name().to_owned(), part.file_name().map(str::to_owned));
        let Some(file_name) = file_name else {
            let text = Cow::Owned(part.text()?);
            match entries.iter_mut().find(|(known, _)| *known == *name) {
                Some((_, Input::Texts(texts))) => texts.push(text),
                _ => entries.push((name.into(), Input::Texts(vec![text]))),
            }
            continue;
        };
        let content_type = match part.content_type() {
            Some(kind) => Input::String(Cow::Owned(kind.to_owned())),
            None => Input::Null,
        };
        let content = part.whole()?;
        if file_name.is_empty() && content.is_empty() {
            continue;
        }
        let file = Input::Map(vec![
            ("file_name".into(), Input::String(file_name.into())),
            ("content_type".into(), content_type),
            ("content".into(), Input::Bytes(content)),
        ]);
        match entries.iter_mut().find(|(known, _)| *known == *name) {
            Some((_, Input::List(files))) => files.push(file),
            _ => entries.push((name.into(), Input::List(vec![file]))),
        }
    }
    Ok(Input::Pairs(entries))
}

/// A file of a form.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Upload {
    /// The name that the client gives it. It may be anything: a path too.
    pub file_name: String,
    /// The type that the client gives it.
    pub content_type: Option<String>,
    /// What is in it.
    pub content: Vec<u8>,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("bytes", &self.content.len())
            .finish()
    }
}

/// A client of the API sends the bytes themselves.
impl Schema for Upload {
    const NODE: Fragment = Fragment::Text(
        r#"{"type":"string","format":"binary","contentMediaType":"application/octet-stream"}"#,
    );
}

/// The name by which the reader of forms knows the type.
pub(crate) const UPLOAD: &str = "purview::Upload";

impl<'de> Deserialize<'de> for Upload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct(UPLOAD, &["file_name", "content_type", "content"], File)
    }
}

struct File;

impl<'de> Visitor<'de> for File {
    type Value = Upload;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file of a form")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Upload, A::Error> {
        let mut file = Upload::default();
        while let Some(key) = access.next_key::<Cow<'de, str>>()? {
            match &*key {
                "file_name" => file.file_name = access.next_value()?,
                "content_type" => file.content_type = access.next_value()?,
                "content" => file.content = access.next_value::<Bytes>()?.0,
                _ => drop(access.next_value::<IgnoredAny>()?),
            }
        }
        Ok(file)
    }
}

struct Bytes(Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Content;
        impl Visitor<'_> for Content {
            type Value = Bytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
        }
        deserializer.deserialize_byte_buf(Content)
    }
}
