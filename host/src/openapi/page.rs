//! The page that shows a document. In: the document. Out: HTML with its style inside: no script, nothing from elsewhere.
//! Never here: text of the document that is not escaped.

use std::fmt::Write as _;

use serde_json::Value;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}\
    h1 small{font-weight:400;color:#57606a;font-size:1rem}details{border:1px solid #d0d7de;border-radius:6px;margin:.5rem 0}\
    summary{padding:.5rem .75rem;cursor:pointer}details>div{padding:0 .75rem .75rem}code,pre{font:13px/1.45 ui-monospace,monospace}\
    pre{background:#f6f8fa;padding:.75rem;overflow:auto;border-radius:6px}b.m{display:inline-block;min-width:4.5rem}\
    table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #d0d7de;vertical-align:top}\
    .old{text-decoration:line-through}@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}pre{background:#161b22}\
    details,td,th{border-color:#30363d}}";

/// The page.
pub fn page(document: &Value) -> String {
    let info = &document["info"];
    let (title, version) = (text(&info["title"]), text(&info["version"]));
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>{STYLE}</style><h1>{title} <small>{version}</small></h1>\
         <p><a href=\"openapi.json\">openapi.json</a></p>"
    );
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            operation_block(path, method, operation, &mut html);
        }
    }
    for (heading, list) in [
        ("Types", &document["components"]["schemas"]),
        ("Security", &document["components"]["securitySchemes"]),
    ] {
        let Some(list) = list.as_object().filter(|list| !list.is_empty()) else { continue };
        let _ = write!(html, "<h2>{heading}</h2>");
        for (name, schema) in list {
            let _ = write!(
                html,
                "<details><summary><code>{}</code></summary><div>{}</div></details>",
                escaped(name),
                json(schema)
            );
        }
    }
    html
}

fn operation_block(path: &str, method: &str, operation: &Value, html: &mut String) {
    let old = if operation["deprecated"] == true { " class=\"old\"" } else { "" };
    let _ = write!(
        html,
        "<details><summary><b class=\"m\">{}</b> <code{old}>{}</code> {}</summary><div>",
        escaped(&method.to_uppercase()),
        escaped(path),
        text(&operation["summary"]),
    );
    if operation["description"].is_string() {
        let _ = write!(html, "<p>{}</p>", text(&operation["description"]));
    }
    if let Some(security) = operation["security"].as_array() {
        let names: Vec<String> = security
            .iter()
            .map(|way| {
                way.as_object().map_or_else(String::new, |way| {
                    way.keys().map(|name| escaped(name)).collect::<Vec<_>>().join(" and ")
                })
            })
            .filter(|way| !way.is_empty())
            .collect();
        let _ = write!(html, "<p>Needs {}</p>", names.join(" or "));
    }
    if let Some(parameters) = operation["parameters"].as_array() {
        html.push_str("<h3>Parameters</h3><table>");
        for parameter in parameters {
            let required = if parameter["required"] == true { "required" } else { "" };
            let _ = write!(
                html,
                "<tr><td><code>{}</code></td><td>{}</td><td>{required}</td><td><code>{}</code></td></tr>",
                text(&parameter["name"]),
                text(&parameter["in"]),
                escaped(&parameter["schema"].to_string()),
            );
        }
        html.push_str("</table>");
    }
    for (kind, body) in operation["requestBody"]["content"].as_object().into_iter().flatten() {
        let _ =
            write!(html, "<h3>Body <code>{}</code></h3>{}", escaped(kind), json(&body["schema"]));
    }
    html.push_str("<h3>Responses</h3><table>");
    for (status, response) in operation["responses"].as_object().into_iter().flatten() {
        let schemas: String = response["content"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(kind, content)| {
                format!("<code>{}</code>{}", escaped(kind), json(&content["schema"]))
            })
            .collect();
        let _ = write!(
            html,
            "<tr><td>{}</td><td>{}{schemas}</td></tr>",
            escaped(status),
            text(&response["description"])
        );
    }
    html.push_str("</table></div></details>");
}

fn json(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        value => format!("<pre>{}</pre>", escaped(&format!("{value:#}"))),
    }
}

fn text(value: &Value) -> String {
    escaped(value.as_str().unwrap_or_default())
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
