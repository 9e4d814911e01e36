//! What the host for tests does behind imports: it computes with the host's own code, has a cache without a clock, and a network whose
//! answers the test gives. Time there is made up: an answer comes after its delay, and waiting moves the time.

use std::collections::BTreeMap;

use purview_abi::{
    name::{CacheVerb, Import, Value as Name},
    wire::{NO_ANSWER, OutcomeParts, SEND_BYTES, SendHead, error},
};
use purview_native::{auth, crypto, validate::Schema};
use serde_json::{Value, json};
use wasmtime::{Caller, FuncType, Linker, Val, ValType};

use super::{Host, fill};

/// What lives as long as an instance.
#[derive(Default)]
pub(crate) struct World {
    /// Answers by URL: `{"status", "headers", "body", "delay"}`, or `{"error", "details", "delay"}`.
    pub(crate) upstreams: BTreeMap<String, Value>,
    /// Outcomes by name of the SQL statement.
    pub(crate) statements: BTreeMap<String, Value>,
    /// What was sent: method, URL, body.
    pub(crate) sent: Vec<String>,
    cache: BTreeMap<(String, String), String>,
    /// Hits and misses by namespace.
    counters: BTreeMap<String, [u64; 2]>,
    /// Handles: when the outcome is there, and the outcome.
    open: BTreeMap<i32, (u64, Vec<u8>)>,
    handles: i32,
    now_ms: u64,
    pub(crate) cancelled: usize,
}

