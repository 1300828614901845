//! From one time of day to another: `5 to 6pm`, `Monday 8-9am`, `between 10 and 11:30 this
//! morning`, `from 9:30am for 7 hours`, `for 2 hours from 2pm`.

use super::super::super::atom::Cursor;
use super::super::super::meaning::{Clock, Meaning, Say};
use super::super::super::unit::Unit;
use super::super::{Read, length::amounts};
use super::clock::{Time, Within, time, within};
use super::span::{connector, introduction};

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    let (lead, at) = match within(start) {
        Some((within, end)) => (Some(within), end.skip_mark(',')),
        None => (None, start),
    };
    let from_here = between_times(start, None);
    let after_day = lead.as_ref().and_then(|lead| between_times(at, Some(lead)));
    let lasting = lasting(at, lead.as_ref());
    super::longest([from_here, after_day, lasting].into_iter().flatten())
}

/// Two times, perhaps with their day after them.
fn between_times<'p>(start: Cursor<'p>, lead: Option<&Within>) -> Read<'p> {
    let introduced = introduction(start).or_else(|| start.eat("at"));
    let (first, end) = time(introduced.unwrap_or(start))?;
    let (last, end) = time(connector(end, start.is("between"))?)?;
    let tail = match lead {
        Some(_) => None,
        None => within(end.skip_mark(',').eat_any(&["on", "of"]).unwrap_or(end)),
    };
    let end = tail.as_ref().map_or(end, |(_, end)| *end);
    let within = lead.or(tail.as_ref().map(|(within, _)| within));
    let firm = first.firmly().is_some() || last.firmly().is_some();
    if !(firm || within.is_some()) {
        return None;
    }
    let (from, to) = halves(first, last, within)?;
    Some((Meaning::Hours(from, to, within.and_then(|within| within.day.clone())), end))
}

/// Both ends on their halves of the day: what one says holds for the other as far as the clock
/// then runs forward.
fn halves(first: Time, last: Time, within: Option<&Within>) -> Option<(Clock, Clock)> {
    let place = |time: Time| within.map_or(time.clock, |within| within.place(time));
    let noon = |clock: Clock, by: u8| Clock { hour: clock.hour + by, ..clock };
    let key = |clock: Clock| (clock.hour, clock.minute);
    Some(match (first.pm, last.pm) {
        (None, Some(true)) => {
            let late = noon(first.clock, 12);
            let fits = first.clock.hour < 12 && key(late) <= key(last.clock);
            (if fits { late } else { first.clock }, last.clock)
        }
        (_, None) => {
            let (from, to) = (place(first), place(last));
            let over = key(to) <= key(from) && to.hour < 12;
            (from, if over { noon(to, 12) } else { to })
        }
        _ => (first.clock, last.clock),
    })
}

/// A time with a length: `from 9 for 2.5 hrs`, `for 2 hours from 2pm`.
fn lasting<'p>(start: Cursor<'p>, lead: Option<&Within>) -> Read<'p> {
    let (from, length, end) = match start.eat("for") {
        Some(at) => {
            let (length, end) = amounts(at)?;
            let (from, end) = time(end.eat_any(&["from", "starting"])?)?;
            (from, length, end)
        }
        None => {
            let (from, end) = time(start.eat("from")?)?;
            let (length, end) = amounts(end.eat("for")?)?;
            (from, length, end)
        }
    };
    let minutes: Option<f64> = length
        .0
        .iter()
        .map(|(amount, unit)| {
            Some(
                amount.as_ref()?
                    * match unit {
                        Unit::Hour => 60.0,
                        Unit::Minute => 1.0,
                        _ => return None,
                    },
            )
        })
        .sum();
    let clock = lead.map_or(from.clock, |within| within.place(from));
    let total = u32::from(clock.hour) * 60 + u32::from(clock.minute.unwrap_or(0)) + minutes? as u32;
    let to =
        Clock { hour: (total / 60 % 24) as u8, minute: Some((total % 60) as u8), second: None };
    let day: Option<Say> = lead.and_then(|within| within.day.clone());
    Some((Meaning::Hours(clock, to, day), end))
}
