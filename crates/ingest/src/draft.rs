//! A report before it is a [`Document`]: what the carrier says, not yet hashed and shaped.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use stemma_model::{Document, DocumentId, Problem, Source};

use crate::doors::sitemap::Announced;
use crate::encoding::Decoded;
use crate::html::Extracted;
use crate::shape::{self, Carrier};
use crate::{language, piece, problem};

/// What a reader has found out about a report.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) source: Source,
    pub(crate) given_id: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) title: Option<String>,
    /// The form has the title as the text's first line.
    pub(crate) title_in_text: bool,
    pub(crate) authors: Vec<String>,
    /// The date as given, and where it was found.
    pub(crate) published: Option<(String, String)>,
    pub(crate) language: Option<String>,
    pub(crate) text: String,
    /// Blocks that are headings by their markup.
    pub(crate) headings: Vec<String>,
    pub(crate) extra: Map<String, Value>,
    pub(crate) problems: Vec<Problem>,
}

impl Draft {
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            given_id: None,
            url: None,
            outlet: None,
            title: None,
            title_in_text: false,
            authors: Vec::new(),
            published: None,
            language: None,
            text: String::new(),
            headings: Vec::new(),
            extra: Map::new(),
            problems: Vec::new(),
        }
    }

    /// Notes bytes that could not be decoded.
    pub(crate) fn note_replaced(&mut self, decoded: &Decoded) {
        if decoded.replaced > 0 {
            let noted = problem::replaced_bytes(&self.source, decoded.replaced, decoded.encoding);
            self.problems.push(noted);
        }
    }

    /// Takes over what was found in an HTML page, where the draft does not know it yet.
    pub(crate) fn take_page(&mut self, page: Extracted) {
        self.note_replaced(&page.decoded);
        self.text = page.text;
        self.headings = page.headings;
        let found = page.metadata;
        self.url = self.url.take().or(found.url.map(|field| field.value));
        self.outlet = self.outlet.take().or(found.outlet.map(|field| field.value));
        self.title = self.title.take().or(found.title.map(|field| field.value));
        self.published =
            self.published.take().or(found.published.map(|f| (f.value, f.from.to_owned())));
        self.language = found.language;
        if self.authors.is_empty() {
            self.authors = found.authors.map_or_else(Vec::new, |field| field.value);
        }
    }

    /// Takes over what a feed or sitemap says of the page, where the page says nothing.
    pub(crate) fn take_announced(&mut self, announced: &Announced) {
        let Announced { title, outlet, published, .. } = announced.clone();
        self.title = self.title.take().or(title);
        self.outlet = self.outlet.take().or(outlet);
        self.published =
            self.published.take().or(published.map(|date| (date, "announced".to_owned())));
    }

    /// The finished document: shape, digest, id and language. Linear in the text's length.
    pub(crate) fn finish(self) -> Document {
        let shape = shape::of(
            &self.text,
            Carrier {
                title: self.title.as_deref(),
                title_in_text: self.title_in_text,
                headings: &self.headings,
                authors: &self.authors,
                outlet: self.outlet.as_deref(),
            },
        );
        let id = self.id(shape.title.as_ref().map(|title| title.text.as_str()));
        let (published, published_from) = self.published.unzip();
        Document {
            id,
            language: language::of(&self.text).or(self.language),
            sha256: sha256(&self.text),
            given_id: self.given_id,
            source: self.source,
            url: self.url,
            outlet: self.outlet,
            title: shape.title,
            authors: self.authors,
            published,
            published_from,
            text: self.text,
            blocks: shape.blocks,
            boilerplate: shape.boilerplate,
            extra: self.extra,
            problems: self.problems.into_iter().map(|problem| problem.of(id)).collect(),
        }
    }

    /// The id over what identifies a report, wherever it lies.
    fn id(&self, title: Option<&str>) -> DocumentId {
        let name = self.given_id.as_deref().or_else(|| piece::file_name(&self.source));
        let published = self.published.as_ref().map(|(date, _)| date.as_str());
        DocumentId::of(&[
            &self.text,
            title.unwrap_or_default(),
            self.outlet.as_deref().unwrap_or_default(),
            self.url.as_deref().unwrap_or_default(),
            published.unwrap_or_default(),
            name.unwrap_or_default(),
        ])
    }
}

/// SHA-256 in lower-case hexadecimal digits.
fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
