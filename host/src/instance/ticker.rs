//! The process's one clock for time slices: while guests run, it moves the engines' epochs every millisecond, and every
//! guest looks at the epoch at its loops and calls. While none runs it sleeps. Also here: how much processor time the
//! current slice took. Never here: a thread per request.

use std::{
    cell::Cell,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use wasmtime::{Engine, EngineWeak};

/// Length of a time slice.
pub const SLICE: Duration = Duration::from_millis(1);
/// Ticks without a guest after which the ticker sleeps.
const IDLE_TICKS: u32 = 50;

/// The ticker's handle, one clone per worker.
#[derive(Debug, Clone)]
pub struct Ticker {
    shared: Arc<Shared>,
}

struct Shared {
    /// One, and the ones before it whose guests have not ended yet.
    engines: Mutex<Vec<EngineWeak>>,
    asleep: AtomicBool,
    stopped: AtomicBool,
    thread: std::sync::OnceLock<thread::Thread>,
}

/// Counts the guests that a worker has started; the ticker sees from it that some run.
#[derive(Debug, Default)]
#[repr(align(128))]
pub struct Activity(AtomicU64);

impl Ticker {
    /// Starts the ticker's thread. `activities` are the counters of all workers.
    pub fn start(engine: &Engine, activities: Vec<Arc<Activity>>) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            engines: Mutex::new(vec![engine.weak()]),
            asleep: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            thread: std::sync::OnceLock::new(),
        });
        let of_thread = Arc::clone(&shared);
        let handle = thread::Builder::new().name("purview-ticker".into()).spawn(move || {
            run(&of_thread, &activities);
        })?;
        // The thread reads this only to be woken, which needs the handle that is stored here.
        let _ = shared.thread.set(handle.thread().clone());
        Ok(Self { shared })
    }

    /// Guests of this engine get time slices too.
    pub fn add(&self, engine: &Engine) {
        self.shared.engines.lock().unwrap_or_else(PoisonError::into_inner).push(engine.weak());
    }

    /// Notes that a worker runs a guest.
    pub fn note(&self, activity: &Activity) {
        // One worker writes its own counter: no read-modify-write is needed.
        activity.0.store(activity.0.load(Ordering::Relaxed).wrapping_add(1), Ordering::Release);
        if self.shared.asleep.load(Ordering::Acquire)
            && let Some(thread) = self.shared.thread.get()
        {
            thread.unpark();
        }
    }

    /// Ends the ticker's thread at its next tick.
    pub fn stop(&self) {
        self.shared.stopped.store(true, Ordering::Release);
        if let Some(thread) = self.shared.thread.get() {
            thread.unpark();
        }
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("asleep", &self.asleep).finish_non_exhaustive()
    }
}

impl Shared {
    /// Moves every engine's epoch, and forgets engines that are gone.
    fn tick(&self) {
        let moved = |engine: &EngineWeak| {
            engine.upgrade().is_some_and(|engine| {
                engine.increment_epoch();
                true
            })
        };
        self.engines.lock().unwrap_or_else(PoisonError::into_inner).retain(moved);
        TICKS.fetch_add(1, Ordering::Relaxed);
    }
}

fn run(shared: &Shared, activities: &[Arc<Activity>]) {
    let total = || {
        activities
            .iter()
            .map(|activity| activity.0.load(Ordering::Acquire))
            .fold(0u64, u64::wrapping_add)
    };
    let mut seen = total();
    let mut idle = 0;
    while !shared.stopped.load(Ordering::Acquire) {
        thread::sleep(SLICE);
        shared.tick();
        let now = total();
        idle = if now == seen { idle + 1 } else { 0 };
        seen = now;
        if idle >= IDLE_TICKS {
            shared.asleep.store(true, Ordering::SeqCst);
            // A guest that started between the count and the store would find nobody to wake.
            if total() == seen {
                thread::park_timeout(Duration::from_secs(3600));
            }
            shared.asleep.store(false, Ordering::SeqCst);
            idle = 0;
        }
    }
}

/// Ticks of this process: what host calls look at, as guests look at the epoch.
static TICKS: AtomicU64 = AtomicU64::new(0);

thread_local! {
    static SLICE_START: Cell<Option<Duration>> = const { Cell::new(None) };
    static SLICE_TICK: Cell<u64> = const { Cell::new(0) };
}

/// Notes this thread's processor time at the start of a slice; `None` where nobody read it.
pub fn slice_starts(cpu: Option<Duration>) {
    SLICE_START.set(cpu);
    SLICE_TICK.set(TICKS.load(Ordering::Relaxed));
}

/// Whether the clock ticked since the slice started.
pub(crate) fn slice_is_over() -> bool {
    TICKS.load(Ordering::Relaxed) != SLICE_TICK.get()
}

/// Processor time of the slice that ends now. Without a known start, a whole slice.
pub fn slice_cpu(now: Duration) -> Duration {
    SLICE_START.replace(Some(now)).map_or(SLICE, |start| now.saturating_sub(start))
}
