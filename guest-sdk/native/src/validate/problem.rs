//! Why data cannot be judged.

use std::fmt;

/// The reason. [`Problem::Json`] has the text that handlers know; the others are for whoever writes the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The data is not JSON, or nested too deep.
    Json,
    /// The data is not a form of the kind it should be.
    Form(String),
    /// A check would take too long.
    TooMuch,
    /// The schema's text is too long.
    SchemaBytes {
        /// How many bytes it may have.
        most: usize,
    },
    /// The schema's text is not JSON.
    SchemaJson(String),
    /// The system has no thread for it.
    System,
    /// The schema is none, or one that is not offered.
    Schema(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json => f.write_str("invalid JSON"),
            Self::Form(why) => f.write_str(why),
            Self::TooMuch => f.write_str(
                "the data is too large for this schema; make one of them smaller or simpler",
            ),
            Self::System => f.write_str("the host is short of threads; try again"),
            Self::SchemaBytes { most } => {
                write!(f, "the schema is longer than {most} bytes; split it")
            }
            Self::SchemaJson(why) => write!(f, "the schema is not JSON: {why}"),
            Self::Schema(why) => write!(f, "the schema cannot be used: {why}"),
        }
    }
}

impl std::error::Error for Problem {}
