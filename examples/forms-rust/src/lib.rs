//! Forms: a page with a form, its answer as a redirect, and an upload whose files are read while they arrive, no further than is
//! allowed. The name of a file is data: nothing is opened by it.

use purview_guest::{
    Form, Html, Multipart, MultipartError, MultipartLimits, Query, Redirect, Schema, crypto,
    encode, get, post, text,
};
use serde::Deserialize;

#[derive(Deserialize, Schema)]
struct Greeting {
    #[schema(min_length = 1, max_length = 40)]
    name: String,
    #[serde(default)]
    loud: bool,
}

/// The page.
#[get("/")]
fn page() -> Html<&'static str> {
    Html(
        r#"<!doctype html><title>Hello</title>
<form method="post"><input name="name"><label><input type="checkbox" name="loud"> loud</label><button>Go</button></form>
"#,
    )
}

/// Takes the form, and sends the browser on, so that loading again greets nobody twice.
#[post("/", status = 303)]
fn greet(Form(greeting): Form<Greeting>) -> Redirect {
    let name = purview_guest::url::encode(&greeting.name);
    Redirect::see_other(format!("/hello?name={name}&loud={}", greeting.loud))
}

/// Greets.
#[get("/hello")]
fn hello(Query(greeting): Query<Greeting>) -> Html<String> {
    let name = text::escape_html(&greeting.name);
    Html(format!("<p>Hello, {name}{}</p>\n", if greeting.loud { "!" } else { "." }))
}

const LIMITS: MultipartLimits =
    MultipartLimits { parts: 5, head_bytes: 1024, part_bytes: 1000, whole_bytes: 1000 };

/// Takes files of at most 1000 bytes, and says what it got.
#[post("/files", responses(400 = "Not a form", 413 = "Too many parts, or one that is too long"))]
fn files(form: Multipart<'_>) -> Result<String, MultipartError> {
    let mut form = form.limits(LIMITS);
    let mut seen = String::new();
    while let Some(mut part) = form.next()? {
        let shown = match part.file_name() {
            Some(file) => format!("{} is the file {file:?}", part.name()),
            None => format!("{} is a field", part.name()),
        };
        let bytes = part.whole()?;
        let digest = &encode::hex(&crypto::sha256(&bytes))[..8];
        seen += &format!("{shown}: {} bytes, {digest}\n", bytes.len());
    }
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use purview_guest::testing::{TestRequest, call};

    use super::*;

    #[test]
    fn a_form_leads_to_a_greeting() {
        let request = TestRequest::post("/")
            .header("content-type", "application/x-www-form-urlencoded")
            .body("name=Ada+%26+Co&loud=on");
        let answer = call::<greet>(request);
        let location = answer.header("location").expect("it leads somewhere");
        assert_eq!((answer.status(), location), (303, "/hello?name=Ada%20%26%20Co&loud=true"));
        let shown = call::<hello>(TestRequest::get(location));
        assert_eq!(shown.text(), "<p>Hello, Ada &amp; Co!</p>\n");
    }
}
