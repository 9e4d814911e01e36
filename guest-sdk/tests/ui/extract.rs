use purview_guest::{Depends, Json, Path, Query, Schema, get, post};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct NoSchema {
    page: u32,
}

#[get("/no-schema")]
fn no_schema(Query(_): Query<NoSchema>) {}

#[derive(Schema)]
struct NoDeserialize {
    page: u32,
}

#[post("/no-deserialize")]
fn no_deserialize(Json(_): Json<NoDeserialize>) {}

#[derive(Deserialize, Schema)]
struct NoSerialize {
    page: u32,
}

#[get("/no-serialize")]
fn no_serialize() -> Json<NoSerialize> {
    Json(NoSerialize { page: 1 })
}

struct User(String);

#[get("/no-dependency")]
fn no_dependency(Depends(user): Depends<'_, User>) -> String {
    user.0.clone()
}

#[derive(Serialize)]
struct Failed;

#[get("/no-answer")]
fn no_answer() -> Result<String, Failed> {
    Err(Failed)
}

#[get("/one/{id}")]
fn two_of_one(Path((_, _)): Path<(u32, u32)>) {}

#[derive(Deserialize, Schema)]
struct Place {
    town: String,
    #[serde(rename = "no")]
    number: u32,
    floor: Option<u8>,
    #[serde(default)]
    door: u8,
}

#[get("/towns/{town}/{number}")]
fn misnamed(Path(_): Path<Place>) {}

#[get("/named/{town}/{no}")]
fn named(Path(_): Path<Place>) {}

#[get("/none")]
fn one_of_none(Path(_): Path<u32>) {}

fn main() {}
