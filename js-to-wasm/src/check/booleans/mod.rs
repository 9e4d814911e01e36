//! Conditions must be booleans. In: where a value stands, and what kind of value it is known to be. Out: the refusal, with the comparison
//! that was probably meant. Finding out what a value is belongs to `types`; what is not known is asserted when the program runs.

pub(crate) mod conditions;
pub(crate) mod operands;
pub(crate) mod negations;
pub(crate) mod defaults;

use super::rule::Rule;
use crate::{check::Truthiness, diagnostic::Diagnostic, source::Span};

/// Every rule, by code.
pub(crate) const RULES: &[Rule] =
    &[conditions::RULE, operands::RULE, negations::RULE, defaults::RULE];

/// Where a boolean is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    If,
    Conditional,
    Assert,
    And,
    Or,
    Not,
}

impl Place {
    /// The rule that is about it, and its sign in the program.
    pub(crate) fn named(self) -> (&'static Rule, &'static str) {
        match self {
            Self::If => (&conditions::RULE, "if"),
            Self::Conditional => (&conditions::RULE, "?:"),
            Self::Assert => (&conditions::RULE, "assert"),
            Self::And => (&operands::RULE, "&&"),
            Self::Or => (&operands::RULE, "||"),
            Self::Not => (&negations::RULE, "!"),
        }
    }
}

/// What stands there instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Boolean,
    Number,
    String,
    Undefined,
    Object,
    Function,
    /// Something or `undefined`.
    Optional,
    /// Several kinds.
    Mixed,
}

/// The refusal of a value.
pub(crate) fn refuse(
    place: Place,
    class: Class,
    shown: &str,
    span: Span,
    truthiness: Truthiness,
) -> Diagnostic {
    let (rule, operator) = place.named();
    let message = match truthiness {
        Truthiness::Strict => format!("`{operator}` takes a boolean, and this is `{shown}`"),
        Truthiness::Typed => format!("this is always true for `{operator}`: it is `{shown}`"),
    };
    let help = match (class, place) {
        (Class::Optional, Place::Or) => "give the default with `??`",
        (Class::Optional, _) => "compare: `value !== undefined`",
        (Class::Number, _) => "compare: `value !== 0`",
        (Class::String, Place::Or) => "give a default with `??`, or compare: `value !== \"\"`",
        (Class::String, _) => "compare: `value.length > 0` or `value !== \"\"`",
        (Class::Undefined, _) => "this is never true: remove it",
        (Class::Function, _) => "this is always true: did you mean to call it?",
        (Class::Object, _) => "this is always true: compare one of its fields",
        (Class::Mixed | Class::Boolean, _) => rule.help,
    };
    Diagnostic::error(rule.code, span, message).with_help(help)
}
