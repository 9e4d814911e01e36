//! The calls of a cache on a Redis or Valkey server. In: the same as for one in this process. Out: the same, after a suspension; a
//! status when the server does not answer in time. The connection is made when it is first needed and made again when it broke:
//! a server that comes back is used again without a restart.

use std::{
    fmt,
    future::Future,
    path::PathBuf,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use purview_abi::{
    call::status,
    name::{CacheVerb, Value},
};
use redis::{
    Client, IntoConnectionInfo as _, RedisError, RedisResult, Script, ServerErrorKind,
    TlsCertificates,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use tokio::{runtime::Handle, time::timeout};
use wasmtime::{Caller, Linker, Result};

use super::{
    MODULE, Names, put_count, stats_json,
    store::{Count, Stats, TTL_MS_MAX},
    ttl,
};
use crate::{
    capability::{
        io::{self, Slot},
        memory,
    },
    instance::guest::Guest,
    limits::Limits,
    log,
};

/// Adds to a number atomically: what is none counts as 0; the expiry follows `ttl_ms`. Gives the number and the milliseconds left.
static INCR: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
local old = redis.call('EXISTS', KEYS[1]) == 1
local value = redis.pcall('INCRBY', KEYS[1], ARGV[1])
if type(value) == 'table' and string.find(value.err, 'not an integer') then
  redis.call('SET', KEYS[1], ARGV[1], 'KEEPTTL')
elseif type(value) == 'table' then
  return value
end
local ttl = tonumber(ARGV[2])
if ttl > 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
elseif ttl < 0 and not old then
  redis.call('PEXPIRE', KEYS[1], string.sub(ARGV[2], 2))
end
return {redis.call('GET', KEYS[1]), redis.call('PTTL', KEYS[1])}",
    )
});

/// A server that all handlers use.
#[derive(Clone)]
pub(in crate::capability) struct Remote {
    connection: ConnectionManager,
    away: Arc<AtomicBool>,
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Remote")
    }
}

impl Remote {
    /// A server by its URL, `redis://[user:password@]host[:port][/number]`, or `rediss://` for TLS. It need not be there yet. Over TLS
    /// the certificates of the system are trusted, or those of these files alone if there are any.
    pub(in crate::capability) fn new(
        url: &str,
        certificates: &[PathBuf],
        handle: &Handle,
        limits: &Limits,
    ) -> Result<Self, String> {
        // What the library says may hold the password.
        let wrong = |_: RedisError| {
            "the cache's server is not `redis://[user:password@]host[:port][/number]`, or `rediss://` for TLS".to_owned()
        };
        let time = Duration::from_millis(limits.cache_ms);
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(time))
            .set_response_timeout(Some(time));
        let url = match url.strip_prefix("valkey") {
            Some(rest) => format!("redis{rest}"),
            None => url.to_owned(),
        };
        let info = url.as_str().into_connection_info().map_err(wrong)?;
        let client = if url.starts_with("rediss:") {
            // The library takes the one that the process has; another part of it may have chosen already.
            let _ = rustls::crypto::ring::default_provider().install_default();
            let root_cert = trusted(certificates)?;
            Client::build_with_tls(info, TlsCertificates { client_tls: None, root_cert })
        } else {
            Client::open(info)
        };
        let client = client.map_err(wrong)?;
        let _on_background = handle.enter();
        let connection = ConnectionManager::new_lazy_with_config(client, config).map_err(wrong)?;
        Ok(Self { connection, away: Arc::default() })
    }
}

/// The certificates of the files, one after the other; nothing if there are none.
fn trusted(files: &[PathBuf]) -> Result<Option<Vec<u8>>, String> {
    let mut all = Vec::new();
    for file in files {
        let text = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        all.extend_from_slice(&text);
        all.push(b'\n');
    }
    Ok((!all.is_empty()).then_some(all))
}

/// One handler's part of the server.
pub(in crate::capability) struct Shared {
    remote: Remote,
    handle: Handle,
    /// Keys begin with the handler's name.
    prefix: Vec<u8>,
    time: Duration,
    names: Names,
    value_bytes_max: usize,
    hits: AtomicU64,
    misses: AtomicU64,
}

