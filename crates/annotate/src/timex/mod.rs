//! Time expressions, as TIMEX3 (ISO 24617-1) has them.
//!
//! [`find`] reads a sheet in three steps that know nothing of each other: [`grammar`] recognises
//! expressions in a [`Page`] of atoms and says what they mean; `direction` asks the parse where
//! the clause around each looks; `resolve` places the meaning on the calendar, anchored to the
//! day of writing or to what was spoken of before. Where a document's day is known only as an
//! interval, an expression is placed when every day of the interval places it alike.

pub(crate) mod atom;
mod compared;
mod direction;
mod grammar;
mod lexicon;
mod meaning;
pub(crate) mod number;
mod occasion;
mod outlook;
mod part;
mod resolve;
mod unit;
pub(crate) mod when;

use jiff::civil::Date;
use stemma_model::{Anchor, Basis, DateRange, Precision, Reason, Span, Timex, TimexType};

use crate::Sheet;
use crate::dated;
use atom::Page;
use direction::{Direction, direction, is_direct, is_over};
use grammar::Hit;
use meaning::{Clock, Length, Meaning, Placed, Say};
use resolve::Context;
use unit::Unit;
use when::When;

pub use occasion::for_span;

/// All time expressions of a document, in text order, not overlapping.
///
/// Linear in the length of the text but for the way up the parse from each expression, which is
/// bounded.
#[must_use]
pub fn find(sheet: &Sheet<'_>) -> Vec<Timex> {
    let page = page(sheet);
    let hits: Vec<Hit> = grammar::expressions(&page)
        .into_iter()
        .filter(|hit| is_plausible(sheet, &page, hit))
        .collect();
    let told: Vec<Told> = hits.iter().map(|hit| told(sheet, &page, hit)).collect();
    let reading = Reading { page: &page, hits: &hits, told: &told };
    if let Some((date, basis)) = dated::stated(sheet) {
        return reading.resolve(Some(date), basis);
    }
    let open = reading.resolve(None, Basis::None);
    let range = dated::date(sheet, &open).range;
    match (range.from, range.to) {
        (Some(from), Some(to)) => reading.settle(open, from, to),
        _ => open,
    }
}

/// How the clause around an expression tells what it dates.
#[derive(Clone, Copy, Debug)]
struct Told {
    /// Where the clause looks.
    direction: Direction,
    /// Whether what is dated is over.
    over: bool,
}

/// How the clause around an expression tells. A note that does not tell speaks of plans.
fn told(sheet: &Sheet<'_>, page: &Page<'_>, hit: &Hit) -> Told {
    let start = page.atoms[hit.start].span.start();
    let direction = match direction(sheet.doc, start) {
        Direction::Unknown if page.note => Direction::Future,
        direction => direction,
    };
    Told { direction, over: is_over(sheet.doc, start) }
}

/// The atoms of a document; one without headline and outlet may be a note.
fn page<'t>(sheet: &Sheet<'t>) -> Page<'t> {
    let page = Page::of(sheet.text());
    let bare = sheet.document.title.is_none() && sheet.document.outlet.is_none();
    if bare { page.or_note() } else { page }
}

/// Every full calendar day written in a text, with its place: for metadata and datelines.
pub(crate) fn read_date(text: &str) -> Vec<(Date, Span)> {
    let page = Page::of(text);
    let full = |hit: &Hit| match &hit.meaning {
        Meaning::Date(Say::Calendar {
            year: meaning::Year::Given(year),
            month,
            day: Some(day),
            ..
        })
        | Meaning::Clock(
            _,
            Some(Say::Calendar { year: meaning::Year::Given(year), month, day: Some(day), .. }),
        ) => Some((Date::new(*year, *month, *day).ok()?, page.span(hit.start, hit.end))),
        _ => None,
    };
    grammar::expressions(&page).iter().filter_map(full).collect()
}

/// Where a clause looks, for other modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looks {
    /// Told as past.
    Back,
    /// Told as to come.
    Ahead,
    /// Told as to come when something was said: perhaps past by now.
    AheadThen,
    /// Not told.
    Nowhere,
}

