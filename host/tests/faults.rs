//! A handler that fails: its author finds code, reason, function and place in the log, for programs that were compiled here and
//! for modules that were built before; with `--dev` also in the answer, and without it nothing of that leaves the server.

mod support;

use std::{fs, path::Path};

use purview::{load::LoadOptions, script};
use support::{DRIVERS, Setup, client::Response, lines};

/// Line 3 fails when the query has no `n`; line 7 when it has.
const PROGRAM: &str = "import { pick } from \"./pick\";
function half(text: string): unknown {
  return JSON.parse(text) * 0.5;
}
export default function handler(req: Request): Response {
  if (req.path === \"/fine\") { return Response.text(\"fine\"); }
  if (req.path === \"/deep\") { return Response.json([pick()]); }
  const result = half(\"\\\"<b>\\\"\");
  return Response.json(result);
}
";

const PICK: &str = "export function pick(): unknown {\n\treturn JSON.parse(\"{}\").a.b.c;\n}\n";

struct Program {
    folder: tempfile::TempDir,
}

impl Program {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room for files");
        fs::write(folder.path().join("handler.ts"), PROGRAM).expect("files can be written");
        fs::write(folder.path().join("pick.ts"), PICK).expect("files can be written");
        Self { folder }
    }

    fn setup(&self, file: &str) -> Setup {
        let modules = vec![self.folder.path().join(file)];
        Setup {
            load: LoadOptions { modules, ..LoadOptions::default() },
            workers: 1,
            ..Setup::default()
        }
    }

    /// Its path as diagnostics show it.
    fn file(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn build(&self) {
        let wasm = script::compile_file(&self.folder.path().join("handler.ts"))
            .expect("the program compiles");
        fs::write(self.folder.path().join("handler.wasm"), wasm).expect("files can be written");
    }
}

fn get(running: &support::Running, path: &str) -> Response {
    let mut client = running.client();
    client.send(format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).response()
}

/// The log line about the handler's failure, as JSON.
fn failure() -> serde_json::Value {
    let lines = lines::until("guest.trap");
    json(&lines)
}

fn json(lines: &[String]) -> serde_json::Value {
    let line = lines.iter().rfind(|line| line.contains("\"event\":\"guest.trap\""));
    let line = line.unwrap_or_else(|| panic!("{lines:?}"));
    serde_json::from_str(line).expect("a log line is JSON")
}

#[test]
fn the_log_names_code_reason_function_and_place() {
    let _alone = lines::alone();
    let program = Program::new();
    program.build();
    for driver in DRIVERS {
        for file in ["handler.ts", "handler.wasm"] {
            let running = program.setup(file).start(*driver);
            // The second failure is that of an instance that served before.
            for round in 0..2 {
                let answer = get(&running, "/");
                assert_eq!(answer.status, 500);
                assert_eq!(answer.text(), "{\"detail\":\"Internal Server Error\"}\n");
                let line = failure();
                let whole = format!("{file} {round}: {line}");
                assert_eq!(line["code"], "fault.type", "{whole}");
                assert_eq!(line["message"], "arithmetic needs numbers, this is string", "{whole}");
                assert_eq!(line["function"], "half", "{whole}");
                assert_eq!(line["file"], program.file("handler.ts"), "{whole}");
                assert_eq!((&line["line"], &line["column"]), (&3.into(), &10.into()), "{whole}");
                assert!(line["stack"].as_str().unwrap().contains("handler ("), "{whole}");
                assert_eq!(get(&running, "/fine").text(), "fine");
            }
            get(&running, "/deep");
            let line = failure();
            assert_eq!(line["message"], "cannot read property `b` of undefined", "{line}");
            assert_eq!(line["file"], program.file("pick.ts"), "{line}");
            assert_eq!((&line["line"], &line["column"]), (&2.into(), &9.into()), "{line}");
        }
    }
}

#[test]
fn dev_shows_the_fault_with_a_code_frame() {
    let _alone = lines::alone();
    let program = Program::new();
    program.build();
    for driver in DRIVERS {
        let mut setup = program.setup("handler.ts");
        setup.load.dev = true;
        let running = setup.start(*driver);
        let answer = get(&running, "/");
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (500, Some("text/plain; charset=utf-8"))
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        let file = program.file("handler.ts");
        let expected = format!(
            "error[fault.type]: arithmetic needs numbers, this is string
 --> {file}:3:10
  |
3 |   return JSON.parse(text) * 0.5;
  |          ^
  in half ({file}:3:10)
  in handler ({file}:8:18)
"
        );
        assert_eq!(answer.text(), expected);
        let mut client = running.client();
        let request = "GET /deep HTTP/1.1\r\nHost: a\r\n\r\nGET * HTTP/1.1\r\nHost: a\r\n\r\n";
        let answer = client.send(request).response();
        assert!(
            answer.text().contains("2 |  return JSON.parse(\"{}\").a.b.c;"),
            "{}",
            answer.text()
        );
        assert_eq!(
            client.response().text(),
            "{\"detail\":\"the request target is neither a path nor an http URL\"}\n",
            "nothing is left over"
        );

        // A module says nothing of its sources' text, and no file is read on its word.
        let mut setup = program.setup("handler.wasm");
        setup.load.dev = true;
        let answer = get(&setup.start(*driver), "/");
        assert!(
            answer.text().contains(&format!(" --> {file}:3:10\n  in half")),
            "{}",
            answer.text()
        );
    }
}

/// Everything that a module may say wrongly of its places and its fault is ignored.
#[test]
fn damaged_places_and_records_do_no_harm() {
    let _alone = lines::alone();
    let program = Program::new();
    program.build();
    let path = program.folder.path().join("handler.wasm");
    let wasm = fs::read(&path).unwrap();
    let name = b"purview:places";
    let at = wasm.windows(name.len()).position(|piece| piece == name).unwrap() + name.len();
    for (offset, bytes) in [
        (0, &[0xff, 0xff, 0xff, 0xff, 0x0f][..]),
        (1, &[0xff, 0xff, 0xff, 0xff, 0x0f]),
        (0, &[0x00, 0x00]),
        (2, &[0xff; 64]),
        (30, &[0x80; 80]),
    ] {
        let mut damaged = wasm.clone();
        damaged[at + offset..at + offset + bytes.len()].copy_from_slice(bytes);
        fs::write(&path, damaged).unwrap();
        let running = program.setup("handler.wasm").start(DRIVERS[0]);
        assert_eq!(get(&running, "/").status, 500);
        assert_eq!(get(&running, "/fine").status, 200);
    }
}

#[test]
fn a_record_that_lies_outside_memory_is_ignored() {
    let _alone = lines::alone();
    for address in ["0xfffffff8", "65530", "0"] {
        let module = format!(
            r#"(module (memory (export "memory") 1)
                (data (i32.const 0) "\01\00\00\00\ff\ff\ff\ff\ff\ff\ff\ff")
                (global (export "purview:fault/1") i32 (i32.const {address}))
                (func (export "purview:reserve/1") (param i32) (result i32) (i32.const 1024))
                (func (export "GET /") (param i32 i32) (result i32) unreachable))"#
        );
        let running = Setup::text(&module).start(DRIVERS[0]);
        assert_eq!(get(&running, "/").status, 500);
        let line = failure();
        assert_eq!(line["code"], "guest.trap", "{line}");
        assert!(line["message"].as_str().unwrap().contains("unreachable"), "{line}");
    }
}

#[test]
fn endless_recursion_is_named() {
    let _alone = lines::alone();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ts");
    let text = "function down(n: number): number { return 1 + down(n + 1); }\nfunction handler() { return Response.json(down(0)); }\n";
    fs::write(&file, text).unwrap();
    let load = LoadOptions { modules: vec![file], ..LoadOptions::default() };
    let running = Setup { load, workers: 1, ..Setup::default() }.start(DRIVERS[0]);
    assert_eq!(get(&running, "/").status, 500);
    let line = failure();
    assert_eq!(
        (&line["code"], &line["function"]),
        (&"fault.stack".into(), &"down".into()),
        "{line}"
    );
    assert!(Path::new(line["file"].as_str().unwrap()).ends_with("a.ts"), "{line}");
}

const EACH: &str = "const below = (): number => 1;
const spin = (n: number): number => spin(n + 1);
export function handler(req: Request): Response {
  switch (req.path) {
    case \"/spin\":
      return Response.json(spin(below()));
    case \"/circle\": {
      const circle: { inner: unknown } = { inner: 1 };
      circle.inner = circle;
      return Response.json([circle]);
    }
    case \"/branch\":
      return Response.json(parallel([() => [1, 2].map((n) => JSON.parse(\"{}\").a[n])]));
    case \"/stream\":
      return Response.stream((writer) => {
        writer.write(JSON.parse(\"{}\").a.b);
      });
    default:
      return Response.stream((writer) => {
        writer.write(\"half\");
        writer.event({ id: \"a\\nb\" });
      });
  }
}
";

/// Whatever ends a handler: the line that its author has to look at.
#[test]
fn each_kind_of_end_has_its_place() {
    let _alone = lines::alone();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ts");
    fs::write(&file, format!("import {{ parallel }} from \"purview:io\";\n{EACH}")).unwrap();
    for driver in DRIVERS {
        let load = LoadOptions { modules: vec![file.clone()], ..LoadOptions::default() };
        let setup = Setup { load, workers: 1, ..Setup::default() };
        let running = setup.limit("cpu_ms", 50).start(*driver);
        for (path, status, event, code, function, line) in [
            ("/spin", 504, "guest.stopped", "limit.cpu", "spin", 3),
            ("/circle", 500, "guest.trap", "fault.type", "handler", 11),
            ("/branch", 500, "guest.trap", "fault.type", "(arrow)", 14),
            ("/stream", 500, "guest.trap", "fault.type", "(arrow)", 17),
            ("/half", 200, "guest.trap", "fault.type", "(arrow)", 22),
        ] {
            lines::take();
            let answer = get(&running, path);
            assert_eq!((answer.status, answer.whole), (status, status != 200), "{path}");
            let seen = lines::until(&format!("\"event\":\"{event}\""));
            let found = seen.iter().find(|line| line.contains("\"handler\":")).expect("it is told");
            let found: serde_json::Value = serde_json::from_str(found).unwrap();
            assert_eq!(found["code"], code, "{found}");
            assert_eq!(
                (&found["function"], &found["line"]),
                (&function.into(), &line.into()),
                "{found}"
            );
        }
    }
}
