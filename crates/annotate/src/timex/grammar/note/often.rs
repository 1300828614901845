//! Sets in shorthand: `every monday`, `each monday at 4pm`, `every weekday`, `weekends`, `any
//! year`, `tuesday afternoons`, `semi-annually`.

use super::super::super::atom::Cursor;
use super::super::super::meaning::{Length, Meaning};
use super::super::super::unit::Unit;
use super::super::Read;
use super::clock::{Time, time};
use super::{day, weekday};

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    let (value, end) = of_days(start)
        .or_else(|| any(start))
        .or_else(|| adverb(start))
        .or_else(|| plurals(start))
        .or_else(|| day_of_every_month(start))?;
    Some((Meaning::Often(value), end))
}

/// `every monday at 4pm`, `every day at 7:13 p.m.`, `3pm each day`, `Thursdays at 17.30`.
fn of_days(start: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let lead = time(start).and_then(|(time, end)| Some((time.firmly()?, end)));
    let at = lead.as_ref().map_or(start, |(_, end)| *end);
    let (days, end) = recurring(at)?;
    if let Some((time, _)) = lead {
        return Some((days + &time.value(), end));
    }
    let at = end.eat_any(&["at", "around"]).unwrap_or(end);
    match time(at).map(|(time, end)| (time, end, time.firmly())) {
        Some((_, end, Some(clock))) => Some((days + &clock.value(), end)),
        Some((Time { clock, .. }, last, None)) if at.at > end.at => {
            Some((days + &clock.value(), last))
        }
        _ if days == "XXXX-XX-XX" => None,
        _ => Some((days, end)),
    }
}

/// The days of a set: `every monday`, `each day`, `everyday`, `Thursdays`.
fn recurring(start: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    if let Some(end) = start.eat("everyday") {
        return Some(("XXXX-XX-XX".to_owned(), end));
    }
    if let Some(at) = start.eat_any(&["every", "each"]) {
        if let Some((day, end)) = weekday(at) {
            return Some((format!("XXXX-WXX-{day}"), end));
        }
        if let Some(end) = at.eat("day").or_else(|| at.eat("evening")).or_else(|| at.eat("morning"))
        {
            return Some(("XXXX-XX-XX".to_owned(), end));
        }
        return None;
    }
    let singular = start.word().strip_suffix('s')?;
    let entry = super::super::super::lexicon::Lexicon::get().entry(singular);
    let day = entry.weekday.filter(|_| !entry.short)?;
    Some((format!("XXXX-WXX-{day}"), start.next()))
}

/// `any year`, `every weekday`, `all weekends`, `weekends`, `every night`.
fn any(start: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let at = start.eat_any(&["any", "every", "each", "all"]).unwrap_or(start);
    if at.any(&["weekday", "weekdays"]) {
        return Some(("P1WD".to_owned(), at.next()));
    }
    let kind = at.entry().unit?;
    if kind == Unit::Weekend && (at.at > start.at || at.entry().plural) {
        return Some((Length::of(Some(1.0), kind).value(), at.next()));
    }
    let brought = start.any(&["any"]) && !at.entry().plural && kind >= Unit::Day;
    if brought {
        return Some((Length::of(Some(1.0), kind).value(), at.next()));
    }
    let part = at.entry().part.filter(|_| start.any(&["every", "each"]))?;
    Some((format!("XXXX-XX-XXT{}", part.letters()), at.next()))
}

/// `semi-annually`, `bi-monthly`, `quarterly`, `annual`.
fn adverb(start: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    if let Some(end) = start.eat_any(&["semiannual", "semiannually"]) {
        return Some(("P6M".to_owned(), end));
    }
    if let Some(at) = start.eat_any(&["semi", "bi"]).map(Cursor::skip_hyphen) {
        let (value, half) = (at.entry().set.as_deref()?, start.is("semi"));
        let value = match (value, half) {
            ("P1Y", true) => "P6M",
            ("P1M", false) => "P2M",
            ("P1W", false) => "P2W",
            ("P1Y", false) => "P2Y",
            _ => return None,
        };
        return Some((value.to_owned(), at.next()));
    }
    let value = start.entry().set.as_ref()?;
    Some((value.clone(), start.next()))
}

/// `mornings`, `in the mornings`, `tuesday afternoons`.
fn plurals(start: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let (day, at) = match weekday(start) {
        Some((day, end)) => (format!("XXXX-WXX-{day}"), end),
        None => ("XXXX-XX-XX".to_owned(), start),
    };
    let part = at.entry().part.filter(|_| at.word().ends_with('s'))?;
    Some((format!("{day}T{}", part.letters()), at.next()))
}

/// `the 19th of every month`.
fn day_of_every_month(start: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let (day, end) = day::day_number(start.skip("the"))?;
    let at = end.eat("of")?.eat_any(&["every", "each"])?;
    let end = at.eat("month")?;
    Some((format!("XXXX-XX-{day:02}"), end))
}
