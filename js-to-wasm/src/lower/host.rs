//! Calls of the host's modules. In: module, name and arguments of a call, and what the contract says of the values that reach it. Out: a
//! built-in of the library. Where the values that name something (a variable, a namespace, an origin, a statement) are known, the
//! built-in is bound to an import for each of them; where run time chooses, it is the built-in that has the import `*`.

use swc_ecma_ast::Ident;

use purview_abi::name::{ANY, Import};

use super::{
    Lowered, Lowering,
    call::{Arguments, builtin},
    ir::{Expr, FuncId, Stmt, VarId},
};
use crate::{
    contract::{HostFunction, Names, Site},
    diagnostic::Diagnostic,
    source::Span,
    wasm::runtime::runtime,
};

/// Parameters of a bound function that is a value: as many as any of them takes.
const PARAMETERS: [&str; 4] = ["a", "b", "c", "d"];

/// The values that reach a call, where all of them are known.
#[derive(Debug, Default)]
struct Known {
    /// Those that have imports.
    names: Vec<String>,
    /// Texts that name nothing.
    nameless: Vec<String>,
    /// Whether there may be no text at all.
    absent: bool,
}

impl Known {
    fn of(site: &Site) -> Self {
        let names: Vec<String> = site.names.literals().map(str::to_owned).collect();
        let nameless = site.arguments[0].literals().filter(|text| !names.iter().any(|n| n == text));
        let nameless = nameless.map(str::to_owned).collect();
        Self { names, nameless, absent: site.absent }
    }
}

/// What a call names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// An environment variable.
    Variable,
    /// A namespace; the verb follows from the function.
    Namespace(&'static str),
    /// The origin of a URL.
    Origin,
    /// A statement.
    Statement,
}

/// THE TABLE of functions that name something.
fn naming(function: HostFunction) -> Option<Naming> {
    Some(match function {
        ("env", "env") => Naming::Variable,
        ("cache", "cacheGet") => Naming::Namespace("get"),
        ("cache", "cacheSet") => Naming::Namespace("set"),
        ("cache", "cacheDelete") => Naming::Namespace("delete"),
        ("cache", "cacheIncr") => Naming::Namespace("incr"),
        ("cache", "cacheStats") => Naming::Namespace("stats"),
        ("fetch", _) => Naming::Origin,
        ("sql", "sqlOne" | "sqlMany" | "sqlExec") => Naming::Statement,
        _ => return None,
    })
}

impl Naming {
    /// Module and name of the import for a value.
    fn import(self, value: &str) -> (&'static str, String) {
        match self {
            Self::Variable => ("purview:env", value.to_owned()),
            Self::Namespace(verb) => ("purview:cache", format!("{value}.{verb}")),
            Self::Origin => ("purview:egress", value.to_owned()),
            Self::Statement => ("purview:sql", value.to_owned()),
        }
    }
}

/// The module of a function of the host that needs no import statement.
pub(super) fn global(name: &str) -> Option<HostFunction> {
    match name {
        "fetchSync" => Some(("fetch", "fetchSync")),
        "httpRequest" => Some(("fetch", "httpRequest")),
        _ => None,
    }
}

