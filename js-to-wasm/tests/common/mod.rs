//! A small host for tests: compiles a program, runs its module in Wasmtime, gives requests and reads responses. It does what the real
//! host does with records, and nothing else.
#![expect(dead_code, reason = "each test file uses a part of this")]
#![expect(clippy::unwrap_used, reason = "a host for tests: what goes wrong fails the test")]

mod world;

use js_to_wasm::{package::Places, source::Files};
use purview_abi::wire::{RESPONSE_BYTES, RequestParts, ResponseField, ResponseHead, Span, flag};
use wasmtime::{Caller, Config, Engine, Instance, Linker, Module, OptLevel, Store};

/// What a handler answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// What a test sends.
#[derive(Debug, Clone)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) target: &'a str,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: Option<&'a str>,
}

impl<'a> Request<'a> {
    pub(crate) fn get(target: &'a str) -> Self {
        Self { method: "GET", target, headers: &[], body: None }
    }

    pub(crate) fn post(target: &'a str, body: &'a str) -> Self {
        Self {
            method: "POST",
            target,
            headers: &[("content-type", "text/plain")],
            body: Some(body),
        }
    }
}

/// State of one instance.
#[derive(Default)]
pub(crate) struct Host {
    body: Vec<u8>,
    pub(crate) log: Vec<String>,
    /// How many random bytes were given.
    chance: u32,
    /// What was sent before the handler ended: the record's address, and the body so far.
    sent: Option<(u32, Vec<u8>)>,
    pub(crate) env: std::collections::BTreeMap<String, String>,
    pub(crate) world: world::World,
}

impl Host {
    /// The log without its levels.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.log.iter().map(|line| line[2..].to_owned()).collect()
    }
}

/// A compiled program that can be run.
pub(crate) struct Program {
    engine: &'static Engine,
    module: Module,
    places: Option<Places>,
    pub(crate) wasm: Vec<u8>,
}

/// Compiles files; the first is the entry. A program that is refused gives its diagnostics as text.
pub(crate) fn compile(files: &[(&str, &str)]) -> Result<Program, String> {
    let loader =
        files.iter().fold(Files::default(), |loader, (path, text)| loader.with(*path, *text));
    compile_files(&loader, files[0].0)
}

/// Compiles the program that starts at `entry`.
pub(crate) fn compile_files(loader: &Files, entry: &str) -> Result<Program, String> {
    let package = js_to_wasm::compile(loader, entry).map_err(|checked| checked.render())?;
    Ok(load(package))
}

/// A package that can be run.
pub(crate) fn load(package: js_to_wasm::Package) -> Program {
    let engine = engine();
    let module = Module::new(engine, &package.wasm).unwrap();
    Program { engine, module, places: Places::of(&package.wasm), wasm: package.wasm }
}

fn engine() -> &'static Engine {
    static ENGINE: std::sync::OnceLock<Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(|| {
        let mut config = Config::new();
        // Each program runs once.
        config.cranelift_opt_level(OptLevel::None);
        Engine::new(&config).unwrap()
    })
}

impl Program {
    /// Answers one request in a new instance; a fault gives its message and place.
    pub(crate) fn answer(&self, request: &Request<'_>) -> Result<Answer, String> {
        self.session().answer(request)
    }

    /// A new instance.
    pub(crate) fn session(&self) -> Session<'_> {
        let mut store = Store::new(self.engine, Host::default());
        let mut linker = linker(self.engine);
        for import in self.module.imports() {
            world::link(&mut linker, import.module(), import.name());
        }
        for import in self
            .module
            .imports()
            .filter(|import| import.module() == "purview:env" && import.name() != "*")
        {
            let name = import.name().to_owned();
            let read = move |mut caller: Caller<'_, Host>, at: u32, capacity: u32| match caller
                .data()
                .env
                .get(&name)
                .cloned()
            {
                Some(value) => fill(&mut caller, at, capacity, value.as_bytes()),
                None => -1,
            };
            linker.func_wrap("purview:env", import.name(), read).unwrap();
        }
        let instance = linker.instantiate(&mut store, &self.module).unwrap();
        Session { program: self, store, instance }
    }
}

