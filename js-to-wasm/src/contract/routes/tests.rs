//! What is proven and, more of it, what is not.

use super::prove;
use crate::{check_source, source::Files};

fn routes(program: &str) -> String {
    let program =
        program.replace("A;", "Response.text(\"a\");").replace("B;", "Response.text(\"b\");");
    let checked = check_source(&Files::one("handler.ts", program.as_str()), "handler.ts");
    let rendered = checked.render();
    let program = checked.program.unwrap_or_else(|| panic!("{rendered}"));
    prove(&program).names.join(", ")
}

/// The routes of a handler with this body.
fn body(body: &str) -> String {
    routes(&format!("export function handler(req: Request): Response {{ {body} }}"))
}

#[test]
fn method_and_path_prove_a_route() {
    for (text, expected) in [
        ("if (req.method === \"GET\" && req.path === \"/a\") { return A; } return B;", "GET /a"),
        ("if (req.path === \"/a\") { return A; } return B;", "* /a"),
        ("if (req.path !== \"/a\") { return B; } return A;", "* /a"),
        (
            "if (req.path === \"/a\") { if (req.method !== \"GET\") { return B; } return A; } return B;",
            "GET /a",
        ),
        ("if (req.path === \"/a\" || req.path === \"/b\") { return A; } return B;", "* /a, * /b"),
        (
            "if (\"/a\" === req.path) { return A; } else if (req.path === \"/b\") { return B; } return A;",
            "* /a, * /b",
        ),
        (
            "const { method, path: p } = req; if (p === \"/a\" && method === \"PUT\") { return A; } return B;",
            "PUT /a",
        ),
        (
            "const r = req; const path = r.path; const there = path === \"/a\"; if (there) { return A; } return B;",
            "* /a",
        ),
        (
            "return req.path === \"/\" ? A : B;".replace("A :", "Response.text(\"\") :").as_str(),
            "* /",
        ),
        (
            "switch (req.path) { case \"/a\": case \"/b\": return A; default: return B; }",
            "* /a, * /b",
        ),
        ("switch (req.path) { default: return B; case \"/a\": return A; }", "* /a"),
        (
            "switch (req.method) { case \"GET\": if (req.path === \"/a\") { return A; } return B; default: return B; }",
            "GET /a",
        ),
        (
            "if (req.path.startsWith(\"/api/\")) { if (req.path === \"/api/a\") { return A; } return B; } return B;",
            "* /api/a",
        ),
        (
            "const n = [1, 2].map((x) => x + 1); for (const x of n) { console.log(x); } if (req.path === \"/a\") { return A; } return B;",
            "* /a",
        ),
    ] {
        assert_eq!(body(text), expected, "{text}");
    }
}

#[test]
fn match_proves_routes() {
    let arms = "{ when \"GET /a\": Response.text(\"a\") when \"POST /b/c\": Response.text(\"b\") default: Response.text(\"\") };";
    assert_eq!(
        body(&format!("return match (`${{req.method}} ${{req.path}}`) {arms}")),
        "GET /a, POST /b/c"
    );
    assert_eq!(
        body(&format!("return match (req.method + \" \" + req.path) {arms}")),
        "GET /a, POST /b/c"
    );
    let arms = "{ when \"/a\": Response.text(\"a\") when \"/b\": req.method === \"GET\" ? Response.text(\"b\") : Response.text(\"\") default: Response.text(\"\") };";
    assert_eq!(body(&format!("return match (req.path) {arms}")), "* /a, GET /b");
    let arms = "{ when { method: \"GET\", path: \"/a\" }: Response.text(\"a\") when { path: \"/b\" }: Response.text(\"b\") default: Response.text(\"\") };";
    assert_eq!(body(&format!("return match (req) {arms}")), "GET /a, * /b");
    let arms = "{ when { path: \"/a\", body: undefined }: Response.text(\"a\") default: Response.text(\"\") };";
    assert_eq!(body(&format!("return match (req) {arms}")), "* /a");
}

#[test]
fn guards_leave_a_route_what_it_is() {
    for text in [
        "if (req.headers.get(\"a\") === \"b\") { return B; } if (req.path === \"/a\") { return A; } return B;",
        "if (req.headers.get(\"a\") === \"b\") { if (req.path === \"/a\") { return A; } } return B;",
        "if (req.path === \"/a\" && req.headers.get(\"a\") === \"b\") { return A; } return B;",
        "for (const x of [\"/b\"]) { if (x === req.path) { return A; } } if (req.path === \"/a\") { return B; } return B;",
        "assert req.headers.get(\"a\") === \"b\", Response.text(\"\"); if (req.path === \"/a\") { return A; } return B;",
    ] {
        assert_eq!(body(text), "* /a", "{text}");
    }
}

