//! An operand of `&&` or `||` that is no boolean.

use crate::check::rule::{Rule, Run};

/// An operand of `&&` or `||` that is no boolean.
pub(crate) const RULE: Rule = Rule {
    code: "JS222",
    title: "`&&` and `||` take booleans",
    help: "write the comparison that you mean; give defaults with `??`",
    explanation: "Both operands must be booleans, and so is the result. In child position of an element `flag && <b/>` is an element or nothing.",
    bad: &[
        r#"const a = "x" || "y";"#,
        r#"// a.ts
const f = (a: string | undefined) => a || "none";"#,
        r#"// a.ts
const f = (a: boolean, b: number) => a && b;"#,
        r#"// a.tsx
const f = (n: number) => <p>{n && <b>1</b>}</p>;"#,
    ],
    good: &[
        r#"// a.ts
const f = (a: string | undefined) => a ?? "none";"#,
        r#"// a.tsx
const f = (n: number) => <p>{n > 0 && <b>1</b>}</p>;"#,
    ],
    run: Run::Inferred,
};
