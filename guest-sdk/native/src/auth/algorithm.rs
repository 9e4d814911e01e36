//! The algorithms that may sign a token (RFC 7518, RFC 8037), by name. `none` is not one of them.

use jsonwebtoken as jwt;

/// An algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of RFC 7518 and RFC 8037")]
pub enum Algorithm {
    HS256,
    HS384,
    HS512,
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    EdDSA,
}

/// Which keys an algorithm takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Secret,
    Rsa,
    Curve,
    Edwards,
}

use Algorithm::{
    ES256, ES384, EdDSA, HS256, HS384, HS512, PS256, PS384, PS512, RS256, RS384, RS512,
};

impl Algorithm {
    /// Every algorithm with its name.
    const ALL: [(Self, &'static str); 12] = [
        (HS256, "HS256"),
        (HS384, "HS384"),
        (HS512, "HS512"),
        (RS256, "RS256"),
        (RS384, "RS384"),
        (RS512, "RS512"),
        (PS256, "PS256"),
        (PS384, "PS384"),
        (PS512, "PS512"),
        (ES256, "ES256"),
        (ES384, "ES384"),
        (EdDSA, "EdDSA"),
    ];

    /// The algorithm of exactly this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(algorithm, _)| *algorithm)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        let known = Self::ALL.iter().find(|(algorithm, _)| *algorithm == self);
        known.map_or("", |(_, name)| name)
    }

    pub(super) const fn family(self) -> Family {
        match self {
            HS256 | HS384 | HS512 => Family::Secret,
            RS256 | RS384 | RS512 | PS256 | PS384 | PS512 => Family::Rsa,
            ES256 | ES384 => Family::Curve,
            EdDSA => Family::Edwards,
        }
    }

    /// The same in the library that has the keys.
    pub(super) const fn library(self) -> jwt::Algorithm {
        match self {
            HS256 => jwt::Algorithm::HS256,
            HS384 => jwt::Algorithm::HS384,
            HS512 => jwt::Algorithm::HS512,
            RS256 => jwt::Algorithm::RS256,
            RS384 => jwt::Algorithm::RS384,
            RS512 => jwt::Algorithm::RS512,
            PS256 => jwt::Algorithm::PS256,
            PS384 => jwt::Algorithm::PS384,
            PS512 => jwt::Algorithm::PS512,
            ES256 => jwt::Algorithm::ES256,
            ES384 => jwt::Algorithm::ES384,
            EdDSA => jwt::Algorithm::EdDSA,
        }
    }
}
