//! Request → target. In: the export names of all served modules, at load; then host, method and path of each request.
//! Out: which export of which handler answers, with the values of its path parameters; or what the host answers alone
//! (404, 405, OPTIONS). Paths are matched as received: a trailing slash matters, `%2F` is not a slash.
//! Never here: instances, allocation after load.

use std::{collections::HashMap, fmt};

use purview_abi::{
    name::{self, Route, Value},
    wire::Span,
};

/// Where a request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Index of the handler.
    pub handler: usize,
    /// Index of the export among the handler's routes.
    pub route: usize,
    /// Bytes of the mount prefix at the start of the path.
    pub mount: usize,
}

/// What a look-up found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<'r> {
    /// A handler's export.
    Target(Target),
    /// `OPTIONS` for a path whose methods are these, comma-separated.
    Options(&'r str),
    /// The path exists with these other methods.
    MethodNotAllowed(&'r str),
    /// Nothing has this path.
    NotFound,
}

/// What one handler adds to the routes.
#[derive(Debug, Clone, Copy)]
pub struct Mount<'a> {
    /// The handler's index.
    pub handler: usize,
    /// The handler's name, for errors.
    pub name: &'a str,
    /// Host name (lower case, no port) or any.
    pub host: Option<&'a str>,
    /// Path prefix without trailing slash; empty for none.
    pub prefix: &'a str,
}

/// All routes of a server.
#[derive(Debug, Default)]
pub struct Routes {
    any_host: Site,
    hosts: HashMap<String, Site>,
}

/// The routes of one host name.
#[derive(Debug, Default)]
struct Site {
    paths: matchit::Router<usize>,
    entries: Vec<Entry>,
    /// Pattern in matchit's form → index of its entry.
    by_pattern: HashMap<String, usize>,
    /// Catch-alls: longest prefix first.
    catch_alls: Vec<(String, Target)>,
}

/// A path pattern and its methods.
#[derive(Debug, Default)]
struct Entry {
    methods: Vec<(Box<str>, Target)>,
    any: Option<Target>,
    /// Value of `Allow`.
    allow: String,
}

impl Routes {
    /// Adds the export `route` of a handler under its mount.
    pub fn insert(
        &mut self,
        mount: Mount<'_>,
        index: usize,
        route: &Route<'_>,
    ) -> Result<(), RouteError> {
        let site = match mount.host {
            None => &mut self.any_host,
            Some(host) => self.hosts.entry(host.to_ascii_lowercase()).or_default(),
        };
        let target = Target { handler: mount.handler, route: index, mount: mount.prefix.len() };
        let conflict = || RouteError {
            handler: mount.name.into(),
            method: route.method.to_string(),
            pattern: route.pattern.to_string(),
        };
        let Value::Literal(pattern) = route.pattern else {
            if site.catch_alls.iter().any(|(prefix, _)| prefix == mount.prefix) {
                return Err(conflict());
            }
            site.catch_alls.push((mount.prefix.into(), target));
            site.catch_alls.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
            return Ok(());
        };
        let key = positional(mount.prefix, pattern);
        let at = match site.by_pattern.get(&key) {
            Some(at) => *at,
            None => {
                let at = site.entries.len();
                site.paths.insert(key.clone(), at).map_err(|_| conflict())?;
                site.entries.push(Entry::default());
                site.by_pattern.insert(key, at);
                at
            }
        };
        if site.entries[at].add(route.method, target) { Ok(()) } else { Err(conflict()) }
    }

    /// Finds the target of a request. `authority` is `host[:port]`; spans of parameter values are pushed to `params`,
    /// relative to the text that `path` starts in at `path_at`.
    pub fn find(
        &self,
        authority: &[u8],
        method: &[u8],
        path: &str,
        path_at: u32,
        params: &mut Vec<Span>,
    ) -> Found<'_> {
        params.clear();
        if !self.hosts.is_empty()
            && let Some(site) = self.host(authority)
        {
            match site.find(method, path, path_at, params) {
                Found::NotFound => params.clear(),
                found => return found,
            }
        }
        self.any_host.find(method, path, path_at, params)
    }

    fn host(&self, authority: &[u8]) -> Option<&Site> {
        let authority = std::str::from_utf8(authority).ok()?;
        let host = match authority.rfind(':') {
            Some(colon) if !authority.ends_with(']') => &authority[..colon],
            _ => authority,
        };
        let host = host.strip_suffix('.').unwrap_or(host);
        self.hosts.get(host).or_else(|| {
            self.hosts
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(host))
                .map(|(_, site)| site)
        })
    }
}

