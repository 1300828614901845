//! The versions of the tables and the way from each to the next.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Kind;

/// Marks the file as a Stemma store: "STEM" in ASCII.
const APPLICATION_ID: i32 = 0x5354_454d;

/// How to make version `i + 1` from version `i`; version 0 is an empty file. Entries are only
/// ever added: old ones are what old stores were made with.
const MIGRATIONS: &[&str] = &[
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
];

/// The version this program writes.
pub fn current() -> i64 {
    MIGRATIONS.len() as i64
}

/// Brings the tables up to date; a store of the current version is only read.
pub fn migrate(connection: &mut Connection) -> Result<(), Kind> {
    if version(connection)? == current() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again: another program may have migrated while this one waited for the lock.
    let from = version(&transaction)?;
    for step in &MIGRATIONS[usize::try_from(from).unwrap_or(0)..] {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", current())?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(transaction.commit()?)
}

/// The version of the tables, 0 for an empty file.
///
/// # Errors
/// If the file is a database of something else, or of a newer program.
pub fn version(connection: &Connection) -> Result<i64, Kind> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, found) = (pragma("application_id")? as i32, pragma("user_version")?);
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, found) {
        (0, 0) if tables == 0 => Ok(0),
        (APPLICATION_ID, found) if found > current() => {
            Err(Kind::Newer { found, known: current() })
        }
        (APPLICATION_ID, found) => Ok(found),
        (other, _) => Err(Kind::Foreign(other)),
    }
}
