//! From a trigger to the two clauses it joins.

use std::ops::Range;

use stemma_english::Token;

use super::lexicon::{Class, LEXICON};
use super::scope::{Scope, child, is_mark, is_verbal};

/// A trigger with the clause after it and the clause it hangs from.
#[derive(Clone)]
pub(super) struct Link<'a> {
    /// The trigger's tokens.
    pub(super) trigger: Range<usize>,
    /// The head of what follows the trigger.
    pub(super) after: Token<'a>,
    /// The tokens of what follows the trigger.
    pub(super) body: Range<usize>,
    /// The head of the clause that the whole hangs from, if the parse has one.
    pub(super) host: Option<Token<'a>>,
}

/// Joins `trigger` with its clauses; `None` where nothing follows it.
pub(super) fn link<'a>(scope: Scope<'a>, trigger: Range<usize>) -> Option<Link<'a>> {
    let sentence = scope.sentence(trigger.start);
    let last = scope.token(trigger.end - 1);
    let after = complement(last, &trigger, &sentence)?;
    let top = climb(after, &trigger);
    let above = (top.head().i() != top.i()).then(|| top.head());
    let (after, above) = repaired(scope, &trigger, after, above);
    let end = scope.subtree(after).end.min(sentence.end).max(trigger.end);
    let end = with_denied(scope, end, sentence.end);
    let body = scope.inside_quote(trigger.start, trigger.end..end);
    let host = above.map(|above| host(scope, above));
    (!body.is_empty()).then_some(Link { trigger, after, body, host })
}

/// Undoes two common slips of parsers: the main verb taken for the condition's ("if there is no
/// deal talks go on" hung from "go"), and the second half of a condition taken for the main clause
/// ("if he keeps his word and the Senate passes it, that would …").
fn repaired<'a>(
    scope: Scope<'a>,
    trigger: &Range<usize>,
    after: Token<'a>,
    above: Option<Token<'a>>,
) -> (Token<'a>, Option<Token<'a>>) {
    let inner = after.lefts().find(|child| {
        matches!(child.dep(), "ccomp" | "advcl" | "csubj")
            && is_verbal(*child)
            && (trigger.start..=trigger.end).contains(&child.left_edge().i())
    });
    if let Some(inner) = inner {
        return (inner, Some(after));
    }
    let end = scope.subtree(after).end;
    let half = (end > trigger.end).then(|| scope.token(end - 1)).filter(|t| t.dep() == "cc");
    match (half, above) {
        (Some(_), Some(second)) if second.i() >= end && second.head() != second => {
            (second, Some(second.head()))
        }
        _ => (after, above),
    }
}

/// Undoes another slip of parsers, which take a "n’t" for a noun and end the clause before it: "if
/// makers do | n’t act". The clause goes on to the next mark.
fn with_denied(scope: Scope<'_>, end: usize, last: usize) -> usize {
    let denied = end < last && scope.token(end).norm() == "not" && scope.token(end).pos() == "NOUN";
    if !denied {
        return end;
    }
    (end..last).find(|&i| is_mark(scope.token(i))).unwrap_or(last)
}

/// The head of what `last`, the trigger's last token, introduces.
fn complement<'a>(
    last: Token<'a>,
    trigger: &Range<usize>,
    sentence: &Range<usize>,
) -> Option<Token<'a>> {
    let head = last.head();
    let marks = matches!(last.dep(), "mark" | "advmod" | "cc" | "dobj" | "aux" | "preconj");
    if marks && head.i() >= trigger.end && sentence.contains(&head.i()) {
        return Some(head);
    }
    let below = last.rights().find(|child| !child.is_punct() && !child.is_space());
    let beside = || (head.i() >= trigger.end && sentence.contains(&head.i())).then_some(head);
    below.or_else(beside)
}

/// The highest token that the trigger and what it introduces make up together.
fn climb<'a>(after: Token<'a>, trigger: &Range<usize>) -> Token<'a> {
    let mut top = after;
    for above in after.ancestors() {
        if !trigger.contains(&above.i()) {
            break;
        }
        top = above;
    }
    top
}

