//! The façade: inputs to pieces, pieces to documents.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use stemma_model::{Document, Problem, Source};

use crate::doors::sitemap::Announced;
use crate::doors::{feed, json, mail, newsml};
use crate::draft::Draft;
use crate::input::{self, Input};
use crate::limits::{MAX_PAGE, MAX_TEXT};
use crate::{encoding, html, open, problem, record};

/// How to read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The most that one document's text may have, in bytes; at most [`MAX_TEXT`].
    pub max_text: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_text: MAX_TEXT }
    }
}

/// What came of one record.
#[derive(Clone, Debug, PartialEq)]
pub enum Read {
    /// A report.
    Document(Box<Document>),
    /// Nothing, and why.
    Problem(Problem),
}

impl Read {
    /// The document, if there is one.
    #[must_use]
    pub fn document(self) -> Option<Document> {
        match self {
            Self::Document(document) => Some(*document),
            Self::Problem(_) => None,
        }
    }
}

/// What a piece's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text; the first line is the title.
    Text,
    /// One HTML page.
    Html,
    /// One JSON object as `docs/formats.md` has it, or a JSON file in one line.
    Record,
    /// A JSON file: an object, a list of objects, or a JSON Feed.
    Json,
    /// RSS or Atom.
    Feed,
    /// NewsML-G2.
    NewsMl,
    /// A mail.
    Mail,
    /// A page saved as MHTML.
    Mhtml,
}

/// What the carrier of a piece says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// Where it was fetched from.
    pub url: Option<String>,
    /// The label of its encoding.
    pub charset: Option<String>,
    /// When it was fetched, as the carrier writes it.
    pub fetched: Option<String>,
    /// What the feed or sitemap that named it says: for what the page itself does not.
    pub announced: Option<Announced>,
}

/// The bytes of one record, read but not yet understood.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Where it was read from.
    pub source: Source,
    /// What it is.
    pub format: Format,
    /// Its bytes, uncompressed.
    pub bytes: Vec<u8>,
    /// What its carrier says.
    pub hints: Hints,
}

impl Piece {
    /// Makes documents of the piece, in time linear in its length. Pure: no file is touched.
    #[must_use]
    pub fn read(self, options: &Options) -> Vec<Read> {
        let (source, hints) = (self.source.clone(), self.hints.clone());
        let finish = |draft| finish(draft, &source, &hints, options);
        let one = |draft: Result<Draft, Problem>| vec![finish(draft)];
        let each = |drafts: Result<Vec<Result<Draft, Problem>>, Problem>| match drafts {
            Ok(drafts) if drafts.is_empty() => vec![Read::Problem(problem::empty(&source))],
            Ok(drafts) => drafts.into_iter().map(finish).collect(),
            Err(problem) => vec![Read::Problem(problem)],
        };
        let many = |drafts: Result<Vec<Draft>, Problem>| {
            each(drafts.map(|drafts| drafts.into_iter().map(Ok).collect()))
        };
        match self.format {
            Format::Text => one(Ok(plain(self))),
            Format::Html => one(page(self)),
            Format::Record => each(record::drafts(&self)),
            Format::Mail => one(mail::letter(&self.bytes, &source)),
            Format::Mhtml => one(mail::page(&self.bytes, &source)),
            Format::Feed => many(feed::read(&self.bytes, &source)),
            Format::NewsMl => many(newsml::read(&self.bytes, &source)),
            Format::Json => each(json::read(&self.bytes, &source)),
        }
    }
}

/// Makes a document of a draft, unless it has no text or too much.
fn finish(
    draft: Result<Draft, Problem>,
    source: &Source,
    hints: &Hints,
    options: &Options,
) -> Read {
    match draft {
        Err(problem) => Read::Problem(problem),
        Ok(draft)
            if draft.text.trim().is_empty() && (draft.title.is_none() || draft.title_in_text) =>
        {
            Read::Problem(problem::empty(source))
        }
        Ok(draft) if draft.text.len() > options.max_text.min(MAX_TEXT) => {
            Read::Problem(problem::too_long(source, "the text", options.max_text.min(MAX_TEXT)))
        }
        Ok(mut draft) => {
            draft.url = draft.url.or_else(|| hints.url.clone());
            if let Some(announced) = &hints.announced {
                draft.take_announced(announced);
            }
            if let Some(fetched) = &hints.fetched {
                draft.extra.entry("fetched").or_insert_with(|| fetched.as_str().into());
            }
            Read::Document(Box::new(draft.finish()))
        }
    }
}

/// Every record of `inputs`, in order: folders sorted, files from top to bottom.
///
/// One record at a time is in memory. A problem stands where its input would have.
pub fn pieces(inputs: &[Input]) -> impl Iterator<Item = Result<Piece, Problem>> + Send + use<> {
    let inputs: Vec<Input> = inputs.to_vec();
    inputs.into_iter().flat_map(|input| -> open::Pieces {
        match input {
            Input::Stdin => open::stdin(),
            Input::Path(path) => Box::new(input::files(&path).into_iter().flat_map(open_found)),
        }
    })
}

/// Every record of `bytes`, which are cut as a file named `name` would be: for uploads and other
/// streams. Archives that need seeking (ZIP, WACZ) have to be files; a Parquet file is read whole
/// first, if it has no more than [`MAX_RECORD`](crate::MAX_RECORD) bytes.
pub fn pieces_from(
    name: &Path,
    bytes: Box<dyn io::Read + Send>,
) -> impl Iterator<Item = Result<Piece, Problem>> + Send + use<> {
    open::stream(name, bytes)
}

fn open_found(found: Result<PathBuf, Problem>) -> open::Pieces {
    match found {
        Ok(path) => open::file(&path),
        Err(problem) => Box::new(std::iter::once(Err(problem))),
    }
}

/// Every document of `inputs`, in order, with a problem where one could not be read.
///
/// Streams: one record at a time is in memory.
pub fn read(inputs: &[Input], options: &Options) -> impl Iterator<Item = Read> + Send + use<> {
    let options = options.clone();
    pieces(inputs).flat_map(move |piece| match piece {
        Ok(piece) => piece.read(&options),
        Err(problem) => vec![Read::Problem(problem)],
    })
}

/// Plain text, with the first line as its title.
fn plain(piece: Piece) -> Draft {
    let decoded = encoding::decode(&piece.bytes, piece.hints.charset.as_deref());
    let mut draft = Draft::new(piece.source);
    draft.note_replaced(&decoded);
    draft.text = decoded.text;
    draft.title_in_text = true;
    draft
}

/// One HTML page, with what its metadata say.
fn page(piece: Piece) -> Result<Draft, Problem> {
    let place = piece.source.to_string();
    if piece.bytes.len() > MAX_PAGE {
        return Err(problem::too_long(place, "the page", MAX_PAGE));
    }
    if html::is_dossier(&piece.bytes) {
        return Err(problem::own_dossier(place));
    }
    let extracted = html::extract(&piece.bytes, piece.hints.charset.as_deref());
    if extracted.text.is_empty() {
        return Err(problem::no_article(place));
    }
    let mut draft = Draft::new(piece.source);
    draft.take_page(extracted);
    Ok(draft)
}

/// The file name of a source, without folders: it tells documents apart wherever they lie.
pub(crate) fn file_name(source: &Source) -> Option<&str> {
    match source {
        Source::Path { path, line: None } => {
            std::path::Path::new(path).file_name().and_then(OsStr::to_str)
        }
        Source::Path { .. } | Source::Url(_) | Source::Stdin(_) => None,
    }
}
