//! Spans with their texts, counted in code points.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;
use stemma_model::{Annotations, DateRange, Document, DocumentId, Passage, Precision, Span};
use stemma_text::CodePoints;

use crate::dates;

/// A span of one document, half-open, in Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SpanRecord<'a> {
    /// The document.
    pub document: DocumentId,
    /// The input's own `id` of that document, where it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_id: Option<&'a str>,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The text under the span.
    pub text: &'a str,
}

/// A span whose document is named by what it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlaceRecord<'a> {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The text under the span.
    pub text: &'a str,
}

/// A document, named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DocumentRef<'a> {
    /// Its content-hash id.
    pub id: DocumentId,
    /// The input's own `id`, where it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_id: Option<&'a str>,
}

/// A stretch of days, inclusive; `null` is unknown, not infinite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DateRecord {
    /// The first possible day, `2024-06-17`.
    pub from: Option<String>,
    /// The last possible day.
    pub to: Option<String>,
    /// How finely the source speaks.
    pub precision: Precision,
}

impl From<DateRange> for DateRecord {
    fn from(range: DateRange) -> Self {
        let text = |date: jiff::civil::Date| date.to_string();
        Self { from: range.from.map(text), to: range.to.map(text), precision: range.precision }
    }
}

/// A date or interval as ISO 8601 writes it; `None` when nothing is known.
pub(super) fn value(range: DateRange) -> Option<String> {
    dates::iso(range)
}

/// One document with the map of its offsets.
pub(crate) struct Located<'a> {
    pub(crate) document: &'a Document,
    points: CodePoints<'a>,
}

impl<'a> Located<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        Self { document, points: CodePoints::of(&document.text) }
    }

    /// A span that does not fit the text has no text: the conversion is total.
    pub(crate) fn place(&self, span: Span) -> PlaceRecord<'a> {
        PlaceRecord {
            start: self.points.of_byte(span.start()),
            end: self.points.of_byte(span.end()),
            text: self.document.text.get(span.range()).unwrap_or_default(),
        }
    }

    pub(crate) fn span(&self, span: Span) -> SpanRecord<'a> {
        let PlaceRecord { start, end, text } = self.place(span);
        let Document { id, given_id, .. } = self.document;
        SpanRecord { document: *id, given_id: given_id.as_deref(), start, end, text }
    }

    pub(crate) fn length(&self) -> usize {
        self.points.of_byte(self.document.text.len())
    }

    pub(crate) fn reference(&self) -> DocumentRef<'a> {
        let Document { id, given_id, .. } = self.document;
        DocumentRef { id: *id, given_id: given_id.as_deref() }
    }
}

/// The documents of a run, by id, each with the map of its offsets: what turns passages into
/// [`SpanRecord`]s.
///
/// Built once in time linear in the texts; a passage of a document that is not here keeps its
/// byte offsets and has no text.
#[derive(Default)]
pub struct Documents<'a> {
    by_id: HashMap<DocumentId, Located<'a>>,
}

impl<'a> Documents<'a> {
    /// The documents given.
    #[must_use]
    pub fn new(documents: impl IntoIterator<Item = &'a Document>) -> Self {
        let located = |document: &'a Document| (document.id, Located::new(document));
        Self { by_id: documents.into_iter().map(located).collect() }
    }

    pub(crate) fn get(&self, id: DocumentId) -> Option<&Located<'a>> {
        self.by_id.get(&id)
    }

    /// The span of a passage.
    #[must_use]
    pub fn span(&self, passage: Passage) -> SpanRecord<'a> {
        let Passage { document, span } = passage;
        match self.by_id.get(&document) {
            Some(located) => located.span(span),
            None => SpanRecord {
                document,
                given_id: None,
                start: span.start(),
                end: span.end(),
                text: "",
            },
        }
    }

    /// The spans of passages.
    #[must_use]
    pub fn spans(&self, passages: &[Passage]) -> Vec<SpanRecord<'a>> {
        passages.iter().map(|&passage| self.span(passage)).collect()
    }

    /// Whether most of a passage lies in its document's boilerplate.
    #[must_use]
    pub fn is_boilerplate(&self, passage: Passage) -> bool {
        self.by_id.get(&passage.document).is_some_and(|located| {
            let parts = located.document.boilerplate.iter();
            let inside: usize = parts.map(|part| part.span.overlap(passage.span)).sum();
            inside * 2 > passage.span.len()
        })
    }

    /// A document, named.
    #[must_use]
    pub fn reference(&self, id: DocumentId) -> DocumentRef<'a> {
        self.by_id.get(&id).map_or(DocumentRef { id, given_id: None }, Located::reference)
    }

    /// Documents, named.
    #[must_use]
    pub fn references(&self, ids: &[DocumentId]) -> Vec<DocumentRef<'a>> {
        ids.iter().map(|&id| self.reference(id)).collect()
    }
}

/// One document with what it attests: what the parts of a record are made from.
pub(super) struct Attested<'a> {
    pub(super) at: Located<'a>,
    pub(super) annotations: &'a Annotations,
}
