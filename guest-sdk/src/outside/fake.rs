//! The world of a test: a cache, folders, and functions that stand for the other sides of egress and sql. Everything answers at once.

use std::{collections::BTreeMap, fmt, io, path::PathBuf};

use purview_abi::{
    call::status,
    wire::{NO_ANSWER, OutcomeParts},
};

use super::Outgoing;
use crate::{
    egress::{Answer, Failure},
    raw::{self, host},
};

/// An origin's name; `*` for any.
pub type Origin = &'static str;
/// A folder's name.
pub type Folder = &'static str;
/// A statement's name.
pub type Statement = &'static str;

type Upstream = Box<dyn FnMut(&str, &Outgoing) -> Result<Answer, Failure>>;
/// Namespace and key.
type Key = (String, Vec<u8>);
type Queries = Box<dyn FnMut(&str, &str) -> String>;

/// What a handler finds outside of it.
#[derive(Default)]
pub(crate) struct Outside {
    pub(crate) upstream: Option<Upstream>,
    pub(crate) queries: Option<Queries>,
    /// By namespace and key: value, and nanoseconds of the test's clock at which it expires.
    pub(crate) cache: BTreeMap<Key, (Vec<u8>, Option<u64>)>,
    pub(crate) cache_away: bool,
    /// Folders of files by name.
    pub(crate) folders: BTreeMap<String, PathBuf>,
    #[cfg(feature = "files")]
    files: here::Files,
    /// Status and `content-range` of an answer with a file.
    part: Option<(u16, Option<String>)>,
    outcomes: BTreeMap<i32, Vec<u8>>,
    last: i32,
    hits: u64,
    misses: u64,
}

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outside").field("cache", &self.cache).finish_non_exhaustive()
    }
}

pub(crate) fn any_origin() -> Origin {
    "*"
}

fn outcome(bytes: Vec<u8>) -> i32 {
    host(|host| {
        host.outside.last += 1;
        host.outside.outcomes.insert(host.outside.last, bytes);
        host.outside.last
    })
}

pub(crate) fn send(origin: Origin, request: &Outgoing) -> i32 {
    send_named(origin, request)
}

/// The same for a name that is made at run time.
pub(crate) fn send_named(origin: &str, request: &Outgoing) -> i32 {
    // Taken out, since it may use the host itself.
    let upstream = host(|host| host.outside.upstream.take());
    let (answer, upstream) = match upstream {
        Some(mut upstream) => (upstream(origin, request), Some(upstream)),
        None => {
            let details = "the test has no upstream: give it one with `TestRequest::upstream`";
            (Err(Failure::new("OutboundHttpDisabled", details)), None)
        }
    };
    host(|host| host.outside.upstream = upstream);
    let (failure, answer) = match answer {
        Ok(answer) => (None, answer),
        Err(failure) => (Some(failure), Answer::new(NO_ANSWER)),
    };
    let fields: Vec<(&[u8], &[u8])> =
        answer.headers().map(|(name, value)| (name.as_bytes(), value.as_bytes())).collect();
    let parts = OutcomeParts {
        status: answer.status(),
        error: failure.as_ref().map_or("", Failure::code),
        details: failure.as_ref().map_or("", Failure::details),
        headers: &fields,
        body: answer.body(),
    };
    outcome(parts.to_record().expect("a test's answer is short"))
}

pub(crate) fn query(statement: Statement, parameters: &[u8], _rows_max: u32) -> i32 {
    query_named(statement, parameters)
}

/// The same for a name that is made at run time.
pub(crate) fn query_named(statement: &str, parameters: &[u8]) -> i32 {
    let queries = host(|host| host.outside.queries.take());
    let parameters = String::from_utf8_lossy(parameters).into_owned();
    let (result, queries) = match queries {
        Some(mut queries) => (queries(statement, &parameters), Some(queries)),
        None => {
            let message = "the test has no database: give it one with `TestRequest::database`";
            (
                serde_json::json!({"ok": false, "error": "SqlFailed", "details": message})
                    .to_string(),
                None,
            )
        }
    };
    host(|host| host.outside.queries = queries);
    outcome(result.into_bytes())
}

