//! A server as a running process: started on the server core, waited for, watched, ended.
//!
//! In: how to launch it. Out: its address and what it has used. What never happens here: a process
//! that outlives its [`Running`], or a signal to a process that we did not start.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{Launch, ServerError, cpu};
use crate::machine;

/// How long a server may take to accept its first connection.
const START_MAX: Duration = Duration::from_secs(20);
/// Between two tries to connect while it starts: fine enough to time a start.
const START_STEP: Duration = Duration::from_micros(200);
/// How long a server may take to end when asked.
const STOP_MAX: Duration = Duration::from_secs(2);

/// A server that runs.
#[derive(Debug)]
pub struct Running {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From starting the process to the first answer.
    pub first_answer: Duration,
}

/// What a process has used since it started.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// Processor time, own code and kernel.
    pub cpu: Option<Duration>,
    /// Clock ticks in own code and in the kernel.
    pub ticks: Option<(u64, u64)>,
    /// Resident memory in KiB, and the highest so far.
    pub resident_kib: Option<(u64, u64)>,
}

impl Running {
    /// Starts `launch` on `core` and waits until it answers.
    pub fn start(name: &str, launch: &Launch, core: Option<usize>) -> Result<Self, ServerError> {
        let address = free_port().map_err(ServerError::Port)?;
        let port = address.port().to_string();
        let arguments =
            launch.arguments.iter().map(|word| word.to_string_lossy().replace("{port}", &port));
        let mut command = Command::new(&launch.program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
        let start = Instant::now();
        let child = spawn_on(command, core)
            .map_err(|error| ServerError::Start(launch.program.display().to_string(), error))?;
        let mut running = Self { child, address, first_answer: Duration::ZERO };
        running.first_answer = running.wait_for_answer(name, start)?;
        Ok(running)
    }

    /// What it has used so far.
    pub fn usage(&self) -> Usage {
        let id = self.child.id();
        Usage { cpu: cpu::time(id), ticks: cpu::ticks(id), resident_kib: cpu::resident_kib(id) }
    }

    fn wait_for_answer(&mut self, name: &str, start: Instant) -> Result<Duration, ServerError> {
        while start.elapsed() < START_MAX {
            if answers(self.address) {
                return Ok(start.elapsed());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(ServerError::Ended(name.to_owned(), status.to_string()));
            }
            thread::sleep(START_STEP);
        }
        Err(ServerError::Silent(name.to_owned(), START_MAX))
    }

    /// Asks the process to end; true once it has.
    fn ask_to_end(&mut self) -> bool {
        let Ok(id) = libc::pid_t::try_from(self.child.id()) else { return false };
        // SAFETY: sending a signal touches no memory of this process; the child was not waited for, so the id is still its own.
        #[expect(unsafe_code, reason = "the standard library only kills")]
        if unsafe { libc::kill(id, libc::SIGTERM) } != 0 {
            return false;
        }
        let start = Instant::now();
        while start.elapsed() < STOP_MAX {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return true;
            }
            thread::sleep(Duration::from_millis(2));
        }
        false
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.ask_to_end() {
            // It may have ended in between; then there is nothing left to do.
            let _already_gone = self.child.kill();
            let _already_gone = self.child.wait();
        }
    }
}

/// Spawns from a thread that is bound to the core, so that every thread of the new process is
/// bound from its first instruction on.
fn spawn_on(mut command: Command, core: Option<usize>) -> std::io::Result<Child> {
    let spawner = thread::spawn(move || {
        if let Some(core) = core {
            machine::pin(core);
        }
        command.spawn()
    });
    spawner.join().unwrap_or_else(|_| Err(std::io::Error::other("the spawning thread panicked")))
}

/// A port that was free just now.
fn free_port() -> std::io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// Whether a request to `/` gets any answer.
fn answers(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: bench.test\r\nConnection: close\r\n\r\n")?;
        let mut first = [0; 9];
        stream.read_exact(&mut first)?;
        Ok(first.starts_with(b"HTTP/1.1 "))
    };
    ask().unwrap_or(false)
}
