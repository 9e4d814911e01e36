//! Random programs of the language. In: a seed. Out: a handler that computes, with numbers, texts, booleans, lists, records,
//! functions, closures, loops, `match` and `|>`, and answers with everything it computed. The same seed gives the same program.
//! What it makes is well-typed, ends, does not fault and prints nothing that may differ between two right implementations.

use std::fmt::Write as _;

/// Makes the program of a seed.
pub(crate) fn program(seed: u64) -> String {
    let mut maker = Maker {
        state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d,
        out: String::new(),
        ..Maker::default()
    };
    maker.whole(seed);
    maker.out
}

/// The types that are generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Number,
    Text,
    Bool,
    Numbers,
    Texts,
    Record,
}

const TYPES: [Type; 6] =
    [Type::Number, Type::Text, Type::Bool, Type::Numbers, Type::Texts, Type::Record];

impl Type {
    fn written(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text => "string",
            Self::Bool => "boolean",
            Self::Numbers => "number[]",
            Self::Texts => "string[]",
            Self::Record => "Item",
        }
    }
}

/// A name that can be read; `fixed` ones cannot be assigned.
#[derive(Debug, Clone)]
struct Name {
    text: String,
    of: Type,
    fixed: bool,
}

#[derive(Debug, Clone)]
struct Function {
    name: String,
    params: Vec<Type>,
    result: Type,
}

#[derive(Debug, Default)]
struct Maker {
    state: u64,
    out: String,
    names: Vec<Name>,
    functions: Vec<Function>,
    made: usize,
    indent: usize,
    loops: usize,
}

