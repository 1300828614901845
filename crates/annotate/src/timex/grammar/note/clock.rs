//! Times of day in shorthand: `9a`, `at 6.45`, `five-thirty tomorrow evening`, `10, tonight`,
//! `Sat at 5`, `11ish`, `ten past 9`, `in the morning`, `today pm`, `5/3/18 @ 17:49:19`.

use super::super::super::atom::Cursor;
use super::super::super::meaning::{Clock, Meaning, Say};
use super::super::super::number::words;
use super::super::super::unit::{Part, Unit};
use super::super::clock::{in_part, meridiem, o_clock, on_half, zone};
use super::super::{Read, the};
use super::{Dated, day, longest, one_day};

/// A time of day as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time {
    pub clock: Clock,
    /// Whether it is after noon, where that is said.
    pub pm: Option<bool>,
    /// Whether it can only be a time.
    firm: bool,
}

impl Time {
    /// The clock, where it can only be one.
    pub fn firmly(self) -> Option<Clock> {
        self.firm.then_some(self.clock)
    }
}

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    let ways = [day_then_time, time_then_day, alone, part];
    longest(ways.iter().filter_map(|way| way(start)))
}

/// A day or a part of one: `tomorrow evening`, `tonight`, `Sat`.
#[derive(Clone, Debug)]
pub(super) struct Within {
    pub day: Option<Say>,
    pub part: Option<Part>,
}

impl Within {
    /// A time that does not say its half of the day, on the half that the part is in.
    pub fn place(&self, time: Time) -> Clock {
        let late = match self.part {
            Some(Part::Ni) => 5,
            Some(part) if part.is_pm() => 1,
            _ => 13,
        };
        let shifted = time.pm.is_none() && (late..12).contains(&time.clock.hour);
        Clock { hour: time.clock.hour + if shifted { 12 } else { 0 }, ..time.clock }
    }
}

/// A day, a part of a day, or both.
pub(super) fn within(start: Cursor<'_>) -> Option<(Within, Cursor<'_>)> {
    let parts = part(start).and_then(|(meaning, end)| match meaning {
        Meaning::Part(part, day) => Some((Within { day, part: Some(part) }, end)),
        _ => None,
    });
    let days = one_day(start).map(|(day, end)| (Within { day: Some(day), part: None }, end));
    longest(parts.into_iter().chain(days))
}

