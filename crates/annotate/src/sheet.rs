//! What every stage of annotation reads.

use std::ops::Range;

use stemma_english::Doc;
use stemma_model::{Document, Span};

/// One document with its parse.
///
/// The parse was made block by block, so that no sentence runs over the end of a block; its
/// offsets are those of the document's text.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its parse.
    pub doc: &'a Doc,
}

impl<'a> Sheet<'a> {
    /// The text both parts count in.
    #[must_use]
    pub fn text(self) -> &'a str {
        &self.document.text
    }

    /// The bytes from the first token of `tokens` to the last; empty, at the start of the token
    /// after it or the end of the text, for none.
    #[must_use]
    pub fn span(self, tokens: Range<usize>) -> Span {
        let bytes = self.doc.tokens_in(tokens).span();
        Span::new(bytes.start, bytes.end)
    }

    /// The tokens that share a byte with `span`.
    #[must_use]
    pub fn tokens(self, span: Span) -> Range<usize> {
        self.doc.tokens_touching(span.range()).indices()
    }
}
