//! The host as native programs see it: variables, time, randomness and log of the test that runs on this thread. In: what
//! [`crate::testing`] sets. Out: the same calls as on `wasm32`.

use std::{cell::RefCell, collections::BTreeMap, io};

use crate::{log::Level, outside::Outside};

/// What a handler finds in a test.
#[derive(Debug, Default)]
pub(crate) struct Host {
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) logs: Vec<(Level, String)>,
    pub(crate) now: u64,
    pub(crate) random: u64,
    pub(crate) outside: Outside,
    /// Method and header fields of the request.
    pub(crate) request: (String, Vec<(String, String)>),
}

thread_local! {
    static HOST: RefCell<Host> = RefCell::default();
}

/// Runs `act` on the host of this thread.
pub(crate) fn host<T>(act: impl FnOnce(&mut Host) -> T) -> T {
    HOST.with_borrow_mut(act)
}

/// A request made by a test has its body already.
pub(crate) fn body(_: Option<u32>) -> Vec<u8> {
    Vec::new()
}

/// What was not set is not there.
pub(crate) fn body_read(_: &mut [u8]) -> io::Result<usize> {
    Ok(0)
}

/// A panic of a test is the test's.
pub(crate) fn log_panics() {}

/// Reads a variable.
#[doc(hidden)]
pub fn env(name: &str) -> Option<String> {
    host(|host| host.env.get(name).cloned())
}

pub(crate) fn env_any(name: &str) -> Option<String> {
    env(name)
}

pub(crate) fn log(level: Level, text: &str) {
    host(|host| host.logs.push((level, text.to_owned())));
}

pub(crate) fn now() -> u64 {
    host(|host| host.now)
}

/// The same bytes in each run of a test: SplitMix64.
pub(crate) fn fill(buffer: &mut [u8]) {
    host(|host| {
        for part in buffer.chunks_mut(8) {
            host.random = host.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut word = host.random;
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            part.copy_from_slice(&(word ^ (word >> 31)).to_le_bytes()[..part.len()]);
        }
    });
}

/// The head of a streamed response: the test has the response itself.
#[derive(Debug)]
pub struct Head(pub(crate) u16);

pub(crate) fn respond(_: Head) -> io::Result<()> {
    Ok(())
}

/// Sends a whole response.
pub(crate) fn finish(_: Head) -> io::Result<()> {
    Ok(())
}

/// Ends a streamed response.
pub(crate) fn end() -> io::Result<()> {
    Ok(())
}

/// The pieces of a body, one after the other.
#[derive(Debug, Default)]
pub struct Sent(pub(crate) Vec<u8>);

impl Sent {
    pub(crate) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}
