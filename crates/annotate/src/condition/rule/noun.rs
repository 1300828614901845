//! "X is a precondition for Y": a noun that names a condition.
//!
//! Hits: *A ceasefire is a prerequisite for talks.* / *That is the minimum for a deal to hold.*
//! Not: *The patient is in good condition.*

use std::ops::Range;

use stemma_english::Token;

use crate::condition::draft::Draft;
use crate::condition::lexicon::{Class, Entry};
use crate::condition::scope::{Scope, child, is_mark, is_verbal};
use crate::condition::trigger::matches;

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    matches(scope, sentence, Class::Noun)
        .into_iter()
        .filter_map(|(words, entry)| draft(scope, words, entry))
        .collect()
}

fn draft<'a>(scope: Scope<'a>, words: Range<usize>, entry: &Entry) -> Option<Draft<'a>> {
    let noun = scope.token(words.end - 1);
    let (joint, consequence) = dependent(scope, noun)?;
    let start = scope.subtree(noun).start.max(words.start.saturating_sub(4));
    let condition = subject(scope, noun).or_else(|| made(scope, noun))?;
    Some(Draft {
        pattern: "precondition",
        trigger: scope.span(start..joint + 1)?,
        condition: scope.span(condition)?,
        consequence: scope.span(consequence)?,
        head: None,
        force: entry.force,
        note: format!("“{}” names what has to hold", entry.words.join(" ")),
    })
}

/// The word that ties the noun to what depends on it, and that.
fn dependent<'a>(scope: Scope<'a>, noun: Token<'a>) -> Option<(usize, Range<usize>)> {
    let end = scope.sentence(noun.i()).end;
    let joint = noun.i() + 1;
    if joint + 1 >= end || !matches!(scope.token(joint).lower(), "for" | "of" | "to") {
        return None;
    }
    let word = scope.token(joint);
    let head = if word.head().i() > joint { word.head() } else { word.rights().next()? };
    let range = joint + 1..scope.subtree(head).end.max(joint + 2).min(end);
    let plain_of = word.lower() == "of"
        && matches!(noun.lemma(), "condition" | "minimum" | "requirement")
        && !is_verbal(head)
        && !matches!(noun.head().lemma(), "as" | "be");
    (!plain_of).then(|| (joint, scope.inside_quote(noun.i(), range)))
}

/// What is said to be the condition: what "the condition for it is" names, or the subject of "is a
/// precondition"; for "that's the minimum" the clause before.
fn subject<'a>(scope: Scope<'a>, noun: Token<'a>) -> Option<Range<usize>> {
    let clause = noun.head();
    // "A requirement for the bill is a high bar" says what it is like, not what it asks.
    let loose = matches!(noun.lemma(), "requirement" | "minimum")
        && noun.lefts().any(|det| matches!(det.lower(), "a" | "an"));
    if noun.dep() == "nsubj" && clause.lemma() == "be" && clause.i() > noun.i() && !loose {
        let named = child(clause, &["ccomp", "attr", "xcomp", "acl"])?;
        return Some(clause.i() + 1..scope.subtree(named).end);
    }
    if noun.dep() != "attr" || !matches!(clause.lemma(), "be" | "become" | "remain" | "’s" | "'s")
    {
        return None;
    }
    let subject = child(clause, &["nsubj", "nsubjpass", "csubj"])?;
    if !matches!(subject.lower(), "that" | "this" | "which" | "it") {
        return Some(scope.subtree(subject));
    }
    clause_before(scope, subject)
}

/// The last clause that ends before `pronoun` in its sentence, without what introduces it.
fn clause_before<'a>(scope: Scope<'a>, pronoun: Token<'a>) -> Option<Range<usize>> {
    let sentence = scope.sentence(pronoun.i());
    let end = (sentence.start..pronoun.i()).rev().find(|&i| !is_mark(scope.token(i)))? + 1;
    let verb = (sentence.start..end).rev().map(|i| scope.token(i)).find(|t| is_verbal(*t))?;
    let start = scope.subtree(verb).start.max(sentence.start);
    Some(start..end)
}

/// "made X a condition of Y", "as a condition of Y, X".
fn made<'a>(scope: Scope<'a>, noun: Token<'a>) -> Option<Range<usize>> {
    let above = noun.head();
    if above.lower() == "as" {
        let host = scope.clause_of(above);
        // "demanded it as a condition of talks": what was demanded.
        let object = child(host, &["dobj"]).filter(|object| object.i() < above.i());
        if let Some(object) = object {
            return Some(scope.subtree(object).start..scope.subtree(object).end.min(above.i()));
        }
        let whole = scope.subtree(host);
        let hole = scope.subtree(above);
        let side = if host.i() > hole.end { hole.end..whole.end } else { whole.start..hole.start };
        return (!side.is_empty()).then_some(side);
    }
    if above.lemma() == "make" && noun.dep() != "nsubj" {
        let object = child(above, &["dobj", "nsubj", "ccomp"]).filter(|object| *object != noun)?;
        return Some(scope.subtree(object));
    }
    let object = noun.lefts().find(|t| t.dep() == "nsubj")?;
    Some(scope.subtree(object))
}
