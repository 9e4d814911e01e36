//! Lines in the host's log. In: a level and a message. Out: one line each.
//!
//! ```
//! use purview_guest::log;
//!
//! log::info!("{} users", 3);
//! ```

use std::fmt;

use purview_abi::call::level;

use crate::raw;

/// How much a line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i32)]
pub enum Level {
    /// For the author of the handler.
    Debug = level::DEBUG,
    /// Normal events.
    Info = level::INFO,
    /// Something to look at.
    Warn = level::WARN,
    /// Something failed.
    Error = level::ERROR,
}

/// Writes a line.
pub fn write(level: Level, message: fmt::Arguments<'_>) {
    match message.as_str() {
        Some(text) => raw::log(level, text),
        None => raw::log(level, &message.to_string()),
    }
}

pub use crate::{__debug as debug, __error as error, __info as info, __warn as warn};

/// Writes a line for the author of the handler.
#[doc(hidden)]
#[macro_export]
macro_rules! __debug {
    ($($message:tt)+) => { $crate::log::write($crate::log::Level::Debug, ::core::format_args!($($message)+)) };
}

/// Writes a line about a normal event.
#[doc(hidden)]
#[macro_export]
macro_rules! __info {
    ($($message:tt)+) => { $crate::log::write($crate::log::Level::Info, ::core::format_args!($($message)+)) };
}

/// Writes a line about something to look at.
#[doc(hidden)]
#[macro_export]
macro_rules! __warn {
    ($($message:tt)+) => { $crate::log::write($crate::log::Level::Warn, ::core::format_args!($($message)+)) };
}

/// Writes a line about something that failed.
#[doc(hidden)]
#[macro_export]
macro_rules! __error {
    ($($message:tt)+) => { $crate::log::write($crate::log::Level::Error, ::core::format_args!($($message)+)) };
}
