//! What a fragment that may be told looks like as a whole.
//!
//! The sequence model weighs tokens and pairs of neighbours: where a fragment begins it does not
//! know where it will end. Here the whole is described, whether it is a subtree, what stands around
//! it and which rivals it has, for trees to judge what the sequence model proposes (re-ranking:
//! Collins and Koo, *Discriminative reranking for natural language parsing*, 2005).

use std::ops::Range;

use super::candidate::{Candidate, Masses};
use super::columns::{Columns, Links, hash};
use super::forest::{Forest, Traits};
use super::label::Role;

/// Distances are looked at up to this many tokens.
const FAR: i64 = 15;

/// What stands for a number that there is none of.
const NO: f32 = -1.0;

/// The roles, in the order of their numbers.
const ROLES: [Role; 3] = [Role::Content, Role::Source, Role::Cue];

/// A sequence of a document.
#[derive(Clone, Copy)]
pub struct Sequence<'a> {
    /// The tokens of the document.
    pub columns: &'a Columns,
    /// Their cues.
    pub links: &'a Links,
    /// The tokens of the sequence.
    pub range: &'a Range<usize>,
}

/// What the sequence model proposes for one sequence.
#[derive(Clone, Debug)]
pub struct Proposals {
    /// Fragments that may be told, sorted by their ends.
    pub candidates: Vec<Candidate>,
    /// How much of each role stands where.
    pub masses: Masses,
    /// What each candidate looks like.
    pub traits: Vec<Traits>,
}

impl Proposals {
    /// Describes every candidate of a sequence. Quadratic in candidates that overlap, else linear.
    #[must_use]
    pub fn new(sequence: Sequence<'_>, candidates: Vec<Candidate>, masses: Masses) -> Self {
        let words = Words { comma: hash(","), verb: hash("VERB") };
        let traits = candidates
            .iter()
            .map(|candidate| {
                let place = Place::new(sequence, &masses, candidate);
                let mut numbers = Vec::with_capacity(NUMBERS);
                place.likelihood(&mut numbers);
                rivals(candidate, &candidates, &mut numbers);
                place.sentence(&mut numbers);
                place.tree(&mut numbers);
                place.neighbours(&mut numbers);
                place.counts(words, &mut numbers);
                Traits { numbers, classes: place.classes() }
            })
            .collect();
        Self { candidates, masses, traits }
    }

    /// Each candidate becomes as likely as trees find it.
    pub fn judge(&mut self, forest: &Forest) {
        let probabilities = forest.probabilities(&self.traits);
        for (candidate, probability) in self.candidates.iter_mut().zip(probabilities) {
            candidate.probability = probability;
        }
    }

    /// Adds to what describes each candidate what the others look like after a judgement: its own
    /// new probability, its rivals', and those of its partners. Quadratic in candidates.
    pub fn look_again(&mut self, sequence: Sequence<'_>) {
        let place = |candidate| Place::new(sequence, &self.masses, candidate);
        let places: Vec<Place<'_>> = self.candidates.iter().map(place).collect();
        for (place, traits) in places.iter().zip(&mut self.traits) {
            traits.numbers.push(log_odds(place.candidate.probability));
            rivals(place.candidate, &self.candidates, &mut traits.numbers);
            place.partners(&places, &mut traits.numbers);
        }
    }
}

/// How many numbers describe a candidate after a second look.
const NUMBERS: usize = 81;

/// Hashes of what is counted.
#[derive(Clone, Copy)]
struct Words {
    comma: u32,
    verb: u32,
}

/// One candidate in its place; tokens are counted in the document.
struct Place<'a> {
    sequence: Sequence<'a>,
    masses: &'a Masses,
    candidate: &'a Candidate,
    first: usize,
    last: usize,
    /// The token with the largest subtree among those whose head lies outside.
    root: usize,
    /// How many tokens' heads lie outside.
    roots: usize,
}

impl<'a> Place<'a> {
    fn new(sequence: Sequence<'a>, masses: &'a Masses, candidate: &'a Candidate) -> Self {
        let columns = sequence.columns;
        let start = sequence.range.start;
        let (first, last) = (start + candidate.start, start + candidate.end - 1);
        let free = |&i: &usize| {
            let head = columns.head[i] as usize;
            !columns.punct[i] && (head == i || !(first..=last).contains(&head))
        };
        let size = |i: usize| columns.right[i] - columns.left[i];
        let (mut root, mut roots) = (first, 0);
        for i in (first..=last).filter(free) {
            if roots == 0 || size(i) > size(root) {
                root = i;
            }
            roots += 1;
        }
        Self { sequence, masses, candidate, first, last, root, roots }
    }

