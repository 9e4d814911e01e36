//! Processor time of checking: `cargo run --release -p js-to-wasm --bin check-time [FILE…]`. In: programs of one file each; without any, the
//! handler of 500 lines that the tests hold to 20 ms. Out: for each its lines and the milliseconds of one check. Never happens here: compiling.

use std::{
    fs, io,
    io::Write as _,
    time::{Duration, Instant},
};

use js_to_wasm::{check_source, source::Files};

const LARGE: &str = include_str!("../../tests/large/handler.ts");
/// How often each is checked, beyond the first time, which also reads the library.
const TIMES: u32 = 100;

fn main() -> io::Result<()> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let mut programs = Vec::new();
    for path in &paths {
        programs.push((path.as_str(), fs::read_to_string(path)?));
    }
    if programs.is_empty() {
        programs.push(("handler.ts", LARGE.to_owned()));
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{:<24} {:>6} {:>10} {:>10} {:>9}",
        "file", "lines", "first ms", "cpu ms", "errors"
    )?;
    for (path, text) in &programs {
        let name = path.rsplit('/').next().unwrap_or(path);
        let files = Files::one(name, text.as_str());
        let start = Instant::now();
        let errors = check_source(&files, name).diagnostics.iter().count();
        let first = start.elapsed();
        let (before, start) = (processor_time(), Instant::now());
        for _ in 0..TIMES {
            check_source(&files, name);
        }
        let spent = processor_time().zip(before).map(|(after, before)| after - before);
        let each = spent.unwrap_or(start.elapsed()) / TIMES;
        let (lines, ms) = (text.lines().count(), |time: Duration| time.as_secs_f64() * 1000.0);
        writeln!(out, "{name:<24} {lines:>6} {:>10.2} {:>10.2} {errors:>9}", ms(first), ms(each))?;
    }
    Ok(())
}

/// What all threads of this process have taken so far, where the system tells it: in hundredths of a second.
fn processor_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks(11)? + ticks(12)?)))
}
