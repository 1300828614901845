//! "X must first happen before Y can": what has to come first is the condition.
//!
//! Hits: *They must first disarm before talks can start.* / *The court must rule before we act.*
//! / *There is no way to leave before having a plan.*
//! Not: *He ate before he left.*

use std::ops::Range;

use stemma_english::Token;
use stemma_model::ConditionForce;

use super::temporal::is_reporting;
use crate::condition::draft::Draft;
use crate::condition::link::{Link, link};
use crate::condition::scope::{Scope, child, is_negated, is_past, is_time, is_verbal, modal};
use crate::condition::surface::before;

/// How many clauses up a denial still reaches: "there is no way to leave before".
const MOST_ABOVE: usize = 2;

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    sentence
        .filter(|&i| scope.token(i).lower() == "before")
        .filter_map(|i| link(scope, i..i + 1))
        .filter_map(|link| draft(scope, &link).or_else(|| denied(scope, &link)))
        .collect()
}

fn draft<'a>(scope: Scope<'a>, link: &Link<'a>) -> Option<Draft<'a>> {
    let host = link
        .host
        .filter(|host| is_needed(*host) && !is_negated(*host) && !is_past(link.after))
        .filter(|host| !(host.dep() == "xcomp" && is_negated(host.head())))?;
    // "would begin a waiting period before he could quit": what will be is not yet what must be.
    let needs = |verb: Token<'_>| matches!(verb.lemma(), "need" | "have");
    let must = needs(host) || host.dep() == "xcomp" && needs(host.head());
    let told = matches!(modal(host), Some("will" | "would")) && !must;
    let opens = !told
        && modal(link.after).is_some_and(|modal| matches!(modal, "can" | "could" | "may"))
        || host.children().any(|child| child.lower() == "first");
    if !is_verbal(link.after) || !opens && !matches!(modal(host), Some("must" | "need" | "have to"))
    {
        return None;
    }
    let (trigger, condition) = requirement(scope, host, link)?;
    Some(Draft {
        pattern: "must-first",
        trigger: scope.sheet.span(trigger),
        condition: scope.span(condition)?,
        consequence: scope.span(outcome(scope, link))?,
        head: Some(link.after),
        force: ConditionForce::Necessary,
        note: "what must come before".to_owned(),
    })
}

/// "no Y before X": what may not come before something waits for it.
fn denied<'a>(scope: Scope<'a>, link: &Link<'a>) -> Option<Draft<'a>> {
    let host = link.host?;
    let refused = std::iter::once(host)
        .chain(host.ancestors().take(MOST_ABOVE))
        .find(|above| is_verbal(*above) && is_negated(*above) && !is_past(*above))
        // "does not have to wait long before": nothing is needed.
        .filter(|above| !matches!(modal(*above), Some("have to" | "need")))?;
    let consequence = before(scope, &link.trigger)?;
    let object = matches!(scope.token(link.trigger.end).lower(), "us" | "me" | "him" | "them");
    // "not authorized to speak before": why a source is not named.
    let idle = matches!(refused.lemma(), "wait" | "authorize");
    // "for more than a month before", "if they are not confirmed before".
    let measured = is_time(scope.token(link.trigger.start.saturating_sub(1)));
    let supposed = child(refused, &["mark"]).is_some_and(|mark| mark.lower() == "if");
    let idle = idle || measured || supposed || is_reporting(scope, link);
    let waits = !idle && is_verbal(link.after) && !is_past(link.after) && !object;
    (waits && consequence.contains(&refused.i())).then_some(())?;
    Some(Draft {
        pattern: "not-before",
        trigger: scope.sheet.span(link.trigger.clone()),
        condition: scope.span(link.body.clone())?,
        consequence: scope.span(consequence)?,
        head: Some(refused),
        force: ConditionForce::Necessary,
        note: "what may not come before it".to_owned(),
    })
}

/// Whether the host says that something has to be.
fn is_needed(host: Token<'_>) -> bool {
    matches!(modal(host), Some("must" | "should" | "need" | "have to" | "will" | "would"))
}

/// The trigger ("must first", else "before") and the condition: what follows "must first" where
/// the subject is that of the consequence, else the whole clause before.
fn requirement<'a>(
    scope: Scope<'a>,
    host: Token<'a>,
    link: &Link<'a>,
) -> Option<(Range<usize>, Range<usize>)> {
    let whole = link.host_range(scope)?;
    let aux = child(host, &["aux"])?;
    let first = aux.i() + 1;
    if aux.i() < host.i() && scope.token(first).lower() == "first" {
        Some((aux.i()..first + 1, first + 1..whole.end))
    } else {
        // "Aside from all that, the court must rule": the clause opens with its subject.
        let subject = child(host, &["nsubj", "nsubjpass", "expl"]).map(|t| t.left_edge().i());
        let start = subject.filter(|&i| whole.contains(&i)).unwrap_or(whole.start);
        Some((link.trigger.clone(), start..whole.end))
    }
}

/// What has to wait: of "it could hope to join" only "join".
fn outcome<'a>(scope: Scope<'a>, link: &Link<'a>) -> Range<usize> {
    super::desire::wanted(scope, link.after).unwrap_or_else(|| link.body.clone())
}
