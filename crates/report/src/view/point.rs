//! The words that stand for a point of a story.

use std::collections::HashMap;

use stemma_model::{DocumentId, Passage, Point, PointKind, QuoteId};

use crate::edition::Edition;
use crate::view::statement::{fullest_of, words_of};

/// Looks up the statements behind points.
pub(crate) struct Points<'e, 'r> {
    edition: &'e Edition<'r>,
    by_span: HashMap<Passage, QuoteId>,
}

impl<'e, 'r> Points<'e, 'r> {
    pub(crate) fn new(edition: &'e Edition<'r>) -> Self {
        let first = edition.record.quotes().filter_map(|(document, quote)| {
            Some((Passage::new(document.id, *quote.content.first()?), quote.id))
        });
        Self { edition, by_span: first.collect() }
    }

    /// The quotation whose content begins with a passage.
    pub(crate) fn quote_at(&self, passage: Passage) -> Option<QuoteId> {
        self.by_span.get(&passage).copied()
    }

    /// The quotation that tells which saying a point is: the first cited one that reports no
    /// other saying beside it.
    pub(crate) fn quote(
        &self,
        cited: impl Iterator<Item = Passage>,
    ) -> Option<(DocumentId, QuoteId)> {
        let quotes = cited.filter_map(|at| Some((at.document, self.quote_at(at)?)));
        let quotes: Vec<_> = quotes.collect();
        let own = quotes.iter().find(|&&quote| !self.edition.spliced(quote));
        own.or(quotes.first()).copied()
    }

    /// The point in words: of a saying, those of its fullest reading, as under its speaker.
    pub(crate) fn words(&self, point: &Point, cited: impl Iterator<Item = Passage>) -> String {
        let quote = (point.kind == PointKind::Quotation).then(|| self.quote(cited)).flatten();
        let said = quote.and_then(|quote| self.edition.utterance(quote));
        let fullest = said.and_then(|said| fullest_of(self.edition, said));
        fullest.map_or_else(|| point.text.clone(), |witness| words_of(self.edition, witness))
    }
}