/// What is asked of the server.
enum Ask {
    Get,
    Set { value: Vec<u8>, ttl: Option<u64> },
    Delete,
    Incr { delta: i64, ttl_ms: i64 },
}

/// What the server said.
enum Reply {
    Value(Option<Vec<u8>>),
    Done,
    Deleted(bool),
    Count(Count),
    /// It refuses: the sum is no number.
    Refused,
}

impl Shared {
    pub(super) fn new(handler: &str, remote: Remote, handle: Handle, limits: &Limits) -> Self {
        let mut prefix = b"purview:".to_vec();
        part(&mut prefix, handler.as_bytes());
        Self {
            remote,
            handle,
            prefix,
            time: Duration::from_millis(limits.cache_ms),
            names: Names::new(limits),
            value_bytes_max: usize::try_from(limits.cache_value_bytes).unwrap_or(usize::MAX),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        }
    }

    /// The key on the server: every part but the last with its length before it.
    fn key(&self, namespace: &[u8], key: &[u8]) -> Vec<u8> {
        let mut whole = self.prefix.clone();
        part(&mut whole, namespace);
        whole.extend_from_slice(key);
        whole
    }

    /// Asks on the background thread, suspending the guest.
    async fn ask(&self, key: Vec<u8>, ask: Ask) -> Result<Reply, i32> {
        let slot = Slot::new();
        let (reply, arrives) = tokio::sync::oneshot::channel();
        let (mut connection, time, done) =
            (self.remote.connection.clone(), self.time, Arc::clone(&slot));
        self.handle.spawn(async move {
            let answered = match timeout(time, put(&mut connection, &key, ask)).await {
                Ok(Ok(reply)) => Ok(reply),
                Ok(Err(error)) if !error.is_timeout() => Err(error.to_string()),
                // The library watches the same time.
                Ok(Err(_)) | Err(_) => {
                    log::limit("limit.cache_time", "a call of the cache's server took too long");
                    log::flush_last();
                    Err(format!("no answer within {} ms", time.as_millis()))
                }
            };
            // The guest may have ended meanwhile.
            let _ = reply.send(answered);
            done.complete(Vec::new());
        });
        io::until(&[slot]).await;
        let mut arrives = arrives;
        match arrives.try_recv() {
            Ok(Ok(reply)) => {
                if self.remote.away.swap(false, Ordering::Relaxed) {
                    log::event(log::Level::Info, "cache.back", "the cache's server answers again");
                }
                Ok(reply)
            }
            Ok(Err(why)) => {
                if !self.remote.away.swap(true, Ordering::Relaxed) {
                    let message = format!("the cache's server does not answer: {why}");
                    log::event(log::Level::Warn, "cache.away", &message);
                }
                Err(status::UNAVAILABLE)
            }
            Err(_) => Err(status::UNAVAILABLE),
        }
    }
}

fn part(whole: &mut Vec<u8>, text: &[u8]) {
    whole.extend_from_slice(text.len().to_string().as_bytes());
    whole.push(b':');
    whole.extend_from_slice(text);
    whole.push(b':');
}

async fn put(connection: &mut ConnectionManager, key: &[u8], ask: Ask) -> RedisResult<Reply> {
    match ask {
        Ask::Get => redis::cmd("GET").arg(key).query_async(connection).await.map(Reply::Value),
        Ask::Delete => {
            let count: u64 = redis::cmd("DEL").arg(key).query_async(connection).await?;
            Ok(Reply::Deleted(count > 0))
        }
        Ask::Set { value, ttl } => {
            let mut command = redis::cmd("SET");
            command.arg(key).arg(value);
            if let Some(ttl) = ttl {
                command.arg("PX").arg(ttl);
            }
            command.exec_async(connection).await.map(|()| Reply::Done)
        }
        Ask::Incr { delta, ttl_ms } => {
            let most = i64::try_from(TTL_MS_MAX).unwrap_or(i64::MAX);
            let ttl_ms = ttl_ms.clamp(-most, most);
            let answer: RedisResult<(i64, i64)> =
                INCR.key(key).arg(delta).arg(ttl_ms).invoke_async(connection).await;
            match answer {
                Ok((value, left)) => {
                    Ok(Reply::Count(Count { value, left: u64::try_from(left).ok() }))
                }
                Err(error) if is_overflow(&error) => Ok(Reply::Refused),
                Err(error) => Err(error),
            }
        }
    }
}

