//! Numbers are read, printed and computed with as Node does it: random doubles of every kind go through a compiled handler as text
//! and as JSON, and come back as Node wrote them; powers and the other functions of
//! `Math` have Node's last digit.

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

/// Turns each pair of the numbers into base, exponent and power. Every third exponent is small and whole.
const POWERS: &str = r#"
const powers = [];
for (let at = 0; at + 1 < lines.length; at += 2) {
  const x = Number(lines[at]) || 10;
  const y = at % 3 === 0 ? Math.floor(Number(lines[at + 1]) % 40) : (next() / 4294967296 * 2200 - 1100) / Math.log2(Math.abs(x) || 2);
  powers.push(`${x} ${y} ${x ** y}`);
}
lines.length = 0;
for (const power of powers) { lines.push(power); }
"#;

const RAISE: &str = "function handler(req: Request): Response {
    return Response.text(req.text().split(\"\\n\").map((line) => {
        const [x, y] = line.split(\" \");
        return `${x} ${y} ${parseFloat(x ?? \"\") ** parseFloat(y ?? \"\")}`;
    }).join(\"\\n\"));
}";

/// What the script writes for a seed; nothing where Node is not found.
#[expect(clippy::print_stderr, reason = "a test that compares nothing must say so")]
fn made(script: &str, seed: u32, count: usize) -> Option<String> {
    let made = Command::new("node")
        .args(["-e", script, &seed.to_string(), &count.to_string()])
        .stderr(Stdio::inherit())
        .output();
    let Ok(made) = made else {
        eprintln!("node is not found: nothing compared");
        return None;
    };
    assert!(made.status.success());
    Some(String::from_utf8(made.stdout).expect("node writes UTF-8"))
}

fn echo(seed: u32, count: usize) {
    let Some(made) = made(MAKER, seed, count) else { return };
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

#[test]
fn powers_have_the_last_digit_of_node() {
    let write = "process.stdout.write";
    let script = MAKER.replace(write, &format!("{POWERS}{write}"));
    let Some(made) = made(&script, 2, 400_000) else { return };
    let program = compile(&[("a.ts", RAISE)]).expect("it compiles");
    let lines: Vec<&str> = made.lines().collect();
    assert_eq!(lines.len(), 200_000);
    for batch in lines.chunks(BATCH) {
        let sent = batch.join("\n");
        let got = program.answer(&Request::post("/", &sent)).expect("it answers").body;
        let different = batch.iter().zip(got.lines()).find(|(sent, got)| *sent != got);
        assert_eq!(different, None);
        assert_eq!(got.lines().count(), batch.len());
    }
}

const FUNCTIONS: &str = "sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp expm1 log log2 log10 log1p cbrt sqrt";

/// Turns each number into itself and what the functions give for it; angles of sine and cosine stay below 2^19 × π/2.
const APPLY: &str = r#"
const names = process.argv[3].split(" ");
const reach = [1, 1.5, 20, 700, 800000];
lines.forEach((line, at) => {
  const x = at % 7 === 0 ? Number(line) % 800000 : (next() / 2147483648 - 1) * reach[at % 5];
  lines[at] = `${x} ${names.map((name) => Math[name](x)).join(" ")} ${Math.atan2(x, at)} ${Math.hypot(x, at)}`;
});
"#;

#[test]
fn functions_of_math_have_the_last_digit_of_node() {
    let write = "process.stdout.write";
    let script = MAKER
        .replace(write, &format!("{APPLY}{write}"))
        .replace("process.argv[3]", &format!("{FUNCTIONS:?}"));
    let Some(made) = made(&script, 3, 20_000) else { return };
    let calls: Vec<String> =
        FUNCTIONS.split(' ').map(|name| format!("${{Math.{name}(x)}}")).collect();
    let program = format!(
        "function handler(req: Request): Response {{
            const from = parseFloat(req.query.from ?? \"0\");
            return Response.text(req.text().split(\"\\n\").map((line, at) => {{
                const x = parseFloat(line.split(\" \")[0] ?? \"\");
                return `${{x}} {} ${{Math.atan2(x, at + from)}} ${{Math.hypot(x, at + from)}}`;
            }}).join(\"\\n\"));
        }}",
        calls.join(" ")
    );
    let program = compile(&[("a.ts", &*program)]).expect("it compiles");
    let lines: Vec<&str> = made.lines().collect();
    assert_eq!(lines.len(), 20_000);
    for (index, batch) in lines.chunks(BATCH).enumerate() {
        let (target, sent) = (format!("/?from={}", index * BATCH), batch.join("\n"));
        let got = program.answer(&Request::post(&target, &sent)).expect("it answers").body;
        let different = batch.iter().zip(got.lines()).find(|(sent, got)| *sent != got);
        assert_eq!(different, None);
        assert_eq!(got.lines().count(), batch.len());
    }
}
