//! What people have put right: kept apart from everything the program writes.

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use stemma_model::Correction;

use crate::error::{Error, Kind};
use crate::store::Store;
use crate::write::{Batch, mark_changed};

/// A correction with its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// Its number in this store, from 1.
    pub number: i64,
    /// When it was made, RFC 3339 in UTC.
    pub made: String,
    /// When it was undone, if it was.
    pub undone: Option<String>,
    /// Why, in its maker's words.
    pub note: Option<String>,
    /// What it says.
    pub correction: Correction,
}

impl Store {
    /// All corrections in the order they were made, undone ones included.
    ///
    /// # Errors
    /// If the file or a correction is damaged.
    pub fn corrections(&self) -> Result<Vec<Corrected>, Error> {
        self.attempt("read the corrections of", |connection| {
            let sql = "SELECT id, made, undone, note, record FROM correction ORDER BY id";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| Ok((corrected(row)?, row.get(4)?)))?;
            rows.map(|row| {
                let (parts, record): (_, String) = row?;
                finish(parts, &record)
            })
            .collect()
        })
    }

    /// The corrections in force, sorted and each once.
    ///
    /// # Errors
    /// If the file or a correction is damaged.
    pub fn corrections_in_force(&self) -> Result<Vec<Correction>, Error> {
        let mut corrections: Vec<Correction> = self
            .corrections()?
            .into_iter()
            .filter(|corrected| corrected.undone.is_none())
            .map(|corrected| corrected.correction)
            .collect();
        corrections.sort();
        corrections.dedup();
        Ok(corrections)
    }
}

type Parts = (i64, String, Option<String>, Option<String>);

fn corrected(row: &Row<'_>) -> rusqlite::Result<Parts> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn finish((number, made, undone, note): Parts, record: &str) -> Result<Corrected, Kind> {
    let correction = serde_json::from_str(record)
        .map_err(|error| Kind::Record(format!("correction {number}"), error.into()))?;
    Ok(Corrected { number, made, undone, note, correction })
}

impl Batch<'_> {
    /// Notes a correction; gives its number. One that is in force already is not noted again.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn correct(
        &mut self,
        correction: &Correction,
        made: &str,
        note: Option<&str>,
    ) -> Result<i64, Error> {
        let record = serde_json::to_value(correction).expect("corrections serialise");
        let (kind, record) = (record["kind"].as_str().unwrap_or_default(), record.to_string());
        self.attempt(|transaction| {
            let known: Option<i64> = transaction
                .prepare_cached("SELECT id FROM correction WHERE record = ?1 AND undone IS NULL")?
                .query_row([&record], |row| row.get(0))
                .optional()?;
            if let Some(known) = known {
                return Ok(known);
            }
            mark_changed(transaction)?;
            transaction
                .prepare_cached(
                    "INSERT INTO correction (made, note, kind, record) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![made, note, kind, record])?;
            Ok(transaction.last_insert_rowid())
        })
    }

    /// Takes a correction out of force; tells whether there was one with `number` in force. It
    /// stays in the list, with the time.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn undo(&mut self, number: i64, at: &str) -> Result<bool, Error> {
        self.attempt(|transaction| {
            let undone = transaction
                .prepare_cached(
                    "UPDATE correction SET undone = ?2 WHERE id = ?1 AND undone IS NULL",
                )?
                .execute(params![number, at])?;
            if undone > 0 {
                mark_changed(transaction)?;
            }
            Ok(undone > 0)
        })
    }
}
