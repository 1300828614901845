//! Fragments that may be told, with how likely the sequence model holds them.

use std::ops::Range;

use super::label::{LABELS, Role, ends, role, starts};
use super::lattice::{Posterior, Row, Transitions};

/// Fragments less likely than this are not looked at: they cannot be worth their place.
const LEAST: f32 = 0.02;

/// A fragment that may be told.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its first token, counted from the start of the sequence.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// What it is.
    pub role: Role,
    /// Whether a mark opens it.
    pub quoted: bool,
    /// How likely it is.
    pub probability: f32,
}

impl Candidate {
    /// Whether only one of the two can be told.
    #[must_use]
    pub fn excludes(&self, other: &Self) -> bool {
        let same = self.start == other.start
            && self.end == other.end
            && self.role == other.role
            && self.quoted == other.quoted;
        !same && self.start < other.end && other.start < self.end
    }
}

/// How much of each role a sequence has where.
#[derive(Clone, Debug)]
pub struct Masses {
    /// For each token, how much of each role stands before it; one more for the end.
    sums: Vec<[f32; 3]>,
    /// For each token, how likely a fragment of each role begins there.
    beginning: Vec<[f32; 3]>,
    /// For each token, how likely a fragment of each role ends there.
    ending: Vec<[f32; 3]>,
}

impl Masses {
    /// The masses under a posterior. Linear.
    #[must_use]
    pub fn new(posterior: &Posterior) -> Self {
        let rows = &posterior.marginals;
        let mut sums = vec![[0.0; 3]];
        let mut sum = [0.0; 3];
        for row in rows {
            let here = by_role(row, |_| true);
            sum.iter_mut().zip(here).for_each(|(sum, mass)| *sum += mass);
            sums.push(sum);
        }
        let beginning = rows.iter().map(|row| by_role(row, starts)).collect();
        let ending = rows.iter().map(|row| by_role(row, ends)).collect();
        Self { sums, beginning, ending }
    }

    /// How many tokens of a range are expected to have a role.
    #[must_use]
    pub fn between(&self, role: Role, range: Range<usize>) -> f32 {
        self.sums[range.end][role as usize] - self.sums[range.start][role as usize]
    }

    /// How likely a token has a role.
    #[must_use]
    pub fn of(&self, role: Role, at: usize) -> f32 {
        self.between(role, at..at + 1)
    }

    /// How likely a fragment of a role begins at a token.
    #[must_use]
    pub fn beginning(&self, role: Role, at: usize) -> f32 {
        self.beginning[at][role as usize]
    }

    /// How likely a fragment of a role ends at a token.
    #[must_use]
    pub fn ending(&self, role: Role, at: usize) -> f32 {
        self.ending[at][role as usize]
    }
}

/// What the labels that `counts` names have together, by role.
fn by_role(row: &Row, counts: impl Fn(usize) -> bool) -> [f32; 3] {
    let mut sums = [0.0; 3];
    for (label, mass) in row.iter().enumerate().filter(|(label, _)| counts(*label)) {
        if let Some(role) = role(label) {
            sums[role as usize] += mass;
        }
    }
    sums
}

/// Where a fragment begins, goes on, ends, or stands alone; contents in marks stand alone under
/// the label of the others.
const GROUPS: [(Role, bool, [usize; 3], usize); 4] = [
    (Role::Content, false, [1, 2, 3], 4),
    (Role::Source, false, [5, 6, 7], 8),
    (Role::Cue, false, [9, 10, 11], 12),
    (Role::Content, true, [13, 14, 15], LABELS),
];

/// Every fragment that is likely enough, sorted by its end. Linear in tokens times the length of
/// what may be one fragment.
#[must_use]
pub fn candidates(posterior: &Posterior, exponentials: &Transitions) -> Vec<Candidate> {
    let mut found = Vec::new();
    for start in 0..posterior.len() {
        let row = &posterior.marginals[start];
        for (role, quoted, [begin, inside, last], single) in GROUPS {
            let mut keep = |end: usize, probability: f32| {
                if probability >= LEAST {
                    found.push(Candidate { start, end, role, quoted, probability });
                }
            };
            keep(start + 1, row.get(single).copied().unwrap_or(0.0));
            let (mut alive, mut label, mut at) = (row[begin], begin, start);
            while alive >= LEAST && at + 1 < posterior.len() {
                let next = posterior.next(at, label, exponentials);
                at += 1;
                keep(at + 1, alive * next[last]);
                alive *= next[inside];
                label = inside;
            }
        }
    }
    found.sort_by_key(|candidate| candidate.end);
    found
}
