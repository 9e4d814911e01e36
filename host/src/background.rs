//! The one thread on which outbound requests and the shared cache wait for their sockets, beside the workers. In: futures. Out:
//! they run. It starts when a module that needs it is loaded. Never here: a guest, or anything that computes for long.

use std::{io, thread};

use tokio::{
    runtime::{Builder, Handle},
    sync::oneshot,
};

/// Threads for calls that block: SQL statements.
pub const BLOCKING_THREADS: usize = 8;

/// The thread's handle; the thread ends when it is dropped.
#[derive(Debug)]
pub struct Background {
    handle: Handle,
    _until: oneshot::Sender<()>,
}

impl Background {
    /// Starts the thread.
    pub fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(BLOCKING_THREADS)
            .build()?;
        let handle = runtime.handle().clone();
        let (until, ended) = oneshot::channel::<()>();
        thread::Builder::new().name("purview-background".into()).spawn(move || {
            // Ends with an error when the other half is dropped, which is what is waited for.
            let _ = runtime.block_on(ended);
            runtime.shutdown_background();
        })?;
        Ok(Self { handle, _until: until })
    }

    /// Where futures are spawned.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }
}
