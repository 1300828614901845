//! Documents as records.

use schemars::JsonSchema;
use serde::Serialize;
use stemma_model::{Basis, Dated, DocumentId, Precision, Source};

use super::place::{Attested, DateRecord, Located, SpanRecord, value};

/// What a report's carrier says about it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DocumentRecord<'a> {
    /// Its content-hash id.
    pub id: DocumentId,
    /// The input's own `id`.
    pub given_id: Option<&'a str>,
    /// Where it was read from.
    pub source: SourceRecord<'a>,
    /// Its address, canonical where the page says so.
    pub url: Option<&'a str>,
    /// The outlet that carries it.
    pub outlet: Option<&'a str>,
    /// Its headline.
    pub title: Option<&'a str>,
    /// Its authors.
    pub authors: &'a [String],
    /// When it was published.
    pub published: PublishedRecord<'a>,
    /// BCP 47 language, detected.
    pub language: Option<&'a str>,
    /// SHA-256 of the text.
    pub sha256: &'a str,
    /// Length of the text in code points.
    pub length: usize,
    /// Unknown fields of the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra: Option<&'a serde_json::Map<String, serde_json::Value>>,
}

/// Where a document was read from: a path (`-` for standard input) or a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum SourceRecord<'a> {
    /// A file or standard input.
    Path {
        /// The path as the user named it; `-` is standard input.
        path: &'a str,
        /// The line, from 1, for formats that hold many documents.
        #[serde(skip_serializing_if = "Option::is_none")]
        line: Option<u64>,
    },
    /// A web address.
    Url {
        /// The address.
        url: &'a str,
    },
}

impl<'a> From<&'a Source> for SourceRecord<'a> {
    fn from(source: &'a Source) -> Self {
        match source {
            Source::Path { path, line } => Self::Path { path, line: *line },
            Source::Url(url) => Self::Url { url },
            Source::Stdin(line) => Self::Path { path: "-", line: Some(*line) },
        }
    }
}

/// A publication date with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PublishedRecord<'a> {
    /// The date or interval in ISO 8601: `2024-06-17`, `2024-06`, `2023-04-01/2023-05-14`, with
    /// `..` for an unknown bound; `null` when nothing is known.
    pub value: Option<String>,
    /// What it rests on.
    pub basis: Basis,
    /// The words that say so.
    pub evidence: Vec<SpanRecord<'a>>,
    /// The first possible day.
    pub from: Option<String>,
    /// The last possible day.
    pub to: Option<String>,
    /// How finely the source speaks.
    pub precision: Precision,
    /// Exactly what the carrier gives.
    pub raw: Option<&'a str>,
    /// How it was argued.
    pub reason: &'a stemma_model::Reason,
}

impl<'a> PublishedRecord<'a> {
    fn new(dated: &'a Dated, at: &Located<'a>) -> Self {
        let DateRecord { from, to, precision } = dated.range.into();
        Self {
            value: value(dated.range),
            basis: dated.basis,
            evidence: dated.evidence.iter().map(|&span| at.span(span)).collect(),
            from,
            to,
            precision,
            raw: at.document.published.as_deref(),
            reason: &dated.reason,
        }
    }
}

impl<'a> DocumentRecord<'a> {
    pub(super) fn new(attested: &Attested<'a>) -> Self {
        let document = attested.at.document;
        Self {
            id: document.id,
            given_id: document.given_id.as_deref(),
            source: (&document.source).into(),
            url: document.url.as_deref(),
            outlet: document.outlet.as_deref(),
            title: document.title.as_ref().map(|title| title.text.as_str()),
            authors: &document.authors,
            published: PublishedRecord::new(&attested.annotations.published, &attested.at),
            language: document.language.as_deref(),
            sha256: &document.sha256,
            length: attested.at.length(),
            extra: Some(&document.extra).filter(|extra| !extra.is_empty()),
        }
    }
}
