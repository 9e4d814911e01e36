//! Conformance cases, a line each. In: one JSON object a line on standard input, with `op` and its operands. Out: one JSON object a
//! line on standard output, in the same order. What answers is what serves: the host's modules and the JavaScript runtime, linked.
//!
//! | `op` | operands | answer |
//! |---|---|---|
//! | `json` | `b64` | `ok`: whether handlers' `JSON.parse` takes the text |
//! | `roundtrip` | `b64` | `out_b64` or `err`: the text as the host reads and writes it |
//! | `schema` | `draft` `schema` `data` | `ok`, or `unsupported` and why |
//! | `jwt` | `alg` `key_b64` `token` | `ok` |
//! | `hmac` | `alg` `key` `msg` `tag` in hex | `ok` |
//! | `url` | `input` `base` | `href` and its parts, or `fail` |
//! | `egress` | `url` `allow` `deny_special` | `ok`, and `host`: the one that would be dialled |
//! | `multipart` | `boundary` `body_b64` | `parts`, or `error` |
//! | `lambda` | `event` | `method` `path` `query` `body_b64`, or `error` |
//!
//! Anything else gets `unsupported`.

use std::io::{self, BufRead as _, Write as _};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use purview::{
    capability::egress::{
        address::is_special,
        target::{BadUrl, Target},
    },
    policy::HostPattern,
};
use purview_js_runtime::{json, string::Str};
use purview_native::{
    auth::{self, VerifyOptions},
    crypto, multipart,
    validate::{Schema, Verdict},
};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().split(b'\n') {
        let answer = match serde_json::from_slice(&line?) {
            Ok(case) => answer(&case).unwrap_or_else(|| json!({ "unsupported": "operands" })),
            Err(error) => json!({ "unsupported": error.to_string() }),
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

/// The answer to a case; nothing if it lacks an operand.
fn answer(case: &Value) -> Option<Value> {
    let ok = |ok: bool| Some(json!({ "ok": ok }));
    match text(case, "op")? {
        "json" => ok(parses(base64(case, "b64")?)),
        "roundtrip" => Some(match serde_json::from_slice::<Value>(&base64(case, "b64")?) {
            Ok(value) => json!({ "out_b64": STANDARD.encode(value.to_string()) }),
            Err(error) => json!({ "err": error.to_string() }),
        }),
        "schema" => Some(schema(text(case, "draft")?, case.get("schema")?, case.get("data")?)),
        "jwt" => ok(jwt(text(case, "alg")?, &base64(case, "key_b64")?, text(case, "token")?)),
        "hmac" => ok(hmac(
            text(case, "alg")?,
            &hex(case, "key")?,
            &hex(case, "msg")?,
            &hex(case, "tag")?,
        )?),
        "url" => Some(url(text(case, "input")?, text(case, "base"))),
        "egress" => egress(text(case, "url")?, case.get("allow")?.as_array()?, case),
        "multipart" => Some(parts(text(case, "boundary")?, &base64(case, "body_b64")?)),
        "lambda" => Some(match purview::serverless::Request::read(case.get("event")?) {
            Ok(request) => json!({
                "method": request.method, "path": request.path, "query": request.query,
                "body_b64": STANDARD.encode(&request.body),
            }),
            Err(error) => json!({ "error": error }),
        }),
        op => Some(json!({ "unsupported": op })),
    }
}

fn text<'c>(case: &'c Value, name: &str) -> Option<&'c str> {
    case.get(name)?.as_str()
}

fn base64(case: &Value, name: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text(case, name)?).ok()
}

fn hex(case: &Value, name: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (pairs, []) = text(case, name)?.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some((digit(*high)? * 16 + digit(*low)?) as u8)).collect()
}

/// Values of the runtime live as long as the request, which here is the process.
fn parses(bytes: Vec<u8>) -> bool {
    json::parse(Str::from_outside(bytes.leak()).bytes()).is_some()
}

