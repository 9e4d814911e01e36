//! The first instance of a handler, made when it is loaded and thrown away: what could never start is refused then, and not
//! at each request. In: a handler. Out: why it cannot start, if it cannot. It runs under the handler's own limits.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use super::{
    call,
    handler::Handler,
    probe,
    ticker::{Activity, Ticker},
};
use crate::exchange::{self, Exchange};

/// Makes an instance and lets it initialize itself.
pub fn run(handler: &Handler) -> Result<(), String> {
    let activity = Arc::new(Activity::default());
    let ticker = Ticker::start(&handler.engine, vec![Arc::clone(&activity)])
        .map_err(|error| error.to_string())?;
    let wall = Duration::from_millis(handler.limits.wall_ms);
    // Host calls look at a request; here they find an empty one.
    let (_, outcome) = exchange::hold(Box::<Exchange>::default(), || {
        let start = async {
            let mut store = handler.store();
            call::instantiate(handler, &mut store).await.map(drop)
        };
        catch_unwind(AssertUnwindSafe(|| probe::drive(pin!(start), &ticker, &activity, wall)))
    });
    ticker.stop();
    match outcome {
        Ok(started) => started.map_err(|error| probe::reason(&error)),
        Err(_) => Err("a host call failed".into()),
    }
}
