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

#[cfg(test)]
mod tests {
    use purview_guest::testing::{TestRequest, call};

    use super::*;

    #[test]
    fn visits_go_on_where_they_were() {
        let request = TestRequest::get("/visits/home").cached("visits", "home", "41");
        assert_eq!(call::<visit>(request).text(), "42");
    }

    #[test]
    fn notes_are_found_or_not() {
        let request = TestRequest::get("/notes/a").cached("notes", "a", "milk");
        assert_eq!(call::<read>(request).text(), "milk");
        assert_eq!(call::<read>(TestRequest::get("/notes/a")).status(), 404);
        assert_eq!(call::<remove>(TestRequest::new("DELETE", "/notes/a")).status(), 404);
    }

    #[test]
    fn a_third_quote_is_refused() {
        let request = || TestRequest::get("/quote").header("x-client", "c");
        assert_eq!(call::<quote>(request()).header("x-remaining"), Some("1"));
        let third = call::<quote>(request().cached("ratelimit", "c", "2"));
        assert_eq!((third.status(), third.header("retry-after")), (429, Some("60")));
    }

    #[test]
    fn a_cache_that_is_away_is_said() {
        let answer = call::<read>(TestRequest::get("/notes/a").cache_away());
        assert_eq!((answer.status(), answer.text()), (503, "the cache's server does not answer"));
    }
}
