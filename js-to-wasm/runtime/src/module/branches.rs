//! `purview:io`: `parallel` and `race`. In: functions, the branches. Out: what they return: of all of them in their order, or of the one
//! that ends first.
//!
//! A branch runs until it waits for an exchange, or for branches that it has begun itself. Then it is left, the branches behind it begin,
//! and when all that have begun wait, the one goes on whose exchange is there first; of several that are there, the one that has waited
//! longest. So everything overlaps that can, each effect happens once, and only one branch runs at a time. What a branch of `race` returns
//! that is not a call without an answer (599) decides the race: what the others wait for is given up, and they never go on.
//!
//! ```text
//!  branch 0: send a ┐              ┌ a is there, send d ┐             ┌ d is there, end
//!  branch 1:        └ send b ┐     │                    └ b …, end ┐  │
//!  branch 2:                 └ … ──┘                               └──┘
//! ```
//!
//! Never here: waiting while a branch could run.

use alloc::{collections::VecDeque, vec::Vec};
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

use super::{
    io,
    switch::{self, Base, Coroutine},
};

const BRANCHES_MAX: u32 = 16;
/// Most exchanges that the host is asked about at once.
const EXCHANGES_MAX: usize = 256;

/// The branches of one call.
struct Group {
    race: bool,
    branches: RefCell<Vec<&'static Branch>>,
    results: RefCell<Vec<Value>>,
    /// How many have not ended; 0 when a race is decided.
    open: Cell<u32>,
    /// The branch that has decided a race.
    chosen: Cell<u32>,
    /// The branch that has begun this group and waits for it.
    parent: Option<&'static Branch>,
}

/// What a branch waits for.
#[derive(Clone, Copy)]
enum State {
    /// Nothing: it begins, goes on, or runs.
    Ready,
    Exchange(Exchange),
    Group(&'static Group),
    /// It has ended or was given up.
    Ended,
}

struct Branch {
    group: &'static Group,
    index: u32,
    state: Cell<State>,
    coroutine: Coroutine,
}

/// All branches of a request that have not ended, of every group.
struct Scheduler {
    /// Those that can run, the next one in front.
    ready: RefCell<VecDeque<&'static Branch>>,
    /// Those that wait for an exchange, the oldest in front.
    waiting: RefCell<Vec<(&'static Branch, Exchange)>>,
    running: Cell<Option<&'static Branch>>,
    base: Base,
}

struct Current(Cell<Option<&'static Scheduler>>);

// SAFETY: a guest has one thread, and natively nothing calls this.
unsafe impl Sync for Current {}

static CURRENT: Current = Current(Cell::new(None));

/// Runs the functions as branches.
fn run(name: &str, functions: Value, race: bool) -> &'static Group {
    let functions = checked(name, functions);
    let outer = CURRENT.0.get();
    let count = functions.len();
    let group = crate::arena::keep(Group {
        race,
        branches: RefCell::default(),
        results: RefCell::new(alloc::vec![Value::UNDEFINED; count as usize]),
        open: Cell::new(count),
        chosen: Cell::new(0),
        parent: outer.and_then(|scheduler| scheduler.running.get()),
    });
    for index in 0..count {
        let coroutine = Coroutine::new(functions.get(index));
        let branch = Branch { group, index, state: Cell::new(State::Ready), coroutine };
        group.branches.borrow_mut().push(crate::arena::keep(branch));
    }
    match (outer, group.parent) {
        _ if count == 0 => {}
        (Some(scheduler), Some(parent)) => {
            scheduler.add(group);
            parent.state.set(State::Group(group));
            switch::stop();
        }
        _ => outermost(group),
    }
    group
}

/// The functions of a call.
fn checked(name: &str, functions: Value) -> &'static Array {
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
    functions
}

/// Runs a group that no branch has begun.
fn outermost(group: &'static Group) {
    let scheduler = crate::arena::keep(Scheduler {
        ready: RefCell::default(),
        waiting: RefCell::default(),
        running: Cell::new(None),
        base: Base::here(),
    });
    scheduler.add(group);
    CURRENT.0.set(Some(scheduler));
    let before = io::replace(Some(wait));
    scheduler.work(group);
    io::replace(before);
    CURRENT.0.set(None);
}

/// Waits for an exchange: the branch is left until it is there.
fn wait(exchange: Exchange) -> Option<Vec<u8>> {
    if let Some(scheduler) = CURRENT.0.get()
        && let Some(branch) = scheduler.running.get()
    {
        branch.state.set(State::Exchange(exchange));
        scheduler.waiting.borrow_mut().push((branch, exchange));
        switch::stop();
    }
    host::wait(exchange).ok()
}

impl Scheduler {
    /// Lets the branches of a group begin before everything else.
    fn add(&self, group: &'static Group) {
        let mut ready = self.ready.borrow_mut();
        group.branches.borrow().iter().rev().for_each(|branch| ready.push_front(branch));
    }

