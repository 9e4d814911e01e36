//! How long the parts of one request's use of an instance take. In: a handler and a request. Out: samples. For `bench`; the
//! way here is the one that requests go, without sockets.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use super::{call, handler::Handler, ticker};
use crate::{
    clock,
    exchange::{self, Exchange},
    fault::Fault,
    parse::{
        ParseFault,
        head::{self, HeadLimits},
    },
    route::Target,
};

/// Durations of one request's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sample {
    /// Making the store.
    pub store: Duration,
    /// Making the instance in it.
    pub instantiate: Duration,
    /// Writing the request, running the guest, writing the response.
    pub call: Duration,
    /// Dropping both, which resets the memory.
    pub drop: Duration,
}

impl Sample {
    /// All parts together.
    pub fn total(&self) -> Duration {
        self.store + self.instantiate + self.call + self.drop
    }
}

/// Runs the handler's route with this index `rounds` times, each in a new instance. A body follows the head as it is, of the
/// length that the head says.
pub fn run(
    handler: &Handler,
    route: usize,
    request: &[u8],
    rounds: usize,
) -> Result<Vec<Sample>, Fault> {
    let mut samples = Vec::with_capacity(rounds);
    let mut exchange = Box::new(Exchange::default());
    for _ in 0..rounds {
        exchange.input.clear();
        exchange.input.extend_from_slice(request);
        exchange.output.clear();
        exchange.answer = exchange::Answer::None;
        exchange.limits = handler.response_limits;
        let limits =
            HeadLimits { head_bytes: 32 * 1024, head_fields: 100, target_bytes: 16 * 1024 };
        if !head::read(&mut exchange.input, &mut 0, &limits, &mut exchange.head)? {
            return Err(ParseFault::Syntax("the request is not complete").into());
        }
        exchange.body = exchange.head.length..exchange.input.len();
        let target = Target { handler: 0, route, mount: 0 };
        let sample;
        (exchange, sample) = exchange::hold(exchange, || measured(handler, target));
        samples.push(sample?);
    }
    Ok(samples)
}

fn measured(handler: &Handler, target: Target) -> Result<Sample, Fault> {
    ticker::slice_starts(None);
    let mut future = pin!(call::serve_in_parts(handler, target, clock::now));
    let mut context = Context::from_waker(Waker::noop());
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(result) => return result,
            // The end of a time slice; nothing else waits here.
            Poll::Pending => {}
        }
    }
}
