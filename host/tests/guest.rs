//! Rust guests on a bare engine, without a server: what they import and export, what they answer to a request record, and
//! how many pages of memory one call touches.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and shows what it measured"
)]

use std::path::{Path, PathBuf};

use purview::toolchain::{self, BuildOptions};
use purview_abi::wire::{
    FIELD_BYTES, RESPONSE_BYTES, RequestParts, ResponseField, ResponseHead, Span, flag,
};
use wasmtime::{Caller, Engine, Extern, Instance, Linker, Memory, Module, Store};

/// Builds an example; the builds of all tests share one folder.
fn module(engine: &Engine, name: &str) -> Module {
    let toolchain =
        toolchain::ensure(&mut |line| println!("{line}")).unwrap_or_else(|error| panic!("{error}"));
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name);
    let target_dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("guests");
    let options =
        BuildOptions { target_dir: Some(target_dir), locked: true, ..BuildOptions::default() };
    let path = toolchain.build(&dir, &options).unwrap_or_else(|error| panic!("{error}"));
    Module::from_file(engine, path).unwrap()
}

/// What a guest finds and leaves.
#[derive(Default)]
struct World {
    env: Option<&'static str>,
    body: &'static str,
    log: Vec<(i32, String)>,
}

fn memory(caller: &mut Caller<'_, World>) -> Memory {
    caller.get_export("memory").and_then(Extern::into_memory).unwrap()
}

/// Writes as much of `value` as there is room for and returns its length.
fn give(caller: &mut Caller<'_, World>, value: &str, at: i32, room: i32) -> i32 {
    let length = value.len().min(room as usize);
    memory(caller).write(caller, at as usize, &value.as_bytes()[..length]).unwrap();
    value.len() as i32
}

fn linker(engine: &Engine) -> Linker<World> {
    let mut linker = Linker::new(engine);
    linker
        .func_wrap(
            "purview:env",
            "GREETING",
            |mut caller: Caller<'_, World>, at: i32, room: i32| match caller.data().env {
                Some(value) => give(&mut caller, value, at, room),
                None => -1,
            },
        )
        .unwrap();
    linker
        .func_wrap("purview:http", "body", |mut caller: Caller<'_, World>, at: i32, room: i32| {
            let body = caller.data().body;
            give(&mut caller, body, at, room)
        })
        .unwrap();
    linker
        .func_wrap(
            "purview:log",
            "write",
            |mut caller: Caller<'_, World>, level: i32, at: i32, length: i32| {
                let mut text = vec![0; length as usize];
                memory(&mut caller).read(&caller, at as usize, &mut text).unwrap();
                caller.data_mut().log.push((level, String::from_utf8(text).unwrap()));
            },
        )
        .unwrap();
    linker
}

/// One call of one route: what came back, and what it touched.
struct Called {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
    log: Vec<(i32, String)>,
    pages: Vec<usize>,
}

struct Call<'c> {
    route: &'c str,
    target: &'c str,
    params: &'c [&'c str],
    env: Option<&'static str>,
    body: &'static str,
}

impl<'c> Call<'c> {
    fn new(route: &'c str, target: &'c str) -> Self {
        Self { route, target, params: &[], env: None, body: "" }
    }

    fn run(&self, module: &Module) -> Called {
        let world = World { env: self.env, body: self.body, log: Vec::new() };
        let mut store = Store::new(module.engine(), world);
        let mut linker = linker(module.engine());
        linker.define_unknown_imports_as_traps(module).unwrap();
        let instance = linker.instantiate(&mut store, module).unwrap();
        let memory = instance.get_memory(&mut store, "memory").unwrap();
        let before = memory.data(&store).to_vec();
        let record = self.record();
        let at = place(&mut store, &instance, record.len());
        memory.write(&mut store, at as usize, &record).unwrap();
        let route = instance.get_typed_func::<(i32, i32), i32>(&mut store, self.route).unwrap();
        let answer = route.call(&mut store, (at, record.len() as i32)).unwrap();
        let data = memory.data(&store);
        let head =
            ResponseHead::read(data[answer as usize..][..RESPONSE_BYTES].try_into().unwrap())
                .unwrap();
        let text = |(at, length): (u32, u32)| {
            String::from_utf8(data[at as usize..][..length as usize].to_vec()).unwrap()
        };
        let table = &data[head.headers as usize..][..head.headers_count as usize * FIELD_BYTES];
        let fields = table
            .chunks_exact(FIELD_BYTES)
            .map(|entry| ResponseField::read(entry.try_into().unwrap()));
        Called {
            status: head.status,
            headers: fields.map(|field| (text(field.name), text(field.value))).collect(),
            body: text((head.body, head.body_length)),
            pages: touched(&before, data),
            log: store.into_data().log,
        }
    }

