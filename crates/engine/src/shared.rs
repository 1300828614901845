//! Stage 3: whose words. Needs no grammar, so no model.

use std::num::NonZeroUsize;

use stemma_annotate::{Sheet, dated};
use stemma_english::Doc;
use stemma_ingest::Input;
use stemma_model::{Alignment, Basis, DateRange, Dated, Document, Span};
use stemma_reuse::{Options, Witness};

use crate::Collection;

/// What the reuse room needs to know of a document beyond its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Carrier {
    date: Option<DateRange>,
    skip: Vec<Span>,
}

impl Carrier {
    /// What `document`'s carrier says of it, without a parse.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let sheet = Sheet { document, doc: &Doc::default() };
        Self::published_on(document, &dated::date(&sheet, &[]))
    }

    /// Whether anything says when it was published.
    pub(crate) fn is_dated(&self) -> bool {
        self.date.is_some()
    }

    /// When it was published; unknown where nothing says so.
    pub(crate) fn published(&self) -> DateRange {
        self.date.unwrap_or_else(DateRange::unknown)
    }

    /// The same of an annotated document, whose date may be argued from its text.
    pub(crate) fn published_on(document: &Document, published: &Dated) -> Self {
        Self::dated(document, (published.basis != Basis::None).then_some(published.range))
    }

    /// The same where the date is known already.
    #[must_use]
    pub fn dated(document: &Document, date: Option<DateRange>) -> Self {
        Self { date, skip: document.boilerplate.iter().map(|part| part.span).collect() }
    }
}

/// Whom each document credits.
pub(crate) fn credits(documents: &[Document]) -> Vec<Vec<&str>> {
    documents.iter().map(|document| document.authors.iter().map(String::as_str).collect()).collect()
}

/// The documents as the reuse room reads them; the three run in parallel.
pub(crate) fn witnesses<'a>(
    documents: &'a [Document],
    carriers: &'a [Carrier],
    credits: &'a [Vec<&'a str>],
) -> Vec<Witness<'a>> {
    let witness =
        |((document, carrier), credits): ((&'a Document, &'a Carrier), &'a Vec<&'a str>)| Witness {
            outlet: document.outlet.as_deref(),
            date: carrier.date,
            skip: &carrier.skip,
            credits,
            ..Witness::new(document.id, &document.text)
        };
    documents.iter().zip(carriers).zip(credits).map(witness).collect()
}

/// Reads `inputs` for [`for_each_shared_passage`]; `seen` is called once an input record.
#[must_use]
pub fn read_witnesses(
    inputs: &[Input],
    threads: NonZeroUsize,
    seen: impl FnMut(),
) -> Collection<Carrier> {
    Collection::read(inputs, threads, Carrier::of, seen)
}

/// Gives every passage that two documents of the collection share to `sink`, sorted by the
/// documents' ids and places; with [`Options::boilerplate`] also those that lie in what was marked
/// as boilerplate.
pub fn for_each_shared_passage(
    collection: &Collection<Carrier>,
    options: &Options,
    sink: impl FnMut(Alignment),
) {
    let credits = credits(&collection.documents);
    let mut witnesses = witnesses(&collection.documents, &collection.made, &credits);
    if options.boilerplate {
        witnesses.iter_mut().for_each(|witness| witness.skip = &[]);
    }
    stemma_reuse::for_each_alignment(&witnesses, options, sink);
}
