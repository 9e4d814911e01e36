//! The cache in this process: one store for each handler, shared by all workers. In: namespace, key, value. Out: values. Entries go
//! when they expire, and those that were not used for longest when the store is full. A store has several parts, each with its
//! lock and its share of the room, so that workers rarely meet.

use std::{
    hash::{BuildHasher as _, RandomState},
    num::NonZeroUsize,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use lru::LruCache;

use crate::{
    clock::{self, Millis},
    limits::Limits,
    log,
};

/// What an entry takes beside key and value.
const ENTRY_BYTES: u64 = 128;
/// Most parts of a store, and the fewest entries that are worth one.
const PARTS_MAX: u64 = 16;
const PART_ENTRIES_MIN: u64 = 1024;
/// Values that a part holds at least.
const PART_VALUES_MIN: u64 = 2;
/// Namespaces chosen at run time whose numbers are kept.
const NAMESPACES_MAX: NonZeroUsize = NonZeroUsize::new(1024).expect("it is not zero");
/// Longest time to live: 100 years.
pub(super) const TTL_MS_MAX: u64 = 100 * 365 * 24 * 3600 * 1000;

/// One handler's cache.
#[derive(Debug)]
pub(super) struct Store {
    parts: Box<[Mutex<Part>]>,
    hasher: RandomState,
    namespaces: Mutex<LruCache<Box<[u8]>, Arc<Namespace>>>,
    told: [AtomicU64; 2],
}

/// The limit for which entries had to go, or a value did not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Bytes,
    Entries,
}

/// What became of a value.
struct Put {
    fits: bool,
    over: Option<Over>,
}

/// A full cache is told this often: going on without what was not used for longest is its normal life.
const TELL_EVERY_MS: Millis = 60_000;

#[derive(Debug)]
struct Part {
    entries: LruCache<Box<[u8]>, Entry>,
    bytes: u64,
    bytes_max: u64,
}

#[derive(Debug)]
struct Entry {
    value: Arc<[u8]>,
    expires: Millis,
    namespace: Arc<Namespace>,
}

/// A namespace: the start of its keys, and its numbers.
#[derive(Debug)]
pub(super) struct Namespace {
    prefix: Box<[u8]>,
    hits: AtomicU64,
    misses: AtomicU64,
    entries: AtomicU64,
    bytes: AtomicU64,
}

/// Numbers of one or all namespaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stats {
    pub(super) hits: u64,
    pub(super) misses: u64,
    pub(super) entries: u64,
    pub(super) bytes: u64,
}

/// A number after it was added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) value: i64,
    /// Milliseconds until it expires, if it does.
    pub(super) left: Option<u64>,
}