    fn columns(&self) -> &'a Columns {
        self.sequence.columns
    }

    fn holds(&self, i: usize) -> bool {
        (self.first..=self.last).contains(&i)
    }

    fn head(&self) -> usize {
        self.columns().head[self.root] as usize
    }

    /// The probability of a role at a token of the document.
    fn mass(&self, role: Role, i: Option<usize>) -> f32 {
        let inside = i.filter(|i| self.sequence.range.contains(i));
        inside.map_or(NO, |i| self.masses.of(role, i - self.sequence.range.start))
    }

    fn before(&self) -> Option<usize> {
        (self.first > self.sequence.range.start).then(|| self.first - 1)
    }

    fn after(&self) -> Option<usize> {
        (self.last + 1 < self.sequence.range.end).then_some(self.last + 1)
    }

    fn word_before(&self) -> Option<usize> {
        (self.sequence.range.start..self.first).rev().find(|&i| !self.columns().punct[i])
    }

    fn word_after(&self) -> Option<usize> {
        (self.last + 1..self.sequence.range.end).find(|&i| !self.columns().punct[i])
    }

    /// What the sequence model says of it and of its edges.
    fn likelihood(&self, out: &mut Vec<f32>) {
        let Candidate { start, end, role, probability, .. } = *self.candidate;
        out.push(log_odds(probability));
        out.push((end - start) as f32);
        out.push(self.masses.between(role, start..end) / (end - start) as f32);
        out.push((start..end).map(|at| self.masses.of(role, at)).fold(1.0, f32::min));
        for role in ROLES {
            out.push(self.mass(role, self.before()));
            out.push(self.mass(role, self.after()));
        }
        out.push(self.masses.beginning(role, start));
        out.push(self.masses.ending(role, end - 1));
    }

    /// Where it stands among the fragments of its sentences.
    fn sentence(&self, out: &mut Vec<f32>) {
        let (columns, range) = (self.columns(), self.sequence.range);
        let from = (columns.sentence[self.first] as usize).max(range.start);
        let same = |&i: &usize| columns.sentence[i] == columns.sentence[self.last];
        let to = (self.last + 1..range.end).find(|i| !same(i)).unwrap_or(range.end);
        let before = from - range.start..self.candidate.start;
        let after = self.candidate.end..to - range.start;
        for role in ROLES {
            let begin = |at: usize| self.masses.beginning(role, at);
            out.push(before.clone().chain(after.clone()).map(begin).sum());
            out.push((self.candidate.start..self.candidate.end).map(begin).sum());
            let likely = |&at: &usize| self.masses.of(role, at) > 0.4;
            let gaps = [
                before.clone().rev().position(|at| likely(&at)),
                after.clone().position(|at| likely(&at)),
            ];
            out.extend(gaps.map(|gap| gap.map_or(30.0, |gap| gap.min(30) as f32)));
        }
        out.push(before.len() as f32);
        out.push(after.len() as f32);
        let within = self.first + 1..self.last + 1;
        out.push(within.clone().filter(|&i| columns.sentence[i] as usize == i).count() as f32);
        out.push(within.filter(|&i| columns.quoted[i] != columns.quoted[i - 1]).count() as f32);
    }

    /// How it fits the parse.
    fn tree(&self, out: &mut Vec<f32>) {
        let columns = self.columns();
        let head = self.head();
        let (first, last) = (self.first, self.last);
        out.push(self.roots as f32);
        out.extend(beyond(columns, self.root, first, last));
        out.push(far(head, first));
        out.push(if head == self.root { NO } else { f32::from(columns.level[head]) });
        out.push(self.mass(Role::Cue, Some(head)));
        out.push(self.mass(Role::Content, Some(head)));
        out.extend(beyond(columns, head, first, last));
        let links = self.sequence.links;
        out.push(far(columns.right[links.opens[first] as usize] as usize, last));
        out.push(far(columns.left[links.ends[last] as usize] as usize, first));
    }

    /// What its neighbours hang from: itself, its root, its head.
    fn neighbours(&self, out: &mut Vec<f32>) {
        for i in [self.after(), self.before(), self.word_after(), self.word_before()] {
            let above = i.map(|i| self.columns().head[i] as usize);
            let tells = |holds: bool| f32::from(u8::from(holds));
            out.push(above.map_or(NO, |above| tells(self.holds(above))));
            out.push(above.map_or(NO, |above| tells(above == self.root)));
            out.push(above.map_or(NO, |above| tells(above == self.head())));
        }
    }

    /// How likely what could belong to it is: of each role, the likeliest of its sentences, how
    /// many are expected there, and the likeliest that it hangs from or that hangs from it.
    fn partners(&self, places: &[Self], out: &mut Vec<f32>) {
        let (mut best, mut sums, mut tied) = ([0.0_f32; 3], [0.0_f32; 3], [0.0_f32; 3]);
        let sentence = |i: usize| self.columns().sentence[i];
        let own = [sentence(self.first), sentence(self.last)];
        for other in places {
            let near = own.contains(&sentence(other.first)) || own.contains(&sentence(other.last));
            let apart = other.last < self.first || self.last < other.first;
            if !near || !apart {
                continue;
            }
            let (role, probability) = (other.candidate.role as usize, other.candidate.probability);
            best[role] = best[role].max(probability);
            sums[role] += probability;
            if other.holds(self.head()) || self.holds(other.head()) {
                tied[role] = tied[role].max(probability);
            }
        }
        out.extend([best, sums, tied].concat());
    }

    /// What there is of it, and where in its paragraph.
    fn counts(&self, words: Words, out: &mut Vec<f32>) {
        let (columns, range) = (self.columns(), self.sequence.range);
        let own = self.first..self.last + 1;
        out.push(columns.pos[own.clone()].iter().filter(|&&pos| pos == words.verb).count() as f32);
        out.push(columns.word[own].iter().filter(|&&word| word == words.comma).count() as f32);
        let tells = |holds: bool| f32::from(u8::from(holds));
        // The first block is the headline.
        out.push(tells(range.start < 2));
        out.push(range.len() as f32);
        out.push(self.candidate.start as f32);
        out.push((range.len() - self.candidate.end) as f32);
        out.push(tells(columns.punct[self.first]));
        out.push(tells(columns.punct[self.last]));
    }

    fn classes(&self) -> Vec<u8> {
        let columns = self.columns();
        let links = self.sequence.links;
        let (first, last, head) = (self.first, self.last, self.head());
        let of = |i: Option<usize>, column: &[u8], none| i.map_or(none, |i| column[i]);
        let role = self.candidate.role as u8 * 2 + u8::from(self.candidate.quoted);
        let mut classes = vec![role];
        let around = [
            self.before(),
            self.after(),
            self.word_after(),
            Some(first),
            Some(last),
            Some(self.root),
        ];
        for i in around {
            classes.extend([of(i, &columns.tag_class, 63), of(i, &columns.relation_class, 63)]);
        }
        let quoted = [Some(first), Some(last), self.before(), self.after()];
        classes.extend(quoted.map(|i| of(i, &columns.quoted, 63)));
        classes.extend([
            columns.tag_class[head],
            columns.relation_class[head],
            columns.entity_class[self.root],
            columns.relation_class[links.opens[first] as usize],
            columns.relation_class[links.ends[last] as usize],
        ]);
        classes
    }
}

