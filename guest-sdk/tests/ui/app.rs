use purview_guest::{app, get};

#[get("/early")]
fn early() {}

app!(middleware(late));

fn late(request: &purview_guest::Request, next: purview_guest::Next<'_>) -> purview_guest::Response {
    next.run(request)
}

fn main() {}
