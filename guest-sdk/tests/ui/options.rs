use purview_guest::{Response, get, post};

#[post("/a", status = 99)]
fn a() -> Response {
    Response::text("")
}

#[get("/b", tags = "users")]
fn b() {}

#[get("/c", responses(404))]
fn c() {}

#[get("/d", responses(999 = "What is that?"))]
fn d() {}

#[get("/e", gives = "image")]
fn e() -> Response {
    Response::text("")
}

#[get("/f", deprecated = true)]
fn f() {}

#[get("/g" tags("users"))]
fn g() {}

fn main() {}
