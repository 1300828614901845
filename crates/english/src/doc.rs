//! The document: one table of columns, which tokens, sentences and entities view.

use std::fmt;
use std::iter::FusedIterator;
use std::ops::Range;

use crate::flags::Flags;
use crate::intern::{Strings, Sym};
use crate::token::{Iob, Token};
use crate::tree::{Children, Edges};

/// A parsed text. Owns the text and one table; everything else is a view.
#[derive(Clone, Default)]
pub struct Doc {
    pub(crate) text: String,
    pub(crate) strings: Strings,
    pub(crate) lexemes: Vec<LexemeRow>,
    pub(crate) table: Table,
}

/// What tokens with the same characters share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LexemeRow {
    pub(crate) lower: Sym,
    pub(crate) shape: Sym,
    pub(crate) flags: Flags,
}

/// One entry a token in every column, save where said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) start: Vec<u32>,
    pub(crate) end: Vec<u32>,
    pub(crate) space: Vec<bool>,
    /// Row of [`Doc::lexemes`].
    pub(crate) lexeme: Vec<u32>,
    pub(crate) norm: Vec<Sym>,
    pub(crate) lemma: Vec<Sym>,
    pub(crate) pos: Vec<Sym>,
    pub(crate) tag: Vec<Sym>,
    pub(crate) morph: Vec<Sym>,
    pub(crate) dep: Vec<Sym>,
    pub(crate) head: Vec<u32>,
    pub(crate) sent_start: Vec<bool>,
    pub(crate) ent_iob: Vec<Iob>,
    pub(crate) ent_type: Vec<Sym>,
    pub(crate) edges: Edges,
    pub(crate) children: Children,
    /// 96 a token, or empty.
    pub(crate) vectors: Vec<f32>,
}

impl Doc {
    /// The text all spans count in.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.start.len()
    }

    /// Whether there is no token at all (only so for the empty text).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The token at index `i`.
    ///
    /// # Panics
    /// When `i` is not below [`len`](Self::len).
    #[must_use]
    pub fn token(&self, i: usize) -> Token<'_> {
        assert!(i < self.len(), "token {i} of a document of {}", self.len());
        Token::new(self, i)
    }

    /// All tokens.
    #[must_use]
    pub fn tokens(&self) -> Tokens<'_> {
        self.tokens_in(0..self.len())
    }

    /// The tokens of a range of indices.
    ///
    /// # Panics
    /// When the range reaches past [`len`](Self::len).
    #[must_use]
    pub fn tokens_in(&self, range: Range<usize>) -> Tokens<'_> {
        assert!(range.end <= self.len(), "tokens {range:?} of a document of {}", self.len());
        Tokens { doc: self, range }
    }

    /// The token that covers byte `offset`; for the single space between two tokens, the one
    /// before it.
    #[must_use]
    pub fn token_at(&self, offset: usize) -> Option<Token<'_>> {
        let after = self.table.start.partition_point(|&start| start as usize <= offset);
        let token = Token::new(self, after.checked_sub(1)?);
        (offset < token.end() + token.whitespace().len()).then_some(token)
    }

    /// The tokens that share at least one byte with `span`.
    #[must_use]
    pub fn tokens_touching(&self, span: Range<usize>) -> Tokens<'_> {
        let first = self.table.end.partition_point(|&end| end as usize <= span.start);
        let last = self.table.start.partition_point(|&start| (start as usize) < span.end);
        self.tokens_in(first..last.max(first))
    }

    /// The sentences, which together hold every token.
    pub fn sentences(&self) -> impl Iterator<Item = Sentence<'_>> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let start = next;
            let starts = self.table.sent_start.get(start + 1..)?;
            next =
                starts.iter().position(|&is_start| is_start).map_or(self.len(), |n| start + 1 + n);
            Some(Sentence { doc: self, range: start..next })
        })
    }

    /// The sentence that token `i` is in.
    ///
    /// # Panics
    /// When `i` is not below [`len`](Self::len).
    #[must_use]
    pub fn sentence_of(&self, i: usize) -> Sentence<'_> {
        let starts = &self.table.sent_start;
        let start = starts[..=i].iter().rposition(|&is_start| is_start).unwrap_or(0);
        let end =
            starts[i + 1..].iter().position(|&is_start| is_start).map_or(self.len(), |n| i + 1 + n);
        Sentence { doc: self, range: start..end }
    }

    /// The named entities, in the order of the text.
    pub fn entities(&self) -> impl Iterator<Item = Entity<'_>> {
        let iob = &self.table.ent_iob;
        (0..self.len()).filter(|&i| iob[i] == Iob::Begin).map(|start| {
            let inside = iob[start + 1..].iter().take_while(|&&tag| tag == Iob::Inside).count();
            Entity { doc: self, range: start..start + 1 + inside }
        })
    }

    pub(crate) fn lexeme(&self, i: usize) -> &LexemeRow {
        &self.lexemes[self.table.lexeme[i] as usize]
    }
}

