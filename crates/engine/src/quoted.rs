//! Quotations as the reuse room reads them, with the vectors that it cannot make itself.

use rayon::prelude::*;
use stemma_english::{DIMENSIONS, SentenceEncoder};
use stemma_model::{
    Annotations, Basis, ChainId, DateRange, Document, DocumentId, EntityId, Quote, QuoteId,
    QuoteKind, Span,
};
use stemma_reuse::variant::{Closeness, QuotedText};
use stemma_story::utterance::Saying;

/// A quotation where it stands.
pub(crate) type Placed<'a> = (&'a Document, &'a Annotations, &'a Quote);

/// What the reuse room needs to know of a quotation, but for its vector.
pub(crate) fn quoted((document, annotations, quote): Placed<'_>) -> QuotedText<'_> {
    QuotedText {
        document: document.id,
        text: &document.text,
        content: &quote.content,
        marked: &quote.marked,
        kind: quote.kind,
        occasion: quote.occasion.date.map(|(range, _)| range),
        published: published(annotations),
        vector: &[],
    }
}

/// When a document was published, where anything says so.
pub(crate) fn published(annotations: &Annotations) -> Option<DateRange> {
    let published = &annotations.published;
    (published.basis != Basis::None).then_some(published.range)
}

/// The quotations of one document, as far as stages across documents read them.
pub(crate) struct DocumentQuotations {
    published: DateRange,
    known: Option<DateRange>,
    quotations: Vec<Quotation>,
}

impl DocumentQuotations {
    pub fn of(annotations: &Annotations) -> Self {
        let quotation = |quote: &Quote| Quotation {
            at: 0,
            id: quote.id,
            kind: quote.kind,
            content: quote.content.as_slice().into(),
            marked: quote.marked.as_slice().into(),
            occasion: quote.occasion.date.map(|(range, _)| range),
            chain: quote.source.chain,
            entity: None,
            is_saying: quote.is_saying(),
        };
        Self {
            published: annotations.published.range,
            known: published(annotations),
            quotations: annotations.quotes.iter().map(quotation).collect(),
        }
    }
}

/// One quotation of a collection.
struct Quotation {
    /// The place of its document.
    at: u32,
    id: QuoteId,
    kind: QuoteKind,
    content: Box<[Span]>,
    marked: Box<[Span]>,
    occasion: Option<DateRange>,
    chain: Option<ChainId>,
    entity: Option<EntityId>,
    is_saying: bool,
}

/// The quotations of a collection, in order of document, then text. One takes some 170 bytes.
pub(crate) struct Quotations<'d> {
    documents: &'d [Document],
    published: Vec<(DateRange, Option<DateRange>)>,
    all: Vec<Quotation>,
}

impl<'d> Quotations<'d> {
    /// None yet, of `documents`.
    pub fn of(documents: &'d [Document]) -> Self {
        Self { documents, published: Vec::with_capacity(documents.len()), all: Vec::new() }
    }

    /// Adds those of the next document.
    pub fn add(&mut self, of_document: DocumentQuotations) {
        let DocumentQuotations { published, known, quotations } = of_document;
        let at = u32::try_from(self.published.len()).expect("fewer than 2^32 documents");
        self.published.push((published, known));
        self.all.extend(quotations.into_iter().map(|quotation| Quotation { at, ..quotation }));
    }

    /// Those that a chain is the source of.
    pub fn sources(&self) -> impl Iterator<Item = (DocumentId, QuoteId, ChainId)> {
        let source = |it: &Quotation| Some((self.document(it).id, it.id, it.chain?));
        self.all.iter().filter_map(source)
    }

