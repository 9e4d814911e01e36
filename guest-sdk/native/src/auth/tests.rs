//! Tokens made elsewhere and here, each refused for the one reason that it should be.

use super::*;

/// Keys made for these tests.
macro_rules! key {
    ($name:literal) => {
        include_bytes!(concat!("../../tests/keys/", $name, ".pem"))
    };
}

const SECRET: &[u8] = b"secret";
const NOW: f64 = 1_700_000_000.0;

fn verify_with(token: &str, key: &[u8], options: &str, now: f64) -> Result<String, Refusal> {
    let options = VerifyOptions::read(options.as_bytes())?;
    verify(token.as_bytes(), key, &options, now).map(|claims| String::from_utf8(claims).unwrap())
}

fn verified(token: &str) -> Result<String, Refusal> {
    verify_with(token, SECRET, "", NOW)
}

fn signed(claims: &str) -> String {
    sign(claims.as_bytes(), SECRET, &SignOptions::read(b"").unwrap()).unwrap()
}

/// A token with any header, signed with the secret.
fn with_header(header: &str, claims: &str) -> String {
    let text = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = crate::crypto::hmac_sha256(SECRET, text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[test]
fn what_is_signed_is_verified_as_it_was_written() {
    let claims = r#"{ "sub" : "1", "n": 1.50, "u": "é" }"#;
    let token = signed(claims);
    assert!(token.starts_with("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."));
    assert_eq!(verified(&token).as_deref(), Ok(claims));
    let known = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.8qZF8vbN3UpcanXFc-mPXJkOPN01-bRch8XX3rToP1U";
    assert_eq!(verified(known).as_deref(), Ok(r#"{"sub":"1"}"#));
}

#[test]
fn form_header_and_signature() {
    let good = signed("{}");
    let parts: Vec<&str> = good.split('.').collect();
    let (header, payload, signature) = (parts[0], parts[1], parts[2]);
    for (token, refusal) in [
        (String::new(), Refusal::Format),
        (format!("{header}.{payload}"), Refusal::Format),
        (format!("{good}."), Refusal::Format),
        (format!("{}.{payload}.{signature}", "e".repeat(8193)), Refusal::HeaderTooLong),
        (format!("{header}=.{payload}.{signature}"), Refusal::HeaderEncoding),
        (format!("e+Jh.{payload}.{signature}"), Refusal::HeaderEncoding),
        (format!("{header}.{payload}.{signature}="), Refusal::SignatureEncoding),
        (format!("{header}.{payload}.{}", &signature[..42]), Refusal::SignatureEncoding),
        (format!("{header}.{payload}.{}", &signature[..40]), Refusal::SignatureLength),
        (format!("{header}.{payload}."), Refusal::SignatureLength),
        (format!("{header}.{payload}.{}", "A".repeat(701)), Refusal::SignatureLength),
        (format!("{header}.{payload}.{}", "A".repeat(43)), Refusal::Signature),
        (format!("{header}.e30K.{signature}"), Refusal::Signature),
        (with_header("{}", "{}"), Refusal::NoAlgorithm),
        (with_header("[\"HS256\"]", "{}"), Refusal::HeaderJson),
        (with_header("not json", "{}"), Refusal::HeaderJson),
        (with_header(r#"{"alg":256}"#, "{}"), Refusal::HeaderJson),
        (with_header(r#"{"alg":"HS256","alg":"none"}"#, "{}"), Refusal::HeaderJson),
        (with_header(r#"{"alg":"none"}"#, "{}"), Refusal::Algorithm),
        (with_header(r#"{"alg":"None"}"#, "{}"), Refusal::Algorithm),
        (with_header(r#"{"alg":"hs256"}"#, "{}"), Refusal::Algorithm),
        (with_header(r#"{"alg":"HS512"}"#, "{}"), Refusal::Algorithm),
        (with_header(r#"{"alg":"RS256"}"#, "{}"), Refusal::Algorithm),
        (with_header(r#"{"alg":"HS256","crit":["exp"]}"#, "{}"), Refusal::Extension),
        (with_header(r#"{"alg":"HS256","b64":false}"#, "{}"), Refusal::Extension),
        (with_header(r#"{"alg":"HS256"}"#, "[]"), Refusal::Claims),
        (with_header(r#"{"alg":"HS256"}"#, "{"), Refusal::Claims),
        (with_header(r#"{"alg":"HS256"}"#, r#"{"exp":1e400}"#), Refusal::Claims),
        (with_header(r#"{"alg":"HS256"}"#, r#"{"exp":1,"exp":9e9}"#), Refusal::Claims),
    ] {
        assert_eq!(verified(&token), Err(refusal), "{token}");
    }
    // What a header says about keys is not listened to.
    let other = r#"{"alg":"HS256","kid":"../../etc/passwd","jku":"http://127.0.0.1/","jwk":{"kty":"oct","k":"AA"}}"#;
    assert_eq!(verified(&with_header(other, "{}")).as_deref(), Ok("{}"));
    assert_eq!(verify_with(&good, b"", "", NOW), Err(Refusal::EmptySecret));
}

#[test]
fn times() {
    let leeway = r#"{"leeway":30}"#;
    for (claims, options, refusal) in [
        (r#"{"exp":1700000001}"#, "", None),
        (r#"{"exp":1700000000}"#, "", Some(Refusal::Expired)),
        (r#"{"exp":1699999971}"#, leeway, None),
        (r#"{"exp":1699999970}"#, leeway, Some(Refusal::Expired)),
        (r#"{"exp":1700000000.5}"#, "", None),
        (r#"{"exp":1e300}"#, "", None),
        (r#"{"exp":18446744073709551615}"#, "", None),
        (r#"{"exp":-1}"#, "", Some(Refusal::Expired)),
        (r#"{"exp":-1e300}"#, "", Some(Refusal::Expired)),
        (r#"{"exp":"1700000001"}"#, "", Some(Refusal::ExpiryType)),
        (r#"{"exp":null}"#, "", Some(Refusal::ExpiryType)),
        (r#"{"nbf":1700000000}"#, "", None),
        (r#"{"nbf":1700000001}"#, "", Some(Refusal::NotYetValid)),
        (r#"{"nbf":1700000030}"#, leeway, None),
        (r#"{"nbf":1700000031}"#, leeway, Some(Refusal::NotYetValid)),
        (r#"{"nbf":[1]}"#, "", Some(Refusal::StartType)),
        (r#"{"iat":9e9}"#, "", None),
    ] {
        let found = verify_with(&signed(claims), SECRET, options, NOW).err();
        assert_eq!(found, refusal, "{claims} {options}");
    }
}

#[test]
fn issuers_and_audiences() {
    let one = r#"{"issuer":"a","audience":["x","y"]}"#;
    for (claims, options, refusal) in [
        (r#"{"iss":"a","aud":"x"}"#, one, None),
        (r#"{"iss":"a","aud":["z","y"]}"#, one, None),
        (r#"{"iss":"b","aud":"x"}"#, one, Some(Refusal::Issuer)),
        (r#"{"aud":"x"}"#, one, Some(Refusal::Issuer)),
        (r#"{"iss":["a"],"aud":"x"}"#, one, Some(Refusal::Issuer)),
        (r#"{"iss":"a"}"#, one, Some(Refusal::Audience)),
        (r#"{"iss":"a","aud":[]}"#, one, Some(Refusal::Audience)),
        (r#"{"iss":"a","aud":"xy"}"#, one, Some(Refusal::Audience)),
        (r#"{"iss":"b","aud":"z"}"#, "", None),
    ] {
        let found = verify_with(&signed(claims), SECRET, options, NOW).err();
        assert_eq!(found, refusal, "{claims} {options}");
    }
    for options in [
        "[]",
        "{",
        r#"{"algorithms":["none"]}"#,
        r#"{"algorithm":"HS256"}"#,
        r#"{"leeway":-1}"#,
        r#"{"leeway":3601}"#,
        r#"{"audience":[]}"#,
        r#"{"issuer":1}"#,
    ] {
        let found = verify_with(&signed("{}"), SECRET, options, NOW);
        assert_eq!(found, Err(Refusal::Options), "{options}");
    }
}

#[test]
fn every_algorithm_signs_and_verifies() {
    let secret: &[u8] = b"a secret of a length that is long enough for everything";
    for (name, private, public) in [
        ("HS256", secret, secret),
        ("HS384", secret, secret),
        ("HS512", secret, secret),
        ("RS256", key!("rsa"), key!("rsa.pub")),
        ("RS384", key!("rsa"), key!("rsa.pub")),
        ("RS512", key!("rsa"), key!("rsa.pub")),
        ("PS256", key!("rsa"), key!("rsa.pub")),
        ("PS384", key!("rsa"), key!("rsa.pub")),
        ("PS512", key!("rsa"), key!("rsa.pub")),
        ("ES256", key!("ec"), key!("ec.pub")),
        ("ES384", key!("ec384"), key!("ec384.pub")),
        ("EdDSA", key!("ed"), key!("ed.pub")),
    ] {
        let options = format!(r#"{{"algorithm":"{name}","kid":"k\"1"}}"#);
        let options = SignOptions::read(options.as_bytes()).unwrap();
        let token =
            sign(br#"{"a":1}"#, private, &options).unwrap_or_else(|why| panic!("{name}: {why}"));
        let allowed = format!(r#"{{"algorithms":["{name}"]}}"#);
        assert_eq!(
            verify_with(&token, public, &allowed, NOW).as_deref(),
            Ok(r#"{"a":1}"#),
            "{name}"
        );
        if name != "HS256" {
            assert_eq!(verify_with(&token, public, "", NOW), Err(Refusal::Algorithm), "{name}");
        }
        let mut damaged = token.clone().into_bytes();
        let at = token.find('.').unwrap() + 2;
        damaged[at] ^= 1;
        let damaged = String::from_utf8(damaged).unwrap();
        assert_eq!(verify_with(&damaged, public, &allowed, NOW), Err(Refusal::Signature), "{name}");
    }
}

#[test]
fn a_key_is_for_its_algorithm_only() {
    let allowed = r#"{"algorithms":["HS256","RS256","ES256","ES384","EdDSA"]}"#;
    let jwk = br#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;
    // The text of a public key as a secret: the attack that made this rule.
    for public in [&key!("rsa.pub")[..], key!("ec.pub"), jwk] {
        let forged = {
            let text = format!(
                "{}.{}",
                URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#),
                URL_SAFE_NO_PAD.encode("{}")
            );
            let code = crate::crypto::hmac_sha256(public, text.as_bytes());
            format!("{text}.{}", URL_SAFE_NO_PAD.encode(code))
        };
        assert_eq!(verify_with(&forged, public, allowed, NOW), Err(Refusal::Key));
    }
    let signed = |name: &str, key: &[u8]| {
        let options = format!(r#"{{"algorithm":"{name}"}}"#);
        sign(b"{}", key, &SignOptions::read(options.as_bytes()).unwrap())
    };
    assert_eq!(signed("RS256", key!("ec")), Err(Refusal::Key));
    assert_eq!(signed("ES256", key!("rsa")), Err(Refusal::Key));
    assert_eq!(signed("ES256", key!("ec384")), Err(Refusal::Key));
    assert_eq!(signed("EdDSA", key!("ec")), Err(Refusal::Key));
    assert_eq!(signed("HS256", key!("rsa")), Err(Refusal::Key));
    assert_eq!(signed("RS256", key!("rsa1024")), Err(Refusal::Key));
    assert_eq!(signed("RS256", b"secret"), Err(Refusal::Key));
    assert_eq!(signed("HS256", b""), Err(Refusal::EmptySecret));
    assert_eq!(sign(b"[1]", SECRET, &SignOptions::read(b"").unwrap()), Err(Refusal::Claims));
    assert_eq!(SignOptions::read(br#"{"algorithm":"none"}"#).err(), Some(Refusal::Algorithm));
    let token = signed("RS256", key!("rsa")).unwrap();
    assert_eq!(verify_with(&token, key!("rsa1024.pub"), allowed, NOW), Err(Refusal::Key));
    assert_eq!(verify_with(&token, key!("ec.pub"), allowed, NOW), Err(Refusal::Key));
    assert_eq!(verify_with(&token, b"secret", allowed, NOW), Err(Refusal::Key));
}

/// RFC 7515 appendix A.3 and RFC 8037 appendix A.4.
#[test]
fn tokens_of_the_standards() {
    let ec = br#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;
    let token = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    let allowed = r#"{"algorithms":["ES256"],"issuer":"joe"}"#;
    assert!(verify_with(token, ec, allowed, 1_300_819_379.0).is_ok());
    assert_eq!(verify_with(token, ec, allowed, 1_300_819_380.0), Err(Refusal::Expired));
    let ed = br#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let token = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    // The signature is right; what is signed is a sentence.
    assert_eq!(verify_with(token, ed, r#"{"algorithms":["EdDSA"]}"#, NOW), Err(Refusal::Claims));
    let oct = br#"{"kty":"oct","alg":"HS256","k":"c2VjcmV0"}"#;
    assert!(verify_with(&signed("{}"), oct, "", NOW).is_ok());
    let oct = br#"{"kty":"oct","alg":"HS512","k":"c2VjcmV0"}"#;
    assert_eq!(verify_with(&signed("{}"), oct, "", NOW), Err(Refusal::Key));
}

proptest::proptest! {
    /// Whatever stands in a token: a refusal, never more; and a token of ours, changed anywhere, is refused.
    #[test]
    fn no_token_is_good_by_chance(header in ".{0,40}", payload in ".{0,40}", any: Vec<u8>, at: usize, bit in 0..8u8) {
        let options = VerifyOptions::read(br#"{"algorithms":["HS256","RS256","ES256","EdDSA"]}"#).unwrap();
        let encoded = format!("{}.{}.", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
        for key in [&any[..], SECRET, key!("rsa.pub"), key!("ec.pub")] {
            assert!(verify(&any, key, &options, NOW).is_err());
            assert!(verify(encoded.as_bytes(), key, &options, NOW).is_err());
        }
        let mut changed = signed(r#"{"a":1}"#).into_bytes();
        let at = at % changed.len();
        changed[at] ^= 1 << bit;
        assert!(verify(&changed, SECRET, &options, NOW).is_err());
        let _ = (VerifyOptions::read(&any), SignOptions::read(&any), sign(&any, &any, &SignOptions::read(b"").unwrap()));
    }
}
