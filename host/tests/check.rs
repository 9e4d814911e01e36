//! `purview check` as people run it: the sandbox report, the contract document, a policy's violations with their places, promises and
//! `comptime`, over one file and several.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{fs, path::Path, process::Command};

use serde_json::Value;
use tempfile::TempDir;

/// What a command printed, and its exit code.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn purview(folder: &Path, arguments: &[&str]) -> Ran {
    let ran = Command::new(env!("CARGO_BIN_EXE_purview"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    Ran {
        code: ran.status.code().unwrap(),
        out: String::from_utf8(ran.stdout).unwrap(),
        err: String::from_utf8(ran.stderr).unwrap(),
    }
}

const WHOLE: &str = r#"import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.text(env("REGION") ?? "none");
}
"#;

/// Reads `JWT_SECRET` and a variable of the request, sends to one host, uses one namespace.
const PARTIAL: &str = r#"import { env } from "purview:env";
import { cacheGet } from "purview:cache";
import { read } from "./b.ts";
export function handler(req: Request): Response {
  const sent = fetchSync("https://api.example.com/x");
  const found = cacheGet("sessions", req.path) ?? "";
  return Response.json({ a: env("JWT_SECRET") !== undefined, b: read(req.path), c: sent.ok, found });
}
"#;
const B: &str = r#"import { env } from "purview:env";
const get = env;
export const read = (name: string): string => get(name) ?? "";
"#;

