//! A host of a few lines: enough to call one route of a guest once, and to see what it answered and touched.

use std::path::Path;

use purview::toolchain::{self, BuildOptions};
use purview_abi::{
    name::{REQUEST_AREA, REQUEST_AREA_BYTES, RESERVE},
    wire::{FIELD_BYTES, RESPONSE_BYTES, RequestParts, ResponseField, ResponseHead, Span, flag},
};
use wasmtime::{Caller, Engine, Extern, Instance, Linker, Memory, Module, Store};

/// Builds the guest in this folder of the repository; the builds of all tests share one folder.
pub(crate) fn module(dir: &str) -> Module {
    let toolchain =
        toolchain::ensure(&mut |line| println!("{line}")).unwrap_or_else(|error| panic!("{error}"));
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(dir);
    let target_dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/guests");
    let options =
        BuildOptions { target_dir: Some(target_dir), locked: true, ..BuildOptions::default() };
    let path = toolchain.build(&dir, &options).unwrap_or_else(|error| panic!("{error}"));
    Module::from_file(&Engine::default(), path).unwrap()
}

/// What a guest finds and leaves.
#[derive(Default)]
struct World {
    env: Option<&'static str>,
    body: String,
    log: Vec<(i32, String)>,
    output: String,
    begun: Option<Head>,
    pieces: Vec<String>,
}

/// One request to one route.
pub(crate) struct Call<'c> {
    pub(crate) route: &'c str,
    pub(crate) method: &'c str,
    pub(crate) target: String,
    pub(crate) params: &'c [&'c str],
    pub(crate) env: Option<&'static str>,
    pub(crate) body: String,
    /// Sends a bearer token along.
    pub(crate) authorization: bool,
    pub(crate) content_type: Option<&'static str>,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Called {
    /// Status, header fields and whole body; or how the guest ended.
    pub(crate) answer: Result<Head, String>,
    /// The pieces of a streamed body.
    pub(crate) pieces: Vec<String>,
    pub(crate) log: Vec<(i32, String)>,
    /// What went to standard output and standard error.
    pub(crate) output: String,
    /// The 4-KiB pages that were written.
    pub(crate) pages: Vec<usize>,
    /// Bytes of memory at the end.
    pub(crate) memory: usize,
}

/// Status, header fields and body.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl<'c> Call<'c> {
    pub(crate) fn new(route: &'c str, target: &str) -> Self {
        let method = route.split(' ').next().unwrap();
        Self {
            route,
            method,
            target: target.to_owned(),
            params: &[],
            env: None,
            body: String::new(),
            authorization: false,
            content_type: None,
        }
    }

    pub(crate) fn params(mut self, params: &'c [&'c str]) -> Self {
        self.params = params;
        self
    }

    pub(crate) fn env(mut self, value: &'static str) -> Self {
        self.env = Some(value);
        self
    }

    pub(crate) fn body(mut self, body: impl Into<String>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn run(self, module: &Module) -> Called {
        let record = self.record();
        let world = World { env: self.env, body: self.body, ..World::default() };
        let mut store = Store::new(module.engine(), world);
        let instance = linker(module).instantiate(&mut store, module).unwrap();
        let memory = instance.get_memory(&mut store, "memory").unwrap();
        let before = memory.data(&store).to_vec();
        let at = place(&mut store, &instance, record.len());
        memory.write(&mut store, at as usize, &record).unwrap();
        let route = instance.get_typed_func::<(i32, i32), i32>(&mut store, self.route).unwrap();
        let answer = route.call(&mut store, (at, record.len() as i32));
        let answer = answer.map_err(|error| format!("{error:?}")).and_then(|at| match at {
            0 => store.data_mut().begun.clone().ok_or_else(|| "nothing was answered".to_owned()),
            at => Ok(head(memory.data(&store), at)),
        });
        let pages = touched(&before, memory.data(&store));
        let bytes = memory.data_size(&store);
        let World { log, output, pieces, .. } = store.into_data();
        Called { answer, pieces, log, output, pages, memory: bytes }
    }

    /// The record as the host writes it, with the header fields of a browser.
    fn record(&self) -> Vec<u8> {
        let mut head = Vec::new();
        let mut push = |text: &str| {
            let start = head.len();
            head.extend_from_slice(text.as_bytes());
            Span::new(start..head.len())
        };
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        let (method, path, query) = (push(self.method), push(path), push(query));
        let headers = [
            ("host", "127.0.0.1:8080"),
            (
                "user-agent",
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            ),
            ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            ("accept-language", "en-US,en;q=0.5"),
            ("accept-encoding", "gzip, deflate, br, zstd"),
        ]
        .map(|(name, value)| (push(name), push(value)));
        let mut headers = headers.to_vec();
        if self.authorization {
            headers.push((push("authorization"), push("Bearer token")));
        }
        if let Some(kind) = self.content_type {
            headers.push((push("content-type"), push(kind)));
        }
        let params: Vec<_> = self.params.iter().map(|value| push(value)).collect();
        let parts = RequestParts {
            head: &head,
            flags: if query.length > 0 { flag::QUERY } else { 0 },
            method,
            path,
            query,
            headers: &headers,
            params: &params,
            peer: b"127.0.0.1",
            body_length: self.body.len() as u32,
        };
        let mut record = vec![0; parts.record_bytes()];
        parts.write(&mut record).unwrap();
        record
    }
}

