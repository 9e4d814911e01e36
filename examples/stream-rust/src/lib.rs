//! Answers that are sent while they are made: lines, server-sent events for a browser's `EventSource`, the tokens of a language
//! model. Where the client is slow, the handler waits; when it has gone, the next write says so.

use std::{io::Write, time::Duration};

use purview_guest::{Event, Header, LlmStream, Path, Response, Schema, Sse, get, io};
use serde::Deserialize;

/// Counts, a line for each number.
#[get("/count/{to}", gives = "text/plain")]
fn count(Path(to): Path<u16>) -> Response {
    Response::stream("text/plain", move |body| {
        (1..=to).try_for_each(|number| writeln!(body, "{number}"))
    })
}

#[derive(Deserialize, Schema)]
struct Last {
    /// What a browser sends when it connects again.
    #[serde(default)]
    #[schema(le = 1000)]
    last_event_id: u32,
}

/// Three events after the last one that the client has seen; then it comes again.
#[get("/events", gives = Sse)]
fn events(Header(last): Header<Last>) -> Response {
    Response::events(move |events| {
        events.retry(Duration::from_secs(1))?;
        (1..=3).try_for_each(|step| {
            let id = last.last_event_id + step;
            io::sleep(Duration::from_millis(20)).wait();
            events.send(Event::data(format!("event {id}\nof two lines")).id(id.to_string()))
        })
    })
}

/// An answer, word by word, as language models give theirs.
#[get("/tokens", gives = LlmStream)]
fn tokens() -> Response {
    Response::llm(|answer| {
        for word in "Simplicity is prerequisite for reliability.".split_inclusive(' ') {
            answer.token(word)?;
        }
        answer.event("usage", r#"{"tokens":5}"#)
    })
}

#[cfg(test)]
mod tests {
    use purview_guest::testing::{TestRequest, call};

    use super::*;

    #[test]
    fn numbers_come_one_by_one() {
        assert_eq!(call::<count>(TestRequest::get("/count/3")).text(), "1\n2\n3\n");
    }

    #[test]
    fn the_client_goes_on_where_it_was() {
        let request = TestRequest::get("/events").header("last-event-id", "7");
        assert!(
            call::<events>(request).text().contains("id: 8\ndata: event 8\ndata: of two lines\n\n")
        );
    }

    #[test]
    fn an_answer_ends_with_done() {
        let answer = call::<tokens>(TestRequest::get("/tokens"));
        assert!(answer.text().ends_with("data: [DONE]\n\n"), "{}", answer.text());
    }
}
