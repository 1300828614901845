//! Conditions: one thing said to depend on another.
//!
//! [`find`] reads the parse sentence by sentence. A lexicon (`lexicons/conditions.toml`) proposes
//! triggers ("if", "only after", "precondition for"); one rule family per file under `rule/`
//! decides from the parse whether it is a condition, which clause is the condition and which the
//! consequence. The holder is the innermost quotation around the condition, else the headline or
//! the outlet. What is told as mere sequence in the past ("left after lunch"), embedded questions
//! ("asked if"), concessions ("even if") and set phrases ("if any") are no conditions.
//!
//! Linear in the number of tokens: sentences longer than [`LONGEST_SENTENCE`] are passed over.

mod draft;
mod holder;
mod lexicon;
mod link;
mod rule;
mod scope;
mod surface;
mod trigger;

use stemma_model::{Condition, ConditionId, Quote};

use crate::Sheet;
use crate::quote::place::ByPlace;
use draft::Draft;
use scope::Scope;

/// Tokens of the longest sentence that is read: ten times the longest that news writes, so that
/// endless lines cost nothing.
const LONGEST_SENTENCE: usize = 600;

/// The conditions of a document, in text order, with its quotations as holders.
#[must_use]
pub fn find(sheet: &Sheet<'_>, quotes: &[Quote]) -> Vec<Condition> {
    let sentences: Vec<usize> =
        sheet.doc.sentences().map(|sentence| sentence.tokens().indices().start).collect();
    let quotes = ByPlace::new(quotes);
    let scope = Scope { sheet: *sheet, quotes: &quotes, sentences: &sentences };
    let ends = sentences.iter().skip(1).copied().chain([sheet.doc.len()]);
    let mut drafts: Vec<Draft<'_>> = sentences
        .iter()
        .zip(ends)
        .filter(|&(&start, end)| end - start <= LONGEST_SENTENCE)
        .flat_map(|(&start, end)| rule::sentence(scope, start..end))
        .filter(|draft| sheet.document.boilerplate_at(draft.trigger).is_none())
        .collect();
    drafts.sort_by_key(|draft| (draft.trigger, draft.condition, draft.consequence));
    drafts = draft::distinct(drafts);
    drafts.into_iter().map(|draft| finish(scope, draft)).collect()
}

fn finish(scope: Scope<'_>, draft: Draft<'_>) -> Condition {
    let Draft { pattern, trigger, condition, consequence, head, force, note } = draft;
    let document = scope.sheet.document.id.to_string();
    let offsets = [trigger, condition, consequence]
        .map(|span| format!("{}-{}", span.start, span.end))
        .join(" ");
    Condition {
        id: ConditionId::of(&[&document, pattern, &offsets]),
        trigger,
        condition,
        consequence,
        pattern: pattern.to_owned(),
        polarity: draft::polarity(head, consequence),
        modality: head.and_then(scope::modal).map(str::to_owned),
        force,
        holder: holder::of(scope, trigger, condition, consequence),
        reason: stemma_model::Reason::new(pattern, note),
    }
}

#[cfg(test)]
mod tests;
