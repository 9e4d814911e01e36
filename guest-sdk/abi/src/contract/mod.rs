//! The contract document: what a module serves and what it may touch. In: the names of its imports and exports. Out: a
//! [`Contract`], and its JSON text. Host and compiler derive it with the same function, so that they cannot disagree.
//! Never here: authority. A contract says what a module *needs*; what it gets is decided by the host, from the imports.
//!
//! ```text
//! version handler routes modules functions env egress cache sql assets imports suspends limits properties verification
//! └ from names of imports and exports, except:  handler, verification, status/contentType/aot of a route and
//!   properties from stateIsolated on, which only a compiler can know; without one they are null, false or absent
//! ```

use alloc::{
    borrow::ToOwned,
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};
use core::fmt;

use crate::{
    call,
    name::{CacheVerb, Import, NameError, Origin, Route as RouteName, Value},
};

mod json;

/// Version of the document's format.
pub const DOCUMENT_VERSION: u32 = 1;

/// What a module serves and what it may touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// [`DOCUMENT_VERSION`].
    pub version: u32,
    /// Where the handler stands in its source, if a compiler said so.
    pub handler: Option<Place>,
    /// What it serves: by pattern, then method; the catch-all last.
    pub routes: Vec<Route>,
    /// Import modules, sorted.
    pub modules: Vec<String>,
    /// Names imported from each module, sorted.
    pub functions: BTreeMap<String, Vec<String>>,
    /// Environment variables it reads.
    pub env: Env,
    /// Where it sends requests.
    pub egress: Egress,
    /// Cache namespaces it uses.
    pub cache: Cache,
    /// SQL statements it runs.
    pub sql: Sql,
    /// Folders whose files it reads.
    pub assets: Assets,
    /// Every import, sorted.
    pub imports: Vec<ImportName>,
    /// Whether any import may suspend the handler.
    pub suspends: bool,
    /// What an instance takes before its first request.
    pub limits: Limits,
    /// What follows from the imports.
    pub properties: Properties,
    /// What a compiler proved of every request, if one made the module; written among the properties.
    pub proofs: Option<Proofs>,
    /// What a compiler proved, if one made the module.
    pub verification: Option<Verification>,
}

/// A place in source text, counted from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// File, as the compiler was given it.
    pub path: String,
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// One route export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The path pattern; `*` for the catch-all.
    pub pattern: String,
    /// How the pattern matches.
    pub kind: RouteKind,
    /// Status of a constant answer, if a compiler said so.
    pub status: Option<u16>,
    /// Content type of a constant answer, if a compiler said so.
    pub content_type: Option<String>,
    /// Whether the answer is constant, so that no instance is needed.
    pub constant: bool,
    /// The method; `*` for any.
    pub method: String,
    /// Names of the path parameters, in order.
    pub params: Vec<String>,
}

impl Route {
    /// The name of the export that serves this route.
    pub fn export(&self) -> String {
        alloc::format!("{} {}", self.method, self.pattern)
    }
}

/// How a pattern matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RouteKind {
    /// This path only.
    Exact,
    /// With path parameters of one segment.
    Pattern,
    /// Ends with `{*name}`: everything below.
    Prefix,
    /// The catch-all.
    Any,
}

impl RouteKind {
    /// The word in the document.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Pattern => "pattern",
            Self::Prefix => "prefix",
            Self::Any => "any",
        }
    }
}

/// Environment variables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Env {
    /// Names known from the imports, sorted.
    pub literal: Vec<String>,
    /// Whether it also reads names chosen at run time.
    pub dynamic: bool,
}

/// Outbound requests.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Egress {
    /// Host names without port, sorted.
    pub hosts: Vec<String>,
    /// Origins exactly as imported, sorted.
    pub origins: Vec<String>,
    /// Whether it also sends to origins chosen at run time.
    pub dynamic: bool,
}

/// Cache namespaces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cache {
    /// Namespaces known from the imports, sorted.
    pub namespaces: Vec<String>,
    /// Whether it also uses namespaces chosen at run time.
    pub dynamic: bool,
}

/// SQL statements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sql {
    /// Names of statements, sorted. They are always literal.
    pub queries: Vec<String>,
}

/// Folders of files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assets {
    /// Names of folders, sorted. They are always literal.
    pub folders: Vec<String>,
}

