//! What a policy that allows nothing makes of each `purview:*` module: those that reach something are refused when the handler is
//! loaded, with the import, the clause and the fix; those that only compute, or tell the time, load, and the report names them.

use std::{fs, path::Path};

use js_to_wasm::source::virtual_modules::MODULES;
use purview::load::{self, LoadOptions};

/// What becomes of a handler.
enum Verdict {
    /// Refused with one violation: the section, the import, and what would let it in.
    Refused(&'static str, &'static str, &'static str),
    /// It loads, and needs this import.
    Needs(&'static str),
    /// It loads and needs nothing: the module is part of what is compiled.
    Nothing,
}
use Verdict::{Needs, Nothing, Refused};

/// A use of each module; modules that reach something stand here with a literal and with what the request chooses.
const USES: &[(&str, &str, &str, Verdict)] = &[
    ("auth", "jwtVerify", "`${jwtVerify(text, text).ok}`", Needs("purview:auth.jwt_verify")),
    (
        "cache",
        "cacheGet",
        r#"cacheGet("notes", text) ?? """#,
        Refused(
            "cache",
            "`purview:cache` / `notes.get`",
            "add \"notes\" to `cache.allow_namespaces`",
        ),
    ),
    (
        "cache",
        "cacheSet",
        r#"`${cacheSet(text, text, text)}`"#,
        Refused("cache", "`purview:cache` / `*.set`", "leave `cache` out of the policy"),
    ),
    ("compose", "pipe", "pipe((t: string) => t, (t: string) => t)(text)", Nothing),
    ("crypto", "sha256", "sha256(text)", Needs("purview:crypto.sha256")),
    ("decode", "decodeJson", r#"`${decodeJson("s", text).ok}`"#, Nothing),
    (
        "env",
        "env",
        r#"env("SECRET") ?? """#,
        Refused("env", "`purview:env` / `SECRET`", "add \"SECRET\" to `env.allow`"),
    ),
    (
        "env",
        "env",
        r#"env(text) ?? """#,
        Refused("env", "`purview:env` / `*`", "leave `env` out of the policy"),
    ),
    (
        "fetch",
        "fetchSync",
        r#"fetchSync("https://api.example.com/x").text()"#,
        Refused(
            "egress",
            "`purview:egress` / `https://api.example.com`",
            "add \"api.example.com\" to `egress.allow_hosts`",
        ),
    ),
    (
        "fetch",
        "httpRequest",
        "httpRequest(text)",
        Refused("egress", "`purview:egress` / `*`", "leave `egress` out of the policy"),
    ),
    ("http", "parseCookies", r#"parseCookies(text)["a"] ?? """#, Nothing),
    ("id", "uuid", "uuid()", Needs("purview:random.fill")),
    (
        "io",
        "parallel",
        r#"parallel([() => fetchSync("https://a.example/").text()]).join("")"#,
        Refused(
            "egress",
            "`purview:egress` / `https://a.example`",
            "add \"a.example\" to `egress.allow_hosts`",
        ),
    ),
    ("log", "logInfo", "`${logInfo(text)}`", Needs("purview:log.write")),
    (
        "ratelimit",
        "rateReset",
        "`${rateReset(text)}`",
        Refused(
            "cache",
            "`purview:cache` / `ratelimit.delete`",
            "add \"ratelimit\" to `cache.allow_namespaces`",
        ),
    ),
    ("router", "routerMatch", r#"routerMatch({ "GET /": "a" }, request)?.handler ?? """#, Nothing),
    (
        "sql",
        "sqlOne",
        r#"JSON.stringify(sqlOne("all")) ?? """#,
        Refused("sql", "`purview:sql` / `all`", "add \"all\" to `sql.allow_queries`"),
    ),
    ("text", "slugify", "slugify(text)", Nothing),
    ("time", "formatIso", "formatIso(Date.now())", Needs("purview:clock.now")),
    ("url", "urlEncode", "urlEncode(text)", Nothing),
    (
        "validate",
        "validateJson",
        r#"`${validateJson("s", text).ok}`"#,
        Needs("purview:validate.check"),
    ),
];

/// A handler that uses one function of one module, after what that function needs.
fn program(module: &str, function: &str, used: &str) -> String {
    let (also, before) = match module {
        "sql" => ("import { sql } from \"purview:sql\";\n", "sql(\"all\", \"SELECT 1\");\n"),
        "validate" | "decode" => (
            "import { schemaCompile } from \"purview:validate\";\n",
            "schemaCompile(\"s\", \"{}\");\n",
        ),
        _ => ("", ""),
    };
    format!(
        "import {{ {function} }} from \"purview:{module}\";\n{also}{before}\
         function handler(request: Request): Response {{\n  const text = request.query.t ?? \"\";\n  return Response.text({used});\n}}\n"
    )
}

#[test]
fn each_module_is_refused_or_needs_no_permission() {
    let folder = tempfile::tempdir().unwrap();
    let closed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies/closed.json");
    for (at, (module, function, used, verdict)) in USES.iter().enumerate() {
        let file = folder.path().join(format!("use{at}.ts"));
        let text = program(module, function, used);
        fs::write(&file, &text).unwrap();
        let load = LoadOptions {
            modules: vec![file],
            policy: Some(closed.clone()),
            ..LoadOptions::default()
        };
        let loaded = load::load(&load).map_err(|errors| errors.to_string());
        match (verdict, loaded) {
            (Refused(section, import, fix), Err(report)) => {
                assert!(report.contains(&format!("error[policy.{section}")), "{text}{report}");
                assert!(report.contains(import) && report.contains(fix), "{text}{report}");
                assert!(report.contains("1 violation of the policy; it is not loaded"), "{report}");
            }
            (Needs(import), Ok(loaded)) => {
                let (module, name) = import.split_once('.').unwrap();
                let mut granted = loaded.admitted[0].grants.imports();
                assert!(
                    granted.any(|one| (one.module(), one.name()) == (module, name)),
                    "{text}does not need {import}"
                );
            }
            (Nothing, Ok(_)) => {}
            (_, Err(report)) => panic!("{text}{report}"),
            (_, Ok(_)) => panic!("it is loaded:\n{text}"),
        }
    }
    for module in MODULES {
        assert!(
            USES.iter().any(|(name, ..)| *name == module.name),
            "{} is not judged",
            module.name
        );
    }
}

/// The list of modules names every export, every fixed import and every limit on them, and nothing that is not there.
#[test]
fn the_list_of_modules_is_whole() {
    let list = include_str!("../src/capability/README.md");
    let named = |word: &str| list.contains(&format!("`{word}`"));
    for module in MODULES {
        assert!(list.contains(&format!("| `{}` |", module.name)), "{} is missing", module.name);
        for export in module.exports {
            assert!(named(export), "{export} is missing");
        }
    }
    for call in purview_abi::call::CALLS {
        let told = named(call.name) || call.module == purview_abi::call::CRYPTO;
        assert!(told && list.contains(call.module), "{} / {} is missing", call.module, call.name);
    }
    for limit in purview::limits::TABLE {
        let of_modules = ["handles", "egress_", "cache_", "sql_", "native_", "schemas", "log_"];
        if of_modules.iter().any(|start| limit.name.starts_with(start)) {
            assert!(named(limit.name), "{} is missing", limit.name);
        }
    }
    let types = js_to_wasm::DECLARATIONS;
    for module in MODULES {
        assert!(types.contains(&format!("declare module \"purview:{}\"", module.name)));
        for export in module.exports {
            assert!(types.contains(&format!("function {export}")), "{export} has no declaration");
        }
    }
}
