//! A whole handler under test, natively or in its sandbox. In: its routes, what it finds in the world, requests. Out: answers. The same
//! test runs in both: `cargo test` calls the functions, `purview test` runs `cargo test` again against the module, which then
//! asks this test for its variables, its cache and so on.

use std::{
    any::Any,
    cell::{OnceCell, RefCell},
    fmt, mem,
    path::PathBuf,
    time::Duration,
};

use purview_abi::name::ANY;
use serde::Serialize;

use super::{Answer, Outgoing, TestRequest, sandbox::Sandbox, world_of_a_test};
use crate::{
    Dependency, Request, Response, Route, egress,
    kept::{stand_in, stand_in_name},
    raw::{self, Host},
};

/// One of a handler's routes, natively; [`routes!`](crate::routes) makes it.
#[derive(Clone, Copy)]
pub struct AnyRoute {
    method: &'static str,
    pattern: &'static str,
    params: &'static [&'static str],
    place: &'static str,
    answer: fn(&Request) -> Response,
}

impl AnyRoute {
    /// The route of this type.
    pub fn of<R: Route>() -> Self {
        Self {
            method: R::METHOD,
            pattern: R::PATTERN,
            params: R::PARAMS,
            place: R::PLACE,
            answer: R::answer,
        }
    }

    /// Whether both answer the same requests: the names of parameters make no difference.
    fn is_same(&self, other: &Self) -> bool {
        let kind = |segment: &'static str| match segment {
            rest if rest.starts_with("{*") => "{*}",
            parameter if parameter.starts_with('{') => "{}",
            plain => plain,
        };
        self.method == other.method
            && self.pattern.split('/').map(kind).eq(other.pattern.split('/').map(kind))
    }
}

impl fmt::Display for AnyRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{} {}` at {}", self.method, self.pattern, self.place)
    }
}

/// Lists routes for a [`TestApp`].
#[macro_export]
macro_rules! routes {
    ($($route:path),* $(,)?) => {
        [$($crate::testing::AnyRoute::of::<$route>()),*]
    };
}

/// A handler with its routes and its world, which lives on from request to request.
///
/// ```
/// use purview_guest::{env, get, routes, testing::TestApp};
///
/// #[get("/hello/{name}")]
/// fn hello(purview_guest::Path(name): purview_guest::Path<String>) -> String {
///     format!("{} {name}", env!("GREETING").unwrap_or_default())
/// }
///
/// let app = TestApp::new(routes![hello]).env("GREETING", "Ahoy");
/// assert_eq!(app.get("/hello/Ada").send().text(), "Ahoy Ada");
/// assert_eq!(app.get("/hello").send().status(), 404);
/// assert_eq!(app.post("/hello/Ada").send().status(), 405);
/// ```
pub struct TestApp {
    routes: Vec<AnyRoute>,
    host: RefCell<Host>,
    kept: Vec<Box<dyn Fn() -> Box<dyn Any>>>,
    replaced: Vec<Replaced>,
    sandbox: OnceCell<Option<RefCell<Sandbox>>>,
}

/// A dependency with a value of the test.
struct Replaced {
    name: String,
    write: Box<dyn Fn() -> String>,
    read: fn(&str) -> Box<dyn Any>,
}

impl fmt::Debug for TestApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestApp").field("routes", &self.routes.len()).finish_non_exhaustive()
    }
}

impl TestApp {
    /// A handler of these routes in an empty world, at time zero.
    ///
    /// # Panics
    /// If two of the routes answer the same requests.
    pub fn new(routes: impl Into<Vec<AnyRoute>>) -> Self {
        let routes = routes.into();
        for (at, route) in routes.iter().enumerate() {
            if let Some(first) = routes[..at].iter().find(|first| first.is_same(route)) {
                panic!("{route} answers the same requests as {first}");
            }
        }
        Self {
            routes,
            host: RefCell::default(),
            kept: Vec::new(),
            replaced: Vec::new(),
            sandbox: OnceCell::new(),
        }
    }

