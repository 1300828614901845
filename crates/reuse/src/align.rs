//! Local alignment of two word sequences around a shared run.
//!
//! A run of equal words is extended to both sides: equal words are taken as they come; at a
//! difference a small window is aligned with affine gaps (Gotoh 1982), where a path is given up
//! once it falls `DROP` below the best (the X-drop of Zhang, Berman and Miller 1998), and the
//! extension goes on from the best cell while that gains. Each step costs at most `WINDOW`²
//! cells and takes at least one word, so time is linear in what is aligned.

use std::cell::RefCell;

use crate::stream::is_long;

/// What a pair of equal words gains: function words stand everywhere and prove little.
const LONG: i32 = 3;
const SHORT: i32 = 1;
/// What a pair of different words costs: so that a difference needs more than two function words
/// beyond it to be bridged.
const MISMATCH: i32 = -3;
/// What a run of words costs that only one side has, once and for each word.
const GAP_OPEN: i32 = -3;
const GAP_WORD: i32 = -1;
/// How far a path may fall below the best: an insertion of twelve words, five words replaced.
const DROP: i32 = 15;
/// Words on each side that one step looks at.
const WINDOW: usize = 32;
/// Row length of the step's table.
const ROW: usize = WINDOW + 1;

/// Equal words at the same distance: `len` words from `a` in one text and from `b` in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Block {
    pub a: usize,
    pub b: usize,
    pub len: usize,
}

impl Block {
    /// One past the last word on either side.
    pub fn end(self) -> (usize, usize) {
        (self.a + self.len, self.b + self.len)
    }
}

/// The longest run of equal words around an equal pair.
pub(crate) fn run_at(a: &[u32], b: &[u32], at: (usize, usize)) -> Block {
    let before = Side::back(a, at.0).common(&Side::back(b, at.1));
    let after = Side::forth(a, at.0).common(&Side::forth(b, at.1));
    Block { a: at.0 - before, b: at.1 - before, len: before + after }
}

/// The alignment around a run of equal words: blocks in order, everything between differing.
pub(crate) fn extend(a: &[u32], b: &[u32], run: Block) -> Vec<Block> {
    let (end_a, end_b) = run.end();
    let back = reach(Side::back(a, run.a), Side::back(b, run.b));
    let forth = reach(Side::forth(a, end_a), Side::forth(b, end_b));
    let mut path: Vec<Block> = back
        .iter()
        .rev()
        .map(|block| Block {
            a: run.a - block.a - block.len,
            b: run.b - block.b - block.len,
            len: block.len,
        })
        .collect();
    push(&mut path, run);
    for block in forth {
        push(&mut path, Block { a: end_a + block.a, b: end_b + block.b, len: block.len });
    }
    path
}

/// Adds a block, joined with the last where they touch.
fn push(path: &mut Vec<Block>, block: Block) {
    match path.last_mut() {
        Some(last) if last.end() == (block.a, block.b) => last.len += block.len,
        _ => path.push(block),
    }
}

/// What an alignment scores by its equal words alone.
pub(crate) fn weight(words: &[u32]) -> i32 {
    words.iter().map(|&word| if is_long(word) { LONG } else { SHORT }).sum()
}

/// A text read away from a position, to either side.
#[derive(Clone, Copy)]
struct Side<'s> {
    words: &'s [u32],
    back: bool,
}

impl<'s> Side<'s> {
    fn forth(words: &'s [u32], from: usize) -> Self {
        Self { words: &words[from..], back: false }
    }

    fn back(words: &'s [u32], to: usize) -> Self {
        Self { words: &words[..to], back: true }
    }

    fn len(&self) -> usize {
        self.words.len()
    }

    fn get(&self, i: usize) -> u32 {
        self.words[if self.back { self.words.len() - 1 - i } else { i }]
    }

    fn skip(&self, n: usize) -> Self {
        let words = if self.back { &self.words[..self.words.len() - n] } else { &self.words[n..] };
        Self { words, back: self.back }
    }