fn log_odds(probability: f32) -> f32 {
    let sure = probability.clamp(1e-6, 1.0 - 1e-6);
    (sure / (1.0 - sure)).ln()
}

/// How far a token lies from another.
fn far(i: usize, from: usize) -> f32 {
    (i as i64 - from as i64).clamp(-FAR, FAR) as f32
}

/// How far the subtree of a token begins and ends from these tokens.
fn beyond(columns: &Columns, i: usize, first: usize, last: usize) -> [f32; 2] {
    [far(columns.left[i] as usize, first), far(columns.right[i] as usize, last)]
}

/// How likely the fragments are that could not be told beside this one.
fn rivals(candidate: &Candidate, candidates: &[Candidate], out: &mut Vec<f32>) {
    let (mut same, mut start, mut end, mut other, mut rank) = (0_f32, 0_f32, 0_f32, 0_f32, 0.0);
    for rival in candidates.iter().filter(|rival| candidate.excludes(rival)) {
        let probability = rival.probability;
        if rival.role != candidate.role {
            other = other.max(probability);
            continue;
        }
        same = same.max(probability);
        rank += f32::from(u8::from(probability > candidate.probability));
        if rival.start == candidate.start {
            start = start.max(probability);
        }
        if rival.end == candidate.end {
            end = end.max(probability);
        }
    }
    out.extend([same, start, end, other, rank, candidate.probability - same]);
}

