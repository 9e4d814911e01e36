//! One request on the background thread. In: a request that was judged, and its bounds. Out: an outcome record, always. Every wait is
//! inside the time for the whole exchange; every byte of the answer is counted.

use std::{
    error::Error as StdError,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

use http_body_util::{BodyExt as _, Full};
use hyper::{
    Response,
    body::{Body as _, Bytes, Incoming},
};
use hyper_util::{
    client::legacy::{self, Client as Pool},
    rt::{TokioExecutor, TokioTimer},
};
use purview_abi::wire::{OutcomeParts, error};
use tokio::{
    runtime::Handle,
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

use super::{
    Egress, Failure,
    connect::{ConnectError, Gate},
    connector::{CONNECTING, Connector, STAGE},
    request::{Draft, too_long_head, too_many_fields},
};
use crate::{
    limits::Limits,
    log,
    policy::{HostPattern, grant::Grants},
};

/// A request with its whole body.
pub(super) type Request = hyper::Request<Full<Bytes>>;

/// Connections that are kept open for each host while nobody uses them, and for how long.
const IDLE_MAX: usize = 64;
const IDLE: Duration = Duration::from_secs(60);
/// What an answer's head takes in the client's buffer beside its names and values: a status line, and what stands around each field.
const STATUS_LINE_BYTES: u64 = 8 * 1024;
const AROUND_FIELD_BYTES: u64 = 32;

/// One handler's way out.
pub(in crate::capability) struct Client {
    pub(super) handle: Handle,
    pub(super) enabled: bool,
    /// The only hosts, if the command line names any.
    pub(super) only: Vec<HostPattern>,
    pub(super) limits: Limits,
    pool: Pool<Connector, Full<Bytes>>,
    sends: Arc<Semaphore>,
    sends_all: Arc<Semaphore>,
}

/// What one exchange may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    response_bytes: u64,
    time: Duration,
    /// Whether these are the operator's limits, and not what the handler wants.
    is_limit: IsLimit,
}

#[derive(Debug, Clone, Copy)]
struct IsLimit {
    response: bool,
    time: bool,
}

impl Client {
    pub(super) fn new(egress: &Egress, gate: Gate, grants: &Grants, limits: Limits) -> Self {
        // The counts of [`too_large_head`] are exact; here is more room, so that they are what decides.
        let fields = 2 * limits.egress_fields + 100;
        let head_bytes =
            2 * limits.egress_head_bytes + STATUS_LINE_BYTES + fields * AROUND_FIELD_BYTES;
        let pool = legacy::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(IDLE_MAX)
            .http1_max_buf_size(head_bytes as usize)
            .http1_max_headers(fields as usize)
            .http2_max_header_list_size(head_bytes as u32)
            .build(Connector::new(Arc::new(gate), egress.tls.clone()));
        let sends = usize::try_from(limits.egress_sends).unwrap_or(usize::MAX);
        Self {
            handle: egress.handle.clone(),
            enabled: egress.outbound.enabled || grants.has_egress_section(),
            only: egress.outbound.hosts.clone(),
            limits,
            pool,
            sends: Arc::new(Semaphore::new(sends.min(Semaphore::MAX_PERMITS))),
            sends_all: Arc::clone(&egress.sends),
        }
    }

    /// The bounds of a request: what it wants, below the limits.
    pub(super) fn bounds(&self, draft: &Draft) -> Result<Bounds, Failure> {
        let most = self.limits.egress_response_bytes;
        let wanted = u64::from(draft.response_bytes_max);
        if wanted > most {
            return Err(Failure::new(
                error::RESPONSE_BYTES,
                format!("the host's limit `egress_response_bytes` is {most}"),
            ));
        }
        let time = match u64::from(draft.timeout_ms) {
            0 => self.limits.egress_ms,
            wanted => wanted.min(self.limits.egress_ms),
        };
        Ok(Bounds {
            response_bytes: if wanted == 0 { most } else { wanted },
            time: Duration::from_millis(time),
            is_limit: IsLimit {
                response: wanted == 0 || wanted == most,
                time: time == self.limits.egress_ms,
            },
        })
    }
}

/// Sends and receives.
pub(super) async fn run(client: &Client, request: Request, bounds: Bounds) -> Vec<u8> {
    let stage = Arc::new(AtomicU8::new(0));
    let waiting = STAGE.scope(Arc::clone(&stage), exchange(client, request, bounds, &stage));
    let outcome = match timeout(bounds.time, waiting).await {
        Ok(outcome) => outcome,
        Err(_) => Err(late(stage.load(Ordering::Relaxed), bounds)),
    };
    outcome.unwrap_or_else(|failure| {
        failure.tell();
        log::flush_last();
        failure.to_record()
    })
}

const ANSWERED: u8 = 10;
const QUEUED: u8 = 11;

fn late(stage: u8, bounds: Bounds) -> Failure {
    let ms = bounds.time.as_millis();
    let failure = match stage {
        QUEUED => Failure::new(
            error::CONNECT,
            format!("`egress_sends` requests were under way for {ms} ms"),
        ),
        CONNECTING => Failure::new(error::CONNECT, format!("no connection within {ms} ms")),
        ANSWERED => {
            Failure::new(error::READ, format!("the answer was not complete within {ms} ms"))
        }
        _ => Failure::new(error::HEAD, format!("no answer within {ms} ms")),
    };
    if bounds.is_limit.time { failure.over("limit.egress") } else { failure }
}

async fn exchange(
    client: &Client,
    request: Request,
    bounds: Bounds,
    stage: &AtomicU8,
) -> Result<Vec<u8>, Failure> {
    stage.store(QUEUED, Ordering::Relaxed);
    let _all = turn(&client.sends_all, "limit.egress_sends_all").await?;
    let _own = turn(&client.sends, "limit.egress_sends").await?;
    stage.store(0, Ordering::Relaxed);
    let response = client.pool.request(request).await;
    let response = response.map_err(|error| failure_of(&error, &client.limits))?;
    stage.store(ANSWERED, Ordering::Relaxed);
    if let Some(failure) = too_large_head(&response, &client.limits) {
        return Err(failure);
    }
    record(response, bounds).await
}

/// Waits for its turn among the requests that may be under way.
async fn turn<'s>(
    sends: &'s Semaphore,
    limit: &'static str,
) -> Result<SemaphorePermit<'s>, Failure> {
    if let Ok(permit) = sends.try_acquire() {
        return Ok(permit);
    }
    log::limit(limit, "an outbound request waits for its turn");
    log::flush_last();
    sends.acquire().await.map_err(|_| Failure::new(error::INTERNAL, "the server ends"))
}

