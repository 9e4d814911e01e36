//! Work after the answer. In: a response and functions. Out: the response, complete at the client; then the functions run, one after the
//! other, within the limits of the same request. What they fail with is logged. Never here: work that outlives the instance.

use std::{fmt, io};

use crate::{
    Response, log, raw,
    response::Body,
    stream::{Stream, Task},
};

/// How a background task ends.
pub trait Outcome {
    /// What went wrong, for the log.
    fn failure(self) -> Option<String>;
}

impl Outcome for () {
    fn failure(self) -> Option<String> {
        None
    }
}

impl<E: fmt::Display> Outcome for Result<(), E> {
    fn failure(self) -> Option<String> {
        self.err().map(|error| error.to_string())
    }
}

/// What is done once the response is sent.
struct Tasks {
    /// Sends the response's body first, if it is a stream.
    stream: Option<Box<dyn Stream>>,
    tasks: Vec<Task>,
}

impl Stream for Tasks {
    fn run(self: Box<Self>, head: raw::Head) -> io::Result<raw::Sent> {
        let sent = match self.stream {
            None => raw::finish(head).map(|()| raw::Sent::default()),
            Some(stream) => stream.run(head).and_then(|sent| raw::end().map(|()| sent)),
        };
        for task in self.tasks {
            if let Some(failure) = task() {
                log::write(log::Level::Error, format_args!("a background task failed: {failure}"));
            }
        }
        sent
    }

    fn push(&mut self, task: Task) -> Result<(), Task> {
        self.tasks.push(task);
        Ok(())
    }
}

impl Response {
    /// Runs a function after the response was sent. Several run in the order in which they were added; one that fails does not
    /// keep the others from running, one that panics does. The next request of the same connection waits for them.
    ///
    /// ```
    /// use purview_guest::{Response, log, post};
    ///
    /// #[post("/orders")]
    /// fn order() -> Response {
    ///     Response::text("thank you").background(|| log::info!("an order came in"))
    /// }
    /// ```
    #[must_use]
    pub fn background<O: Outcome>(mut self, task: impl FnOnce() -> O + 'static) -> Self {
        raw::log_panics();
        let mut task: Task = Box::new(move || task().failure());
        if let Body::Whole(_, Some(tasks)) | Body::Stream(tasks) = &mut self.body {
            match tasks.push(task) {
                Ok(()) => return self,
                Err(back) => task = back,
            }
        }
        let tasks = |stream| -> Box<dyn Stream> { Box::new(Tasks { stream, tasks: vec![task] }) };
        self.body = match self.body {
            Body::Whole(bytes, _) => Body::Whole(bytes, Some(tasks(None))),
            Body::Stream(stream) => Body::Stream(tasks(Some(stream))),
        };
        self
    }
}
