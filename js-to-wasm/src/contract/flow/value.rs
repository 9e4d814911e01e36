//! What a value can be, as far as the text of the program says. In: nothing. Out: [`Value`], a set that only grows, with what is
//! known of each kind: texts (whole, or their beginning), functions, objects by the place that makes them, and where parts of the
//! value came from. A value that is not described here cannot occur.

use super::few::Few;

/// Most texts that are told apart; more become "any text".
const TEXTS_MAX: usize = 64;
/// Most numbers that are told apart.
const NUMBERS_MAX: usize = 16;
/// Longest text that is kept, in bytes.
const TEXT_BYTES_MAX: usize = 4096;

/// A function of the program, by its place in the table of functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FuncId(pub(super) u32);

/// A place that makes objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::contract) struct ObjectId(pub(super) u32);

/// Something that can be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Callable {
    /// A function of the program.
    Function(FuncId),
    /// A function of a module of the host.
    Host(&'static str, &'static str),
    /// A global function, or a static member of one: `Response`, `json`; the member is empty for the function itself.
    Builtin(&'static str, &'static str),
    /// A function that a built-in made, with what it holds: `pipe(f, g)`, `guard(check)`.
    Made(Maker, ObjectId),
    /// The constructor of a `distinct type`: it gives its argument.
    Same,
}

/// What made a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Maker {
    /// `pipe(f, …)`.
    Pipe,
    /// `guard(check)`: takes a handler.
    Guard,
    /// `guard(check)(next)`: takes a request.
    Guarded,
}

/// A text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::contract) enum Text {
    /// Exactly this one.
    Whole(String),
    /// One that begins like this.
    Begins(String),
    /// What `JSON.stringify` gives for the value that this object holds.
    Json(ObjectId),
}

/// Where parts of a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Labels(u8);

impl Labels {
    pub(super) const NONE: Self = Self(0);
    /// An environment variable.
    pub(super) const ENV: Self = Self(1);
    /// An environment variable whose name says that it is a secret, or whose name is not known.
    pub(super) const SECRET: Self = Self(2);
    /// What a request proves its sender with.
    pub(super) const CREDENTIAL: Self = Self(4);
    /// The request, and no validation has seen it.
    pub(super) const UNCHECKED: Self = Self(8);
    /// The request, not escaped for HTML.
    pub(super) const RAW_HTML: Self = Self(16);
    /// The request, not escaped for URLs.
    pub(super) const RAW_URL: Self = Self(32);
    /// The request, in any form.
    pub(super) const FROM_REQUEST: Self = Self(64);
    /// The request as it came.
    pub(super) const REQUEST: Self = Self(8 | 16 | 32 | 64);

    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Kinds without content.
mod plain {
    pub(super) const UNDEFINED: u8 = 1;
    pub(super) const TRUE: u8 = 2;
    pub(super) const FALSE: u8 = 4;
    pub(super) const NUMBER: u8 = 8;
}

/// Everything that a value can be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Value {
    texts: Few<Text>,
    /// Bits of the numbers it can be.
    numbers: Few<u64>,
    plain: u8,
    /// What can be called.
    pub(super) functions: Few<Callable>,
    /// What holds other values.
    pub(super) objects: Few<ObjectId>,
    /// Where parts of it came from.
    pub(super) labels: Labels,
}

impl Value {
    /// No value: code that never runs.
    pub(super) fn none() -> Self {
        Self::default()
    }

    /// How many things it can be, of those that can be many.
    pub(super) fn len(&self) -> usize {
        self.texts.len() + self.functions.len() + self.objects.len()
    }

    pub(super) fn undefined() -> Self {
        Self { plain: plain::UNDEFINED, ..Self::default() }
    }

    pub(super) fn boolean() -> Self {
        Self { plain: plain::TRUE | plain::FALSE, ..Self::default() }
    }

    pub(super) fn bool(value: bool) -> Self {
        Self { plain: if value { plain::TRUE } else { plain::FALSE }, ..Self::default() }
    }

    pub(super) fn any_number() -> Self {
        Self { plain: plain::NUMBER, ..Self::default() }
    }

