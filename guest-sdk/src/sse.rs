//! Server-sent events, and the form of them in which language models answer. In: events. Out: the text that browsers' `EventSource` reads
//! (HTML standard, section 9.2), each event sent at once. Never here: an event that its own text could end or split.

use std::{
    fmt,
    io::{self, Write},
    time::Duration,
};

use crate::{BodyWriter, Response, response::Text};

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Event {
    name: Option<Text>,
    id: Option<Text>,
    data: Text,
}

impl Event {
    /// An event with this text; each line of it is a line of the event, and the client joins them again.
    pub fn data(data: impl Into<Text>) -> Self {
        Self { data: data.into(), ..Self::default() }
    }

    /// The name under which the client listens; without one it is `message`.
    #[must_use]
    pub fn event(mut self, name: impl Into<Text>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What the client sends as `Last-Event-ID` when it connects again.
    #[must_use]
    pub fn id(mut self, id: impl Into<Text>) -> Self {
        self.id = Some(id.into());
        self
    }
}

/// Sends events while the handler runs; it waits where the client is slow, and gets an error when the client has gone.
///
/// ```
/// use purview_guest::{Event, Response, get};
///
/// #[get("/ticks")]
/// fn ticks() -> Response {
///     Response::events(|events| {
///         events.retry(std::time::Duration::from_secs(3))?;
///         (1..=3).try_for_each(|tick| events.send(Event::data(tick.to_string()).event("tick")))
///     })
/// }
/// ```
pub struct Sse<'w>(&'w mut BodyWriter);

impl Sse<'_> {
    /// Sends an event. A name or an id with a line break, or an id with NUL, is an error: it would be another event.
    pub fn send(&mut self, event: Event) -> io::Result<()> {
        let mut text = String::with_capacity(event.data.len() + 32);
        if let Some(id) = &event.id {
            push(&mut text, "id", one_line(id)?);
        }
        if let Some(name) = &event.name {
            push(&mut text, "event", one_line(name)?);
        }
        lines(&event.data).for_each(|line| push(&mut text, "data", line));
        self.flush(text)
    }

    /// Sends an event that is a text and nothing else.
    pub fn data(&mut self, data: &str) -> io::Result<()> {
        let mut text = String::with_capacity(data.len() + 8);
        lines(data).for_each(|line| push(&mut text, "data", line));
        self.flush(text)
    }

    /// How long the client waits before it connects again.
    pub fn retry(&mut self, after: Duration) -> io::Result<()> {
        self.flush(format!("retry: {}\n", after.as_millis()))
    }

    /// A text that clients pass over; it keeps proxies from closing a connection that is still.
    pub fn comment(&mut self, comment: &str) -> io::Result<()> {
        let mut text = String::with_capacity(comment.len() + 4);
        lines(comment).for_each(|line| push(&mut text, "", line));
        self.flush(text)
    }

    fn flush(&mut self, mut text: String) -> io::Result<()> {
        text.push('\n');
        self.0.write_all(text.as_bytes())?;
        self.0.flush()
    }
}

impl fmt::Debug for Sse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sse")
    }
}

fn push(text: &mut String, field: &str, value: &str) {
    for part in [field, ": ", value, "\n"] {
        text.push_str(part);
    }
}

/// Lines as the standard ends them: CR LF, LF or CR.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = text.find(['\r', '\n']) else { return rest.take() };
        let after = &text[at..];
        rest = Some(after.strip_prefix("\r\n").unwrap_or(&after[1..]));
        Some(&text[..at])
    })
}

fn one_line(text: &str) -> io::Result<&str> {
    if text.contains(['\r', '\n', '\0']) {
        let message = "the name or the id of an event holds a line break or NUL";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    Ok(text)
}

/// Sends the answer of a language model token by token: `data: …` for each, `data: [DONE]` at the end, by itself or when it is
/// [`done`](Self::done).
///
/// ```
/// use purview_guest::{Response, post};
///
/// #[post("/chat")]
/// fn chat() -> Response {
///     Response::llm(|answer| {
///         ["Hello", " world"].into_iter().try_for_each(|token| answer.token(token))
///     })
/// }
/// ```
pub struct LlmStream<'w> {
    events: Sse<'w>,
    is_done: bool,
}

impl<'w> LlmStream<'w> {
    /// Sends a token.
    pub fn token(&mut self, token: &str) -> io::Result<()> {
        self.open()?.data(token)
    }

