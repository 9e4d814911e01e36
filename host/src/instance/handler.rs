//! A module made ready to serve. In: module bytes, its name, its limits, the values its imports are bound to. Out: a
//! [`Handler`]: compiled, linked, its exports found, so that a request needs no look-up by name. Loading happens before
//! serving; never on the request's way.

use std::{collections::BTreeMap, fmt, sync::Arc};

use js_to_wasm::package::Places;
use purview_abi::{
    call,
    name::{self, Import},
};
use wasmtime::{Engine, ExternType, InstancePre, Module, ModuleExport, Store};

use super::{
    engine::EngineOptions,
    failure::{Origin, Texts},
    guest::Guest,
    renewal::{self, Renewal},
    trial,
};
use crate::{
    capability::{self, Bindings, World},
    limits::Limits,
    response::ResponseLimits,
};

/// How a handler gets the request's body, as its imports tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyUse {
    /// It never looks at it.
    Ignored,
    /// It takes it whole: the host reads it before the guest starts.
    Whole,
    /// It reads it piece by piece, while it arrives.
    Streamed,
}

/// A compiled and linked module.
pub struct Handler {
    /// The name in policies, logs and errors.
    pub name: String,
    /// Names of the route exports.
    pub routes: Vec<String>,
    /// How the body is used.
    pub body_use: BodyUse,
    /// Limits in force.
    pub limits: Limits,
    /// Those of them that act on its answers.
    pub response_limits: ResponseLimits,
    pub(super) engine: Engine,
    pub(super) origin: Origin,
    wasi_env: Option<Arc<BTreeMap<String, String>>>,
    /// Kept running as long as the handler may ask it for something.
    _world: Arc<World>,
    pub(super) instance: InstancePre<Guest>,
    pub(super) route_exports: Vec<ModuleExport>,
    pub(super) memory: ModuleExport,
    pub(super) reserve: ModuleExport,
    pub(super) initialize: Option<ModuleExport>,
    pub(super) request_area: Option<u32>,
    /// How a used instance is made new; `None` if each request needs one of its own.
    pub(super) renewal: Option<Renewal>,
}

/// What a handler is made from.
#[derive(Debug)]
pub struct HandlerSpec<'a> {
    /// The name in policies, logs and errors.
    pub name: &'a str,
    /// The module.
    pub wasm: &'a [u8],
    /// Names of its route exports.
    pub routes: Vec<String>,
    /// The value of the module's request area global, if it has one.
    pub request_area: Option<u32>,
    /// The address behind the module's fault record global, if it has one.
    pub fault_record: Option<u32>,
    /// Set by `--dev`: answers tell what failed. The texts, if this process compiled the handler.
    pub dev: Option<Arc<Texts>>,
    /// What it is granted, its limits included.
    pub bindings: &'a Bindings,
    /// How the engine is set up.
    pub options: &'a EngineOptions,
}

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handler")
            .field("name", &self.name)
            .field("routes", &self.routes)
            .finish_non_exhaustive()
    }
}

