//! What the code of handlers costs, without sockets: single operations inside of one call, whole calls in fresh instances, sizes, and
//! the compiler itself. `cargo bench -p js-to-wasm --bench inside` prints a table; `-- NAME` measures what has NAME in its name. The
//! machine code is Cranelift's in every profile; times of the compiler mean something only when it is built with optimisation.

use std::{
    io::{self, Write as _},
    time::{Duration, Instant},
};

use js_to_wasm::source::Files;
use purview_abi::wire::{RequestParts, Span, flag};
use wasmtime::{
    Config, Enabled, Engine, InstanceAllocationStrategy, InstancePre, Linker, Module,
    PoolingAllocationConfig, Store,
};

/// Operations in one call.
const TIMES: u32 = 200;
const SAMPLES: usize = 400;

/// `NAME`, declarations, the operation: `i` counts, `sink` may be set to keep a result.
const OPERATIONS: &[(&str, &str, &str)] = &[
    ("stringify 300 B", RECORD, "sink = JSON.stringify(record);"),
    (
        "stringify 300 B, literal",
        "",
        "sink = JSON.stringify({ id: i, name: \"Ada Lovelace\", email: \"ada@example.com\", active: true, address: { street: \"12 St James's Square\", city: \"London\", zip: \"SW1Y 4JH\" }, tags: [\"math\", \"engine\", \"poetry\"], score: 97.5, visits: 1024, manager: { id: 7, name: \"Charles Babbage\", office: \"Cambridge\" }, notes: \"first programmer\", level: 3 });",
    ),
    ("stringify 300 B, parsed", PARSED, "sink = JSON.stringify(record) ?? sink;"),
    ("parse 300 B", TEXT, "sink = JSON.parse(text) ?? sink;"),
    (
        "read 3 properties",
        RECORD,
        "total = total + record.id + record.visits + record.address.city.length;",
    ),
    ("object of 4", "", "sink = { id: i, name: \"a\", ok: true, tag: \"t\" };"),
    ("number to text", "", "sink = String(i * 1.25);"),
    (
        "template of 5",
        "const who = req.method;",
        "sink = `hello ${who}, you are number ${i} of ${TIMES}`;",
    ),
    ("append", "let s = \"\";", "s = s + \"0123456789\"; sink = s;"),
    (
        "jsx item",
        "const name = req.method;",
        "sink = renderToString(<li class=\"item\" id={name}><b>{name}</b><i>{i}</i></li>);",
    ),
    (
        "map filter reduce of 10",
        "const list = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];",
        "total = total + list.map((n) => n * 2).filter((n) => n > 6).reduce((sum, n) => sum + n, 0);",
    ),
    (
        "for of 10",
        "const list = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];",
        "for (const n of list) { total = total + n; }",
    ),
    (
        "index loop of 10",
        "const list = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];",
        "for (const k of range(10)) { total = total + (list[k] ?? 0); }",
    ),
    (
        "call of a function",
        "const add = (a: number, b: number): number => a + b;",
        "total = add(total, i);",
    ),
    (
        "closure call",
        "let calls = 0; const f = [(a: number) => { calls = calls + a; return calls; }];",
        "total = total + (f[0]?.(i) ?? 0);",
    ),
    ("Response.json", "", "sink = Response.json({ id: i, name: \"Ada\", ok: true });"),
];

