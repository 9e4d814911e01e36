//! A response whose body is made piece by piece. In: a function that writes. Out: pieces that the client gets while the
//! handler still runs; the handler waits where the client is slow. A module that never makes such a response does not
//! import the calls for it.

use std::io;

use crate::raw;

/// Bytes that are gathered before they are sent.
const PIECE_BYTES: usize = 8 * 1024;

/// Takes the body of a response that was begun. Small writes are gathered; [`flush`](io::Write::flush) sends at once.
#[derive(Debug, Default)]
pub struct BodyWriter {
    gathered: Vec<u8>,
    sent: raw::Sent,
}

impl io::Write for BodyWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.gathered.len() + bytes.len() > PIECE_BYTES {
            self.flush()?;
        }
        if bytes.len() >= PIECE_BYTES {
            self.sent.send(bytes)?;
        } else {
            self.gathered.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.gathered.is_empty() {
            self.sent.send(&self.gathered)?;
            self.gathered.clear();
        }
        Ok(())
    }
}

/// The body of a response that is made while it is sent. Only what makes one refers to the calls that send it.
pub(crate) trait Stream {
    /// Sends the response record, then writes the body. Says what was sent.
    fn run(self: Box<Self>, head: raw::Head) -> io::Result<raw::Sent>;

    /// Adds a task for afterwards, or gives it back.
    fn push(&mut self, task: Task) -> Result<(), Task> {
        Err(task)
    }
}

/// Something to be done after the response; says what went wrong.
pub(crate) type Task = Box<dyn FnOnce() -> Option<String>>;

impl<F: FnOnce(&mut BodyWriter) -> io::Result<()>> Stream for F {
    fn run(self: Box<Self>, head: raw::Head) -> io::Result<raw::Sent> {
        raw::respond(head)?;
        let mut writer = BodyWriter::default();
        self(&mut writer)?;
        io::Write::flush(&mut writer)?;
        Ok(writer.sent)
    }
}
