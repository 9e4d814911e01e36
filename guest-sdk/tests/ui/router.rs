use purview_guest::router;

#[router(prefix = "/a")]
mod twice {
    use purview_guest::get;

    #[get("/users/{id}")]
    fn one() {}

    #[get("/users/{name}")]
    fn two() {}
}

#[router(prefix = "/a/")]
mod slash {}

#[router("/a")]
mod text {}

#[router(prefix = "/a", status = 201)]
mod of_a_route {}

#[router(prefix = "/a", colour = "red")]
mod misspelt {}

#[router(prefix = "/a")]
struct NoModule;

fn main() {}
