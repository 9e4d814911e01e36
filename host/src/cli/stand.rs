//! `purview stand MODULE`: the other half of `TestApp` of the Rust SDK. In: requests, one a line. Out: their answers; in between,
//! what the handler asks of the world is asked of whoever started this. `purview test` starts tests that use it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use serde_json::{Value, json};

use super::world::folder;
use crate::{
    capability::{Stand, WorldOptions, hex, unhex},
    load::{self, LoadOptions},
    log,
    server::{Server, ServerOptions},
    serverless::{self, Form, Request},
    socket::DriverKind,
};

/// Arguments of `stand`.
#[derive(Debug, Args)]
pub(super) struct StandIn {
    /// A module
    module: PathBuf,
    /// A folder of files, as NAME=FOLDER (repeatable)
    #[arg(long, value_name = "NAME=FOLDER", value_parser = folder)]
    assets: Vec<(String, PathBuf)>,
}

impl StandIn {
    pub(super) fn run(self) -> Result<(), String> {
        log::set_quiet(true);
        let tests = is_for_tests(&self.module);
        let stand = Arc::new(Stand::new(std::io::stdin(), std::io::stdout()));
        let options = LoadOptions {
            modules: vec![self.module],
            world: WorldOptions {
                assets: self.assets.into_iter().collect(),
                stand: Some(Arc::clone(&stand)),
                ..WorldOptions::default()
            },
            ..LoadOptions::default()
        };
        let loaded = load::load(&options).map_err(|errors| errors.to_string())?;
        let routes = loaded.admitted.iter().flat_map(|handler| &handler.contract.document.routes);
        let routes: Vec<String> = routes.map(purview_abi::contract::Route::export).collect();
        let most = serverless::most(&loaded.service.limits);
        let options = ServerOptions {
            address: ([127, 0, 0, 1], 0).into(),
            workers: 1,
            driver: DriverKind::default(),
        };
        let server = Server::start(loaded.service, loaded.engine, &options)
            .map_err(|error| format!("the handler cannot be started: {error}"))?;
        stand.write(&json!({ "routes": routes, "tests": tests }))?;
        while let Some(line) = stand.read()? {
            let request = request(&line).ok_or("a line is not a request")?;
            let answer = match serverless::exchange(server.address, &request, most) {
                Ok(answer) => {
                    let body = hex(&answer.body);
                    json!({ "status": answer.status, "headers": answer.headers, "body": body })
                }
                Err(error) => json!({ "failed": error.to_string() }),
            };
            stand.write(&json!({ "answer": answer }))?;
        }
        (server.drainer())();
        server.join().map_err(|error| format!("a worker ended: {error}"))
    }
}

/// Whether tests may replace the dependencies of this module.
fn is_for_tests(module: &Path) -> bool {
    let bytes = std::fs::read(module).unwrap_or_default();
    wasmparser::Parser::new(0).parse_all(&bytes).any(|payload| {
        matches!(payload, Ok(wasmparser::Payload::CustomSection(section)) if section.name() == "purview:test")
    })
}

fn request(line: &Value) -> Option<Request> {
    let target = line["target"].as_str()?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let field =
        |field: &Value| Some((field[0].as_str()?.to_owned(), field[1].as_str()?.to_owned()));
    Some(Request {
        form: Form::Fetch,
        method: line["method"].as_str()?.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: line["headers"].as_array()?.iter().map(field).collect::<Option<_>>()?,
        body: unhex(line["body"].as_str()?)?,
    })
}
