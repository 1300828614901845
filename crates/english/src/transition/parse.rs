//! The dependency parser: arc-eager with non-monotonic repair.
//!
//! Source: spaCy's `_parser_internals/arc_eager.pyx` and `_state.pxd`. Each token is shifted, attached
//! or reduced a bounded number of times, so time is linear in the text.

use std::ops::Range;

use pulp::Arch;

use super::best_of;
use super::rows::Rows;
use super::scorer::Scorer;
use crate::model::Fault;
use crate::model::data::TransitionData;

/// Tokens of interest: two of the buffer, three of the stack, three children.
const PLACES: usize = 8;
/// One more than the blocks that a state can look at at once.
const BUFFERS: usize = PLACES + 1;

/// The parser's weights and moves.
#[derive(Debug)]
pub(crate) struct ParserModel {
    scorer: Scorer<PLACES, 112>,
    moves: Moves,
    /// Every label that a move can give, and `ROOT`.
    pub(crate) labels: Vec<String>,
}

/// Where each kind of move lies in the scores.
#[derive(Debug)]
struct Moves {
    shift: Range<usize>,
    reduce: Range<usize>,
    left: Range<usize>,
    right: Range<usize>,
    split: Range<usize>,
}

/// The parse of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parse {
    /// The head of each token; a root is its own.
    pub(crate) heads: Vec<u32>,
    /// Rows of [`ParserModel::labels`].
    pub(crate) labels: Vec<u16>,
}

impl ParserModel {
    pub(crate) fn new(data: TransitionData) -> Result<Self, Fault> {
        let (scorer, moves) = Scorer::new("parser", data)?;
        let kinds = Moves::new(&moves)?;
        let mut labels: Vec<String> = moves.into_iter().map(|(_, label)| label).collect();
        labels.push("ROOT".to_owned());
        Ok(Self { scorer, moves: kinds, labels })
    }

    /// The label of a token without head.
    pub(crate) fn root(&self) -> u16 {
        u16::try_from(self.labels.len() - 1).expect("about a hundred labels")
    }

    /// The rows of `n` tokens with these vectors.
    pub(crate) fn rows(
        &self,
        vectors: &[f32],
        n: usize,
        hidden: &mut Vec<f32>,
        rows: &mut Vec<f32>,
    ) {
        self.scorer.rows(vectors, n, hidden, rows);
    }

    /// Parse `length` tokens, whose rows come from `fill` block by block.
    pub(crate) fn parse(
        &self,
        arch: Arch,
        length: usize,
        rows: &mut Rows,
        mut fill: impl FnMut(Range<usize>, &mut Vec<f32>),
    ) -> Parse {
        rows.start(length, BUFFERS);
        let mut state = State::new(length, self.root());
        while !state.is_final() {
            let tokens = state.context();
            for token in tokens.into_iter().flatten() {
                rows.ensure(token as usize, &mut fill);
            }
            let parts = std::array::from_fn(|place| match tokens[place] {
                Some(token) => rows.part(token as usize, PLACES, place),
                None => self.scorer.pad(place),
            });
            let scores = self.scorer.score(arch, parts);
            self.advance(&mut state, &scores);
        }
        Parse { heads: state.heads(), labels: state.labels }
    }

    /// Take the best allowed move.
    fn advance(&self, state: &mut State, scores: &[f32]) {
        let Moves { shift, reduce, left, right, split } = &self.moves;
        let kinds = [
            (shift, state.may_shift()),
            (reduce, state.may_reduce()),
            (left, state.may_attach()),
            (right, state.may_attach()),
            (split, state.may_split()),
        ];
        let allowed = kinds.into_iter().filter(|(_, allowed)| *allowed);
        let best = allowed.fold(None, |best, (range, _)| best_of(scores, range.clone(), best));
        match best {
            Some(best) if shift.contains(&best) => state.shift(),
            Some(best) if reduce.contains(&best) => state.reduce(),
            Some(best) if left.contains(&best) => state.attach_left(label(best)),
            Some(best) if right.contains(&best) => state.attach_right(label(best)),
            Some(_) => state.split(),
            None => state.give_up(),
        }
    }
}

/// A move's label has the move's number.
fn label(best: usize) -> u16 {
    u16::try_from(best).expect("about a hundred moves")
}

impl Moves {
    fn new(moves: &[(u8, String)]) -> Result<Self, Fault> {
        let kind = |wanted: u8| {
            let start = moves.partition_point(|&(kind, _)| kind < wanted);
            start..moves.partition_point(|&(kind, _)| kind <= wanted)
        };
        let known =
            moves.is_sorted_by_key(|&(kind, _)| kind) && moves.iter().all(|&(kind, _)| kind <= 4);
        if !known {
            return Err(Fault::WrongSize("parser moves"));
        }
        Ok(Self { shift: kind(0), reduce: kind(1), left: kind(2), right: kind(3), split: kind(4) })
    }
}

