use purview_guest::{catch_all, get, route};

#[get]
fn nothing() {}

#[get("/", "/more")]
fn two() {}

#[get(path)]
fn name() {}

#[route("/only-a-path")]
fn no_method() {}

#[catch_all("/")]
fn too_much() {}

fn main() {}