/// One instance.
pub(crate) struct Session<'p> {
    program: &'p Program,
    pub(crate) store: Store<Host>,
    instance: Instance,
}

/// Bytes that look like chance and are the same every time.
fn noise(seed: u32) -> u8 {
    (seed.wrapping_mul(2_654_435_761) >> 13) as u8
}

/// Copies as much of `bytes` as fits, and says how long they are.
fn fill(caller: &mut Caller<'_, Host>, at: u32, capacity: u32, bytes: &[u8]) -> i32 {
    let memory = caller.get_export("memory").unwrap().into_memory().unwrap();
    let length = bytes.len().min(capacity as usize);
    memory.data_mut(caller)[at as usize..][..length].copy_from_slice(&bytes[..length]);
    bytes.len() as i32
}

fn linker(engine: &Engine) -> Linker<Host> {
    let mut linker = Linker::new(engine);
    let bytes = |caller: &mut Caller<'_, Host>, at: u32, length: u32| {
        let memory = caller.get_export("memory").unwrap().into_memory().unwrap();
        memory.data(caller)[at as usize..][..length as usize].to_vec()
    };
    linker
        .func_wrap(
            "purview:http",
            "body",
            |mut caller: Caller<'_, Host>, at: u32, capacity: u32| {
                let body = caller.data().body.clone();
                let memory = caller.get_export("memory").unwrap().into_memory().unwrap();
                let length = body.len().min(capacity as usize);
                memory.data_mut(&mut caller)[at as usize..][..length]
                    .copy_from_slice(&body[..length]);
                body.len() as u32
            },
        )
        .unwrap()
        .func_wrap("purview:http", "respond", |mut caller: Caller<'_, Host>, record: u32| {
            caller.data_mut().sent = Some((record, Vec::new()));
            0
        })
        .unwrap()
        .func_wrap(
            "purview:http",
            "write",
            move |mut caller: Caller<'_, Host>, at: u32, length: u32| {
                let piece = bytes(&mut caller, at, length);
                caller.data_mut().sent.as_mut().unwrap().1.extend(piece);
                0
            },
        )
        .unwrap()
        .func_wrap(
            "purview:log",
            "write",
            move |mut caller: Caller<'_, Host>, level: u32, at: u32, length: u32| {
                let line = String::from_utf8(bytes(&mut caller, at, length)).unwrap();
                let line = line.replacen('\0', " ", 1);
                caller.data_mut().log.push(format!("{level} {line}"));
            },
        )
        .unwrap()
        .func_wrap(
            "purview:env",
            "*",
            move |mut caller: Caller<'_, Host>, name: u32, length: u32, at: u32, capacity: u32| {
                let name = String::from_utf8(bytes(&mut caller, name, length)).unwrap();
                match caller.data().env.get(&name).cloned() {
                    Some(value) => fill(&mut caller, at, capacity, value.as_bytes()),
                    None => -1,
                }
            },
        )
        .unwrap()
        .func_wrap("purview:clock", "now", || 1_700_000_000_123_456_789_i64)
        .unwrap()
        .func_wrap(
            "purview:random",
            "fill",
            |mut caller: Caller<'_, Host>, at: u32, length: u32| {
                let seed = caller.data().chance;
                caller.data_mut().chance += length;
                let noise: Vec<u8> = (seed..seed + length).map(noise).collect();
                fill(&mut caller, at, length, &noise);
            },
        )
        .unwrap();
    linker
}

