//! From an attribution to the record: kind, marks, cue lemma, negation, headline, reason.

use std::collections::HashSet;
use std::ops::Range;

use stemma_english::{Doc, Token};
use stemma_model::{
    Attribution as Source, BlockKind, Cue, Document, Occasion, Quote, QuoteId, QuoteKind, Reason,
    Span,
};

use super::attitude;
use super::lexicon::CueLexicon;
use super::link::{Attribution, head};
use super::marks::Passage;

/// The record of one attribution; `None` when it has no content.
pub(crate) fn quote(
    document: &Document,
    doc: &Doc,
    passages: &[Passage],
    attribution: &Attribution,
    source: Source,
    cues: &CueLexicon,
) -> Option<Quote> {
    let text = doc.text();
    let parts = attribution.content.iter();
    let content = apart(parts.filter_map(|range| with_marks(doc, passages, range)).collect());
    let (first, last) = (content.first()?, content.last()?);
    let marked = marked(&content, passages);
    let kind = kind(text, &content, passages);
    let cue = attribution.cue.as_ref().map(|range| cue(doc, range));
    let verb = attribution.cue.as_ref().map(|range| doc.token(head(doc, range)));
    let (attitude, of_attitude) = attitude::of(doc, cues, attribution);
    Some(Quote {
        id: QuoteId::of(&[
            &document.id.to_string(),
            &first.start.to_string(),
            &last.end.to_string(),
            &content.len().to_string(),
            cue.as_ref().map_or("", |cue| cue.lemma.as_str()),
        ]),
        kind,
        negated: attribution.cue.as_ref().is_some_and(|range| is_negated(doc, range, cues)),
        hypothetical: verb.is_some_and(is_hypothetical),
        headline: is_headline(document, *first),
        inside: None,
        reason: reason(kind, &cue, &source).because(of_attitude),
        attitude,
        marked,
        cue,
        source,
        occasion: Occasion::default(),
        content,
    })
}

/// Of quotations with one id, the first. Two cues of one lemma may each claim the same words (once
/// in 37,559 articles); the words are told once.
pub(crate) fn keep_first(quotes: &mut Vec<Quote>) {
    let mut seen = HashSet::new();
    quotes.retain(|quote| seen.insert(quote.id));
}

/// How many quotations before one are looked at for one that it stands inside.
const OUTER: usize = 6;

/// Says of each quotation inside which other it stands: the smallest whose content covers its cue
/// and content.
pub(crate) fn nest(quotes: &mut [Quote]) {
    for at in 0..quotes.len() {
        let Some(own) = quotes[at].hull() else { continue };
        let own = quotes[at].cue.as_ref().map_or(own, |cue| own.hull(cue.span));
        let covers = |outer: &&Quote| {
            let part = outer.content.iter().any(|span| span.covers(own));
            part && outer.hull() != Some(own)
        };
        let near = at.saturating_sub(OUTER)..(at + 2).min(quotes.len());
        let around = near.filter(|&other| other != at).map(|other| &quotes[other]).filter(covers);
        let inside = around.min_by_key(|outer| outer.hull().map(Span::len));
        quotes[at].inside = inside.map(|outer| outer.id);
    }
}

/// Spans in order, those that overlap made one: two parts may reach for the same mark.
fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let overlap = next.overlaps(*kept);
        if overlap {
            kept.end = kept.end.max(next.end);
        }
        overlap
    });
    spans
}

/// The bytes of a content with the quotation marks that belong to it: a passage that it fills or
/// that starts or ends where it does.
fn with_marks(doc: &Doc, passages: &[Passage], range: &Range<usize>) -> Option<Span> {
    let text = doc.text();
    let bytes = doc.tokens_in(range.clone()).span();
    let mut span = Span::new(bytes.start, bytes.end).trimmed(text);
    for passage in touching(passages, span) {
        let starts = word_gap(text, passage.inner.start(), span.start());
        let ends = word_gap(text, span.end(), passage.inner.end());
        if starts && passage.outer.start <= span.start {
            span.start = passage.outer.start;
        }
        if ends && passage.outer.end >= span.end && passage.inner.start < span.end {
            span.end = passage.outer.end;
        }
    }
    let span = span.trimmed(text);
    (!span.is_empty()).then_some(span)
}

/// Whether nothing but punctuation and white space lies from `from` to `to`.
fn word_gap(text: &str, from: usize, to: usize) -> bool {
    from <= to && text.get(from..to).is_some_and(|gap| !gap.contains(char::is_alphanumeric))
}

/// The passages that touch a span. They are sorted by where they open and few are long, so the
/// search starts at the last that opens before the span's end and stops where none can reach.
fn touching(passages: &[Passage], span: Span) -> impl Iterator<Item = &Passage> {
    let end = passages.partition_point(|passage| passage.outer.start < span.end);
    let mut open = end;
    while open > 0 && (passages[open - 1].outer.end > span.start || passages[open - 1].nested) {
        open -= 1;
    }
    passages[open..end].iter().filter(move |passage| passage.outer.overlaps(span))
}

/// The parts of the content in marks, without the marks.
fn marked(content: &[Span], passages: &[Passage]) -> Vec<Span> {
    let mut parts = Vec::new();
    for &span in content {
        for passage in touching(passages, span).filter(|passage| !passage.nested) {
            let start = passage.inner.start.max(span.start);
            let end = passage.inner.end.min(span.end);
            if start < end {
                parts.push(Span { start, end });
            }
        }
    }
    parts
}

