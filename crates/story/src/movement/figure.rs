//! Figures that a later story's figure replaces.

use std::collections::BTreeMap;

use jiff::civil::Date;
use stemma_model::{Claim, ClaimStatus, ClaimValue, MovementKind, Passage, Reason, State};

use super::{Index, Input, Moved, Place};

/// A value as one story has it.
#[derive(Clone)]
struct Told<'a> {
    value: &'a ClaimValue,
    evidence: Vec<Passage>,
    /// The first day of a report that has it.
    day: Option<Date>,
}

/// Each value of an updated claim that a story is the first to have, against the last that an
/// earlier story was the first to have.
pub(super) fn movements(input: &Input<'_>, index: &Index<'_>) -> Vec<Moved> {
    let updated = input.claims.iter().filter(|claim| claim.status == ClaimStatus::Updates);
    updated.flat_map(|claim| of_claim(index, claim)).collect()
}

fn of_claim(index: &Index<'_>, claim: &Claim) -> Vec<Moved> {
    let mut first: BTreeMap<Place, Vec<Told<'_>>> = BTreeMap::new();
    for value in &claim.values {
        if let Some((place, told)) = first_told(index, value) {
            first.entry(place).or_default().push(told);
        }
    }
    let moved = first.iter().flat_map(|(&place, values)| {
        let earlier = first.iter().filter(move |&(&other, _)| index.places().before(other, place));
        let last = earlier.flat_map(|(&other, told)| told.iter().map(move |it| (other, it)));
        let last = last.max_by_key(|&(other, told)| (other, told.day));
        values.iter().filter_map(move |told| moved(index, claim, last?, (place, told)))
    });
    moved.collect()
}

/// The first story of a thread that has a value, with its evidence there.
fn first_told<'a>(index: &Index<'_>, value: &'a ClaimValue) -> Option<(Place, Told<'a>)> {
    let at = |passage: &Passage| index.places().document(passage.document);
    let place = value.evidence.iter().filter_map(at).min()?;
    let evidence: Vec<Passage> =
        value.evidence.iter().filter(|passage| at(passage) == Some(place)).copied().collect();
    let day = evidence
        .iter()
        .filter_map(|passage| index.facts.published.get(&passage.document)?.from)
        .min();
    Some((place, Told { value, evidence, day }))
}

/// The movement from one value to another; `None` unless the other's report is the later.
fn moved(
    index: &Index<'_>,
    claim: &Claim,
    (from, earlier): (Place, &Told<'_>),
    (to, later): (Place, &Told<'_>),
) -> Option<Moved> {
    earlier.day.zip(later.day).filter(|(a, b)| a < b)?;
    let note = format!("{}, then {}", earlier.value.value, later.value.value);
    let reason = Reason::new("later-figure", note);
    let state = state(index, to, later);
    Some(Moved {
        earlier: Some(self::state(index, from, earlier)),
        claim: Some(claim.id),
        ..Moved::new(to, MovementKind::UpdatedFigure, &claim.about, state, reason)
    })
}

fn state(index: &Index<'_>, place: Place, told: &Told<'_>) -> State {
    State {
        value: Some(told.value.value.clone()),
        ..index.state(index.places().id(place), told.evidence.clone())
    }
}
