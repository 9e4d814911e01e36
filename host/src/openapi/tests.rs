//! Documents of modules with and without a description of their own, and pages that show them.

use serde_json::json;

use super::*;
use crate::contract;

/// A module with these routes that says this of itself.
fn document_of(routes: &[&str], lines: &[Value]) -> Result<Value, String> {
    let exports: String = routes
        .iter()
        .map(|route| {
            format!("(func (export \"{route}\") (param i32 i32) (result i32) (i32.const 0))")
        })
        .collect();
    let text = format!(
        "(module (memory (export \"memory\") 1) (func (export \"purview:reserve/1\") (param i32) (result i32) (i32.const 0)) {exports})"
    );
    let mut wasm = wat::parse_str(text).expect("the module is right");
    let section: String = lines.iter().map(|line| format!("{line}\n")).collect();
    section_of(&mut wasm, section.as_bytes());
    let contract = contract::extract(&wasm).map_err(|error| error.to_string())?;
    document("test", &wasm, &contract, "/api")
}

fn section_of(wasm: &mut Vec<u8>, data: &[u8]) {
    use wasm_encoder::Encode as _;
    let section = wasm_encoder::CustomSection { name: read::SECTION.into(), data: data.into() };
    wasm.push(0);
    section.encode(wasm);
}

