//! How a position stands to the last that its holder took on the same question.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{Earlier, EarlierRelation, EntityId, Position, Reason, Stance};

use crate::likeness::{alike, content};

/// Says of each position, in a field and in its reason, how it stands to the holder's last one on
/// the question that is of an earlier time.
///
/// `positions` are sorted by date. Quadratic only in the positions of one holder.
pub(super) fn relate(positions: &mut [Position]) {
    let mut earlier: BTreeMap<EntityId, Vec<(BTreeSet<String>, usize)>> = BTreeMap::new();
    for at in 0..positions.len() {
        let Some(entity) = positions[at].entity else { continue };
        let question = content(&positions[at].on);
        let known = earlier.entry(entity).or_default();
        // Where one day has both, neither is later.
        let before = |i: usize| !positions[i].date.compatible(positions[at].date);
        let last = known.iter().rev().find(|(other, i)| before(*i) && alike(&question, other));
        let last = last.map(|&(_, i)| &positions[i]);
        let found = last.and_then(|last| Some((standing(last, &positions[at])?, reason(last))));
        if let Some((earlier, note)) = found {
            let position = &mut positions[at];
            position.earlier = Some(earlier);
            position.reason.parts.push(Reason::new(rule(earlier.relation), note));
        }
        known.push((question, at));
    }
}

/// How `later` stands to `earlier`; `None` where the one asks and the other answers.
fn standing(earlier: &Position, later: &Position) -> Option<Earlier> {
    let relation = match (side(earlier.stance), side(later.stance)) {
        (a, b) if a == b => EarlierRelation::Repeats,
        (Side::With, Side::Conditional) | (Side::Conditional, Side::Against) => {
            EarlierRelation::Weakens
        }
        (Side::Conditional, Side::With) | (Side::Against, Side::Conditional) => {
            EarlierRelation::Strengthens
        }
        (Side::With, Side::Against) | (Side::Against, Side::With) => EarlierRelation::Reverses,
        _ => return None,
    };
    Some(Earlier { position: earlier.id, relation })
}

fn rule(relation: EarlierRelation) -> &'static str {
    match relation {
        EarlierRelation::Repeats => "repeats",
        EarlierRelation::Weakens => "weakens",
        EarlierRelation::Strengthens => "strengthens",
        EarlierRelation::Reverses => "reverses",
    }
}

fn reason(earlier: &Position) -> String {
    let since = earlier.date.to.map(|date| format!(" of {date} or before")).unwrap_or_default();
    format!("the position{since} on “{}”", earlier.on)
}

/// Which way a stance leans on its question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    With,
    Conditional,
    Against,
    Demand,
}

fn side(stance: Stance) -> Side {
    match stance {
        Stance::Supports | Stance::Promises => Side::With,
        Stance::Conditional => Side::Conditional,
        Stance::Opposes | Stance::Refuses | Stance::Threatens => Side::Against,
        Stance::Demands => Side::Demand,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use stemma_model::{DateRange, PositionId};

    use super::*;

    fn position(stance: Stance, month: i8, on: &str) -> Position {
        Position {
            id: PositionId::of(&[on, &month.to_string()]),
            entity: Some(EntityId::of(&["minister"])),
            towards: None,
            on: on.to_owned(),
            stance,
            conditions: vec![],
            date: DateRange::day(date(2025, month, 1)),
            story: None,
            evidence: vec![],
            earlier: None,
            reason: Reason::new("verb", ""),
        }
    }

    #[track_caller]
    fn check(earlier: Stance, later: Stance, on: &str, expected: Option<&str>) {
        let mut both =
            [position(earlier, 1, "reopening the harbour tunnel"), position(later, 2, on)];
        relate(&mut both);
        let found = both[1].reason.parts.first().map(|reason| reason.rule.as_ref());
        assert_eq!(found, expected);
        let earlier = both[1].earlier.map(|earlier| (earlier.position, rule(earlier.relation)));
        assert_eq!(earlier, expected.map(|rule| (both[0].id, rule)));
    }

    #[test]
    fn what_was_held_on_the_same_day_hides_nothing_earlier() {
        let mut three = [
            position(Stance::Promises, 1, "reopening the tunnel"),
            position(Stance::Refuses, 2, "reopening the tunnel"),
            position(Stance::Refuses, 2, "the tunnel’s reopening"),
        ];
        relate(&mut three);
        let reverses = Earlier { position: three[0].id, relation: EarlierRelation::Reverses };
        assert_eq!(three.map(|position| position.earlier), [None, Some(reverses), Some(reverses)]);
    }

    #[test]
    fn later_positions_are_held_against_earlier_ones_on_the_same_question() {
        let tunnel = "the reopening of the tunnel";
        check(Stance::Conditional, Stance::Conditional, tunnel, Some("repeats"));
        check(Stance::Conditional, Stance::Promises, tunnel, Some("strengthens"));
        check(Stance::Promises, Stance::Conditional, tunnel, Some("weakens"));
        check(Stance::Supports, Stance::Refuses, tunnel, Some("reverses"));
        check(Stance::Supports, Stance::Refuses, "a new ferry line", None);
        check(Stance::Supports, Stance::Demands, tunnel, None);
    }
}
