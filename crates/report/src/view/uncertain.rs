//! What is uncertain or missing, each with why.

use std::collections::HashSet;

use stemma_model::{
    Anchor, Basis, DocumentId, Passage, Problem, Quote, SourceStatus, TimexType, Utterance,
};

use crate::edition::Edition;

/// Everything that could not be settled.
#[derive(Default)]
pub(crate) struct Uncertain<'r> {
    /// Quotations for which no speaker was found.
    pub(crate) unattributed: Vec<(DocumentId, &'r Quote)>,
    /// Quotations that several people fit.
    pub(crate) ambiguous: Vec<(DocumentId, &'r Quote)>,
    /// Documents without a date, and those whose date is argued.
    pub(crate) undated: Vec<DocumentId>,
    /// Documents whose date is argued from their text.
    pub(crate) argued: Vec<DocumentId>,
    /// Utterances that cannot be dated.
    pub(crate) undated_sayings: Vec<&'r Utterance>,
    /// Time expressions that need an anchor and have none.
    pub(crate) unanchored: Vec<Passage>,
    /// Everything that went wrong, what cost an input first.
    pub(crate) problems: Vec<(Option<DocumentId>, &'r Problem)>,
}

impl Uncertain<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.unattributed.is_empty()
            && self.ambiguous.is_empty()
            && self.undated.is_empty()
            && self.argued.is_empty()
            && self.undated_sayings.is_empty()
            && self.unanchored.is_empty()
            && self.problems.is_empty()
    }
}

/// What a record could not settle.
pub(crate) fn uncertain<'r>(edition: &Edition<'r>) -> Uncertain<'r> {
    let record = edition.record;
    let with = |status: SourceStatus| {
        let quotes =
            record.quotes().filter(|(_, quote)| quote.is_saying() && quote.source.status == status);
        let unsettled = quotes.filter(|(document, quote)| {
            status == SourceStatus::Ambiguous || edition.speaker((document.id, quote.id)).is_none()
        });
        unsettled.map(|(document, quote)| (document.id, quote)).collect()
    };
    let dated_by = |basis: Basis| {
        let pairs = record.documents.iter().zip(&record.annotations);
        let found = pairs.filter(|(_, annotations)| annotations.published.basis == basis);
        found.map(|(document, _)| document.id).collect()
    };
    Uncertain {
        unattributed: with(SourceStatus::Unattributed),
        ambiguous: with(SourceStatus::Ambiguous),
        undated: dated_by(Basis::None),
        argued: dated_by(Basis::Text),
        undated_sayings: undated_sayings(edition),
        unanchored: unanchored(edition),
        problems: problems(edition),
    }
}

/// Utterances of more than one document without any date.
fn undated_sayings<'r>(edition: &Edition<'r>) -> Vec<&'r Utterance> {
    let several = |said: &&Utterance| {
        let documents: HashSet<DocumentId> = said.quotes.iter().map(|(id, _)| *id).collect();
        documents.len() > 1
    };
    let undated = |said: &&Utterance| said.said.from.or(said.said.to).is_none();
    edition.record.utterances.iter().filter(undated).filter(several).collect()
}

fn unanchored(edition: &Edition<'_>) -> Vec<Passage> {
    let record = edition.record;
    let pairs = record.documents.iter().zip(&record.annotations);
    pairs
        .flat_map(|(document, annotations)| {
            let missing = annotations.dates.iter().filter(|timex| {
                matches!(timex.anchor, Anchor::Missing)
                    && timex.range.is_none()
                    && matches!(timex.kind, TimexType::Date | TimexType::Time)
            });
            missing.map(|timex| Passage::new(document.id, timex.span))
        })
        .collect()
}

/// The record's problems and those of its documents, each once.
fn problems<'r>(edition: &Edition<'r>) -> Vec<(Option<DocumentId>, &'r Problem)> {
    let record = edition.record;
    let of_run = record.problems.iter().map(|problem| (problem.document, problem));
    let own = record.documents.iter().zip(&record.annotations).flat_map(|(document, attested)| {
        let both = document.problems.iter().chain(&attested.problems);
        both.map(move |problem| (Some(document.id), problem))
    });
    let mut seen = HashSet::new();
    let mut found: Vec<_> = of_run
        .chain(own)
        .filter(|(document, problem)| {
            seen.insert((*document, &problem.code, problem.span, &problem.message))
        })
        .collect();
    found.sort_by_key(|(_, problem)| !problem.skipped);
    found
}
