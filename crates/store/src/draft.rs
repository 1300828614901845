//! A reconstruction on its way into the store.

use rusqlite::{Connection, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use stemma_model::{
    Alignment, Claim, Cluster, ConditionId, Coverage, DocumentId, Entity, Headline, Movement,
    Position, Problem, Story, Term, Thread, TimelineEntry, Utterance, Verb,
};

use crate::codec::{pack_plain, unpack};
use crate::error::{Error, Kind};

/// What was reconstructed, put aside record by record until all of it is there and
/// [`Batch::place`](crate::Batch::place) puts it in place of the last reconstruction.
///
/// It lies in a temporary file of SQLite's, which is deleted when the draft is dropped or the
/// process ends, and takes a few megabytes of memory whatever its size; the store can be written by
/// others meanwhile.
#[derive(Debug)]
pub struct Draft {
    connection: Connection,
}

/// A record that a draft can hold; its number keeps the kinds apart.
pub(crate) trait Drafted: Serialize + DeserializeOwned {
    const KIND: i64;
}

macro_rules! drafted {
    ($($kind:literal: $record:ty),* $(,)?) => {
        $(impl Drafted for $record { const KIND: i64 = $kind; })*
    };
}

drafted! {
    0: Entity,
    1: Story,
    2: Thread,
    3: Utterance,
    4: Alignment,
    5: Cluster,
    6: TimelineEntry,
    7: Claim,
    8: Position,
    9: (String, Vec<(DocumentId, ConditionId)>),
    10: Term,
    11: Verb,
    12: Coverage,
    13: Headline,
    14: Problem,
    15: (DocumentId, stemma_model::QuoteId, stemma_model::EntityId),
    16: Movement,
}

impl Draft {
    /// An empty draft.
    ///
    /// # Errors
    /// If no temporary file can be made.
    pub fn new() -> Result<Self, Error> {
        let made = || -> Result<Self, Kind> {
            // An empty name is SQLite's for a database of this connection's own on disk.
            let connection = Connection::open("")?;
            connection.pragma_update(None, "journal_mode", "OFF")?;
            connection.execute_batch(
                "CREATE TABLE part (kind INTEGER, at INTEGER, body BLOB, PRIMARY KEY (kind, at))
                 WITHOUT ROWID",
            )?;
            Ok(Self { connection })
        };
        made().map_err(|kind| Error::temporary("make", kind))
    }

    /// Adds records of one kind behind those that are there, in order.
    ///
    /// # Errors
    /// If the disk is full or fails.
    #[expect(private_bounds, reason = "which records a draft can hold is the store's to say")]
    pub fn extend<'a, T: Drafted + 'a>(
        &mut self,
        records: impl IntoIterator<Item = &'a T>,
    ) -> Result<(), Error> {
        let added = || -> Result<(), Kind> {
            let transaction = self.connection.unchecked_transaction()?;
            let from: i64 = transaction.query_row(
                "SELECT ifnull(max(at) + 1, 0) FROM part WHERE kind = ?1",
                [T::KIND],
                |row| row.get(0),
            )?;
            let mut insert = transaction.prepare_cached("INSERT INTO part VALUES (?1, ?2, ?3)")?;
            for (at, record) in (from..).zip(records) {
                insert.execute(params![T::KIND, at, pack_plain(record)])?;
            }
            drop(insert);
            Ok(transaction.commit()?)
        };
        added().map_err(|kind| Error::temporary("write", kind))
    }

    /// What `slim` leaves of every record of one kind, in the order in which they were added.
    ///
    /// # Errors
    /// If the disk fails.
    #[expect(private_bounds, reason = "which records a draft can hold is the store's to say")]
    pub fn all<T: Drafted>(&self, mut slim: impl FnMut(&mut T)) -> Result<Vec<T>, Error> {
        let mut found = Vec::new();
        let read = self.each(|mut record| {
            slim(&mut record);
            found.push(record);
            Ok(())
        });
        read.map_err(|kind| Error::temporary("read", kind))?;
        Ok(found)
    }

    /// Gives every record of one kind to `sink`, in the order in which they were added.
    pub(crate) fn each<T: Drafted>(
        &self,
        mut sink: impl FnMut(T) -> Result<(), Kind>,
    ) -> Result<(), Kind> {
        let mut select =
            self.connection.prepare_cached("SELECT body FROM part WHERE kind = ?1 ORDER BY at")?;
        let mut rows = select.query([T::KIND])?;
        while let Some(row) = rows.next()? {
            let record = unpack(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?);
            sink(record.map_err(|error| Kind::Record("the temporary file".to_owned(), error))?)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use stemma_model::{Problem, QuoteId};

    use super::*;

    #[test]
    fn a_fault_names_the_temporary_file() {
        let error = Error::temporary("write", Kind::Foreign(1)).to_string();
        assert!(error.starts_with("could not write a temporary file"), "{error}");
        assert!(error.contains("SQLITE_TMPDIR"), "{error}");
    }

    #[test]
    fn records_come_back_by_kind_in_order() {
        let mut draft = Draft::new().unwrap();
        let problems = ["b", "a", "c"].map(|code| Problem::new(code, "x".repeat(400)));
        let group = ("label".to_owned(), vec![(DocumentId::of(&["a"]), ConditionId::of(&["k"]))]);
        draft.extend(&problems[..1]).unwrap();
        draft.extend([&group]).unwrap();
        draft.extend(&problems[1..]).unwrap();
        let mut found: Vec<Problem> = Vec::new();
        draft
            .each(|problem| {
                found.push(problem);
                Ok(())
            })
            .unwrap();
        assert_eq!(found, problems);
        assert_eq!(draft.all::<Problem>(|_| {}).unwrap(), problems);
        let mut groups = Vec::new();
        draft
            .each::<(String, Vec<(DocumentId, ConditionId)>)>(|group| {
                groups.push(group);
                Ok(())
            })
            .unwrap();
        assert_eq!(groups, [group]);
        let none = |_: (DocumentId, QuoteId, stemma_model::EntityId)| unreachable!();
        draft.each(none).unwrap();
    }
}
