//! What people are only reported to believe, know or want, in none of their own words.

use std::collections::BTreeMap;

use stemma_model::{Attitude, DocumentId, Quote};

use crate::edition::Edition;
use crate::view::statement::Witness;

/// The attitudes of one person or body.
pub(crate) struct Holder<'r> {
    pub(crate) name: &'r str,
    /// In document order, then text order.
    pub(crate) attitudes: Vec<Witness<'r>>,
}

/// Everybody with what they are reported to hold or want; first who is in most documents, then by
/// name. Those of nobody who can be named come last.
pub(crate) fn holders<'r>(edition: &Edition<'r>) -> Vec<Holder<'r>> {
    let mut by_name: BTreeMap<&str, Vec<Witness<'r>>> = BTreeMap::new();
    let held = edition.record.quotes().filter(|(_, quote)| !quote.is_saying());
    for (document, quote) in held {
        let witness = Witness { document: document.id, quote };
        by_name.entry(name(edition, document.id, quote)).or_default().push(witness);
    }
    let new = |(name, attitudes)| Holder { name, attitudes };
    let mut holders: Vec<Holder<'r>> = by_name.into_iter().map(new).collect();
    holders.sort_by_key(|holder| {
        (holder.name == NOBODY, std::cmp::Reverse((reports(holder), holder.attitudes.len())))
    });
    holders
}

/// What stands for a holder whom nothing names.
const NOBODY: &str = "Nobody who can be named";

fn name<'r>(edition: &Edition<'r>, document: DocumentId, quote: &'r Quote) -> &'r str {
    edition.source_name(document, quote).unwrap_or(NOBODY)
}

fn reports(holder: &Holder<'_>) -> usize {
    let mut documents: Vec<DocumentId> = holder.attitudes.iter().map(|w| w.document).collect();
    documents.dedup();
    documents.len()
}

/// What somebody does with a content, as a reader says it.
pub(crate) fn verb(attitude: Attitude) -> &'static str {
    match attitude {
        Attitude::Assertion => "says",
        Attitude::Belief => "believes",
        Attitude::Fact => "knows",
        Attitude::Eventuality => "wants or intends",
    }
}