    /// How many words from here on the two have in common.
    fn common(&self, other: &Self) -> usize {
        let shorter = self.len().min(other.len());
        (0..shorter).take_while(|&i| self.get(i) == other.get(i)).count()
    }
}

/// The blocks met on the way from two positions to one side, counted from there.
fn reach(a: Side<'_>, b: Side<'_>) -> Vec<Block> {
    let mut path = Vec::new();
    let (mut done_a, mut done_b) = (0, 0);
    loop {
        let (here_a, here_b) = (a.skip(done_a), b.skip(done_b));
        let equal = here_a.common(&here_b);
        if equal > 0 {
            push(&mut path, Block { a: done_a, b: done_b, len: equal });
            (done_a, done_b) = (done_a + equal, done_b + equal);
            continue;
        }
        let step = TABLE.with_borrow_mut(|table| table.step(here_a, here_b));
        let Some(end) = step.last().map(|block| block.end()) else { return path };
        for block in step {
            push(&mut path, Block { a: done_a + block.a, b: done_b + block.b, ..block });
        }
        (done_a, done_b) = (done_a + end.0, done_b + end.1);
    }
}

thread_local! {
    /// One table a thread: a fresh one for each of millions of steps would cost more than filling.
    static TABLE: RefCell<Table> = RefCell::new(Table::new());
}

/// The dynamic programme of one step: best scores that end in a pair of words, in a gap in the
/// second text, in a gap in the first; and where each came from.
struct Table {
    pair: Vec<i32>,
    only_a: Vec<i32>,
    only_b: Vec<i32>,
}

/// Below any score that counts.
const NONE: i32 = -1000;

impl Table {
    fn new() -> Self {
        let cells = || vec![NONE; ROW * ROW];
        Self { pair: cells(), only_a: cells(), only_b: cells() }
    }

    /// The blocks of the best path from the corner, if it gains anything.
    fn step(&mut self, a: Side<'_>, b: Side<'_>) -> Vec<Block> {
        match self.fill(a, b) {
            Some(best) => self.trace(a, b, best),
            None => Vec::new(),
        }
    }

    /// Fills the table row by row as far as paths stay within `DROP` of the best; returns the
    /// best cell with a positive score, the first one met in reading order.
    fn fill(&mut self, a: Side<'_>, b: Side<'_>) -> Option<(usize, usize)> {
        let (rows, columns) = (a.len().min(WINDOW), b.len().min(WINDOW));
        let mut best = (0, None);
        let mut alive = self.first_row(columns);
        for i in 1..=rows {
            alive = self.row(a, b, i, columns, alive, &mut best);
            if alive.is_empty() {
                break;
            }
        }
        best.1
    }

    /// The row before any word of the first text; returns the columns that are alive.
    fn first_row(&mut self, columns: usize) -> std::ops::Range<usize> {
        self.set(0, (0, NONE, NONE));
        let mut end = 1;
        while end <= columns && GAP_OPEN + GAP_WORD * offset(end) >= -DROP {
            self.set(end, (NONE, NONE, GAP_OPEN + GAP_WORD * offset(end)));
            end += 1;
        }
        (end..=columns.min(end + 1)).for_each(|j| self.set(j, (NONE, NONE, NONE)));
        0..end
    }

    /// One row; `above` are the columns alive in the row before, and all cells of that row up to
    /// one past them are set.
    fn row(
        &mut self,
        a: Side<'_>,
        b: Side<'_>,
        i: usize,
        columns: usize,
        above: std::ops::Range<usize>,
        best: &mut (i32, Option<(usize, usize)>),
    ) -> std::ops::Range<usize> {
        let (mut first, mut last) = (usize::MAX, 0);
        if above.start > 0 {
            self.set(i * ROW + above.start - 1, (NONE, NONE, NONE));
        }
        let mut j = above.start;
        while j <= columns && (j <= above.end || last + 1 == j) {
            let cell = i * ROW + j;
            let scores = self.cell(a, b, (i, j), &above);
            self.set(cell, scores);
            if scores.0 > best.0 {
                *best = (scores.0, Some((i, j)));
            }
            if scores.0.max(scores.1).max(scores.2) >= best.0 - DROP {
                (first, last) = (first.min(j), j);
            }
            j += 1;
        }
        (j..=columns.min(j + 1)).for_each(|j| self.set(i * ROW + j, (NONE, NONE, NONE)));
        if first == usize::MAX { 0..0 } else { first..last + 1 }
    }