    /// Sends something else than a token.
    pub fn event(&mut self, name: impl Into<Text>, data: impl Into<Text>) -> io::Result<()> {
        self.open()?.send(Event::data(data).event(name))
    }

    /// Tells the client what went wrong: an event `error`.
    pub fn error(&mut self, message: &str) -> io::Result<()> {
        self.event("error", message.to_owned())
    }

    /// Tells the client that the answer is whole, while the handler may go on. Nothing can be sent after it.
    pub fn done(&mut self) -> io::Result<()> {
        if self.is_done {
            return Ok(());
        }
        self.events.data("[DONE]")?;
        self.is_done = true;
        Ok(())
    }

    fn open(&mut self) -> io::Result<&mut Sse<'w>> {
        match self.is_done {
            false => Ok(&mut self.events),
            true => Err(io::Error::other("the answer is done: nothing is sent after it")),
        }
    }
}

impl fmt::Debug for LlmStream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LlmStream")
    }
}

impl Response {
    /// A stream of events that `send` makes. See [`Sse`].
    pub fn events(send: impl FnOnce(&mut Sse<'_>) -> io::Result<()> + 'static) -> Self {
        Self::stream("text/event-stream", move |body| send(&mut Sse(body)))
            .header("cache-control", "no-cache")
            .header("x-accel-buffering", "no")
    }

    /// The answer of a language model. `[DONE]` is sent when `send` returns; an error that it returns is sent as an event
    /// `error` first, unless the client has gone. See [`LlmStream`].
    pub fn llm(send: impl FnOnce(&mut LlmStream<'_>) -> io::Result<()> + 'static) -> Self {
        Self::events(move |events| {
            let mut stream = LlmStream { events: Sse(events.0), is_done: false };
            match send(&mut stream) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe || stream.is_done => {
                    return Err(error);
                }
                Err(error) => stream.error(&error.to_string())?,
                Ok(()) => {}
            }
            stream.done()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(response: Response) -> String {
        assert_eq!(response.header_value("content-type"), Some("text/event-stream"));
        assert_eq!(response.header_value("cache-control"), Some("no-cache"));
        let whole = response.collected().expect("the stream has no error");
        String::from_utf8_lossy(whole.body_bytes()).into_owned()
    }

    #[test]
    fn events_have_the_form_of_the_standard() {
        let text = sent(Response::events(|events| {
            events.retry(Duration::from_millis(1500))?;
            events.comment("still\nhere")?;
            events.send(Event::data("a\nb\r\nc\rd\n").event("tick").id("7"))?;
            events.send(Event::data(""))?;
            events.data("data: no\n\nevent: trick")
        }));
        assert_eq!(
            text,
            "retry: 1500\n\n: still\n: here\n\nid: 7\nevent: tick\ndata: a\ndata: b\ndata: c\ndata: d\ndata: \n\n\
             data: \n\ndata: data: no\ndata: \ndata: event: trick\n\n"
        );
    }

    #[test]
    fn names_and_ids_cannot_hold_an_event() {
        for event in [
            Event::data("x").event("a\ndata: b"),
            Event::data("x").event("a\rb"),
            Event::data("x").id("1\n\n"),
            Event::data("x").id("\0"),
        ] {
            let response = Response::events(move |events| events.send(event));
            assert!(response.collected().is_err());
        }
    }

    #[test]
    fn models_answer_token_by_token() {
        let text = sent(Response::llm(|answer| {
            answer.token("Hel")?;
            answer.token("lo\n")?;
            answer.event("usage", "{\"tokens\":2}")
        }));
        assert_eq!(
            text,
            "data: Hel\n\ndata: lo\ndata: \n\nevent: usage\ndata: {\"tokens\":2}\n\ndata: [DONE]\n\n"
        );
        let text = sent(Response::llm(|answer| {
            answer.token("a")?;
            Err(io::Error::other("the model is\ngone"))
        }));
        assert_eq!(
            text,
            "data: a\n\nevent: error\ndata: the model is\ndata: gone\n\ndata: [DONE]\n\n"
        );
        let text = sent(Response::llm(|answer| {
            answer.token("a")?;
            answer.done()?;
            assert!(answer.token("b").is_err() && answer.error("c").is_err());
            answer.done()
        }));
        assert_eq!(text, "data: a\n\ndata: [DONE]\n\n");
        let late = Response::llm(|answer| {
            answer.done()?;
            answer.token("b")
        });
        assert!(late.collected().is_err(), "a mistake of the handler cuts the answer off");
    }
}
