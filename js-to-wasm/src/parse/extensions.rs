//! Which nodes of a tree stand for the language's own constructs. The parser saw `match`, `|>`, `assert` and `distinct type`
//! as plain TypeScript of the same length; this table knows by byte offset which nodes those are and reads them back.
//! Offsets are those of the original text. Nothing here looks at the text.
//!
//! | construct | what is in the tree | found by |
//! |---|---|---|
//! | `match (s) { … }` | member access `match(s)[chain]` | offset of `match` |
//! | `a \|> f` | `a \|\| f` | offset of the operator |
//! | `assert c, e` | `throw c, e` | offset of `assert` |
//! | `distinct type` | a type alias | offset of `type` |

use std::collections::{BTreeMap, BTreeSet};

use swc_common::Spanned;
use swc_ecma_ast::{
    BinExpr, BinaryOp, Callee, Expr, MemberExpr, MemberProp, ThrowStmt, TsTypeAliasDecl,
};

use super::offset;

/// The constructs of one module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extensions {
    pub(super) matches: BTreeMap<u32, MatchEdit>,
    /// First byte of the pattern of each arm.
    pub(super) patterns: BTreeSet<u32>,
    pub(super) pipes: BTreeSet<u32>,
    pub(super) asserts: BTreeSet<u32>,
    /// Offset of `type` → offset of `distinct`.
    pub(super) distinct: BTreeMap<u32, u32>,
}

/// One `match` as it stands in the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct MatchEdit {
    /// First byte of each arm's pattern; for `default`, of what replaces it.
    pub(super) arms: Vec<ArmEdit>,
    /// One past the closing brace.
    pub(super) end: u32,
}

/// One arm as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ArmEdit {
    /// First byte of the arm: of `when` or `default`.
    pub(super) start: u32,
    /// First byte of the pattern in the rewritten text. None for a `default` that stands last.
    pub(super) pattern: Option<u32>,
    /// Whether it is `default`.
    pub(super) default: bool,
}

/// A `match` expression.
#[derive(Debug, Clone)]
pub struct Match<'a> {
    /// What is compared.
    pub subject: &'a Expr,
    /// The arms in the order in which they are written. At most one has no pattern.
    pub arms: Vec<Arm<'a>>,
    /// Byte offset of `match`.
    pub start: u32,
    /// Byte offset past the closing brace.
    pub end: u32,
}

/// One arm of a `match`.
#[derive(Debug, Clone, Copy)]
pub struct Arm<'a> {
    /// The pattern, as an expression: a literal, `_`, or an object or list of patterns. None for `default`, which runs when no
    /// other arm matches, wherever it stands.
    pub pattern: Option<&'a Expr>,
    /// The value.
    pub body: &'a Expr,
    /// Byte offset of `when` or `default`.
    pub start: u32,
}

/// `value |> function`, which means `function(value)`.
#[derive(Debug, Clone, Copy)]
pub struct Pipe<'a> {
    /// Left of the operator.
    pub value: &'a Expr,
    /// Right of the operator.
    pub function: &'a Expr,
    /// Byte offset of the operator.
    pub operator: u32,
}

/// `assert condition, otherwise`.
#[derive(Debug, Clone, Copy)]
pub struct Assert<'a> {
    /// What must hold.
    pub condition: &'a Expr,
    /// What the function returns if it does not. None: a fault.
    pub otherwise: Option<&'a Expr>,
}

impl Extensions {
    /// Whether the module uses none.
    pub fn is_empty(&self) -> bool {
        self.matches.is_empty()
            && self.pipes.is_empty()
            && self.asserts.is_empty()
            && self.distinct.is_empty()
    }

    /// Whether the pattern of an arm begins at this byte.
    pub fn is_pattern(&self, start: u32) -> bool {
        self.patterns.contains(&start)
    }

