//! The entity recogniser: one move a token, opening, continuing and closing entities.
//!
//! Source: spaCy's `_parser_internals/ner.pyx`. Entities neither start on white space nor cross the
//! start of a sentence.

use std::ops::Range;

use pulp::Arch;

use super::best_of;
use super::rows::Rows;
use super::scorer::Scorer;
use crate::model::Fault;
use crate::model::data::TransitionData;

/// Tokens of interest: the current, the first of the open entity, the one before the current.
const PLACES: usize = 3;
const BUFFERS: usize = PLACES + 1;

/// The recogniser's weights and labels.
#[derive(Debug)]
pub(crate) struct EntityModel {
    scorer: Scorer<PLACES, 80>,
    pub(crate) labels: Vec<String>,
    /// The moves of one kind are one a label, in the order of `labels`.
    begin: usize,
    inside: usize,
    last: usize,
    unit: usize,
    outside: usize,
}

/// An entity: tokens and a row of [`EntityModel::labels`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntitySpan {
    pub(crate) tokens: Range<usize>,
    pub(crate) label: usize,
}

/// What the recogniser must know of the tokens.
pub(crate) struct Text<'t> {
    pub(crate) sentence_start: &'t [bool],
    pub(crate) is_space: &'t dyn Fn(usize) -> bool,
}

impl EntityModel {
    pub(crate) fn new(data: TransitionData) -> Result<Self, Fault> {
        let (scorer, moves) = Scorer::new("ner", data)?;
        if !moves.is_sorted_by_key(|&(kind, _)| kind) {
            return Err(Fault::WrongSize("ner moves"));
        }
        let start = |kind: u8| moves.partition_point(|&(other, _)| other < kind);
        let (begin, inside, last, unit, outside) =
            (start(1), start(2), start(3), start(4), start(5));
        let labels_of =
            |from: usize| moves[from..].iter().map(|(_, label)| label).take(inside - begin);
        // The empty label, which is never allowed, is the last of the units.
        let same = [inside, last, unit].iter().all(|&from| labels_of(from).eq(labels_of(begin)));
        let whole = begin == 0
            && last - inside == inside
            && unit - last == inside
            && outside + 1 == moves.len();
        if !(same && whole) {
            return Err(Fault::WrongSize("ner moves"));
        }
        let labels = labels_of(begin).cloned().collect();
        Ok(Self { scorer, labels, begin, inside, last, unit, outside })
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

    /// The entities of a text, whose rows come from `fill` block by block.
    pub(crate) fn recognise(
        &self,
        arch: Arch,
        text: &Text<'_>,
        rows: &mut Rows,
        mut fill: impl FnMut(Range<usize>, &mut Vec<f32>),
    ) -> Vec<EntitySpan> {
        let length = text.sentence_start.len();
        rows.start(length, BUFFERS);
        let mut found = Vec::new();
        let mut open: Option<(usize, usize)> = None;
        for token in 0..length {
            let first = open.map(|(start, _)| start);
            let context = [Some(token), first, first.map(|_| token - 1)];
            for token in context.into_iter().flatten() {
                rows.ensure(token, &mut fill);
            }
            let parts = std::array::from_fn(|place| match context[place] {
                Some(token) => rows.part(token, PLACES, place),
                None => self.scorer.pad(place),
            });
            let scores = self.scorer.score(arch, parts);
            open = match open {
                Some((start, label)) => {
                    let closes = !may_continue(text, token)
                        || scores[self.last + label] > scores[self.inside + label];
                    found.extend(closes.then_some(EntitySpan { tokens: start..token + 1, label }));
                    open.filter(|_| !closes)
                }
                None => self.begin_at(text, token, &scores, &mut found),
            };
        }
        found
    }

    /// The best move with no entity open; a new open entity, if it is that.
    fn begin_at(
        &self,
        text: &Text<'_>,
        token: usize,
        scores: &[f32],
        found: &mut Vec<EntitySpan>,
    ) -> Option<(usize, usize)> {
        let labels = self.labels.len();
        let mut best = None;
        if !(text.is_space)(token) {
            if may_continue(text, token) {
                best = best_of(scores, self.begin..self.begin + labels, best);
            }
            best = best_of(scores, self.unit..self.unit + labels, best);
        }
        let best = best_of(scores, self.outside..self.outside + 1, best).unwrap_or(self.outside);
        if best == self.outside {
            None
        } else if best < self.inside {
            Some((token, best - self.begin))
        } else {
            found.push(EntitySpan { tokens: token..token + 1, label: best - self.unit });
            None
        }
    }
}

/// Whether an entity may reach past `token`.
fn may_continue(text: &Text<'_>, token: usize) -> bool {
    text.sentence_start.get(token + 1).is_some_and(|&starts| !starts)
}
