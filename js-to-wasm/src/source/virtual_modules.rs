//! THE TABLE of modules that the host provides and the names that each exports. The resolver, the gate, the contract and
//! the Node shim's test all read it.

/// A module that the host provides: `purview:NAME`.
#[derive(Debug, PartialEq, Eq)]
pub struct VirtualModule {
    /// The name after the prefix.
    pub name: &'static str,
    /// What can be imported from it.
    pub exports: &'static [&'static str],
}

impl VirtualModule {
    /// The specifier as it stands in contracts.
    pub fn specifier(&self) -> String {
        format!("purview:{}", self.name)
    }
}

/// Every module, by name.
pub const MODULES: &[VirtualModule] = &[
    module(
        "auth",
        &["jwtSign", "jwtVerify", "parseBearer", "timingSafeEqual", "verifyWebhookSignature"],
    ),
    module("cache", &["cacheDelete", "cacheGet", "cacheIncr", "cacheSet", "cacheStats"]),
    module("compose", &["guard", "pipe"]),
    module(
        "crypto",
        &[
            "base64Decode",
            "base64Encode",
            "base64UrlDecode",
            "base64UrlEncode",
            "hexDecode",
            "hexEncode",
            "hmacSha1",
            "hmacSha256",
            "hmacSha384",
            "hmacSha512",
            "sha1",
            "sha256",
            "sha384",
            "sha512",
        ],
    ),
    module("decode", &["decodeForm", "decodeFormMultipart", "decodeJson", "decodeQuery"]),
    module("env", &["env"]),
    module("fetch", &["fetchSync", "httpRequest"]),
    module("http", &["cors", "negotiate", "parseContentType", "parseCookies", "setCookie"]),
    module("id", &["nanoid", "ulid", "uuid", "uuidV7"]),
    module("io", &["parallel", "race"]),
    module("log", &["logDebug", "logError", "logInfo", "logWarn"]),
    module("ratelimit", &["rateCheck", "rateReset"]),
    module("router", &["routerMatch"]),
    module("sql", &["sql", "sqlExec", "sqlMany", "sqlOne"]),
    module("text", &["escapeHtml", "mask", "slugify", "truncate", "unescapeHtml"]),
    module("time", &["addSeconds", "formatHttp", "formatIso", "parseIso"]),
    module("url", &["urlDecode", "urlEncode", "urlParse", "urlSearchParams"]),
    module(
        "validate",
        &["coerceJson", "schemaCompile", "schemaDrop", "validateJson", "validateObject"],
    ),
];

const fn module(name: &'static str, exports: &'static [&'static str]) -> VirtualModule {
    VirtualModule { name, exports }
}

/// The module with the name that follows the prefix.
pub fn find(name: &str) -> Option<&'static VirtualModule> {
    MODULES.iter().find(|module| module.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(MODULES.windows(2).all(|pair| pair[0].name < pair[1].name));
        for module in MODULES {
            assert!(module.exports.windows(2).all(|pair| pair[0] < pair[1]), "{}", module.name);
        }
    }
}