impl Maker {
    fn next(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn pick<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.next(list.len())]
    }

    fn fresh(&mut self, prefix: &str) -> String {
        self.made += 1;
        format!("{prefix}{}", self.made)
    }

    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{}{text}", "  ".repeat(self.indent));
    }

    fn whole(&mut self, seed: u64) {
        self.line(&format!("// request: {{\"url\": \"/?n={}&t=a%C3%BCb\"}}", seed % 97));
        self.line("type Item = { n: number; s: string };");
        for _ in 0..self.next(4) {
            self.function();
        }
        self.line("function handler(req: Request): Response {");
        self.indent = 1;
        self.line("const out: string[] = [];");
        self.line("const input = parseInt(req.query.n ?? \"0\", 10);");
        self.line("const word = req.query.t ?? \"\";");
        self.names = vec![
            Name { text: "input".to_owned(), of: Type::Number, fixed: true },
            Name { text: "word".to_owned(), of: Type::Text, fixed: true },
        ];
        for _ in 0..4 + self.next(8) {
            self.statement(3);
        }
        for name in self.names.clone() {
            self.show(&name.text, name.of);
        }
        self.line("return Response.text(out.join(\"\\n\"));");
        self.indent = 0;
        self.line("}");
    }

    fn function(&mut self) {
        let result = TYPES[self.next(TYPES.len())];
        let params: Vec<Type> =
            (0..1 + self.next(3)).map(|_| TYPES[self.next(TYPES.len())]).collect();
        let name = self.fresh("f");
        let names: Vec<Name> =
            params.iter().map(|&of| Name { text: self.fresh("p"), of, fixed: false }).collect();
        let written: Vec<String> =
            names.iter().map(|name| format!("{}: {}", name.text, name.of.written())).collect();
        self.line(&format!("function {name}({}): {} {{", written.join(", "), result.written()));
        self.names = names;
        self.indent = 1;
        let outer = self.functions.len();
        if self.next(2) == 0 {
            self.names.push(Name { text: "out".to_owned(), of: Type::Texts, fixed: true });
            self.line("const out: string[] = [];");
            self.statement(1);
        }
        if self.next(3) == 0 {
            let (condition, early) = (self.expression(Type::Bool, 2), self.expression(result, 2));
            self.line(&format!("if ({condition}) {{\n    return {early};\n  }}"));
        }
        let value = self.expression(result, 3);
        self.line(&format!("return {value};"));
        self.indent = 0;
        self.line("}");
        self.names.clear();
        self.functions.truncate(outer);
        self.functions.push(Function { name, params, result });
    }

    fn show(&mut self, text: &str, of: Type) {
        let shown = match of {
            Type::Number | Type::Bool => format!("`${{{text}}}`"),
            _ => format!("JSON.stringify({text})"),
        };
        self.line(&format!("out.push({shown});"));
    }

    fn statement(&mut self, depth: usize) {
        match self.next(if depth == 0 { 5 } else { 9 }) {
            0 | 1 => self.declaration(),
            2 | 3 => self.assignment(),
            4 => {
                let of = TYPES[self.next(TYPES.len())];
                let value = self.expression(of, 3);
                self.show(&value, of);
            }
            5 | 6 => self.condition(depth - 1),
            7 if self.loops < 2 => self.loop_(depth - 1),
            _ => self.closure(),
        }
    }

    fn declaration(&mut self) {
        let of = TYPES[self.next(TYPES.len())];
        let value = self.expression(of, 3);
        let fixed = self.next(2) == 0;
        let text = self.fresh("v");
        let word = if fixed { "const" } else { "let" };
        self.line(&format!("{word} {text}: {} = {value};", of.written()));
        self.names.push(Name { text, of, fixed });
    }

    fn assignment(&mut self) {
        let open: Vec<Name> = self.names.iter().filter(|name| !name.fixed).cloned().collect();
        let Some(name) = (!open.is_empty()).then(|| open[self.next(open.len())].clone()) else {
            return self.declaration();
        };
        let value = self.expression(name.of, 2);
        let text = &name.text;
        let line = match name.of {
            Type::Number => {
                let operator = self
                    .pick(&["=", "+=", "-=", "*=", "%=", "|=", "&=", "^=", "<<=", ">>=", ">>>="]);
                format!("{text} {operator} {value};")
            }
            // Texts and lists must not grow without end in loops.
            Type::Text => format!("{text} = ({value}).slice(0, 40);"),
            Type::Numbers | Type::Texts => format!("{text} = ({value}).slice(-12);"),
            Type::Record => {
                let (n, s) = (self.expression(Type::Number, 1), self.expression(Type::Text, 1));
                let change = self.pick(&["n", "s", "both"]);
                match change {
                    "n" => format!("{text}.n = {n};"),
                    "s" => format!("{text}.s = ({s}).slice(0, 20);"),
                    _ => format!("{text} = {{ ...{value}, n: {n} }};"),
                }
            }
            Type::Bool => format!("{text} = {value};"),
        };
        self.line(&line);
    }

    fn block(&mut self, depth: usize, statements: usize) {
        let (names, functions) = (self.names.len(), self.functions.len());
        self.indent += 1;
        for _ in 0..statements {
            self.statement(depth);
        }
        self.indent -= 1;
        self.names.truncate(names);
        self.functions.truncate(functions);
    }

    fn condition(&mut self, depth: usize) {
        let condition = self.expression(Type::Bool, 3);
        self.line(&format!("if ({condition}) {{"));
        let (first, second) = (1 + self.next(2), 1 + self.next(2));
        self.block(depth, first);
        if self.next(2) == 0 {
            self.line("} else {");
            self.block(depth, second);
        }
        self.line("}");
    }

    fn loop_(&mut self, depth: usize) {
        let (over, of) = match self.next(3) {
            0 => (format!("range({})", 1 + self.next(4)), Type::Number),
            1 => (format!("({}).slice(0, 4)", self.expression(Type::Numbers, 2)), Type::Number),
            _ => (format!("({}).slice(0, 4)", self.expression(Type::Texts, 2)), Type::Text),
        };
        let text = self.fresh("i");
        self.line(&format!("for (const {text} of {over}) {{"));
        let names = self.names.len();
        self.names.push(Name { text, of, fixed: true });
        self.loops += 1;
        if self.next(4) == 0 {
            let (condition, word) =
                (self.expression(Type::Bool, 2), self.pick(&["continue", "break"]));
            self.indent += 1;
            self.line(&format!("if ({condition}) {{\n{}{word};", "  ".repeat(self.indent + 1)));
            self.line("}");
            self.indent -= 1;
        }
        let statements = 1 + self.next(2);
        self.block(depth, statements);
        self.loops -= 1;
        self.names.truncate(names);
        self.line("}");
    }

    /// A local arrow, which later expressions call.
    fn closure(&mut self) {
        let (param, result) = (TYPES[self.next(TYPES.len())], TYPES[self.next(TYPES.len())]);
        let (name, text) = (self.fresh("g"), self.fresh("p"));
        self.names.push(Name { text: text.clone(), of: param, fixed: true });
        let body = self.expression(result, 2);
        self.names.pop();
        let body = if result == Type::Record { format!("({body})") } else { body };
        self.line(&format!(
            "const {name} = ({text}: {}): {} => {body};",
            param.written(),
            result.written()
        ));
        self.functions.push(Function { name, params: vec![param], result });
    }

    fn name_of(&mut self, of: Type) -> Option<String> {
        let fitting: Vec<String> =
            self.names.iter().filter(|name| name.of == of).map(|name| name.text.clone()).collect();
        (!fitting.is_empty()).then(|| fitting[self.next(fitting.len())].clone())
    }

    fn expression(&mut self, of: Type, depth: usize) -> String {
        if depth == 0 || self.next(5) == 0 {
            return match self.name_of(of) {
                Some(name) if self.next(3) > 0 => name,
                _ => self.literal(of),
            };
        }
        match self.next(8) {
            0 => {
                let (c, a, b) =
                    (self.inner(Type::Bool, depth), self.inner(of, depth), self.inner(of, depth));
                return format!("({c} ? {a} : {b})");
            }
            1 => return self.match_(of, depth),
            2 => {
                if let Some(call) = self.call(of, depth) {
                    return call;
                }
            }
            _ => {}
        }
        match of {
            Type::Number => self.number(depth),
            Type::Text => self.text(depth),
            Type::Bool => self.boolean(depth),
            Type::Numbers => self.numbers(depth),
            Type::Texts => self.texts(depth),
            Type::Record => {
                let (n, s) = (self.inner(Type::Number, depth), self.inner(Type::Text, depth));
                format!("{{ n: {n}, s: ({s}).slice(0, 20) }}")
            }
        }
    }

    fn inner(&mut self, of: Type, depth: usize) -> String {
        let text = self.expression(of, depth - 1);
        if of == Type::Record { format!("({text})") } else { text }
    }

    fn call(&mut self, of: Type, depth: usize) -> Option<String> {
        let fitting: Vec<Function> =
            self.functions.iter().filter(|function| function.result == of).cloned().collect();
        let function = fitting.get(self.next(fitting.len().max(1)))?.clone();
        if let [param] = function.params.as_slice()
            && self.next(2) == 0
        {
            return Some(format!("({} |> {})", self.inner(*param, depth), function.name));
        }
        let arguments: Vec<String> =
            function.params.iter().map(|&param| self.inner(param, depth)).collect();
        Some(format!("{}({})", function.name, arguments.join(", ")))
    }

    fn match_(&mut self, of: Type, depth: usize) -> String {
        let (subject, patterns): (String, &[&str]) = match self.next(3) {
            0 => (format!("({}) % 3", self.inner(Type::Number, depth)), &["0", "1", "-1", "2"]),
            1 => (
                format!("({}).slice(0, 1)", self.inner(Type::Text, depth)),
                &["\"a\"", "\"\"", "\"ü\"", "\"1\""],
            ),
            _ => (
                self.inner(Type::Record, depth),
                &["{ n: 0 }", "{ s: \"\" }", "{ n: 1, s: \"a\" }", "{}"],
            ),
        };
        let mut text = format!("match ({subject}) {{");
        for _ in 0..1 + self.next(3) {
            let pattern = self.pick(patterns);
            let body = self.inner(of, depth);
            let _ = write!(text, " when {pattern}: {body}");
        }
        let body = self.inner(of, depth);
        format!("({text} default: {body} }})")
    }

    fn literal(&mut self, of: Type) -> String {
        match of {
            Type::Number => self
                .pick(&[
                    "0",
                    "1",
                    "2",
                    "3.5",
                    "-7",
                    "10",
                    "255",
                    "0.1",
                    "1e21",
                    "-0.5",
                    "4294967295",
                    "1e-7",
                    "123456789",
                ])
                .to_owned(),
            Type::Text => self
                .pick(&[
                    "\"\"",
                    "\"a\"",
                    "\"abc\"",
                    "\"ü😀\"",
                    "\" x \"",
                    "\"1\"",
                    "\"a,b,c\"",
                    "\"Hello\"",
                    "\"é\\n\"",
                ])
                .to_owned(),
            Type::Bool => self.pick(&["true", "false"]).to_owned(),
            Type::Numbers => {
                self.pick(&["[]", "[1, 2, 3]", "[3, 1, 2]", "[0.5, -1]", "range(4)"]).to_owned()
            }
            Type::Texts => self.pick(&["[]", "[\"b\", \"a\"]", "[\"x\", \"ü\", \"\"]"]).to_owned(),
            Type::Record => self
                .pick(&["{ n: 0, s: \"\" }", "{ n: 1, s: \"a\" }", "{ s: \"ü\", n: -2 }"])
                .to_owned(),
        }
    }

    fn number(&mut self, depth: usize) -> String {
        let (a, b) = (self.inner(Type::Number, depth), self.inner(Type::Number, depth));
        match self.next(10) {
            0..=2 => {
                let operator =
                    self.pick(&["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>"]);
                format!("({a} {operator} {b})")
            }
            3 => {
                let function = self.pick(&[
                    "abs", "floor", "ceil", "round", "trunc", "sign", "sqrt", "fround", "clz32",
                ]);
                format!("Math.{function}({a})")
            }
            4 => format!("Math.{}({a}, {b})", self.pick(&["min", "max", "imul"])),
            5 => format!("({}).length", self.inner(Type::Text, depth)),
            6 => {
                let list = self.inner(Type::Numbers, depth);
                let one = self.pick(&[
                    "reduce((x, y) => x + y, 0)",
                    "length",
                    "indexOf(1)",
                    "findIndex((x) => x > 1)",
                ]);
                format!("({list}).{one}")
            }
            7 => format!("(({})[{}] ?? {a})", self.inner(Type::Numbers, depth), self.next(3)),
            8 => format!("({}).n", self.inner(Type::Record, depth)),
            _ => {
                let (text, other) = (self.inner(Type::Text, depth), self.inner(Type::Text, depth));
                let method = self.pick(&["indexOf", "lastIndexOf"]);
                format!("({text}).{method}({other})")
            }
        }
    }

    fn text(&mut self, depth: usize) -> String {
        let (a, b) = (self.inner(Type::Text, depth), self.inner(Type::Text, depth));
        match self.next(10) {
            0 | 1 => format!("({a} + {b})"),
            2 => format!(
                "`{}${{{}}}${{{a}}}`",
                self.pick(&["", "x", "ü-"]),
                self.inner(Type::Number, depth)
            ),
            3 => {
                let method = self.pick(&[
                    "toUpperCase()",
                    "trim()",
                    "toLowerCase()",
                    "trimStart()",
                    "repeat(2)",
                    "slice(1)",
                    "slice(-2)",
                    "charAt(1)",
                ]);
                format!("({a}).{method}")
            }
            4 => format!("({a}).replaceAll({}, {b})", self.pick(&["\"a\"", "\"ü\"", "\"\""])),
            5 => format!(
                "({}).join({})",
                self.inner(Type::Texts, depth),
                self.pick(&["\"\"", "\"-\"", "\",\""])
            ),
            6 => format!("({}).s", self.inner(Type::Record, depth)),
            7 => format!(
                "({a}).{}(6, {})",
                self.pick(&["padStart", "padEnd"]),
                self.pick(&["\".\"", "\"ab\"", "\"ü\""])
            ),
            8 => {
                let of = TYPES[self.next(TYPES.len())];
                format!("JSON.stringify({})", self.inner(of, depth))
            }
            _ => {
                format!("({}).map((x) => `<${{x}}>`).join(\"\")", self.inner(Type::Numbers, depth))
            }
        }
    }

    fn boolean(&mut self, depth: usize) -> String {
        match self.next(6) {
            0 | 1 => {
                let operator = self.pick(&["<", "<=", ">", ">=", "===", "!=="]);
                let (a, b) = (self.inner(Type::Number, depth), self.inner(Type::Number, depth));
                format!("({} {operator} {b})", unnarrowed(a, operator, " - 0"))
            }
            2 => {
                let operator = self.pick(&["<", ">=", "===", "!=="]);
                let (a, b) = (self.inner(Type::Text, depth), self.inner(Type::Text, depth));
                format!("({} {operator} {b})", unnarrowed(a, operator, " + \"\""))
            }
            3 => {
                let operator = self.pick(&["&&", "||"]);
                format!(
                    "({} {operator} {})",
                    self.inner(Type::Bool, depth),
                    self.inner(Type::Bool, depth)
                )
            }
            4 => format!("!{}", self.inner(Type::Bool, depth)),
            _ => {
                let method = self.pick(&["includes", "startsWith", "endsWith"]);
                format!(
                    "({}).{method}({})",
                    self.inner(Type::Text, depth),
                    self.inner(Type::Text, depth)
                )
            }
        }
    }

    fn numbers(&mut self, depth: usize) -> String {
        let list = self.inner(Type::Numbers, depth);
        match self.next(8) {
            0 => format!("[...{list}, {}]", self.inner(Type::Number, depth)),
            1 => {
                let x = self.fresh("x");
                self.names.push(Name { text: x.clone(), of: Type::Number, fixed: true });
                let body = self.inner(Type::Number, depth);
                self.names.pop();
                format!("({list}).map(({x}) => {body})")
            }
            2 => {
                let x = self.fresh("x");
                self.names.push(Name { text: x.clone(), of: Type::Number, fixed: true });
                let body = self.inner(Type::Bool, depth);
                self.names.pop();
                format!("({list}).filter(({x}) => {body})")
            }
            3 => format!(
                "({list}).{}",
                self.pick(&[
                    "toReversed()",
                    "slice(1)",
                    "toSorted((x, y) => x - y)",
                    "flatMap((x) => [x, x])"
                ])
            ),
            4 => format!("({list}).concat({})", self.inner(Type::Numbers, depth)),
            5 => format!("({}).map((s) => s.length)", self.inner(Type::Texts, depth)),
            6 => format!("[...Set({list})]"),
            _ => format!(
                "[{}, {}]",
                self.inner(Type::Number, depth),
                self.inner(Type::Number, depth)
            ),
        }
    }

    fn texts(&mut self, depth: usize) -> String {
        let list = self.inner(Type::Texts, depth);
        match self.next(6) {
            0 => format!(
                "({}).split({})",
                self.inner(Type::Text, depth),
                self.pick(&["\"\"", "\",\"", "\"a\""])
            ),
            1 => format!("[...{list}, {}]", self.inner(Type::Text, depth)),
            2 => format!(
                "({list}).{}",
                self.pick(&["toSorted()", "toReversed()", "slice(0, 2)", "map((s) => s + s)"])
            ),
            3 => format!(
                "Object.keys({{ ...{}, [{}]: 1 }})",
                self.inner(Type::Record, depth),
                self.inner(Type::Text, depth)
            ),
            4 => format!("({}).map((x) => `${{x}}`)", self.inner(Type::Numbers, depth)),
            _ => format!("[{}, {}]", self.inner(Type::Text, depth), self.inner(Type::Text, depth)),
        }
    }
}

/// The left side of a comparison. Equality narrows a name to the literal beside it, and a later comparison with another
/// literal is then refused as one that never holds: so a side of `===` is written as a value of the whole type.
fn unnarrowed(side: String, operator: &str, same: &str) -> String {
    if operator.ends_with("==") { format!("({side}{same})") } else { side }
}
