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

use super::memory::{self, BadPointer};
use crate::{
    instance::{guest::Guest, ticker},
    log,
};

/// A place in guest memory: address and length.
type Place = (u32, u32);

/// Links a call that takes one text.
pub(super) fn link_one<R: AsRef<[u8]>>(
    linker: &mut Linker<Guest>,
    names: (&str, &str),
    bytes_max: u64,
    work: impl Fn([&[u8]; 1]) -> R + Send + Sync + 'static,
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
    work: impl Fn([&[u8]; 2]) -> R + Send + Sync + 'static,
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
    work: impl Fn([&[u8]; 3]) -> R + Send + Sync + 'static,
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
    work: &impl Fn([&[u8]; N]) -> R,
) -> Answer<'c> {
    let length = compute(&mut caller, texts, buffer, bytes_max, work);
    let elsewhere = purview_native::validate::take_spent();
    if length.is_err() || !(ticker::slice_is_over() || elsewhere > Duration::ZERO) {
        return Box::new(ready(length));
    }
    Box::new(async move {
        pause(caller, elsewhere).await?;
        length
    })
}

fn compute<const N: usize, R: AsRef<[u8]>>(
    caller: &mut Caller<'_, Guest>,
    texts: [Place; N],
    buffer: Place,
    bytes_max: u64,
    work: impl Fn([&[u8]; N]) -> R,
) -> Result<i32> {
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
        return Ok(status::INVALID);
    }
    let result = work(read);
    Ok(memory::fill(caller, buffer.0, buffer.1, result.as_ref())?)
}

/// At the end of a time slice: lets others have their turn, or ends the guest.
async fn pause(mut caller: Caller<'_, Guest>, elsewhere: Duration) -> Result<()> {
    caller.data_mut().end_slice(elsewhere)?;
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
