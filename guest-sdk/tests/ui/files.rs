use purview_guest::{get, static_files};

static_files!("/static");

static_files!("static", "public");

static_files!("/{name}", "public");

static_files!("/a", "public", status = 201);

#[get("/c", index)]
fn of_a_folder() {}

fn main() {}