/// The two names of an import.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImportName {
    /// Import module.
    pub module: String,
    /// Import name.
    pub name: String,
}

/// What an instance takes before its first request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// Linear memory at the start.
    pub memory_bytes_min: u64,
    /// The most linear memory that the module itself allows, if it says so.
    pub memory_bytes_max: Option<u64>,
}

/// What follows from the imports. `false` means not proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Properties {
    /// Touches nothing but its request and computation.
    pub pure: bool,
    /// Changes nothing outside: no cache writes, no outbound requests, no SQL.
    pub read_only: bool,
    /// Read-only, and reads no shared state either.
    pub stateless: bool,
    /// Reads neither clock nor randomness nor anything shared or remote.
    pub deterministic: bool,
    /// Keeps nothing between requests, if a compiler said so.
    pub state_isolated: Option<bool>,
}

/// What holds for every request, by following the program's data. `false` means not proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Proofs {
    /// A request can be sent again without harm.
    pub retry_safe: bool,
    /// Sent again, it gets the same answer too.
    pub idempotent: bool,
    /// Every result is looked at before it is used.
    pub result_safe: bool,
    /// Every optional value is looked at before it is used.
    pub optional_safe: bool,
    /// No text from outside reaches HTML, a URL or a statement without being escaped.
    pub injection_safe: bool,
    /// No secret reaches a response, a log line or a URL.
    pub no_secret_leakage: bool,
    /// The last one holds if names of variables say truly what is a secret.
    pub secrets_by_name: bool,
    /// No credential of the request reaches a response, a log line or a URL.
    pub no_credential_leakage: bool,
    /// No data of the request reaches a request, a statement or HTML without being validated.
    pub input_validated: bool,
    /// How often the program's own code runs.
    pub cost: Cost,
}

/// How often the program's own code runs, against the size of its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cost {
    /// A number of times that the program's text bounds.
    Constant,
    /// Once for each part of the data.
    Linear,
    /// More often, or not known.
    #[default]
    Unbounded,
}

impl Cost {
    /// Every cost.
    pub const ALL: [Self; 3] = [Self::Constant, Self::Linear, Self::Unbounded];

    /// The word in the document.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::Linear => "linear",
            Self::Unbounded => "unbounded",
        }
    }
}

/// What a compiler proved about the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verification {
    /// Every path returns a response.
    pub exhaustive_returns: bool,
    /// Every result is looked at before it is used.
    pub results_safe: bool,
    /// No statement is unreachable.
    pub unreachable_code: bool,
    /// The produced code passed its checker.
    pub bytecode_verified: bool,
}

/// A name that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The import's two names joined by `.`, or the export's name.
    pub name: String,
    /// What is wrong with it.
    pub error: NameError,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.name.escape_debug(), self.error)
    }
}

impl core::error::Error for Unreadable {}

