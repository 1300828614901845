//! What is split off the ends and out of the middle of a word.
//!
//! These are spaCy's prefix, suffix and infix expressions for English (`lang/punctuation.py`,
//! `lang/en/punctuation.py`), matched by hand: every class is a table, every look-around one glance
//! at a neighbour, so each function is linear in its input.

use std::ops::Range;

use super::tables::{
    AFTER_DIGIT, ALPHA, ALPHA_LOWER, ALPHA_UPPER, BEFORE_FULL_STOP, ICONS, PREFIX_SINGLES, QUOTES,
    SUFFIX_SINGLES,
};
use crate::unicode::{Ranges, within};

/// The bytes at the start of `text` that are a token of their own, 0 for none.
pub(super) fn prefix_len(text: &str) -> usize {
    let mut chars = text.chars();
    match chars.next() {
        None => 0,
        Some('.') => full_stops(text.bytes()),
        Some('+') => usize::from(!chars.next().is_some_and(|c| c.is_ascii_digit())),
        Some('U' | 'C' | 'A') => ["US$", "C$", "A$"]
            .iter()
            .find(|sign| text.starts_with(**sign))
            .map_or(0, |sign| sign.len()),
        Some(c) if within(PREFIX_SINGLES, c) => c.len_utf8(),
        Some(_) => 0,
    }
}

/// The bytes at the end of `text` that are a token of their own, 0 for none.
///
/// The rules are alternatives of one search for the leftmost start, so the longest wins.
pub(super) fn suffix_len(text: &str) -> usize {
    let Some(last) = text.chars().next_back() else { return 0 };
    let single = if within(SUFFIX_SINGLES, last) { last.len_utf8() } else { 0 };
    let longer = match last {
        '…' if text.ends_with("……") => "……".len(),
        '.' => full_stops(text.bytes().rev()).max(usize::from(splits_final_full_stop(text))),
        '+' => usize::from(before_last(text).is_some_and(|c| c.is_ascii_digit())),
        _ => 0,
    };
    single.max(longer).max(possessive_len(text)).max(unit_len(text))
}

/// The length of a run of full stops, when there are at least two.
fn full_stops(bytes: impl Iterator<Item = u8>) -> usize {
    match bytes.take_while(|&byte| byte == b'.').count() {
        1 => 0,
        run => run,
    }
}

fn before_last(text: &str) -> Option<char> {
    text.chars().nth_back(1)
}

/// Whether the rules take one full stop off the end of `text`, which ends in one.
fn splits_final_full_stop(text: &str) -> bool {
    let mut before = text.chars().rev().skip(1);
    let (Some(last), second) = (before.next(), before.next()) else { return false };
    let both = |ranges: Ranges| within(ranges, last) && second.is_some_and(|c| within(ranges, c));
    within(BEFORE_FULL_STOP, last)
        || (second == Some('°') && matches!(last, 'F' | 'f' | 'C' | 'c' | 'K' | 'k'))
        || both(ALPHA_UPPER)
}

fn possessive_len(text: &str) -> usize {
    ["'s", "'S", "’s", "’S"]
        .iter()
        .find(|ending| text.ends_with(**ending))
        .map_or(0, |ending| ending.len())
}

/// The code points of the longest entry of `AFTER_DIGIT`.
const LONGEST_UNIT: usize = 5;

/// The longest currency or unit that ends `text` right after a digit.
fn unit_len(text: &str) -> usize {
    let mut tail = text.char_indices().rev().take(LONGEST_UNIT + 1);
    let Some((digit, _)) = tail.find(|(_, c)| c.is_ascii_digit()) else { return 0 };
    let rest = &text[digit + 1..];
    if AFTER_DIGIT.binary_search(&rest).is_ok() { rest.len() } else { 0 }
}

