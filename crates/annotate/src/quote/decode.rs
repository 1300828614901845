//! Which of the fragments that may be told are: those that are expected to be right.
//!
//! The likeliest labelling as a whole is not the one with the best F1: where a model is unsure it
//! says nothing. A fragment helps the expected F1 when its probability is above half the F1 that
//! is reached (Ye, Chai, Lee and Chieu, *Optimizing F-measure*, 2012), so fragments are chosen by
//! their own probability, without overlap, as a weighted schedule.

use super::candidate::{Candidate, Masses};
use super::label::{Role, labels_of};

/// What a fragment must bring.
#[derive(Clone, Copy, Debug)]
pub struct Worth {
    /// The probability from which a fragment is worth telling.
    pub fragment: f32,
    /// The same in a sentence that has told only the rest of an attribution: more cues than
    /// contents, contents without a cue, fewer sources than both. Alone, the rest would be lost.
    pub missed: f32,
    /// The probability from which a token is worth telling.
    pub token: f32,
    /// How much a token counts beside a fragment.
    pub share: f32,
}

/// For content, source and cue; chosen on PolNeAR's dev part.
pub const WORTH: [Worth; 3] = [
    Worth { fragment: 0.37, missed: 0.18, token: 0.4, share: 0.015 },
    Worth { fragment: 0.37, missed: 0.2, token: 0.4, share: 0.015 },
    Worth { fragment: 0.3, missed: 0.15, token: 0.4, share: 0.015 },
];

/// The labels of the fragments of a sequence that are worth telling, of candidates sorted by their
/// ends. `sentences` has a number a token that is the same within a sentence. Linear.
#[must_use]
pub fn decode(
    candidates: &[Candidate],
    masses: &Masses,
    sentences: &[u32],
    worths: &[Worth; 3],
) -> Vec<u8> {
    let length = sentences.len();
    let own = |candidate: &Candidate, least: f32| {
        let Candidate { start, end, role, probability, .. } = *candidate;
        let worth = worths[role as usize];
        let tokens = masses.between(role, start..end) - worth.token * (end - start) as f32;
        probability - least + worth.share * tokens
    };
    let first = schedule(candidates, length, |candidate| {
        own(candidate, worths[candidate.role as usize].fragment)
    });
    let missed = missed(&first, sentences);
    let chosen = schedule(candidates, length, |candidate| {
        let worth = worths[candidate.role as usize];
        let missed = missed[candidate.start][candidate.role as usize];
        own(candidate, if missed { worth.missed } else { worth.fragment })
    });
    let mut labels = vec![0; length];
    for candidate in chosen {
        let row = &mut labels[candidate.start..candidate.end];
        let named = labels_of(candidate.role, candidate.quoted, row.len());
        row.iter_mut().zip(named).for_each(|(label, name)| *label = name as u8);
    }
    labels
}

/// For each token, which roles its sentence misses beside those that it has.
fn missed(told: &[&Candidate], sentences: &[u32]) -> Vec<[bool; 3]> {
    let mut found = Vec::with_capacity(sentences.len());
    for sentence in sentences.chunk_by(|a, b| a == b) {
        let range = found.len()..found.len() + sentence.len();
        let count = |role: Role| {
            let touches = |c: &&&Candidate| c.start < range.end && range.start < c.end;
            told.iter().filter(touches).filter(|candidate| candidate.role == role).count()
        };
        let [content, source, cue] = [Role::Content, Role::Source, Role::Cue].map(count);
        // A cue may share its source with the one before, or tell of two contents; a sentence
        // with a content or a cue has at least one attribution.
        let attributions = content.min(cue).max(content.max(cue).min(1));
        let row = [content < cue, source < attributions, content > 0 && cue == 0];
        found.extend(std::iter::repeat_n(row, sentence.len()));
    }
    found
}

/// The most worth without overlap, of candidates sorted by their ends, last first.
fn schedule(
    candidates: &[Candidate],
    length: usize,
    worth: impl Fn(&Candidate) -> f32,
) -> Vec<&Candidate> {
    let mut best = vec![(0.0_f32, None); length + 1];
    let mut next = candidates.iter().peekable();
    for end in 1..=length {
        best[end] = (best[end - 1].0, None);
        while let Some(candidate) = next.next_if(|candidate| candidate.end == end) {
            let worth = best[candidate.start].0 + worth(candidate);
            if worth > best[end].0 {
                best[end] = (worth, Some(candidate));
            }
        }
    }
    let mut chosen = Vec::new();
    let mut at = length;
    while at > 0 {
        at = best[at].1.map_or(at - 1, |candidate: &Candidate| {
            chosen.push(candidate);
            candidate.start
        });
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::super::candidate::candidates;
    use super::super::label::{LABELS, role};
    use super::super::lattice::{CLASSES, Lattice, Posterior, exponentials};
    use super::*;

    /// Decodes a sequence of tokens whose labels have these log-scores and all others next to
    /// none; `expected` has `c`, `s`, `u` for content, source and cue, `.` for none.
    fn check(tokens: &[&[(usize, f32)]], expected: &str) {
        let row = |scores: &&[(usize, f32)]| {
            let mut row = [-20.0; LABELS];
            scores.iter().for_each(|&(label, score)| row[label] = score);
            row
        };
        let exponentials = exponentials(&[[[0.0; LABELS]; LABELS]; CLASSES]);
        let emissions = tokens.iter().map(row).collect();
        let lattice = Lattice { emissions, classes: vec![0; tokens.len()] };
        let posterior = Posterior::new(lattice, &exponentials);
        let candidates = candidates(&posterior, &exponentials);
        let masses = Masses::new(&posterior);
        let labels = decode(&candidates, &masses, &vec![0; tokens.len()], &WORTH);
        let letter = |&label: &u8| match role(label.into()) {
            Some(Role::Content) => 'c',
            Some(Role::Source) => 's',
            Some(Role::Cue) => 'u',
            None => '.',
        };
        assert_eq!(labels.iter().map(letter).collect::<String>(), expected);
    }

    #[test]
    fn what_is_worth_telling_is_told() {
        check(&[], "");
        check(&[&[(8, 0.0)], &[(12, 0.0)], &[(1, 0.0)], &[(2, 0.0)], &[(3, 0.0)]], "succc");
        // Likelier not a cue, but likely enough.
        check(&[&[(0, 0.0), (12, -0.4)], &[(0, 0.0)]], "u.");
        check(&[&[(0, 0.0), (12, -1.5)], &[(0, 0.0)]], "..");
        // Less likely, but the content would be lost without.
        check(&[&[(0, 0.0), (12, -1.5)], &[(1, 0.0)], &[(3, 0.0)]], "ucc");
        // Each cue has a content to itself.
        check(
            &[&[(12, 0.0)], &[(4, 0.0)], &[(0, 0.0)], &[(12, 0.0)], &[(0, 0.0), (4, -1.3)]],
            "uc.uc",
        );
        check(
            &[&[(12, 0.0)], &[(4, 0.0)], &[(0, 0.0)], &[(0, 0.0)], &[(0, 0.0), (4, -1.3)]],
            "uc...",
        );
        // Of two ways to end, the likelier; marks have labels of their own.
        check(&[&[(13, 0.0)], &[(14, 0.0), (15, -0.5)], &[(15, 0.0), (0, -0.5)]], "ccc");
        check(&[&[(13, 0.0)], &[(14, -1.0), (15, 0.0)], &[(15, -1.0), (0, 0.0)]], "cc.");
    }
}
