//! CSV with a header row: each row a record.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};
use stemma_model::Problem;

use crate::encoding;
use crate::limits::MAX_RECORD;
use crate::open::Pieces;
use crate::piece::{Format, Hints, Piece};
use crate::problem;
use crate::sniff;
use stemma_model::Source;

/// The rows of a CSV or TSV file, streamed. `head` are its first bytes, from which the separator
/// (comma, semicolon or tab) is told.
pub(crate) fn rows(place: String, head: &[u8], bytes: Box<dyn Read + Send>) -> Pieces {
    let left = Arc::new(AtomicUsize::new(MAX_RECORD));
    let metered = Metered { bytes, left: Arc::clone(&left) };
    let mut reader =
        ReaderBuilder::new().delimiter(separator(head)).flexible(true).from_reader(metered);
    let names: Vec<String> = match reader.byte_headers() {
        Ok(names) => names
            .iter()
            .map(|name| field(name).trim_matches(['\u{feff}', ' ']).to_owned())
            .collect(),
        Err(error) => return Box::new(std::iter::once(Err(fault(&place, &error)))),
    };
    let (mut ended, mut is_empty) = (false, true);
    Box::new(std::iter::from_fn(move || {
        if ended {
            return None;
        }
        left.store(MAX_RECORD, Ordering::Relaxed);
        let mut row = ByteRecord::new();
        match reader.read_byte_record(&mut row) {
            Ok(false) => {
                ended = true;
                is_empty.then(|| Err(problem::empty(&place)))
            }
            Ok(true) => {
                is_empty = false;
                Some(Ok(piece(&place, &names, &row)))
            }
            Err(error) => {
                ended = true;
                Some(Err(fault(&place, &error)))
            }
        }
    }))
}

/// The separator that the first line has most of.
fn separator(head: &[u8]) -> u8 {
    let first = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| first.iter().filter(|&&byte| byte == mark).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&mark| count(mark)).unwrap_or(b',')
}

/// Whether a text looks like CSV: a first line of several names, one of them for a text.
pub(crate) fn is_table(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().to_ascii_lowercase();
    let names: Vec<&str> =
        first.split([',', ';', '\t']).map(|name| name.trim_matches(['"', ' '])).collect();
    let texts = ["text", "content", "body", "article", "maintext", "fulltext", "article_text"];
    names.len() > 1 && names.iter().any(|name| texts.contains(name)) && sniff::is_names(&names)
}

fn piece(place: &str, names: &[String], row: &ByteRecord) -> Piece {
    let line = row.position().map(csv::Position::line);
    let fields: Map<String, Value> = names
        .iter()
        .zip(row.iter())
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .map(|(name, value)| (name.clone(), Value::String(field(value))))
        .collect();
    Piece {
        source: Source::Path { path: place.to_owned(), line },
        format: Format::Record,
        bytes: Value::Object(fields).to_string().into_bytes(),
        hints: Hints::default(),
    }
}

fn field(bytes: &[u8]) -> String {
    encoding::decode(bytes, None).text
}

fn fault(place: &str, error: &csv::Error) -> Problem {
    let at =
        error.position().map_or_else(|| place.to_owned(), |at| format!("{place}:{}", at.line()));
    match error.kind() {
        csv::ErrorKind::Io(fault) if fault.kind() == io::ErrorKind::FileTooLarge => {
            problem::too_long(at, "a row", MAX_RECORD)
        }
        csv::ErrorKind::Io(fault) => problem::interrupted(at, fault),
        _ => problem::malformed(at, "CSV file", &error.to_string()),
    }
}

/// A reader that fails once a row has taken more than it may: a quotation mark that is never
/// closed would otherwise make one row of the rest of the file.
struct Metered {
    bytes: Box<dyn Read + Send>,
    left: Arc<AtomicUsize>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let room = buffer.len().min(left);
        let read = self.bytes.read(&mut buffer[..room])?;
        self.left.store(left - read, Ordering::Relaxed);
        Ok(read)
    }
}