    world_of_a_test!(self => self.host.get_mut());

    /// Replaces a dependency: its function is not called, each request finds this value, whoever asks for it. The value goes to the
    /// handler as JSON, natively and in the sandbox, so the type has `Serialize` and `Deserialize`.
    ///
    /// ```
    /// use purview_guest::{Bearer, Depends, HttpError, dependency, get, routes, testing::TestApp};
    /// use serde::{Deserialize, Serialize};
    ///
    /// #[derive(Serialize, Deserialize)]
    /// struct User { name: String }
    ///
    /// #[dependency]
    /// fn current_user(Bearer(_): Bearer<'_>) -> Result<User, HttpError> {
    ///     Err(HttpError::unauthorized("the token has ended"))
    /// }
    ///
    /// #[get("/me")]
    /// fn me(Depends(user): Depends<'_, User>) -> String {
    ///     user.name.clone()
    /// }
    ///
    /// let app = TestApp::new(routes![me]).replace(|| User { name: "Ada".to_owned() });
    /// assert_eq!(app.get("/me").send().text(), "Ada");
    /// ```
    ///
    /// # Panics
    /// When a request is sent, if what is written of the value cannot be read again, or in a sandbox whose module was not built by
    /// `purview test`.
    #[must_use]
    pub fn replace<T: Dependency + Serialize>(mut self, value: impl Fn() -> T + 'static) -> Self {
        let name = stand_in_name::<T>();
        self.replaced.retain(|known| known.name != name);
        self.replaced.push(Replaced {
            name,
            write: Box::new(move || {
                serde_json::to_string(&value()).expect("a test's value can be written as JSON")
            }),
            read: |json| Box::new(stand_in::<T>(json)),
        });
        self
    }

