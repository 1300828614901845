//! Quotations as the reuse room reads them, with the vectors that it cannot make itself.

use stemma_english::SentenceEncoder;
use stemma_model::{Annotations, Basis, Document, Quote};
use stemma_reuse::variant::{Closeness, QuotedText};

/// A quotation where it stands.
pub(crate) type Placed<'a> = (&'a Document, &'a Annotations, &'a Quote);

/// The vector of each quotation's words, without its cue and source.
pub(crate) fn vectors(quotes: &[Placed<'_>]) -> Vec<Vec<i8>> {
    let encoder = SentenceEncoder::new();
    let content = |&(document, _, quote): &Placed<'_>| -> String {
        quote.content.iter().map(|&part| document.slice(part)).collect::<Vec<_>>().join(" ")
    };
    quotes.iter().map(|quote| encoder.encode(&content(quote)).quantised()).collect()
}

/// What the reuse room needs to know of a quotation.
pub(crate) fn quoted<'a>(
    (document, annotations, quote): Placed<'a>,
    vector: &'a [i8],
) -> QuotedText<'a> {
    let known = annotations.published.basis != Basis::None;
    QuotedText {
        document: document.id,
        text: &document.text,
        content: &quote.content,
        marked: &quote.marked,
        kind: quote.kind,
        occasion: quote.occasion.date.map(|(range, _)| range),
        published: known.then_some(annotations.published.range),
        vector,
    }
}

/// How close two wordings are, by their words and their sentence vectors: what
/// [`reconstruct`](crate::reconstruct()) asks of quotations that do not stand in marks in both.
#[must_use]
pub fn closeness(a: &str, b: &str) -> Closeness {
    let encoder = SentenceEncoder::new();
    let [x, y] = [a, b].map(|text| encoder.encode(text).quantised());
    Closeness::of(a, b, (&x, &y))
}
