//! Reading one quantity from a place: `more than €230 million`, `6.5 percent`, `20 to 30 people`,
//! `about 22,000`, `the third-largest`, `two thirds of voters`, `half a dozen`.
//!
//! Not: scores and ratios (`3-1`), parts of dates and clock times, telephone and model numbers.

use stemma_model::FigureKind;

use super::lexicon::Units;
use crate::timex::atom::{Cursor, Kind};
use crate::timex::number::{self, Number, number, ordinal};

/// A quantity that was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    pub kind: FigureKind,
    pub value: f64,
    pub upper: Option<f64>,
    pub unit: Option<String>,
    pub hedge: Option<String>,
    /// The amount itself is not exact: `hundreds`, `dozens`.
    pub vague: bool,
    /// Written in digits.
    pub digits: bool,
}

/// The quantity that starts here, with the index of the atom after it.
pub(super) fn quantity(start: Cursor<'_>) -> Option<(Quantity, usize)> {
    if start.glued() && start.back().is_some_and(|back| blocks_start(back, start)) {
        return None;
    }
    let (hedge, at) = match hedge(start) {
        Some((words, next)) => (Some(words), next),
        None => (None, start),
    };
    let (mut read, end) = money(at)
        .or_else(|| share(at))
        .or_else(|| rank(at))
        .or_else(|| count(at))
        .or_else(|| vague_count(at))?;
    read.hedge = hedge;
    Some((read, end.at))
}

/// Whether what stands before, without a space, makes this a part of something else.
fn blocks_start(back: Cursor<'_>, start: Cursor<'_>) -> bool {
    let digits = number::is_digits(start);
    match back.atom().map(|atom| atom.kind) {
        Some(Kind::Word) => true,
        Some(Kind::Number(..)) => start.mark().is_none(),
        Some(Kind::Mark('-' | '–' | '/' | '.' | ':' | '_' | '@' | '#' | '+')) => digits,
        Some(Kind::Mark(',' | '\'' | '’')) => digits && back.glued(),
        _ => false,
    }
}

/// Words that loosen a figure, in lower case.
fn hedge(start: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    const PHRASES: [&str; 24] = [
        "no more than",
        "no fewer than",
        "no less than",
        "more than",
        "less than",
        "fewer than",
        "at least",
        "at most",
        "up to",
        "as many as",
        "as much as",
        "just over",
        "just under",
        "well over",
        "close to",
        "an estimated",
        "some",
        "about",
        "around",
        "roughly",
        "approximately",
        "nearly",
        "almost",
        "over",
    ];
    let (words, next) = PHRASES.iter().find_map(|words| Some((*words, start.eat_all(words)?)))?;
    let number_follows = number::is_digits(next)
        || next.entry().cardinal.is_some()
        || Units::get().signs.get(sign(next)).is_some()
        || next.any(&["a", "half", "hundreds", "dozens", "thousands", "millions"]);
    number_follows.then(|| (words.to_owned(), next))
}

/// The currency sign or prefix here.
fn sign(at: Cursor<'_>) -> &str {
    at.atom().map_or("", |atom| atom.span.of_text(at.page.text))
}

/// `€230 million`, `US$5bn`, `57 billion euros`, `50 cents`, `$20-30 million`.
fn money(at: Cursor<'_>) -> Option<(Quantity, Cursor<'_>)> {
    let units = Units::get();
    if let Some((code, amount)) = currency_sign(at) {
        let first = number(amount)?;
        let (second, end) =
            range_end(first, |next| number(currency_sign(next).map_or(next, |(_, next)| next)));
        let (value, upper) = same_scale(first, second);
        let end = currency_word(end).map_or(end, |(_, end)| end);
        return Some((made(FigureKind::Money, value, upper, Some(code), true), end));
    }
    let first = number(at)?;
    let (second, end) = range_end(first, number);
    let (value, upper) = same_scale(first, second);
    if let Some((code, end)) = currency_word(end) {
        return Some((made(FigureKind::Money, value, upper, Some(code), first.digits), end));
    }
    let code = units.hundredths.get(end.word())?.to_owned();
    let quantity =
        made(FigureKind::Money, value / 100.0, upper.map(|v| v / 100.0), Some(code), first.digits);
    Some((quantity, end.next()))
}

/// `$`, `£`, `US$`, `C$`, `EUR `.
fn currency_sign(at: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let signs = &Units::get().signs;
    if at.mark().is_some() {
        let code = signs.get(sign(at))?;
        return number::is_digits(at.next()).then(|| (code.to_owned(), at.next()));
    }
    let prefix = signs.get(sign(at)).filter(|_| at.capital())?;
    let dollar = at.next().eat_mark('$').filter(|_| at.next().glued())?;
    number::is_digits(dollar).then(|| (prefix.to_owned(), dollar))
}

fn currency_word(at: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let at = at.skip_hyphen();
    let at = at.eat_any(&["us", "american", "canadian", "australian"]).unwrap_or(at);
    if at.is("pounds") && at.next().is("sterling") {
        return Some(("GBP".to_owned(), at.next().next()));
    }
    let code = Units::get().currencies.get(at.word())?;
    Some((code.to_owned(), at.next()))
}

