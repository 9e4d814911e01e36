//! What outlives a request: a counter, notes that expire, and a limit on how often a client may come. Every namespace and verb is one of
//! the module's imports, so the policy is a list of three names.

use std::time::Duration;

use purview_guest::{
    Path, Request, Response, cache, delete, get, put,
    ratelimit::{self, Verdict},
};

/// How long a note stays.
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Counts a visit. No two requests get the same number, on however many workers they run.
#[get("/visits/{page}")]
fn visit(Path(page): Path<String>) -> Response {
    match cache!("visits").incr(page, 1) {
        Ok(count) => Response::text(count.to_string()),
        Err(error) => Response::text(error.to_string()).status(503),
    }
}

/// Keeps a note for a day.
#[put("/notes/{name}")]
fn write(Path(name): Path<String>, request: &Request) -> Response {
    match cache!("notes").set_for(name, request.body(), DAY) {
        Ok(()) => Response::text("").status(204),
        Err(error) => Response::text(error.to_string()).status(507),
    }
}

/// Reads a note.
#[get("/notes/{name}")]
fn read(Path(name): Path<String>) -> Response {
    match cache!("notes").get_text(name) {
        Ok(Some(note)) => Response::text(note),
        Ok(None) => Response::text("there is no such note").status(404),
        Err(error) => Response::text(error.to_string()).status(503),
    }
}

/// Throws a note away.
#[delete("/notes/{name}")]
fn remove(Path(name): Path<String>) -> Response {
    match cache!("notes").delete(name) {
        Ok(true) => Response::text("").status(204),
        Ok(false) => Response::text("there is no such note").status(404),
        Err(error) => Response::text(error.to_string()).status(503),
    }
}

/// Answers each client twice a minute.
#[get("/quote")]
fn quote(request: &Request) -> Response {
    let client = request.header("x-client").unwrap_or(request.peer());
    match ratelimit::check(client, 2, Duration::from_secs(60)) {
        Ok(Verdict::Exceeded { retry_after }) => Response::text("that was enough for now")
            .status(429)
            .header("retry-after", retry_after.as_secs().max(1).to_string()),
        Ok(Verdict::Allowed { remaining, .. }) => {
            Response::text("Simplicity is prerequisite for reliability.")
                .header("x-remaining", remaining.to_string())
        }
        Err(error) => Response::text(error.to_string()).status(503),
    }
}

/// `cargo test` calls the functions; `purview test` asks the module in its sandbox the same.
#[cfg(test)]
mod tests {
    use purview_guest::{routes, testing::TestApp};

    use super::*;

    fn app() -> TestApp {
        TestApp::new(routes![visit, write, read, remove, quote])
    }

    #[test]
    fn visits_go_on_where_they_were() {
        let app = app().cached("visits", "home", "41");
        assert_eq!(app.get("/visits/home").send().text(), "42");
        assert_eq!(app.get("/visits/home").send().text(), "43");
        assert_eq!(app.post("/visits/home").send().status(), 405);
    }

    #[test]
    fn notes_stay_for_a_day() {
        let app = app();
        assert_eq!(app.get("/notes/a%20b").send().status(), 404);
        assert_eq!(app.put("/notes/a%20b").body("milk").send().status(), 204);
        assert_eq!(app.get("/notes/a%20b").send().text(), "milk");
        app.pass(DAY);
        assert_eq!(app.get("/notes/a%20b").send().status(), 404);
        assert_eq!(app.delete("/notes/a%20b").send().status(), 404);
    }

    #[test]
    fn a_third_quote_is_refused() {
        let app = app();
        let ask = || app.get("/quote").header("x-client", "c").send();
        assert_eq!(ask().header("x-remaining"), Some("1"));
        assert_eq!(ask().header("x-remaining"), Some("0"));
        assert_eq!((ask().status(), ask().header("retry-after")), (429, Some("60")));
        app.pass(Duration::from_secs(61));
        assert_eq!(ask().status(), 200);
    }

    #[test]
    fn a_cache_that_is_away_is_said() {
        let answer = app().cache_away().get("/notes/a").send();
        assert_eq!((answer.status(), answer.text()), (503, "the cache's server does not answer"));
    }
}
