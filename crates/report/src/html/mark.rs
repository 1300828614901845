//! The marks of a text written as tags: marks overlap, so they are cut into pieces that nest.
//!
//! This is the one module that writes HTML by hand. Every character of a text passes through
//! [`Escaper`].

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt::Write;

use maud::Escaper;
use stemma_model::{Document, Quote, QuoteKind, Span};

use crate::edition::Detail;
use crate::html::link;
use crate::html::page::Page;
use crate::view::mark::{About, Layer, Mark, Note};

/// Writes the blocks of one text in order, each with its marks, anchors and note numbers.
pub(super) struct Writer<'w, 'e> {
    text: &'e str,
    /// Marks that no block has reached yet, in order.
    marks: std::slice::Iter<'w, Mark<'e>>,
    next: Option<&'w Mark<'e>>,
    /// Marks of earlier blocks that go on.
    open: Vec<Piece<'e>>,
    anchors: std::iter::Peekable<std::slice::Iter<'w, usize>>,
    notes: Vec<(usize, &'w Note<'e>)>,
    /// The first note that no block has reached yet.
    note: usize,
    page: &'w Page<'e>,
    document: &'w Document,
    out: String,
}

/// A piece of a mark: what is left of it, and whether it has been opened before.
#[derive(Clone, Copy)]
struct Piece<'e> {
    start: usize,
    end: usize,
    order: usize,
    layer: Layer<'e>,
    again: bool,
}

impl Piece<'_> {
    fn key(&self) -> impl Ord + use<> {
        Reverse((self.start, Reverse(self.end), self.order))
    }
}

impl PartialEq for Piece<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Piece<'_> {}