/// Where the clause around a span looks.
pub(crate) fn looks(sheet: &Sheet<'_>, span: Span) -> Looks {
    match direction(sheet.doc, span.start()) {
        Direction::Past if is_direct(sheet.doc, span.start()) => Looks::Back,
        Direction::Future => Looks::Ahead,
        Direction::Later => Looks::AheadThen,
        Direction::Past | Direction::Present | Direction::Unknown => Looks::Nowhere,
    }
}

/// The expressions of a page with all that resolution asks for.
struct Reading<'p> {
    page: &'p Page<'p>,
    hits: &'p [Hit],
    told: &'p [Told],
}

impl Reading<'_> {
    /// Every expression, placed as from one day of writing.
    fn resolve(&self, written: Option<Date>, basis: Basis) -> Vec<Timex> {
        let mut context = Context {
            written,
            spoken: None,
            near: false,
            quarter: None,
            longer: false,
            direction: Direction::Unknown,
            over: false,
        };
        let mut found: Vec<Timex> = Vec::with_capacity(self.hits.len());
        let mut last = None;
        for (hit, told) in self.hits.iter().zip(self.told) {
            (context.direction, context.over) = (told.direction, told.over);
            context.near = last.is_some_and(|end| self.runs_on(end, hit.start));
            last = Some(hit.end);
            let span = self.page.span(hit.start, hit.end);
            let placed = place(&hit.meaning, &context);
            context.longer |= self.is_reported_length(hit);
            if let Some(when) = placed.when.clone() {
                remember(&mut context, when, &hit.meaning, found.len());
            }
            found.push(timex(span, hit, placed, basis, told.direction, &found));
        }
        found
    }

    /// Whether no sentence ends between two places: no full stop before a capital.
    fn runs_on(&self, from: usize, to: usize) -> bool {
        (from..to).map(|at| self.page.cursor(at)).all(|at| {
            !matches!(at.mark(), Some('.' | '!' | '?'))
                || at.next().glued()
                || !at.next().capital() && at.next().at < to
        })
    }

    /// Whether a length is one that figures are reported for, of more than a quarter up to a
    /// year: `the nine months`, `the year ended June 30`.
    fn is_reported_length(&self, hit: &Hit) -> bool {
        let Meaning::Length(length, placed) = &hit.meaning else { return false };
        let longer = match length.0[..] {
            [(Some(months), Unit::Month)] => months > 3.0 && months <= 12.0,
            [(Some(years), Unit::Year)] => years == 1.0 && *placed == Placed::Nowhere,
            _ => false,
        };
        let (start, end) = (self.page.cursor(hit.start), self.page.cursor(hit.end));
        let period = end.is("period") && start.back().is_some_and(|back| back.is("the"));
        longer && (start.is("the") || period)
    }

    /// Places what both ends of the interval of writing place alike; bounds the rest.
    fn settle(&self, open: Vec<Timex>, from: Date, to: Date) -> Vec<Timex> {
        let (early, late) =
            (self.resolve(Some(from), Basis::Text), self.resolve(Some(to), Basis::Text));
        let settled = |(open, (early, late)): (Timex, (Timex, Timex))| match open.anchor {
            Anchor::Missing if early.value == late.value => early,
            Anchor::Missing => bounded(open, &early, &late),
            _ => open,
        };
        open.into_iter().zip(early.into_iter().zip(late)).map(settled).collect()
    }
}

/// An expression that stays open, with the days it must lie in whichever day it was written.
fn bounded(mut open: Timex, early: &Timex, late: &Timex) -> Timex {
    let from = early.range.and_then(|range| range.from);
    let to = late.range.and_then(|range| range.to);
    if from.is_some() && to.is_some() && from <= to && open.kind != TimexType::Duration {
        open.range = Some(DateRange { from, to, precision: Precision::Interval });
    }
    open
}

/// What an expression comes to.
struct Place {
    kind: TimexType,
    value: String,
    when: Option<When>,
    range: Option<DateRange>,
    basis: resolve::Basis,
}

