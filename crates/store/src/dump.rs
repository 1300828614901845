//! Everything the program made, in one canonical text.

use std::io::Write;

use rusqlite::types::ValueRef;

use crate::derived::TABLES;
use crate::error::{Error, Kind};
use crate::store::Store;

/// Tables beside [`TABLES`] that a full rebuild from the same inputs and corrections gives again. Left
/// out are the log of arrivals and fetches, which tells what happened when; corrections, which are
/// people's; and the insides of the search indexes, whose layout depends on the order of arrival.
const OF_DOCUMENTS: &[&str] = &[
    "meta",
    "document",
    "document_text",
    "annotation",
    "vector",
    "sketch",
    "quote",
    "figure",
    "timex",
    "condition",
    "problem",
];

impl Store {
    /// Writes every row of what the program made, table by table, sorted: two stores hold the
    /// same exactly if their dumps are equal byte for byte.
    ///
    /// # Errors
    /// If the file cannot be read or `out` cannot be written.
    pub fn dump(&self, out: &mut impl Write) -> Result<(), Error> {
        self.attempt("dump", |connection| {
            for table in OF_DOCUMENTS.iter().chain(TABLES) {
                let mut statement = connection.prepare(&format!("SELECT * FROM {table}"))?;
                let columns = statement.column_count();
                let mut rows = statement.query([])?;
                let mut lines = Vec::new();
                while let Some(row) = rows.next()? {
                    let mut line = table.to_string();
                    for column in 0..columns {
                        push(&mut line, row.get_ref(column)?);
                    }
                    lines.push(line);
                }
                lines.sort_unstable();
                for line in lines {
                    writeln!(out, "{line}").map_err(Kind::Output)?;
                }
            }
            Ok(())
        })
    }
}

fn push(line: &mut String, value: ValueRef<'_>) {
    use std::fmt::Write;
    let written = match value {
        ValueRef::Null => write!(line, "\t-"),
        ValueRef::Integer(integer) => write!(line, "\t{integer}"),
        ValueRef::Real(real) => write!(line, "\t{:016x}", real.to_bits()),
        ValueRef::Text(text) => write!(line, "\t{:?}", String::from_utf8_lossy(text)),
        ValueRef::Blob(blob) => write!(line, "\t{}", hexadecimal(blob)),
    };
    written.expect("writing to a string succeeds");
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string succeeds");
        hex
    })
}
