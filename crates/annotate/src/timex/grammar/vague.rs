//! Past, present and future without a date: `now`, `recently`, `the future`, `in recent years`,
//! `these days`, `in the coming weeks`.
//!
//! Not: `the past two months` (`length`), `recent graduates`, `past the house`.

use super::super::atom::Cursor;
use super::super::meaning::Meaning;
use super::{Read, the};

const PAST: &str = "PAST_REF";
const PRESENT: &str = "PRESENT_REF";
const FUTURE: &str = "FUTURE_REF";

pub(super) fn read(start: Cursor<'_>) -> Read<'_> {
    let (value, end) = word(start)
        .or_else(|| past_or_future(start))
        .or_else(|| vague_units(start))
        .or_else(|| phrase(start))?;
    Some((Meaning::Vague(value), end))
}

/// One word of the lexicon's references.
fn word(start: Cursor<'_>) -> Option<(&'static str, Cursor<'_>)> {
    let value = start.entry().reference.as_deref()?;
    let end = start.next();
    Some((value, end))
}

/// `the past`, `the future`, `the near future`, `future demand`.
fn past_or_future(start: Cursor<'_>) -> Option<(&'static str, Cursor<'_>)> {
    let at = start.eat("the")?;
    let near =
        at.eat_any(&["near", "foreseeable", "distant", "recent", "immediate", "not-too-distant"]);
    let noun = near.unwrap_or(at);
    let end = noun.next();
    let modifies = end.entry().unit.is_some()
        || end.entry().cardinal.is_some()
        || end.entry().season.is_some();
    if modifies || end.any(&["few", "several", "couple"]) {
        return None;
    }
    match () {
        () if noun.is("past")
            && (near.is_some() || !end.next().starts_line())
            && ends_phrase(end) =>
        {
            Some((PAST, end))
        }
        () if noun.is("future") => Some((FUTURE, end)),
        () if at.any(&["short", "near", "long"]) && at.next().is("term") && !at.is("long") => {
            Some((FUTURE, at.next().next()))
        }
        () => None,
    }
}

/// Whether a noun phrase can end here: no further noun follows the adjective `past`.
fn ends_phrase(end: Cursor<'_>) -> bool {
    end.word().is_empty()
        || end.any(&[
            "and", "or", "but", "that", "is", "was", "has", "had", "to", "as", "when", "by",
            "with", "the", "it", "he", "she", "they", "we", "of", "for",
        ])
}

/// `recent years`, `in recent weeks`, `coming months`, `past years`.
fn vague_units(start: Cursor<'_>) -> Option<(&'static str, Cursor<'_>)> {
    let at = the(start).skip("more");
    let value = match () {
        () if at.is("recent") => PAST,
        () if at.any(&["past", "previous", "earlier", "prior"]) && at.at == start.at => PAST,
        () if at.any(&["coming", "future", "upcoming"]) => FUTURE,
        () => return None,
    };
    let unit = at.next();
    unit.entry().unit.filter(|_| unit.entry().plural)?;
    let end = unit.next();
    let more = end
        .eat_any(&["and", "or"])
        .filter(|more| more.entry().unit.is_some() && more.entry().plural);
    Some((value, more.map_or(end, Cursor::next)))
}

/// Set phrases.
fn phrase(start: Cursor<'_>) -> Option<(&'static str, Cursor<'_>)> {
    const PHRASES: [(&str, &str); 20] = [
        ("at the minute", PRESENT),
        ("to date", PRESENT),
        ("till date", PRESENT),
        ("at the moment", PRESENT),
        ("at present", PRESENT),
        ("the present", PRESENT),
        ("right now", PRESENT),
        ("just now", PRESENT),
        ("these days", PRESENT),
        ("this time", PRESENT),
        ("the present time", PRESENT),
        ("in the past", PAST),
        ("a while ago", PAST),
        ("some time ago", PAST),
        ("long ago", PAST),
        ("not long ago", PAST),
        ("the other day", PAST),
        ("as soon as possible", FUTURE),
        ("one day", FUTURE),
        ("a later date", FUTURE),
    ];
    let phrase = PHRASES.iter().find_map(|(words, value)| Some((*value, start.eat_all(words)?)));
    phrase.filter(|_| {
        let in_phrase = start.any(&["at", "in", "to", "till"]) && !start.page.note;
        let this_time = start.is("this") && !start.back().is_some_and(|back| back.is("at"));
        let measured = start.is("one")
            && (start.back().is_some_and(|back| {
                back.any(&["for", "in", "within", "than", "only", "just", "least", "about"])
            }) || start
                .next()
                .next()
                .any(&["later", "after", "before", "ago", "earlier", "of"])
                || start.next().next().mark() == Some('-'));
        !(in_phrase || this_time || measured)
    })
}