/// What is wrong with the size of an answer's head.
fn too_large_head<B>(response: &Response<B>, limits: &Limits) -> Option<Failure> {
    let fields = response.headers();
    if fields.len() as u64 > limits.egress_fields {
        return Some(too_many_fields(limits, error::HEAD));
    }
    let bytes: usize = fields.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    (bytes as u64 > limits.egress_head_bytes).then(|| too_long_head(limits, error::HEAD))
}

async fn record(response: Response<Incoming>, bounds: Bounds) -> Result<Vec<u8>, Failure> {
    let most = bounds.response_bytes;
    let too_large = || {
        let details = format!("the answer is longer than {most} bytes");
        let failure = Failure::new(error::TOO_LARGE, details);
        if bounds.is_limit.response { failure.over("limit.egress_response") } else { failure }
    };
    let (head, mut body) = response.into_parts();
    if body.size_hint().lower() > most {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Failure::new(error::READ, chain(&error)))?;
        if let Some(data) = frame.data_ref() {
            if (bytes.len() + data.len()) as u64 > most {
                return Err(too_large());
            }
            bytes.extend_from_slice(data);
        }
    }
    let fields = head.headers.iter();
    let fields: Vec<(&[u8], &[u8])> =
        fields.map(|(name, value)| (name.as_str().as_bytes(), value.as_bytes())).collect();
    let parts = OutcomeParts {
        status: head.status.as_u16(),
        error: "",
        details: "",
        headers: &fields,
        body: &bytes,
    };
    parts.to_record().map_err(|_| too_large())
}

/// Which code an error of the client has.
fn failure_of(error: &legacy::Error, limits: &Limits) -> Failure {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(here) = cause {
        if let Some(refused) = here.downcast_ref::<ConnectError>() {
            let code = if refused.is_refusal() { error::HOST } else { error::CONNECT };
            let failure = Failure::new(code, refused.to_string());
            let late = matches!(refused, ConnectError::Time { .. });
            return if late { failure.over("limit.egress_connect") } else { failure };
        }
        if let Some(found) = here.downcast_ref::<hyper::Error>() {
            // The library tells this kind of its errors by its words alone.
            if found.is_parse() && found.to_string().contains("head is too large") {
                return too_long_head(limits, error::HEAD);
            }
            let code = if found.is_parse() || found.is_incomplete_message() || found.is_timeout() {
                error::HEAD
            } else if found.is_user() {
                error::INIT
            } else {
                error::SEND
            };
            return Failure::new(
                if error.is_connect() { error::CONNECT } else { code },
                chain(found),
            );
        }
        cause = here.source();
    }
    Failure::new(if error.is_connect() { error::CONNECT } else { error::SEND }, chain(error))
}

/// An error and its causes in one line.
fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(here) = cause {
        let next = here.to_string();
        if !text.ends_with(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        cause = here.source();
    }
    text
}