impl Lowering<'_> {
    /// A call of a function of the host, at this place.
    pub(super) fn call_host(
        &mut self,
        place: Span,
        name: &Ident,
        function: HostFunction,
        args: Arguments,
    ) -> Lowered<Expr> {
        let bindings = &self.contract.bindings;
        let site = bindings.call(place, function).or(bindings.value(function)).cloned();
        if function == ("sql", "sql") {
            return self.register(name, site);
        }
        let Some(naming) = naming(function) else {
            let path = self.library(name, function)?;
            return Ok(builtin(path, Expr::Undefined, args));
        };
        let known = site.as_ref().map(Known::of).unwrap_or_default();
        match (site.map(|site| site.names), args) {
            (None, _) => Ok(unproven()),
            (Some(Names::Dynamic), args) => {
                let path = self.library(name, function)?;
                Ok(builtin(path, Expr::Undefined, args))
            }
            (Some(Names::Literal(_)), Arguments::Plain(args)) => {
                Ok(self.bound(name, function, naming, &known, args))
            }
            // Arguments in an array go through a function value.
            (Some(Names::Literal(_)), Arguments::Spread(array)) => {
                let value = self.function_of(name, function, naming, &known);
                Ok(Expr::CallSpread(Box::new(value), Box::new(array)))
            }
        }
    }

    /// A function of the host as a value.
    pub(super) fn host_value(&mut self, name: &Ident, function: HostFunction) -> Lowered<Expr> {
        let called = self.contract.bindings.value(function).is_some();
        let naming = match naming(function) {
            Some(naming) => naming,
            // Counts are kept in the cache: what is never called must not lead there.
            None if function.0 == "ratelimit" && !called => Naming::Namespace("incr"),
            None => return Ok(Expr::BuiltinValue(self.library(name, function)?)),
        };
        match self.contract.bindings.value(function).map(|site| site.names.clone()) {
            Some(Names::Dynamic) => Ok(Expr::BuiltinValue(self.library(name, function)?)),
            // A value that is never called can be any function.
            None => Ok(self.function_of(name, function, naming, &Known::default())),
            Some(Names::Literal(_)) => {
                let known = self.contract.bindings.value(function).map(Known::of);
                Ok(self.function_of(name, function, naming, &known.unwrap_or_default()))
            }
        }
    }

    /// The call that is bound to the imports of these values.
    fn bound(
        &mut self,
        at: &Ident,
        function: HostFunction,
        naming: Naming,
        known: &Known,
        mut args: Vec<Expr>,
    ) -> Expr {
        let values = &known.names;
        let mut imports = Vec::new();
        for value in values {
            let (module, name) = naming.import(value);
            imports.push(Expr::Import(self.ir.import(module, &name)));
            if naming == Naming::Statement {
                let place = self.place(at);
                self.asked.push((value.clone(), place));
            }
        }
        let mut body = Vec::new();
        let chosen = match naming {
            // The library finds the URL's origin among these.
            Naming::Origin => {
                let texts: Vec<Expr> = values.iter().map(|value| self.text(value)).collect();
                let pairs = texts.into_iter().zip(imports);
                Expr::Array(pairs.flat_map(|(text, import)| [text, import]).collect())
            }
            _ => self.choose(values, imports, &mut args, &mut body),
        };
        let path = format!("bound purview:{}.{}", function.0, function.1);
        let nameless = match (naming, args.first()) {
            (Naming::Variable, Some(first)) => self.nameless(known, first),
            _ => None,
        };
        let mut call = builtin(path, chosen, Arguments::Plain(args));
        if let Some(nameless) = nameless {
            call = Expr::If(Box::new(nameless), Box::new(Expr::Undefined), Box::new(call));
        }
        if body.is_empty() { call } else { Expr::Do(body, Box::new(call)) }
    }

    /// Whether a value is one of those that reach the call and that no variable is named by: `env(name ?? "")` gives `undefined` then.
    fn nameless(&mut self, known: &Known, value: &Expr) -> Option<Expr> {
        let same = |other: Expr| Expr::Same(Box::new(value.clone()), Box::new(other));
        let mut tests: Vec<Expr> = Vec::new();
        for text in &known.nameless {
            tests.push(same(self.text(text)));
        }
        if known.absent {
            tests.push(same(Expr::Undefined));
        }
        tests.into_iter().reduce(|one, other| Expr::Or(Box::new(one), Box::new(other)))
    }

    /// The import whose value the first argument is.
    fn choose(
        &mut self,
        values: &[String],
        imports: Vec<Expr>,
        args: &mut [Expr],
        body: &mut Vec<Stmt>,
    ) -> Expr {
        let literal = args.first().is_some_and(|first| matches!(first.bare(), Expr::Text(_)));
        if let ([import], true) = (imports.as_slice(), literal) {
            return import.clone();
        }
        let Some(first) = args.first_mut() else { return unproven() };
        let value = self.temporary(std::mem::replace(first, Expr::Undefined), body);
        args[0] = value.clone();
        values.iter().zip(imports).rev().fold(unproven(), |otherwise, (text, import)| {
            let same = Expr::Same(Box::new(value.clone()), Box::new(self.text(text)));
            Expr::If(Box::new(same), Box::new(import), Box::new(otherwise))
        })
    }

    /// A function value that is bound to the imports of these values.
    fn function_of(
        &mut self,
        at: &Ident,
        function: HostFunction,
        naming: Naming,
        known: &Known,
    ) -> Expr {
        let place = self.place(at);
        let id: FuncId = self.new_function(function.1, place, Some(self.function));
        let outer = std::mem::replace(&mut self.function, id);
        let params: Vec<VarId> = PARAMETERS.iter().map(|name| self.new_var(name, false)).collect();
        for param in &params {
            self.ir.vars[param.0 as usize].parameter = true;
            self.ir.vars[param.0 as usize].ready = true;
        }
        let args = params.iter().map(|param| Expr::Var(*param)).collect();
        let call = match known.names.is_empty() {
            true => unproven(),
            false => self.bound(at, function, naming, known, args),
        };
        let function = &mut self.ir.functions[id.0 as usize];
        function.params = params;
        function.body.push(Stmt::Return(call.at(place)));
        function.is_value = true;
        self.function = outer;
        Expr::Function(id)
    }

    /// `sql(name, statement)`: both are known; nothing is left to run.
    fn register(&mut self, at: &Ident, site: Option<Site>) -> Lowered<Expr> {
        let Some(site) = site else { return Ok(Expr::Undefined) };
        let texts = |at: usize| site.arguments[at].literals().collect::<Vec<_>>();
        let (names, statements) = (texts(0), texts(1));
        let ([name], [statement]) = (names.as_slice(), statements.as_slice()) else {
            let help = "write `sql(\"name\", \"SELECT …\")`, once for each statement";
            return Err(self.refuse(at, "name and statement must be known, one of each", help));
        };
        if *name == ANY || Import::parse("purview:sql", name).is_err() {
            let message = format!("`{}` is no name of a statement", name.escape_debug());
            return Err(self.refuse(at, &message, "choose another name"));
        }
        let known = self.ir.statements.entry((*name).to_owned());
        if known.or_insert_with(|| (*statement).to_owned()) != statement {
            let message = format!("the statement `{name}` is registered twice");
            return Err(self.refuse(at, &message, "give each statement a name of its own"));
        }
        Ok(Expr::Undefined)
    }

    /// Every statement that is asked for is registered somewhere.
    pub(super) fn statements(&self) -> Lowered<()> {
        match self.asked.iter().find(|(name, _)| !self.ir.statements.contains_key(name)) {
            None => Ok(()),
            Some((name, place)) => {
                let message = format!("no statement `{name}` is registered");
                let help = "register it with `sql(name, statement)`";
                Err(Box::new(Diagnostic::error("JS805", *place, message).with_help(help)))
            }
        }
    }

    /// The library's name of a function that is not bound to anything.
    fn library(&self, name: &Ident, (module, export): HostFunction) -> Lowered<String> {
        let path = format!("purview:{module}.{export}");
        if runtime().export(&path).is_some() {
            return Ok(path);
        }
        let message = format!("`{export}` of `purview:{module}` is no value");
        Err(self.refuse(name, &message, "call it with what it names as a literal"))
    }

    fn refuse(&self, at: &Ident, message: &str, help: &str) -> Box<Diagnostic> {
        Box::new(Diagnostic::error("JS805", self.place(at), message).with_help(help))
    }
}

/// What is reached only if the contract is wrong.
fn unproven() -> Expr {
    Expr::Direct("rt.unproven", Vec::new())
}
