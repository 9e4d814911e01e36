//! Runs one export of any module twice, each time on a fresh instance, under the same engine, limits and slices as a
//! handler. In: a module without imports. Out: `OK v1 v2`, `TRAP reason` or `REFUSED reason`. For tests with hostile modules.

use std::{
    fmt,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::Duration,
};

use purview_abi::name;
use wasmtime::{Engine, ExternType, InstancePre, Linker, Module, Store, Trap};

use super::{
    engine::{self, EngineOptions},
    guest::{self, Guest},
    ticker::{self, Activity, Ticker},
};
use crate::{clock, fault::Fault, limits::Limits};

/// What a module did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It ran twice, with these results; 0 for an export without one.
    Ran(i32, i32),
    /// It was ended.
    Trapped(String),
    /// It was not let in.
    Refused(String),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |text: &str| text.replace(['\n', '\r'], " ");
        match self {
            Self::Ran(first, second) => write!(f, "OK {first} {second}"),
            Self::Trapped(reason) => write!(f, "TRAP {}", line(reason)),
            Self::Refused(reason) => write!(f, "REFUSED {}", line(reason)),
        }
    }
}

/// Loads and runs.
pub fn run(wasm: &[u8], entry: &str) -> Verdict {
    let limits = Limits { instances: 4, ..Limits::default() };
    match prepare(wasm, entry, &limits) {
        Ok((engine, instance)) => run_twice(&engine, &instance, entry, &limits),
        Err(reason) => Verdict::Refused(reason),
    }
}

fn prepare(
    wasm: &[u8],
    entry: &str,
    limits: &Limits,
) -> Result<(Engine, InstancePre<Guest>), String> {
    let text = |error: wasmtime::Error| format!("{error:#}");
    let engine =
        engine::engine(limits, limits.memory_bytes, &EngineOptions::default()).map_err(text)?;
    let module = Module::from_binary(&engine, wasm).map_err(text)?;
    if let Some(import) = module.imports().next() {
        return Err(format!(
            "the import `{}` / `{}` is not granted",
            import.module(),
            import.name()
        ));
    }
    if !matches!(module.get_export(name::MEMORY), Some(ExternType::Memory(_))) {
        return Err("no memory is exported as `memory`".into());
    }
    match module.get_export(entry) {
        Some(ExternType::Func(function)) => {
            let results: Vec<_> = function.results().collect();
            let plain = function.params().len() == 0
                && results.iter().all(|result| result.is_i32())
                && results.len() <= 1;
            if !plain {
                return Err(format!(
                    "the export `{entry}` is {function}, not a function of nothing"
                ));
            }
        }
        _ => return Err(format!("no function is exported as `{entry}`")),
    }
    let instance = Linker::new(&engine).instantiate_pre(&module).map_err(text)?;
    Ok((engine, instance))
}

fn run_twice(
    engine: &Engine,
    instance: &InstancePre<Guest>,
    entry: &str,
    limits: &Limits,
) -> Verdict {
    let activity = Arc::new(Activity::default());
    let ticker = match Ticker::start(engine, vec![Arc::clone(&activity)]) {
        Ok(ticker) => ticker,
        Err(error) => return Verdict::Refused(error.to_string()),
    };
    let once = || -> wasmtime::Result<i32> {
        let call = pin!(call(engine, instance, entry, limits));
        drive(call, &ticker, &activity, Duration::from_millis(limits.wall_ms))
    };
    let both = once().and_then(|first| Ok((first, once()?)));
    ticker.stop();
    match both {
        Ok((first, second)) => Verdict::Ran(first, second),
        Err(error) => Verdict::Trapped(reason(&error)),
    }
}

async fn call(
    engine: &Engine,
    instance: &InstancePre<Guest>,
    entry: &str,
    limits: &Limits,
) -> wasmtime::Result<i32> {
    let mut store = Store::new(engine, Guest::new(limits, None));
    store.limiter(|guest| guest.limiter());
    store.set_epoch_deadline(1);
    store.epoch_deadline_callback(guest::on_slice);
    let instance = instance
        .instantiate_async(&mut store)
        .await
        .map_err(|error| error.context("instantiation"))?;
    if let Ok(function) = instance.get_typed_func::<(), ()>(&mut store, entry) {
        function.call_async(&mut store, ()).await?;
        return Ok(0);
    }
    instance.get_typed_func::<(), i32>(&mut store, entry)?.call_async(&mut store, ()).await
}

/// Polls to the end: each poll is one time slice.
pub(super) fn drive<T, F: Future<Output = wasmtime::Result<T>>>(
    mut future: std::pin::Pin<&mut F>,
    ticker: &Ticker,
    activity: &Activity,
    wall: Duration,
) -> wasmtime::Result<T> {
    let end = clock::now() + wall;
    let mut context = Context::from_waker(Waker::noop());
    let mut first = true;
    loop {
        ticker::slice_starts((!std::mem::take(&mut first)).then(clock::thread_cpu));
        ticker.note(activity);
        if let Poll::Ready(result) = future.as_mut().poll(&mut context) {
            return result;
        }
        if clock::now() > end {
            return Err(Fault::Wall.into());
        }
    }
}

/// Why a guest ended, in short.
pub(super) fn reason(error: &wasmtime::Error) -> String {
    if let Some(fault) = error.downcast_ref::<Fault>() {
        return fault.code().to_owned();
    }
    let trap =
        error.downcast_ref::<Trap>().map_or_else(|| format!("{error:#}"), ToString::to_string);
    if error.to_string().starts_with("instantiation") {
        format!("instantiation: {trap}")
    } else {
        trap
    }
}
