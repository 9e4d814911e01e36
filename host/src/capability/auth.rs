//! `purview:auth`: signed tokens, judged at the host's time.

use purview_abi::call::{self, outcome};
use purview_native::auth::{self, Refusal, SignOptions, VerifyOptions};
use wasmtime::{Linker, Result};

use super::native::{Outcome, link_three};
use crate::{clock, instance::guest::Guest, limits::Limits};

pub(super) fn link(linker: &mut Linker<Guest>, name: &str, limits: &Limits) -> Result<()> {
    let names = (call::AUTH, name);
    match name {
        "jwt_verify" => link_three(linker, names, limits.native_bytes, |[token, key, options]| {
            let now = clock::since_epoch().as_secs_f64();
            told(
                VerifyOptions::read(options)
                    .and_then(|options| auth::verify(token, key, &options, now)),
            )
        }),
        _ => link_three(linker, names, limits.native_bytes, |[claims, key, options]| {
            told(SignOptions::read(options).and_then(|options| auth::sign(claims, key, &options)))
        }),
    }
}

/// The outcome as guests read it.
fn told(result: Result<impl Into<Vec<u8>>, Refusal>) -> Outcome<Vec<u8>> {
    Outcome::There(match result {
        Ok(value) => {
            let mut bytes = value.into();
            bytes.insert(0, outcome::VALUE);
            bytes
        }
        Err(refusal) => format!("{}{refusal}", char::from(outcome::REFUSED)).into_bytes(),
    })
}