/// The byte ranges inside `text` at which it is cut, left to right, without overlap.
pub(super) fn infixes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut before = None;
    let mut done = 0;
    for (at, c) in text.char_indices() {
        if at >= done {
            let len = infix_len(before, c, &text[at..]);
            if len > 0 {
                found.push(at..at + len);
                done = at + len;
            }
        }
        before = Some(c);
    }
    found
}

/// The bytes of the infix that starts `rest` (whose first character is `c`) after `before`.
fn infix_len(before: Option<char>, c: char, rest: &str) -> usize {
    if c.is_ascii_alphanumeric() {
        return 0;
    }
    let after = rest[c.len_utf8()..].chars().next();
    let is = |neighbour: Option<char>, ranges: Ranges| neighbour.is_some_and(|c| within(ranges, c));
    let digit = |neighbour: Option<char>| neighbour.is_some_and(|c| c.is_ascii_digit());
    let alpha_before = is(before, ALPHA);
    let plain = match c {
        '.' => match full_stops(rest.bytes()) {
            0 => {
                (is(before, ALPHA_LOWER) || is(before, QUOTES))
                    && (is(after, ALPHA_UPPER) || is(after, QUOTES))
            }
            run => return run,
        },
        '…' => true,
        ',' => alpha_before && is(after, ALPHA),
        ':' | '<' | '>' | '=' | '/' => (alpha_before || digit(before)) && is(after, ALPHA),
        '+' | '*' | '^' => between_digits(before, after),
        '-' if between_digits(before, after) => true,
        '-' | '–' | '—' | '~' if alpha_before || digit(before) => return hyphen_len(rest),
        _ => false,
    };
    if plain || within(ICONS, c) { c.len_utf8() } else { 0 }
}

fn between_digits(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| c.is_ascii_digit())
        && after.is_some_and(|c| c.is_ascii_digit() || c == '-')
}

/// The bytes of a hyphen or dash at the start of `rest` that a letter follows.
fn hyphen_len(rest: &str) -> usize {
    ["-", "–", "—", "--", "---", "——", "~"]
        .iter()
        .find(|hyphen| {
            let after = rest.strip_prefix(**hyphen).and_then(|tail| tail.chars().next());
            after.is_some_and(|c| within(ALPHA, c))
        })
        .map_or(0, |hyphen| hyphen.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes() {
        for (text, expected) in [
            ("“Hello", "“"),
            ("...and", "..."),
            (".5", ""),
            ("+5", ""),
            ("+a", "+"),
            ("US$5", "US$"),
            ("a", ""),
        ] {
            assert_eq!(&text[..prefix_len(text)], expected, "{text}");
        }
    }

    #[test]
    fn suffixes() {
        for (text, expected) in [
            ("said,", ","),
            ("U.S.", ""),
            ("end.", "."),
            ("NATO.", "."),
            ("Mr", ""),
            ("well...", "..."),
            ("5km", "km"),
            ("5US$", "US$"),
            ("3km²", "km²"),
            ("dog's", "'s"),
            ("20°C.", "."),
            ("5+", "+"),
            ("a+", ""),
        ] {
            assert_eq!(&text[text.len() - suffix_len(text)..], expected, "{text}");
        }
    }

    #[test]
    fn no_unit_is_longer_than_what_is_looked_at() {
        assert_eq!(AFTER_DIGIT.iter().map(|unit| unit.chars().count()).max(), Some(LONGEST_UNIT));
        assert!(AFTER_DIGIT.is_sorted());
    }

    #[test]
    fn infixes_cut_between_letters() {
        let cut = |text: &'static str| {
            infixes(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>()
        };
        assert_eq!(cut("well-known/unknown"), ["-", "/"]);
        assert_eq!(cut("2019-2020"), ["-"]);
        assert_eq!(cut("end.Next"), ["."]);
        assert_eq!(cut("this---that"), ["---"]);
        assert_eq!(cut("1,000.5"), [""; 0]);
        assert_eq!(cut("so…maybe...no"), ["…", "..."]);
    }
}
