//! Numbers with their units: money, shares, counts, ranks, measures.
//!
//! [`find`] reads the same atoms as the time expressions do and leaves what those cover alone. A
//! figure is a number in digits or words with the words that loosen it (`more than`), its range
//! (`20 to 30`), its unit, and what it counts, which the parse tells: the noun it modifies, with
//! what hangs from it as `of`.

mod lexicon;
mod quantity;

use stemma_english::Token;
use stemma_model::{Figure, FigureKind, Span, Timex};

use crate::Sheet;
use crate::timex::atom::Page;
use quantity::{Quantity, quantity};

/// All figures of a document, in text order, not overlapping each other or a time expression.
/// Linear in the length of the text.
#[must_use]
pub fn find(sheet: &Sheet<'_>, timexes: &[Timex]) -> Vec<Figure> {
    let page = Page::of(sheet.text());
    let mut found = Vec::new();
    let mut timexes = timexes.iter().peekable();
    let mut at = 0;
    while at < page.atoms.len() {
        let start = page.atoms[at].span.start();
        while timexes.next_if(|timex| timex.span.end() <= start).is_some() {}
        let taken = timexes.peek().is_some_and(|timex| timex.span.start() <= start);
        let read = if taken { None } else { quantity(page.cursor(at)) };
        match read {
            Some((read, end)) => {
                let span = page.span(at, end);
                let overlaps = timexes.peek().is_some_and(|timex| timex.span.overlaps(span));
                if !overlaps && is_meant(sheet, &read, span) {
                    found.push(figure(sheet, read, span));
                }
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a number is told as one: not part of a name (`Boeing 747`, `Article 5`) and not `one`
/// as a pronoun.
fn is_meant(sheet: &Sheet<'_>, read: &Quantity, span: Span) -> bool {
    let mut tokens = sheet.doc.tokens_touching(span.range());
    let Some(first) = tokens.next() else { return true };
    if read.kind != FigureKind::Count {
        return true;
    }
    let named = matches!(
        first.ent_type(),
        "PERSON" | "PRODUCT" | "LAW" | "ORG" | "FAC" | "WORK_OF_ART" | "EVENT" | "GPE" | "LOC"
    );
    let pronoun = read.value == 1.0 && !read.digits && counted(first).is_none_or(is_vague_one);
    let numbered = first.i() > 0
        && matches!(
            sheet.doc.token(first.i() - 1).lower(),
            "article"
                | "section"
                | "chapter"
                | "page"
                | "no."
                | "number"
                | "flight"
                | "route"
                | "channel"
                | "room"
                | "phase"
                | "part"
                | "level"
                | "group"
                | "article’s"
        );
    !(named || pronoun || numbered)
}

/// Words that `one` before them does not count: `one day`, `one thing`, `one another`.
fn is_vague_one(noun: Token<'_>) -> bool {
    matches!(noun.lower(), "day" | "thing" | "another" | "way" | "point" | "time" | "reason")
}

fn figure(sheet: &Sheet<'_>, read: Quantity, span: Span) -> Figure {
    Figure {
        span,
        kind: read.kind,
        value: read.value,
        upper: read.upper,
        approximate: read.hedge.is_some() || read.vague,
        hedge: read.hedge,
        unit: read.unit,
        what: what(sheet, span),
    }
}

/// What is counted or measured: the noun phrase the figure stands in or depends on.
fn what(sheet: &Sheet<'_>, span: Span) -> Option<Span> {
    let tokens = sheet.doc.tokens_touching(span.range());
    let inside = tokens.indices();
    let head =
        sheet.doc.tokens_in(inside.clone()).find(|token| !inside.contains(&token.head().i()))?;
    let noun = match counted(head) {
        Some(noun) => noun,
        None => complement(head).or_else(|| governor(head))?,
    };
    phrase(sheet, noun, &inside)
}

/// The noun that a numeral modifies.
fn counted(number: Token<'_>) -> Option<Token<'_>> {
    let modifies = matches!(number.dep(), "nummod" | "quantmod" | "compound" | "amod" | "nmod");
    let head = number.head();
    (modifies && matches!(head.pos(), "NOUN" | "PROPN")).then_some(head)
}

/// The noun behind `of`, `in` or `for` after a figure: `€230 million in repairs`, `half of the voters`.
fn complement(head: Token<'_>) -> Option<Token<'_>> {
    let preposition = head.rights().find(|child| {
        child.dep() == "prep" && matches!(child.lower(), "of" | "in" | "for" | "worth")
    })?;
    preposition.children().find(|child| child.dep() == "pobj" && child.pos() == "NOUN")
}

/// The subject whose size a figure tells, or the noun it hangs from: `the repairs would cost
/// €230 million`, `put the cost of the repairs at €320 million`.
fn governor(head: Token<'_>) -> Option<Token<'_>> {
    let up = head.ancestors().take(4).find(|up| matches!(up.pos(), "VERB" | "AUX" | "NOUN"))?;
    if up.pos() == "NOUN" {
        return Some(up);
    }
    let nominal = |token: &Token<'_>| matches!(token.pos(), "NOUN" | "PROPN");
    let object = up.children().find(|child| {
        matches!(child.dep(), "dobj" | "nsubjpass") && nominal(child) && *child != head
    });
    let subject = || up.children().find(|child| child.dep() == "nsubj" && nominal(child));
    object.filter(|object| object.i() < head.i()).or_else(subject)
}

/// A noun with its modifiers before it and an `of` phrase after it, without the figure itself.
fn phrase(sheet: &Sheet<'_>, noun: Token<'_>, figure: &std::ops::Range<usize>) -> Option<Span> {
    let modifiers = noun.lefts().filter(|child| {
        matches!(child.dep(), "amod" | "compound" | "nmod") && !figure.contains(&child.i())
    });
    let first = modifiers
        .map(|child| child.left_edge().i())
        .filter(|i| *i >= figure.end || *i < figure.start)
        .min();
    let mut start = first.unwrap_or(noun.i()).min(noun.i());
    if start < figure.end && noun.i() >= figure.end {
        start = figure.end;
    }
    let of = noun.rights().find(|child| child.dep() == "prep" && child.lower() == "of");
    let mut end = noun.i() + 1;
    if let Some(object) = of.and_then(|of| of.children().find(|child| child.dep() == "pobj"))
        && object.i() < figure.start.max(end)
    {
        end = object.i() + 1;
    }
    if figure.contains(&(end - 1)) && figure.contains(&start) {
        return Some(sheet.span(noun.i()..noun.i() + 1));
    }
    (start < end).then(|| sheet.span(start..end))
}