/// `Sat at 5`, `tomorrow 4:30pm`, `tonight around 7`, `23.04.2022 14:55`.
fn day_then_time(start: Cursor<'_>) -> Read<'_> {
    let (within, end) = within(start)?;
    let end = end.skip_mark(')');
    let at = introduced(end);
    let loose = at.unwrap_or_else(|| end.skip_mark(',').skip_mark('-'));
    let (time, end) = time(loose)?;
    (at.is_some() || time.firm).then(|| (Meaning::Clock(within.place(time), within.day), end))
}

/// Past what brings a time: `at`, `@`, `around`.
fn introduced(end: Cursor<'_>) -> Option<Cursor<'_>> {
    let at = end.skip_mark(',');
    let at = at.eat_any(&["at", "around", "about", "by"]).or_else(|| at.eat_mark('@'))?;
    Some(at.eat_any(&["around", "about"]).unwrap_or(at))
}

/// `12:30 PM ON FRI`, `five-thirty tomorrow evening`, `10, tonight`, `7:30 on the 17th`.
fn time_then_day(start: Cursor<'_>) -> Read<'_> {
    let (time, end) = time(start)?;
    let at = end.skip_mark(',');
    let at = at.eat_any(&["on", "of", "in"]).unwrap_or(at);
    let (within, end) = within(at)?;
    let brought = time.firm || within.part.is_some() || brings_time(start);
    brought.then(|| (Meaning::Clock(within.place(time), within.day), end))
}

/// A time where only a time can stand: `at 6`, `10:20`, `7ish`.
fn alone(start: Cursor<'_>) -> Read<'_> {
    let (time, end) = time(start)?;
    let counted = end.entry().unit.is_some() || end.mark() == Some('%');
    let brought = brings_time(start) && !counted && (end.word().is_empty() || !end.capital());
    (time.firm || brought).then_some((Meaning::Clock(time.clock, None), end))
}

fn brings_time(start: Cursor<'_>) -> bool {
    let Some(back) = start.back() else { return false };
    back.is("at")
        || back.mark() == Some('@')
        || back.is("around") && back.back().is_some_and(|b| b.is("at"))
}

/// A time in digits or words, with what says its half of the day.
pub(super) fn time(start: Cursor<'_>) -> Option<(Time, Cursor<'_>)> {
    let (mut clock, firm, end) =
        noon(start).or_else(|| past(start)).or_else(|| digits(start)).or_else(|| spoken(start))?;
    let (end, oclock) = o_clock(end).map_or((end, false), |end| (end, true));
    let half = half(end).filter(|_| clock.hour <= 12);
    let end = half.map_or(end, |(_, end)| end);
    let pm = half.and_then(|(pm, _)| pm);
    if let Some(pm) = pm {
        clock = on_half(clock, pm)?;
    }
    let zoned = zone(end);
    let firm = firm || oclock || half.is_some() || zoned.at > end.at;
    Some((Time { clock, pm, firm }, zoned))
}

fn clock(hour: u32, minute: u32) -> Option<Clock> {
    let fits = hour <= 24 && minute < 60;
    fits.then_some(Clock { hour: hour as u8, minute: Some(minute as u8), second: None })
}

fn noon(start: Cursor<'_>) -> Option<(Clock, bool, Cursor<'_>)> {
    if let Some(end) = start.eat_any(&["noon", "noonish", "midday"]) {
        return Some((clock(12, 0)?, true, end));
    }
    let end =
        start.eat_any(&["midnight"]).or_else(|| start.eat("mid")?.skip_hyphen().eat("night"))?;
    Some((clock(0, 0)?, true, end))
}

/// `ten past 9`, `20 min past eight`, `quarter to six`.
fn past(start: Cursor<'_>) -> Option<(Clock, bool, Cursor<'_>)> {
    let at = start.skip("a");
    let (minutes, end) = match () {
        () if at.is("quarter") => (15, at.next()),
        () if at.is("half") => (30, at.next()),
        () => number(start)?,
    };
    let end = end.eat_any(&["min", "mins", "minute", "minutes"]).unwrap_or(end);
    let to = end.is("to");
    if to && !start.any(&["quarter", "a"]) {
        return None;
    }
    let (hour, end) = number(end.eat_any(&["past", "to"])?)?;
    if !(1..=12).contains(&hour) || minutes >= 60 {
        return None;
    }
    let found = if to { clock((hour + 11) % 12, 60 - minutes) } else { clock(hour, minutes) };
    Some((found?, true, end))
}

fn number(at: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    match at.eat_digits() {
        Some((value, 1 | 2, end)) => Some((value, end)),
        Some(_) => None,
        None => {
            let number = words(at).filter(|_| !at.any(&["a", "an"]))?;
            (number.value < 60.0).then_some((number.value as u32, number.end))
        }
    }
}

/// `17:49:19`, `2.30`, `0730`, `7`, `11ish`.
fn digits(start: Cursor<'_>) -> Option<(Clock, bool, Cursor<'_>)> {
    let (value, count, end) = start.eat_digits()?;
    if count == 4 || count == 3 {
        // Four digits are a year unless their half of the day follows or they are a range's end.
        let said = half(end).is_some();
        let ranged =
            start.back().is_some_and(|b| b.is("between") || b.mark() == Some('-') && start.glued())
                && value / 100 < 15;
        return (said || ranged).then_some((clock(value / 100, value % 100)?, true, end));
    }
    if count > 2 {
        return None;
    }
    if let Some(ish) = end.eat("ish").filter(|_| end.glued()) {
        return Some((clock(value, 0)?, true, ish));
    }
    let mark = end.mark().filter(|mark| matches!(mark, ':' | '.') && end.glued());
    let minute = mark.and_then(|mark| {
        let at = end.next();
        let (minute, 2, end) = at.eat_digits().filter(|_| at.glued())? else { return None };
        let firm = mark == ':' || half(end).is_some();
        Some((clock(value, minute)?, firm, end))
    });
    let Some((found, firm, end)) = minute else {
        return Some((clock(value, 0)?, false, end));
    };
    let seconds = end.eat_mark(':').filter(|_| end.glued()).and_then(Cursor::eat_digits);
    match seconds {
        Some((second @ 0..60, 2, end)) => {
            Some((Clock { second: Some(second as u8), ..found }, true, end))
        }
        _ => Some((found, firm, end)),
    }
}

/// `seven twenty-seven`, `five-thirty`, `nine`.
fn spoken(start: Cursor<'_>) -> Option<(Clock, bool, Cursor<'_>)> {
    let hour @ 1..=12 = start.entry().cardinal? else { return None };
    let end = start.next();
    let at = end.skip_hyphen();
    match words(at)
        .filter(|minute| minute.value >= 10.0 && minute.value < 60.0 && !at.any(&["a", "an"]))
    {
        Some(minute) => {
            let found = clock(hour, minute.value as u32)?;
            let last = minute.end.eat_any(&["minutes"]).unwrap_or(minute.end);
            let counted = last.entry().unit.is_some();
            Some((found, !counted, last))
        }
        None => Some((clock(hour, 0)?, false, end)),
    }
}

/// `am`, `p.m.`, `9a`, `ampm`, `in the evening`: whether it is after noon, where it tells.
fn half(end: Cursor<'_>) -> Option<(Option<bool>, Cursor<'_>)> {
    let at = end.eat_mark('.').filter(|at| end.glued() && at.glued()).unwrap_or(end);
    if let Some(end) = at.eat("ampm") {
        return Some((None, end));
    }
    if let Some((pm, end)) = meridiem(at) {
        return Some((Some(pm), end));
    }
    if let Some(spaced) = at.eat_any(&["a", "p"])
        && let Some(end) = spaced.eat("m")
    {
        return Some((Some(at.is("p")), end));
    }
    if let Some(letter) = at.eat_any(&["a", "p"]).filter(|_| at.glued()) {
        return Some((Some(at.is("p")), letter));
    }
    let (part, end) = in_part(at)?;
    Some((Some(part.is_pm()), end))
}

/// A part of a day: `in the morning`, `later in the afternoon`, `tuesday in the morning`, `today
/// pm`, `wednesday evening next week`, `next evening`, `this evening`.
fn part(start: Cursor<'_>) -> Read<'_> {
    let narrowed = start.eat_any(&["early", "late", "later", "earlier"]).unwrap_or(start);
    if let Some((part, end)) = in_part(narrowed).or_else(|| in_part_bare(narrowed)) {
        return Some((Meaning::Part(part, None), end));
    }
    if let Some(part) = singular_part(narrowed).filter(|_| counted(narrowed)) {
        return Some((Meaning::Part(part, None), narrowed.next()));
    }
    if narrowed.any(&["tonight", "tonite"]) {
        return Some((Meaning::Part(Part::Ni, Some(Say::Day(0))), narrowed.next()));
    }
    if let Some((which, at)) = day::which(narrowed)
        && let Some(part) = singular_part(at)
    {
        let days = if part == Part::Ni && which.steps() < 0 { -1 } else { which.steps() };
        return Some((Meaning::Part(part, Some(Say::Day(days))), at.next()));
    }
    let (day, end) = one_day(narrowed)?;
    let (part, end) = in_part(end).or_else(|| day_half(end))?;
    match of_week(&day, end) {
        Some((day, end)) => Some((Meaning::Part(part, Some(day)), end)),
        None => Some((Meaning::Part(part, Some(day)), end)),
    }
}

/// Whether a number stands before: `one evening`, `2 morning sessions`.
fn counted(at: Cursor<'_>) -> bool {
    at.back().is_some_and(|back| back.entry().cardinal.is_some() || back.eat_digits().is_some())
}

/// `in morning`, `during the morning`, `one evening`.
fn in_part_bare(start: Cursor<'_>) -> Option<(Part, Cursor<'_>)> {
    let at = the(start.eat_any(&["in", "during"])?);
    let at = at.skip("night").skip_hyphen();
    let named = if at.is("time") { Part::Ni } else { singular_part(at)? };
    Some((named, at.next()))
}

fn singular_part(at: Cursor<'_>) -> Option<Part> {
    at.entry().part.filter(|_| !at.word().ends_with('s'))
}

/// `morning` or `pm` directly after a day.
fn day_half(end: Cursor<'_>) -> Option<(Part, Cursor<'_>)> {
    let at = end.eat_any(&["early", "late"]).unwrap_or(end);
    if at.any(&["am", "pm"]) {
        return Some((if at.is("pm") { Part::Af } else { Part::Mo }, at.next()));
    }
    Some((singular_part(at)?, at.next()))
}

/// `next week` after a weekday and its part.
fn of_week<'p>(day: &Say, end: Cursor<'p>) -> Dated<'p> {
    let Say::Weekday(weekday, _) = day else { return None };
    let (which, at) = day::which(end.skip("of"))?;
    (at.entry().unit == Some(Unit::Week)).then(|| (Say::WeekdayOf(*weekday, which), at.next()))
}
