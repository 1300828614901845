//! Numbers in digits and words, for time expressions and figures alike.

use super::atom::{Cursor, Kind};

/// A number that was read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number<'p> {
    /// Its value.
    pub value: f64,
    /// Written in digits, at least in part.
    pub digits: bool,
    /// The place after it.
    pub end: Cursor<'p>,
}

/// The number here: `57`, `1,200`, `5 1/2`, `2.5`, `½`, `twenty-one`, `a hundred`, `57 billion`.
pub(crate) fn number(start: Cursor<'_>) -> Option<Number<'_>> {
    let plain = digits(start).or_else(|| words(start))?;
    Some(scaled(plain))
}

/// The number here without a scale after it: `57`, `twenty-one`.
pub(crate) fn plain(start: Cursor<'_>) -> Option<Number<'_>> {
    digits(start).or_else(|| words(start))
}

/// Digits, grouped by commas, with decimals or a fraction.
pub(crate) fn digits(start: Cursor<'_>) -> Option<Number<'_>> {
    if let Some((value, end)) = fraction_mark(start) {
        return Some(Number { value, digits: true, end });
    }
    let (first, count, end) = start.eat_digits()?;
    if first == u32::MAX {
        return None;
    }
    let (whole, end) = grouped(f64::from(first), count, end);
    let (value, end) = match decimals(end) {
        Some((part, end)) => (whole + part, end),
        None => fraction(whole, end),
    };
    Some(Number { value, digits: true, end })
}

/// Groups of three digits after a comma.
fn grouped(first: f64, count: u8, mut end: Cursor<'_>) -> (f64, Cursor<'_>) {
    let mut value = first;
    if count > 3 {
        return (value, end);
    }
    while let Some(after) = end.eat_mark(',').filter(|_| end.glued())
        && let Some((group, 3, next)) = after.eat_digits()
        && after.glued()
    {
        value = value * 1000.0 + f64::from(group);
        end = next;
    }
    (value, end)
}

/// `.5` directly after digits.
fn decimals(end: Cursor<'_>) -> Option<(f64, Cursor<'_>)> {
    let after = end.eat_mark('.').filter(|_| end.glued())?;
    let (part, count, next) = after.eat_digits().filter(|_| after.glued() && !next_dot(after))?;
    Some((f64::from(part) / 10_f64.powi(i32::from(count)), next))
}

/// Whether digits here are followed by another dot and digits, as in `21.04.2016`.
fn next_dot(digits: Cursor<'_>) -> bool {
    let dot = digits.next();
    dot.glued()
        && dot.mark() == Some('.')
        && dot.next().glued()
        && dot.next().eat_digits().is_some()
}

/// `1/2` or `½` after a whole number, or in its place.
fn fraction(whole: f64, end: Cursor<'_>) -> (f64, Cursor<'_>) {
    if let Some((part, end)) = fraction_mark(end) {
        return (whole + part, end);
    }
    let after_hyphen = end.skip_hyphen();
    if let Some((1..=9, 1, slash)) = after_hyphen.eat_digits()
        && let Some((part, end)) = ratio(after_hyphen, slash)
    {
        return (whole + part, end);
    }
    (whole, end)
}

fn ratio<'p>(top: Cursor<'p>, slash: Cursor<'p>) -> Option<(f64, Cursor<'p>)> {
    let (above, ..) = top.eat_digits()?;
    let bottom = slash.eat_mark('/').filter(|_| slash.glued())?;
    let (below, _, end) = bottom.eat_digits().filter(|_| bottom.glued())?;
    (2..=16).contains(&below).then(|| (f64::from(above) / f64::from(below), end))
}

fn fraction_mark(at: Cursor<'_>) -> Option<(f64, Cursor<'_>)> {
    let value = match at.mark()? {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        _ => return None,
    };
    Some((value, at.next()))
}

/// A number in words, below a million: `two thousand and five`, `a hundred and twenty`.
pub(crate) fn words(start: Cursor<'_>) -> Option<Number<'_>> {
    let article = start.eat_any(&["a", "an"]).filter(|next| next.entry().scale.is_some());
    let (mut group, mut end) = match article {
        Some(after) => (1.0, after),
        None => below_hundred(start)?,
    };
    let mut total = 0.0;
    while let Some(scale) = end.entry().scale.filter(|scale| *scale <= 1000.0) {
        group *= scale;
        end = end.next();
        if scale == 1000.0 {
            total += group;
            group = 0.0;
        }
        let next = end.skip("and");
        let Some((more, after)) = below_hundred(next) else { break };
        group += more;
        end = after;
    }
    let value = total + group;
    Some(Number { value, digits: false, end })
}

/// `seven`, `twenty`, `twenty-one`, `twenty one`.
fn below_hundred(start: Cursor<'_>) -> Option<(f64, Cursor<'_>)> {
    let tens = start.entry().cardinal?;
    let end = start.next();
    if (20..100).contains(&tens) {
        let units = end.skip_hyphen();
        if let Some(ones @ 1..=9) = units.entry().cardinal {
            return Some((f64::from(tens + ones), units.next()));
        }
    }
    Some((f64::from(tens), end))
}

/// The same number times the scales that follow it: `57 billion`, `3m`, `£57bn`.
fn scaled(mut number: Number<'_>) -> Number<'_> {
    loop {
        let end = number.end.skip_hyphen();
        let glued_letter = end.glued() && number.digits;
        let factor = match end.entry().scale {
            Some(scale) => scale,
            None if glued_letter && end.any(&["m"]) => 1e6,
            None if glued_letter && end.any(&["k"]) => 1e3,
            None if glued_letter && end.any(&["b"]) => 1e9,
            None => return number,
        };
        number.value *= factor;
        number.end = end.next();
    }
}

/// A year in words: `nineteen ninety-six`, `two thousand and five`, `nineteen oh five`.
pub(crate) fn spelled_year(start: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    if let Some(century @ (17..=20)) = start.entry().cardinal {
        let after = start.next().skip_hyphen();
        if let Some((tens, end)) = below_hundred(after)
            && tens >= 10.0
        {
            return Some((century as i16 * 100 + tens as i16, end));
        }
        if let Some(rest) = after.eat("hundred") {
            let (rest, end) = below_hundred(rest.skip("and"))?;
            return Some((century as i16 * 100 + rest as i16, end));
        }
        let ones = after.eat_any(&["oh", "o", "zero"])?;
        let value @ 1..=9 = ones.entry().cardinal? else { return None };
        return Some((century as i16 * 100 + value as i16, ones.next()));
    }
    if let Some(after) = start.eat_all("two thousand") {
        return match below_hundred(after.skip("and")) {
            Some((ones, end)) => Some((2000 + ones as i16, end)),
            None => (start.page.note && after.entry().unit.is_none()).then_some((2000, after)),
        };
    }
    let old = words(start).filter(|_| start.eat_all("one thousand").is_some())?;
    (1001.0..2000.0).contains(&old.value).then_some((old.value as i16, old.end))
}

/// A place in an order: `third`, `3rd`, `twenty-first`.
pub(crate) fn ordinal(start: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    if let Some((value, _, end)) = start.eat_digits() {
        let suffixed = end.glued() && end.any(&["st", "nd", "rd", "th"]);
        return suffixed.then(|| (value, end.next()));
    }
    if let Some(tens @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90)) = start.entry().cardinal {
        let ones = start.next().skip_hyphen();
        let value = ones.entry().ordinal.filter(|value| *value < 10)?;
        return Some((tens + value, ones.next()));
    }
    Some((start.entry().ordinal?, start.next()))
}

/// Whether a number stands here in digits.
pub(crate) fn is_digits(at: Cursor<'_>) -> bool {
    matches!(at.atom().map(|atom| atom.kind), Some(Kind::Number(..)))
}

#[cfg(test)]
mod tests {
    use super::super::atom::Page;
    use super::*;

    fn check(text: &str, value: f64, read: &str) {
        let page = Page::of(text);
        let number = number(page.cursor(0)).expect(text);
        assert!(
            (number.value - value).abs() < value.abs() * 1e-9 + 1e-9,
            "{text}: {}",
            number.value
        );
        assert_eq!(page.span(0, number.end.at).of_text(text), read);
    }

    #[test]
    fn numbers_in_digits_and_words() {
        check("57 billion", 57e9, "57 billion");
        check("57bn of aid", 57e9, "57bn");
        check("1,234,567 people", 1_234_567.0, "1,234,567");
        check("1,23", 1.0, "1");
        check("5 1/2 hours", 5.5, "5 1/2");
        check("2.5-million", 2.5e6, "2.5-million");
        check("twenty-one", 21.0, "twenty-one");
        check(
            "two hundred and five thousand and one dogs",
            205_001.0,
            "two hundred and five thousand and one",
        );
        check("a hundred", 100.0, "a hundred");
        check("½ mile", 0.5, "½");
        check("three dozen", 36.0, "three dozen");
    }

    #[test]
    fn years_in_words() {
        let year = |text: &str| spelled_year(Page::of(text).cursor(0)).map(|(year, _)| year);
        assert_eq!(year("nineteen ninety-six"), Some(1996));
        assert_eq!(year("twenty fifteen"), Some(2015));
        assert_eq!(year("two thousand and five"), Some(2005));
        assert_eq!(year("nineteen zero one"), Some(1901));
        assert_eq!(year("seventeen hundred and thirty three"), Some(1733));
        assert_eq!(year("one thousand seven hundred and eighty nine"), Some(1789));
        assert_eq!(year("nineteen people"), None);
        assert_eq!(year("two thousand dogs"), None);
    }
}
