use purview_guest::{any, get, post, route};

#[get("users")]
fn no_slash() {}

#[get("/users/{id")]
fn no_brace() {}

#[post("/users/{id}/{id}")]
fn twice() {}

#[any("/{*rest}/more")]
fn not_last() {}

#[get("*")]
fn star() {}

#[route("GE T", "/")]
fn method() {}

#[get("/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}/{k}/{l}/{m}/{n}/{o}/{p}/{q}")]
fn many() {}

fn main() {}
