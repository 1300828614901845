//! What the room is given: texts with what their carriers say about them.

use stemma_model::{DateRange, DocumentId, Span};

/// One text that may share passages with others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Witness<'a> {
    /// The document it is the text of.
    pub id: DocumentId,
    /// Its text; every span that comes back counts bytes in it.
    pub text: &'a str,
    /// Who carries it. Two witnesses without an outlet count as carried by different ones.
    pub outlet: Option<&'a str>,
    /// When it was published, as far as known.
    pub date: Option<DateRange>,
    /// Parts that are not its own telling (captions, promotion, credits): in order, never counted
    /// as copied.
    pub skip: &'a [Span],
    /// Authors and credit lines, wherever they stand.
    pub credits: &'a [&'a str],
}

impl<'a> Witness<'a> {
    /// A text of which nothing else is known.
    #[must_use]
    pub fn new(id: DocumentId, text: &'a str) -> Self {
        Self { id, text, outlet: None, date: None, skip: &[], credits: &[] }
    }

    /// Whether one outlet, known by name, carries both.
    #[must_use]
    pub fn same_outlet(&self, other: &Self) -> bool {
        self.outlet.is_some() && self.outlet == other.outlet
    }
}

/// What counts as a shared passage, and what may be spent on finding them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The fewest words that two documents must share in a passage.
    pub min_words: usize,
    /// The fewest words of a further passage between two documents that already share one.
    pub min_further_words: usize,
    /// Whether documents of one outlet are compared with each other too.
    pub same_outlet: bool,
    /// Whether words that recur in more than three documents of one outlet, its boilerplate or
    /// standing background, link each of these with the next; else they are set aside.
    pub boilerplate: bool,
    /// Words in more documents than this are stock phrases or widely carried copy: they link only
    /// each document with the next that has them, and count from `2 * min_words` words on.
    pub max_documents: usize,
    /// Bytes for tables beyond the words themselves (4 bytes a word of input, always held).
    /// Seeds beyond it are sorted on disk.
    pub memory: usize,
}

impl Default for Options {
    /// Twelve words, eight for a further passage; all outlets, without boilerplate; 64 documents;
    /// 512 MiB.
    fn default() -> Self {
        Self {
            min_words: 12,
            min_further_words: 8,
            same_outlet: true,
            boilerplate: false,
            max_documents: 64,
            memory: 512 << 20,
        }
    }
}

impl Options {
    /// Passages from `min_words` words on, and further ones from two thirds of that.
    #[must_use]
    pub fn min_words(mut self, min_words: usize) -> Self {
        self.min_words = min_words.max(2);
        self.min_further_words = (self.min_words * 2).div_ceil(3);
        self
    }
}
