//! "The only way to Y is X": the one way is the condition.
//!
//! Hits: *The only way to win is to vote.* / *The best way to end the war is talks.* (not: "best")

use std::ops::Range;

use stemma_english::Token;
use stemma_model::ConditionForce;

use crate::condition::draft::Draft;
use crate::condition::scope::{Scope, child};

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    sentence
        .map(|i| scope.token(i))
        .filter(|token| matches!(token.lower(), "way" | "path" | "means") && is_only(*token))
        .filter_map(|way| draft(scope, way))
        .collect()
}

fn is_only(noun: Token<'_>) -> bool {
    noun.lefts().any(|child| matches!(child.lower(), "only" | "sole"))
}

fn draft<'a>(scope: Scope<'a>, way: Token<'a>) -> Option<Draft<'a>> {
    let clause = way.head();
    if clause.lemma() != "be" || way.dep() != "nsubj" || clause.i() < way.i() {
        return None;
    }
    let purpose = child(way, &["relcl", "acl", "prep", "advcl", "xcomp"])?;
    let goal = scope.subtree(purpose);
    let start = goal.start.max(way.i() + 1) + usize::from(scope.token(goal.start).lower() == "to");
    let what = clause.i() + 1..scope.subtree(clause).end;
    Some(Draft {
        pattern: "only-way",
        trigger: scope.sheet.span(scope.subtree(way).start..way.i() + 1),
        condition: scope.span(scope.inside_quote(way.i(), what))?,
        consequence: scope.span(start..goal.end.min(clause.i()))?,
        head: Some(purpose),
        force: ConditionForce::Necessary,
        note: "the only way to something".to_owned(),
    })
}
