//! What happened, as a stream that a browser's `EventSource` follows: it begins after the last event that the client knows, ends
//! when there is no more, and the client comes again.

use std::time::Duration;

use purview_guest::{Depends, Event, Header, HttpError, Response, Schema, Sse, get};
use serde::Deserialize;

use crate::{auth::Session, store};

#[derive(Deserialize, Schema)]
struct Since {
    #[serde(default)]
    #[schema(ge = 0)]
    last_event_id: i64,
}

/// Streams what happened since an event.
#[get("/events", tags("events"), gives = Sse, middleware(crate::traced))]
fn events(
    Depends(_): Depends<'_, Session>,
    Header(since): Header<Since>,
) -> Result<Response, HttpError> {
    let noted = store::events(since.last_event_id)?;
    Ok(Response::events(move |events| {
        events.retry(Duration::from_secs(2))?;
        for one in noted {
            let data = format!("{} {}", one.who, one.what);
            events.send(Event::data(data).event("noted").id(one.id.to_string()))?;
        }
        Ok(())
    }))
}
