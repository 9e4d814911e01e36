//! A guest whose answers take time: events, each after a while. `host/tests/sse_load.rs` serves it.

use std::time::Duration;

use purview_guest::{Event, Path, Response, get, io};

/// So many events, so many milliseconds apart.
#[get("/ticks/{count}/{milliseconds}")]
fn ticks(Path((count, milliseconds)): Path<(u32, u32)>) -> Response {
    Response::events(move |events| {
        (1..=count).try_for_each(|tick| {
            io::sleep(Duration::from_millis(milliseconds.into())).wait();
            events.send(Event::data(format!("tick {tick}")).event("tick").id(tick.to_string()))
        })
    })
}

/// Two waits at once take as long as the longer one.
#[get("/both")]
fn both() -> &'static str {
    io::parallel([300, 200].map(|time| io::sleep(Duration::from_millis(time))));
    "both"
}
