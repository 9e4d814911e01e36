use purview_guest::{catch_all, get, post, router};

#[router(prefix = "/a")]
mod outer {
    use purview_guest::{get, router};

    #[router(prefix = "/users")]
    mod inner {
        use purview_guest::get;

        #[get("/{id}")]
        fn one() {}
    }

    #[get("/users/{name}")]
    fn two() {}
}

mod elsewhere {
    use purview_guest::get;

    #[get("/a/users/{key}")]
    fn three() {}

    #[get("/files/{*path}")]
    fn four() {}
}

#[get("/files/{*rest}")]
fn five() {}

#[post("/files/{*rest}")]
fn of_another_method() {}

#[get("/files/{name}")]
fn of_another_shape() {}

#[cfg(windows)]
#[get("/conditional")]
fn on_one() {}

#[cfg(not(windows))]
#[get("/conditional")]
fn on_others() {}

#[get("/below")]
#[cfg(windows)]
fn below_on_one() {}

#[get("/below")]
#[cfg(not(windows))]
fn below_on_others() {}

#[catch_all]
fn six() {}

#[catch_all]
fn seven() {}

fn main() {}
