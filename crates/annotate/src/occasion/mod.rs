//! When, where, at what and to whom something was said.
//!
//! Read from the parse around the cue: what hangs from the cue's verb outside the content, and
//! from a participle of speaking beside it (*Speaking in a conference call with reporters, …*).

use stemma_english::Token;
use stemma_model::{DateRange, Occasion, Span, Timex};

use crate::quote::link::{Attribution, head};
use crate::{Sheet, timex};

/// Nouns for occasions of speech.
///
/// Source: written for this project after the ways news style guides place a statement (Reuters
/// Handbook of Journalism, "quotes": say where and to whom something was said).
const SETTINGS: [&str; 40] = [
    "conference",
    "briefing",
    "interview",
    "meeting",
    "summit",
    "rally",
    "speech",
    "address",
    "statement",
    "call",
    "event",
    "debate",
    "hearing",
    "visit",
    "tweet",
    "podcast",
    "forum",
    "fundraiser",
    "dinner",
    "lunch",
    "breakfast",
    "session",
    "testimony",
    "appearance",
    "town",
    "hall",
    "letter",
    "email",
    "post",
    "memo",
    "op-ed",
    "article",
    "broadcast",
    "show",
    "program",
    "programme",
    "talk",
    "ceremony",
    "panel",
    "trip",
];

/// Prepositions before a setting or place.
const PLACING: [&str; 8] = ["in", "at", "during", "on", "after", "before", "following", "ahead"];

/// The occasion of an attribution. The parse around one verb is read: constant but for the words.
#[must_use]
pub fn find(sheet: Sheet<'_>, attribution: &Attribution, dates: &[Timex]) -> Occasion {
    let mut occasion = Occasion::default();
    let Some(cue) = &attribution.cue else { return occasion };
    let doc = sheet.doc;
    let verb = doc.token(head(doc, cue));
    let free =
        |token: &Token<'_>| !attribution.content.iter().any(|range| range.contains(&token.i()));
    let speaking = verb.children().filter(|child| {
        child.dep() == "advcl"
            && matches!(child.lemma(), "speak" | "ask" | "talk" | "address" | "write")
    });
    let verbs: Vec<Token<'_>> = std::iter::once(verb).chain(speaking).filter(|v| free(v)).collect();
    for verb in verbs {
        for child in verb.children().filter(free) {
            place(sheet, child, &mut occasion);
            audience(sheet, child, &mut occasion);
        }
    }
    occasion.date = date(sheet, attribution, sheet.span(cue.clone()), dates);
    occasion
}

/// The phrase of a preposition beside the verb, as setting or place; what hangs from a setting can
/// be the place.
fn place(sheet: Sheet<'_>, child: Token<'_>, occasion: &mut Occasion) {
    if child.dep() != "prep" || !PLACING.contains(&child.lower()) {
        return;
    }
    let Some(object) = object_of(child) else { return };
    if SETTINGS.contains(&object.lemma()) {
        let span = phrase(sheet, child);
        occasion.setting = occasion.setting.or(Some(span));
        for inner in object.rights().filter(|inner| inner.dep() == "prep") {
            place(sheet, inner, occasion);
            audience(sheet, inner, occasion);
        }
    } else if matches!(object.ent_type(), "GPE" | "LOC" | "FAC") {
        occasion.place = occasion.place.or(Some(phrase(sheet, child)));
    }
}

/// The object of a preposition; of `ahead of` the one behind both.
fn object_of(preposition: Token<'_>) -> Option<Token<'_>> {
    let object =
        preposition.rights().find(|child| matches!(child.dep(), "pobj" | "pcomp" | "prep"))?;
    if object.dep() == "prep" { object.rights().next() } else { Some(object) }
}

/// Whom it was told: an object of telling, or what `to` and `with` name.
fn audience(sheet: Sheet<'_>, child: Token<'_>, occasion: &mut Occasion) {
    let told =
        matches!(child.head().lemma(), "tell" | "inform" | "assure" | "remind" | "warn" | "ask");
    let target = match child.dep() {
        "dobj" | "dative" if told && child.lower() != "to" => Some(child),
        "prep" | "dative" if matches!(child.lower(), "to" | "with") => object_of(child),
        _ => None,
    };
    let Some(target) = target.filter(|target| matches!(target.pos(), "NOUN" | "PROPN")) else {
        return;
    };
    if SETTINGS.contains(&target.lemma()) {
        occasion.setting = occasion.setting.or(Some(noun(sheet, target)));
    } else {
        occasion.audience = occasion.audience.or(Some(noun(sheet, target)));
    }
}

/// A prepositional phrase without a clause or another aside after it.
fn phrase(sheet: Sheet<'_>, preposition: Token<'_>) -> Span {
    let end = object_of(preposition).map_or(preposition.i() + 1, |object| end_of(object));
    sheet.span(preposition.i()..end.max(preposition.i() + 1))
}

fn noun(sheet: Sheet<'_>, token: Token<'_>) -> Span {
    sheet.span(token.left_edge().i()..end_of(token))
}

/// The end of a noun's phrase, before a clause, a bracket or a comma.
fn end_of(token: Token<'_>) -> usize {
    let last = token.right_edge().i();
    let stop = |other: &Token<'_>| {
        matches!(other.dep(), "relcl" | "acl" | "appos" | "advcl" | "ccomp")
            || other.is_punct() && !matches!(other.text(), "-" | "’" | "'")
    };
    let doc = token.doc();
    doc.tokens_in(token.i() + 1..last + 1).find(stop).map_or(last + 1, |other| other.i())
}

/// How far from its cue an expression is looked for, in bytes: three long sentences.
const NEAR: u32 = 1500;

/// The days on which it was said, by the expressions near the cue and outside the content.
fn date(
    sheet: Sheet<'_>,
    attribution: &Attribution,
    cue: Span,
    dates: &[Timex],
) -> Option<(DateRange, Span)> {
    let first = dates.partition_point(|timex| timex.span.end + NEAR < cue.start);
    let last = dates.partition_point(|timex| timex.span.start < cue.end + NEAR);
    let near = &dates[first..last.max(first)];
    let content: Vec<Span> =
        attribution.content.iter().map(|range| sheet.span(range.clone())).collect();
    let (range, index) = timex::for_span(&sheet, near, cue, &content)?;
    Some((range, near[index as usize].span))
}
