//! Recognition: which words are a time expression, and what they say.
//!
//! One rule family a file, each a set of functions from a place in the text to what they read from
//! there. At every place the longest reading wins, and reading goes on behind it; so the grammar
//! is linear in the text up to the length of one expression.

mod calendar;
mod clock;
mod length;
mod note;
mod often;
mod period;
mod relative;
mod vague;
mod year;

use super::atom::{Cursor, Page};
use super::meaning::Meaning;
use super::unit::Unit;

/// What a rule read: the places where the expression starts and ends, and what it says.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub start: usize,
    pub end: usize,
    pub meaning: Meaning,
    /// The rule family.
    pub rule: &'static str,
}

/// What a rule reads from a place: a meaning and the place after it.
type Read<'p> = Option<(Meaning, Cursor<'p>)>;

/// A rule family.
type Family = (&'static str, for<'p> fn(Cursor<'p>) -> Read<'p>);

/// Words that start sentences with a capital before a month: not names.
const STARTERS: [&str; 14] = [
    "In", "On", "By", "Since", "Until", "From", "The", "Last", "Next", "This", "Early", "Late",
    "And", "After",
];

/// All families. Of readings of the same length the first wins.
const FAMILIES: [Family; 8] = [
    ("clock", clock::read),
    ("calendar", calendar::read),
    ("period", period::read),
    ("relative", relative::read),
    ("vague", vague::read),
    ("length", length::read),
    ("often", often::read),
    ("year", year::read),
];

/// All time expressions of a page, in order, not overlapping.
pub(crate) fn expressions(page: &Page<'_>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut at = 0;
    while at < page.atoms.len() {
        match longest(page.cursor(at)) {
            Some(hit) => {
                at = hit.end;
                let listed = calendar::listed(page.cursor(at), &hit.meaning);
                hits.push(hit);
                for (start, end, meaning) in listed {
                    hits.push(Hit { start, end, meaning, rule: "listed" });
                    at = end;
                }
            }
            None => at += 1,
        }
    }
    hits
}

fn longest(cursor: Cursor<'_>) -> Option<Hit> {
    if !may_start(cursor) {
        return None;
    }
    let mut best: Option<Hit> = None;
    let notes: &[Family] = if cursor.page.note { &note::FAMILIES } else { &[] };
    for (rule, read) in notes.iter().chain(&FAMILIES) {
        if let Some((meaning, end)) = read(cursor)
            && best.as_ref().is_none_or(|best| end.at > best.end)
        {
            best = Some(Hit { start: cursor.at, end: end.at, meaning, rule });
        }
    }
    best
}

/// Whether any expression can start here: not inside a word or number, and not at a mark other
/// than the apostrophe of `’90s` or a fraction.
fn may_start(cursor: Cursor<'_>) -> bool {
    let inside_number = cursor.glued()
        && super::number::is_digits(cursor)
        && cursor.back().is_some_and(|back| {
            super::number::is_digits(back)
                || matches!(back.mark(), Some('.' | ',' | '$' | '£' | '€'))
                    && back.back().is_some_and(|before| super::number::is_digits(before))
        });
    !inside_number && cursor.mark().is_none_or(|mark| matches!(mark, '\'' | '’' | '‘' | '½'))
}

/// Whether a currency's sign stands before: `$12 December 27` has no 12 December.
fn is_money(cursor: Cursor<'_>) -> bool {
    cursor.back().is_some_and(|back| matches!(back.mark(), Some('$' | '£' | '€' | '¥')))
}

/// Past `the`, if it is here.
fn the(cursor: Cursor<'_>) -> Cursor<'_> {
    cursor.skip("the")
}

/// Past words that narrow a date without changing its value: `early`, `the end of`, `mid-`.
fn narrowing(cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    let inside = the(cursor);
    if let Some(next) = inside.eat_any(&["early", "late", "mid", "earlier", "later"]) {
        return Some(next.skip_hyphen());
    }
    let edge = inside.eat_any(&["early", "mid", "very"]).unwrap_or(inside).eat_any(&[
        "end",
        "beginning",
        "start",
        "middle",
        "close",
        "turn",
        "rest",
        "remainder",
    ])?;
    edge.eat("of")
}

/// Past words that loosen an amount: `about`, `more than`, `at least`.
fn hedge(cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    const PAIRS: [&str; 14] = [
        "more than",
        "less than",
        "fewer than",
        "at least",
        "at most",
        "up to",
        "no more than",
        "no less than",
        "as much as",
        "as many as",
        "as long as",
        "just over",
        "just under",
        "well over",
    ];
    const SINGLE: [&str; 6] = ["about", "around", "approximately", "nearly", "almost", "roughly"];
    if let Some(next) = cursor.eat_any(&["over", "under"]) {
        return next.any(&["a", "an", "half"]).then_some(next);
    }
    let long = PAIRS.iter().find_map(|words| cursor.eat_all(words));
    long.or_else(|| cursor.eat_any(&SINGLE)).or_else(|| cursor.eat_all("just about"))
}
