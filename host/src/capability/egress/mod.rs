//! `purview:egress`: requests to the outside. In: a send record. Out: a handle; what came of it is taken with `purview:io`. The request
//! runs on the background thread, so that neither a worker nor another guest waits for it. Whatever goes wrong is an outcome
//! with status 599. Redirects are not followed, proxies of the environment are not asked, cookies are not kept.
//!
//! Checks come in this order: outbound requests are on, URL, host, method, body, header fields, wanted maximum; then the address
//! that is dialled ([`connect`]).

pub mod address;
mod connect;
mod connector;
mod request;
mod resolve;
mod send;
pub mod target;
mod tls;

use std::{
    collections::BTreeSet,
    fmt,
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use purview_abi::{
    call::{EGRESS, status},
    name::Value,
    wire::{NO_ANSWER, OutcomeParts, error},
};
use tokio::{runtime::Handle, sync::Semaphore};
use wasmtime::{Caller, Linker, Result};

pub(super) use self::request::Draft;
pub(super) use self::send::Client;
use self::target::Target;
use super::io::{Ending, Slot};
use crate::{
    instance::guest::Guest,
    limits::Limits,
    log,
    policy::{HostPattern, grant::Grants},
};

/// What the operator says about outbound requests, besides the policy.
#[derive(Debug, Clone, Default)]
pub struct Outbound {
    /// Whether they are on at all, for handlers whose policy has no `egress` section.
    pub enabled: bool,
    /// The only hosts they may go to; empty: those of the policy and the contract.
    pub hosts: Vec<HostPattern>,
    /// The name server to ask; none: those of the system.
    pub name_server: Option<SocketAddr>,
    /// Files with certificates to trust beside the system's.
    pub certificates: Vec<PathBuf>,
}

/// What all handlers share.
pub struct Egress {
    handle: Handle,
    outbound: Outbound,
    tls: rustls::ClientConfig,
    resolver: resolve::Resolver,
    sends: Arc<Semaphore>,
}

impl fmt::Debug for Egress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Egress").field("outbound", &self.outbound).finish_non_exhaustive()
    }
}

impl Egress {
    /// Reads certificates and asks for the system's name servers.
    pub fn new(handle: &Handle, outbound: &Outbound, limits: &Limits) -> Result<Self, String> {
        let _on_background = handle.enter();
        let sends = usize::try_from(limits.egress_sends_all).unwrap_or(usize::MAX);
        Ok(Self {
            handle: handle.clone(),
            tls: tls::config(&outbound.certificates)?,
            resolver: resolve::Resolver::new(outbound.name_server)
                .map_err(|why| format!("the system's name servers are not known: {why}"))?,
            sends: Arc::new(Semaphore::new(sends.min(Semaphore::MAX_PERMITS))),
            outbound: outbound.clone(),
        })
    }

    /// One handler's connections: they are its own, so that none is used by a handler with other grants.
    pub(super) fn client(&self, grants: &Grants, limits: &Limits) -> Arc<Client> {
        let mut named = grants.named_hosts().to_vec();
        named.extend_from_slice(&self.outbound.hosts);
        let gate = connect::Gate {
            resolver: self.resolver.clone(),
            named,
            connect: Duration::from_millis(limits.egress_connect_ms),
            public: Mutex::new(BTreeSet::new()),
        };
        Arc::new(Client::new(self, gate, grants, limits.clone()))
    }
}

/// Why no answer came: one of [`error`], and in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    code: &'static str,
    details: String,
    /// The log code of the limit that was reached, if it was one.
    limit: Option<&'static str>,
}

impl Failure {
    pub(super) fn new(code: &'static str, details: impl Into<String>) -> Self {
        Self { code, details: details.into(), limit: None }
    }

    /// The same where a limit of the operator is the reason.
    pub(super) fn over(self, limit: &'static str) -> Self {
        Self { limit: Some(limit), ..self }
    }

    /// Tells the operator of a limit that was reached.
    pub(super) fn tell(&self) {
        if let Some(limit) = self.limit {
            log::limit(limit, &format!("an outbound request ended: {}", self.details));
        }
    }

    pub(super) fn to_record(&self) -> Vec<u8> {
        let parts = OutcomeParts {
            status: NO_ANSWER,
            error: self.code,
            details: &self.details,
            headers: &[],
            body: &[],
        };
        parts.to_record().unwrap_or_default()
    }
}

/// Binds an origin, or any.
pub(super) fn link(
    linker: &mut Linker<Guest>,
    name: &str,
    origin: Value<'_>,
    client: &Arc<Client>,
) -> Result<()> {
    const _: () = assert!(EGRESS.params.len() == 1, "a send record is all that a request needs");
    let origin: Option<Arc<str>> = origin.literal().map(Into::into);
    let client = Arc::clone(client);
    linker.func_wrap(
        "purview:egress",
        name,
        move |mut caller: Caller<'_, Guest>, record: u32| -> Result<i32> {
            if caller.data().is_full(client.limits.handles) {
                log::limit("limit.handles", "a handler has started as much as `handles` allows");
                return Ok(status::LIMIT);
            }
            let Some(draft) = Draft::read(&mut caller, record, &client.limits)? else {
                return Ok(status::INVALID);
            };
            let slot = Slot::new();
            let ending = start(&client, origin.as_deref(), draft, &slot);
            Ok(caller.data_mut().pendings.add(slot, ending))
        },
    )?;
    Ok(())
}

/// Judges a request and sends it.
fn start(client: &Arc<Client>, origin: Option<&str>, draft: Draft, slot: &Arc<Slot>) -> Ending {
    match judge(client, origin, draft) {
        Ok((request, bounds)) => {
            let (client, slot) = (Arc::clone(client), Arc::clone(slot));
            let handle = client.handle.clone();
            let task = handle.spawn(async move {
                let record = send::run(&client, request, bounds).await;
                slot.complete(record);
            });
            Ending::Task(task.abort_handle())
        }
        Err(failure) => {
            failure.tell();
            slot.fill(failure.to_record());
            Ending::Nothing
        }
    }
}

fn judge(
    client: &Client,
    origin: Option<&str>,
    draft: Draft,
) -> Result<(send::Request, send::Bounds), Failure> {
    if !client.enabled {
        return Err(Failure::new(
            error::DISABLED,
            "outbound requests are off; start with `--outbound-http`, or give a policy with `egress.allow_hosts`",
        ));
    }
    let target = target_of(client, origin, draft.target.as_deref())?;
    if !client.only.is_empty()
        && !client.only.iter().any(|host| host.admits_authority(&target.host, target.port))
    {
        let allowed: Vec<String> = client.only.iter().map(ToString::to_string).collect();
        return Err(Failure::new(error::HOST, allowed.join(", ")));
    }
    let bounds = client.bounds(&draft);
    let request = draft.request(&target)?;
    Ok((request, bounds?))
}

fn target_of(
    client: &Client,
    origin: Option<&str>,
    text: Option<&[u8]>,
) -> Result<Target, Failure> {
    let bad = |why: &str| Failure::new(error::URL, why);
    let most = client.limits.egress_url_bytes;
    let bytes = |text: &&[u8]| (origin.map_or(0, str::len) + text.len()) as u64;
    let text = text.filter(|text| bytes(text) <= most).ok_or_else(|| {
        bad(&format!("the URL has more than {most} bytes")).over("limit.egress_url")
    })?;
    let text = std::str::from_utf8(text).map_err(|_| bad("the URL is not text"))?;
    match origin {
        Some(origin) => Target::of_origin(origin, text),
        None => Target::of_url(text),
    }
    .map_err(|error| bad(error.0))
}
