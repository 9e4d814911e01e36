//! Calls to what the host computes. In: bytes. Out: bytes. Natively the same code runs here, in tests that ask for it with the
//! feature `native`.

/// The bytes of these calls are more than the operator's limit.
pub(crate) const TOO_LARGE: &str =
    "more bytes than one call of the host takes: see the limit `native_bytes`";

#[cfg(target_arch = "wasm32")]
macro_rules! pointer {
    ($text:ident) => { *const u8 };
}

/// Declares each call: its module, and how many texts it takes.
#[cfg(target_arch = "wasm32")]
macro_rules! calls {
    ($($module:literal { $($name:ident $($text:ident)+;)+ })+) => { $($(
        /// Nothing: the texts are too large. `guess`: about how long the result is.
        pub(crate) fn $name($($text: &[u8],)+ guess: usize) -> Option<Vec<u8>> {
            #[link(wasm_import_module = $module)]
            unsafe extern "C" {
                fn $name($(_: pointer!($text), _: usize,)+ buffer: *mut u8, capacity: usize) -> i32;
            }
            // SAFETY: the host reads the texts, and writes at most as many bytes as the buffer has.
            crate::raw::fetch(guess, |buffer, capacity| unsafe {
                $name($($text.as_ptr(), $text.len(),)+ buffer, capacity)
            })
        }
    )+)+ };
}

#[cfg(not(target_arch = "wasm32"))]
macro_rules! calls {
    ($($module:literal { $($name:ident $($text:ident)+;)+ })+) => { $($(
        pub(crate) fn $name($($text: &[u8],)+ _: usize) -> Option<Vec<u8>> {
            here::$name($($text),+)
        }
    )+)+ };
}

calls! {
    "purview:crypto" {
        sha1 data; sha256 data; sha384 data; sha512 data;
        hmac_sha1 key data; hmac_sha256 key data; hmac_sha384 key data; hmac_sha512 key data;
    }
    "purview:auth" {
        jwt_verify token key options;
        jwt_sign claims key options;
    }
    "purview:validate" {
        compile schema;
        check schema data; coerce schema data; decode_form schema form;
        decode_multipart schema body content_type;
    }
}

/// What the host would compute, as it computes it.
#[cfg(all(not(target_arch = "wasm32"), feature = "native"))]
mod here {
    use purview_abi::call::outcome;
    use purview_native::{
        auth::{self, Refusal, SignOptions, VerifyOptions},
        crypto,
        validate::{Schema, Verdict},
    };

    macro_rules! digests {
        ($($name:ident $($text:ident)+;)+) => { $(
            pub(super) fn $name($($text: &[u8]),+) -> Option<Vec<u8>> {
                Some(crypto::$name($($text),+).to_vec())
            }
        )+ };
    }

    digests! {
        sha1 data; sha256 data; sha384 data; sha512 data;
        hmac_sha1 key data; hmac_sha256 key data; hmac_sha384 key data; hmac_sha512 key data;
    }

    pub(super) fn jwt_verify(token: &[u8], key: &[u8], options: &[u8]) -> Option<Vec<u8>> {
        let now = crate::clock::now().as_secs_f64();
        told(
            VerifyOptions::read(options)
                .and_then(|options| auth::verify(token, key, &options, now)),
        )
    }

    pub(super) fn jwt_sign(claims: &[u8], key: &[u8], options: &[u8]) -> Option<Vec<u8>> {
        told(SignOptions::read(options).and_then(|options| auth::sign(claims, key, &options)))
    }

    fn told(result: Result<impl Into<Vec<u8>>, Refusal>) -> Option<Vec<u8>> {
        let (first, rest) = match result {
            Ok(value) => (outcome::VALUE, value.into()),
            Err(refusal) => (outcome::REFUSED, refusal.to_string().into_bytes()),
        };
        Some([&[first], &*rest].concat())
    }

    pub(super) fn compile(schema: &[u8]) -> Option<Vec<u8>> {
        judge(schema, |_| Verdict::Valid)
    }

    pub(super) fn check(schema: &[u8], data: &[u8]) -> Option<Vec<u8>> {
        judge(schema, |schema| schema.check(data))
    }

    pub(super) fn coerce(schema: &[u8], data: &[u8]) -> Option<Vec<u8>> {
        judge(schema, |schema| schema.coerce(data))
    }

    pub(super) fn decode_form(schema: &[u8], form: &[u8]) -> Option<Vec<u8>> {
        judge(schema, |schema| schema.decode_form(form))
    }

    pub(super) fn decode_multipart(
        schema: &[u8],
        body: &[u8],
        content_type: &[u8],
    ) -> Option<Vec<u8>> {
        judge(schema, |schema| schema.decode_multipart(body, content_type))
    }

    fn judge(schema: &[u8], judge: impl FnOnce(&Schema) -> Verdict) -> Option<Vec<u8>> {
        let verdict = match Schema::read(schema) {
            Ok(schema) => judge(&schema),
            Err(problem) => Verdict::Problem(problem),
        };
        Some(verdict.write())
    }
}

/// Without the feature there is nothing to compute with: it takes a while to build, and few tests need it.
#[cfg(all(not(target_arch = "wasm32"), not(feature = "native")))]
mod here {
    macro_rules! pointer {
        ($text:ident) => {
            &[u8]
        };
    }
    macro_rules! absent {
        ($($name:ident $($text:ident)+;)+) => { $(
            pub(super) fn $name($(_: pointer!($text)),+) -> Option<Vec<u8>> {
                panic!(concat!(
                    "the host computes `", stringify!($name), "`: for tests add `purview-guest` with \
                     `features = [\"native\"]` to the dev-dependencies"
                ))
            }
        )+ };
    }

    absent! {
        sha1 data; sha256 data; sha384 data; sha512 data;
        hmac_sha1 key data; hmac_sha256 key data; hmac_sha384 key data; hmac_sha512 key data;
        jwt_verify token key options; jwt_sign claims key options;
        compile schema; check schema data; coerce schema data; decode_form schema form;
        decode_multipart schema body content_type;
    }
}
