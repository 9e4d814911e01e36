//! THE TABLE of what the type checker refuses, one file each: the words for people, and examples. What finds them is inference.

pub(crate) mod assignments;
pub(crate) mod fields;
pub(crate) mod argument_counts;
pub(crate) mod arguments;
pub(crate) mod returns;
pub(crate) mod excess_fields;
pub(crate) mod calls;
pub(crate) mod conversions;
pub(crate) mod comparisons;
pub(crate) mod lists;
pub(crate) mod type_names;
pub(crate) mod read_only;
pub(crate) mod unknown_values;
pub(crate) mod indexes;
pub(crate) mod complexity;
pub(crate) mod object_spreads;

use crate::check::rule::Rule;

/// Every rule, by code.
pub(crate) const RULES: &[Rule] = &[
    assignments::RULE,
    fields::RULE,
    argument_counts::RULE,
    arguments::RULE,
    returns::RULE,
    excess_fields::RULE,
    calls::RULE,
    conversions::RULE,
    comparisons::RULE,
    lists::RULE,
    type_names::RULE,
    read_only::RULE,
    unknown_values::RULE,
    indexes::RULE,
    complexity::RULE,
    object_spreads::RULE,
];
