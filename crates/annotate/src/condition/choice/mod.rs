//! Where a trigger's two clauses are cut, and whether it makes a condition: a trained choice.
//!
//! The rules propose a cut for each trigger they take, and none for those they leave.
//! [`cuts`] lists the other ways in which the words around a trigger could be cut; [`traits`] says
//! what each looks like; [`weights`] says, by what readers marked, how much each trait speaks for
//! or against. Each cut, and "no condition", gets a probability (a conditional logit, McFadden
//! 1974); the cut that most of the probability agrees with stands (minimum Bayes risk).

mod cuts;
mod traits;
pub mod weights;

use std::ops::Range;

use stemma_english::Token;
use stemma_model::{ConditionForce, Span};

use super::draft::Draft;
use super::lexicon::{Class, Entry, LEXICON};
use super::link::link;
use super::rule::{inverted, subordinate, temporal};
use super::scope::{Scope, is_mark, is_verbal};
use super::surface::head;
use super::trigger::{is_idiom, matches, preceded_by};
use cuts::{Cut, Shape};
use weights::Weights;

/// Two clauses are cut alike from this Jaccard index on: that of the scorer.
pub const ALIKE: f64 = 0.3;

/// How the clauses of a family may lie where the rule's cut is not the only one.
fn shape(family: &str) -> Option<Shape> {
    match family {
        "if" | "unless" | "only-if" | "as-long-as" | "provided" | "until" | "once"
        | "only-after" | "pending" | "without" | "inverted" | "must-if-wants" | "when"
        | "depends-on" | "tied-to" => Some(Shape::Hanging),
        "requires" => Some(Shape::Need),
        _ => None,
    }
}

/// Words before a trigger that make it none: "even if", "what if".
const CONCEDING: &[&str] = &["as", "even", "what", "ask", "wonder", "see", "regardless", "than"];

/// How many words may stand in "depends … on".
const MOST_BETWEEN: usize = 3;

/// In a sentence with more triggers than this, which no report writes, the rules decide alone: each
/// costs time.
const MOST_TRIGGERS: usize = 12;

/// A trigger with the ways in which its clauses may be cut.
pub(super) struct Choice<'a> {
    pattern: &'static str,
    trigger: Range<usize>,
    force: ConditionForce,
    note: String,
    /// What the rules say.
    own: Option<Draft<'a>>,
    /// What the parse alone says: the clause after the trigger and the one it hangs from.
    parsed: Option<[Range<usize>; 2]>,
    cuts: Vec<Cut>,
}

/// The choices of a document: those of the rules' `drafts`, and those that the rules left open.
pub(super) fn all<'a>(
    scope: Scope<'a>,
    sentence: &Range<usize>,
    drafts: Vec<Draft<'a>>,
) -> Vec<Choice<'a>> {
    let mut open = open(scope, sentence);
    if open.len() + drafts.len() > MOST_TRIGGERS {
        open.clear();
    }
    let judged = drafts.len() <= MOST_TRIGGERS;
    let left = open.into_iter().filter(|(trigger, _, _)| {
        let span = scope.sheet.span(trigger.clone());
        !drafts.iter().any(|draft| draft.trigger.overlaps(span))
    });
    let left: Vec<Choice<'a>> = left
        .map(|(trigger, pattern, force)| Choice {
            cuts: cuts::all(scope, &trigger, None, shape(pattern)),
            parsed: cuts::parsed(scope, &trigger),
            pattern,
            force,
            note: format!("“{}” may join a clause to what hangs on it", phrase(scope, &trigger)),
            trigger,
            own: None,
        })
        .collect();
    let ruled = drafts.into_iter().map(|draft| {
        let trigger = scope.sheet.tokens(draft.trigger);
        // "if it wants": the trigger proper is the "if".
        let trigger = match draft.pattern {
            "must-if-wants" => trigger.start..trigger.start + 1,
            _ => trigger,
        };
        let own = [draft.condition, draft.consequence];
        let shape = shape(draft.pattern).filter(|_| judged);
        Choice {
            cuts: cuts::all(scope, &trigger, Some(own), shape),
            parsed: cuts::parsed(scope, &trigger),
            pattern: draft.pattern,
            trigger,
            force: draft.force,
            note: draft.note.clone(),
            own: Some(draft),
        }
    });
    ruled.chain(left).collect()
}

fn phrase(scope: Scope<'_>, trigger: &Range<usize>) -> String {
    trigger.clone().map(|i| scope.token(i).lower()).collect::<Vec<_>>().join(" ")
}

/// Words that may make a condition, with the family they would belong to.
fn open(
    scope: Scope<'_>,
    sentence: &Range<usize>,
) -> Vec<(Range<usize>, &'static str, ConditionForce)> {
    let of = |class: Class, family: fn(&Entry) -> &'static str| {
        matches(scope, sentence.clone(), class)
            .into_iter()
            // "if any agency has one": what opens like a set phrase may be a clause.
            .filter(move |(trigger, _)| {
                let conceded = preceded_by(scope, trigger, CONCEDING);
                !conceded && (class == Class::Subordinator || !is_idiom(scope, trigger))
            })
            .map(move |(trigger, entry)| (trigger, family(entry), entry.force))
    };
    let address = |trigger: &Range<usize>| {
        link(scope, trigger.clone()).is_some_and(|link| subordinate::is_address(&link))
    };
    // "Should the statues come down?" asks.
    let asks = sentence.clone().any(|i| scope.token(i).text() == "?");
    let inverted = sentence.clone().filter(|&i| !asks && inverted::is_inverted(scope, i));
    let needs = sentence.clone().filter(|&i| is_need(scope.token(i)));
    let ties = sentence.clone().filter_map(|i| tie(scope, i, sentence.end));
    of(Class::Subordinator, subordinate::pattern)
        .filter(|(trigger, ..)| !address(trigger))
        .chain(of(Class::Temporal, temporal::pattern))
        .chain(of(Class::Lacking, |_| "without"))
        .chain(of(Class::Occasion, |_| "when"))
        .chain(inverted.map(|i| (i..i + 1, "inverted", ConditionForce::Sufficient)))
        .chain(needs.map(|i| (i..i + 1, "requires", ConditionForce::Necessary)))
        .chain(ties.map(|trigger| (trigger, "tied-to", ConditionForce::Necessary)))
        .collect()
}