impl Session<'_> {
    /// Answers one request.
    pub(crate) fn answer(&mut self, request: &Request<'_>) -> Result<Answer, String> {
        let record = record(request);
        self.store.data_mut().body = request.body.unwrap_or_default().as_bytes().to_vec();
        let reserve =
            self.instance.get_typed_func::<u32, u32>(&mut self.store, "purview:reserve/1").unwrap();
        let area = self.instance.get_global(&mut self.store, "purview:request/1").unwrap();
        let at = match record.len() <= purview_abi::name::REQUEST_AREA_BYTES as usize {
            true => area.get(&mut self.store).unwrap_i32() as u32,
            false => reserve.call(&mut self.store, record.len() as u32).unwrap(),
        };
        let memory = self.instance.get_memory(&mut self.store, "memory").unwrap();
        memory.write(&mut self.store, at as usize, &record).unwrap();
        let route =
            self.instance.get_typed_func::<(u32, u32), u32>(&mut self.store, "* *").unwrap();
        let answer = route.call(&mut self.store, (at, record.len() as u32));
        let at = answer.map_err(|error| self.fault(&error))?;
        match self.store.data_mut().sent.take() {
            Some((record, body)) if at == 0 => {
                let answer = self.read(record as usize);
                Ok(Answer { body: String::from_utf8(body).unwrap(), ..answer })
            }
            _ => Ok(self.read(at as usize)),
        }
    }

    fn bytes(&mut self, (at, length): (u32, u32)) -> Vec<u8> {
        let memory = self.instance.get_memory(&mut self.store, "memory").unwrap();
        memory.data(&self.store)[at as usize..][..length as usize].to_vec()
    }

    fn text(&mut self, place: (u32, u32)) -> String {
        String::from_utf8(self.bytes(place)).unwrap()
    }

    fn read(&mut self, at: usize) -> Answer {
        let head: [u8; RESPONSE_BYTES] =
            self.bytes((at as u32, RESPONSE_BYTES as u32)).try_into().unwrap();
        let head = ResponseHead::read(&head).unwrap();
        let table = self.bytes((head.headers, head.headers_count * 16));
        let mut headers = Vec::new();
        for entry in table.chunks_exact(16) {
            let field = ResponseField::read(entry.try_into().unwrap());
            headers.push((self.text(field.name), self.text(field.value)));
        }
        Answer { status: head.status, headers, body: self.text((head.body, head.body_length)) }
    }

    fn fault(&mut self, error: &wasmtime::Error) -> String {
        let record = self.instance.get_global(&mut self.store, purview_abi::name::FAULT).unwrap();
        let at = record.get(&mut self.store).unwrap_i32() as u32;
        let words: Vec<u32> = self
            .bytes((at, 16))
            .chunks_exact(4)
            .map(|word| u32::from_le_bytes(word.try_into().unwrap()))
            .collect();
        if words[0] == 0 {
            return format!("{:?}", error.downcast_ref::<wasmtime::Trap>());
        }
        let message = self.text((words[1], words[2]));
        let frames = error.downcast_ref::<wasmtime::WasmBacktrace>().unwrap().frames();
        let places = self.program.places.as_ref();
        let place = frames.iter().find_map(|frame| places?.at(frame.module_offset()?));
        match place {
            Some(place) => format!("{message} at {}:{}:{}", place.file, place.line, place.column),
            None => message,
        }
    }
}

fn record(request: &Request<'_>) -> Vec<u8> {
    let mut head = Vec::new();
    let mut push = |text: &str| {
        let start = head.len();
        head.extend_from_slice(text.as_bytes());
        Span::new(start..head.len())
    };
    let (path, query) = request.target.split_once('?').unwrap_or((request.target, ""));
    let (method, path, query) = (push(request.method), push(path), push(query));
    let headers: Vec<_> = request
        .headers
        .iter()
        .map(|(name, value)| (push(&name.to_ascii_lowercase()), push(value)))
        .collect();
    let has_query = if request.target.contains('?') { flag::QUERY } else { 0 };
    let parts = RequestParts {
        head: &head,
        flags: has_query | if request.body.is_some() { flag::BODY } else { 0 },
        method,
        path,
        query,
        headers: &headers,
        params: &[],
        peer: b"127.0.0.1:1",
        body_length: request.body.map_or(0, |body| body.len() as u32),
    };
    let mut record = vec![0; parts.record_bytes()];
    parts.write(&mut record).unwrap();
    record
}
