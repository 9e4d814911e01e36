//! Runs other programs. In: a command. Out: what it printed, or which command failed with its last lines. Never here:
//! a variable of an outer cargo or rustc that reaches an inner one, or a command that runs longer than its limit.

use std::{
    ffi::OsString,
    fmt,
    io::{self, BufRead as _, Read},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

/// Last lines of a failed command that are shown.
const LINES_SHOWN: usize = 30;
/// How often a command with a limit is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A command without the variables by which a calling cargo, rustc or rustup would change what it does.
pub(super) fn clean(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(leaks) {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// Whether a variable of this name changes what a compiler makes. Places, registries and proxies are kept.
fn leaks(name: &str) -> bool {
    const KEPT: [&str; 4] = ["CARGO_HOME", "CARGO_HTTP_", "CARGO_NET_", "CARGO_REGISTR"];
    const LINKERS: [&str; 4] =
        ["LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"];
    let cargo = name == "CARGO" || name.starts_with("CARGO_");
    let rust = name.starts_with("RUST") && !name.starts_with("RUSTUP_");
    let build_script = matches!(
        name,
        "OUT_DIR"
            | "TARGET"
            | "HOST"
            | "NUM_JOBS"
            | "OPT_LEVEL"
            | "PROFILE"
            | "DEBUG"
            | "MAKEFLAGS"
    );
    (cargo && !KEPT.iter().any(|kept| name.starts_with(kept)))
        || rust
        || build_script
        || LINKERS.contains(&name)
}

/// Runs `command` and returns what it wrote to its standard output.
pub(super) fn output(command: &mut Command) -> Result<String, CommandError> {
    run(command, None)
}

/// The same; each line is handed to `line` as it comes, and standard error goes where ours goes if it is to be shown. What was
/// shown does not stand in the error again.
pub(super) fn output_lines(
    command: &mut Command,
    show: bool,
    line: &mut dyn FnMut(&str),
) -> Result<(), CommandError> {
    let errors = if show { Stdio::inherit() } else { Stdio::piped() };
    let mut child = match command.stdout(Stdio::piped()).stderr(errors).spawn() {
        Ok(child) => child,
        Err(error) => return Err(CommandError::new(command, Reason::Start(error), b"")),
    };
    let err = reader(child.stderr.take());
    if let Some(out) = child.stdout.take() {
        let lines = io::BufReader::new(out).lines();
        lines.map_while(Result::ok).for_each(|text| line(&text));
    }
    let ended = child.wait();
    let said = err.join().unwrap_or_default();
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(CommandError::new(command, Reason::Status(status), &said)),
        Err(error) => Err(CommandError::new(command, Reason::Start(error), &said)),
    }
}

/// The same; after `limit` the command is ended.
pub(super) fn output_within(
    command: &mut Command,
    limit: Duration,
) -> Result<String, CommandError> {
    run(command, Some(limit))
}

fn run(command: &mut Command, limit: Option<Duration>) -> Result<String, CommandError> {
    let fail = CommandError::new;
    let mut child = match command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => return Err(fail(command, Reason::Start(error), b"")),
    };
    let out = reader(child.stdout.take());
    let err = reader(child.stderr.take());
    let ended = wait(&mut child, limit);
    let out = out.join().unwrap_or_default();
    let err = err.join().unwrap_or_default();
    // What a program says about a failure it says on standard error, if it knows how to.
    let said = if err.iter().all(u8::is_ascii_whitespace) { &out } else { &err };
    match ended {
        Ok(Some(status)) if status.success() => Ok(String::from_utf8_lossy(&out).into_owned()),
        Ok(Some(status)) => Err(fail(command, Reason::Status(status), said)),
        Ok(None) => Err(fail(command, Reason::Limit(limit.unwrap_or_default()), said)),
        Err(error) => Err(fail(command, Reason::Start(error), said)),
    }
}

/// Reads a pipe to its end on a thread of its own, so that a command never waits for its reader.
fn reader<R: Read + Send + 'static>(pipe: Option<R>) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // A pipe that breaks has said what it will ever say.
            let _ = pipe.read_to_end(&mut bytes);
        }
        bytes
    })
}

fn wait(child: &mut Child, limit: Option<Duration>) -> io::Result<Option<ExitStatus>> {
    let Some(limit) = limit else { return child.wait().map(Some) };
    let mut waited = Duration::ZERO;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if waited >= limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(LOOK_EVERY);
        waited += LOOK_EVERY;
    }
}

/// The command as one would type it.
pub(super) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// The last lines of a command's output.
pub(super) fn last_lines(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(LINES_SHOWN)..].join("\n")
}

/// The path of a program in `PATH`.
pub(super) fn in_path(program: &str) -> Option<PathBuf> {
    let path: OsString = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// A command that did not do what it should.
#[derive(Debug)]
pub struct CommandError {
    command: String,
    reason: Reason,
    last_lines: String,
}

impl CommandError {
    fn new(command: &Command, reason: Reason, output: &[u8]) -> Self {
        Self { command: shown(command), reason, last_lines: last_lines(output) }
    }

    /// The same, with other last lines.
    pub(super) fn saying(self, output: &str) -> Self {
        Self { last_lines: last_lines(output.as_bytes()), ..self }
    }
}

#[derive(Debug)]
enum Reason {
    Start(io::Error),
    Status(ExitStatus),
    Limit(Duration),
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            Reason::Start(error) => write!(f, "`{}` does not start: {error}", self.command)?,
            Reason::Status(status) => write!(f, "`{}` failed ({status})", self.command)?,
            Reason::Limit(limit) => {
                write!(f, "`{}` was ended after {} seconds", self.command, limit.as_secs())?;
            }
        }
        for line in self.last_lines.lines() {
            write!(f, "\n  | {line}")?;
        }
        Ok(())
    }
}

impl std::error::Error for CommandError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_an_outer_cargo_leak_and_places_do_not() {
        for name in [
            "CARGO",
            "CARGO_TARGET_DIR",
            "CARGO_MANIFEST_DIR",
            "RUSTC",
            "RUSTFLAGS",
            "RUSTC_WRAPPER",
            "LD_LIBRARY_PATH",
        ] {
            assert!(leaks(name), "{name}");
        }
        for name in [
            "PATH",
            "HOME",
            "CARGO_HOME",
            "RUSTUP_HOME",
            "RUSTUP_TOOLCHAIN",
            "CARGO_HTTP_PROXY",
            "https_proxy",
        ] {
            assert!(!leaks(name), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_failure_names_the_command_and_its_last_lines() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two >&2; exit 3"]);
        let error = output(&mut command).unwrap_err().to_string();
        assert_eq!(
            error,
            "`sh -c echo one; echo two >&2; exit 3` failed (exit status: 3)\n  | two"
        );
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; exit 3"]);
        let error = output(&mut command).unwrap_err().to_string();
        assert_eq!(error, "`sh -c echo one; exit 3` failed (exit status: 3)\n  | one");
    }

    #[cfg(unix)]
    #[test]
    fn a_command_over_its_limit_is_ended() {
        let mut command = Command::new("sleep");
        command.arg("20");
        let error = output_within(&mut command, Duration::from_millis(60)).unwrap_err();
        assert!(error.to_string().contains("was ended after 0 seconds"), "{error}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let error = output(&mut clean("no-such-program-here")).unwrap_err().to_string();
        assert!(error.starts_with("`no-such-program-here` does not start"), "{error}");
    }
}
