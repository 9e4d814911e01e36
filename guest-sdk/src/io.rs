//! Waiting for several things at once. In: futures over [`crate::egress::Pending`] and [`crate::sql::Pending`], `async` blocks with
//! several steps among them. Out: their results. Each goes on as soon as its own outcome is there; no effect happens twice.
//!
//! ```no_run
//! use purview_guest::{egress, io};
//!
//! let api = egress!("https://api.example.com");
//! let [user, orders] = ["/user", "/orders"].map(|path| api.get(path).send());
//! let both = io::parallel([user, orders]);
//! let names = io::parallel((1..=3).map(|id| async move {
//!     let user = api.get(&format!("/users/{id}")).send().await?;
//!     let name = user.text().unwrap_or_default().to_owned();
//!     api.post("/seen").body(name.clone()).send().await?; // a second send of the same branch
//!     Ok::<_, egress::Failure>(name)
//! }));
//! let fastest = io::race(["/mirror-a", "/mirror-b"].map(|path| api.get(path).send()));
//! # let _ = (both, names, fastest);
//! ```

use std::{
    cell::RefCell,
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
    time::Duration,
};

use purview_abi::call::status;

use crate::outside;

/// Most branches of [`parallel`] and [`race`].
pub const BRANCHES_MAX: usize = 16;

thread_local! {
    /// Handles that the futures polled last wait for.
    static WAITING: RefCell<Vec<i32>> = const { RefCell::new(Vec::new()) };
    /// Handles whose outcome is there and not taken.
    static READY: RefCell<Vec<i32>> = const { RefCell::new(Vec::new()) };
}

/// Something that was started.
#[derive(Debug)]
pub(crate) struct Handle(Result<i32, i32>);

impl Handle {
    /// A handle, or the status that a call gave instead.
    pub(crate) fn new(code: i32) -> Self {
        Self(if code < 0 { Err(code) } else { Ok(code) })
    }

    /// Waits for the outcome and takes it.
    pub(crate) fn wait(mut self) -> Result<Vec<u8>, i32> {
        let handle = std::mem::replace(&mut self.0, Err(status::ABSENT))?;
        Ok(outside::wait(handle))
    }

    /// Takes the outcome if it is there.
    pub(crate) fn poll(&mut self) -> Poll<Result<Vec<u8>, i32>> {
        let handle = match self.0 {
            Ok(handle) => handle,
            Err(status) => return Poll::Ready(Err(status)),
        };
        let ready = READY.with_borrow_mut(|ready| {
            let at = ready.iter().position(|known| *known == handle)?;
            Some(ready.swap_remove(at))
        });
        if ready.is_none() {
            WAITING.with_borrow_mut(|waiting| waiting.push(handle));
            return Poll::Pending;
        }
        self.0 = Err(status::ABSENT);
        Poll::Ready(Ok(outside::wait(handle)))
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if let Ok(handle) = self.0 {
            READY.with_borrow_mut(|ready| ready.retain(|known| *known != handle));
            outside::cancel(handle);
        }
    }
}

/// Lets time pass: `io::sleep(time).wait()` in a stream of events, or a future beside others. The limit `wall_ms` goes on meanwhile.
/// In tests it passes at once.
///
/// ```
/// use std::time::Duration;
/// use purview_guest::{Response, get, io};
///
/// #[get("/ticks")]
/// fn ticks() -> Response {
///     Response::events(|events| {
///         (1..=3).try_for_each(|tick: u32| {
///             io::sleep(Duration::from_millis(100)).wait();
///             events.data(&tick.to_string())
///         })
///     })
/// }
/// ```
pub fn sleep(time: Duration) -> Sleep {
    let milliseconds = time.as_nanos().div_ceil(1_000_000);
    Sleep(Handle::new(outside::sleep(u32::try_from(milliseconds).unwrap_or(u32::MAX))))
}

/// Time that passes. It is over at once if more is under way than the limit `handles` allows.
#[derive(Debug)]
#[must_use = "time that is not waited for does not pass"]
pub struct Sleep(Handle);

impl Sleep {
    /// Waits until it has passed.
    pub fn wait(self) {
        let _ = self.0.wait();
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        self.0.poll().map(drop)
    }
}

/// Runs a future to its end.
///
/// # Panics
/// If it waits for something else than what this SDK starts.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    drive(|context| future.as_mut().poll(context))
}

/// Runs all branches at once; the results are in the order of the branches, each with its own errors.
///
/// # Panics
/// For more than [`BRANCHES_MAX`] branches.
pub fn parallel<F: Future>(branches: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut branches = boxed(branches);
    let mut results: Vec<Option<F::Output>> = branches.iter().map(|_| None).collect();
    drive(|context| {
        for (branch, result) in branches.iter_mut().zip(&mut results) {
            if let Some(future) = branch
                && let Poll::Ready(value) = future.as_mut().poll(context)
            {
                *result = Some(value);
                *branch = None;
            }
        }
        if branches.iter().all(Option::is_none) { Poll::Ready(()) } else { Poll::Pending }
    });
    results.into_iter().flatten().collect()
}

/// Runs all branches at once until one succeeds, and ends the others. If none does: their errors, in the order of the branches.
///
/// # Panics
/// For more than [`BRANCHES_MAX`] branches.
pub fn race<T, E, F: Future<Output = Result<T, E>>>(
    branches: impl IntoIterator<Item = F>,
) -> Result<T, Vec<E>> {
    let mut branches = boxed(branches);
    let mut errors: Vec<Option<E>> = branches.iter().map(|_| None).collect();
    let won = drive(|context| {
        for (branch, error) in branches.iter_mut().zip(&mut errors) {
            let Some(future) = branch else { continue };
            match future.as_mut().poll(context) {
                Poll::Ready(Ok(value)) => return Poll::Ready(Some(value)),
                Poll::Ready(Err(failed)) => {
                    *error = Some(failed);
                    *branch = None;
                }
                Poll::Pending => {}
            }
        }
        if branches.iter().all(Option::is_none) { Poll::Ready(None) } else { Poll::Pending }
    });
    won.ok_or_else(|| errors.into_iter().flatten().collect())
}

type Branch<F> = Option<Pin<Box<F>>>;

fn boxed<F: Future>(branches: impl IntoIterator<Item = F>) -> Vec<Branch<F>> {
    let branches: Vec<Branch<F>> =
        branches.into_iter().map(|branch| Some(Box::pin(branch))).collect();
    assert!(branches.len() <= BRANCHES_MAX, "there are at most {BRANCHES_MAX} branches");
    branches
}

/// Polls until there is a result; in between it waits for one of the outcomes that were asked for.
fn drive<T>(mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    loop {
        // What an outer loop waits for is none of this one's business.
        let outer = WAITING.take();
        let polled = poll(&mut context);
        let waiting = WAITING.replace(outer);
        if let Poll::Ready(result) = polled {
            return result;
        }
        let there = outside::wait_any(&waiting).and_then(|at| waiting.get(at).copied());
        let there = there.expect("a future waits for something that was not started here");
        READY.with_borrow_mut(|ready| ready.push(there));
    }
}