    /// Runs branches until the group has ended.
    fn work(&self, group: &'static Group) {
        while group.open.get() > 0 {
            let next = self.ready.borrow_mut().pop_front();
            match next.or_else(|| self.arrived()) {
                Some(branch) => self.step(branch),
                None => break,
            }
        }
    }

    /// The branch whose exchange is there first; nothing if none waits.
    fn arrived(&self) -> Option<&'static Branch> {
        let exchanges: Vec<Exchange> = self
            .waiting
            .borrow()
            .iter()
            .take(EXCHANGES_MAX)
            .map(|(_, exchange)| *exchange)
            .collect();
        if exchanges.is_empty() {
            return None;
        }
        let found = host::wait_any(&exchanges).min(exchanges.len() - 1);
        Some(self.waiting.borrow_mut().remove(found).0)
    }

    /// Runs a branch until it waits or ends.
    fn step(&self, branch: &'static Branch) {
        branch.state.set(State::Ready);
        self.running.set(Some(branch));
        let result = branch.coroutine.run(self.base);
        self.running.set(None);
        if let Some(result) = result {
            self.ended(branch, result);
        }
    }

    fn ended(&self, branch: &'static Branch, result: Value) {
        let group = branch.group;
        branch.state.set(State::Ended);
        group.results.borrow_mut()[branch.index as usize] = result;
        group.open.set(group.open.get() - 1);
        if group.race && !failed(result) {
            group.chosen.set(branch.index);
            self.give_up(group);
        }
        if group.open.get() == 0
            && let Some(parent) = group.parent
        {
            parent.state.set(State::Ready);
            self.ready.borrow_mut().push_front(parent);
        }
    }

    /// Ends what has not ended of a group.
    fn give_up(&self, group: &'static Group) {
        group.open.set(0);
        for branch in group.branches.borrow().iter() {
            match branch.state.replace(State::Ended) {
                State::Ended => {}
                State::Ready => {
                    self.ready.borrow_mut().retain(|known| !core::ptr::eq(*known, *branch));
                }
                State::Exchange(exchange) => {
                    self.waiting.borrow_mut().retain(|(_, known)| *known != exchange);
                    host::cancel(exchange);
                }
                State::Group(inner) => self.give_up(inner),
            }
        }
    }
}

/// Whether the result of a branch is a call that got no answer.
fn failed(result: Value) -> bool {
    let response =
        result.as_object().filter(|object| object.class == crate::object::Class::Response);
    response.is_some() && response::status(result).as_number() == Some(599.0)
}

builtins! {
    "purview:io.parallel" parallel(_this, args) {
        let group = run("parallel", args.first(), false);
        Value::array(Array::take(group.results.take()))
    }
    "purview:io.race" race(_this, args) {
        let group = run("race", args.first(), true);
        let results = group.results.take();
        results.get(group.chosen.get() as usize).copied().unwrap_or(Value::UNDEFINED)
    }
}
