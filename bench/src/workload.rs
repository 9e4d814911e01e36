//! The table of workloads: what is asked, how, and the one body that counts as an answer.
//!
//! Every server answers every workload with the same bytes in the body; a server that does not is
//! an error, not a result.

/// One way of asking a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// What `--workload` takes and reports name.
    pub name: &'static str,
    /// One line for readers of a report.
    pub title: &'static str,
    /// The whole request as it goes over the wire.
    pub request: &'static str,
    /// The whole body that must come back, with status 200.
    pub body: &'static str,
    /// Connections kept open, each with at most `pipeline` requests under way.
    pub connections: usize,
    /// Requests written together on one connection.
    pub pipeline: usize,
}

const ROOT: &str = "GET / HTTP/1.1\r\nHost: bench.test\r\n\r\n";
const ROOT_BODY: &str = r#"{"message":"Hello, World!"}"#;

const USER: &str = "GET /users/42?verbose=true HTTP/1.1\r\nHost: bench.test\r\n\r\n";
const USER_BODY: &str = r#"{"user_id":42,"verbose":true}"#;

const CREATE: &str = concat!(
    "POST /users HTTP/1.1\r\nHost: bench.test\r\n",
    "Content-Type: application/json\r\nContent-Length: 43\r\n\r\n",
    r#"{"user_id":42,"active":true,"name":"alice"}"#,
);
const CREATE_BODY: &str = r#"{"user_id":42,"active":true,"name":"alice"}"#;

const AUTH: &str = concat!(
    "GET /auth HTTP/1.1\r\nHost: bench.test\r\n",
    "User-Agent: purview-bench\r\nAccept: application/json\r\n",
    "Authorization: Bearer bench-token\r\nCookie: theme=dark; session=s-81c2; lang=en\r\n",
    "X-Request-Id: 7b1e9c04\r\n\r\n"
);
const AUTH_BODY: &str = r#"{"authorized":true,"session":"s-81c2","request_id":"7b1e9c04"}"#;

/// A request whose path, query and body are all typed. It is measured without sockets, so no peer answers it.
pub const TYPED: Workload = Workload {
    name: "typed",
    title: "PUT /users/42?verbose=true, path, query and JSON body parsed",
    request: concat!(
        "PUT /users/42?verbose=true HTTP/1.1\r\nHost: bench.test\r\n",
        "Content-Type: application/json\r\nContent-Length: 43\r\n\r\n",
        r#"{"user_id":42,"active":true,"name":"alice"}"#,
    ),
    body: CREATE_BODY,
    connections: 1,
    pipeline: 1,
};

/// Every workload, in the order of reports.
pub const WORKLOADS: [Workload; 7] = [
    Workload {
        name: "root-1",
        title: "GET /, JSON, 1 connection",
        request: ROOT,
        body: ROOT_BODY,
        connections: 1,
        pipeline: 1,
    },
    Workload {
        name: "root-64",
        title: "GET /, JSON, 64 connections",
        request: ROOT,
        body: ROOT_BODY,
        connections: 64,
        pipeline: 1,
    },
    Workload {
        name: "root-256",
        title: "GET /, JSON, 256 connections",
        request: ROOT,
        body: ROOT_BODY,
        connections: 256,
        pipeline: 1,
    },
    Workload {
        name: "pipelined-64",
        title: "GET /, JSON, 64 connections, 16 requests deep",
        request: ROOT,
        body: ROOT_BODY,
        connections: 64,
        pipeline: 16,
    },
    Workload {
        name: "user-64",
        title: "GET /users/42?verbose=true, path and query parsed, 64 connections",
        request: USER,
        body: USER_BODY,
        connections: 64,
        pipeline: 1,
    },
    Workload {
        name: "create-64",
        title: "POST /users, JSON body parsed and answered, 64 connections",
        request: CREATE,
        body: CREATE_BODY,
        connections: 64,
        pipeline: 1,
    },
    Workload {
        name: "auth-64",
        title: "GET /auth, three header fields looked up, 64 connections",
        request: AUTH,
        body: AUTH_BODY,
        connections: 64,
        pipeline: 1,
    },
];

/// The workloads with these names, in the order of the table; all of them when none is named.
pub fn select(names: &[String]) -> Result<Vec<Workload>, UnknownWorkload> {
    if let Some(unknown) = names.iter().find(|name| WORKLOADS.iter().all(|w| w.name != **name)) {
        return Err(UnknownWorkload(unknown.clone()));
    }
    let wanted = |w: &&Workload| names.is_empty() || names.iter().any(|name| name == w.name);
    Ok(WORKLOADS.iter().filter(wanted).copied().collect())
}

/// A name that stands for no workload.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownWorkload(pub String);

impl std::fmt::Display for UnknownWorkload {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let known: Vec<_> = WORKLOADS.iter().map(|w| w.name).collect();
        write!(out, "there is no workload `{}`; known are {}", self.0, known.join(", "))
    }
}

impl std::error::Error for UnknownWorkload {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_is_framed_right() {
        for workload in WORKLOADS {
            let mut fields = [httparse::EMPTY_HEADER; 16];
            let mut head = httparse::Request::new(&mut fields);
            let parsed = head.parse(workload.request.as_bytes()).unwrap();
            let length = head
                .headers
                .iter()
                .find(|field| field.name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |field| std::str::from_utf8(field.value).unwrap().parse().unwrap());
            assert_eq!(parsed.unwrap() + length, workload.request.len(), "{}", workload.name);
        }
    }

    #[test]
    fn selects_by_name_in_table_order() {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let picked = select(&names(&["auth-64", "root-1"])).unwrap();
        assert_eq!(picked.iter().map(|w| w.name).collect::<Vec<_>>(), ["root-1", "auth-64"]);
        assert_eq!(select(&[]).unwrap().len(), WORKLOADS.len());
        assert_eq!(select(&names(&["root-2"])), Err(UnknownWorkload("root-2".into())));
    }
}