    /// The three scores of a cell.
    fn cell(
        &self,
        a: Side<'_>,
        b: Side<'_>,
        (i, j): (usize, usize),
        above: &std::ops::Range<usize>,
    ) -> (i32, i32, i32) {
        let open = GAP_OPEN + GAP_WORD;
        let over = (i - 1) * ROW + j;
        let only_a = if j <= above.end {
            (self.pair[over].max(self.only_b[over]) + open).max(self.only_a[over] + GAP_WORD)
        } else {
            NONE
        };
        if j == 0 {
            return (NONE, only_a, NONE);
        }
        let left = i * ROW + j - 1;
        let only_b =
            (self.pair[left].max(self.only_a[left]) + open).max(self.only_b[left] + GAP_WORD);
        let pair = if j - 1 <= above.end {
            self.best_at(over - 1) + score(a.get(i - 1), b.get(j - 1))
        } else {
            NONE
        };
        (pair, only_a, only_b)
    }

    fn set(&mut self, cell: usize, (pair, only_a, only_b): (i32, i32, i32)) {
        self.pair[cell] = pair;
        self.only_a[cell] = only_a;
        self.only_b[cell] = only_b;
    }

    fn best_at(&self, cell: usize) -> i32 {
        self.pair[cell].max(self.only_a[cell]).max(self.only_b[cell])
    }

    /// Follows the path back from a cell that ends in a pair, collecting equal words.
    fn trace(&self, a: Side<'_>, b: Side<'_>, (mut i, mut j): (usize, usize)) -> Vec<Block> {
        let open = GAP_OPEN + GAP_WORD;
        let mut equal = Vec::new();
        let mut state = State::Pair;
        while i > 0 || j > 0 {
            let cell = i * ROW + j;
            match state {
                State::Pair => {
                    if a.get(i - 1) == b.get(j - 1) {
                        equal.push(Block { a: i - 1, b: j - 1, len: 1 });
                    }
                    (i, j) = (i - 1, j - 1);
                    state = self.best_state(i * ROW + j);
                }
                State::OnlyA => {
                    let over = cell - ROW;
                    state = if self.only_a[cell] == self.only_a[over] + GAP_WORD {
                        State::OnlyA
                    } else if self.only_a[cell] == self.pair[over] + open {
                        State::Pair
                    } else {
                        State::OnlyB
                    };
                    i -= 1;
                }
                State::OnlyB => {
                    let left = cell - 1;
                    state = if self.only_b[cell] == self.only_b[left] + GAP_WORD {
                        State::OnlyB
                    } else if self.only_b[cell] == self.pair[left] + open {
                        State::Pair
                    } else {
                        State::OnlyA
                    };
                    j -= 1;
                }
            }
        }
        let mut blocks = Vec::new();
        equal.into_iter().rev().for_each(|block| push(&mut blocks, block));
        blocks
    }

    fn best_state(&self, cell: usize) -> State {
        let best = self.best_at(cell);
        if self.pair[cell] == best {
            State::Pair
        } else if self.only_a[cell] == best {
            State::OnlyA
        } else {
            State::OnlyB
        }
    }
}

/// What a path ends in.
#[derive(Clone, Copy)]
enum State {
    Pair,
    OnlyA,
    OnlyB,
}

fn score(a: u32, b: u32) -> i32 {
    match a == b {
        true if is_long(a) => LONG,
        true => SHORT,
        false => MISMATCH,
    }
}