impl Site {
    fn find(&self, method: &[u8], path: &str, path_at: u32, params: &mut Vec<Span>) -> Found<'_> {
        let matched = self.paths.at(path).ok();
        let entry = matched.as_ref().map(|matched| &self.entries[*matched.value]);
        if let (Some(matched), Some(target)) =
            (&matched, entry.and_then(|entry| entry.find(method)))
        {
            let start = path.as_ptr().addr();
            params.extend(matched.params.iter().map(|(_, value)| {
                let at = value.as_ptr().addr() - start + path_at as usize;
                Span::new(at..at + value.len())
            }));
            return Found::Target(target);
        }
        if let Some((_, target)) = self.catch_alls.iter().find(|(prefix, _)| is_under(path, prefix))
        {
            return Found::Target(*target);
        }
        match entry {
            Some(entry) if method == b"OPTIONS" => Found::Options(&entry.allow),
            Some(entry) => Found::MethodNotAllowed(&entry.allow),
            // RFC 9110 section 9.3.7: `*` asks about the server as a whole.
            None if path == "*" && method == b"OPTIONS" => Found::Options(""),
            None => Found::NotFound,
        }
    }
}

impl Entry {
    fn find(&self, method: &[u8]) -> Option<Target> {
        let exact = |wanted: &[u8]| {
            self.methods
                .iter()
                .find(|(name, _)| name.as_bytes() == wanted)
                .map(|(_, target)| *target)
        };
        exact(method).or_else(|| if method == b"HEAD" { exact(b"GET") } else { None }).or(self.any)
    }

    fn add(&mut self, method: Value<'_>, target: Target) -> bool {
        let Value::Literal(method) = method else { return self.any.replace(target).is_none() };
        if self.methods.iter().any(|(known, _)| &**known == method) {
            return false;
        }
        self.methods.push((method.into(), target));
        let mut names: Vec<&str> = self.methods.iter().map(|(name, _)| &**name).collect();
        if names.contains(&"GET") && !names.contains(&"HEAD") {
            names.push("HEAD");
        }
        if !names.contains(&"OPTIONS") {
            names.push("OPTIONS");
        }
        names.sort_unstable();
        self.allow = names.join(", ");
        true
    }
}

/// The pattern with positions for parameter names, so that routes may name one position differently.
fn positional(prefix: &str, pattern: &str) -> String {
    let mut key = String::from(prefix);
    for (at, segment) in pattern.split('/').skip(1).enumerate() {
        key.push('/');
        if segment.starts_with("{*") {
            key.push_str(&format!("{{*p{at}}}"));
        } else if segment.starts_with('{') {
            key.push_str(&format!("{{p{at}}}"));
        } else {
            key.push_str(segment);
        }
    }
    key
}

fn is_under(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix)
        .is_some_and(|rest| prefix.is_empty() || rest.is_empty() || rest.starts_with('/'))
}

/// Checks a mount prefix: empty, or `/` segments of path text without parameters and without trailing slash.
pub fn is_prefix(prefix: &str) -> bool {
    prefix.is_empty()
        || (name::check_pattern(prefix).is_ok() && !prefix.contains('{') && !prefix.ends_with('/'))
}

/// Two exports answer the same requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteError {
    /// The handler whose route came second.
    pub handler: String,
    /// Its method.
    pub method: String,
    /// Its pattern.
    pub pattern: String,
}

impl fmt::Display for RouteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { handler, method, pattern } = self;
        write!(
            f,
            "handler `{handler}`: route `{method} {pattern}` is served already, or cannot be told from another one; mount one of the handlers elsewhere, or give them paths that differ before a `{{*rest}}`"
        )
    }
}

