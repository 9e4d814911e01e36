//! Modules stay small and are made quickly: a hundred lines that read and write JSON and, where the compiler is optimised, 15 ms
//! from text to module. `run.rs` holds hello to 40 KB.

mod common;

use std::time::{Duration, Instant};

use common::{Request, compile};

const ORDERS: &str = include_str!("size/orders.ts");

const ORDER: &str = r#"{"id":"7","customer":" Ann ","express":false,"lines":[
    {"article":"apple","count":3,"price":0.7},{"article":"hammer","count":1,"price":24.9}]}"#;

/// What such a module may weigh.
const BYTES_MAX: usize = 100_000;

#[test]
fn a_module_of_usual_size_is_small() {
    let program = compile(&[("orders.ts", ORDERS)]).expect("it compiles");
    println!("orders.ts: {} bytes", program.wasm.len());
    assert!(program.wasm.len() <= BYTES_MAX, "{} bytes", program.wasm.len());
}

#[test]
fn it_works() {
    let program = compile(&[("orders.ts", ORDERS)]).expect("it compiles");
    let answer = program.answer(&Request::post("/orders/price", ORDER)).expect("it answers");
    let expected = r#"{"id":"7","summary":"Ann: 3 × apple, 1 × hammer","kinds":{"food":3,"tools":1},"total":{"net":27,"tax":2.07,"shipping":7.5,"gross":36.57},"late":false}"#;
    assert_eq!((answer.status, answer.body.as_str()), (200, expected));
    let answer = program.answer(&Request::post("/orders/price", "{")).expect("it answers");
    assert_eq!(answer.status, 400);
    let answer = program.answer(&Request::get("/articles?kind=tools")).expect("it answers");
    assert!(answer.body.starts_with(r#"{"articles":["hammer","saw"],"#), "{}", answer.body);
}

#[test]
fn it_is_made_quickly() {
    let files = js_to_wasm::source::Files::one("orders.ts", ORDERS);
    let mut times: Vec<Duration> = (0..20)
        .map(|_| {
            let begun = Instant::now();
            js_to_wasm::compile(&files, "orders.ts").expect("it compiles");
            begun.elapsed()
        })
        .collect();
    times.sort();
    println!("orders.ts: median {:?} from text to module", times[10]);
    if cfg!(not(debug_assertions)) {
        assert!(times[10] <= Duration::from_millis(15), "{times:?}");
    }
}