const RECORD: &str = "const record = { id: 12345, name: \"Ada Lovelace\", email: \"ada@example.com\", active: true, address: { street: \"12 St James's Square\", city: \"London\", zip: \"SW1Y 4JH\" }, tags: [\"math\", \"engine\", \"poetry\"], score: 97.5, visits: 1024, manager: { id: 7, name: \"Charles Babbage\", office: \"Cambridge\" }, notes: \"first programmer\", level: 3 };";
const TEXT: &str = "const text = `{\"id\":12345,\"name\":\"Ada Lovelace\",\"email\":\"ada@example.com\",\"active\":true,\"address\":{\"street\":\"12 St James's Square\",\"city\":\"London\",\"zip\":\"SW1Y 4JH\"},\"tags\":[\"math\",\"engine\",\"poetry\"],\"score\":97.5,\"visits\":1024,\"manager\":{\"id\":7,\"name\":\"Charles Babbage\",\"office\":\"Cambridge\"},\"notes\":\"first programmer\",\"level\":3}`;";
const PARSED: &str = "const text = `{\"id\":12345,\"name\":\"Ada Lovelace\",\"email\":\"ada@example.com\",\"active\":true,\"address\":{\"street\":\"12 St James's Square\",\"city\":\"London\",\"zip\":\"SW1Y 4JH\"},\"tags\":[\"math\",\"engine\",\"poetry\"],\"score\":97.5,\"visits\":1024,\"manager\":{\"id\":7,\"name\":\"Charles Babbage\",\"office\":\"Cambridge\"},\"notes\":\"first programmer\",\"level\":3}`; const record = JSON.parse(text);";

/// Whole handlers, each answering one request in a fresh instance.
const HANDLERS: &[(&str, &str)] = &[
    ("100 lines with JSON", include_str!("../tests/size/orders.ts")),
    (
        "hello text",
        "export function handler(req: Request): Response { return Response.text(\"Hello, World!\"); }",
    ),
    (
        "hello json",
        "export function handler(req: Request): Response { return Response.json({ message: \"Hello, World!\" }); }",
    ),
    (
        "echo query",
        "export function handler(req: Request): Response { return Response.json({ path: req.path, name: req.query.n ?? \"nobody\" }); }",
    ),
    (
        "page",
        "const Item = (props: { name: string }) => <li>{props.name}</li>; export function handler(req: Request): Response { const names = [\"Ada\", \"Grace\", \"Alan\"]; return Response.html(renderToString(<html><body><h1>People</h1><ul>{names.map((name) => <Item name={name} />)}</ul></body></html>)); }",
    ),
];

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let wanted = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let wanted = |name: &str| wanted.as_ref().is_none_or(|part| name.contains(part));
    let engine = engine();
    writeln!(out, "{:<28} {:>10}", "operation", "ns")?;
    for (name, setup, operation) in OPERATIONS.iter().filter(|(name, ..)| wanted(name)) {
        writeln!(out, "{name:<28} {:>10.1}", operation_ns(&engine, setup, operation))?;
    }
    writeln!(
        out,
        "\n{:<28} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "handler", "bytes", "pages", "call ns", "all ns", "compile ms"
    )?;
    for (name, text) in HANDLERS.iter().filter(|(name, ..)| wanted(name)) {
        let program = Program::new(&engine, text);
        let (call, all) = program.fresh();
        writeln!(
            out,
            "{name:<28} {:>10} {:>10} {call:>10} {all:>10} {:>10.1}",
            program.bytes,
            program.pages(),
            compile_ms(text)
        )?;
    }
    Ok(())
}

fn engine() -> Engine {
    let mut pool = PoolingAllocationConfig::default();
    pool.total_core_instances(16).total_memories(16).total_tables(16);
    pool.linear_memory_keep_resident(1 << 20)
        .table_keep_resident(1 << 14)
        .pagemap_scan(Enabled::Auto);
    let mut config = Config::new();
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    Engine::new(&config).expect("the configuration is valid")
}

/// Median of the time of one operation.
fn operation_ns(engine: &Engine, setup: &str, operation: &str) -> f64 {
    let text = format!(
        "const TIMES = {TIMES};
        export function handler(req: Request): Response {{
            let sink: unknown = \"\"; let total = 0; {setup}
            for (const i of range(Number(req.query.n))) {{ {operation} }}
            return Response.text(`${{total}}${{typeof sink}}`);
        }}"
    );
    let program = Program::new(engine, &text);
    let samples = |target: &str| {
        let mut times: Vec<Duration> = (0..SAMPLES).map(|_| program.call(target).0).collect();
        times.sort();
        times[SAMPLES / 4]
    };
    let (empty, full) = (samples("n=0"), samples(&format!("n={TIMES}")));
    (full.as_nanos() as f64 - empty.as_nanos() as f64) / f64::from(TIMES)
}

