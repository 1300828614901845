//! The ways in which the words around a trigger may be cut into condition and consequence.

use std::collections::BTreeSet;
use std::ops::Range;

use stemma_english::Token;
use stemma_model::Span;

use super::ALIKE;
use crate::condition::link::link;
use crate::condition::scope::{Scope, is_mark};
use crate::condition::surface::{after_boundary, clause_end, goes_on, only_speaks};

/// How many ends of a condition are tried, and how many starts of a consequence before it: the
/// nearest.
const MOST_ENDS: usize = 8;
const MOST_STARTS: usize = 8;

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

/// The ways to cut around `trigger`: the rules' own first; others where the family is `open`.
///
/// At most some hundred, found in time linear in the sentence.
pub(super) fn all(
    scope: Scope<'_>,
    trigger: &Range<usize>,
    own: Option<[Span; 2]>,
    open: bool,
) -> Vec<Cut> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<Cut> = own.into_iter().map(|spans| Cut::new(scope, spans)).collect();
    seen.extend(own);
    if !open {
        return found;
    }
    let sentence = scope.sentence(trigger.start);
    let link = link(scope, trigger.clone());
    let parsed = link.as_ref().map(|link| link.body.end);
    let host = link.as_ref().and_then(|link| link.host_range(scope)).map(|side| side.start);
    let starts = starts(scope, trigger, &sentence, host);
    for end in ends(scope, trigger, &sentence, parsed) {
        let condition = trigger.end..end;
        let before = starts.iter().map(|&start| start..trigger.start);
        let after = sides_after(scope, &condition, &sentence);
        for consequence in before.chain(after) {
            let spans = spans(scope, trigger, &condition, consequence);
            let fresh = spans.filter(|spans| seen.insert(*spans));
            found.extend(fresh.map(|spans| Cut::new(scope, spans)));
        }
    }
    found
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
    condition: &Range<usize>,
    consequence: Range<usize>,
) -> Option<[Span; 2]> {
    let consequence = scope.inside_quote(trigger.start, consequence);
    let speaks = consequence.is_empty() || only_speaks(scope, &consequence);
    (!speaks).then_some(())?;
    let condition = scope.span(scope.inside_quote(trigger.start, condition.clone()))?;
    let consequence = scope.span(consequence)?;
    (!condition.overlaps(consequence)).then_some([condition, consequence])
}

/// Where the condition may end: before a mark, a conjunction or a new subject, where the parse ends
/// it, and at the end of the sentence.
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
    ends.take(MOST_ENDS).chain(parsed).chain(last).collect()
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
