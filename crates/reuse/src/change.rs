//! What differs between two aligned texts, word by word.

use std::ops::Range;

use stemma_model::{Change, ChangeOp, Span};
use stemma_text::fold;

use crate::align::Block;
use crate::spelling::{letters, same_word};

/// Words of a difference that are compared for spelling; longer ones are replaced as a whole.
pub(crate) const SPELLING_WINDOW: usize = 12;

/// Two texts with the words of their aligned parts.
pub(crate) struct Aligned<'t> {
    /// The first text.
    pub a: &'t str,
    /// The second.
    pub b: &'t str,
    /// The places of the first passage's words.
    pub words_a: &'t [Span],
    /// The places of the second passage's words.
    pub words_b: &'t [Span],
}

/// The differences, in order, and how many words of the first passage are matched: equal but for
/// spelling. Blocks count from the passages' first words.
pub(crate) fn changes(aligned: &Aligned<'_>, blocks: &[Block]) -> (Vec<Change>, usize) {
    let mut writer = Writer { aligned, changes: Vec::new(), matched: 0 };
    let (mut done_a, mut done_b) = (0, 0);
    let end = Block { a: aligned.words_a.len(), b: aligned.words_b.len(), len: 0 };
    for block in blocks.iter().copied().chain([end]) {
        writer.differing(done_a..block.a, done_b..block.b);
        (0..block.len).for_each(|i| writer.equal(block.a + i, block.b + i));
        (done_a, done_b) = block.end();
    }
    (writer.changes, writer.matched)
}

impl Aligned<'_> {
    /// Whether a change leaves every letter and digit as it is, but for case and diacritics.
    pub fn same_letters(&self, change: &Change) -> bool {
        let (a, b) = (change.a.of_text(self.a), change.b.of_text(self.b));
        change.op == ChangeOp::Respell && letters(a) == letters(b)
    }
}

struct Writer<'w> {
    aligned: &'w Aligned<'w>,
    changes: Vec<Change>,
    matched: usize,
}

impl Writer<'_> {
    /// A pair of equal words, which may differ in case and in the marks before it.
    fn equal(&mut self, i: usize, j: usize) {
        self.matched += 1;
        self.marks(i, j);
        let (a, b) = (self.aligned.words_a[i], self.aligned.words_b[j]);
        if a.of_text(self.aligned.a) != b.of_text(self.aligned.b) {
            self.changes.push(Change { op: ChangeOp::Respell, a, b });
        }
    }

    /// The marks between two words that both follow on matched ones.
    fn marks(&mut self, i: usize, j: usize) {
        let follows = |change: &Change| {
            change.op == ChangeOp::Respell
                || (i > 0 && change.a.end <= self.aligned.words_a[i - 1].start)
        };
        if i == 0 || j == 0 || !self.changes.last().is_none_or(follows) {
            return;
        }
        let a = gap(self.aligned.words_a, i).trimmed(self.aligned.a);
        let b = gap(self.aligned.words_b, j).trimmed(self.aligned.b);
        let (marks_a, marks_b) = (a.of_text(self.aligned.a), b.of_text(self.aligned.b));
        let only_marks = |text: &str| !text.contains(char::is_alphanumeric);
        if marks_a != marks_b
            && only_marks(marks_a)
            && only_marks(marks_b)
            && plain(marks_a) != plain(marks_b)
        {
            self.changes.push(Change { op: ChangeOp::Respell, a, b });
        }
    }

    /// Words that were not aligned: other spellings are told from other words.
    fn differing(&mut self, a: Range<usize>, b: Range<usize>) {
        if a.len() > SPELLING_WINDOW || b.len() > SPELLING_WINDOW || a.is_empty() || b.is_empty() {
            return self.replaced(a, b);
        }
        let (mut done_a, mut done_b) = (a.start, b.start);
        for (part_a, part_b) in self.spellings(&a, &b) {
            self.replaced(done_a..part_a.start, done_b..part_b.start);
            (done_a, done_b) = (part_a.end, part_b.end);
            self.matched += part_a.len().min(part_b.len());
            let change = Change {
                op: ChangeOp::Respell,
                a: hull(self.aligned.words_a, part_a),
                b: hull(self.aligned.words_b, part_b),
            };
            self.changes.push(change);
        }
        self.replaced(done_a..a.end, done_b..b.end);
    }

    /// Other spellings of one or two words as one or two, the most words first, in order.
    fn spellings(&self, a: &Range<usize>, b: &Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
        let mut found = Vec::new();
        let (mut i, mut from) = (a.start, b.start);
        while i < a.end {
            let fits = (from..b.end).find_map(|j| {
                [(1, 1), (2, 1), (1, 2)].into_iter().find_map(|(m, n)| {
                    let (x, y) = (i..i + m, j..j + n);
                    (x.end <= a.end && y.end <= b.end && self.same(&x, &y)).then_some((x, y))
                })
            });
            i += 1;
            if let Some((x, y)) = fits {
                (i, from) = (x.end, y.end);
                found.push((x, y));
            }
        }
        found
    }

    fn same(&self, x: &Range<usize>, y: &Range<usize>) -> bool {
        same_word(
            hull(self.aligned.words_a, x.clone()).of_text(self.aligned.a),
            hull(self.aligned.words_b, y.clone()).of_text(self.aligned.b),
        )
    }

    /// Words that stand on one side only, or others on each.
    fn replaced(&mut self, a: Range<usize>, b: Range<usize>) {
        let op = match (a.is_empty(), b.is_empty()) {
            (true, true) => return,
            (true, false) => ChangeOp::Insert,
            (false, true) => ChangeOp::Delete,
            (false, false) => ChangeOp::Replace,
        };
        let a = hull(self.aligned.words_a, a);
        let b = hull(self.aligned.words_b, b);
        self.changes.push(Change { op, a, b });
    }
}

/// The smallest span over some words; the place before the next word if there are none.
fn hull(words: &[Span], range: Range<usize>) -> Span {
    match (words.get(range.clone()).unwrap_or_default(), range.start) {
        ([], 0) => words.first().map_or(Span::new(0, 0), |word| at(word.start())),
        ([], before) => at(words[before - 1].end()),
        ([first, .., last], _) => first.hull(*last),
        ([only], _) => *only,
    }
}

fn at(offset: usize) -> Span {
    Span::new(offset, offset)
}

/// The text between a word and the one before it.
fn gap(words: &[Span], i: usize) -> Span {
    Span::new(words[i - 1].end(), words[i].start())
}

/// Marks without what only typography decides: which quotation mark, white space.
fn plain(marks: &str) -> String {
    fold(marks)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == '\'' { '"' } else { c })
        .collect()
}
