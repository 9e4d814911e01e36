//! Numbers are read and printed as Node does it: random doubles of every kind go through a compiled handler as text and as JSON,
//! and come back as Node wrote them.

mod common;

use std::process::{Command, Stdio};

use common::{Request, compile};

/// Prints doubles, one a line: random bits, fractions, decimals, neighbours of powers of two, large integers, decimal exponents.
const MAKER: &str = r#"
const bits = new Uint32Array(2);
const value = new Float64Array(bits.buffer);
let state = Number(process.argv[1]) | 0;
const next = () => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
};
const kinds = [
  () => { bits[0] = next(); bits[1] = next(); return value[0]; },
  () => (next() * 2097152 + (next() >>> 11)) / 9007199254740992,
  () => (next() % 2000000 - 1000000) / [1, 10, 100, 1000, 3][next() % 5],
  () => { value[0] = 2 ** (next() % 2098 - 1074); bits[0] += next() % 7 - 3; return value[0]; },
  () => next() * 4294967296 + next(),
  () => Number(`${next() % 1000000}e${next() % 640 - 340}`),
];
const lines = [];
for (let left = Number(process.argv[2]); left > 0; ) {
  const number = kinds[next() % kinds.length]() * (next() % 4 === 0 ? -1 : 1);
  if (Number.isFinite(number) && !Object.is(number, -0)) { lines.push(String(number)); left -= 1; }
}
process.stdout.write(lines.join("\n"));
"#;

/// Numbers that go through the handler at a time.
const BATCH: usize = 10_000;

const TEXT: &str = "function handler(req: Request): Response {
    return Response.text(req.text().split(\"\\n\").map((text) => `${parseFloat(text)}`).join(\"\\n\"));
}";
const JSON: &str = "function handler(req: Request): Response { return Response.json(req.json()); }";

#[expect(clippy::print_stderr, reason = "a test that compares nothing must say so")]
fn echo(seed: u32, count: usize) {
    let made = Command::new("node")
        .args(["-e", MAKER, &seed.to_string(), &count.to_string()])
        .stderr(Stdio::inherit())
        .output();
    let Ok(made) = made else {
        eprintln!("node is not found: nothing compared");
        return;
    };
    assert!(made.status.success());
    let made = String::from_utf8(made.stdout).expect("node writes UTF-8");
    let numbers: Vec<&str> = made.lines().collect();
    assert_eq!(numbers.len(), count);
    let (text, json) = (compile(&[("a.ts", TEXT)]), compile(&[("a.ts", JSON)]));
    let (text, json) = (text.expect("it compiles"), json.expect("it compiles"));
    for batch in numbers.chunks(BATCH) {
        let sent = batch.join("\n");
        let got = text.answer(&Request::post("/", &sent)).expect("it answers").body;
        let different = batch.iter().zip(got.lines()).find(|(sent, got)| *sent != got);
        assert_eq!(different, None, "as text");
        assert_eq!(got.lines().count(), batch.len());
        let sent = format!("[{}]", batch.join(","));
        let got = json.answer(&Request::post("/", &sent)).expect("it answers").body;
        let different = sent.split(',').zip(got.split(',')).find(|(sent, got)| sent != got);
        assert_eq!(different, None, "as JSON");
        assert_eq!(got.len(), sent.len());
    }
}

#[test]
fn a_million_doubles_are_read_and_printed_as_node_does() {
    echo(1, 1_000_000);
}
