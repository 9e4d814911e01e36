//! Programs that are damaged at random (tokens and bytes removed, doubled, swapped, flipped, cut off, mixed with those of another program)
//! are refused with a diagnostic or compiled to a valid module: never a panic, never a module that does not validate, never without an
//! answer. Every seed is fixed, so that a failure comes back; `ROUNDS=200000 SEED=7` tries more of them.
#![expect(clippy::unwrap_used, reason = "helpers of tests: what goes wrong fails the test")]

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use js_to_wasm::source::Files;

/// xorshift64*.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit.max(1)
    }
}

/// The programs of the tests and the examples.
fn programs() -> Vec<(String, String)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["tests/programs", "tests/proofs", "tests/contract", "../examples"] {
        collect(&here.join(folder), &mut found);
    }
    assert!(found.len() > 700, "only {} programs", found.len());
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let extension = path.extension().map(|extension| extension.to_str().unwrap().to_owned());
        match extension.as_deref() {
            _ if path.is_dir() && !path.ends_with("target") => collect(&path, found),
            Some(extension @ ("ts" | "tsx" | "js" | "jsx")) => {
                found.push((format!("p.{extension}"), fs::read_to_string(path).unwrap()));
            }
            _ => {}
        }
    }
}

/// Words and signs, white space apart.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let end = match word(first) {
            true => rest.find(|c| !word(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens
}

/// The program with a few tokens removed, doubled, swapped, or replaced by tokens of another.
fn damaged(text: &str, other: &str, chance: &mut Chance) -> String {
    let mut tokens = tokens(text);
    let others = self::tokens(other);
    for _ in 0..=chance.below(3) {
        let (at, to) = (chance.below(tokens.len()), chance.below(tokens.len()));
        match chance.below(5) {
            0 => {
                tokens.remove(at);
            }
            1 => tokens.insert(to, tokens[at]),
            2 => tokens.swap(at, to),
            3 => tokens[at] = tokens[to],
            _ => tokens[at] = others[chance.below(others.len())],
        }
        if tokens.is_empty() {
            break;
        }
    }
    tokens.concat()
}

/// The program with bytes flipped, cut off, doubled or replaced by a stretch of another.
fn torn(text: &str, other: &str, chance: &mut Chance) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=chance.below(2) {
        let (one, two) = (chance.below(bytes.len() + 1), chance.below(bytes.len() + 1));
        let (from, to) = (one.min(two), one.max(two));
        match chance.below(6) {
            0 if from < bytes.len() => bytes[from] ^= 1 << chance.below(8),
            1 if from < bytes.len() => bytes[from] = chance.below(256) as u8,
            2 => bytes.truncate(to),
            3 => drop(bytes.drain(..from)),
            4 => {
                let part = bytes[from..to].to_vec();
                bytes.splice(to..to, part);
            }
            _ => {
                let other = other.as_bytes();
                let start = chance.below(other.len() + 1);
                let end = start + chance.below(other.len() + 1 - start);
                bytes.splice(from..to, other[start..end].iter().copied());
            }
        }
    }
    bytes
}

/// A number from the environment.
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// Longest time for one program; the slowest of the tests' own takes a hundredth of it.
const LONGEST: Duration = Duration::from_secs(20);

/// Compiles what `damage` makes of the programs, in several threads, and gives how many of them are programs still.
fn attack(rounds: u64, damage: impl Fn(&str, &str, &mut Chance) -> Vec<u8> + Sync) -> u64 {
    let programs = programs();
    let seed = number("SEED").unwrap_or(0x9E37_79B9_7F4A_7C15);
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(4)) as u64;
    let one = |thread: u64| {
        let mut compiled = 0;
        for round in (thread..rounds).step_by(threads as usize) {
            // Every round has chances of its own: a failure comes back without those before it.
            let mut chance = Chance(seed ^ (round + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93) | 1);
            let (path, text) = &programs[chance.below(programs.len())];
            let (_, other) = &programs[chance.below(programs.len())];
            let program = damage(text, other, &mut chance);
            let start = Instant::now();
            let result = js_to_wasm::compile(&Files::one(path, &*program), path);
            let shown = String::from_utf8_lossy(&program);
            assert!(start.elapsed() < LONGEST, "round {round}: {:?}\n{shown}", start.elapsed());
            match result {
                Ok(package) => {
                    wasmparser::validate(&package.wasm).unwrap();
                    compiled += 1;
                }
                Err(checked) => {
                    let diagnostics = checked.render();
                    assert!(diagnostics.contains("error["), "round {round}\n{shown}");
                    assert!(
                        !diagnostics.contains("JS899"),
                        "round {round}: {diagnostics}\n{shown}"
                    );
                }
            }
        }
        compiled
    };
    let one = &one;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|thread| scope.spawn(move || one(thread))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    })
}

#[test]
fn damaged_programs_never_panic_and_never_give_a_bad_module() {
    let rounds = number("ROUNDS").unwrap_or(1500);
    let compiled = attack(rounds, |text, other, chance| damaged(text, other, chance).into_bytes());
    assert!(compiled > rounds / 20, "only {compiled} of {rounds} are programs");
}

#[test]
fn torn_texts_never_panic_and_never_give_a_bad_module() {
    let rounds = number("ROUNDS").unwrap_or(1500);
    let compiled = attack(rounds, torn);
    assert!(compiled > rounds / 100, "only {compiled} of {rounds} are programs");
}

/// Brackets, a text and a line that are far too long, through the whole compiler.
#[test]
fn what_is_too_deep_or_too_long_gets_a_diagnostic() {
    let long = "x".repeat(10 * 1024 * 1024);
    let sum = "1 + ".repeat(2_500_000);
    for text in [
        format!("const a = {}1{};", "(".repeat(100_000), ")".repeat(100_000)),
        format!("const a = {};", "(".repeat(100_000)),
        format!("const a = {}{};", "[".repeat(100_000), "]".repeat(100_000)),
        format!("const a = \"{long}\";"),
        format!("const a = {sum}1;"),
        format!("// {long}\nconst a = ;"),
        long,
    ] {
        for path in ["p.ts", "p.tsx", "p.js", "p.jsx"] {
            let start = Instant::now();
            let checked = js_to_wasm::compile(&Files::one(path, &*text), path).unwrap_err();
            assert!(checked.render().contains("error["), "{path}: {}", &text[..40]);
            assert!(start.elapsed() < LONGEST, "{path}: {:?} for {}", start.elapsed(), &text[..40]);
        }
    }
}
