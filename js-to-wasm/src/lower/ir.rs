//! The program between tree and WebAssembly: names are variables, the language's own constructs are gone, places of the source are
//! kept. Expressions have no types here; [`super::types`] finds representations and the `wasm` stage converts where two meet.
//!
//! Invariants, which [`super::verify`] checks: a variable belongs to one function and is used by it and by those that capture it; a label
//! is left only inside of its block; `Optional` encloses every `ExitIfAbsent`, with no call's arguments between them; nothing returns from
//! inside of an expression.

use std::collections::{BTreeMap, HashMap};

use crate::source::Span;

/// A variable of the program or of the compiler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct VarId(pub(crate) u32);

/// A function of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FuncId(pub(crate) u32);

/// A constant text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TextId(pub(crate) u32);

/// An import whose name holds a value of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ImportId(pub(crate) u32);

/// A place that can be left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Label(pub(crate) u32);

/// The whole program.
#[derive(Debug, Default)]
pub(crate) struct Ir {
    pub(crate) functions: Vec<Function>,
    pub(crate) vars: Vec<Var>,
    pub(crate) texts: Texts,
    /// Imports that the program's own values name: module and name, each once.
    pub(crate) imports: Vec<(String, String)>,
    /// SQL statements by name.
    pub(crate) statements: BTreeMap<String, String>,
    /// Names of object literals, each list once.
    pub(crate) shapes: Shapes,
    /// Variables of the top level that have their first value before anything runs.
    pub(crate) constants: Vec<(VarId, Expr)>,
    /// The largest label in use.
    pub(crate) labels: u32,
    /// The function that runs the modules' top level, if anything is to be run.
    pub(crate) start: Option<FuncId>,
    /// The function that answers requests: it takes the request and gives what the handler returned.
    pub(crate) entry: Option<FuncId>,
    /// Names under which the module exports that function beside the catch-all.
    pub(crate) routes: Vec<String>,
}

impl Ir {
    /// The id of an import.
    pub(crate) fn import(&mut self, module: &str, name: &str) -> ImportId {
        let known = self.imports.iter().position(|import| import.0 == module && import.1 == name);
        let index = known.unwrap_or_else(|| {
            self.imports.push((module.to_owned(), name.to_owned()));
            self.imports.len() - 1
        });
        ImportId(index as u32)
    }
}

/// The names of an object literal, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ShapeId(pub(crate) u32);

/// Lists of names, each once.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    pub(crate) list: Vec<Vec<TextId>>,
    known: HashMap<Vec<TextId>, ShapeId>,
}

impl Shapes {
    /// The id of these names.
    pub(crate) fn id(&mut self, names: Vec<TextId>) -> ShapeId {
        if let Some(id) = self.known.get(&names) {
            return *id;
        }
        let id = ShapeId(self.list.len() as u32);
        self.list.push(names.clone());
        self.known.insert(names, id);
        id
    }
}

/// Constant texts, each once.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    pub(crate) list: Vec<Vec<u8>>,
    known: HashMap<Vec<u8>, TextId>,
}

impl Texts {
    /// The id of a text (WTF-8).
    pub(crate) fn id(&mut self, text: &[u8]) -> TextId {
        if let Some(id) = self.known.get(text) {
            return *id;
        }
        let id = TextId(self.list.len() as u32);
        self.list.push(text.to_vec());
        self.known.insert(text.to_vec(), id);
        id
    }
}

/// A variable.
#[derive(Debug, Clone)]
pub(crate) struct Var {
    pub(crate) name: String,
    pub(crate) owner: FuncId,
    /// Declared at the top level of a module: reachable from everywhere, lives as long as the instance.
    pub(crate) global: bool,
    /// Assigned after its declaration.
    pub(crate) assigned: bool,
    /// Used by a function other than its owner.
    pub(crate) captured: bool,
    /// Captured before its declaration has run, so that the capture must see the later value.
    pub(crate) early: bool,
    /// Its declaration has been lowered.
    pub(crate) ready: bool,
    /// The function that it always is.
    pub(crate) function: Option<FuncId>,
    /// The literal that it always is.
    pub(crate) constant: Option<Expr>,
    /// Holds a parameter.
    pub(crate) parameter: bool,
}

impl Var {
    /// A variable of the compiler.
    pub(crate) fn temporary(owner: FuncId) -> Self {
        Self {
            name: String::new(),
            owner,
            global: false,
            assigned: false,
            captured: false,
            early: false,
            ready: true,
            function: None,
            constant: None,
            parameter: false,
        }
    }
}

/// A function.
#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) parent: Option<FuncId>,
    pub(crate) params: Vec<VarId>,
    pub(crate) rest: Option<VarId>,
    /// Variables of enclosing functions that it or its inner functions use.
    pub(crate) captures: Vec<VarId>,
    pub(crate) body: Vec<Stmt>,
    /// Its value is needed, not only its calls.
    pub(crate) is_value: bool,
}

/// A statement.
#[derive(Debug, Clone)]
pub(crate) enum Stmt {
    /// Evaluates and drops.
    Expr(Expr),
    /// Gives a variable its first value.
    Let(VarId, Expr),
    /// Begins a scope with these variables.
    Open(Vec<VarId>),
    If(Expr, Vec<Stmt>, Vec<Stmt>),
    Return(Expr),
    /// A sequence that [`Stmt::Leave`] ends.
    Block(Label, Vec<Stmt>),
    /// A sequence that [`Stmt::Again`] begins anew.
    Loop(Label, Vec<Stmt>),
    Leave(Label),
    Again(Label),
}

