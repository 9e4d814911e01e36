//! Faults: the end of a request because the handler did what the language does not define. In: a code and a message. Out:
//! a record at a known address, and a trap. The host reads the record after the trap; the place in the source follows from
//! the trap's call stack and the module's `purview:places` section.

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Code {
    /// A value of the wrong type.
    Type = 1,
    /// A value outside what is allowed.
    Range = 2,
    /// An `assert` without an error value failed.
    Assert = 3,
    /// No memory is left.
    Memory = 4,
}

/// Ends the request with a message that is known beforehand.
#[cold]
pub fn raise_static(code: Code, message: &'static str) -> ! {
    raise(code, message.as_bytes())
}

/// Ends the request.
#[cfg(not(target_arch = "wasm32"))]
#[cold]
pub fn raise(code: Code, message: &[u8]) -> ! {
    panic!("{code:?}: {}", alloc::string::String::from_utf8_lossy(message))
}

/// Ends the request.
#[cfg(target_arch = "wasm32")]
#[cold]
pub fn raise(code: Code, message: &[u8]) -> ! {
    record::RECORD.write(code, message);
    core::arch::wasm32::unreachable()
}

#[cfg(target_arch = "wasm32")]
mod record {
    use core::cell::Cell;

    /// `code, address of the message, its length, zero`: what the export `purview:fault/1` points at.
    pub(super) struct Record(Cell<[u32; 4]>);

    // SAFETY: a guest has one thread.
    unsafe impl Sync for Record {}

    /// The compiler's linker exports the address of this static, by its name.
    #[unsafe(export_name = "rt.fault")]
    pub(super) static RECORD: Record = Record(Cell::new([0; 4]));

    impl Record {
        pub(super) fn write(&self, code: super::Code, message: &[u8]) {
            self.0.set([code as u32, message.as_ptr() as u32, message.len() as u32, 0]);
        }
    }
}

/// Ends the request: `what` (a short text of the source or of the language) `problem`.
#[cold]
pub fn type_error(parts: &[&[u8]]) -> ! {
    raise(Code::Type, &parts.concat())
}
