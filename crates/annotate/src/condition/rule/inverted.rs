//! "Should X happen, Y"; "Were X to happen, Y"; "Had X happened, Y"; "Y should X happen".
//!
//! Hits: *Should the talks fail, the army will move.* / *He would have left had he known.*
//! Not: *Should we go?* / *So should we.*

use std::ops::Range;

use stemma_english::Token;
use stemma_model::ConditionForce;

use crate::condition::draft::Draft;
use crate::condition::scope::{Scope, child};
use crate::condition::surface::{before, clause_end, fronted, head, is_fronted};

/// Words after which an auxiliary stands before its subject without supposing anything: "so
/// should we", "than were the others", "what should they do".
const INVERTING: &[&str] =
    &["so", "neither", "nor", "as", "than", "how", "only", "never", "rarely"];

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    sentence
        .filter(|&i| is_inverted(scope, i))
        .filter_map(|i| {
            let (condition, consequence) = sides(scope, i)?;
            draft(scope, i, condition, consequence)
        })
        .collect()
}

/// Whether the auxiliary at `i` stands before its subject and no question or adverb put it there.
pub(in crate::condition) fn is_inverted(scope: Scope<'_>, i: usize) -> bool {
    let aux = scope.token(i);
    if !matches!(aux.lower(), "should" | "were" | "had") || aux.tag() == "VBN" {
        return false;
    }
    let clause = if matches!(aux.dep(), "aux" | "auxpass") { aux.head() } else { aux };
    let before = i.checked_sub(1).filter(|&at| at >= scope.sentence(i).start);
    let asked = before.map(|at| scope.token(at)).is_some_and(|word| {
        INVERTING.contains(&word.lower()) || matches!(word.tag(), "WP" | "WRB" | "WDT")
    });
    let left =
        child(clause, &["nsubj", "nsubjpass", "expl"]).is_some_and(|subject| subject.i() < i);
    let noun = scope.token(i + 1 - usize::from(i + 1 == scope.sheet.doc.len()));
    let subject = matches!(noun.pos(), "DET" | "NOUN" | "PROPN" | "PRON" | "ADJ" | "NUM");
    let denied = matches!(noun.lower(), "n't" | "n’t" | "not");
    subject && !left && !asked && !denied
}

/// The condition and the consequence: divided by a comma where the condition comes first.
fn sides(scope: Scope<'_>, i: usize) -> Option<(Range<usize>, Range<usize>)> {
    let trigger = i..i + 1;
    let sentence = scope.sentence(i);
    let opening = is_fronted(scope, &trigger).then(|| fronted(scope, &trigger));
    let trailing = || {
        let end = clause_end(scope, i + 1, sentence.end);
        Some((scope.inside_quote(i, i + 1..end), before(scope, &trigger)?))
    };
    // After an aside between dashes the clause is behind its main clause all the same.
    let aside = i > sentence.start && matches!(scope.token(i - 1).text(), "—" | "–" | "--");
    let (condition, consequence) = match opening {
        Some(sides) => sides.or_else(|| aside.then(trailing).flatten())?,
        None => trailing()?,
    };
    // "Should statues — of generals, say — come down?": what follows the aside goes on.
    let asked = scope.token(i).lower() == "should"
        && scope.token(consequence.start).tag() == "VB"
        && sentence.clone().any(|at| scope.token(at).text() == "?");
    let question = asked || condition.clone().any(|at| scope.token(at).text() == "?");
    (!question && supposes(scope, i, &condition, &consequence)).then_some((condition, consequence))
}

/// Whether the verbs fit: a bare verb after "should"; after "had" and "were" a main clause that
/// only supposes.
fn supposes(
    scope: Scope<'_>,
    i: usize,
    condition: &Range<usize>,
    consequence: &Range<usize>,
) -> bool {
    let has = |range: &Range<usize>, fits: fn(Token<'_>) -> bool| {
        range.clone().any(|at| fits(scope.token(at)))
    };
    let unreal = |token: Token<'_>| {
        matches!(token.lower(), "would" | "could" | "might" | "'d" | "’d") && token.tag() == "MD"
    };
    match scope.token(i).lower() {
        "should" => !has(condition, |token| matches!(token.tag(), "MD" | "VBD")),
        _ => has(consequence, unreal),
    }
}

fn draft<'a>(
    scope: Scope<'a>,
    i: usize,
    condition: Range<usize>,
    consequence: Range<usize>,
) -> Option<Draft<'a>> {
    let main = head(scope, &consequence);
    Some(Draft {
        pattern: "inverted",
        trigger: scope.sheet.span(i..i + 1),
        condition: scope.span(condition)?,
        consequence: scope.span(consequence)?,
        head: main,
        force: ConditionForce::Sufficient,
        note: "an auxiliary before its subject supposes".to_owned(),
    })
}
