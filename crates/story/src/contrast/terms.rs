//! What things are called, and with which verbs people are made to speak.

use std::collections::BTreeMap;

use stemma_model::{
    Cluster, ClusterKind, DocumentId, EntityId, Passage, QuoteId, Span, Term, Verb,
};

use super::Input;

/// Every form of every concept, with where it is used: by concept, then by number of uses.
///
/// Uses inside a quotation count too: whom to quote with which word is the outlet's choice.
pub(super) fn terms(input: &Input<'_>) -> Vec<Term> {
    let carried = carried(input.clusters);
    let mut uses: BTreeMap<(&str, &str), Vec<(Passage, bool)>> = BTreeMap::new();
    for annotations in input.annotations {
        for cue in &annotations.framing {
            let place = Passage::new(annotations.document, cue.span);
            let quoted = cue.quoted.is_some();
            uses.entry((&cue.concept, &cue.form)).or_default().push((place, quoted));
        }
    }
    let copied = |place: &Passage| {
        carried
            .get(&place.document)
            .is_some_and(|spans| spans.iter().any(|span| span.covers(place.span)))
    };
    let term = |((concept, form), uses): ((&str, &str), Vec<(Passage, bool)>)| {
        let places: Vec<Passage> = uses.iter().map(|&(place, _)| place).collect();
        Term {
            concept: concept.into(),
            form: form.into(),
            copied: places.iter().filter(|place| copied(place)).copied().collect(),
            quoted: uses.iter().filter(|(_, quoted)| *quoted).map(|&(place, _)| place).collect(),
            uses: places,
        }
    };
    let mut terms: Vec<Term> = uses.into_iter().map(term).collect();
    terms.sort_by(|a, b| a.concept.cmp(&b.concept).then(b.uses.len().cmp(&a.uses.len())));
    terms
}

/// The spans of each document that another carries too, quotations that both give left out: those
/// are a source's words, not an agency's.
fn carried(clusters: &[Cluster]) -> BTreeMap<DocumentId, Vec<Span>> {
    let mut carried: BTreeMap<DocumentId, Vec<Span>> = BTreeMap::new();
    let shared = clusters.iter().filter(|cluster| cluster.kind != ClusterKind::SharedQuotation);
    for passage in shared.flat_map(|cluster| &cluster.passages) {
        carried.entry(passage.document).or_default().push(passage.span);
    }
    carried
}

/// Every reporting verb by speaker, with where it is used: most used first.
pub(super) fn verbs(input: &Input<'_>) -> Vec<Verb> {
    let speakers: BTreeMap<(DocumentId, QuoteId), EntityId> = input
        .speakers
        .iter()
        .map(|&(document, quote, entity)| ((document, quote), entity))
        .collect();
    let mut uses: BTreeMap<(&str, Option<EntityId>), Vec<Passage>> = BTreeMap::new();
    for annotations in input.annotations {
        for quote in &annotations.quotes {
            let Some(cue) = &quote.cue else { continue };
            let entity = speakers.get(&(annotations.document, quote.id)).copied();
            let place = Passage::new(annotations.document, cue.span);
            uses.entry((&cue.lemma, entity)).or_default().push(place);
        }
    }
    let mut verbs: Vec<Verb> = uses
        .into_iter()
        .map(|((lemma, entity), uses)| Verb { lemma: lemma.into(), entity, uses })
        .collect();
    verbs.sort_by_key(|verb| std::cmp::Reverse(verb.uses.len()));
    verbs
}
