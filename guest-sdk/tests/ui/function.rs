use purview_guest::get;

#[get("/a")]
async fn waits() {}

#[get("/b")]
unsafe fn dangerous() {}

#[get("/c")]
fn generic<T>(_: T) {}

#[get("/d")]
fn some(_: impl Copy) {}

#[get("/e")]
struct NotAFunction;

struct Type;

impl Type {
    #[get("/f")]
    fn method(&self) {}
}

fn main() {}
