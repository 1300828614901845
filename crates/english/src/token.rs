//! One token of a document, as a view.

use std::fmt;
use std::ops::Range;

use crate::doc::{Doc, Tokens};
use crate::flags::Flags;

/// Where a token stands in an entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Iob {
    /// In no entity.
    #[default]
    Outside,
    /// The first token of one.
    Begin,
    /// A later token of one.
    Inside,
}

impl Iob {
    /// The letter of the record format: `O`, `B` or `I`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outside => "O",
            Self::Begin => "B",
            Self::Inside => "I",
        }
    }

    /// The reverse of [`as_str`](Self::as_str); anything else counts as outside.
    #[must_use]
    pub fn parse(letter: &str) -> Self {
        match letter {
            "B" => Self::Begin,
            "I" => Self::Inside,
            _ => Self::Outside,
        }
    }
}

/// One token of a [`Doc`]: copy it freely, it is a reference and an index.
#[derive(Clone, Copy)]
pub struct Token<'d> {
    doc: &'d Doc,
    i: usize,
}

impl<'d> Token<'d> {
    pub(crate) const fn new(doc: &'d Doc, i: usize) -> Self {
        Self { doc, i }
    }

    /// The document this token is of.
    #[must_use]
    pub const fn doc(self) -> &'d Doc {
        self.doc
    }

    /// Its index in the document, from 0.
    #[must_use]
    pub const fn i(self) -> usize {
        self.i
    }

    /// Its characters as they stand in the document.
    #[must_use]
    pub fn text(self) -> &'d str {
        &self.doc.text()[self.span()]
    }

    /// Its bytes in the document, without the space after it.
    #[must_use]
    pub fn span(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The byte it starts at.
    #[must_use]
    pub fn start(self) -> usize {
        self.doc.table.start[self.i] as usize
    }

    /// The byte after its last.
    #[must_use]
    pub fn end(self) -> usize {
        self.doc.table.end[self.i] as usize
    }

    /// `" "` when one space follows that belongs to no token, else `""`.
    #[must_use]
    pub fn whitespace(self) -> &'d str {
        if self.doc.table.space[self.i] { " " } else { "" }
    }

    /// The normal form: lower case, with contractions and spelling variants undone (`n't` is `not`).
    #[must_use]
    pub fn norm(self) -> &'d str {
        &self.doc.strings[self.doc.table.norm[self.i]]
    }

    /// Lower case.
    #[must_use]
    pub fn lower(self) -> &'d str {
        &self.doc.strings[self.doc.lexeme(self.i).lower]
    }

    /// Its letters as classes, runs cut at four: `Xxxxx`, `dd`, `X.X.`.
    #[must_use]
    pub fn shape(self) -> &'d str {
        &self.doc.strings[self.doc.lexeme(self.i).shape]
    }

    /// The dictionary form.
    #[must_use]
    pub fn lemma(self) -> &'d str {
        &self.doc.strings[self.doc.table.lemma[self.i]]
    }

    /// The Universal Dependencies part of speech, such as `NOUN`.
    #[must_use]
    pub fn pos(self) -> &'d str {
        &self.doc.strings[self.doc.table.pos[self.i]]
    }

    /// The Penn Treebank tag, such as `NNS`.
    #[must_use]
    pub fn tag(self) -> &'d str {
        &self.doc.strings[self.doc.table.tag[self.i]]
    }

    /// The morphological features, such as `Number=Plur`, joined with `|`.
    #[must_use]
    pub fn morph(self) -> &'d str {
        &self.doc.strings[self.doc.table.morph[self.i]]
    }

    /// The relation to the head, such as `nsubj`; `ROOT` for the root of a sentence.
    #[must_use]
    pub fn dep(self) -> &'d str {
        &self.doc.strings[self.doc.table.dep[self.i]]
    }

    /// The token this one depends on; a root is its own head.
    #[must_use]
    pub fn head(self) -> Token<'d> {
        Self::new(self.doc, self.doc.table.head[self.i] as usize)
    }

    /// Where it stands in an entity.
    #[must_use]
    pub fn ent_iob(self) -> Iob {
        self.doc.table.ent_iob[self.i]
    }

    /// The label of the entity it is in (`PERSON`, `GPE` …), or `""`.
    #[must_use]
    pub fn ent_type(self) -> &'d str {
        &self.doc.strings[self.doc.table.ent_type[self.i]]
    }

    /// Whether a sentence starts here.
    #[must_use]
    pub fn is_sent_start(self) -> bool {
        self.doc.table.sent_start[self.i]
    }

    /// All that its letters alone tell.
    #[must_use]
    pub fn flags(self) -> Flags {
        self.doc.lexeme(self.i).flags
    }

    /// Only white space.
    #[must_use]
    pub fn is_space(self) -> bool {
        self.flags().contains(Flags::SPACE)
    }

    /// Only punctuation.
    #[must_use]
    pub fn is_punct(self) -> bool {
        self.flags().contains(Flags::PUNCT)
    }

    /// Only letters.
    #[must_use]
    pub fn is_alpha(self) -> bool {
        self.flags().contains(Flags::ALPHA)
    }

    /// Title case.
    #[must_use]
    pub fn is_title(self) -> bool {
        self.flags().contains(Flags::TITLE)
    }

    /// A numeral in digits or words.
    #[must_use]
    pub fn like_num(self) -> bool {
        self.flags().contains(Flags::LIKE_NUM)
    }

    /// The tokens whose head this is, in the order of the text.
    pub fn children(self) -> impl DoubleEndedIterator<Item = Token<'d>> + ExactSizeIterator {
        self.doc
            .table
            .children
            .of(self.i)
            .iter()
            .map(move |&child| Self::new(self.doc, child as usize))
    }

    /// The children before it.
    pub fn lefts(self) -> impl DoubleEndedIterator<Item = Token<'d>> {
        self.children().filter(move |child| child.i < self.i)
    }

    /// The children after it.
    pub fn rights(self) -> impl DoubleEndedIterator<Item = Token<'d>> {
        self.children().filter(move |child| child.i > self.i)
    }

    /// The leftmost token of its subtree (itself, when nothing hangs to the left).
    #[must_use]
    pub fn left_edge(self) -> Token<'d> {
        Self::new(self.doc, self.doc.table.edges.left[self.i] as usize)
    }

    /// The rightmost token of its subtree.
    #[must_use]
    pub fn right_edge(self) -> Token<'d> {
        Self::new(self.doc, self.doc.table.edges.right[self.i] as usize)
    }

    /// Every token from the left edge to the right edge: its subtree, and in the rare crossing
    /// (non-projective) parse also what stands between.
    #[must_use]
    pub fn subtree(self) -> Tokens<'d> {
        self.doc.tokens_in(self.left_edge().i..self.right_edge().i + 1)
    }

    /// Its head, that one's head, and so on to the root.
    pub fn ancestors(self) -> impl Iterator<Item = Token<'d>> {
        let parent = |token: Token<'d>| (token.head().i != token.i).then(|| token.head());
        // A parse has no cycles, but a record read from a file might: no path is longer than the text.
        std::iter::successors(parent(self), move |&token| parent(token)).take(self.doc.len())
    }

    /// The 96 numbers the tagger and parser saw, or an empty slice when vectors were not kept.
    #[must_use]
    pub fn vector(self) -> &'d [f32] {
        let width = crate::nn::WIDTH;
        self.doc.table.vectors.get(self.i * width..(self.i + 1) * width).unwrap_or_default()
    }
}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.doc, other.doc) && self.i == other.i
    }
}

impl Eq for Token<'_> {}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:?}", self.i, self.text())
    }
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}
