//! Whether the file itself is sound.

use crate::error::{Error, Kind};
use crate::store::Store;

/// How many faults of one sort are listed; more say the same.
const LISTED: usize = 20;

/// The tables that a search index must agree with.
const INDEXES: [&str; 4] = ["document_search", "quote_search", "entity_search", "timeline_search"];

impl Store {
    /// What is wrong with the file: broken pages, indexes that disagree with their tables, rows
    /// that point to rows which are not there. Empty for a sound file. Reads all of it.
    ///
    /// # Errors
    /// If the file cannot be read at all.
    pub fn damage(&self) -> Result<Vec<String>, Error> {
        self.attempt("check", |connection| {
            let mut found: Vec<String> = connection
                .prepare(&format!("PRAGMA integrity_check({LISTED})"))?
                .query_map([], |row| row.get::<_, String>(0))?
                .filter(|line| !line.as_ref().is_ok_and(|line| line == "ok"))
                .collect::<Result<_, _>>()?;
            let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
            let rows = statement.query_map([], |row| {
                let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
                Ok(format!("a row of `{table}` points to a row of `{parent}` that is not there"))
            })?;
            found.extend(rows.take(LISTED).collect::<Result<Vec<_>, _>>()?);
            for index in INDEXES {
                // Rank 1 compares the index with the table it indexes.
                let sql =
                    format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
                match connection.execute(&sql, []).map_err(Kind::from) {
                    Ok(_) | Err(Kind::ReadOnly(_)) => {}
                    Err(Kind::Damaged(_)) => {
                        found.push(format!("`{index}` disagrees with its table"))
                    }
                    Err(other) => return Err(other),
                }
            }
            Ok(found)
        })
    }
}
