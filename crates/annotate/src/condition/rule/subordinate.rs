//! "If X, Y"; "Y unless X"; "Y, provided that X".
//!
//! Hits: *If the vote fails, the party will split.* / *It will not pass unless the Senate agrees.*
//! Not: *She asked if it would rain.* / *as if*, *even if*, *if any*.

use std::ops::Range;

use stemma_model::ConditionForce;

use crate::condition::draft::Draft;
use crate::condition::lexicon::{Class, Entry, LEXICON};
use crate::condition::link::{Link, link};
use crate::condition::scope::{Scope, is_mark, is_verbal};
use crate::condition::trigger::{is_idiom, matches, preceded_by};

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    matches(scope, sentence, Class::Subordinator)
        .into_iter()
        .filter(|(trigger, _)| !is_idiom(scope, trigger))
        .filter_map(|(trigger, entry)| {
            let link = link(scope, trigger)?;
            accepts(scope, &link, entry).then(|| draft(scope, &link, entry))?
        })
        .collect()
}

fn accepts(scope: Scope<'_>, link: &Link<'_>, entry: &Entry) -> bool {
    let word = entry.words[0].as_str();
    match word {
        "as" | "so" => {
            !preceded_by(scope, &link.trigger, &["for"]) && has_clause(link)
        }
        "if" => !is_question(link),
        "in" | "assuming" | "supposing" | "provided" | "providing" => has_clause(link),
        _ => true,
    }
}

/// Whether what follows the trigger is a clause and not a noun phrase.
fn has_clause(link: &Link<'_>) -> bool {
    is_verbal(link.after)
}

/// "asked if", "see if", "not sure if": the clause is what is asked, not a condition.
fn is_question(link: &Link<'_>) -> bool {
    let asks = matches!(
        link.after.head().lemma(),
        "ask" | "wonder" | "see" | "know" | "sure" | "determine" | "decide" | "doubt" | "check"
            | "unclear" | "question" | "clear" | "matter" | "care" | "find" | "tell" | "say"
            | "certain" | "unsure" | "learn" | "discuss" | "debate" | "consider" | "test"
    );
    let follows = link.after.head().i() < link.trigger.start;
    let touches = link.after.head().i() + 1 == link.trigger.start;
    let complement = matches!(link.after.dep(), "ccomp" | "xcomp" | "pcomp");
    matches!(link.after.dep(), "csubj" | "csubjpass") || follows && asks && (complement || touches)
}

/// The condition and the consequence. Where a fronted clause runs into its consequence without a
/// comma, but a comma follows, the parser drew the line too early: the comma is the line.
fn sides<'a>(scope: Scope<'a>, link: &Link<'a>) -> Option<(Range<usize>, Range<usize>)> {
    let consequence = link.host_range(scope)?;
    let touches = consequence.start == link.body.end;
    let marked = touches && is_boundary(scope.token(consequence.start));
    let fronted = consequence.start > link.trigger.start;
    let comma = consequence.clone().find(|&i| scope.token(i).text() == ",");
    match comma {
        Some(comma) if fronted && touches && !marked && comma + 2 < consequence.end => {
            Some((link.trigger.end..comma, comma + 1..consequence.end))
        }
        _ => Some((link.body.clone(), consequence)),
    }
}

/// Whether a token separates a fronted clause from the main one.
fn is_boundary(token: stemma_english::Token<'_>) -> bool {
    is_mark(token) || matches!(token.lower(), "then" | "and")
}

fn draft<'a>(scope: Scope<'a>, link: &Link<'a>, entry: &Entry) -> Option<Draft<'a>> {
    let (condition, consequence) = sides(scope, link)?;
    let then = scope.token(consequence.start).lower() == "then";
    Some(Draft {
        pattern: pattern(entry),
        trigger: scope.sheet.span(link.trigger.clone()),
        condition: scope.span(condition)?,
        consequence: scope.span(consequence)?,
        head: link.host,
        force: if then { ConditionForce::Sufficient } else { entry.force },
        note: format!("“{}” joins a clause to what hangs on it", entry.words.join(" ")),
    })
}

fn pattern(entry: &Entry) -> &'static str {
    debug_assert!(LEXICON.entries(Class::Subordinator).contains(entry));
    match entry.words[0].as_str() {
        "if" => "if",
        "unless" => "unless",
        "only" | "but" => "only-if",
        "as" | "so" => "as-long-as",
        _ => "provided",
    }
}
