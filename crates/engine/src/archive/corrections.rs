//! Corrections at work: what people have put right is applied to what documents attest before
//! anything is reconstructed, so that it holds for every stage.

use stemma_model::{
    Annotations, Attribution, Correction, Document, Passage, Quote, Reason, SourceStatus, Span,
};
use stemma_store::Stored;

/// Applies the corrections that concern what documents attest: a quotation's speaker, and what is
/// to be ignored. Documents that are to be ignored are taken out. The others concern stages
/// across documents, which take them as arguments.
#[must_use]
pub fn corrected(stored: Vec<Stored>, corrections: &[Correction]) -> Vec<Stored> {
    let ignored = |document: &Document| {
        corrections.iter().any(|correction| {
            matches!(correction, Correction::Ignore { document: id, quote: None } if *id == document.id)
        })
    };
    let mut stored: Vec<Stored> =
        stored.into_iter().filter(|stored| !ignored(&stored.document)).collect();
    for stored in &mut stored {
        for correction in corrections {
            apply(&stored.document, &mut stored.annotations, correction);
        }
    }
    stored
}

fn apply(document: &Document, annotations: &mut Annotations, correction: &Correction) {
    match correction {
        Correction::Speaker { quote, words, name } if quote.document == document.id => {
            let Some(at) = find(document, annotations, *quote, words) else { return };
            let source = source(annotations, &annotations.quotes[at], name.as_deref());
            annotations.quotes[at].source = source;
        }
        Correction::Ignore { document: id, quote: Some(quote) } if *id == document.id => {
            annotations.quotes.retain(|candidate| candidate.hull() != Some(quote.span));
        }
        _ => {}
    }
}

/// The quotation at a place; where the offsets have moved, the one with the same words.
fn find(
    document: &Document,
    annotations: &Annotations,
    place: Passage,
    words: &str,
) -> Option<usize> {
    let hulls: Vec<Option<Span>> = annotations.quotes.iter().map(Quote::hull).collect();
    let at = |wanted: &dyn Fn(Span) -> bool| hulls.iter().position(|hull| hull.is_some_and(wanted));
    at(&|hull| hull == place.span)
        .or_else(|| at(&|hull| document.slice(hull) == words))
        .or_else(|| at(&|hull| hull.overlap(place.span) * 2 > place.span.len()))
}

/// The source that a correction gives: the chain of that name, if the document has one.
fn source(annotations: &Annotations, quote: &Quote, name: Option<&str>) -> Attribution {
    let chain = name.and_then(|name| {
        annotations.chains.iter().find(|chain| chain.name == name).or_else(|| {
            let name = name.to_lowercase();
            annotations.chains.iter().find(|chain| chain.name.to_lowercase().contains(&name))
        })
    });
    Attribution {
        status: if name.is_some() { SourceStatus::Named } else { SourceStatus::Unattributed },
        span: quote
            .source
            .span
            .filter(|_| chain.is_some() && quote.source.chain == chain.map(|it| it.id)),
        chain: chain.map(|chain| chain.id),
        name: name.map(str::to_owned),
        candidates: Vec::new(),
        why: Reason::new("corrected", "a reader put it right").to_string(),
    }
}
