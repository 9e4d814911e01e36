//! A result that is read before it was tested.

use crate::check::rule::{Rule, Run};

/// A result that is read before it was tested.
pub(crate) const RULE: Rule = Rule {
    code: "JS233",
    title: "a result is read before it was tested",
    help: "test it first: `if (!result.ok) { return … }`",
    explanation: "A result holds a value or an error. Which of the two is known only after `.ok` was tested; the test may stand in a constant, and the parts may have names of their own.",
    bad: &[
        r#"import { jwtVerify } from "purview:auth";
const r = jwtVerify("a", "b");
const a = r.value;"#,
        r#"import { validateJson } from "purview:validate";
const f = (t) => { const r = validateJson("a", t); const s = r; return s.value; };"#,
        r#"const r = JSON.tryParse("1");
if (!r.ok) { console.log(r.value); }"#,
    ],
    good: &[
        r#"import { jwtVerify } from "purview:auth";
const r = jwtVerify("a", "b");
const a = r.ok ? r.value : 0;"#,
        r#"const r = JSON.tryParse("1");
if (r.isErr()) { console.log(r.error); } else { console.log(r.value); }"#,
    ],
    run: Run::Inferred,
};