    /// Notes whose they are. `speakers` come in their order.
    pub fn attribute(&mut self, speakers: &[(DocumentId, QuoteId, EntityId)]) {
        let mut rest = speakers.iter().peekable();
        for quotation in &mut self.all {
            let document = self.documents[quotation.at as usize].id;
            let own = rest.next_if(|it| (it.0, it.1) == (document, quotation.id));
            quotation.entity = own.map(|&(_, _, entity)| entity);
        }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn id(&self, number: usize) -> QuoteId {
        self.all[number].id
    }

    /// Whether two are attributed to one person.
    pub fn same_speaker(&self, a: usize, b: usize) -> bool {
        self.all[a].entity.is_some() && self.all[a].entity == self.all[b].entity
    }

    /// What the reuse room needs to know of one.
    pub fn text<'a>(&'a self, number: usize, vector: &'a [i8]) -> QuotedText<'a> {
        let quotation = &self.all[number];
        let document = self.document(quotation);
        QuotedText {
            document: document.id,
            text: &document.text,
            content: &quotation.content,
            marked: &quotation.marked,
            kind: quotation.kind,
            occasion: quotation.occasion,
            published: self.published[quotation.at as usize].1,
            vector,
        }
    }

    /// The sayings among them, as grouping to utterances sees them.
    pub fn sayings(&self) -> Vec<Saying> {
        let sayings = self.all.iter().filter(|quotation| quotation.is_saying);
        let saying = |quotation: &Quotation| Saying {
            document: self.document(quotation).id,
            quote: quotation.id,
            hull: quotation.content.iter().copied().reduce(Span::hull),
            entity: quotation.entity,
            stated: quotation.occasion,
            published: self.published[quotation.at as usize].0,
        };
        sayings.map(saying).collect()
    }

    fn document(&self, quotation: &Quotation) -> &'d Document {
        &self.documents[quotation.at as usize]
    }

    /// The words of one, without its cue and source.
    fn content(&self, number: usize) -> String {
        let quotation = &self.all[number];
        let document = self.document(quotation);
        quotation.content.iter().map(|&part| document.slice(part)).collect::<Vec<_>>().join(" ")
    }
}

/// The vectors of some quotations. Takes 260 bytes a quotation.
pub(crate) struct Vectors {
    numbers: Vec<u32>,
    axes: Vec<i8>,
}

/// Quotations whose vectors are made before they are put together.
const AT_ONCE: usize = 4096;

impl Vectors {
    /// Those of all quotations that stand in `pairs`, made on all threads.
    pub fn of(quotations: &Quotations<'_>, pairs: &[(u32, u32)]) -> Self {
        let mut is_needed = vec![false; quotations.len()];
        for &(a, b) in pairs {
            is_needed[a as usize] = true;
            is_needed[b as usize] = true;
        }
        let needed = (0..).zip(is_needed).filter(|(_, is_needed)| *is_needed);
        let numbers: Vec<u32> = needed.map(|(number, _)| number).collect();
        let encoder = SentenceEncoder::new();
        let vector =
            |&number: &u32| encoder.encode(&quotations.content(number as usize)).quantised();
        let mut axes = Vec::with_capacity(numbers.len() * DIMENSIONS);
        for part in numbers.chunks(AT_ONCE) {
            let made: Vec<Vec<i8>> = part.par_iter().map(vector).collect();
            axes.extend(made.into_iter().flatten());
        }
        Self { numbers, axes }
    }

    /// The vector of a quotation; nothing for one that was not asked for.
    pub fn get(&self, number: usize) -> &[i8] {
        let known = u32::try_from(number).ok().map(|number| self.numbers.binary_search(&number));
        match known {
            Some(Ok(at)) => &self.axes[at * DIMENSIONS..(at + 1) * DIMENSIONS],
            _ => &[],
        }
    }
}

/// How close two wordings are, by their words and their sentence vectors: what
/// [`reconstruct`](crate::reconstruct()) asks of quotations that do not stand in marks in both.
#[must_use]
pub fn closeness(a: &str, b: &str) -> Closeness {
    let encoder = SentenceEncoder::new();
    let [x, y] = [a, b].map(|text| encoder.encode(text).quantised());
    Closeness::of(a, b, (&x, &y))
}