/// A position in the window as a score factor.
fn offset(position: usize) -> i32 {
    i32::try_from(position).expect("windows are small")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stream::fingerprint;

    fn prints(text: &str) -> Vec<u32> {
        text.split_whitespace().map(fingerprint).collect()
    }

    /// Both texts as one: equal words once, differences as `[only first|only second]`, outside
    /// the alignment nothing. The alignment starts from the first word marked `*`.
    fn check(first: &str, second: &str, expected: &str) {
        let clean = |text: &str| text.replace('*', "");
        let (texts_a, texts_b) = (clean(first), clean(second));
        let (a, b) = (prints(&texts_a), prints(&texts_b));
        let at = |text: &str| {
            text.split_whitespace().position(|word| word.starts_with('*')).expect("a start")
        };
        let path = extend(&a, &b, run_at(&a, &b, (at(first), at(second))));
        let words_a: Vec<&str> = texts_a.split_whitespace().collect();
        let words_b: Vec<&str> = texts_b.split_whitespace().collect();
        let mut shown = Vec::new();
        let mut last: Option<Block> = None;
        for block in path {
            if let Some((end_a, end_b)) = last.map(Block::end) {
                let between =
                    [words_a[end_a..block.a].join(" "), words_b[end_b..block.b].join(" ")];
                shown.push(format!("[{}]", between.join("|")));
            }
            shown.push(words_a[block.a..block.end().0].join(" "));
            last = Some(block);
        }
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn bridges_differences_and_stops_where_the_texts_part() {
        check(
            "Yesterday *leaders said in spring that the bridge would open one day and Hartmann \
             repeated that promise throughout the course of the works though the organization \
             gave no timetable. Later the rain came",
            "All *leaders said in spring that the bridge would open one day and Ms Hartmann \
             repeated that promise throughout the works though the organisation gave no \
             timetable. Trains were late",
            "leaders said in spring that the bridge would open one day and [|Ms] Hartmann \
             repeated that promise throughout [the course of|] the works though the \
             [organization|organisation] gave no timetable.",
        );
    }

    #[test]
    fn function_words_beyond_a_difference_prove_nothing() {
        check(
            "we saw *three barges burning of the north",
            "nobody saw *three barges burning in the south",
            "saw three barges burning",
        );
    }

    #[test]
    fn extends_to_the_left_as_to_the_right() {
        check(
            "pledged continued support for the country during his *first visit",
            "pledged continuing support for the country on his *first visit",
            "support for the country [during|on] his first visit",
        );
    }

    proptest! {
        #[test]
        fn blocks_are_equal_words_in_order(
            a in prop::collection::vec(0..9_u32, 1..80),
            mut b in prop::collection::vec(0..9_u32, 1..80),
            at in any::<(prop::sample::Index, prop::sample::Index)>(),
        ) {
            let (i, j) = (at.0.index(a.len()), at.1.index(b.len()));
            b[j] = a[i];
            let path = extend(&a, &b, run_at(&a, &b, (i, j)));
            for block in &path {
                prop_assert!(block.len > 0);
                prop_assert_eq!(&a[block.a..block.end().0], &b[block.b..block.end().1]);
            }
            for pair in path.windows(2) {
                let (end, next) = (pair[0].end(), pair[1]);
                prop_assert!(end.0 <= next.a && end.1 <= next.b && end != (next.a, next.b));
            }
            prop_assert!(path.iter().any(|block| (block.a..block.end().0).contains(&i)));
        }

        #[test]
        fn mirrored_texts_align_as_long(words in prop::collection::vec(0..5_u32, 40), cut in 1..39_usize) {
            let mut other = words.clone();
            other[cut] = 77;
            let path = extend(&words, &other, run_at(&words, &other, (0, 0)));
            prop_assert!(path.iter().map(|block| block.len).sum::<usize>() >= cut);
        }
    }
}