/// The clause that something hanging from `token` belongs to: not "said" but what is said.
fn host<'a>(scope: Scope<'a>, token: Token<'a>) -> Token<'a> {
    let clause = if is_verbal(token) { token } else { nominal_host(scope, token) };
    if LEXICON.has(Class::Embedding, clause.lemma()) {
        let announced = LEXICON.has(Class::Commissive, clause.lemma());
        child(clause, &["ccomp", "xcomp"])
            .or_else(|| child(clause, &["dobj"]).filter(|_| announced))
            .unwrap_or(clause)
    } else {
        clause
    }
}

/// "no deal without a vote" hangs from its noun; any other noun stands for its clause.
fn nominal_host<'a>(scope: Scope<'a>, token: Token<'a>) -> Token<'a> {
    let denied = token.children().any(|t| t.dep() == "det" && t.lower() == "no");
    if denied { token } else { scope.clause_of(token) }
}

impl<'a> Link<'a> {
    /// The tokens of the host clause beside the trigger and its body: the side with the host's
    /// own head, cut where another adverbial clause begins.
    pub(super) fn host_range(&self, scope: Scope<'a>) -> Option<Range<usize>> {
        let sentence = scope.sentence(self.trigger.start);
        let Some(host) = self.host else { return self.beside(scope, &sentence) };
        let whole = scope.subtree(host);
        let whole = whole.start.max(sentence.start)..whole.end.min(sentence.end);
        let hole = self.trigger.start..self.body.end.max(self.trigger.end);
        let side = if host.i() < hole.start {
            // What a noun is given or owed may hang from its verb: "offered aid to the town if".
            let end = if is_verbal(host) { whole.end } else { hole.start };
            whole.start..hole.start.min(end)
        } else {
            whole.start.max(hole.end)..whole.end
        };
        let side = scope.inside_quote(host.i(), cut_adverbials(scope, host, side));
        (!side.is_empty()).then_some(side)
    }

    /// Without a host: what follows the body's comma, or else what stands before the trigger.
    fn beside(&self, scope: Scope<'a>, sentence: &Range<usize>) -> Option<Range<usize>> {
        let comma = self
            .body
            .clone()
            .find(|&i| scope.token(i).text() == "," && scope.token(i).head().i() == self.after.i());
        let right = self.body.end..sentence.end;
        let left = sentence.start..self.trigger.start;
        let own = comma.map(|i| i + 1..sentence.end);
        [own, Some(right), Some(left)]
            .into_iter()
            .flatten()
            .find(|range| range.clone().filter(|&i| scope.token(i).is_alpha()).count() > 1)
    }
}

/// Ends `range` before, or starts it after, other adverbial clauses of `host`: reasons,
/// concessions, participles set off by commas, and asides that only say who speaks.
pub(super) fn cut_adverbials<'a>(
    scope: Scope<'a>,
    host: Token<'a>,
    mut range: Range<usize>,
) -> Range<usize> {
    for adverbial in host.children().filter(|child| is_adverbial(*child)) {
        let part = scope.subtree(adverbial);
        if adverbial.i() > host.i() && range.contains(&part.start) {
            range.end = range.end.min(part.start);
        } else if adverbial.i() < host.i() && part.start <= range.start && part.end <= host.i() {
            range.start = range.start.max(part.end);
        }
    }
    range
}

/// Whether `token` heads a clause that gives a reason, a concession or a circumstance.
fn is_adverbial(token: Token<'_>) -> bool {
    let marked = token.children().any(|mark| {
        matches!(mark.dep(), "mark" | "advmod")
            && matches!(
                mark.lower(),
                "because"
                    | "since"
                    | "although"
                    | "though"
                    | "while"
                    | "as"
                    | "whereas"
                    | "if"
                    | "unless"
                    | "until"
                    | "once"
                    | "when"
                    | "after"
                    | "before"
                    | "so"
            )
    });
    let comma = || {
        let edge = token.left_edge().i();
        edge > 0 && token.doc().token(edge - 1).text() == ","
    };
    match token.dep() {
        "advcl" => marked || token.tag() == "VBG" && comma(),
        "parataxis" => true,
        _ => false,
    }
}
