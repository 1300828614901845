//! The one error of this room.

/// Why a model could not be found, installed or read, or a record did not fit its text.
///
/// Opaque on purpose: ask it with the predicates, print it with `{}` (one line, with the likely
/// fix) or walk [`source`](std::error::Error::source) for the causes.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Box<Kind>);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error(
        "the parse record does not fit its text: token {token} ({found:?}) is not at code point {start}"
    )]
    RecordMismatch {
        token: usize,
        found: String,
        start: usize,
    },
    #[error(
        "the parse record is inconsistent: token {token} has head {head}, but there are {length} tokens"
    )]
    RecordHead {
        token: usize,
        head: usize,
        length: usize,
    },
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self(Box::new(kind))
    }
}

impl Error {
    /// Whether a parse record contradicted itself or its text.
    #[must_use]
    pub fn is_bad_record(&self) -> bool {
        match *self.0 {
            Kind::RecordMismatch { .. } | Kind::RecordHead { .. } => true,
        }
    }
}
