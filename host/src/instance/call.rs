//! One request's use of one instance: instantiate, write the request record, call the route, write the answer. In: a
//! handler and the index of its route; the current exchange. Out: the exchange's answer, or a fault. At the end the instance
//! is dropped, or is new again: what one request leaves behind, no other sees. Each guest address is checked against the
//! memory's size at the time of use.

use std::{sync::Arc, time::Duration};

use purview_abi::{name, wire};
use wasmtime::{AsContextMut, ModuleExport, Store, TypedFunc, WasmParams, WasmResults};

use super::{
    failure,
    guest::Guest,
    handler::Handler,
    kept::{Kept, Running},
    measure::Sample,
};
use crate::{
    exchange::{self, Answer},
    fault::Fault,
    response::{self, End},
    route::Target,
};

/// Serves the current exchange, in the kept instance if it is one of this handler, else in a new one; keeps it if it can be
/// made new again.
pub(super) async fn serve(
    handler: &Arc<Handler>,
    target: Target,
    kept: &mut Option<Kept>,
) -> Result<(), Fault> {
    // Taken out, so that it is gone if this request does not end well.
    let mut guest = match kept.take().filter(|kept| Arc::ptr_eq(&kept.handler, handler)) {
        Some(mut kept) => {
            handler.arm(&mut kept.store);
            kept
        }
        None => {
            let mut store = handler.store();
            let running = instantiate(handler, &mut store)
                .await
                .map_err(|error| fault_of(handler, &error, &[]))?;
            Kept { handler: Arc::clone(handler), store, running }
        }
    };
    let answered = answer(handler, target, &mut guest.store, &mut guest.running).await;
    if let Err(error) = answered {
        return Err(fault_of(handler, &error, guest.running.memory.data(&guest.store)));
    }
    if let Some(renewal) = &handler.renewal {
        *kept = guest.renewed(renewal);
    }
    Ok(())
}

/// The same, telling how long each part took.
pub async fn serve_in_parts(
    handler: &Handler,
    target: Target,
    now: impl Fn() -> Duration,
) -> Result<Sample, Fault> {
    let start = now();
    let mut store = handler.store();
    let stored = now();
    let mut guest = instantiate(handler, &mut store).await.map_err(|_| Fault::Internal)?;
    let instantiated = now();
    let outcome = answer(handler, target, &mut store, &mut guest).await;
    let called = now();
    drop(store);
    outcome.map_err(|error| fault_of(handler, &error, &[]))?;
    Ok(Sample {
        store: stored - start,
        instantiate: instantiated - stored,
        call: called - instantiated,
        drop: now() - called,
    })
}

pub(super) async fn instantiate(
    handler: &Handler,
    store: &mut Store<Guest>,
) -> wasmtime::Result<Running> {
    let instance = handler.instance.instantiate_async(&mut *store).await?;
    let memory = instance
        .get_module_export(&mut *store, &handler.memory)
        .and_then(wasmtime::Extern::into_memory)
        .ok_or(Fault::Internal)?;
    store.data_mut().memory = Some(memory);
    let mut running = Running {
        instance,
        memory,
        routes: Vec::new(),
        globals: Vec::new(),
        memory_bytes: memory.data_size(&*store),
        uses: 0,
    };
    if let Some(renewal) = &handler.renewal {
        for name in &renewal.globals {
            let global = instance.get_global(&mut *store, name).ok_or(Fault::Internal)?;
            let value = global.get(&mut *store);
            running.globals.push((global, value));
        }
        running.routes.resize(handler.route_exports.len(), None);
    }
    if let Some(initialize) = &handler.initialize {
        running.call::<(), ()>(store, initialize, ()).await?;
    }
    Ok(running)
}

async fn answer(
    handler: &Handler,
    target: Target,
    store: &mut Store<Guest>,
    guest: &mut Running,
) -> wasmtime::Result<()> {
    let bytes = exchange::with(|exchange| exchange.request_parts(target.mount).record_bytes());
    let bytes = u32::try_from(bytes)?;
    let at = match handler.request_area {
        Some(area) if bytes <= name::REQUEST_AREA_BYTES => area,
        _ => guest.call::<u32, u32>(store, &handler.reserve, bytes).await?,
    };
    let record = guest
        .memory
        .data_mut(&mut *store)
        .get_mut(at as usize..)
        .ok_or(Fault::BadResponse("the reserved address lies outside memory"))?;
    exchange::with(|exchange| exchange.request_parts(target.mount).write(record))
        .map_err(|_| Fault::BadResponse("the reserved place lies outside memory"))?;

    let route = guest.route(handler, store, target.route)?;
    let response = route.call_async(&mut *store, (at, bytes)).await?;
    let memory = guest.memory.data(&*store);
    exchange::with(|exchange| match exchange.answer {
        Answer::None => {
            let (frame, limits) = (exchange.begin_whole_answer(), exchange.limits);
            let output = &mut exchange.output;
            let (status, end) =
                response::encode_guest(output, memory, response, frame, limits, false)?;
            debug_assert_eq!(end, End::Complete);
            exchange.answer = Answer::Done { status, fault: None, broken: false };
            Ok(())
        }
        // The answer went out through `respond` and `write`; the route returns 0.
        Answer::Streaming { .. } if response == 0 => Ok(()),
        _ => Err(Fault::BadResponse("a second response").into()),
    })
}

impl Running {
    /// The function behind a route; looked up once in an instance that is kept.
    fn route(
        &mut self,
        handler: &Handler,
        store: &mut Store<Guest>,
        index: usize,
    ) -> wasmtime::Result<TypedFunc<(u32, u32), u32>> {
        if let Some(Some(known)) = self.routes.get(index) {
            return Ok(known.clone());
        }
        let export = handler.route_exports.get(index).ok_or(Fault::Internal)?;
        let function = self.typed(store, export)?;
        if let Some(slot) = self.routes.get_mut(index) {
            *slot = Some(function.clone());
        }
        Ok(function)
    }

    async fn call<P, R>(
        &self,
        store: &mut Store<Guest>,
        export: &ModuleExport,
        params: P,
    ) -> wasmtime::Result<R>
    where
        P: WasmParams + Sync,
        R: WasmResults + Sync,
    {
        self.typed::<P, R>(store, export)?.call_async(store.as_context_mut(), params).await
    }

    fn typed<P: WasmParams, R: WasmResults>(
        &self,
        store: &mut Store<Guest>,
        export: &ModuleExport,
    ) -> wasmtime::Result<TypedFunc<P, R>> {
        let function = self
            .instance
            .get_module_export(&mut *store, export)
            .and_then(wasmtime::Extern::into_func)
            .ok_or(Fault::Internal)?;
        function.typed::<P, R>(&*store)
    }
}

fn fault_of(handler: &Handler, error: &wasmtime::Error, memory: &[u8]) -> Fault {
    let answer = exchange::with(|exchange| exchange.answer);
    failure::note(&handler.name, &handler.origin, error, memory, answer)
}

/// The guest's address space is 32 bits wide: a record always fits `u32`.
const _: () = assert!(wire::REQUEST_HEAD_BYTES < u32::MAX as usize);
