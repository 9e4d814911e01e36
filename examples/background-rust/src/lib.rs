//! Work after the answer: the client has its response, and the handler goes on, within the limits of the same request. What a task
//! fails with is logged; a client that has gone does not keep it from running.

use purview_guest::{HttpError, Path, Response, cache, get, log, post};

/// Takes an order, and writes the receipt when the client knows that it was taken.
#[post("/orders/{number}", status = 202)]
fn order(Path(number): Path<u32>) -> Response {
    Response::text("taken\n").status(202).background(move || receipt(number)).background(
        move || {
            log::info!("order {number} is done");
        },
    )
}

/// Slow work would stand here.
fn receipt(number: u32) -> Result<(), cache::CacheError> {
    let text = format!("receipt of order {number}\n");
    cache!("orders").set(number.to_string(), text)
}

/// The receipt, once it is there.
#[get("/orders/{number}", responses(404 = "Not yet", 503 = "The cache is away"))]
fn show(Path(number): Path<u32>) -> Result<String, HttpError> {
    match cache!("orders").get_text(number.to_string()) {
        Ok(Some(receipt)) => Ok(receipt),
        Ok(None) => Err(HttpError::not_found("not yet")),
        Err(error) => Err(HttpError::unavailable(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use purview_guest::testing::{TestRequest, call};

    use super::*;

    #[test]
    fn tasks_run_in_order_and_a_failure_ends_none_but_itself() {
        let answer = call::<order>(TestRequest::post("/orders/7").cache_away());
        assert_eq!((answer.status(), answer.text()), (202, "taken\n"));
        let lines: Vec<&str> = answer.logs().iter().map(|(_, line)| line.as_str()).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].starts_with("a background task failed"), "{lines:?}");
        assert_eq!(lines[1], "order 7 is done");
    }
}
