//! Positions in a document's text.

use serde::{Deserialize, Serialize};

use crate::DocumentId;

/// A half-open range of UTF-8 **bytes** in one document's text.
///
/// Both ends lie on character boundaries of the text they were made from. Offsets are `u32`:
/// `ingest` refuses texts of 4 GiB and more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    ///
    /// # Panics
    /// If `end < start`, or either exceeds `u32::MAX`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "span ends ({end}) before it starts ({start})");
        let narrow = |offset: usize| u32::try_from(offset).expect("texts are shorter than 4 GiB");
        Self { start: narrow(start), end: narrow(end) }
    }

    /// Where `part` first stands in `text`.
    #[must_use]
    pub fn of(text: &str, part: &str) -> Option<Self> {
        text.find(part).map(|start| Self::new(start, start + part.len()))
    }

    /// First byte, as an index.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte, as an index.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The byte range, for slicing.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start()..self.end()
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether the span covers no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    #[must_use]
    pub fn contains(self, offset: usize) -> bool {
        self.range().contains(&offset)
    }

    /// How many bytes the two have in common.
    #[must_use]
    pub fn overlap(self, other: Self) -> usize {
        self.end().min(other.end()).saturating_sub(self.start().max(other.start()))
    }

    /// Whether the two have a byte in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.overlap(other) > 0
    }

    /// The share of the bytes under either that lie under both (Jaccard index): 0 if the two are apart
    /// or empty, 1 if they are the same.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "texts are far shorter than 2^52")]
    pub fn jaccard(self, other: Self) -> f64 {
        let both = self.overlap(other);
        both as f64 / (self.len() + other.len() - both).max(1) as f64
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text under the span.
    ///
    /// # Panics
    /// If the span was made from another text and does not fit this one.
    #[must_use]
    pub fn of_text(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The span without the white space at its ends.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let inside = self.of_text(text);
        let start = self.start() + (inside.len() - inside.trim_start().len());
        Self::new(start, start + inside.trim().len())
    }
}

/// A span together with the document it lies in: the evidence for a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// The document.
    pub document: DocumentId,
    /// The place in its text.
    pub span: Span,
}

impl Passage {
    /// The passage of `document` at `span`.
    #[must_use]
    pub fn new(document: DocumentId, span: Span) -> Self {
        Self { document, span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_is_symmetric_and_zero_when_apart() {
        let (a, b, c) = (Span::new(0, 5), Span::new(3, 9), Span::new(9, 12));
        assert_eq!((a.overlap(b), b.overlap(a)), (2, 2));
        assert!(!b.overlaps(c) && !a.overlaps(c));
        assert_eq!(a.hull(c), Span::new(0, 12));
    }

    #[test]
    fn the_jaccard_index_is_what_both_cover() {
        let jaccard =
            |a: (usize, usize), b: (usize, usize)| Span::new(a.0, a.1).jaccard(Span::new(b.0, b.1));
        assert!((jaccard((0, 10), (5, 15)) - 1.0 / 3.0).abs() < 1e-12);
        assert!(jaccard((0, 5), (5, 9)).abs() < 1e-12 && jaccard((3, 3), (3, 3)).abs() < 1e-12);
        assert!((jaccard((2, 6), (2, 6)) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn trimming_keeps_character_boundaries() {
        let text = "x \u{a0}é\u{2003}\n";
        assert_eq!(Span::new(1, text.len()).trimmed(text).of_text(text), "é");
        assert!(Span::new(1, 2).trimmed(text).is_empty());
    }
}