/// `6.5 percent`, `40%`, `two thirds`, `half of`, `3 percentage points`.
fn share(at: Cursor<'_>) -> Option<(Quantity, Cursor<'_>)> {
    if let Some((value, end)) = fraction_words(at) {
        return Some((made(FigureKind::Share, value * 100.0, None, Some("%".into()), false), end));
    }
    let first = number(at)?;
    let (second, end) = range_end(first, |next| number(next));
    let percent_between = first.end.eat_mark('%');
    let (value, upper, end) = match percent(end) {
        Some(end) => {
            let (value, upper) = same_scale(first, second);
            (value, upper, end)
        }
        None => (first.value, None, percent_between.or_else(|| percent(first.end))?),
    };
    let points = end.eat_any(&["point", "points"]);
    let unit = if points.is_some() { "percentage points" } else { "%" };
    Some((
        made(FigureKind::Share, value, upper, Some(unit.into()), first.digits),
        points.unwrap_or(end),
    ))
}

fn percent(at: Cursor<'_>) -> Option<Cursor<'_>> {
    at.eat_mark('%')
        .or_else(|| at.eat_any(&["percent", "pct", "percentage"]))
        .or_else(|| at.eat_all("per cent"))
}

/// `half of`, `two thirds of`, `three-quarters of`, `one in five`.
fn fraction_words(at: Cursor<'_>) -> Option<(f64, Cursor<'_>)> {
    if let Some(end) = at.eat("half").filter(|end| end.any(&["of", "the", "its", "their"])) {
        return Some((0.5, end));
    }
    let top = number::words(at).filter(|n| n.value >= 1.0 && n.value < 20.0)?;
    let parts = top.end.skip_hyphen();
    let bottom = match () {
        () if parts.any(&["third", "thirds"]) => 3.0,
        () if parts.any(&["quarter", "quarters"]) => 4.0,
        () if parts.any(&["fifth", "fifths"]) => 5.0,
        () if parts.any(&["tenth", "tenths"]) => 10.0,
        () => return one_in(top),
    };
    parts.next().is("of").then(|| (top.value / bottom, parts.next()))
}

/// `one in five`.
fn one_in(top: Number<'_>) -> Option<(f64, Cursor<'_>)> {
    let bottom = number::words(top.end.eat("in")?)
        .filter(|n| top.value == 1.0 && n.value >= 2.0 && n.value <= 100.0)?;
    bottom.end.entry().unit.is_none().then(|| (1.0 / bottom.value, bottom.end))
}

/// `third-largest`, `the second biggest`, `ranked fifth`, `in third place`.
fn rank(at: Cursor<'_>) -> Option<(Quantity, Cursor<'_>)> {
    let (n, end) = ordinal(at)?;
    let next = end.skip_hyphen();
    const SUPERLATIVES: [&str; 16] = [
        "largest",
        "biggest",
        "highest",
        "lowest",
        "smallest",
        "longest",
        "most",
        "busiest",
        "richest",
        "oldest",
        "tallest",
        "worst",
        "best",
        "fastest",
        "deadliest",
        "place",
    ];
    let superlative = next.eat_any(&SUPERLATIVES);
    let ranked = at.back().is_some_and(|back| back.any(&["ranked", "ranks", "finished", "came"]));
    let end = superlative.or(ranked.then_some(end))?;
    Some((made(FigureKind::Rank, f64::from(n), None, None, number::is_digits(at)), end))
}

/// A bare count or a measure: `22,000`, `20 to 30 miles`, `two`.
fn count(at: Cursor<'_>) -> Option<(Quantity, Cursor<'_>)> {
    let first = number(at)?;
    if is_part(first.end) {
        return None;
    }
    let (second, end) = range_end(first, |next| number(next));
    let (value, upper) = same_scale(first, second);
    let unit_at = end.skip_hyphen();
    let square = unit_at.eat_any(&["square", "cubic"]);
    let measured = square.unwrap_or(unit_at);
    if let Some(unit) = Units::get().measures.get(measured.word()) {
        let unit = match square {
            Some(_) => format!("{} {unit}", unit_at.word().to_lowercase()),
            None => unit.to_owned(),
        };
        return Some((
            made(FigureKind::Measure, value, upper, Some(unit), first.digits),
            measured.next(),
        ));
    }
    let old = end.eat_hyphen().is_some_and(|next| next.is("year") || next.entry().unit.is_some());
    let glued_word = end.glued() && !end.word().is_empty();
    if old || glued_word || end.entry().unit.is_some() {
        return None;
    }
    Some((made(FigureKind::Count, value, upper, None, first.digits), end))
}

/// `hundreds of`, `dozens of`, `tens of thousands of`.
fn vague_count(at: Cursor<'_>) -> Option<(Quantity, Cursor<'_>)> {
    let size = |at: Cursor<'_>| {
        Some(match () {
            () if at.is("dozens") => 24.0,
            () if at.is("scores") => 40.0,
            () if at.is("hundreds") => 200.0,
            () if at.is("thousands") => 2000.0,
            () if at.is("millions") => 2e6,
            () if at.is("billions") => 2e9,
            () => return None,
        })
    };
    let tens = match () {
        () if at.is("tens") => Some(20.0),
        () if at.is("hundreds") => Some(200.0),
        () => None,
    };
    if let Some(factor) = tens
        && let Some(of) = at.next().eat("of")
        && let Some(unit) = size(of)
        && !of.is("dozens")
    {
        let end = of.next();
        let mut quantity = made(FigureKind::Count, factor * unit / 2.0, None, None, false);
        quantity.vague = true;
        return end.is("of").then_some((quantity, end));
    }
    let value = size(at)?;
    let mut quantity = made(FigureKind::Count, value, None, None, false);
    quantity.vague = true;
    at.next().is("of").then(|| (quantity, at.next()))
}

