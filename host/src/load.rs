//! Modules and a policy → a service. In: files. Out: handlers that are compiled, granted, linked and routed; or every
//! problem that was found, all at once. Contract ∩ policy is settled here and never again. Never here: sockets.

use std::{
    collections::BTreeSet,
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use purview_abi::name::Route;
use wasmtime::Engine;

use crate::{
    capability::{Bindings, Environment, World, WorldOptions},
    contract::{self, Contract},
    instance::{
        engine::{self, EngineOptions},
        failure::Texts,
        handler::{Handler, HandlerSpec},
    },
    limits::Limits,
    openapi,
    policy::{
        Policy,
        grant::{self, Grants},
    },
    route::{self, Mount, Routes},
    script,
    worker::Service,
};

/// What to load.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// Module files. None: those that the policy names.
    pub modules: Vec<PathBuf>,
    /// A handler as JavaScript or TypeScript text, served beside the files as `eval`.
    pub code: Option<String>,
    /// The policy file.
    pub policy: Option<PathBuf>,
    /// Environment variables that can be granted.
    pub environment: Environment,
    /// Limits where the policy sets none.
    pub limits: Limits,
    /// How the engine is set up.
    pub engine: EngineOptions,
    /// How programs are compiled.
    pub compiler: js_to_wasm::Options,
    /// Answers tell their author what failed: for development only.
    pub dev: bool,
    /// Serve `/openapi.json` and `/docs` below each handler's mount.
    pub docs: bool,
    /// What is outside of the handlers.
    pub world: WorldOptions,
}

/// A handler as it was let in, for those who want to show it.
#[derive(Debug)]
pub struct Admitted {
    /// Its name.
    pub name: String,
    /// The module's file.
    pub file: PathBuf,
    /// What it needs and serves.
    pub contract: Contract,
    /// What it may do.
    pub grants: Grants,
    /// Host name it answers for, or any.
    pub host: Option<String>,
    /// Path prefix it answers below, or empty.
    pub prefix: String,
}

/// Everything that a server needs.
#[derive(Debug)]
pub struct Loaded {
    /// Handlers and routes.
    pub service: Service,
    /// The engine they were compiled with.
    pub engine: Engine,
    /// The handlers, in order.
    pub admitted: Vec<Admitted>,
    /// What an operator should look at.
    pub warnings: Vec<String>,
}

/// Loads, or lists every problem.
pub fn load(options: &LoadOptions) -> Result<Loaded, LoadErrors> {
    load_noting(options, &mut BTreeSet::new())
}

/// The same, and adds every file to `files` that decides what is loaded, whether it exists or not.
pub fn load_noting(
    options: &LoadOptions,
    files: &mut BTreeSet<PathBuf>,
) -> Result<Loaded, LoadErrors> {
    files.extend(options.policy.clone());
    let policy = match options.policy.as_deref().map(Policy::load).transpose() {
        Ok(policy) => policy,
        Err(error) => return Err(LoadErrors(vec![error.to_string()])),
    };
    let mut errors = Vec::new();
    let (mut admitted, mut inputs) = (Vec::new(), Vec::new());
    for source in sources(options, policy.as_ref(), &mut errors) {
        match admit(source, policy.as_ref(), options, files) {
            Ok((handler, input)) => {
                admitted.push(handler);
                inputs.push(input);
            }
            Err(error) => errors.push(error),
        }
    }
    if options.docs {
        for at in 0..admitted.len() {
            match docs(&admitted[at], &inputs[at].wasm, options) {
                Ok((handler, input)) => {
                    admitted.push(handler);
                    inputs.push(input);
                }
                Err(error) => errors.push(error),
            }
        }
    }
    let server_limits = policy
        .as_ref()
        .map_or_else(|| options.limits.clone(), |policy| policy.server_limits(&options.limits));
    let routes = routes(&admitted, &mut errors);
    if !errors.is_empty() {
        return Err(LoadErrors(errors));
    }
    let memory =
        admitted.iter().map(|handler| handler.grants.limits().memory_bytes).max().unwrap_or(0);
    let engine = engine::engine(&server_limits, memory, &options.engine)
        .map_err(|e| LoadErrors(vec![format!("{e:#}")]))?;
    let grants = admitted.iter().map(|handler| &handler.grants);
    let world = World::open(&options.world, grants, &server_limits)
        .map_err(|error| LoadErrors(vec![error]))?;
    let handlers = compile(&engine, &admitted, inputs, options, &Arc::new(world))?;
    let mut warnings = warnings(&admitted, policy.as_ref());
    warnings.extend(admitted.iter().filter_map(|handler| outbound_off(handler, options)));
    let service = Service { handlers, routes, limits: server_limits };
    Ok(Loaded { service, engine, admitted, warnings })
}

