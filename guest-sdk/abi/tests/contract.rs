//! The contract document: what is derived from names, and its JSON text, which must not change within a version.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use purview_abi::{
    contract::{Contract, Cost, Limits, Place, Proofs, Properties, RouteKind, Verification},
    name::NameError,
};

const IMPORTS: &[(&str, &str)] = &[
    ("wasi_snapshot_preview1", "fd_write"),
    ("purview:env", "JWT_SECRET"),
    ("purview:env", "DATABASE \"URL\"\\\u{85}é"),
    ("purview:egress", "https://api.example.com"),
    ("purview:egress", "http://api.example.com:8080"),
    ("purview:egress", "https://[2001:db8::1]"),
    ("purview:cache", "sessions.set"),
    ("purview:cache", "sessions.get"),
    ("purview:cache", "*.get"),
    ("purview:sql", "list users"),
    ("purview:assets", "public"),
    ("purview:files", "respond"),
    ("purview:log", "write"),
    ("purview:log", "write"),
];
const EXPORTS: &[&str] = &[
    "memory",
    "* *",
    "POST /users",
    "GET /users/{id}",
    "purview:reserve/1",
    "GET /files/{*path}",
    "GET /",
];

fn derive(imports: &[(&str, &str)], exports: &[&str]) -> Contract {
    Contract::derive(imports.iter().copied(), exports.iter().copied(), Limits::default()).unwrap()
}

/// Compares with the file beside this one, or rewrites it when `UPDATE_EXPECT` is set.
fn check(file: &str, contract: &Contract) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract").join(file);
    let actual = contract.to_json() + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &actual).unwrap();
    }
    assert_eq!(actual, std::fs::read_to_string(&path).unwrap(), "{}", path.display());
}

#[test]
fn the_whole_document() {
    let mut contract = derive(IMPORTS, EXPORTS);
    contract.limits = Limits { memory_bytes_min: 1 << 20, memory_bytes_max: Some(1 << 26) };
    contract.handler = Some(Place { path: "src/handler.tsx".into(), line: 12, column: 8 });
    contract.verification =
        Some(Verification { exhaustive_returns: true, ..Verification::default() });
    contract.routes[0].status = Some(200);
    contract.routes[0].content_type = Some("text/html; charset=utf-8".into());
    contract.routes[0].constant = true;
    contract.properties.state_isolated = Some(true);
    contract.proofs =
        Some(Proofs { injection_safe: true, cost: Cost::Linear, ..Proofs::default() });
    check("whole.json", &contract);
}

#[test]
fn the_empty_document() {
    check("empty.json", &derive(&[], &[]));
}

#[test]
fn the_order_of_imports_and_exports_does_not_matter() {
    let forwards = derive(IMPORTS, EXPORTS);
    let backwards: Vec<_> = IMPORTS.iter().rev().copied().collect();
    let exports: Vec<_> = EXPORTS.iter().rev().copied().collect();
    assert_eq!(forwards, derive(&backwards, &exports));
}

#[test]
fn names_that_are_not_understood_are_returned() {
    let derive = |imports: &[(&'static str, &'static str)], exports: &[&'static str]| {
        let imports = imports.iter().copied();
        Contract::derive(imports, exports.iter().copied(), Limits::default()).unwrap_err()
    };
    let error = derive(&[("purview:env", "A"), ("env", "abort\n")], &[]);
    assert_eq!((error.name.as_str(), error.error), ("env.abort\n", NameError::UnknownModule));
    assert_eq!(error.to_string(), "`env.abort\\n`: no capability has this import module");
    let error = derive(&[], &["GET users"]);
    assert_eq!((error.name.as_str(), error.error), ("GET users", NameError::BadPattern));
}

#[test]
fn kinds_of_routes() {
    let contract = derive(&[], EXPORTS);
    let routes: Vec<_> = contract
        .routes
        .iter()
        .map(|route| (route.export(), route.kind, route.params.len()))
        .collect();
    assert_eq!(
        routes,
        [
            ("GET /".to_owned(), RouteKind::Exact, 0),
            ("GET /files/{*path}".to_owned(), RouteKind::Prefix, 1),
            ("POST /users".to_owned(), RouteKind::Exact, 0),
            ("GET /users/{id}".to_owned(), RouteKind::Pattern, 1),
            ("* *".to_owned(), RouteKind::Any, 0),
        ]
    );
}

/// Each import beside the properties it leaves; anything unknown must count against them.
#[test]
fn what_follows_from_one_import() {
    let of = |module: &'static str, name: &'static str| {
        let Properties { pure, read_only, stateless, deterministic, state_isolated } =
            derive(&[(module, name)], &[]).properties;
        assert_eq!(state_isolated, None);
        [pure, read_only, stateless, deterministic]
    };
    assert_eq!(of("purview:http", "body"), [true, true, true, true]);
    assert_eq!(of("purview:env", "A"), [false, true, true, true]);
    assert_eq!(of("purview:env", "*"), [false, true, true, true]);
    assert_eq!(of("purview:log", "write"), [false, true, true, true]);
    assert_eq!(of("purview:clock", "now"), [false, true, true, false]);
    assert_eq!(of("purview:random", "fill"), [false, true, true, false]);
    assert_eq!(of("wasi_snapshot_preview1", "fd_write"), [false, true, true, true]);
    assert_eq!(of("wasi_snapshot_preview1", "random_get"), [false, true, true, false]);
    assert_eq!(of("purview:cache", "a.get"), [false, true, false, false]);
    assert_eq!(of("purview:cache", "a.incr"), [false, false, false, false]);
    assert_eq!(of("purview:egress", "*"), [false, false, false, false]);
    assert_eq!(of("purview:sql", "q"), [false, false, false, false]);
    assert_eq!(of("purview:assets", "a"), [false, true, false, false]);
    assert_eq!(of("purview:files", "read"), [false, true, true, false]);
}

#[test]
fn what_may_wait() {
    let waits = |module: &'static str, name: &'static str| derive(&[(module, name)], &[]).suspends;
    assert!(!derive(&[], &[]).suspends);
    assert!(waits("purview:http", "body_read") && waits("purview:http", "write"));
    assert!(
        waits("purview:egress", "*")
            && waits("purview:cache", "a.get")
            && waits("purview:sql", "q")
            && waits("purview:assets", "a")
    );
    assert!(!waits("purview:env", "A") && !waits("purview:http", "body"));
    assert!(!waits("wasi_snapshot_preview1", "fd_write") && !waits("purview:log", "write"));
}