/// Whether a word says that something is needed.
fn is_need(token: Token<'_>) -> bool {
    matches!(token.lemma(), "require" | "need") && token.pos() != "NOUN"
        || matches!(token.lower(), "needed" | "necessary" | "required" | "essential")
}

/// The words at `i` that tie one thing to another, up to the preposition: "depends entirely on",
/// "come down to".
fn tie(scope: Scope<'_>, i: usize, end: usize) -> Option<Range<usize>> {
    let first = scope.token(i);
    LEXICON.entries(Class::Tie).iter().find_map(|entry| {
        let [stem, rest @ ..] = entry.words.as_slice() else { return None };
        (first.lemma() == stem || first.lower() == stem).then_some(())?;
        let last = (i + 1 + MOST_BETWEEN).min(end.checked_sub(rest.len())?);
        let at = (i + 1..=last).find(|&at| scope.words_at(at, rest))?;
        let joined = !(i + 1..at).any(|at| is_mark(scope.token(at)) || is_verbal(scope.token(at)));
        joined.then_some(i..at + rest.len())
    })
}

impl<'a> Choice<'a> {
    /// The condition that stands, with how likely it is; `None` where none is likely enough.
    ///
    /// A family that training saw too little of stays as the rules have it, with no probability; so
    /// does "once made public", of which there are few.
    pub(super) fn decide(
        self,
        scope: Scope<'a>,
        weights: &Weights,
    ) -> Option<(Draft<'a>, Option<f64>)> {
        if !weights.knows(self.pattern) || self.is_shortened(scope) {
            return self.own.map(|own| (own, None));
        }
        let scores: Vec<f64> = (0..self.cuts.len())
            .map(|at| {
                let mut score = 0.0;
                traits::each(scope, &self, at, &mut |name| score += weights.of(name));
                score
            })
            .collect();
        let shares = shares(&scores);
        let agreed = |at: usize| -> f64 {
            let alike = self.cuts.iter().zip(&shares).filter(|(cut, _)| cut.alike(&self.cuts[at]));
            alike.map(|(_, share)| share).sum()
        };
        let agreed: Vec<f64> = (0..self.cuts.len()).map(agreed).collect();
        let best = (0..self.cuts.len()).max_by(|&a, &b| {
            let of = |at: usize| (agreed[at] + shares[at]) / 2.0;
            of(a).total_cmp(&of(b)).then(b.cmp(&a))
        })?;
        (agreed[best] >= weights.least).then(|| (self.cut(scope, best), Some(agreed[best])))
    }

    /// Whether a participle follows "once": "once made public".
    fn is_shortened(&self, scope: Scope<'a>) -> bool {
        let next = self.trigger.end;
        let inside = next < scope.sheet.doc.len();
        self.pattern == "once" && inside && scope.token(next).tag() == "VBN"
    }

    /// The draft of a cut: the rule's own where it is the same.
    fn cut(self, scope: Scope<'a>, at: usize) -> Draft<'a> {
        let [condition, consequence] = self.cuts[at].spans;
        match self.own {
            Some(own) if [own.condition, own.consequence] == [condition, consequence] => own,
            own => Draft {
                pattern: self.pattern,
                trigger: scope.sheet.span(self.trigger),
                condition,
                consequence,
                head: head(scope, &scope.sheet.tokens(consequence)),
                force: own.map_or(self.force, |own| own.force),
                note: self.note,
            },
        }
    }

    /// What training reads.
    pub(super) fn described(&self, scope: Scope<'a>) -> Described {
        let cuts = (0..self.cuts.len())
            .map(|at| {
                let mut names = Vec::new();
                traits::each(scope, self, at, &mut |name| names.push(name.to_owned()));
                let [condition, consequence] = self.cuts[at].spans;
                (condition, consequence, names)
            })
            .collect();
        Described { family: self.pattern, ruled: self.own.is_some(), cuts }
    }
}

/// One trigger of a document with every way to cut around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// The family of rules.
    pub family: &'static str,
    /// Whether the rules take it for a condition.
    pub ruled: bool,
    /// Each cut: condition, consequence, and the names of its traits.
    pub cuts: Vec<(Span, Span, Vec<String>)>,
}

/// The probability of each cut beside "no condition", whose score is 0.
#[must_use]
pub fn shares(scores: &[f64]) -> Vec<f64> {
    let top = scores.iter().copied().fold(0.0, f64::max);
    let sum: f64 = (-top).exp() + scores.iter().map(|score| (score - top).exp()).sum::<f64>();
    scores.iter().map(|score| (score - top).exp() / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_and_none_share_what_is_likely() {
        assert!(shares(&[]).is_empty());
        let [a, b] = shares(&[0.0, 0.0])[..] else { panic!("two cuts") };
        assert!((a - 1.0 / 3.0).abs() < 1e-12 && (b - a).abs() < 1e-12);
        let sure = shares(&[800.0, -800.0]);
        assert!(sure[0] > 0.999 && sure[1] < 1e-9);
    }
}
