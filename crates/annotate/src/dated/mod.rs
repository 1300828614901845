//! The document's own date.
//!
//! [`stated`] is what the carrier says: metadata, else the address, else a dateline with a year.
//! With none, [`date`] argues an interval from the text: a report is no older than the latest
//! thing it tells as past and no younger than the first thing it tells as yet to come, and months
//! named around `this month` narrow it further. Each bound has its evidence. [`problems`] says
//! what cannot be: days that are on no calendar, and reports that tell of their own future as past.

mod argue;
mod carrier;
mod season;

use jiff::civil::Date;
use stemma_model::{Basis, DateRange, Dated, Problem, Reason, Timex};

use crate::Sheet;

pub(crate) use carrier::{dateline_span, stated};

/// The document's own date: stated by its carrier, or an interval argued from its text.
///
/// `timexes` are the document's, from [`crate::timex::find`].
#[must_use]
pub fn date(sheet: &Sheet<'_>, timexes: &[Timex]) -> Dated {
    match carrier::read(sheet) {
        Some(stated) => stated,
        None => argue::interval(sheet, timexes),
    }
}

/// What is wrong with the document's date.
#[must_use]
pub fn problems(sheet: &Sheet<'_>, timexes: &[Timex], dated: &Dated) -> Vec<Problem> {
    let id = sheet.document.id;
    let mut problems: Vec<Problem> =
        carrier::problems(sheet).into_iter().map(|problem| problem.of(id)).collect();
    if let Some(written) = dated.range.to.filter(|_| dated.basis == Basis::Metadata) {
        problems
            .extend(argue::contradiction(sheet, timexes, written).map(|problem| problem.of(id)));
    }
    problems
}

/// One day, with what it rests on.
fn day(date: Date, basis: Basis, rule: &'static str, note: String) -> Dated {
    Dated {
        range: DateRange::day(date),
        basis,
        evidence: Vec::new(),
        reason: Reason::new(rule, note),
    }
}
