//! Recorded requests of a handler: `requests/*.http` beside it, each a request, a line `###`, and the answer that it must get. In: the folder
//! and a started handler. Out: a line for each, and how many are not as recorded. `examples/README.md` has the format.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::serverless::{Form, Function, Request, Response};

/// What was asked, and what must be answered.
#[derive(Debug)]
struct Recorded {
    request: Request,
    status: String,
    fields: Vec<String>,
    body: String,
}

/// Replays every request, in the order of the files' names: how many there were, and how many failed.
pub(super) fn replay(folder: &Path, function: &Function) -> Result<(usize, usize), String> {
    let files = files(folder)?;
    let mut failed = 0;
    for file in &files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text =
            fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let recorded = read(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        match difference(&recorded, &function.ask(&recorded.request)?) {
            None => say!("{name}: ok"),
            Some(difference) => {
                failed += 1;
                say!("{name}: not as recorded\n{difference}");
            }
        }
    }
    Ok((files.len(), failed))
}

/// The recordings of a folder.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "http"))
        .collect();
    files.sort();
    Ok(files)
}

fn read(text: &str) -> Result<Recorded, String> {
    let text = text.replace("\r\n", "\n");
    let (request, answer) = text
        .split_once("\n###\n")
        .ok_or("a line `###` stands between the request and its answer")?;
    let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
    let mut lines = head.lines();
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Err("the first line is `METHOD /path HTTP/1.1`".into());
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers: Vec<(String, String)> = lines
        .map(|line| {
            let (name, value) = line
                .split_once(':')
                .ok_or_else(|| format!("`{line}` is no header field: `Name: value`"))?;
            Ok((name.to_owned(), value.trim().to_owned()))
        })
        .collect::<Result<_, String>>()?;
    let length = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.parse().ok());
    let body = &body.as_bytes()[..body.len().min(length.unwrap_or(body.len()))];
    let (head, expected) = answer.split_once("\n\n").unwrap_or((answer.trim_end(), ""));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    Ok(Recorded {
        request: Request {
            form: Form::Fetch,
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: body.to_vec(),
        },
        status: status.ok_or("the answer begins with `HTTP/1.1 200 OK`")?.to_owned(),
        fields: lines.map(str::to_owned).collect(),
        body: expected.to_owned(),
    })
}

/// What is not as it was recorded, each in a line.
fn difference(recorded: &Recorded, response: &Response) -> Option<String> {
    let mut found = Vec::new();
    let status = response.status.to_string();
    if recorded.status != status {
        found.push(format!("  status: {}, not {status}", recorded.status));
    }
    for field in &recorded.fields {
        let mut fields = response.headers.iter();
        if !fields.any(|(name, value)| fits(field, &format!("{}: {value}", name.to_lowercase()))) {
            found.push(format!("  missing: {field}"));
        }
    }
    let body = String::from_utf8_lossy(&response.body);
    if recorded.request.method != "HEAD" && !fits(&recorded.body, &body) {
        found.push(format!("  body: {}\n  not:  {body}", recorded.body));
    }
    (!found.is_empty()).then(|| found.join("\n"))
}

/// Whether a text is the expected one, in which `…` stands for anything.
fn fits(expected: &str, text: &str) -> bool {
    let mut pieces = expected.split('…');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "POST /a?b=c HTTP/1.1\nHost: x\nContent-Length: 2\n\nhi\n###\nHTTP/1.1 201 Created\netag: \"…\"\n\nyes, …!";

    #[test]
    fn a_recording_is_a_request_and_its_answer() {
        let recorded = read(TEXT).expect("it is right");
        let Request { method, path, query, headers, body, .. } = &recorded.request;
        assert_eq!((&**method, &**path, &**query, &body[..]), ("POST", "/a", "b=c", &b"hi"[..]));
        assert_eq!(headers.len(), 2);
        let mut response = Response {
            status: 201,
            headers: vec![("ETag".into(), "\"1\"".into())],
            body: b"yes, you!".to_vec(),
        };
        assert_eq!(difference(&recorded, &response), None);
        response.body.push(b'?');
        response.status = 200;
        response.headers.clear();
        let said = difference(&recorded, &response).expect("all of it differs");
        assert_eq!(
            said,
            "  status: 201, not 200\n  missing: etag: \"…\"\n  body: yes, …!\n  not:  yes, you!?"
        );
        for text in [
            "",
            "GET / HTTP/1.1\n\n",
            "GET\n###\nHTTP/1.1 200 OK\n",
            "GET / x\nbroken\n###\nHTTP/1.1 200 OK\n",
            "GET / x\n###\n\n",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
