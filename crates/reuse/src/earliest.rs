//! Which of several documents may have had a passage first.

use jiff::civil::Date;
use stemma_model::Earliest;

use crate::Witness;

/// Those that no other is known to precede, with why. A document without a date stays a
/// candidate, as does any whose possible days overlap with the earliest's.
pub(crate) fn earliest(witnesses: &[&Witness<'_>]) -> Earliest {
    let first_end: Option<Date> = witnesses.iter().filter_map(|w| w.date?.to).min();
    let may = |witness: &&&Witness<'_>| match (witness.date.and_then(|date| date.from), first_end) {
        (Some(from), Some(end)) => from <= end,
        _ => true,
    };
    let mut candidates: Vec<_> = witnesses.iter().filter(may).map(|w| w.id).collect();
    candidates.sort();
    candidates.dedup();
    let undated = witnesses.iter().filter(|w| w.date.is_none_or(|d| d.from.is_none())).count();
    let why = why(candidates.len(), witnesses.len(), undated, first_end);
    Earliest { candidates, why }
}

fn why(candidates: usize, of: usize, undated: usize, first_end: Option<Date>) -> String {
    match (first_end, undated) {
        (None, _) => "no date is known".to_owned(),
        (Some(day), 0) if candidates == 1 => {
            format!("the only one dated {day} or before; a common source stays possible")
        }
        (Some(day), 0) if candidates == of => format!("all can be from {day}"),
        (Some(day), 0) => format!("{candidates} of {of} can be from {day}, the others are later"),
        (Some(day), _) => {
            format!("the earliest known date is {day}; for {undated} no date is known")
        }
    }
}

#[cfg(test)]
mod tests {
    use stemma_model::{DateRange, DocumentId};

    use super::*;

    fn check(dates: &[Option<&str>], expected: usize, why: &str) {
        let witnesses: Vec<Witness<'_>> = dates
            .iter()
            .enumerate()
            .map(|(i, date)| Witness {
                date: date.map(|date| DateRange::day(date.parse().expect("a date"))),
                ..Witness::new(DocumentId::from_number(i as u64), "")
            })
            .collect();
        let found = earliest(&witnesses.iter().collect::<Vec<_>>());
        assert_eq!(found.candidates.len(), expected);
        assert!(found.why.contains(why), "{}", found.why);
    }

    #[test]
    fn unknown_times_stay_open() {
        check(&[Some("2025-03-04"), Some("2025-03-05")], 1, "only one dated 2025-03-04");
        check(&[Some("2025-03-04"), None], 2, "for 1 no date is known");
        check(&[Some("2025-03-04"), Some("2025-03-04")], 2, "all can be from");
        check(&[None, None], 2, "no date is known");
    }
}
