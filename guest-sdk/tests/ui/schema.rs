use purview_guest::{ApiKey, Json, Schema, dependency, post};
use serde::Deserialize;

#[derive(Deserialize, Schema)]
struct Misspelt {
    #[schema(minimum_length = 3)]
    name: String,
}

#[derive(Deserialize, Schema)]
struct Impossible {
    #[schema(min_length = 9, max_length = 3)]
    name: String,
}

#[derive(Deserialize, Schema)]
struct NoPattern {
    #[schema(pattern = "[a-z")]
    name: String,
}

#[derive(Deserialize, Schema)]
struct NoLength {
    #[schema(min_length = 1)]
    count: u32,
}

#[derive(Deserialize, Schema)]
struct NoList {
    #[schema(each(ge = 1))]
    count: u32,
}

#[derive(Deserialize)]
struct NoSchema {
    name: String,
}

#[post("/no-schema")]
fn no_schema(Json(value): Json<NoSchema>) -> String {
    value.name
}

#[derive(ApiKey)]
struct Nowhere(String);

#[derive(ApiKey)]
#[api_key(header = "x api key")]
struct NoHeader(String);

#[dependency]
fn nothing() {}

fn main() {}
