//! Responses → what platforms expect of a function. In: status, header fields, body. Out: JSON in the form of the event. Bodies that are
//! not text are base64; cookies and fields of one name stay apart.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};

use super::event::Form;

/// A response as it came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Header fields in order.
    pub headers: Vec<(String, String)>,
    /// The body, without framing.
    pub body: Vec<u8>,
}

/// Fields that frame a message; the platform writes its own.
const FRAMING: [&str; 5] =
    ["connection", "content-length", "date", "keep-alive", "transfer-encoding"];

/// The answer to an event of this form.
pub fn answer(form: Form, response: Response) -> Value {
    let Response { status, headers, body } = response;
    let headers: Vec<(String, String)> = headers
        .into_iter()
        .map(|(name, value)| (name.to_lowercase(), value))
        .filter(|(name, _)| !FRAMING.contains(&name.as_str()))
        .collect();
    let (body, encoded) = match String::from_utf8(body) {
        Ok(text) => (text, false),
        Err(error) => (STANDARD.encode(error.as_bytes()), true),
    };
    match form {
        Form::Fetch => {
            json!({ "status": status, "headers": pairs(&headers), "body": body, "isBase64Encoded": encoded })
        }
        Form::HttpV2 => {
            let is_cookie = |name: &str| name == "set-cookie";
            let cookies: Vec<&String> = headers
                .iter()
                .filter(|(name, _)| is_cookie(name))
                .map(|(_, value)| value)
                .collect();
            let rest: Vec<_> =
                headers.iter().filter(|(name, _)| !is_cookie(name)).cloned().collect();
            let mut answer = json!({ "statusCode": status, "headers": joined(&rest), "body": body, "isBase64Encoded": encoded });
            if !cookies.is_empty() {
                answer["cookies"] = json!(cookies);
            }
            answer
        }
        Form::RestV1 => {
            json!({ "statusCode": status, "multiValueHeaders": lists(&headers), "body": body, "isBase64Encoded": encoded })
        }
        Form::LoadBalancer { many } => {
            let reason = crate::response::reason(status);
            let mut answer = json!({ "statusCode": status, "statusDescription": format!("{status} {reason}"), "body": body, "isBase64Encoded": encoded });
            if many {
                answer["multiValueHeaders"] = lists(&headers);
            } else {
                answer["headers"] = joined(&headers);
            }
            answer
        }
    }
}

fn pairs(headers: &[(String, String)]) -> Value {
    headers.iter().map(|(name, value)| json!([name, value])).collect()
}

fn lists(headers: &[(String, String)]) -> Value {
    let mut lists: Map<String, Value> = Map::new();
    for (name, value) in headers {
        let list = lists.entry(name.clone()).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(Value::from(value.as_str()));
        }
    }
    Value::Object(lists)
}

/// Values of one name in one line (RFC 9110 section 5.3). Cookies cannot be joined: the last one stands.
fn joined(headers: &[(String, String)]) -> Value {
    let mut joined: Map<String, Value> = Map::new();
    for (name, value) in headers {
        let before = joined.get(name).and_then(Value::as_str).filter(|_| name != "set-cookie");
        let value = before.map_or_else(|| value.clone(), |before| format!("{before}, {value}"));
        joined.insert(name.clone(), Value::from(value));
    }
    Value::Object(joined)
}