/// A meaning on the calendar.
fn place(meaning: &Meaning, context: &Context) -> Place {
    match meaning {
        Meaning::Date(say) => {
            let (when, basis) = resolve::resolve(say, context);
            dated_place(TimexType::Date, when.value(), when, basis)
        }
        Meaning::Clock(clock, day) => timed(&clock.value(), day.as_ref(), context),
        Meaning::Hours(from, to, day) => hours(*from, *to, day.as_ref(), context),
        Meaning::Part(part, day) => timed(&format!("T{}", part.letters()), day.as_ref(), context),
        Meaning::Length(length, Placed::Within) if context.direction.is_ahead() => {
            let say = Say::Shift { length: length.clone(), sign: 1, from: meaning::From::Writing };
            place(&Meaning::Date(say), context)
        }
        Meaning::Length(length, placed) => lasting(length, *placed, context),
        Meaning::Often(value) => timeless(TimexType::Set, value.clone()),
        Meaning::Vague(value) => timeless(TimexType::Date, (*value).to_owned()),
    }
}

fn dated_place(kind: TimexType, value: String, when: When, basis: resolve::Basis) -> Place {
    let range = when.range();
    let open = matches!(when, When::Open(_));
    Place { kind, value, range, when: (!open).then_some(when), basis }
}

fn timeless(kind: TimexType, value: String) -> Place {
    Place { kind, value, when: None, range: None, basis: resolve::Basis::Itself }
}

/// A time on its day: the one named with it, else the day spoken of, else the day of writing.
fn timed(time: &str, day: Option<&Say>, context: &Context) -> Place {
    let (when, basis) = match (day, &context.spoken) {
        (Some(say), _) => resolve::resolve(say, context),
        (None, Some((when @ When::Day(_), index))) => {
            (when.clone(), resolve::Basis::Spoken(*index))
        }
        (None, _) => resolve::resolve(&Say::Day(0), context),
    };
    dated_place(TimexType::Time, when.value() + time, when, basis)
}

/// From one time to another on one day, or into the next.
fn hours(from: Clock, to: Clock, day: Option<&Say>, context: &Context) -> Place {
    let start = timed(&from.value(), day, context);
    let over = (to.hour, to.minute) < (from.hour, from.minute);
    let end_day = start.when.as_ref().and_then(|when| when.moved(i32::from(over), Unit::Day));
    let end_day = end_day.map_or_else(
        || start.value.split('T').next().unwrap_or_default().into(),
        |day| day.value(),
    );
    let value = format!("{}/{end_day}{}", start.value, to.value());
    Place { value, ..start }
}

/// A length with the days it covers, where it is placed.
fn lasting(length: &Length, placed: Placed, context: &Context) -> Place {
    let mut place = timeless(TimexType::Duration, length.value());
    let vague = length.0.iter().any(|(amount, _)| amount.is_none());
    let interval = |from, to| DateRange { from, to, precision: Precision::Interval };
    let written = context.written;
    let spoken = context.spoken.as_ref().and_then(|(when, _)| when.first());
    let moved = |from: Option<Date>, sign| from.and_then(|from| resolve::step(from, length, sign));
    if vague {
        return place;
    }
    place.range = match placed {
        Placed::Nowhere | Placed::Within => None,
        Placed::Inside => moved(written, 1).map(|to| interval(written, Some(to))),
        Placed::Past => whole_units(length, placed, written)
            .or_else(|| moved(written, -1).map(|from| interval(Some(from), written))),
        Placed::Future => whole_units(length, placed, written).or_else(|| {
            let tomorrow = written.and_then(|written| when::add(written, 1, Unit::Day));
            moved(written, 1).map(|to| interval(tomorrow, Some(to)))
        }),
        Placed::Later => moved(spoken, 1).map(DateRange::day),
        Placed::Earlier => moved(spoken, -1).map(DateRange::day),
    };
    place.basis = match placed {
        Placed::Past | Placed::Future | Placed::Inside if place.range.is_some() => {
            resolve::Basis::Written
        }
        Placed::Later | Placed::Earlier if place.range.is_some() => {
            context.spoken.as_ref().map_or(place.basis, |(_, index)| resolve::Basis::Spoken(*index))
        }
        _ => place.basis,
    };
    place
}

