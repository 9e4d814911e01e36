//! THE TABLE of what is verified of a program beyond its types, one file each: the words for people, and examples. What finds them is
//! inference: results and optionals are unions, paths are flows, and what helpers return is a type.

pub(crate) mod answers;
pub(crate) mod answer_types;
pub(crate) mod results;
pub(crate) mod optionals;
pub(crate) mod unreachable;
pub(crate) mod unused;
pub(crate) mod matches;
pub(crate) mod module_state;

use crate::check::rule::Rule;

/// Every rule, by code.
pub(crate) const RULES: &[Rule] = &[
    answers::RULE,
    answer_types::RULE,
    results::RULE,
    optionals::RULE,
    unreachable::RULE,
    unused::RULE,
    matches::RULE,
    module_state::RULE,
];
