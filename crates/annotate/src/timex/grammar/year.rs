//! Years, decades and centuries: `1998`, `’98`, `fiscal 1989`, `the 1980s`, `the 20th century`.
//!
//! Not: `1998 miles`, `$1990`, `room 2015`, `1,990`, `the ’68 Mustang` without a preposition.

use super::super::atom::Cursor;
use super::super::meaning::{Meaning, Say};
use super::super::number::{ordinal, spelled_year};
use super::super::unit::Unit;
use super::{Read, narrowing, the};

/// Years that stand without any other sign of a date.
const BARE_YEARS: std::ops::RangeInclusive<u32> = 1500..=2100;

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    let inner = narrowing(start).or_else(|| start.eat_hyphen()).unwrap_or(start);
    let long = part_of(start).unwrap_or(inner);
    decade(the(long))
        .or_else(|| century(the(long)))
        .or_else(|| fiscal(the(inner)))
        .or_else(|| alone(start, if inner.at > start.at { the(inner) } else { start }))
}

/// Past `the last half of`, `the early part of`: half a decade has no value of its own.
fn part_of(start: Cursor<'_>) -> Option<Cursor<'_>> {
    let which = the(start).eat_any(&["first", "second", "last", "latter", "early", "later"])?;
    which.eat_any(&["half", "part"])?.eat("of")
}

/// A year where nothing speaks against it.
fn alone<'p>(start: Cursor<'p>, inner: Cursor<'p>) -> Read<'p> {
    if let Some((year, end)) = spelled_year(inner).filter(|_| introduced(start)) {
        return Some((Meaning::Date(Say::Year(year)), end));
    }
    if let Some((from, to, end)) = two_years(inner) {
        let say = |year| Box::new(Say::Year(year));
        return Some((Meaning::Date(Say::Range(say(from), say(to))), end));
    }
    if let Some(named) = named_year(start) {
        return Some(named);
    }
    let (year, end) = four_digits(inner).or_else(|| short(start, inner))?;
    let and_on = end.eat_all("and beyond").or_else(|| end.eat_all("or later"));
    (and_on.is_some() || is_free(inner, end))
        .then(|| (Meaning::Date(Say::Year(year)), and_on.unwrap_or(end)))
}

/// `the year 2000`.
fn named_year(start: Cursor<'_>) -> Read<'_> {
    let at = start.eat_all("the year")?;
    let (year, end) = four_digits(at)?;
    is_free(at, end).then_some((Meaning::Date(Say::Year(year)), end))
}

/// Four digits in the range of years.
pub(super) fn four_digits(at: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    let (value, 4, end) = at.eat_digits()? else { return None };
    BARE_YEARS.contains(&value).then_some((value as i16, end))
}

/// A year and the next: `the 1984-85 season`, `1988/89`.
pub(super) fn two_years(at: Cursor<'_>) -> Option<(i16, i16, Cursor<'_>)> {
    let (first, after) = four_digits(at)?;
    let glued = matches!(after.mark(), Some('-' | '–' | '/')) && after.glued();
    let (last, 2, end) = after.next().eat_digits().filter(|_| glued)? else { return None };
    let next = first.checked_add(1)?;
    (after.next().glued() && i16::try_from(last).ok()? == next % 100 && is_free(at, end))
        .then_some((first, next, end))
}

/// An apostrophe and two digits after a word that introduces years: `in ’98`.
fn short<'p>(start: Cursor<'p>, inner: Cursor<'p>) -> Option<(i16, Cursor<'p>)> {
    let digits = inner.eat_apostrophe()?;
    let (value, 2, end) = digits.eat_digits()? else { return None };
    (introduced(start) && digits.glued() && !end.glued()).then(|| (pivot(value), end))
}

/// The year that two digits stand for: those to 2039 count in this century, as POSIX has it
/// about 1969, moved on because reports look back more than forward.
pub(super) fn pivot(two: u32) -> i16 {
    if two < 40 { 2000 + two as i16 } else { 1900 + two as i16 }
}

/// Whether the word before introduces a date.
fn introduced(start: Cursor<'_>) -> bool {
    start.back().is_some_and(|back| {
        back.any(&["in", "since", "by", "until", "till", "of", "from", "to", "before", "after"])
    })
}

/// Whether four digits stand as a year: no currency before, no unit or part of a number around.
fn is_free(at: Cursor<'_>, end: Cursor<'_>) -> bool {
    let before = at.back().and_then(Cursor::mark);
    let money = matches!(before, Some('$' | '£' | '€' | '¥' | '#' | '№'));
    let glued_before =
        at.glued() && matches!(before, Some('.' | ',' | ':' | '/' | '+' | '_' | '@'));
    let glued_after = end.glued()
        && match end.mark() {
            Some('%' | '°' | '/' | '_' | '@') => true,
            Some('.' | ',' | ':') => end.next().glued() && end.next().eat_digits().is_some(),
            Some(_) => false,
            None => true,
        };
    let word_before = at.glued() && at.back().is_some_and(|back| !back.word().is_empty());
    !(money || glued_before || glued_after || word_before || counts(end) || numbered(at))
}

/// Whether a unit of measure, a counted noun's scale or a currency follows.
fn counts(end: Cursor<'_>) -> bool {
    let entry = end.entry();
    const UNITS: [&str; 32] = [
        "miles",
        "mile",
        "km",
        "kilometers",
        "kilometres",
        "meters",
        "metres",
        "feet",
        "ft",
        "kg",
        "pounds",
        "tons",
        "tonnes",
        "dollars",
        "euros",
        "yen",
        "francs",
        "people",
        "points",
        "percent",
        "per",
        "shares",
        "votes",
        "jobs",
        "employees",
        "workers",
        "soldiers",
        "troops",
        "barrels",
        "acres",
        "square",
        "words",
    ];
    (entry.unit.is_some() && !end.any(&["second", "quarter"]) && entry.plural)
        || entry.scale.is_some()
        || end.any(&UNITS)
        || matches!(end.mark(), Some('%' | '°'))
}

/// Whether a word before makes it the number of something.
fn numbered(at: Cursor<'_>) -> bool {
    at.back().is_some_and(|back| {
        back.any(&[
            "no",
            "number",
            "room",
            "section",
            "sec",
            "page",
            "flight",
            "route",
            "highway",
            "article",
            "resolution",
            "model",
            "about",
            "box",
            "channel",
        ]) || (back.mark() == Some('.') && back.back().is_some_and(|b| b.any(&["no", "nos"])))
    })
}

/// `1980s`, `’80s`, `eighties`.
fn decade(at: Cursor<'_>) -> Read<'_> {
    const OWNERS: [&str; 7] = ["his", "her", "their", "my", "your", "our", "its"];
    if at
        .back()
        .is_some_and(|back| back.any(&OWNERS) || back.back().is_some_and(|b| b.any(&OWNERS)))
    {
        return None;
    }
    let apostrophe = at.eat_apostrophe();
    let digits = apostrophe.unwrap_or(at);
    if let Some((value, count, end)) = digits.eat_digits() {
        let end = end.eat_apostrophe().filter(|s| s.glued() && s.is("s")).unwrap_or(end);
        let plural = end.is("s") && (end.glued() || at.page.note) && value % 10 == 0;
        let first = match count {
            4 if BARE_YEARS.contains(&value) => value as i16,
            2 if apostrophe.is_some() || value >= 20 => pivot(value),
            _ => return None,
        };
        return plural.then(|| (Meaning::Date(Say::Decade(first)), end.next()));
    }
    if let Some(read) = spelled_decade(at) {
        return Some(read);
    }
    let within = at.entry().decade.filter(|within| *within >= 20)?;
    let introduced = at.page.note || introduced_decade(at);
    introduced.then(|| (Meaning::Date(Say::Decade(1900 + within)), at.next()))
}

/// `nineteen seventies`, `the twenty-tens`, `the two thousands`, `the noughties`.
fn spelled_decade(at: Cursor<'_>) -> Read<'_> {
    if let Some(century @ 15..=20) = at.entry().cardinal {
        let tens = at.next().skip_hyphen();
        let within = tens.entry().decade?;
        return Some((Meaning::Date(Say::Decade(century as i16 * 100 + within)), tens.next()));
    }
    let thousands = at.eat_all("two thousands");
    if let Some(end) = thousands.or_else(|| at.eat("noughties")).filter(|_| introduced_decade(at)) {
        return Some((Meaning::Date(Say::Decade(2000)), end));
    }
    let tens = at.eat_all("two thousand and")?;
    let within = tens.entry().decade?;
    Some((Meaning::Date(Say::Decade(2000 + within)), tens.next()))
}

/// Whether the word before says that a decade's name is one.
fn introduced_decade(at: Cursor<'_>) -> bool {
    at.back().is_some_and(|back| back.any(&["the", "early", "late", "mid"]))
}

/// `20th century`, `nineteenth century`, `21st-century`.
fn century(at: Cursor<'_>) -> Read<'_> {
    let (n @ 1..=30, end) = ordinal(at)? else { return None };
    let unit = end.skip_hyphen();
    let is_century = unit.entry().unit == Some(Unit::Century) && !unit.entry().plural;
    is_century.then(|| (Meaning::Date(Say::Century((n as i16 - 1) * 100)), unit.next()))
}

/// `fiscal 1989`, `fiscal year 2015`, `FY2015`, `1989 fiscal year`.
fn fiscal(at: Cursor<'_>) -> Read<'_> {
    if let Some((year, after)) = four_digits(at)
        && let Some(end) = after.eat_any(&["fiscal", "financial"]).and_then(|next| next.eat("year"))
    {
        return Some((Meaning::Date(Say::Year(year)), end));
    }
    let after = at
        .eat_any(&["fiscal", "financial"])
        .map(|next| next.skip("year"))
        .or_else(|| at.eat("fy"))?;
    let (year, end) = four_digits(after)?;
    Some((Meaning::Date(Say::Year(year)), end))
}
