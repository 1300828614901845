//! Lengths of time and what is reckoned by them: `three days`, `a five-year plan`, `the past two
//! months`, `six weeks ago`, `two days later`, `in two weeks’ time`.
//!
//! Not: ages of people (`44 years old`, `a 44-year-old`), `a year` as a rate (see `often`).

use super::super::atom::Cursor;
use super::super::meaning::{From, Length, Meaning, Placed, Say};
use super::super::number::plain;
use super::super::outlook::Outlook;
use super::super::unit::Unit;
use super::period::year_ago;
use super::year::two_years;
use super::{Read, hedge};

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    let inner = hedge(start).or_else(|| of_known_length(start)).unwrap_or(start);
    placed(inner)
        .or_else(|| year_ended(start))
        .or_else(|| going_by(start))
        .or_else(|| hyphenated(inner))
        .or_else(|| shifted(start, inner))
        .or_else(|| plural_alone(start))
}

/// Past `the` of `in the nine months`, `for the six months`.
fn of_known_length(start: Cursor<'_>) -> Option<Cursor<'_>> {
    let introduced = start.back().is_some_and(|back| back.any(&["in", "for", "of", "during"]));
    let amount = start.eat("the").filter(|_| introduced)?;
    let unit = plain(amount)?.end;
    (unit.entry().unit.is_some() && unit.entry().plural).then_some(amount)
}

/// `the past two months`, `the next few years`, `the first nine months`, `the last decade`,
/// `the year-earlier nine months`.
fn placed(start: Cursor<'_>) -> Read<'_> {
    let each = start.eat_all("each of").or_else(|| start.eat_all("all of")).unwrap_or(start);
    let the = each.eat_any(&["the", "these", "those", "this"]);
    let at = the.unwrap_or(each);
    if let Some(earlier) = year_ago(at).filter(|_| the.is_some()) {
        let (length, end) = amounts(earlier)?;
        return Some((Meaning::Length(length, Placed::Nowhere), end));
    }
    let placed = match () {
        () if at.any(&["past", "last", "latest", "previous", "preceding", "prior"]) => Placed::Past,
        () if at.any(&["next", "coming", "following", "upcoming", "ensuing"]) => Placed::Future,
        () if at.any(&["first", "final", "opening"]) => Placed::Nowhere,
        () => return None,
    };
    let within = each.back().is_some_and(|back| back.is("within"));
    let placed = if within && placed == Placed::Future { Placed::Inside } else { placed };
    let amount = at.next();
    if let Some((length, end)) = amounts(amount).filter(|_| !amount.any(&["a", "an"])) {
        return Some((Meaning::Length(length, placed), after_age(end)?));
    }
    let unit = amount.entry().unit.filter(|_| the.is_some() && placed != Placed::Nowhere)?;
    let over = each
        .back()
        .is_some_and(|b| b.any(&["over", "in", "during", "for", "within", "throughout"]));
    let long = matches!(unit, Unit::Decade | Unit::Century | Unit::Year | Unit::Month | Unit::Week);
    let single = long && !amount.entry().plural && at.any(&["past", "last", "next", "coming"]);
    if let Some(more) = amount.next().eat("or").and_then(plain).filter(|_| single) {
        return Some((Meaning::Length(Length::of(None, unit), placed), more.end));
    }
    (over && single).then(|| (Meaning::Length(Length::of(Some(1.0), unit), placed), amount.next()))
}

/// `the year ended March 31`, `the fiscal year ending in June`.
fn year_ended(start: Cursor<'_>) -> Read<'_> {
    let year = start.eat("the")?.skip("fiscal").eat("year")?;
    let length = Length::of(Some(1.0), Unit::Year);
    year.any(&["ended", "ending"]).then_some((Meaning::Length(length, Placed::Nowhere), year))
}

/// `the weeks ahead`, `the years that followed`, `over the years`.
fn going_by(start: Cursor<'_>) -> Read<'_> {
    let units = start.eat("the")?;
    let unit = units.entry().unit.filter(|unit| *unit >= Unit::Day && units.entry().plural)?;
    let meaning = |placed| Meaning::Length(Length::of(None, unit), placed);
    let end = units.next();
    if let Some(ahead) = end.eat("ahead").or_else(|| end.eat_all("to come")) {
        return Some((meaning(Placed::Future), ahead));
    }
    let followed = end.eat_all("that followed").is_some() || end.is("since");
    let over = start.back().is_some_and(|back| back.any(&["over", "through"]));
    let alone = over && !end.any(&["of", "when", "before", "after", "that", "in", "since"]);
    (followed || alone).then(|| (meaning(Placed::Nowhere), end))
}

/// `five-year`, `16-hour`, `half-hour`, `day-long`, `8-month-old`, `two-to-three-week`.
fn hyphenated(start: Cursor<'_>) -> Read<'_> {
    let (amount, at) = match plain(start) {
        Some(number) => match and_a_half(number.end) {
            Some(end) => (Some(number.value + 0.5), end),
            None => (Some(number.value), plus(number.end)),
        },
        None if start.any(&["several", "multi", "many"]) => (None, start.next()),
        None if start.is("half") => (Some(0.5), start.next()),
        None => return long(start),
    };
    let at = to_amount(at).map_or(at, |(_, end)| end);
    let unit = at.eat_hyphen()?;
    let kind = unit.entry().unit.filter(|_| !unit.entry().plural)?;
    let end = after_age(unit.next())?;
    Some((Meaning::Length(Length::of(amount, kind), Placed::Nowhere), end))
}

/// `day-long`, `yearlong`, `decades-long`, `years-old`.
fn long(start: Cursor<'_>) -> Read<'_> {
    if let Some(unit) = start.entry().long {
        return Some((Meaning::Length(Length::of(Some(1.0), unit), Placed::Nowhere), start.next()));
    }
    let unit = start.entry().unit.filter(|_| !after_hyphen(start))?;
    let end = start.next().eat_hyphen()?.eat_any(&["long", "old"])?;
    let amount = (!start.entry().plural).then_some(1.0);
    Some((Meaning::Length(Length::of(amount, unit), Placed::Nowhere), end))
}

/// Whether a hyphen binds the word here to one before: `year-old` of `6-year-old`.
fn after_hyphen(start: Cursor<'_>) -> bool {
    start.glued() && start.back().is_some_and(|back| back.eat_hyphen().is_some())
}

/// An amount with what reckons from it: `six weeks ago`, `a year earlier`, `two days later`,
/// `three weeks after Easter`.
fn shifted<'p>(start: Cursor<'p>, inner: Cursor<'p>) -> Read<'p> {
    let (length, end) = amounts(inner)?;
    let whole = end.eat_apostrophe().filter(|next| next.is("time")).map_or(end, Cursor::next);
    if let Some(read) = compared_with(start, &length, end) {
        return Some(read);
    }
    if let Some(after) = whole.eat("ago").or_else(|| end.eat_all("back then")) {
        return Some((shift(length, -1, From::Writing), after));
    }
    if let Some(after) = end.eat_all("from now").or_else(|| end.eat("hence")) {
        return Some((shift(length, 1, From::Writing), after));
    }
    if let Some(read) = around_named_day(&length, end) {
        return Some(read);
    }
    let in_before = start.back().is_some_and(|back| back.is("in"));
    if in_before && whole.at > end.at {
        return Some((shift(length, 1, From::Writing), whole));
    }
    let placed = match () {
        // `not a day earlier` sets a limit; nothing happens then.
        () if start.back().is_some_and(|back| back.is("not")) => Placed::Nowhere,
        () if end.any(&["later", "afterwards", "afterward"]) => Placed::Later,
        () if end.any(&["earlier", "beforehand", "before"]) => Placed::Earlier,
        () if in_before => Placed::Within,
        () if start.back().is_some_and(|back| back.is("within")) => Placed::Inside,
        () => Placed::Nowhere,
    };
    let one_earlier =
        placed == Placed::Earlier && length.0[0].0 == Some(1.0) && inner.any(&["a", "one"]);
    let end = if one_earlier && end.is("earlier") { end.next() } else { end };
    let as_many = inner.is("many") && inner.back().is_some_and(|back| back.is("as"));
    if as_many || is_rate(inner, &length) || is_title(inner, end) {
        return None;
    }
    let end = if end.is("old") && length.unit() >= Unit::Year { return None } else { end };
    Some((Meaning::Length(length, placed), end))
}

/// What figures are compared with: `a year ago`, `a year earlier`, `from a month earlier`, `nine
/// cents a year before`.
fn compared_with<'p>(start: Cursor<'p>, length: &Length, end: Cursor<'p>) -> Read<'p> {
    /// Words between what brings a comparison and it: `up from 5.2% a month earlier`.
    const BETWEEN: usize = 5;
    let date = |say, end| Some((Meaning::Date(say), end));
    if is_one(length, Unit::Year) {
        if let Some(after) = end.eat("ago") {
            return date(Say::YearEarlier(Some(Unit::Year)), after);
        }
        let before = end.eat("earlier").or_else(|| year_before(length, end))?;
        return date(Say::YearBefore, before);
    }
    let after = end.eat("earlier")?;
    if is_one(length, Unit::Decade) {
        return date(Say::YearEarlier(Some(Unit::Decade)), after);
    }
    let unit = [Unit::Week, Unit::Month, Unit::Quarter].iter().any(|unit| is_one(length, *unit));
    let compared = std::iter::successors(start.back(), |at| at.back())
        .take(BETWEEN)
        .any(|at| at.any(&["from", "than", "with"]));
    (compared && unit).then(|| (shift(length.clone(), -1, From::Spoken), after))
}

/// Past `before` of `nine cents a year before`, where nothing follows that it could be before.
fn year_before<'p>(length: &Length, end: Cursor<'p>) -> Option<Cursor<'p>> {
    let after = end.eat("before").filter(|_| is_one(length, Unit::Year))?;
    matches!(after.mark(), Some('.' | ',' | ';' | ')')).then_some(after)
}

/// Whether `a year` is a rate: an amount stands before it, as in `$1.76 a year`.
fn is_rate(inner: Cursor<'_>, length: &Length) -> bool {
    let article = inner.any(&["a", "an"]) && length.0.len() == 1;
    article
        && inner.back().is_some_and(|back| {
            back.eat_digits().is_some()
                || back.any(&["million", "billion", "dollars", "pounds", "euros", "percent"])
        })
}

/// Whether digits and a capital name a programme: `60 Minutes`, `48 Hours`.
fn is_title(inner: Cursor<'_>, end: Cursor<'_>) -> bool {
    super::super::number::is_digits(inner)
        && end.back().is_some_and(|unit| unit.capital() && unit.entry().unit.is_some())
}

fn shift(length: Length, sign: i8, from: From) -> Meaning {
    Meaning::Date(Say::Shift { length, sign, from })
}

fn is_one(length: &Length, unit: Unit) -> bool {
    length.0 == [(Some(1.0), unit)]
}

/// `two days after tomorrow`, `two weeks from today`, `10 days before yesterday`.
fn around_named_day<'p>(length: &Length, end: Cursor<'p>) -> Read<'p> {
    let sign = match () {
        () if end.any(&["after", "from", "following"]) => 1,
        () if end.any(&["before", "prior"]) => -1,
        () => return None,
    };
    let day = end.next().skip("to").entry().day?;
    let from = From::Date(Box::new(Say::Day(day)));
    Some((shift(length.clone(), sign, from), end.next().skip("to").next()))
}

/// Amounts of units: `three days`, `an hour and a half`, `two and a half years`,
/// `one day and five hours`, `two to three weeks`, `a year or two`.
pub(super) fn amounts(start: Cursor<'_>) -> Option<(Length, Cursor<'_>)> {
    let (first, mut end) = amount_of_unit(start)?;
    if let Some(half) = end.eat_all("and a half").filter(|_| first.0.is_some()) {
        return Some((Length::of(first.0.map(|n| n + 0.5), first.1), half));
    }
    if let Some(more) = end.eat("or").and_then(|or| plain(or)).filter(|_| first.0 == Some(1.0)) {
        end = more.end;
        return Some((Length(vec![(None, first.1)]), end));
    }
    let mut parts = vec![first];
    while let Some((part, next)) = and_smaller(end, parts[parts.len() - 1].1) {
        parts.push(part);
        end = next;
    }
    Some((Length(parts), end))
}

type Part = (Option<f64>, Unit);

fn and_smaller(end: Cursor<'_>, than: Unit) -> Option<(Part, Cursor<'_>)> {
    let at = end.eat("and").or_else(|| end.eat_mark(',').map(|c| c.skip("and"))).unwrap_or(end);
    plain(at)?;
    amount_of_unit(at).filter(|((_, unit), _)| *unit < than)
}

fn amount_of_unit(start: Cursor<'_>) -> Option<(Part, Cursor<'_>)> {
    if two_years(start).is_some() {
        return None;
    }
    let (amount, at) = amount(start)?;
    let at = qualifier(at);
    let unit = unit_here(at, start)?;
    let half_of_unit = start.eat("half").is_some();
    Some(((amount.map(|n| if half_of_unit && n == 1.0 { 0.5 } else { n }), unit), at.next()))
}

/// The unit here, unless the word is an ordinal or a name (`three quarters of`, `two seasons`).
fn unit_here(at: Cursor<'_>, start: Cursor<'_>) -> Option<Unit> {
    let unit = at.entry().unit?;
    let counted = plain(start).is_some() || start.any(&["a", "an", "half"]);
    let in_order = start.back().is_some_and(|back| back.any(&["first", "last", "final"]))
        && at.next().next().eat_digits().is_none();
    let share = unit == Unit::Quarter && at.next().is("of") && counted && !in_order;
    let article = start.any(&["a", "an"]);
    let second = unit == Unit::Second && article && !at.next().any(&["ago", "later"]);
    let short = at.word().len() <= 3 && !super::super::number::is_digits(start) && !at.is("day");
    let skip = article
        && matches!(unit, Unit::Quarter | Unit::Season | Unit::Weekend | Unit::Night | Unit::Half);
    let compound = at
        .next()
        .eat_hyphen()
        .is_some_and(|next| next.any(&["earlier", "ago", "end", "over", "on", "to"]));
    (!compound && !share && !second && !short && !skip).then_some(unit)
}

/// How many: `three`, `a`, `a few`, `several`, `half a`, `two to three`, `a couple of`.
fn amount(start: Cursor<'_>) -> Option<(Option<f64>, Cursor<'_>)> {
    if let Some(at) = start.eat("half") {
        return at.eat_any(&["a", "an"]).map(|end| (Some(1.0), end));
    }
    if let Some(number) = plain(start) {
        let end = plus(number.end);
        if let Some(half) = and_a_half(end) {
            return Some((Some(number.value + 0.5), half));
        }
        let last = to_amount(end).map_or(end, |(_, end)| end);
        return Some((Some(number.value), last.eat_hyphen().map_or(last, |_| last)));
    }
    let article = start.eat_any(&["a", "an"]);
    if let Some(at) = article.or(Some(start)) {
        if let Some(couple) = at.eat("couple") {
            return Some((Some(2.0), couple.skip("of").skip("more")));
        }
        if let Some(end) = at.eat("few").or_else(|| article?.eat_all("number of")) {
            return Some((None, end.skip("more")));
        }
        if let Some(end) = at.eat_all("dozen").filter(|_| article.is_some()) {
            return Some((Some(12.0), end));
        }
    }
    if let Some(at) = article {
        return Some((Some(1.0), at));
    }
    let vague = start.eat_any(&["several", "many", "countless", "numerous"]);
    let of = || start.eat_any(&["dozens", "hundreds", "thousands", "tens", "scores"])?.eat("of");
    vague.or_else(of).map(|end| (None, end))
}

/// Past the `-plus` of `20-plus years`.
fn plus(end: Cursor<'_>) -> Cursor<'_> {
    end.eat_hyphen().and_then(|plus| plus.eat("plus")).unwrap_or(end)
}

/// Past `and a half`, with hyphens or without.
fn and_a_half(end: Cursor<'_>) -> Option<Cursor<'_>> {
    let a = end.skip_hyphen().eat("and")?.skip_hyphen().eat_any(&["a", "one"])?;
    a.skip_hyphen().eat("half")
}

/// The second of two amounts: `to three`, `or three`, `-3`.
fn to_amount(end: Cursor<'_>) -> Option<(f64, Cursor<'_>)> {
    let at = end.eat_any(&["to", "or"]).or_else(|| {
        let to = end.eat_hyphen()?;
        Some(to.eat("to").and_then(Cursor::eat_hyphen).unwrap_or(to))
    })?;
    let number = plain(at)?;
    Some((number.value, number.end))
}

/// Past words between an amount and its unit that do not change the length.
fn qualifier(at: Cursor<'_>) -> Cursor<'_> {
    const WORDS: [&str; 16] = [
        "more",
        "full",
        "straight",
        "consecutive",
        "trading",
        "business",
        "working",
        "calendar",
        "additional",
        "long",
        "solid",
        "further",
        "extra",
        "whole",
        "successive",
        "short",
    ];
    let once = at.eat_any(&WORDS).unwrap_or(at);
    let twice = once.eat_any(&WORDS).unwrap_or(once);
    if twice.entry().unit.is_some() { twice } else { at }
}

/// Past `-old` of things, and nowhere for a person's age.
fn after_age(end: Cursor<'_>) -> Option<Cursor<'_>> {
    let years = end.back().is_some_and(|unit| unit.entry().unit == Some(Unit::Year));
    match end.eat_hyphen().filter(|next| next.any(&["old", "olds", "long"])) {
        Some(old) if !old.is("long") && (years || is_small_child(old.next())) => None,
        Some(old) => Some(old.next()),
        None if years && end.any(&["old", "olds"]) => None,
        None => Some(end),
    }
}

/// Whether somebody stands here whose age is told in months: `a six-month-old girl`.
fn is_small_child(cursor: Cursor<'_>) -> bool {
    Outlook::get().small_children.has(&cursor.word().to_ascii_lowercase())
}

/// `for years`, `within weeks`, `months of talks`, `years ago`.
fn plural_alone(start: Cursor<'_>) -> Read<'_> {
    let unit = start.entry().unit.filter(|_| start.entry().plural)?;
    let end = start.next();
    if matches!(
        unit,
        Unit::Second | Unit::Quarter | Unit::Season | Unit::Night | Unit::Half | Unit::Weekend
    ) {
        return None;
    }
    if end.is("ago") {
        return Some((shift(Length::of(None, unit), -1, From::Writing), end.next()));
    }
    let end = match end.eat("or").or_else(|| end.eat("and")) {
        Some(more) if more.entry().unit.is_some() && more.entry().plural => more.next(),
        _ => end,
    };
    let introduced = start.back().is_some_and(|back| {
        back.any(&[
            "for", "within", "over", "after", "in", "take", "took", "taken", "spent", "lasted",
            "last",
        ])
    });
    let placed = if end.is("later") { Placed::Later } else { Placed::Nowhere };
    let determined = start.back().is_some_and(|back| back.is("the"));
    let counted = end.any(&["of", "later", "before", "after"])
        && (determined || !end.next().any(&["the", "a", "his", "her"]));
    (introduced || counted).then(|| (Meaning::Length(Length::of(None, unit), placed), end))
}