fn compile(text: &str) -> Vec<u8> {
    match js_to_wasm::compile(&Files::one("a.tsx", text), "a.tsx") {
        Ok(package) => package.wasm,
        Err(checked) => panic!("{}", checked.render()),
    }
}

/// Best of some compilations, checks included.
fn compile_ms(text: &str) -> f64 {
    let time = |_| {
        let start = Instant::now();
        compile(text);
        start.elapsed()
    };
    (0..10).map(time).min().unwrap_or_default().as_secs_f64() * 1e3
}

struct Program {
    engine: Engine,
    instance: InstancePre<()>,
    bytes: usize,
}

impl Program {
    fn new(engine: &Engine, text: &str) -> Self {
        let wasm = compile(text);
        let module = Module::new(engine, &wasm).expect("the module is valid");
        let mut linker = Linker::new(engine);
        linker.define_unknown_imports_as_traps(&module).expect("imports are functions");
        let instance = linker.instantiate_pre(&module).expect("all imports are there");
        Self { engine: engine.clone(), instance, bytes: wasm.len() }
    }

    /// Time of the call, time of everything, and the memory before and after.
    fn call(&self, query: &str) -> (Duration, Duration) {
        let start = Instant::now();
        let mut store = Store::new(&self.engine, ());
        let (time, _) = self.call_in(&mut store, query);
        drop(store);
        (time, start.elapsed())
    }

    fn call_in(&self, store: &mut Store<()>, query: &str) -> (Duration, wasmtime::Memory) {
        let record = record(query);
        let instance = self.instance.instantiate(&mut *store).expect("there is room");
        let area = instance.get_global(&mut *store, purview_abi::name::REQUEST_AREA);
        let at = area.and_then(|area| area.get(&mut *store).i32()).expect("a place for requests");
        let memory = instance.get_memory(&mut *store, "memory").expect("a memory");
        memory.write(&mut *store, at as usize, &record).expect("the record fits");
        let route =
            instance.get_typed_func::<(i32, i32), i32>(&mut *store, "* *").expect("a route");
        let start = Instant::now();
        let answer = route.call(&mut *store, (at, record.len() as i32));
        let time = start.elapsed();
        assert!(answer.is_ok(), "{answer:?}");
        (time, memory)
    }

    /// Medians of the call and of everything from store to drop, in nanoseconds.
    fn fresh(&self) -> (u128, u128) {
        let mut times: Vec<_> = (0..20 * SAMPLES).map(|_| self.call("n=1")).collect();
        let middle = times.len() / 2;
        times.sort_by_key(|(_, all)| *all);
        let all = times[middle].1.as_nanos();
        times.sort_by_key(|(call, _)| *call);
        (times[middle].0.as_nanos(), all)
    }

    /// Pages of 4 KiB that a call changes, the request record included.
    fn pages(&self) -> usize {
        let (mut before, mut after) = (Store::new(&self.engine, ()), Store::new(&self.engine, ()));
        let clean = self.instance.instantiate(&mut before).expect("there is room");
        let clean = clean.get_memory(&mut before, "memory").expect("a memory");
        let (_, used) = self.call_in(&mut after, "n=1");
        let pages = |bytes: &[u8]| bytes.chunks(4096).map(<[u8]>::to_vec).collect::<Vec<_>>();
        let (clean, used) = (pages(clean.data(&before)), pages(used.data(&after)));
        clean.iter().zip(&used).filter(|(clean, used)| clean != used).count()
    }
}

fn record(query: &str) -> Vec<u8> {
    let head = format!("GET/{query}");
    let span = |from: usize, to: usize| Span::new(from..to);
    let parts = RequestParts {
        head: head.as_bytes(),
        flags: flag::QUERY,
        method: span(0, 3),
        path: span(3, 4),
        query: span(4, head.len()),
        headers: &[],
        params: &[],
        peer: b"127.0.0.1:1",
        body_length: 0,
    };
    let mut record = vec![0; parts.record_bytes()];
    parts.write(&mut record).expect("the record has its size");
    record
}
