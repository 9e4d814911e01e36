//! THE TABLE of rules, one file each. Adding a rule is adding a file and a line.

mod while_loops;
mod counting_loops;
mod key_loops;
mod labels;
mod exceptions;
mod debugger;
mod with_statements;
mod switches;
mod jumps;
mod returns;
mod classes;
mod decorators;
mod access_modifiers;
mod implementations;
mod var_declarations;
mod using_declarations;
mod constants_without_value;
mod ambient_declarations;
mod enums;
mod namespaces;
mod function_expressions;
mod generators;
mod asynchrony;
mod this;
mod super_;
mod function_members;
mod accessors;
mod new;
mod loose_equality;
mod increments;
mod logical_assignment;
mod instanceof;
mod null;
mod regular_expressions;
mod delete;
mod comma_operator;
mod big_integers;
mod tagged_templates;
mod private_names;
mod holes;
mod assignment_patterns;
mod assignment_targets;
mod import_expressions;
mod child_spreads;
mod prototypes;
mod any;
mod type_assertions;
mod satisfies;
mod non_null;
mod advanced_types;
mod types_in_javascript;
mod imports;
mod exports;
mod missing_exports;
mod unknown_names;
mod global_members;
mod duplicate_names;
mod constant_assignments;
mod early_uses;
mod reserved_names;
mod match_patterns;
mod asserts;
mod distinct_types;
mod handlers;
mod locale_methods;
mod string_patterns;
mod character_references;
mod raw_html;
mod parameter_order;

use super::rule::Rule;

/// Every rule, by code.
pub(super) const RULES: &[Rule] = &[
    while_loops::RULE,
    counting_loops::RULE,
    key_loops::RULE,
    labels::RULE,
    exceptions::RULE,
    debugger::RULE,
    with_statements::RULE,
    switches::RULE,
    jumps::RULE,
    returns::RULE,
    classes::RULE,
    decorators::RULE,
    access_modifiers::RULE,
    implementations::RULE,
    var_declarations::RULE,
    using_declarations::RULE,
    constants_without_value::RULE,
    ambient_declarations::RULE,
    enums::RULE,
    namespaces::RULE,
    function_expressions::RULE,
    generators::RULE,
    asynchrony::RULE,
    this::RULE,
    super_::RULE,
    function_members::RULE,
    accessors::RULE,
    new::RULE,
    loose_equality::RULE,
    increments::RULE,
    logical_assignment::RULE,
    instanceof::RULE,
    null::RULE,
    regular_expressions::RULE,
    delete::RULE,
    comma_operator::RULE,
    big_integers::RULE,
    tagged_templates::RULE,
    private_names::RULE,
    holes::RULE,
    assignment_patterns::RULE,
    assignment_targets::RULE,
    import_expressions::RULE,
    child_spreads::RULE,
    prototypes::RULE,
    any::RULE,
    type_assertions::RULE,
    satisfies::RULE,
    non_null::RULE,
    advanced_types::RULE,
    types_in_javascript::RULE,
    imports::RULE,
    exports::RULE,
    missing_exports::RULE,
    unknown_names::RULE,
    global_members::RULE,
    duplicate_names::RULE,
    constant_assignments::RULE,
    early_uses::RULE,
    reserved_names::RULE,
    match_patterns::RULE,
    asserts::RULE,
    distinct_types::RULE,
    handlers::RULE,
    locale_methods::RULE,
    string_patterns::RULE,
    character_references::RULE,
    raw_html::RULE,
    parameter_order::RULE,
];