/// A module, and the texts it was compiled from if that happened here.
struct Input {
    wasm: Vec<u8>,
    texts: Texts,
}

/// A module file and the name it is served under.
struct Source {
    name: String,
    file: PathBuf,
    /// The text, if it stands in no file.
    code: Option<String>,
}

/// The name that a module file is served under: that of the policy's handler with this file, else the file's own.
pub fn handler_name(file: &Path, policy: Option<&Policy>, policy_file: Option<&Path>) -> String {
    let folder = policy_file.and_then(Path::parent).unwrap_or(Path::new(""));
    let entries = policy.map(Policy::handlers).unwrap_or_default();
    let canonical = fs::canonicalize(file).ok();
    let same = |module: &String| fs::canonicalize(folder.join(module)).ok() == canonical;
    let entry = entries.iter().find(|entry| entry.module.as_ref().is_some_and(same));
    let stem = || {
        file.file_stem()
            .map_or_else(|| "handler".into(), |stem| stem.to_string_lossy().into_owned())
    };
    entry.map_or_else(stem, |entry| entry.name.clone())
}

fn sources(
    options: &LoadOptions,
    policy: Option<&Policy>,
    errors: &mut Vec<String>,
) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    let folder = options.policy.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    for file in &options.modules {
        let name = handler_name(file, policy, options.policy.as_deref());
        sources.push(Source { name, file: file.clone(), code: None });
    }
    if let Some(code) = &options.code {
        let file = PathBuf::from(script::EVAL);
        sources.push(Source { name: "eval".into(), file, code: Some(code.clone()) });
    } else if options.modules.is_empty() {
        for entry in policy.map(Policy::handlers).unwrap_or_default() {
            if let Some(module) = &entry.module {
                sources.push(Source {
                    name: entry.name.clone(),
                    file: folder.join(module),
                    code: None,
                });
            }
        }
    }
    if sources.is_empty() {
        errors.push("there is nothing to serve: name a module, or give a policy whose `handlers` name modules".into());
    }
    for (at, source) in sources.iter().enumerate() {
        if sources[..at].iter().any(|earlier| earlier.name == source.name) {
            errors.push(format!(
                "two handlers are called `{}`; give them names in the `handlers` of a policy",
                source.name
            ));
        }
    }
    sources
}

/// Reads a module, extracts its contract and settles it with the policy.
fn admit(
    source: Source,
    policy: Option<&Policy>,
    options: &LoadOptions,
    files: &mut BTreeSet<PathBuf>,
) -> Result<(Admitted, Input), String> {
    let Source { name, file, code } = source;
    let shown = file.display();
    let input = match code {
        Some(code) => {
            let wasm = script::compile_text(&code, options.compiler)?;
            Input { wasm, texts: Texts::from([(script::EVAL.to_owned(), code)]) }
        }
        None => read_noting(&file, options, files)?,
    };
    let contract = contract::extract(&input.wasm).map_err(|error| format!("{shown}: {error}"))?;
    let grants = grant::grant(&name, &contract, policy, &options.limits)
        .map_err(|refusal| refusal.to_string())?;
    let entry = policy.and_then(|policy| policy.handler(&name));
    let host = entry.and_then(|entry| entry.host.clone());
    let prefix = entry.and_then(|entry| entry.mount.clone()).unwrap_or_default();
    let prefix = prefix.strip_suffix('/').unwrap_or(&prefix).to_owned();
    if !route::is_prefix(&prefix) {
        return Err(format!(
            "handler `{name}`: the mount `{prefix}` is not a path of plain segments"
        ));
    }
    Ok((Admitted { name, file, contract, grants, host, prefix }, input))
}

/// A handler of our own that serves the description of another, beside it.
fn docs(
    handler: &Admitted,
    wasm: &[u8],
    options: &LoadOptions,
) -> Result<(Admitted, Input), String> {
    let shown = |error: String| format!("handler `{}`: {error}", handler.name);
    let Admitted { name, file, contract, host, prefix, .. } = handler;
    let document = openapi::document(name, wasm, contract, prefix).map_err(shown)?;
    let text = openapi::module(&document.to_string(), &openapi::page(&document));
    let wasm = wat::parse_str(text).map_err(|error| shown(error.to_string()))?;
    let contract = contract::extract(&wasm).map_err(|error| shown(error.to_string()))?;
    let name = format!("{name} docs");
    let grants = grant::grant(&name, &contract, None, &options.limits)
        .map_err(|refusal| refusal.to_string())?;
    let (host, prefix) = (host.clone(), prefix.clone());
    let admitted = Admitted { name, file: file.clone(), contract, grants, host, prefix };
    Ok((admitted, Input { wasm, texts: Texts::new() }))
}

