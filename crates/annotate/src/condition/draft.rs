//! A condition before its holder is known.

use stemma_english::Token;
use stemma_model::{ConditionForce, Polarity, Span};

use super::lexicon::{Class, LEXICON};
use super::scope::is_negated;

/// A condition as a rule proposes it.
pub(super) struct Draft<'a> {
    pub(super) pattern: &'static str,
    pub(super) trigger: Span,
    pub(super) condition: Span,
    pub(super) consequence: Span,
    /// The head of the consequence's clause, where the parse has one.
    pub(super) head: Option<Token<'a>>,
    pub(super) force: ConditionForce,
    pub(super) note: String,
}

/// One draft a trigger: of overlapping triggers the longer stays, of equal ones the first.
/// `drafts` is sorted by trigger; what comes with each is kept beside it.
pub(super) fn distinct<T>(drafts: Vec<(Draft<'_>, T)>) -> Vec<(Draft<'_>, T)> {
    let mut kept: Vec<(Draft<'_>, T)> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        match kept.last_mut() {
            Some(last) if same(&last.0, &draft.0) => {
                if draft.0.trigger.len() > last.0.trigger.len() {
                    *last = draft;
                }
            }
            _ => kept.push(draft),
        }
    }
    kept
}

/// Whether two drafts tell one condition: triggers touch, or both clauses nearly coincide.
fn same(a: &Draft<'_>, b: &Draft<'_>) -> bool {
    let alike = |a: Span, b: Span| 2 * a.overlap(b) > a.len().max(b.len());
    // "if it rains and if it snows, we stay": one consequence, one condition in two halves.
    let row = a.pattern == b.pattern
        && alike(a.consequence, b.consequence)
        && b.trigger > a.trigger
        && a.trigger < a.consequence
        && b.trigger < b.consequence;
    a.trigger.overlaps(b.trigger)
        || row
        || alike(a.condition, b.condition) && alike(a.consequence, b.consequence)
}

/// Whether the consequence is affirmed or denied under the condition.
pub(super) fn polarity(head: Option<Token<'_>>, consequence: Span) -> Polarity {
    let refused = |head: Token<'_>| {
        LEXICON.has(Class::Refusal, head.lemma()) && consequence.contains(head.start())
            || refusal_above(head)
    };
    match head {
        Some(head) if is_negated(head) != refused(head) => Polarity::Negative,
        _ => Polarity::Positive,
    }
}

/// Whether what `head` heads is what somebody rules out, refuses or declines.
pub(super) fn refusal_above(head: Token<'_>) -> bool {
    let above = head.head();
    matches!(head.dep(), "xcomp" | "ccomp" | "dobj" | "pcomp" | "pobj")
        && is_refusal(if above.dep() == "prep" { above.head() } else { above })
}

/// Whether `verb`, with its particle, is a verb of refusal.
pub(super) fn is_refusal(verb: Token<'_>) -> bool {
    let particle = verb.rights().find(|child| child.dep() == "prt");
    LEXICON.entries(Class::Refusal).iter().any(|entry| match entry.words.as_slice() {
        [word] => verb.lemma() == word && particle.is_none(),
        [word, rest] => {
            verb.lemma() == word && particle.is_some_and(|particle| particle.lower() == rest)
        }
        _ => false,
    })
}
