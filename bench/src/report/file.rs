//! Reports → files under `bench/runs`, and the facts about date and commit that go into them.
//!
//! What never happens here: a host name or an absolute path in a file, or a file overwritten.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    time::{SystemTime, UNIX_EPOCH},
};

use serde::Serialize;

use super::Setting;
use crate::machine::Machine;

/// Where a report went.
#[derive(Debug, PartialEq, Eq)]
pub struct Saved {
    /// The folder, relative to the repository.
    pub folder: PathBuf,
}

/// Writes `NAME.json` and `NAME.md` into a folder named after date and machine.
pub fn save(
    root: &Path,
    name: &str,
    setting: &Setting,
    report: &impl Serialize,
    table: &str,
) -> io::Result<Saved> {
    let moment = setting.date.replace(':', "").replace(' ', "-");
    let folder = Path::new("bench/runs").join(format!("{moment}-{}", setting.machine.slug()));
    fs::create_dir_all(root.join(&folder))?;
    let json = serde_json::to_string_pretty(report)? + "\n";
    fs::write(root.join(&folder).join(format!("{name}.json")), json)?;
    fs::write(root.join(&folder).join(format!("{name}.md")), table)?;
    Ok(Saved { folder })
}

impl Setting {
    /// The setting of this process; to be read before anything is pinned.
    pub fn read(root: &Path) -> Self {
        Self {
            date: date(SystemTime::now()),
            commit: commit(root),
            command: command(std::env::args().skip(1)),
            machine: Machine::read(),
            cores: None,
            optimized: !cfg!(debug_assertions),
        }
    }
}

/// `2026-11-21 23:05`, UTC.
fn date(now: SystemTime) -> String {
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let (year, month, day) = civil(seconds / 86_400);
    let minutes = seconds % 86_400 / 60;
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", minutes / 60, minutes % 60)
}

/// Days since 1970-01-01 → year, month, day. Years are taken to begin in March, so that the leap
/// day is the last one.
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

/// The short hash of the commit, with `+` when tracked files differ from it.
fn commit(root: &Path) -> String {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).current_dir(root).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let Some(hash) = git(&["rev-parse", "--short", "HEAD"]) else { return "unknown".into() };
    let changed = git(&["status", "--porcelain", "--untracked-files=no"]);
    if changed.is_none_or(|files| !files.is_empty()) { hash + "+" } else { hash }
}

/// The command as it can be repeated, with absolute paths cut to their file names.
fn command(arguments: impl Iterator<Item = String>) -> String {
    let shorten = |word: &str| {
        let (before, path) = word.split_at(word.find('/').unwrap_or(word.len()));
        let absolute = before.is_empty() || before.ends_with('=');
        match path.rsplit('/').next() {
            Some(file) if absolute => format!("{before}{file}"),
            _ => word.to_owned(),
        }
    };
    let mut line = "cargo run --release -p purview-bench --".to_owned();
    for argument in arguments {
        let words: Vec<_> = argument.split(' ').map(shorten).collect();
        let text = words.join(" ");
        line.push(' ');
        line.push_str(&if words.len() > 1 { format!("'{text}'") } else { text });
    }
    line
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn writes_dates() {
        for (seconds, text) in [
            (0, "1970-01-01 00:00"),
            (951_827_696, "2000-02-29 12:34"),
            (1_795_302_340, "2026-11-21 23:05"),
            (4_107_542_399, "2100-02-28 23:59"),
        ] {
            assert_eq!(date(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        }
    }

    #[test]
    fn commands_hold_no_absolute_path() {
        let words = ["http", "--server-command", "old=/opt/x/serve -p {port} --dir=/srv/a", "a/b"];
        assert_eq!(
            command(words.iter().map(|word| (*word).to_owned())),
            "cargo run --release -p purview-bench -- http --server-command \
             'old=serve -p {port} --dir=a' a/b"
        );
    }

    #[test]
    fn saves_two_files_beside_each_other() {
        let root = tempfile::tempdir().unwrap();
        let setting = Setting { date: "2026-11-21 23:05".into(), ..Setting::read(root.path()) };
        let saved = save(root.path(), "http", &setting, &setting, "table").unwrap();
        let folder = root.path().join(&saved.folder);
        assert!(saved.folder.starts_with("bench/runs"));
        assert_eq!(fs::read_to_string(folder.join("http.md")).unwrap(), "table");
        assert!(fs::read_to_string(folder.join("http.json")).unwrap().contains("\"date\""));
    }
}
