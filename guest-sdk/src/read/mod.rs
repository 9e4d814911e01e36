//! Texts and JSON into typed values, finding everything that is wrong on the way. In: an [`Input`]. Out: the value, or all
//! problems with it. Serde stops at the first error of its own; so where a value is wrong a plain one is read in its
//! place and the reading goes on, and where a type refuses even that it is read again without it. Never here: a value made
//! of such stand-ins that leaves this module.

mod input;
mod reader;
mod scalar;

use std::{borrow::Cow, cell::RefCell, fmt};

use serde::{Deserialize, de};

pub(crate) use input::Input;

use crate::{
    problem::{self, Place, Problem, Problems, Step},
    schema::Schema,
};

/// Most times that one input is read. Each time something new is found wrong with it.
const RUNS_MAX: usize = 64;

/// How names are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// Byte for byte.
    Exact,
    /// Like header names: in any case, and `_` is `-`.
    Header,
}

/// Reads a value and checks its constraints.
pub(crate) fn value<'de, T: Deserialize<'de> + Schema>(
    input: &Input<'de>,
    root: Place<'static>,
    names: Names,
) -> Result<T, Problems> {
    let run = RefCell::new(Run { names, ..Run::default() });
    let mut root_steps = Problems::default();
    root_steps.add(&root, "", "");
    let start: Vec<Step> = root_steps.list()[0].loc.clone();
    for _ in 0..RUNS_MAX {
        run.borrow_mut().begin(&start);
        match T::deserialize(reader::Reader::new(input, &run)) {
            Ok(value) => {
                let mut problems = std::mem::take(&mut run.borrow_mut().problems);
                value.check(&root, &mut problems);
                return if problems.is_empty() { Ok(value) } else { Err(problems) };
            }
            Err(stop) => {
                if !run.borrow_mut().learn(stop) {
                    break;
                }
            }
        }
    }
    let mut run = run.into_inner();
    let mut problems = std::mem::take(&mut run.problems);
    run.known.into_iter().for_each(|problem| problems.push(problem));
    Err(problems)
}

/// What is known of an input while it is read, again and again.
#[derive(Debug)]
struct Run {
    names: Names,
    /// Where the reader is.
    place: Vec<Step>,
    /// What was found this time.
    problems: Problems,
    /// What stopped a reading before; a stand-in is read there.
    known: Vec<Problem>,
    /// Places where no stand-in will do: left out.
    left_out: Vec<Vec<Step>>,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            names: Names::Exact,
            place: Vec::new(),
            problems: Problems::default(),
            known: Vec::new(),
            left_out: Vec::new(),
        }
    }
}

impl Run {
    fn begin(&mut self, start: &[Step]) {
        self.place = start.to_vec();
        self.problems = Problems::default();
    }

    /// Says that the value at the current place is wrong.
    fn wrong(&mut self, kind: &'static str, msg: impl Into<Cow<'static, str>>) {
        let loc = self.place.clone();
        self.problems.push(Problem { loc, msg: msg.into(), kind });
    }

    /// The problem that is known of the current place.
    fn known_here(&self) -> Option<&Problem> {
        self.known.iter().find(|problem| problem.loc == self.place)
    }

    /// Takes in why a reading stopped. `false`: nothing new can be learnt.
    fn learn(&mut self, stop: Stop) -> bool {
        let mut loc = std::mem::take(&mut self.place);
        let (kind, msg) = match stop {
            Stop::Missing(name) => {
                loc.push(match self.names {
                    Names::Exact => Step::from(name),
                    Names::Header => Step::Name(name.replace('_', "-").into()),
                });
                (problem::MISSING.0, Cow::Borrowed(problem::MISSING.1))
            }
            Stop::Unknown(name) => {
                loc.push(Step::Name(name.into()));
                ("extra_forbidden", "Extra inputs are not permitted".into())
            }
            Stop::Message(message) => ("value_error", format!("Value error, {message}").into()),
        };
        if let Some(known) = self.known.iter().find(|problem| loc.starts_with(&problem.loc)) {
            let stuck = known.loc.clone();
            let new = !self.left_out.contains(&stuck);
            self.left_out.push(stuck);
            return new;
        }
        let found = self.problems.list().iter().find(|problem| problem.loc == loc).cloned();
        // What is wrong inside of it was found: the whole cannot be made of what is left.
        let inside = self.problems.list().iter().any(|problem| problem.loc.starts_with(&loc));
        if found.is_none() && inside {
            return false;
        }
        self.known.push(found.unwrap_or(Problem { loc, msg, kind }));
        true
    }
}

/// Why a reading stopped.
#[derive(Debug)]
enum Stop {
    /// A field is not there.
    Missing(&'static str),
    /// A field is there that should not be.
    Unknown(String),
    /// What the type says.
    Message(String),
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "missing field `{name}`"),
            Self::Unknown(name) => write!(f, "unknown field `{name}`"),
            Self::Message(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Stop {}

impl de::Error for Stop {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Message(message.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::Unknown(field.to_owned())
    }
}

#[cfg(test)]
mod tests;