/// The server says that a sum is no number by an error of the command, not of the connection.
fn is_overflow(error: &RedisError) -> bool {
    error.kind() == redis::ErrorKind::Server(ServerErrorKind::ResponseError)
        && error.to_string().contains("overflow")
}

/// Where a call finds its namespace.
#[derive(Clone)]
enum Which {
    Literal(Arc<[u8]>),
    At(u32, u32),
}

impl Which {
    /// The namespace whose address and length stand before the other arguments, if they do.
    fn at(&self, at: &[u32]) -> Self {
        match at {
            [address, length] => Self::At(*address, *length),
            _ => self.clone(),
        }
    }

    fn read(&self, names: Names, caller: &mut Caller<'_, Guest>) -> Result<Option<Vec<u8>>> {
        match self {
            Self::Literal(name) => Ok(Some(name.to_vec())),
            Self::At(address, length) => {
                let name = names.namespace(caller, (*address, *length))?;
                Ok(name.map(<[u8]>::to_vec))
            }
        }
    }
}

impl Shared {
    /// The key on the server for namespace and key in guest memory; `None` if one is not acceptable.
    fn whole(
        &self,
        caller: &mut Caller<'_, Guest>,
        which: &Which,
        key: (u32, u32),
    ) -> Result<Option<Vec<u8>>> {
        let namespace = which.read(self.names, caller)?.filter(|name| !name.is_empty());
        let key = self.names.key(caller, key)?;
        Ok(namespace.zip(key).map(|(namespace, key)| self.key(&namespace, key)))
    }

    async fn get(
        &self,
        caller: &mut Caller<'_, Guest>,
        which: Which,
        key: (u32, u32),
        buffer: (u32, u32),
    ) -> Result<i32> {
        let Some(key) = self.whole(caller, &which, key)? else { return Ok(status::INVALID) };
        match self.ask(key, Ask::Get).await {
            Ok(Reply::Value(Some(value))) if value.len() <= self.value_bytes_max => {
                self.hits.fetch_add(1, Ordering::Relaxed);
                Ok(memory::fill(caller, buffer.0, buffer.1, &value)?)
            }
            Ok(_) => {
                self.misses.fetch_add(1, Ordering::Relaxed);
                Ok(status::ABSENT)
            }
            Err(status) => Ok(status),
        }
    }

    async fn set(
        &self,
        caller: &mut Caller<'_, Guest>,
        which: Which,
        key: (u32, u32),
        value: (u32, u32),
        ttl_ms: i64,
    ) -> Result<i32> {
        let ttl = match ttl(ttl_ms) {
            Ok(ttl) => ttl,
            Err(status) => return Ok(status),
        };
        if value.1 as usize > self.value_bytes_max {
            log::limit("limit.cache_value", "a value longer than `cache_value_bytes` was refused");
            return Ok(status::INVALID);
        }
        let Some(key) = self.whole(caller, &which, key)? else { return Ok(status::INVALID) };
        let value = io::copy(caller, value.0, value.1)?;
        Ok(self.ask(key, Ask::Set { value, ttl }).await.map_or_else(|status| status, |_| 0))
    }

    async fn delete(
        &self,
        caller: &mut Caller<'_, Guest>,
        which: Which,
        key: (u32, u32),
    ) -> Result<i32> {
        let Some(key) = self.whole(caller, &which, key)? else { return Ok(status::INVALID) };
        let deleted = self.ask(key, Ask::Delete).await;
        Ok(deleted
            .map_or_else(|status| status, |reply| i32::from(matches!(reply, Reply::Deleted(true)))))
    }

    async fn incr(
        &self,
        caller: &mut Caller<'_, Guest>,
        which: Which,
        key: (u32, u32),
        (delta, ttl_ms): (i64, i64),
        out: u32,
    ) -> Result<i32> {
        memory::bytes(caller, out, 16, 16)?;
        let Some(key) = self.whole(caller, &which, key)? else { return Ok(status::INVALID) };
        match self.ask(key, Ask::Incr { delta, ttl_ms }).await {
            Ok(Reply::Count(count)) => put_count(caller, out, count),
            Ok(_) => Ok(status::INVALID),
            Err(status) => Ok(status),
        }
    }

