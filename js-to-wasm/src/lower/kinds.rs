//! What a value can be: a set of kinds, and what built-ins give. In: names of built-ins and the kinds of their receivers. Out: kinds.
//! A set may be too large, never too small: code that relies on it does not look again.

use std::fmt;

/// A set of kinds of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kinds(u16);

impl Kinds {
    /// Nothing: code that is never reached, a variable that is never set.
    pub(crate) const NONE: Self = Self(0);
    /// `undefined`, and JSON's null.
    pub(crate) const ABSENT: Self = Self(1);
    pub(crate) const BOOL: Self = Self(2);
    /// A number that fits 32 bits with sign and is not `-0`.
    pub(crate) const INT: Self = Self(4);
    /// Any number.
    pub(crate) const NUMBER: Self = Self(4 | 8);
    pub(crate) const STRING: Self = Self(16);
    /// An array of any values.
    pub(crate) const ARRAY: Self = Self(32);
    /// An array, typed or not.
    pub(crate) const ARRAYS: Self = Self(32 | 64);
    /// An object that is not an array or a function.
    pub(crate) const OBJECT: Self = Self(128);
    pub(crate) const FUNCTION: Self = Self(256);
    pub(crate) const ANY: Self = Self(511);

    /// The kinds of both.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The kinds that are not in `other`.
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether every kind is in `other`; false for nothing, of which nothing is known.
    pub(crate) const fn within(self, other: Self) -> bool {
        self.0 != 0 && self.0 & !other.0 == 0
    }

    /// Whether some kind is in `other`.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// A number's kinds.
    pub(crate) fn of_number(value: f64) -> Self {
        let integer = value as i32;
        match f64::from(integer).to_bits() == value.to_bits() {
            true => Self::INT,
            false => Self::NUMBER,
        }
    }
}

impl fmt::Display for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [
            (Self::ABSENT, "absent"),
            (Self::BOOL, "boolean"),
            (Self::STRING, "string"),
            (Self::ARRAYS, "array"),
            (Self::OBJECT, "object"),
            (Self::FUNCTION, "function"),
        ];
        if *self == Self::ANY {
            return f.write_str("any");
        }
        let number = match *self {
            kinds if kinds.0 & Self::NUMBER.0 == Self::INT.0 => Some("int"),
            kinds if kinds.meets(Self::NUMBER) => Some("number"),
            _ => None,
        };
        let others = names.iter().filter(|(kind, _)| self.meets(*kind)).map(|(_, name)| *name);
        let all: Vec<&str> = number.into_iter().chain(others).collect();
        f.write_str(if all.is_empty() { "never" } else { "" })?;
        f.write_str(&all.join("|"))
    }
}

/// What a built-in gives for a receiver of these kinds. Methods that the program may define itself are known only on receivers
/// that cannot have methods of the program.
pub(crate) fn of_builtin(name: &str, this: Kinds) -> Kinds {
    match name.strip_prefix('.') {
        // Nothing is known of the receiver yet, or it is absent and the call faults.
        Some(_) if this.without(Kinds::ABSENT) == Kinds::NONE => Kinds::NONE,
        Some(method) => of_method(method, this.without(Kinds::ABSENT)),
        None => of_function(name),
    }
}

fn of_function(name: &str) -> Kinds {
    match name {
        "String" | "rt.template" | "renderToString" | "encodeURIComponent" | "encodeURI" => {
            Kinds::STRING
        }
        "JSON.stringify" => Kinds::STRING.or(Kinds::ABSENT),
        "Number" | "parseInt" | "parseFloat" | "Date.now" => Kinds::NUMBER,
        "Boolean"
        | "Array.isArray"
        | "Number.isInteger"
        | "Number.isNaN"
        | "Number.isFinite"
        | "Number.isSafeInteger"
        | "isNaN"
        | "isFinite" => Kinds::BOOL,
        "Object.keys" | "Object.values" | "Object.entries" | "Array.of" | "Array.from"
        | "Array" | "range" => Kinds::ARRAY,
        "Response" | "Response.json" | "Response.text" | "Response.html" | "Response.rawJson"
        | "Response.redirect" | "Result.ok" | "Result.err" | "Error" | "rt.html"
        | "rt.html_raw" | "rt.html_attribute" | "rt.html_spread" | "Map" | "Set" | "Headers"
        | "Request" => Kinds::OBJECT,
        _ if name.starts_with("Math.") => Kinds::NUMBER,
        _ => Kinds::ANY,
    }
}

