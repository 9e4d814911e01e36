//! Request, response and headers as the program sees them, and as the host reads and writes them. In: the request record. Out: the
//! response record. Layout: `purview_abi::wire`.

pub mod headers;
mod host_name;
pub(crate) mod query;
pub mod request;
pub mod response;
pub mod stream;
pub mod url;

/// Names of fields, as HTTP writes them in lower case.
pub(crate) fn lower(name: &[u8]) -> alloc::vec::Vec<u8> {
    name.to_ascii_lowercase()
}