/// Direct when every word lies in marks, mixed when some do.
fn kind(text: &str, content: &[Span], passages: &[Passage]) -> QuoteKind {
    let (mut inside, mut outside) = (false, false);
    for &span in content {
        let mut at = span.start();
        for passage in touching(passages, span).filter(|passage| !passage.nested) {
            let start = passage.inner.start().max(at).min(span.end());
            outside |= !word_gap(text, at, start);
            let end = passage.inner.end().min(span.end()).max(start);
            inside |= !word_gap(text, start, end);
            at = end;
        }
        outside |= !word_gap(text, at, span.end());
    }
    match (inside, outside) {
        (true, false) => QuoteKind::Direct,
        (true, true) => QuoteKind::Mixed,
        (false, _) => QuoteKind::Indirect,
    }
}

fn cue(doc: &Doc, range: &Range<usize>) -> Cue {
    let bytes = doc.tokens_in(range.clone()).span();
    Cue { span: Span::new(bytes.start, bytes.end), lemma: cue_lemma(doc, range) }
}

/// The dictionary form of a cue: its head with its particle; of a phrase without verb, its words.
fn cue_lemma(doc: &Doc, range: &Range<usize>) -> String {
    let main = doc.token(head(doc, range));
    let verb = matches!(main.pos(), "VERB" | "AUX" | "NOUN" | "ADJ");
    if !verb {
        let words: Vec<&str> = doc.tokens_in(range.clone()).map(Token::lower).collect();
        return words.join(" ");
    }
    let mut lemma = main.lemma().to_lowercase();
    let belongs = |child: &Token<'_>| {
        range.contains(&child.i())
            && matches!(child.dep(), "prt" | "prep" | "acomp")
            && child.i() > main.i()
    };
    for child in main.rights().filter(belongs).take(1) {
        lemma.push(' ');
        lemma.push_str(child.lower());
    }
    lemma
}

/// Denied: the cue has a negation, by itself or by its subject (*no one said*), or is what somebody
/// refuses to do (*declined to say*).
fn is_negated(doc: &Doc, cue: &Range<usize>, cues: &CueLexicon) -> bool {
    let verb = doc.token(head(doc, cue));
    let none = |word: Token<'_>| {
        matches!(word.lower(), "no" | "none" | "nobody" | "neither" | "never" | "nor")
    };
    let negation = |child: Token<'_>| {
        child.dep() == "neg" || none(child) || child.dep() == "nsubj" && child.lefts().any(none)
    };
    // The tagger ends the cue before or after *to say*.
    let under = |child: Token<'_>| {
        child.dep() == "xcomp" && (cue.contains(&child.i()) || cues.says(child.lemma()))
    };
    let refused = verb.dep() == "xcomp" && cues.refuses(verb.head().lemma())
        || cues.refuses(verb.lemma()) && verb.rights().any(under);
    refused || verb.children().any(negation)
}

/// Only supposed: a modal of possibility, or a condition's conjunction.
fn is_hypothetical(verb: Token<'_>) -> bool {
    let modal = |child: &Token<'_>| {
        child.dep() == "aux" && matches!(child.lemma(), "may" | "might" | "could" | "would" | "can")
    };
    let mark = |child: &Token<'_>| {
        child.dep() == "mark" && matches!(child.lower(), "if" | "whether" | "unless")
    };
    verb.children().any(|child| modal(&child) || mark(&child))
}

fn is_headline(document: &Document, span: Span) -> bool {
    let at = document.blocks.partition_point(|block| block.span.end <= span.start);
    document.blocks.get(at).is_some_and(|block| {
        matches!(block.kind, BlockKind::Title | BlockKind::Dek | BlockKind::Heading)
            && block.span.overlaps(span)
    })
}

fn reason(kind: QuoteKind, cue: &Option<Cue>, source: &Source) -> Reason {
    let (rule, note) = match (kind, cue) {
        (QuoteKind::Direct, Some(cue)) => {
            ("marks-and-cue", format!("in marks, with “{}”", cue.lemma))
        }
        (QuoteKind::Direct, None) => ("marks", "in marks, without a cue".to_owned()),
        (QuoteKind::Mixed, Some(cue)) => {
            ("mixed-cue", format!("partly in marks, with “{}”", cue.lemma))
        }
        (QuoteKind::Indirect, Some(cue)) => ("cue", format!("reported with “{}”", cue.lemma)),
        (_, None) => ("tagger", "told as somebody's words by its surroundings".to_owned()),
    };
    Reason::new(rule, note).because(Reason::new("source", source.why.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_one_id_the_first_is_kept() {
        let quote = |id: &str, words: &str| {
            let span = Span::of("abc", words).expect(words);
            Quote::plain(QuoteId::of(&[id]), QuoteKind::Direct, vec![span])
        };
        let mut quotes = vec![quote("x", "a"), quote("y", "b"), quote("x", "c")];
        keep_first(&mut quotes);
        assert_eq!(quotes, [quote("x", "a"), quote("y", "b")]);
    }

    #[test]
    fn parts_of_a_content_stand_apart() {
        let spans = |pairs: &[(usize, usize)]| -> Vec<Span> {
            pairs.iter().map(|&(start, end)| Span::new(start, end)).collect()
        };
        let found = apart(spans(&[(20, 30), (0, 8), (5, 12), (12, 15), (28, 29)]));
        assert_eq!(found, spans(&[(0, 12), (12, 15), (20, 30)]));
    }
}
