use purview_guest::{Json, MultipartForm, Schema, Upload, get, post, testing::TestApp};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct NoSchema {
    file: Upload,
}

#[post("/no-schema")]
fn no_schema(MultipartForm(_): MultipartForm<NoSchema>) {}

#[derive(Deserialize, Schema)]
struct Sized {
    #[schema(min_length = 1)]
    file: Upload,
}

#[derive(Serialize)]
struct Plain {
    name: String,
}

#[get("/no-json")]
fn no_json() -> Plain {
    Plain { name: String::new() }
}

#[post("/a-file-in-json")]
fn a_file_in_json(Json(_): Json<Upload>) -> Json<Upload> {
    todo!()
}

fn no_dependency() {
    let _ = TestApp::new([]).replace(|| Plain { name: String::new() });
}

fn main() {}