    /// What this process has asked; how much lies on the server, only the server knows.
    fn stats(&self, caller: &mut Caller<'_, Guest>, buffer: u32, capacity: u32) -> Result<i32> {
        let read = |number: &AtomicU64| number.load(Ordering::Relaxed);
        let stats =
            Stats { hits: read(&self.hits), misses: read(&self.misses), ..Stats::default() };
        Ok(memory::fill(caller, buffer, capacity, stats_json(stats).as_bytes())?)
    }
}

type Answer<'a> = Box<dyn Future<Output = Result<i32>> + Send + 'a>;

/// The type of an argument that says where a name lies.
macro_rules! word {
    ($at:ident) => {
        u32
    };
}

/// Links a verb; `$at` are the arguments before those of the verb.
macro_rules! link_verb {
    ($linker:ident, $name:ident, $verb:ident, $cache:ident, $which:ident, [$($at:ident)*]) => {
        match $verb {
            CacheVerb::Get => $linker.func_wrap_async(
                MODULE,
                $name,
                move |mut caller: Caller<'_, Guest>,
                      ($($at,)* key, length, buffer, capacity): ($(word!($at),)* u32, u32, u32, u32)|
                      -> Answer<'_> {
                    let (cache, which) = (Arc::clone(&$cache), $which.at(&[$($at),*]));
                    Box::new(async move {
                        cache.get(&mut caller, which, (key, length), (buffer, capacity)).await
                    })
                },
            )?,
            CacheVerb::Set => $linker.func_wrap_async(
                MODULE,
                $name,
                move |mut caller: Caller<'_, Guest>,
                      ($($at,)* key, length, value, value_length, ttl_ms): ($(word!($at),)* u32, u32, u32, u32, i64)|
                      -> Answer<'_> {
                    let (cache, which) = (Arc::clone(&$cache), $which.at(&[$($at),*]));
                    Box::new(async move {
                        cache.set(&mut caller, which, (key, length), (value, value_length), ttl_ms).await
                    })
                },
            )?,
            CacheVerb::Delete => $linker.func_wrap_async(
                MODULE,
                $name,
                move |mut caller: Caller<'_, Guest>,
                      ($($at,)* key, length): ($(word!($at),)* u32, u32)|
                      -> Answer<'_> {
                    let (cache, which) = (Arc::clone(&$cache), $which.at(&[$($at),*]));
                    Box::new(async move { cache.delete(&mut caller, which, (key, length)).await })
                },
            )?,
            CacheVerb::Incr => $linker.func_wrap_async(
                MODULE,
                $name,
                move |mut caller: Caller<'_, Guest>,
                      ($($at,)* key, length, delta, ttl_ms, out): ($(word!($at),)* u32, u32, i64, i64, u32)|
                      -> Answer<'_> {
                    let (cache, which) = (Arc::clone(&$cache), $which.at(&[$($at),*]));
                    Box::new(async move {
                        cache.incr(&mut caller, which, (key, length), (delta, ttl_ms), out).await
                    })
                },
            )?,
            CacheVerb::Stats => $linker.func_wrap(
                MODULE,
                $name,
                move |mut caller: Caller<'_, Guest>, $($at: u32,)* buffer: u32, capacity: u32| -> Result<i32> {
                    match $which.at(&[$($at),*]).read($cache.names, &mut caller)? {
                        Some(_) => $cache.stats(&mut caller, buffer, capacity),
                        None => Ok(status::INVALID),
                    }
                },
            )?,
        }
    };
}

/// Binds a verb of one namespace, or of those chosen at run time.
pub(super) fn link(
    linker: &mut Linker<Guest>,
    name: &str,
    namespace: Value<'_>,
    verb: CacheVerb,
    cache: &Arc<Shared>,
) -> Result<()> {
    let cache = Arc::clone(cache);
    let which = Which::Literal(namespace.literal().unwrap_or_default().as_bytes().into());
    match namespace {
        Value::Literal(_) => link_verb!(linker, name, verb, cache, which, []),
        Value::Any => link_verb!(linker, name, verb, cache, which, [namespace namespace_length]),
    };
    Ok(())
}
