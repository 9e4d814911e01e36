//! A value that may be `undefined`, used as if it were there.

use crate::check::rule::{Rule, Run};

/// A value that may be `undefined`, used as if it were there.
pub(crate) const RULE: Rule = Rule {
    code: "JS234",
    title: "this may be `undefined`",
    help: "test it with `!== undefined` first, use `?.`, or give a default with `??`",
    explanation: "What may be missing (a variable of the environment, a header, an element of a list) is looked at before it is used.",
    bad: &[
        r#"import { env } from "purview:env";
const a = env("A").length;"#,
        "const a = [1, 2].find((x) => x > 1) + 1;",
        r#"// a.ts
const f = (a?: string) => a.length;"#,
        r#"import { cacheGet } from "purview:cache";
import { sha256 } from "purview:crypto";
const a = sha256(cacheGet("a", "b"));"#,
        r#"// a.ts
const f = (m: Map<string, { a: number }>) => m.get("a").a;"#,
    ],
    good: &[
        r#"import { env } from "purview:env";
const a = env("A") ?? "";
const b = a.length;"#,
        r#"// a.ts
const f = (a?: string) => a?.length;"#,
        r#"// a.ts
const f = (a?: string) => { if (a === undefined) { return 0; } return a.length; };"#,
    ],
    run: Run::Inferred,
};
