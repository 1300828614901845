//! When, where, at what and to whom something was said.
//!
//! Read from the parse around the cue: what hangs from the cue's verb outside the content, and
//! from a participle of speaking beside it (*Speaking in a conference call with reporters, …*).

use std::sync::LazyLock;

use serde::Deserialize;
use stemma_english::Token;
use stemma_model::{DateRange, Occasion, Span, Timex};

use crate::class::Class;
use crate::quote::link::{Attribution, head};
use crate::{Sheet, timex};

/// The words of `lexicons/occasions.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    settings: Class,
    speaking: Class,
    telling: Class,
    listeners: Class,
    placing: Class,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../lexicons/occasions.toml"))
        .expect("the shipped lexicon is well formed")
});

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
        child.dep() == "advcl" && WORDS.speaking.has(&child.lemma().to_lowercase())
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

/// The phrase of a preposition beside the verb, as setting or place; what stands in a setting's own
/// phrase can be the place, and the audience.
fn place(sheet: Sheet<'_>, child: Token<'_>, occasion: &mut Occasion) {
    let places = matches!(child.dep(), "prep" | "advmod") && WORDS.placing.has(child.lower());
    let Some(object) = object_of(child).filter(|_| places) else { return };
    if WORDS.settings.has(&object.lemma().to_lowercase()) {
        let span = phrase(sheet, child);
        occasion.setting = occasion.setting.or(Some(span));
        let under =
            object.subtree().filter(|inner| inner.i() > object.i() && inner.dep() == "prep");
        for inner in under {
            if occasion.place.is_none() && is_place(inner) {
                occasion.place = Some(phrase(sheet, inner));
            }
            if inner.head() == object && meets_listeners(object, inner) {
                audience(sheet, inner, occasion);
            }
        }
    } else if is_place(child) {
        occasion.place = occasion.place.or(Some(phrase(sheet, child)));
    }
}

/// Whether a preposition's object is a place.
fn is_place(preposition: Token<'_>) -> bool {
    let object = object_of(preposition);
    matches!(preposition.lower(), "in" | "at" | "on" | "from" | "outside" | "near")
        && object.is_some_and(|object| matches!(object.ent_type(), "GPE" | "LOC" | "FAC"))
}

/// Whether `with` names listeners: *a call with reporters*, not *a joint press conference with the
/// premier*, who speaks there too.
fn meets_listeners(setting: Token<'_>, preposition: Token<'_>) -> bool {
    let listens = |object: Token<'_>| WORDS.listeners.has(&object.lemma().to_lowercase());
    preposition.lower() != "with"
        || setting.lemma() != "conference"
        || object_of(preposition).is_some_and(listens)
}

/// The object of a preposition; of `ahead of` the one behind both.
fn object_of(preposition: Token<'_>) -> Option<Token<'_>> {
    let object =
        preposition.rights().find(|child| matches!(child.dep(), "pobj" | "pcomp" | "prep"))?;
    if object.dep() == "prep" { object.rights().next() } else { Some(object) }
}

/// Whom it was told: an object of telling, or what `to` and `with` name.
fn audience(sheet: Sheet<'_>, child: Token<'_>, occasion: &mut Occasion) {
    let told = WORDS.telling.has(&child.head().lemma().to_lowercase());
    let target = match child.dep() {
        "dobj" | "dative" if told && child.lower() != "to" => Some(child),
        "prep" | "dative" if matches!(child.lower(), "to" | "with") => object_of(child),
        _ => None,
    };
    let Some(target) = target.filter(|target| matches!(target.pos(), "NOUN" | "PROPN")) else {
        return;
    };
    if WORDS.settings.has(&target.lemma().to_lowercase()) {
        occasion.setting = occasion.setting.or(Some(noun(sheet, target)));
    } else {
        occasion.audience = occasion.audience.or(Some(noun(sheet, target)));
    }
}

/// A prepositional phrase without a clause or another aside after it.
fn phrase(sheet: Sheet<'_>, preposition: Token<'_>) -> Span {
    let end = object_of(preposition).map_or(preposition.i() + 1, |object| end_of(object));
    sheet.span(preposition.i()..end.max(preposition.i() + 1)).trimmed(sheet.text())
}

fn noun(sheet: Sheet<'_>, token: Token<'_>) -> Span {
    sheet.span(token.left_edge().i()..end_of(token)).trimmed(sheet.text())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lexicon_is_whole() {
        assert!(WORDS.settings.has("briefing") && WORDS.listeners.has("reporter"));
        assert!(WORDS.telling.has("tell") && WORDS.speaking.has("speak"));
        assert!(WORDS.placing.has("during"));
    }
}