impl Contract {
    /// Derives the contract from the names of function imports and of function exports. Exports that are not routes are
    /// passed over.
    pub fn derive<'a>(
        imports: impl IntoIterator<Item = (&'a str, &'a str)>,
        exports: impl IntoIterator<Item = &'a str>,
        limits: Limits,
    ) -> Result<Self, Unreadable> {
        let names: BTreeSet<(&str, &str)> = imports.into_iter().collect();
        let mut imports = Vec::with_capacity(names.len());
        for (module, name) in &names {
            imports.push(
                Import::parse(module, name).map_err(|error| Unreadable {
                    name: alloc::format!("{module}.{name}"),
                    error,
                })?,
            );
        }
        let mut functions: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (module, name) in &names {
            functions.entry((*module).to_owned()).or_default().push((*name).to_owned());
        }
        let mut contract = Self {
            version: DOCUMENT_VERSION,
            handler: None,
            routes: routes(exports)?,
            modules: functions.keys().cloned().collect(),
            functions,
            env: Env::default(),
            egress: Egress::default(),
            cache: Cache::default(),
            sql: Sql::default(),
            assets: Assets::default(),
            imports: names
                .iter()
                .map(|(module, name)| ImportName {
                    module: (*module).to_owned(),
                    name: (*name).to_owned(),
                })
                .collect(),
            suspends: imports.iter().any(call::suspends),
            limits,
            properties: properties(&imports),
            proofs: None,
            verification: None,
        };
        for import in &imports {
            contract.add(import);
        }
        contract.egress.hosts.sort();
        contract.egress.hosts.dedup();
        contract.cache.namespaces.dedup();
        Ok(contract)
    }

    /// Files one import under its section. Imports come sorted, so literals do too.
    fn add(&mut self, import: &Import<'_>) {
        match *import {
            Import::Env(Value::Literal(name)) => self.env.literal.push(name.to_owned()),
            Import::Env(Value::Any) => self.env.dynamic = true,
            Import::Egress(Value::Literal(origin)) => {
                self.egress.origins.push(origin.to_owned());
                if let Ok(parsed) = Origin::parse(origin) {
                    self.egress.hosts.push(parsed.host.to_owned());
                }
            }
            Import::Egress(Value::Any) => self.egress.dynamic = true,
            Import::Cache(Value::Literal(namespace), _) => {
                self.cache.namespaces.push(namespace.to_owned());
            }
            Import::Cache(Value::Any, _) => self.cache.dynamic = true,
            Import::Sql(name) => self.sql.queries.push(name.to_owned()),
            Import::Assets(name) => self.assets.folders.push(name.to_owned()),
            Import::Call(..) | Import::Wasi(_) => {}
        }
    }

    /// The document as JSON: keys in the order of this page, two spaces a level, no line end after the last brace.
    pub fn to_json(&self) -> String {
        json::write(self)
    }
}

/// Reads the route exports.
fn routes<'a>(exports: impl IntoIterator<Item = &'a str>) -> Result<Vec<Route>, Unreadable> {
    let mut routes = Vec::new();
    for export in exports {
        let Some(route) = RouteName::parse(export) else { continue };
        let route = route.map_err(|error| Unreadable { name: export.to_owned(), error })?;
        routes.push(Route::from(&route));
    }
    routes.sort_by(|a, b| {
        let key = |route: &Route| {
            (route.kind == RouteKind::Any, route.pattern.clone(), route.method.clone())
        };
        key(a).cmp(&key(b))
    });
    Ok(routes)
}

impl From<&RouteName<'_>> for Route {
    fn from(route: &RouteName<'_>) -> Self {
        let params: Vec<String> = route.params().map(ToOwned::to_owned).collect();
        let kind = match route.pattern {
            Value::Any => RouteKind::Any,
            Value::Literal(pattern) if pattern.contains("{*") => RouteKind::Prefix,
            Value::Literal(_) if params.is_empty() => RouteKind::Exact,
            Value::Literal(_) => RouteKind::Pattern,
        };
        Self {
            pattern: alloc::format!("{}", route.pattern),
            kind,
            status: None,
            content_type: None,
            constant: false,
            method: alloc::format!("{}", route.method),
            params,
        }
    }
}

/// What follows from the imports alone. Anything unknown counts against the property.
fn properties(imports: &[Import<'_>]) -> Properties {
    let every = |holds: fn(&Import<'_>) -> bool| imports.iter().all(holds);
    let read_only = every(|import| match import {
        Import::Cache(_, verb) => matches!(verb, CacheVerb::Get | CacheVerb::Stats),
        Import::Egress(_) | Import::Sql(_) => false,
        Import::Env(_) | Import::Call(..) | Import::Wasi(_) | Import::Assets(_) => true,
    });
    Properties {
        pure: every(|import| match import {
            Import::Call(module, _) => {
                matches!(
                    *module,
                    call::HTTP | "purview:crypto" | "purview:auth" | "purview:validate"
                )
            }
            _ => false,
        }),
        read_only,
        stateless: read_only
            && every(|import| !matches!(import, Import::Cache(..) | Import::Assets(_))),
        deterministic: every(|import| match import {
            Import::Env(_) => true,
            Import::Call(module, _) => {
                !matches!(*module, "purview:clock" | "purview:random" | "purview:io" | call::FILES)
            }
            Import::Wasi(name) => {
                !matches!(*name, "clock_time_get" | "clock_res_get" | "random_get")
            }
            Import::Egress(_) | Import::Cache(..) | Import::Sql(_) | Import::Assets(_) => false,
        }),
        state_isolated: None,
    }
}