/// Operators on two numbers that give a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arith {
    Sub,
    Mul,
    Div,
    Rem,
    Pow,
    BitAnd,
    BitOr,
    BitXor,
    Shl,
    Shr,
    UShr,
}

/// Order comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

/// An expression.
#[derive(Debug, Clone)]
pub(crate) enum Expr {
    Undefined,
    Bool(bool),
    Number(f64),
    Text(TextId),
    /// A 32-bit integer for a direct call.
    Int(u32),
    Var(VarId),
    Set(VarId, Box<Expr>),
    /// A function as a value.
    Function(FuncId),
    /// A built-in function as a value.
    BuiltinValue(String),
    /// A call of a function that is known; the variable through which, for its captured values.
    Call(FuncId, Option<VarId>, Vec<Expr>),
    CallValue(Box<Expr>, Vec<Expr>),
    /// A call with an array of arguments.
    CallSpread(Box<Expr>, Box<Expr>),
    /// A built-in with the calling convention of function values.
    Builtin(String, Box<Expr>, Vec<Expr>),
    /// The same with an array of arguments.
    BuiltinSpread(String, Box<Expr>, Box<Expr>),
    /// An entry of the runtime with its own signature.
    Direct(&'static str, Vec<Expr>),
    /// The table index of an import, as a number: what the entries that begin with `bound` call.
    Import(ImportId),
    /// A property that has an entry of its own.
    Getter(String, Box<Expr>),
    Add(Box<Expr>, Box<Expr>),
    Arith(Arith, Box<Expr>, Box<Expr>),
    Order(Order, Box<Expr>, Box<Expr>),
    Same(Box<Expr>, Box<Expr>),
    Absent(Box<Expr>),
    IsArray(Box<Expr>),
    Not(Box<Expr>),
    Negate(Box<Expr>),
    BitNot(Box<Expr>),
    /// An integer plus one, which is known to fit 32 bits.
    Next(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Nullish(Box<Expr>, Box<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A chain that ends with `undefined` where [`Expr::ExitIfAbsent`] says so.
    Optional(Box<Expr>),
    ExitIfAbsent(Box<Expr>),
    Object(Vec<(Expr, Expr)>),
    /// An object literal whose names are known, differ and are not like array indices: a value for each.
    Literal(ShapeId, Vec<Expr>),
    Array(Vec<Expr>),
    /// Statements, then a value.
    Do(Vec<Stmt>, Box<Expr>),
    /// The inner expression, whose faults are at this place.
    At(Span, Box<Expr>),
}

/// Calls `visit` on every operand; `iter` is how lists of them are walked.
macro_rules! operands {
    ($expression:expr, $visit:expr, $iter:ident) => {
        match $expression {
            Expr::Undefined
            | Expr::Import(_)
            | Expr::Bool(_)
            | Expr::Number(_)
            | Expr::Text(_)
            | Expr::Int(_)
            | Expr::Var(_)
            | Expr::Function(_)
            | Expr::BuiltinValue(_) => {}
            Expr::Set(_, e)
            | Expr::Getter(_, e)
            | Expr::Absent(e)
            | Expr::IsArray(e)
            | Expr::Not(e)
            | Expr::Negate(e)
            | Expr::BitNot(e)
            | Expr::Next(e)
            | Expr::Optional(e)
            | Expr::ExitIfAbsent(e)
            | Expr::Do(_, e)
            | Expr::At(_, e) => $visit(e),
            Expr::Call(_, _, list)
            | Expr::Direct(_, list)
            | Expr::Array(list)
            | Expr::Literal(_, list) => list.$iter().for_each($visit),
            Expr::CallValue(e, list) | Expr::Builtin(_, e, list) => {
                $visit(e);
                list.$iter().for_each($visit);
            }
            Expr::CallSpread(a, b)
            | Expr::BuiltinSpread(_, a, b)
            | Expr::Add(a, b)
            | Expr::Arith(_, a, b)
            | Expr::Order(_, a, b)
            | Expr::Same(a, b)
            | Expr::And(a, b)
            | Expr::Or(a, b)
            | Expr::Nullish(a, b) => {
                $visit(a);
                $visit(b);
            }
            Expr::If(a, b, c) => {
                $visit(a);
                $visit(b);
                $visit(c);
            }
            Expr::Object(pairs) => pairs.$iter().for_each(|(name, value)| {
                $visit(name);
                $visit(value);
            }),
        }
    };
}

impl Expr {
    /// The same with its place.
    pub(crate) fn at(self, span: Span) -> Self {
        Self::At(span, Box::new(self))
    }

    /// The expression without places around it.
    pub(crate) fn bare(&self) -> &Self {
        match self {
            Self::At(_, inner) => inner.bare(),
            other => other,
        }
    }

    /// Whether it is a literal, so that copying it is no work.
    pub(crate) fn is_literal(&self) -> bool {
        matches!(self.bare(), Self::Undefined | Self::Bool(_) | Self::Number(_) | Self::Text(_))
    }

    /// Calls `visit` on every expression directly inside of this one; not on those of the statements before the value of a `Do`.
    pub(crate) fn each_operand<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        operands!(self, visit, iter);
    }

    /// The same for changing them.
    pub(crate) fn each_operand_mut(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        operands!(self, visit, iter_mut);
    }
}
