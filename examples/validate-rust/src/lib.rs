//! What comes in is checked before anything is done with it: JSON, a form, an upload, each against a schema. The module's imports
//! are the request's body and calls that only compute.

use purview_guest::{
    Json, Request, Response, crypto, encode, post,
    validate::{Invalid, Schema},
};
use serde::{Deserialize, Serialize};

const ORDER: Schema = Schema::new(
    r##"{
        "type": "object",
        "required": ["mail", "items"],
        "properties": {
            "mail": { "type": "string", "format": "email" },
            "items": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/item" } },
            "gift": { "type": "boolean" }
        },
        "additionalProperties": false,
        "$defs": {
            "item": {
                "type": "object",
                "required": ["sku"],
                "properties": {
                    "sku": { "type": "string", "pattern": "^[A-Z]{2}-[0-9]{3}$" },
                    "count": { "type": "integer", "minimum": 1, "maximum": 99 }
                }
            }
        }
    }"##,
);

#[derive(Serialize, Deserialize)]
struct Order {
    mail: String,
    items: Vec<Item>,
    #[serde(default)]
    gift: bool,
}

#[derive(Serialize, Deserialize)]
struct Item {
    sku: String,
    count: Option<u8>,
}

/// Takes an order as it must be.
#[post("/orders")]
fn order(request: &Request) -> Result<Json<Order>, Invalid> {
    ORDER.decode(request.body()).map(Json)
}

/// The same, lenient: `"2"` is a number where a number is wanted.
#[post("/orders/lenient")]
fn lenient(request: &Request) -> Result<Json<Order>, Invalid> {
    ORDER.coerce(request.body()).map(Json)
}

const SEARCH: Schema = Schema::new(
    r#"{
        "type": "object",
        "required": ["text"],
        "properties": {
            "text": { "type": "string", "minLength": 1 },
            "page": { "type": "integer", "minimum": 1 },
            "tag": { "type": "array", "items": { "type": "string" }, "maxItems": 3 }
        }
    }"#,
);

#[derive(Serialize, Deserialize)]
struct Search {
    text: String,
    page: Option<u32>,
    #[serde(default)]
    tag: Vec<String>,
}

/// Takes a form.
#[post("/search")]
fn search(request: &Request) -> Result<Json<Search>, Invalid> {
    SEARCH.decode_form(request.body()).map(Json)
}

const UPLOAD: Schema = Schema::new(
    r#"{
        "type": "object",
        "required": ["title", "file"],
        "properties": {
            "title": { "type": "string", "maxLength": 20 },
            "file": { "type": "object", "properties": { "size": { "maximum": 1000 } } }
        }
    }"#,
);

#[derive(Deserialize)]
struct Upload {
    title: String,
    file: File,
}

#[derive(Deserialize)]
struct File {
    filename: String,
    base64: String,
}

/// Takes an upload, and tells what it got.
#[post("/upload")]
fn upload(request: &Request) -> Result<Response, Invalid> {
    let kind = request.header("content-type").unwrap_or_default();
    let upload: Upload = UPLOAD.decode_multipart(request.body(), kind)?;
    let bytes = encode::base64_decode(&upload.file.base64).unwrap_or_default();
    let digest = encode::hex(&crypto::sha256(bytes));
    Ok(Response::text(format!("{}: {} {digest}\n", upload.title, upload.file.filename)))
}