impl Called {
    /// Status and body of a guest that answered.
    pub(crate) fn text(&self) -> (u16, &str) {
        let head = self.answer.as_ref().unwrap_or_else(|error| panic!("{error}"));
        (head.status, &head.body)
    }
}

/// The request area, or a reserved place if the record is too long for it.
fn place(store: &mut Store<World>, instance: &Instance, length: usize) -> i32 {
    if length <= REQUEST_AREA_BYTES as usize {
        let area = instance.get_global(&mut *store, REQUEST_AREA).unwrap();
        return area.get(store).unwrap_i32();
    }
    let reserve = instance.get_typed_func::<i32, i32>(&mut *store, RESERVE).unwrap();
    reserve.call(store, length as i32).unwrap()
}

/// Reads a response record and what it points to.
fn head(memory: &[u8], at: i32) -> Head {
    let bytes = |(at, length): (u32, u32)| &memory[at as usize..][..length as usize];
    let text = |piece| String::from_utf8(bytes(piece).to_vec()).unwrap();
    let record = bytes((at as u32, RESPONSE_BYTES as u32)).try_into().unwrap();
    let head = ResponseHead::read(record).unwrap();
    let table = bytes((head.headers, head.headers_count * FIELD_BYTES as u32));
    let fields =
        table.chunks_exact(FIELD_BYTES).map(|entry| ResponseField::read(entry.try_into().unwrap()));
    Head {
        status: head.status,
        headers: fields.map(|field| (text(field.name), text(field.value))).collect(),
        body: text((head.body, head.body_length)),
    }
}

/// The 4-KiB pages that differ.
fn touched(before: &[u8], after: &[u8]) -> Vec<usize> {
    const PAGE: usize = 4096;
    let before = before.chunks(PAGE).chain(std::iter::repeat(&[0; PAGE][..]));
    let pairs = after.chunks(PAGE).zip(before).enumerate();
    pairs.filter(|(_, (after, before))| after != before).map(|(index, _)| index).collect()
}

type Guest<'g> = Caller<'g, World>;

fn memory(guest: &mut Guest<'_>) -> Memory {
    guest.get_export("memory").and_then(Extern::into_memory).unwrap()
}

fn take(guest: &mut Guest<'_>, at: i32, length: i32) -> String {
    let memory = memory(guest);
    String::from_utf8(memory.data(guest)[at as usize..][..length as usize].to_vec()).unwrap()
}

/// Writes as much of `value` as there is room for and returns its length.
fn give(guest: &mut Guest<'_>, value: &[u8], at: i32, room: i32) -> i32 {
    let length = value.len().min(room as usize);
    memory(guest).write(guest, at as usize, &value[..length]).unwrap();
    value.len() as i32
}

fn variable(guest: &mut Guest<'_>, name: &str, at: i32, room: i32) -> i32 {
    match guest.data().env.filter(|_| name == "GREETING") {
        Some(value) => give(guest, value.as_bytes(), at, room),
        None => -1,
    }
}