fn read_noting(
    file: &Path,
    options: &LoadOptions,
    files: &mut BTreeSet<PathBuf>,
) -> Result<Input, String> {
    files.insert(file.to_owned());
    if !script::is_script(file) {
        return Ok(Input { wasm: read(file, options.limits.module_bytes)?, texts: Texts::new() });
    }
    let reader = script::Reader::default();
    let compiled = script::compile(&reader, file, options.compiler);
    files.extend(reader.files());
    Ok(Input { wasm: compiled?, texts: reader.texts() })
}

/// The module in a file: a binary as it is, text form translated, JavaScript and TypeScript compiled. The error is for people.
pub fn read(file: &Path, most: u64) -> Result<Vec<u8>, String> {
    if script::is_script(file) {
        return script::compile_file(file);
    }
    let shown = |error: io::Error| format!("{}: {error}", file.display());
    let mut bytes = Vec::new();
    let opened = fs::File::open(file).map_err(shown)?;
    io::Read::read_to_end(&mut io::Read::take(opened, most + 1), &mut bytes).map_err(shown)?;
    if bytes.len() as u64 > most {
        let message = format!("the module is larger than {most} bytes (limit `module_bytes`)");
        return Err(shown(io::Error::other(message)));
    }
    // A binary module is returned as it is; text is translated.
    wat::parse_bytes(&bytes)
        .map(std::borrow::Cow::into_owned)
        .map_err(|error| shown(io::Error::other(error)))
}

fn routes(admitted: &[Admitted], errors: &mut Vec<String>) -> Routes {
    let mut routes = Routes::default();
    for (index, handler) in admitted.iter().enumerate() {
        let mount = Mount {
            handler: index,
            name: &handler.name,
            host: handler.host.as_deref(),
            prefix: &handler.prefix,
        };
        for (at, route) in handler.contract.document.routes.iter().enumerate() {
            let export = format!("{} {}", route.method, route.pattern);
            // With or without such a name the catch-all answers: other handlers' mounts go before it either way.
            if handler.contract.of_catch_all.contains(&export) {
                continue;
            }
            let Some(Ok(parsed)) = Route::parse(&export) else { continue };
            if let Err(error) = routes.insert(mount, at, &parsed) {
                errors.push(error.to_string());
            }
        }
    }
    routes
}

fn compile(
    engine: &Engine,
    admitted: &[Admitted],
    inputs: Vec<Input>,
    options: &LoadOptions,
    world: &Arc<World>,
) -> Result<Vec<Arc<Handler>>, LoadErrors> {
    let (mut handlers, mut errors) = (Vec::new(), Vec::new());
    for (handler, Input { wasm, texts }) in admitted.iter().zip(inputs) {
        let bindings = Bindings::new(handler.grants.clone(), &options.environment)
            .in_world(world, &handler.contract.statements);
        let routes = handler
            .contract
            .document
            .routes
            .iter()
            .map(|route| format!("{} {}", route.method, route.pattern))
            .collect();
        let spec = HandlerSpec {
            name: &handler.name,
            wasm: &wasm,
            routes,
            request_area: handler.contract.request_area,
            fault_record: handler.contract.fault_record,
            dev: options.dev.then(|| Arc::new(texts)),
            bindings: &bindings,
            options: &options.engine,
        };
        match Handler::load(engine, spec) {
            Ok(handler) => handlers.push(Arc::new(handler)),
            Err(error) => errors.push(error.to_string()),
        }
    }
    if errors.is_empty() { Ok(handlers) } else { Err(LoadErrors(errors)) }
}

/// What to tell about a handler that would send, while nobody allowed that.
fn outbound_off(handler: &Admitted, options: &LoadOptions) -> Option<String> {
    let egress = &handler.contract.document.egress;
    let wants = egress.dynamic || !egress.origins.is_empty();
    let on = options.world.outbound.enabled || handler.grants.has_egress_section();
    (wants && !on).then(|| {
        format!(
            "handler `{}` sends requests, and outbound requests are off: start with `--outbound-http`, or give a policy with `egress.allow_hosts`",
            handler.name
        )
    })
}

fn warnings(admitted: &[Admitted], policy: Option<&Policy>) -> Vec<String> {
    let of_grants = admitted
        .iter()
        .flat_map(|handler| handler.grants.warnings().iter().map(ToString::to_string));
    let contracts: Vec<(&str, &Contract)> =
        admitted.iter().map(|handler| (handler.name.as_str(), &handler.contract)).collect();
    let over = policy.map(|policy| grant::over_grants(policy, &contracts)).unwrap_or_default();
    of_grants.chain(over.iter().map(ToString::to_string)).collect()
}

/// Everything that keeps the modules from being served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadErrors(pub Vec<String>);

impl fmt::Display for LoadErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            f.write_str(error)?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadErrors {}
