//! Where a function can be left. In: its instructions. Out: the part that each instruction plays, and for each sequence (the body, a block, a
//! loop, an arm) the calls and blocks in it at which going on can lead on.

use std::{collections::HashMap, ops::RangeInclusive};

use wasmparser::Operator;

use super::{Function, Module, Result, operators, reach::Reach};

/// The part that an instruction plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It cannot be reached.
    Dead,
    Plain,
    /// A call in which the function can be left, with its number.
    Site(u32),
    /// The begin of a block; true if it holds sites.
    Open(bool),
    Else,
    End,
}

/// A function seen so.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) roles: Vec<Role>,
    /// The numbers of the sites that each call or block of a sequence leads to, by the instruction after which the sequence begins;
    /// the body by `None`.
    pub(super) sequences: HashMap<Option<usize>, Vec<RangeInclusive<u32>>>,
    /// How many sites there are.
    pub(super) count: u32,
}

/// A block that is open.
struct Open {
    at: Option<usize>,
    /// Where its present sequence began.
    sequence: Option<usize>,
    /// How many sites there were before it.
    before: u32,
    dead: bool,
}

/// Numbers the sites.
pub(super) fn find(module: &Module<'_>, reach: &Reach, function: &Function<'_>) -> Result<Plan> {
    let mut plan = Plan::default();
    let mut open = vec![Open { at: None, sequence: None, before: 0, dead: false }];
    // Blocks that are open in code that cannot be reached.
    let mut skipped = 0_u32;
    for (index, (operator, ..)) in operators(&function.body)?.iter().enumerate() {
        let begins = matches!(
            operator,
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. }
        );
        let Some(last) = open.last_mut() else { return Err("code behind the end".to_owned()) };
        let role = match operator {
            Operator::End if skipped > 0 => {
                skipped -= 1;
                Role::Dead
            }
            _ if skipped > 0 || (last.dead && begins) => {
                skipped += u32::from(begins);
                Role::Dead
            }
            Operator::End => {
                plan.close(&mut open);
                Role::End
            }
            Operator::Else => {
                last.sequence = Some(index);
                last.dead = false;
                Role::Else
            }
            _ if last.dead => Role::Dead,
            _ if begins => {
                let (at, before) = (Some(index), plan.count);
                open.push(Open { at, sequence: at, before, dead: false });
                Role::Open(false)
            }
            _ if reach.is_site(module, operator) => {
                plan.count += 1;
                let sites = plan.sequences.entry(last.sequence).or_default();
                sites.push(plan.count..=plan.count);
                Role::Site(plan.count)
            }
            _ => {
                last.dead = ends(operator);
                Role::Plain
            }
        };
        plan.roles.push(role);
    }
    Ok(plan)
}

impl Plan {
    /// Ends the innermost block: if it holds sites, the one around it leads to it.
    fn close(&mut self, open: &mut Vec<Open>) {
        let Some(closed) = open.pop() else { return };
        let (Some(at), Some(outer)) = (closed.at, open.last()) else { return };
        if self.count > closed.before {
            self.roles[at] = Role::Open(true);
            let sites = self.sequences.entry(outer.sequence).or_default();
            sites.push(closed.before + 1..=self.count);
        }
    }
}

/// Whether what follows cannot be reached.
fn ends(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::Unreachable
            | Operator::Br { .. }
            | Operator::BrTable { .. }
            | Operator::Return
            | Operator::ReturnCall { .. }
            | Operator::ReturnCallIndirect { .. }
    )
}
