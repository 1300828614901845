//! Conditions of many reports, brought together by what depends on them.

use std::collections::BTreeSet;

use stemma_model::{Condition, ConditionId, Document, DocumentId};

use crate::likeness::{content, share};
use crate::question::Attesting;

/// Two consequences are one question from this share of the shorter's content words on, within
/// one thread. Chosen on the seeds' conditions, where "no membership issue to be discussed" and
/// "the question of membership" must meet and "Ukraine to win" stay apart; a thread is narrow
/// enough that one word in three tells the question.
const SAME_QUESTION: f32 = 0.33;

/// A label and the conditions under it.
pub type ConditionGroup = (String, Vec<(DocumentId, ConditionId)>);

/// One condition with what it is grouped by.
struct Held<'a> {
    key: (DocumentId, ConditionId),
    consequence: &'a str,
    words: BTreeSet<String>,
}

/// Groups the conditions of one question by consequence.
///
/// Single link over shared content words: wordings that are close but not the same stand side by
/// side under one label, the consequence that most others resemble. Quadratic in the conditions.
#[must_use]
pub fn condition_groups(question: &[Attesting<'_>]) -> Vec<ConditionGroup> {
    let held: Vec<Held<'_>> = question
        .iter()
        .flat_map(|&(document, annotations)| {
            annotations.conditions.iter().map(|condition| held(document, condition))
        })
        .collect();
    group(&held)
}

/// Puts the groups of all questions in order: by size, then label.
pub fn by_size(groups: &mut [ConditionGroup]) {
    groups.sort_by(|(a, of_a), (b, of_b)| {
        of_b.len().cmp(&of_a.len()).then(a.cmp(b)).then(of_a.cmp(of_b))
    });
}

fn held<'a>(document: &'a Document, condition: &Condition) -> Held<'a> {
    let consequence = document.slice(condition.consequence);
    Held { key: (document.id, condition.id), consequence, words: content(consequence) }
}

fn group(held: &[Held<'_>]) -> Vec<ConditionGroup> {
    let mut group: Vec<usize> = (0..held.len()).collect();
    for (i, a) in held.iter().enumerate() {
        for (j, b) in held.iter().enumerate().skip(i + 1) {
            if likeness(a, b) >= SAME_QUESTION {
                let (keep, drop) = (group[i].min(group[j]), group[i].max(group[j]));
                group.iter_mut().filter(|root| **root == drop).for_each(|root| *root = keep);
            }
        }
    }
    let roots: BTreeSet<usize> = group.iter().copied().collect();
    let members =
        |root: usize| held.iter().zip(&group).filter(move |&(_, &r)| r == root).map(|(h, _)| h);
    roots.into_iter().map(|root| labelled(&members(root).collect::<Vec<_>>())).collect()
}

fn labelled(members: &[&Held<'_>]) -> ConditionGroup {
    let central = |one: &Held<'_>| members.iter().map(|other| likeness(one, other)).sum::<f32>();
    let label = members
        .iter()
        .max_by(|a, b| {
            central(a).total_cmp(&central(b)).then_with(|| b.consequence.cmp(a.consequence))
        })
        .map_or("", |held| held.consequence);
    (label.to_owned(), members.iter().map(|held| held.key).collect())
}

fn likeness(a: &Held<'_>, b: &Held<'_>) -> f32 {
    if a.words.len() <= b.words.len() {
        share(&a.words, &b.words)
    } else {
        share(&b.words, &a.words)
    }
}