    pub(super) fn number(value: f64) -> Self {
        Self { numbers: Few::one(value.to_bits()), ..Self::default() }
    }

    pub(super) fn text(text: &str) -> Self {
        if text.len() > TEXT_BYTES_MAX {
            return Self::any_text();
        }
        Self { texts: Few::one(Text::Whole(text.to_owned())), ..Self::default() }
    }

    pub(super) fn any_text() -> Self {
        Self { texts: Few::one(Text::Begins(String::new())), ..Self::default() }
    }

    /// Any text that begins like this.
    pub(super) fn begins(start: &str) -> Self {
        Self { texts: Few::one(begins(start.to_owned())), ..Self::default() }
    }

    /// The texts of a value without what else it can be.
    pub(super) fn only_texts(value: &Self) -> Self {
        Self { texts: value.texts.clone(), labels: value.labels, ..Self::default() }
    }

    /// The JSON text of what an object holds.
    pub(super) fn json(object: ObjectId) -> Self {
        Self { texts: Few::one(Text::Json(object)), ..Self::default() }
    }

    pub(super) fn object(object: ObjectId) -> Self {
        Self { objects: Few::one(object), ..Self::default() }
    }

    pub(super) fn function(function: Callable) -> Self {
        Self { functions: Few::one(function), ..Self::default() }
    }

    /// Any text, number, boolean or `undefined`.
    pub(super) fn scalar() -> Self {
        Self { plain: u8::MAX, ..Self::any_text() }
    }

    #[must_use]
    pub(super) fn or_undefined(mut self) -> Self {
        self.plain |= plain::UNDEFINED;
        self
    }

    #[must_use]
    pub(super) fn labelled(mut self, labels: Labels) -> Self {
        self.labels = self.labels.with(labels);
        self
    }

    /// Whether nothing is known to arrive here.
    pub(super) fn is_none(&self) -> bool {
        self.texts.is_empty()
            && self.numbers.is_empty()
            && self.plain == 0
            && self.functions.is_empty()
            && self.objects.is_empty()
    }

