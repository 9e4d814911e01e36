//! The module of a handler in its sandbox: a `purview` process beside the test. In: requests. Out: answers; in between, the handler's
//! calls to the world, which the fakes of this thread answer. `purview test` sets which program and which module.

use std::{
    env,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

use super::TestRequest;
use crate::{Response, log::Level, outside, raw, response::Body};

/// A running module.
#[derive(Debug)]
pub(super) struct Sandbox {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Sandbox {
    pub(super) fn is_asked_for() -> bool {
        env::var_os("PURVIEW_TEST_MODULE").is_some()
    }

    /// Starts the module, which must have these routes, and take values of tests if dependencies are replaced.
    pub(super) fn start(routes: Vec<String>, replaces: bool) -> Self {
        let program = env::var_os("PURVIEW_TEST_PROGRAM").unwrap_or_else(|| "purview".into());
        let module = env::var_os("PURVIEW_TEST_MODULE").expect("it was asked for");
        let mut command = Command::new(&program);
        command.arg("stand").arg(module).stdin(Stdio::piped()).stdout(Stdio::piped());
        raw::host(|host| {
            for (name, path) in &host.outside.folders {
                command.arg("--assets").arg(format!("{name}={}", path.display()));
            }
        });
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be started: {error}", program.display()));
        let input = child.stdin.take().expect("it is piped");
        let output = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut sandbox = Self { child, input, output };
        let served = sandbox.read();
        assert!(
            !replaces || served["tests"] == true,
            "this module takes no values of tests in place of its dependencies: let `purview test` build it"
        );
        for route in routes {
            let found =
                served["routes"].as_array().is_some_and(|all| all.iter().any(|one| *one == *route));
            assert!(found, "the module has no route `{route}`: it was built from other sources");
        }
        sandbox
    }

    fn read(&mut self) -> Value {
        let mut line = String::new();
        let count = self.output.read_line(&mut line).expect("the sandbox's output can be read");
        assert!(count > 0, "the sandbox has ended; it says why above");
        serde_json::from_str(&line).expect("the sandbox writes JSON")
    }

    fn write(&mut self, value: &Value) {
        writeln!(self.input, "{value}").expect("the sandbox reads");
    }

    pub(super) fn answer(&mut self, request: &TestRequest) -> Response {
        let TestRequest { method, target, headers, body, .. } = request;
        self.write(
            &json!({ "method": method, "target": target, "headers": headers, "body": hex(body) }),
        );
        loop {
            let line = self.read();
            if let Some(answer) = line.get("answer") {
                assert!(
                    answer["failed"].is_null(),
                    "the sandbox did not answer: {}",
                    answer["failed"]
                );
                return response(answer).expect("the sandbox writes answers");
            }
            let (code, bytes) = called(&line).expect("the sandbox calls what there is");
            self.write(&json!({ "code": code, "bytes": hex(&bytes) }));
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Fields that the host adds to what the handler answers.
const OF_THE_HOST: [&str; 4] = ["connection", "content-length", "date", "transfer-encoding"];

fn response(answer: &Value) -> Option<Response> {
    let mut response = Response::new(u16::try_from(answer["status"].as_u64()?).ok()?);
    for field in answer["headers"].as_array()? {
        let (name, value) = (field[0].as_str()?.to_owned(), field[1].as_str()?.to_owned());
        if name == "content-type" {
            response.content_type = Some(value.into());
        } else if !OF_THE_HOST.contains(&&*name) {
            response.headers.push((name.into(), value.into()));
        }
    }
    response.body = Body::Whole(unhex(answer["body"].as_str()?)?.into(), None);
    Some(response)
}

/// Does what the handler calls for.
fn called(line: &Value) -> Option<(i64, Vec<u8>)> {
    let (module, name) = (line["call"][0].as_str()?, line["call"][1].as_str()?);
    let arguments = line["arguments"].as_array()?;
    let bytes = |at: usize| arguments.get(at).and_then(Value::as_str).and_then(unhex);
    let text = |at: usize| bytes(at).and_then(|bytes| String::from_utf8(bytes).ok());
    let number = |at: usize| arguments.get(at).and_then(Value::as_i64);
    match module {
        "purview:env" => {
            let name = if name == "*" { text(0)? } else { name.to_owned() };
            Some(given(Ok(raw::env(&name).map(String::into_bytes))))
        }
        "purview:clock" => Some((i64::try_from(raw::now()).unwrap_or(i64::MAX), Vec::new())),
        "purview:random" => {
            let mut filled = vec![0; usize::try_from(number(0)?).ok()?];
            raw::fill(&mut filled);
            Some((0, filled))
        }
        "purview:log" => {
            let level = match number(0)? {
                0 => Level::Debug,
                2 => Level::Warn,
                3 => Level::Error,
                _ => Level::Info,
            };
            raw::log(level, &String::from_utf8_lossy(&bytes(1)?));
            Some((0, Vec::new()))
        }
        "purview:sql" => {
            let handle = outside::query_named(name, &bytes(0)?);
            Some((0, outside::wait(handle)))
        }
        "purview:egress" => {
            let handle = outside::send_named(name, &outgoing(arguments.first()?)?);
            Some((0, outside::wait(handle)))
        }
        "purview:cache" => {
            let (namespace, verb) = name.rsplit_once('.')?;
            let first = usize::from(namespace == "*");
            let namespace = if first == 1 { text(0)? } else { namespace.to_owned() };
            cached(
                &outside::Chosen(namespace),
                verb,
                |at| bytes(first + at),
                |at| number(first + at),
            )
        }
        _ => None,
    }
}

fn cached(
    namespace: &outside::Chosen,
    verb: &str,
    bytes: impl Fn(usize) -> Option<Vec<u8>>,
    number: impl Fn(usize) -> Option<i64>,
) -> Option<(i64, Vec<u8>)> {
    let code = |result: Result<i64, i32>| (result.unwrap_or_else(i64::from), Vec::new());
    Some(match verb {
        "get" => given(outside::cache_get(namespace, &bytes(0)?)),
        "set" => {
            code(outside::cache_set(namespace, &bytes(0)?, &bytes(1)?, number(2)?).map(|()| 0))
        }
        "delete" => code(outside::cache_delete(namespace, &bytes(0)?).map(i64::from)),
        "incr" => match outside::cache_incr(namespace, &bytes(0)?, number(1)?, number(2)?) {
            Ok((value, left)) => (0, [value.to_le_bytes(), left.to_le_bytes()].concat()),
            Err(status) => (status.into(), Vec::new()),
        },
        "stats" => given(outside::cache_stats(namespace).map(Some)),
        _ => return None,
    })
}

/// A value, or that it is absent, or a status.
fn given(value: Result<Option<Vec<u8>>, i32>) -> (i64, Vec<u8>) {
    match value {
        Ok(Some(value)) => (0, value),
        Ok(None) => (purview_abi::call::status::ABSENT.into(), Vec::new()),
        Err(status) => (status.into(), Vec::new()),
    }
}

fn outgoing(request: &Value) -> Option<outside::Outgoing> {
    let field =
        |field: &Value| Some((field[0].as_str()?.to_owned(), field[1].as_str()?.to_owned()));
    let word = |name: &str| u32::try_from(request[name].as_u64()?).ok();
    Some(outside::Outgoing {
        method: request["method"].as_str()?.to_owned(),
        target: request["target"].as_str()?.to_owned(),
        headers: request["headers"].as_array()?.iter().map(field).collect::<Option<_>>()?,
        body: unhex(request["body"].as_str()?)?,
        response_bytes_max: word("response_bytes_max")?,
        timeout_ms: word("timeout_ms")?,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    text.len().is_multiple_of(2).then(|| text.as_bytes().chunks(2).map(pair).collect())?
}
