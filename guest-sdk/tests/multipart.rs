//! Forms with files as a type: what becomes a struct, and what is said of forms that do not.

use purview_guest::{
    MultipartForm, Route, Schema, Upload,
    document::Fragment,
    post,
    testing::{Answer, TestRequest, call},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Schema)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Small,
    Large,
}

#[derive(Deserialize, Schema)]
struct Profile {
    #[schema(min_length = 2)]
    name: String,
    age: u8,
    kind: Option<Kind>,
    #[serde(default)]
    tags: Vec<String>,
    picture: Upload,
    cover: Option<Upload>,
    #[serde(default)]
    documents: Vec<Upload>,
}

#[post("/profile")]
fn save(MultipartForm(profile): MultipartForm<Profile>) -> String {
    let Profile { name, age, kind, tags, picture, cover, documents } = profile;
    let kind = kind.map(|kind| serde_json::to_string(&kind).unwrap_or_default());
    let documents: Vec<_> = documents.iter().map(|file| &*file.file_name).collect();
    format!(
        "{name} {age} {kind:?} {tags:?} {:?} {:?} {:?} {cover:?} {documents:?}",
        picture.file_name, picture.content_type, picture.content
    )
}

/// A form of parts: each a name with its parameters, fields of its head, and its content.
fn send(parts: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    for (head, content) in parts {
        body += &format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n");
    }
    body += "--b--\r\n";
    let request = TestRequest::post("/profile");
    call::<save>(request.header("content-type", "multipart/form-data; boundary=b").body(body))
}

const PICTURE: (&str, &str) =
    ("name=picture; filename=\"a;b.png\"\r\nContent-Type: image/png", "\u{1}");

#[test]
fn fields_and_files_become_a_struct() {
    let least = send(&[("name=name", "Ada"), ("name=age", "36"), PICTURE]);
    assert_eq!(least.text(), r#"Ada 36 None [] "a;b.png" Some("image/png") [1] None []"#);
    let all = send(&[
        ("name=documents; filename=one", "1"),
        ("name=name", "Ada"),
        ("name=age", "1"),
        ("name=age", "36"),
        ("name=kind", "large"),
        ("name=tags", "x"),
        ("name=tags", "y"),
        ("name=documents; filename=two", "22"),
        ("name=picture; filename=first", "f"),
        ("name=picture; filename=\"../last\"", "l"),
        ("name=cover; filename=cover", ""),
        ("name=unknown; filename=unknown", "u"),
    ]);
    assert_eq!(
        all.text(),
        r#"Ada 36 Some("\"large\"") ["x", "y"] "../last" None [108] Some(Upload { file_name: "cover", content_type: None, bytes: 0 }) ["one", "two"]"#
    );
    // What a page sends where no file was chosen.
    let none = send(&[
        ("name=name", "Ada"),
        ("name=age", "36"),
        PICTURE,
        ("name=cover; filename=\"\"\r\nContent-Type: application/octet-stream", ""),
    ]);
    assert_eq!(none.text(), least.text());
}

#[test]
fn everything_that_is_wrong_with_a_form_is_said_at_once() {
    let answer = send(&[
        ("name=name", "A"),
        ("name=age", "300"),
        ("name=kind; filename=kind", "small"),
        ("name=cover", "a text"),
    ]);
    assert_eq!(answer.status(), 422);
    let said: serde_json::Value = answer.json();
    let mut places: Vec<(String, &str)> = said["detail"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| (one["loc"].to_string(), one["type"].as_str().unwrap_or_default()))
        .collect();
    places.sort_unstable();
    let expected = [
        (r#"["body","age"]"#, "less_than_equal"),
        (r#"["body","cover"]"#, "value_error"),
        (r#"["body","kind"]"#, "enum"),
        (r#"["body","name"]"#, "string_too_short"),
        (r#"["body","picture"]"#, "missing"),
    ];
    let named: Vec<(&str, &str)> = places.iter().map(|(loc, kind)| (&**loc, *kind)).collect();
    assert_eq!(named, expected, "{said}");
}

#[test]
fn fields_and_files_are_described() {
    const ROUTE: Fragment = <save as Route>::DOCUMENT;
    const ROUTE_BYTES: [u8; ROUTE.length()] = ROUTE.bytes();
    let route: serde_json::Value = serde_json::from_slice(&ROUTE_BYTES).expect("a line of JSON");
    let (takes, kind) = (&route["takes"][0], "multipart/form-data");
    assert_eq!((&takes["in"], &takes["type"]), (&"body".into(), &kind.into()));
    const TYPE: Fragment = <Profile as Schema>::BODY;
    const TYPE_BYTES: [u8; TYPE.length()] = TYPE.bytes();
    let body: serde_json::Value = serde_json::from_slice(&TYPE_BYTES).expect("a line of JSON");
    assert_eq!(takes["schema"]["$ref"], body["component"]);
    let properties = &body["schema"]["properties"];
    let file = serde_json::json!({
        "type": "string", "format": "binary", "contentMediaType": "application/octet-stream",
    });
    assert_eq!(properties["picture"], file);
    assert_eq!(properties["documents"]["items"], file);
    assert_eq!(properties["name"]["minLength"], 2);
    assert_eq!(body["schema"]["required"], serde_json::json!(["name", "age", "picture"]));
}

#[test]
fn what_is_no_form_is_refused() {
    let of = |kind: &str, body: &str| {
        let request = TestRequest::post("/profile").header("content-type", kind).body(body);
        call::<save>(request)
    };
    assert_eq!(of("application/json", "{}").status(), 415);
    assert_eq!(of("multipart/form-data", "").status(), 415);
    let broken = of("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-da");
    assert_eq!(broken.status(), 422);
    assert!(broken.text().contains(r#""loc":["body"]"#), "{}", broken.text());
    let many: Vec<(&str, &str)> = vec![("name=tags", "x"); 1001];
    assert_eq!(send(&many).status(), 413);
}