/// The parameters of a call that are left.
struct Params<'a, 'c>(&'a mut Caller<'c, Host>, std::slice::Iter<'a, Val>);

impl Params<'_, '_> {
    fn number(&mut self) -> u32 {
        self.1.next().unwrap().unwrap_i32() as u32
    }

    fn long(&mut self) -> i64 {
        self.1.next().unwrap().unwrap_i64()
    }

    fn at(&mut self, at: u32, length: u32) -> Vec<u8> {
        let memory = self.0.get_export("memory").unwrap().into_memory().unwrap();
        memory.data(&*self.0)[at as usize..][..length as usize].to_vec()
    }

    fn bytes(&mut self) -> Vec<u8> {
        let (at, length) = (self.number(), self.number());
        self.at(at, length)
    }

    fn text(&mut self) -> String {
        String::from_utf8(self.bytes()).unwrap()
    }

    /// Answers with bytes into the buffer that comes last.
    fn give(&mut self, bytes: &[u8]) -> i32 {
        let (at, capacity) = (self.number(), self.number());
        fill(self.0, at, capacity, bytes)
    }

    fn world(&mut self) -> &mut World {
        &mut self.0.data_mut().world
    }
}

/// Links an import, if it is one of those that are done here.
pub(crate) fn link(linker: &mut Linker<Host>, module: &str, name: &str) {
    let parsed = Import::parse(module, name).unwrap();
    let Some(signature) = purview_abi::call::signature_of(&parsed) else { return };
    let known = ["crypto", "auth", "validate", "cache", "egress", "io", "sql"];
    if !known.iter().any(|known| module == format!("purview:{known}")) {
        return;
    }
    let ty = |ty: &purview_abi::call::Type| match ty {
        purview_abi::call::Type::I64 => ValType::I64,
        _ => ValType::I32,
    };
    let ty = FuncType::new(
        linker.engine(),
        signature.params.iter().map(ty),
        signature.result.iter().map(ty),
    );
    let (module, name) = (module.to_owned(), name.to_owned());
    let (at, of) = (module.clone(), name.clone());
    linker
        .func_new(&at, &of, ty, move |mut caller, params, results| {
            let mut params = Params(&mut caller, params.iter());
            let code = match Import::parse(&module, &name).unwrap() {
                Import::Cache(namespace, verb) => cached(&mut params, namespace, verb),
                Import::Egress(origin) => send(&mut params, origin.literal().unwrap_or_default()),
                Import::Sql(name) => statement(&mut params, name),
                _ if module == "purview:io" => wait(&mut params, &name),
                _ => compute(&mut params, &module, &name),
            };
            results[0] = Val::I32(code);
            Ok(())
        })
        .unwrap();
}

fn compute(params: &mut Params<'_, '_>, module: &str, name: &str) -> i32 {
    let first = params.bytes();
    let bytes = match (module, name) {
        ("purview:crypto", "sha1") => crypto::sha1(&first).to_vec(),
        ("purview:crypto", "sha256") => crypto::sha256(&first).to_vec(),
        ("purview:crypto", "sha384") => crypto::sha384(&first).to_vec(),
        ("purview:crypto", "sha512") => crypto::sha512(&first).to_vec(),
        ("purview:crypto", "hmac_sha1") => crypto::hmac_sha1(&first, &params.bytes()).to_vec(),
        ("purview:crypto", "hmac_sha256") => crypto::hmac_sha256(&first, &params.bytes()).to_vec(),
        ("purview:crypto", "hmac_sha384") => crypto::hmac_sha384(&first, &params.bytes()).to_vec(),
        ("purview:crypto", "hmac_sha512") => crypto::hmac_sha512(&first, &params.bytes()).to_vec(),
        ("purview:auth", "jwt_verify") => verified(&first, &params.bytes(), &params.bytes()),
        ("purview:auth", _) => signed(&first, &params.bytes(), &params.bytes()),
        (_, "compile") => match Schema::read(&first) {
            Ok(_) => b"+".to_vec(),
            Err(problem) => format!("!{problem}").into_bytes(),
        },
        (_, name) => judged(params, name, &first),
    };
    params.give(&bytes)
}

fn judged(params: &mut Params<'_, '_>, name: &str, schema: &[u8]) -> Vec<u8> {
    let data = params.bytes();
    let schema = Schema::read(schema).unwrap();
    let verdict = match name {
        "check" => schema.check(&data),
        "coerce" => schema.coerce(&data),
        "decode_form" => schema.decode_form(&data),
        _ => schema.decode_multipart(&data, &params.bytes()),
    };
    verdict.write()
}

fn verified(token: &[u8], key: &[u8], options: &[u8]) -> Vec<u8> {
    let now = 1_700_000_000.0;
    let claims = auth::VerifyOptions::read(options)
        .and_then(|options| auth::verify(token, key, &options, now));
    match claims {
        Ok(claims) => [b"+", &claims[..]].concat(),
        Err(refusal) => format!("-{refusal}").into_bytes(),
    }
}

fn signed(claims: &[u8], key: &[u8], options: &[u8]) -> Vec<u8> {
    let token =
        auth::SignOptions::read(options).and_then(|options| auth::sign(claims, key, &options));
    match token {
        Ok(token) => format!("+{token}").into_bytes(),
        Err(refusal) => format!("-{refusal}").into_bytes(),
    }
}

fn cached(params: &mut Params<'_, '_>, namespace: Name<'_>, verb: CacheVerb) -> i32 {
    let namespace = match namespace {
        Name::Literal(name) => name.to_owned(),
        Name::Any => params.text(),
    };
    if verb == CacheVerb::Stats {
        let world = params.world();
        let of = |known: &str| namespace.is_empty() || known == namespace;
        let kept = world.cache.iter().filter(|((known, _), _)| of(known));
        let (entries, bytes) = kept.fold((0, 0), |(entries, bytes), ((_, key), value)| {
            (entries + 1, bytes + key.len() + value.len())
        });
        let counters = world.counters.iter().filter(|(known, _)| of(known));
        let [hits, misses] = counters.fold([0, 0], |[a, b], (_, [c, d])| [a + c, b + d]);
        let stats = json!({ "hits": hits, "misses": misses, "entries": entries, "bytes": bytes });
        return params.give(stats.to_string().as_bytes());
    }
    let key = (namespace, params.text());
    match verb {
        CacheVerb::Get => {
            let found = params.world().cache.get(&key).cloned();
            let counters = params.world().counters.entry(key.0).or_default();
            counters[usize::from(found.is_none())] += 1;
            found.map_or(-1, |value| params.give(value.as_bytes()))
        }
        CacheVerb::Set => {
            let value = params.text();
            params.world().cache.insert(key, value);
            0
        }
        CacheVerb::Delete => i32::from(params.world().cache.remove(&key).is_some()),
        _ => {
            let (delta, ttl_ms, out) = (params.long(), params.long(), params.number());
            let old = params.world().cache.get(&key).and_then(|text| text.parse::<i64>().ok());
            let new = old.unwrap_or_default() + delta;
            params.world().cache.insert(key, new.to_string());
            let left = if ttl_ms == 0 { -1 } else { ttl_ms.abs() };
            let bytes = [new.to_le_bytes(), left.to_le_bytes()].concat();
            fill(params.0, out, 16, &bytes);
            0
        }
    }
}

impl World {
    /// What time it is there.
    pub(crate) fn now_ms(&self) -> u64 {
        self.now_ms
    }

    fn start(&mut self, delay: u64, outcome: Vec<u8>) -> i32 {
        self.handles += 1;
        self.open.insert(self.handles, (self.now_ms + delay, outcome));
        self.handles
    }
}

fn send(params: &mut Params<'_, '_>, origin: &str) -> i32 {
    let record = params.number();
    let record: [u8; SEND_BYTES] = params.at(record, SEND_BYTES as u32).try_into().unwrap();
    let head = SendHead::read(&record).unwrap();
    let mut text = |(at, length)| String::from_utf8(params.at(at, length)).unwrap();
    let (method, target, body) = (text(head.method), text(head.target), text(head.body));
    let url = format!("{origin}{target}");
    let world = params.world();
    world.sent.push(format!("{method} {url} {body}").trim_end().to_owned());
    let unknown = json!({ "error": error::CONNECT, "details": "no such host" });
    let answer = world.upstreams.get(&url).cloned().unwrap_or(unknown);
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    let headers: Vec<(String, String)> = answer["headers"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
        .collect();
    let headers: Vec<(&[u8], &[u8])> =
        headers.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())).collect();
    let (code, details, body) = (text("error"), text("details"), text("body"));
    let status = if code.is_empty() { 200 } else { u64::from(NO_ANSWER) };
    let parts = OutcomeParts {
        status: answer["status"].as_u64().unwrap_or(status) as u16,
        error: &code,
        details: &details,
        headers: &headers,
        body: body.as_bytes(),
    };
    world.start(answer["delay"].as_u64().unwrap_or_default(), parts.to_record().unwrap())
}