fn schema(draft: &str, schema: &Value, data: &Value) -> Value {
    if draft != "draft2020-12" {
        return json!({ "unsupported": "schemas are read as draft 2020-12" });
    }
    let verdict = Schema::read(schema.to_string().as_bytes())
        .map(|schema| schema.check(data.to_string().as_bytes()));
    match verdict {
        Ok(Verdict::Valid | Verdict::Value(_)) => json!({ "ok": true }),
        // The draft leaves it open whether formats are asserted; its published cases hold for readers that do not.
        Ok(Verdict::Refused(violations))
            if violations.iter().all(|one| one.message.ends_with(" format")) =>
        {
            json!({ "unsupported": "here formats are asserted" })
        }
        Ok(Verdict::Refused(_)) => json!({ "ok": false }),
        Ok(Verdict::Problem(problem)) | Err(problem) => {
            json!({ "unsupported": problem.to_string() })
        }
    }
}

fn jwt(algorithm: &str, key: &[u8], token: &str) -> bool {
    let options = json!({ "algorithms": [algorithm] }).to_string();
    // The cases are about signatures: what a token carries need not be claims.
    match VerifyOptions::read(options.as_bytes())
        .and_then(|options| auth::verify(token.as_bytes(), key, &options, 0.0))
    {
        Ok(_) => true,
        Err(refusal) => refusal == auth::Refusal::Claims,
    }
}

fn hmac(algorithm: &str, key: &[u8], message: &[u8], tag: &[u8]) -> Option<bool> {
    Some(match algorithm {
        "HS1" => crypto::hmac_sha1_is(key, message, tag),
        "HS256" => crypto::hmac_sha256_is(key, message, tag),
        "HS384" => crypto::hmac_sha384_is(key, message, tag),
        "HS512" => crypto::hmac_sha512_is(key, message, tag),
        _ => return None,
    })
}

/// The URL as handlers' `URL(input, base)` reads it.
fn url(input: &str, base: Option<&str>) -> Value {
    let Some(parts) = purview_js_runtime::http::url::parts_of(input, base) else {
        return json!({ "fail": true });
    };
    let text = |part: Vec<u8>| String::from_utf8_lossy(&part).into_owned();
    parts.into_iter().map(|(name, part)| (name.to_owned(), Value::from(text(part)))).collect()
}

/// What a handler with these hosts may dial for a URL. Names are not looked up: that is judged on the address that is dialled.
fn egress(url: &str, allow: &[Value], case: &Value) -> Option<Value> {
    let refused = |why: &str| Some(json!({ "ok": false, "why": why }));
    let target = match Target::of_url(url) {
        Ok(target) => target,
        Err(BadUrl(why)) => return refused(why),
    };
    let admits = |host: &HostPattern| host.admits_authority(&target.host, target.port);
    let named: Vec<HostPattern> =
        allow.iter().filter_map(|host| HostPattern::parse(host.as_str()?).ok()).collect();
    let any = allow.iter().any(|host| host == "*");
    if !any && !named.iter().any(admits) {
        return refused("the host is not allowed");
    }
    let is_local = target.host == "localhost" || target.host.ends_with(".localhost");
    let address = target.host.trim_start_matches('[').trim_end_matches(']').parse();
    let special = is_local || address.is_ok_and(is_special);
    // An operator who names an address means it.
    if special && case.get("deny_special") == Some(&true.into()) && !named.iter().any(admits) {
        return refused("the address is not a public one");
    }
    Some(json!({ "ok": true, "host": target.host }))
}

fn parts(boundary: &str, body: &[u8]) -> Value {
    let parts = match multipart::parts(body, boundary.as_bytes()) {
        Ok(parts) => parts,
        Err(error) => return json!({ "error": error.to_string() }),
    };
    let told = parts.iter().map(|part| {
        let digest = crypto::sha256(&part.content);
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        json!({
            "name": part.name,
            "filename": part.filename,
            "ctype": part.content_type,
            "len": part.content.len(),
            "sha256": digest,
        })
    });
    json!({ "parts": told.collect::<Vec<_>>() })
}
