//! What can go wrong with a store.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What stopped an operation on a store: what was attempted, on which file, and the likely fix.
///
/// Opaque: ask it with the predicates, print it with its chain of sources.
#[derive(Debug)]
pub struct Error {
    attempted: String,
    place: Place,
    kind: Kind,
}

/// What an operation worked on.
#[derive(Debug)]
enum Place {
    File(PathBuf),
    Memory,
    Temporary,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "could not {} ", self.attempted)?;
        match &self.place {
            Place::File(path) => write!(f, "{}", path.display())?,
            Place::Memory => write!(f, "the store in memory")?,
            Place::Temporary => write!(f, "a temporary file (SQLITE_TMPDIR names its folder)")?,
        }
        write!(f, ": {}", self.kind)
    }
}

impl std::error::Error for Error {
    /// What lies under the kind, which the message tells already.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.kind.source()
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("another program is writing to it; try again when it has finished")]
    Busy(#[source] rusqlite::Error),
    #[error("it is read-only; check the permissions of the file and of its folder")]
    ReadOnly(#[source] rusqlite::Error),
    #[error(
        "the disk or the file's size limit is full; what was committed before is safe, free some \
         space and run the command again"
    )]
    Full(#[source] rusqlite::Error),
    #[error(
        "the file is damaged, or is no store; keep it, and see `Damage` in docs/store.md for what \
         can be saved"
    )]
    Damaged(#[source] rusqlite::Error),
    #[error("{0} is damaged; `stemma verify` lists all such records")]
    Record(String, #[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("this is a database, but not of Stemma's (its application id is {0:#x})")]
    Foreign(i32),
    #[error("it has version {found} of the tables and this program knows {known}; use a newer one")]
    Newer { found: i64, known: i64 },
    #[error(
        "it has version {found} of the tables, this program needs {known}, and it may not be \
         written; make it writable once"
    )]
    Older { found: i64, known: i64 },
    #[error("there is no such file; `stemma add --store FILE PATH` makes one")]
    Absent,
    #[error("the file or its folder cannot be opened; check the path and its permissions")]
    Missing(#[source] rusqlite::Error),
    #[error("the output cannot be written")]
    Output(#[source] std::io::Error),
    #[error("SQLite reports an error")]
    Other(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for Kind {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(error),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly(error),
            Some(ErrorCode::DiskFull) => Self::Full(error),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error),
            Some(ErrorCode::CannotOpen) => Self::Missing(error),
            _ => Self::Other(error),
        }
    }
}

impl Error {
    pub(crate) fn new(attempted: &str, place: Option<&Path>, kind: impl Into<Kind>) -> Self {
        let place = place.map_or(Place::Memory, |path| Place::File(path.to_owned()));
        Self { attempted: attempted.to_owned(), place, kind: kind.into() }
    }

    /// What went wrong with a file that only a run of the program has.
    pub(crate) fn temporary(attempted: &str, kind: impl Into<Kind>) -> Self {
        Self { attempted: attempted.to_owned(), place: Place::Temporary, kind: kind.into() }
    }

    /// Whether somebody else holds the store for writing: waiting helps.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self.kind, Kind::Busy(_))
    }

    /// Whether the store was made by a newer program.
    #[must_use]
    pub fn is_newer_version(&self) -> bool {
        matches!(self.kind, Kind::Newer { .. })
    }

    /// Whether the file, or a record in it, is damaged or was never a store.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        matches!(self.kind, Kind::Damaged(_) | Kind::Record(..) | Kind::Foreign(_))
    }

    /// Whether the file may not be written.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        matches!(self.kind, Kind::ReadOnly(_) | Kind::Older { .. })
    }

    /// Whether there is no room for more.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self.kind, Kind::Full(_))
    }

    /// Whether there is no file of that name.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self.kind, Kind::Missing(_) | Kind::Absent)
    }
}
