//! What must hold of a request's method and path for a place of the handler to be reached. Three answers: yes, no, and not known,
//! which is the answer wherever something else than method and path decides.

use std::rc::Rc;

/// A condition. Shared, because each place is reached under the conditions of the places before it.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    Always,
    Never,
    /// Something else decides.
    Unknown,
    /// The method is this text.
    Method(Rc<str>),
    /// The path is this text.
    Path(Rc<str>),
    /// The path begins with this text.
    Prefix(Rc<str>),
    /// A table has a route for the request.
    Routed(Rc<[Route]>),
    Not(Rc<Condition>),
    And(Rc<Condition>, Rc<Condition>),
    Or(Rc<Condition>, Rc<Condition>),
}

/// Method and path pattern, as exports spell them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Route {
    pub(super) method: Rc<str>,
    pub(super) pattern: Rc<str>,
}

/// What a program names.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) methods: Vec<Rc<str>>,
    /// Patterns, those of tables with their method.
    pub(super) patterns: Vec<(Option<Rc<str>>, Rc<str>)>,
}

/// Requests that a condition is asked about. `None`: some method, or path, that the program does not name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Requests<'a> {
    pub(super) method: Option<&'a str>,
    pub(super) pattern: Option<&'a str>,
}

impl Condition {
    pub(super) fn of(value: bool) -> Self {
        if value { Self::Always } else { Self::Never }
    }

    pub(super) fn not(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::Unknown => Self::Unknown,
            Self::Not(inner) => (*inner).clone(),
            other => Self::Not(Rc::new(other)),
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Never, _) | (_, Self::Never) => Self::Never,
            (Self::Always, one) | (one, Self::Always) => one,
            (a, b) => Self::And(Rc::new(a), Rc::new(b)),
        }
    }

    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Always, _) | (_, Self::Always) => Self::Always,
            (Self::Never, one) | (one, Self::Never) => one,
            (a, b) => Self::Or(Rc::new(a), Rc::new(b)),
        }
    }

    /// Whether it holds for all of the requests, or for none of them. `work` is used up by every question.
    pub(super) fn holds(&self, requests: Requests<'_>, work: &mut u32) -> Option<bool> {
        *work = work.checked_sub(1)?;
        match self {
            Self::Always => Some(true),
            Self::Never => Some(false),
            Self::Unknown => None,
            Self::Method(name) => Some(requests.method == Some(name)),
            Self::Path(text) => {
                requests.pattern.map_or(Some(false), |pattern| is_path(pattern, text))
            }
            Self::Prefix(text) => has_prefix(requests.pattern?, text),
            Self::Routed(table) => is_routed(table, requests),
            Self::Not(inner) => inner.holds(requests, work).map(|holds| !holds),
            Self::And(a, b) => match a.holds(requests, work) {
                Some(false) => Some(false),
                Some(true) => b.holds(requests, work),
                None => b.holds(requests, work).filter(|holds| !holds),
            },
            Self::Or(a, b) => match a.holds(requests, work) {
                Some(true) => Some(true),
                Some(false) => b.holds(requests, work),
                None => b.holds(requests, work).filter(|holds| *holds),
            },
        }
    }

    /// Every method and path that it names.
    pub(super) fn names(&self, names: &mut Names) {
        match self {
            Self::Always | Self::Never | Self::Unknown | Self::Prefix(_) => {}
            Self::Method(name) => names.methods.push(Rc::clone(name)),
            // A pattern would mean something else.
            Self::Path(text) if text.contains('{') => {}
            Self::Path(text) => names.patterns.push((None, Rc::clone(text))),
            Self::Routed(table) => table.iter().for_each(|route| {
                names.methods.push(Rc::clone(&route.method));
                names.patterns.push((Some(Rc::clone(&route.method)), Rc::clone(&route.pattern)));
            }),
            Self::Not(inner) => inner.names(names),
            Self::And(a, b) | Self::Or(a, b) => {
                a.names(names);
                b.names(names);
            }
        }
    }
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

/// Whether every path of a pattern is this text.
fn is_path(pattern: &str, text: &str) -> Option<bool> {
    if pattern == text && !pattern.contains('{') {
        return Some(true);
    }
    if may_share(pattern, text) { None } else { Some(false) }
}

fn has_prefix(pattern: &str, prefix: &str) -> Option<bool> {
    let literal = &pattern[..pattern.find('{').unwrap_or(pattern.len())];
    if literal.starts_with(prefix) {
        return Some(true);
    }
    let open = literal.len() < pattern.len() && prefix.starts_with(literal);
    if open { None } else { Some(false) }
}

/// Whether two patterns may have a path in common.
fn may_share(a: &str, b: &str) -> bool {
    let (mut left, mut right) = (a.split('/'), b.split('/'));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(x), Some(y)) if x == y || is_parameter(x) || is_parameter(y) => {}
            _ => return false,
        }
    }
}

/// Whether every path of `inner` is one of `outer`.
fn covers(outer: &str, inner: &str) -> bool {
    outer.split('/').count() == inner.split('/').count()
        && outer.split('/').zip(inner.split('/')).all(|(x, y)| {
            // A parameter takes a segment that is not empty.
            if is_parameter(x) { !y.is_empty() } else { x == y }
        })
}

fn is_routed(table: &[Route], requests: Requests<'_>) -> Option<bool> {
    let Some(pattern) = requests.pattern else { return Some(false) };
    let mut possible = false;
    for route in table {
        // A table does not care about the case of a method, and one that the program does not name may be of any.
        let method = requests.method.map(|method| method.eq_ignore_ascii_case(&route.method));
        if method == Some(true) && covers(&route.pattern, pattern) {
            return Some(true);
        }
        possible |= method != Some(false) && may_share(&route.pattern, pattern);
    }
    if possible { None } else { Some(false) }
}