/// How far a parse has come.
///
/// The buffer is what was put back (`put_back`, last first) and then the text from `next`.
struct State {
    stack: Vec<u32>,
    put_back: Vec<u32>,
    next: u32,
    length: u32,
    head: Vec<Option<u32>>,
    labels: Vec<u16>,
    /// Tokens that were put back once and may not be shifted again.
    shifted: Vec<bool>,
    sentence_start: Vec<bool>,
    /// The child attached last on either side of each token.
    last_left: Vec<Option<u32>>,
    last_right: Vec<Option<u32>>,
    /// The right child that its head had before this one.
    right_before: Vec<Option<u32>>,
}

impl State {
    fn new(length: usize, root: u16) -> Self {
        Self {
            stack: Vec::new(),
            put_back: Vec::new(),
            next: 0,
            length: u32::try_from(length).expect("fewer tokens than bytes"),
            head: vec![None; length],
            labels: vec![root; length],
            shifted: vec![false; length],
            sentence_start: vec![false; length],
            last_left: vec![None; length],
            last_right: vec![None; length],
            right_before: vec![None; length],
        }
    }

    fn heads(&self) -> Vec<u32> {
        (0..).zip(&self.head).map(|(own, head)| head.unwrap_or(own)).collect()
    }

    fn stacked(&self, depth: usize) -> Option<u32> {
        self.stack.len().checked_sub(depth + 1).map(|at| self.stack[at])
    }

    fn buffered(&self, ahead: usize) -> Option<u32> {
        if let Some(at) = self.put_back.len().checked_sub(ahead + 1) {
            return Some(self.put_back[at]);
        }
        let ahead = u32::try_from(ahead - self.put_back.len()).expect("looks ahead by one");
        Some(self.next + ahead).filter(|&token| token < self.length)
    }

    fn buffer_length(&self) -> usize {
        (self.length - self.next) as usize + self.put_back.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_length() == 0
    }

    /// The tokens of interest.
    fn context(&self) -> [Option<u32>; PLACES] {
        let (front, top) = (self.buffered(0), self.stacked(0));
        [
            front,
            self.buffered(1),
            top,
            self.stacked(1),
            self.stacked(2),
            front.and_then(|token| self.last_left[token as usize]),
            top.and_then(|token| self.last_left[token as usize]),
            top.and_then(|token| self.last_right[token as usize]),
        ]
    }

    fn starts_sentence(&self, token: Option<u32>) -> bool {
        token.is_some_and(|token| self.sentence_start[token as usize])
    }

    fn may_shift(&self) -> bool {
        let front = self.buffered(0);
        let was_shifted = || front.is_some_and(|token| self.shifted[token as usize]);
        self.stack.is_empty()
            || (self.buffer_length() >= 2 && !self.starts_sentence(front) && !was_shifted())
    }

    fn may_reduce(&self) -> bool {
        !self.stack.is_empty()
    }

    fn may_attach(&self) -> bool {
        !self.stack.is_empty()
            && self.buffer_length() > 0
            && !self.starts_sentence(self.buffered(0))
    }

    fn may_split(&self) -> bool {
        match (self.buffered(0), self.buffered(1)) {
            (Some(front), Some(second)) => {
                second == front + 1 && !self.sentence_start[second as usize]
            }
            _ => false,
        }
    }

    fn shift(&mut self) {
        let front = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(front);
    }

    fn reduce(&mut self) {
        let last = self.stack.len() == 1;
        if let Some(top) = self.stack.pop()
            && !last
            && self.head[top as usize].is_none()
        {
            self.shifted[top as usize] = true;
            self.put_back.push(top);
        }
    }

    /// The top of the stack becomes a child of the front of the buffer.
    fn attach_left(&mut self, label: u16) {
        let (Some(front), Some(top)) = (self.buffered(0), self.stack.pop()) else { return };
        if let Some(old) = self.head[top as usize] {
            // Only a right child can still be on the stack, and it is the last of its head.
            self.last_right[old as usize] = self.right_before[top as usize];
        }
        self.head[top as usize] = Some(front);
        self.labels[top as usize] = label;
        self.last_left[front as usize] = Some(top);
        self.shifted[front as usize] = false;
    }

    /// The front of the buffer becomes a child of the top of the stack, and is shifted.
    fn attach_right(&mut self, label: u16) {
        let (Some(front), Some(top)) = (self.buffered(0), self.stacked(0)) else { return };
        self.head[front as usize] = Some(top);
        self.labels[front as usize] = label;
        self.right_before[front as usize] = self.last_right[top as usize].replace(front);
        self.shift();
    }

    /// A sentence starts at the second token of the buffer.
    fn split(&mut self) {
        if let Some(second) = self.buffered(1) {
            self.sentence_start[second as usize] = true;
        }
    }

    /// No move is allowed: end here.
    fn give_up(&mut self) {
        self.stack.clear();
        self.put_back.clear();
        self.next = self.length;
    }
}
