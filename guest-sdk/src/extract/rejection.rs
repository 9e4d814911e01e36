//! Why an argument cannot be taken from a request, and what becomes of it when a handler has several arguments.

use crate::{
    FromRequest, IntoResponse, Request, Response,
    problem::{Problem, Problems, Step},
};

/// The answer to a request that lacks what the handler takes: problems that are listed with all others in one 422, or a
/// response of its own, which goes before them (a 401 is not mixed with hints about parameters).
#[derive(Debug)]
pub struct Rejection(Kind);

#[derive(Debug)]
enum Kind {
    Problems(Problems),
    Response(Box<Response>),
}

impl Rejection {
    /// A response `{"detail": …}` with this status.
    pub fn new(status: u16, detail: impl AsRef<str>) -> Self {
        Response::detail(status, detail.as_ref()).into()
    }

    /// One problem, at a place like `["query", "limit"]`.
    pub fn problem<const N: usize>(
        loc: [&'static str; N],
        kind: &'static str,
        msg: impl Into<std::borrow::Cow<'static, str>>,
    ) -> Self {
        let mut problems = Problems::default();
        problems.push(Problem {
            loc: loc.into_iter().map(Step::from).collect(),
            msg: msg.into(),
            kind,
        });
        problems.into()
    }

    /// The problems, unless it is a response of its own.
    pub fn problems(&self) -> Option<&Problems> {
        match &self.0 {
            Kind::Problems(problems) => Some(problems),
            Kind::Response(_) => None,
        }
    }
}

impl From<Problems> for Rejection {
    fn from(problems: Problems) -> Self {
        Self(Kind::Problems(problems))
    }
}

impl From<Response> for Rejection {
    fn from(response: Response) -> Self {
        Self(Kind::Response(Box::new(response)))
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        match self.0 {
            Kind::Problems(problems) => problems.response(),
            Kind::Response(response) => *response,
        }
    }
}

/// Takes the arguments of a handler one after the other and keeps what is wrong with them.
#[derive(Debug, Default)]
pub struct Rejections {
    problems: Problems,
    response: Option<Box<Response>>,
}

impl Rejections {
    /// Takes one argument. Once there is a response of its own, the others are not looked at.
    #[inline]
    pub fn take<'r, T: FromRequest<'r>>(&mut self, request: &'r Request) -> Option<T> {
        if self.response.is_some() {
            return None;
        }
        match T::from_request(request) {
            Ok(value) => Some(value),
            Err(rejection) => {
                self.keep(rejection);
                None
            }
        }
    }

    fn keep(&mut self, rejection: Rejection) {
        match rejection.0 {
            Kind::Problems(problems) => self.problems.append(problems),
            Kind::Response(response) => self.response = Some(response),
        }
    }

    /// All that was kept, as one rejection.
    pub fn rejection(self) -> Rejection {
        Rejection(match self.response {
            Some(response) => Kind::Response(response),
            None => Kind::Problems(self.problems),
        })
    }

    /// The answer.
    #[cold]
    pub fn response(self) -> Response {
        self.rejection().into_response()
    }
}
