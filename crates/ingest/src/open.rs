//! From a file to its records: decompression, what the file is, and how it is cut.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read as _};
use std::path::Path;

use stemma_model::{Problem, Source};

use crate::doors::{csv, parquet, warc, zip};
use crate::encoding;
use crate::input;
use crate::limits::{HEAD, MAX_PAGE, MAX_RECORD, MAX_TEXT};
use crate::lines::{Line, Lines};
use crate::piece::{Format, Hints, Piece};
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

/// The records of bytes that come from elsewhere, as those of a file named `name` would be cut.
pub(crate) fn stream(name: &Path, bytes: Bytes) -> Pieces {
    let cut = peek(bytes)
        .map_err(|error| problem::interrupted(name.display(), &error))
        .and_then(|(head, bytes)| cut(name, head, bytes));
    cut.unwrap_or_else(failed)
}

/// The JSONL records on standard input.
pub(crate) fn stdin() -> Pieces {
    records(Box::new(io::stdin()), Source::Stdin)
}

fn failed(problem: Problem) -> Pieces {
    Box::new(std::iter::once(Err(problem)))
}

fn open(path: &Path) -> Result<Pieces, Problem> {
    let file = File::open(path).map_err(|error| problem::unreadable(path, &error))?;
    let (head, bytes) = peek(Box::new(file)).map_err(|error| problem::unreadable(path, &error))?;
    if sniff::is_zip(&head) {
        archive(path)
    } else if sniff::is_parquet(&head) && path.is_file() {
        let file = File::open(path).map_err(|error| problem::unreadable(path, &error))?;
        Ok(parquet::rows(path.display().to_string(), Box::new(file)))
    } else {
        cut(path, head, bytes)
    }
}

/// The records of bytes that are named `path`.
fn cut(path: &Path, head: Vec<u8>, bytes: Bytes) -> Result<Pieces, Problem> {
    let place = path.display().to_string();
    let (head, bytes) = match sniff::compression(&head) {
        None => (head, bytes),
        Some(compression) => unpack(bytes, compression)
            .and_then(peek)
            .map_err(|error| problem::interrupted(&place, &error))?,
    };
    let (format, what, limit) = match sniff::form(path, &head) {
        Form::Nothing => return Err(problem::empty(place)),
        Form::Binary(found) => return Err(problem::not_text(place, found)),
        Form::Sitemap => return Err(problem::only_addresses(place)),
        Form::Text => (Format::Text, "the text", MAX_RECORD),
        Form::Html => (Format::Html, "the page", MAX_PAGE),
        Form::Json => (Format::Json, "the JSON file", MAX_RECORD),
        Form::Feed => (Format::Feed, "the feed", MAX_TEXT),
        Form::NewsMl => (Format::NewsMl, "the NewsML document", MAX_TEXT),
        Form::Mail => (Format::Mail, "the mail", MAX_TEXT),
        Form::Mhtml => (Format::Mhtml, "the saved page", MAX_TEXT),
        Form::Jsonl => return Ok(jsonl(place, &head, bytes)),
        Form::Csv => return Ok(csv::rows(place, &head, bytes)),
        Form::Warc => return Ok(warc::pages(place, bytes)),
        Form::Parquet => return table(place, bytes),
    };
    Ok(whole(place, bytes, format, what, limit))
}

/// The reports in a ZIP archive: its web archives if it has any (WACZ), else all that could be
/// reports. Members are unpacked one by one, as they are read.
fn archive(path: &Path) -> Result<Pieces, Problem> {
    let place = path.display().to_string();
    let mut members = zip::members(path).map_err(|error| problem::interrupted(&place, &error))?;
    let is_warc = |name: &str| name.ends_with(".warc") || name.ends_with(".warc.gz");
    if members.iter().any(|member| is_warc(&member.name)) {
        members.retain(|member| is_warc(&member.name));
    }
    members.retain(|member| input::may_be_report(Path::new(&member.name)));
    if members.is_empty() {
        return Err(problem::nothing_to_read(path));
    }
    let archive = path.to_owned();
    Ok(Box::new(members.into_iter().flat_map(move |member| {
        let inside = archive.join(&member.name);
        let opened = member.open(&archive).and_then(peek);
        opened
            .map_err(|error| problem::interrupted(inside.display(), &error))
            .and_then(|(head, bytes)| cut(&inside, head, bytes))
            .unwrap_or_else(failed)
    })))
}

/// The first [`HEAD`] bytes, and all of them again.
fn peek(mut bytes: Bytes) -> io::Result<(Vec<u8>, Bytes)> {
    let mut head = Vec::with_capacity(HEAD);
    let ended = bytes.by_ref().take(HEAD as u64).read_to_end(&mut head);
    match ended {
        Err(error) if head.is_empty() => Err(error),
        // What can be read before a fault is still worth cutting into records. The fault is told
        // where it stands: some readers, asked once more, would say that the input has ended.
        Err(error) => Ok((head.clone(), Box::new(Cursor::new(head).chain(Fault(Some(error)))))),
        Ok(_) => Ok((head.clone(), Box::new(Cursor::new(head).chain(bytes)))),
    }
}

/// An input that fails once, and has ended after that.
struct Fault(Option<io::Error>);

impl io::Read for Fault {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

fn unpack(bytes: Bytes, compression: Compression) -> io::Result<Bytes> {
    Ok(match compression {
        Compression::Gzip => Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(bytes))),
        Compression::Zstd => Box::new(zstd::stream::read::Decoder::new(bytes)?),
    })
}

/// The file as one piece, unless it has more than `limit` bytes.
fn whole(place: String, bytes: Bytes, format: Format, what: &str, limit: usize) -> Pieces {
    let mut content = Vec::new();
    let piece = match bytes.take(limit as u64 + 1).read_to_end(&mut content) {
        Err(error) => Err(problem::interrupted(&place, &error)),
        Ok(_) if content.len() > limit => Err(problem::too_long(place, what, limit)),
        Ok(_) => {
            let source = Source::Path { path: place, line: None };
            Ok(Piece { source, format, bytes: content, hints: Hints::default() })
        }
    };
    Box::new(std::iter::once(piece))
}

/// The rows of a Parquet file that comes as a stream: its list of contents is at its end, so that
/// all of it has to be there.
fn table(place: String, bytes: Bytes) -> Result<Pieces, Problem> {
    let mut content = Vec::new();
    match bytes.take(MAX_RECORD as u64 + 1).read_to_end(&mut content) {
        Err(error) => Err(problem::interrupted(place, &error)),
        Ok(_) if content.len() > MAX_RECORD => {
            Err(problem::too_long(place, "the packed Parquet file", MAX_RECORD))
        }
        Ok(_) => Ok(parquet::rows(place, Box::new(Cursor::new(content)))),
    }
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
            Line::Whole(bytes) => {
                let hints = Hints::default();
                Some(Ok(Piece { source, format: Format::Record, bytes, hints }))
            }
            Line::TooLong => Some(Err(problem::too_long(source, "the line", MAX_RECORD))),
            Line::Broken(error) => Some(Err(problem::interrupted(source, &error))),
        }
    }))
}
