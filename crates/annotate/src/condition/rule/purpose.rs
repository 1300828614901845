//! "For X to Y, Z must W"; "to Y, it is necessary to W": the purpose is the consequence.
//!
//! Hits: *For the truce to hold, both sides must pull back.* / *To win, it is vital to vote.*
//! Not: *He went out to buy bread.*

use std::ops::Range;

use stemma_english::Token;
use stemma_model::ConditionForce;

use crate::condition::draft::Draft;
use crate::condition::lexicon::{Class, LEXICON};
use crate::condition::scope::{Scope, child, is_mark, is_negated, is_verbal, modal};

/// How many tokens a purpose may have: longer ones are mostly wrong parses.
const LONGEST_PURPOSE: usize = 25;

/// "To paraphrase Lee, we need to go": what the speaker does in saying it.
const QUOTING: &[&str] = &["paraphrase", "quote", "cite", "borrow", "repeat", "recap", "summarize"];

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    sentence
        .clone()
        .filter(|&i| opens(scope, &sentence, i))
        .filter_map(|i| draft(scope, &sentence, i))
        .collect()
}

/// Whether a fronted purpose may start at `i`: "for", "to" or "in order to" at the start of the
/// sentence or after a word that introduces a clause.
fn opens(scope: Scope<'_>, sentence: &Range<usize>, i: usize) -> bool {
    let word = scope.token(i).lower();
    let before = (sentence.start..i).rev().find(|&at| !is_mark(scope.token(at)));
    let fronted = before
        .is_none_or(|at| matches!(scope.token(at).lower(), "that" | "but" | "and" | "because"));
    let in_order = word == "in" && i + 2 < sentence.end && scope.token(i + 1).lower() == "order";
    fronted && (matches!(word, "for" | "to") || in_order)
}

fn draft<'a>(scope: Scope<'a>, sentence: &Range<usize>, i: usize) -> Option<Draft<'a>> {
    let comma = purpose_end(scope, sentence, i)?;
    let speaks = (i..comma).any(|at| {
        let verb = scope.token(at);
        verb.tag() == "VB" && QUOTING.contains(&verb.lower()) && at <= i + 3
    });
    (!speaks).then_some(())?;
    let main = comma + 1..sentence.end;
    let (trigger, condition, head) =
        necessity(scope, main.clone()).or_else(|| duty(scope, i, main))?;
    let lead = if scope.token(i).lower() == "in" { 2 } else { 0 };
    let purpose = i + lead..comma;
    let bare = match scope.token(purpose.start).lower() {
        "to" => purpose.start + 1..comma,
        "for" if trigger.start == i => purpose.start + 1..comma,
        _ => purpose,
    };
    Some(Draft {
        pattern: "purpose",
        trigger: scope.sheet.span(trigger),
        condition: scope.span(scope.inside_quote(i, condition))?,
        consequence: scope
            .sheet
            .text()
            .get(scope.sheet.span(bare.clone()).range())
            .map(|_| scope.sheet.span(bare))
            .filter(|span| !span.is_empty())?,
        head: Some(head),
        force: ConditionForce::Necessary,
        note: "what is needed for a purpose".to_owned(),
    })
}

/// The comma that ends "for X to Y" or "to Y".
fn purpose_end(scope: Scope<'_>, sentence: &Range<usize>, i: usize) -> Option<usize> {
    let limit = sentence.end.min(i + LONGEST_PURPOSE);
    let to = (i..limit).find(|&at| {
        scope.token(at).lower() == "to"
            && at + 1 < limit
            && matches!(scope.token(at + 1).tag(), "VB")
    })?;
    let comma = (to + 1..limit).find(|&at| scope.token(at).text() == ",")?;
    (i..to).all(|at| scope.token(at).text() != ",").then_some(comma)
}

/// "it is necessary (first) to W".
fn necessity<'a>(
    scope: Scope<'a>,
    main: Range<usize>,
) -> Option<(Range<usize>, Range<usize>, Token<'a>)> {
    let at =
        main.clone().take(6).find(|&i| LEXICON.has(Class::Necessity, scope.token(i).lower()))?;
    let first = at + 1 < main.end && scope.token(at + 1).lower() == "first";
    let start = at + 1 + usize::from(first);
    let joint = (start < main.end).then(|| scope.token(start))?;
    matches!(joint.lower(), "to" | "that" | "for")
        .then(|| (at..start, start..main.end, scope.token(at)))
}

/// "Z must W": the clause up to where it turns to degree or circumstance.
fn duty<'a>(
    scope: Scope<'a>,
    trigger: usize,
    main: Range<usize>,
) -> Option<(Range<usize>, Range<usize>, Token<'a>)> {
    let head = main
        .clone()
        .take(16)
        .map(|i| scope.token(i))
        .find(|token| is_verbal(*token) && modal(*token).is_some())?;
    let needs = matches!(head.lemma(), "need" | "have") && child(head, &["xcomp"]).is_some();
    let needs = needs || head.lemma() == "need" && child(head, &["dobj"]).is_some();
    let barred = modal(head) == Some("can") && is_negated(head);
    (needs || barred || matches!(modal(head), Some("must" | "should" | "need" | "have to")))
        .then_some(())?;
    let start = head.left_edge().i().max(main.start);
    let end = (head.i() + 1..main.end).find(|&i| is_degree(scope, i)).unwrap_or(main.end);
    Some((trigger..trigger + 1, start..end, head))
}

/// "as much as", "regarding": where the clause proper is over.
fn is_degree(scope: Scope<'_>, i: usize) -> bool {
    let token = scope.token(i);
    token.lower() == "regarding"
        || token.lower() == "as"
            && matches!(token.head().tag(), "RB" | "JJ")
            && token.dep() == "advmod"
        || matches!(token.text(), ";" | "—" | "–")
}
