//! Opening a store.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::error::{Error, Kind};
use crate::schema;
use crate::write::Batch;

/// How long an operation waits for another writer before it gives up with [`Error::is_busy`]:
/// longer than any batch takes to commit, shorter than anybody watches a prompt in silence.
const PATIENCE: Duration = Duration::from_secs(20);

/// The cache of a second connection, in KiB (SQLite counts pages where the number is positive): it
/// reads every record once, so that what it keeps is only held.
const READER_CACHE: i64 = -4096;

/// One SQLite file with everything attested, reconstructed and corrected.
///
/// Any number of stores may read one file while one writes. Writers take turns: one that finds
/// another writing waits up to 20 seconds.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: Option<PathBuf>,
}

impl Store {
    /// Opens the store at `path`, makes it if there is none, and brings it up to date.
    ///
    /// # Errors
    /// If the file is no store, of a newer version, damaged, or cannot be written when it must.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        Self::open_with(path.as_ref(), flags)
    }

    /// Opens the store at `path`, which must exist, for reading.
    ///
    /// # Errors
    /// If there is no such file, it is no store, not of this version, or damaged.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let fail = |kind| Error::new("open", Some(path), kind);
        if !path.exists() {
            return Err(fail(Kind::Absent));
        }
        // A store of an older version is brought up to date if it may be written.
        match Self::open_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE) {
            Err(error) if error.is_read_only() || error.is_missing() => Self::open_immutable(path),
            other => other,
        }
    }

    /// An empty store in memory.
    ///
    /// # Errors
    /// If memory runs out.
    pub fn in_memory() -> Result<Self, Error> {
        let store = Connection::open_in_memory()
            .map_err(Kind::from)
            .and_then(|connection| Self::prepared(connection, None));
        store.map_err(|kind| Error::new("open", None, kind))
    }

    fn open_with(path: &Path, flags: OpenFlags) -> Result<Self, Error> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let store = Connection::open_with_flags(path, flags)
            .map_err(Kind::from)
            .and_then(|connection| Self::prepared(connection, Some(path)));
        store.map_err(|kind| Error::new("open", Some(path), kind))
    }

    /// A file in a folder that may not be written has no room for SQLite's lock files; nobody else
    /// can be writing it either, so it is read as it is.
    fn open_immutable(path: &Path) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let name = path.to_string_lossy().replace('%', "%25").replace('?', "%3f");
        let uri = format!("file:{}?immutable=1", name.replace('#', "%23"));
        let opened = || -> Result<Self, Kind> {
            let connection = Connection::open_with_flags(uri, flags)?;
            match schema::version(&connection)? {
                found if found == schema::current() => {
                    Ok(Self { connection, path: Some(path.to_owned()) })
                }
                found => Err(Kind::Older { found, known: schema::current() }),
            }
        };
        opened().map_err(|kind| Error::new("open", Some(path), kind))
    }

    fn prepared(mut connection: Connection, path: Option<&Path>) -> Result<Self, Kind> {
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(128);
        // Larger pages keep a report's text on one or two of them.
        connection.pragma_update(None, "page_size", 8192)?;
        // The version first: a foreign database is left exactly as it was.
        schema::version(&connection)?;
        // Changing the mode takes a lock that SQLite does not wait for, so it is changed once.
        let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        if mode == "delete" {
            connection.pragma_update(None, "journal_mode", "WAL")?;
        }
        // What a commit has promised survives a power cut, not only a kill: one fsync a batch.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // References are checked by `verify`, once, rather than row by row while writing.
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.pragma_update(None, "cache_size", -65_536)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        // Statements are planned once, not anew for every value: planning takes longer than most of
        // them run.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        schema::migrate(&mut connection)?;
        Ok(Self { connection, path: path.map(Path::to_owned) })
    }

    /// The same store, waiting `patience` for another writer.
    ///
    /// # Errors
    /// Never in practice: it only sets a number.
    pub fn with_patience(self, patience: Duration) -> Result<Self, Error> {
        self.attempt("set the patience of", |connection| Ok(connection.busy_timeout(patience)?))?;
        Ok(self)
    }

    /// The same store, refusing to grow beyond `bytes` as if the disk were full. It holds until
    /// the store is closed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn with_size_limit(self, bytes: u64) -> Result<Self, Error> {
        self.attempt("limit", |connection| {
            let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
            let pages = i64::try_from(bytes).unwrap_or(i64::MAX) / page;
            connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
            Ok(())
        })?;
        Ok(self)
    }

    /// A second connection to the same file; for a store in memory there is none.
    ///
    /// # Errors
    /// As [`Store::open_read_only`].
    #[must_use]
    pub fn reader(&self) -> Option<Result<Self, Error>> {
        let small = |reader: Self| {
            reader.attempt("open", |connection| {
                Ok(connection.pragma_update(None, "cache_size", READER_CACHE)?)
            })?;
            Ok(reader)
        };
        self.path.as_ref().map(|path| Self::open_read_only(path).and_then(small))
    }

    /// Where the store is; `None` in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Bytes on disk, what is still in the write-ahead log included; pages held in memory.
    #[must_use]
    pub fn size(&self) -> u64 {
        let of = |path: PathBuf| path.metadata().map_or(0, |data| data.len());
        match &self.path {
            Some(path) => {
                let mut log = path.clone().into_os_string();
                log.push("-wal");
                of(path.clone()) + of(log.into())
            }
            None => self
                .connection
                .query_row(
                    "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
                    [],
                    |row| row.get::<_, i64>(0),
                )
                .map_or(0, |bytes| bytes.unsigned_abs()),
        }
    }

    /// Begins to write; nothing is seen by others before [`Batch::commit`], and nothing stays of a
    /// batch that is dropped.
    ///
    /// # Errors
    /// If another writer does not finish in 20 seconds, or the file may not be written.
    pub fn batch(&mut self) -> Result<Batch<'_>, Error> {
        let path = self.path.as_deref();
        match self.connection.transaction_with_behavior(TransactionBehavior::Immediate) {
            Ok(transaction) => Ok(Batch::new(transaction, path)),
            Err(error) => Err(Error::new("write to", path, error)),
        }
    }

    /// Moves what is in the write-ahead log into the file and refreshes the query planner's
    /// statistics. Worth doing after many batches; never needed.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn settle(&self) -> Result<(), Error> {
        self.attempt("tidy", |connection| {
            connection.execute_batch("PRAGMA analysis_limit = 400; ANALYZE;")?;
            // A reader may hold the log open; then the next writer does it.
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(())
        })
    }

    /// Runs `work`, which asks several questions: the store stays for it as it is at the first,
    /// whatever is written meanwhile. One lock serves them all, where each would take its own.
    ///
    /// # Errors
    /// What `work` reports, or if the file cannot be read.
    pub fn unchanging<T, E: From<Error>>(
        &self,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        if !self.connection.is_autocommit() {
            return work();
        }
        // Nothing is written, so that nothing is lost when the transaction is dropped.
        let _transaction = self
            .connection
            .unchecked_transaction()
            .map_err(|error| Error::new("read", self.path.as_deref(), error))?;
        work()
    }

    /// [`Self::attempt`] of several statements that only read, as one question.
    pub(crate) fn ask<T>(
        &self,
        asked: &str,
        work: impl FnOnce(&Connection) -> Result<T, Kind>,
    ) -> Result<T, Error> {
        self.unchanging(|| self.attempt(asked, work))
    }

    /// Runs `work` and puts what was attempted on its error.
    pub(crate) fn attempt<T>(
        &self,
        attempted: &str,
        work: impl FnOnce(&Connection) -> Result<T, Kind>,
    ) -> Result<T, Error> {
        work(&self.connection).map_err(|kind| Error::new(attempted, self.path.as_deref(), kind))
    }
}
