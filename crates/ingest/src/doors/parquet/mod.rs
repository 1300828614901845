//! Parquet: each row a record.
//!
//! Read a value at a time: of each column one page is in memory, and of the rows one. Nothing is
//! believed: a page is unpacked no further than it says and than [`MAX_RECORD`], and counts make
//! room for nothing before it is there.
//!
//! `file` reads bytes anywhere, `thrift` the metadata in them; `footer` is what the file says of
//! itself, `page` unpacks, `runs` and `values` are the ways that values are kept, `leaf` goes
//! through a column, `rows` puts the columns together, `cells` says what a value stands for.

mod cells;
mod file;
mod footer;
mod leaf;
mod page;
mod rows;
mod runs;
mod thrift;
mod values;

use std::io;

use serde_json::Value;
use stemma_model::{Problem, Source};

use self::file::File;
use self::footer::Footer;
use self::rows::Rows;
use super::unsound;
use crate::limits::MAX_RECORD;
use crate::open::Pieces;
use crate::piece::{Format, Hints, Piece};
use crate::problem;

pub(crate) use self::file::Bytes;

/// The rows of a Parquet file, streamed; their places are their numbers.
///
/// What is wrong with a row costs the rest of its row group: a problem, and the next one goes on.
pub(crate) fn rows(place: String, bytes: Box<dyn Bytes>) -> Pieces {
    let opened = File::new(bytes).and_then(|mut file| Ok((footer::read(&mut file)?, file)));
    match opened {
        Ok((footer, _)) if footer.groups.iter().all(|group| group.rows == 0) => {
            Box::new(std::iter::once(Err(problem::empty(place))))
        }
        Ok((footer, file)) => Box::new(Table::new(place, footer, file)),
        Err(error) => Box::new(std::iter::once(Err(fault(place, &error)))),
    }
}

/// A file whose rows are being read.
struct Table {
    place: String,
    file: File,
    footer: Footer,
    rows: Option<Rows>,
    /// The number of the row read last.
    number: u64,
}

impl Table {
    fn new(place: String, mut footer: Footer, file: File) -> Self {
        // Taken from the end.
        footer.groups.reverse();
        Self { place, file, footer, rows: None, number: 0 }
    }

    fn row(&mut self) -> Option<Result<Piece, Problem>> {
        while self.rows.as_ref().is_none_or(|rows| rows.left == 0) {
            let group = self.footer.groups.pop()?;
            self.rows = Some(Rows::new(group, &self.footer.columns));
        }
        let rows = self.rows.as_mut()?;
        self.number += 1;
        let source = Source::Path { path: self.place.clone(), line: Some(self.number) };
        Some(match rows.next(&self.footer.fields, &mut self.file) {
            Ok(row) => Ok(Piece {
                source,
                format: Format::Record,
                bytes: Value::Object(row).to_string().into_bytes(),
                hints: Hints::default(),
            }),
            Err(error) => {
                self.number += rows.left.saturating_sub(1);
                self.rows = None;
                if is_of_disk(&error) {
                    self.footer.groups.clear();
                }
                Err(fault(source.to_string(), &error))
            }
        })
    }
}

impl Iterator for Table {
    type Item = Result<Piece, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        self.row()
    }
}

fn fault(place: String, error: &io::Error) -> Problem {
    if error.kind() == io::ErrorKind::FileTooLarge {
        problem::too_long(place, "the row or one of its pages", MAX_RECORD)
    } else if is_of_disk(error) {
        problem::interrupted(place, error)
    } else {
        problem::malformed(place, "Parquet file", &error.to_string())
    }
}

fn is_of_disk(error: &io::Error) -> bool {
    error.raw_os_error().is_some()
}

/// A form that there is, and that is not read.
fn unread(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, what)
}
