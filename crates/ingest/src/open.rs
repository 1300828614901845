//! From a file to its records: decompression, what the file is, and how it is cut.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read as _};
use std::path::Path;

use stemma_model::{Problem, Source};

use crate::encoding;
use crate::limits::{HEAD, MAX_PAGE, MAX_RECORD, MAX_TEXT};
use crate::lines::{Line, Lines};
use crate::piece::{Format, Piece};
use crate::problem;
use crate::sniff::{self, Compression, Form};

/// Records of one input, in order.
pub(crate) type Pieces = Box<dyn Iterator<Item = Result<Piece, Problem>> + Send>;

type Bytes = Box<dyn io::Read + Send>;

/// The records of the file at `path`.
pub(crate) fn file(path: &Path) -> Pieces {
    match open(path) {
        Ok(pieces) => pieces,
        Err(problem) => failed(problem),
    }
}

/// The JSONL records on standard input.
pub(crate) fn stdin() -> Pieces {
    records(Box::new(io::stdin()), Source::Stdin)
}

fn failed(problem: Problem) -> Pieces {
    Box::new(std::iter::once(Err(problem)))
}

fn open(path: &Path) -> Result<Pieces, Problem> {
    let place = path.display().to_string();
    let file = File::open(path).map_err(|error| problem::unreadable(path, &error))?;
    let (head, bytes) = peek(Box::new(file)).map_err(|error| problem::unreadable(path, &error))?;
    let (head, bytes) = match sniff::compression(&head) {
        None => (head, bytes),
        Some(compression) => unpack(bytes, compression)
            .and_then(peek)
            .map_err(|error| problem::interrupted(&place, &error))?,
    };
    match sniff::form(path, &head) {
        Form::Nothing => Err(problem::empty(place)),
        Form::Binary(found) => Err(problem::not_text(place, found)),
        Form::Text => Ok(whole(path, bytes, Format::Text, "the text", MAX_TEXT * 2)),
        Form::Html => Ok(whole(path, bytes, Format::Html, "the page", MAX_PAGE)),
        Form::Json => Ok(whole(path, bytes, Format::Record, "the record", MAX_RECORD)),
        Form::Jsonl => Ok(jsonl(place, &head, bytes)),
    }
}

/// The first [`HEAD`] bytes, and all of them again.
fn peek(mut bytes: Bytes) -> io::Result<(Vec<u8>, Bytes)> {
    let mut head = Vec::with_capacity(HEAD);
    let ended = bytes.by_ref().take(HEAD as u64).read_to_end(&mut head);
    match ended {
        // What can be read before a fault is still worth cutting into records.
        Err(error) if head.is_empty() => Err(error),
        _ => Ok((head.clone(), Box::new(Cursor::new(head).chain(bytes)))),
    }
}

fn unpack(bytes: Bytes, compression: Compression) -> io::Result<Bytes> {
    Ok(match compression {
        Compression::Gzip => Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(bytes))),
        Compression::Zstd => Box::new(zstd::stream::read::Decoder::new(bytes)?),
    })
}

/// The file as one piece, unless it has more than `limit` bytes.
fn whole(path: &Path, bytes: Bytes, format: Format, what: &str, limit: usize) -> Pieces {
    let place = path.display().to_string();
    let mut content = Vec::new();
    let piece = match bytes.take(limit as u64 + 1).read_to_end(&mut content) {
        Err(error) => Err(problem::interrupted(&place, &error)),
        Ok(_) if content.len() > limit => Err(problem::too_long(place, what, limit)),
        Ok(_) => {
            Ok(Piece { source: Source::Path { path: place, line: None }, format, bytes: content })
        }
    };
    Box::new(std::iter::once(piece))
}

/// The lines of a JSONL file; UTF-16 is turned into UTF-8 as a whole first, for its line ends are
/// no bytes of their own.
fn jsonl(place: String, head: &[u8], mut bytes: Bytes) -> Pieces {
    let marked = encoding_rs::Encoding::for_bom(head).map(|(encoding, _)| encoding);
    let wide = marked.filter(|&encoding| encoding != encoding_rs::UTF_8);
    if wide.or_else(|| encoding::utf16_by_zeros(head)).is_some() {
        let mut content = Vec::new();
        match bytes.by_ref().take(MAX_RECORD as u64 + 1).read_to_end(&mut content) {
            Err(error) => return failed(problem::interrupted(place, &error)),
            Ok(_) if content.len() > MAX_RECORD => {
                return failed(problem::too_long(place, "the UTF-16 file", MAX_RECORD));
            }
            Ok(_) => bytes = Box::new(Cursor::new(encoding::decode(&content, None).text)),
        }
    }
    records(bytes, move |line| Source::Path { path: place.clone(), line: Some(line) })
}

/// One record for each line that is not blank; `source` names the place of a line.
fn records(bytes: Bytes, source: impl Fn(u64) -> Source + Send + 'static) -> Pieces {
    let lines = Lines::new(BufReader::with_capacity(1 << 16, bytes), MAX_RECORD);
    Box::new(lines.filter_map(move |(number, line)| {
        let source = source(number);
        match line {
            Line::Whole(bytes) if bytes.trim_ascii().is_empty() => None,
            Line::Whole(bytes) => Some(Ok(Piece { source, format: Format::Record, bytes })),
            Line::TooLong => Some(Err(problem::too_long(source, "the line", MAX_RECORD))),
            Line::Broken(error) => Some(Err(problem::interrupted(source, &error))),
        }
    }))
}