#[test]
fn routes_become_operations() {
    let user = json!({ "type": "object", "properties": { "id": { "type": "integer" } }, "required": ["id"] });
    let page = json!({ "type": "object", "properties": {
        "limit": { "allOf": [{ "anyOf": [{ "type": "integer" }, { "type": "null" }] }], "maximum": 100 },
        "tag": { "type": "array", "items": { "type": "string" } } }, "required": ["tag"] });
    let document = document_of(
        &["GET /users/{id}", "POST /users", "* /any", "* *", "PURGE /x", "GET /hidden", "GET /files/{*rest}"],
        &[
            json!({ "component": "a::User", "schema": user }),
            json!({ "component": "b::Unused", "schema": {} }),
            json!({ "component": "a::Page", "schema": page }),
            json!({ "route": "GET /users/{id}", "package": "shop 1.2.3", "name": "show", "tags": ["users"], "responses": { "404": "No such user" },
                "takes": [{ "in": "path", "schema": { "type": "integer" } }, { "in": "query", "schema": { "$ref": "a::Page" } }, null,
                    [{ "security": "bearer", "scheme": { "type": "http", "scheme": "bearer" } }]],
                "gives": { "either": [{ "type": "application/json", "schema": { "$ref": "a::User" } }, { "status": 404 }] } }),
            json!({ "route": "POST /users", "name": "show", "status": 201, "tags": [], "responses": {},
                "takes": [{ "in": "body", "type": "application/json", "schema": { "$ref": "a::User" } }], "gives": { "status": 201, "gives": { "type": "application/json", "schema": { "$ref": "a::User" } } } }),
            json!({ "route": "GET /files/{*rest}", "name": "files", "tags": [], "responses": {}, "takes": [], "gives": null }),
        ],
    )
    .expect("it is right");
    assert_eq!(document["info"], json!({ "title": "shop", "version": "1.2.3" }));
    let paths = document["paths"].as_object().expect("there are paths");
    assert_eq!(
        paths.keys().collect::<Vec<_>>(),
        ["/api/files/{rest}", "/api/users", "/api/users/{id}"]
    );
    let show = &paths["/api/users/{id}"]["get"];
    assert_eq!(show["operationId"], "show_get_api_users_id");
    assert_eq!(
        show["parameters"],
        json!([
            { "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } },
            { "name": "limit", "in": "query", "required": false, "schema": { "allOf": [{ "type": "integer" }], "maximum": 100 } },
            { "name": "tag", "in": "query", "required": true, "schema": { "type": "array", "items": { "type": "string" } } },
        ])
    );
    assert_eq!(show["security"], json!([{ "bearer": [] }]));
    let codes: Vec<&String> =
        show["responses"].as_object().expect("there are responses").keys().collect();
    assert_eq!(codes, ["200", "401", "404", "422"]);
    assert_eq!(show["responses"]["404"]["description"], "No such user");
    let content = &show["responses"]["200"]["content"]["application/json"];
    assert_eq!(content["schema"], json!({ "$ref": "#/components/schemas/User" }));
    let create = &paths["/api/users"]["post"];
    let codes: Vec<&String> =
        create["responses"].as_object().expect("there are responses").keys().collect();
    assert_eq!(codes, ["201", "413", "415", "422"]);
    let link = json!({ "$ref": "#/components/schemas/User" });
    assert_eq!(create["requestBody"]["content"]["application/json"]["schema"], link);
    assert_eq!(create["responses"]["201"]["content"]["application/json"]["schema"], link);
    assert_eq!(
        document["components"]["schemas"]
            .as_object()
            .expect("there are schemas")
            .keys()
            .collect::<Vec<_>>(),
        ["User"]
    );
    assert_eq!(document["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
}

#[test]
fn answers_are_documented_where_they_can_come() {
    let detail = json!({ "type": "application/json", "schema": { "type": "object" } });
    let document = document_of(
        &["GET /plain", "POST /order", "POST /form", "POST /raw"],
        &[
            json!({ "route": "GET /plain", "name": "plain", "tags": [], "responses": {}, "takes": [null], "gives": { "type": "text/plain", "schema": {} } }),
            json!({ "route": "POST /order", "name": "order", "tags": [], "status": 201, "responses": { "404": "No such item", "303": "Elsewhere" },
                "takes": [{ "in": "body", "type": "application/json", "schema": {} }, { "security": "bearer", "scheme": {} }],
                "gives": { "type": "text/plain", "schema": {} }, "fails": detail }),
            json!({ "route": "POST /form", "name": "form", "tags": [], "responses": {}, "takes": [], "gives": { "usual": 307 } }),
            json!({ "route": "POST /raw", "name": "raw", "tags": [], "status": 303, "responses": {}, "takes": [], "gives": { "usual": 307 } }),
        ],
    )
    .expect("it is right");
    let responses = |path: &str, method: &str| {
        document["paths"][path][method]["responses"].as_object().expect("there are some").clone()
    };
    let statuses = |path: &str, method: &str| {
        responses(path, method).keys().cloned().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(statuses("/api/plain", "get"), "200");
    assert_eq!(statuses("/api/order", "post"), "201 303 401 404 413 415 422");
    assert_eq!((&*statuses("/api/form", "post"), &*statuses("/api/raw", "post")), ("307", "303"));
    // What failures are like is known from the type of the handler's errors; a redirect is none.
    let order = responses("/api/order", "post");
    assert_eq!(
        order["404"],
        json!({ "description": "No such item", "content": { "application/json": { "schema": { "type": "object" } } } })
    );
    assert_eq!(order["303"], json!({ "description": "Elsewhere" }));
}

/// What a compiler proved stands alone: nothing is added that the SDK would answer.
#[test]
fn proven_answers_are_all_there_are() {
    let document = document_of(
        &["* /any", "GET /any", "* /body", "GET /odd", "GET /none"],
        &[
            json!({ "component": "schema::person", "schema": { "type": "object" } }),
            json!({ "route": "* /any", "name": "any", "takes": [], "answers": { "200": {} } }),
            json!({ "route": "GET /any", "name": "own", "answers": { "204": {}, "default": { "text/plain": { "type": "string" } } },
                "takes": [{ "optional": { "security": "bearer", "scheme": { "type": "http", "scheme": "bearer" } } }] }),
            json!({ "route": "* /body", "name": "body", "answers": { "201": { "application/json": { "$ref": "schema::person" } } },
                "takes": [{ "in": "body", "type": "application/json", "schema": { "$ref": "schema::person" } }, { "optional": { "in": "query", "schema": { "properties": { "q": {} } } } }] }),
            json!({ "route": "GET /odd", "takes": 1, "answers": { "0204": [], "99": {}, "x": {}, "600": {}, "2e2": {} } }),
            json!({ "route": "GET /none", "takes": [], "answers": {} }),
        ],
    )
    .expect("it is right");
    let paths = &document["paths"];
    let any = paths["/api/any"].as_object().expect("there is a path");
    assert_eq!(
        any.keys().collect::<Vec<_>>(),
        ["get"],
        "a route of its own goes before one for all methods"
    );
    assert_eq!(any["get"]["operationId"], "own");
    assert_eq!(any["get"]["security"], json!([{}, { "bearer": [] }]));
    assert_eq!(any["get"]["responses"]["204"], json!({ "description": "No Content" }));
    assert_eq!(
        any["get"]["responses"]["default"]["content"],
        json!({ "text/plain": { "schema": { "type": "string" } } })
    );
    let body = &paths["/api/body"]["post"];
    let statuses: Vec<&String> =
        body["responses"].as_object().expect("there are some").keys().collect();
    assert_eq!(statuses, ["201", "413"]);
    let link = json!({ "$ref": "#/components/schemas/person" });
    assert_eq!(
        body["requestBody"],
        json!({ "required": true, "content": { "application/json": { "schema": link } } })
    );
    assert_eq!(body["parameters"][0]["required"], false);
    let odd = paths["/api/odd"]["get"]["responses"].as_object().expect("there are some");
    assert_eq!(odd.keys().collect::<Vec<_>>(), ["204"]);
    let none = paths["/api/none"]["get"]["responses"].as_object().expect("there are some");
    assert_eq!(
        none.keys().collect::<Vec<_>>(),
        ["default"],
        "a document has an answer for each operation"
    );
}

#[test]
fn a_module_that_says_nothing_has_its_routes_documented() {
    let document = document_of(&["GET /users/{id}", "POST /users"], &[]).expect("it is right");
    assert_eq!(document["paths"]["/api/users/{id}"]["get"]["operationId"], "get_users_id");
    assert_eq!(document["paths"]["/api/users/{id}"]["get"]["parameters"][0]["name"], "id");
    assert_eq!(document["info"]["title"], "test");
}

#[test]
fn sections_that_are_not_understood_are_refused() {
    for line in [
        json!([]),
        json!({}),
        json!({ "route": 1 }),
        json!({ "route": "a", "component": "b" }),
        json!("x"),
    ] {
        assert!(document_of(&["GET /"], std::slice::from_ref(&line)).is_err(), "{line}");
    }
    // References in circles, and names that are no types, come to an end.
    let document = document_of(
        &["GET /"],
        &[
            json!({ "component": "a::A", "schema": { "allOf": [{ "$ref": "a::A" }], "properties": { "x": { "$ref": "a::A" } } } }),
            json!({ "route": "GET /", "takes": [{ "in": "query", "schema": { "$ref": "a::A" } }, { "in": "query", "schema": { "$ref": "nobody" } }] }),
        ],
    );
    assert!(document.is_ok(), "{document:?}");
}

#[test]
fn the_page_escapes_what_modules_say() {
    let document = document_of(
        &["GET /"],
        &[
            json!({ "route": "GET /", "summary": "<script>alert(1)</script>", "description": "a & b", "takes": [], "gives": null }),
        ],
    );
    let page = page(&document.expect("it is right"));
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script"), "{page}");
    let wasm = wat::parse_str(module("{\"a\":\"ä\\u0000\"}", &page)).expect("it is right");
    let contract = contract::extract(&wasm).expect("it is a handler");
    assert!(contract.document.imports.is_empty());
    assert_eq!(contract.document.routes.len(), 2);
}