/// Whether digits go on as a score, ratio, time or code.
fn is_part(end: Cursor<'_>) -> bool {
    let glued_digits = |next: Cursor<'_>| next.glued() && number::is_digits(next);
    let mark = end.mark().filter(|_| end.glued());
    matches!(mark, Some(':' | '/' | '.')) && glued_digits(end.next())
        || matches!(mark, Some('-')) && glued_digits(end.next()) && {
            let after = end.next().next();
            !(percent(after).is_some() || after.entry().scale.is_some() || after.word().len() > 2)
        }
}

/// The second number of a range, and the place after what was read.
fn range_end<'p>(
    first: Number<'p>,
    read: impl Fn(Cursor<'p>) -> Option<Number<'p>>,
) -> (Option<Number<'p>>, Cursor<'p>) {
    let end = first.end;
    let dash = end.eat_dash().filter(|_| end.glued());
    let second = dash.or_else(|| end.eat_any(&["to", "or"])).and_then(read);
    match second.filter(|second| second.value > first.value || scale_of(*second) > 1.0) {
        Some(second) => (Some(second), second.end),
        None => (None, end),
    }
}

/// What the words after a number multiply it by, as far as it shows in its size.
fn scale_of(number: Number<'_>) -> f64 {
    number.end.back().and_then(|last| last.entry().scale).unwrap_or(1.0)
}

/// Both ends of a range on the scale of the second where only that one has it: `20 to 30 million`.
fn same_scale(first: Number<'_>, second: Option<Number<'_>>) -> (f64, Option<f64>) {
    let Some(second) = second else { return (first.value, None) };
    let scale = scale_of(second);
    let value = if scale_of(first) == 1.0 && first.value * scale <= second.value {
        first.value * scale
    } else {
        first.value
    };
    (value, Some(second.value))
}

fn made(
    kind: FigureKind,
    value: f64,
    upper: Option<f64>,
    unit: Option<String>,
    digits: bool,
) -> Quantity {
    Quantity { kind, value, upper, unit, hedge: None, vague: false, digits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timex::atom::Page;

    /// Reads the first quantity of `text` and compares `kind value[-upper] unit [hedge]` and words.
    fn check(text: &str, expected: &str, words: &str) {
        let page = Page::of(text);
        let found = (0..page.atoms.len()).find_map(|at| Some((at, quantity(page.cursor(at))?)));
        let Some((at, (read, end))) = found else {
            assert_eq!(expected, "none", "{text}");
            return;
        };
        let upper = read.upper.map_or(String::new(), |upper| format!("-{upper}"));
        let unit = read.unit.map_or(String::new(), |unit| format!(" {unit}"));
        let hedge = read.hedge.map_or(String::new(), |hedge| format!(" [{hedge}]"));
        let shown = format!("{:?} {}{upper}{unit}{hedge}", read.kind, read.value);
        assert_eq!((shown.as_str(), page.span(at, end).of_text(text)), (expected, words), "{text}");
    }

    #[test]
    fn money_is_read_in_signs_and_words() {
        check("worth £57 billion of aid", "Money 57000000000 GBP", "£57 billion");
        check("about US$5bn", "Money 5000000000 USD [about]", "about US$5bn");
        check("at €320 million.", "Money 320000000 EUR", "€320 million");
        check("$20-30 million", "Money 20000000-30000000 USD", "$20-30 million");
        check("50 cents", "Money 0.5 USD", "50 cents");
        check("41.20 crowns", "Money 41.2 crown", "41.20 crowns");
    }

    #[test]
    fn shares_ranks_and_measures() {
        check("fell 6.5 percent", "Share 6.5 %", "6.5 percent");
        check("two thirds of voters", "Share 66.66666666666666 %", "two thirds");
        check("the third-largest city", "Rank 3", "third-largest");
        check("20 to 30 miles", "Measure 20-30 mi", "20 to 30 miles");
        check("3,000 square feet", "Measure 3000 square ft", "3,000 square feet");
    }

    #[test]
    fn counts() {
        check("more than 22,000 vehicles", "Count 22000 [more than]", "more than 22,000");
        check("Fourteen people", "Count 14", "Fourteen");
        check("tens of thousands of troops", "Count 20000", "tens of thousands");
        check("won 3-1 on", "none", "");
        check("at 10:30", "none", "");
    }
}
