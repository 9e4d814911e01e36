//! What this machine is, which cores are used, and how busy others keep it.
//!
//! Out: facts for a report, without anything that names the machine itself (no host name, no
//! path). On systems other than Linux the facts are thinner and nothing is pinned.

use std::fs;

use serde::Serialize;

/// What a reader needs to judge a result.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    /// The processor, as it names itself.
    pub cpu: String,
    /// Cores that this process may use.
    pub cores: usize,
    /// The system's name and release.
    pub kernel: String,
    /// Memory in MiB.
    pub memory_mib: u64,
}

impl Machine {
    /// Reads what there is to know.
    pub fn read() -> Self {
        let cpu = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown cpu".into());
        let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
        let memory_kib = field("/proc/meminfo", "MemTotal")
            .and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok());
        Self {
            cpu,
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            kernel: format!("{} {}", std::env::consts::OS, release.trim()).trim().to_owned(),
            memory_mib: memory_kib.unwrap_or(0) / 1024,
        }
    }

    /// Lower-case words with dashes, for the name of a folder.
    pub fn slug(&self) -> String {
        let text = format!("{} {} cores", self.cpu, self.cores).to_lowercase();
        let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
        words.collect::<Vec<_>>().join("-")
    }
}

/// The value of the first line `name : value` of a file under `/proc`.
pub(crate) fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    })
}

/// A set of cores as the kernel takes it: a bit for each of 1,024.
#[cfg(target_os = "linux")]
type CoreSet = [u64; 16];
#[cfg(target_os = "linux")]
const NO_CORES: CoreSet = [0; 16];
#[cfg(target_os = "linux")]
const WORD_BITS: usize = u64::BITS as usize;

/// Where the server and the client run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cores {
    /// The core of the server under load.
    pub server: usize,
    /// The core of the load client.
    pub client: usize,
}

/// Binds the calling thread, and whatever it starts from now on, to one core.
/// Returns whether that worked; without it numbers are noisier, but not wrong.
#[cfg(target_os = "linux")]
pub fn pin(core: usize) -> bool {
    let mut set = NO_CORES;
    let Some(word) = set.get_mut(core / WORD_BITS) else { return false };
    *word |= 1 << (core % WORD_BITS);
    // SAFETY: the kernel reads a set of the size that is passed; 0 is the calling thread.
    #[expect(unsafe_code, reason = "the standard library does not bind threads to cores")]
    let status = unsafe { libc::sched_setaffinity(0, size_of_val(&set), (&raw const set).cast()) };
    status == 0
}

/// Binds the calling thread to one core: not possible here.
#[cfg(not(target_os = "linux"))]
pub fn pin(_core: usize) -> bool {
    false
}

/// Two different cores that this process may use, if there are two.
#[cfg(target_os = "linux")]
pub fn two_cores() -> Option<Cores> {
    let mut set = NO_CORES;
    // SAFETY: the kernel writes at most the size that is passed; 0 is the calling thread.
    #[expect(unsafe_code, reason = "the standard library does not tell which cores are allowed")]
    let status = unsafe { libc::sched_getaffinity(0, size_of_val(&set), (&raw mut set).cast()) };
    let is_set = |core: &usize| set[core / WORD_BITS] >> (core % WORD_BITS) & 1 == 1;
    let mut cores = (0..set.len() * WORD_BITS).filter(is_set);
    if status != 0 {
        return None;
    }
    Some(Cores { server: cores.next()?, client: cores.next()? })
}

/// Two different cores: not known here.
#[cfg(not(target_os = "linux"))]
pub fn two_cores() -> Option<Cores> {
    None
}

/// Processor time that all programs of the machine have used, in seconds since it started;
/// time that a hypervisor took away counts as used.
pub fn busy_seconds() -> Option<f64> {
    let text = fs::read_to_string("/proc/stat").ok()?;
    busy_in(text.lines().next()?)
}

/// `cpu user nice system idle iowait irq softirq steal …`, in ticks of 1/100 s.
fn busy_in(line: &str) -> Option<f64> {
    let ticks: Vec<u64> =
        line.strip_prefix("cpu ")?.split_whitespace().map_while(|n| n.parse().ok()).collect();
    let [user, nice, system, _idle, _iowait, irq, softirq, steal, ..] = ticks[..] else {
        return None;
    };
    #[expect(clippy::cast_precision_loss, reason = "ticks since boot stay far below 2^52")]
    let busy = (user + nice + system + irq + softirq + steal) as f64;
    Some(busy / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slug_is_a_folder_name() {
        let machine = Machine {
            cpu: "AMD EPYC 9B14 (Zen 4) @ 2.6GHz".into(),
            cores: 2,
            kernel: "linux".into(),
            memory_mib: 1,
        };
        assert_eq!(machine.slug(), "amd-epyc-9b14-zen-4-2-6ghz-2-cores");
    }

    #[test]
    fn reads_the_cpu_line() {
        assert_eq!(busy_in("cpu  100 20 30 9999 50 1 2 47 0 0"), Some(2.0));
        assert_eq!(busy_in("cpu0 1 2"), None);
        assert_eq!(busy_in("cpu 1 2"), None);
    }
}
