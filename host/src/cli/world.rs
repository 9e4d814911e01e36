//! Arguments about what is outside of the handlers: environment, outbound requests, cache, database, files. In: what was typed. Out: options
//! and limits. Never here: a value of a variable in a message.

use std::{fs, net::SocketAddr, path::PathBuf};

use clap::Args;

use crate::{
    capability::{Caches, Environment, Outbound, WorldOptions},
    limits::{Limits, parse_size},
    policy::HostPattern,
};

/// Largest environment file.
const ENV_FILE_BYTES_MAX: u64 = 1 << 20;

/// These arguments.
#[derive(Debug, Args)]
pub(super) struct World {
    /// Environment variables from a file of NAME=VALUE lines, over those of the process (repeatable)
    #[arg(long, value_name = "FILE")]
    env_file: Vec<PathBuf>,
    /// Let handlers send requests; a policy with `egress` does that too
    #[arg(long)]
    outbound_http: bool,
    /// The only hosts that requests go to, as HOST or HOST:PORT (repeatable); may be private ones
    #[arg(long, value_name = "HOST", value_parser = HostPattern::parse)]
    outbound_host: Vec<HostPattern>,
    /// Time for an outbound request with its whole answer
    #[arg(long, value_name = "N")]
    outbound_timeout_ms: Option<u64>,
    /// Longest body of an answer: a number with k, m or g
    #[arg(long, value_name = "SIZE", value_parser = size)]
    outbound_max_response: Option<u64>,
    /// Certificates to trust beside the system's, in PEM form (repeatable)
    #[arg(long, value_name = "FILE")]
    outbound_ca: Vec<PathBuf>,
    /// Name server to ask instead of the system's, as ADDRESS:PORT
    #[arg(long, value_name = "ADDRESS")]
    outbound_dns: Option<SocketAddr>,
    /// Keep the cache on a Redis or Valkey server: redis://[user:password@]host[:port][/number], or
    /// rediss:// for TLS
    #[arg(long, value_name = "URL")]
    cache: Option<String>,
    /// The SQLite database of the handlers
    #[arg(long, value_name = "FILE")]
    sql: Option<PathBuf>,
    /// A folder whose files handlers open by this name, as NAME=FOLDER (repeatable); a policy with `assets` says it too
    #[arg(long, value_name = "NAME=FOLDER", value_parser = folder)]
    assets: Vec<(String, PathBuf)>,
}

fn size(text: &str) -> Result<u64, String> {
    parse_size(text).ok_or_else(|| "a size is a number, with k, m or g for units of 1024".into())
}

pub(super) fn folder(text: &str) -> Result<(String, PathBuf), String> {
    let (name, path) = text
        .split_once('=')
        .filter(|(name, path)| !name.is_empty() && !path.is_empty())
        .ok_or("write NAME=FOLDER, as in `public=./public`")?;
    Ok((name.to_owned(), path.into()))
}

impl World {
    /// What the handlers find.
    pub(super) fn options(&self) -> WorldOptions {
        let limits = self.outbound_timeout_ms.or(self.outbound_max_response);
        WorldOptions {
            outbound: Outbound {
                enabled: self.outbound_http || !self.outbound_host.is_empty() || limits.is_some(),
                hosts: self.outbound_host.clone(),
                name_server: self.outbound_dns,
                certificates: self.outbound_ca.clone(),
            },
            cache: self.cache.clone(),
            sql: self.sql.clone(),
            assets: self.assets.iter().cloned().collect(),
            caches: Caches::default(),
            stand: None,
        }
    }

    /// Limits that have arguments of their own.
    pub(super) fn set_limits(&self, limits: &mut Limits) -> Result<(), String> {
        let of_arguments = [
            ("egress_ms", self.outbound_timeout_ms),
            ("egress_response_bytes", self.outbound_max_response),
        ];
        for (name, value) in of_arguments {
            let Some(value) = value else { continue };
            limits.set(name, value).map_err(|_| format!("`{name}` cannot be {value}"))?;
        }
        Ok(())
    }