#[test]
fn what_depends_on_something_else_is_not_proven() {
    for text in [
        "if (req.headers.get(\"a\") === \"b\" || req.path === \"/a\") { return A; } return B;",
        "for (const x of [\"/a\"]) { if (x === req.path) { return A; } } return B;",
        "let path = req.path; path = \"/a\"; if (path === \"/a\") { return A; } return B;",
        "const path = \"/a\"; if (path === \"/a\") { return A; } return B;",
        "if (req.url === \"/a\") { return A; } return B;",
        "if (req.path === \"/a\".slice(0)) { return A; } return B;",
        "if (req.path === \"/{id}\") { return A; } return B;",
        "if (req.path === \"no path\") { return A; } return B;",
        "if (req.path === \"/a b\") { return A; } return B;",
        "if (req.method === \"get\" && req.path === \"/a\") { return A; } return B;",
        "if (req.method === \"GET\") { return A; } return B;",
        "if (req.path.startsWith(\"/a\")) { return B; } if (req.path === \"/a\") { return A; } return B;",
        "const f = (req: { path: string }) => req.path === \"/a\"; if (f({ path: \"/a\" })) { return A; } return B;",
        "const other = { path: \"/a\", method: \"GET\" }; { const req = other; if (req.path === \"/a\") { return A; } } return B;",
        "const at = match (req.path) { when \"/a\": 1 default: 2 }; if (at === 1) { return A; } return B;",
    ] {
        assert_eq!(body(text), "", "{text}");
    }
    assert_eq!(routes("const wrap = (f: (r: Request) => Response) => f; export default wrap((req: Request): Response => { if (req.path === \"/a\") { return A; } return B; });".replace("export default wrap", "const handler = wrap").as_str()), "");
    assert_eq!(
        routes(
            "export function handler(req: Request): Response { const path = (r: { path: string }) => { r.path = \"/b\"; }; path(req); if (req.path === \"/a\") { return A; } return B; }"
        ),
        ""
    );
}

#[test]
fn tables_prove_routes() {
    let program = |table: &str, rest: &str| {
        routes(&format!(
            "import {{ routerMatch as find }} from \"purview:router\";
            const show = (req: Request, params: Record<string, string>): Response => Response.json(params);
            const table = {{ {table} }};
            {rest}
            export const handler = (req: Request): Response => {{
                const found = find(table, req);
                if (found !== undefined) {{ return found.handler(req, found.params); }}
                return Response.text(\"none\", {{ status: 404 }});
            }};"
        ))
    };
    assert_eq!(
        program(
            "\"GET /\": show, \"post /users/:id\": show, \"GET /users/:id/x\": show, \"DELETE /users/me\": show",
            ""
        ),
        "GET /, POST /users/{id}, GET /users/{id}/x, DELETE /users/me"
    );
    // An earlier name takes the request, and it is served all the same.
    assert_eq!(
        program("\"GET /:a\": show, \"GET /:b\": show, \"GET /c\": show", ""),
        "GET /{a}, GET /c"
    );
    assert_eq!(
        program(
            "\"GET /files/*\": show, \"nothing\": show, \"GET /{a}\": show, \"GET /a/:x/:x\": show",
            ""
        ),
        ""
    );
    assert_eq!(program("[\"GET /a\"]: show", ""), "");
    assert_eq!(
        program("\"GET /a\": show", "const other = table;"),
        "",
        "the table has another name"
    );
    assert_eq!(program("\"GET /a\": show", "const count = Object.keys(table).length;"), "");
}

#[test]
fn a_table_behind_a_guard_is_proven() {
    let text = "import { routerMatch } from \"purview:router\";
        const table = { \"GET /a\": 1 };
        export function handler(req: Request): Response {
            if (req.path === \"/b\") { return B; }
            if (req.headers.get(\"x\") === undefined) { return B; }
            if (routerMatch(table, req) !== undefined) { return A; }
            return B;
        }";
    assert_eq!(routes(text), "* /b, GET /a");
}

#[test]
fn a_handler_of_any_size_ends() {
    let mut text = String::new();
    for index in 0..400 {
        text += &format!(
            "if (req.method === \"M{index}\" && req.path === \"/{index}\") {{ return A; }} "
        );
    }
    let found = body(&(text + "return B;"));
    assert!(found.is_empty() || found.split(", ").count() <= super::ROUTES_MAX, "{found}");
    let deep = "if (req.path === \"/a\") { ".repeat(200);
    body(&format!("{deep} return A; {} return B;", "}".repeat(200)));
}
