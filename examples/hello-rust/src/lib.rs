//! The smallest handler: one route, a constant answer. Its module imports nothing, so it can touch nothing.

use purview_guest::{Response, get};

#[get("/")]
fn hello() -> Response {
    Response::json_text(r#"{"hello":"world"}"#)
}
