//! "X must Y if it wants to Z": the wish is the consequence, what must be done the condition.
//!
//! Hits: *The firm must cut costs if it wants to survive.* / *It is vital to vote if we want them to
//! lose.* / *They have no choice but to act if they are to win.*
//! Not: *Call me if you want to talk.* (nothing is needed)

use std::ops::Range;

use stemma_english::Token;
use stemma_model::ConditionForce;

use crate::condition::draft::Draft;
use crate::condition::lexicon::{Class, LEXICON};
use crate::condition::link::{Link, link};
use crate::condition::scope::{Scope, child, is_negated, modal};

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    sentence
        .filter(|&i| scope.token(i).lower() == "if")
        .filter_map(|i| link(scope, i..i + 1))
        .filter_map(|link| draft(scope, &link))
        .collect()
}

fn draft<'a>(scope: Scope<'a>, link: &Link<'a>) -> Option<Draft<'a>> {
    let host = link.host.filter(|host| is_needed(*host))?;
    let wanted = wanted(scope, link.after)?;
    let side = link.host_range(scope)?;
    let must = child(host, &["aux"]).filter(|aux| aux.i() < host.i() && side.contains(&aux.i()));
    let condition = match must {
        Some(aux) => aux.i() + 1..side.end,
        None => side,
    };
    Some(Draft {
        pattern: "must-if-wants",
        // One token longer than the plain "if", so that this reading wins.
        trigger: scope.sheet.span(link.trigger.start..link.after.i() + 1),
        condition: scope.span(condition)?,
        consequence: scope.span(scope.inside_quote(link.trigger.start, wanted))?,
        head: Some(link.after),
        force: ConditionForce::Necessary,
        note: "what somebody must do if they want something".to_owned(),
    })
}

/// Whether a clause says what must be: "must", "need to", "is essential", "have no choice".
fn is_needed(host: Token<'_>) -> bool {
    let vital = |word: Token<'_>| LEXICON.has(Class::Necessity, word.lower());
    let forced = |word: Token<'_>| word.lower() == "choice" && is_negated(host);
    matches!(modal(host), Some("must" | "need" | "have to"))
        || host.lemma() == "be" && child(host, &["acomp"]).is_some_and(vital)
        || child(host, &["dobj"]).is_some_and(forced)
}

/// What a verb of wanting wants: the tokens of its infinitive without "to".
pub(super) fn wanted<'a>(scope: Scope<'a>, verb: Token<'a>) -> Option<Range<usize>> {
    // "If it is to pass" wishes as "if it wants to pass" does.
    if !LEXICON.has(Class::Desire, verb.lemma()) && verb.lemma() != "be" {
        return None;
    }
    let infinitive = child(verb, &["xcomp", "ccomp"])
        .filter(|infinitive| child(*infinitive, &["aux"]).is_some_and(|to| to.lower() == "to"))?;
    let range = scope.subtree(infinitive);
    let start = range.start + usize::from(scope.token(range.start).lower() == "to");
    (start < range.end).then_some(start..range.end)
}