fn linker(module: &Module) -> Linker<World> {
    let mut linker = Linker::new(module.engine());
    for import in
        module.imports().filter(|import| import.module() == "purview:env" && import.name() != "*")
    {
        let name = import.name().to_owned();
        let read =
            move |mut guest: Guest<'_>, at: i32, room: i32| variable(&mut guest, &name, at, room);
        linker.func_wrap("purview:env", import.name(), read).unwrap();
    }
    let read = |mut guest: Guest<'_>, name: i32, length: i32, at: i32, room: i32| {
        let name = take(&mut guest, name, length);
        variable(&mut guest, &name, at, room)
    };
    linker.func_wrap("purview:env", "*", read).unwrap();
    let log = |mut guest: Guest<'_>, level: i32, at: i32, length: i32| {
        let text = take(&mut guest, at, length);
        guest.data_mut().log.push((level, text));
    };
    linker.func_wrap("purview:log", "write", log).unwrap();
    linker.func_wrap("purview:clock", "now", || 1_700_000_000_000_000_007_i64).unwrap();
    let fill = |mut guest: Guest<'_>, at: i32, length: i32| {
        assert!(length <= 65_536);
        give(&mut guest, &vec![7; length as usize], at, length);
    };
    linker.func_wrap("purview:random", "fill", fill).unwrap();
    http(&mut linker);
    wasi(&mut linker);
    linker.define_unknown_imports_as_traps(module).unwrap();
    linker
}

fn http(linker: &mut Linker<World>) {
    let body = |mut guest: Guest<'_>, at: i32, room: i32| {
        let body = guest.data().body.clone();
        give(&mut guest, body.as_bytes(), at, room)
    };
    linker.func_wrap("purview:http", "body", body).unwrap();
    let respond = |mut guest: Guest<'_>, at: i32| {
        let memory = memory(&mut guest);
        let begun = head(memory.data(&guest), at);
        guest.data_mut().begun = Some(begun);
        0
    };
    linker.func_wrap("purview:http", "respond", respond).unwrap();
    let read = |mut guest: Guest<'_>, at: i32, room: i32| {
        let body = std::mem::take(&mut guest.data_mut().body).into_bytes();
        let (piece, rest) = body.split_at(body.len().min(room.min(1000) as usize));
        give(&mut guest, piece, at, room);
        guest.data_mut().body = String::from_utf8(rest.to_vec()).unwrap();
        piece.len() as i32
    };
    linker.func_wrap("purview:http", "body_read", read).unwrap();
    let finish = |mut guest: Guest<'_>, at: i32| {
        if at != 0 {
            let memory = memory(&mut guest);
            let whole = head(memory.data(&guest), at);
            guest.data_mut().begun = Some(whole);
        }
        0
    };
    linker.func_wrap("purview:http", "finish", finish).unwrap();
    let write = |mut guest: Guest<'_>, at: i32, length: i32| {
        let piece = take(&mut guest, at, length);
        guest.data_mut().pieces.push(piece);
        0
    };
    linker.func_wrap("purview:http", "write", write).unwrap();
}

fn wasi(linker: &mut Linker<World>) {
    const WASI: &str = "wasi_snapshot_preview1";
    let time = |mut guest: Guest<'_>, _: i32, _: i64, at: i32| {
        give(&mut guest, &1_700_000_000_000_000_007_u64.to_le_bytes(), at, 8);
        0
    };
    linker.func_wrap(WASI, "clock_time_get", time).unwrap();
    let random = |mut guest: Guest<'_>, at: i32, length: i32| {
        give(&mut guest, &vec![7; length as usize], at, length);
        0
    };
    linker.func_wrap(WASI, "random_get", random).unwrap();
    let nothing = |mut guest: Guest<'_>, first: i32, second: i32| {
        give(&mut guest, &[0; 4], first, 4);
        give(&mut guest, &[0; 4], second, 4);
        0
    };
    linker.func_wrap(WASI, "environ_sizes_get", nothing).unwrap();
    linker.func_wrap(WASI, "environ_get", |_: i32, _: i32| 0).unwrap();
    let write = |mut guest: Guest<'_>, _: i32, list: i32, count: i32, written: i32| {
        let mut all = 0;
        for index in 0..count {
            let entry =
                memory(&mut guest).data(&guest)[(list + index * 8) as usize..][..8].to_vec();
            let at = i32::from_le_bytes(entry[..4].try_into().unwrap());
            let length = i32::from_le_bytes(entry[4..].try_into().unwrap());
            let text = take(&mut guest, at, length);
            guest.data_mut().output.push_str(&text);
            all += length;
        }
        give(&mut guest, &all.to_le_bytes(), written, 4);
        0
    };
    linker.func_wrap(WASI, "fd_write", write).unwrap();
}