/// The calendar quarters, decades or centuries that a placed length covers: `the last two
/// quarters` ends with the quarter that is over, where `the last two months` ends today.
fn whole_units(length: &Length, placed: Placed, written: Option<Date>) -> Option<DateRange> {
    let [(Some(amount), unit @ (Unit::Quarter | Unit::Decade | Unit::Century))] = length.0[..]
    else {
        return None;
    };
    let here = when::containing(written?, unit);
    let (from, to) = match placed {
        Placed::Past => (here.moved(-(amount as i32), unit)?, here.moved(-1, unit)?),
        _ => (here.moved(1, unit)?, here.moved(amount as i32, unit)?),
    };
    Some(DateRange { from: from.first(), to: to.last(), precision: Precision::Interval })
}

/// Keeps what later expressions are reckoned from.
fn remember(context: &mut Context, when: When, meaning: &Meaning, index: usize) {
    compared::note(context, &when, meaning, index);
    context.spoken = Some((when, index));
}

fn timex(
    span: Span,
    hit: &Hit,
    place: Place,
    basis: Basis,
    direction: Direction,
    before: &[Timex],
) -> Timex {
    let anchor = match place.basis {
        resolve::Basis::Itself => Anchor::Absolute,
        resolve::Basis::Written if basis == Basis::Dateline => Anchor::Dateline,
        resolve::Basis::Written => Anchor::Published,
        resolve::Basis::Spoken(index) => {
            before.get(index).map_or(Anchor::Missing, |timex| Anchor::Expression(timex.span))
        }
        resolve::Basis::Missing => Anchor::Missing,
    };
    let reason = reason(hit.rule, anchor, direction);
    Timex { span, kind: place.kind, value: place.value, range: place.range, anchor, reason }
}

fn reason(rule: &'static str, anchor: Anchor, direction: Direction) -> Reason {
    let note = match anchor {
        Anchor::Absolute => "says all itself",
        Anchor::Published => "reckoned from the day of publication",
        Anchor::Dateline => "reckoned from the dateline",
        Anchor::Expression(_) => "reckoned from an earlier expression",
        Anchor::Missing => "what it is reckoned from is not known",
    };
    let reason = Reason::new(rule, note);
    match (anchor, direction) {
        (Anchor::Absolute | Anchor::Missing, _) | (_, Direction::Unknown | Direction::Present) => {
            reason
        }
        (_, Direction::Past) => reason.because(Reason::new("direction", "the clause looks back")),
        (_, Direction::Future | Direction::Later) => {
            reason.because(Reason::new("direction", "the clause looks forward"))
        }
    }
}

/// Whether the parse agrees that this is a time: not a name, not `may` or `march` as verbs.
fn is_plausible(sheet: &Sheet<'_>, page: &Page<'_>, hit: &Hit) -> bool {
    let span = page.span(hit.start, hit.end);
    let mut tokens = sheet.doc.tokens_touching(span.range());
    let indices = tokens.indices();
    let Some(first) = tokens.next() else { return true };
    let single = hit.end == hit.start + 1;
    if page.note {
        return true;
    }
    if single && matches!(first.tag(), "MD" | "VB" | "VBP" | "VBZ" | "VBD") && hit.rule != "vague" {
        return false;
    }
    let named = matches!(first.ent_type(), "PERSON" | "ORG" | "WORK_OF_ART" | "PRODUCT" | "FAC");
    if !named {
        return true;
    }
    let begins_inside = first.ent_iob() == stemma_english::Iob::Inside;
    let runs_on = indices.end < sheet.doc.len()
        && sheet.doc.token(indices.end).ent_iob() == stemma_english::Iob::Inside;
    let bare_name = single && first.ent_type() == "PERSON";
    let firm = matches!(&hit.meaning, Meaning::Date(Say::Calendar { day: Some(_), .. }));
    firm || !(begins_inside || runs_on || bare_name)
}
