//! "The only way to Y is X": the one way is the condition.
//!
//! "Only X can Y": so is the one thing that can.
//!
//! Hits: *The only way to win is to vote.* / *Only a court can end this.*
//! Not: *Only 400 will move.* / *The best way to end the war is talks.*

use std::ops::Range;

use stemma_english::Token;
use stemma_model::ConditionForce;

use crate::condition::draft::Draft;
use crate::condition::scope::{Scope, child, is_negated};
use crate::condition::surface::clause_end;

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    let only_can = sentence
        .clone()
        .map(|i| scope.token(i))
        .filter(|token| matches!(token.dep(), "nsubj" | "nsubjpass"))
        .filter_map(|subject| enabler(scope, subject));
    sentence
        .map(|i| scope.token(i))
        .filter(|token| {
            matches!(token.lower(), "way" | "path" | "means" | "thing") && is_only(*token)
        })
        .filter_map(|way| draft(scope, way).or_else(|| plain(scope, way)))
        .chain(only_can)
        .collect()
}

/// "Only X can Y": the subject is the condition.
fn enabler<'a>(scope: Scope<'a>, subject: Token<'a>) -> Option<Draft<'a>> {
    let verb = subject.head();
    let range = scope.subtree(subject);
    let only = scope.token(range.start);
    let can =
        child(verb, &["aux"]).filter(|aux| matches!(aux.lower(), "can" | "could" | "will"))?;
    // "Only time will tell"; "If only they could".
    let wished = range.start > 0 && scope.token(range.start - 1).lower() == "if";
    // "Only 400 will move", "only 400 members will vote" count; "only the Ninth Circuit can" does
    // not.
    let counts = subject.pos() == "NUM" || child(subject, &["nummod"]).is_some();
    let idle = wished || counts || subject.lower() == "time" && verb.lemma() == "tell";
    if idle
        || only.lower() != "only"
        || can.i() < subject.i()
        || is_negated(verb)
        || range.len() < 2
    {
        return None;
    }
    Some(Draft {
        pattern: "only-can",
        trigger: scope.sheet.span(range.start..range.start + 1),
        condition: scope.span(range.start + 1..range.end)?,
        consequence: scope
            .span(scope.inside_quote(verb.i(), can.i() + 1..scope.subtree(verb).end))?,
        head: Some(verb),
        force: ConditionForce::Necessary,
        note: "only one thing makes it possible".to_owned(),
    })
}

/// The longest purpose of an only way that is read without a parse, in tokens.
const LONGEST_PURPOSE: usize = 16;

/// "The only way to Y is to X" by its words, for where the parse takes "is" for a part of Y.
fn plain<'a>(scope: Scope<'a>, way: Token<'a>) -> Option<Draft<'a>> {
    let end = scope.sentence(way.i()).end;
    let to = way.i() + 1;
    let infinitive =
        |i: usize| i + 1 < end && scope.token(i).tag() == "TO" && scope.token(i + 1).tag() == "VB";
    infinitive(to).then_some(())?;
    let is = (to + 2..end.min(to + LONGEST_PURPOSE)).find(|&i| {
        matches!(scope.token(i).lower(), "is" | "was" | "’s" | "'s")
            && (infinitive(i + 1) || i + 1 < end && scope.token(i + 1).lower() == "by")
    })?;
    let stop = clause_end(scope, is + 1, end);
    Some(Draft {
        pattern: "only-way",
        trigger: scope.sheet.span(scope.subtree(way).start.min(way.i())..way.i() + 1),
        condition: scope.span(scope.inside_quote(way.i(), is + 1..stop))?,
        consequence: scope.span(to + 1..is)?,
        head: Some(scope.token(to + 1)),
        force: ConditionForce::Necessary,
        note: "the only way to something".to_owned(),
    })
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
    // "The only thing that would help": what it would do, not that it would do it.
    let lasting = way.lower() == "thing";
    let able = child(purpose, &["aux"])
        .filter(|aux| matches!(aux.lower(), "would" | "can" | "could" | "will"))
        .filter(|aux| matches!(scope.token(aux.i() - 1).lower(), "that" | "which"));
    (!lasting || able.is_some()).then_some(())?;
    let goal = scope.subtree(purpose);
    let opening = goal.start.max(way.i() + 1);
    let start = match able.filter(|_| lasting) {
        Some(aux) => aux.i() + 1,
        None => opening + usize::from(scope.token(opening).lower() == "to"),
    };
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