impl Namespace {
    /// Keys of a namespace start with its length: no key of one is a key of another.
    fn new(name: &[u8]) -> Self {
        let length = u32::try_from(name.len()).unwrap_or(u32::MAX).to_le_bytes();
        Self {
            prefix: [&length, name].concat().into(),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
            entries: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    fn stats(&self) -> Stats {
        let read = |number: &AtomicU64| number.load(Ordering::Relaxed);
        Stats {
            hits: read(&self.hits),
            misses: read(&self.misses),
            entries: read(&self.entries),
            bytes: read(&self.bytes),
        }
    }

    fn looked_up(&self, found: bool) {
        let number = if found { &self.hits } else { &self.misses };
        number.fetch_add(1, Ordering::Relaxed);
    }
}

impl Store {
    pub(super) fn new(limits: &Limits) -> Self {
        let (entries, bytes) = (limits.cache_entries, limits.cache_bytes);
        let value_bytes = (limits.cache_value_bytes + ENTRY_BYTES).saturating_mul(PART_VALUES_MIN);
        let parts = (entries / PART_ENTRIES_MIN).min(bytes / value_bytes).clamp(1, PARTS_MAX);
        let each = NonZeroUsize::new(usize::try_from(entries / parts).unwrap_or(usize::MAX));
        let part = || {
            // The table grows with use; the bound is kept here, by entries and by bytes.
            Mutex::new(Part { entries: LruCache::unbounded(), bytes: 0, bytes_max: bytes / parts })
        };
        let mut store = Self {
            parts: (0..parts).map(|_| part()).collect(),
            hasher: RandomState::new(),
            namespaces: Mutex::new(LruCache::new(NAMESPACES_MAX)),
            told: Default::default(),
        };
        for part in &mut store.parts {
            let part = part.get_mut().unwrap_or_else(PoisonError::into_inner);
            part.entries.resize(each.unwrap_or(NonZeroUsize::MIN));
        }
        store
    }

    /// A namespace by its name.
    pub(super) fn namespace(&self, name: &[u8]) -> Arc<Namespace> {
        let mut known = self.namespaces.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(namespace) = known.get(name) {
            return Arc::clone(namespace);
        }
        let namespace = Arc::new(Namespace::new(name));
        known.put(name.into(), Arc::clone(&namespace));
        namespace
    }

    fn part(&self, key: &[u8]) -> MutexGuard<'_, Part> {
        let at = match self.parts.len() {
            1 => 0,
            parts => self.hasher.hash_one(key) as usize % parts,
        };
        self.parts[at].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value of a key.
    pub(super) fn get(&self, namespace: &Namespace, key: &[u8]) -> Option<Arc<[u8]>> {
        let value = with_key(namespace, key, |key| {
            let mut part = self.part(key);
            part.live(key, clock::now_ms).map(|entry| Arc::clone(&entry.value))
        });
        namespace.looked_up(value.is_some());
        value
    }

    /// Sets a value; `false` if it can never fit.
    pub(super) fn set(
        &self,
        namespace: &Arc<Namespace>,
        key: &[u8],
        value: &[u8],
        ttl: Option<u64>,
    ) -> bool {
        let put =
            with_key(namespace, key, |key| self.part(key).put(key, value, expiry(ttl), namespace));
        self.tell(&put);
        put.fits
    }

    /// Tells the operator that there is no more room, now and then.
    fn tell(&self, put: &Put) {
        let Some(over) = put.over else { return };
        let (now, told) = (clock::now_ms(), &self.told[over as usize]);
        let last = told.load(Ordering::Relaxed);
        if last != 0 && now < last + TELL_EVERY_MS {
            return;
        }
        told.store(now.max(1), Ordering::Relaxed);
        match (over, put.fits) {
            (Over::Entries, _) => log::limit(
                "limit.cache_entries",
                "a handler's cache holds `cache_entries`: what was not used for longest goes",
            ),
            (Over::Bytes, true) => log::limit(
                "limit.cache",
                "a handler's cache holds `cache_bytes`: what was not used for longest goes",
            ),
            (Over::Bytes, false) => log::limit(
                "limit.cache",
                "a value was refused that is larger than `cache_bytes` has room for",
            ),
        }
    }

    /// Removes a key; whether it was there.
    pub(super) fn delete(&self, namespace: &Namespace, key: &[u8]) -> bool {
        with_key(namespace, key, |key| {
            let mut part = self.part(key);
            let there = part.live(key, clock::now_ms).is_some();
            part.remove(key);
            there
        })
    }

    /// Adds to a number; `None` if the sum is none. `ttl_ms` as in [`purview_abi::call::CACHE_INCR`].
    pub(super) fn incr(
        &self,
        namespace: &Arc<Namespace>,
        key: &[u8],
        delta: i64,
        ttl_ms: i64,
    ) -> Option<Count> {
        with_key(namespace, key, |key| {
            let now = clock::now_ms();
            let mut part = self.part(key);
            let (old, old_expiry) = match part.live(key, || now) {
                Some(entry) => (number(&entry.value), Some(entry.expires)),
                None => (0, None),
            };
            let value = old.checked_add(delta)?;
            let amount = Some(ttl_ms.unsigned_abs()).filter(|ms| *ms > 0);
            let expires = match old_expiry {
                Some(expires) if ttl_ms <= 0 => expires,
                _ => expiry(amount),
            };
            let mut text = itoa::Buffer::new();
            let put = part.put(key, text.format(value).as_bytes(), expires, namespace);
            let left = (expires != Millis::MAX).then(|| expires.saturating_sub(now));
            drop(part);
            self.tell(&put);
            put.fits.then_some(Count { value, left })
        })
    }

    /// The numbers of a namespace; of all that are known together for an empty name.
    pub(super) fn stats(&self, name: &[u8]) -> Stats {
        let known = self.namespaces.lock().unwrap_or_else(PoisonError::into_inner);
        if !name.is_empty() {
            return known.peek(name).map(|namespace| namespace.stats()).unwrap_or_default();
        }
        known.iter().map(|(_, namespace)| namespace.stats()).fold(Stats::default(), |sum, one| {
            Stats {
                hits: sum.hits + one.hits,
                misses: sum.misses + one.misses,
                entries: sum.entries + one.entries,
                bytes: sum.bytes + one.bytes,
            }
        })
    }
}

impl Part {
    /// The entry of a key, unless it has expired.
    fn live(&mut self, key: &[u8], now: impl Fn() -> Millis) -> Option<&Entry> {
        let expires = self.entries.peek(key)?.expires;
        // Most entries never expire: the clock is not read for them.
        if expires != Millis::MAX && now() >= expires {
            self.remove(key);
            return None;
        }
        self.entries.get(key)
    }

    fn put(
        &mut self,
        key: &[u8],
        value: &[u8],
        expires: Millis,
        namespace: &Arc<Namespace>,
    ) -> Put {
        let bytes = entry_bytes(key, value);
        if bytes > self.bytes_max {
            return Put { fits: false, over: Some(Over::Bytes) };
        }
        self.remove(key);
        let mut over = None;
        while self.bytes + bytes > self.bytes_max || self.entries.len() >= self.entries.cap().get()
        {
            let of_bytes = self.bytes + bytes > self.bytes_max;
            let Some((key, entry)) = self.entries.pop_lru() else { break };
            over = Some(if of_bytes { Over::Bytes } else { Over::Entries });
            self.gone(&key, &entry);
        }
        namespace.entries.fetch_add(1, Ordering::Relaxed);
        namespace.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.bytes += bytes;
        let entry = Entry { value: value.into(), expires, namespace: Arc::clone(namespace) };
        self.entries.put(key.into(), entry);
        Put { fits: true, over }
    }

    fn remove(&mut self, key: &[u8]) {
        if let Some(entry) = self.entries.pop(key) {
            self.gone(key, &entry);
        }
    }

    fn gone(&mut self, key: &[u8], entry: &Entry) {
        let bytes = entry_bytes(key, &entry.value);
        self.bytes -= bytes;
        entry.namespace.entries.fetch_sub(1, Ordering::Relaxed);
        entry.namespace.bytes.fetch_sub(bytes, Ordering::Relaxed);
    }
}

fn entry_bytes(key: &[u8], value: &[u8]) -> u64 {
    (key.len() + value.len()) as u64 + ENTRY_BYTES
}

/// When something with this time to live expires.
fn expiry(ttl: Option<u64>) -> Millis {
    ttl.map_or(Millis::MAX, |ttl| clock::now_ms() + ttl.min(TTL_MS_MAX))
}

/// The number in a value; what is none counts as zero.
fn number(value: &[u8]) -> i64 {
    std::str::from_utf8(value).ok().and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// The whole key, without allocation where it is short.
fn with_key<T>(namespace: &Namespace, key: &[u8], act: impl FnOnce(&[u8]) -> T) -> T {
    let prefix = &namespace.prefix;
    let mut short = [0; 192];
    let length = prefix.len() + key.len();
    match short.get_mut(..length) {
        Some(whole) => {
            whole[..prefix.len()].copy_from_slice(prefix);
            whole[prefix.len()..].copy_from_slice(key);
            act(whole)
        }
        None => act(&[prefix, key].concat()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(entries: u64, bytes: u64) -> Store {
        let limits = Limits { cache_entries: entries, cache_bytes: bytes, ..Limits::default() };
        Store::new(&limits)
    }

    fn text(value: Option<Arc<[u8]>>) -> Option<String> {
        value.map(|value| String::from_utf8_lossy(&value).into_owned())
    }

    #[test]
    fn values_come_back_in_their_namespace_only() {
        let store = Store::new(&Limits::default());
        let (a, ab) = (store.namespace(b"a"), store.namespace(b"a:b"));
        assert!(store.set(&a, b"b:c", b"1", None));
        assert!(store.set(&ab, b"c", b"2", None));
        assert!(store.set(&store.namespace(b""), b"a:b:c", b"3", None));
        assert_eq!(text(store.get(&a, b"b:c")), Some("1".into()));
        assert_eq!(text(store.get(&ab, b"c")), Some("2".into()));
        assert_eq!(text(store.get(&a, b"c")), None);
        assert_eq!(text(store.get(&store.namespace(b"a\0"), b"b:c")), None);
        assert!(store.delete(&a, b"b:c"));
        assert!(!store.delete(&a, b"b:c"));
        assert_eq!(text(store.get(&ab, b"c")), Some("2".into()));
        let stats = store.stats(b"a");
        assert_eq!((stats.hits, stats.misses, stats.entries, stats.bytes), (1, 1, 0, 0));
        assert_eq!(store.stats(b"").entries, 2);
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let store = store(3, 1 << 20);
        let ns = store.namespace(b"n");
        for key in [b"a", b"b", b"c"] {
            assert!(store.set(&ns, key, b"x", None));
        }
        assert!(store.get(&ns, b"a").is_some());
        assert!(store.set(&ns, b"d", b"x", None));
        let there: Vec<bool> =
            [b"a", b"b", b"c", b"d"].iter().map(|key| store.get(&ns, *key).is_some()).collect();
        assert_eq!(there, [true, false, true, true]);
        assert_eq!(store.stats(b"n").entries, 3);
    }

    #[test]
    fn bytes_are_bounded() {
        let store = store(1_000_000, 64 * 1024);
        let ns = store.namespace(b"n");
        let value = vec![b'x'; 1000];
        for index in 0..1000_u32 {
            assert!(store.set(&ns, &index.to_le_bytes(), &value, None));
        }
        let stats = store.stats(b"n");
        assert!(stats.bytes <= 64 * 1024 && stats.bytes > 60 * 1024, "{stats:?}");
        assert!(!store.set(&ns, b"large", &vec![0; 65 * 1024], None));
    }

    #[test]
    fn entries_expire() {
        let store = Store::new(&Limits::default());
        let ns = store.namespace(b"n");
        assert!(store.set(&ns, b"k", b"x", Some(30)));
        assert!(store.set(&ns, b"long", b"x", Some(u64::MAX)));
        assert!(store.get(&ns, b"k").is_some());
        std::thread::sleep(std::time::Duration::from_millis(40));
        assert!(store.get(&ns, b"k").is_none());
        assert!(store.get(&ns, b"long").is_some());
        assert_eq!(store.stats(b"n").entries, 1);
    }

    #[test]
    fn numbers_keep_their_expiry_unless_one_is_given() {
        let store = Store::new(&Limits::default());
        let ns = store.namespace(b"n");
        let incr =
            |delta, ttl| store.incr(&ns, b"k", delta, ttl).map(|count| (count.value, count.left));
        assert_eq!(incr(1, 0), Some((1, None)));
        let near = |left: Option<u64>, most: u64| {
            left.is_some_and(|left| left <= most && left + 1000 > most)
        };
        let (value, left) = incr(4, 60_000).unwrap();
        assert!(value == 5 && near(left, 60_000), "{left:?}");
        let (value, left) = incr(-10, 0).unwrap();
        assert!(value == -5 && near(left, 60_000), "{left:?}");
        let (_, left) = incr(0, -5000).unwrap();
        assert!(near(left, 60_000), "a time for new numbers leaves an old one alone: {left:?}");
        assert_eq!(incr(i64::MIN, 0), None, "no overflow");
        let fresh = store.incr(&ns, b"new", 1, -5000).unwrap();
        assert!(near(fresh.left, 5000), "{fresh:?}");
        assert!(store.set(&ns, b"text", b"abc", None));
        assert_eq!(store.incr(&ns, b"text", 2, 0).map(|count| count.value), Some(2));
        assert!(store.incr(&ns, b"min", 1, i64::MIN).is_some());
    }

    #[test]
    fn threads_lose_no_increment() {
        let store = Arc::new(Store::new(&Limits::default()));
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let store = Arc::clone(&store);
                std::thread::spawn(move || {
                    let ns = store.namespace(b"n");
                    for _ in 0..10_000 {
                        store.incr(&ns, b"k", 1, 0);
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(text(store.get(&store.namespace(b"n"), b"k")), Some("40000".into()));
    }
}
