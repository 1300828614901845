//! Positions of a holder in one story and the next.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use stemma_model::{
    Earlier, EarlierRelation, EntityId, MovementKind, Position, PositionId, Reason, Stance, State,
};

use super::{Index, Input, Moved, Place};
use crate::likeness::{alike, content};

/// A position of a thread.
struct Held<'a> {
    position: &'a Position,
    place: Place,
    question: BTreeSet<String>,
}

/// What each holder of each thread repeats, changes, or holds for the first time.
pub(super) fn movements(input: &Input<'_>, index: &Index<'_>) -> Vec<Moved> {
    let mut holders: BTreeMap<(usize, EntityId), Vec<Held<'_>>> = BTreeMap::new();
    for position in input.positions {
        let place = position.story.and_then(|story| index.places().story(story));
        if let (Some(place), Some(entity)) = (place, position.entity) {
            let question = content(&position.on);
            let held = Held { position, place, question };
            holders.entry((place.thread, entity)).or_default().push(held);
        }
    }
    holders.into_values().flat_map(|held| of_holder(index, &held)).collect()
}

/// The movements of one holder in one thread, positions of a story that move alike as one.
fn of_holder(index: &Index<'_>, held: &[Held<'_>]) -> Vec<Moved> {
    let by_id: HashMap<PositionId, &Held<'_>> =
        held.iter().map(|held| (held.position.id, held)).collect();
    let mut changed: BTreeMap<(Place, MovementKind, PositionId), Vec<&Held<'_>>> = BTreeMap::new();
    let mut new: Vec<Vec<&Held<'_>>> = Vec::new();
    for later in held {
        match later.position.earlier {
            Some(link) => {
                let earlier = by_id.get(&link.position);
                let between = earlier.filter(|it| it.place.rank < later.place.rank);
                if let Some(earlier) = between {
                    let kind = kind(index, link, earlier.position, later.position);
                    let key = (later.place, kind, link.position);
                    changed.entry(key).or_default().push(later);
                }
            }
            None if came_in(index, held, later) => {
                match new.iter_mut().find(|it| one(it[0], later)) {
                    Some(known) => known.push(later),
                    None => new.push(vec![later]),
                }
            }
            None => {}
        }
    }
    let changed = changed
        .into_iter()
        .map(|((_, kind, earlier), later)| changed_to(index, kind, by_id[&earlier], &later));
    changed.chain(new.iter().map(|later| taken_up(index, later))).collect()
}

/// Whether two first positions of a holder are one: of one story, stance and question.
fn one(a: &Held<'_>, b: &Held<'_>) -> bool {
    a.place == b.place && a.position.stance == b.position.stance && alike(&a.question, &b.question)
}

fn came_in(index: &Index<'_>, held: &[Held<'_>], later: &Held<'_>) -> bool {
    let same = held.iter().filter(|other| alike(&other.question, &later.question));
    let places: Vec<Place> = same.map(|other| other.place).collect();
    index.places().came_in(&places, later.place)
}

/// What a relation is as a movement. Who puts another condition than before holds the same stance,
/// and yet does not repeat what was held.
fn kind(index: &Index<'_>, link: Earlier, earlier: &Position, later: &Position) -> MovementKind {
    match link.relation {
        EarlierRelation::Repeats if other_condition(index, earlier, later) => {
            MovementKind::NewCondition
        }
        EarlierRelation::Repeats => MovementKind::Repeated,
        EarlierRelation::Weakens => MovementKind::Weakened,
        EarlierRelation::Strengthens => MovementKind::Strengthened,
        EarlierRelation::Reverses => MovementKind::Reversed,
    }
}

fn other_condition(index: &Index<'_>, earlier: &Position, later: &Position) -> bool {
    let conditional = |position: &Position| position.stance == Stance::Conditional;
    conditional(earlier)
        && conditional(later)
        && !alike(&conditions(index, earlier), &conditions(index, later))
}

/// The content words of a position's conditions.
fn conditions(index: &Index<'_>, position: &Position) -> BTreeSet<String> {
    let homes = position.evidence.iter().map(|passage| passage.document);
    homes
        .flat_map(|home| position.conditions.iter().map(move |&condition| (home, condition)))
        .filter_map(|key| index.facts.conditions.get(&key))
        .flat_map(|stated| content(index.words(stated.document, stated.condition)))
        .collect()
}

fn changed_to(
    index: &Index<'_>,
    kind: MovementKind,
    earlier: &Held<'_>,
    later: &[&Held<'_>],
) -> Moved {
    let (before, now) = (earlier.position, later[0].position);
    let note = format!("“{}”, then “{}”", before.on, now.on);
    let reason = Reason::new("later-position", note);
    let state = state(index, later);
    Moved {
        entity: now.entity,
        earlier: Some(self::state(index, &[earlier])),
        ..Moved::new(later[0].place, kind, &now.on, state, reason)
    }
}

fn taken_up(index: &Index<'_>, later: &[&Held<'_>]) -> Moved {
    let first = later[0];
    let note = "no earlier story of the thread has a position of the same holder on it";
    let reason = Reason::new("first-position", note);
    let state = state(index, later);
    Moved {
        entity: first.position.entity,
        ..Moved::new(first.place, MovementKind::NewPosition, &first.position.on, state, reason)
    }
}

/// What one story has of some positions.
fn state(index: &Index<'_>, held: &[&Held<'_>]) -> State {
    let positions = || held.iter().map(|held| held.position);
    State {
        date: held[0].position.date,
        positions: positions().map(|position| position.id).collect(),
        conditions: positions().flat_map(|position| position.conditions.iter().copied()).collect(),
        ..index.state(
            index.places().id(held[0].place),
            positions().flat_map(|position| position.evidence.iter().copied()).collect(),
        )
    }
}
