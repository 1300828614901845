//! "X, or Y": what must be, else Y comes.
//!
//! Hits: *Come back with changes or it will be voted down.* / *They must act, or people could die.*
//! / *Towns have to pay or lose their grants.*
//! Not: *They will walk or they will drive.* (a choice)

use std::ops::Range;

use stemma_english::Token;
use stemma_model::ConditionForce;

use crate::condition::draft::Draft;
use crate::condition::scope::{Scope, child, is_mark, is_verbal, modal};
use crate::condition::surface::{before, begins_main, clause_end, is_clause};

/// What nobody chooses: after "or", the price.
const LOSSES: &[&str] = &["face", "risk", "lose", "suffer", "forfeit"];

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    sentence
        .clone()
        .filter(|&i| scope.token(i).lower() == "or" && scope.token(i).dep() == "cc")
        .filter_map(|i| draft(scope, &sentence, i).or_else(|| plain(scope, &sentence, i)))
        .collect()
}

/// "X, or else Y" by its words, for where the parse goes astray at "else".
fn plain<'a>(scope: Scope<'a>, sentence: &Range<usize>, or: usize) -> Option<Draft<'a>> {
    if let Some(sides) = either(scope, sentence, or) {
        return built(scope, or..or + 1, sides.0, sides.1, None);
    }
    let after = or + 2;
    (after < sentence.end && scope.token(or + 1).lower() == "else").then_some(())?;
    let condition = before(scope, &(or..after))?;
    let consequence = after..clause_end(scope, after, sentence.end);
    is_clause(scope, &consequence).then_some(())?;
    built(scope, or..after, condition, consequence, None)
}

/// "Either they agree, or you will pay": two clauses, the second of what would come.
fn either(
    scope: Scope<'_>,
    sentence: &Range<usize>,
    or: usize,
) -> Option<(Range<usize>, Range<usize>)> {
    let either = (sentence.start..or).rev().find(|&i| scope.token(i).lower() == "either")?;
    let opens = either == sentence.start || is_mark(scope.token(either - 1));
    let (first, second) = (either + 1..or, or + 1..clause_end(scope, or + 1, sentence.end));
    let comes = second.clone().any(|i| matches!(scope.token(i).lower(), "will" | "would" | "’ll"));
    let clauses = is_clause(scope, &first) && begins_main(scope, second.start, second.end);
    let command = |range: &Range<usize>| scope.token(range.start).tag() == "VB";
    (opens && comes && clauses && !command(&second)).then_some((first, second))
}

fn draft<'a>(scope: Scope<'a>, sentence: &Range<usize>, or: usize) -> Option<Draft<'a>> {
    let first = scope.token(or).head();
    let other = first.rights().find(|token| token.dep() == "conj" && token.i() > or)?;
    let stressed = or + 1 < sentence.end && scope.token(or + 1).lower() == "else";
    let subject = child(other, &["nsubj", "nsubjpass", "expl"]).filter(|token| token.i() > or);
    (is_verbal(first) && is_verbal(other) && first.i() < or).then_some(())?;
    let threat = match subject {
        Some(_) => threatens(other) && (stressed || is_demand(first)),
        None => LOSSES.contains(&other.lemma()) && !is_choice(first),
    };
    threat.then_some(())?;
    let opening = first
        .lefts()
        .filter(|child| !matches!(child.dep(), "preconj" | "mark" | "punct" | "cc"))
        .map(|child| child.left_edge().i())
        .find(|&i| i >= sentence.start)
        .unwrap_or(first.i());
    let end = clause_end(scope, or + 1, scope.subtree(other).end.min(sentence.end));
    let after = or + 1 + usize::from(stressed);
    built(scope, or..after, opening..or, after..end, Some(other))
}

fn built<'a>(
    scope: Scope<'a>,
    trigger: Range<usize>,
    condition: Range<usize>,
    consequence: Range<usize>,
    head: Option<Token<'a>>,
) -> Option<Draft<'a>> {
    let or = trigger.start;
    Some(Draft {
        pattern: "or-else",
        trigger: scope.sheet.span(trigger),
        condition: scope.span(scope.inside_quote(or, condition))?,
        consequence: scope.span(scope.inside_quote(or, consequence))?,
        head,
        force: ConditionForce::Necessary,
        note: "what comes if the first does not".to_owned(),
    })
}

/// Whether the second clause says what would come.
fn threatens(verb: Token<'_>) -> bool {
    matches!(modal(verb), Some("will" | "would" | "could" | "may" | "might" | "be going to"))
}

/// Whether the first clause demands something: a command, a must, or "either".
fn is_demand(verb: Token<'_>) -> bool {
    let command = verb.tag() == "VB" && child(verb, &["nsubj", "aux"]).is_none();
    let must = matches!(modal(verb), Some("must" | "need" | "have to" | "should"));
    let either = child(verb, &["preconj"]).is_some_and(|word| word.lower() == "either");
    command || must || either
}

/// "may win or lose": both may come.
fn is_choice(verb: Token<'_>) -> bool {
    matches!(modal(verb), Some("will" | "would" | "could" | "may" | "might" | "can"))
        || matches!(verb.lemma(), "win" | "gain" | "succeed")
        || !matches!(verb.tag(), "VB" | "VBP" | "VBZ")
        || child(verb, &["preconj"]).is_some()
}
