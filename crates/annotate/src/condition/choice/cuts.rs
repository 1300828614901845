//! The ways in which the words around a trigger may be cut into condition and consequence.

use std::collections::BTreeSet;
use std::ops::Range;

use stemma_english::Token;
use stemma_model::Span;

use super::ALIKE;
use crate::condition::link::link;
use crate::condition::scope::{Scope, is_mark};
use crate::condition::surface::{after_boundary, clause_end, goes_on, is_dash, only_speaks};

/// How many ends of a condition are tried, and how many starts of a consequence before it: the
/// nearest.
const MOST_ENDS: usize = 8;
const MOST_STARTS: usize = 8;

/// How condition and consequence may lie around a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The condition follows the trigger: "if X, Y", "Y if X", "Y depends on X".
    Hanging,
    /// A word of need stands between them or before: "Y requires X", "X is needed for Y", "needs X
    /// to Y".
    Need,
}

/// How many words after a word of need may lead to what the need is for: the nearest.
const MOST_JOINTS: usize = 4;

/// One way to cut.
pub(super) struct Cut {
    /// Condition and consequence.
    pub(super) spans: [Span; 2],
    /// Their tokens.
    pub(super) condition: Range<usize>,
    pub(super) consequence: Range<usize>,
}

impl Cut {
    fn new(scope: Scope<'_>, spans: [Span; 2]) -> Self {
        let [condition, consequence] = spans.map(|span| scope.sheet.tokens(span));
        Self { spans, condition, consequence }
    }

    /// Whether a reader who marked one would take the other for the same.
    pub(super) fn alike(&self, other: &Self) -> bool {
        self.spans.iter().zip(&other.spans).all(|(&a, &b)| a.jaccard(b) >= ALIKE)
    }
}

/// The ways to cut around `trigger`: the rules' own first; others where the family has a `shape`.
///
/// At most some two hundred, found in time linear in the sentence.
pub(super) fn all(
    scope: Scope<'_>,
    trigger: &Range<usize>,
    own: Option<[Span; 2]>,
    shape: Option<Shape>,
) -> Vec<Cut> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<Cut> = own.into_iter().map(|spans| Cut::new(scope, spans)).collect();
    seen.extend(own);
    let pairs = match shape {
        Some(Shape::Hanging) => hanging(scope, trigger),
        Some(Shape::Need) => needing(scope, trigger),
        None => Vec::new(),
    };
    for [condition, consequence] in pairs {
        let spans = spans(scope, trigger, condition, consequence);
        let fresh = spans.filter(|spans| seen.insert(*spans));
        found.extend(fresh.map(|spans| Cut::new(scope, spans)));
    }
    found
}

/// A condition behind the trigger, each with the consequences before it and behind.
fn hanging(scope: Scope<'_>, trigger: &Range<usize>) -> Vec<[Range<usize>; 2]> {
    let sentence = scope.sentence(trigger.start);
    let link = link(scope, trigger.clone());
    let parsed = link.as_ref().map(|link| link.body.end);
    let host = link.as_ref().and_then(|link| link.host_range(scope)).map(|side| side.start);
    let starts = starts(scope, trigger, &sentence, host);
    let mut pairs = Vec::new();
    for end in ends(scope, trigger, &sentence, parsed) {
        let condition = trigger.end..end;
        let before = starts.iter().map(|&start| start..trigger.start);
        let after = sides_after(scope, &condition, &sentence);
        pairs.extend(before.chain(after).map(|side| [condition.clone(), side]));
    }
    pairs
}

/// What is needed and what for, around a word of need.
fn needing(scope: Scope<'_>, trigger: &Range<usize>) -> Vec<[Range<usize>; 2]> {
    let sentence = scope.sentence(trigger.start);
    let starts = starts(scope, trigger, &sentence, None);
    let joints: Vec<Range<usize>> = (trigger.end..sentence.end)
        .filter_map(|i| joint(scope, i, sentence.end))
        .take(MOST_JOINTS)
        .collect();
    let mut pairs = Vec::new();
    for end in ends(scope, trigger, &sentence, None) {
        let before = starts.iter().map(|&start| start..trigger.start);
        // "Y requires X"
        pairs.extend(before.clone().map(|side| [trigger.end..end, side]));
        for (at, joint) in joints.iter().filter(|joint| joint.end + 1 < end).enumerate() {
            // "needs X to Y"
            pairs.push([trigger.end..joint.start, joint.end..end]);
            // "X is needed to Y"
            let nearest = before.clone().filter(|_| at < 2);
            pairs.extend(nearest.map(|side| [side, joint.end..end]));
        }
    }
    pairs
}

/// The words at `i` that lead to what something is needed for: "to", "for", "in order to".
fn joint(scope: Scope<'_>, i: usize, end: usize) -> Option<Range<usize>> {
    match scope.token(i).lower() {
        "to" | "for" | "before" => Some(i..i + 1),
        "in" if i + 2 < end && scope.token(i + 1).lower() == "order" => Some(i..i + 3),
        _ => None,
    }
}

/// The clause after `trigger` and the one it hangs from, by the parse.
pub(super) fn parsed(scope: Scope<'_>, trigger: &Range<usize>) -> Option<[Range<usize>; 2]> {
    let link = link(scope, trigger.clone())?;
    let side = link.host_range(scope)?;
    Some([link.body, side])
}

