//! Programs that are damaged at random are refused with a diagnostic or compiled to a valid module: never a panic, never a module that
//! does not validate. Every seed is fixed, so that a failure comes back.
#![expect(clippy::unwrap_used, reason = "helpers of tests: what goes wrong fails the test")]

use std::{fs, path::Path};

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

fn programs() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let mut found = Vec::new();
    for family in fs::read_dir(folder).unwrap() {
        for file in fs::read_dir(family.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let extension = path.extension().unwrap().to_str().unwrap().to_owned();
            if extension != "out" {
                found.push((format!("p.{extension}"), fs::read_to_string(path).unwrap()));
            }
        }
    }
    found.sort();
    found
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

#[test]
fn damaged_programs_never_panic_and_never_give_a_bad_module() {
    let programs = programs();
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let rounds =
        std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1500);
    let mut compiled = 0;
    for _ in 0..rounds {
        let (path, text) = &programs[chance.below(programs.len())];
        let (_, other) = &programs[chance.below(programs.len())];
        let program = damaged(text, other, &mut chance);
        match js_to_wasm::compile(&Files::one(path, &*program), path) {
            Ok(_) => compiled += 1,
            Err(checked) => {
                let diagnostics = checked.render();
                assert!(diagnostics.contains("error["), "{program}");
                assert!(!diagnostics.contains("JS899"), "{diagnostics}\n{program}");
            }
        }
    }
    assert!(compiled > rounds / 20, "only {compiled} of {rounds} are programs");
}
