//! `purview:io`: `parallel` and `race`. In: functions, the branches. Out: what they return: of all of them in their order, or of the one
//! that answers first.
//!
//! There is one stack. A branch that waits for the first time lets the branches behind it begin on top of it, each up to its own first
//! wait, so that everything that is sent first is under way at the same time, in the order of the branches and each once. Then they go
//! on from the last to the first. Where a branch of `race` has got an answer, what the others wait for is given up: their calls give the
//! 599 response `Cancelled`, and they end.
//!
//! ```text
//!  branch 0: send a ┐                            ┌ a is there, go on, end
//!  branch 1:        └ send b ┐          ┌ b …, end
//!  branch 2:                 └ send c … ┘ end
//! ```

use alloc::vec::Vec;
use core::cell::{Cell, RefCell};

use crate::{
    array::Array,
    fault,
    function::callback,
    host::{self, Exchange},
    http::response,
    operators::type_of,
    value::Value,
};

use super::io;

const BRANCHES_MAX: u32 = 16;

/// The branches of one call.
struct Group {
    functions: &'static Array,
    race: bool,
    /// The branch that begins next.
    next: Cell<u32>,
    results: RefCell<Vec<Value>>,
    /// The branch that runs now, of those that have begun.
    running: Cell<u32>,
    /// What branches wait for.
    waiting: RefCell<Vec<(u32, Exchange)>>,
    /// Outcomes that were taken while their branch could not go on.
    arrived: RefCell<Vec<(Exchange, Vec<u8>)>>,
    /// The branch of a race that has answered.
    chosen: Cell<Option<u32>>,
    /// The group in one of whose branches this one runs.
    outer: Option<&'static Group>,
}

/// The innermost group.
struct Current(Cell<Option<&'static Group>>);

// SAFETY: a guest has one thread, and natively nothing calls this.
unsafe impl Sync for Current {}

static CURRENT: Current = Current(Cell::new(None));

/// Runs the functions as branches.
fn run(name: &str, functions: Value, race: bool) -> &'static Group {
    let Some(functions) = functions.as_array() else {
        fault::type_error(&[
            name.as_bytes(),
            b"() expects an array of functions, this is ",
            type_of(functions).as_bytes(),
        ])
    };
    if functions.len() > BRANCHES_MAX {
        fault::type_error(&[name.as_bytes(), b"() takes at most 16 functions"]);
    }
    for index in 0..functions.len() {
        callback(functions.get(index));
    }
    let group = crate::arena::keep(Group {
        functions,
        race,
        next: Cell::new(0),
        results: RefCell::new(alloc::vec![Value::UNDEFINED; functions.len() as usize]),
        running: Cell::new(0),
        waiting: RefCell::default(),
        arrived: RefCell::default(),
        chosen: Cell::new(None),
        outer: CURRENT.0.get(),
    });
    let before = io::replace(Some(wait));
    begin(group);
    CURRENT.0.set(group.outer);
    io::replace(before);
    group
}

/// Begins every branch that has not begun, one after the other.
fn begin(group: &'static Group) {
    let running = group.running.get();
    while group.next.get() < group.functions.len() && group.chosen.get().is_none() {
        let branch = group.next.get();
        group.next.set(branch + 1);
        group.running.set(branch);
        CURRENT.0.set(Some(group));
        let result = callback(group.functions.get(branch)).call(&[]);
        group.results.borrow_mut()[branch as usize] = result;
        if group.race && group.chosen.get().is_none() && !failed(result) {
            group.chosen.set(Some(branch));
        }
    }
    group.running.set(running);
}

/// Whether the result of a branch is a call that got no answer.
fn failed(result: Value) -> bool {
    let response =
        result.as_object().filter(|object| object.class == crate::object::Class::Response);
    response.is_some() && response::status(result).as_number() == Some(599.0)
}

/// Waits for an exchange of the branch that runs.
fn wait(exchange: Exchange) -> Option<Vec<u8>> {
    let Some(group) = CURRENT.0.get() else { return host::wait(exchange).ok() };
    let branch = group.running.get();
    group.waiting.borrow_mut().push((branch, exchange));
    let mut open = Some(group);
    while let Some(group) = open {
        begin(group);
        open = group.outer;
    }
    CURRENT.0.set(Some(group));
    let outcome =
        if group.race { first(group, branch, exchange) } else { host::wait(exchange).ok() };
    group.waiting.borrow_mut().retain(|(_, known)| *known != exchange);
    outcome
}

/// Waits for an exchange of a race: nothing if another branch has got an answer.
fn first(group: &'static Group, branch: u32, exchange: Exchange) -> Option<Vec<u8>> {
    loop {
        let place = group.arrived.borrow().iter().position(|(known, _)| *known == exchange);
        if let Some(place) = place {
            return Some(group.arrived.borrow_mut().remove(place).1);
        }
        if group.chosen.get().is_some_and(|chosen| chosen != branch) {
            host::cancel(exchange);
            return None;
        }
        let waiting: Vec<(u32, Exchange)> = {
            let arrived = group.arrived.borrow();
            let open = |(_, exchange): &&(u32, Exchange)| {
                arrived.iter().all(|(known, _)| known != exchange)
            };
            group.waiting.borrow().iter().filter(open).copied().collect()
        };
        let exchanges: Vec<Exchange> = waiting.iter().map(|(_, exchange)| *exchange).collect();
        let (from, found) = waiting.get(host::wait_any(&exchanges)).copied()?;
        let outcome = host::wait(found).ok()?;
        if found == exchange {
            return Some(outcome);
        }
        // The branch is below this one on the stack and goes on when this one has ended.
        if !without_answer(&outcome) {
            group.chosen.set(Some(from));
        }
        group.arrived.borrow_mut().push((found, outcome));
    }
}

/// Whether an outcome is that of a request which got no answer: a record with its length in front and status 599.
fn without_answer(outcome: &[u8]) -> bool {
    match outcome {
        [a, b, c, d, _, _, low, high, ..] => {
            u32::from_le_bytes([*a, *b, *c, *d]) as usize == outcome.len()
                && u16::from_le_bytes([*low, *high]) == 599
        }
        _ => false,
    }
}

builtins! {
    "purview:io.parallel" parallel(_this, args) {
        let group = run("parallel", args.first(), false);
        Value::array(Array::take(group.results.take()))
    }
    "purview:io.race" race(_this, args) {
        let group = run("race", args.first(), true);
        let results = group.results.take();
        let chosen = group.chosen.get().unwrap_or_default();
        results.get(chosen as usize).copied().unwrap_or(Value::UNDEFINED)
    }
}