impl Table {
    /// Fill the columns that follow from `head`.
    pub(crate) fn link(&mut self) {
        self.edges = Edges::new(&self.head);
        self.children = Children::new(&self.head);
    }
}

impl fmt::Debug for Doc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.tokens()).finish()
    }
}

/// An iterator over neighbouring tokens.
#[derive(Clone)]
pub struct Tokens<'d> {
    doc: &'d Doc,
    range: Range<usize>,
}

impl<'d> Tokens<'d> {
    /// The bytes from the first token to the last; empty at the end of the text for no tokens.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        span_of(self.doc, &self.range)
    }

    /// The indices of the tokens still to come.
    #[must_use]
    pub fn indices(&self) -> Range<usize> {
        self.range.clone()
    }

    /// The text from the first token to the last.
    #[must_use]
    pub fn text(&self) -> &'d str {
        &self.doc.text[self.span()]
    }
}

impl<'d> Iterator for Tokens<'d> {
    type Item = Token<'d>;

    fn next(&mut self) -> Option<Token<'d>> {
        self.range.next().map(|i| Token::new(self.doc, i))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.range.size_hint()
    }
}

impl DoubleEndedIterator for Tokens<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.range.next_back().map(|i| Token::new(self.doc, i))
    }
}

impl ExactSizeIterator for Tokens<'_> {}
impl FusedIterator for Tokens<'_> {}

/// One sentence of a [`Doc`].
#[derive(Clone)]
pub struct Sentence<'d> {
    doc: &'d Doc,
    range: Range<usize>,
}

impl<'d> Sentence<'d> {
    /// Its bytes in the document.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        span_of(self.doc, &self.range)
    }

    /// Its characters.
    #[must_use]
    pub fn text(&self) -> &'d str {
        &self.doc.text[self.span()]
    }

    /// Its tokens.
    #[must_use]
    pub fn tokens(&self) -> Tokens<'d> {
        self.doc.tokens_in(self.range.clone())
    }

    /// The token every other one hangs from: the first that is its own head.
    #[must_use]
    pub fn root(&self) -> Token<'d> {
        let first = Token::new(self.doc, self.range.start);
        self.tokens().find(|token| token.head() == *token).unwrap_or(first)
    }
}

impl fmt::Debug for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.text(), f)
    }
}

/// One named entity of a [`Doc`].
#[derive(Clone)]
pub struct Entity<'d> {
    doc: &'d Doc,
    range: Range<usize>,
}

impl<'d> Entity<'d> {
    /// Its bytes in the document.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        span_of(self.doc, &self.range)
    }

    /// Its characters.
    #[must_use]
    pub fn text(&self) -> &'d str {
        &self.doc.text[self.span()]
    }

    /// What it names: one of the 18 OntoNotes labels, such as `PERSON`, `ORG`, `GPE`, `DATE`.
    #[must_use]
    pub fn label(&self) -> &'d str {
        Token::new(self.doc, self.range.start).ent_type()
    }

    /// Its tokens.
    #[must_use]
    pub fn tokens(&self) -> Tokens<'d> {
        self.doc.tokens_in(self.range.clone())
    }

    /// The token whose head lies outside the entity: the syntactic head of the name.
    #[must_use]
    pub fn root(&self) -> Token<'d> {
        let first = Token::new(self.doc, self.range.start);
        let outside =
            |token: &Token<'d>| token.head() == *token || !self.range.contains(&token.head().i());
        self.tokens().find(outside).unwrap_or(first)
    }
}

impl fmt::Debug for Entity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:?}", self.label(), self.text())
    }
}

fn span_of(doc: &Doc, range: &Range<usize>) -> Range<usize> {
    if range.is_empty() {
        return doc.text.len()..doc.text.len();
    }
    Token::new(doc, range.start).start()..Token::new(doc, range.end - 1).end()
}