    /// Keeps a value with each request, as middleware does, for handlers that take `State`. Natively only: in the sandbox the
    /// middleware itself keeps it; see [`Self::is_sandboxed`]. A dependency is replaced with [`Self::replace`].
    ///
    /// # Panics
    /// In the sandbox.
    #[must_use]
    pub fn keep<T: 'static>(mut self, value: impl Fn() -> T + 'static) -> Self {
        assert!(
            !self.is_sandboxed(),
            "`keep` holds natively only: replace a dependency with `replace`, and let middleware keep what is no dependency"
        );
        self.kept.push(Box::new(move || Box::new(value())));
        self
    }

    /// Whether `purview test` runs this test against the module.
    pub fn is_sandboxed(&self) -> bool {
        Sandbox::is_asked_for()
    }

    /// Moves the time that the handler sees.
    pub fn pass(&self, time: Duration) {
        let mut host = self.host.borrow_mut();
        host.now = host.now.saturating_add(time.as_nanos() as u64);
    }

    /// A request with this method and target.
    pub fn request(&self, method: &str, target: &str) -> AppRequest<'_> {
        AppRequest { app: self, request: TestRequest::new(method, target) }
    }

    /// A `GET` request.
    pub fn get(&self, target: &str) -> AppRequest<'_> {
        self.request("GET", target)
    }

    /// A `POST` request.
    pub fn post(&self, target: &str) -> AppRequest<'_> {
        self.request("POST", target)
    }

    /// A `PUT` request.
    pub fn put(&self, target: &str) -> AppRequest<'_> {
        self.request("PUT", target)
    }

    /// A `PATCH` request.
    pub fn patch(&self, target: &str) -> AppRequest<'_> {
        self.request("PATCH", target)
    }

    /// A `DELETE` request.
    pub fn delete(&self, target: &str) -> AppRequest<'_> {
        self.request("DELETE", target)
    }

    fn send(&self, request: TestRequest) -> Answer {
        raw::host(|host| mem::swap(host, &mut self.host.borrow_mut()));
        raw::host(|host| host.request = (request.method.clone(), request.headers.clone()));
        let sandbox = self.sandbox.get_or_init(|| {
            let names =
                self.routes.iter().map(|route| format!("{} {}", route.method, route.pattern));
            let replaces = !self.replaced.is_empty();
            Sandbox::is_asked_for().then(|| RefCell::new(Sandbox::start(names.collect(), replaces)))
        });
        let response = match sandbox {
            Some(sandbox) => {
                for Replaced { name, write, .. } in &self.replaced {
                    raw::host(|host| host.env.insert(name.clone(), write()));
                }
                sandbox.borrow_mut().answer(&request)
            }
            None => self.answer(&request),
        };
        let logs = raw::host(|host| mem::take(&mut host.logs));
        raw::host(|host| mem::swap(host, &mut self.host.borrow_mut()));
        Answer { response, logs }
    }

    /// What the host and the handler would answer together.
    fn answer(&self, request: &TestRequest) -> Response {
        let (path, _) = request.path_and_query();
        let here = |route: &&AnyRoute| {
            route.pattern != ANY && super::params(route.pattern, path).is_some()
        };
        let best = self.routes.iter().filter(here).max_by_key(|route| exactness(route.pattern));
        let same: Vec<&AnyRoute> = match best {
            Some(best) => {
                let kind = exactness(best.pattern);
                self.routes
                    .iter()
                    .filter(here)
                    .filter(|route| exactness(route.pattern) == kind)
                    .collect()
            }
            None => Vec::new(),
        };
        let by = |method: &str| same.iter().find(|route| route.method == method).copied();
        let head = request.method == "HEAD";
        let found = by(&request.method)
            .or_else(|| if head { by("GET") } else { None })
            .or_else(|| by(ANY))
            .or_else(|| self.routes.iter().find(|route| route.pattern == ANY));
        let Some(route) = found else {
            return match (same.is_empty(), &*request.method) {
                (true, _) => Response::detail(404, "Not Found"),
                (false, "OPTIONS") => Response::new(204).header("allow", allow(&same)),
                (false, _) => {
                    Response::detail(405, "Method Not Allowed").header("allow", allow(&same))
                }
            };
        };
        let values = super::params(route.pattern, path).unwrap_or_default();
        let parsed = request.request(route.params, &values);
        self.kept.iter().for_each(|value| parsed.keep_any(value()));
        self.replaced.iter().for_each(|one| parsed.keep_any((one.read)(&(one.write)())));
        let response = (route.answer)(&parsed).collected().expect("the stream has no error");
        if head { response.body(Vec::new()) } else { response }
    }
}

/// Orders patterns that take the same path: literal text before a parameter, a parameter before the rest, from the left.
fn exactness(pattern: &str) -> Vec<u8> {
    let kind = |segment: &str| match segment {
        rest if rest.starts_with("{*") => 0,
        parameter if parameter.starts_with('{') => 1,
        _ => 2,
    };
    pattern.split('/').skip(1).map(kind).collect()
}

fn allow(routes: &[&AnyRoute]) -> String {
    let mut methods: Vec<&str> = routes.iter().map(|route| route.method).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    methods.sort_unstable();
    methods.dedup();
    methods.join(", ")
}

/// A request to a [`TestApp`] that is not sent yet.
#[derive(Debug)]
#[must_use = "a request is sent with `send`"]
pub struct AppRequest<'a> {
    app: &'a TestApp,
    request: TestRequest,
}

impl AppRequest<'_> {
    /// Adds a header field.
    pub fn header(self, name: &str, value: &str) -> Self {
        Self { request: self.request.header(name, value), ..self }
    }

    /// Sets the body.
    pub fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { request: self.request.body(body), ..self }
    }

    /// Sets the body to a value as JSON, and the content type.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        Self { request: self.request.json(value), ..self }
    }

    /// Sends it, and gives the answer with everything that was logged.
    pub fn send(self) -> Answer {
        self.app.send(self.request)
    }
}