/// The spans of both parts, inside the trigger's quotation; `None` where one is empty or only says
/// who speaks, or the two overlap.
fn spans(
    scope: Scope<'_>,
    trigger: &Range<usize>,
    condition: Range<usize>,
    consequence: Range<usize>,
) -> Option<[Span; 2]> {
    let predicate = predicate_start(scope, trigger);
    let [condition, consequence] = [condition, consequence].map(|part| {
        let end = if part.end == trigger.start { predicate } else { part.end };
        let part = scope.inside_quote(trigger.start, part.start..end.max(part.start));
        let speaks = part.is_empty() || only_speaks(scope, &part);
        if speaks { None } else { scope.span(part) }
    });
    let (condition, consequence) = condition.zip(consequence)?;
    (!condition.overlaps(consequence)).then_some([condition, consequence])
}

/// Where the words start that belong to a trigger which is a verb or an adjective: "it | may largely
/// depend on", "a deal | is needed to".
fn predicate_start(scope: Scope<'_>, trigger: &Range<usize>) -> usize {
    let word = scope.token(trigger.start);
    let of_trigger = |i: &usize| {
        let token = scope.token(*i);
        let modifies = matches!(token.dep(), "neg" | "advmod");
        token.pos() == "AUX" || modifies && [word.i(), word.head().i()].contains(&token.head().i())
    };
    let is_predicate = matches!(word.pos(), "VERB" | "ADJ");
    let sentence = scope.sentence(trigger.start);
    let own = (sentence.start..trigger.start).rev().take_while(of_trigger);
    own.last().filter(|_| is_predicate).unwrap_or(trigger.start)
}

/// Where the condition may end: before a mark, a conjunction or a new subject, where the parse ends
/// it, and at the end of the sentence; not before a negation, nor with an aside between dashes.
fn ends(
    scope: Scope<'_>,
    trigger: &Range<usize>,
    sentence: &Range<usize>,
    parsed: Option<usize>,
) -> BTreeSet<usize> {
    let ends = (trigger.end + 1..sentence.end).filter(|&i| {
        let token = scope.token(i);
        is_mark(token) && !is_mark(scope.token(i - 1))
            || matches!(token.lower(), "then" | "and" | "but" | "or" | "because")
            || begins_with_subject(token)
    });
    let last = Some(sentence.end).filter(|&end| end > trigger.end);
    let ends = ends.take(MOST_ENDS).chain(parsed).chain(last);
    let denies = |end: usize| end < sentence.end && scope.token(end).norm() == "not";
    ends.filter(|&end| !denies(end) && !closes_aside(scope, trigger.end, end)).collect()
}

/// Whether the second of a pair of dashes behind `start` stands on either side of `end`.
fn closes_aside(scope: Scope<'_>, start: usize, end: usize) -> bool {
    let inside = |i: usize| i > start && i < scope.sheet.doc.len();
    let dash = [end - 1, end].into_iter().find(|&i| inside(i) && is_dash(scope, i));
    dash.is_some_and(|dash| (start..dash).filter(|&i| is_dash(scope, i)).count() % 2 == 1)
}

/// Where a consequence before the trigger may start: after a mark, a conjunction, "that" or "to",
/// at a subject, where the parse starts it, and at the start of the sentence.
fn starts(
    scope: Scope<'_>,
    trigger: &Range<usize>,
    sentence: &Range<usize>,
    parsed: Option<usize>,
) -> BTreeSet<usize> {
    let starts = (sentence.start..trigger.start.saturating_sub(1)).rev().filter_map(|i| {
        let token = scope.token(i);
        let opens = is_mark(token)
            || matches!(token.dep(), "cc" | "mark")
            || matches!(token.lower(), "that" | "to");
        let subject = begins_with_subject(token) && i > sentence.start;
        opens.then_some(i + 1).or_else(|| subject.then_some(i))
    });
    let whole = Some(sentence.start).filter(|&start| start < trigger.start);
    let parsed = parsed.filter(|&start| start < trigger.start);
    starts.take(MOST_STARTS).chain(parsed).chain(whole).collect()
}

/// Whether a subject starts at a token, by the parse.
fn begins_with_subject(token: Token<'_>) -> bool {
    let is_subject = |token: Token<'_>| matches!(token.dep(), "nsubj" | "nsubjpass" | "expl");
    let starts = |noun: Token<'_>| is_subject(noun) && noun.left_edge().i() == token.i();
    starts(token)
        || matches!(token.dep(), "det" | "poss" | "amod" | "compound") && starts(token.head())
}

/// The consequences after a condition.
fn sides_after(
    scope: Scope<'_>,
    condition: &Range<usize>,
    sentence: &Range<usize>,
) -> Vec<Range<usize>> {
    let end = condition.end;
    if end >= sentence.end {
        return Vec::new();
    }
    let marked = is_mark(scope.token(end)) || scope.token(end).lower() == "then";
    let start = if marked { after_boundary(scope, end, sentence.end) } else { end };
    if goes_on(scope, condition, start, sentence.end) {
        return Vec::new();
    }
    let commas = (start + 2..sentence.end).filter(|&i| scope.token(i).text() == ",");
    let stops: BTreeSet<usize> = commas
        .take(2)
        .chain([clause_end(scope, start, sentence.end), sentence.end])
        .filter(|&stop| stop > start)
        .collect();
    stops.into_iter().map(|stop| start..stop).collect()
}
