//! Recurring times: `daily`, `every day`, `each July`, `every other week`, `twice a week`,
//! `Mondays`, `annually`.
//!
//! Not: `the Daily Mail`, `every other country`, `each of the years`.

use super::super::atom::Cursor;
use super::super::meaning::{Length, Meaning};
use super::super::number::plain;
use super::super::unit::Unit;
use super::Read;

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    let (value, end) = adverb(start)
        .or_else(|| every(start))
        .or_else(|| rate(start))
        .or_else(|| weekdays(start))?;
    Some((Meaning::Often(value), end))
}

/// `daily`, unless it is part of a name.
fn adverb(start: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let value = start.entry().set.as_ref()?;
    let named = start.capital() && (start.next().capital() || !start.starts_line());
    let name_before =
        start.capital() && start.back().is_some_and(|back| back.capital() || back.is("the"));
    let before_name = !start.starts_line() && start.next().capital() && start.is("daily");
    let twice = start.any(&["annual", "biweekly", "quarterly"]);
    let left_out = named || name_before || before_name || twice || is_rate(start);
    (!left_out).then(|| (value.clone(), start.next()))
}

/// Whether an adverb says per what an amount counts, as in `8.5% annually`, `average daily
/// volume`, or how common a thing is, as in `an everyday matter`; in a note nothing else is meant
/// by it than how often.
fn is_rate(start: Cursor<'_>) -> bool {
    /// Words between an amount and its rate: `10,000 units annually`.
    const REACH: usize = 2;
    let steps = || std::iter::successors(start.back(), |at| at.back()).take(REACH);
    let amount = |at: Cursor<'_>| {
        at.eat_digits().is_some() || at.mark() == Some('%') || at.entry().scale.is_some()
    };
    let common = start.is("everyday")
        && start.back().is_some_and(|back| back.any(&["a", "an", "the", "his", "her", "their"]));
    let average = start.back().is_some_and(|back| back.any(&["average", "total", "mean"]));
    !start.page.note && (steps().any(amount) || common || average)
}

/// `every day`, `each of the past`, `every two weeks`, `every other year`, `every Monday`,
/// `each July`, `every summer`, `every morning`.
fn every(start: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let at = start.eat_any(&["every", "each"])?.skip("single");
    let (amount, unit) = match () {
        () if at.is("other") => (2.0, at.next()),
        () => plain(at).map_or((1.0, at), |number| (number.value, number.end)),
    };
    let entry = unit.entry();
    let end = unit.next();
    if let Some(kind) = entry.unit.filter(|kind| *kind != Unit::Season) {
        return Some((Length::of(Some(amount), kind).value(), end));
    }
    if let Some(month) = entry.month.filter(|_| unit.capital()) {
        return Some((format!("XXXX-{month:02}"), end));
    }
    if let Some(season) = entry.season {
        return Some((format!("XXXX-{}", season.letters()), end));
    }
    if let Some(day) = entry.weekday.filter(|_| unit.capital()) {
        return Some((format!("XXXX-WXX-{day}"), end));
    }
    entry.part.map(|part| (format!("XXXX-XX-XXT{}", part.letters()), end))
}

/// `a day` after `times`, `once` or `twice`: `three times a week`.
fn rate(start: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let unit = start.eat_any(&["a", "an", "per"])?;
    let kind = unit.entry().unit.filter(|_| !unit.entry().plural)?;
    let back = start.back()?;
    let counted = back.any(&["times", "once", "twice"]);
    counted.then(|| (Length::of(Some(1.0), kind).value(), unit.next()))
}

/// `Mondays`, `Tuesday afternoons`.
fn weekdays(start: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let singular = start.word().strip_suffix('s').filter(|_| start.capital())?;
    let day = super::super::lexicon::Lexicon::get().entry(singular);
    let weekday = day.weekday.filter(|_| !day.short)?;
    Some((format!("XXXX-WXX-{weekday}"), start.next()))
}
