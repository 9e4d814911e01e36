//! What all handlers of a process share when they ask something of the world: the background thread, the way out, the cache's
//! server, the database. In: what the operator said, and what the loaded modules import. Out: only what they need is started.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use purview_abi::{call, name::Import};

use super::{
    cache::{Caches, Remote},
    egress::{Egress, Outbound},
    sql::Database,
    stand::Stand,
};
use crate::{background::Background, limits::Limits, policy::grant::Grants};

/// Where handlers find what is outside of them.
#[derive(Debug, Clone, Default)]
pub struct WorldOptions {
    /// Outbound requests.
    pub outbound: Outbound,
    /// The URL of a Redis or Valkey server for the cache; without one it is in this process.
    pub cache: Option<String>,
    /// The SQLite file behind `purview:sql`.
    pub sql: Option<PathBuf>,
    /// Folders of files by name, where the policy does not say.
    pub assets: BTreeMap<String, PathBuf>,
    /// Caches in this process, which outlive what is loaded.
    pub caches: Caches,
    /// A test that answers instead of the world.
    pub stand: Option<Arc<Stand>>,
}

/// What was started.
#[derive(Debug, Default)]
pub struct World {
    pub(super) background: Option<Background>,
    pub(super) egress: Option<Egress>,
    pub(super) cache: Option<Remote>,
    pub(super) sql: Option<Database>,
    assets: BTreeMap<String, PathBuf>,
    pub(super) caches: Caches,
    pub(super) stand: Option<Arc<Stand>>,
}

impl World {
    /// Starts what these handlers need.
    pub fn open<'g>(
        options: &WorldOptions,
        handlers: impl Iterator<Item = &'g Grants> + Clone,
        limits: &Limits,
    ) -> Result<Self, String> {
        let needs = |wanted: fn(&Import<'_>) -> bool| {
            handlers.clone().flat_map(Grants::imports).any(|granted| wanted(&granted.import()))
        };
        let real = options.stand.is_none();
        let sends = real && needs(|import| matches!(import, Import::Egress(_)));
        let queries = real && needs(|import| matches!(import, Import::Sql(_)));
        let reads = needs(|import| matches!(import, Import::Assets(_)));
        let sleeps = needs(|import| matches!(import, Import::Call(call::IO, call::IO_SLEEP)));
        let remote = options
            .cache
            .as_deref()
            .filter(|_| real && needs(|import| matches!(import, Import::Cache(..))));
        let mut world = Self {
            caches: options.caches.clone(),
            stand: options.stand.clone(),
            ..Self::default()
        };
        if !sends && !queries && !reads && !sleeps && remote.is_none() {
            return Ok(world);
        }
        let background = Background::start()
            .map_err(|error| format!("the background thread does not start: {error}"))?;
        let handle = background.handle();
        if sends {
            world.egress = Some(Egress::new(handle, &options.outbound, limits)?);
        }
        if let Some(url) = remote {
            world.cache = Some(Remote::new(url, &options.outbound.certificates, handle, limits)?);
        }
        if queries {
            world.sql = Some(Database::open(options.sql.as_deref(), handle)?);
        }
        world.assets.clone_from(&options.assets);
        world.background = Some(background);
        Ok(world)
    }

    /// The folder that the operator gave this name.
    pub(super) fn folder(&self, name: &str) -> Option<&Path> {
        self.assets.get(name).map(PathBuf::as_path)
    }
}