fn statement(params: &mut Params<'_, '_>, name: &str) -> i32 {
    let given = params.text();
    let rows_max = params.number();
    let world = params.world();
    world.sent.push(format!("{name} {given} {rows_max}"));
    let outcome = world.statements.get(name).cloned().unwrap_or(json!({ "ok": true, "rows": [] }));
    world.start(0, outcome.to_string().into_bytes())
}

fn wait(params: &mut Params<'_, '_>, name: &str) -> i32 {
    let first = params.number();
    match name {
        "wait" => {
            let (when, outcome) = params.world().open[&(first as i32)].clone();
            let now = params.world().now_ms.max(when);
            params.world().now_ms = now;
            let (at, capacity) = (params.number(), params.number());
            // It is taken only if it fits: the caller comes back otherwise.
            if outcome.len() <= capacity as usize {
                params.world().open.remove(&(first as i32));
            }
            fill(params.0, at, capacity, &outcome)
        }
        "cancel" => {
            params.world().cancelled += 1;
            params.world().open.remove(&(first as i32));
            0
        }
        _ => {
            let count = params.number();
            let bytes = params.at(first, count * 4);
            let world = params.world();
            let when = |place: usize| {
                let handle = i32::from_le_bytes(bytes[place * 4..][..4].try_into().unwrap());
                world.open[&handle].0
            };
            let first = (0..count as usize).min_by_key(|place| when(*place)).unwrap();
            let now = world.now_ms.max(when(first));
            world.now_ms = now;
            first as i32
        }
    }
}