    /// The texts it can be.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.texts.iter()
    }

    /// Whether it can be something that is no text.
    pub(super) fn may_be_no_text(&self) -> bool {
        !self.numbers.is_empty()
            || self.plain != 0
            || !self.functions.is_empty()
            || !self.objects.is_empty()
    }

    /// Whether it can be a number.
    pub(super) fn may_be_number(&self) -> bool {
        !self.numbers.is_empty() || self.plain & plain::NUMBER != 0
    }

    /// Whether it can be `undefined`.
    pub(super) fn may_be_undefined(&self) -> bool {
        self.plain & plain::UNDEFINED != 0
    }

    /// The number that it always is.
    pub(super) fn only_number(&self) -> Option<f64> {
        let alone = self.numbers.len() == 1
            && self.plain == 0
            && self.texts.is_empty()
            && self.objects.is_empty()
            && self.functions.is_empty();
        self.numbers.first().filter(|_| alone).map(|bits| f64::from_bits(*bits))
    }

    /// Without `undefined`: the left side of `??`.
    #[must_use]
    pub(super) fn defined(mut self) -> Self {
        self.plain &= !plain::UNDEFINED;
        self
    }

    /// Adds everything of another value; whether that changed anything.
    pub(super) fn join(&mut self, other: &Self) -> bool {
        let (count, plain, labels) = (self.numbers.len(), self.plain, self.labels);
        let mut changed = self.join_texts(&other.texts);
        self.numbers.join(&other.numbers);
        self.plain |= other.plain;
        if self.numbers.len() > NUMBERS_MAX || self.plain & plain::NUMBER != 0 {
            self.plain |= plain::NUMBER;
            self.numbers.clear();
        }
        changed |= self.functions.join(&other.functions);
        changed |= self.objects.join(&other.objects);
        self.labels = self.labels.with(other.labels);
        changed || count != self.numbers.len() || plain != self.plain || labels != self.labels
    }

    fn join_texts(&mut self, texts: &Few<Text>) -> bool {
        if texts.is_empty() || self.is_any_text() {
            return false;
        }
        let changed = self.texts.join(texts);
        if changed {
            self.shorten();
        }
        changed
    }

    /// Too many texts, or any text beside others: any text.
    fn shorten(&mut self) {
        let any = |text: &Text| matches!(text, Text::Begins(start) if start.is_empty());
        if self.texts.len() > TEXTS_MAX || (self.texts.len() > 1 && self.texts.iter().any(any)) {
            self.texts = Few::one(Text::Begins(String::new()));
        }
    }

    /// Any text stands alone.
    fn is_any_text(&self) -> bool {
        self.texts.len() == 1
            && matches!(self.texts.first(), Some(Text::Begins(start)) if start.is_empty())
    }

    #[must_use]
    pub(super) fn joined(mut self, other: &Self) -> Self {
        self.join(other);
        self
    }

    /// Gives up telling texts and numbers apart.
    pub(super) fn widen(&mut self) {
        if !self.texts.is_empty() {
            self.texts = Few::one(Text::Begins(String::new()));
        }
        if !self.numbers.is_empty() {
            self.numbers.clear();
            self.plain |= plain::NUMBER;
        }
    }

    /// The value as text within a template or beside a text in `+`. Objects and functions are refused there, so they add nothing.
    #[must_use]
    pub(super) fn as_text(&self) -> Self {
        let mut texts = self.texts.clone();
        for bits in &self.numbers {
            texts.insert(Text::Whole(number_text(f64::from_bits(*bits))));
        }
        for (bit, word) in
            [(plain::UNDEFINED, "undefined"), (plain::TRUE, "true"), (plain::FALSE, "false")]
        {
            if self.plain & bit != 0 {
                texts.insert(Text::Whole(word.to_owned()));
            }
        }
        if self.plain & plain::NUMBER != 0 || !self.objects.is_empty() || !self.functions.is_empty()
        {
            texts.insert(Text::Begins(String::new()));
        }
        let mut value = Self { texts, labels: self.labels, ..Self::default() };
        value.shorten();
        value
    }

    /// The texts of `self` with those of `next` behind them.
    #[must_use]
    pub(super) fn followed_by(&self, next: &Self) -> Self {
        let (left, right) = (self.as_text(), next.as_text());
        let mut texts = Few::default();
        for text in &left.texts {
            match text {
                Text::Whole(start) => texts.extend(right.texts.iter().map(|end| match end {
                    Text::Whole(end) => whole(format!("{start}{end}")),
                    Text::Begins(end) => begins(format!("{start}{end}")),
                    Text::Json(_) => begins(start.clone()),
                })),
                Text::Begins(_) => {
                    texts.insert(text.clone());
                }
                Text::Json(_) => {
                    texts.insert(Text::Begins(String::new()));
                }
            }
        }
        if left.texts.is_empty() || right.texts.is_empty() {
            texts.clear();
        }
        let mut value = Self { texts, labels: left.labels.with(right.labels), ..Self::default() };
        value.shorten();
        value
    }

    /// Every whole text changed by `change`; what is not whole becomes any text.
    #[must_use]
    pub(super) fn map_texts(&self, change: impl Fn(&str) -> String) -> Self {
        let changed = self.texts.iter().map(|text| match text {
            Text::Whole(text) => whole(change(text)),
            Text::Begins(_) | Text::Json(_) => Text::Begins(String::new()),
        });
        let mut value = Self { texts: changed.collect(), labels: self.labels, ..Self::default() };
        value.shorten();
        value
    }
}

fn whole(text: String) -> Text {
    if text.len() > TEXT_BYTES_MAX { Text::Begins(String::new()) } else { Text::Whole(text) }
}

fn begins(text: String) -> Text {
    if text.len() > TEXT_BYTES_MAX { Text::Begins(String::new()) } else { Text::Begins(text) }
}

/// A number as JavaScript writes it.
pub(super) fn number_text(value: f64) -> String {
    String::from_utf8_lossy(purview_js_runtime::number::text(value).bytes()).into_owned()
}
