//! What a guest may ask of the world. In: the grants of a handler, and the values behind them ([`Bindings`]). Out: a linker
//! in which each granted import is a function already bound to its value; any other import is not there, so the module
//! does not load. Never here: a decision at run time whether a literal name is allowed.
//!
//! One file per capability. A host call reads and writes guest memory through [`memory`] only, which checks every address
//! and has a cap on every size.

mod memory;
mod env;
mod cache;
pub mod egress;
pub mod io;
mod sql;
pub mod assets;
mod stand;
mod world;
mod http;
mod log;
mod clock;
mod random;
mod aside;
mod native;
mod crypto;
mod auth;
mod validate;
pub mod wasi;

use std::{collections::BTreeMap, fmt, sync::Arc};

use purview_abi::{
    call,
    name::{Import, Value},
};
use wasmtime::{Engine, Linker};

pub use self::{
    cache::Caches,
    egress::Outbound,
    stand::{Stand, hex, unhex},
    world::{World, WorldOptions},
};
use crate::{
    background::Background, contract::Statements, instance::guest::Guest, limits::Limits,
    policy::grant::Grants,
};

/// The environment that variables are taken from: the process's, with others over it.
pub type Environment = BTreeMap<String, String>;

/// What a handler is granted, and the values behind it.
#[derive(Debug, Clone)]
pub struct Bindings {
    /// The grants.
    pub grants: Grants,
    /// Granted environment variables that are set.
    pub env: Arc<Environment>,
    /// What all handlers share.
    pub world: Arc<World>,
    /// The handler's SQL statements by name.
    pub statements: Statements,
}

impl Bindings {
    /// Looks up the values of what is granted. A value in the policy goes over one in the environment.
    pub fn new(grants: Grants, environment: &Environment) -> Self {
        let any = grants.imports().any(|granted| granted.import() == Import::Env(Value::Any));
        let mut env = if any { environment.clone() } else { Environment::new() };
        for name in grants.env_names() {
            let value = grants.env_value(name).map(|secret| secret.reveal().to_owned());
            if let Some(value) = value.or_else(|| environment.get(name).cloned()) {
                env.insert(name.to_owned(), value);
            }
        }
        Self { grants, env: Arc::new(env), world: Arc::default(), statements: Statements::new() }
    }

    /// The same with what is outside of the handler.
    #[must_use]
    pub fn in_world(self, world: &Arc<World>, statements: &Statements) -> Self {
        Self { world: Arc::clone(world), statements: statements.clone(), ..self }
    }
}

/// Binds every granted import.
pub fn link(
    engine: &Engine,
    bindings: &Bindings,
    limits: &Limits,
) -> Result<Linker<Guest>, LinkError> {
    let mut linker = Linker::new(engine);
    let schemas = validate::Kept::new(limits);
    let mut wasi_linked = false;
    let reads_pieces = Import::Call(call::HTTP, call::HTTP_BODY_READ);
    let streams = bindings.grants.imports().any(|granted| granted.import() == reads_pieces);
    let outside = Outside::new(bindings);
    for granted in bindings.grants.imports() {
        let (module, name) = (granted.module(), granted.name());
        let error = |why: String| LinkError { module: module.into(), name: name.into(), why };
        let stand = bindings.world.stand.as_ref();
        let stood = stand::link(&mut linker, (module, name), &granted.import(), stand, limits);
        if stood.map_err(|e| error(format!("{e:#}")))? {
            continue;
        }
        let linked = match granted.import() {
            Import::Env(value) => env::link(&mut linker, name, value, bindings),
            Import::Call("purview:http", _) => http::link(&mut linker, name, streams),
            Import::Call("purview:log", _) => log::link(&mut linker, name, limits),
            Import::Call("purview:clock", _) => clock::link(&mut linker, name),
            Import::Call("purview:random", _) => random::link(&mut linker, name),
            Import::Call(call::CRYPTO, _) => crypto::link(&mut linker, name, limits),
            Import::Call(call::AUTH, _) => auth::link(&mut linker, name, limits),
            Import::Call(call::VALIDATE, _) => validate::link(&mut linker, name, limits, &schemas),
            Import::Call(call::IO, _) => {
                io::link(&mut linker, name, outside.background, bindings.grants.limits())
            }
            Import::Egress(origin) => match &outside.client {
                Some(client) => egress::link(&mut linker, name, origin, client),
                None => return Err(error("there is no way out".into())),
            },
            Import::Cache(namespace, verb) => {
                cache::link(&mut linker, name, namespace, verb, &outside.cache)
            }
            Import::Sql(statement) => {
                match (bindings.statements.get(statement), &bindings.world.sql) {
                    (Some(text), Some(database)) => {
                        sql::link(&mut linker, name, text, database, bindings.grants.limits())
                    }
                    _ => return Err(error("there is no database".into())),
                }
            }
            Import::Assets(folder) => {
                let named = bindings.grants.folder(folder);
                match named.or_else(|| bindings.world.folder(folder)).zip(outside.background) {
                    Some((path, background)) => {
                        assets::link(&mut linker, name, path, background, bindings.grants.limits())
                    }
                    None => {
                        return Err(error(format!(
                            "nobody says where its files are: name the folder in `assets.folders` of a policy, or start with `--assets {folder}=FOLDER`"
                        )));
                    }
                }
            }
            Import::Call(call::FILES, _) => assets::link_files(&mut linker, name),
            Import::Wasi(_) if wasi_linked => Ok(()),
            Import::Wasi(_) => {
                wasi_linked = true;
                wasi::link(&mut linker)
            }
            Import::Call(..) => {
                return Err(error(
                    "this version of the host does not offer this capability yet".into(),
                ));
            }
        };
        linked.map_err(|e| error(format!("{e:#}")))?;
    }
    Ok(linker)
}

/// What one handler has of the world.
struct Outside<'w> {
    background: Option<&'w tokio::runtime::Handle>,
    client: Option<Arc<egress::Client>>,
    cache: cache::Cache,
}

impl<'w> Outside<'w> {
    fn new(bindings: &'w Bindings) -> Self {
        let Bindings { grants, world, .. } = bindings;
        let limits = grants.limits();
        let background = world.background.as_ref().map(Background::handle);
        Self {
            background,
            client: world.egress.as_ref().map(|egress| egress.client(grants, limits)),
            cache: cache::Cache::new(
                grants.handler(),
                world.cache.as_ref().zip(background),
                &world.caches,
                limits,
            ),
        }
    }
}

/// An import that cannot be bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkError {
    /// Import module.
    pub module: String,
    /// Import name.
    pub name: String,
    /// Why.
    pub why: String,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "import `{}` / `{}`: {}", self.module, self.name, self.why)
    }
}

impl std::error::Error for LinkError {}
