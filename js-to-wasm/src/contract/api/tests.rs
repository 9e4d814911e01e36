//! What routes say of themselves and, more of it, what they do not say.

use serde_json::{Value as Json, json};

use super::describe;
use crate::{check_source, contract::routes, source::Files};

const IMPORTS: &str = "import { jwtVerify, parseBearer, timingSafeEqual, verifyWebhookSignature } from \"purview:auth\";
    import { decodeForm, decodeJson, decodeQuery } from \"purview:decode\";
    import { env } from \"purview:env\";
    import { routerMatch } from \"purview:router\";
    import { schemaCompile, validateJson } from \"purview:validate\";
    const secret = (): string => env(\"SECRET\") ?? \"\";
";

/// The lines of a program, by route or component.
fn lines(program: &str) -> Json {
    let used: String = IMPORTS.replace("    ", "");
    let text = format!("{used}{program}");
    let checked = check_source(&Files::one("handler.ts", text.as_str()), "handler.ts");
    let rendered = checked.render();
    let program = checked.program.unwrap_or_else(|| panic!("{rendered}"));
    assert!(checked.contract.is_some(), "{rendered}");
    let mut found = json!({});
    for line in describe(&program, &routes::prove(&program)).lines() {
        let mut line: Json = serde_json::from_str(line).expect("a line is JSON");
        let key = line["route"].as_str().or(line["component"].as_str()).map(ToOwned::to_owned);
        let line_of = line.as_object_mut().expect("a line is an object");
        line_of.remove("route");
        line_of.remove("component");
        found[key.expect("a line has a name")] = line;
    }
    found
}

/// What `GET /a` says, whose handler is the function `a`.
fn answered(program: &str) -> Json {
    told(program)["GET /a"].take()
}

/// The same with the components.
fn told(program: &str) -> Json {
    let handler = "export default function handler(request: Request): Response {
        if (request.method === \"GET\" && request.path === \"/a\") { return a(request); }
        return Response.text(\"nothing\", { status: 404 });
    }";
    lines(&format!("{program}\n{handler}"))
}

#[test]
fn answers_have_statuses_types_and_schemas() {
    for (body, expected) in [
        ("return Response.text(\"x\");", json!({ "200": { "text/plain": { "type": "string" } } })),
        (
            "return Response.html(\"x\", { status: 201 });",
            json!({ "201": { "text/html": { "type": "string" } } }),
        ),
        ("return Response.rawJson(\"{}\");", json!({ "200": { "application/json": {} } })),
        ("return Response.redirect(\"/b\");", json!({ "302": {} })),
        ("return Response.redirect(\"/b\", 308);", json!({ "308": {} })),
        ("return Response(undefined, { status: 204 });", json!({ "204": {} })),
        ("return Response.stream((w) => { w.write(\"x\"); });", json!({ "200": {} })),
        (
            "return Response.text(\"x\", { headers: { \"Content-Type\": \"text/css; charset=utf-8\" } });",
            json!({ "200": { "text/css": { "type": "string" } } }),
        ),
        (
            "const fields = Headers(); return Response.text(\"x\", { headers: fields });",
            json!({ "200": {} }),
        ),
        (
            "const status = request.query.x === undefined ? 404 : 200; return Response.text(\"x\", { status });",
            json!({ "200": { "text/plain": { "type": "string" } }, "404": { "text/plain": { "type": "string" } } }),
        ),
        (
            "const code = request.query.x === undefined ? 404 : 200; return Response.text(\"x\", { status: code });",
            json!({ "200": { "text/plain": { "type": "string" } }, "404": { "text/plain": { "type": "string" } } }),
        ),
        (
            "const answer = Response.text(\"x\"); return answer;",
            json!({ "200": { "text/plain": { "type": "string" } } }),
        ),
        (
            "const answer = Response.text(\"x\"); answer.headers.set(\"content-type\", \"a/b\"); return answer;",
            json!({ "200": {} }),
        ),
        (
            "const answer = Response.text(\"x\"); const fields = answer.headers; fields.set(\"content-type\", \"a/b\"); return answer;",
            json!({ "200": {} }),
        ),
        (
            "const init: ResponseInit = { status: 201 }; return Response.text(\"x\", init);",
            json!({ "201": { "text/plain": { "type": "string" } } }),
        ),
        (
            "const n = Number(request.query.n); return Response.text(\"x\", { status: n });",
            json!({ "default": { "text/plain": { "type": "string" } } }),
        ),
        ("return fetchSync(\"https://a.example/\");", json!({ "default": {} })),
        (
            "let answer = Response.text(\"a\"); if (request.query.x === \"1\") { answer = Response.text(\"b\", { status: 400 }); } return answer;",
            json!({ "default": {} }),
        ),
    ] {
        let line = answered(&format!("function a(request: Request): Response {{ {body} }}"));
        assert_eq!(line["answers"], expected, "{body}");
    }
}

#[test]
fn schemas_come_from_types() {
    let program = "type Kind = \"book\" | \"film\";
        type Item = { id: number; name?: string; kind: Kind; tags: string[]; next?: Item; pair: [number, string]; by: Record<string, boolean> };
        function find(id: string | undefined): Item | undefined {
            return id === undefined ? undefined : { id: 1, kind: \"book\", tags: [id], pair: [1, \"a\"], by: {} };
        }
        function a(request: Request): Response {
            const item = find(request.query.id);
            assert item !== undefined, Response.json({ detail: \"no item\" }, { status: 404 });
            return request.query.all === \"1\" ? Response.json([item]) : Response.json({ item, any: request.json() });
        }";
    let found = lines(&format!(
        "{program} export default function handler(request: Request): Response {{ if (request.path === \"/a\") {{ return a(request); }} return Response.text(\"\", {{ status: 404 }}); }}"
    ));
    let object = found.as_object().expect("an object");
    let name = object.keys().find(|key| key.ends_with("::Item")).expect("there is a component");
    assert_eq!(
        found["* /a"]["answers"],
        json!({
            "200": { "application/json": { "anyOf": [
                { "type": "array", "items": { "$ref": name } },
                { "type": "object", "properties": { "item": { "$ref": name }, "any": {} }, "required": ["item"] },
            ] } },
            "404": { "application/json": { "type": "object", "properties": { "detail": { "type": "string" } }, "required": ["detail"] } },
        })
    );
    assert_eq!(
        found[name]["schema"],
        json!({
            "type": "object",
            "properties": {
                "id": { "type": "number" },
                "name": { "type": ["string", "null"] },
                "kind": { "enum": ["book", "film"] },
                "tags": { "type": "array", "items": { "type": "string" } },
                "next": { "anyOf": [{ "$ref": name }, { "type": "null" }] },
                "pair": { "type": "array", "prefixItems": [{ "type": "number" }, { "type": "string" }], "minItems": 2 },
                "by": { "type": "object", "additionalProperties": { "type": ["boolean", "null"] } },
            },
            "required": ["id", "kind", "tags", "pair", "by"],
        })
    );
    assert_eq!(found["* /a"]["name"], "a");
}

#[test]
fn values_without_a_schema_say_nothing() {
    for (value, schema) in [
        ("Map<string, number>()", json!({})),
        ("request.json()", json!({})),
        ("undefined", json!({ "anyOf": [{ "type": "object" }, { "type": "null" }] })),
        (
            "[1, undefined]",
            json!({ "type": "array", "items": { "anyOf": [{ "type": "number" }, { "type": "null" }] } }),
        ),
        (
            "{ f: (x: number) => x, n: 1 }",
            json!({ "type": "object", "properties": { "n": { "type": "number" } }, "required": ["n"] }),
        ),
        (
            "{ q: request.query.q }",
            json!({ "type": "object", "properties": { "q": { "anyOf": [{ "type": "string" }, { "type": "null" }] } } }),
        ),
    ] {
        let line = answered(&format!(
            "function a(request: Request): Response {{ return Response.json({value}); }}"
        ));
        assert_eq!(line["answers"]["200"]["application/json"], schema, "{value}");
    }
}

#[test]
fn names_that_are_read_are_optional_parameters() {
    let line = answered(
        "const page = ({ query }: Request): string => query.page ?? \"1\";
        const other = (request: Request): string => request.query.never ?? \"\";
        function a(request: Request): Response {
            const { limit, sort: by } = request.query;
            const fields = request.headers;
            const size = (limit ?? \"\") + (by ?? \"\") + page(request) + (request.query[\"q\"] ?? \"\");
            const lists = [request.headers.get(\"X-Tag\"), fields.get(\"accept\"), fields.get(size)];
            return Response.text(lists.join(size));
        }",
    );
    assert_eq!(
        line["takes"],
        json!([
            { "optional": { "in": "query", "schema": { "type": "object", "properties": {
                "limit": { "type": "string" }, "page": { "type": "string" }, "q": { "type": "string" }, "sort": { "type": "string" } } } } },
            { "optional": { "in": "header", "schema": { "type": "object", "properties": { "x-tag": { "type": "string" } } } } },
        ])
    );
}

const PERSON: &str = "schemaCompile(\"person\", JSON.stringify({ type: \"object\", required: [\"name\"], properties: { name: { type: \"string\", minLength: 1 } } }));";

#[test]
fn schemas_of_bodies_are_required_where_nothing_succeeds_without() {
    let body = |needed: bool| {
        let take = json!({ "in": "body", "type": "application/json", "schema": { "$ref": "schema::person" } });
        if needed { json!([take]) } else { json!([{ "optional": take }]) }
    };
    for (code, needed) in [
        (
            "const person = decodeJson(\"person\", request.text()); if (!person.ok) { return Response.text(\"no\", { status: 422 }); } return Response.json(person.value);",
            true,
        ),
        (
            "const person = decodeJson(\"person\", request.text()); assert person.ok, Response.text(\"no\", { status: 422 }); return Response.json(person.value);",
            true,
        ),
        (
            "const text = request.body ?? \"\"; const person = validateJson(\"person\", text); return person.ok ? Response.json(person.value) : Response.text(\"no\", { status: 400 });",
            true,
        ),
        (
            "const person = decodeJson(\"person\", request.text()); return match (person) { when { ok: true }: Response.text(\"yes\") default: Response.text(\"no\", { status: 422 }) };",
            true,
        ),
        (
            "const person = decodeJson(\"person\", request.text()); return Response.json(person.ok ? person.value : 1);",
            false,
        ),
        (
            "const person = decodeJson(\"person\", request.text()); if (person.ok) { return Response.json(person.value); } return Response.text(\"a body is not needed\");",
            false,
        ),
        (
            "if (request.query.x === \"1\") { return Response.text(\"x\"); } const person = decodeJson(\"person\", request.text()); if (!person.ok) { return Response.text(\"no\", { status: 422 }); } return Response.json(person.value);",
            false,
        ),
    ] {
        let line =
            answered(&format!("{PERSON} function a(request: Request): Response {{ {code} }}"));
        let takes: Vec<&Json> = line["takes"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|take| take["in"] != "query" && take["optional"]["in"] != "query")
            .collect();
        assert_eq!(json!(takes), body(needed), "{code}");
    }
    // What is not the request's body, or has no literal schema, is no claim.
    let line = answered(
        "function a(request: Request): Response { const p = decodeJson(\"person\", request.query.q ?? \"\"); return Response.json(p.ok); }",
    );
    assert!(!line["takes"].to_string().contains("body"), "{line}");
    let line = answered(
        "function a(request: Request): Response { const p = decodeJson(\"nobody\", request.text()); return Response.json(p.ok); }",
    );
    assert_eq!(
        line["takes"],
        json!([{ "optional": { "in": "body", "type": "application/json", "schema": {} } }])
    );
    let line = answered(
        "schemaCompile(\"person\", \"{\\\"$ref\\\":\\\"#/$defs/x\\\",\\\"$defs\\\":{\\\"x\\\":{}}}\"); function a(request: Request): Response { const p = decodeForm(\"person\", request.text()); return Response.json(p.ok); }",
    );
    assert_eq!(
        line["takes"],
        json!([{ "optional": { "in": "body", "type": "application/x-www-form-urlencoded", "schema": {} } }])
    );
    // Either of two content types is needed.
    let line = answered(&format!(
        "{PERSON} function a(request: Request): Response {{ const p = request.headers.get(\"content-type\") === \"text/x\" ? decodeForm(\"person\", request.text()) : decodeJson(\"person\", request.text()); if (!p.ok) {{ return Response.text(\"no\", {{ status: 422 }}); }} return Response.json(p.value); }}"
    ));
    assert!(
        line["takes"].as_array().expect("a list").len() == 2 && line["takes"][0]["in"] == "body",
        "{line}"
    );
}

#[test]
fn bodies_without_a_schema_are_told_by_their_type() {
    let take = |body: &str| {
        answered(&format!(
            "type Person = {{ name: string }}; function a(request: Request): Response {{ {body} }}"
        ))["takes"]
            .take()
    };
    let json_body = |schema: Json| json!([{ "optional": { "in": "body", "type": "application/json", "schema": schema } }]);
    assert_eq!(
        take("return Response.text(request.text());"),
        json!([{ "optional": { "in": "body", "type": "*/*", "schema": {} } }])
    );
    assert_eq!(take("const x = request.json(); return Response.json(x);"), json_body(json!({})));
    let told = told(
        "type Person = { name: string }; function a(request: Request): Response { const person: Person = request.json(); return Response.text(person.name); }",
    );
    let body = &told["GET /a"]["takes"][0]["optional"];
    let name = body["schema"]["$ref"].as_str().expect("a type with a name is a component");
    assert_eq!(
        told[name]["schema"],
        json!({ "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] }),
        "{told}"
    );
}

#[test]
fn a_query_may_have_a_schema() {
    let line = answered(
        "schemaCompile(\"page\", { type: \"object\", required: [\"limit\"], properties: { limit: { type: \"integer\" } } });
        function a(request: Request): Response {
            const page = decodeQuery(\"page\", request.query);
            return page.ok ? Response.json(page.value) : Response.text(\"no\", { status: 422 });
        }",
    );
    assert_eq!(line["takes"], json!([{ "in": "query", "schema": { "$ref": "schema::page" } }]));
}

#[test]
fn credentials_are_required_where_nothing_succeeds_without() {
    let bearer = |jwt: bool| {
        let mut scheme = json!({ "type": "http", "scheme": "bearer" });
        if jwt {
            scheme["bearerFormat"] = "JWT".into();
        }
        json!({ "security": "bearer", "scheme": scheme })
    };
    let refused = "Response.text(\"no\", { status: 401 })";
    for (program, jwt, needed) in [
        ("function a(request: Request): Response { const token = parseBearer(request.headers.get(\"authorization\")); if (token === undefined) { return REFUSED; } return Response.text(token); }", false, true),
        ("function a(request: Request): Response { const token = parseBearer(request.headers.get(\"Authorization\")); assert token !== undefined, REFUSED; const user = jwtVerify(token, secret()); return user.ok ? Response.json(user.value) : REFUSED; }", true, true),
        ("function a(request: Request): Response { const user = jwtVerify((request.headers.get(\"authorization\") ?? \"\").slice(7), secret()); if (!user.ok) { return REFUSED; } return Response.json(user.value); }", true, true),
        ("function a(request: Request): Response { const token = parseBearer(request.headers.get(\"authorization\")); return token !== undefined && jwtVerify(token, secret()).ok ? Response.text(token) : REFUSED; }", true, true),
        // Through functions: the claims or nothing, a result, a boolean, a refusal or nothing.
        ("function user(request: Request): string | undefined { const token = parseBearer(request.headers.get(\"authorization\")); if (token === undefined) { return undefined; } const found = jwtVerify(token, secret()); return found.ok ? \"x\" : undefined; }
          function a(request: Request): Response { const who = user(request); if (who === undefined) { return REFUSED; } return Response.text(who); }", true, true),
        ("function user(request: Request): Result<string, string> { const token = parseBearer(request.headers.get(\"authorization\")); if (token === undefined) { return Result.err(\"none\"); } return jwtVerify(token, secret()); }
          function a(request: Request): Response { const who = user(request); assert who.ok, REFUSED; return Response.text(who.value); }", true, true),
        ("const known = (request: Request): boolean => jwtVerify(parseBearer(request.headers.get(\"authorization\")) ?? \"\", secret()).ok;
          function a(request: Request): Response { if (!known(request)) { return REFUSED; } return Response.text(\"in\"); }", true, true),
        ("function refused(request: Request): Response | undefined { return parseBearer(request.headers.get(\"authorization\")) === undefined ? REFUSED : undefined; }
          function a(request: Request): Response { const no = refused(request); if (no !== undefined) { return no; } return Response.text(\"in\"); }", false, true),
        // Not required: looked at, and answered all the same.
        ("function a(request: Request): Response { const token = parseBearer(request.headers.get(\"authorization\")); return Response.text(token ?? \"nobody\"); }", false, false),
        ("function a(request: Request): Response { const token = parseBearer(request.headers.get(\"authorization\")); if (token === undefined && request.query.x === \"1\") { return REFUSED; } return Response.text(\"in\"); }", false, false),
        ("function user(request: Request): string | undefined { return request.query.x === \"1\" ? \"x\" : parseBearer(request.headers.get(\"authorization\")); }
          function a(request: Request): Response { const who = user(request); if (who === undefined) { return REFUSED; } return Response.text(who); }", false, false),
        ("function a(request: Request): Response { const token = parseBearer(request.headers.get(\"authorization\")); if (token === undefined) { console.log(\"nobody\"); } return Response.text(\"in\"); }", false, false),
    ] {
        let line = answered(&program.replace("REFUSED", refused));
        let takes: Vec<Json> = line["takes"].as_array().expect("a list").iter().filter(|take| take.to_string().contains("security")).cloned().collect();
        let expected = if needed { bearer(jwt) } else { json!({ "optional": bearer(jwt) }) };
        assert_eq!(takes, [expected], "{program}");
    }
    // A token from elsewhere is none of a bearer.
    let line = answered(
        "function a(request: Request): Response { const user = jwtVerify(request.query.token ?? \"\", secret()); return user.ok ? Response.json(1) : Response.text(\"no\", { status: 401 }); }",
    );
    assert!(!line["takes"].to_string().contains("security"), "{line}");
}

#[test]
fn signatures_and_keys_are_credentials_in_their_header() {
    let line = answered(
        "function a(request: Request): Response {
            const signature = request.headers.get(\"X-Signature\") ?? \"\";
            if (!verifyWebhookSignature(request.text(), secret(), signature)) { return Response.text(\"no\", { status: 401 }); }
            return Response.text(\"yes\");
        }",
    );
    let scheme = |name: &str| json!({ "security": name, "scheme": { "type": "apiKey", "in": "header", "name": name } });
    assert_eq!(line["takes"][0], scheme("x-signature"));
    let line = answered(
        "function a(request: Request): Response {
            return timingSafeEqual(request.headers.get(\"x-key\") ?? \"\", secret()) ? Response.text(\"in\") : Response.text(\"no\", { status: 401 });
        }",
    );
    assert_eq!(line["takes"], json!([scheme("x-key")]));
}

#[test]
fn a_guard_before_the_routes_belongs_to_each_of_them() {
    let found = lines(
        "export default function handler(request: Request): Response {
            if (request.method === \"POST\" && request.path === \"/login\") { return Response.text(request.text()); }
            const token = parseBearer(request.headers.get(\"authorization\"));
            assert token !== undefined, Response.json({ error: \"no token\" }, { status: 401 });
            return match (request.path) {
                when \"/me\": Response.json({ me: token })
                when \"/you\": Response.text(\"you\")
                default: Response.text(\"nothing\", { status: 404 })
            };
        }",
    );
    assert_eq!(
        found["POST /login"]["answers"],
        json!({ "200": { "text/plain": { "type": "string" } } })
    );
    assert!(!found["POST /login"]["takes"].to_string().contains("security"), "{found}");
    let me = &found["* /me"];
    let statuses: Vec<&String> = me["answers"].as_object().expect("answers").keys().collect();
    assert_eq!(statuses, ["200", "401"]);
    assert_eq!(me["takes"][0]["security"], "bearer");
    assert_eq!(found["* /you"]["answers"]["200"], json!({ "text/plain": { "type": "string" } }));
}

#[test]
fn tables_lead_each_route_to_its_own_function() {
    let found = lines(
        "function list(request: Request): Response { return Response.json([request.query.q ?? \"\"]); }
        const show = (request: Request, params: Record<string, string>): Response => Response.json({ id: params.id, at: request.path });
        const table = { \"GET /users\": list, \"GET /users/:id\": show };
        export default function handler(request: Request): Response {
            const found = routerMatch(table, request);
            if (found === undefined) { return Response.text(\"nothing\", { status: 404 }); }
            return found.handler(request, found.params);
        }",
    );
    assert_eq!(found["GET /users"]["name"], "list", "{found}");
    assert_eq!(found["GET /users"]["answers"]["200"]["application/json"]["type"], "array");
    assert!(found["GET /users"]["takes"].to_string().contains("\"q\""), "{found}");
    assert_eq!(found["GET /users/{id}"]["name"], "show");
    assert_eq!(found["GET /users/{id}"]["answers"]["200"]["application/json"]["type"], "object");
    assert_eq!(found["GET /users/{id}"]["takes"], json!([]));
}

#[test]
fn functions_that_call_each_other_come_to_an_end() {
    let line = answered(
        "function b(request: Request, n: number): Response { return n > 3 ? Response.text(\"b\") : a(request); }
        function a(request: Request): Response { return request.query.x === \"1\" ? b(request, 1) : Response.text(\"a\"); }",
    );
    assert_eq!(line["answers"]["200"], json!({ "text/plain": { "type": "string" } }));
    assert!(line["answers"]["default"].is_object(), "{line}");
}
