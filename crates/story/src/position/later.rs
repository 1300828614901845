//! How a position stands to the last that its holder took on the same question.

use std::collections::{BTreeMap, BTreeSet};

use stemma_model::{EntityId, Position, Reason, Stance};

use crate::likeness::{content, share};

/// Two positions are on one question from this share of the shorter's content words on: as for
/// sentences that tell the same.
const SAME_QUESTION: f32 = 0.5;

/// Adds to each position's reason how it stands to the holder's last one on the question.
///
/// `positions` are sorted by date. Quadratic only in the positions of one holder.
pub(super) fn relate(positions: &mut [Position]) {
    let mut earlier: BTreeMap<EntityId, Vec<(BTreeSet<String>, usize)>> = BTreeMap::new();
    for at in 0..positions.len() {
        let Some(entity) = positions[at].entity else { continue };
        let question = content(&positions[at].on);
        let known = earlier.entry(entity).or_default();
        let last = known.iter().rev().find(|(other, _)| same(&question, other)).map(|&(_, i)| i);
        if let Some(reason) = last.and_then(|last| relation(&positions[last], &positions[at])) {
            positions[at].reason.parts.push(reason);
        }
        known.push((question, at));
    }
}

fn same(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    if a.len() <= b.len() { share(a, b) >= SAME_QUESTION } else { share(b, a) >= SAME_QUESTION }
}

/// How `later` stands to `earlier`; `None` where one day has both, for then neither is later.
fn relation(earlier: &Position, later: &Position) -> Option<Reason> {
    if earlier.date.compatible(later.date) {
        return None;
    }
    let rule = match (side(earlier.stance), side(later.stance)) {
        (a, b) if a == b => "repeats",
        (Side::With, Side::Conditional) | (Side::Conditional, Side::Against) => "weakens",
        (Side::Conditional, Side::With) | (Side::Against, Side::Conditional) => "strengthens",
        (Side::With, Side::Against) | (Side::Against, Side::With) => "reverses",
        _ => return None,
    };
    let since = earlier.date.to.map(|date| format!(" of {date} or before")).unwrap_or_default();
    Some(Reason::new(rule, format!("the position{since} on “{}”", earlier.on)))
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
