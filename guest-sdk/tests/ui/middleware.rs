use purview_guest::{Next, Request, Response, get, router};

fn without_next(request: &Request) -> String {
    request.path().to_owned()
}

#[get("/a", middleware(without_next))]
fn a() {}

fn gives_nothing(request: &Request, next: Next<'_>) -> usize {
    next.run(request).body_bytes().len()
}

#[get("/b", middleware(gives_nothing))]
fn b() {}

fn twice(request: &Request, next: Next<'_>) -> Response {
    let _ = next.run(request);
    next.run(request)
}

#[get("/c", middleware(twice))]
fn c() {}

#[router(prefix = "/d", middleware(no_such))]
mod d {
    #[purview_guest::get("/e")]
    fn e() {}
}

#[get("/f", middleware("twice"))]
fn f() {}

fn main() {}