/// Time passes at once.
pub(crate) fn sleep(milliseconds: u32) -> i32 {
    host(|host| host.now += u64::from(milliseconds) * 1_000_000);
    outcome(Vec::new())
}

pub(crate) fn wait(handle: i32) -> Vec<u8> {
    host(|host| host.outside.outcomes.remove(&handle)).unwrap_or_default()
}

pub(crate) fn wait_any(handles: &[i32]) -> Option<usize> {
    host(|host| handles.iter().position(|handle| host.outside.outcomes.contains_key(handle)))
}

pub(crate) fn cancel(handle: i32) {
    host(|host| host.outside.outcomes.remove(&handle));
}

/// A cache namespace of the test.
pub trait Namespace {
    /// Its name.
    fn name(&self) -> &str;
}

/// A namespace whose name is chosen at run time.
#[derive(Debug, Clone)]
pub struct Chosen(pub(crate) String);

impl Namespace for Chosen {
    fn name(&self) -> &str {
        &self.0
    }
}

/// Works on a namespace's entry, if the cache is there; what has expired is gone.
fn entry<N: Namespace, T>(
    namespace: &N,
    key: &[u8],
    act: impl FnOnce(&mut Outside, (String, Vec<u8>), u64) -> T,
) -> Result<T, i32> {
    host(|host| {
        if host.outside.cache_away {
            return Err(status::UNAVAILABLE);
        }
        let (now, key) = (host.now, (namespace.name().to_owned(), key.to_vec()));
        if host.outside.cache.get(&key).is_some_and(|(_, end)| end.is_some_and(|end| end <= now)) {
            host.outside.cache.remove(&key);
        }
        Ok(act(&mut host.outside, key, now))
    })
}

fn end(now: u64, ttl_ms: i64) -> Option<u64> {
    (ttl_ms != 0).then(|| now.saturating_add(ttl_ms.unsigned_abs().saturating_mul(1_000_000)))
}

pub(crate) fn cache_get<N: Namespace>(namespace: &N, key: &[u8]) -> Result<Option<Vec<u8>>, i32> {
    entry(namespace, key, |outside, key, _| {
        let value = outside.cache.get(&key).map(|(value, _)| value.clone());
        let number = if value.is_some() { &mut outside.hits } else { &mut outside.misses };
        *number += 1;
        value
    })
}

pub(crate) fn cache_set<N: Namespace>(
    namespace: &N,
    key: &[u8],
    value: &[u8],
    ttl_ms: i64,
) -> Result<(), i32> {
    entry(namespace, key, |outside, key, now| {
        outside.cache.insert(key, (value.to_vec(), end(now, ttl_ms)));
    })
}

pub(crate) fn cache_delete<N: Namespace>(namespace: &N, key: &[u8]) -> Result<bool, i32> {
    entry(namespace, key, |outside, key, _| outside.cache.remove(&key).is_some())
}

pub(crate) fn cache_incr<N: Namespace>(
    namespace: &N,
    key: &[u8],
    delta: i64,
    ttl_ms: i64,
) -> Result<(i64, i64), i32> {
    entry(namespace, key, |outside, key, now| {
        let old = outside.cache.get(&key);
        let number = old.and_then(|(value, _)| std::str::from_utf8(value).ok()?.parse().ok());
        let value = number.unwrap_or(0_i64).checked_add(delta).ok_or(status::INVALID)?;
        let expires = match old {
            Some((_, expires)) if ttl_ms <= 0 => *expires,
            _ => end(now, ttl_ms),
        };
        outside.cache.insert(key, (value.to_string().into_bytes(), expires));
        let left = expires.map_or(-1, |end| ((end - now) / 1_000_000) as i64);
        Ok((value, left))
    })?
}

