//! Conditions of many reports, brought together by what depends on them.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{Annotations, Condition, ConditionId, Document, DocumentId, Story, Thread};

use crate::likeness::{content, share};

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

/// Groups the conditions of each thread, and of each story outside threads, by consequence.
///
/// Single link over shared content words: wordings that are close but not the same stand side by
/// side under one label, the consequence that most others resemble. Groups come by size, then
/// label. Quadratic in the conditions of one thread.
#[must_use]
pub fn condition_groups(
    documents: &[Document],
    annotations: &[Annotations],
    stories: &[Story],
    threads: &[Thread],
) -> Vec<ConditionGroup> {
    let scope = scopes(stories, threads);
    let mut scoped: BTreeMap<usize, Vec<Held<'_>>> = BTreeMap::new();
    for (at, (document, annotations)) in documents.iter().zip(annotations).enumerate() {
        let scope = scope.get(&document.id).copied().unwrap_or(usize::MAX - at);
        let held = annotations.conditions.iter().map(|condition| held(document, condition));
        scoped.entry(scope).or_default().extend(held);
    }
    let mut groups: Vec<ConditionGroup> =
        scoped.into_values().flat_map(|held| group(&held)).collect();
    groups.sort_by(|(a, of_a), (b, of_b)| {
        of_b.len().cmp(&of_a.len()).then(a.cmp(b)).then(of_a.cmp(of_b))
    });
    groups
}

/// For each document the number of its thread, or of its story.
fn scopes(stories: &[Story], threads: &[Thread]) -> BTreeMap<DocumentId, usize> {
    let in_thread: BTreeMap<_, usize> = threads
        .iter()
        .enumerate()
        .flat_map(|(at, thread)| {
            thread.stories.iter().map(move |&story| (story, stories.len() + at))
        })
        .collect();
    let scoped = stories.iter().enumerate().flat_map(|(at, story)| {
        let scope = in_thread.get(&story.id).copied().unwrap_or(at);
        story.documents.iter().map(move |&document| (document, scope))
    });
    scoped.collect()
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