    /// The record as the host writes it, with the header fields of a browser.
    fn record(&self) -> Vec<u8> {
        let mut head = Vec::new();
        let mut push = |text: &str| {
            let start = head.len();
            head.extend_from_slice(text.as_bytes());
            Span::new(start..head.len())
        };
        let (path, query) = self.target.split_once('?').unwrap_or((self.target, ""));
        let method = push(self.route.split(' ').next().unwrap());
        let (path, query) = (push(path), push(query));
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
        let params: Vec<_> = self.params.iter().map(|value| push(value)).collect();
        let flags = if query.length > 0 { flag::QUERY } else { 0 };
        let parts = RequestParts {
            head: &head,
            flags,
            method,
            path,
            query,
            headers: &headers,
            params: &params,
            peer: b"127.0.0.1:50000",
            body_length: self.body.len() as u32,
        };
        let mut record = vec![0; parts.record_bytes()];
        parts.write(&mut record).unwrap();
        record
    }
}

/// The request area, or a reserved place if the record is too long for it.
fn place(store: &mut Store<World>, instance: &Instance, length: usize) -> i32 {
    if length <= purview_abi::name::REQUEST_AREA_BYTES as usize {
        let area = instance.get_global(&mut *store, purview_abi::name::REQUEST_AREA).unwrap();
        return area.get(store).unwrap_i32();
    }
    let reserve =
        instance.get_typed_func::<i32, i32>(&mut *store, purview_abi::name::RESERVE).unwrap();
    reserve.call(store, length as i32).unwrap()
}

/// The 4-KiB pages that differ.
fn touched(before: &[u8], after: &[u8]) -> Vec<usize> {
    const PAGE: usize = 4096;
    let before = before.chunks(PAGE).chain(std::iter::repeat(&[0; PAGE][..]));
    let pairs = after.chunks(PAGE).zip(before).enumerate();
    pairs.filter(|(_, (after, before))| after != before).map(|(index, _)| index).collect()
}

#[test]
fn hello_answers_and_touches_one_page() {
    let module = module(&Engine::default(), "hello-rust");
    let called = Call::new("GET /", "/").run(&module);
    assert_eq!((called.status, &*called.body), (200, r#"{"hello":"world"}"#));
    assert_eq!(called.headers, [("content-type".to_owned(), "application/json".to_owned())]);
    println!("hello: pages {:?}", called.pages);
    assert_eq!(called.pages.len(), 1, "{:?}", called.pages);
}

#[test]
fn users_answer() {
    let module = module(&Engine::default(), "users-rust");
    let mut show = Call::new("GET /users/{id}", "/users/42?verbose=true");
    show.params = &["42"];
    let called = show.run(&module);
    assert_eq!(called.status, 200);
    assert_eq!(
        called.body,
        r#"{"id":42,"name":"user 42","email":"user42@example.com","path":"/users/42"}"#
    );
    println!("show: pages {:?}", called.pages);
    assert!(called.pages.len() <= 4, "{:?}", called.pages);

    let mut create = Call::new("POST /users", "/users");
    create.body = r#"{"name":"Grace","email":"grace@example.com"}"#;
    let called = create.run(&module);
    assert_eq!(
        (called.status, &*called.body),
        (201, r#"{"id":5,"name":"Grace","email":"grace@example.com"}"#)
    );
    assert_eq!(called.log, [(1, "created user 5".to_owned())]);
    println!("create: pages {:?}", called.pages);

    let mut config = Call::new("GET /config", "/config");
    config.env = Some("ahoy");
    let called = config.run(&module);
    assert_eq!(called.body, r#"{"greeting":"ahoy"}"#);
    println!("config: pages {:?}", called.pages);
    let called = Call::new("GET /agent", "/agent").run(&module);
    println!("agent: pages {:?}", called.pages);
}