#[test]
fn the_sandbox_report_says_what_is_proven() {
    let folder = folder(&[("a.ts", WHOLE)]);
    let ran = purview(folder.path(), &["check", "a.ts"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let expected = "Sandbox: complete (all access statically proven)
  env: restricted to [REGION] (1 proven, no dynamic access)
  egress: restricted to [] (none proven, no dynamic access)
  cache: restricted to [] (none proven, no dynamic access)
  sql: restricted to [] (none proven, no dynamic access)
  proven: read_only, stateless, deterministic, state_isolated, retry_safe, idempotent, result_safe, optional_safe, \
injection_safe, no_secret_leakage, no_credential_leakage, input_validated
  not proven: pure
  note: no_secret_leakage rests on the names of variables: some variable is shown
  cost: constant
";
    assert_eq!(ran.out, expected);
}

#[test]
fn what_is_chosen_at_run_time_is_said_loudly_also_from_another_file() {
    let folder = folder(&[("a.ts", PARTIAL), ("b.ts", B)]);
    let ran = purview(folder.path(), &["check", "a.ts"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for line in [
        "Sandbox: partial (some access is chosen at run time)",
        "  env: unrestricted (dynamic access detected; known: JWT_SECRET)",
        "  egress: restricted to [https://api.example.com] (1 proven, no dynamic access)",
        "  cache: restricted to [sessions] (1 proven, no dynamic access)",
    ] {
        assert!(ran.out.contains(line), "{line}\n{}", ran.out);
    }
    let built = purview(folder.path(), &["build", "a.ts"]);
    assert_eq!(built.out, "a.wasm\n");
    assert!(built.err.contains("Sandbox: partial"), "{}", built.err);
}

#[test]
fn a_policy_s_violations_come_all_at_once_with_place_clause_and_fix() {
    let policy = r#"{
  "env": {"allow": ["PUBLIC_KEY"]},
  "egress": {"allow_hosts": ["api.example.com"]},
  "cache": {"allow_namespaces": ["metrics"]}
}
"#;
    let folder = folder(&[("a.ts", PARTIAL), ("b.ts", B), ("policy.json", policy)]);
    let ran = purview(folder.path(), &["check", "a.ts", "--policy", "policy.json"]);
    assert_eq!(ran.code, 1);
    let expected = r#"error[policy.env]: the policy does not allow environment variable `JWT_SECRET`
  --> a.ts:7:29
  = clause: policy.json:2:11 (`env.allow`)
  = help: add "JWT_SECRET" to `env.allow`

error[policy.env-dynamic]: the policy does not allow environment variables chosen at run time
  --> b.ts:3:47
  = clause: policy.json:2:11 (`env.allow`)
  = help: write the variables' names as literals in the handler, or leave `env` out of the policy: an absent section restricts nothing

error[policy.cache]: the policy does not allow cache namespace `sessions`
  --> a.ts:6:17
  = clause: policy.json:4:13 (`cache.allow_namespaces`)
  = help: add "sessions" to `cache.allow_namespaces`

policy.json: 3 violations
"#;
    assert_eq!(ran.err, expected);
    let json = purview(folder.path(), &["check", "a.ts", "--policy", "policy.json", "--json"]);
    assert_eq!(json.code, 1);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["violations"][1]["places"][0], "b.ts:3:47");
    assert_eq!(json["diagnostics"].as_array().unwrap().len(), 0);
    assert_eq!(json["contract"]["env"]["dynamic"], true);
}

#[test]
fn a_policy_that_allows_everything_says_so() {
    let policy = r#"{"env": {"allow": ["REGION"]}, "egress": {"allow_hosts": []}}"#;
    let folder = folder(&[("a.ts", WHOLE), ("policy.json", policy)]);
    let ran = purview(folder.path(), &["check", "a.ts", "--policy", "policy.json"]);
    assert_eq!(
        (ran.code, &*ran.err),
        (0, "policy.json: everything the handler needs is allowed\n")
    );
}

#[test]
fn the_contract_is_written_and_printed() {
    let folder = folder(&[("a.ts", WHOLE)]);
    assert_eq!(purview(folder.path(), &["check", "a.ts", "--contract"]).code, 0);
    let written = fs::read_to_string(folder.path().join("contract.json")).unwrap();
    let printed = purview(folder.path(), &["check", "a.ts", "--contract=-"]);
    assert_eq!(printed.out, written);
    let contract: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(contract["version"], 1);
    assert_eq!(contract["handler"]["path"], "a.ts");
    assert_eq!(contract["env"]["literal"], serde_json::json!(["REGION"]));
    assert_eq!(contract["properties"]["pure"], false);
    assert_eq!(contract["properties"]["readOnly"], true);
    assert_eq!(contract["properties"]["secretsByName"], true);
    assert_eq!(contract["properties"]["cost"], "constant");
    let verified = serde_json::json!({
        "exhaustiveReturns": true, "resultsSafe": true, "unreachableCode": true, "bytecodeVerified": true,
    });
    assert_eq!(contract["verification"], verified);
}

/// What is not proven is not claimed, though it is no error.
#[test]
fn verification_claims_what_is_proven() {
    for (key, text) in [
        (
            "exhaustiveReturns",
            "export default (req) => { const table = JSON.parse(\"{}\"); return table[req.path]; };",
        ),
        (
            "resultsSafe",
            "import { jwtVerify } from \"purview:auth\";\nconst value = (result) => result.value;\nexport default (req) => Response.json(value(jwtVerify(req.path, \"k\")));",
        ),
        (
            "unreachableCode",
            "export default () => { return Response.text(\"a\"); console.log(1); };",
        ),
    ] {
        let folder = folder(&[("a.js", text)]);
        let ran = purview(folder.path(), &["check", "a.js", "--contract"]);
        assert_eq!(ran.code, if key == "unreachableCode" { 2 } else { 0 }, "{}", ran.err);
        let written = fs::read_to_string(folder.path().join("contract.json")).unwrap();
        let contract: Value = serde_json::from_str(&written).unwrap();
        for (other, proven) in contract["verification"].as_object().unwrap() {
            assert_eq!(proven, &Value::Bool(other != key), "{key}: {other}");
        }
    }
}

#[test]
fn what_counts_as_a_condition_can_be_chosen() {
    let text = "export function handler(req: Request): Response {\n  return Response.text(req.query.name || \"nobody\");\n}\n";
    let folder = folder(&[("a.ts", text)]);
    for command in ["check", "build"] {
        let ran = purview(folder.path(), &[command, "a.ts"]);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("error[JS222]: `||` takes a boolean"), "{}", ran.err);
        assert_eq!(purview(folder.path(), &[command, "a.ts", "--truthiness", "typed"]).code, 0);
    }
    fs::write(folder.path().join("purview.json"), "{ \"truthiness\": \"typed\" }").unwrap();
    assert_eq!(purview(folder.path(), &["check", "a.ts"]).code, 0);
    assert_eq!(purview(folder.path(), &["check", "a.ts", "--truthiness", "strict"]).code, 1);
    fs::write(folder.path().join("purview.json"), "{ \"truthiness\": 1 }").unwrap();
    let ran = purview(folder.path(), &["check", "a.ts"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with("error[JS013]: `purview.json` has another"), "{}", ran.err);
}

#[test]
fn a_promise_that_is_not_proven_fails_check_and_build() {
    let text = "export function handler(req: Request): Response & Spec<\"deterministic\"> {\n  return Response.text(`${Date.now()}`);\n}\n";
    let folder = folder(&[("a.ts", text)]);
    for command in ["check", "build"] {
        let ran = purview(folder.path(), &[command, "a.ts"]);
        assert_eq!(ran.code, 1);
        assert!(
            ran.err.contains(
                "error[JS710]: `deterministic` is not proven: the handler reads the clock"
            ),
            "{}",
            ran.err
        );
        assert!(
            ran.err.contains("handler (a.ts:1:8) → reads the clock (a.ts:2:27)"),
            "{}",
            ran.err
        );
    }
    assert!(!folder.path().join("a.wasm").exists());
}

/// Elsewhere only the build tool evaluates `comptime`; here every command does, to the same bytes.
#[test]
fn comptime_is_evaluated_by_check_build_and_serve_alike() {
    let text = "export function handler(req: Request): Response {\n  return Response.text(comptime(`v${1 + 2}-${hash(\"a\")}`));\n}\n";
    let folder = folder(&[("a.ts", text)]);
    assert_eq!(purview(folder.path(), &["check", "a.ts"]).code, 0);
    assert_eq!(purview(folder.path(), &["build", "a.ts"]).code, 0);
    let built = fs::read(folder.path().join("a.wasm")).unwrap();
    let has = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    assert!(has(&built, b"v3-e40c292c"));
    // What `serve -e` compiles.
    let served = purview::script::compile_text(text, js_to_wasm::Options::default()).unwrap();
    assert!(has(&served, b"v3-e40c292c"));
    let refused = "export function handler(req: Request): Response {\n  return Response.text(`${comptime(Date.now())}`);\n}\n";
    fs::write(folder.path().join("a.ts"), refused).unwrap();
    for command in ["check", "build"] {
        let ran = purview(folder.path(), &[command, "a.ts"]);
        assert_eq!(ran.code, 1);
        assert!(
            ran.err.contains("error[JS726]: `Date.now` cannot be called while compiling"),
            "{}",
            ran.err
        );
    }
    assert!(purview::script::compile_text(refused, js_to_wasm::Options::default()).is_err());
}

/// Elsewhere handlers with imports of files are not verified, and what their files need is not added up.
#[test]
fn several_files_are_one_program() {
    let main = "import { region } from \"./b.ts\";\nexport function handler(req: Request): Response & Spec<\"pure\"> {\n  return Response.text(region());\n}\n";
    let other = "import { env } from \"purview:env\";\nexport const region = (): string => env(\"REGION\") ?? \"\";\n";
    let folder = folder(&[("a.ts", main), ("b.ts", other)]);
    let ran = purview(folder.path(), &["check", "a.ts"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains(
            "handler (a.ts:2:8) → region (a.ts:3:24) → reads an environment variable (b.ts:2:37)"
        ),
        "{}",
        ran.err
    );
}

#[test]
fn a_folder_is_told_apart_from_a_file_that_is_missing() {
    let folder = folder(&[("a.ts", WHOLE)]);
    let ran = purview(folder.path(), &["check", "."]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("`.` is a folder: name the"), "{}", ran.err);
    let ran = purview(folder.path(), &["check", "b.ts"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error[JS002]: file not found: `b.ts`"), "{}", ran.err);
    let json = purview(folder.path(), &["check", "b.ts", "--json"]);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&json[0]["code"], &json[0]["place"]), (&Value::from("JS002"), &Value::Null));
}

/// `purview check … | head -1`
#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = folder(&[("a.ts", WHOLE)]);
    for arguments in [&["check", "a.ts"][..], &["check", "a.ts", "--json"], &["explain", "JS233"]] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_purview"))
            .args(arguments)
            .current_dir(folder.path())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn what_is_built_makes_the_folder_it_goes_to() {
    let folder = folder(&[("a.ts", WHOLE)]);
    let built = purview(folder.path(), &["build", "a.ts", "-o", "out/wasm/a.wasm"]);
    assert_eq!((built.code, built.out.as_str()), (0, "out/wasm/a.wasm\n"), "{}", built.err);
    let emitted = purview(folder.path(), &["build", "a.ts", "--emit=js", "-o", "out/js"]);
    assert_eq!(emitted.code, 0, "{}", emitted.err);
    for file in ["out/wasm/a.wasm", "out/js/a.mjs", "out/js/node.mjs"] {
        assert!(folder.path().join(file).is_file(), "{file}");
    }
}
