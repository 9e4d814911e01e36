//! `purview:validate`: data held against schemas. A schema is read once, aside, and kept by each worker while it is among the
//! last that its handler used; no handler can push out another's. What takes more than a moment is judged aside too.

use std::{
    cell::RefCell,
    collections::HashMap,
    num::NonZeroUsize,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
};

use purview_abi::call;
use purview_native::validate::{Asked, Problem, Schema, Schemas, Verdict};
use wasmtime::{Linker, Result};

use super::native::{
    Outcome::{self, Aside, There},
    link_one, link_three, link_two,
};
use crate::{instance::guest::Guest, limits::Limits, log};

pub(super) fn link(
    linker: &mut Linker<Guest>,
    name: &str,
    limits: &Limits,
    kept: &Kept,
) -> Result<()> {
    let names = (call::VALIDATE, name);
    let (most, kept) = (limits.native_bytes, kept.clone());
    match name {
        "compile" => link_one(linker, names, most, move |[schema]| kept.compile(schema)),
        "check" => link_two(linker, names, most, move |[schema, data]| {
            kept.ask(schema, Asked::Check(data))
        }),
        "coerce" => link_two(linker, names, most, move |[schema, data]| {
            kept.ask(schema, Asked::Coerce(data))
        }),
        "decode_form" => {
            link_two(linker, names, most, move |[schema, form]| kept.ask(schema, Asked::Form(form)))
        }
        _ => link_three(linker, names, most, move |[schema, body, content_type]| {
            kept.ask(schema, Asked::Multipart { body, content_type })
        }),
    }
}

/// The schemas of one handler: a set in each thread that serves it, and one from which they all take what was read already.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    handler: Arc<u64>,
    most: NonZeroUsize,
    bytes_max: usize,
    read: Arc<Mutex<Schemas>>,
}

thread_local! {
    /// By handler; gone when the handler is.
    static SCHEMAS: RefCell<HashMap<u64, (Weak<u64>, Schemas)>> = RefCell::default();
}

impl Kept {
    /// Nothing is kept yet.
    pub(super) fn new(limits: &Limits) -> Self {
        static HANDLERS: AtomicU64 = AtomicU64::new(0);
        let most = usize::try_from(limits.schemas).ok().and_then(NonZeroUsize::new);
        let most = most.unwrap_or(NonZeroUsize::MIN);
        Self {
            handler: Arc::new(HANDLERS.fetch_add(1, Ordering::Relaxed)),
            most,
            bytes_max: usize::try_from(limits.schema_bytes).unwrap_or(usize::MAX),
            read: Arc::new(Mutex::new(Schemas::new(most))),
        }
    }

    fn compile(&self, schema: &[u8]) -> Outcome<Vec<u8>> {
        match self.known(schema) {
            Some(_) => There(Verdict::Valid.write()),
            None => {
                let (kept, schema) = (self.clone(), schema.to_vec());
                Aside(Box::new(move || match kept.read(&schema) {
                    Ok(_) => Verdict::Valid.write(),
                    Err(problem) => Verdict::Problem(problem).write(),
                }))
            }
        }
    }

    /// The verdict; from a thread aside where reading the schema or judging the data takes more than a moment.
    fn ask(&self, schema: &[u8], asked: Asked<'_>) -> Outcome<Vec<u8>> {
        let known = self.known(schema);
        if let Some(verdict) = known.as_ref().and_then(|known| known.judge_at_once(asked)) {
            return There(verdict.write());
        }
        let (kept, schema, asked) = (self.clone(), schema.to_vec(), asked.to_owned());
        Aside(Box::new(move || {
            match known.map_or_else(|| kept.read(&schema), Ok) {
                Ok(schema) => schema.judge(asked.borrow()),
                Err(problem) => Verdict::Problem(problem),
            }
            .write()
        }))
    }

    /// Reads a schema for all threads.
    fn read(&self, text: &[u8]) -> Result<Arc<Schema>, Problem> {
        let schema = Schema::read_within(text, self.bytes_max).inspect_err(|problem| {
            if matches!(problem, Problem::SchemaBytes { .. }) {
                log::limit("limit.schema", "a schema longer than `schema_bytes` was refused");
                log::flush_last();
            }
        });
        let schema = Arc::new(schema?);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.keep(text, &schema) {
            log::limit(
                "limit.schemas",
                "a handler uses more than `schemas`: those that it comes back to are read again",
            );
            log::flush_last();
        }
        Ok(schema)
    }

    /// A schema that this thread or another one has read.
    fn known(&self, text: &[u8]) -> Option<Arc<Schema>> {
        SCHEMAS.with_borrow_mut(|all| {
            if !all.contains_key(&*self.handler) {
                all.retain(|_, (handler, _)| handler.strong_count() > 0);
            }
            let (_, schemas) = all
                .entry(*self.handler)
                .or_insert_with(|| (Arc::downgrade(&self.handler), Schemas::new(self.most)));
            if let Some(schema) = schemas.known(text) {
                return Some(schema);
            }
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            let schema = read.known(text)?;
            schemas.keep(text, &schema);
            Some(schema)
        })
    }
}