pub(crate) fn cache_stats<N: Namespace>(of: &N) -> Result<Vec<u8>, i32> {
    entry(of, b"", |outside, _, _| {
        let own = outside.cache.iter().filter(|((namespace, _), _)| namespace == of.name());
        let (entries, bytes) = own.fold((0, 0), |(entries, bytes), ((_, key), (value, _))| {
            (entries + 1, bytes + key.len() + value.len())
        });
        let (hits, misses) = (outside.hits, outside.misses);
        format!(r#"{{"hits":{hits},"misses":{misses},"entries":{entries},"bytes":{bytes}}}"#)
            .into_bytes()
    })
}

/// What the host made of an answer with a file.
pub(crate) fn take_part() -> Option<(u16, Option<String>)> {
    host(|host| host.outside.part.take())
}

pub(crate) use here::{file_about, file_close, file_open, file_read, file_respond};

/// Files, as the host opens and sends them.
#[cfg(feature = "files")]
mod here {
    use std::os::unix::fs::FileExt as _;

    use purview_native::files::{self, Asked, Asset, Missing, part};

    use super::{BTreeMap, Folder, host, io, raw, status};

    #[derive(Default)]
    pub(super) struct Files {
        open: BTreeMap<i32, Asset>,
        last: i32,
    }

    pub(crate) fn file_open(folder: Folder, path: &str, flags: u32) -> i32 {
        let root = host(|host| host.outside.folders.get(folder).cloned()).unwrap_or_else(|| {
            panic!("the test has no folder `{folder}`: give it one with `TestRequest::folder`")
        });
        let root = files::Folder::open(&root)
            .unwrap_or_else(|error| panic!("the folder `{}` of the test: {error}", root.display()));
        match root.file(path, flags) {
            Ok(asset) => host(|host| {
                let files = &mut host.outside.files;
                files.last += 1;
                files.open.insert(files.last, asset);
                files.last
            }),
            Err(Missing::Unreadable(_)) => status::UNAVAILABLE,
            Err(Missing::NotThere | Missing::IsFolder) => status::ABSENT,
        }
    }

    pub(crate) fn file_about(file: i32) -> Option<Vec<u8>> {
        host(|host| Some(host.outside.files.open.get(&file)?.about.to_text().into_bytes()))
    }

    pub(crate) fn file_read(file: i32, offset: u64, buffer: &mut [u8]) -> Result<usize, i32> {
        host(|host| {
            let asset = host.outside.files.open.get(&file).ok_or(status::INVALID)?;
            asset.file.read_at(buffer, offset).map_err(|_| status::UNAVAILABLE)
        })
    }

    pub(crate) fn file_respond(head: raw::Head, file: i32) -> io::Result<raw::Sent> {
        host(|host| {
            let (method, fields) = &host.request;
            let fields = fields.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
            let asked = Asked::read(method.as_bytes(), fields);
            let asset = host.outside.files.open.get(&file).ok_or(io::ErrorKind::NotFound)?;
            let part = part(&asset.about, &asked, head.0);
            let length = usize::try_from(part.bytes.end - part.bytes.start).unwrap_or(usize::MAX);
            let mut bytes = vec![0; length];
            asset.file.read_exact_at(&mut bytes, part.bytes.start)?;
            host.outside.part = Some((part.status, part.content_range));
            Ok(raw::Sent(bytes))
        })
    }

    pub(crate) fn file_close(file: i32) {
        host(|host| host.outside.files.open.remove(&file));
    }
}

/// Without the feature there is nothing that opens files as the host does.
#[cfg(not(feature = "files"))]
mod here {
    use super::{Folder, host, io, raw};

    const ABSENT: &str = "the host opens files: for tests add `purview-guest` with `features = [\"files\"]` to the dev-dependencies";

    pub(crate) fn file_open(_: Folder, _: &str, _: u32) -> i32 {
        panic!("{ABSENT}")
    }

    pub(crate) fn file_about(_: i32) -> Option<Vec<u8>> {
        panic!("{ABSENT}")
    }

    pub(crate) fn file_read(_: i32, _: u64, _: &mut [u8]) -> Result<usize, i32> {
        panic!("{ABSENT}")
    }

    pub(crate) fn file_respond(head: raw::Head, _: i32) -> io::Result<raw::Sent> {
        panic!("{ABSENT}: {} {:?}", head.0, host(|host| host.request.clone()))
    }

    pub(crate) fn file_close(_: i32) {}
}
