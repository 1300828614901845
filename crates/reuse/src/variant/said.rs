//! A quotation as words.

use stemma_model::{DateRange, DocumentId, QuoteKind, Span};
use stemma_text::words;

use crate::stream::{fingerprint, is_long};

/// A quotation with what is known of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuotedText<'a> {
    /// The document it stands in.
    pub document: DocumentId,
    /// That document's whole text.
    pub text: &'a str,
    /// What is attributed, in order; with its marks or without.
    pub content: &'a [Span],
    /// The parts of the content inside quotation marks, in order.
    pub marked: &'a [Span],
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// When it was said, where the document tells.
    pub occasion: Option<DateRange>,
    /// When the document was published.
    pub published: Option<DateRange>,
    /// The vector of its sentence or sentences; empty where there is none.
    pub vector: &'a [i8],
}

impl<'a> QuotedText<'a> {
    /// A quotation that stands wholly in marks, of which nothing else is known.
    #[must_use]
    pub fn direct(document: DocumentId, text: &'a str, content: &'a [Span]) -> Self {
        Self {
            document,
            text,
            content,
            marked: content,
            kind: QuoteKind::Direct,
            occasion: None,
            published: None,
            vector: &[],
        }
    }
}

/// The words of a quotation.
pub(crate) struct Said {
    pub words: Vec<SaidWord>,
    /// Their fingerprints, in the same order.
    pub prints: Vec<u32>,
}

/// One word of a quotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SaidWord {
    pub span: Span,
    /// Whether it stands in quotation marks.
    pub marked: bool,
    /// Whether a mark of omission stands before it.
    pub cut_before: bool,
    /// Counts sentences and stretches between which the cue stands.
    pub sentence: u32,
}

impl Said {
    /// The words of the content, in text order and each once, whatever the order of its parts.
    /// Words in square brackets are the editor's and left out.
    pub fn of(quote: &QuotedText<'_>) -> Self {
        let mut said = Self { words: Vec::new(), prints: Vec::new() };
        let mut sentence = 0;
        let mut parts = quote.content.to_vec();
        parts.sort_unstable();
        for part in parts.into_iter().filter(|part| part.end() <= quote.text.len()) {
            let done = said.words.last().map_or(0, |word| word.span.end());
            let rest = Span::new(part.start().max(done).min(part.end()), part.end());
            said.add_part(quote, rest, &mut sentence);
            sentence += 1;
        }
        said
    }

    fn add_part(&mut self, quote: &QuotedText<'_>, part: Span, sentence: &mut u32) {
        let Some(text) = quote.text.get(part.range()) else { return };
        let (mut done, mut in_brackets) = (0, false);
        for word in words(text) {
            let between = &text[done..word.start()];
            done = word.end();
            in_brackets = match between.rfind(['[', ']']) {
                Some(at) => between.as_bytes()[at] == b'[',
                None => in_brackets,
            };
            if ends_sentence(between, &text[word.range()]) {
                *sentence += 1;
            }
            if in_brackets {
                continue;
            }
            let span = Span::new(part.start() + word.start(), part.start() + word.end());
            self.prints.push(fingerprint(word.of_text(text)));
            self.words.push(SaidWord {
                span,
                marked: quote.marked.iter().any(|marked| marked.covers(span)),
                cut_before: between.contains('…')
                    || between.contains("...")
                    || between.contains(". . ."),
                sentence: *sentence,
            });
        }
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The folded words from the first to the last.
    pub fn span(&self, first: usize, last: usize) -> Span {
        self.words[first].span.hull(self.words[last].span)
    }

    /// Which words stand in marks, as numbers.
    pub fn marked(&self) -> Vec<usize> {
        (0..self.len()).filter(|&i| self.words[i].marked).collect()
    }

    /// What the given words weigh: function words little.
    pub fn weight(&self, of: impl Iterator<Item = usize>) -> f32 {
        of.map(|i| weight(self.prints[i])).sum()
    }

    /// What all words weigh.
    pub fn total(&self) -> f32 {
        self.weight(0..self.len())
    }
}

/// What a word weighs in a comparison.
pub(crate) fn weight(print: u32) -> f32 {
    if is_long(print) { 3.0 } else { 1.0 }
}

/// Whether a sentence ends between two words: an end mark, then a capital.
fn ends_sentence(between: &str, next: &str) -> bool {
    let capital = next.starts_with(char::is_uppercase);
    let end = between.trim_start_matches(['"', '”', '’', ')', ']']);
    capital && end.starts_with(['.', '!', '?']) && !end.starts_with("...")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::relate;
    use super::*;

    proptest! {
        #[test]
        fn words_ascend_whatever_the_parts(
            parts in prop::collection::vec((0..60_usize, 0..30_usize), 1..4),
            others in prop::collection::vec((0..60_usize, 0..30_usize), 1..4),
        ) {
            let text = "We will [not] keep the harbour bridge closed, he said, until every cable has \
                        been tested by hand";
            let spans = |parts: &[(usize, usize)]| -> Vec<Span> {
                parts.iter().map(|&(start, length)| Span::new(start, start + length)).collect()
            };
            let (one, other) = (spans(&parts), spans(&others));
            let quote = QuotedText::direct(DocumentId::from_number(1), text, &one);
            let said = Said::of(&quote);
            prop_assert!(said.words.windows(2).all(|two| two[0].span.end <= two[1].span.start));
            // Found in an archive: parts that overlap.
            let again = QuotedText::direct(DocumentId::from_number(2), text, &other);
            let _ = relate(&quote, &again, true);
        }
    }
}
