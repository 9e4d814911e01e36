//! How calls that compute are linked: arguments in, a result out. In: places in guest memory, which may be anything. Out: the
//! length of the result, or [`status::INVALID`] beyond the limit on the bytes of one call. Work counts as the guest's: at the end
//! of a time slice others have their turn, and at its limit the guest ends, however straight its code is.

use std::{
    future::{poll_fn, ready},
    task::Poll,
    time::Duration,
};

use purview_abi::call::status;
use wasmtime::{AsContextMut as _, Caller, Linker, Result};

use super::{
    aside,
    memory::{self, BadPointer},
};
use crate::{
    fault::Fault,
    instance::{guest::Guest, ticker},
    log,
};

/// A place in guest memory: address and length.
type Place = (u32, u32);

/// Work that is better done aside, with what it needs.
pub(super) type Job = Box<dyn FnOnce() -> Vec<u8> + Send>;

/// What work gives.
pub(super) enum Outcome<R> {
    /// A result.
    There(R),
    /// It would take long: somebody else shall do it.
    Aside(Job),
}

/// How far a call is.
enum Step {
    /// The result is in the guest's memory: its length.
    Done(i32),
    Aside(Job),
}

/// Links a call that takes one text.
pub(super) fn link_one<R: AsRef<[u8]>>(
    linker: &mut Linker<Guest>,
    names: (&str, &str),
    bytes_max: u64,
    work: impl Fn([&[u8]; 1]) -> Outcome<R> + Send + Sync + 'static,
) -> Result<()> {
    linker.func_wrap_async(
        names.0,
        names.1,
        move |caller, (a, an, at, room): (u32, u32, u32, u32)| {
            run(caller, [(a, an)], (at, room), bytes_max, &work)
        },
    )?;
    Ok(())
}

/// Links a call that takes two.
pub(super) fn link_two<R: AsRef<[u8]>>(
    linker: &mut Linker<Guest>,
    names: (&str, &str),
    bytes_max: u64,
    work: impl Fn([&[u8]; 2]) -> Outcome<R> + Send + Sync + 'static,
) -> Result<()> {
    type Places = (u32, u32, u32, u32, u32, u32);
    linker.func_wrap_async(names.0, names.1, move |caller, (a, an, b, bn, at, room): Places| {
        run(caller, [(a, an), (b, bn)], (at, room), bytes_max, &work)
    })?;
    Ok(())
}

/// Links a call that takes three.
pub(super) fn link_three<R: AsRef<[u8]>>(
    linker: &mut Linker<Guest>,
    names: (&str, &str),
    bytes_max: u64,
    work: impl Fn([&[u8]; 3]) -> Outcome<R> + Send + Sync + 'static,
) -> Result<()> {
    type Places = (u32, u32, u32, u32, u32, u32, u32, u32);
    linker.func_wrap_async(
        names.0,
        names.1,
        move |caller, (a, an, b, bn, c, cn, at, room): Places| {
            run(caller, [(a, an), (b, bn), (c, cn)], (at, room), bytes_max, &work)
        },
    )?;
    Ok(())
}

/// What a host function gives back.
type Answer<'c> = Box<dyn Future<Output = Result<i32>> + Send + 'c>;

fn run<'c, const N: usize, R: AsRef<[u8]>>(
    mut caller: Caller<'c, Guest>,
    texts: [Place; N],
    buffer: Place,
    bytes_max: u64,
    work: &impl Fn([&[u8]; N]) -> Outcome<R>,
) -> Answer<'c> {
    match compute(&mut caller, texts, buffer, bytes_max, work) {
        Ok(Step::Aside(job)) => Box::new(aside(caller, job, buffer)),
        Ok(Step::Done(length)) if ticker::slice_is_over() => Box::new(async move {
            pause(caller).await?;
            Ok(length)
        }),
        Ok(Step::Done(length)) => Box::new(ready(Ok(length))),
        Err(error) => Box::new(ready(Err(error))),
    }
}

fn compute<const N: usize, R: AsRef<[u8]>>(
    caller: &mut Caller<'_, Guest>,
    texts: [Place; N],
    buffer: Place,
    bytes_max: u64,
    work: impl Fn([&[u8]; N]) -> Outcome<R>,
) -> Result<Step> {
    let memory = memory::all(caller);
    let mut read: [&[u8]; N] = [&[]; N];
    let mut bytes = 0;
    for (slot, (address, length)) in read.iter_mut().zip(texts) {
        let end = address as usize + length as usize;
        *slot = memory.get(address as usize..end).ok_or(BadPointer::Outside { address, length })?;
        bytes += u64::from(length);
    }
    if bytes > bytes_max {
        log::limit("limit.native", "a handler's call was given more than `native_bytes`");
        return Ok(Step::Done(status::INVALID));
    }
    Ok(match work(read) {
        Outcome::There(result) => {
            Step::Done(memory::fill(caller, buffer.0, buffer.1, result.as_ref())?)
        }
        Outcome::Aside(job) => Step::Aside(job),
    })
}

/// Waits for a job; what it took counts as the guest's time.
async fn aside(mut caller: Caller<'_, Guest>, job: Job, buffer: Place) -> Result<i32> {
    let (result, spent) = aside::run(job).await.ok_or(Fault::Internal)?;
    caller.data_mut().end_slice(spent)?;
    caller.as_context_mut().set_epoch_deadline(1);
    Ok(memory::fill(&mut caller, buffer.0, buffer.1, &result)?)
}

/// At the end of a time slice: lets others have their turn, or ends the guest.
async fn pause(mut caller: Caller<'_, Guest>) -> Result<()> {
    caller.data_mut().end_slice(Duration::ZERO)?;
    caller.as_context_mut().set_epoch_deadline(1);
    let mut waited = false;
    poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
    Ok(())
}
