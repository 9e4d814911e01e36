//! A type that is declared nowhere, or with the wrong arguments.

use crate::check::rule::{Rule, Run};

/// A type that is declared nowhere, or with the wrong arguments.
pub(crate) const RULE: Rule = Rule {
    code: "JS211",
    title: "this type is not known",
    help: "declare it with `type Name = …`, or import it",
    explanation: "Types are checked; one that does not exist would check nothing.",
    bad: &[
        r#"// a.ts
const a: Strng = "b";"#,
        r#"// a.ts
type Box<T> = { value: T };
const a: Box = { value: 1 };"#,
        r#"// a.ts
type Box<T> = { value: T };
const a: Box<number, string> = { value: 1 };"#,
        r#"// a.ts
type Keys = keyof typeof colours;
const a: Keys = "red";"#,
    ],
    good: &[
        r#"// a.ts
const a: string = "b";"#,
        r#"// a.ts
type Box<T> = { value: T };
const a: Box<number> = { value: 1 };"#,
    ],
    run: Run::Inferred,
};