impl std::error::Error for RouteError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes(names: &[&str]) -> Routes {
        let mut routes = Routes::default();
        for (index, name) in names.iter().enumerate() {
            let route = Route::parse(name).unwrap().unwrap();
            routes
                .insert(Mount { handler: 0, name: "test", host: None, prefix: "" }, index, &route)
                .unwrap();
        }
        routes
    }

    fn find(routes: &Routes, method: &str, path: &str) -> (String, Vec<String>) {
        let mut params = Vec::new();
        let found = routes.find(b"localhost", method.as_bytes(), path, 0, &mut params);
        let found = match found {
            Found::Target(target) => target.route.to_string(),
            Found::Options(allow) => format!("options {allow}"),
            Found::MethodNotAllowed(allow) => format!("405 {allow}"),
            Found::NotFound => "404".into(),
        };
        (
            found,
            params
                .iter()
                .map(|span| String::from_utf8(span.of(path.as_bytes()).into()).unwrap())
                .collect(),
        )
    }

    #[test]
    fn segments_parameters_and_the_rest() {
        let routes = routes(&[
            "GET /",
            "GET /users/{id}",
            "GET /users/me",
            "DELETE /users/{name}",
            "GET /files/{*rest}",
        ]);
        for (method, path, expected, params) in [
            ("GET", "/", "0", &[][..]),
            ("GET", "/users/42", "1", &["42"]),
            ("GET", "/users/me", "2", &[]),
            ("GET", "/users/men", "1", &["men"]),
            ("DELETE", "/users/me", "405 GET, HEAD, OPTIONS", &[]),
            ("DELETE", "/users/7", "3", &["7"]),
            ("HEAD", "/users/42", "1", &["42"]),
            ("GET", "/users42", "404", &[]),
            ("GET", "/users/", "404", &[]),
            ("GET", "/users/42/", "404", &[]),
            ("GET", "/files/a/b%2Fc", "4", &["a/b%2Fc"]),
            ("GET", "/files/", "404", &[]),
            ("GET", "/filesx", "404", &[]),
            ("PUT", "/users/42", "405 DELETE, GET, HEAD, OPTIONS", &[]),
            ("OPTIONS", "/users/42", "options DELETE, GET, HEAD, OPTIONS", &[]),
            ("OPTIONS", "*", "options ", &[]),
            ("get", "/", "405 GET, HEAD, OPTIONS", &[]),
        ] {
            assert_eq!(
                find(&routes, method, path),
                (expected.into(), params.iter().map(|p| p.to_string()).collect()),
                "{method} {path}"
            );
        }
    }

    #[test]
    fn methods_of_ones_own_are_told_apart() {
        let routes = routes(&["PURGE /c/{key}", "LINK /c/{key}"]);
        assert_eq!(find(&routes, "PURGE", "/c/a"), ("0".into(), vec!["a".into()]));
        assert_eq!(find(&routes, "LINK", "/c/a"), ("1".into(), vec!["a".into()]));
        assert_eq!(find(&routes, "UNLINK", "/c/a").0, "405 LINK, OPTIONS, PURGE");
    }

    /// What a handler is given is never a way to a file: nothing of a path is resolved, encoded or not.
    #[test]
    fn dots_of_a_path_are_text() {
        let routes = routes(&["GET /files/{*rest}", "GET /users/{id}"]);
        for rest in ["../etc", "a/../b", "%2e%2e/etc", "a%2F..", "."] {
            let found = find(&routes, "GET", &format!("/files/{rest}"));
            assert_eq!(found, ("0".into(), vec![rest.into()]));
        }
        assert_eq!(find(&routes, "GET", "/users/.."), ("1".into(), vec!["..".into()]));
    }

    #[test]
    fn a_catch_all_wins_over_the_hosts_own_answers() {
        let routes = routes(&["GET /a", "* *"]);
        for (method, path, expected) in
            [("GET", "/a", "0"), ("POST", "/a", "1"), ("GET", "/b", "1"), ("OPTIONS", "*", "1")]
        {
            assert_eq!(find(&routes, method, path).0, expected, "{method} {path}");
        }
    }

    #[test]
    fn hosts_and_prefixes() {
        let mut routes = Routes::default();
        let route = Route::parse("GET /x").unwrap().unwrap();
        routes
            .insert(Mount { handler: 0, name: "a", host: Some("a.example"), prefix: "" }, 0, &route)
            .unwrap();
        routes
            .insert(Mount { handler: 1, name: "b", host: None, prefix: "/api" }, 0, &route)
            .unwrap();
        let mut params = Vec::new();
        let mut handler = |authority: &str, path| match routes.find(
            authority.as_bytes(),
            b"GET",
            path,
            0,
            &mut params,
        ) {
            Found::Target(target) => Some((target.handler, target.mount)),
            _ => None,
        };
        assert_eq!(handler("A.example:8080", "/x"), Some((0, 0)));
        assert_eq!(handler("a.example.", "/x"), Some((0, 0)));
        assert_eq!(handler("b.example", "/x"), None);
        assert_eq!(handler("a.example", "/api/x"), Some((1, 4)));
        assert!(
            is_prefix("/api/v1")
                && is_prefix("")
                && !is_prefix("/")
                && !is_prefix("/{x}")
                && !is_prefix("api")
        );
    }

    #[test]
    fn a_route_served_twice_is_an_error() {
        let mut routes = routes(&["GET /users/{id}"]);
        let again = Route::parse("GET /users/{name}").unwrap().unwrap();
        let mount = Mount { handler: 1, name: "other", host: None, prefix: "" };
        assert_eq!(routes.insert(mount, 0, &again).unwrap_err().handler, "other");
    }
}