fn of_method(name: &str, this: Kinds) -> Kinds {
    if this.within(Kinds::STRING) {
        return match name {
            "slice" | "substring" | "substr" | "trim" | "trimStart" | "trimEnd" | "toUpperCase"
            | "toLowerCase" | "padStart" | "padEnd" | "repeat" | "replace" | "replaceAll"
            | "charAt" | "concat" | "toString" | "normalize" | "toWellFormed" => Kinds::STRING,
            "split" => Kinds::ARRAY,
            "indexOf" | "lastIndexOf" | "charCodeAt" | "localeCompare" => Kinds::NUMBER,
            "includes" | "startsWith" | "endsWith" | "isWellFormed" => Kinds::BOOL,
            _ => Kinds::ANY,
        };
    }
    if this.within(Kinds::ARRAYS) {
        return match name {
            "map" | "filter" | "slice" | "sort" | "reverse" | "toSorted" | "toReversed"
            | "with" | "fill" | "copyWithin" => this,
            "flatMap" | "flat" | "keys" | "entries" | "splice" | "toSpliced" | "concat" => {
                Kinds::ARRAYS
            }
            "join" | "toString" => Kinds::STRING,
            "indexOf" | "lastIndexOf" | "findIndex" | "findLastIndex" | "push" | "unshift" => {
                Kinds::NUMBER
            }
            "includes" | "some" | "every" => Kinds::BOOL,
            _ => Kinds::ANY,
        };
    }
    if this.within(Kinds::NUMBER) {
        return match name {
            "toFixed" | "toPrecision" | "toExponential" | "toString" => Kinds::STRING,
            _ => Kinds::ANY,
        };
    }
    Kinds::ANY
}

/// What an entry of the library with a signature of its own gives.
pub(crate) fn of_direct(name: &str) -> Kinds {
    match name {
        "rt.remainder" | "rt.power" | "rt.unary_plus" => Kinds::NUMBER,
        "rt.has" | "rt.less" | "rt.less_equal" | "rt.same" => Kinds::BOOL,
        "rt.count" | "rt.int32" => Kinds::INT,
        "rt.iterate" | "rt.like" => Kinds::ARRAYS,
        "rt.array" | "rt.rest_array" => Kinds::ARRAY,
        "rt.object" | "rt.rest_object" => Kinds::OBJECT,
        "rt.typeof" => Kinds::STRING,
        _ => Kinds::ANY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_sets() {
        let both = Kinds::INT.or(Kinds::STRING);
        assert!(both.within(Kinds::NUMBER.or(Kinds::STRING)) && !both.within(Kinds::STRING));
        assert!(both.meets(Kinds::NUMBER) && !both.without(Kinds::INT).meets(Kinds::NUMBER));
        assert!(!Kinds::NONE.within(Kinds::ANY));
        assert_eq!(format!("{both} {} {}", Kinds::ANY, Kinds::NONE), "int|string any never");
    }

    #[test]
    fn small_whole_numbers_are_integers() {
        for value in [0.0, -1.0, 2_147_483_647.0, -2_147_483_648.0] {
            assert_eq!(Kinds::of_number(value), Kinds::INT, "{value}");
        }
        for value in [-0.0, 0.5, 2_147_483_648.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Kinds::of_number(value), Kinds::NUMBER, "{value}");
        }
    }

    #[test]
    fn methods_of_the_program_are_not_taken_for_built_ins() {
        assert_eq!(of_builtin(".map", Kinds::OBJECT), Kinds::ANY);
        assert_eq!(of_builtin(".map", Kinds::ARRAY.or(Kinds::ABSENT)), Kinds::ARRAY);
        assert_eq!(of_builtin(".slice", Kinds::STRING), Kinds::STRING);
        assert_eq!(of_builtin(".slice", Kinds::STRING.or(Kinds::ARRAY)), Kinds::ANY);
    }
}
