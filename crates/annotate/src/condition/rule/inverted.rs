//! "Should X happen, Y"; "Were X to happen, Y"; "Had X happened, Y".
//!
//! Hits: *Should the talks fail, the army will move.* / *Had he known, he would have left.*
//! Not: *Should we go?*

use std::ops::Range;

use stemma_english::Token;
use stemma_model::ConditionForce;

use crate::condition::draft::Draft;
use crate::condition::link::Link;
use crate::condition::scope::{Scope, child};

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    sentence
        .filter_map(|i| clause(scope, i).map(|head| (i, head)))
        .filter_map(|(i, head)| draft(scope, i, head))
        .collect()
}

/// The adverbial clause that an inverted auxiliary at `i` opens.
fn clause<'a>(scope: Scope<'a>, i: usize) -> Option<Token<'a>> {
    let aux = scope.token(i);
    if !matches!(aux.lower(), "should" | "were" | "had") {
        return None;
    }
    let head = if matches!(aux.dep(), "aux" | "auxpass") { aux.head() } else { aux };
    let subject = child(head, &["nsubj", "nsubjpass", "expl"])?;
    let inverted = subject.i() > i && subject.i() < head.i() && head.left_edge().i() == i;
    let sentence = scope.sentence(i);
    let question = || sentence.clone().any(|at| scope.token(at).text() == "?");
    let clause = head.dep() == "advcl"
        || matches!(head.dep(), "ccomp" | "nsubj" | "csubj" | "parataxis") && !question();
    (inverted && clause && head.head() != head).then_some(head)
}

fn draft<'a>(scope: Scope<'a>, i: usize, head: Token<'a>) -> Option<Draft<'a>> {
    let end = scope.subtree(head).end;
    let link = Link {
        trigger: i..i + 1,
        after: head,
        body: scope.inside_quote(i, i + 1..end),
        host: Some(head.head()),
    };
    Some(Draft {
        pattern: "inverted",
        trigger: scope.sheet.span(i..i + 1),
        condition: scope.span(link.body.clone())?,
        consequence: scope.span(link.host_range(scope)?)?,
        head: link.host,
        force: ConditionForce::Sufficient,
        note: "an auxiliary before its subject supposes".to_owned(),
    })
}