impl Handler {
    /// Compiles and links a module. The contract has been checked: what is found wrong here is a defect of the module all
    /// the same, and reported as one.
    pub fn load(engine: &Engine, spec: HandlerSpec<'_>) -> Result<Self, LoadError> {
        let HandlerSpec { name, wasm, routes, request_area, bindings, options, .. } = spec;
        let limits = bindings.grants.limits().clone();
        let error = |kind| LoadError { handler: name.into(), kind };
        let (renewable, renewal) = options.renews().then(|| renewal::of(wasm)).flatten().unzip();
        let compiled = renewable.as_deref().unwrap_or(wasm);
        let places = Places::of(wasm).and_then(|places| places.moved(wasm, compiled));
        let module = Module::from_binary(engine, compiled)
            .map_err(|e| error(LoadErrorKind::Compile(format!("{e:#}"))))?;
        let linker = capability::link(engine, bindings, &limits)
            .map_err(|e| error(LoadErrorKind::Link(e.to_string())))?;
        let instance = linker
            .instantiate_pre(&module)
            .map_err(|e| error(LoadErrorKind::Link(format!("{e:#}"))))?;
        let export = |wanted: &'static str| module.get_export_index(wanted);
        let missing = |what| error(LoadErrorKind::Export(what));

        let memory = export(name::MEMORY).ok_or_else(|| missing("`memory` is not exported"))?;
        if !matches!(module.get_export(name::MEMORY), Some(ExternType::Memory(_))) {
            return Err(missing("the export `memory` is not a memory"));
        }
        let reserve =
            export(name::RESERVE).ok_or_else(|| missing("`purview:reserve/1` is not exported"))?;
        let route_exports = routes
            .iter()
            .map(|route| {
                module
                    .get_export_index(route)
                    .ok_or_else(|| missing("a route of the contract is not exported"))
            })
            .collect::<Result<Vec<_>, _>>()?;
        if routes.is_empty() {
            return Err(missing("no export is a route (`METHOD /pattern`)"));
        }
        let imports_http = |wanted: &str| {
            bindings
                .grants
                .imports()
                .any(|granted| granted.import() == Import::Call(call::HTTP, wanted))
        };
        let body_use = if imports_http(call::HTTP_BODY_READ) {
            BodyUse::Streamed
        } else if imports_http(call::HTTP_BODY) {
            BodyUse::Whole
        } else {
            BodyUse::Ignored
        };
        let handler = Self {
            renewal,
            name: name.into(),
            routes,
            body_use,
            response_limits: ResponseLimits {
                head_bytes: limits.response_head_bytes,
                body_bytes: limits.response_body_bytes,
            },
            request_area,
            origin: Origin { record: spec.fault_record, places, dev: spec.dev },
            engine: engine.clone(),
            _world: Arc::clone(&bindings.world),
            wasi_env: uses_wasi(&module).then(|| Arc::clone(&bindings.env)),
            instance,
            route_exports,
            memory,
            reserve,
            initialize: export(name::INITIALIZE),
            limits,
        };
        trial::run(&handler).map_err(|why| error(LoadErrorKind::Start(why)))?;
        Ok(handler)
    }

    /// Lets the first time slice begin now.
    pub(super) fn arm(&self, store: &mut Store<Guest>) {
        store.set_epoch_deadline(1);
    }

    /// A store for one request, with its limits armed.
    pub(super) fn store(&self) -> Store<Guest> {
        let mut store = Store::new(&self.engine, Guest::new(&self.limits, self.wasi_env.clone()));
        store.limiter(|guest| guest.limiter());
        self.arm(&mut store);
        store.epoch_deadline_callback(super::guest::on_slice);
        store
    }
}

fn uses_wasi(module: &Module) -> bool {
    module.imports().any(|import| import.module() == name::WASI)
}

/// Why a module cannot serve.
#[derive(Debug)]
pub struct LoadError {
    /// The handler.
    pub handler: String,
    /// What is wrong.
    pub kind: LoadErrorKind,
}

/// What is wrong with a module.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadErrorKind {
    /// It is not valid WebAssembly, or uses what is refused.
    Compile(String),
    /// An import cannot be bound.
    Link(String),
    /// An export is missing or is something else.
    Export(&'static str),
    /// No instance of it can be made.
    Start(String),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { handler, kind } = self;
        match kind {
            LoadErrorKind::Compile(why) => {
                write!(f, "handler `{handler}`: the module does not compile: {why}")
            }
            LoadErrorKind::Link(why) => write!(f, "handler `{handler}`: {why}"),
            LoadErrorKind::Start(why) => write!(
                f,
                "handler `{handler}`: no instance of the module can be made: {why}; does it fit its limits?"
            ),
            LoadErrorKind::Export(why) => write!(f, "handler `{handler}`: {why}"),
        }
    }
}

impl std::error::Error for LoadError {}