impl PartialOrd for Piece<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Piece<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl<'w, 'e> Writer<'w, 'e> {
    pub(super) fn new(
        page: &'w Page<'e>,
        document: &'e Document,
        marks: &'w [Mark<'e>],
        anchors: &'w [usize],
        notes: &'w [Note<'e>],
    ) -> Self {
        let mut marks = marks.iter();
        let next = marks.next();
        // A note that says nothing but whose words they are stands in the text already.
        let telling = |note: &Note<'_>| match note.about {
            About::Quote(quote) if page.edition.detail == Detail::Dense => page
                .statement((document.id, quote.id))
                .is_some_and(|(_, statement)| !statement.entries.is_empty()),
            About::Quote(_) | About::Run { .. } | About::Condition(_) => true,
        };
        Self {
            text: &document.text,
            marks,
            next,
            open: Vec::new(),
            anchors: anchors.iter().peekable(),
            notes: (1..).zip(notes).filter(|(_, note)| telling(note)).collect(),
            note: 0,
            page,
            document,
            out: String::new(),
        }
    }

    /// The HTML of the next block, and the notes that stand in it or before `end`.
    pub(super) fn block(&mut self, span: Span, end: usize) -> (String, &[(usize, &'w Note<'e>)]) {
        let first = self.note;
        let mut queue = self.pieces(span);
        let mut stack: Vec<Piece<'e>> = Vec::new();
        let mut at = span.start();
        while let Some(piece) = queue.pop() {
            at = self.close(&mut stack, at, piece.start);
            self.write(at, piece.start);
            at = piece.start;
            match stack.last() {
                // The piece goes on beyond what it opens in: it is cut there.
                Some(outer) if outer.end < piece.end => {
                    queue.push(Piece { start: outer.end, again: true, ..piece });
                    stack.push(Piece { end: outer.end, ..piece });
                }
                _ => stack.push(piece),
            }
            self.open_tag(piece);
        }
        at = self.close(&mut stack, at, span.end());
        self.write(at, span.end());
        self.insert(end.max(span.end() + 1));
        (std::mem::take(&mut self.out), &self.notes[first..self.note])
    }

    /// The pieces of marks that lie in a block; what goes on is kept for the next.
    fn pieces(&mut self, block: Span) -> BinaryHeap<Piece<'e>> {
        let mut order = self.open.len();
        let mut whole = std::mem::take(&mut self.open);
        while let Some(mark) = self.next.filter(|mark| mark.span.start() < block.end()) {
            let (start, end) = (mark.span.start(), mark.span.end());
            whole.push(Piece { start, end, order, layer: mark.layer, again: false });
            order += 1;
            self.next = self.marks.next();
        }
        let goes_on = whole.iter().filter(|piece| piece.end > block.end());
        self.open = goes_on.map(|piece| Piece { again: true, ..*piece }).collect();
        let inside = whole.into_iter().filter(|piece| piece.end > block.start());
        inside
            .map(|piece| Piece {
                start: piece.start.max(block.start()),
                end: piece.end.min(block.end()),
                ..piece
            })
            .collect()
    }

    /// Closes every piece that ends by `to`; returns how far the text is written.
    fn close(&mut self, stack: &mut Vec<Piece<'e>>, mut at: usize, to: usize) -> usize {
        while let Some(piece) = stack.pop_if(|piece| piece.end <= to) {
            self.write(at, piece.end);
            at = at.max(piece.end);
            self.out.push_str(if matches!(piece.layer, Layer::Date(_)) {
                "</time>"
            } else {
                "</span>"
            });
        }
        at
    }

    /// Text from `from` to `to`, with the anchors and note numbers that lie before its end.
    fn write(&mut self, mut from: usize, to: usize) {
        while let Some(place) = self.next_insert().filter(|&place| place < to) {
            if place > from {
                self.escape(from, place);
                from = place;
            }
            self.insert(place + 1);
        }
        if from < to {
            self.escape(from, to);
        }
    }

    fn escape(&mut self, from: usize, to: usize) {
        let text = self.text.get(from..to).unwrap_or_default();
        write!(Escaper::new(&mut self.out), "{text}").expect("writing to a string succeeds");
    }

    fn next_insert(&mut self) -> Option<usize> {
        let note = self.notes.get(self.note).map(|(_, note)| note.at);
        [self.anchors.peek().map(|&&at| at), note].into_iter().flatten().min()
    }

    /// The anchors and note numbers that lie before `end`.
    fn insert(&mut self, end: usize) {
        while let Some((number, _)) = self.notes.get(self.note).filter(|(_, note)| note.at < end) {
            write!(self.out, "<sup>{number}</sup>").expect("writing to a string succeeds");
            self.note += 1;
        }
        while let Some(&at) = self.anchors.next_if(|&&at| at < end) {
            let span = Span::new(at, at);
            let start = self.page.edition.start(stemma_model::Passage::new(self.document.id, span));
            let id = link::passage(self.document.id, start);
            write!(self.out, "<i id={id}></i>").expect("writing to a string succeeds");
        }
    }

    fn open_tag(&mut self, piece: Piece<'e>) {
        let written = match piece.layer {
            Layer::Quote { quote, first } if first && !piece.again => {
                write!(self.out, "<span class={} id={}>", kind(quote), link::of(quote.id))
            }
            Layer::Date(value) => self
                .out
                .write_str("<time title=\"")
                .and_then(|()| write!(Escaper::new(&mut self.out), "{value}"))
                .and_then(|()| self.out.write_str("\">")),
            layer => write!(self.out, "<span class={}>", class(layer)),
        };
        written.expect("writing to a string succeeds");
    }
}

fn kind(quote: &Quote) -> &'static str {
    match quote.kind {
        QuoteKind::Direct => "q",
        QuoteKind::Mixed => "\"q x\"",
        QuoteKind::Indirect => "\"q z\"",
    }
}

fn class(layer: Layer<'_>) -> &'static str {
    match layer {
        Layer::Run => "r",
        Layer::Quote { quote, .. } => kind(quote),
        Layer::Condition => "k",
        Layer::Consequence => "kq",
        Layer::Trigger => "kt",
        Layer::Source => "s",
        Layer::Cue => "c",
        Layer::Date(_) => "d",
        Layer::Figure => "f",
        Layer::Term => "t",
        Layer::Boilerplate => "bp",
    }
}
