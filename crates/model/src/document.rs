//! One report as it was read.

use serde::{Deserialize, Serialize};

use crate::{DocumentId, Problem, Reason, Span};

/// One report: its text, byte for byte as offsets count it, and what its carrier says about it.
///
/// Well formed by construction: `ingest` is the only room that makes one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Hash of what identifies it (text, title, outlet, URL, given id or file name, date).
    pub id: DocumentId,
    /// The input's own `id`, if it had one.
    pub given_id: Option<String>,
    /// Where it was read from.
    pub source: Source,
    /// Its address, canonical where the page says so.
    pub url: Option<String>,
    /// The outlet that carries it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<Title>,
    /// Its authors.
    pub authors: Vec<String>,
    /// The publication date or date-time exactly as the carrier gives it; `annotate` reads it.
    pub published: Option<String>,
    /// Where `published` was found: `json-ld`, `meta`, `field` …
    pub published_from: Option<String>,
    /// BCP 47 language, detected.
    pub language: Option<String>,
    /// SHA-256 of `text`, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// The text that all offsets count in.
    pub text: String,
    /// The text's blocks, in order, not overlapping, each without white space at its ends.
    pub blocks: Vec<Block>,
    /// Parts that are not the report's own telling, in order.
    pub boilerplate: Vec<Boilerplate>,
    /// Unknown input fields.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// What was wrong with the input.
    pub problems: Vec<Problem>,
}

impl Document {
    /// What stands for the words between two parts of one quotation.
    pub const GAP: &str = " … ";

    /// A document of which only the text is known: no blocks, no headline, no carrier. What tests
    /// and measurements start from; only `ingest` makes whole ones.
    #[must_use]
    pub fn plain(id: DocumentId, text: impl Into<String>) -> Self {
        Self {
            id,
            given_id: None,
            source: Source::Stdin(1),
            url: None,
            outlet: None,
            title: None,
            authors: Vec::new(),
            published: None,
            published_from: None,
            language: None,
            sha256: String::new(),
            text: text.into(),
            blocks: Vec::new(),
            boilerplate: Vec::new(),
            extra: serde_json::Map::new(),
            problems: Vec::new(),
        }
    }

    /// The text under a span of this document.
    ///
    /// # Panics
    /// If the span is of another document and does not fit this one.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.of_text(&self.text)
    }

    /// The text under several spans of this document, [`Document::GAP`] between two of them: a
    /// quotation that its cue interrupts.
    ///
    /// # Panics
    /// If a span is of another document and does not fit this one.
    #[must_use]
    pub fn joined(&self, spans: &[Span]) -> String {
        let parts: Vec<&str> = spans.iter().map(|&span| self.slice(span)).collect();
        parts.join(Self::GAP)
    }

    /// The boilerplate that overlaps `span`, if any.
    #[must_use]
    pub fn boilerplate_at(&self, span: Span) -> Option<&Boilerplate> {
        self.boilerplate.iter().find(|part| part.span.overlaps(span))
    }
}

/// Where a document was read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A file, as the user named it; with the line for formats that hold many documents.
    Path {
        /// The path.
        path: String,
        /// The line, from 1.
        line: Option<u64>,
    },
    /// A web address that was fetched.
    Url(String),
    /// A line of standard input, from 1.
    Stdin(u64),
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path { path, line: None } => write!(f, "{path}"),
            Self::Path { path, line: Some(line) } => write!(f, "{path}:{line}"),
            Self::Url(url) => write!(f, "{url}"),
            Self::Stdin(line) => write!(f, "<stdin>:{line}"),
        }
    }
}

/// A headline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// Its words.
    pub text: String,
    /// Its place in the document's text; `None` when the carrier gives it apart from the text.
    pub span: Option<Span>,
}

/// A line or paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// The line under the headline that sums the report up.
    Dek,
    /// A heading inside the report.
    Heading,
    /// Running text.
    Paragraph,
    /// Not the report's own telling: see [`Document::boilerplate`].
    Boilerplate,
}

/// A part that is never quoted from nor counted as copied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boilerplate {
    /// Its place: a whole block, or a run inside one (a dateline, a credit).
    pub span: Span,
    /// What it is.
    pub kind: BoilerplateKind,
    /// How it was told.
    pub reason: Reason,
}

/// Kinds of boilerplate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum BoilerplateKind {
    /// A picture's caption or credit.
    Caption,
    /// "READ MORE", newsletter and subscription lines.
    Promo,
    /// An agency's or author's credit.
    Credit,
    /// The place and date a report opens with.
    Dateline,
    /// Section labels and the like.
    Other,
}