#[cfg(test)]
mod tests {
    use super::super::candidate::candidates;
    use super::super::lattice::{CLASSES, Lattice, Posterior, exponentials};
    use super::*;

    /// *she said tolls would rise .*, parsed by hand.
    fn columns() -> Columns {
        let zeroes = vec![0; 6];
        Columns {
            word: ["she", "said", "tolls", "would", "rise", "."].map(hash).to_vec(),
            pos: ["PRON", "VERB", "NOUN", "AUX", "VERB", "PUNCT"].map(hash).to_vec(),
            head: vec![1, 1, 4, 4, 1, 1],
            left: vec![0, 0, 2, 3, 2, 5],
            right: vec![0, 4, 2, 3, 4, 5],
            level: vec![0, 3, 0, 0, 0, 0],
            punct: vec![false, false, false, false, false, true],
            sentence: vec![0; 6],
            quoted: zeroes.clone(),
            tag_class: zeroes.clone(),
            relation_class: zeroes.clone(),
            entity_class: zeroes,
            ..Columns::default()
        }
    }

    /// Proposals where the model is sure of *she*, *said* and *tolls would rise*, but not quite of
    /// where the last ends; `read` reads them with their sequence.
    fn with_proposals(read: impl FnOnce(Proposals, Sequence<'_>)) {
        let columns = columns();
        let links = Links::new(&columns);
        let range = 0..columns.len();
        let sequence = Sequence { columns: &columns, links: &links, range: &range };
        let exponentials = exponentials(&[[[0.0; 16]; 16]; CLASSES]);
        let mut emissions = vec![[-20.0; 16]; 6];
        let scores = [(0, 8, 0.0), (1, 12, 0.0), (2, 1, 0.0), (3, 2, 0.0), (3, 3, -1.0)];
        let more = [(4, 3, 0.0), (4, 0, 0.0), (5, 0, 0.0)];
        for (token, label, score) in scores.into_iter().chain(more) {
            emissions[token][label] = score;
        }
        let lattice = Lattice { emissions, classes: vec![0; 6] };
        let posterior = Posterior::new(lattice, &exponentials);
        let found = candidates(&posterior, &exponentials);
        read(Proposals::new(sequence, found, Masses::new(&posterior)), sequence);
    }

    fn find(proposals: &Proposals, start: usize, end: usize) -> usize {
        let all = &proposals.candidates;
        all.iter().position(|c| (c.start, c.end) == (start, end)).expect("a candidate")
    }

    #[test]
    fn a_clause_is_told_from_a_part_of_it() {
        with_proposals(|proposals, sequence| {
            let tree = |start, end| {
                let candidate = &proposals.candidates[find(&proposals, start, end)];
                let place = Place::new(sequence, &proposals.masses, candidate);
                let mut numbers = Vec::new();
                place.tree(&mut numbers);
                (place.roots, place.root, numbers[1..3].to_vec(), numbers[4])
            };
            // One root, a whole subtree, under a likely cue.
            assert_eq!(tree(2, 5), (1, 4, vec![0.0, 0.0], 3.0));
            // Two words whose head lies outside.
            assert_eq!(tree(2, 4), (2, 2, vec![0.0, -1.0], 0.0));
        });
    }

    #[test]
    fn rivals_and_partners_are_told_apart() {
        with_proposals(|mut proposals, sequence| {
            let (whole, part) = (find(&proposals, 2, 5), find(&proposals, 2, 4));
            let lead =
                proposals.candidates[whole].probability - proposals.candidates[part].probability;
            assert!(proposals.traits[whole].numbers.contains(&lead));
            let width = proposals.traits[whole].numbers.len();
            proposals.judge(&Forest::default());
            proposals.look_again(sequence);
            assert_eq!(proposals.traits[whole].numbers.len(), NUMBERS);
            // Without a tree everything is as likely as not: the rival is as good, the only cue
            // and source are its partners, and it hangs from the cue.
            let half = [0.5; 3];
            let added = &proposals.traits[whole].numbers[width..];
            assert_eq!(added[..3], [0.0, 0.5, 0.5]);
            assert_eq!(added[7..10], [0.0, half[1], half[2]]);
            assert_eq!(added[13..], [0.0, 0.0, 0.5]);
        });
    }
}
