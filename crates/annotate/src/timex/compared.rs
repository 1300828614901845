//! What a report's figures are of, and what they are compared with: the quarter, the nine months,
//! and the same a year before.

use jiff::civil::Date;

use super::direction::Direction;
use super::meaning::{Meaning, Say, Which, Year};
use super::resolve::{Basis, Context, Resolved, distance, from_written, in_year, resolve};
use super::unit::Unit;
use super::when::{When, add, containing};

/// Keeps a quarter as the one reported on, if it is.
pub(super) fn note(context: &mut Context, when: &When, meaning: &Meaning, index: usize) {
    let compared = matches!(meaning, Meaning::Date(Say::YearEarlier(_) | Say::YearBefore));
    let quarter = matches!(when, When::Quarter(..) | When::Fiscal(..));
    if !quarter || compared || !is_reported(when, context.written) {
        return;
    }
    context.longer = false;
    if replaces(when, context) {
        context.quarter = Some((when.clone(), index));
    }
}

/// `the quarter`, `the latest quarter`: the one spoken of, else the last that is over.
pub(super) fn unnumbered_quarter(year: Year, context: &Context) -> Resolved {
    if let Year::Given(year) = year {
        return match context.quarter.as_ref().map(|(quarter, _)| quarter) {
            Some(When::Quarter(_, n)) => (When::Quarter(year, *n), Basis::Itself),
            Some(quarter @ When::Fiscal(known, ..)) => {
                let moved = quarter.moved(i32::from(year) - i32::from(*known), Unit::Year);
                (moved.unwrap_or(When::Year(year)), Basis::Itself)
            }
            _ => (When::Year(year), Basis::Itself),
        };
    }
    let last = year == Year::Relative(Which::Last);
    let steps = if last { -1 } else { 0 };
    if let Some((quarter, index)) = &context.quarter
        && let Some(when) = quarter.moved(steps, Unit::Year)
    {
        return (when, Basis::Spoken(*index));
    }
    from_written(context, "XXXX-QX", |written| {
        containing(written, Unit::Quarter).moved(-1, Unit::Quarter)?.moved(steps, Unit::Year)
    })
}

/// A quarter as a company counts them. Its year is that of the calendar's quarter of its number
/// which is nearest, as TimeML has it; one that ends with that quarter is that.
pub(super) fn fiscal_quarter(n: i8, year: Year, last: Option<&Say>, context: &Context) -> Resolved {
    /// Days between the ends of a month and of a company's quarter that is meant to end with it.
    const AROUND: i32 = 7;
    let ended = last.and_then(|last| resolve(last, context).0.last());
    let context = &Context { direction: reported(context.direction), ..context.clone() };
    let tail = format!("Q{n}");
    let (label, basis) = in_year(year, context, &tail, |year| Some(When::Quarter(year, n)));
    let calendar =
        ended.is_some_and(|day| distance(&label, day) == 0 && is_end(&label, day, AROUND));
    match label {
        When::Quarter(year, _) if !calendar => (When::Fiscal(year, n, ended), basis),
        label => (label, basis),
    }
}

/// Whether a day is at most so many days from the end of a stretch.
fn is_end(when: &When, day: Date, days: i32) -> bool {
    when.last().is_some_and(|last| distance(&When::Day(last), day) <= days)
}

/// The quarter up to a date: the company's that is reported on, where its count is its own, else
/// the calendar's that holds most of those three months.
pub(super) fn quarter_ending(last: &Say, context: &Context) -> Resolved {
    /// Days from the middle of a quarter to its end.
    const HALF: i32 = 45;
    let (when, basis) = resolve(last, context);
    let Some(day) = when.last() else {
        return (When::Open("XXXX-QX".into()), Basis::Missing);
    };
    if let Some((When::Fiscal(year, n, None), _)) = context.quarter {
        return (When::Fiscal(year, n, Some(day)), basis);
    }
    match add(day, -HALF, Unit::Day).map(|middle| containing(middle, Unit::Quarter)) {
        Some(When::Quarter(year, n)) if !is_end(&When::Quarter(year, n), day, 7) => {
            (When::Fiscal(year, n, Some(day)), basis)
        }
        Some(quarter) => (quarter, basis),
        None => (when, basis),
    }
}

/// A year before the stretch reported on: before its quarter where quarters are compared, before
/// the year where nine months are; else a year before the writing.
pub(super) fn year_earlier(unit: Option<Unit>, context: &Context) -> Resolved {
    if unit == Some(Unit::Decade) {
        return from_written(context, "XXXX", |written| {
            Some(When::Year(add(written, -10, Unit::Year)?.year()))
        });
    }
    let of_quarter = unit == Some(Unit::Quarter) || !context.longer;
    if of_quarter
        && let Some((quarter, index)) = &context.quarter
        && let Some(when) = quarter.moved(-1, Unit::Year)
    {
        return (when, Basis::Spoken(*index));
    }
    if unit == Some(Unit::Quarter) {
        return from_written(context, "XXXX-QX", |written| {
            containing(written, Unit::Quarter).moved(-1, Unit::Quarter)?.moved(-1, Unit::Year)
        });
    }
    from_written(context, "XXXX", |written| Some(When::Year(written.year() - 1)))
}

/// A year before the year gone that the sentence speaks of, else before what is reported on.
pub(super) fn year_before(context: &Context) -> Resolved {
    let gone = |year: i16| context.written.is_some_and(|written| written.year() > year);
    match context.spoken {
        Some((When::Year(year), index)) if context.near && gone(year) => {
            (When::Year(year - 1), Basis::Spoken(index))
        }
        _ => year_earlier(Some(Unit::Year), context),
    }
}

/// Quarters are told of when they are reported, so a clause that looks forward (`expects
/// third-quarter results`) says nothing about them.
pub(super) fn reported(direction: Direction) -> Direction {
    if direction.is_ahead() { Direction::Unknown } else { direction }
}

/// Whether a quarter can be the one that a report is of: not one that is compared with, a year
/// before the writing and more.
fn is_reported(quarter: &When, written: Option<Date>) -> bool {
    let year_before = written.and_then(|written| add(written, -1, Unit::Year));
    let last = match quarter {
        When::Fiscal(year, n, None) => When::Quarter(*year, *n).last(),
        quarter => quarter.last(),
    };
    year_before.zip(last).is_none_or(|(day, last)| last >= day)
}

/// Whether a quarter takes the place of the one reported on: a later one that is over, as a
/// report looks back from there at others (`after a flat second quarter`) and ahead (`a
/// fourth-quarter charge`); or one that a company counts for itself.
fn replaces(quarter: &When, context: &Context) -> bool {
    let Some((known, _)) = &context.quarter else { return true };
    if let (When::Fiscal(.., last), When::Fiscal(.., known)) = (quarter, known) {
        return last.is_none() || known.is_none() || last > known;
    }
    let over = |quarter: &When| quarter.last() < context.written;
    let own = matches!(quarter, When::Fiscal(.., None));
    own || over(quarter) && (!over(known) || quarter.first() > known.first())
}