    /// The variables of the process, and those of the files over them.
    pub(super) fn environment(&self) -> Result<Environment, String> {
        // A variable that is not text cannot be handed to a guest, which reads text.
        let mut environment: Environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        for file in &self.env_file {
            let wrong = |why: String| format!("{}: {why}", file.display());
            let size = fs::metadata(file).map_err(|error| wrong(error.to_string()))?.len();
            if size > ENV_FILE_BYTES_MAX {
                return Err(wrong(format!("the file is larger than {ENV_FILE_BYTES_MAX} bytes")));
            }
            let text = fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
            read(&text, &mut environment).map_err(wrong)?;
        }
        Ok(environment)
    }
}

/// Lines `NAME=VALUE`, `export NAME=VALUE`, empty ones and those that begin with `#`. A value may stand in single quotes, which
/// keep it as it is, or in double quotes with `\n`, `\t`, `\"` and `\\`. The message names the line, never its text.
fn read(text: &str, environment: &mut Environment) -> Result<(), String> {
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |why: &str| format!("line {}: {why}", at + 1);
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=').ok_or_else(|| wrong("this is not NAME=VALUE"))?;
        let name = name.trim_end();
        let is_name = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric();
        if name.is_empty()
            || !name.bytes().all(is_name)
            || name.starts_with(|c: char| c.is_ascii_digit())
        {
            return Err(wrong(
                "a name has letters, digits and `_`, and does not begin with a digit",
            ));
        }
        let value = unquoted(value.trim_start()).map_err(wrong)?;
        if value.contains('\0') {
            return Err(wrong("a value holds no zero byte"));
        }
        environment.insert(name.to_owned(), value);
    }
    Ok(())
}

fn unquoted(value: &str) -> Result<String, &'static str> {
    const UNENDED: &str = "the quotation mark is not closed at the end of the line";
    if let Some(inside) = value.strip_prefix('\'') {
        return inside
            .strip_suffix('\'')
            .filter(|text| !text.contains('\''))
            .map(Into::into)
            .ok_or(UNENDED);
    }
    let Some(inside) = value.strip_prefix('"') else {
        let end = value.find(" #").unwrap_or(value.len());
        return Ok(value[..end].trim_end().to_owned());
    };
    let mut text = String::new();
    let mut chars = inside.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' if chars.as_str().is_empty() => return Ok(text),
            '"' => return Err(UNENDED),
            '\\' => match chars.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('r') => text.push('\r'),
                Some(plain @ ('"' | '\\' | '$')) => text.push(plain),
                Some(other) => text.extend(['\\', other]),
                None => return Err(UNENDED),
            },
            plain => text.push(plain),
        }
    }
    Err(UNENDED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn environment_files() {
        let mut environment = Environment::from([("A".into(), "process".into())]);
        let text = "# comment\n\nA=file\nexport B = two words # comment\nC='it is # raw\\n'\nD=\"a\\nb \\\"c\\\" \\x\"\nE=\nF=a=b#c\r\n";
        read(text, &mut environment).unwrap();
        let expected = [
            ("A", "file"),
            ("B", "two words"),
            ("C", "it is # raw\\n"),
            ("D", "a\nb \"c\" \\x"),
            ("E", ""),
            ("F", "a=b#c"),
        ];
        assert_eq!(environment, expected.map(|(name, value)| (name.into(), value.into())).into());
    }

    #[test]
    fn a_wrong_line_is_named_and_not_shown() {
        for text in [
            "x\nsecret",
            "1SECRET=a",
            "=secret",
            "A B=secret",
            "A='secret",
            "A=\"secret\" x",
            "A=\"secret\\",
            "A='se'cret'",
        ] {
            let error = read(text, &mut Environment::new()).unwrap_err();
            assert!(error.starts_with("line ") && !error.contains("ecret"), "{error}");
        }
    }
}
