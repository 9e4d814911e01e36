//! Modules stay small and are made quickly: a hundred lines that read and write JSON and, where the compiler is optimised, 15 ms
//! from text to module; and they read and write JSON quickly. `run.rs` holds hello to 40 KB.

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

const RECORD: &str = r#"{"id":12345,"name":"Ada Lovelace","email":"ada@example.com","active":true,"address":{"street":"12 St James's Square","city":"London","zip":"SW1Y 4JH"},"tags":["math","engine","poetry"],"score":97.5,"visits":1024,"manager":{"id":7,"name":"Charles Babbage","office":"Cambridge"},"notes":"first programmer","level":3}"#;

/// Nanoseconds of an operation in the instance: best requests with many of them, less the best with none.
fn nanoseconds(operation: &str) -> u128 {
    const TIMES: u32 = 400;
    let program = format!(
        "export function handler(req: Request): Response {{
            const text = req.text(); const value = {RECORD}; let sink: unknown = undefined;
            for (const i of range(parseInt(req.query.times ?? \"\", 10))) {{ {operation} }}
            return Response.json(JSON.stringify(value) === text);
        }}"
    );
    let program = compile(&[("json.ts", &program)]).expect("it compiles");
    let best = |times: u32| {
        let target = format!("/?times={times}");
        let request = Request::post(&target, RECORD);
        let took = (0..60).map(|_| {
            let begun = Instant::now();
            assert_eq!(program.answer(&request).expect("it answers").body, "true");
            begun.elapsed().as_nanos()
        });
        took.min().unwrap_or_default()
    };
    best(TIMES).saturating_sub(best(0)) / u128::from(TIMES)
}

/// The machine code is the same in every profile; where tests are not optimised, other work may be going on beside them.
#[test]
fn json_is_read_and_written_quickly() {
    let beside = if cfg!(debug_assertions) { 4 } else { 1 };
    for (name, operation, most) in [
        ("read", "sink = JSON.parse(text);", 800),
        ("written", "sink = JSON.stringify(value);", 500),
    ] {
        let took = nanoseconds(operation);
        println!("{} bytes of JSON are {name} in {took} ns", RECORD.len());
        assert!(took <= most * beside, "{name}: {took} ns");
    }
}
