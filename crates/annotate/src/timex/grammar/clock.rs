//! Times of day: `10 p.m. Wednesday`, `5 p.m. EST, Nov. 6`, `Friday night`, `4 in the morning`,
//! `noon Thursday`, `tonight`, `this morning`, `17:30`, `10 o’clock`.
//!
//! Not: scores (`3:1`), ratios, `Psalm 23:4`, `a Sunday morning show` keeps only its time.

use super::super::atom::Cursor;
use super::super::meaning::{Clock, Meaning, Say, Which};
use super::super::number::words;
use super::super::unit::Part;
use super::{Read, calendar, the};

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    let inner = start
        .eat_any(&["around", "about", "approximately", "nearly", "almost", "shortly"])
        .unwrap_or(start);
    at_clock(inner)
        .or_else(|| day_with_time(start))
        .or_else(|| part(start))
        .or_else(|| stamped(start))
}

/// A clock time, perhaps with its day after it.
fn at_clock(start: Cursor<'_>) -> Read<'_> {
    let (clock, end) = clock(start)?;
    let (say, end) = match day_after(end) {
        Some((say, end)) => (Some(say), end),
        None => (None, end),
    };
    Some((Meaning::Clock(clock, say), end))
}

/// A day with a clock time or part after it: `Friday at 5 p.m.`, `Nov. 9 at noon`.
fn day_with_time(start: Cursor<'_>) -> Read<'_> {
    let (say, end) = day(start)?;
    let after = end.skip_mark(',').eat_any(&["at", "around", "about"])?;
    let (clock, end) = clock(after.eat_any(&["about", "around"]).unwrap_or(after))?;
    Some((Meaning::Clock(clock, Some(say)), end))
}

/// `2016-11-07T10:30:00`.
fn stamped(start: Cursor<'_>) -> Read<'_> {
    let (say, end) = calendar::date(start)?;
    let Say::Calendar { day: Some(_), .. } = say else { return None };
    let t = end.eat("t").filter(|_| end.glued())?;
    let (clock, end) = digital(t)?;
    let end = end.eat("z").filter(|_| end.glued()).unwrap_or(end);
    Some((Meaning::Clock(clock, Some(say)), end))
}

/// A time by the clock.
fn clock(start: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    if let Some(end) = start.eat("noon").or_else(|| start.eat_all("12 noon")) {
        return Some((Clock { hour: 12, minute: Some(0), second: None }, zone(end)));
    }
    if let Some(end) = start.eat("midnight") {
        return Some((Clock { hour: 24, minute: None, second: None }, zone(end)));
    }
    let (clock, end) = digital(start).or_else(|| hour(start)).or_else(|| past(start))?;
    let bare = clock.minute.is_none();
    if let Some((pm, end)) = meridiem(end) {
        return Some((sharp(on_half(clock, pm)?), zone(end)));
    }
    let (oclock, end) = match o_clock(end) {
        Some(end) => (true, end),
        None => (false, end),
    };
    if let Some((part, end)) = in_part(end) {
        return Some((sharp(on_half(clock, part.is_pm())?), zone(end)));
    }
    let zoned = zone(end);
    let told = oclock || zoned.at > end.at || (!bare && clock_context(start, clock));
    told.then_some((clock, zoned))
}

/// `10:30`, `7:56:30`, `8.10` before a meridiem.
fn digital(start: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (hour @ 0..=24, 1 | 2, after) = start.eat_digits()? else { return None };
    let mark = after.mark().filter(|mark| matches!(mark, ':' | '.') && after.glued())?;
    let (minute @ 0..=59, 2, end) = after.next().eat_digits()? else { return None };
    if !after.next().glued() || (mark == '.' && meridiem(end).is_none()) {
        return None;
    }
    let mut clock = Clock { hour: hour as u8, minute: Some(minute as u8), second: None };
    if end.glued()
        && end.mark() == Some(':')
        && let Some((second @ 0..=59, 2, end)) = end.next().eat_digits()
    {
        clock.second = Some(second as u8);
        return Some((clock, end));
    }
    Some((clock, end))
}

/// An hour in digits or words.
fn hour(start: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let (value, end) = match start.eat_digits() {
        Some((value @ 0..=24, 1 | 2, end)) => (value as u8, end),
        Some(_) => return None,
        None => {
            let number = words(start).filter(|n| n.value >= 1.0 && n.value <= 12.0)?;
            (number.value as u8, number.end)
        }
    };
    Some((Clock { hour: value, minute: None, second: None }, end))
}

/// `half past five`, `quarter to six`, `ten past two`.
fn past(start: Cursor<'_>) -> Option<(Clock, Cursor<'_>)> {
    let at = start
        .eat_any(&["a", "half", "quarter"])
        .map_or(start, |next| if start.is("a") { next } else { start });
    let (minutes, at) = match () {
        () if at.is("half") => (30, at.next()),
        () if at.is("quarter") => (15, at.next()),
        () => return None,
    };
    let before = at.is("to");
    let (hour, end) = hour(at.eat_any(&["past", "to"])?)?;
    let hour = hour.hour;
    let clock = match before {
        true => Clock { hour: (hour + 11) % 12, minute: Some(60 - minutes), second: None },
        false => Clock { hour, minute: Some(minutes), second: None },
    };
    Some((clock, end))
}

/// `a.m.`, `pm`: whether it is after noon.
pub(super) fn meridiem(at: Cursor<'_>) -> Option<(bool, Cursor<'_>)> {
    let at = at.eat_hyphen().unwrap_or(at);
    if at.any(&["am", "pm"]) {
        return Some((at.is("pm"), at.next()));
    }
    let pm = at.is("p");
    let m = at.eat_any(&["a", "p"])?.eat_mark('.').unwrap_or_else(|| at.next());
    let end = m.eat("m")?;
    let dotted = m.at == at.at + 2;
    Some((pm, if dotted && end.glued() { end.skip_mark('.') } else { end }))
}

/// `o’clock`.
pub(super) fn o_clock(at: Cursor<'_>) -> Option<Cursor<'_>> {
    at.eat("o")
        .and_then(Cursor::eat_apostrophe)
        .and_then(|c| c.eat("clock"))
        .or_else(|| at.eat("oclock"))
}

/// `in the morning`, `at night`.
pub(super) fn in_part(at: Cursor<'_>) -> Option<(Part, Cursor<'_>)> {
    let after = at.eat_all("in the").or_else(|| at.eat("at")).or_else(|| at.eat_all("that"))?;
    Some((after.entry().part.filter(|_| !after.entry().plural)?, after.next()))
}

/// A clock on the half of the day it is in; none for hours that no half has.
pub(super) fn on_half(clock: Clock, pm: bool) -> Option<Clock> {
    let hour = match (clock.hour, pm) {
        (0, _) | (13.., _) => return (clock.hour < 24).then_some(clock),
        (12, false) => 0,
        (12, true) => 12,
        (hour, false) => hour,
        (hour, true) => hour + 12,
    };
    Some(Clock { hour, ..clock })
}

/// An hour named with its half of the day means the full hour.
pub(super) fn sharp(clock: Clock) -> Clock {
    Clock { minute: clock.minute.or(Some(0)), ..clock }
}

/// Past a time zone: `EST`, `GMT`, `local time`, `(1400 GMT)` stays.
pub(super) fn zone(at: Cursor<'_>) -> Cursor<'_> {
    const ZONES: [&str; 20] = [
        "EST", "EDT", "ET", "CST", "CDT", "CT", "MST", "MDT", "MT", "PST", "PDT", "PT", "GMT",
        "UTC", "BST", "CET", "CEST", "IST", "JST", "HKT",
    ];
    if ZONES.contains(&at.word()) {
        return at.next();
    }
    at.eat_all("local time").or_else(|| at.eat_all("eastern time")).unwrap_or(at)
}

/// Whether a bare `hh:mm` stands where times stand.
fn clock_context(start: Cursor<'_>, clock: Clock) -> bool {
    let before = start.back();
    let introduced = before.is_some_and(|back| {
        back.any(&[
            "at", "by", "until", "till", "before", "after", "from", "around", "about", "since",
        ])
    });
    introduced && clock.minute.is_some()
}

/// The day after a clock time: `Wednesday`, `on Nov. 9`, `, Nov. 6`, `today`, `(Thursday)`.
fn day_after(end: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let at = end.skip_mark(',');
    day(at.skip("on"))
}

/// A day: a date with its day, a weekday, today.
fn day(at: Cursor<'_>) -> Option<(Say, Cursor<'_>)> {
    let dated =
        calendar::date(at).filter(|(say, _)| matches!(say, Say::Calendar { day: Some(_), .. }));
    dated.or_else(|| {
        let (meaning, end) = super::relative::read(at)?;
        match meaning {
            Meaning::Date(say @ (Say::Day(_) | Say::Weekday(..) | Say::WeekdayOf(..))) => {
                Some((say, end))
            }
            _ => None,
        }
    })
}

/// A part of a day: `Friday night`, `this morning`, `tonight`, `last night`, `early Tuesday
/// morning`, `mid-afternoon`, `later this afternoon`, `the next morning`, `Nov. 9 evening`.
fn part(start: Cursor<'_>) -> Read<'_> {
    let narrowed =
        start.eat_any(&["early", "late", "later", "earlier", "mid"]).map(Cursor::skip_hyphen);
    let at = narrowed.unwrap_or(start);
    // `a late-night comedian` is of no night.
    if start.is("late") && start.next().eat_hyphen().is_some() {
        return None;
    }
    if at.any(&["tonight", "tonite"]) {
        return Some((Meaning::Part(Part::Ni, Some(Say::Day(0))), at.next()));
    }
    if let Some((say, end)) = day(at) {
        let end = end.eat_any(&["early", "late"]).unwrap_or(end);
        let part = end.entry().part.filter(|_| !end.entry().plural && end.at > at.at)?;
        return Some((Meaning::Part(part, Some(say)), end.next()));
    }
    let (which, part_at) = match () {
        () if at.is("this") => (Which::This, at.next()),
        () if at.is("last") => (Which::Last, at.next()),
        () if at.is("that") => (Which::Same, at.next()),
        () if at.eat_all("the next").is_some() || at.eat_all("the following").is_some() => {
            (Which::Following, at.next().next())
        }
        () if at.eat_all("the previous").is_some() => (Which::Previous, at.next().next()),
        () if narrowed.is_some() => (Which::Bare, the(at)),
        () => return None,
    };
    let part_at = part_at.eat_any(&["same", "very"]).unwrap_or(part_at);
    let part = part_at.entry().part.filter(|_| !part_at.entry().plural)?;
    let say = match which {
        Which::This => Say::Day(0),
        Which::Last => Say::Day(-1),
        Which::Bare => Say::Unit(super::super::unit::Unit::Day, Which::Same),
        which => Say::Unit(super::super::unit::Unit::Day, which),
    };
    let end = part_at.next();
    if which == Which::Bare
        && let Some((say, end)) = day(end)
    {
        return Some((Meaning::Part(part, Some(say)), end));
    }
    Some((Meaning::Part(part, Some(say)), end))
}
