//! Conditions: one thing said to depend on another.
//!
//! [`find`] reads the parse sentence by sentence. A lexicon (`lexicons/conditions.toml`) proposes
//! triggers ("if", "only after", "precondition for"); one rule family per file under `rule/`
//! proposes from the parse whether it is a condition, which clause is the condition and which the
//! consequence. [`choice`] then weighs other ways to cut, and none, by what readers marked. The
//! holder is the innermost quotation around the condition, else the headline or the outlet. What is
//! told as mere sequence in the past ("left after lunch"), embedded questions ("asked if"),
//! concessions ("even if") and set phrases ("if any") are no conditions.
//!
//! Linear in the number of tokens: sentences longer than [`LONGEST_SENTENCE`] are passed over.

pub mod choice;
mod draft;
mod holder;
mod lexicon;
mod link;
mod rule;
mod scope;
mod surface;
mod trigger;

use std::ops::Range;

use stemma_model::{Condition, ConditionId, Quote, Reason};

use crate::Sheet;
use crate::quote::place::ByPlace;
use choice::Described;
use choice::weights::{SHIPPED, Weights};
use draft::Draft;
use scope::Scope;

/// Tokens of the longest sentence that is read: ten times the longest that news writes, so that
/// endless lines cost nothing.
const LONGEST_SENTENCE: usize = 600;

/// The conditions of a document, in text order, with its quotations as holders.
#[must_use]
pub fn find(sheet: &Sheet<'_>, quotes: &[Quote]) -> Vec<Condition> {
    find_with(sheet, quotes, Some(&SHIPPED))
}

/// The conditions by other weights, or by the rules alone: to measure either.
#[must_use]
pub fn find_with(sheet: &Sheet<'_>, quotes: &[Quote], weights: Option<&Weights>) -> Vec<Condition> {
    in_scope(sheet, quotes, |scope, sentences| {
        let decided = sentences.iter().flat_map(|sentence| {
            let drafts = ruled(scope, sentence);
            match weights {
                None => drafts.into_iter().map(|draft| (draft, None)).collect::<Vec<_>>(),
                Some(weights) => choice::all(scope, sentence, drafts)
                    .into_iter()
                    .filter_map(|choice| choice.decide(scope, weights))
                    .collect(),
            }
        });
        let mut decided: Vec<(Draft<'_>, Option<f64>)> = decided
            .filter(|(draft, _)| sheet.document.boilerplate_at(draft.trigger).is_none())
            .collect();
        decided.sort_by_key(|(draft, _)| (draft.trigger, draft.condition, draft.consequence));
        draft::distinct(decided).into_iter().map(|draft| finish(scope, draft)).collect()
    })
}

/// What the conditions of a document are chosen from: what training reads.
#[must_use]
pub fn choices(sheet: &Sheet<'_>, quotes: &[Quote]) -> Vec<Described> {
    in_scope(sheet, quotes, |scope, sentences| {
        let of = |sentence| choice::all(scope, sentence, ruled(scope, sentence));
        let choices = sentences.iter().flat_map(of);
        choices.map(|choice| choice.described(scope)).collect()
    })
}

/// Calls `work` with what rules read and the sentences that are short enough for them.
fn in_scope<T>(
    sheet: &Sheet<'_>,
    quotes: &[Quote],
    work: impl FnOnce(Scope<'_>, &[Range<usize>]) -> T,
) -> T {
    let starts: Vec<usize> =
        sheet.doc.sentences().map(|sentence| sentence.tokens().indices().start).collect();
    let quotes = ByPlace::new(quotes);
    let ends = starts.iter().skip(1).copied().chain([sheet.doc.len()]);
    let sentences: Vec<Range<usize>> = starts.iter().zip(ends).map(|(&s, end)| s..end).collect();
    let short: Vec<Range<usize>> =
        sentences.into_iter().filter(|range| range.len() <= LONGEST_SENTENCE).collect();
    work(Scope { sheet: *sheet, quotes: &quotes, sentences: &starts }, &short)
}

/// What the rules find in one sentence, each condition once.
fn ruled<'a>(scope: Scope<'a>, sentence: &Range<usize>) -> Vec<Draft<'a>> {
    let mut drafts = rule::sentence(scope, sentence.clone());
    drafts.sort_by_key(|draft| (draft.trigger, draft.condition, draft.consequence));
    let drafts = drafts.into_iter().map(|draft| (draft, ()));
    draft::distinct(drafts.collect()).into_iter().map(|(draft, ())| draft).collect()
}

fn finish(scope: Scope<'_>, (draft, share): (Draft<'_>, Option<f64>)) -> Condition {
    let Draft { pattern, trigger, condition, consequence, head, force, note } = draft;
    let reason = Reason::new(pattern, note);
    let reason = match share {
        Some(share) => reason.scored(share as f32),
        None => reason,
    };
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
        reason,
    }
}

#[cfg(test)]
mod tests;
