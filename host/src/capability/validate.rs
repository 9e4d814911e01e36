//! `purview:validate`: data held against schemas. A schema is read once in each worker, and kept while it is among the last that its
//! handler used; no handler can push out another's.

use std::{
    cell::RefCell,
    collections::HashMap,
    num::NonZeroUsize,
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering},
    },
};

use purview_abi::call;
use purview_native::validate::{Problem, Schema, Schemas, Verdict};
use wasmtime::{Linker, Result};

use super::native::{link_one, link_three, link_two};
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
        "compile" => {
            link_one(linker, names, most, move |[schema]| kept.ask(schema, |_| Verdict::Valid))
        }
        "check" => link_two(linker, names, most, move |[schema, data]| {
            kept.ask(schema, |schema| schema.check(data))
        }),
        "coerce" => link_two(linker, names, most, move |[schema, data]| {
            kept.ask(schema, |schema| schema.coerce(data))
        }),
        "decode_form" => link_two(linker, names, most, move |[schema, form]| {
            kept.ask(schema, |schema| schema.decode_form(form))
        }),
        _ => link_three(linker, names, most, move |[schema, body, content_type]| {
            kept.ask(schema, |schema| schema.decode_multipart(body, content_type))
        }),
    }
}

/// The schemas of one handler: a set in each thread that serves it.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    handler: Arc<u64>,
    most: NonZeroUsize,
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
        Self {
            handler: Arc::new(HANDLERS.fetch_add(1, Ordering::Relaxed)),
            most: most.unwrap_or(NonZeroUsize::MIN),
        }
    }

    fn ask(&self, schema: &[u8], judge: impl FnOnce(&Schema) -> Verdict) -> Vec<u8> {
        match self.get(schema) {
            Ok(schema) => judge(&schema),
            Err(problem) => Verdict::Problem(problem),
        }
        .write()
    }

    fn get(&self, text: &[u8]) -> Result<Arc<Schema>, Problem> {
        SCHEMAS.with_borrow_mut(|all| {
            if !all.contains_key(&*self.handler) {
                all.retain(|_, (handler, _)| handler.strong_count() > 0);
            }
            let (_, schemas) = all.entry(*self.handler).or_insert_with(|| {
                (Arc::downgrade(&self.handler), Schemas::new(self.most))
            });
            let pushed_out = schemas.pushed_out();
            let schema = schemas.get(text);
            if schemas.pushed_out() > pushed_out {
                log::limit(
                    "limit.schemas",
                    "a handler uses more than `schemas`: those that it comes back to are read again",
                );
            }
            schema
        })
    }
}
