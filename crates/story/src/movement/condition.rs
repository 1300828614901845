//! Conditions on one consequence, stated again or for the first time.

use std::collections::{BTreeSet, HashSet};

use stemma_model::{ConditionId, DocumentId, MovementKind, Reason, State};

use super::facts::Stated;
use super::{Index, Input, Moved, Place};
use crate::likeness::{alike, content};

/// A condition of a thread.
struct Member {
    place: Place,
    stated: Stated,
    words: BTreeSet<String>,
    /// Whether a position of its holder already tells how it moved.
    told: bool,
}

/// What each group of conditions has again or anew in later stories; what is somebody's position is
/// left to positions.
pub(super) fn movements(input: &Input<'_>, index: &Index<'_>) -> Vec<Moved> {
    let told: HashSet<(DocumentId, ConditionId)> = input
        .positions
        .iter()
        .flat_map(|position| {
            let homes = position.evidence.iter().map(|passage| passage.document);
            homes.flat_map(|home| position.conditions.iter().map(move |&id| (home, id)))
        })
        .collect();
    let groups = input.condition_groups.iter();
    groups
        .flat_map(|(label, keys)| {
            let members: Vec<Member> =
                keys.iter().filter_map(|key| member(index, *key, told.contains(key))).collect();
            of_group(index, label, &members)
        })
        .collect()
}

fn member(index: &Index<'_>, key: (DocumentId, ConditionId), told: bool) -> Option<Member> {
    let stated = *index.facts.conditions.get(&key)?;
    let place = index.places().document(key.0)?;
    Some(Member {
        place,
        stated,
        words: content(index.words(stated.document, stated.condition)),
        told,
    })
}

/// How the members of a group that are like each other moved in one story.
struct Step<'m> {
    kind: MovementKind,
    earlier: Vec<&'m Member>,
    later: Vec<&'m Member>,
}

fn of_group(index: &Index<'_>, label: &str, members: &[Member]) -> Vec<Moved> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    for later in members.iter().filter(|member| !member.told) {
        let Some((kind, earlier)) = step(index, members, later) else { continue };
        let known = steps.iter_mut().find(|step| {
            let first = step.later[0];
            step.kind == kind && first.place == later.place && alike(&first.words, &later.words)
        });
        match known {
            Some(step) => step.later.push(later),
            None => steps.push(Step { kind, earlier, later: vec![later] }),
        }
    }
    steps.iter().map(|step| moved(index, label, step)).collect()
}

/// Whether a condition repeats one of an earlier story or is new, and what the last earlier story
/// that has any has; `None` where stories overlap in time, so that neither can be said.
fn step<'m>(
    index: &Index<'_>,
    members: &'m [Member],
    later: &Member,
) -> Option<(MovementKind, Vec<&'m Member>)> {
    let before = |member: &&Member| index.places().before(member.place, later.place);
    let like = |member: &&Member| alike(&member.words, &later.words);
    let repeated = last(members.iter().filter(before).filter(like));
    if !repeated.is_empty() {
        return Some((MovementKind::Repeated, repeated));
    }
    let places: Vec<Place> = members.iter().filter(like).map(|member| member.place).collect();
    let new = index.places().came_in(&places, later.place);
    new.then(|| (MovementKind::NewCondition, last(members.iter().filter(before))))
}

/// Those of the last story.
fn last<'m>(members: impl Iterator<Item = &'m Member> + Clone) -> Vec<&'m Member> {
    let rank = members.clone().map(|member| member.place.rank).max();
    members.filter(|member| Some(member.place.rank) == rank).collect()
}

fn moved(index: &Index<'_>, label: &str, step: &Step<'_>) -> Moved {
    let (rule, note) = match (step.kind, step.earlier.is_empty()) {
        (MovementKind::Repeated, _) => {
            ("repeated-condition", "an earlier story has a condition of like words on it")
        }
        (_, false) => ("other-condition", "earlier stories have no condition of like words on it"),
        (_, true) => ("first-condition", "no earlier story has a condition on it"),
    };
    let earlier = (!step.earlier.is_empty()).then(|| state(index, &step.earlier));
    let later = state(index, &step.later);
    let reason = Reason::new(rule, note);
    Moved { earlier, ..Moved::new(step.later[0].place, step.kind, label, later, reason) }
}

fn state(index: &Index<'_>, members: &[&Member]) -> State {
    let stated = || members.iter().map(|member| member.stated);
    State {
        conditions: stated().map(|stated| stated.id).collect(),
        ..index.state(index.places().id(members[0].place), stated().map(Stated::passage).collect())
    }
}
