//! After warm-up the server allocates nothing for a request, except what Wasmtime allocates to make an instance: exactly as
//! often as a loop that does nothing but make a store, instantiate, call on a fiber and drop.

mod support;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    io::{Read, Write},
    pin::pin,
    sync::atomic::{AtomicU64, Ordering},
    task::{Context, Waker},
};

use purview::{
    instance::engine::{self, EngineOptions},
    limits::Limits,
    log,
};
use support::{DRIVERS, Running, Setup, guest};
use wasmtime::{Linker, Module, Store};

struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call is handed to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract of `realloc`.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const ROUNDS: u64 = 500;

/// Allocations of the whole process for one request, on a connection that is warm.
fn per_request(running: &Running, request: &[u8], response_ends: &[u8]) -> f64 {
    let mut stream = running.connect();
    let mut buffer = [0; 4096];
    let mut ask = |times: u64| {
        for _ in 0..times {
            stream.write_all(request).expect("the server reads");
            let mut length = 0;
            while !buffer[..length].ends_with(response_ends) {
                length += stream.read(&mut buffer[length..]).expect("the server answers");
            }
        }
    };
    ask(50);
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    ask(ROUNDS);
    let after = ALLOCATIONS.load(Ordering::Relaxed);
    (after - before) as f64 / ROUNDS as f64
}

/// Allocations of Wasmtime alone, for the same module, called on a fiber.
fn of_an_instance(module: &str) -> f64 {
    let limits = Limits::default();
    let engine =
        engine::engine(&limits, limits.memory_bytes, &EngineOptions::default()).expect("an engine");
    let module = Module::from_file_text(&engine, module);
    let instance = Linker::<()>::new(&engine).instantiate_pre(&module).expect("no imports");
    let once = || {
        let mut call = pin!(async {
            let mut store = Store::new(&engine, ());
            store.set_epoch_deadline(1_000_000);
            let instance = instance.instantiate_async(&mut store).await.expect("an instance");
            let route =
                instance.get_typed_func::<(u32, u32), u32>(&mut store, "* *").expect("the route");
            route.call_async(&mut store, (4096, 64)).await.expect("an answer")
        });
        assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready());
    };
    (0..50).for_each(|_| once());
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    (0..ROUNDS).for_each(|_| once());
    (ALLOCATIONS.load(Ordering::Relaxed) - before) as f64 / ROUNDS as f64
}

trait FromText {
    fn from_file_text(engine: &wasmtime::Engine, name: &str) -> Module;
}

impl FromText for Module {
    fn from_file_text(engine: &wasmtime::Engine, name: &str) -> Module {
        let wasm = wat::parse_file(guest(name)).expect("the guest is valid");
        Module::from_binary(engine, &wasm).expect("the guest compiles")
    }
}

#[test]
fn nothing_is_allocated_for_a_request_but_the_instance() {
    let bare = of_an_instance("ignore.wat");
    for driver in DRIVERS {
        log::set_quiet(true);
        let running = Setup::new("ignore.wat").start(*driver);
        let served = per_request(&running, b"GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n", b"ok\n");
        // One call more may be counted when a date is rendered or the kernel's events come in another order.
        assert!(
            served <= bare + 0.05,
            "{driver}: {served} allocations a request, of them {bare} for the instance"
        );

        let running = Setup::new("hello.wat").start(*driver);
        let refused =
            per_request(&running, b"GET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n", b"\"}\n");
        assert!(
            refused <= 0.05,
            "{driver}: {refused} allocations for an answer without an instance"
        );
    }
}
