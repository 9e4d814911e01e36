//! THE TABLE of names that every program has without importing them, and of names that other runtimes have and this one
//! has not, each with what to use instead. The gate, the Node form and the code generator read it.

/// What a global name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Global {
    /// A value: `undefined`, `NaN`.
    Value,
    /// A function without members: `parseInt`.
    Function,
    /// A group of members that is no value itself: `Math`.
    Namespace(&'static [&'static str]),
    /// A function that also has members: `Response`.
    FunctionWith(&'static [&'static str]),
}

const TYPED_ARRAY: Global = Global::FunctionWith(&["BYTES_PER_ELEMENT", "from", "of"]);

/// Every global name.
pub const GLOBALS: &[(&str, Global)] = &[
    ("Array", Global::FunctionWith(&["from", "isArray", "of"])),
    ("Boolean", Global::Function),
    ("Date", Global::Namespace(&["now"])),
    ("Error", Global::Function),
    ("Float32Array", TYPED_ARRAY),
    ("Float64Array", TYPED_ARRAY),
    ("Fragment", Global::Value),
    ("Headers", Global::Function),
    ("Infinity", Global::Value),
    ("Int16Array", TYPED_ARRAY),
    ("Int32Array", TYPED_ARRAY),
    ("Int8Array", TYPED_ARRAY),
    ("JSON", Global::Namespace(&["parse", "stringify", "tryParse"])),
    ("Map", Global::FunctionWith(&["groupBy"])),
    (
        "Math",
        Global::Namespace(&[
            "E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2", "abs", "acos",
            "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "ceil", "clz32", "cos",
            "cosh", "exp", "expm1", "floor", "fround", "hypot", "imul", "log", "log10", "log1p",
            "log2", "max", "min", "pow", "random", "round", "sign", "sin", "sinh", "sqrt", "tan",
            "tanh", "trunc",
        ]),
    ),
    ("NaN", Global::Value),
    (
        "Number",
        Global::FunctionWith(&[
            "EPSILON",
            "MAX_SAFE_INTEGER",
            "MAX_VALUE",
            "MIN_SAFE_INTEGER",
            "MIN_VALUE",
            "NEGATIVE_INFINITY",
            "NaN",
            "POSITIVE_INFINITY",
            "isFinite",
            "isInteger",
            "isNaN",
            "isSafeInteger",
            "parseFloat",
            "parseInt",
        ]),
    ),
    (
        "Object",
        Global::Namespace(&["entries", "fromEntries", "groupBy", "hasOwn", "is", "keys", "values"]),
    ),
    ("RangeError", Global::Function),
    ("ReferenceError", Global::Function),
    ("Request", Global::Function),
    ("Response", Global::FunctionWith(&["html", "json", "rawJson", "redirect", "stream", "text"])),
    ("Result", Global::Namespace(&["err", "ok"])),
    ("Set", Global::Function),
    ("String", Global::FunctionWith(&["fromCharCode", "fromCodePoint"])),
    ("SyntaxError", Global::Function),
    ("TextDecoder", Global::Function),
    ("TextEncoder", Global::Function),
    ("TypeError", Global::Function),
    ("URL", Global::FunctionWith(&["canParse"])),
    ("Uint16Array", TYPED_ARRAY),
    ("Uint32Array", TYPED_ARRAY),
    ("Uint8Array", TYPED_ARRAY),
    ("Uint8ClampedArray", TYPED_ARRAY),
    ("comptime", Global::Function),
    ("console", Global::Namespace(&["debug", "error", "info", "log", "warn"])),
    ("decodeURI", Global::Function),
    ("decodeURIComponent", Global::Function),
    ("encodeURI", Global::Function),
    ("encodeURIComponent", Global::Function),
    ("fetchSync", Global::Function),
    ("h", Global::Function),
    ("httpRequest", Global::Function),
    ("isFinite", Global::Function),
    ("isNaN", Global::Function),
    ("parseFloat", Global::Function),
    ("parseInt", Global::Function),
    ("performance", Global::Namespace(&["now"])),
    ("range", Global::Function),
    ("renderToString", Global::Function),
    ("structuredClone", Global::Function),
    ("undefined", Global::Value),
];

/// Names that people expect from other runtimes, and what to use here.
pub const ABSENT: &[(&str, &str)] = &[
    ("AbortController", "a request has a time limit of its own"),
    ("BigInt", "numbers are doubles; keep larger integers as strings"),
    ("Buffer", "use strings, `Uint8Array(…)` or `base64Encode` of `purview:crypto`"),
    ("Bun", "import what you need from `purview:…`"),
    ("Deno", "import what you need from `purview:…`"),
    ("Function", "write a function"),
    ("Intl", "format with string methods"),
    ("Promise", "calls return their value; overlap them with `parallel` of `purview:io`"),
    ("Proxy", "write a function that reads the object"),
    ("Reflect", "use `Object.keys` and `Object.entries`"),
    ("RegExp", "use string methods such as `includes`, `split` and `replaceAll`"),
    ("Symbol", "use a string as the key"),
    ("URLSearchParams", "use `urlSearchParams` of `purview:url`"),
    ("WeakMap", "use `Map(…)`: memory is released after each request"),
    ("WeakSet", "use `Set(…)`: memory is released after each request"),
    ("XMLHttpRequest", "use `fetchSync`"),
    ("alert", "use `console.log`"),
    ("arguments", "name the parameters, or collect them with `...rest`"),
    ("assert", "write `assert condition;` with the condition on the same line"),
    ("atob", "use `base64Decode` of `purview:crypto`"),
    ("btoa", "use `base64Encode` of `purview:crypto`"),
    ("crypto", "import from `purview:crypto` or `purview:id`"),
    ("document", "return HTML with `Response.html` or `renderToString`"),
    ("escape", "use `encodeURIComponent`"),
    ("eval", "write the code as a function"),
    ("exports", "use `export`"),
    ("fetch", "use `fetchSync`, which returns the response"),
    ("global", "declare a constant at the top of the module"),
    ("globalThis", "declare a constant at the top of the module"),
    ("module", "use `export`"),
    ("process", "use `env` of `purview:env`"),
    ("queueMicrotask", "call the function"),
    ("require", "use `import { name } from`"),
    ("setImmediate", "call the function"),
    ("setInterval", "a handler answers one request and ends"),
    ("setTimeout", "a handler answers one request and ends"),
    ("unescape", "use `decodeURIComponent`"),
    ("window", "declare a constant at the top of the module"),
];

/// What a name is that no declaration binds.
pub fn find(name: &str) -> Option<Global> {
    GLOBALS.iter().find(|(global, _)| *global == name).map(|&(_, global)| global)
}

/// The global name or member that is spelt most like this one, if it is close.
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let best = names.map(|other| (distance(name, other), other)).min()?;
    (best.0 <= 1 + name.len() / 4).then_some(best.1)
}

/// Insertions, deletions and replacements that turn one word into the other; case does not count.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<u8>, Vec<u8>) = (a.bytes().take(64).collect(), b.bytes().take(64).collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(!left.eq_ignore_ascii_case(right));
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_disjoint() {
        assert!(GLOBALS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(ABSENT.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(ABSENT.iter().all(|(name, _)| find(name).is_none()));
    }

    #[test]
    fn finds_what_was_probably_meant() {
        assert_eq!(nearest("tryparse", ["parse", "tryParse"].into_iter()), Some("tryParse"));
        assert_eq!(nearest("Respons", GLOBALS.iter().map(|(name, _)| *name)), Some("Response"));
        assert_eq!(nearest("completelyOther", ["a"].into_iter()), None);
    }
}