    /// Reads a member access as a `match`, if it is one.
    pub fn as_match<'a>(&self, member: &'a MemberExpr) -> Option<Match<'a>> {
        let Expr::Call(call) = &*member.obj else { return None };
        let Callee::Expr(callee) = &call.callee else { return None };
        let Expr::Ident(name) = &**callee else { return None };
        let start = offset(name.span.lo);
        let edit = self.matches.get(&start)?;
        let MemberProp::Computed(chain) = &member.prop else { return None };
        let [subject] = call.args.as_slice() else { return None };
        if subject.spread.is_some() {
            return None;
        }
        let arms = read_arms(&chain.expr, &edit.arms)?;
        Some(Match { subject: &subject.expr, arms, start, end: edit.end })
    }

    /// Reads an expression as a `match`, if it is one.
    pub fn match_of<'a>(&self, expression: &'a Expr) -> Option<Match<'a>> {
        match expression {
            Expr::Member(member) => self.as_match(member),
            _ => None,
        }
    }

    /// Reads a binary expression as a pipe, if it is one.
    pub fn as_pipe<'a>(&self, binary: &'a BinExpr) -> Option<Pipe<'a>> {
        if binary.op != BinaryOp::LogicalOr || self.pipes.is_empty() {
            return None;
        }
        let between = offset(binary.left.span().hi)..offset(binary.right.span().lo);
        if between.is_empty() {
            return None;
        }
        let operator = *self.pipes.range(between).next()?;
        Some(Pipe { value: &binary.left, function: &binary.right, operator })
    }

    /// Reads a `throw` as an `assert`, if it is one. Every other `throw` is refused by the gate.
    pub fn as_assert<'a>(&self, statement: &'a ThrowStmt) -> Option<Assert<'a>> {
        if !self.asserts.contains(&offset(statement.span.lo)) {
            return None;
        }
        match &*statement.arg {
            Expr::Seq(list) => match list.exprs.as_slice() {
                [condition, otherwise] => Some(Assert { condition, otherwise: Some(otherwise) }),
                _ => None,
            },
            condition => Some(Assert { condition, otherwise: None }),
        }
    }

    /// Where the `distinct` of a type alias stands, if it has one.
    pub fn distinct_start(&self, alias: &TsTypeAliasDecl) -> Option<u32> {
        self.distinct.get(&offset(alias.span.lo)).copied()
    }

    /// Whether a type alias was written `distinct type`.
    pub fn is_distinct(&self, alias: &TsTypeAliasDecl) -> bool {
        self.distinct.contains_key(&offset(alias.span.lo))
    }
}

/// Follows the chain of conditionals along the offsets that were recorded.
fn read_arms<'a>(chain: &'a Expr, edits: &[ArmEdit]) -> Option<Vec<Arm<'a>>> {
    let (last, before) = edits.split_last()?;
    // Without a final `default` the last arm stands behind a comma: `p1 ? b1 : p2, b2`.
    let (mut rest, tail) = match (last.pattern, chain) {
        (None, chain) => (chain, None),
        (Some(_), Expr::Seq(list)) => match list.exprs.as_slice() {
            [chain, body] => (&**chain, Some(&**body)),
            _ => return None,
        },
        (Some(_), _) => return None,
    };
    let mut arms = Vec::with_capacity(edits.len());
    for edit in before {
        let Expr::Cond(cond) = rest else { return None };
        if Some(offset(cond.test.span().lo)) != edit.pattern {
            return None;
        }
        arms.push(Arm {
            pattern: (!edit.default).then_some(&*cond.test),
            body: &cond.cons,
            start: edit.start,
        });
        rest = &cond.alt;
    }
    match tail {
        None => arms.push(Arm { pattern: None, body: rest, start: last.start }),
        Some(body) => {
            if Some(offset(rest.span().lo)) != last.pattern {
                return None;
            }
            arms.push(Arm { pattern: Some(rest), body, start: last.start });
        }
    }
    Some(arms)
}
